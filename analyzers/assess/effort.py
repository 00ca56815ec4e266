"""What a complaint cost its author: contacts made, days waited, visits, documents demanded.

Texts are lowered, with «ё» as «е». Only what the author did counts: terms of law, guarantees and promises are no
waiting. «второй раз» is two contacts, «третью неделю» three weeks; what has no number stays unknown.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .dates_in_text import TextDate, resolved
from .numerals import CARDINAL_RE, CARDINALS, COLLECTIVE, ORDINAL_RE, ORDINALS, TIMES, WORDS_RE, number_value

_N = rf"(?:\d{{1,3}}|{WORDS_RE})"
_DAYS = {"сут": 1.0, "дн": 1.0, "ден": 1.0, "нед": 7.0, "мес": 30.0, "год": 365.0, "лет": 365.0, "час": 0.0}
_DURATION = re.compile(
    rf"(?:(?P<n>\d{{1,3}}(?:[.,]5)?|{WORDS_RE}|{ORDINAL_RE})(?:\s?-?(?:х|й|ю|я|ой|ый|ти|ую|ий)\b)?\s+(?:(?:с\s+)?(?:половиной\s+)?(?:полных\s+|рабочих\s+|календарных\s+|долгих\s+|целых\s+|лишних\s+)?)?)?"
    r"\b(?P<unit>дн(?:я|ей|и|ю|ем)|день|суток|сутки|недел(?:я|ю|и|ь|ей|е)|месяц(?:а|ев|ы|е)?|мес\b|год(?:а)?|лет)(?![а-я])"
)
_HALF = re.compile(r"(?P<half>полгода|полмесяца|полнедели|полтора\s+(?:месяца|года)|полторы\s+недели)(?![а-я])")
_HALVES = {"полгода": 180, "полмесяца": 15, "полнедели": 3}
_WAIT = re.compile(
    r"\bжд[уеа]|ожида[юлен]|прожда|прошл[аио]|прошел|проход[ия]т|\bуже\b|спустя|до сих пор|тян[уе]т|длит|длил|молч|не мо(?:гу|жем|жет)\b|"
    r"нет ответа|без ответа|мурыж|бьюсь|бегаю|реша(?:ю|ем|ют|ли|ет)|рассматрива|не возвращ|не привоз|не (?:верн|привез|достав|отве|реш|пришл|приш|работа|сдела|почин|устран|получ)|"
    r"без (?:свет|вод|тепл|отоплен|лифт|газ|интернет|связ|денег|телефон|машин|карт|ремонт|движен|горяч|холод|ответ|новост)|"
    r"задерж|опозд|просроч(?!ка кредит)|лежит|висит|сто(?:ит|им|ю|ял|яли)\b|никто|никак|ищут|искали|ремонтиру|чин(?:ят|или|ил)|простоя|продержал|в ремонте|"
    r"\bвез(?:ут|ли)|\bед(?:ет|ут)\b|ехал|добива|нерв|очеред|звон(?:ю|ил|им)|пиш[уе]|дозвон|обрабат|оформля|дела(?:ют|ли)|пропал|сломал|отключ|тишин|ни привет|заблокир|возвращал|вернули за|сделали (?:\w+ )?за|недоступ|висел|хожу|ходил"
)
_NO_WAIT = re.compile(
    r"гаранти|в течени[еи]|обеща|закон|положен|отведен|не позднее|\bдо\s+$|договор|годност|срок служб|\bдаю\b|акци|лимит|абонемент|путевк|тур\b|"
    r"бесплатн|пользу[юе]|клиент(?:ом|ка)?\b|проработал|работал[аи]?\b|работаю|давност|обслужива|льготн|раз в\s+$|кажд|требую|прошу|верните|ответьте|"
    r"тариф|вклад|подписк|стаж|живу|возраст|\bмне\s+$|реб[её]нк|сын|дочь|дочк|скидк|вернем за|отпуск|\bсрок|плат(?:им|ит|ил|ят|ят)\b|заявлен[оа]|планово|перезвоните|приходите|подождите|через\s+$|купил|просрочка кредит|пен[иья]|как за|ровно как|лет мне|можно на|заморо|покупаю|назначил|на при[её]м|период"
)
_AGO = re.compile(r"\s*назад")
_AGO_OF = re.compile(r"пропал|сломал|отключ|подал|обратил|заявк|написал|отправ|оставил|сдал|перевел|исчез|отвалил|перестал|потек")
_INTERVAL = re.compile(
    r"\bс\s+(\d{1,2})(?:-?го)?\s+(?:по|до)\s+(\d{1,2})(?:-?е|-?го)?\s+"
    r"(?:январ|феврал|март|апрел|ма[яй]|июн|июл|август|сентябр|октябр|ноябр|декабр)"
)
_SPAN = re.compile(r"\bс\s+$")
_UNTIL = re.compile(r"\s*(?:г\.?|года)?\s*(?:по|до)\s+$")
_TIMES = re.compile(
    rf"(?:(?P<n>{_N})(?:-?(?:х|ти))?\s+раз(?:а|ов)?(?![а-я])|раз(?:а)?\s+(?P<about>{_N})(?![а-я])|(?P<ord>\d{{1,2}}-?(?:й|ый|ий|ой)|{ORDINAL_RE})\s+раз(?![а-я])"
    rf"|(?P<mult>дважды|трижды|четырежды)|(?<=[а-я]л )(?P<once>раз)(?=\\s*[,.!]))"
)
_CONTACT = (
    r"звон(?:ил|ю|им|ок|ка|ков|ки|ить)|позвонил|перезванива|дозван|дозвон|обзвон|писа(?:л|ла|ли)|пиш[уе]|написа|обраща|обрати|обращени|заявк|заявлени|"
    r"жалоб|жалова|претензи|письм|запрос|сообщени|подава|подал|отправ|направ|тикет|чат|связыва|просил|прошу|созванива|напомина|спрашива|спросил|оставля|обратн"
)
_CONTACT_WORD = re.compile(_CONTACT)
_VISIT = (
    r"приезжа|приеха|ездил|езжу|съезди|прихо(?:жу|дил|дит)|пришл|пришел|ходил|хожу|сходил|визит|поездк|посеща|посети|посещен|побыва|явля|"
    r"приш[её]л|при(?:ех)|был[аи]? (?:в |на при|у )|пошел|пошла|мотал|заходил|заезжа|отстоял|явил"
)
_VISIT_WORD = re.compile(_VISIT)
_COUNTED_CONTACT = re.compile(
    rf"(?P<n>\d{{1,3}}|{CARDINAL_RE}|двое|трое)(?:-?(?:е|х|ти))?\s+(?:[а-я]+\s+)??(?P<noun>звонк(?:а|ов|и)|писем|письма|обращени[яй]|заявлени[яй]|заявк[аи]|заявок|жалоб[ыу]?|"
    r"претензи[ийю]|сообщени[яй]|запрос(?:а|ов)|тикет(?:а|ов)|обращение|заявку|жалобу|претензию)(?![а-я])"
)
_ORDINAL_CONTACT = re.compile(
    rf"(?P<ord>\d{{1,2}}-?(?:е|й|ое|ая|ую|ю|я)|{ORDINAL_RE})\s+(?:[а-я]+\s+)??(?:обращени[ея]|звонок|письмо|заявк[ау]|жалоб[ау]|претензи[яю]|заявление|запрос|сообщение|тикет)(?![а-я])"
)
_COUNTED_VISIT = re.compile(
    rf"(?P<n>\d{{1,3}}|{CARDINAL_RE})\s+(?:[а-я]+\s+)??(?:визит(?:а|ов)?|поезд(?:ки|ок|ку)|поход(?:а|ов)?|посещени[яй])(?![а-я])"
)
_ORDINAL_VISIT = re.compile(rf"(?P<ord>\d{{1,2}}-?(?:й|ый|я|ю|ая|ую)|{ORDINAL_RE})\s+(?:визит|поездк[ау]|посещение)(?![а-я])")
_CONTACTS_WERE = re.compile(rf"(?:звонков|писем|обращений|заявок|жалоб)\s+(?:было\s+|уже\s+|сделал[аи]?\s+)?(?P<n>\d{{1,3}}|{WORDS_RE})(?![а-я])")
_VISITS_WERE = re.compile(rf"(?:визит(?:ов)?|поездок|посещений)\s+(?:было\s+|уже\s+)?(?P<n>\d{{1,3}}|{WORDS_RE})(?![а-я])")
_DOCUMENT_WAS = re.compile(rf"(?:документ(?:ов)?|справок|бумаг|копий)\s+(?:было\s+|уже\s+)?(?P<n>\d{{1,3}}|{WORDS_RE})(?![а-я])")
_DOCUMENTS = re.compile(
    rf"(?P<n>\d{{1,3}}|{WORDS_RE})(?:-?(?:х|ти))?\s+(?:[а-я]+\s+){{0,2}}?(?:документ(?:а|ов)?|справ(?:ки|ок|ку)|бума(?:ги|г|жки|жек)|копи(?:и|й)|выпис(?:ки|ок)|анкет[ы]?|бланк(?:а|ов)|заявлени[яй]|согласи[яй])(?![а-я])"
)
_ASKED_FOR = re.compile(r"потребов|требуют|запрос|прос(?:ят|или|ил)|принес|предостав|предъяв|собра|собира|нужн|надо|донес|подписа|заполн|пакет|дослать|привез|прислать|отправи|подгото|заставил|вынь|оформ|не хвата")
_DOCUMENT = re.compile(r"копи[юи] паспорта|\bпаспорт(?!а\b)|справк[уи]|выписк[уи]|снилс|\bинн\b|доверенност|свидетельств|чек(?!и\w)|согласие|2-?ндфл|полис|акт\b|фото(?:графи\w+)?|анкет|удостоверени|квитанци")
_OTHERS = re.compile(r"курьер|мастер|\bони\b|сотрудник|менеджер|водител|инженер|техник|говорила вам|\bмне (?:звон|пис|пере)")
MOST_CONTACTS, MOST_DAYS = 99, 3650  # «сто раз» is a figure of speech


@dataclass(frozen=True, slots=True)
class Effort:
    """Numbers told; None where nothing is. `spans` are the places they were read from."""

    contacts: int | None
    days_waited: int | None
    visits: int | None
    documents: int | None
    spans: tuple[tuple[str, int, int], ...] = ()

    def told(self) -> bool:
        """Whether there is any number."""
        return any(value is not None for value in (self.contacts, self.days_waited, self.visits, self.documents))


def effort(low: str, sentences: Sequence[tuple[int, int]], days: Sequence[TextDate], wants: str) -> Effort:
    """The effort that a text tells.

    Parameters
    ----------
    low : str
    sentences : sequence of (start, stop)
        Those with a word of effort.
    days : sequence of TextDate
        Dates of the text.
    wants : str
        Which readers to ask: letters of «c» contacts, «d» days, «v» visits, «p» documents.

    Examples
    --------
    >>> text = "звоню уже третий раз, жду две недели"
    >>> effort(text, [(0, len(text))], [], "cd")
    Effort(contacts=3, days_waited=14, visits=None, documents=None, spans=(('contacts', 0, 20), ('days_waited', 26, 36)))
    """
    best: dict[str, tuple[int, int, int]] = {}
    summed: dict[str, list[tuple[float, int, int]]] = {}

    def take(name: str, value: float, start: int, stop: int, most: int) -> None:
        number = round(value)
        if 0 < number <= most and number > best.get(name, (0,))[0]:
            best[name] = (number, start, stop)

    for start, stop in sentences:
        text = low[start:stop]
        if "d" in wants:
            for value, begin, end in _waits(text):
                take("days_waited", value, start + begin, start + end, MOST_DAYS)
            for first, last in pairwise([day for day in days if start <= day.start < stop]):
                if _SPAN.search(low, max(start, first.start - 4), first.start) and _UNTIL.match(low, first.stop, last.start):
                    value = days_between(first, last)
                    if not _NO_WAIT.search(low[max(start, first.start - 30) : first.start]):
                        take("days_waited", value, first.start, last.stop, MOST_DAYS)
        if "c" in wants or "v" in wants:
            for name, value, begin, end, adds in _counts(text):
                if adds:
                    summed.setdefault(name, []).append((value, start + begin, start + end))
                else:
                    take(name, value, start + begin, start + end, MOST_CONTACTS)
        if "p" in wants:
            found = _documents(text)
            if found:
                take("documents", found[0], start + found[1], start + found[2], MOST_CONTACTS)
    for name, parts in summed.items():
        # «звонила дважды, писала три раза»: told one beside the other they add up
        take(name, sum(value for value, _, _ in parts), parts[0][1], parts[-1][2], MOST_CONTACTS)
    return Effort(
        *(best[name][0] if name in best else None for name in ("contacts", "days_waited", "visits", "documents")),
        tuple((name, best[name][1], best[name][2]) for name in ("contacts", "days_waited", "visits", "documents") if name in best),
    )


def _waits(text: str) -> list[tuple[float, int, int]]:
    """Days waited in a sentence."""
    found: list[tuple[float, int, int]] = []
    for match in _DURATION.finditer(text):
        if not _waiting(text, match.start(), match.end()):
            continue
        found.append((_duration(match), match.start(), match.end()))
    for match in _HALF.finditer(text):
        if _waiting(text, match.start(), match.end()):
            half = match["half"]
            value = _HALVES.get(half) or (45 if "месяц" in half else 548 if "год" in half else 10)
            found.append((float(value), match.start(), match.end()))
    for match in _INTERVAL.finditer(text):
        value = int(match[2]) - int(match[1])
        if value > 0 and not _NO_WAIT.search(text[max(0, match.start() - 30) : match.start()]):
            found.append((float(value), match.start(), match.end()))
    return found


def _duration(match: re.Match[str]) -> float:
    text, unit = match["n"], match["unit"]
    factor = next(days for stem, days in _DAYS.items() if unit.startswith(stem))
    if text is None:
        return factor
    if text in ORDINALS:
        return ORDINALS[text] * factor
    value = number_value(text)
    if "половиной" in match[0]:
        value += 0.5
    return value * factor


def _waiting(text: str, start: int, stop: int) -> bool:
    left, right = text[max(0, start - 60) : start], text[stop : stop + 50]
    clause = re.split(r"[,;:]| но | а ", left)[-1]
    if _AGO.match(right):
        return bool(_AGO_OF.search(clause))
    if re.match(r"\s*(?:гаранти|в (?:неделю|месяц|году|день)|работы|отпуска|со дня|с момента|с даты|бесплатн|подряд покуп)", right):
        return False
    if _NO_WAIT.search(clause):
        # «через пару дней ожидания», «прошло 90 дней»: only the words right before may still say otherwise
        return bool(re.search(r"ожидани", right[:14]))
    rest = re.split(r"[;:]| но |, (?:а|хотя|как|но) ", right)[0]
    return bool(_WAIT.search(clause) or _WAIT.search(rest) or _WAIT.search(left))


def _counts(text: str) -> list[tuple[str, float, int, int, bool]]:
    """Contacts and visits counted in a sentence; those of cardinal numbers add up."""
    found: list[tuple[str, float, int, int, bool]] = []
    last: str | None = None
    for match in _TIMES.finditer(text):
        value = _times(match)
        name, at = _deed(text, match.start(), match.end())
        if name is None and last and re.match(r"[^.;:]{0,30}\bеще\s+$", text[max(0, match.start() - 20) : match.start()]):
            name, at = last, match.start()
        if name and value >= 1 and not _OTHERS.search(text[max(0, match.start() - 25) : match.start()]):
            found.append((name, value, min(at, match.start()), match.end(), match["ord"] is None))
            last = name
    for name, counted, ordinal, behind in (
        ("contacts", _COUNTED_CONTACT, _ORDINAL_CONTACT, _CONTACTS_WERE), ("visits", _COUNTED_VISIT, _ORDINAL_VISIT, _VISITS_WERE),
    ):  # fmt: skip
        for match in [*counted.finditer(text), *behind.finditer(text)]:
            value = COLLECTIVE.get(match["n"]) or number_value(match["n"])
            if not any(begin < match.end() and match.start() < end for _, _, begin, end, _ in found):
                found.append((name, value, match.start(), match.end(), True))
        for match in ordinal.finditer(text):
            value = _ordinal(match["ord"])
            if value > 1:
                found.append((name, value, match.start(), match.end(), False))
    return found


def _times(match: re.Match[str]) -> float:
    if match["once"]:
        return 1.0
    if match["mult"]:
        return TIMES[match["mult"]]
    if match["ord"]:
        return _ordinal(match["ord"])
    return number_value(match["n"] or match["about"])


def _ordinal(word: str) -> float:
    return float(re.sub(r"\D", "", word)) if word[:1].isdigit() else ORDINALS.get(word, 0)


def _deed(text: str, start: int, stop: int) -> tuple[str | None, int]:
    """What was done so many times: the nearest word of contact or visit within the clause, before or behind."""
    left = re.split(r"[;:]", text[max(0, start - 45) : start])[-1]
    base = start - len(left)
    right = re.split(r"[;:]", text[stop : stop + 40])[0]
    near: list[tuple[int, str, int]] = []
    for name, pattern in (("contacts", _CONTACT_WORD), ("visits", _VISIT_WORD)):
        near += [(start - (base + m.end()), name, base + m.start()) for m in pattern.finditer(left)]
        near += [(m.start(), name, start) for m in pattern.finditer(right)]
    if not near:
        return None, start
    _, name, at = min(near)
    return name, at


def _documents(text: str) -> tuple[float, int, int] | None:
    """Papers demanded in a sentence: a number told, one more than told, else those named one by one."""
    best: tuple[float, int, int] | None = None
    for match in [*_DOCUMENTS.finditer(text), *_DOCUMENT_WAS.finditer(text)]:
        value = number_value(match["n"])
        more = re.search(rf"({ORDINAL_RE})", text[match.end() : match.end() + 40])
        if more and ORDINALS[more[1]] == value + 1:
            value += 1
        if best is None or value > best[0]:
            best = value, match.start(), match.end()
    if best is not None:
        return best
    asked = _ASKED_FOR.search(text)
    named = list(_DOCUMENT.finditer(text, asked.end())) if asked else []
    if len(named) >= 2 and named[-1].start() - named[0].start() < 120:
        return len(named), named[0].start(), named[-1].end()
    return None


def days_between(first: TextDate, last: TextDate) -> int:
    """Days from one date to a later one; without years the next such day.

    >>> days_between(TextDate(0, 1, 0, 12, 30), TextDate(2, 3, 0, 1, 2))
    3
    """
    year = first.year or last.year or 2026
    start = dt.date(year, first.month, min(first.day, 28) if first.month == 2 else first.day)
    end = resolved(TextDate(0, 0, last.year, last.month, last.day), start, ahead=True)
    return (end - start).days if end is not None else 0


__all__ = ["CARDINALS", "Effort", "days_between", "effort"]
