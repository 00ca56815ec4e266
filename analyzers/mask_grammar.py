"""A small grammar of addresses: every word and number becomes one sign, and patterns over the signs tell an address.

So the order, the letter case, commas and the many ways of writing a mark («дом», «д.», «к», «корп») are told once, in a
dictionary of forms, and the patterns read as rules: a street and a house, a house and a flat, a house and its street.
"""

# ruff: noqa: E501  # patterns and word lists read better on one line

from __future__ import annotations

import re
from collections.abc import Iterator

from .lemmas import flatten
from .mask_forms import COMMON, KNOWN, NAME, NAMEY, NOMINAL, PATRONYMIC, PERSON, PLACE, SURNAME, VERB, kind, words_of
from .told_once import ToldOnce

# --- signs ---------------------------------------------------------------------------------------------------------
# T type of street, l line, S of settlement, U union of gardens or flats; H house mark, K building (house or inner), Q flat,
# F other inner mark; A/a adjective of a street, G/g genitive of one, N/n other noun (with a capital, in lower case), b a
# shortened word; D house number, B one with a letter or a slash, R two with a hyphen, V both, C with a comma, M three, Y of
# four digits, I index, W number in words, O ordinal in words, o ending of an ordinal; u unit, month or year after a number;
# P preposition of place, J «address» and «live»; L a letter; E, t, h, q the Latin N, T, H, Q; k, s, p, d «к», «с», «п», «д»,
# which are marks and words; z any other word or number, | any other sign

_WORDS = {
    "T": "ул улица улицы улице улицу улицей пр пр-т пр-та пр-те пркт пр-кт пр-кта пр-кте просп проспект проспекта проспекте проспекту проспекты пер переулок переулка переулке переулку пер-к бул бульв бульвар бульвара бульваре бульвару б-р б-ре бр ш шоссе наб набережная набережной набережную пл площадь площади проезд проезда проезде проезду пр-д мкр мкрн мкр-н мк-н микрорайон микрорайона микрорайоне м-н м-не квартал квартала квартале кв-л аллея аллее аллеи тракт тракта тракте тупик тупика тупике туп просека просек просеку просеке взвоз спуск спуске кольцо ряды улочка улочке ул-ца улца ул-це уллица улиица проспкт прспект переулк",
    "l": "линия линии линию лин комплекс комплекса комплексе",
    "S": "г гор город городе города село селе села дер деревня деревне деревни дер-ня пос поселок поселке поселка пгт рп ст-ца станица станице х хутор хуторе аул ауле р-н район района обл область области край края респ республика поселение ст пст кишлак слобода городок",
    "U": "снт днт днп спк тсн жск жк кп гск гк пгк садоводство садоводстве товарищество товариществе общежитие общежитии общага общаге мжк жилкомплекс дачный садовый коттеджный",
    "H": "дом дома доме дому домик зд здание здании вл владение владении влад уч участок участке участка уч-к з/у соор сооружение бокс боксе гараж гараже дм домовладение домовладении",
    "K": "корп корпус корпуса корпусе кор крп стр строение строения строении строен блок секция секции лит литер литера литеры",
    "Q": "кв квартира квартиры квартире квартиру кв-ра кв-ре хата хате апартаменты ап кварт квартера",
    "F": "оф офис офисе офиса комн комната комнаты комнате комнату ком пом помещение помещении под подъезд подъезде подъезда парадная парадной эт этаж этаже этажа вход домофон",
    "W": "ноль один одна одного два две двух три трех четыре пять пяти шесть шести семь семи восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто сто двести триста четыреста пятьсот",
    "O": "первый первая первой первом первого первую второй вторая втором второго вторую третий третья третьей третьем третьего четвертый четвертая четвертой четвертом пятый пятая пятой пятом шестой шестая шестом седьмой седьмая седьмом восьмой восьмая восьмом девятый девятая девятом десятый десятая десятой",
    "o": "й ой ый ий ая я го ого му ому ей ом ем ю ую е ое ых",
    "u": "руб рубль рубля рублей рублями р тыс тысяч тысячи тысяча млн лет год года году годов годы день дня дней дню часов часа час ч минут минуты минута мин сек секунд раз раза шт штук штуки кг гр грамм км м метров метра см мм балла баллов человек чел месяцев месяца месяц мес недель недели сутки суток процентов процент градусов января февраля марта апреля мая июня июля августа сентября октября ноября декабря сотки соток га л литр литра литров мл квт мб гб пакет пакета банки бутылки порции порций руп серия серии звезд звезды класс класса курс курса страниц размер размера",
    "k": "к",
    "s": "с",
    "p": "п",
    "d": "д",
    "P": "по на в во от из у около возле до со ко",
    "J": "адрес адресу адреса адресок адресом живу живем проживаю проживает проживаем проживающей проживающего проживающая проживающий прописан прописана прописаны прописка зарегистрирован зарегистрирована доставка доставьте привезите живет живут",
    "b": "им имени ак акад академика ген генерала марш маршала проф кап сов ср нов стар бол мал кр красн космон лейт адм адмирала летчика космонавта героя",
    "n": "героев летчиков космонавтов братьев сестер советской партизана партизан комсомола армии дивизии большая малая верхняя нижняя новая старая средняя",
    "z": "лицевой лицевая заявка заявке заявки заказ заказа заказу договор договора чек чека счет счета акт номер номера номеру тариф рейс рейса маршрут маршрута автобус автобуса автобусе троллейбус трамвай трамвая кабинет кабинета кабинете окно окна касса кассе кассы кассу вагон вагона место места мест ряд ряда терминал школа школе школы школу больница больнице больницу поликлиника поликлинике детсад сад магазин магазине магазина отделение отделении отделения квитанция квитанции накладная накладной претензия претензии тикет обращение обращения позиция позиции артикул модель модели версия версии глава статья статье пункт пункта часть зал экран выход порт том лот итого сумма всего цена ценой стоит минус плюс закон закона дело дела постановление приказ серии серия тираж выпуск сезон группа группы вариант карта карты карте полис паспорт размер телефон заявление билет билета ваучер бронь купон смена мест пвз постамат станция станции остановка платформа путь пути скважина подстанция счетчик счетчика свидетельство документ приложение протокол лицензия литр масло смесь напиток сорт",
}
_LATIN = {
    "t": "ul ulitsa ulica prospekt pr prosp per pereulok bulvar shosse nab naberezhnaya prospect street",
    "h": "d dom house korp korpus",
    "q": "kv kvartira flat apt",
}
_CLASS = {word: sign for sign, words in _WORDS.items() for word in words.split()}
_CLASS_LATIN = {word: sign for sign, words in _LATIN.items() for word in words.split()}
_TOKEN = re.compile(
    r"\d++(?:[.,:/кКсСcC-]\d++)*+(?:[А-Яа-яA-Za-z](?!\w))?+|[А-ЯЁа-яё]++(?:[-/][А-ЯЁа-яё]++)*+|[A-Za-z]++|\n|[^\s\w]"
)
_NUMBERS = (
    (re.compile(r"\d{1,3}(?:[/кКсСcC][1-9]\d{0,2}){1,2}"), "B"),
    (re.compile(r"\d{1,3}(?:[/кК]\d{1,3}){1,2}-\d{1,4}"), "V"),
    (re.compile(r"\d{1,4}-[1-9]\d{0,3}"), "R"),
    (re.compile(r"\d{1,3}-\d{1,2}-\d{1,3}"), "M"),
    (re.compile(r"\d{1,3},[1-9]\d{0,2}"), "C"),
)
STREETLY = (
    "ская", "ской", "скую", "ском", "ский", "цкая", "цкой", "цкий", "овая", "овой", "евая", "ная", "ной", "ный", "ного",
    "ному", "тая",
)  # fmt: skip
_OWNERS = ("ова", "ева", "ина", "ского", "цкого", "ына")


def _sign(raw: str) -> str:
    """The sign of a word, a number or a mark."""
    first = raw[0]
    if first.isdigit():
        return _sign_of_number(raw)
    if not first.isalpha():
        return first if first in '.,-/«»"()№:;!?\n' else "-" if first in "–—" else "%" if first in "%₽" else "|"
    form = flatten(raw)
    if first.isascii():
        return _CLASS_LATIN.get(form) or ("E" if first.isupper() and len(raw) > 2 else "z")
    sign = _CLASS.get(form)
    if sign is not None and (sign != "z" or not first.isupper()) and not (sign == "n" and first.isupper()):
        if sign == "U" and first.isupper() and form.endswith("ый"):
            return "A"  # «пер. Садовый»
        return "L" if len(raw) == 1 and first.isupper() and sign in "SPunoksp" else sign
    if len(raw) == 1:
        return "L"
    if sign == "z" or (raw.isupper() and len(raw) < 4):
        return "z"
    return _sign_of_street(form, first.isupper())


def _sign_of_number(raw: str) -> str:
    lettered = not raw[-1].isdigit()
    plain = raw[:-1] if lettered else raw
    if plain[0] == "0" or len(plain) > 10:
        return "z"
    if plain.isdigit():
        if len(plain) < 4:
            return "B" if raw[-1].lower() in "абвде" else "D"
        return {4: "Y", 6: "I"}.get(len(plain), "z")
    for shape, sign in _NUMBERS:
        if shape.fullmatch(plain):
            return sign
    return "z"


def _sign_of_street(form: str, big: bool) -> str:
    """A, G or N of a word that a street may be called by, in lower case for one in lower case; z for any other."""
    bits = kind(form).bits
    sign = "N"
    if form in words_of("streets"):
        sign = "G"
    elif form.endswith(STREETLY) and form not in words_of("not_streets") and not bits & (PATRONYMIC | NAME):
        sign = "A"
    elif form.endswith(("ых", "их")) and bits & NOMINAL:
        sign = "G" if bits & SURNAME or not bits & KNOWN else "N"
    elif (bits & PERSON and not bits & NAME) or _is_owner(form, bits):
        sign = "G"
    elif bits & KNOWN and (not bits & (NOMINAL | NAMEY) or (bits & VERB and not big)):
        return "z"
    return sign if big else sign.lower()


def _is_owner(form: str, bits: int) -> bool:
    """«Титова», «Шкапина»: a surname in the genitive, and nothing else."""
    return form.endswith(_OWNERS) and (bits & (SURNAME | COMMON | NAME | PLACE) == SURNAME or not bits & KNOWN)


SIGNS = ToldOnce(_sign, 200_000)

# --- rules ---------------------------------------------------------------------------------------------------------

_ANY = "[AGNagn]"
_BIG = "[AGN]"
_H, _K, _Q, _F = "[Hd]", "[Kks]", "Q", "[FpKks]"
_MARK = "[HdKksQFp]"
_NAMED = rf"(?:(?:D-?o?u?|O)-?(?={_ANY}))?(?:[bL]\.?){{0,2}}+{_ANY}(?:-?(?:{_ANY}|b\.?)){{0,3}}"
_TYPED = rf"(?:(?:D-?o|O)?(?:{_BIG}{{1,3}}|{_ANY}?[aAO]|T|D-)T\.?|(?:D-?o|O)[Tl]\.?(?:L\.L\.)?)"
_STREET = rf"(?:T\.?(?:[«\"]?{_NAMED}[»\"]?|A?T|D-?o?u{{1,2}}|b\.?)|{_TYPED})"
# after the house no word in lower case is taken but the first
_STREET_THEN = rf"(?:T\.?(?:[«\"]?(?:D-?o?)?(?:[bL]\.?){{0,2}}{_BIG}{{1,2}}[»\"]?|(?:[bL]\.?){{0,2}}[agn]g?|T|D-?o?u{{1,2}})|{_TYPED})"
_LETTER = r"(?:-?[«\"]L[»\"]|-?L(?=[,.;!?)\n%]|[HdKQFp]|$))"
_NOT = r"(?!\.?[u%]|-o|[DYRCBM](?!-?o?[QFKp]))"
_NUMBER = "[DRBV]"
_N = rf"№?{_NUMBER}{_LETTER}?(?:-[DR])?"
_INNER = rf"(?:[,(]{{0,2}}(?:{_MARK}\.?№?(?:[DRYB]{_LETTER}?(?![u%])|W{{1,3}}|[«\"]L[»\"]|L(?=[,.;!?)\nQ]|$))\)?|D(?:-?o)?[QFp](?!\.?[DRYWB])))"
_HOUSE = rf"(?:[HdK]\.?|k\.)№?(?:(?:{_NUMBER}|Y){_LETTER}?(?:-[DR])?|W{{1,3}})"
_MARKED = rf"(?:{_HOUSE}|№[DRB]{_LETTER}?)"
_HOUSE_OR = rf"(?:{_MARKED}|{_N}|C|M)"
_NUMBERED = rf"(?:{_MARKED}(?!\.?[u%]|-o)|(?:{_N}|C|M){_NOT})"
_LAST = r"(?:,[DR](?=[.,;!?)\n]|$))?"
_BARE = rf"(?:(?:D-o|[Lb]\.?|O)?N?[AG]{_BIG}?|L\.N)"
_UNION = r"(?:U[«\"]?[AGNn]{1,3}(?:-?D)?[»\"]?|US\.?[«\"]?[AGN]{1,2}[»\"]?|U(?:-|№)D)"
_PLACE = rf"(?:(?:S\.?|[spd]\.)[AGN]{{1,2}}|{_UNION})"
_END = r"(?=[,;!?)\n]|\.(?!D)|$)"

_RULES = (
    # a settlement or a union, maybe a street, and the house
    rf"{_PLACE},?(?:{_STREET},?{_NUMBERED}|(?:{_BIG}{{1,2}})?,?(?:[Tl]№?D,?)?(?:{_MARKED}|{_N}{_NOT}(?:{_INNER}|{_END})))(?:{_INNER}){{0,5}}{_LAST}",
    # a street with its type and the house, in words where a flat follows
    rf"{_STREET},?(?:{_NUMBERED}(?:{_INNER}){{0,5}}{_LAST}|W{{1,3}}(?:{_INNER}){{1,5}})",
    # a quarter by number
    rf"(?:[Tl]\.?№?D|D(?:-?o)?[Tl]\.?|O[Tl]),?(?:{_MARKED}|{_N}{_NOT})(?:{_INNER}){{0,5}}{_LAST}",
    rf"(?<=H)[AGN],?B{_NOT}(?:{_INNER}){{0,5}}",
    # a street without its type: a house with a mark, or a flat, or both numbers
    rf"{_BARE},?(?:{_HOUSE}|{_N}{_INNER}|[RBV]|D-D|D{_LETTER}(?=[,.;!?)\n]|$)|W{{1,3}}{_INNER}){_NOT}(?:{_INNER}){{0,5}}{_LAST}",
    rf"{_BIG}{{1,2}},?(?:{_N}{_INNER}|W{{1,3}}{_INNER}|[Kk]\.?R|V|H\.№?{_NUMBER}){_NOT}(?:{_INNER}){{0,5}}",
    rf"[ag],?(?:{_N}{_INNER}|{_H}\.?№?[DRB]{_LETTER}?|W{{1,3}}{_INNER}|D{_LETTER}|[BV]){_NOT}(?:{_INNER}){{0,5}}",
    rf"(?:(?<=[\n.!?«(:,])|^){_BARE},?D{_NOT}{_END}",
    rf"(?<=[PkJ]){_BARE},?D{_NOT}(?:{_LAST}{_END}|(?=[zPL]))",
    # after «address» and «I live»
    rf"(?<=J)[P:,-]{{0,2}}{_ANY}{{1,3}},?(?:{_MARKED}|{_N}|W{{1,3}}{_INNER}){_NOT}(?:{_INNER}){{0,5}}{_LAST}",
    # the house before the street
    rf"(?:[QFKk]\.?№?[DRYB]{_LETTER}?,?){{0,3}}(?:{_HOUSE},?){{1,2}}(?:{_INNER}){{0,4}},?P?(?:{_STREET_THEN}|[AG](?![AGNag])|{_UNION})(?:{_INNER}){{0,4}}",
    rf"Q\.?№?[DY](?:P{_STREET},?{_HOUSE_OR}|,?{_H}\.?№?[DRB]{_LETTER}?)",
    # a house and a flat
    rf"{_H}\.?№?(?:[DRB]{_LETTER}?{_INNER}|W{{1,3}},?[KkQ]\.?№?(?:W{{1,3}}|[DR])){_NOT}(?:{_INNER}){{0,5}}",
    # «70 лет Октября 26»
    rf"Duu,?[DRB]{_NOT}",
    # in Latin letters
    r"t\.?E{1,2},?(?:h\.?)?[DRB](?:,?[hq]\.?[DRY]){0,3}",
    r"E,?(?:h\.?)?D(?:,?[hq]\.?[DRY]){1,3}",
)
_RULE = re.compile("|".join(f"(?:{rule})" for rule in _RULES))


def read(text: str, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, int]]:
    """Where addresses stand, as offsets."""
    found = list(_TOKEN.finditer(text, start, len(text) if stop is None else stop))
    signs = "".join([SIGNS[one[0]] for one in found])
    at = 0
    while True:
        rule = _RULE.search(signs, at)
        if rule is None:
            return
        at = max(rule.end(), rule.start() + 1)
        first, last = rule.span()
        while signs[first] in "P:,-":
            first += 1
        yield found[first].start(), found[last - 1].end()
