"""Rows of cells to records: the text joined, dates and figures parsed. The hot loop of reading."""

from collections.abc import Callable, Iterator, Sequence

from ..errors import UsageError
from .columns import resolve_column
from .dates import DateParser, guess_order, zone
from .headers import CONS, PROS, normalise
from .inside import Inside, find_glue, find_inside, parted
from .model import MAX_CELL, ReadOptions, Record, Skipped
from .own_words import OwnWords, Span, own_words
from .table import NumberedRow, Table
from .tagged import Untagged, find_tags, untagged
from .totals import MAX_LENGTH, is_header, is_no_record
from .turns import TurnReader
from .values import EMPTY_WORDS, HAS_LETTER, is_empty, parse_number, parse_rating

Parts = tuple[tuple[str, int, int, int], ...]
_PLAIN = ("id", "customer", "channel", "product", "region", "status", "reply", "operator")


class RecordBuilder:
    """Builds the records of one table.

    Parameters
    ----------
    table : Table
        Its `info.choices` must be filled.
    options : ReadOptions
    """

    def __init__(self, table: Table, options: ReadOptions) -> None:
        self._table = table
        self._info = info = table.info
        self._text = info.choices["text"].indexes
        self._title = self._index("title")
        self._width = len(info.columns)
        self._by = tuple((name, resolve_column(name, info.columns, "--by")) for name in options.by)
        self._names = info.columns
        self._prefixed = any(_is_form_part(info.columns[i]) for i in self._text)
        self._date = self._date_parser("date", options)
        self._closed = self._date_parser("closed", options)
        self._no_zero = self._zero_means_none()
        self._marks: dict[str, float | None] = {}
        self._extra_cells = 0
        self._dialogues = 0
        self._set_aside = 0
        self._heard = ""  # what the operator said in the text cell of this row
        self._bad_marks = 0
        self._turns = self._turn_reader(options)
        self._glue = find_glue(self._sampled("text")) if len(self._text) == 1 and self._turns is None else None
        self._glued = 0
        self._tagged = self._glue is None and len(self._text) == 1 and find_tags(self._sampled("text"))
        self._tags = 0
        self._inside = self._find_inside()
        self._told = ("", "")  # the mark and the day that stood inside this text
        self._place = 0  # of this text in its cell
        self._piece_id: str | None = None

    def records(self) -> Iterator[Record | Skipped]:
        """Yield a Record or a Skipped for each row that is not blank; at the end, complete the notes."""
        source, width, text_stop = self._info.source, self._width, max(self._text) + 1
        i_id, i_customer, i_channel, i_product, i_region, i_status, i_reply, i_operator = map(self._index, _PLAIN)
        i_date, i_closed = self._index("date"), self._index("closed")
        i_rating, i_amount = self._index("rating"), self._index("amount")
        parse_date, parse_closed, by, join = self._date, self._closed, self._by, self._joiner()
        inside = self._inside is not None
        i_text, name = self._text[0], self._names[self._text[0]]
        reported = self._info.header_row is not None  # records of JSON and lines of letters have no totals
        for number, cells in self._rows():
            if isinstance(cells, str):
                yield Skipped(source, number, cells)
                continue
            missing = width - len(cells)
            if missing > 0:
                if len(cells) < text_stop:
                    if any(cells) and not all(map(str.isspace, filter(None, cells))):
                        yield Skipped(source, number, "too_few_cells")
                    continue
                cells.extend([""] * missing)
            elif missing:
                self._extra_cells += any(cells[width:])
                del cells[width:]
            self._heard = self._turns.reply if self._turns else ""
            text, parts = join(cells)
            if not parts:
                if text or any(map(str.strip, cells)):  # a wholly blank row is no row
                    yield Skipped(source, number, text or "empty_text")
                continue
            cells.append("")  # what the index -1 of an absent role reads
            date, closed, rating, amount = cells[i_date], cells[i_closed], cells[i_rating], cells[i_amount]
            if reported and (
                (not date and len(text) <= MAX_LENGTH and is_no_record(cells[:-1], text))
                or (cells[i_text] == name and is_header(cells[:-1], self._names))
            ):
                yield Skipped(source, number, "totals")
                continue
            if inside:
                rating, date = self._told[0] or rating, self._told[1] or date
            yield Record(
                source,
                number,
                text,
                parts,
                cells[i_id].strip() or self._piece_id,
                cells[i_customer].strip() or None,
                parse_date(date) if date else None,
                cells[i_channel].strip() or None,
                cells[i_product].strip() or None,
                cells[i_region].strip() or None,
                self._mark(rating) if rating else None,
                parse_number(amount) if amount else None,
                cells[i_status].strip() or None,
                parse_closed(closed) if closed else None,
                cells[i_reply].strip() or self._heard or None,
                cells[i_operator].strip() or None,
                {name: cells[i].strip() for name, i in by} if by else {},
            )
        self._finish()

    def _rows(self) -> Iterator[NumberedRow]:
        if self._turns is not None:
            return self._turns.over(self._table.rows())
        return self._parted() if self._glue else self._table.rows()

    def _turn_reader(self, options: ReadOptions) -> TurnReader | None:
        turns = self._info.turns
        if turns is None:
            return None
        date = self._index("date")
        order = options.date_order or guess_order(self._sampled("date"))[0]
        parse = DateParser(order, zone(options.tz), today=options.today)
        return TurnReader(turns, self._text[0], date, self._index("operator"), parse)

    def _parted(self) -> Iterator[NumberedRow]:
        """Rows whose text cell holds many texts, one after the other under numbered headings, fall into as many."""
        place, i_id, mark = self._text[0], self._index("id"), self._glue
        alone = [i for i in (self._title, self._index("date"), self._index("rating")) if i >= 0]
        for number, cells in self._table.rows():
            pieces = parted(cells[place], mark) if mark and isinstance(cells, list) and len(cells) > place else []
            if len(pieces) < 2:
                self._place, self._piece_id = 0, None
                yield number, cells
                continue
            self._glued += 1
            for n, (start, piece) in enumerate(pieces, 1):
                own = list(cells)
                own[place] = piece
                for i in alone:  # the row's title and mark are those of the first text, its day is anyone's
                    if i < len(own) and (n > 1 or i == self._index("date")):
                        own[i] = ""
                given = cells[i_id].strip() if 0 <= i_id < len(cells) else ""
                self._place, self._piece_id = start, f"{self._info.source}:{number}.{n}"
                if given:
                    own[i_id] = f"{given}.{n}"
                yield number, own

    def _sampled(self, role: str) -> list[str]:
        index = self._text[0] if role == "text" else self._index(role)
        return [row[index] for row in self._table.sample if index < len(row)] if index >= 0 else []

    def _find_inside(self) -> Inside | None:
        """Marks and days inside the texts matter where no column has them."""
        if len(self._text) > 1 or self._prefixed or self._turns is not None or self._tagged:
            return None
        texts = self._sampled("text")
        if self._glue is not None:
            texts = [piece for cell in texts for _, piece in parted(cell[:200_000], self._glue)]
        rating, date = (not any(not is_empty(cell) for cell in self._sampled(role)) for role in ("rating", "date"))
        glued = self._glue is not None
        found = find_inside(texts, rating=rating or glued, date=date or glued)
        if found is not None:
            self._info.note("inside", what=[role for role in ("rating", "date") if getattr(found, role)])
        return found

    def _index(self, role: str) -> int:
        choice = self._info.choices.get(role)
        return choice.indexes[0] if choice else -1

    def _joiner(self) -> Callable[[Sequence[str]], tuple[str, Parts]]:
        if len(self._text) > 1 or self._prefixed:
            return self._join_many
        return self._join_one if self._title < 0 else self._join_titled

    def _join_one(self, cells: Sequence[str]) -> tuple[str, Parts]:
        """Return the text and its parts; without parts, the reason why there is none."""
        cell = cells[self._text[0]]
        text = cell.strip()
        if len(text) < 13 and text.lower() in EMPTY_WORDS:
            return "", ()
        if not HAS_LETTER(text):
            return "not_text", ()
        if len(text) > MAX_CELL:
            return "too_long", ()
        name = self._names[self._text[0]]
        if self._tagged and (found := untagged(cell)) is not None:
            self._tags += 1
            return self._keep_untagged(found, name)
        if self._inside is not None:
            taken = self._inside(cell)
            self._told = (taken.rating, taken.date) if taken else ("", "")
            if taken is not None:
                return self._keep(cell, taken.spans, name)
        if self._turns is None and ("\n" in text or ":" in text) and (own := own_words(cell)) is not None:
            return self._keep_own(cell, own, name)
        lead = 0 if len(text) == len(cell) else len(cell) - len(cell.lstrip())
        return text, ((name, 0, len(text), lead + self._place),)

    def _keep_own(self, cell: str, own: OwnWords, name: str) -> tuple[str, Parts]:
        """The customer's lines of a cell, one below the other; the operator's go to the reply."""
        if own.dialogue:
            self._dialogues += 1
            self._heard = own.reply
        else:
            self._set_aside += 1
        return self._keep(cell, own.spans, name)

    def _keep_untagged(self, found: Untagged, name: str) -> tuple[str, Parts]:
        """The words of a page, the customer's own where it is a letter with a tail; parts point between the tags."""
        own = own_words(found.text) if self._turns is None else None
        plain, parts = self._keep_own(found.text, own, name) if own else (found.text.strip(), ())
        if not HAS_LETTER(plain):
            return "not_text", ()
        lead = len(found.text) - len(found.text.lstrip())
        spans = [(start, stop, place) for _, start, stop, place in parts] or [(0, len(plain), lead)]
        return plain, tuple(
            (name, start + max(first, place) - place, start + min(last, place + stop - start) - place,
             where + max(first, place) - first)
            for start, stop, place in spans
            for first, last, where in found.pieces
            if first < place + stop - start and last > place
        )  # fmt: skip

    def _keep(self, cell: str, spans: Sequence[Span], name: str) -> tuple[str, Parts]:
        """The text made of some spans of a cell, one below the other."""
        pieces: list[str] = []
        parts: list[tuple[str, int, int, int]] = []
        size = 0
        for start, stop in spans:
            parts.append((name, size, size + stop - start, start + self._place))
            pieces.append(cell[start:stop])
            size += stop - start + 1
        text = "\n".join(pieces)
        return (text, tuple(parts)) if HAS_LETTER(text) else ("not_text", ())

    def _join_titled(self, cells: Sequence[str]) -> tuple[str, Parts]:
        """Like _join_one, with a title line above: the shape of most exports, so it has a short way of its own."""
        text, parts = self._join_one(cells)
        cell = cells[self._title]
        title = cell.strip()
        if not parts or (len(title) < 13 and title.lower() in EMPTY_WORDS) or text.startswith(title.rstrip(".… ")):
            return text, parts  # many sites make the title from the first words of the text: count them once
        stop = len(title)
        lead = 0 if stop == len(cell) else len(cell) - len(cell.lstrip())
        moved = tuple((name, start + stop + 1, end + stop + 1, place) for name, start, end, place in parts)
        return f"{title}\n{text}", ((self._names[self._title], 0, stop, lead), *moved)

    def _join_many(self, cells: Sequence[str]) -> tuple[str, Parts]:
        """Like _join_one, for a title and any number of text columns."""
        filled = [(i, cell) for i in self._text if not is_empty(cell := cells[i])]
        if not filled:
            return "", ()
        if any(len(cell) > MAX_CELL for _, cell in filled):
            return "too_long", ()
        if not any(HAS_LETTER(cell) for _, cell in filled):
            return "not_text", ()
        if self._title >= 0:
            title = cells[self._title].strip()
            if not is_empty(title) and not filled[0][1].lstrip().startswith(title.rstrip(".… ")):
                filled.insert(0, (self._title, cells[self._title]))
        pieces: list[str] = []
        parts: list[tuple[str, int, int, int]] = []
        size = 0
        for i, cell in filled:
            name = self._names[i]
            prefix = "\n" if pieces else ""
            if self._prefixed and i != self._title:
                prefix += f"{name}: "
            piece = cell.strip()
            size += len(prefix)
            parts.append((name, size, size + len(piece), len(cell) - len(cell.lstrip())))
            size += len(piece)
            pieces += (prefix, piece)
        return "".join(pieces), tuple(parts)

    def _date_parser(self, role: str, options: ReadOptions) -> DateParser:
        index = self._index(role)
        cells = [row[index] for row in self._table.sample if index < len(row)] if index >= 0 else []
        order, sure = guess_order(cells)
        if options.date_order:
            if options.date_order not in ("dmy", "mdy"):
                raise UsageError("read.bad_date_order", value=options.date_order, allowed=["dmy", "mdy"])
            order, sure = options.date_order, True
        if not sure and any("/" in cell for cell in cells) and guess_order(cells)[0] == "dmy" and _is_slashed(cells):
            self._info.note("date_order_assumed", column=self._names[index], order=order)
        return DateParser(order, zone(options.tz), today=options.today)

    def _zero_means_none(self) -> bool:
        """On a scale of 1 to 5 a 0 says that no mark was given; on 0 to 10 (NPS) it is a mark."""
        index = self._index("rating")
        if index < 0:
            return False
        marks = [parse_rating(row[index]) for row in self._table.sample if index < len(row) and row[index].strip()]
        known = [mark for mark in marks if mark is not None]
        return 0 in known and max(known, default=0) <= 5 and min(known, default=0) == 0 and any(known)

    def _mark(self, cell: str) -> float | None:
        try:
            return self._marks[cell]
        except KeyError:
            mark = parse_rating(cell)
        if mark is None and not is_empty(cell):
            self._bad_marks += 1
        if mark == 0 and self._no_zero:
            mark = None
        if len(self._marks) < 10_000:
            self._marks[cell] = mark
        return mark

    def _column(self, role: str) -> str:
        """The column a remark is about: where none has the role, its values stood in the text."""
        return self._info.choices.get(role, self._info.choices["text"]).columns[0]

    def _finish(self) -> None:
        info = self._info
        self._table.finish()
        for role, parser in (("date", self._date), ("closed", self._closed)):
            if parser.failed:
                info.note("bad_dates", column=self._column(role), count=parser.failed)
            if parser.yearless:
                info.note("year_assumed", column=self._column(role), count=parser.yearless)
        if self._bad_marks:
            info.note("bad_ratings", column=self._column("rating"), count=self._bad_marks)
        if self._no_zero:
            info.note("zero_rating_is_none", column=self._column("rating"))
        if self._turns is not None:
            self._turns.note_into(info)
        told = (("dialogues", self._dialogues), ("set_aside", self._set_aside), ("tagged", self._tags))
        for code, count in told:
            if count:
                info.note(code, count=count)
        if self._glue is not None:
            info.note("glued", count=self._glued, by=self._glue.pattern)
        if self._extra_cells:
            info.note("extra_cells", count=self._extra_cells)


def _is_form_part(name: str) -> bool:
    plain = normalise(name)
    return PROS.fullmatch(plain) is not None or CONS.fullmatch(plain) is not None


def _is_slashed(cells: Sequence[str]) -> bool:
    """Tell whether dates are written 03/04/2026: the only spelling that both orders use."""
    return any(len(cell) > 4 and "/" in cell[:3] for cell in cells)
