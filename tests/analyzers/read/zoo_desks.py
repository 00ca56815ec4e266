"""Still more animals: help desks, sellers' cabinets and chats whose company speaks under its own name (texts invented).

`fill(zoo)` puts them beside those of `zoo.py`; headers are those of the systems' own exports.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

PEOPLE = ("Анна Иванова", "Пётр Орлов", "Вера Ким", "Олег Белов")
REPLY = "Здравствуйте! Проверим и ответим до конца дня"


def quoted(rows: Sequence[Sequence[object]], delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    """A table with every cell in quotes."""
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return target.getvalue().encode(encoding)


def fill(zoo: Any) -> None:
    """Put the animals into the zoo."""
    for kind in (ledgers, bitrix, sellers, market, desks, jira, answered, tables_of_talks, glued):
        kind(zoo)


def ledgers(zoo: Any) -> None:
    """1C: titles that touch the header, totals and a signature under the table, groups, the text in the first column."""
    top: list[list[Any]] = [
        ["ООО «Ромашка»"],
        ["Реестр претензий покупателей"],
        ["Период: 01.03.2026 - 31.03.2026"],
        ["Отбор:", "Вид претензии Равно \"Качество\""],
        ["№ п/п", "Дата", "Документ", "Контрагент", "Номенклатура", "Содержание претензии", "Сумма, руб."],
    ]  # fmt: skip
    body = [[i + 1, f"0{i + 1}.03.2026 10:00:00", f"Претензия 0000-00000{i}", PEOPLE[i], "Чайник", text, "1 250,00"]
            for i, text in enumerate(zoo.TEXTS)]  # fmt: skip
    foot: list[list[Any]] = [
        ["Итого", None, None, None, None, "4 документа", "5 000,00"],
        [],
        ["Отчёт сформирован: 31.03.2026 18:00:00, пользователь Иванова М. П."],
        ["Ответственный", None, None, None, None, "_____________ / Иванова М. П. /"],
    ]
    known = {"dates": [f"{day}T10:00:00" for day in zoo.DAYS], "notes": ("title_rows",)}
    zoo.add("1c register.xlsx", zoo.workbook([*top, *body, *foot]), rows=(6, 7, 8, 9), facts={"header_row": 5},
        first={"customer": PEOPLE[0], "amount": 1250.0, "product": "Чайник"},
        skipped=["totals", "empty_text", "totals"], **known)  # fmt: skip
    zoo.add("1c register.csv", quoted([*top, *body, *foot], ";", "cp1251"), rows=(6, 7, 8, 9),
        first={"customer": PEOPLE[0], "amount": 1250.0}, skipped=["totals", "too_few_cells", "totals"], **known)  # fmt: skip
    head = ["Содержание обращения", "Дата", "Клиент", "Сумма"]
    first = [[text, f"0{i + 1}.03.2026", PEOPLE[i], 100] for i, text in enumerate(zoo.TEXTS)]
    end: list[list[Any]] = [
        ["Всего обращений: 4", None, None, 400],
        ["Отчёт сформирован 31.03.2026 в 18:00"],
        ["Исполнитель: Иванова М. П., тел. 12-34"],
        ["Стр. 1 из 1"],
    ]
    zoo.add("1c text first.xlsx", zoo.workbook([["Обращения за март"], head, *first, *end]), dates=zoo.DAYS,
        skipped=["totals"] * 4, notes=("title_rows",))  # fmt: skip
    groups: list[list[Any]] = [["Обращение", "Дата", "Клиент"]]
    for half, town in enumerate(("Омск", "Тула")):
        groups.append([f"Филиал: {town}", None, None])
        groups += [[zoo.TEXTS[i], f"0{i + 1}.03.2026", PEOPLE[i]] for i in (2 * half, 2 * half + 1)]
        groups.append(["Итого по группе", None, "2"])
    groups.append(["ИТОГО:", None, "4"])
    zoo.add("1c groups.xlsx", zoo.workbook(groups), dates=zoo.DAYS, skipped=["totals"] * 5)


def bitrix(zoo: Any) -> None:
    """Bitrix24: its .xls are pages of HTML; leads, tasks, open lines."""
    head = ["ID", "Стадия", "Название лида", "Обращение", "Имя", "Отчество", "Фамилия", "Дата рождения", "Адрес",
            "Рабочий телефон", "Мобильный телефон", "Рабочий e-mail", "Корпоративный сайт", "Название компании", "Должность",
            "Комментарий", "Сумма", "Валюта", "Источник", "Дополнительно об источнике", "Доступен для всех",
            "Ответственный", "Дата создания", "Кем создан", "Дата изменения", "Повторный лид"]  # fmt: skip
    leads = [[200 + i, "Некачественный лид", f"Заполнение CRM-формы № {i}", "", "Анна", "", "Иванова", "", "",
              "", f"+7900000000{i}", "", "", "", "", text, "0", "Российский рубль", "CRM-форма", "", "да",
              "Мария Лебедева", f"0{i + 1}.03.2026 10:00:00", "Мария Лебедева", f"0{i + 1}.03.2026 11:00:00", "нет"]
             for i, text in enumerate(zoo.TEXTS)]  # fmt: skip
    page = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in [head, *leads])
    zoo.add("bitrix leads.xls", '<html><head><meta http-equiv="Content-type" content="text/html;charset=UTF-8" /></head>'
        f'<body><table border="1">{page}</table></body></html>', format="html", texts=None,
        dates=[f"{day}T10:00:00" for day in zoo.DAYS], first={"operator": "Мария Лебедева", "channel": "CRM-форма"})  # fmt: skip
    head = ["ID", "Название", "Описание", "Постановщик", "Ответственный", "Крайний срок", "Дата создания", "Дата закрытия",
            "Статус", "Приоритет", "Проект", "Теги", "Оценка", "Плановые трудозатраты"]  # fmt: skip
    tasks = [[i, f"Жалоба № {i + 17}", text, "Портал", "Мария Лебедева", "", f"0{i + 1}.03.2026 10:00", "", "Завершена", "Средний",
              "Претензии", "жалоба", "", ""] for i, text in enumerate(zoo.TEXTS)]  # fmt: skip
    zoo.add("bitrix tasks.csv", quoted([head, *tasks], ";"), texts=[f"Жалоба № {i + 17}\n{text}" for i, text in
        enumerate(zoo.TEXTS)], first={"operator": "Мария Лебедева", "status": "Завершена"})  # fmt: skip
    head = ["ID диалога", "Открытая линия", "Канал", "Дата", "Кто написал", "Тип сообщения", "Сообщение"]
    said: list[list[Any]] = []
    for i, text in enumerate(zoo.TEXTS):
        said.append([f"imol|{i}", "Поддержка", "Telegram", f"0{i + 1}.03.2026 10:00:00", PEOPLE[i], "Входящее", text])
        said.append(
            [f"imol|{i}", "Поддержка", "Telegram", f"0{i + 1}.03.2026 10:05:00", "Мария Лебедева", "Исходящее", REPLY]
        )
    zoo.add("bitrix open lines.csv", quoted([head, *said], ";"), notes=("turns",),
        first={"id": "imol|0", "reply": REPLY, "channel": "Telegram"})  # fmt: skip


def sellers(zoo: Any) -> None:
    """Cabinets of Ozon and Wildberries: reviews, questions, returns; the interface's JSON."""
    head = ["ID отзыва", "SKU", "Артикул", "Название товара", "Категория", "Дата публикации", "Автор", "Оценка", "Текст отзыва",
            "Достоинства", "Недостатки", "Кол-во фото", "Кол-во видео", "Кол-во ответов", "Статус обработки", "Статус заказа"]  # fmt: skip
    ozon = [[f"0190-{i}", 100 + i, f"A-{i}", "Чайник электрический", "Бытовая техника", f"0{i + 1}.03.2026 10:11", "Анна И.", 1,
             text, "", "", 0, 0, 0, "Не обработан", "Доставлен"] for i, text in enumerate(zoo.TEXTS)]  # fmt: skip
    zoo.add("ozon reviews.xlsx", zoo.workbook([head, *ozon]), texts=None,
        first={"product": "Чайник электрический", "rating": 1.0, "date": "2026-03-01T10:11:00", "id": "0190-0", "customer": "Анна И."})  # fmt: skip
    head = ["Номер возврата", "Номер отправления", "Дата создания заявки", "Схема", "Название товара", "Артикул", "Ozon SKU ID",
            "Количество", "Стоимость товара", "Причина возврата", "Комментарий покупателя", "Статус возврата", "Решение по возврату"]  # fmt: skip
    back = [[f"R-{i}", f"1234-000{i}-1", f"{zoo.DAYS[i]} 10:00:00", "FBS", "Чайник электрический", f"A-{i}", 100 + i, 1,
             "1 500,00", "Товар с браком", text, "Получен продавцом", "Одобрено"] for i, text in enumerate(zoo.TEXTS)]  # fmt: skip
    total = ["Итого", None, None, None, None, None, None, 4, "6 000,00"]
    zoo.add("ozon returns.xlsx", zoo.workbook([["Возвраты"], ["Период: 01.03.2026–31.03.2026"], head, *back, total]),
        skipped=["empty_text"], rows=(4, 5, 6, 7), dates=[f"{day}T10:00:00" for day in zoo.DAYS],
        first={"amount": 1500.0, "product": "Чайник электрический", "status": "Получен продавцом"})  # fmt: skip
    head = ["Артикул WB", "Артикул продавца", "Предмет", "Бренд", "Наименование товара", "Дата отзыва", "Количество звёзд",
            "Текст отзыва", "Плюсы", "Минусы", "Теги покупателя", "Имя", "Ответ на отзыв", "Дата ответа", "Фото", "Видео"]  # fmt: skip
    wb = [[1000 + i, f"A-{i}", "Чайники", "Ромашка", "Чайник 1,7 л", f"0{i + 1}.03.2026 10:11:12", 2, text, "", "", "", "Анна",
           REPLY, f"0{i + 2}.03.2026", "Нет", "Нет"] for i, text in enumerate(zoo.TEXTS)]  # fmt: skip
    zoo.add("wb reviews.xlsx", zoo.workbook([["Отзывы на товары"], head, *wb]), texts=None, notes=("title_rows",),
        first={"product": "Чайник 1,7 л", "rating": 2.0, "reply": REPLY, "customer": "Анна", "date": "2026-03-01T10:11:12"})  # fmt: skip
    feedbacks = [{"id": f"f{i}", "text": text, "pros": "", "cons": "", "productValuation": 1, "createdDate": f"{day}T10:00:00Z",
                  "answer": {"text": REPLY, "state": "wbRu"}, "state": "wbRu", "userName": "Анна", "matchingSize": "",
                  "productDetails": {"nmId": 1000 + i, "productName": "Чайник", "supplierArticle": "A", "brandName": "Ромашка"},
                  "photoLinks": None, "wasViewed": True} for i, (day, text) in enumerate(zip(zoo.DAYS, zoo.TEXTS, strict=True))]  # fmt: skip
    zoo.add("wb feedbacks.json", json.dumps({"data": {"countUnanswered": 0, "countArchive": 4, "feedbacks": feedbacks},
        "error": False, "errorText": "", "additionalErrors": None}), texts=None, first={"id": "f0", "rating": 1.0, "reply": REPLY,
        "product": "Чайник", "customer": "Анна", "date": "2026-03-01T13:00:00"})  # fmt: skip
    claims = [{"id": f"c{i}", "claim_type": 1, "status": 2, "nm_id": 1000 + i, "user_comment": text, "wb_comment": "Заявка одобрена",
               "dt": f"{zoo.DAYS[i]}T10:00:00", "imt_name": "Чайник", "order_dt": f"{zoo.DAYS[i]}T09:00:00", "price": 1500,
               "currency_code": "643"} for i, text in enumerate(zoo.TEXTS)]  # fmt: skip
    zoo.add("wb claims.json", json.dumps({"claims": claims, "total": 4}), first={"id": "c0", "amount": 1500.0})


def market(zoo: Any) -> None:
    """Yandex Market, Yandex Maps, 2GIS, application stores."""
    head = ["Номер отзыва", "Дата и время отзыва", "Ваш SKU", "Название товара", "Номер заказа", "Автор", "Оценка", "Достоинства",
            "Недостатки", "Комментарий", "Ответ магазина", "Ссылка на отзыв"]  # fmt: skip
    rows = [[5000 + i, f"0{i + 1}.03.2026 10:00", f"sku-{i}", "Чайник", 70 + i, PEOPLE[i], 1, "", "", text, "", "https://x.y/1"]
            for i, text in enumerate(zoo.TEXTS)]  # fmt: skip
    zoo.add("market reviews.xlsx", zoo.workbook([["Отчёт по отзывам на товары"], ["Магазин: Ромашка"],
        ["Дата формирования: 31.03.2026"], head, *rows]), texts=None, facts={"header_row": 4},
        first={"id": "5000", "rating": 1.0, "customer": PEOPLE[0], "product": "Чайник"})  # fmt: skip
    feedbacks = [{"feedbackId": 5000 + i, "createdAt": f"{zoo.DAYS[i]}T10:00:00+03:00", "needReaction": True,
                  "identifiers": {"orderId": 70 + i}, "author": PEOPLE[i],
                  "description": {"advantages": "", "disadvantages": "Всё", "comment": text},
                  "media": {"photos": [], "videos": []}, "statistics": {"rating": 1, "commentsCount": 0, "recommended": False}}
                 for i, text in enumerate(zoo.TEXTS)]  # fmt: skip
    zoo.add("market feedbacks.json", json.dumps({"status": "OK", "result": {"feedbacks": feedbacks, "paging": {}}}), texts=None,
        first={"id": "5000", "rating": 1.0, "customer": PEOPLE[0], "date": "2026-03-01T10:00:00"})  # fmt: skip
    head = [
        "Филиал",
        "Адрес",
        "Площадка",
        "Дата",
        "Имя автора",
        "Рейтинг",
        "Текст отзыва",
        "Ответ компании",
        "Дата ответа",
        "Ссылка",
    ]
    maps = [["Ромашка на Ленина", "Омск, ул. Ленина, 1", "Яндекс Карты", zoo.DAYS[i], PEOPLE[i], 1, text, REPLY, "", "https://x.y"]
            for i, text in enumerate(zoo.TEXTS)]  # fmt: skip
    zoo.add("maps.csv", quoted([head, *maps], ";", "cp1251"), dates=zoo.DAYS,
        first={"channel": "Яндекс Карты", "reply": REPLY, "customer": PEOPLE[0], "rating": 1.0})  # fmt: skip


def desks(zoo: Any) -> None:
    """Usedesk, Omnidesk, Zendesk, HelpDeskEddy: tickets as tables, messages as JSON."""
    head = ["ID запроса", "Дата создания", "Тема", "Первое сообщение клиента", "Клиент", "E-mail клиента", "Телефон клиента",
            "Канал", "Группа", "Исполнитель", "Статус", "Приоритет", "Тип", "Теги", "Время первого ответа", "Дата закрытия", "Оценка",
            "Комментарий к оценке"]  # fmt: skip
    rows = [[9000 + i, f"{zoo.DAYS[i]} 10:00:00", "Жалоба на доставку", text, PEOPLE[i], "", "", "E-mail", "Первая линия",
             "Мария Лебедева", "Выполнен", "Средний", "Проблема", "жалоба", "00:12:00", f"{zoo.DAYS[i]} 18:00:00", "", ""]
            for i, text in enumerate(zoo.TEXTS)]  # fmt: skip
    zoo.add("usedesk.csv", quoted([head, *rows], ";"), texts=[f"Жалоба на доставку\n{text}" for text in zoo.TEXTS],
        first={"id": "9000", "customer": PEOPLE[0], "operator": "Мария Лебедева", "closed": "2026-03-01T18:00:00",
               "channel": "E-mail"})  # fmt: skip
    told = [{"id": 10 * i + n, "ticket_id": i, "from": who, "message": words, "created_at": f"{zoo.DAYS[i]} 1{n}:00:00"}
            for i, text in enumerate(zoo.TEXTS) for n, (who, words) in enumerate((("client", text), ("user", REPLY), ("trigger", "Оцените нас")))]  # fmt: skip
    zoo.add(
        "usedesk comments.json",
        json.dumps({"comments": told}),
        notes=("turns",),
        first={"id": "0", "reply": f"{REPLY}\nОцените нас"},
    )
    told = [{"message_id": 10 * i + n, "case_id": i, "user_id": 0 if n else 70 + i, "staff_id": 5 if n else 0, "content": words,
             "created_at": f"{zoo.DAYS[i]} 1{n}:00:00"}
            for i, text in enumerate(zoo.TEXTS) for n, words in enumerate((text, REPLY))]  # fmt: skip
    zoo.add(
        "omnidesk messages.json",
        json.dumps([{"message": one} for one in told]),
        notes=("turns",),
        first={"id": "0", "reply": REPLY},
    )
    head = ["Номер обращения", "Тема", "Пользователь", "Email", "Компания", "Канал", "Статус", "Приоритет", "Группа", "Ответственный",
            "Метки", "Создано", "Обновлено", "Закрыто", "Текст обращения", "Рейтинг", "Комментарий к рейтингу"]  # fmt: skip
    rows = [[f"123-45678{i}", "Доставка", PEOPLE[i], "", "", "Email", "Закрыто", "Обычный", "Поддержка", "Мария Лебедева", "",
             f"0{i + 1}.03.2026 10:00", "", f"0{i + 1}.03.2026 12:00", text, "плохо", "долго"]
            for i, text in enumerate(zoo.TEXTS)]  # fmt: skip
    zoo.add("omnidesk cases.csv", quoted([head, *rows]), texts=None, first={"id": "123-456780", "customer": PEOPLE[0],
        "closed": "2026-03-01T12:00:00", "operator": "Мария Лебедева"})  # fmt: skip
    head = ["Summation column", "Id", "Requester", "Requester id", "Requester external id", "Requester email", "Requester domain",
            "Submitter", "Assignee", "Group", "Subject", "Description", "Tags", "Status", "Priority", "Via", "Ticket type", "Created at",
            "Updated at", "Assigned at", "Organization", "Due date", "Solved at", "Resolution time", "Satisfaction Score",
            "First reply time in minutes"]  # fmt: skip
    rows = [[1, 300 + i, PEOPLE[i], 1, "", "a@b.c", "b.c", PEOPLE[i], "Мария Лебедева", "Support", "Возврат", text, "refund web",
             "Solved", "Normal", "Mail", "Problem", f"{zoo.DAYS[i]} 10:00:00 +0300", "", "", "", "", f"{zoo.DAYS[i]} 12:00:00 +0300", 2,
             "Bad", 15] for i, text in enumerate(zoo.TEXTS)]  # fmt: skip
    zoo.add("zendesk.csv", quoted([head, *rows]), texts=[f"Возврат\n{text}" for text in zoo.TEXTS],
        first={"id": "300", "customer": PEOPLE[0], "operator": "Мария Лебедева", "closed": "2026-03-01T12:00:00",
               "date": "2026-03-01T10:00:00", "channel": "Mail"})  # fmt: skip
    tickets = [{"url": "https://x.y/1.json", "id": 300 + i, "external_id": None, "via": {"channel": "email", "source": {"rel": None}},
                "created_at": f"{zoo.DAYS[i]}T07:00:00Z", "updated_at": f"{zoo.DAYS[i]}T08:00:00Z", "type": None, "subject": "Возврат",
                "raw_subject": "Возврат", "description": text, "priority": None, "status": "solved", "recipient": None,
                "requester_id": 1, "submitter_id": 1, "assignee_id": 2, "tags": ["refund"], "satisfaction_rating": {"score": "bad"},
                "comments": [{"id": 1, "author_id": 1, "body": text, "public": True}, {"id": 2, "author_id": 2, "body": REPLY, "public": True}]}
               for i, text in enumerate(zoo.TEXTS)]  # fmt: skip
    zoo.add("zendesk.jsonl", "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in tickets),
        texts=[f"Возврат\n{text}" for text in zoo.TEXTS], first={"id": "300", "date": "2026-03-01T10:00:00", "status": "solved"})  # fmt: skip


def jira(zoo: Any) -> None:
    """Jira Service Management: CSV with equal names and months in words, the RSS of a search."""
    head = ["Summary", "Issue key", "Issue id", "Issue Type", "Status", "Project key", "Project name", "Project type", "Priority",
            "Resolution", "Assignee", "Reporter", "Creator", "Created", "Updated", "Last Viewed", "Resolved", "Labels", "Labels",
            "Description", "Custom field (Customer Request Type)", "Satisfaction rating", "Comment", "Comment", "Comment"]  # fmt: skip
    rows = [["Не приехал заказ", f"SUP-{i}", 10 + i, "Service Request", "Resolved", "SUP", "Поддержка", "service_desk", "Medium", "Done",
             "m.lebedeva", f"client{i}", f"client{i}", f"0{i + 1}/мар/26 10:00", "", "", f"0{i + 1}/мар/26 18:00", "жалоба", "",
             text, "Жалоба", 1, f"0{i + 1}/мар/26 11:00;m.lebedeva;{REPLY}", "", ""] for i, text in enumerate(zoo.TEXTS)]  # fmt: skip
    zoo.add("jira.csv", quoted([head, *rows]), texts=[f"Не приехал заказ\n{text}" for text in zoo.TEXTS], notes=("duplicate_headers",),
        first={"id": "SUP-0", "date": "2026-03-01T10:00:00", "closed": "2026-03-01T18:00:00", "operator": "m.lebedeva",
               "customer": "client0"})  # fmt: skip
    head = [
        "Тема",
        "Ключ запроса",
        "Тип запроса",
        "Статус",
        "Исполнитель",
        "Автор",
        "Создано",
        "Обновлено",
        "Дата решения",
        "Описание",
    ]
    rows = [["Не приехал заказ", f"SUP-{i}", "Запрос на обслуживание", "Решён", "Мария Лебедева", PEOPLE[i], f"0{i + 1}.мар.2026 10:00",
             "", f"0{i + 1}.мар.2026 18:00", text] for i, text in enumerate(zoo.TEXTS)]  # fmt: skip
    zoo.add("jira in russian.csv", quoted([head, *rows], ";"), texts=[f"Не приехал заказ\n{text}" for text in zoo.TEXTS],
        first={"id": "SUP-0", "date": "2026-03-01T10:00:00", "customer": PEOPLE[0], "closed": "2026-03-01T18:00:00"})  # fmt: skip
    items = "".join(
        f"<item><title>[SUP-{i}] Не приехал заказ</title><link>https://x.y/SUP-{i}</link><project id='1' key='SUP'>Поддержка</project>"
        f"<description>&lt;p&gt;{text}&lt;/p&gt;</description><key id='{i}'>SUP-{i}</key><summary>Не приехал заказ</summary>"
        f"<status id='5'>Resolved</status><reporter username='c{i}'>{PEOPLE[i]}</reporter>"
        f"<created>Sun, {i + 1} Mar 2026 10:00:00 +0300</created><comments><comment id='1' author='m.lebedeva'>&lt;p&gt;{REPLY}"
        "&lt;/p&gt;</comment></comments></item>"
        for i, text in enumerate(zoo.TEXTS)
    )
    zoo.add("jira.xml", f'<?xml version="1.0" encoding="UTF-8"?><rss version="0.92"><channel><title>Jira</title><link>https://x.y</link>'
        f"<description>Файл XML</description><language>ru</language>{items}</channel></rss>", format="xml",
        texts=[f"[SUP-{i}] Не приехал заказ\n{text}" for i, text in enumerate(zoo.TEXTS)],
        notes=("tagged",), dates=[f"{day}T10:00:00" for day in zoo.DAYS])  # fmt: skip


def answered(zoo: Any) -> None:
    """Chats in which the company answers: its words are no complaints."""
    company = "Поддержка Ромашка"
    said = [
        {
            "id": 1,
            "type": "service",
            "date": "2026-03-01T09:00:00",
            "actor": company,
            "action": "create_group",
            "text": "",
        }
    ]
    for i, text in enumerate(zoo.TEXTS):
        said.append(
            {
                "id": 2 * i + 2,
                "type": "message",
                "date": f"{zoo.DAYS[i]}T10:00:00",
                "from": PEOPLE[i],
                "from_id": f"user{i}",
                "text": text,
            }
        )
        said.append(
            {
                "id": 2 * i + 3,
                "type": "message",
                "date": f"{zoo.DAYS[i]}T10:05:00",
                "from": company,
                "from_id": "user99",
                "text": REPLY,
            }
        )
    told = {
        "skipped": ["empty_text", *["not_customer"] * 4],
        "dates": [f"{day}T10:00:00" for day in zoo.DAYS],
        "notes": ("turns",),
    }
    zoo.add("telegram answered.json", json.dumps({"name": "Жалобы", "type": "private_supergroup", "id": 5, "messages": said}),
        first={"customer": PEOPLE[0]}, **told)  # fmt: skip
    for name, title in (("whatsapp answered.txt", "Оператор Мария"), ("whatsapp of a firm.txt", "ООО «Ромашка»")):
        lines = "".join(f"0{i + 1}.03.2026, 10:00 - {PEOPLE[i]}: {text}\n0{i + 1}.03.2026, 10:05 - {title}: {REPLY}\n"
                        for i, text in enumerate(zoo.TEXTS))  # fmt: skip
        zoo.add(name, lines, first={"customer": PEOPLE[0]}, **told | {"skipped": ["not_customer"] * 4})
    lines = "".join(f"[0{i + 1}.03.2026, 10:00:00] {PEOPLE[i]}: {text}\r\n[0{i + 1}.03.2026, 10:01:00] Бот Ромашки: {REPLY}\r\n"
                    for i, text in enumerate(zoo.TEXTS))  # fmt: skip
    zoo.add("whatsapp of a bot.txt", lines, first={"customer": PEOPLE[0]}, **told | {"skipped": ["not_customer"] * 4})
    page = "".join(
        f'<div class="message default clearfix" id="m{i}"><div class="body"><div class="pull_right date details" '
        f'title="0{i // 2 + 1}.03.2026 10:00:00 UTC+03:00">10:00</div><div class="from_name">{(PEOPLE[i // 2], "Служба заботы")[i % 2]} </div>'
        f'<div class="text">{(zoo.TEXTS[i // 2], REPLY)[i % 2]}</div></div></div>'
        for i in range(8)
    )
    zoo.add("telegram answered.html", f'<!DOCTYPE html><html><body><div class="page_wrap"><div class="history">{page}</div></div></body></html>',
        **told | {"skipped": ["not_customer"] * 4})  # fmt: skip
    account: list[dict[str, Any]] = []
    for i, text in enumerate(zoo.TEXTS):
        turns = ((PEOPLE[i], text), ("Ромашка", REPLY))
        talk = [{"id": n, "type": "message", "date": f"{zoo.DAYS[i]}T10:0{n}:00", "from": who, "text": words}
                for n, (who, words) in enumerate(turns)]  # fmt: skip
        account.append({"name": PEOPLE[i], "type": "personal_chat", "id": 100 + i, "messages": talk})
    zoo.add("telegram account of a firm.json", json.dumps({"chats": {"about": "", "list": account}}), notes=("turns_joined",),
        first={"id": "100", "customer": PEOPLE[0], "reply": REPLY})  # fmt: skip
    groups = [
        {"name": name, "type": "private_supergroup", "id": 7 + n, "messages": said[1:]} for n, name in enumerate("АБ")
    ]
    zoo.add("telegram groups.json", json.dumps({"chats": {"about": "", "list": groups}}), texts=[*zoo.TEXTS] * 2,
        skipped=["not_customer"] * 8, first={"customer": PEOPLE[0], "reply": None})  # fmt: skip


def tables_of_talks(zoo: Any) -> None:
    """Tables with a message a row where the company has a name of its own."""
    for name, company, head in (
        ("authors.csv", "Поддержка", ["Дата", "Автор", "Сообщение"]),
        ("senders.csv", "ООО «Ромашка»", ["Время", "Отправитель", "Текст сообщения"]),
    ):
        rows = [
            [f"0{i // 2 + 1}.03.2026 10:0{i % 2}", (PEOPLE[i // 2], company)[i % 2], (zoo.TEXTS[i // 2], REPLY)[i % 2]]
            for i in range(8)
        ]
        zoo.add(
            name,
            quoted([head, *rows], ";"),
            skipped=["not_customer"] * 4,
            notes=("turns",),
            first={"customer": PEOPLE[0]},
        )
    head = ["chat_id", "time", "author", "text"]
    rows = [
        [
            i // 2,
            f"{zoo.DAYS[i // 2]} 10:0{i % 2}",
            (PEOPLE[i // 2], "Ромашка")[i % 2],
            (zoo.TEXTS[i // 2], REPLY)[i % 2],
        ]
        for i in range(8)
    ]
    zoo.add(
        "a firm in all dialogues.csv",
        quoted([head, *rows]),
        notes=("turns",),
        first={"id": "0", "reply": REPLY, "customer": PEOPLE[0]},
    )
    register = [[i, (PEOPLE[i], "Администратор магазина")[i == 3], text] for i, text in enumerate(zoo.TEXTS)]
    zoo.add("a complaint of staff.csv", quoted([["№", "Автор жалобы", "Текст жалобы"], *register], ";"))


def glued(zoo: Any) -> None:
    """Two exports one under the other: another delimiter, another encoding; and rows that only look like it."""
    commas = "".join(f'{i},{zoo.DAYS[i]},"{text}",Омск\n' for i, text in enumerate(zoo.TEXTS))
    zoo.add("two delimiters.csv", zoo.CSV + commas, texts=[*zoo.TEXTS, *zoo.TEXTS], dates=[*zoo.DAYS, *zoo.DAYS],
        notes=("other_delimiter",), facts={"delimiter": ";"})  # fmt: skip
    short = "Текст;Дата;Город\n" + "".join(
        f"{text};{day};Омск\n" for text, day in zip(zoo.TEXTS, zoo.DAYS, strict=True)
    )
    zoo.add("commas in a short row.csv", short + "Хамят, грубят, орут\n", texts=None,
        first={"region": "Омск", "date": zoo.DAYS[0]})  # fmt: skip
    body = zoo.CSV.partition("\n")[2]
    zoo.add("two encodings.csv", zoo.CSV.encode() + body.encode("cp1251") * 3, texts=[*zoo.TEXTS] * 4, notes=("recoded",),
        facts={"encoding": "utf-8"})  # fmt: skip
    zoo.add("one export under the other.csv", zoo.CSV * 2, texts=[*zoo.TEXTS, *zoo.TEXTS], dates=[*zoo.DAYS, *zoo.DAYS],
        skipped=["totals"])  # fmt: skip
    letters = [
        [i, f"<style>p {{color: red}}</style><div>{text[:9]}<b>{text[9:20]}</b>{text[20:]}<br/>&laquo;Жду&raquo; ответа</div><div>--<br></div>"
            "<div>Анна, отдел закупок</div>"]
        for i, text in enumerate(zoo.TEXTS)
    ]  # fmt: skip
    zoo.add("letters with tags.csv", quoted([["id", "html_body"], *letters], ";"), notes=("tagged",),
        texts=[f"{text}\n«Жду» ответа" for text in zoo.TEXTS])  # fmt: skip
    zoo.add("folders alone.zip", zoo.zipped({"a/": b"", "b/": b""}), error="read.empty")
    zoo.add("pictures alone.zip", zoo.zipped({"a.png": b"x", "b.png": b"y"}), error="read.archive_members")
