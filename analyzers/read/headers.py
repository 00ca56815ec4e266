"""What column names mean: Russian and English synonyms of every role."""

import re
from functools import lru_cache

# (role, weight, pattern over the normalised name). The best weight of a role counts. A name such as «дата отзыва» or
# `review_title` fits several roles: the head noun (дата, title) weighs more than its attribute (отзыв, review).
_TEXT_WORD = (
    r"текст|суть|содержание|содержимое|комментарий|комментарии|коммент|отзыв|отзывы|жалоба|жалобы|претензия|"
    r"претензии|"
    r"обращение|сообщение|описание|вопрос|текст жалобы|замечание|пожелание|"
    r"text|body|content|message|comment|comments|review|feedback|complaint|complaints|description|verbatim|narrative|"
    r"issue|question|request|texts|reviews|messages|мнение|опишите"
)
_OF_TEXT = (
    r"обращени[яей]|отзыв[аов]*|жалоб[аы]*|претензи[ийя]|сообщени[яей]|заявк[аи]|вопрос[а]?|клиент[аов]*|"
    r"покупател[яей]*|"
    r"пользовател[яей]*|абонент[аов]*|гост[яей]*|потребител[яей]*|заявител[яей]*|проблемы|ситуации|инцидента|"
    r"тикета|комментари[йяев]*|гражданина|пациента|review|message|complaint|feedback|comment|ticket|issue|"
    r"customer|user|client|"
    r"request|problem|consumer|question"
)
_SOURCE: tuple[tuple[str, float, str], ...] = (
    ("text", 1.0, rf"(?:{_TEXT_WORD})"),
    ("text", 1.0, rf"(?:{_TEXT_WORD}) (?:{_OF_TEXT})"),
    ("text", 1.0, rf"(?:{_OF_TEXT}) (?:text|body|content|message|description|comment)"),
    ("text", 0.9, r"(?:текст|text|суть|содержание)\b.*|.* (?:text|текст|body|message|content)"),
    ("text", 0.9, r"(?:почему|why|что (?:пошло|случилось|произошло))\b.*"),
    ("text", 0.8, rf"(?:(?:{_TEXT_WORD})\b.*|.*\b(?:{_TEXT_WORD}))"),
    ("text", 0.6, rf".*\b(?:{_TEXT_WORD}|{_OF_TEXT})\b.*"),
    ("title", 1.0, r"тема|заголовок|заглавие|subject|title|headline|summary|название|тема (?:обращения|письма|"
     r"сообщения|жалобы|отзыва)"),
    ("title", 0.95, r".*\b(?:заголовок|title|subject|headline)\b.*|тема .*|"
     r"название (?!(?:товара|продукта|услуги|компании|организации|модели)\b).*"),
    ("date", 1.0, r"дата|date|datetime|timestamp|ts|moment|создано|создан|created|created at|дата (?:и время )?"
     r"(?:обращения|создания|отзыва|поступления|регистрации|жалобы|публикации|сообщения|заявки|комментария|"
     r"подачи|приема|претензии)|отметка времени|временная метка"),
    ("date", 0.95, r"(?:дата|date|время|когда|time|datetime)\b.*|.*\b(?:дата|date|datetime|timestamp|created|"
     r"posted|published|"
     r"created at|posted at|published at|submitted at|received at|opened at)"),
    ("date", 0.5, r"день|день .*|day|period|месяц|month|поступило|опубликовано|зарегистрировано"),
    ("closed", 1.0, r"дата (?:и время )?(?:закрытия|решения|завершения|ответа|исполнения|"
     r"урегулирования)(?: .*)?|закрыт[оа]?|"
     r"closed|closed at|closed date|close date|date closed|resolved|resolved at|resolution date|solved at|"
     r"решено|завершено|"
     r"date resolved|completed at|answered at|response date"),
    ("id", 1.0, r"id|№|#|no|num|number|номер|ид|код|uid|uuid|guid|key|n|№ п/?п|п/?п|ticket|case|рег номер|"
     r"регистрационный номер|issue key|ключ (?:запроса|задачи|заявки)|"
     r"(?:номер|№|id|ид|код) (?:обращения|жалобы|заявки|тикета|претензии|отзыва|инцидента|запроса|сообщения|"
     r"записи|case)|"
     r"(?:ticket|review|case|complaint|message|request|issue|comment|feedback|record|appeal|incident|post|"
     r"doc) ?(?:id|no|number|key|uuid|#)"),
    ("id", 0.6, r".*\b(?:id|uuid|guid)|"
     r"(?:номер|№|id) (?!(?:заказа|договора|чека|магазина|карты|счета|товара)\b).*"),
    ("customer", 1.0, r"клиент|покупатель|фио|ф и о|абонент|заявитель|автор|автор отзыва|пользователь|потребитель|"
     r"заказчик|гость|пациент|имя|логин|контрагент|партнер|гражданин|респондент|отправитель|контакт|основной контакт|"
     r"ваше имя|from|from name|от кого|от имя|sender|requester|requester name|reporter|caller(?: id| name)?|инициатор|"
     r"имя (?:клиента|пользователя|покупателя|автора|гостя|абонента)|фио (?:клиента|заявителя|абонента|"
     r"гражданина|покупателя|пациента)|"
     r"телефон|телефон (?:клиента|абонента|покупателя|заявителя)|номер телефона|email|e mail|почта|"
     r"(?:email|e mail) address|(?:адрес )?(?:электронной|эл) почты|электронная почта|"
     r"customer|customer (?:id|name|email|phone)|client|client (?:id|name)|user|user (?:id|name)|username|"
     r"author|author name|reviewer|"
     r"reviewer name|name|nickname|login|phone|consumer|кто|(?:id|ид|код|номер) (?:клиента|абонента|покупателя|"
     r"пользователя)|"
     r"лицевой счет"),
    ("customer", 0.7, r".*\b(?:клиент|покупатель|абонент|заявитель|автор)|.*\b(?:customer|client|user|"
     r"author|sender|reviewer)(?: display)?(?: name| id)?"),
    ("channel", 1.0, r"канал|источник|площадка|сайт|платформа|способ обращения|форма обращения|откуда|"
     r"канал (?:обращения|поступления|связи|приема)|источник (?:обращения|отзыва|поступления|жалобы)|"
     r"channel|source|platform|medium|site|via|submitted via|origin"),
    ("channel", 0.7, r"(?:канал|источник|площадка) .*|.*\b(?:channel|source|platform)"),
    ("product", 1.0, r"товар|услуга|продукт|тариф|модель|изделие|наименование товара|название товара|объявление|"
     r"product|service|item|"
     r"product name|tariff|plan|model|товар/услуга|услуга/товар|вид услуги|наименование услуги|sub product|"
     r"название продукта|продукт банка|review tag"),
    ("product", 0.95, r".* product name"),
    ("product", 0.9, r"номенклатура|артикул|sku|(?:название|наименование) модели"),
    ("product", 0.7, r"(?:товар|услуга|продукт|тариф|наименование) .*|.*\b(?:product|tariff|продукт|товар|"
     r"услуга|object|объект)|product .*"),
    ("region", 1.0, r"город|регион|филиал|магазин|адрес|область|район|отделение|офис|точка|торговая точка|"
     r"населенный пункт|салон|ресторан|"
     r"субъект(?: рф)?|муниципалитет|территория|местоположение|город (?:клиента|пользователя|магазина)|"
     r"адрес (?:магазина|офиса|точки)|"
     r"пвз|склад|subdivision|подразделение|"
     r"city|region|branch|store|shop|location|state|address|user city|country|office|area|district|town|place"),
    ("region", 0.7, r"(?:город|регион|филиал|магазин|адрес(?! (?:электронн|эл\b|e ?mail|почты|сайта|страницы|ip\b))|"
     r"отделение) .*|.*\b(?:city|region|branch|store|"
     r"location|город|регион|филиал)"),
    ("rating", 1.0, r"оценка|оценки|звезды|звезд|рейтинг|балл|баллы|rating|score|stars|star|star rating|nps|"
     r"csat|csi|mark|rate|"
     r"оценка (?:клиента|покупателя|пользователя|отзыва|товара)|количество звезд|кол во звезд|рейтинг отзыва|"
     r"overall|overall rating|"
     r"review (?:rating|score)|grade|product valuation"),
    ("rating", 0.65, r"оцените .*|насколько (?:вы )?(?:довольны|удовлетворены|вероятно).*|.*\b(?:вероятность|"
     r"порекомендуете|recommend)\b.*"),
    ("rating", 0.7, r"(?:оценка(?! (?:временн|времени|трудо|затрат|сложност|риск|стоимост))|"
     r"рейтинг|балл|nps|rating|score) .*|.*\b(?:оценка|рейтинг|rating|score|stars|nps|"
     r"csat)"),
    ("amount", 1.0, r"сумма|стоимость|цена|сумма (?:претензии|требования|заказа|покупки|ущерба|возврата|чека|"
     r"договора|иска)|размер ущерба|"
     r"amount|sum|price|cost|total|order amount|claim amount|value|стоимость (?:заказа|товара|услуги)|цена товара"),
    ("amount", 0.7, r"(?:сумма|стоимость|цена)\b.*|.*\b(?:amount|сумма)"),
    ("status", 1.0, r"статус|состояние|статус (?:обращения|жалобы|заявки|тикета|претензии|отзыва)|status|stage|"
     r"resolution status|"
     r"(?:ticket|case|review|complaint|request) status|этап"),
    ("status", 0.9, r"state(?: name)?"),
    ("status", 0.7, r"(?:статус|состояние) .*|.*\bstatus"),
    ("reply", 1.0, r"ответ|ответы|ответ (?:компании|оператора|сотрудника|менеджера|специалиста|банка|магазина|"
     r"поддержки|продавца|клиенту|"
     r"организации|представителя|администрации|агента|на .*)|текст ответа|официальный ответ|"
     r"результат рассмотрения|решение|принятые меры|"
     r"комментарий (?:оператора|сотрудника|менеджера|специалиста|компании|исполнителя|продавца|банка|магазина|"
     r"администрации)|"
     r"reply|answer|response|agent answer|agent (?:reply|response|comment|message)|company (?:response|reply|"
     r"answer)|operator (?:answer|reply|response)|"
     r"owner (?:response|answer|reply)|reply text|response text|answer text|developer (?:reply|response)|resolution"),
    ("reply", 0.9, r"(?:ответ|reply|answer|response)\b.*|.*\b(?:ответ|ответа|reply|answer|response|ans)\b.*"),
    ("operator", 1.0, r"оператор|исполнитель|сотрудник|менеджер|ответственный|специалист|агент|кто принял|фио "
     r"(?:оператора|сотрудника|менеджера|исполнителя|специалиста)|operator|agent|assignee|assigned to|manager|"
     r"employee|handler|"
     r"agent name|operator name|owner|куратор"),
    ("operator", 0.7, r"(?:оператор|исполнитель|сотрудник|менеджер|ответственный)\b.*|.*\b(?:operator|agent|"
     r"assignee)(?: name| id)?"),
)  # fmt: skip
_PATTERNS = tuple((role, weight, re.compile(pattern)) for role, weight, pattern in _SOURCE)

# «Developer Reply Date and Time», «Ссылка на ответ»: beside the answer, not the answer
_BESIDE_REPLY = re.compile(
    r".*\b(?:date|time|millis|epoch|link|url|count|дата|время|срок|ссылка|количество|кол во)\b.*"
)
_IN_REPLY = re.compile(r"(?:.* )?(?:answer|reply|response|ответ)")
_LABEL = re.compile(
    r".*\b(?:категори\w+|класс\w*|классификатор\w*|рубрик\w*|тег\w*|метк\w*|тип|вид|группа|подгруппа|подтема|"
    r"причин\w*|тональност\w*|"
    r"label\w*|categor\w+|class\w*|tag|tags|type|topic|topics|theme|sentiment|intent|group|reason|subject area|"
    r"split|fold|lang\w*|"
    r"url|link|ссылка|href|faq|faq question|из бз|бз|база знаний|prediction|predicted|target|y)\b.*"
)
_ARTICLE = re.compile(r"(?:артикул|sku|nm id|бренд|баркод|штрихкод|brand|barcode|asin)(?: .*)?")
_DERIVED = re.compile(
    r".*\b(?:clean\w*|lemma\w*|lemm|norm\w*|stem\w*|token\w*|preproc\w*|processed|очищ\w*|лемм\w*|нормал\w*|"
    r"токен\w*|обработан\w*|"
    r"translat\w*|перевод|masked|embedding\w*|vector\w*)\b.*"
)
# «Вопрос 2. Расскажите, что случилось», «3. Что нам улучшить?» of forms
_QUESTION = re.compile(r"(?:(?:вопрос|question|q) ?)?\d{1,2} (?=[^\W\d]{3,} \S)")
PROS = re.compile(
    r"достоинств[ао]|плюсы?|преимущества|pros?|plus|advantages|positives|likes?|что хорошо|liked|"
    r"(?:что )?(?:вам |больше всего |особенно )*понравилось(?: .*)?"
)
CONS = re.compile(
    r"недостат(?:ки|ок)|минусы?|cons?|minus|disadvantages|negatives|dislikes?|disliked|что плохо|"
    r"(?:что )?(?:вам |больше всего |особенно )*не понравилось(?: .*)?|что (?:вас )?не устроило(?: .*)?|"
    r"что (?:нам |вы бы |бы вы |можно |нужно |стоит |следует )*(?:улучшить|улучшили|изменить|исправить)(?: .*)?"
)
COMMENT = re.compile(
    r"комментари[йи]|общее впечатление|впечатления?|comments?|отзыв|текст(?: отзыва)?|review|"
    r"text|body|content|общий отзыв|ваши (?:пожелания|предложения|замечания|комментарии)(?: .*)?|"
    r"(?:опишите|расскажите|напишите)(?: .*)?"
)


@lru_cache(maxsize=4096)
def normalise(name: str) -> str:
    """Return a column name in a form that the patterns know.

    >>> normalise("  ReviewText_ "), normalise("Дата\\nобращения:"), normalise("user.ID"), normalise("ticketID")
    ('review text', 'дата обращения', 'user id', 'ticket id')
    """
    name = re.sub(r"(?<=[a-zа-я])(?=[A-ZА-Я][a-zа-я]|[A-ZА-Я]{2,}(?![a-zа-я]))", " ", name.replace("\ufeff", ""))
    name = name.lower().replace("ё", "е")
    return _QUESTION.sub("", re.sub(r"[^\w№/#]+|_+", " ", name).strip())


@lru_cache(maxsize=4096)
def roles_of(name: str) -> dict[str, float]:
    """Return how well a column name fits the roles, as {role: weight up to 1}; roles it does not fit are absent."""
    plain = normalise(name)
    if not plain:
        return {}
    short = re.sub(r" \d+$", "", plain) if not plain.isdigit() else plain
    weights: dict[str, float] = {}
    for role, weight, pattern in _PATTERNS:
        if weight > weights.get(role, 0.0) and pattern.fullmatch(short):
            weights[role] = weight
    if "reply" in weights and _BESIDE_REPLY.fullmatch(short):
        del weights["reply"]
    if name == "_score":
        weights.pop("rating", None)  # how well a search found the record
    parent = name.rpartition(".")[0]
    if "date" in weights and parent and _IN_REPLY.fullmatch(normalise(parent)):
        weights["closed"] = max(weights.pop("date"), weights.get("closed", 0.0))  # of the answer, not of the complaint
    return weights


def is_label(name: str) -> bool:
    """Tell whether the name says category, class, type, link: never the customer's own words."""
    return _LABEL.fullmatch(normalise(name)) is not None


def is_article(name: str) -> bool:
    """Tell whether a column names goods: beside one, «Название» is the product's and no headline."""
    return _ARTICLE.fullmatch(normalise(name)) is not None


def is_derived(name: str) -> bool:
    """Tell whether the name says that the column was made from another one (cleaned, lemmatised, translated)."""
    return _DERIVED.fullmatch(normalise(name)) is not None


def is_known(name: str) -> bool:
    """Tell whether a cell reads like a usual column name."""
    return len(name) <= 60 and (max(roles_of(name).values(), default=0.0) >= 0.9 or bool(_family(name)))


def _family(name: str) -> bool:
    plain = normalise(name)
    return PROS.fullmatch(plain) is not None or CONS.fullmatch(plain) is not None
