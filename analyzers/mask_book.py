"""An XLSX workbook with personal data masked: its parts are edited in place, so formats, widths and sheets stay."""

from __future__ import annotations

import re
import zipfile
from html import escape, unescape
from pathlib import Path

from .errors import InputError
from .mask_cells import CellMasker
from .read.book_checks import check_area

_P = r"(?:[A-Za-z]\w*:)?"  # some writers put a prefix before every element


def _element(name: str, attributes: str = "[^<>]*?") -> re.Pattern[str]:
    """A pattern of an element without others of its name in it: unclosed tags are passed once, not once for each."""
    inside = rf"(?:[^<]++|<(?!{_P}{name}\b|/\1{name}>))*+"
    return re.compile(rf"<({_P}){name}\b{attributes}(?:/>|>({inside})</\1{name}>)")


_CELL = _element("c", r"((?:\s[^<>]*?)?)")
_STRING = _element("si")
_TEXT = _element("t")
_PHONETIC = _element("rPh")
_VALUE = re.compile(rf"<({_P})v\b[^<>]*+>([^<]*+)</\1v>")
_ATTRIBUTE = re.compile(r'(?<![\w:])([\w:]++)="([^"]*+)"')
# text between tags, and the attributes that hold a copy of cells: pivot tables, links, tables, defined comments
_NODE = re.compile(r">([^<>]*[^<>\s][^<>]*)<")
_HELD = re.compile(r'\b(v|Target|name|displayName|author|tooltip|location|userName)="([^"]*)"')
_PEOPLE = re.compile(rf"(<{_P}(?:creator|lastModifiedBy|manager|Manager|author|Company)\b[^<>]*>)[^<>]*(</)")
# parts without anybody's words; the names of sheets stay, as formulas go by them
_PLAIN = re.compile(r"^xl/(?:styles|calcChain|metadata|workbook)\.xml$|^xl/theme/|^\[Content_Types\]")
_REFUSED = re.compile(r"\.bin$|vbaProject|xl/embeddings/", re.IGNORECASE)


def mask_book(path: str, source: str, target: Path, masker: CellMasker) -> list[str]:
    """Write a masked workbook; codes of what was not looked into are returned: ``pictures``.

    Raises
    ------
    InputError
        ``mask.unsupported`` for other workbooks and for one with macros or embedded files, ``read.damaged``.
    """
    if not zipfile.is_zipfile(path):
        raise InputError("mask.unsupported", path=source, kind="xls")
    try:
        check_area(path, source)
        with zipfile.ZipFile(path) as book:
            names = book.namelist()
            _check(names, source)
            strings = _Strings(book, masker)
            # sheets first: a string goes to the table of strings as its cells, under their columns, want it
            sheets = {
                name: _mask_sheet(_read(book, name), strings, masker)
                for name in names
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)
            }
            with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
                for item in book.infolist():
                    if item.filename in sheets:
                        data = sheets[item.filename].encode("utf-8", "surrogatepass")
                    elif item.filename == strings.name:
                        data = strings.written().encode("utf-8", "surrogatepass")
                    else:
                        data = _other(book, item.filename, masker)
                    out.writestr(item, data)
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError, NotImplementedError, EOFError) as error:
        raise InputError("read.damaged", path=source, format="xlsx", detail=str(error)) from error
    return ["pictures"] if any(name.startswith("xl/media/") for name in names) else []


def _check(names: list[str], source: str) -> None:
    if "xl/workbook.xml" not in names:
        kind = "ods" if "content.xml" in names else "xlsb"
        raise InputError("mask.unsupported", path=source, kind=kind)
    bad = [name for name in names if _REFUSED.search(name) and "printerSettings" not in name]
    if bad:
        raise InputError("mask.unsupported", path=source, kind="xlsm" if "vba" in bad[0].lower() else bad[0])


def _read(book: zipfile.ZipFile, name: str) -> str:
    data = book.read(name)
    return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")


class _Strings:
    """The table of shared strings, where one string may stand under several columns."""

    def __init__(self, book: zipfile.ZipFile, masker: CellMasker) -> None:
        self.name = next((n for n in book.namelist() if n.lower() == "xl/sharedstrings.xml"), "")
        self._xml = _read(book, self.name) if self.name else ""
        self._entries = list(_STRING.finditer(self._xml))
        self.texts = [_joined(found[2] or "") for found in self._entries]
        self._wanted: dict[int, list[str]] = {}  # number -> what its cells want, the first replaces the string
        self._places: dict[tuple[int, str], int] = {}
        self._added: list[str] = []
        self._masker = masker

    def place(self, number: int, column: str) -> tuple[int, str]:
        """Where the masked string of a cell stands, and what the cell said."""
        text = self.texts[number]
        masked = self._masker.cell(text, column)
        wanted = self._wanted.setdefault(number, [masked])
        if masked == wanted[0]:
            return number, text
        place = self._places.get((number, masked))
        if place is None:
            place = self._places[number, masked] = len(self.texts) + len(self._added)
            self._added.append(masked)
        return place, text

    def written(self) -> str:
        """The table; strings that no cell uses are masked as they stand."""
        out: list[str] = []
        at = 0
        for number, found in enumerate(self._entries):
            text = self.texts[number]
            wanted = self._wanted.get(number)
            masked = wanted[0] if wanted else self._masker.cell(text)
            out.append(self._xml[at : found.start()])
            out.append(found[0] if masked == text else _entry(found[1], masked))
            at = found.end()
        prefix = self._entries[0][1] if self._entries else ""
        out += [_entry(prefix, text) for text in self._added]
        rest = self._xml[at:]
        return (
            re.sub(r'\b(?:unique)?[cC]ount="\d+"', "", "".join(out), count=2) + rest
            if self._added
            else "".join([*out, rest])
        )


def _joined(inner: str) -> str:
    """The text of a string, its formatted runs joined, without the marks of pronunciation."""
    return unescape("".join(found[2] or "" for found in _TEXT.finditer(_PHONETIC.sub("", inner))))


def _entry(prefix: str, text: str) -> str:
    return f'<{prefix}si><{prefix}t xml:space="preserve">{escape(text, quote=False)}</{prefix}t></{prefix}si>'


class _Names:
    """The names of a sheet's columns: its first row with two texts."""

    def __init__(self) -> None:
        self._row: str = ""
        self._held: dict[str, str] = {}
        self._found = False

    def of(self, row: str, letters: str) -> str:
        """The name above a cell; rows come in order."""
        if not self._found and row != self._row:
            self._found = len(self._held) >= 2
            if not self._found:
                self._row, self._held = row, {}
        return self._held.get(letters, "") if self._found else ""

    def see(self, letters: str, text: str) -> None:
        """A text in the row that may be the one."""
        if not self._found and text.strip():
            self._held[letters] = text


def _mask_sheet(xml: str, strings: _Strings, masker: CellMasker) -> str:
    """The cells of a sheet."""
    names = _Names()

    def put(found: re.Match[str]) -> str:
        inner = found[3] or ""
        attributes = dict(_ATTRIBUTE.findall(found[2]))
        letters = re.sub(r"\d", "", attributes.get("r", ""))
        column = names.of(re.sub(r"\D", "", attributes.get("r", "")), letters)
        value, kind = _VALUE.search(inner), attributes.get("t", "n")
        if kind == "s" and value and value[2].strip().isdigit() and int(value[2]) < len(strings.texts):
            place, text = strings.place(int(value[2]), column)
            names.see(letters, text)
            changed = place != int(value[2])
            return found[0].replace(value[0], f"<{value[1]}v>{place}</{value[1]}v>") if changed else found[0]
        if kind == "inlineStr":
            text = _joined(inner)
        elif kind in ("str", "n") and value:
            text = unescape(value[2])
        else:
            return found[0]
        if kind != "n":
            names.see(letters, text)
        masked = masker.cell(text, column) if len(text) >= 4 or kind != "n" else text
        # a formula that gives personal data would give it again: its result stands in its place
        return found[0] if masked == text else _inline(found[1], found[2], masked)

    return _CELL.sub(put, xml)


def _inline(prefix: str, attributes: str, text: str) -> str:
    kept = re.sub(r'\st="[^"]*"', "", attributes)
    inner = f'<{prefix}is><{prefix}t xml:space="preserve">{escape(text, quote=False)}</{prefix}t></{prefix}is>'
    return f'<{prefix}c{kept} t="inlineStr">{inner}</{prefix}c>'


def _other(book: zipfile.ZipFile, name: str, masker: CellMasker) -> bytes:
    """Comments, drawings, links, copies kept by pivot tables; who made the file is emptied."""
    if name.startswith("docProps/") and name.endswith(".xml"):
        return _PEOPLE.sub(r"\1\2", _read(book, name)).encode("utf-8")
    if _PLAIN.search(name) or not name.endswith((".xml", ".rels", ".vml")):
        return book.read(name)

    def node(found: re.Match[str]) -> str:
        text = unescape(found[1])
        masked = masker.cell(text)
        return found[0] if masked == text else f">{escape(masked, quote=False)}<"

    def attribute(found: re.Match[str]) -> str:
        text = unescape(found[2])
        masked = masker.cell(text)
        return found[0] if masked == text else f'{found[1]}="{escape(masked)}"'

    return _HELD.sub(attribute, _NODE.sub(node, _read(book, name))).encode("utf-8")
