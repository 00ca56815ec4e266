"""Two reports compared, for a person: what is new, grows, falls, is gone."""

from __future__ import annotations

from ...analyzers.compare import ORDER, Change, Comparison
from ..boundary import no_command
from ..messages import plural
from ..messages import words as head_words
from .escape import one_line
from .wording import TITLE, Wording

FEW_SHOWN = 5  # categories of few complaints named; the JSON has all


def render(found: Comparison, language: str) -> str:
    """The comparison as plain text, one line a category."""
    words = Wording(language)
    counts = [plural(side.complaints, words.say("report.complaints"), language) for side in (found.before, found.after)]
    lines = [
        words.say(
            "compared.total", before=one_line(found.before.name, TITLE), after=one_line(found.after.name, TITLE),
            n_before=counts[0], n=counts[1],
        )
    ]  # fmt: skip
    lines += [words.say("compare_note." + note) for note in found.notes]
    if found.gates:
        lines += ["", words.say("gate.title")]
        lines += [
            f"   {words.verdict(gate)}: {one_line(gate.expr, TITLE)} — {words.gate_values(gate)}"
            + (": " + ", ".join(one_line(name, TITLE) for name in gate.findings[:5]) if gate.findings else "")
            for gate in found.gates
        ]
    heads = head_words("compared.head", language)
    for status in ORDER:
        changes = [change for change in found.changes if change.status == status]
        if changes:
            lines += ["", f"{words.say('compared.status.' + status)}: {len(changes)}"]
            lines += ["   " + _line(change, heads, words) for change in changes if not change.few]
            lines += _few([change for change in changes if change.few], words)
    lines += ["", words.say("compared.limits" if found.changes else "compared.none")]
    return "\n".join(no_command(line) for line in lines) + "\n"


def _few(changes: list[Change], words: Wording) -> list[str]:
    """Those of too few complaints to say anything of, in one line."""
    if not changes:
        return []
    shown = [f"{words.title(change.title)} {change.n_before} → {change.n}" for change in changes[:FEW_SHOWN]]
    rest = len(changes) - len(shown)
    listed = ", ".join(shown) + (words.say("compared.more", n=rest) if rest else "")
    return ["   " + words.say("compared.few", n=len(changes), listed=listed)]


def _line(change: Change, heads: list[str], words: Wording) -> str:
    name = f"{words.title(change.title)} ({one_line(change.id, TITLE)})"
    points = words.number(round(change.difference * 100, 1))
    points = points if change.difference <= 0 else "+" + points
    letters = change.class_now or "—"
    if change.class_before and change.class_before != change.class_now:
        letters = f"{change.class_before} → {letters}"
    cells = [
        str(change.n_before), str(change.n), words.percent(change.share_before), words.percent(change.share),
        f"{points} [{words.percent(change.low)}…{words.percent(change.high)}]", letters,
    ]  # fmt: skip
    return f"{name}: " + "; ".join(f"{head} {cell}" for head, cell in zip(heads[1:], cells, strict=True))
