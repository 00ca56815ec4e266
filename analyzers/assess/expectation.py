"""What was promised and what came: two spans of a text, and who promised.

A promise counts as broken where words of failure or contrast follow it (or come right before); one that was kept, or
whose term has not passed, is none. Texts are lowered, with «ё» as «е», of the same length as those given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

SITE, OPERATOR, CONTRACT, ADVERTISEMENT = "site", "operator", "contract", "advertisement"
SOURCES = (OPERATOR, SITE, CONTRACT, ADVERTISEMENT)
STRONG, WEAK = 2, 1
_PROMISE = re.compile(
    r"(?P<strong>(?<!не )(?:по)?обещ(?:ал[аио]?|али|ают|ает|ано|анн\w+|ание|ания|аний)\b|наобещал\w*|сулил\w*|клял\w+|"
    r"гарантировал\w*|гарантируют|(?:за|у)верил[аи]?\b|(?:за|у)веряли\b|(?:за|у)верял[аи]?\b|уверяют|заявлен[аоы]?\b|заявленн\w+|"
    r"должны были|должен был|должна была|должно было|договорились|договаривались|договоренност\w+|"
    r"вместо (?:обещ|заявл|оплач|заказ|положен|указан)\w+|согласно (?:договор|реклам|услови|регламент|акци|описани|тариф|заявлен)\w*|"
    r"по (?:договору|условиям|контракту|условию|акции|регламенту|рекламе|описанию|плану|графику|программе|смете)\b|"
    r"(?:договором|контрактом|тарифом|программой|сметой|полисом) (?:был\w* )?(?:предусмотрен|установлен|гарантирован|прописан)\w*|"
    r"в (?:договоре|рекламе|описании|объявлении|карточке|буклете|ролике|смете|меню|контракте|оферте|приложении|рассылке|программе) (?:\w+ ){0,3}?"
    r"(?:указан|написан|обещ|сказан|прописан|стоит|стоял|значи|был|заявл|пишут|гаранти)\w*|"
    r"на (?:сайте|упаковке|странице|баннере|этикетке|ценнике|коробке|фото|картинке|маркетплейсе) (?:\w+ ){0,3}?(?:указан|написан|обещ|стоит|стоял|значи|был|заявл|пишут|одна|одно|один|цена|новый|другой|гаранти)\w*|"
    r"назначил[аи]\b|назначен[аоы]?\b|реклам\w+|анонсир\w+|озвучил[аи]\b|озвучивал\w*|"
    r"сказал[аи]?\b|говорил[аи]?\b|сообщил[аи]?\b|услови[яй] (?:акции )?(?:\w+ ){0,3}?выполн\w+|выполнил\w* (?:\w+ ){0,2}услови\w+)"
)
_SURE = re.compile(
    r"обещ|сулил|клял|гаранти|вер(?:ил|ял|яют)|заявлен|должн|договор|вместо|согласно|^по |^в |^на |назнач|реклам|озвуч|анонс|услови|выполнил|контракт|тариф|программ|смет|полис"
)
_CONTRAST = re.compile(
    r"а по факту|по факту|фактическ\w+|на деле|на самом деле|в реальности|в действительности|в итоге|в результате|однако|"
    r"вместо этого|вместо того|оказал\w+|до сих пор|по сей день|так и (?:не|нет)|а (?:не|на|в|привезли|получил|прислали|мне|сам|нам|через|прош|после|приех)\b|"
    r"[,;.!)-]\s*(?:но|а|да только|зато|тем не менее|увы)\b|\bно\b|\bникто\b|\bничего\b|\bни \w+|никак\w*|"
    r"прош[е]?л[аои]?\b|прошел|опоздал\w*|обман\w*|уже (?:\w+ ){0,2}(?:недел|месяц|день|дня|дней|год|час)|спустя|через (?:\w+ ){0,2}(?:недел|месяц|день|дня|дней|час)\w*|"
    r"(?:не|нет) (?:\w+ ){0,1}(?:приш|приех|привез|достав|верн|зачис|начис|выпла|вып|перезв|позвон|сдел|получ|поступ|работ|соответ|было|был|исправ|устран|отв|подключ|дали|дал|предост|появ|связ|состоя|нача|дозвон|реш|прот|включ|приня|отправ|убра|заме|почин|откры|закры|могу|можем|выда|оказ|соблю|учл|возвр|достав)\w*|"
    r"\bнет\b|\bотказ\w*|списал\w*|сняли|отменил\w*|перенес\w*|сорва\w*|совсем друг\w*|совершенно друг\w*|другой|другая|другое|хуже|дороже|меньше|только через|лишь|пришлось|вышло|получилось|превратил\w*|растянул\w*|задерж\w*|сломал\w*|сломан\w*|просроч\w*"
)
_KEPT = re.compile(
    r"(?:как|что|все,? что|всё,? что|точно как|ровно как) (?:и )?(?:\w+ )?(?:обещ|договар|договор|заявл|сказал)\w*[^.!?]{0,40}(?:так|сдел|выполн|приш|привез|достав|вовремя|в срок|получил|сдерж)|"
    r"обеща\w+ и (?:\w+ )?(?:сдел|выполн|верн|привез|перезвон|позвон|достав|реш|исправ)|(?:сдержал|выполнил)\w* (?:\w+ )?(?:обещ|слов)|"
    r"обеща\w+ (?:выполн|сдерж)\w*|раньше (?:обещан|срока|заявлен)\w*|(?:пришл|привез|приех|достав|верну|сдела|зачисл|вернул)\w* (?:[\w,]+ ){0,4}?(?:как|в) (?:и )?(?:обещ|договор|заявл|обещанн)\w*|"
    r"соответству\w+ (?:описани|заявл|реклам|фото)\w*|полностью соответ\w*|все (?:условия )?(?:соблюд|выполн)\w+|не обман\w*|"
    r"обеща\w+[^.!?]{0,60}[,—-] (?:и )?(?:так и (?:вышло|сделали|было|получилось|есть)|сделали|вернули|привезли|перезвонили|пришло|приехал[аи]?|все (?:сделали|работает|пришло|вернули|в срок|привезли))"
)
_UNKEPT = re.compile(r"(?:как|что) (?:и )?обещ\w+[^.!?]{0,30}(?:нет|не )")
_SELF = re.compile(r"(?:^|\s)(?:я|мы) (?:\w+ )?$|мной $|нами $")
_ADVERT = re.compile(r"реклам|акци[ияюей]|баннер|ролик|буклет|листовк|промо|рассылк|смс-?к?[аиу]?\b|объявлени|плакат|пуш|блогер|ссылк|приведи друга|розыгрыш")
_SITE = re.compile(r"сайт|приложени|описани|карточк|на странице|личн\w+ кабинет|маркетплейс|\bлк\b|онлайн|трек|отслеживани|на фото|этикетк|упаковк|ценник|меню")
_CONTRACT = re.compile(r"договор(?!ились|ились|ивались|енност)|контракт|оферт|смет|соглашени|регламент|тариф|услови|полис|программ|график|спецификац|правил")
MIN_SPAN = 3
NEXT = 2  # sentences behind a promise in which its breach may stand


@dataclass(frozen=True, slots=True)
class Gap:
    """A promise and what came instead, as half-open spans of the text."""

    promised: tuple[int, int]
    got: tuple[int, int]
    by: str


def gap(low: str, sentences: Sequence[tuple[int, int]], hot: Sequence[int]) -> Gap | None:
    """The first broken promise of a text.

    Parameters
    ----------
    low : str
    sentences : sequence of (start, stop)
        All sentences of the text.
    hot : sequence of int
        Numbers of the sentences with a word of promise.

    Examples
    --------
    >>> text = "обещали привезти завтра, а по факту ждал неделю"
    >>> found = gap(text, [(0, len(text))], [0])
    >>> text[slice(*found.promised)], text[slice(*found.got)], found.by
    ('обещали привезти завтра', 'а по факту ждал неделю', 'operator')
    """
    for number in hot:
        start, stop = sentences[number]
        for match in _PROMISE.finditer(low, start, stop):
            found = _broken(low, sentences, number, match)
            if found is not None:
                return found
    return None


def _broken(low: str, sentences: Sequence[tuple[int, int]], number: int, match: re.Match[str]) -> Gap | None:
    start, stop = sentences[number]
    word = match[0]
    sure = bool(_SURE.search(word))
    if _SELF.search(low[max(start, match.start() - 20) : match.start()]):
        return None
    around = low[max(start, match.start() - 60) : stop]
    if _KEPT.search(around) and not _UNKEPT.search(around):
        return None
    contrast = _CONTRAST.search(low, match.end() + MIN_SPAN, stop)
    if contrast and (sure or not contrast[0].strip(" ,;.!)-").startswith(("но", "а", "не", "нет", "никто", "ничего", "ни "))):
        return Gap((match.start(), _trim(low, match.start(), contrast.start())), (_lead(low, contrast.start()), _trim(low, contrast.start(), stop)), _by(low, start, stop, word))
    for begin, end in sentences[number + 1 : number + 1 + NEXT]:
        if _KEPT.search(low, begin, end):
            return None
        contrast = _CONTRAST.search(low, begin, end)
        if contrast and (sure or contrast.start() - begin < 3):
            return Gap((match.start(), _trim(low, match.start(), stop)), (begin, _trim(low, begin, end)), _by(low, start, stop, word))
    if word.startswith("вместо"):
        return Gap((match.start(), _trim(low, match.start(), stop)), (start, _trim(low, start, stop)), _by(low, start, stop, word))
    before = _CONTRAST.search(low, start, match.start())
    if before and sure and not word.startswith(("назнач", "реклам", "услов")):
        return Gap((match.start(), _trim(low, match.start(), stop)), (_lead(low, before.start()), _trim(low, before.start(), match.start())), _by(low, start, stop, word))
    return None


def _lead(low: str, at: int) -> int:
    """Past punctuation that opens a span."""
    while at < len(low) and low[at] in " ,;.!)-—–":
        at += 1
    return at


def _trim(low: str, start: int, stop: int) -> int:
    """A span's end without the blanks and marks behind it."""
    while stop > start + 1 and low[stop - 1] in " ,;:.!?—–-(\n\r\t":
        stop -= 1
    return stop


def _by(low: str, start: int, stop: int, word: str) -> str:
    """Who promised: by the words around the promise."""
    text = low[start:stop]
    for source, pattern in ((ADVERTISEMENT, _ADVERT), (SITE, _SITE), (CONTRACT, _CONTRACT)):
        if pattern.search(word):
            return source
    for source, pattern in ((ADVERTISEMENT, _ADVERT), (CONTRACT, _CONTRACT), (SITE, _SITE)):
        if pattern.search(text) and not re.search(r"оператор|менеджер|сотрудни|консультант|специалист|курьер|мастер|продав", text):
            return source
    return OPERATOR
