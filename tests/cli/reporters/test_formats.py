"""Every format shows the figures of `Report`: derived from it, parsed back out of the page, compared.

A figure changed in the report must change what is parsed; so a format that showed another number would fail here.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from svc.analyzers.gates import parse_gate
from svc.analyzers.records import Report
from svc.analyzers.verdicts import judge
from svc.cli.reporters import KINDS, render

from ...made import finding, report

pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported")  # of openpyxl, about data bars
Figures = dict[tuple[str, str], Any]
WORDS = {"passed": "pass", "warning": "warn", "failed": "fail", "cannot be told": "unknown"}
LINE = re.compile(
    r"\((?P<id>[\w.]+)\): index (?P<index>[\d.]+), complaints (?P<n>\d+), share (?P<share>[\d.]+)%, "
    r"severity (?P<severity>[\d.]+), class (?P<class>[A-D])"
)


def sample() -> Report:
    """Two findings that grow by more than chance, a gate of each verdict."""
    made = report(
        finding("fulfilment.late", 37, share=0.3712, severity=0.4123, index=61.3, customers=35, cumulative=61.3),
        finding(
            "staff.rude", 12, share=0.1234, severity=0.6, severity_class="B", index=38.7, growth=1.8, cumulative=99.9
        ),
    )
    for item in made.findings:
        item.status = "growing"
    gates = ["class:B", "share(fulfilment):90%", "new"]
    judge(made, [parse_gate(expr) for expr in gates], [parse_gate("growth:50%")])
    return made


CORE = ("index", "n", "share", "severity", "class")
BOUNDS = ("share_low", "share_high", "growth")
TOTALS = ("rows", "used", "skipped", "duplicates", "complaints", "coverage")
ALL_TOTALS = (*TOTALS, "customers")


@dataclass(frozen=True)
class Shown:
    """What a format shows beside verdicts; `exact`: shares as fractions, not in percent with one decimal."""

    finding: tuple[str, ...]
    totals: tuple[str, ...]
    values: bool = True
    exact: bool = False


SHOWN = {
    "text": Shown((*CORE, *BOUNDS, "cumulative"), TOTALS),
    "json": Shown((*CORE, *BOUNDS, "cumulative", "customers"), ALL_TOTALS, exact=True),
    "csv": Shown((*CORE, *BOUNDS, "cumulative", "customers"), ALL_TOTALS, exact=True),
    "md": Shown((*CORE, *BOUNDS, "cumulative"), TOTALS),
    "junit": Shown((*CORE, "growth"), ALL_TOTALS, exact=True),
    "github-summary": Shown((*CORE, *BOUNDS, "cumulative"), TOTALS),
    "github-annotations": Shown(CORE, ()),
    "gitlab-metrics": Shown((*CORE, "growth"), ALL_TOTALS, values=False, exact=True),
    "gitlab-quality": Shown(CORE, ()),
    "sarif": Shown((*CORE, *BOUNDS, "customers"), ALL_TOTALS, exact=True),
    "html": Shown((*CORE, *BOUNDS, "customers"), TOTALS),
    "xlsx": Shown((*CORE, *BOUNDS, "cumulative", "customers"), ALL_TOTALS, exact=True),
}
SHARES = ("share", "share_low", "share_high", "coverage")


def figures(made: Report, kind: str) -> Figures:
    """What a page of a format must show, from the report alone."""
    shown = SHOWN[kind]

    def put(record: Any, key: str) -> Any:
        value = getattr(record, "severity_class" if key == "class" else key)
        return round(value * 100, 1) if key in SHARES and not shown.exact else value

    found: Figures = {("gate", gate.expr): gate.verdict for gate in made.gates}
    found |= {(item.id, key): put(item, key) for item in made.findings for key in shown.finding}
    found |= {("total", key): put(made.statistics, key) for key in shown.totals}
    for gate in made.gates if shown.values else ():
        found |= {("value", gate.expr): gate.value, ("limit", gate.expr): gate.limit}
    return found


def entry(name: str, values: Mapping[str, Any]) -> Figures:
    """Figures of one finding from words."""
    kinds: dict[str, Callable[[Any], Any]] = {"class": str.strip, "n": int, "customers": int}
    keys = (*CORE, *BOUNDS, "cumulative", "customers")
    return {(name, key): kinds.get(key, float)(values[key]) for key in keys if values.get(key) is not None}


def said(expr: str, words: str) -> Figures:
    """Value and limit of a gate from words: «37.12 %, limit 90 %»."""
    match = re.search(r"(no value|[A-D]|-?[\d.]+(?: %)?), limit ([A-D]|-?[\d.]+(?: %)?)", words)
    assert match, words
    found = [None if text == "no value" else text if text.isalpha() else fraction(text) for text in match.groups()]
    return {("value", expr): found[0], ("limit", expr): found[1]}


def fraction(text: str) -> float:
    """A number; one in percent as a fraction."""
    return round(float(text[:-1]) / 100, 6) if text.endswith("%") else float(text)


def bounds(text: str) -> dict[str, str]:
    """«37.1 [29.6–44.4]» taken apart."""
    return dict(zip(("share", "share_low", "share_high"), re.findall(r"[\d.]+", text), strict=True))


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
                "index": cells[1], "cumulative": cells[2], "class": cells[3], "n": cells[5], **bounds(cells[6]),
                "severity": cells[7], "growth": cells[8].strip("(×)"),
            })  # fmt: skip
    gate = r"^   (passed|warning|failed|cannot be told): (\S+) — (.+)"
    for word, expr, values in re.findall(gate, page, re.MULTILINE):
        found |= {("gate", expr): WORDS[word], **said(expr, values)}
    return found | counted(page)


def counted(page: str) -> Figures:
    """Totals as a person reads them."""
    rows = re.search(r"(\d+) rows: (\d+) used, (\d+) skipped, (\d+) duplicates", page)
    covered = re.search(r"found in ([\d.]+)% of (?:complaints \()?(\d+)", page)
    assert rows
    assert covered
    counts: Figures = {("total", key): int(value) for key, value in zip(TOTALS, rows.groups(), strict=False)}
    return counts | {("total", "coverage"): float(covered[1]), ("total", "complaints"): int(covered[2])}


def from_md(page: str) -> Figures:
    page = re.sub(r"\\(.)", r"\1", html.unescape(page.replace("<!-- -->", "")))
    found: Figures = {}
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if len(cells) == 10 and cells[0].isdigit():
            name = re.search(r"\(([\w.]+)\)", cells[4])
            assert name
            found |= entry(name[1], {
                "index": cells[1], "cumulative": cells[2], "class": cells[3], "n": cells[5], **bounds(cells[6]),
                "severity": cells[7], "growth": cells[8].strip("(×)"),
            })  # fmt: skip
        elif len(cells) == 4 and cells[0] in WORDS:
            found |= {("gate", cells[1]): WORDS[cells[0]], **said(cells[1], cells[2])}
    total = re.search(
        r"Rows (\d+): (\d+) used, (\d+) skipped, (\d+) duplicates; complaints (\d+), with a category ([\d.]+)%", page
    )
    assert total
    return found | {("total", key): float(value) for key, value in zip(TOTALS, total.groups(), strict=True)}


def from_csv(page: str) -> Figures:
    found: Figures = {}
    for row in csv.DictReader(io.StringIO(page)):
        if row["record"] == "finding":
            found |= entry(row["id"], row)
        elif row["record"] == "gate":
            found["gate", row["id"]] = row["verdict"]
            for key in ("value", "limit"):
                cell = row[key]
                found[key, row["id"]] = None if not cell else cell if cell.isalpha() else float(cell)
        elif row["record"] == "total":
            found["total", row["id"]] = float(row["value"])
    return found


def from_json(page: str) -> Figures:
    data = json.loads(page)
    found: Figures = {("gate", gate["expr"]): gate["verdict"] for gate in data["gates"]}
    found |= {(key, gate["expr"]): gate[key] for gate in data["gates"] for key in ("value", "limit")}
    for item in data["findings"]:
        found |= entry(item["id"], item)
    return found | {("total", key): data["statistics"][key] for key in ALL_TOTALS}


def from_junit(page: str) -> Figures:
    root = ElementTree.fromstring(page)
    values = {item.get("name"): item.get("value") for item in root.iter("property")}
    found: Figures = {("total", key): float(values[key] or "") for key in ALL_TOTALS}
    for name in {key.rpartition(".")[0] for key in values if key and "." in key}:
        found |= entry(name, {key: values[f"{name}.{key}"] for key in (*CORE, "growth")})
    for case in root.iter("testcase"):
        out = case.findtext("system-out") or ""
        failed = next(iter(case), None)
        failed = None if failed is None or failed.tag == "system-out" else failed
        word = "warn" if "warning" in out else "pass"
        verdict_ = word if failed is None else {"failure": "fail", "error": "unknown"}[failed.tag]
        name = case.get("name") or ""
        found |= {("gate", name): verdict_, **said(name, out if failed is None else failed.get("message") or "")}
    return found


def from_annotations(page: str) -> Figures:
    found: Figures = {}
    for line in page.splitlines():
        match = re.fullmatch(r"::(error|warning|notice) file=[^,:]+,line=\d+,title=([^,:]+)::(.*)", line)
        assert match, line
        title = match[2].replace("%3A", ":").replace("%25", "%")
        message = match[3].replace("%25", "%")
        if parsed := re.match(r"(passed|warning|failed|cannot be told): ", message):
            found |= {("gate", title): WORDS[parsed[1]], **said(title, message)}
        found |= lines(message)
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
        elif name.startswith("finding_"):
            found[tags["id"], name.removeprefix("finding_")] = float(value)
        else:
            found["total", name] = float(value)
    return found


def from_quality(page: str) -> Figures:
    issues = json.loads(page)
    found = {key: value for issue in issues for key, value in lines(issue["description"]).items()}
    for issue in issues:
        if issue["check_name"].startswith("gate."):
            expr, _, rest = issue["description"].partition(": ")
            found |= {("gate", expr): verdict(rest), **said(expr, rest)}
    return found


def from_sarif(page: str) -> Figures:
    run = json.loads(page)["runs"][0]
    found: Figures = {("total", key): run["properties"][key] for key in ALL_TOTALS}
    for result in run["results"]:
        values = result["properties"]
        if result["ruleId"].startswith("gate."):
            expr = values["expr"]
            exact = {(key, expr): values[key] for key in ("value", "limit")}
            assert said(expr, result["message"]["text"]) == exact
            found |= {("gate", expr): values["verdict"], **exact}
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
        severity = re.search(r"([\d.]+)(?: of 1)? on average", body)
        customers = re.search(r"Customers</dt><dd>(\d+)", body)
        assert severity
        assert customers
        found |= entry(name, {
            "index": cells["index"], "class": cells["class"].split()[0], "n": cells["n"], **bounds(cells["share"]),
            "growth": cells["growth"].split()[0].lstrip("×"), "severity": severity[1], "customers": customers[1],
        })  # fmt: skip
    gate = r'<th scope="row">([^<]+)</th><td[^>]*><span class="mark mark-\w+">([^<]+)</span></td><td[^>]*>([^<]+)'
    for expr, word, values in re.findall(gate, page):
        name = html.unescape(expr)
        found |= {("gate", name): WORDS[word], **said(name, values)}
    return found | counted(page)


def from_xlsx(page: bytes) -> Figures:
    book = openpyxl.load_workbook(io.BytesIO(page))
    found: Figures = {}
    head, *rows = book["Findings"].iter_rows(values_only=True)
    for row in rows:
        cells = dict(zip(head, row, strict=True))
        found |= entry(str(cells["Id"]), {
            "index": cells["Index"], "class": cells["Class"], "n": cells["Complaints"], "share": cells["Share"],
            "severity": cells["Severity"], "share_low": cells["Share from"], "share_high": cells["Share to"],
            "growth": cells["Growth, times"], "cumulative": cells["Cumulative"], "customers": cells["Customers"],
        })  # fmt: skip
    names = {key.capitalize(): key for key in ALL_TOTALS} | {"Complaints with a category": "coverage"}
    for name, value, values, *_ in book["Summary"].iter_rows(values_only=True):
        if name in names and value is not None:
            found["total", names[str(name)]] = value
        elif value in WORDS:
            found |= {("gate", str(name)): WORDS[str(value)], **said(str(name), str(values))}
    return found


PARSERS: dict[str, Callable[[Any], Figures]] = {
    "text": from_text, "json": from_json, "csv": from_csv, "md": from_md, "junit": from_junit,
    "github-summary": from_md, "github-annotations": from_annotations, "gitlab-metrics": from_metrics,
    "gitlab-quality": from_quality, "sarif": from_sarif, "html": from_html, "xlsx": from_xlsx,
}  # fmt: skip


def parsed(kind: str, made: Report) -> Figures:
    """What a page of a format says."""
    return PARSERS[kind](render(kind, made, "en", top=0))


def test_every_format_is_parsed_here() -> None:
    """A new one brings its parser."""
    assert set(PARSERS) == set(SHOWN) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_shows_the_figures_of_the_report(kind: str) -> None:
    """All of them, and gates with their verdicts, values and limits; nothing else is parsed."""
    assert parsed(kind, sample()) == figures(sample(), kind)


OTHER = {"A": "B", "B": "C", "C": "D", "D": "A", "pass": "fail", "fail": "warn", "warn": "unknown", "unknown": "pass"}


def changed(value: Any) -> Any:
    """Another figure, no farther off than the last place that a person is shown."""
    if isinstance(value, str):
        return OTHER[value]
    return value + 1 if isinstance(value, int) else round(value + (0.1 if value > 1 else 0.001), 4)


def mutated(key: tuple[str, str]) -> Report:
    """The sample with one figure changed."""
    made, (name, field) = sample(), key
    if name in {"gate", "value", "limit"}:
        gate = next(gate for gate in made.gates if gate.expr == field)
        attribute = "verdict" if name == "gate" else name
        setattr(gate, attribute, changed(getattr(gate, attribute)))
        return made
    record = made.statistics if name == "total" else next(item for item in made.findings if item.id == name)
    attribute = "severity_class" if field == "class" else field
    setattr(record, attribute, changed(getattr(record, attribute)))
    return made


@pytest.mark.parametrize("kind", KINDS)
def test_each_changed_figure_is_seen_and_no_other(kind: str) -> None:
    """Every figure of the sample in turn; so the test above fails if one number of a page is wrong."""
    right = figures(sample(), kind)
    assert len(right) >= 20
    for key, value in right.items():
        if value is not None:  # what cannot be told has no value to change
            page = parsed(kind, mutated(key))
            assert {name for name in right if page.get(name) != right[name]} == {key}
            assert page == figures(mutated(key), kind)
