"""Animals that bite: archives in archives, books that lie about their size, columns by the hundred, signs that turn the line.

`fill(zoo)` puts them beside those of `zoo.py`.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from typing import Any


def changed(book: bytes, name: str, change: Any) -> bytes:
    """A workbook with one of its parts changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.namelist():
            data = source.read(part).decode()
            archive.writestr(part, change(data) if part == name else data)
    return target.getvalue()


def fill(zoo: Any) -> None:
    """Put the animals into the zoo."""
    for kind in (archives, books, tables):
        kind(zoo)


def archives(zoo: Any) -> None:
    """Zips and gzips."""
    nested = zoo.CSV.encode()
    for depth in range(9):
        nested = zoo.zipped({"table.csv" if not depth else f"{depth}.zip": nested})
        if depth == 2:
            zoo.add("three zips deep.zip", nested, **zoo.GOOD)
    zoo.add("nine zips deep.zip", nested, error="read.archive_members")
    zoo.add("out of the folder.zip", zoo.zipped({"../../etc/table.csv": zoo.CSV.encode()}), **zoo.GOOD)
    zoo.add("twice packed.csv.gz", gzip.compress(gzip.compress(zoo.CSV.encode())), **zoo.GOOD)
    body = zoo.CSV.partition("\n")[2]
    zoo.add(
        "two members.csv.gz", gzip.compress(zoo.CSV.encode()) + gzip.compress(body.encode()), texts=[*zoo.TEXTS] * 2
    )
    zoo.add("a tail of rubbish.csv.gz", gzip.compress(zoo.CSV.encode()) + b"rubbish" * 50, **zoo.GOOD)
    zoo.add("no end.zip", zoo.zipped({"table.csv": zoo.CSV.encode()})[:-30], error="read.damaged")


def books(zoo: Any) -> None:
    """Workbooks with a size that is not theirs, formulas, errors, two header rows."""
    sheet, book = "xl/worksheets/sheet1.xml", zoo.workbook(zoo.ROWS)
    zoo.add(
        "says to fill the sheet.xlsx",
        changed(book, sheet, lambda xml: xml.replace('ref="A1:D5"', 'ref="A1:XFD1048576"')),
        **zoo.GOOD,
    )
    last = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    zoo.add(
        "a cell in the last corner.xlsx",
        changed(book, sheet, lambda xml: xml.replace("</sheetData>", last)),
        error="read.sheet_area",
    )
    entity = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet'
    asked = changed(
        book, sheet, lambda xml: xml.replace("<worksheet", entity).replace("</sheetData>", "&e;</sheetData>")
    )
    zoo.add("an entity of the system.xlsx", asked, **zoo.GOOD)
    rows = [["id", "Дата", "Текст"], *([i, "#Н/Д", "#ССЫЛКА!" if i == 1 else text] for i, text in enumerate(zoo.TEXTS))]
    zoo.add("errors of Excel.xlsx", zoo.workbook(rows), texts=[zoo.TEXTS[0], *zoo.TEXTS[2:]], skipped=["empty_text"])
    two = [["Дата", "Обращение", None, "Город"], [None, "Тема", "Текст", None]]
    two += [[day, "Доставка", text, city] for day, text, city in zip(zoo.DAYS, zoo.TEXTS, zoo.CITIES, strict=True)]
    zoo.add("header merged over two rows.xlsx", zoo.workbook(two, merge="B1:C1"), texts=[f"Доставка\n{text}" for text in zoo.TEXTS],
        facts={"header_row": 2})  # fmt: skip


def tables(zoo: Any) -> None:
    """Delimited text."""
    wide = ";".join(f"Поле {i}" for i in range(298)) + ";Дата;Текст\n"
    wide += "".join(";" * 298 + f"{day};{text}\n" for day, text in zip(zoo.DAYS, zoo.TEXTS, strict=True))
    zoo.add("three hundred columns.csv", wide, dates=zoo.DAYS)
    same = "Текст;Текст;Текст;Дата;Дата\n" + "".join(
        f"а{i};{text};;;{zoo.DAYS[i]}\n" for i, text in enumerate(zoo.TEXTS)
    )
    zoo.add("equal names.csv", same, notes=("duplicate_headers",))
    turned = "id;\u200fТекст\u202e;Дата\n" + "".join(
        f"{i};\u202e{text}\u202c;{zoo.DAYS[i]}\n" for i, text in enumerate(zoo.TEXTS)
    )
    zoo.add("turned.csv", turned, texts=[f"\u202e{text}\u202c" for text in zoo.TEXTS], dates=zoo.DAYS)
    zoo.add("emoji alone.csv", "id;Текст\n" + "".join(f"{i};😡🤬👎\n" for i in range(20)), error="read.no_text_column")
    zoo.add("emoji among texts.csv", "id;Текст\n" + "".join(f"{i};{text}\n{i};😡👎\n" for i, text in enumerate(zoo.TEXTS)),
        skipped=["not_text"] * 4)  # fmt: skip
    days = ("01.03.2026", "2026-03-02", "3 марта 2026 г.", "46085")
    zoo.add("dates of four kinds.csv", "Дата;Текст\n" + "".join(f"{day};{text}\n" for day, text in zip(days, zoo.TEXTS, strict=True)),
        dates=zoo.DAYS)  # fmt: skip
    zoo.add(
        "the last day.csv", "Дата;Текст\n" + "".join(f"31.12.9999;{text}\n" for text in zoo.TEXTS), dates=[None] * 4
    )
    two = "Дата;Обращение;;Город\n;Тема;Текст;\n"
    two += "".join(f"{day};Доставка;{text};Омск\n" for day, text in zip(zoo.DAYS, zoo.TEXTS, strict=True))
    zoo.add("header of two rows.csv", two, texts=[f"Доставка\n{text}" for text in zoo.TEXTS], dates=zoo.DAYS,
        rows=(3, 4, 5, 6), first={"region": "Омск"})  # fmt: skip
