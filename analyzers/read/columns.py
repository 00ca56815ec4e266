"""Which column is the text, which the date, the rating and so on: by header and by content."""

import difflib
from collections.abc import Callable, Sequence

from ..errors import InputError, UsageError
from .headers import COMMENT, CONS, PROS, is_article, is_derived, is_label, normalise, roles_of
from .model import LETTERS, NAMED, ROLES, ColumnChoice, ReadOptions, TableInfo
from .profile import Profile, overlap, profile
from .turns import find_turns

ENOUGH = 0.45
"""A role is given to a column that scores at least this much."""
ENOUGH_ALONE = 0.15
"""The only column of words may be the text with less: short texts under an unknown name."""

Sample = Sequence[Sequence[str]]


def choose_columns(info: TableInfo, sample: Sample, options: ReadOptions) -> None:
    """Fill `info.choices` for the columns of `info`, from the options, the names and the sample rows.

    Raises
    ------
    InputError
        ``read.no_text_column`` when nothing reads like customers' texts.
    UsageError
        ``read.no_column`` or ``read.unknown_role`` for an option that fits nothing.
    """
    columns = [[row[i] if i < len(row) else "" for row in sample] for i in range(len(info.columns))]
    profiles = [profile(cells) for cells in columns]
    named = info.header_row is not None or info.format in NAMED or info.format in LETTERS
    taken: set[int] = set()
    _apply_options(info, options, taken)
    if named:
        _choose_turns(info, columns, taken)
    if info.format in LETTERS and info.columns[0] == "text" and info.header_row is None and "text" not in info.choices:
        info.choices["text"] = ColumnChoice("text", ("text",), (0,), "format", 1.0)
        taken.add(0)
    elif "text" not in options.columns:
        _choose_text(info, columns, profiles, taken, named=named)
        _note_copies(info, columns, profiles, taken)
    _choose_others(info, profiles, options, taken, named=named)
    info.choices = {role: info.choices[role] for role in ROLES if role in info.choices}
    if "text" not in info.choices:
        raise InputError("read.no_text_column", path=info.source, columns=list(info.columns), option="--text")


def _choose_turns(info: TableInfo, columns: list[list[str]], taken: set[int]) -> None:
    """Messages of a dialogue are one complaint: its number is their id, and who speaks is no customer's name."""
    turns = info.turns = find_turns(info, columns, taken)
    if turns is None:
        return
    if not turns.named:
        taken.add(turns.index)
    if turns.conversation is not None and "id" not in info.choices:
        place = turns.conversation_index
        info.choices["id"] = ColumnChoice("id", (turns.conversation,), (place,), "both", 1.0)
        taken.add(place)


def resolve_column(wanted: str, columns: Sequence[str], option: str) -> int:
    """Return the index of the column called `wanted`, or at that 1-based number.

    Raises
    ------
    UsageError
        ``read.no_column``, with the nearest name.
    """
    wanted = " ".join(wanted.split())
    for same in (str, str.casefold, normalise):
        for i, name in enumerate(columns):
            if same(name) == same(wanted):
                return i
    if wanted.isdecimal() and 1 <= int(wanted) <= len(columns):
        return int(wanted) - 1
    near = difflib.get_close_matches(wanted.casefold(), [name.casefold() for name in columns], n=1, cutoff=0.5)
    nearest = next((name for name in columns if near and name.casefold() == near[0]), None)
    raise UsageError("read.no_column", option=option, wanted=wanted, columns=list(columns), nearest=nearest)


def _apply_options(info: TableInfo, options: ReadOptions, taken: set[int]) -> None:
    for role, wanted in options.columns.items():
        if role not in ROLES:
            raise UsageError("read.unknown_role", role=role, roles=list(ROLES))
        if wanted.strip().lower() in ("", "none") and role != "text":
            continue  # switched off
        try:
            indexes = [resolve_column(wanted, info.columns, f"--{role}")]
        except UsageError:
            if "," not in wanted:
                raise
            indexes = [resolve_column(name, info.columns, f"--{role}") for name in wanted.split(",") if name.strip()]
        taken.update(indexes)
        names = tuple(info.columns[i] for i in indexes)
        info.choices[role] = ColumnChoice(role, names, tuple(indexes), "option", 1.0)


def _choose_text(
    info: TableInfo, columns: list[list[str]], profiles: list[Profile], taken: set[int], *, named: bool
) -> None:
    family = _family(info, profiles, taken) if named else []
    scores = [
        0.0 if i in taken else _text_score(name if named else "", profiles[i]) for i, name in enumerate(info.columns)
    ]
    ranked = sorted((i for i in range(len(scores)) if scores[i] > 0), key=lambda i: (-scores[i], i))
    if not ranked:
        return
    second = scores[ranked[1]] if len(ranked) > 1 else 0.0
    alone = profiles[ranked[0]].is_prose and scores[ranked[0]] >= max(ENOUGH_ALONE, 2 * second)
    if scores[ranked[0]] < ENOUGH and not family and not alone:
        return
    if family:
        rest = [i for i in ranked if i not in family]
        rival = rest[0] if rest else None
        chosen, score = family, max(scores[i] for i in family)
    else:
        chosen, score = ranked[:1], scores[ranked[0]]
        # a cleaned or lemmatised copy is no runner-up: it is the same text
        rest = [i for i in ranked[1:] if overlap(columns[chosen[0]], columns[i]) < 0.6]
        rival = rest[0] if rest else None
    taken.update(chosen)
    by_name = named and max((roles_of(info.columns[i]).get("text", 0.0) for i in chosen), default=0.0) >= 0.6
    info.choices["text"] = ColumnChoice(
        "text",
        tuple(info.columns[i] for i in chosen),
        tuple(chosen),
        "header" if family or by_name else "content",
        round(score, 3),
        info.columns[rival] if rival is not None else None,
        round(scores[rival], 3) if rival is not None else 0.0,
    )


def _family(info: TableInfo, profiles: list[Profile], taken: set[int]) -> list[int]:
    """Columns of a review form: what was good, what was bad, a comment. One of the first two must be there."""
    plain = [normalise(name) for name in info.columns]
    members = [i for i, name in enumerate(plain) if PROS.fullmatch(name) or CONS.fullmatch(name)]
    if not members:
        return []
    members += [i for i, name in enumerate(plain) if COMMENT.fullmatch(name)]
    kept = [
        i for i in sorted(set(members))
        if i not in taken and profiles[i].n and profiles[i].mean_words >= 1 and profiles[i].numbers < 0.5
        and profiles[i].structures < 0.5
    ]  # fmt: skip
    return kept if len(kept) > 1 or any(profiles[i].is_prose for i in kept) else []


def _text_score(name: str, cells: Profile) -> float:
    """How much a column reads like customers' own words, up to 1: half by its name, half by its cells."""
    if not cells.n or cells.mean_words < 1 or max(cells.links, cells.structures, cells.dates, cells.numbers) > 0.6:
        return 0.0
    fits = roles_of(name)
    by_name = fits.get("text", 0.0)
    rivals = {role: weight for role, weight in fits.items() if role not in ("text", "title")}
    if max(rivals.values(), default=0.0) >= max(by_name, 0.7) or (is_label(name) and by_name < 1):
        return 0.0
    if fits.get("title", 0.0) > by_name:
        by_name = 0.35
    if by_name < 1 and cells.n >= 20 and cells.distinct < 0.3 and cells.mean_words < 5:
        return 0.0  # a handful of short values again and again is a category
    if is_derived(name):
        by_name *= 0.4
    prose = min(1.0, cells.mean_words / 12) ** 0.5 * (0.5 + 0.5 * min(1.0, 1.3 * cells.cyrillic))
    by_content = prose * (0.4 + 0.6 * min(1.0, cells.distinct * 1.25)) * (0.3 + 0.7 * min(1.0, 2 * cells.filled))
    if not by_name and cells.mean_words < 4:
        by_content *= 0.6  # names, cities, short titles
    return 0.5 * by_name + 0.55 * by_content


def _note_copies(info: TableInfo, columns: list[list[str]], profiles: list[Profile], taken: set[int]) -> None:
    """Set aside prose columns that repeat the text (cleaned, lemmatised, masked)."""
    choice = info.choices.get("text")
    if choice is None:
        return
    own = columns[choice.indexes[0]]
    for i, name in enumerate(info.columns):
        if i in taken or not profiles[i].is_prose or "reply" in roles_of(name) or "title" in roles_of(name):
            continue
        if profiles[i].mean_words >= 0.4 * profiles[choice.indexes[0]].mean_words and overlap(own, columns[i]) >= 0.6:
            taken.add(i)
            info.note("near_copy", column=name, of=choice.columns[0])


def _choose_others(
    info: TableInfo, profiles: list[Profile], options: ReadOptions, taken: set[int], *, named: bool
) -> None:
    """Give the other roles away, the surest pair of role and column first."""
    pairs: list[tuple[float, int, int]] = []
    goods = named and any(map(is_article, info.columns))
    for i, name in enumerate(info.columns):
        fits = roles_of(name) if named else {}
        if goods and normalise(name) in ("название", "наименование", "name", "title"):
            fits = {"product": 1.0}
        if "customer" in fits and normalise(name) in ("name", "имя", "фио") and profiles[i].numbers > 0.6:
            fits = {"id": 0.9}  # the name of an order
        for order, role in enumerate(ROLES):
            if role == "text" or role in options.columns:
                continue
            score = _role_score(role, fits.get(role, 0.0), profiles[i])
            if score >= ENOUGH:
                pairs.append((-round(score, 3), order * len(info.columns) + i, i))
    for negative, place, i in sorted(pairs):
        role = ROLES[place // len(info.columns)]
        if i in taken:
            continue
        if role in info.choices:
            first = info.choices[role]
            if first.runner_up is None:
                info.choices[role] = ColumnChoice(
                    role, first.columns, first.indexes, first.reason, first.score, info.columns[i], -negative
                )
            continue
        reason = "header" if named and role in roles_of(info.columns[i]) else "content"
        info.choices[role] = ColumnChoice(role, (info.columns[i],), (i,), reason, -negative)
        taken.add(i)


def _role_score(role: str, by_name: float, cells: Profile) -> float:
    if not cells.n:
        # nothing to contradict the name; an empty column of that name is still the place to look
        return by_name * 0.75
    return _CONTENT[role](by_name, cells)


def _date(by_name: float, cells: Profile) -> float:
    if by_name >= 0.5 and cells.clock_numbers >= 0.3:
        return 0.5 * by_name + 0.5 * cells.clock_numbers
    return 0.6 if cells.dates > 0.7 else 0.0


def _closed(by_name: float, cells: Profile) -> float:
    return 0.5 * by_name + 0.55 * cells.clock_numbers if by_name and cells.clock_numbers >= 0.3 else 0.0


def _rating(by_name: float, cells: Profile) -> float:
    in_range = cells.low is not None and cells.high is not None and cells.low >= -100 and cells.high <= 100
    return by_name * (0.4 + 0.6 * cells.ratings) if in_range and cells.ratings > 0.6 and cells.dates < 0.5 else 0.0


def _amount(by_name: float, cells: Profile) -> float:
    return by_name * cells.ratings if cells.dates < 0.5 and cells.mean_words < 4 else 0.0


def _title(by_name: float, cells: Profile) -> float:
    if (cells.n >= 20 and cells.distinct < 0.25) or cells.mean_words > 30 or cells.mean_words < 0.5:
        return 0.0  # «Тема» of a helpdesk is often a category: twenty values for all rows
    return by_name


def _reply(by_name: float, cells: Profile) -> float:
    return by_name if cells.mean_words >= 2 and cells.links < 0.6 else 0.0


def _id(by_name: float, cells: Profile) -> float:
    return by_name * (0.3 + 0.7 * cells.distinct) if cells.mean_words < 4 and cells.distinct > 0.5 else 0.0


def _short(by_name: float, cells: Profile) -> float:
    return by_name if cells.mean_words < 12 and cells.dates < 0.6 and cells.links < 0.6 else 0.0


def _region(by_name: float, cells: Profile) -> float:
    return _short(by_name, cells) if cells.states < 0.5 else 0.0  # `state` of Texas, and of a ticket


_CONTENT: dict[str, Callable[[float, Profile], float]] = {
    "title": _title, "date": _date, "closed": _closed, "id": _id, "customer": _short, "channel": _short,
    "product": _short, "region": _region, "rating": _rating, "amount": _amount, "status": _short, "reply": _reply,
    "operator": _short,
}  # fmt: skip
