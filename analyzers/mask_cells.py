"""One cell of a table masked in the light of its column's name: what `svc mask` does to every cell."""

from __future__ import annotations

import re
from collections import Counter

from .lemmas import flatten
from .mask import Masked, mask, masked_words, replace_structured, token
from .mask_forms import kind
from .read.headers import normalise, roles_of

# a column whose name says that each of its cells is personal, whatever a cell looks like (over the normalised name)
_COLUMNS = tuple(
    (kind_, re.compile(pattern))
    for kind_, pattern in (
        ("BIRTH", r"^(?:дата|год|день) рожд|^(?:д ?р|birth ?(?:day|date)|date of birth|dob)$"),
        ("TEL", r"(?:^| )(?:телефон\w{0,3}|тел|моб|мобильный|сотовый|phone|mobile|msisdn|whatsapp)(?: |$)"),
        ("MAIL", r"(?:^| )(?:e ?mail|емейл|имейл|почта|mail)(?: |$)"),
        ("SNILS", r"(?:^| )снилс(?: |$)|^snils$"),
        ("INN", r"(?:^| )инн(?: |$)|^inn$"),
        ("PASSPORT", r"(?:^| )паспорт|^passport"),
        ("CARD", r"^(?:номер )?(?:банковской )?карт[аы]$|^card ?(?:number|no)$|^pan$"),
        ("ACCOUNT", r"^(?:номер )?(?:расчетн\w{2,3} |банковск\w{2,3} )?счета?$|^р с$|^account ?(?:number|no)$|^iban$"),
        ("LOGIN", r"^(?:логин|login|ник|никнейм|nick ?name|user ?name)$"),
        ("IP", r"^ip(?: ?адрес| ?address)?$"),
        ("ADDRESS", r"^адрес(?: (?:клиента|доставки|проживания|регистрации|прописки|абонента|заявителя|покупателя))?$|"
                    r"^(?:home |delivery |street )?address$"),
        ("NAME", r"^ф ?и ?о(?: |$)|^фамилия(?: |$)|^отчество$|^(?:first|last|full|middle|sur) ?name$|"
                 r"^имя(?: (?:клиента|покупателя|абонента|заявителя|автора|пользователя|гостя|сотрудника|оператора|"
                 r"менеджера|пациента))?$|^(?:customer|client|author|operator|agent|user|employee) (?:full )?name$"),
    )
)  # fmt: skip
_DIGITS = {"TEL": 5, "SNILS": 9, "INN": 9, "PASSPORT": 4, "CARD": 12, "ACCOUNT": 9, "BIRTH": 4, "IP": 4, "ADDRESS": 1}
_NAMELESS = re.compile(
    r"^(?:бренд|марка|производитель|поставщик|магазин|город|регион|область|населенный пункт|brand|shop|store|vendor|"
    r"city|region)(?: |$)"
)
_PERSON = ("customer", "operator")
_LETTER = re.compile(r"[^\W\d_]")
_WORDS = re.compile(r"[^\W\d_]+")
_SHORT = 80
_NOBODY = re.compile(
    r"(?:нет|не указан\w*|неизвестн\w*|аноним\w*|гость|без имени|n/?a|none|null|unknown|-+|—|\W*)", re.IGNORECASE
)


class CellMasker:
    """Masks cells and counts what it masked.

    Attributes
    ----------
    counts : Counter
        Tokens put, by the word of the token.
    caught : Counter
        Those that only the last look found.
    """

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.caught: Counter[str] = Counter()

    def cell(self, value: str, column: str = "") -> str:
        """A cell as it may leave; numbers come as their text.

        Examples
        --------
        >>> CellMasker().cell("89123456780", "Номер заказа"), CellMasker().cell("45-67-89", "Телефон")[:5]
        ('89123456780', '[ТЕЛ-')
        """
        if not value or value.isspace():
            return value
        said = _column(column)
        if said and (whole := _whole(said, value)) is not None:
            self.counts.update(masked_words([whole]))
            return whole
        found = _in_column(value, column)
        self.counts.update(masked_words(word for _, _, word in found.spans))
        text, caught = replace_structured(found.text) if not _is_number(value) else (found.text, [])
        self.caught.update(caught)
        self.counts.update(caught)
        return text


def _column(name: str) -> str:
    """The kind of personal data that a column is named after; empty for none."""
    plain = normalise(name) if name else ""
    return next((kind_ for kind_, pattern in _COLUMNS if pattern.search(plain)), "") if plain else ""


def _whole(said: str, value: str) -> str | None:
    """The token of a whole cell, None where the cell does not look like what its column promises."""
    plain = value.strip()
    if _NOBODY.fullmatch(plain) or plain.startswith("["):
        return None
    digits = re.sub(r"\D", "", plain)
    if len(digits) < _DIGITS.get(said, 0) or (said in ("NAME", "LOGIN", "MAIL") and not _LETTER.search(plain)):
        return None
    if said == "MAIL" and "@" not in plain:
        return None
    if said == "NAME":
        normal = " ".join(sorted(kind(word).lemma for word in _WORDS.findall(flatten(plain.lower()))))
    elif said == "TEL":
        normal = digits[-10:]
    else:
        normal = plain.lower()
    return token(said, normal)


def _in_column(value: str, column: str) -> Masked:
    """Mask a cell; the name of its column stands before it where that says what a number or a lone surname is."""
    if len(value) > _SHORT or not column:
        return mask(value)
    if _NAMELESS.search(normalise(column)) and len(value.split()) < 4:
        return Masked(value, ())  # «Белова» is a brand here, «Владимир» a town; the last look still reads it
    before = ""
    if any(roles_of(column).get(role, 0.0) >= 0.9 for role in _PERSON):
        before = "клиент: "
    elif any(char.isdigit() for char in value):
        before = f"{column}: "
    if not before:
        return mask(value)
    found, n = mask(before + value), len(before)
    spans = tuple((start - n, stop - n, word) for start, stop, word in found.spans if start >= n)
    out, at = "", 0
    for start, stop, word in spans:
        out, at = out + value[at:start] + word, stop
    return Masked(out + value[at:], spans)


def _is_number(value: str) -> bool:
    """A bare number was judged with its column's name already; without it an order's number may look like a phone."""
    return not _LETTER.search(value)
