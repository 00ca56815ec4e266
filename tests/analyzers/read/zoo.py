"""The zoo: small files of every kind that people export, each made here and each with what reading must give.

`ANIMALS` is a list of (file name, bytes, what is expected). Run as a script it writes them into a folder to look at:
``python tests/analyzers/read/zoo.py FOLDER``.
"""

from __future__ import annotations

import bz2
import datetime as dt
import gzip
import io
import json
import lzma
import sqlite3
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TEXTS = (
    "Заказ привезли на неделю позже срока, никто не предупредил",
    "Деньги за возврат не вернули до сих пор, прошёл месяц",
    "Оператор бросил трубку и не стал слушать жалобу",
    "Товар пришёл сломанный, упаковка была порвана насквозь",
)
DAYS = ("2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04")
CITIES = ("Омск", "Тула", "Тверь", "Пермь")


@dataclass(frozen=True)
class Expected:
    """What reading a file must give: an error code, or facts about the records."""

    error: str | None = None
    texts: Sequence[str] | None = TEXTS
    rows: Sequence[int] | None = None
    dates: Sequence[str | None] | None = None
    format: str | None = None
    facts: dict[str, Any] = field(default_factory=dict[str, Any])
    """Attributes of TableInfo."""
    first: dict[str, Any] = field(default_factory=dict[str, Any])
    """Attributes of the first record."""
    notes: Sequence[str] = ()
    skipped: Sequence[str] = ()
    """Reasons, in order."""
    options: dict[str, Any] = field(default_factory=dict[str, Any])
    needs: str | None = None
    """A library without which the file is refused."""


@dataclass(frozen=True)
class Animal:
    """A file of the zoo."""

    name: str
    data: bytes
    expected: Expected


ANIMALS: list[Animal] = []


def add(name: str, data: bytes | str, /, **expected: Any) -> None:
    """Put a file into the zoo."""
    ANIMALS.append(Animal(name, data.encode() if isinstance(data, str) else data, Expected(**expected)))


def table(delimiter: str = ";", end: str = "\n", header: str = "id;Дата;Текст;Город") -> str:
    """The usual table as delimited text."""
    lines = [header, *(f"{i + 1};{DAYS[i]};{TEXTS[i]};{CITIES[i]}" for i in range(4))]
    if delimiter == ",":
        lines = [",".join(f'"{cell}"' for cell in line.split(";")) for line in lines]
    return end.join(line.replace(";", delimiter) for line in lines) + end


CSV = table()
OBJECTS = [{"id": i + 1, "date": DAYS[i], "text": TEXTS[i], "user": {"city": CITIES[i]}} for i in range(4)]
JSONL = "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in OBJECTS)
ROWS: list[list[Any]] = [["id", "Дата", "Текст", "Город"]] + [
    [i + 1, dt.date.fromisoformat(DAYS[i]), TEXTS[i], CITIES[i]] for i in range(4)
]
GOOD: dict[str, Any] = {"dates": DAYS, "first": {"region": "Омск", "id": "1"}}


def encodings() -> None:
    """The same table in every encoding and line end."""
    for encoding in ("utf-8", "utf-8-sig", "cp1251", "koi8-r", "cp866", "utf-16", "mac-cyrillic"):
        add(f"{encoding}.csv", CSV.encode(encoding), facts={"delimiter": ";", "header_row": 1}, **GOOD)
    add("utf-16-le without mark.csv", CSV.encode("utf-16-le"), facts={"encoding": "utf-16-le"}, **GOOD)
    add("windows lines.csv", table(end="\r\n").encode("cp1251"), facts={"encoding": "cp1251"}, **GOOD)
    add("old mac lines.csv", table(end="\r"), **GOOD)
    for name, delimiter in (("comma", ","), ("tab", "\t"), ("pipe", "|")):
        add(f"{name}.csv", table(delimiter), facts={"delimiter": delimiter}, **GOOD)
    mixed = CSV.encode() + "5;2026-03-05;Хамят на кассе;Омск\n".encode("cp1251")
    add("mixed encodings.csv", mixed, texts=(*TEXTS, "Хамят на кассе"), notes=("recoded",))


def delimited() -> None:
    """Oddities of delimited files."""
    add("sep line.csv", "sep=;\r\n" + table(end="\r\n"), rows=(2, 3, 4, 5), **GOOD)
    add("title rows.csv", "Отчёт за март;;;\nООО «Ромашка»;;;\n" + CSV, notes=("title_rows",),
        facts={"header_row": 3}, rows=(4, 5, 6, 7), **GOOD)  # fmt: skip
    add("no header.csv", CSV.partition("\n")[2], notes=("no_header",), rows=(1, 2, 3, 4), dates=DAYS)
    add("padded header.csv", table(header=" id ; Дата; \ufeffТекст  ; Город "), **GOOD)
    add("duplicate header.csv", table(header="id;Дата;Текст;Текст"), notes=("duplicate_headers",), dates=DAYS)
    add("missing header.csv", table(header="id;Дата;Текст;"), dates=DAYS)
    quoted = 'id;Текст\n1;"Магазин ""Ромашка""; обман\nи хамство"\n2;Плохо работает доставка\n3;Хамят в магазине\n'
    add(
        "quotes.csv",
        quoted,
        texts=('Магазин "Ромашка"; обман\nи хамство', "Плохо работает доставка", "Хамят в магазине"),
    )
    add("nuls.csv", CSV.replace("Омск", "Омск\0\0"), notes=("nuls",), **GOOD)
    add(
        "decimal comma.csv", "Текст;Сумма\n" + "".join(f"{text};1 234,50\n" for text in TEXTS), first={"amount": 1234.5}
    )
    add("a cell of one megabyte.csv", f"id;Текст\n1;{'а' * (1 << 20)}\n2;{TEXTS[0]}\n3;{TEXTS[1]}\n",
        texts=("а" * (1 << 20), TEXTS[0], TEXTS[1]))  # fmt: skip
    add("one column.csv", "Текст\n" + "\n".join(TEXTS) + "\n", rows=(2, 3, 4, 5))
    add("tsv called txt.txt", table("\t"), format="tsv", **GOOD)
    add("Жалобы за март (1).csv", CSV.encode("cp1251"), **GOOD)


def columns() -> None:
    """Which column is what."""
    form = "Достоинства;Недостатки;Комментарий\n" + "".join(
        f"Красивый магазин;{text};Больше не приду\n" for text in TEXTS
    )
    add("review form.csv", form,
        texts=[f"Достоинства: Красивый магазин\nНедостатки: {text}\nКомментарий: Больше не приду" for text in TEXTS])  # fmt: skip
    copies = "Текст;text_clean;lemmas\n" + "".join(f"{t};{t.lower()};{t.lower()[:-1]}\n" for t in TEXTS)
    add("near copies.csv", copies, notes=("near_copy",))
    for name, days, iso in (
        ("russian", ("01.03.2026", "02.03.2026 10:15", "03.03.26", "4.3.2026"), (DAYS[0], "2026-03-02T10:15:00", *DAYS[2:])),
        ("worded", ("1 марта 2026 г.", "2 марта 2026", "3 мар. 2026 г.", "4 Марта 2026 года"), DAYS),
        ("serial", ("46082", "46083", "46084", "46085"), DAYS),
        ("unix", ("1772323200", "1772409600", "1772496000", "1772582400"), [f"{day}T03:00:00" for day in DAYS]),
        ("millis", ("1772323200000", "1772409600000", "1772496000000", "1772582400000"), [f"{d}T03:00:00" for d in DAYS]),
        ("zoned", [f"{day}T21:30:00Z" for day in DAYS], [f"2026-03-0{i + 2}T00:30:00" for i in range(4)]),
        ("american", ("03/01/2026", "03/02/2026", "03/03/2026", "03/25/2026"), (*DAYS[:3], "2026-03-25")),
    ):  # fmt: skip
        body = "".join(f"{day};{text}\n" for day, text in zip(days, TEXTS, strict=True))
        add(f"dates {name}.csv", "Дата;Текст\n" + body, dates=iso)
    talk = [f"Клиент: {text}\nОператор: Здравствуйте, проверяем.\nКлиент: Жду ответа" for text in TEXTS]
    add("dialogues.csv", "id;Обращение\n" + "".join(f'{i};"{cell}"\n' for i, cell in enumerate(talk)),
        texts=[f"{text}\nЖду ответа" for text in TEXTS], first={"reply": "Здравствуйте, проверяем."}, notes=("dialogues",))  # fmt: skip
    mails = [f"{text}\n\nС уважением,\nИван Петров\nтел. 123" for text in TEXTS]
    add(
        "signatures.csv",
        "id;Текст\n" + "".join(f'{i};"{cell}"\n' for i, cell in enumerate(mails)),
        notes=("set_aside",),
    )
    marks = "Текст;Оценка\n" + "".join(f"{text};{mark}\n" for text, mark in zip(TEXTS, "5210", strict=True))
    add("zero is no mark.csv", marks, notes=("zero_rating_is_none",), first={"rating": 5.0})


def workbook(rows: Sequence[Sequence[Any]], *, merge: str = "", before: Sequence[Sequence[Any]] = ()) -> bytes:
    """An XLSX file; `before` is another sheet in front."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    if before:
        for row in before:
            sheet.append(row)
        sheet = book.create_sheet("Данные")
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def ods(rows: Sequence[Sequence[Any]]) -> bytes:
    """An ODS file, as small as may be."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content{names}><office:body><office:spreadsheet>'
        f'<table:table table:name="Лист1">{cells}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    return zipped(
        {"mimetype": kind.encode(), "content.xml": content.encode(), "META-INF/manifest.xml": manifest.encode()}
    )


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def cp866_zip() -> bytes:
    """An archive as old Russian archivers wrote it: the name in cp866, no mark of it."""
    name = "жалобы.csv".encode("cp866").decode("cp437")
    data = bytearray(zipped({name: CSV.encode()}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark) + place
        data[at : at + 2] = b"\0\0"
    return bytes(data).replace(name.encode(), name.encode("cp437").ljust(len(name.encode()), b" "))


def workbooks() -> None:
    """Excel, LibreOffice, and what is saved under their names."""
    add("book.xlsx", workbook(ROWS), format="xlsx", **GOOD)
    add("book called csv.csv", workbook(ROWS), format="xlsx", **GOOD)
    add("several sheets.xlsx", workbook(ROWS, before=[["Свод"], ["Итого", 4]]), notes=("sheets",),
        facts={"sheet": "Данные"}, **GOOD)  # fmt: skip
    add("third row.xlsx", workbook([["Отчёт за март"], [], *ROWS], merge="A1:D1"), rows=(4, 5, 6, 7),
        facts={"header_row": 3}, **GOOD)  # fmt: skip
    merged = [["Город", "Дата", "Текст"], *([CITIES[0] if i == 0 else None, DAYS[i], TEXTS[i]] for i in range(4))]
    add("merged.xlsx", workbook(merged, merge="A2:A5"), facts={"header_row": 1}, dates=DAYS, first={"region": "Омск"})
    add("book.ods", ods([[str(cell) for cell in row] for row in ROWS]), format="ods", **GOOD)
    # the one animal that was caught, not bred: nothing maintained writes the old format (made once from ROWS by xlwt)
    add("book.xls", (Path(__file__).parent / "book.xls").read_bytes(), format="xls", **GOOD)
    cells = "".join(f"<tr><td>{i + 1}<td>{DAYS[i]}<td>{TEXTS[i]}<td>{CITIES[i]}</tr>" for i in range(4))
    head = "<tr><th>id</th><th>Дата</th><th>Текст</th><th>Город</th></tr>"
    add("html.xls", f"<html><head><meta charset=windows-1251></head><table>{head}{cells}</table></html>".encode("cp1251"),
        format="html", facts={"encoding": "cp1251"}, **GOOD)  # fmt: skip
    add("title span.html", f"<!DOCTYPE html><body><h1>Отчёт</h1><table><tr><td colspan=4>За март{head}{cells}</table>",
        notes=("title_rows",), facts={"header_row": 2}, **GOOD)  # fmt: skip
    spans = (
        head
        + f"<tr><td>1<td>{DAYS[0]}<td>{TEXTS[0]}<td rowspan=4>Омск"
        + "".join(f"<tr><td>{i + 1}<td>{DAYS[i]}<td>{TEXTS[i]}" for i in range(1, 4))
    )
    add("row span.html", f"<table>{spans}</table>", dates=DAYS, first={"region": "Омск"})
    layout = f"<html><table><tr><td>Меню</td><td><table border=1>{head}{cells}</table></td></tr></table></html>"
    add("table in a table.html", layout, **GOOD)
    add("breaks in cells.html", f"<table><tr><th>Текст<th>Город{''.join(f'<tr><td>{t}<br>Жду &amp; верю<td>Омск' for t in TEXTS)}</table>",
        texts=[f"{text}\nЖду & верю" for text in TEXTS])  # fmt: skip
    shown = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row) + "</Row>"
        for row in ROWS
    )
    names = (
        'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    )
    add("spreadsheetml.xls", f'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook {names}>'
        f'<Worksheet ss:Name="Пусто"><Table/></Worksheet><Worksheet ss:Name="Лист"><Table>{shown}</Table></Worksheet></Workbook>',
        format="spreadsheetml", facts={"sheet": "Лист"}, **GOOD)  # fmt: skip


def structures() -> None:
    """JSON, XML, databases, Parquet."""
    add("lines.jsonl", JSONL, format="jsonl", **GOOD)
    add("lines called csv.csv", JSONL, format="jsonl", **GOOD)
    add("array.json", json.dumps(OBJECTS), format="json", **GOOD)
    add("nested.json", json.dumps({"ok": True, "data": {"page": {"items": OBJECTS}}}), format="json", **GOOD)
    add(
        "cut.json",
        json.dumps(OBJECTS, ensure_ascii=False)[:-20],
        texts=TEXTS[:3],
        skipped=["bad_json"],
        notes=("json_cut",),
    )
    records = "".join(
        f'<review id="{i + 1}"><meta><date>{DAYS[i]}</date><city>{CITIES[i]}</city></meta><text>{TEXTS[i]}</text>'
        '<aspects><aspect term="a"/><aspect term="b"/></aspects></review>'
        for i in range(4)
    )
    add("records.xml", f'<?xml version="1.0"?><reviews>{records}</reviews>', format="xml", rows=(1, 2, 3, 4), **GOOD)
    add("records cp1251.xml", f'<?xml version="1.0" encoding="windows-1251"?><r>{records}</r>'.encode("cp1251"),
        facts={"encoding": "cp1251"}, **GOOD)  # fmt: skip
    add("cut.xml", f"<?xml version='1.0'?><reviews>{records[:-150]}", texts=None, notes=("xml_cut",))
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>'
    add("entities.xml", f'<?xml version="1.0"?>{bomb}<reviews>{records}</reviews>', **GOOD)
    add("base.sqlite", database(), format="sqlite", facts={"sheet": "complaints"}, **GOOD)
    add("query.db", database(), options={"query": "SELECT body AS text FROM complaints WHERE id > 2"}, texts=TEXTS[2:])
    if parquet := parquet_file():
        add("rows.parquet", parquet, format="parquet", needs="pyarrow", **GOOD)
    add("no text.json", json.dumps([{"a": 1}, {"a": 2}]), error="read.no_text_column")


def database() -> bytes:
    """A SQLite file with two tables."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        base = sqlite3.connect(path)
        base.execute("CREATE TABLE cities (n INTEGER, name TEXT)")
        base.executemany("INSERT INTO cities VALUES (?, ?)", [(1, "Омск"), (2, "Тула"), (3, "Пермь")])
        base.execute("CREATE TABLE complaints (id INTEGER, created_at TEXT, body TEXT, city TEXT)")
        base.executemany(
            "INSERT INTO complaints VALUES (?, ?, ?, ?)", zip(range(1, 5), DAYS, TEXTS, CITIES, strict=True)
        )
        base.commit()
        base.close()
        return path.read_bytes()


def parquet_file() -> bytes | None:
    """A Parquet file, where pyarrow is there to make it."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        return None
    target = io.BytesIO()
    data = {"id": [1, 2, 3, 4], "date": [dt.date.fromisoformat(day) for day in DAYS], "text": TEXTS, "city": CITIES}
    pq.write_table(pa.table(data), target, row_group_size=2)
    return target.getvalue()


LETTER = (
    "Директору ООО «Ромашка»\nот Петрова И. И.\n\nПРЕТЕНЗИЯ\n\nПрошу вернуть деньги за сломанный чайник.\n"
    "Он перестал работать на второй день.\n\nС уважением, Петров"
)
MAIL = (
    "From: =?utf-8?b?0JDQvdC90LA=?= <anna@example.com>\r\nTo: help@example.com\r\nSubject: {subject}\r\n"
    "Date: Sun, 01 Mar 2026 10:00:00 +0300\r\nMessage-ID: <1@example.com>\r\nMIME-Version: 1.0\r\n"
    "Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
)


def letters() -> None:
    """Texts without a table."""
    add("one a line.txt", "\n".join(TEXTS) + "\n", format="txt", rows=(1, 2, 3, 4), facts={"split": "line"})
    paragraphs = "\n\n".join(f"{text}\nЖду ответа." for text in TEXTS)
    add("one a paragraph.txt", paragraphs, texts=[f"{text}\nЖду ответа." for text in TEXTS], facts={"split": "blank"})
    add("one letter.txt", LETTER.encode("cp1251"), texts=(LETTER.rpartition("\n\n")[0],), facts={"split": "whole"})
    marked = "".join(f"Обращение № {i + 1}:\n{text}\nЖду ответа.\n" for i, text in enumerate(TEXTS))
    add("marked.txt", marked, texts=[f"{text}\nЖду ответа." for text in TEXTS])
    ruled = "\n-----\n".join(f"{text}\nЖду ответа." for text in TEXTS)
    add("ruled.txt", ruled, texts=[f"{text}\nЖду ответа." for text in TEXTS])
    add("asked.txt", "А) " + " А) ".join(TEXTS), texts=None, options={"split": "whole"}, rows=(1,))
    add("no name", "\n".join(TEXTS), rows=(1, 2, 3, 4))
    body = f"{TEXTS[0]}\r\n\r\n-- \r\nАнна\r\n"
    subject = "=?windows-1251?q?=CF=F0=E5=F2=E5=ED=E7=E8=FF?="
    mail = MAIL.format(subject=subject, charset="windows-1251").encode() + body.encode("cp1251")
    sent = {"dates": ["2026-03-01T10:00:00"], "first": {"customer": "anna@example.com", "id": "1@example.com"}}
    add("letter.eml", mail, format="eml", texts=[f"Претензия\n{TEXTS[0]}"], **sent)
    quoted = (
        MAIL.format(subject="Re: order", charset="utf-8") + f"{TEXTS[1]}\r\n\r\n> Здравствуйте!\r\n> Ваш заказ едет\r\n"
    )
    add("answer.eml", quoted, texts=[f"Re: order\n{TEXTS[1]}"], notes=("set_aside",))
    page = (
        MAIL.format(subject="x", charset="utf-8").replace("plain", "html")
        + f"<html><style>p{{}}</style><p>{TEXTS[2]}</p></html>"
    )
    add(
        "bad base64.eml",
        MAIL.format(subject="=?utf-8?b?a?=", charset="utf-8") + TEXTS[3],
        texts=[f"=?utf-8?b?a?=\n{TEXTS[3]}"],
    )
    add("html letter.eml", page, texts=[f"x\n{TEXTS[2]}"])
    box = "".join(
        f"From anna@example.com Sun Mar  1 10:00:00 2026\n{MAIL.format(subject=f'n{i}', charset='utf-8')}{text}\n\n"
        for i, text in enumerate(TEXTS)
    )
    add(
        "box.mbox",
        box.replace("\r\n", "\n"),
        format="mbox",
        texts=[f"n{i}\n{t}" for i, t in enumerate(TEXTS)],
        rows=(1, 2, 3, 4),
    )
    add("page.html", "<html><head><title>x</title></head><body><p>" + "</p><p>".join(TEXTS[:2]) + "</p></body></html>",
        texts=["\n".join(TEXTS[:2])], format="html")  # fmt: skip
    paragraphs_ = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in LETTER.split("\n"))
    document = f'<?xml version="1.0"?><w:document xmlns:w="x"><w:body>{paragraphs_}</w:body></w:document>'
    add("letter.docx", zipped({"word/document.xml": document.encode()}), format="docx",
        texts=(LETTER.rpartition("\n\n")[0],))  # fmt: skip
    cells = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in row) + "</w:tr>"
        for row in ROWS
    )
    document = f'<w:document xmlns:w="x"><w:body><w:p/><w:tbl>{cells}</w:tbl></w:body></w:document>'
    add(
        "letter.pdf",
        pdf(["ПРЕТЕНЗИЯ", *TEXTS[:2]]),
        texts=["\n".join(["ПРЕТЕНЗИЯ", *TEXTS[:2]])],
        format="pdf",
        needs="pypdf",
    )
    add("scan.pdf", pdf([]), error="read.no_pdf_text", needs="pypdf")
    add("table.docx", zipped({"word/document.xml": document.encode()}), format="docx", **GOOD)


def pdf(lines: Sequence[str]) -> bytes:
    """A PDF with a text layer, as small as may be."""
    shown = "".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -20 Td " for line in lines)
    page = f"BT /F 12 Tf 20 700 Td {shown} ET".encode()
    names = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(page), page),
        b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(names), names),
    ]
    data = b"%PDF-1.7\n"
    places: list[int] = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table_ = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, table_, len(objects) + 1, len(data),
    )  # fmt: skip


def archives() -> None:
    """Compressed files and archives."""
    data = CSV.encode("cp1251")
    add("table.csv.gz", gzip.compress(data), format="csv", **GOOD)
    add("table.csv.bz2", bz2.compress(data), **GOOD)
    add("table.csv.xz", lzma.compress(data), **GOOD)
    add("lines.jsonl.gz", gzip.compress(JSONL.encode()[:200]) + gzip.compress(JSONL.encode()[200:]), **GOOD)
    add("letter.txt.gz", gzip.compress("\n".join(TEXTS).encode()), format="txt")
    add("gz without a name", gzip.compress(workbook(ROWS)), format="xlsx", **GOOD)
    add("table.zip", zipped({"data/table.csv": data}), **GOOD)
    add("book.zip", zipped({"__MACOSX/._book.xlsx": b"x", "book.xlsx": workbook(ROWS), "README.txt": b"x"}), **GOOD)
    add("zip in a zip.zip", zipped({"a.zip": zipped({"b.csv": data})}), **GOOD)
    add("old archiver.zip", cp866_zip(), texts=TEXTS)
    noise = "".join(f"{i};{DAYS[i % 4]};Жалоба {hash_of(i)}: {TEXTS[i % 4]};Омск\n" for i in range(3000))
    add(
        "truncated.csv.gz",
        gzip.compress(("id;Дата;Текст;Город\n" + noise).encode())[:-5000],
        texts=None,
        notes=("packed_cut",),
    )
    add("two files.zip", zipped({"a.csv": data, "b.csv": data}), error="read.archive_members")
    if zstd := zstd_file(data):
        add("table.csv.zst", zstd, needs="backports.zstd", **GOOD)


def hash_of(i: int) -> str:
    """Something gzip cannot guess."""
    import hashlib

    return hashlib.sha256(str(i).encode()).hexdigest()[:20]


def zstd_file(data: bytes) -> bytes | None:
    """A zstd file, where the library is there to make it."""
    compress: Callable[[bytes], bytes] | None = None
    for name in ("compression.zstd", "backports.zstd"):
        try:
            compress = __import__(name, fromlist=["compress"]).compress
        except ImportError:
            continue
    return compress(data) if compress else None


def far_corner(book: bytes) -> bytes:
    """The workbook with one more cell, the last one that Excel has."""
    with zipfile.ZipFile(io.BytesIO(book)) as old:
        files = {name: old.read(name) for name in old.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    row = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
    files[sheet] = files[sheet].replace(b"</sheetData>", row)
    return zipped(files)


def broken() -> None:
    """What cannot be read is refused with a code of its own."""
    add("empty.csv", b"", error="read.empty")
    add("blank.csv", b"\n \n\n", error="read.empty")
    add("header alone.csv", "id;Дата;Текст\n", error="read.header_only")
    add("binary.csv", bytes(range(256)) * 20, error="read.binary")
    add("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(100), error="read.unsupported")
    add("slides.pptx", zipped({"ppt/presentation.xml": b"x"}), error="read.unsupported")
    add("cut.xlsx", workbook(ROWS)[:-300], error="read.damaged")
    add("broken.xlsx", zipped({"xl/workbook.xml": b"<x"}), error="read.damaged")
    add("broken.docx", zipped({"word/styles.xml": b"<x"}), error="read.damaged")
    add("broken.sqlite", b"SQLite format 3\0" + bytes(5000), error="read.sql_failed")
    add("broken.parquet", b"PAR1" + bytes(100), error="read.damaged", needs="pyarrow")
    add("broken.csv.gz", b"\x1f\x8b\x08\0" + bytes(50), error="read.damaged")
    add("broken.zip", b"PK\x03\x04" + bytes(50), error="read.damaged")
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
    add("password.xlsx", ole + "EncryptedPackage".encode("utf-16-le") + bytes(99), error="read.encrypted")
    add("letter.doc", ole + "WordDocument".encode("utf-16-le") + bytes(99), error="read.unsupported")
    add("broken.xls", ole + bytes(99), error="read.damaged")
    caught = (Path(__file__).parent / "book.xls").read_bytes()
    first_fat = int.from_bytes(caught[76:80], "little")
    directory = int.from_bytes(caught[48:52], "little")
    place = (first_fat + 1) * 512 + 4 * directory
    circle = caught[:place] + caught[48:52] + caught[place + 4 :]
    add("circle of sectors.xls", circle, error="read.damaged")  # calamine would take all memory
    add("zip behind.xls", ole + b"PK\x05\x06" + bytes(18), error="read.damaged")
    far = [[""], ["Текст"], [TEXTS[0]]]
    add("far corner.xlsx", far_corner(workbook(far)), error="read.sheet_area")  # calamine would ask for 400 GB
    add("numbers.csv", "a;b\n1;2\n3;4\n", error="read.no_text_column")
    add("no records.xml", '<?xml version="1.0"?><a><b/></a>', error="read.no_xml_rows")
    add("empty.zip", zipped({}), error="read.empty")
    add("bomb.csv.gz", gzip.compress(bytes(300 << 20), 9), error="read.zip_bomb")


for fill in (encodings, delimited, columns, workbooks, structures, letters, archives, broken):
    fill()

if __name__ == "__main__":
    target_folder = Path(sys.argv[1])
    target_folder.mkdir(parents=True, exist_ok=True)
    for animal in ANIMALS:
        (target_folder / animal.name).write_bytes(animal.data)
