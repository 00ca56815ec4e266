"""`svc weekly` from the export to the mail: memory, trends, silence, sending to real servers of the test's own."""

from __future__ import annotations

import datetime as dt
import email
import json
import os
import socketserver
import threading
from collections.abc import Callable, Iterator
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from svc.cli.commands import delivering
from svc.cli.senders import SCHEMES, target

from .conftest import Svc

MONDAY = dt.date(2026, 9, 7)
LATE = "Курьер опоздал на {n} часа, заказ так и не привезли вовремя, номер обращения {i}."
RUDE = "Кассир нахамила мне и накричала при всех, смена {i}, отвечать {n} раз отказалась."
APP = "Приложение вылетает при оплате, ошибка {i}, не открывается личный кабинет {n} день."
Export = Callable[..., Path]


def weeks(export: Export, *plan: tuple[int, int, int], name: str = "export.csv", first: int = 0) -> Path:
    """An export of some weeks: how many complaints of late delivery, rudeness and the app each has."""
    rows: list[str] = []
    for week, counts in enumerate(plan, first):
        number = 0
        for text, n in zip((LATE, RUDE, APP), counts, strict=True):
            for i in range(n):
                number += 1
                day = MONDAY + dt.timedelta(7 * week + i % 7)
                rows.append(f"{week}-{number};{day:%d.%m.%Y};;Тула;{text.format(i=number, n=week + 2)}")
    return export(*rows, name=name)


STEADY = [(9, 7, 6), (10, 6, 7), (8, 7, 7), (9, 8, 6), (11, 6, 6), (9, 7, 8), (10, 7, 6), (9, 6, 7)]
AFTER = (MONDAY + dt.timedelta(7 * len(STEADY))).isoformat()
NEXT = (MONDAY + dt.timedelta(7 * (len(STEADY) + 1))).isoformat()


WEEK = {(day.month, day.day) for day in (MONDAY + dt.timedelta(7 * (len(STEADY) - 1) + i) for i in range(7))}


@pytest.fixture
def store(tmp_path: Path) -> str:
    """Where the memory is."""
    return str(tmp_path / "weekly.sqlite")


def test_a_steady_week_is_told_once_and_then_silence(svc: Svc, export: Export, store: str) -> None:
    """The first digest is news; the second run has nothing new, prints nothing and is content."""
    path = weeks(export, *STEADY)
    done = svc("weekly", path, "--store", store, "--today", AFTER, "-q", "--quiet-if-unchanged")
    assert done.code == 0
    assert done.out.splitlines()[0] == "2026-W44: без перемен — всего 22 жалобы"
    assert "не чаще 1 % недель (за квартал 12,2 %)" in done.out
    again = svc("weekly", path, "--store", store, "--today", AFTER, "--quiet-if-unchanged")
    assert (again.code, again.out, again.err) == (0, "", "")


def test_a_growing_pain_is_in_the_subject_and_calms_down_later(svc: Svc, export: Export, store: str) -> None:
    """Rudeness grows fivefold: status in the report too; the week after it is back, which is told as well."""
    svc("weekly", weeks(export, *STEADY), "--store", store, "--today", AFTER, "-q")
    burst = weeks(export, (9, 40, 6), first=len(STEADY), name="burst.csv")
    report = Path(store).with_name("report.json")
    done = svc(
        "weekly", burst, "--store", store, "--today", NEXT, "-q", "--quiet-if-unchanged", "--report", f"json={report}"
    )
    subject = done.out.splitlines()[0]
    assert subject.startswith("2026-W45: ")
    assert "растёт" in subject
    assert "с 2026-W45" in done.out
    saved = json.loads(report.read_text("utf-8"))
    grown = [f["id"] for f in saved["findings"] if f["status"] == "growing"]
    assert any(name.startswith("staff.") for name in grown)
    last = dict(saved["periods"][-1])
    assert len(set(last.pop("rows"))) == 55  # this period's rows are named; those of the memory are not known any more
    assert last == {"period": "2026-W45", "n": 55, "complaints": 55, "complete": True}
    assert [entry["rows"] for entry in saved["periods"][:-1]] == [[]] * (len(saved["periods"]) - 1)
    calm = weeks(export, (9, 7, 6), first=len(STEADY) + 1, name="calm.csv")
    last = svc(
        "weekly", calm, "--store", store, "--today", str(MONDAY + dt.timedelta(70)), "-q", "--quiet-if-unchanged",
        "--format", "json",
    ).json()  # fmt: skip
    assert [entry["id"] for entry in last["solved"]] == ["total", *grown]
    assert last["up"] == []


def test_a_mail_says_in_its_subject_why_it_came(svc: Svc, export: Export, store: str) -> None:
    """A burst of the whole mailbox and its end: «no change» would be a reason to send nothing."""
    plan = [*STEADY, (26, 20, 19), (27, 20, 20), (25, 19, 20), *[(9, 7, 6)] * 7]
    found: dict[int, str] = {}
    for week in range(len(STEADY) - 1, len(plan)):
        path = weeks(
            export, *(plan[: week + 1] if week < len(STEADY) else [plan[week]]), first=week * (week >= len(STEADY))
        )
        today = (MONDAY + dt.timedelta(7 * (week + 1))).isoformat()
        done = svc("weekly", path, "--store", store, "--today", today, "-q", "--quiet-if-unchanged")
        if done.out:
            found[week] = done.out
    first, burst, *later = found.values()
    assert first.startswith("2026-W44: без перемен — всего 22 жалобы")
    assert burst.startswith("2026-W45: жалоб больше обычного — всего 65 жалоб, обычно 23")
    assert "рост сверх общего не доказан" in burst
    assert len(later) == 1
    assert "успокоилось: поток жалоб" in later[0].splitlines()[0]


def test_what_stands_is_summed_where_the_last_week_is_usual(svc: Svc, export: Export, store: str) -> None:
    """Told again for another reason: the total that stands does not lead, and says over how many weeks it is raised."""
    plan = [*STEADY, (26, 20, 19), (27, 20, 20), (9, 7, 6)]
    today = (MONDAY + dt.timedelta(7 * len(plan))).isoformat()
    svc("weekly", weeks(export, *plan[:-1]), "--store", store, "--today", str(MONDAY + dt.timedelta(7 * 10)), "-q")
    subject = svc("weekly", weeks(export, *plan), "--store", store, "--today", today, "-q").out.splitlines()[0]
    assert subject == "2026-W47: держится: за 4 недели жалоб больше обычного — всего 22 жалобы, обычно 23"


def test_ten_weeks_one_by_one_are_the_same_as_at_once(svc: Svc, export: Export, tmp_path: Path) -> None:
    """Overlapping exports of two weeks each, and the whole archive: the same history."""
    found = []
    for name in ("whole", "parts"):
        place = str(tmp_path / name)
        if name == "whole":
            svc("weekly", weeks(export, *STEADY), "--store", place, "--today", AFTER, "-q")
        else:
            for i in range(1, len(STEADY)):
                path = weeks(export, *STEADY[i - 1 : i + 1], first=i - 1, name=f"{i}.csv")
                today = MONDAY + dt.timedelta(7 * (i + 1))
                svc("weekly", path, "--store", place, "--today", today.isoformat(), "-q")
        data = svc("weekly", "--history", "--store", place, "--format", "json", "--today", AFTER).json()
        found.append((data["periods"], data["rows"]))
    assert found[0] == found[1]
    assert found[0][1] == sum(map(sum, STEADY))


def test_the_running_week_is_not_judged(svc: Svc, export: Export, store: str) -> None:
    """Three days into the week its few complaints are no fall."""
    path = weeks(export, *STEADY, (3, 2, 1))
    thursday = (dt.date.fromisoformat(AFTER) + dt.timedelta(3)).isoformat()
    done = svc("weekly", path, "--store", store, "--today", thursday, "-q")
    assert done.out.startswith("2026-W44: без перемен — всего 22 жалобы")


def test_an_export_that_stopped_is_no_quiet_week(svc: Svc, export: Export, store: str) -> None:
    """Code 5, the newest day named, the rows remembered all the same; --allow-empty tells the truth of it."""
    path = weeks(export, *STEADY)
    done = svc("weekly", path, "--store", store, "--today", NEXT)
    assert (done.code, done.out) == (5, "")
    assert "2026-11-01" in done.err
    empty = svc("weekly", path, "--store", store, "--today", NEXT, "-q", "--allow-empty")
    assert empty.code == 0
    assert empty.out.splitlines()[0].endswith("— всего 0 жалоб")
    assert "жалоб нет" in empty.out.splitlines()[0]


def test_a_week_that_came_in_parts_is_told_whole(svc: Svc, export: Export, store: str) -> None:
    """Exports of each day: the number of the subject is that of the week, and the mail says what the quotes are of."""
    svc("weekly", weeks(export, *STEADY), "--store", store, "--today", AFTER, "-q")
    rows = weeks(export, (9, 7, 7), name="all.csv", first=len(STEADY)).read_text("utf-8").splitlines()
    parts = [export(*rows[1:16], name="a.csv"), export(*rows[16:], name="b.csv")]
    monday = svc("weekly", parts[0], "--store", store, "--today", AFTER, "-q", "--quiet-if-unchanged")
    assert (monday.code, monday.out) == (0, ""), "the week before is remembered, and was told"
    done = svc("weekly", parts[1], "--store", store, "--today", NEXT, "-q")
    assert done.out.splitlines()[0] == "2026-W45: без перемен — всего 23 жалобы"
    assert "во входе 8 из 23" in done.out
    assert "fulfilment.late): 9 (" in done.out, "of what is not in the last export too"
    found = svc("weekly", parts[1], "--store", store, "--today", NEXT, "-q", "--format", "json").json()
    assert (found["n"], found["given"]) == (23, 8)
    whole = svc("weekly", *parts, "--store", store, "--today", NEXT, "-q", "--format", "json").json()
    assert (whole["n"], whole["given"]) == (23, None)


def test_a_gap_is_named_by_the_rows_around_it(svc: Svc, export: Export, store: str) -> None:
    """No row of the week, rows after it: the newest day before the gap is named, not one of a later week."""
    path = weeks(export, *STEADY[:7], (0, 0, 0), (9, 7, 7))
    done = svc("weekly", path, "--store", store, "--today", AFTER)
    assert (done.code, done.out) == (5, "")
    assert "2026-10-25" in done.err
    assert "--today 2026-10-26" in done.err


def test_rows_without_any_date_need_a_day(svc: Svc, export: Export, store: str) -> None:
    """A guess would put them into a wrong week."""
    path = export("1;Курьер опоздал на час", "2;Нахамили на кассе", header="id;Текст")
    refused = svc("weekly", path, "--store", store, "--today", AFTER)
    assert refused.code == 2
    assert "--as-of" in refused.err
    day = (dt.date.fromisoformat(AFTER) - dt.timedelta(1)).isoformat()
    done = svc("weekly", path, "--store", store, "--today", AFTER, "--as-of", day, "-q", "--format", "json")
    assert done.json()["rows"] == 2


def test_a_changed_lexicon_is_a_break_and_not_an_alarm(svc: Svc, export: Export, store: str, tmp_path: Path) -> None:
    """No status across the break, said in the mail; the archive read again mends it."""
    path = weeks(export, *STEADY)
    svc("weekly", path, "--store", store, "--today", AFTER, "-q")
    own = tmp_path / "own.toml"
    own.write_text(
        '[[category]]\nid = "staff.till"\ntitle = { ru = "Касса", en = "Till" }\nowner = "operations"\n'
        'dimension = "courtesy"\nstage = "during"\nseverity = 0.3\nupgrade = { ru = "а", en = "b" }\n'
        'metric = { ru = "а", en = "b" }\nterms = ["кассир"]\nyes = ["Кассир нахамил"]\nno = ["Курьер опоздал"]\n',
        "utf-8",
    )
    new = weeks(export, (9, 40, 6), first=len(STEADY), name="new.csv")
    broken = svc("weekly", new, "--store", store, "--today", NEXT, "-q", "--lexicon", own, "--format", "json")
    assert broken.code == 0, broken.err
    assert (broken.json()["why"], broken.json()["up"]) == ("versions", [])
    mended = svc(
        "weekly", path, new, "--store", store, "--today", NEXT, "-q", "--lexicon", own, "--rebuild", "--format", "json"
    )
    assert mended.json()["why"] is None
    assert any(item["id"].startswith("staff.") for item in mended.json()["up"])


def test_one_digest_a_department(svc: Svc, export: Export, store: str, tmp_path: Path) -> None:
    """Files named by owner; each holds its own findings only."""
    folder = tmp_path / "out"
    svc(
        "weekly", weeks(export, *STEADY), "--store", store, "--today", AFTER, "-q", "--split-by", "owner",
        "--format", "json", "-o", folder,
    )  # fmt: skip
    found = {path.stem: json.loads(path.read_text("utf-8")) for path in folder.iterdir()}
    assert len(found) >= 2
    for owner, digest in found.items():
        assert digest["owner"] == owner
        assert {item["owner"] for item in digest["steady"]} <= {owner}


def test_before_and_after_an_event(svc: Svc, export: Export, store: str) -> None:
    """A release after which rudeness trebles; one without enough weeks around it is only remarked."""
    plan = [*STEADY[:4], *((a, 3 * b, c) for a, b, c in STEADY[4:])]
    day = (MONDAY + dt.timedelta(28)).isoformat()
    done = svc(
        "weekly", weeks(export, *plan), "--store", store, "--today", AFTER, "--format", "json",
        "--event", f"{day}=новая смена", "--event", f"{AFTER}=рано",
    )  # fmt: skip
    (event,) = done.json()["events"]
    assert (event["date"], event["name"], event["days_before"]) == (day, "новая смена", 28)
    more = {entry["id"]: entry for entry in event["effects"] if entry["verdict"] == "more"}
    assert any(name.startswith("staff.") and entry["low"] > 1.2 for name, entry in more.items())
    assert not any(name.startswith("fulfilment.") for name in more)
    assert AFTER in done.err


def test_orders_of_the_week_make_a_rate(svc: Svc, export: Export, store: str) -> None:
    """22 complaints of 4,000 orders; without their number nothing is said."""
    path = weeks(export, *STEADY)
    done = svc("weekly", path, "--store", store, "--today", AFTER, "-q", "--denominator", "4000")
    assert "На 1000 заказов или клиентов: 5,5" in done.out
    assert "На 1000" not in svc("weekly", path, "--store", store, "--today", AFTER, "-q").out


def test_rows_and_segments_of_the_week(svc: Svc, export: Export, store: str, tmp_path: Path) -> None:
    """--rows holds the week's rows and no others; --by makes segments of the report."""
    rows, report = tmp_path / "rows.jsonl", tmp_path / "report.json"
    done = svc(
        "weekly", weeks(export, *STEADY), "--store", store, "--today", AFTER, "-q", "--rows", rows, "--by", "Город",
        "--report", f"json={report}",
    )  # fmt: skip
    assert done.code == 0, done.err
    found = [json.loads(line) for line in rows.read_text("utf-8").splitlines()]
    assert {row["date"][:10] for row in found} <= {f"2026-{m:02d}-{d:02d}" for m, d in WEEK}
    assert len(found) == sum(STEADY[-1])
    assert {segment["value"] for segment in json.loads(report.read_text("utf-8"))["segments"]} == {"Тула"}
    refused = svc("weekly", weeks(export, *STEADY), "--store", store, "--rows", "-")
    assert refused.code == 2


PLANTS = ("рассада захирела", "саженцы рассады засохли", "захирела рассада томатов", "томаты и рассада без корней")
STRINGS = ("струна лопнула", "лопнула струна скрипки", "скрипка и струна", "струна скрипки не строит")
ENDS = ("у меня", "опять", "совсем", "дома", "вчера", "в саду", "сразу", "и всё")
MORE_ENDS = ("осенью", "на даче", "у соседей", "в школе", "вечером", "в дождь", "на концерте", "утром")


def test_a_theme_keeps_its_id_from_week_to_week(svc: Svc, export: Export, store: str) -> None:
    """The memory holds its words: a week later some texts are others, the ids are the old ones."""
    found: list[dict[str, str | None]] = []
    for week, ends in enumerate((ENDS, (*ENDS[3:], "утром", "ночью", "летом"))):
        day = f"{MONDAY + dt.timedelta(7 * week):%d.%m.%Y}"
        texts = [f"Очень плохо, жалоба: {told} {end}, разочарован" for told in (*PLANTS, *STRINGS) for end in ends]
        path = export(*(f"{week}-{i};{day};1;{text}" for i, text in enumerate(texts)), header="id;Дата;Оценка;Текст")
        today = (MONDAY + dt.timedelta(7 * (week + 1))).isoformat()
        report = Path(store).with_name("report.json")
        done = svc(
            "weekly", path, "--store", store, "--today", today, "-q", "--no-model", "--report",
            f"json={report}",
        )  # fmt: skip
        assert done.code == 0, done.err
        themes = json.loads(report.read_text("utf-8"))["themes"]
        found.append({theme["id"]: theme["kept"] and theme["kept"]["id"] for theme in themes})
    assert found[0]
    assert set(found[1]) & set(found[0])
    assert {kept for kept in found[1].values() if kept} <= set(found[0])
    assert any(found[1].values())


def themed(export: Export, *plan: tuple[int, int], first: int = 0) -> Path:
    """Weeks of two themes that no category knows, beside late deliveries: how many complaints each week has."""
    rows: list[str] = []
    for week, counts in enumerate(plan, first):
        texts = [
            f"Очень плохо, жалоба: {told[i % 4]} {(*ENDS, *MORE_ENDS)[(i // 4 + week) % 16]}, разочарован"
            for told, n in zip((PLANTS, STRINGS), counts, strict=True)
            for i in range(n)
        ]
        texts += [LATE.format(i=i, n=week + 2) for i in range(20)]
        days = [MONDAY + dt.timedelta(7 * week + i % 7) for i in range(len(texts))]
        rows += [f"{week}-{i};{days[i]:%d.%m.%Y};1;{text}" for i, text in enumerate(texts)]
    return export(*rows, header="id;Дата;Оценка;Текст")


@pytest.mark.parametrize("at_once", [True, False])
def test_a_theme_that_grows_is_in_the_subject_and_then_lasts(
    svc: Svc, export: Export, store: str, at_once: bool
) -> None:
    """Words of all weeks are known from one archive, and from nine runs; the other theme is as it was."""
    plan = [(16, 16), (17, 15), (15, 16), (16, 17), (17, 16), (16, 15), (15, 17), (16, 16), (64, 16)]
    command = ("weekly", "--store", store, "-q", "--no-model", "--format", "json", "--today")
    if at_once:
        themed(export, *plan)
    else:
        for week in range(len(plan) - 1):
            today = MONDAY + dt.timedelta(7 * (week + 1))
            assert svc(*command, today.isoformat(), themed(export, plan[week], first=week)).json()["themes"] == []
        themed(export, plan[-1], first=len(plan) - 1)
    path = Path(store).with_name("export.csv")
    told = svc(*command, NEXT, path).json()
    assert told["themes"]
    assert {entry["status"] for entry in told["themes"]} == {"growing"}
    assert all("рассад" in entry["quote"] or "томат" in entry["quote"] for entry in told["themes"])
    again = svc("weekly", path, "--store", store, "-q", "--no-model", "--today", NEXT)
    subject, *rest = again.out.splitlines()
    names = [entry["title"]["ru"] for entry in told["themes"]]
    assert f"держится: {names[0] if len(names) == 1 else len(names)}" in subject
    assert sum("растёт тема «" in line for line in rest) == len(told["themes"])


def test_own_rules_of_masking_hold_for_the_mail(svc: Svc, export: Export, store: str) -> None:
    """What a firm calls personal is in no quote of a digest."""
    rules = Path(store).with_name("rules.toml")
    rules.write_text('[[pattern]]\ntoken = "НОМЕР"\nregex = "обращения \\\\d+"\n', "utf-8")
    burst = [*STEADY, (60, 7, 6)]
    plain, masked = (
        svc("weekly", weeks(export, *burst), "--store", store + name, "--today", NEXT, "-q", *more).out
        for name, more in (("1", ()), ("2", ("--mask-rules", rules)))
    )
    assert "номер обращения" in plain
    assert "номер обращения" not in masked
    assert "[НОМЕР]" in masked


def test_settings_of_files_hold_for_weekly(
    svc: Svc, export: Export, store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """svc.toml beside the export: columns, format and silence; a store or an address in it is refused."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("svc.cli.configured.user_file", lambda: None)
    path = weeks(export, *STEADY)
    settings = tmp_path / "svc.toml"
    settings.write_text(
        'format = "xlsx"\n[weekly]\nformat = "md"\nquiet_if_unchanged = true\nretention = 400\n', "utf-8"
    )
    done = svc("weekly", path, "--store", store, "--today", AFTER, "-q")
    assert done.out.startswith("# 2026")
    assert svc("weekly", path, "--store", store, "--today", AFTER, "-q").out == ""
    assert "weekly.retention = 400" in svc("config").out
    for line in ('store = "x"', 'send = "https://h/x"', "retenton = 1"):
        settings.write_text(f"[weekly]\n{line}\n", "utf-8")
        assert svc("weekly", path, "--store", store, "--today", AFTER).code == 2


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, "--history"),
        (("--history", "--forget", "2026-01-01"), 2, "по одному"),
        (("samples/shop.csv", "--event", "вчера"), 2, "--event"),
        (("samples/shop.csv", "--send", "ftp://h"), 2, "smtp"),
        (("samples/shop.csv", "--send", "smtp://u:p@h/?from=a@b.ru&to=c@d.ru"), 2, "SVC_SMTP_PASSWORD"),
        (("samples/shop.csv", "--send", "http://example.ru/hook"), 2, "https"),
        (("samples/shop.csv", "--send", "smtp://h/?to=c@d.ru"), 2, "from"),
        (("samples/shop.csv", "--send", "env:SVC_NOT_SET"), 2, "SVC_NOT_SET"),
    ],
)
def test_wrong_commands_say_what_is_allowed(
    svc: Svc, store: str, arguments: tuple[str, ...], code: int, words: str
) -> None:
    """Before any work."""
    done = svc("weekly", *arguments, "--store", store)
    assert (done.code, done.out) == (code, "")
    assert words in done.err
    assert not Path(store).exists()


def test_hostile_texts_stay_words_in_every_format(svc: Svc, export: Export, store: str) -> None:
    """Markup, a terminal's escape, a workflow command and a phone number in quotes and ids."""
    bad = "Курьер нахамил и угрожал ножом <script>x</script> **b** \x1b[31m ::error::x звоните +7 916 123-45-67"
    rows = [f"={i};{MONDAY + dt.timedelta(i % 7):%d.%m.%Y};;Тула;{bad} {i}" for i in range(5)]
    today = (MONDAY + dt.timedelta(7)).isoformat()
    for kind in ("text", "md", "html", "json"):
        done = svc("weekly", export(*rows), "--store", store + kind, "--today", today, "-q", "--format", kind)
        assert done.code == 0
        assert "\x1b" not in done.out
        assert "123-45-67" not in done.out
        assert kind == "text" or kind == "json" or "<script>" not in done.out
        assert not any(line.lstrip().startswith("::") for line in done.out.splitlines())


# -- sending -----------------------------------------------------------------------------------------------------------


class Post:
    """A mail server and a web server of the test's own."""

    def __init__(self) -> None:
        self.mails: list[str] = []
        self.requests: list[tuple[str, dict[str, str], dict[str, object]]] = []
        self.down = False
        self.status = 200
        post = self

        class Smtp(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.wfile.write(b"220 test\r\n" if not post.down else b"421 busy\r\n")
                while line := self.rfile.readline():
                    verb = line[:4].upper()
                    if verb == b"DATA":
                        self.wfile.write(b"354 go\r\n")
                        lines = []
                        while (part := self.rfile.readline()) != b".\r\n":
                            lines.append(part)
                        post.mails.append(b"".join(lines).decode())
                    if verb == b"QUIT":
                        self.wfile.write(b"221 bye\r\n")
                        return
                    self.wfile.write(b"250 ok\r\n")

        class Http(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                post.requests.append((self.path, dict(self.headers), json.loads(body)))
                self.send_response(503 if post.down else post.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.servers = [
            socketserver.ThreadingTCPServer(("127.0.0.1", 0), Smtp),
            ThreadingHTTPServer(("127.0.0.1", 0), Http),
        ]
        for server in self.servers:
            threading.Thread(target=server.serve_forever, daemon=True).start()
        smtp, http = (server.server_address[1] for server in self.servers)
        self.smtp = f"smtp://127.0.0.1:{smtp}/?from=svc@firm.ru&to=head@firm.ru"
        self.http = f"http://127.0.0.1:{http}/hook"
        self.root = f"http://127.0.0.1:{http}"


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    """Running servers, and no pauses between attempts."""
    monkeypatch.setattr(delivering, "PAUSES", (0.0, 0.0))
    monkeypatch.setattr(delivering.send_waiting, "__kwdefaults__", {"pauses": (0.0, 0.0)})
    found = Post()
    yield found
    for server in found.servers:
        server.shutdown()
        server.server_close()


def test_a_mail_has_the_verdict_as_subject_and_both_forms(svc: Svc, export: Export, store: str, post: Post) -> None:
    """Nothing on stdout: cron would mail it a second time."""
    done = svc("weekly", weeks(export, *STEADY), "--store", store, "--today", AFTER, "-q", "--send", post.smtp)
    assert (done.code, done.out) == (0, "")
    (mail,) = post.mails
    letter = email.message_from_string(mail, policy=default)
    assert letter["Subject"] == "2026-W44: без перемен — всего 22 жалобы"
    assert (letter["To"], letter["From"]) == ("head@firm.ru", "svc@firm.ru")
    text, html = (letter.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert text.splitlines()[0] == letter["Subject"]
    assert "<h1" in html


def test_what_could_not_be_sent_is_sent_next_time(
    svc: Svc, export: Export, store: str, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tried three times, told on stderr, code 2, kept; the next run sends the old one first, then none twice."""
    monkeypatch.setenv("SVC_WEBHOOK_TOKEN", "тайна".encode().hex())
    path = weeks(export, *STEADY)
    post.down = True
    arguments = ("weekly", path, "--store", store, "--today", AFTER, "-q", "--quiet-if-unchanged", "--send", post.http)
    failed = svc(*arguments)
    assert (failed.code, failed.out, len(post.requests)) == (2, "", 3)
    assert "ждёт следующего запуска" in failed.err
    assert "hook" not in failed.err
    assert "Ждут отправки: 1" in svc("weekly", "--history", "--store", store).out
    post.down = False
    again = svc(*arguments)
    assert (again.code, again.out, again.err, len(post.requests)) == (0, "", "", 4)
    keys = {headers["Idempotency-Key"] for _, headers, _ in post.requests}
    assert len(keys) == 1
    _, headers, body = post.requests[-1]
    assert headers["Authorization"] == "Bearer " + "тайна".encode().hex()
    assert body["subject"] == "2026-W44: без перемен — всего 22 жалобы"
    assert b"d182d0b0d0b9d0bdd0b0" not in Path(store).read_bytes()


def test_a_refusal_for_good_is_not_tried_again_at_once(svc: Svc, export: Export, store: str, post: Post) -> None:
    """404 once; the digest stays in the outbox for a mended address."""
    post.status = 404
    done = svc("weekly", weeks(export, *STEADY), "--store", store, "--today", AFTER, "-q", "--send", post.http)
    assert (done.code, len(post.requests)) == (2, 1)


def test_telegram_gets_plain_text_and_the_token_stays_in_the_environment(
    svc: Svc, export: Export, store: str, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An own Bot API server; without the token nothing is tried."""
    monkeypatch.setenv("SVC_TELEGRAM_API", post.root)
    path = weeks(export, *STEADY)
    arguments = ("weekly", path, "--store", store, "--today", AFTER, "-q", "--send", "telegram:-100123")
    refused = svc(*arguments)
    assert refused.code == 2
    assert "SVC_TELEGRAM_TOKEN" in refused.err
    monkeypatch.setenv("SVC_TELEGRAM_TOKEN", "123:abc")
    assert svc(*arguments).code == 0
    path_, _, body = post.requests[0]
    assert (path_, body["chat_id"]) == ("/bot123:abc/sendMessage", "-100123")
    assert "parse_mode" not in body


def test_every_scheme_has_a_sender() -> None:
    """The table of schemes and the targets agree."""
    from svc.cli.senders import sender

    assert all(callable(sender(scheme)) for scheme in SCHEMES)
    assert target("smtp://h/?from=a@b.ru&to={owner}@b.ru", "logistics").options["to"] == "logistics@b.ru"


# -- the memory as a file ----------------------------------------------------------------------------------------------


def test_two_runs_at_once_the_second_ends_with_code_four(svc: Svc, export: Export, store: str) -> None:
    """The lock's holder is named."""
    from svc.analyzers.store import open_store

    held = open_store(store, timeout=0)
    try:
        done = svc("weekly", weeks(export, *STEADY), "--store", store, "--lock-timeout", "0")
    finally:
        held.close()
    assert (done.code, done.out) == (4, "")
    assert "--lock-timeout" in done.err


def test_a_clock_set_back_looks_at_the_last_week_again(
    svc: Svc, export: Export, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A warning instead of an old week told anew; the numbers are those of the last run."""
    path = weeks(export, *STEADY)
    svc("weekly", path, "--store", store, "--today", AFTER, "-q")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")  # 2026-01-01
    done = svc("weekly", path, "--store", store, "-q")
    assert done.code == 0
    assert done.out.startswith("2026-W44: ")
    assert "Часы показывают 2026-01-01" in done.err


def test_the_week_ends_by_the_clock_of_the_zone(
    svc: Svc, export: Export, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sunday 20:00 UTC is Monday in Vladivostok: the week is over there, and not yet in Moscow."""
    path = weeks(export, *STEADY)
    moment = dt.datetime.combine(dt.date.fromisoformat(AFTER) - dt.timedelta(1), dt.time(20), dt.UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(moment.timestamp())))
    for name, zone, period in (("m", "Europe/Moscow", "2026-W43"), ("v", "Asia/Vladivostok", "2026-W44")):
        done = svc("weekly", path, "--store", store + name, "--tz", zone, "-q")
        assert done.out.startswith(period), done.err


def test_export_and_import_move_the_memory(svc: Svc, export: Export, store: str, tmp_path: Path) -> None:
    """To another machine: the same history there, and the same export is known."""
    path = weeks(export, *STEADY)
    svc("weekly", path, "--store", store, "--today", AFTER, "-q")
    dump, other = tmp_path / "dump.jsonl", str(tmp_path / "other")
    assert svc("weekly", "--export", dump, "--store", store).code == 0
    assert "опоздал" not in dump.read_text("utf-8")
    assert svc("weekly", "--import", dump, "--store", other).code == 0
    histories = [
        svc("weekly", "--history", "--store", s, "--format", "json", "--today", AFTER).json() for s in (store, other)
    ]
    assert histories[0]["periods"] == histories[1]["periods"]
    again = svc("weekly", path, "--store", other, "--today", AFTER, "--quiet-if-unchanged")
    assert (again.code, again.out) == (0, "")


def test_history_says_which_week_is_not_over(svc: Svc, export: Export, store: str) -> None:
    """A running week of few complaints is no fall."""
    path = weeks(export, *STEADY, (3, 2, 1))
    thursday = (dt.date.fromisoformat(AFTER) + dt.timedelta(3)).isoformat()
    svc("weekly", path, "--store", store, "--today", thursday, "-q")
    lines = svc("weekly", "--history", "--store", store, "--today", thursday).out.splitlines()
    assert "  2026-W44  22 жалобы" in lines
    assert "  2026-W45  6 жалоб (не окончен)" in lines


def test_forgetting_and_exporting_are_private(svc: Svc, export: Export, store: str, tmp_path: Path) -> None:
    """All before a day goes, a copy of a rebuild is named; the export has the key, so nobody else may read it."""
    path = weeks(export, *STEADY)
    svc("weekly", path, "--store", store, "--today", AFTER, "-q")
    svc("weekly", path, "--store", store, "--today", AFTER, "-q", "--rebuild")
    dump = tmp_path / "dump.jsonl"
    svc("weekly", "--export", dump, "--store", store)
    if os.name == "posix":
        assert dump.stat().st_mode & 0o077 == 0
    done = svc("weekly", "--forget", AFTER, "--store", store)
    assert done.code == 0
    assert "weekly.sqlite.bak" in done.err
    svc("weekly", "--export", dump, "--store", store)
    left = [json.loads(line) for line in dump.read_text("utf-8").splitlines()]
    assert not [record for record in left if "row" in record or "day" in record]


def test_no_memory_no_history(svc: Svc, store: str) -> None:
    """And none is made by asking."""
    done = svc("weekly", "--history", "--store", store)
    assert done.code == 2
    assert not Path(store).exists()


def test_doctor_tells_of_the_memory_and_its_lock(svc: Svc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """None yet, so many rows, held, broken: each as it is, and asking makes no file."""
    from svc.analyzers.store import default_path, open_store

    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    path = default_path()
    assert path is not None
    assert "ещё нет" in svc("doctor").out
    assert not path.exists()
    held = open_store(None, timeout=0)
    assert "занята другим запуском" in svc("doctor").out
    held.close()
    assert "строк 0" in svc("doctor").out
    path.chmod(0o644)
    assert f"chmod 600 {path}" in svc("doctor").out
    path.write_bytes(b"broken" * 100)
    done = svc("doctor")
    assert (done.code, "повреждён" in done.out) == (2, True)


def test_doctor_names_the_fix_of_each_fault(svc: Svc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """HOME unset or wrong, a folder without rights, a clock behind the last run, a terminal without Russian."""
    from svc.analyzers.store import open_store
    from svc.analyzers.weekly import LAST_RUN
    from svc.cli.commands import doctor

    store = str(tmp_path / "weekly.sqlite")
    assert svc("doctor", "--store", store).code == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795334400")  # 2026-11-22
    held = open_store(store, timeout=0)
    held.setting(LAST_RUN, "2027-03-01")
    held.close()
    done = svc("doctor", "--store", store)
    assert done.code == 2
    assert "2027-03-01" in done.out
    assert "--today" in done.out
    assert "--store" in svc("doctor", "--store", "redis://h").out + svc("doctor", "--store", "redis://h").err
    monkeypatch.setattr(doctor, "_writable", lambda _: False)
    done = svc("doctor", "--store", str(tmp_path / "none" / "x"))
    assert "chmod u+rwx" in done.out
    assert "SVC_CACHE_DIR" in done.out
    monkeypatch.setattr(doctor, "LITTLE", 1 << 60)
    assert "МБ" in svc("doctor", "--store", store).out
    monkeypatch.setenv("HOME", str(tmp_path / "gone"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "gone"))
    assert "такой папки нет" in svc("doctor", "--store", store).out
    monkeypatch.delenv("HOME")
    monkeypatch.delenv("USERPROFILE")
    assert "не задан" in svc("doctor", "--store", store).out


def test_doctor_sees_a_terminal_without_russian(tmp_path: Path) -> None:
    """In a process of its own, with the locale of an old cron."""
    import os
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "svc.cli", "doctor", "--store", tmp_path / "x"],
        env={**os.environ, "PYTHONIOENCODING": "ascii", "SVC_LANG": "en"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "PYTHONUTF8=1" in done.stdout
