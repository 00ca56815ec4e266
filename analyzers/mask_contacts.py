"""Contacts written in letters: mail in any writing, profile links, logins, numbers told in words."""

# ruff: noqa: E501  # patterns read better on one line

from __future__ import annotations

import re
from collections.abc import Iterator

from .mask_rules import Span, has

TLD = r"(?:ру|ком|рф|нет|орг|ru|com|net|org|su|рф|by|kz|ua|io|info|biz|pro|online|me)"
_AT = r"(?:\s?@\s?|\s?[(\[{]\s?(?:at|собака|собачка)\s?[)\]}]\s?|\s(?:собака|собачка|sobaka|at)\s)"
_DOT = r"(?:\s?\.\s?|\s?[(\[{]\s?(?:dot|точка|тчк)\s?[)\]}]\s?|\s(?:точка|тчк|dot)\s)"
_SAID = r"(?:точка|тчк|дефис|тире|подч[её]ркивание|нижнее подч[её]ркивание)"
_MAIL = re.compile(
    rf"(?<![\w.+-])(?:[\w.+-]{{1,32}}+\s{_SAID}\s){{0,3}}[\w.+-]{{1,64}}+{_AT}"
    rf"[\w-]{{1,63}}+(?:\.[\w-]{{2,24}}+){{0,3}}(?:{_DOT}{TLD}(?!\w))?",
    re.IGNORECASE,
)
_AT_SIGN = re.compile(_AT, re.IGNORECASE)
_MAIL_TAIL = re.compile(rf"(?:{_DOT}|\s|,){TLD}(?!\w)", re.IGNORECASE)
_HOSTS = (
    r"(?:vk\.com|vk\.ru|m\.vk\.com|vkontakte\.ru|ok\.ru|odnoklassniki\.ru|t\.me|telegram\.me|instagram\.com|facebook\.com|fb\.com|twitter\.com|x\.com|"
    r"tiktok\.com|wa\.me|linkedin\.com|hh\.ru/resume|superjob\.ru/resume|pikabu\.ru/@|habr\.com/(?:ru/)?users|dzen\.ru/id|zen\.yandex\.ru/id|steamcommunity\.com/(?:id|profiles)|drive2\.ru/users|threads\.net|rutube\.ru/u|twitch\.tv|rutube\.ru/channel|behance\.net|profi\.ru/profile|youla\.ru/user|2gis\.ru/user|otzovik\.com/profile|irecommend\.ru/users|github\.com|youtube\.com|my\.mail\.ru|avito\.ru/user|join\.skype\.com|viber\.click)"
)
_LINK = re.compile(
    rf"(?<![\w.@-])(?:https?://)?(?:www\.|m\.)?{_HOSTS}/([@\w.+~%-]{{2,80}}+(?:/[\w.+~%-]{{1,80}}+){{0,4}}(?:\?[\w=&%.-]{{1,80}}+)?)",
    re.IGNORECASE,
)
# any site's page of a person: «…/users/ivanov», «…/profile/48213», «?user_id=…»
_PERSONAL = re.compile(
    r"(?<![\w.@-])(?:https?://)?(?:[\w-]{1,40}\.){1,4}[a-zа-я]{2,10}/(?:[\w.-]{1,30}/){0,3}"
    r"(?:(?:users?|profiles?|members?|people|accounts?|resume|author|id|u)/"
    r"(?!settings|info|purchases|devices|edit|login|orders|cart|favou?rites|me\b|notifications|security|subscri|playlists|password|new|register|faq|about|delete)|[\w.-]{0,20}\?(?:[\w]{1,20}=[\w.-]{0,40}&){0,3}(?:user|uid|user_?id|profile)=)[@\w.+~%-]{2,80}",
    re.IGNORECASE,
)
_PUBLIC = re.compile(
    r"(?:club|public|video|market|album|app|away|feed|watch|playlist|channel/|hashtag|explore|share|topic|wall-|group|groups|help|support|search)[-\d/]?",
    re.IGNORECASE,
)
_HANDLE = re.compile(rf"(?<![\w.@+*-])@(?![\w-]{{1,30}}\.{TLD}\b)[A-Za-z][\w.]{{2,31}}(?<!\.)(?![\w@])")
_LOGIN = re.compile(
    r"(?<!\w)(логин[а-яё]{0,2}|login|username|юзернейм[а-яё]{0,2}|user|ник[аеу]?|ником|никнейм[а-яё]{0,2}|nick(?:name)?|аккаунт[а-яё]{0,2}|уч[её]тк[аиу]|скайп|skype|телеграмм?|telegram|тг|vk|вк|вконтакте|инст[ауые]|инстаграм[а-яё]{0,2}|instagram|steam|стим|discord|дискорд)"
    r"((?:\s(?:на|в|у|от|мой|форуме|сайте|сервисе|игре|чате|приложении|портале|кабинета|кабинете|аккаунта|системе|программе|личном)){0,3}(?:\s?[:=—–-]\s?|\s))[«\"']?((?:live:)?[A-Za-z][A-Za-z0-9_.-]{2,31}(?<![.-]))(?![\w@])",
    re.IGNORECASE,
)

_WHOSE = r"(?:ник(?:ом|нейм)?|логин(?:ом)?|никнейм|аккаунт|nick(?:name)?|login)"
_NICK = re.compile(
    # «live:dina_foxy»; «xX_Vedmak_Xx, ник такой»; «ник Дракон777»
    rf"(?<![\w.])(live:[\w.-]{{3,40}}|\.cid\.\w{{8,20}})"
    rf"|(?<![\w.@/])((?=[A-Za-z]{{0,20}}[\d_.])[A-Za-z][\w.]{{3,30}}\w)(?=\s?[,(—–-]{{0,2}}\s?(?:это\s)?(?:мой\s|такой\s)?{_WHOSE}(?!\w))"
    rf"|(?<!\w){_WHOSE}\s?[:—–-]?\s?[«\"']?((?=[А-Яа-яЁё]{{1,20}}[\d_])[А-Яа-яЁё][\wЁё]{{3,30}})(?!\w)",
    re.IGNORECASE,
)

# a login by its look: «masha_k_92», «d.volkov», «DarkKnight77», «Vasya#4412»; with one of the words near it
_ODD = re.compile(
    r"(?<![\w.@/#-])[A-Za-z](?:[A-Za-z0-9]{0,30}_[\w.]{1,30}(?<!\.)|[A-Za-z0-9]{0,30}(?:[.-][A-Za-z0-9]{1,30}){1,3}|[A-Za-z]{0,4}[a-z]{2,20}[A-Za-z]{0,20}\d{1,8}|[A-Za-z]{2,30}(?=#\d{4}))(?:#\d{4})?(?![\w@/])"
    r"|(?<!\w)[А-Яа-яЁё]{2,20}(?:_[\wЁё]{1,20}|\d{2,6})(?!\w)"
)
_ODD_CUE = re.compile(
    r"(?<![a-zа-яё])(?:логин|login|ник(?:ом|нейм)?|nick|аккаунт|акаунт|account|уч[её]тк|уч[её]тн[а-яё]{2} запис|пользовател|username|user|юзер|профил|игрок|тг|телег|дискорд|discord|psn|xbox|стим|steam|"
    r"скайп|skype|инст|вк|айди|зарегистрирован[а-яё]{0,2} как|регистриру[а-яё]{2,4} как|вхожу как|захожу как|вошл[аи] как|войти как|твич|twitch|ютуб|акк|играю|в игре|отзовик|на форуме|в приложении|на сайте|мой канал|моего канал|моём канал|моем канал)[а-яё]{0,6}(?!\w)[^.!?\n;]{0,28}$",
    re.IGNORECASE,
)
_ODD_AFTER = re.compile(r"[,\s–—-]{1,3}(?:зарег|это я(?![а-я])|мой (?:акк|ник|логин)|забан)", re.IGNORECASE)
_FILE = re.compile(
    r"\.(?:ru|com|net|org|html?|pdf|jpe?g|png|exe|apk|mp\d|docx?|xlsx?|zip|рф|txt|io|tv)$", re.IGNORECASE
)
_LOGIN_HINTS = (
    "логин", "login", "user", "юзер", " ник", "(ник", "nick", "аккаунт", "учетк", "учётк", "скайп", "skype", "телеграм",
    "telegram", " vk", " вк ", " вк:", "вконтакте", "инст", "instagram", "steam", "стим", "discord", "дискорд", " тг",
    "live:", "пользовател", "профил", "игрок", "телег", "psn", "xbox", "айди", "твич", "учётн", "учетн", "зарег", "егистриру", "вхожу как", " акк", "в игре", "отзовик", "форум", "играю", "захожу как", "войти как", "канал", "акаунт",
)  # fmt: skip


def contacts(text: str, low: str, keep: frozenset[str], *, logins: bool = True) -> Iterator[Span]:
    """Profile links, mail addresses in any writing, handles and logins."""
    if "/" in text:
        for found in _LINK.finditer(text):
            if not _PUBLIC.match(found[1]):
                stop = found.end() - (text[found.end() - 1] in ".-")
                yield found.start(), stop, "LINK", text[found.start() : stop].lower()
        for found in _PERSONAL.finditer(text):
            yield found.start(), found.end(), "LINK", found[0].lower()
    if (
        "@" in text
        or "соба" in low
        or "sobaka" in low
        or "at)" in low
        or "at]" in low
        or "at}" in low
        or " dot " in low
    ):
        yield from _mails(text)
    if "@" in text:
        for found in _HANDLE.finditer(text):
            yield found.start(), found.end(), "LOGIN", found[0].lower()
    hinted = logins and has(f" {low}", _LOGIN_HINTS)
    for found in _NICK.finditer(text) if hinted else ():
        value = found[1] or found[2] or found[3]
        yield found.start(found.lastindex or 0), found.end(found.lastindex or 0), "LOGIN", value.lower()
    for found in _LOGIN.finditer(text) if hinted else ():
        value, marked = found[3], bool(set(found[2]) & set(":=—–-"))
        odd = bool(re.search(r"[\d_.]|[a-z][A-Z]", value))
        if found[1].lower().startswith(("vk", "вк", "инст", "steam", "стим", "disc", "диск")):
            marked = False
        plain = found[1].lower().startswith(("логин", "login", "ник", "nick", "user", "юзер")) and value.islower()
        if (odd or marked or plain) and value.lower() not in keep:
            yield found.start(3), found.end(3), "LOGIN", value.lower()
    if hinted:
        yield from _odd(text, keep)


def _odd(text: str, keep: frozenset[str]) -> Iterator[Span]:
    """«Мой аккаунт в Steam — Gorynych_2003»: a word that looks like a login, a few words after what says so."""
    for found in _ODD.finditer(text):
        value = found[0].lower()
        if (
            sum(map(str.islower, found[0])) < 3
            or value in keep
            or _FILE.search(value)
            or value.partition(".")[0] in keep
        ):
            continue
        before = text[max(0, found.start() - 52) : found.start()]
        if _ODD_CUE.search(before) or _ODD_AFTER.match(text, found.end()):
            yield found.start(), found.end(), "LOGIN", value


def _mails(text: str) -> Iterator[Span]:
    for found in _MAIL.finditer(text):
        stop = found.end()
        if re.search(r"\s@\w", found[0]) and not re.search(rf"\.{TLD}$", found[0], re.IGNORECASE):
            continue  # «инста @masha.kazan» is a handle
        tail = None
        if "." not in _AT_SIGN.split(found[0])[-1] and not re.search(r"dot|точка|тчк", found[0], re.IGNORECASE):
            tail = _MAIL_TAIL.match(text, stop)
            if tail is None and ("@" not in found[0] or re.search(r"\s@|@\s", found[0])):
                continue
            stop = tail.end() if tail else stop
        elif "@" not in found[0] and not re.search(rf"{TLD}$", found[0], re.IGNORECASE):
            continue
        yield found.start(), stop, "MAIL", re.sub(r"\s", "", text[found.start() : stop]).lower()


_UNITS = {
    w: str(n)
    for n, w in enumerate(["ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"])
} | {
    "нуль": "0",
    "две": "2",
}
_TEENS = {
    w: str(n + 10)
    for n, w in enumerate(
        [
            "десять",
            "одиннадцать",
            "двенадцать",
            "тринадцать",
            "четырнадцать",
            "пятнадцать",
            "шестнадцать",
            "семнадцать",
            "восемнадцать",
            "девятнадцать",
        ]
    )
}
_TENS = {
    w: str(n)
    for n, w in enumerate(
        ["двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто"], 2
    )
}
_HUNDREDS = {
    w: str(n)
    for n, w in enumerate(
        ["сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот"], 1
    )
}
NUMERAL = "|".join(sorted((*_UNITS, *_TEENS, *_TENS, *_HUNDREDS), key=len, reverse=True))
_SPOKEN = re.compile(
    rf"(?<!\w)(?:плюс\s)?(?:{NUMERAL}|\d{{1,4}})(?:[\s,.()-]{{1,3}}(?:{NUMERAL}|\d{{1,4}}))*+(?!\w)",
    re.IGNORECASE,
)
_ASKED = re.compile(r"(?:звон|набер|набир|номер|тел)[а-яё.]{0,8}[ :]{1,2}(?:[а-яё]{1,8} )?$", re.IGNORECASE)
_COUNTED = re.compile(r" ?(?:руб|раз|тыс|дн|дней|час|мин|человек|шт|копе|%|лет|год)")
_SPOKEN_PART = re.compile(rf"{NUMERAL}|\d{{1,4}}", re.IGNORECASE)


def spoken(text: str) -> Iterator[Span]:
    """«восемь девятьсот двенадцать 345 67 89»."""
    for found in _SPOKEN.finditer(text):
        digits = say(_SPOKEN_PART.findall(found[0].lower()))
        told = (
            10 <= len(digits) <= 12
            and digits[0] in "789"
            and _ASKED.search(text[max(0, found.start() - 24) : found.start()])
        )
        local = 5 <= len(digits) <= 7 and len(_SPOKEN_PART.findall(found[0])) > 2
        local = (
            local
            and _ASKED.search(text[max(0, found.start() - 24) : found.start()])
            and not _COUNTED.match(text, found.end())
        )
        if told or local or (len(digits) == 11 and digits[0] in "78") or (len(digits) == 10 and digits[0] == "9"):
            yield found.start(), found.end(), "TEL", digits[-10:]


def say(words: list[str]) -> str:
    """Digits of numerals read one after another: «девятьсот двенадцать» is 912, «сорок пять» 45."""
    out, open_places = "", 0
    for word in words:
        if word in _HUNDREDS:
            out, open_places = out + _HUNDREDS[word] + "00", 2
        elif word in _TENS:
            out, open_places = (out[:-2] if open_places == 2 else out) + _TENS[word] + "0", 1
        elif word in _TEENS:
            out, open_places = (out[:-2] if open_places == 2 else out) + _TEENS[word], 0
        elif word in _UNITS:
            out, open_places = (out[:-1] if open_places and word not in {"ноль", "нуль"} else out) + _UNITS[word], 0
        elif open_places == 2 and len(word) == 2:  # «девятьсот 12»
            out, open_places = out[:-2] + word, 0
        else:
            out, open_places = out + word, 0
    return out
