"""Every format shows the figures of `Report`: derived from it, parsed back out of the page, compared.

A figure changed in the report must change what is parsed; so a format that showed another number would fail here.
"""

from __future__ import annotations

import copy
import csv
import html
import io
import json
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from svc.analyzers.gates import parse_gate
from svc.analyzers.records import Report
from svc.analyzers.verdicts import judge
from svc.cli.reporters import BOM, KINDS, render
from svc.cli.reporters.github_annotations import LIMIT as ANNOTATIONS
from svc.cli.reporters.github_summary import LIMIT as SUMMARY

from ...made import finding, report

pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported")  # of openpyxl, about data bars
Figures = dict[tuple[str, str], Any]
WORDS = {"passed": "pass", "warning": "warn", "failed": "fail", "cannot be told": "unknown"}
LINE = re.compile(
    r"\((?P<id>[\w.]+)\): index (?P<index>[\d.]+), complaints (?P<n>\d+), share (?P<share>[\d.]+)%, "
    r"severity (?P<severity>[\d.]+), class (?P<class>[A-D])"
)


def sample() -> Report:
    """Two findings, a gate of each verdict."""
    made = report(
        finding("fulfilment.late", 37, share=0.3712, severity=0.4123, index=61.3),
        finding("staff.rude", 12, share=0.1234, severity=0.6, severity_class="B", index=38.7, growth=1.8),
    )
    gates = ["class:B", "share(fulfilment):90%", "new"]
    judge(made, [parse_gate(expr) for expr in gates], [parse_gate("growth:50%")])
    return made


def figures(made: Report, *, statistics: bool, exact: bool, findings: bool = True) -> Figures:
    """What a page must show; for a person shares are in percent with one decimal."""
    found: Figures = {("gate", gate.expr): gate.verdict for gate in made.gates}
    for item in made.findings if findings else ():
        share = item.share if exact else round(item.share * 100, 1)
        found |= {
            (item.id, "index"): item.index, (item.id, "n"): item.n, (item.id, "share"): share,
            (item.id, "severity"): item.severity, (item.id, "class"): item.severity_class,
        }  # fmt: skip
    if statistics:
        coverage = made.statistics.coverage or 0
        found |= {
            ("total", "complaints"): made.statistics.complaints, ("total", "rows"): made.statistics.rows,
            ("total", "coverage"): coverage if exact else round(coverage * 100, 1),
        }  # fmt: skip
    return found


def entry(name: str, values: dict[str, Any]) -> Figures:
    """Figures of one finding from words."""
    return {
        (name, key): values[key] if key == "class" else int(values[key]) if key == "n" else float(values[key])
        for key in ("index", "n", "share", "severity", "class")
    }


def lines(page: str) -> Figures:
    """Findings written as a line each."""
    return {key: value for match in LINE.finditer(page) for key, value in entry(match["id"], match.groupdict()).items()}


def verdict(text: str) -> str:
    """The first verdict word of a text."""
    return WORDS[min((word for word in WORDS if word in text), key=text.index)]


def from_text(page: str) -> Figures:
    found: Figures = {}
    for cells in (re.split(r"\s{2,}", line.strip()) for line in page.splitlines()):
        if re.fullmatch(r"\d+", cells[0]) and len(cells) > 7:
            name = re.search(r"\(([\w.]+)\)", cells[4])
            assert name
            found |= entry(name[1], {
                "index": cells[1], "class": cells[3], "n": cells[5], "share": cells[6].split()[0], "severity": cells[7],
            })  # fmt: skip
    for word, expr in re.findall(r"^   (passed|warning|failed|cannot be told): (\S+) —", page, re.MULTILINE):
        found["gate", expr] = WORDS[word]
    rows = re.search(r"^(\d+) rows", page, re.MULTILINE)
    covered = re.search(r"found in ([\d.]+)% of (\d+) complaints", page)
    assert rows
    assert covered
    return found | {
        ("total", "rows"): int(rows[1]), ("total", "coverage"): float(covered[1]),
        ("total", "complaints"): int(covered[2]),
    }  # fmt: skip


def from_md(page: str) -> Figures:
    page = re.sub(r"\\(.)", r"\1", html.unescape(page.replace("<!-- -->", "")))
    found: Figures = {}
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if len(cells) == 10 and cells[0].isdigit():
            name = re.search(r"\(([\w.]+)\)", cells[4])
            assert name
            found |= entry(name[1], {
                "index": cells[1], "class": cells[3], "n": cells[5], "share": cells[6].split()[0], "severity": cells[7],
            })  # fmt: skip
        elif len(cells) == 4 and cells[0] in WORDS:
            found["gate", cells[1]] = WORDS[cells[0]]
    total = re.search(r"Rows (\d+): .* complaints (\d+), with a category ([\d.]+)%", page)
    assert total
    return found | {
        ("total", "rows"): int(total[1]),
        ("total", "complaints"): int(total[2]),
        ("total", "coverage"): float(total[3]),
    }


def from_csv(page: str) -> Figures:
    found: Figures = {}
    for row in csv.DictReader(io.StringIO(page)):
        if row["record"] == "finding":
            found |= entry(row["id"], row)
        elif row["record"] == "gate":
            found["gate", row["id"]] = row["verdict"]
        elif row["id"] in {"rows", "complaints", "coverage"}:
            found["total", row["id"]] = float(row["value"])
    return found


def from_json(page: str) -> Figures:
    data = json.loads(page)
    found: Figures = {("gate", gate["expr"]): gate["verdict"] for gate in data["gates"]}
    for item in data["findings"]:
        found |= entry(item["id"], item)
    return found | {("total", key): data["statistics"][key] for key in ("rows", "complaints", "coverage")}


def from_junit(page: str) -> Figures:
    root = ElementTree.fromstring(page)
    values = {item.get("name"): item.get("value") for item in root.iter("property")}
    found: Figures = {("total", key): float(values[key] or "") for key in ("rows", "complaints", "coverage")}
    for name in {key.rpartition(".")[0] for key in values if key and "." in key}:
        found |= entry(name, {key: values[f"{name}.{key}"] for key in ("index", "n", "share", "severity", "class")})
    for case in root.iter("testcase"):
        out = case.findtext("system-out") or ""
        failed = "fail" if case.find("failure") is not None else "unknown" if case.find("error") is not None else None
        found["gate", case.get("name") or ""] = failed or ("warn" if "warning" in out else "pass")
    return found


def from_annotations(page: str) -> Figures:
    found: Figures = {}
    for line in page.splitlines():
        match = re.fullmatch(r"::(error|warning|notice) file=[^,:]+,line=\d+,title=([^,:]+)::(.*)", line)
        assert match, line
        title = match[2].replace("%3A", ":").replace("%25", "%")
        if parsed := re.match(r"(passed|warning|failed|cannot be told): ", match[3]):
            found["gate", title] = WORDS[parsed[1]]
        found |= lines(match[3].replace("%25", "%"))
    return found


def from_metrics(page: str) -> Figures:
    found: Figures = {}
    verdicts = ("pass", "warn", "fail", "unknown")
    assert page.endswith("# EOF\n")
    for name, labels, value in re.findall(r"^svc_(\w+?)(?:\{(.*)\})? (\S+)$", page, re.MULTILINE):
        tags = dict(re.findall(r'(\w+)="((?:[^"\\]|\\.)*)"', labels))
        if name == "gate":
            found["gate", tags["expr"]] = verdicts[int(value)]
        elif name == "finding_class":
            found[tags["id"], "class"] = tags["class"]
        elif name.startswith("finding_") and name != "finding_growth":
            found[tags["id"], name.removeprefix("finding_")] = float(value)
        elif name in {"rows", "complaints", "coverage"}:
            found["total", name] = float(value)
    return found


def from_quality(page: str) -> Figures:
    issues = json.loads(page)
    found = {key: value for issue in issues for key, value in lines(issue["description"]).items()}
    for issue in issues:
        if issue["check_name"].startswith("gate."):
            expr, _, rest = issue["description"].partition(": ")
            found["gate", expr] = verdict(rest)
    return found


def from_sarif(page: str) -> Figures:
    run = json.loads(page)["runs"][0]
    found: Figures = {("total", key): run["properties"][key] for key in ("rows", "complaints", "coverage")}
    for result in run["results"]:
        values = result["properties"]
        if result["ruleId"].startswith("gate."):
            found["gate", values["expr"]] = values["verdict"]
        else:
            assert result["rank"] == values["index"]
            assert lines(result["message"]["text"])[result["ruleId"], "n"] == values["n"]
            found |= entry(result["ruleId"], values)
    return found


def from_html(page: str) -> Figures:
    """From what is seen: words of cells, not their attributes."""
    found: Figures = {}
    for name, body in re.findall(r'<tbody id="([\w.]+)"(.*?)</tbody>', page):
        pattern = r'<t[dh][^>]*class="col-(\w+)"[^>]*>(.*?)</t[dh]>'
        cells = {key: re.sub("<[^>]+>", " ", cell) for key, cell in re.findall(pattern, body)}
        severity = re.search(r"([\d.]+) of 1 on average", body)
        assert severity
        found |= entry(name, {
            "index": cells["index"], "class": cells["class"].strip(), "n": cells["n"],
                "share": cells["share"].split("%")[0],
            "severity": severity[1],
        })  # fmt: skip
    for expr, word in re.findall(r'<th scope="row">([^<]+)</th><td[^>]*><span class="mark mark-\w+">([^<]+)', page):
        found["gate", html.unescape(expr)] = WORDS[word]
    rows, covered = (
        re.search(r">(\d+) rows: \d+ used", page),
        re.search(r"found in ([\d.]+)% of (\d+) complaints", page),
    )
    assert rows
    assert covered
    return found | {
        ("total", "rows"): int(rows[1]), ("total", "coverage"): float(covered[1]),
        ("total", "complaints"): int(covered[2]),
    }  # fmt: skip


def from_xlsx(page: bytes) -> Figures:
    book = openpyxl.load_workbook(io.BytesIO(page))
    found: Figures = {}
    head, *rows = book["Findings"].iter_rows(values_only=True)
    for row in rows:
        cells = dict(zip(head, row, strict=True))
        found |= entry(str(cells["Id"]), {
            "index": cells["Index, %"], "class": cells["Class"], "n": cells["Complaints"], "share": cells["Share"],
            "severity": cells["Severity"],
        })  # fmt: skip
    names = {"Rows": "rows", "Complaints": "complaints", "Complaints with a category": "coverage"}
    for name, value, *_ in book["Summary"].iter_rows(values_only=True):
        if name in names and value is not None:
            found["total", names[name]] = value
        elif value in WORDS:
            found["gate", str(name)] = WORDS[str(value)]
    return found


PARSERS: dict[str, tuple[Callable[[Any], Figures], bool, bool]] = {  # parser, statistics shown, exact shares
    "text": (from_text, True, False),
    "json": (from_json, True, True),
    "csv": (from_csv, True, True),
    "md": (from_md, True, False),
    "junit": (from_junit, True, True),
    "github-summary": (from_md, True, False),
    "github-annotations": (from_annotations, False, False),
    "gitlab-metrics": (from_metrics, True, True),
    "gitlab-quality": (from_quality, False, False),
    "sarif": (from_sarif, True, True),
    "html": (from_html, True, False),
    "xlsx": (from_xlsx, True, True),
}


def parsed(kind: str, made: Report) -> Figures:
    """What a page of a format says."""
    return PARSERS[kind][0](render(kind, made, "en", top=0))


def test_every_format_is_parsed_here() -> None:
    """A new one brings its parser."""
    assert set(PARSERS) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_shows_the_figures_of_the_report(kind: str) -> None:
    """All of them, and gates with their verdicts."""
    _, statistics, exact = PARSERS[kind]
    assert parsed(kind, sample()) == figures(sample(), statistics=statistics, exact=exact)


MUTATIONS: dict[str, Callable[[Report], object]] = {
    "n": lambda r: setattr(r.findings[1], "n", 13),
    "share": lambda r: setattr(r.findings[0], "share", 0.3723),
    "index": lambda r: setattr(r.findings[0], "index", 61.4),
    "severity": lambda r: setattr(r.findings[0], "severity", 0.4133),
    "class": lambda r: setattr(r.findings[1], "severity_class", "C"),
    "verdict": lambda r: setattr(r.gates[1], "verdict", "fail"),
    "warning": lambda r: setattr(r.gates[3], "verdict", "pass"),
    "complaints": lambda r: setattr(r.statistics, "complaints", 101),
    "rows": lambda r: setattr(r.statistics, "rows", 111),
    "coverage": lambda r: setattr(r.statistics, "coverage", 0.951),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("mutation", MUTATIONS)
def test_one_changed_number_is_seen(kind: str, mutation: str) -> None:
    """So the test above can fail."""
    _, statistics, exact = PARSERS[kind]
    if mutation in {"complaints", "rows", "coverage"} and not statistics:
        pytest.skip("this format shows findings and gates only")
    changed = copy.deepcopy(sample())
    MUTATIONS[mutation](changed)
    assert parsed(kind, changed) != figures(sample(), statistics=statistics, exact=exact)


# -- limits of single formats ----------------------------------------------------------------------------------------


def many(n: int = 300, words: int = 400) -> Report:
    """A report with more quotes than a summary holds."""
    made = report(*(finding(f"fulfilment.p{i}", 20) for i in range(n)))
    for item in made.findings:
        item.quotes = [copy.copy(item.quotes[0]) for _ in range(words)]
        for quote in item.quotes:
            quote.text = "слово " * 100
    return made


def test_a_summary_stays_under_its_limit_and_cuts_quotes_first() -> None:
    """GitHub drops a summary that is too long, as a whole."""
    made = many()
    page = render("github-summary", made, "ru", top=0)
    assert len(page.encode()) <= SUMMARY
    assert page.count("| C | Боль") == 300
    assert "слово" not in page.split("## Срочно")[0].split("## Цитаты")[-1] or page.count("«слово") < 5 * 400
    assert "не больше" in page


@pytest.mark.parametrize("taken", [SUMMARY - 60_000, SUMMARY - 5_000, SUMMARY - 500, SUMMARY, 2 * SUMMARY])
def test_a_summary_leaves_room_for_what_is_there(taken: int) -> None:
    """The limit is of the step, not of the command."""
    page = render("github-summary", many(), "ru", top=0, taken=taken)
    assert len(page.encode()) <= max(0, SUMMARY - taken)


def test_annotations_are_ten_with_the_crossed_gates_first() -> None:
    """GitHub would drop the rest, in its own order."""
    made = many(30, 1)
    judge(made, [parse_gate("n:99"), *(parse_gate(f"n:{i + 1}") for i in range(12))], [])
    lines_ = render("github-annotations", made, "ru", top=0).splitlines()
    assert len(lines_) == ANNOTATIONS
    assert all(line.startswith("::error ") for line in lines_)


def test_csv_has_a_mark_on_request_only() -> None:
    """Excel needs it, scripts stumble over it."""
    assert render("csv", sample(), "ru", top=0, bom=True) == BOM + render("csv", sample(), "ru", top=0)


def test_fingerprints_are_unique_and_hang_on_ids_alone() -> None:
    """Else GitLab would show each pain as new every week."""
    made, later = sample(), sample()
    later.findings[0].n = 99
    later.findings[0].quotes[0].row = 1000
    for kind, key in (("gitlab-quality", "fingerprint"), ("sarif", "svc/v1")):
        found = re.findall(rf'"{key}": "(\w+)"', render(kind, made, "ru", top=0))
        assert len(set(found)) == len(found) == 6
        assert found == re.findall(rf'"{key}": "(\w+)"', render(kind, later, "en", top=0))


def test_junit_of_no_gates_is_one_passed_case() -> None:
    """An empty suite would read as a broken build."""
    root = ElementTree.fromstring(render("junit", report(finding()), "ru", top=0))
    assert [case.get("name") for case in root.iter("testcase")] == ["svc analyze"]


def test_a_failed_case_holds_the_quotes_of_what_crossed() -> None:
    """The evidence stands in the pipeline's own report."""
    root = ElementTree.fromstring(render("junit", sample(), "ru", top=0))
    failure = root.find(".//failure")
    assert failure is not None
    assert "Цитата о staff.rude" in (failure.text or "")
    assert "Цитата о fulfilment.late" not in (failure.text or "")
