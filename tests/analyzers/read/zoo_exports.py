"""More animals of the zoo: what Russian companies' systems export, each as its own program writes it (texts invented).

`fill(zoo)` puts them beside those of `zoo.py`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

PEOPLE = ("Анна Иванова", "Пётр Орлов", "Вера Ким", "Олег Белов")


def quoted(rows: Sequence[Sequence[object]], delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    """A table with every cell in quotes, as CRMs write it."""
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return target.getvalue().encode(encoding)


def fill(zoo: Any) -> None:
    """Put the animals into the zoo."""
    for kind in (
        accounting,
        crm,
        chats,
        talks,
        turns,
        printed,
        two_lines,
        filtered,
        forms,
        marketplaces,
        messengers,
        scraped,
        nested,
        by_hand,
    ):
        kind(zoo)


def accounting(zoo: Any) -> None:
    """1C: its tables as tabs in utf-16, its reports with groups and totals, its XML."""
    rows = "".join(
        f"0000{i}\t0{i + 1}.03.2026 10:15:0{i}\t{PEOPLE[i]}\t{text}\t1\xa0234,5{i}\tМария\r\n"
        for i, text in enumerate(zoo.TEXTS)
    )
    head = "Номер\tДата\tКонтрагент\tСодержание обращения\tСумма\tОтветственный\r\n"
    zoo.add("1c list.txt", (head + rows).encode("utf-16"), format="tsv", facts={"encoding": "utf-16"},
        first={"customer": PEOPLE[0], "amount": 1234.5, "date": "2026-03-01T10:15:00", "operator": "Мария"})  # fmt: skip
    report: list[list[Any]] = [["Претензии за март 2026 г."], ["Отбор:", "Статус Не равно «Удалена»"], []]
    report.append(["Подразделение", "Номер", "Дата", "Контрагент", "Текст претензии", "Сумма"])
    for half, town in enumerate(("Омск", "Тула")):
        report.append([town, None, None, None, None, 900])
        report += [
            [None, f"П-{i}", f"0{i + 1}.03.2026", PEOPLE[i], zoo.TEXTS[i], 450] for i in (2 * half, 2 * half + 1)
        ]
    report.append(["Итого", None, None, None, None, 1800])
    zoo.add("1c report.xlsx", zoo.workbook(report, merge="A1:F1"), rows=(6, 7, 9, 10), dates=zoo.DAYS,
        skipped=["empty_text"] * 3, notes=("title_rows",))  # fmt: skip
    records = "".join(
        f"<CatalogObject.Претензии><Code>{i}</Code><Дата>{zoo.DAYS[i]}T10:00:00</Дата><Контрагент>{PEOPLE[i]}</Контрагент>"
        f"<ТекстПретензии>{text}</ТекстПретензии></CatalogObject.Претензии>"
        for i, text in enumerate(zoo.TEXTS)
    )
    zoo.add("1c exchange.xml", f'<?xml version="1.0" encoding="UTF-8"?><V8Exch:_1CV8DtUD xmlns:V8Exch="x"><V8Exch:Data>'
        f"{records}</V8Exch:Data></V8Exch:_1CV8DtUD>", format="xml", first={"customer": PEOPLE[0]})  # fmt: skip


def crm(zoo: Any) -> None:
    """amoCRM, Bitrix24, a bank's register, tickets with a message a row."""
    head = ["ID", "Название сделки", "Основной контакт", "Ответственный", "Этап сделки", "Бюджет ₽",
            "Дата создания сделки", "Дата закрытия", "Теги", "Примечание 1", "Примечание 2"]  # fmt: skip
    deals = [[100 + i, "", PEOPLE[i], "Мария", "Не реализовано", "1200", f"0{i + 1}.03.2026 12:30:00", "не закрыта",
              "претензия", text, ""] for i, text in enumerate(zoo.TEXTS)]  # fmt: skip
    zoo.add("amocrm.csv", quoted([head, *deals]),
        first={"customer": PEOPLE[0], "operator": "Мария", "date": "2026-03-01T12:30:00"})  # fmt: skip
    head = [
        "ID",
        "Стадия",
        "Название лида",
        "Имя",
        "Фамилия",
        "Мобильный телефон",
        "Источник",
        "Комментарий",
        "Дата создания",
    ]
    leads = [[i, "Не обработан", "", "Анна", "Иванова", "", "Веб-сайт", text, f"0{i + 1}.03.2026 10:00:00"]
             for i, text in enumerate(zoo.TEXTS)]  # fmt: skip
    zoo.add("bitrix24.csv", quoted([head, *leads], ";"), first={"channel": "Веб-сайт", "date": "2026-03-01T10:00:00"})
    head = ["Рег. номер", "Дата регистрации", "Вид обращения", "Краткое содержание", "ФИО заявителя", "Подразделение",
            "Исполнитель", "Срок исполнения", "Дата исполнения", "Результат рассмотрения"]  # fmt: skip
    cases = [[f"Ж-{i}", f"0{i + 1}.03.2026", "Жалоба", text, PEOPLE[i], "Омск", "Мария", "", f"1{i}.03.2026",
              "Удовлетворено, направлен ответ"] for i, text in enumerate(zoo.TEXTS)]  # fmt: skip
    zoo.add("register.csv", quoted([head, *cases], ";", "cp1251"), dates=zoo.DAYS,
        first={"closed": "2026-03-10", "operator": "Мария", "reply": "Удовлетворено, направлен ответ"})  # fmt: skip
    head = ["Package Name", "Review Submit Date and Time", "Star Rating", "Review Title", "Review Text",
            "Developer Reply Date and Time", "Developer Reply Text", "Review Link"]  # fmt: skip
    reviews = [["ru.shop", f"{day}T10:00:00Z", 1, "", text, f"{day}T12:00:00Z", "Уже проверяем, спасибо", "https://x.y/1"]
               for day, text in zip(zoo.DAYS, zoo.TEXTS, strict=True)]  # fmt: skip
    zoo.add("google play.csv", quoted([head, *reviews], ",", "utf-16"),
        first={"reply": "Уже проверяем, спасибо", "date": "2026-03-01T13:00:00"})  # fmt: skip


def chats(zoo: Any) -> None:
    """Transcripts whose operators have names, and a book with a sheet a month."""
    talks = [
        f"[10:00:01] Посетитель: {text}\n[10:00:15] Мария: Здравствуйте, проверю\n[10:02:00] Посетитель: Жду"
        for text in zoo.TEXTS
    ]
    rows = [[i, "01.03.2026 10:00", "Мария", talk] for i, talk in enumerate(talks)]
    zoo.add("jivo.csv", quoted([["Номер чата", "Дата начала", "Оператор", "Переписка"], *rows], ";"), notes=("dialogues",),
        texts=[f"{text}\nЖду" for text in zoo.TEXTS], first={"reply": "Здравствуйте, проверю", "operator": "Мария"})  # fmt: skip
    zoo.add("a sheet a month.xlsx", zoo.workbook(zoo.ROWS, before=[zoo.ROWS[0], *zoo.ROWS[1:3]]), rows=(2, 3, 4, 5),
        notes=("sheets", "sheets_alike"), **zoo.GOOD)  # fmt: skip


def talks(zoo: Any) -> None:
    """Transcripts in .txt: a name and a clock above the words, or before them."""
    turns = (
        "Посетитель 10:00:01\n{}\n\nМария 10:00:15\nДобрый день, проверю\nПосетитель 10:02\nЖду\nМария 10:03\nХорошо\n"
    )
    said = {"texts": [f"{zoo.TEXTS[0]}\nЖду"], "notes": ("dialogues",), "facts": {"split": "whole"}}
    zoo.add("transcript.txt", turns.format(zoo.TEXTS[0]), first={"reply": "Добрый день, проверю\nХорошо"}, **said)
    named = turns.replace("Мария", "Оператор Мария").replace("Посетитель", "Анна")
    zoo.add("transcript of a named client.txt", named.format(zoo.TEXTS[0]), **said)
    many = "".join(f"Чат № {i + 1}\n{turns.format(text)}" for i, text in enumerate(zoo.TEXTS))
    zoo.add("transcripts.txt", many, texts=[f"{text}\nЖду" for text in zoo.TEXTS], notes=("dialogues",))
    cells = [[i, turns.format(text)] for i, text in enumerate(zoo.TEXTS)]
    zoo.add("transcripts.csv", quoted([["id", "Переписка"], *cells], ";"), notes=("dialogues",),
        texts=[f"{text}\nЖду" for text in zoo.TEXTS], first={"reply": "Добрый день, проверю\nХорошо"})  # fmt: skip
    copied = "".join(f"{PEOPLE[i]}, [0{i + 1}.03.2026 10:00]\n{text}\n\n" for i, text in enumerate(zoo.TEXTS))
    zoo.add("telegram copied.txt", copied, dates=[f"{day}T10:00:00" for day in zoo.DAYS], facts={"split": "chat"},
        rows=(1, 4, 7, 10), first={"customer": PEOPLE[0]})  # fmt: skip
    clocks = "".join(f"[10:0{i}:05] {PEOPLE[i % 2]}: {text}\n" for i, text in enumerate(zoo.TEXTS))
    zoo.add("clocks.txt", clocks, dates=[None] * 4, facts={"split": "chat"}, first={"customer": PEOPLE[0]})


def turns(zoo: Any) -> None:
    """A message a row: the employees' messages are no complaints, a dialogue's messages are one."""
    head = ["message_id", "ticket_id", "created_at", "author_type", "author_name", "message"]
    rows: list[list[Any]] = []
    for i, text in enumerate(zoo.TEXTS):
        rows.append([3 * i, f"T{i}", f"0{i + 1}.03.2026 10:00", "end-user", PEOPLE[i], text])
    for i in range(3):
        rows.append([3 * i + 1, f"T{i}", f"0{i + 1}.03.2026 10:05", "agent", "Мария", "Добрый день, проверю"])
        rows.append([3 * i + 2, f"T{i}", f"0{i + 1}.03.2026 10:07", "end-user", PEOPLE[i], "Жду"])
    rows.append([99, "T9", "05.03.2026 10:00", "bot", "Бот", "Оцените нашу работу"])
    one = {
        "texts": [*(f"{text}\nЖду" for text in zoo.TEXTS[:3]), zoo.TEXTS[3]], "skipped": ["not_customer"],
        "dates": [f"{day}T10:00:00" for day in zoo.DAYS], "notes": ("turns", "turns_joined"),
        "first": {"id": "T0", "reply": "Добрый день, проверю", "customer": PEOPLE[0]},
    }  # fmt: skip
    zoo.add("messages.csv", quoted([head, *rows], ";"), rows=(2, 3, 4, 5), **one)
    zoo.add("messages, the newest first.csv", quoted([head, *rows[::-1]], ";"),
        **one | {"texts": [one["texts"][i] for i in (2, 1, 0, 3)], "dates": [one["dates"][i] for i in (2, 1, 0, 3)],
                 "first": {"id": "T2", "reply": "Добрый день, проверю"}})  # fmt: skip
    alone = [[row[2], {"end-user": "Клиент", "agent": "Оператор", "bot": "Бот"}[row[3]], row[5]] for row in rows[:6]]
    zoo.add("messages without a dialogue.csv", quoted([["Дата", "Автор", "Сообщение"], *alone], ";"),
        texts=[*zoo.TEXTS, "Жду"], skipped=["not_customer"], notes=("turns",), first={"customer": None})  # fmt: skip
    ways = [{"dialog": i // 2, "direction": ("Входящее", "Исходящее")[i % 2], "text": (text, "Проверяем")[i % 2]}
            for i, text in enumerate(text for one in zoo.TEXTS for text in (one, one))]  # fmt: skip
    zoo.add(
        "directions.jsonl", "".join(json.dumps(way) + "\n" for way in ways), first={"id": "0", "reply": "Проверяем"}
    )
    register = [[i, ("Клиент", "Сотрудник")[i % 2], text] for i, text in enumerate(zoo.TEXTS)]
    zoo.add("register of clients and staff.csv", quoted([["№", "Вид заявителя", "Текст обращения"], *register], ";"))


def printed(zoo: Any) -> None:
    """Reports of fixed width: right-aligned figures, titles above, rules, wrapped texts; Excel's .prn."""
    towns = ("Омск", "Тула", "Нижний Новгород", "Пермь")
    lines = [f"{'id':<4}{'Дата':<12}{'Город':<16}Текст"]
    lines += [f"{i + 1:<4}{zoo.DAYS[i]:<12}{towns[i]:<16}{text}" for i, text in enumerate(zoo.TEXTS)]
    zoo.add("excel.prn", "\r\n".join(lines).encode("cp1251"), format="fixed", facts={"header_row": 1}, **zoo.GOOD)
    lines = [
        f"{'id':<4}{'Текст':<64}{'Город'}",
        *(f"{i + 1:<4}{text:<64}{towns[i]}" for i, text in enumerate(zoo.TEXTS)),
    ]
    zoo.add("text in the middle.txt", "\n".join(lines), format="fixed", first={"region": "Омск", "id": "1"})
    report = ["Обращения за март", "", f"{'№ обращения':>12}  {'Дата':<10}  {'Город':<16}{'Сумма':>10}  Текст",
              "-" * 12 + "  " + "-" * 10 + "  " + "-" * 26 + "  " + "-" * 30]  # fmt: skip
    for i, text in enumerate(zoo.TEXTS):
        half = text.rindex(" ", 0, 31)
        report.append(f"{i + 1:>12}  0{i + 1}.03.2026  {towns[i]:<16}{1000.5 * 10**i:>10.2f}  {text[:half]}")
        report.append(" " * 54 + text[half + 1 :])
    zoo.add("printed report.txt", "\r\n".join(report).encode("cp866"), format="fixed", rows=(5, 7, 9, 11),
        dates=zoo.DAYS, first={"amount": 1000.5, "id": "1"}, notes=("fixed_width", "title_rows"))  # fmt: skip


def two_lines(zoo: Any) -> None:
    """Two lines are even by chance: commas with a blank behind them are those of a sentence."""
    zoo.add("two texts.csv", "\n".join(zoo.TEXTS[:2]), texts=zoo.TEXTS[:2], facts={"delimiter": None})
    zoo.add("two lines.csv", f"a;b\n1;{zoo.TEXTS[0]}, два, три\n", texts=[f"{zoo.TEXTS[0]}, два, три"],
        facts={"delimiter": ";"})  # fmt: skip


def filtered(zoo: Any) -> None:
    """A book with a filter: hidden rows are complaints too. And one with a pivot's sheet in front, a hidden list behind."""
    import openpyxl

    told = {"filtered.xlsx": ("filtered_rows", "hidden_columns"), "pivot.xlsx": ("sheets", "hidden_sheets")}
    for name, hidden in (("filtered.xlsx", True), ("pivot.xlsx", False)):
        book = openpyxl.load_workbook(io.BytesIO(zoo.workbook(zoo.ROWS)))
        sheet = book.active
        if hidden:
            sheet.auto_filter.ref = "A1:D5"
            sheet.auto_filter.add_filter_column(3, ["Омск", "Пермь"])
            sheet.column_dimensions["A"].hidden = True
            sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = True
        else:
            for title, place, lines in (
                ("Сводная", 0, [["Названия строк", "Количество по полю Текст"], ["Омск", 3], ["Общий итог", 4]]),
                (
                    "Справочник",
                    2,
                    [
                        ["Виды жалоб для заполнения"],
                        ["Срыв срока доставки по вине склада"],
                        ["Невозврат денег клиенту"],
                    ],
                ),
            ):
                other = book.create_sheet(title, place)
                for line in lines:
                    other.append(line)
            book["Справочник"].sheet_state = "hidden"
        target = io.BytesIO()
        book.save(target)
        zoo.add(name, target.getvalue(), rows=(2, 3, 4, 5), notes=told[name], **zoo.GOOD)


def forms(zoo: Any) -> None:
    """Questionnaires: their headers are whole questions."""
    head = ["Отметка времени", "Ваше имя", "Как часто вы пользуетесь нашим сервисом?", "Оцените обслуживание от 1 до 5",
            "Что вам понравилось?", "Что вам не понравилось?"]  # fmt: skip
    answers = [[f"2026/03/0{i + 1} 5:15:00 PM GMT+3", PEOPLE[i], "Раз в неделю", i + 1, "", text]
               for i, text in enumerate(zoo.TEXTS)]  # fmt: skip
    zoo.add("google forms.csv", quoted([head, *answers]), facts={"header_row": 1},
        texts=[f"Что вам не понравилось?: {text}" for text in zoo.TEXTS],
        first={"date": "2026-03-01T17:15:00", "rating": 1.0, "customer": PEOPLE[0]})  # fmt: skip
    head = ["respondent_id", "Дата прохождения", "Какова вероятность, что вы порекомендуете нас друзьям?",
            "Почему вы поставили такую оценку?"]  # fmt: skip
    nps = [[i, f"0{i + 1}.03.2026", i * 3, text] for i, text in enumerate(zoo.TEXTS)]
    zoo.add("nps.csv", quoted([head, *nps], ";"), dates=zoo.DAYS, first={"rating": 0.0})


def marketplaces(zoo: Any) -> None:
    """Ozon, Wildberries, Avito: the name of the goods is no headline of the text."""
    ozon = [[f"A-{i}", 100 + i, "Чайник электрический", f"{zoo.DAYS[i]} 10:11:12", i + 1, text, 0, "Обработан", None, "1234-1"]
            for i, text in enumerate(zoo.TEXTS)]  # fmt: skip
    head = ["Артикул", "SKU", "Название товара", "Дата", "Оценка", "Текст отзыва", "Фото", "Статус отзыва", "Ответ продавца",
            "Номер заказа"]  # fmt: skip
    zoo.add("ozon.xlsx", zoo.workbook([head, *ozon]),  # one order, four reviews: its number is no id of theirs
        first={"product": "Чайник электрический", "rating": 1.0, "id": None, "date": "2026-03-01T10:11:12"})  # fmt: skip
    head = ["Дата", "Артикул продавца", "Название", "Бренд", "Количество звёзд", "Текст отзыва", "Достоинства", "Недостатки",
            "Имя покупателя"]  # fmt: skip
    wb = [[f"0{i + 1}.03.2026", f"A-{i}", "Чайник", "Ромашка", i + 1, text, "", "Течёт", "Анна"]
          for i, text in enumerate(zoo.TEXTS)]  # fmt: skip
    zoo.add("wildberries.xlsx", zoo.workbook([["Отзывы"], ["Период: март"], [], head, *wb]), dates=zoo.DAYS,
        texts=[f"Текст отзыва: {text}\nНедостатки: Течёт" for text in zoo.TEXTS], first={"product": "Чайник"})  # fmt: skip
    avito = [[f"{i + 1} марта", PEOPLE[i], f"{i + 1} из 5", "Чайник, 500 ₽", text] for i, text in enumerate(zoo.TEXTS)]
    zoo.add("avito.xlsx", zoo.workbook([["Дата отзыва", "Автор", "Оценка", "Объявление", "Отзыв"], *avito]), dates=zoo.DAYS,
        options={"today": zoo.dt.date(2026, 4, 1)}, notes=("year_assumed",), first={"rating": 1.0})  # fmt: skip


def messengers(zoo: Any) -> None:
    """Telegram and WhatsApp."""
    said = [
        {
            "id": 1,
            "type": "service",
            "date": "2026-03-01T09:00:00",
            "actor": "Чат",
            "action": "create_group",
            "text": "",
        }
    ]
    said += [
        {"id": 2 + i, "type": "message", "date": f"{zoo.DAYS[i]}T10:00:00", "from": PEOPLE[i],
         "text": [text[:20], {"type": "bold", "text": text[20:]}], "text_entities": [{"type": "plain", "text": text}]}
        for i, text in enumerate(zoo.TEXTS)
    ]  # fmt: skip
    written = {"dates": [f"{day}T10:00:00" for day in zoo.DAYS], "first": {"customer": PEOPLE[0]}}
    chat = {"name": "Жалобы", "type": "private_supergroup", "id": 5, "messages": said}
    zoo.add("telegram.json", json.dumps(chat), skipped=["empty_text"], **written)
    chats = [{"name": "А", "id": 1, "messages": said[1:3]}, {"name": "Б", "id": 2, "messages": said[3:]}]
    zoo.add("telegram account.json", json.dumps({"chats": {"about": "", "list": chats}}), **written)
    page = "".join(
        f'<div class="message default clearfix" id="m{i}"><div class="body"><div class="pull_right date details" '
        f'title="0{i + 1}.03.2026 10:00:00 UTC+03:00">10:00</div><div class="from_name">{PEOPLE[i]} </div>'
        f'<div class="text">{text[:20]}<strong>{text[20:]}</strong></div></div></div>'
        for i, text in enumerate(zoo.TEXTS)
    )
    service = '<div class="message service"><div class="body details">1 March 2026</div></div>'
    zoo.add("telegram.html", f'<!DOCTYPE html><html><head><meta charset="utf-8"/></head><body><div class="page_wrap">'
        f'<div class="history">{service}{page}</div></div></body></html>', format="html", **written)  # fmt: skip
    lines = "".join(f"0{i + 1}.03.2026, 10:00 - {PEOPLE[i]}: {text}\nЖду\n" for i, text in enumerate(zoo.TEXTS))
    zoo.add("whatsapp.txt", f"01.03.2026, 09:00 - Сообщения защищены шифрованием.\n{lines}"
        "05.03.2026, 11:00 - Анна: <Без медиафайлов>\n", facts={"split": "chat"}, rows=(2, 4, 6, 8),
        texts=[f"{text}\nЖду" for text in zoo.TEXTS], skipped=["empty_text"], **written)  # fmt: skip
    lines = "".join(f"[0{i + 1}.03.2026, 10:00:00] {PEOPLE[i]}: {text}\r\n" for i, text in enumerate(zoo.TEXTS))
    zoo.add("whatsapp of an iphone.txt", lines, facts={"split": "chat"}, **written)


def scraped(zoo: Any) -> None:
    """Pages of review sites: marks and days inside the texts, many texts in a cell."""
    texts = [*zoo.TEXTS, "Обещали перезвонить и пропали"]
    days = [*zoo.DAYS, "2026-03-05"]
    cards = [
        f"Плохо\nОценка:\n{i + 1}\nЗачтено\n{text}\n0{i + 1}.03.2026 10:53\n{i}\nОтзыв проверен"
        for i, text in enumerate(texts)
    ]
    told = {"dates": [f"{day}T10:53:00" for day in days], "first": {"rating": 1.0}, "notes": ("inside",)}
    shown = [f"Плохо\n{text}" for text in texts]
    dump = "".join(f"Страница 1, отзыв {i + 1}: {card}\n" for i, card in enumerate(cards))
    zoo.add("dump.txt", dump, texts=shown, **told)
    inline = " ".join(f"Страница 1, отзыв {i + 1}: {card}".replace("\n", " ") for i, card in enumerate(cards * 6))
    zoo.add("glued.csv", f'Title,Rating,Review Text,Date\nПлохо,1,"{inline}",01.01.2020\n', texts=shown * 6,
        dates=[f"{day}T10:53:00" for day in days] * 6, rows=[2] * 30, notes=("inside", "glued"))  # fmt: skip
    rated = "".join(f'{day};;"Оценка: {i + 1} {text}"\n' for i, (day, text) in enumerate(zip(days, texts, strict=True)))
    zoo.add(
        "rating in text.csv",
        "Дата;Оценка;Текст\n" + rated,
        texts=texts,
        dates=days,
        notes=("inside",),
        first={"rating": 1.0},
    )
    zoo.add(
        "dated lines.txt",
        "".join(f"{day} {text}\n" for day, text in zip(days, texts, strict=True)),
        texts=texts,
        dates=days,
    )
    reviews = [{"author": {"name": PEOPLE[i], "city": "Омск"}, "rating": "1", "date": f"{i + 1} мар 2026", "plus": "Цена",
                "minus": "Всё", "text": text, "comments": [{"author": "x", "text": "Согласен с вами полностью"}]}
               for i, text in enumerate(zoo.TEXTS)]  # fmt: skip
    zoo.add("otzovik.json", json.dumps(reviews), dates=zoo.DAYS, first={"region": "Омск", "customer": PEOPLE[0]},
        texts=[f"plus: Цена\nminus: Всё\ntext: {text}" for text in zoo.TEXTS])  # fmt: skip


def nested(zoo: Any) -> None:
    """JSON of other shapes than a list of records."""
    columns = {"date": dict(zip("0123", zoo.DAYS, strict=True)), "text": dict(zip("0123", zoo.TEXTS, strict=True))}
    zoo.add("pandas.json", json.dumps(columns), dates=zoo.DAYS)
    rows = [list(row) for row in zip(zoo.DAYS, zoo.TEXTS, strict=True)]
    zoo.add(
        "pandas split.json",
        json.dumps({"columns": ["date", "text"], "index": [0, 1, 2, 3], "data": rows}),
        dates=zoo.DAYS,
    )
    zoo.add("lists.json", json.dumps([["date", "text"], *rows]), dates=zoo.DAYS, rows=(2, 3, 4, 5))
    zoo.add("lists.jsonl", "".join(json.dumps(row) + "\n" for row in rows), dates=zoo.DAYS, format="jsonl")
    by_id = {f"r{i}": {"date": zoo.DAYS[i], "text": text} for i, text in enumerate(zoo.TEXTS)}
    zoo.add("under ids.json", json.dumps(by_id, indent=1), dates=zoo.DAYS)
    zoo.add("one behind the other.json", "\n".join(json.dumps(item, indent=1) for item in zoo.OBJECTS), **zoo.GOOD)
    people = [{"id": i, "first_name": "Анна"} for i in range(9)]
    items = [{"id": i + 1, "date": 1772323200 + i * 86400, "text": text} for i, text in enumerate(zoo.TEXTS)]
    zoo.add("vk.json", json.dumps({"response": {"count": 4, "profiles": people, "items": items}}), first={"id": "1"})
    tickets = [{"id": i, "subject": "", "description": text, "comments": [{"author": "client", "body": text}]}
               for i, text in enumerate(zoo.TEXTS)]  # fmt: skip
    zoo.add("tickets.json", json.dumps({"tickets": tickets, "next_page": None}))
    zoo.add("bad.json", '{"text": "оборвано', error="read.damaged")


def by_hand(zoo: Any) -> None:
    """Files made by hand, and what other tools leave."""
    rows = "".join(f"{i + 1},{zoo.DAYS[i]},{text}\n" for i, text in enumerate(zoo.TEXTS))
    zoo.add("commas without quotes.csv", "id,date,text\n" + rows, dates=zoo.DAYS, notes=("rejoined",))
    zoo.add("caret.csv", zoo.table("^"), **zoo.GOOD)
    cards = "\n\n".join(
        f"Дата: {day}\nКлиент: Анна\nТекст: {text}\nЖду" for day, text in zip(zoo.DAYS, zoo.TEXTS, strict=True)
    )
    zoo.add("cards.txt", cards, texts=[f"{text}\nЖду" for text in zoo.TEXTS], dates=zoo.DAYS, first={"customer": "Анна"},
        rows=(1, 6, 11, 16))  # fmt: skip
    serials = "".join(f"{46082 + i},4375;{text}\n" for i, text in enumerate(zoo.TEXTS))
    zoo.add("dates serial with commas.csv", "Дата;Текст\n" + serials, dates=[f"{day}T10:30:00" for day in zoo.DAYS])
    short = "".join(f"0{i + 1}.03, 12:30;{text}\n" for i, text in enumerate(zoo.TEXTS))
    zoo.add("dates without a year.csv", "Дата;Текст\n" + short, dates=[f"{day}T12:30:00" for day in zoo.DAYS],
        options={"today": zoo.dt.date(2026, 3, 4)}, notes=("year_assumed",))  # fmt: skip
    spoken = "".join(f"{i + 1} марта, 12:30;{text}\n" for i, text in enumerate(zoo.TEXTS))  # 12 is no year
    zoo.add("dates spoken.csv", "Дата;Текст\n" + spoken, dates=[f"{int(day[:4]) - 1}{day[4:]}T12:30:00" for day in zoo.DAYS],
        options={"today": zoo.dt.date(2026, 2, 28)})  # fmt: skip
    zoo.add("two header rows.xlsx", zoo.workbook([["Обращение", None, "Клиент"], ["Дата", "Текст", "ФИО"],
        *([zoo.DAYS[i], text, PEOPLE[i]] for i, text in enumerate(zoo.TEXTS))], merge="A1:B1"), dates=zoo.DAYS,
        facts={"header_row": 2}, first={"customer": PEOPLE[0]})  # fmt: skip
    zoo.add("base.dbf", b"\x03\x1a\x03\x01\x06\0\0\0" + bytes(24) + b"TEXT" + b" " * 300, error="read.unsupported")
