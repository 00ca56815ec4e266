"""Every file of the zoo is read as expected, or refused with the code expected."""

import importlib.util
import shlex
import sys
from pathlib import Path

import pytest
from svc.analyzers.errors import InputError
from svc.analyzers.read import ReadOptions, Record, Skipped, open_table
from svc.analyzers.read.model import ROLES
from svc.cli.commands.inspect import fixing_command


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
load("zoo_hostile").fill(zoo)
load("zoo_odd").fill(zoo)


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


@pytest.mark.parametrize("kind", [animal for animal in zoo.ANIMALS if not animal.expected.error], ids=lambda a: a.name)
def test_the_choices_said_again_as_options_change_nothing(tmp_path: Path, kind) -> None:
    """What `svc inspect` prints as the command line that fixes the choices reads the same records."""
    if kind.expected.needs:
        pytest.importorskip(kind.expected.needs)
    if "bomb" in kind.name or "megabyte" in kind.name:
        pytest.skip("large")
    path = tmp_path / kind.name
    path.write_bytes(kind.data)
    info, rows = open_table(str(path), ReadOptions(**kind.expected.options))
    given = shlex.split(fixing_command(info))[3:]
    options = {name[2:]: value for name, value in zip(given[::2], given[1::2], strict=True)}
    columns = {role: options.pop(role) for role in ROLES if role in options}
    if "today" in kind.expected.options:
        options["today"] = kind.expected.options["today"]
    assert list(open_table(str(path), ReadOptions(columns=columns, **options))[1]) == list(rows)
