"""Every file of the zoo is read as expected, or refused with the code expected."""

import importlib.util
import sys
from pathlib import Path

import pytest
from svc.analyzers.errors import InputError
from svc.analyzers.read import ReadOptions, Record, Skipped, open_table


def load(name: str):
    """A module beside this one: both are scripts too, so no package holds them."""
    spec = importlib.util.spec_from_file_location("svc_test_" + name, Path(__file__).parent / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["svc_test_" + name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


zoo = load("zoo")
load("zoo_exports").fill(zoo)
load("zoo_desks").fill(zoo)


@pytest.mark.parametrize("animal", zoo.ANIMALS, ids=[animal.name for animal in zoo.ANIMALS])
def test_the_zoo(tmp_path: Path, animal) -> None:
    expected = animal.expected
    if expected.needs:
        pytest.importorskip(expected.needs)
    path = tmp_path / animal.name
    path.write_bytes(animal.data)
    options = ReadOptions(**expected.options)
    if expected.error:
        with pytest.raises(InputError) as caught:
            list(open_table(str(path), options)[1])
        assert caught.value.code == expected.error
        return
    info, rows = open_table(str(path), options)
    items = list(rows)
    records = [item for item in items if isinstance(item, Record)]
    assert records
    if expected.texts is not None:
        assert [record.text for record in records] == list(expected.texts)
        assert [item.reason for item in items if isinstance(item, Skipped)] == list(expected.skipped)
    if expected.rows is not None:
        assert [record.row for record in records] == list(expected.rows)
    if expected.dates is not None:
        assert [record.date for record in records] == list(expected.dates)
    assert expected.format in (None, info.format)
    assert {name: getattr(info, name) for name in expected.facts} == expected.facts
    assert {name: getattr(records[0], name) for name in expected.first} == expected.first
    assert set(expected.notes) <= {code for code, _ in info.notes}
    for record in records:  # parts point into the text, in order and without overlap
        stops = [(start, stop) for _, start, stop, _ in record.parts]
        assert stops == sorted(stops)
        assert all(0 <= start < stop <= len(record.text) for start, stop in stops)


def test_the_zoo_is_large() -> None:
    assert len({animal.name for animal in zoo.ANIMALS}) == len(zoo.ANIMALS) >= 60
