"""Which words of a chunk may tell a fact: bits by lemma, so that a reader looks only where there is something to read.

A lemma's bits are a pure function of the lemma; they are found once per distinct lemma and looked up by token.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..forms import Forms
from .numerals import CARDINALS, COLLECTIVE, ORDINALS

Int = NDArray[np.int64]

MONEY, PAY, TIME, MONTH, LAW, NUMBER, PROMISE, CONTACT, VISIT, PAPER, TIMES, ORDER, CONTRACT, WAIT = (1 << i for i in range(14))
GOODS, SERVICE, FINANCE, TELECOM, STATE, DISTANCE, PREPAID, WITHIN = (1 << i for i in range(14, 22))
_STEMS: dict[int, str] = {
    MONEY: "рубл руб тысяч тыс тыщ миллион млн миллиард млрд лям косар rub деревянн",
    PAY: "оплат заплат уплат списа спис снять снимат сумм стоим цен стоит взять взыск верн возвра удержа потрат отдат внест "
    "перевести перевод куп перепла начисл выстав обойтись долг компенс штраф пен неустойк размер",
    TIME: "день сутки недел месяц год полгод полмесяц полнедел час срок дневн десятидневн суточн месячн недельн",
    MONTH: "январ феврал март апрел май июн июл август сентябр октябр ноябр декабр",
    LAW: "стат закон зозпп ззпп озпп зпп фз гк коап кодекс",
    PROMISE: "обеща пообещ наобещ сулит клясть гарантир заверит заверя уверит уверя заявл должн договор вместо согласно "
    "реклам анонс назнач озвуч сказа говорит сообщ услов контракт сайт описан приложен буклет ролик упаковк меню смет "
    "карточк объявлен акци обещан баннер оферт тариф рассылк",
    CONTACT: "звон позвон перезв дозв обзвон писат написат обращ обрат заявк заявлен жалоб жалов претенз письм запрос "
    "сообщен подават подат отправ направ тикет чат связыв прос созван напомин спрашив оставл",
    VISIT: "приезж приехать ездит съезд приход прийти ходит сходит визит поездк посещ побыва являт пойти мотат зайти "
    "заходит отстоя явит",
    PAPER: "документ справк бумаг копия выписк анкет бланк паспорт согласие заявлен",
    TIMES: "раз дважды трижды четырежды",
    ORDER: "заказ order",
    CONTRACT: "договор контракт полис",
    WAIT: "ждать ожид прожд пройти проходит спустя тянут длит молч ответ задерж опозд просроч мурыж ремонт работать мочь достав",
    GOODS: "товар купить приобре покупк магазин телефон смартфон холодильник телевизор ноутбук диван мебель обувь платье "
    "куртк машин стирал пылесос чайник продавец купля-продажа изделие брак дефект сапог ботинк кроссовк шкаф кухня матрас "
    "игрушк планшет наушник микроволновк духовк кондиционер велосипед самокат автомобиль коляск часы кольцо шуба посуд",
    SERVICE: "услуга исполнител подряд ремонт монтаж установк абонемент тур путевк курс обучение занятие процедур лечение "
    "врач салон мастер химчистк ателье билет рейс отель гостиниц фитнес клиник доставк перевозк пошив юрист окно натяжн "
    "автосервис сервис школа тренировк",
    FINANCE: "банк кредит вклад карта ипотек страхов осаго каско мфо микрозайм заем пенсионн нпф бки счет комиссия кэшбэк",
    TELECOM: "оператор связь интернет тариф абонент сим-карта роуминг провайдер мтс билайн мегафон теле ростелеком",
    STATE: "администраци министерств мэри губернатор госуслуг департамент ведомств прокуратур чиновник префектур управа мфц",
    DISTANCE: "онлайн сайт маркетплейс интернет-магазин дистанционн wildberries ozon озон вайлдберриз курьер пвз",
    PREPAID: "предоплат аванс предварительн задаток",
    WITHIN: "течение дневн срок поздн",
}  # fmt: skip
_EXACT: dict[int, set[str]] = {
    MONEY: {"р", "к", "т", "тр"},
    TIMES: {"раз"},
    TIME: {"сутки", "лето"},
    LAW: {"ст"},
    STATE: {"жкх"},
}
_NO: dict[int, tuple[str, ...]] = {
    LAW: ("статус", "стать"), FINANCE: ("банкет", "банка", "картин", "картош", "счетч"), MONEY: ("рубленый", "рубильник"),
    MONTH: ("майк", "майонез", "маршрут", "марте"), VISIT: ("ходител",), PAY: ("ценит", "центр", "пенс", "пенн", "куплет", "купол"),
    TIMES: ("раз",), CONTACT: ("просроч", "простой", "просто", "проспект"), SERVICE: ("турецк", "туристич", "турник"),
    TELECOM: ("тарифик",), PAPER: (), TIME: ("часто", "частый", "частич", "часть", "частный"),
}  # fmt: skip


def bits_of(lemma: str) -> int:
    """The bits of one lemma.

    >>> bits_of("рубль") == MONEY, bits_of("стать") == 0
    (True, True)
    """
    found = 0
    if lemma[:1].isdigit():
        return NUMBER
    for bit, stems in _STEMS.items():
        if lemma.startswith(tuple(stems.split())) and not lemma.startswith(_NO.get(bit) or "\0"):
            found |= bit
    for bit, words in _EXACT.items():
        if lemma in words:
            found |= bit
    if (lemma in CARDINALS and lemma != "один") or lemma in COLLECTIVE:
        found |= NUMBER
    if lemma in ORDINALS and lemma != "первый":
        found |= TIMES
    return found


class Cues:
    """Bits by token for one form table."""

    def __init__(self, forms: Forms) -> None:
        self._forms = forms
        self._bits: Int = np.zeros(0, np.int64)

    def __call__(self, form_ids: NDArray[np.int32]) -> Int:
        """Bits of each token."""
        known, lemmas = len(self._bits), self._forms.lemmas
        if known < len(lemmas):
            new = np.fromiter(map(bits_of, lemmas[known:]), np.int64, len(lemmas) - known)
            self._bits = np.append(self._bits, new)
        return self._bits[self._forms.lemma[form_ids]]
