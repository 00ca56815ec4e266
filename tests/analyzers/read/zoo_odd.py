"""Still more animals: exports of desks, shops, registers and review sites whose columns are called as nobody expects.

`fill(zoo)` puts them beside those of `zoo.py`.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Sequence
from typing import Any

PEOPLE = ("Анна Иванова", "Пётр Орлов", "Вера Ким", "Олег Белов")
REPLY = "Здравствуйте! Передали управляющему."


def fill(zoo: Any) -> None:
    """Put the animals into the zoo."""
    for kind in (sites, shops, desks, mail, forms, surveys, registers, fields, by_machine, by_hand, parquet):
        kind(zoo)


def rows(head: str, cells: Sequence[Sequence[object]], delimiter: str = ";") -> str:
    """A table with every cell in quotes; the header's names stand between bars."""
    lines = [head.split("|"), *cells]
    return "\r\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines) + "\r\n"


def dump(value: object) -> str:
    """JSON with Russian letters as they are."""
    return json.dumps(value, ensure_ascii=False)


def sites(zoo: Any) -> None:
    """Review sites: the day and the words of the answer beside those of the review."""
    found = [
        {"value": {"id": i, "score": 1, "rated": f"{i + 1} марта 2026", "sender": PEOPLE[i],
                   "textSections": [{"title": "Комментарий", "text": text}],
                   "answer": {"text": REPLY, "date": "9 марта 2026"}}}
        for i, text in enumerate(zoo.TEXTS)
    ]  # fmt: skip
    zoo.add("avito reviews.json", dump({"success": {"entries": found}}), dates=zoo.DAYS,
        first={"reply": REPLY, "rating": 1.0, "closed": "2026-03-09", "customer": PEOPLE[0]})  # fmt: skip
    told = [
        {"id": str(10**8 + i), "text": text, "rating": 1, "date_created": f"{zoo.DAYS[i]}T10:00:00.123456+07:00",
         "user": {"name": PEOPLE[i]}, "official_answer": {"text": REPLY, "date_created": "2026-03-09T10:00:00+07:00"}}
        for i, text in enumerate(zoo.TEXTS)
    ]  # fmt: skip
    zoo.add("2gis reviews.json", dump({"meta": {"code": 200}, "reviews": told}),
        dates=[f"{day}T06:00:00" for day in zoo.DAYS],
        first={"reply": REPLY, "closed": "2026-03-09T06:00:00", "customer": PEOPLE[0]})  # fmt: skip
    opinions = "".join(
        dump({"author": PEOPLE[i], "date": f"{i + 1} мар 2026", "plus": "Цена", "minus": "Долго и грубо", "body": text,
              "stars": 1, "recommend": "НЕТ"}) + "\n"
        for i, text in enumerate(zoo.TEXTS)
    )  # fmt: skip
    zoo.add("otzovik scraped.jsonl", opinions, dates=zoo.DAYS,
        texts=[f"plus: Цена\nminus: Долго и грубо\nbody: {text}" for text in zoo.TEXTS])  # fmt: skip


def shops(zoo: Any) -> None:
    """Shops of applications and of goods: a link under `response`, an order's number called `name`."""
    data = [
        {"type": "customerReviews", "id": f"0000{i}",
         "attributes": {"rating": 2, "body": text, "createdDate": f"{zoo.DAYS[i]}T10:00:00-08:00", "territory": "RUS"},
         "relationships": {"response": {"links": {"related": f"https://example.com/v1/{i}/response"}}}}
        for i, text in enumerate(zoo.TEXTS)
    ]  # fmt: skip
    zoo.add("appstore reviews.json", dump({"data": data, "links": {"self": "https://example.com"}}),
        dates=[f"{day}T21:00:00" for day in zoo.DAYS], first={"reply": None, "rating": 2.0})  # fmt: skip
    orders = [
        {"meta": {"type": "customerorder"}, "id": f"{i}-aa", "name": f"0000{i}", "moment": f"{zoo.DAYS[i]} 10:00:00.000",
         "description": text, "state": {"name": "Закрыт"}}
        for i, text in enumerate(zoo.TEXTS)
    ]  # fmt: skip
    zoo.add("moysklad orders.json", dump({"rows": orders}),
        first={"customer": None, "status": "Закрыт", "date": "2026-03-01T10:00:00"})  # fmt: skip
    plays = "Package Name,Reviewer Language,Review Submit Date and Time,Star Rating,Review Title,Review Text,"
    plays += "Developer Reply Date and Time,Developer Reply Text\n"
    plays += "".join(
        f'app,ru,{zoo.DAYS[i]}T10:00:00Z,1,,"{text}",2026-03-09T10:00:00Z,{REPLY}\n' for i, text in enumerate(zoo.TEXTS)
    )
    zoo.add("play console.csv", plays.encode("utf-16"), facts={"encoding": "utf-16"}, first={"reply": REPLY},
        dates=[f"{day}T13:00:00" for day in zoo.DAYS])  # fmt: skip


def desks(zoo: Any) -> None:
    """Help desks: `state` that is no region, an effort that is no mark, a message's `type` that says who speaks."""
    tickets = [[f"INC{i}", "Жалоба", text, PEOPLE[i], f"{zoo.DAYS[i]} 10:00:00", "2026-03-09 10:00:00", "Закрыт", "Мария"]
               for i, text in enumerate(zoo.TEXTS)]  # fmt: skip
    head = "number|category|description|caller_id|opened_at|closed_at|state|assigned_to"
    zoo.add("servicenow.csv", rows(head, tickets, ",").encode("cp1251"),
        first={"region": None, "status": "Закрыт", "customer": PEOPLE[0], "id": "INC0"})  # fmt: skip
    head = "#|Проект|Статус|Автор|Назначена|Обновлено|Оценка временных затрат|Готовность в %|Создано|Закрыта|Описание"
    issues = [[500 + i, "Сайт", "Новая", PEOPLE[i], "Мария", "09.03.2026 11:00", "", 0, f"0{i + 1}.03.2026 10:00", "", text]
              for i, text in enumerate(zoo.TEXTS)]  # fmt: skip
    zoo.add("redmine.csv", rows(head, issues).encode("cp1251"),
        first={"rating": None, "id": "500", "date": "2026-03-01T10:00:00", "customer": PEOPLE[0]})  # fmt: skip
    hours = [[*row[:6], 4.5, *row[7:]] for row in issues]
    zoo.add("redmine with hours.csv", rows(head, hours), first={"rating": None})
    chats = [
        {"chat_id": i, "visitor": {"name": PEOPLE[i]},
         "messages": [{"type": "visitor", "timestamp": 1772359200 + i, "message": text},
                      {"type": "agent", "timestamp": 1772359300 + i, "message": REPLY},
                      {"type": "visitor", "timestamp": 1772359400 + i, "message": "Уже говорил два раза"}]}
        for i, text in enumerate(zoo.TEXTS)
    ]  # fmt: skip
    zoo.add("jivo chats.json", dump(chats), notes=("dialogues",), first={"reply": REPLY},
        texts=[f"{text}\nУже говорил два раза" for text in zoo.TEXTS])  # fmt: skip


def mail(zoo: Any) -> None:
    """Outlook's table of letters."""
    head = "Тема|Текст|От: (имя)|От: (адрес)|От: (тип)|Кому: (имя)|Важность|Пометка"
    letters = [["", f"{text}\r\n\r\nFrom: help@example.com\r\nSent: Monday\r\nTo: a@example.com\r\nПринято", PEOPLE[i],
                "a@example.com", "SMTP", "Поддержка", "Обычная", ""] for i, text in enumerate(zoo.TEXTS)]  # fmt: skip
    zoo.add(
        "outlook.CSV", rows(head, letters, ",").encode("cp1251"), notes=("set_aside",), first={"customer": PEOPLE[0]}
    )


def forms(zoo: Any) -> None:
    """Forms: an address for letters is no town."""
    head = "Отметка времени|Баллы|2. Опишите, пожалуйста, проблему|Адрес электронной почты"
    answers = [
        [f"2026/03/0{i + 1} 1:00:00 PM GMT+3", "", text, f"a{i}@example.com"] for i, text in enumerate(zoo.TEXTS)
    ]
    zoo.add("google form.csv", rows(head, answers, ","), dates=[f"{day}T13:00:00" for day in zoo.DAYS],
        first={"region": None, "customer": "a0@example.com"})  # fmt: skip
    head = "ID|Время создания|Оцените качество|Что именно вам не понравилось?|Согласие на обработку данных"
    answers = [[i, f"{zoo.DAYS[i]} 08:00:00", 1, text, "Да"] for i, text in enumerate(zoo.TEXTS)]
    zoo.add("yandex form.csv", rows(head, answers, ","), first={"rating": 1.0, "date": "2026-03-01T08:00:00"})


def surveys(zoo: Any) -> None:
    """Surveys say under each question how it is answered; their questions bear numbers."""
    head = [["Respondent ID", "Start Date", "Насколько вы довольны доставкой?", "", "Почему такая оценка?"],
            ["", "", "Response", "Другое (укажите)", "Open-Ended Response"]]  # fmt: skip
    lines = [*head, *([100 + i, f"{zoo.DAYS[i]} 10:00", "Недоволен", "", text] for i, text in enumerate(zoo.TEXTS))]
    zoo.add("surveymonkey.csv", "".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in lines),
        rows=(3, 4, 5, 6), first={"id": "100", "date": "2026-03-01T10:00:00"})  # fmt: skip
    sheet: list[list[Any]] = [["№", "Дата прохождения", "Вопрос 1. Оцените работу поддержки", "Вопрос 2. Что пошло не так", None],
        [None, None, "Оценка", "Ваш ответ", "Затрудняюсь ответить"]]  # fmt: skip
    sheet += [[i + 1, f"0{i + 1}.03.2026", 1, text, None] for i, text in enumerate(zoo.TEXTS)]
    zoo.add("anketolog.xlsx", zoo.workbook(sheet), rows=(3, 4, 5, 6), dates=zoo.DAYS, first={"rating": 1.0})
    answers = [[f"{zoo.DAYS[i]} 10:00", text, "Возите быстрее"] for i, text in enumerate(zoo.TEXTS)]
    wish = "3. Что нам улучшить?"
    zoo.add("two questions.csv", rows(f"Отметка времени|2. Опишите проблему|{wish}", answers, ","),
        texts=[f"2. Опишите проблему: {text}\n{wish}: Возите быстрее" for text in zoo.TEXTS])  # fmt: skip


def by_machine(zoo: Any) -> None:
    """What programs write for programs: marks in words, moments in seconds, how well a search found a record."""
    found = [
        {"name": f"accounts/1/locations/2/reviews/{i}", "reviewer": {"displayName": PEOPLE[i]}, "starRating": "ONE",
         "comment": text, "createTime": f"{zoo.DAYS[i]}T10:00:00.123Z",
         "reviewReply": {"comment": REPLY, "updateTime": "2026-03-09T10:00:00Z"}}
        for i, text in enumerate(zoo.TEXTS)
    ]  # fmt: skip
    zoo.add("google business.json", dump({"reviews": found}),
        first={"rating": 1.0, "customer": PEOPLE[0], "reply": REPLY, "date": "2026-03-01T13:00:00"})  # fmt: skip
    said = [
        {"type": "message", "user": f"U{i}", "text": text, "ts": f"177235920{i}.000100"}
        for i, text in enumerate(zoo.TEXTS)
    ]
    zoo.add("slack channel.json", dump(said), first={"date": "2026-03-01T13:00:00", "customer": "U0"})
    hits = "".join(
        dump({"_index": "desk", "_id": str(i), "_score": 1.0, "_source": {"@timestamp": zoo.DAYS[i], "message": text}})
        + "\n"
        for i, text in enumerate(zoo.TEXTS)
    )
    zoo.add("elastic.ndjson", hits, dates=zoo.DAYS, first={"rating": None, "id": "0"})
    columns = {"text": list(zoo.TEXTS), "date": list(zoo.DAYS), "id": [1, 2, 3, 4], "city": list(zoo.CITIES)}
    zoo.add("columns as lists.json", dump(columns), **zoo.GOOD)
    cells = "".join(f'="000{i}";="0{i + 1}.03.2026";="{text}"\n' for i, text in enumerate(zoo.TEXTS))
    zoo.add("texts as formulas.csv", "Номер;Дата;Текст\n" + cells, dates=zoo.DAYS, first={"id": "0000"})
    zoo.add(
        "dump.sql", f"CREATE TABLE t (body text);\nINSERT INTO t VALUES ('{zoo.TEXTS[0]}');\n", error="read.unsupported"
    )
    zoo.add("list.yaml", "".join(f"- text: {text}\n" for text in zoo.TEXTS), error="read.unsupported")


def by_hand(zoo: Any) -> None:
    """Lists with running numbers, chats with deleted messages."""
    lines = "".join(f"{i + 1}) {text}\n" for i, text in enumerate(zoo.TEXTS))
    zoo.add("numbered.txt", lines + "\n", texts=[f"{i + 1}) {text}" for i, text in enumerate(zoo.TEXTS)])
    chat = "".join(
        f"0{i + 1}.03.2026, 10:00 - {PEOPLE[i]}: {text}\n0{i + 1}.03.2026, 10:01 - {PEOPLE[i]}: "
        f"{('Данное сообщение удалено', 'Вы удалили данное сообщение')[i % 2]}\n"
        for i, text in enumerate(zoo.TEXTS)
    )
    zoo.add("deleted messages.txt", chat, skipped=["empty_text"] * 4, first={"customer": PEOPLE[0]})


def registers(zoo: Any) -> None:
    """Registers of the state: two rows of headers with a row of numbers below, names in namespaces."""
    if not zoo.workbook:
        return
    sheet: list[list[Any]] = [["Реестр обращений граждан"], [],
        ["№ п/п", "Сведения об обращении", None, None, "Заявитель", None, "Рассмотрение", None],
        [None, "Номер", "Дата поступления", "Текст обращения", "ФИО", "Адрес", "Статус", "Ответ"], list(range(1, 9))]  # fmt: skip
    sheet += [[i + 1, f"77-{i}", dt.datetime(2026, 3, i + 1, 10), text, PEOPLE[i], "г. Омск", "Исполнено", REPLY]
              for i, text in enumerate(zoo.TEXTS)]  # fmt: skip
    zoo.add("housing register.xlsx", zoo.workbook(sheet, merge="B3:D3"), rows=(6, 7, 8, 9), skipped=["not_text"],
        first={"id": "77-0", "customer": PEOPLE[0], "region": "г. Омск", "reply": REPLY, "status": "Исполнено"})  # fmt: skip
    appeals = "".join(
        f'<a:Appeal Num="{i}"><Registered Date="{zoo.DAYS[i]}"/><Body><Content>{text}</Content></Body>'
        f"<Answer><Content>{REPLY}</Content></Answer></a:Appeal>"
        for i, text in enumerate(zoo.TEXTS)
    )
    xml = f'<?xml version="1.0" encoding="windows-1251"?><a:Appeals xmlns:a="urn:x">{appeals}</a:Appeals>'
    zoo.add("appeals.xml", xml.encode("cp1251"), dates=zoo.DAYS, first={"id": "0", "reply": REPLY})


def fields(zoo: Any) -> None:
    """XML whose elements are all called field, and bear the column's name."""
    table = "".join(
        f'<row><field name="id">{i}</field><field name="created_at">{zoo.DAYS[i]} 10:00:00</field>'
        f'<field name="body">{text}</field><field name="client_name">{PEOPLE[i]}</field></row>'
        for i, text in enumerate(zoo.TEXTS)
    )
    zoo.add("mysqldump.xml", f'<?xml version="1.0"?><mysqldump><database name="desk">{table}</database></mysqldump>',
        rows=(1, 2, 3, 4), first={"id": "0", "customer": PEOPLE[0], "date": "2026-03-01T10:00:00"})  # fmt: skip
    calls = "".join(
        f'<entity id="call{i}"><attribute code="creationDate"><value>0{i + 1}.03.2026</value></attribute>'
        f'<attribute code="descriptionRTF"><value><![CDATA[<p>{text}</p>]]></value></attribute>'
        f'<attribute code="client"><value>{PEOPLE[i]}</value></attribute>'
        '<attribute code="state"><value>closed</value></attribute></entity>'
        for i, text in enumerate(zoo.TEXTS)
    )
    zoo.add("naumen.xml", f'<?xml version="1.0" encoding="UTF-8"?><entities>{calls}</entities>', notes=("tagged",),
        dates=zoo.DAYS, first={"customer": PEOPLE[0], "status": "closed", "id": "call0"})  # fmt: skip


def parquet(zoo: Any) -> None:
    """Parquet as each of its usual writers packs it, and what only Arrow reads."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        return

    def packed(more: dict[str, Any], **given: Any) -> bytes:
        target = io.BytesIO()
        data = {"id": ["1", "2", "3", "4"], "date": list(zoo.DAYS), "text": list(zoo.TEXTS), "city": list(zoo.CITIES)}
        pq.write_table(pa.table(data | more), target, **given)
        return target.getvalue()

    plain: dict[str, Any] = {"use_dictionary": False, "compression": "none"}
    tags = {"tags": [["а", "б"], [], None, ["в"]], "mark": [1, None, 2, None]}
    for name, data in (
        ("gzip", packed(tags, compression="gzip")),
        ("deltas", packed({}, column_encoding={"text": "DELTA_BYTE_ARRAY"}, **plain)),
        ("second version", packed(tags, data_page_version="2.0", **plain)),
        ("small pages", packed(tags, data_page_size=20, write_batch_size=1, row_group_size=3, **plain)),
    ):
        zoo.add(f"{name}.parquet", data, format="parquet", **zoo.GOOD)
    talk = {"log": [[{"role": "x", "n": 1}]] * 4}
    zoo.add("structures.parquet", packed(talk), format="parquet", needs="pyarrow", **zoo.GOOD)
    zoo.add("cut.parquet", packed({})[:-9], error="read.damaged")
