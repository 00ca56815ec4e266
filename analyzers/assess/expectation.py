"""What was promised and what came: two spans of a text, and who promised.

A promise counts as broken where what follows tells of failure, of contrast, or of another figure than the promised one.
One that was kept, one that nobody made («не обещали»), and one whose term has not passed («жду пока») is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from ..patterns import Lazy
from . import cues as c
from .numerals import WORDS_RE
from .page import Page

SITE, OPERATOR, CONTRACT, ADVERTISEMENT, OTHER = "site", "operator", "contract", "advertisement", "other"
SOURCES = (OPERATOR, SITE, CONTRACT, ADVERTISEMENT, OTHER)
_Spans = tuple[tuple[int, int], tuple[int, int]]
NEXT = 2  # sentences behind a promise in which its breach may stand
MIN_PROMISE = 4  # characters
NAMED = 20  # characters in which a comma still opens a promise without «что»: «сказала девушка, свет дадут»
MEASURES = c.NUMBER | c.MONTH | c.TIME
UNMADE, MOMENT, PENDING, KEPT = (c.OPEN[name] for name in ("unmade", "moment", "pending", "kept"))
PERSON, ON_SITE, ADVERT, CONTRACTED = (c.OPEN[name] for name in ("person", "site", "advert", "contracted"))
BREACH = c.OPEN["breach"] | c.OPEN["breach_if"] | c.OPEN["breach_pair"] | c.OPEN["breach_term"]

_STRONG = (
    r"(?:по|на)?обещ(?:ал\w*|ают|ает|анн?\w*|ани[ея]\w*)\b|сулил\w*|клял\w+|гарантировал\w*|гарантируют|гарантирует|"
    r"(?:за|у)вер(?:ил|ял)[аи]?\b|(?:за|у)веряют\b|должн[ыа] (?:был[аио]\b|прийти|приехать)|должен был\b|"
    r"должно было|планов\w+ (?:дата|срок)\w*|\bгде (?:обещанн\w+|мо[йи] |\d[\d,]* ?%|кешб\w+|кэшб\w+|"
    r"бонус\w+)|договорились|договаривал\w+|договоренност\w+|"
    r"назначил[аи]\b|назначен[аоы]?\b|заявлял[аи]?\b|анонсировал\w*|обязал\w+|условия (?:акции |были |"
    r"мной )*(?:\w+ ){0,2}?выполн\w+|выполнил\w* (?:\w+ ){0,2}?услови\w+"
)
_SAID = (
    r"сказал[аи]?\b|говорил[аи]?\b|говорят\b|сообщил[аи]?\b|ответил[аи]?\b|написал[аи]\b|расписал[аи]?\b|"
    r"озвучил[аи]\b|озвучен\w*|подтвердил[аи]?\b|успокоил\w*|заявил[аи]?\b|"
    r"рассказ(?:ал|ыва)\w*|уговорил\w*|ответ\b"
)
_SOURCE = (
    r"вместо (?:обещ|заявл|оплач|заказ|положен|указан|приобрет|договор)\w+|заявлен(?:н\w+|[оаы])\b|"
    r"согласно (?:\w+ ){0,2}?(?:договор|реклам|услови|регламент|акци|описани|тариф|смет|объявлен|полис|"
    r"правил)\w*|"
    r"по (?:договору|условиям|контракту|условию|акции|регламенту|рекламе|описанию|плану|графику|программе|"
    r"смете|расписанию|полису|тарифу|абонементу|путевке|правилам)\b|пункт\w* [\d.]+ \w+|"
    r"(?:договор|контракт|тариф|программ|смет|полис|оферт|соглашени)\w{0,3} (?:был\w* |четко |"
    r"ясно )?(?:предусм|устан|гарант|пропис|говор|обещ|указ|гласит|значит|стоит|записан)\w*|"
    r"(?:в|во) (?:\w+ )?(?:договоре|рекламе|описании|объявлении|карточке|буклете|ролике|смете|меню|контракте|"
    r"оферте|приложении|рассылке|программе|смс\w*|прайсе|чеке|полисе|брошюре|каталоге|письме|презентации|"
    r"листовке|посте|соглашении|тарифе|расписании|накладной|заявке|баннере|условиях)\b|"
    r"на (?:\w+ )?(?:сайте|упаковке|странице|баннере|этикетке|ценнике|коробке|фото|картинке|маркетплейсе|"
    r"вывеске|плакате|афише|дисплее|табло|билборде|банке|пачке)\b|"
    r"реклам\w+|объявлени\w+ (?:о|об)\b|ролик(?:е|, где| рекл)|баннер\w*|хвален\w+|акци[яюи]\b(?!,)|"
    r"расписани[ею]\w*|приложени[ея] (?:\w+ )?(?:показыва|обещ|пис|говор|увер)\w*|сайт\w* (?:показыва|обещ|"
    r"пис|говор|увер)\w*|оферт\w+|трекинг\w*|отслеживани\w*|"
    r"приведи друга|персональн\w+ предложени\w+|с условием|с условиями|по (?:\w+ )?ссылк\w+|за (?:\w+ )?оформление"
)
# what a word of telling must tell to be a promise, and a place where something is written must say to be one
_FUTURE = Lazy(
    r"\b(?:буд(?:ет|ут)|придет|придут|приед\w+|достав(?:ят|им|ит)|верн(?:ут|ет|ем)\w*|возвращ\w+|"
    r"перезвон(?:ят|им|ит)|сдела(?:ют|ем|ет)|отправ(?:им|ят|ит)|снимут|дадут|даст|"
    r"начисл(?:им|ят|ит)|зачисл(?:ят|им|ит)|выплат(?:ят|им|а|у)|почин(?:ят|им)|исправ(?:ят|им)|реш(?:ат|им|"
    r"ит)|подключ(?:ат|им|ит)|заработа(?:ет|ют)|привез(?:ут|ем)|сохран\w+|"
    r"получ(?:ите|у|им)|хватит|действует|подойдет|включен[аоы]?|входит|входят|бесплатн\w*|без\b|срок\w*|"
    r"гаранти\w*|не спишут|в течени[еи]|через|максимум|все ясно|объедятся|закроют|положат|уберут|поменяют|"
    r"заменят|выпишут|упакован\w*|одобр\w+|осв[ао]бод\w+|успе(?:ют|ем|ете)|займ[её]т)\b|\d ?%|\b(?:за|до|к|"
    r"через) (?:\w+ )?(?:\d|дв[ае]\b|три\b|пят|дес)"
)
_WRITTEN = Lazy(
    r"указан|написан|прописан|обещ|сказано|стоит|значи|заявл|пишут|гласит|предусмотр|гарант|установлен|(?:^|"
    r"\s)одн[аои]\b|:|—"
)
_NEEDS = Lazy(r"^(?:в|во|на|по|пункт\w*|с услов\w+|приложени|сайт)\b")
_FLAT = Lazy(
    r"с другими условиями|условия (?:\w+ )?(?:меня|помен|измен)\w+|(?:вознаграждени|бонус|кешб|кэшб|"
    r"балл)\w* (?:\w+ ){0,2}?(?:нет|не (?:был|начис|зачис|приш|поступ|выпла))\w*|не выполнил\w* (?:взят|"
    r"сво[иие]|обязат|обещ)\w*|обещан\w+ не|условия (?:\w+ ){0,2}?не (?:были )?(?:соблюд|выполн)\w+|"
    r"отказываются от своих"
)
_IN_FACT = Lazy(r"(?:\bа |[,;—–-] ?)(?:по факту|на деле|в реальности|фактически)\b")
_SURE_AT = Lazy(rf"(?P<strong>{_STRONG})|(?P<said>{_SAID})")
_SOURCE_AT = Lazy(rf"(?P<source>{_SOURCE})")
_UNMADE = Lazy(
    r"(?:\bне|\bни|\bникто\b[^.]{0,20}|если верить|\bя|\bмы|\bмной|\bмне бы|муж|жена|сосед\w*(?: рассказ\w+)?|"
    r"друг|подруга|сын|дочь|мама|коллега|прошу|будто \w+) (?:\w+ )?$"
)
_THOUGH = Lazy(r"\b(?:хотя|а ведь) (?:\w+ ){0,3}$")
_HONEST = Lazy(r"предупред\w+|честно (?:указан|сказал|предуп|написан)")

_CONTRAST = Lazy(
    r"(?<=по )факту\b|(?<=на )деле\b|(?<=самом )деле\b|(?<=на )следующ\w+ (?:день|недел|сутк)\w*|"
    r"(?<=в )(?:итоге|результате|действительности)\b|(?<=от )силы\b|(?:удивлени|сожалени)\w+|фактическ\w+|на деле|на самом деле|\bреальност\w*|"
    r"в действительности|в итоге|в результате|однако|вместо (?:этого|того|\d)|до сих пор|по сей день|"
    r"\bтак и (?:не|нет)\b|\bвсе еще\b|никто не|никто так|ничего не|ничего подобного|ни (?:одн|разу|звонк|"
    r"ответ|денег|слуху|карты|того)\w*|\bи близко\b|"
    r"прошл[аои]\b|прошел\b|прошло|опоздал\w*|обман\w*|вран\w*|соврал\w*|врут\b|уже (?:\w+ ){0,2}?(?:недел|"
    r"месяц|день|дня|дней|год|час|сутки|суток)\w*|спустя|"
    r"(?:через|только) (?:\w+ ){0,2}?(?:недел|месяц|год|сутки|суток|дней|дня)\w*|на (?:следующ|второй|третий|"
    r"друг|четверт|пят)\w+ (?:день|недел|сутк)\w*|"
    r"\bне (?:\w+ ){0,2}?(?:приш|приех|привез|прив[оеё]|достав|верн|зач|начис|выпла|вып|перезв|позвон|сдел|"
    r"получ|поступ|работ|соответ|исправ|устран|отв|подключ|дали|дал\b|предост|появ|связ|состоя|нача|дозвон|"
    r"реш|прот|включ|приня|приним|отправ|убра|заме|почин|откры|закры|мог|выда|оказ|соблю|учл|возвр|дожда|хват|"
    r"слыш|было|была|были|было|снял|отключ|перевед|перевел|засчит|зачт|сдерж|смог|увидел|прозвуч|вош|сост|"
    r"крут|гре|морозит|знае|осуществ|применил|провед|провел|учит|дают|дает|явил|подош|впуст|пуст|посели|нашл|"
    r"будет|рассч|намерен|собира|положен|действ|обработ|занима|бер[уе]т|засел|сохран|распростран|подтверд|полага)\w*|"
    r"\b(?:ее|его|их|воды|денег|бонус\w*|баллов|скидки|кешб[эе]к\w*|кэшб[эе]к\w*|карты|ответа|заказа|звонка|"
    r"результат\w*|вознагражд\w*|прививок|ключей|кухни|товара|света|тепла|выплат\w*|доступ\w*|"
    r"возврат\w*) (?:\w+ )?нет\b|(?<!претензий )(?<!вопросов )(?<!проблем )\bнет(?=[,.! ]|$)(?! (?:нареканий|"
    r"вопросов|претензий))|\bнет (?:ни|как|до|и|\w+ и нет)\b|нет, (?:на|не|это)\b|к (?:моему |нашему |"
    r"большому )?(?:удивлени|сожалени)\w+|\bни \d|(?:увы|нет|фиг|ноль|пусто|тишина)[.!,]|\bпусто\b|\bноль\b|"
    r"\bтишина\b|ни звонка|"
    r"отказал\w*|\bотказ\b|отказываются|списал[аи]?\w*|списывают|сняли\b|сняла\b|удержал\w*|взяли\b|взял\b|"
    r"содрали|пробили|насчитали|выставили|отменил\w*|перен[её]с\w*|сорва\w*|передумал\w*|заблокир\w*|"
    r"изменил\w*|измени\w+ услови|обнул\w*|изъя\w*|украл\w*|своровал\w*|потребовали|"
    r"совсем друг\w*|совершенно друг\w*|с другими условиями|други[емх]\b|другой\b|другая\b|другое\b|хуже|"
    r"дороже|меньше|оказал[аио]?(?:сь|ся)|оказалось|только через|пришлось|растянул\w*|задерж\w*|сломал\w*|"
    r"сломан\w*|просроч\w*|закрыл\w*|врем[её]нн\w+ труд|шаблонн\w+ отпис\w*|отпис(?:ка|ки|ку)|проигнорир\w*|"
    r"игнор\w*|мурыж\w*|потекл?\w*|испорт\w*|бит\w+|без (?:объясн|тепл|воды|результ|ответ)\w*|"
    r"та же\b|те же\b|как был[аио]?\b|как не было|от силы|всего лишь|\bлишь\b|продлевали|не бывает|"
    r"разв[ое]д\w*|кидал\w*|пиз\S*|а через|шарашк\w*|вынужден\w*|ждать (?:еще|снова)|заново|перестал\w*|"
    r"сброс\b|впервые слышат"
)
_BUT_NOT = Lazy(
    r"(?:\bно|\bа|\bда)\b(?=[^.!?]{0,45}?\b(?:не|нет|никто|никак|пусто|получил|мне|привезли|пришел|пришла|"
    r"пришло|прислали|сняли|списали|взяли|дали)\b)"
)
_PREPOSITIONS = ("в", "во", "на", "по", "с", "при")
_QUESTION = Lazy(r"[^.!?]*\?")
_OPENS = Lazy(r"\s?(?:[\w ]{0,30}?[,:«\"—–]|[\w ]{0,12}?что\b|[\w ]{0,12}?ждать|о том)")
_OPENING = Lazy(r"[^,;:.—–«]{0,30}?(?:\s*(?:[,:—–]\s*(что|будто|мол|якобы)?|\s«))\s*")
_DIGITS = Lazy(r"[^.!?,;\d]*(\d)\d*(?:[.,:/]\d+)* ?[а-я/%]*")
_WORDS = Lazy(rf"{WORDS_RE}\b ?[а-я/%]*")
_MARK = Lazy(r"[.!?,;]")
_BREAK = Lazy(r"[,;»—–]|\s-\s|\s(?:но|а)\s")
_NUMBERED = Lazy(r"\s*(?:№|n\b)?\s*[а-яa-z]{0,4}-?\d[\d/-]{2,}")
_LISTED = Lazy(r"\d{1,2}[.)] ")  # «… 2. …»
_LETTER = Lazy(r"(?:на основании|прошу|просим|требу|согласно|в соответствии)")
_KEPT = Lazy(
    r"\b(?:претензий нет|вопросов нет|вопрос закрыт|молодц|как и обещал\w*|так и (?:вышло|сделали|было(?! обещ)|"
    r"получилось|ходит|есть, (?!как))|и не соврал|день в день|минута в минуту|"
    r"сдержал\w* (?:слово|обещ)|обещание (?:сдержал|выполнил)\w*|раньше (?:обещан|срока|заявлен)\w*|"
    r"все (?:в срок|вовремя|сошлось|совпало|сделали|решили|соблюли|выполнили)|в срок\b|вовремя\b|точно в|"
    r"честно|приятно удив|соответству\w+ (?:описани|заявл|реклам|фото)\w*|полностью соответ\w*|не обманул\w*|"
    r"в тот же день|я согласил\w*|в обещанн\w+ (?:срок|день|врем)\w*|как договаривались|как договорились|"
    r"даже раньше|решили, спасибо|спасибо за (?:быстр|помощь|работ)|благодар)"
)
_PENDING = Lazy(
    r"\b(?:подожд[уе]м?|\bжд[уе]м?,? пока|\bпока (?:жд|рано|терп|нет прет)|рано судить|посмотрим|сегодня (?:среда|"
    r"вторник|понедельник|четверг|только|десятое|пятое)|срок еще не|время еще есть|еще не (?:прошл|наступ|"
    r"истек|вышел)|надеюсь|позавчера подал|подали позавчера|подождем|десять минут назад|еще (?:два|три|четыре|"
    r"пять) дня)"
)
_BOT = Lazy(r"\bбот\b")


class Gap(NamedTuple):
    """A promise and what came instead, as half-open spans of the text."""

    promised: tuple[int, int]
    got: tuple[int, int]
    by: str


def gap(page: Page) -> Gap | None:
    """The first broken promise of a text."""
    for i in page.found("promise"):
        match = _promise_at(page, i)
        if match is not None:
            found = _broken(page, i, match) or _flat(page, i, match)
            if found is not None:
                return found
    for i in page.found("fact"):
        found = _in_fact(page, i)
        if found is not None:
            return found
    return None


def _promise_at(page: Page, i: int) -> re.Match[str] | None:
    """The words of promise that begin at a word, or at the preposition before it."""
    low, bits, at = page.low, page.bits[i], page.start[i]
    if bits & (c.PROMISE | c.SAID) and (match := _SURE_AT.match(low, at)):
        return match
    if not bits & c.SOURCE:
        return None
    first = page.words_of(i)[0]
    for j in (i - 1, i - 2):
        if j >= first and page.word(j) in _PREPOSITIONS:
            match = _SOURCE_AT.match(low, page.start[j])
            if match and match.end() > at:
                return match
    return _SOURCE_AT.match(low, at)


def _broken(page: Page, i: int, match: re.Match[str]) -> Gap | None:
    """The gap that one word of promise opens."""
    low, kind = page.low, str(match.lastgroup)
    start, stop = page.span_of(i)
    if kind == "said" and not _OPENS.match(low, match.end(), stop):
        return None
    end = _content_end(page, match.end(), stop, source=kind == "source")
    if kind == "said" and not _FUTURE.search(low, match.end(), min(stop, end + 60)):
        return None
    told = _measure(page, match.end(), end) is not None
    if kind == "source" and _NEEDS.match(match[0]):
        if not (told or _WRITTEN.search(low, match.end(), min(stop, match.end() + 30))):
            return None
        if _NUMBERED.match(low, match.end()):
            told = False  # «по договору 70-11845»
    if _unmade(page, i, start, match.start()):
        return None
    spans = _outcome(page, i, match, end, told=told)
    if spans is None or _HONEST.search(low, start, stop):
        return None
    last = max(spans[1][1], _after(page, i))
    if page.opened & KEPT and _KEPT.search(low, max(start, match.start() - 40), last):
        return None
    if page.opened & PENDING and _PENDING.search(low, match.start(), last):
        return None
    return Gap(*spans, _by(page, start, stop, match))


def _outcome(page: Page, i: int, match: re.Match[str], end: int, *, told: bool) -> _Spans | None:
    """The spans of a promise and of what tells of its breach."""
    low, kind = page.low, str(match.lastgroup)
    start, stop = page.span_of(i)
    for begin, until in _outcomes(page, i, end, stop):
        first = _lead(low, begin)
        if _QUESTION.match(low, first, until):
            continue  # a question tells nothing of what came
        at = _breach(page, begin, until, kind=kind, told=told, same=begin < stop)
        if at is not None:
            promised = _trim(low, match.start(), min(end, at) if at > match.end() else end)
            return (match.start(), promised), (first, _trim(low, begin, until))
    though = _THOUGH.search(low, start, match.start())
    if though and though.start() > start + MIN_PROMISE:  # «утка маленькая, хотя сказали, что объедимся»
        return (match.start(), _trim(low, match.start(), end)), (start, _trim(low, start, though.start()))
    before = _contrast(page, start, match.start()) if kind != "said" else None
    if before is None:
        return None
    return (match.start(), _trim(low, match.start(), end)), (before, _trim(low, before, match.start()))


def _unmade(page: Page, i: int, start: int, at: int) -> bool:
    """Whether the words before a promise tell that nobody made it, or the author did."""
    first = page.words_of(i)[0]
    if not any(opens & UNMADE for opens in page.opens[max(first, i - 8) : i]):
        return False
    return _UNMADE.search(page.low[max(start, at - 40) : at]) is not None


def _flat(page: Page, i: int, match: re.Match[str]) -> Gap | None:
    """A promise whose breach is told plainly, however far behind: «обещанные баллы не начислены»."""
    low = page.low
    start, stop = page.span_of(i)
    if match.lastgroup == "said" or not page.has & c.BONUS or _unmade(page, i, start, match.start()):
        return None
    for j in page.at(c.BONUS):
        found = _FLAT.search(low, max(match.start(), page.start[j] - 12), page.stop[j] + 40) if j >= i else None
        if found is not None:
            end = min(stop, found.start()) if found.start() > match.end() else stop
            until = page.span_of(j)[1]
            return Gap(
                (match.start(), _trim(low, match.start(), end)), (found.start(), _trim(low, found.start(), until)),
                _by(page, start, stop, match),
            )  # fmt: skip
    return None


def _in_fact(page: Page, i: int) -> Gap | None:
    """«…одни расчёты, а по факту другие»: the contrast itself tells of a promise."""
    start, stop = page.span_of(i)
    found = _IN_FACT.search(page.low, max(start + 2 * MIN_PROMISE, page.start[i] - 6), page.stop[i])
    if found is None:
        return None
    got = _lead(page.low, found.start())
    return Gap((start, _trim(page.low, start, found.start())), (got, _trim(page.low, got, stop)), OTHER)


def _content_end(page: Page, at: int, stop: int, *, source: bool) -> int:
    """Where what was promised ends: at its figure where it stands in a place, else at the first break behind it."""
    # «сказала, свет дадут», «клялся, что», «в договоре: скорость» open the promise themselves
    low = page.low
    opened = _OPENING.match(low, at, stop)
    begin = opened.end() if opened and opened.end() - at < (34 if opened[1] else NAMED) else at
    figure = _figure(page, at, stop) if source else None
    if figure is not None and stop - figure > 3:
        return figure
    found = _BREAK.search(low, min(begin + MIN_PROMISE, stop), stop)
    return found.start() if found else stop


def _figure(page: Page, at: int, stop: int) -> int | None:
    """Where the first figure of a clause ends."""
    low = page.low
    digits = _DIGITS.match(low, at, stop)
    i = bisect_left(page.start, at)
    for j, bits in enumerate(page.bits[i : bisect_left(page.start, digits.start(1) if digits else stop, i)], i):
        if bits & c.NUMBER and (found := _WORDS.match(low, page.start[j], stop)):
            return None if _MARK.search(low, at, page.start[j]) else found.end()
    return digits.end() if digits else None


def _outcomes(page: Page, i: int, end: int, stop: int) -> Iterator[tuple[int, int]]:
    """Stretches that may tell what came: the rest of the sentence, then the next ones."""
    if stop - end > 3:
        yield end, stop
    after = page.next_sentence(i)
    for _ in range(NEXT):
        if after is None:
            return
        yield page.span_of(after)
        after = page.next_sentence(after)


def _after(page: Page, i: int) -> int:
    """Where the last sentence ends that may tell what came."""
    for _ in range(NEXT):
        after = page.next_sentence(i)
        if after is None:
            break
        i = after
    return page.span_of(i)[1]


def _contrast(page: Page, begin: int, stop: int) -> int | None:
    """Where a stretch first tells of failure or of contrast."""
    low, starts = page.low, page.start
    i = bisect_left(starts, begin)
    for j, opens in enumerate(page.opens[i : bisect_left(starts, stop, i)], i):
        if opens & BREACH and page.bits[j] & c.FAIL and _CONTRAST.match(low, starts[j], stop):
            return starts[j]
    return None


def _measure(page: Page, begin: int, stop: int) -> int | None:
    """The first figure, day or length of time of a stretch."""
    starts = page.start
    i = bisect_left(starts, begin)
    last = bisect_left(starts, stop, i)
    for j, bits in enumerate(page.bits[i:last], i):
        if bits & MEASURES or page.opens[j] & MOMENT:
            return starts[j]
    return None


def _breach(page: Page, begin: int, stop: int, *, kind: str, told: bool, same: bool) -> int | None:
    """Where a stretch tells that a promise was broken."""
    contrast = _contrast(page, begin, stop)
    if contrast is not None:
        return contrast
    if kind == "strong" or same:
        but = _BUT_NOT.search(page.low, begin, stop)
        if but is not None:
            return but.start()
    # another figure than the promised one
    first = _lead(page.low, begin)
    if told and not _LETTER.match(page.low, first) and not _LISTED.match(page.low, first):
        return _measure(page, begin, stop)
    return None


def _lead(low: str, at: int) -> int:
    """Past punctuation that opens a span."""
    while at < len(low) and low[at] in " ,;.!)-—–»\n":
        at += 1
    return at


def _trim(low: str, start: int, stop: int) -> int:
    """A span's end without the blanks and marks behind it."""
    while stop > start + 1 and low[stop - 1] in " ,;:.!?—–-(\n\r\t":
        stop -= 1
    return stop


def _by(page: Page, start: int, stop: int, match: re.Match[str]) -> str:
    """Who promised: by the words of the promise, the person named before it, the words around."""
    before = _who(page, start, match.start())
    if match.lastgroup != "source" and before & PERSON and not _BOT.search(page.low, start, match.start()):
        return OPERATOR
    own, around = _who(page, match.start(), match.end()), _who(page, start, stop)
    for opens, sure in ((own, True), (around, not around & PERSON)):
        for source, bit in ((ADVERTISEMENT, ADVERT), (SITE, ON_SITE), (CONTRACT, CONTRACTED)):
            if opens & bit and sure:
                return source
    return OPERATOR if around & PERSON else OTHER


def _who(page: Page, begin: int, stop: int) -> int:
    """Openings of the words of a stretch."""
    found, i = 0, bisect_left(page.start, begin)
    for opens in page.opens[i : bisect_left(page.start, stop, i)]:
        found |= opens
    return found
