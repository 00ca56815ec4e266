"""What a text demands, and where it is taken or threatened to be taken.

A demand stands in the reach of a word of asking («прошу», «требую», and the list that such a word opens), or is an
imperative. What is only threatened («в суде потребую неустойку») or asked of no one is none. These are finer than the
markers of the same names, which also feed the kinds and the severity.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ..lemmas import BIT
from ..patterns import Lazy
from ..vocabulary import DEMANDS, ESCALATIONS
from . import cues as c
from .page import Page

REACH = 260  # characters that a word of asking reaches within its sentence
LIST_REACH = 900  # and behind a colon
# «можно», «надо», «когда», «желаю», «предлагают» ask for nothing: of 16 such words in real reviews none did
_ASK = Lazy(
    r"\b(?:прошу|просим|просила?\b|прос(?:ьба|ьбой|ят)|попрошу|требу(?:ю|ем|ется|ет)|требовани[ея]\b|хочу|хотим|"
    r"хотел(?:а|и)? бы|хотелось|"
    r"настаива(?:ю|ем)|предлага(?:ю|ем)\b|жд(?:у|ем)\b|ожида(?:ю|ем)|пусть|давайте|помогите|"
    r"(?:необходимо|надо|нужно),? чтобы\b|(?:обязаны|должны)\b(?! был)|нуж(?:на|ны|ен)\b|"
    r"надо бы\b|да(?:ю|ем) вам\b|(?<=буду )(?:благодар|признател)\w+|"
    r"либо|иначе\b|настоящим|отказываюсь|отказываемся|расторга|уведомля(?:ю|ем)\b|заявля(?:ю|ем)\b|отзыва(?:ю|ем)\b)"
)
_THREAT = Lazy(
    r"в случае (?:отказа|неис|неуд|невы|неоп|игнор|непол|наруш)|в противном|буд(?:у|ем) вынужден|обра(?:щусь|тимся)|"
    r"в суде\b|через суд|подам|при (?:отказе|неисполнении|неполучении|неудовл)|иначе|если (?:откаж|не )|"
    r"заявлю|начислю|потребую|взыщу|по истечении|после этого"
)
_NOT_ASKED = Lazy(
    r"\b(?:не (?:прошу|требую|хочу|надо|нужно|нужен|нужна|нужны|жду|считать)|сами? предложил|предложили|"
    r"уже вернули|ничего не (?:прошу|требую|хочу)|(?:просто )?узнать, когда)"
)
_DENIALS = ("не ", "предлож", "вернули", "узнать")  # one of these stands in every match
_MONEY = (
    r"(?:деньг|денег|средств|сумм|стоимост|оплат|платеж|предоплат|аванс|залог|депозит|комисси|разниц|руб|р\b|"
    r"₽|тыс|\d|страхов|преми|переплат|остат|плату|списан|удержан|половин|взнос|уплаченн|излишн|списанн|все до|"
    r"бонус|мои|свои|обеспечит|штраф|недоплач|реквизит)"
)
_THINGS = (
    r"(?:тариф|доступ|товар|вещ|документ|ключ|автобус|карту|посылк|аккаунт|номер|услови|паспорт|отоплен|свет|"
    r"воду|дизайн|"
    r"стар(?:ый|ую|ое)|прежн|функц|маршрут|интерфейс|телефон|машин|бумаг|файл|пароль|страниц|профиль|купон|промокод|балл)"
)
_TERMED = r"(?![^.!?;]{0,45}(?:срок|течени|\bдн|\bдо \d))"  # «ответить до 5 мая» sets a term and asks for nothing
_IN_ZONE: dict[str, str] = {
    "refund":
        rf"верн(?:уть|ите)\b(?! (?:(?!на )\w+ ){{0,2}}{_THINGS}(?! (?:по|сумм|деньг)))|"
    rf"(?:вернет|вернут|возврат(?:ить|ите|а|у|ом)?|возвраща|отда(?:ть|йте)|(?:перечисл|зачисл|выплат)(?:ить|"
    rf"ите)(?! (?:\w+ ){{0,2}}(?:неустой|компенс|пен[юи]|штраф|моральн|разниц))(?![^.;]{{0,25}}(?:моральн|"
    rf"неустой)))(?:[^.!?;\n]{{0,60}}?){_MONEY}|"
    rf"возврат\w*\b(?! товар| посыл| доступ)|получить (?:свои|мои|назад|обратно)\b|уплаченн\w+ (?:сумм|средств|"
    rf"денег|деньг)|(?:назад|обратно)\b",
    "replacement":
        r"замен(?:ить|ите|у|ы|ой|ят|ить)\b|обмен(?:ять|яйте|а|у|ом)?\b|поменя(?:ть|йте|ли|ют)\b|(?:выда|привез|"
        r"присла|достав)\w* (?:\w+ ){0,2}(?:новы|друго|исправн|правильн|аналогичн|нужн)|перевыпуст|перешить|"
        r"перепеч",
    "repair":
        r"отремонтир|почин(?:ить|ите|ят)|починк|(?:провести|сделать|выполнить|бесплатн\w+|гарантийн\w+|"
        r"требую) (?:\w+ )?ремонта?\b|устран(?:ить|ите|ения|ение|ят)|исправ(?:ить|"
        r"ьте) (?:\w+ ){0,2}(?:дефект|недост|неисправ|полом|брак|теч)|доделать|переделать|залатать|"
        r"восстановить (?:\w+ )?(?:работ|покрыт|отоплен|свет|лифт)",
    "price_cut":
        r"(?:сниз|уменьш|снижен|соразмерн)\w*|скидк|пере(?:расчет|считать|считайте|счет|расчита)\w*|"
        r"сделать перерасч",
    "compensation":
        r"доплат(?:ить|ы)\b|отнести на ваш счет|(?:за)?платите (?:полную|мне|за|стоим)|возме(?:стить|"
        r"стите|щен\w+|щать)|компенс(?:ировать|ируйте|ации|"
        r"ацию|ация|ируют)|убытк|моральн\w+|оплат(?:ить|ите) (?:\w+ ){0,2}(?:ремонт|химчист|эксперт|лечен|расход|"
        r"реставр|эвакуат|стоимость ремонт|вред)|расход(?:ы|ов) на|причиненн\w+ (?:ущерб|вред)",
    "penalty": r"неусто\w+|пен(?:я|и|ю|ей)\b|штраф(?! от|ы за|а за|у за)\w*|процент\w* (?:по ст|за пользовани)",
    "explanation":
        r"объясн(?:ить|ите|ения|ение)|поясн(?:ить|ите|ений|ения)|разъясн\w+|(?:дать|направить|предоставить|"
        r"получить|прислать|дайте) (?:\w+ ){0,3}ответ" + _TERMED + r"|ответ(?:ить|ьте)\b" + _TERMED + r"|"
        r"представить (?:\w+ )?(?:доказ|расч|документ|сведен|расшифр|отчет|обоснов)|мотивировать|"
        r"отчет[,:]? (?:о\b|об\b|по\b|сколько|куда)|"
        r"разъяснений|напишите (?:\w+,? )?(?:почему|за что|когда|причин)|сообщ(?:ить|ите)\b|"
        r"предостав(?:ить|ьте) (?:\w+ ){0,2}(?:информац|сведен|детализ|расчет|отчет|обоснов)|"
        r"пришлите (?:\w+ )?(?:расчет|детализ|обоснов)|мотивированн\w+|обоснов\w+ (?:отказ|начисл)",
    "action":
        r"достав(?:ить|ьте|ят)|до(?:слать|сылаете|везти|укомплект)|привез(?:ти|ите|ут)|вывез(?:ти|ите)|забрать|"
        r"заберите|сдела(?:ть|йте)|отключ(?:ить|ите)|удал(?:ить|ите)|разблокир\w+|прекра(?:тить|тите|щен)|"
        r"выда(?:ть|йте|чи)\b(?! новы)|снять (?:арест|блокир|с учета|обремен|огранич|задолж)|активир\w+|"
        r"рассмотр(?:еть|ите)|принять меры|примите меры|разобрать?ся|разберитесь|ускор(?:ить|ьте)|"
        r"подключ(?:ить|ите)|включ(?:ить|"
        r"ите)|законч(?:ить|ите)|заверш(?:ить|ите)|начисл(?:ить|ите)|убрать|убер(?:ите|ем)|списать (?:долг|"
        r"задолж)|аннулир\w+\b(?! (?:договор|заказ|бронь))|"
        r"отмен(?:ить|ите|яйте) (?:штраф|начисл|комисс|платеж|списан|услуг|доплат|решен)|"
        r"исправ(?:ить|ьте)(?! (?:\w+ )?(?:дефект|недост|неиспр))|погас(?:ить|ите)|налад(?:ить|ьте)|"
        r"организ(?:овать|уйте)|провести (?:проверк|экспертиз|служебн|ревиз|осмотр)|пров(?:ести|едите) проверк|"
        r"предостав(?:ить|ьте) (?!информац|сведен|детализ|расчет|ответ)|верн(?:уть|ите|ут) (?:(?!уплач|деньг|сумм|"
        r"оплач|стоим|за |на )\w+ ){0,2}(?:тариф|доступ|товар|вещ|документ|ключ|автобус|карту|посылк|аккаунт|номер|"
        r"услови|паспорт|отоплен|свет|воду)|передать|зарегистрир\w+|оформ(?:ить|ите)|найти|найдите|найдут|"
        r"прислать|пришлите|установ(?:ить|ите)|поставить|поставьте|запустить|почист|расчист|вычист|очист|"
        r"уменьшите шум|не (?:звонить|беспокоить)|закрыть (?:люк|яму|доступ)|дать доступ|откр(?:ыть|ойте)|"
        r"(?:удалени|прекращени|проведени|разблокировани|восстановлени|исключени|сняти|выдач|разблокировк)[яеиу]\b|"
        r"продл(?:ить|ите)|подтверд(?:ить|ите)|внести измен|направить (?:мастер|специалист)|контакт(?:ов)? не",
    "apology": r"извин(?:ен|ить|иться|ится|ился|илась|ились|яется|яйтесь|итесь|ились|ени)\w*|принести (?:\w+ )?извинен",
    "punishment":
        r"наказ(?:ать|ания|ание|ите)\b|увол(?:ить|ьте|ен)\w*|привлечь\b[^.;\n]{0,40}(?:ответ|дисципл)|"
        r"дисциплинарн|лишить (?:преми|лиценз)|объявить (?:\w+ ){0,2}выговор|"
        r"принять меры к |меры к (?:сотрудник|водител|продав|винов|кассир|"
        r"работник)|прове(?:сти|дите) (?:\w+ )?беседу",
    "contract_end":
        r"расторг(?:нуть|ните|аю|аем|нут|ла|ну)\w*|расторжени\w+|отказ(?:аться|ываюсь|ываемся|"
        r"е)? от (?:исполнения договора (?!купли)|услуг|договор|товар|заказ|покупк|абонемент|подписк|страхов|"
        r"полис|курс|тура)|закр(?:ыть|ойте) (?:счет|карт|вклад|договор|кредит)|отмен(?:ить|ите|яйте|а|"
        r"ой)\b (?:\w+ ){0,2}(?:заказ|подписк|бронь|бронир|договор|заявк|запис)|аннулировать (?:договор|заказ|"
        r"бронь)|прекратить (?:действие )?договор",
}  # fmt: skip
_IMPERATIVE: dict[str, str] = {
    "refund":
        rf"(?:\b(?:верните|возвратите|отдайте|верни|возвращайте)\b(?! (?:(?!на )\w+ )?{_THINGS})|деньги (?:назад|"
        rf"обратно|верните)|"
        r"гоните\b|возврат денег\b|(?:назад|обратно)(?=\s*[,.!]|\s*$))",
    "replacement":
        r"\b(?:замените|поменяйте|обменяйте|пришлите (?:новы|друг|правильн)|привезите (?:новы|друг|правильн))",
    "repair":
        r"\b(?:почините|чините|ремонтируйте|отремонтируйте|устраняйте|переделывайте|переделайте|устраните|"
        r"сделайте (?:\w+ )?по гаранти|залатайте|заделайте|"
        r"доделайте)\b",
    "price_cut": r"\b(?:сделайте (?:скидк|перерасч)|пересчитайте|снизьте|уменьшите (?:цен|плат|счет))",
    "compensation": r"\b(?:компенсируйте|возместите|возмещайте|оплачивайте|(?:за)?платите (?:полную|мне|за|"
    r"стоим)|оплатите(?! (?:счет|кредит|услуг|заказ)))",
    "penalty": r"\b(?:выплатите|заплатите|уплатите) (?:\w+ )?(?:неустойк|пен[юи]|штраф)",
    "explanation":
        r"\b(?:объясните|поясните|разъясните|ответьте\b" + _TERMED + r"|дайте ответ\b" + _TERMED + r"|сообщите|"
        r"(?:на|от)пишите (?:\w+,? )?(?:почему|за что|когда|причин)|скажите,? (?:почему|за что|когда|честно|прямо|куда|"
        r"на каком)|предоставьте (?:информ|расчет|объясн))",
    "action":
        r"\b(?:разберитесь|примите меры|сделайте(?! скидк| перерасч| по гаранти)|доставьте|привезите (?!нов|друг|"
        r"прав)|"
        r"довезите|досылаете|дошлите|уберите|отключите|удалите|разблокируйте|прекратите|включите|подключите|"
        r"исправьте|отмените(?! (?:\w+ )?(?:заказ|подписк|бронь|договор|заявк))|снимите|активируйте|закончите|"
        r"начислите|проверьте|помогите|решите|рассмотрите|наведите порядок|организуйте|заберите|вывезите|откройте|"
        r"запустите|перестаньте|наладьте|пришлите (?!нов|друг|прав|расчет)|выдайте|предоставьте (?!информ|расчет|"
        r"объясн)|почистите|расчистите|поставьте|позовите|перенесите|оставьте меня|отстаньте|"
        r"верните (?:(?!на )\w+ )?(?:тариф|доступ|автобус|свет|воду|ключ|товар|маршрут|документ|паспорт|прежн)|"
        r"отвяжитесь|запретите|перезвоните|найдите)",
    "apology": r"\b(?:извинитесь|извиняйтесь|принесите извинен)",
    "punishment": r"\b(?:накажите|увольте|привлеките|лишите)\b",
    "contract_end":
        r"\b(?:расторгните|расторгайте|отмените (?:мой |мою )?(?:заказ|подписк|бронь|договор|заявк)|"
        r"закройте (?:счет|карт|"
        r"вклад|договор)|отменяйте|аннулируйте (?:заказ|договор|бронь))",
}  # fmt: skip
_ZONE_ONE = {name: Lazy(pattern) for name, pattern in _IN_ZONE.items()}
_ALONE = {name: Lazy(pattern) for name, pattern in _IMPERATIVE.items()}

_WHERE: dict[str, str] = {
    "regulator":
        r"\b(?:цб(?:рф)?\b|центробанк\w*|центральн\w+ банк\w*|банк(?:а|у|ом|е)? россии|роскомнадзор\w*|ркн\b|"
        r"фас\b|росздравнадзор\w*|ространснадзор\w*|ростехнадзор\w*|рособрнадзор\w*|россельхознадзор\w*|"
        r"росприроднадзор\w*|госжилинспекци\w*|жилищн\w+ инспекци\w*|жил\.?инспекци\w*|гжи\b|"
        r"трудов\w+ (?:инспекци\w*|комисси\w*)|госинспекци\w*|гит\b|росавиаци\w*|фссп|пристав\w*|финомбудсмен\w*|"
        r"финуполномоч\w*|финансов\w+ (?:уполномоченн\w+|омбудсмен\w*)|уполномоченн\w+ по правам|минздрав\w*|"
        r"министерств\w+|минобр\w*|минтранс\w*|минюст\w*|минстро\w*|департамент\w*|налогов(?:ую|ой|ая|ую)\b|фнс\b|"
        r"надзорн\w+ орган\w*|контролирующ\w+ орган\w*|госстройнадзор\w*|антимонопольн\w+|ростуризм\w*|"
        r"тр?анспортн\w+ инспекци\w*|страхов\w+ надзор\w*|регулятор\w*|мчс\b|росреестр\w*|фстэк|горздрав\w*|"
        r"облздрав\w*|гороно|комитет\w* (?:образован|здравоохр)\w*)",
    "consumer_protection":
        r"роспотребнадзор\w*|\bрпн\b|потребнадзор\w*|обществ\w+ (?:по )?защит\w*|\bозпп\b|союз\w* потребител\w*|"
        r"(?<!о )(?<!законом о )(?<!закона о )защит[уеы] (?:прав )?потребител\w+(?<!закон)|"
        r"отдел\w* (?:по )?защит\w+ прав",
    "court": r"\bсуд(?:а|у|ом|е|ы|ебн\w+|иться|ить)?\b|\bиск(?:а|у|ом|и|ов)?\b|\bисков\w+|миров\w+ судь\w*|"
    r"арбитраж\w*",
    "prosecutor": r"\bпрокур\w+|генпрокур\w+",
    "police":
        r"\bполици\w*|\bмвд\b|участков\w+|\bгаи\b|\bгибдд\b|уголовн\w+|\bмилици\w*|\bбэп\b|\bобэп\b|\bувд\b|"
        r"\bовд\b|\bотдел(?:ение)? полиц\w*|кибер\s?полиц\w*|следственн\w+ комитет\w*|\bфсб\b",
    "press":
        r"\bсми\b|журналист\w*|телевид\w*|телеканал\w*|\bпресс[аыуе]\b|\bгазет\w*|репортаж\w*|репортер\w*|на тв\b|"
        r"корреспондент\w*|\bредакци[юия]\b|на телеви\w*",
    "public":
        r"отзыв\w*|соцсет\w*|социальн\w+ сет\w*|огласк\w*|(?:опубликую|выложу|выложим|размещу|опубликуем)\b|"
        r"(?:расскажу|расскажем) (?:\w+ )?(?:всем|друз|знаком|подписчик|в сет|как)\w*|всем (?:расскажу|друз|"
        r"знаком)\w*|блог(?!ер)\w*|телеграм\w*|тик-?ток\w*|ютуб\w*|вконтакте|в интернет\w*|инстаграм\w*|пикабу|"
        r"банки\.?ру|отзовик\w*|чат\w* (?:дома|района|города|подъезда|жильцов)|антиреклам\w*|"
        r"паблик\w*|ролик\w* (?:про|о) вас|огласи\w*|в сеть\b|"
        r"репутаци\w*",
}  # fmt: skip
_PUBLIC = Lazy(_WHERE.pop("public"))
_PLACE = {name: Lazy(pattern) for name, pattern in _WHERE.items()}
_CHIEF = Lazy(
    r"(?:жалоб\w*|жалова\w+|пожал\w+|обращ\w+|обрат\w+|напис\w+|пиш[уе]\w*|позов\w+|позвать|потребова\w+|"
    r"дойд\w+|дошл\w+|звон\w+|сообщ\w+|доложу|докладн\w+|говорить|поговор\w+|разговар\w+|вызов\w+|вызвал\w*|"
    r"заявление|\bдо) "
    r"(?:[\w«»,-]+ ){0,4}?$"
)
_CHIEF_BEHIND = Lazy(r"\w+ (?:\w+ ){0,2}?(?:позов\w+|жалоб\w*|напиш\w+|вызов\w+)")
_NOT_GONE = Lazy(
    r"как директор|не (?:пойду|буду|стану|собираюсь|хочу|хотел\w*|планирую|намерен\w*|пишу|жалуюсь|жаловат\w*|"
    r"обращал\w*|дойд\w+)|\bбез\b|пугает|пугают|угрожает|угрожают|грозит(?!\w)|грозят|куда (?:писать|жаловать|"
    r"обра)|подскаж|"
    r"можно и в|но зачем|напротив|рядом|около|возле|мимо|работаю в|работает в|работал\w* в|почита|прочита|"
    r"читал|читаю|судя по|по отзыв|хорош\w+ отзыв|положительн|отзывы (?:хорош|отличн|были)|спасибо|благодар|"
    r"книг\w+ отзывов и предложен|выставки|досудебн|внесудебн|надеюсь|решени\w+ суда|по решению|"
    r"суд\w* обещаете|судебн\w+ приказ|пристав\w* (?:снял|списал|удерж|арест)|дорогая редакци|"
    r"(?:директору|начальнику|руководителю) \w+$|куда хотите|куда угодно|сосед\w* (?:\w+ )?(?:в|на) |"
    r"суд(?:ебн\w+)? пристав|нет отзыв|хо(?:чу|тел|тела|чется)\b[^.!?]{0,14} (?:оставить|"
    r"написать) (?:\w+ ){0,2}?отзыв"
)
UNPAID = Lazy(
    rf"не (?:верну|пришл|выплат|поступ|возвращ|отда)\w* (?:\w+ ){{0,3}}?{_MONEY}|"
    rf"{_MONEY}[^.!?;\n]{{0,40}} (?:не (?:пришл|поступ|верну)|так и не)"
)
_PUBLIC_DEED = Lazy(
    r"остав|напиш|напис|размещ|размест|опубл|выкл|вылож|везде|всех|все площад|площадк|уже в|пойдет|будет|"
    r"расск|узна|сниму|снял|пост|видео|скрин|прочт|увид|сдела|огласк|запущ|репутац|поделюсь|распростран|"
    r"отправлю|снимать|все паблик|негатив|плох|отрицат|разнес"
)


# what is asked in a question, with letters of which some stand in every match: «где мои 7 814?», «когда вернёте за
# концерт?», «кто-нибудь починит домофон?»
_QUESTIONS = {
    "refund": (("где", "когда", "куда", " верн"), Lazy(
        r"\b(?:где|когда|куда)\b(?:(?!верн)[^.!?]){0,25}"
        r"\b(?:мо[ия]|деньг\w*|возврат|средств\w*|верн[уе]т(?! (?:товар|свет|вод)))"
        r"[^.!?]{0,60}\?|(?:деньги|сдачу|сумму|разницу)(?:-то)? (?:\w+ ){0,2}верн[уе]те?[^.!?]{0,30}\?"
    )),
    "price_cut": (("перерасч",), Lazy(r"\bгде[^.!?]{0,20}перерасч[^.!?]{0,40}\?")),
    "repair": (("почин", "отремонт", "устран"), Lazy(
        r"(?:кто-нибудь|когда|кто-то)[^.!?]{0,50}(?:почин|отремонт|устран)(?:ит|ят|ите)\b[^.!?]{0,40}\?"
    )),
    "explanation": (
        ("куда ",), Lazy(r"\bкуда (?:делись|делся|делась|дели|ушли|пропали|исчезли)\b[^!?\n]{0,60}\?"),
    ),
}  # fmt: skip
_WORTH = Lazy(r"моральн\w+ (?:вред|ущерб)\w* (?:\w+ )?(?:оценива|в размере|в сумме)|оценива\w+ (?:\w+ ){0,2}моральн")
_UNLESS_PAID = Lazy(r"\bесли\b[^.!?;]{0,40}не (?:увижу|получу|вернете|вернут|поступ\w+|придут|будет)[^.!?;]{0,40}")
_HAS_MONEY = Lazy(_MONEY)
_MONEY_DEMANDS = frozenset(("refund", "compensation", "price_cut", "penalty"))
_SORRY_WOULD = Lazy(r"извинит\w+ (?:бы|хотя бы)\b|(?:надо|могли|можно|стоило) бы (?:\w+ )?извинит")
_SORRY = Lazy(r"(?:^|[.!?]\s*)и? ?извинени[яйе]\b[^.!?]{0,12}[.!?]")
_IMPERATIVE_ENDS = ("те", "тесь", "и", "ь", "ги", "ни", "деньги", "тысячи", "рублей", "назад", "обратно")
IMPERATIVE, INFINITIVE, FUTURE, PAST = (BIT[name] for name in ("imperative", "infinitive", "future", "past"))
ZONED, ORDERS = c.OPEN["zoned"], c.OPEN["orders"]


def demands(page: Page) -> tuple[str, ...]:
    """What is demanded, in the order of the vocabulary."""
    found: set[str] = set()
    low = page.low
    zones = _zones(page)
    zone = 0
    if page.has & c.MONEY and any(
        page.word(i).startswith("требу") and i + 1 < len(page.bits) and page.bits[i + 1] & c.NUMBER
        for i in page.found("ask")
    ):
        found.add("refund")  # «требую 2 900 рублей»
    for i in page.found("demand"):
        at = page.start[i]
        while zone < len(zones) and zones[zone][1] <= at:
            zone += 1
        inside = zone < len(zones) and zones[zone][0] <= at
        named: list[str] = []
        if i and page.word(i - 1) == "не" and page.word(i).endswith("те") and page.flags[i] & (IMPERATIVE | FUTURE):
            continue  # «пересылку не возвращайте»
        if page.word(i).startswith("рассмотр") and any(page.word(i + k)[:5] in _PAPERS for k in (1, 2, 3)):
            continue
        if i and page.bits[i - 1] & c.TIME and page.word(i) == "назад":
            continue  # «месяц назад»
        if inside and page.opens[i] & ZONED:
            named += [name for name in _openers("zoned", page.word(i)) if _ZONE_ONE[name].match(low, at)]
        if page.opens[i] & ORDERS:
            word = page.word(i)
            if word.endswith(_IMPERATIVE_ENDS):
                named += [name for name in _openers("orders", word) if _ALONE[name].match(low, at)]
        if not named and not page.opens[i] & c.OPEN["no_order"]:
            named = _plain(page, i, inside=inside)
        found.update(_mended(page, i, named))
    found.update(indirect(page, found))
    return tuple(name for name in DEMANDS if name in found)


_PAPERS = ("жалоб", "заявл", "прете", "обращ")


def _mended(page: Page, i: int, named: list[str]) -> list[str]:
    """Demands of a word by what stands around it: «расходы на устранение», «оставьте себе»."""
    if "repair" in named and page.word(i - 1) == "на" and page.word(i - 2).startswith(("расход", "стоимост", "затрат")):
        return [name for name in named if name != "repair"]
    if "refund" in named and page.word(i).startswith("выплат") and "страхов" in page.low:
        return ["compensation" if name == "refund" else name for name in named]
    if named == ["action"] and page.word(i).startswith("оставьте") and page.word(i + 1) in ("себе", "на"):
        return []
    return named


def indirect(page: Page, found: set[str]) -> set[str]:
    """What is asked in a question, by a term or a price: «где мои 7 814?», «если до пятого не увижу денег»."""
    low = page.low
    more: set[str] = set()
    if "?" in low:
        for name, (letters, pattern) in _QUESTIONS.items():
            if any(some in low for some in letters) and pattern.search(low):
                more.add(name)
    if (
        not found & _MONEY_DEMANDS
        and "если" in low
        and (match := _UNLESS_PAID.search(low))
        and _HAS_MONEY.search(match[0])
    ):
        more.add("refund")
    if page.opened & c.OPEN["extra"] and _WORTH.search(low):
        more.add("compensation")
    if "извин" in low and (_SORRY.search(low) or _SORRY_WOULD.search(low)):
        more.add("apology")
    return more


def _plain(page: Page, i: int, *, inside: bool) -> list[str]:
    """What a verb demands that no pattern knows: something is to be done."""
    flags, word = page.flags[i], page.word(i)
    order = flags & IMPERATIVE and word.endswith(("те", "тесь")) and not flags & (FUTURE | PAST)
    if word.startswith("верни") and word.endswith("те"):
        order = True  # «верните доступ»: no money, so the thing itself
    if not order and not (inside and flags & INFINITIVE):
        return []
    first = page.words_of(i)[0]
    if any(page.bits[j] & c.SAID for j in range(max(first, i - 6), i)):
        return []  # «сказали: закладывайте два часа»
    around = {page.word(i - 1)[:5], page.word(i + 1)[:5]}
    return ["price_cut" if "скидк" in around else "action"]


@lru_cache(maxsize=20_000)
def _openers(table: str, word: str) -> tuple[str, ...]:
    """Demands whose pattern may begin with a word."""
    return tuple(name for name, stems in c.demand_stems(table).items() if word.startswith(stems))


def _zones(page: Page) -> list[tuple[int, int]]:
    """Stretches in which a demand is asked for."""
    low = page.low
    zones: list[tuple[int, int]] = []
    threats = [page.start[i] for i in page.found("threat")]
    for i in page.found("ask"):
        at = page.start[i]
        if zones and at < zones[-1][1]:
            continue
        match = _ASK.match(low, at)
        if match is None:
            continue
        start, stop = page.span_of(i)
        near = low[max(start, at - 4) : min(stop, match.end() + 14)]
        if any(sign in near for sign in _DENIALS) and _NOT_ASKED.search(near):
            continue
        end = min(stop, match.end() + REACH)
        colon = low.find(":", match.end(), min(len(low), match.end() + 40))
        if colon >= 0:
            end = min(len(low), colon + LIST_REACH)
        told = [place for place in threats if start <= place < end and _threat(low, place)]
        before = [place for place in told if place < at]
        if before and not re.search(r"[.;\n]", low[before[-1] : at]):
            continue
        end = next((place for place in told if place >= at), end)
        if end > at:
            zones.append((at, end))
    return zones


def _threat(low: str, at: int) -> bool:
    """Whether a threat begins at a word, or at the preposition before it."""
    return bool(_THREAT.match(low, at) or _THREAT.match(low, max(0, at - 2)) or _THREAT.match(low, max(0, at - 3)))


def escalation(page: Page) -> tuple[str, ...]:
    """Where the matter was taken, or is threatened to be taken, in the order of the vocabulary."""
    found: set[str] = set()
    low = page.low
    for i in page.found("place"):
        start, stop = page.span_of(i)
        name = _place(page, i, start, stop)
        if name and not _NOT_GONE.search(low, max(start, page.start[i] - 45), min(stop, page.stop[i] + 30)):
            found.add(name)
    return tuple(name for name in ESCALATIONS if name in found)


def _place(page: Page, i: int, start: int, stop: int) -> str | None:
    """The place that a word names."""
    low, at, bits = page.low, page.start[i], page.bits[i]
    if bits & c.PLACE:
        for begin in (at, page.start[i - 1] if i and page.start[i - 1] >= start else at):
            for name, pattern in _PLACE.items():
                match = pattern.match(low, begin, stop)
                if match and match.end() > at and name != "public":
                    return name
        if page.word(i).startswith("потребител"):
            found = _PLACE["consumer_protection"].search(low, max(start, at - 40), page.stop[i])
            return "consumer_protection" if found else None
    if bits & c.PUBLIC and _PUBLIC.match(low, at, stop):
        deed = _PUBLIC_DEED.search(low, max(start, at - 60), min(stop, page.stop[i] + 50))
        return "public" if deed else None
    if bits & c.CHIEF and (_CHIEF.search(low, max(start, at - 60), at) or _CHIEF_BEHIND.match(low, at, stop)):
        return "management"
    return None
