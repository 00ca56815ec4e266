"""What complaints tell, as lines of text: claims that run out, broken promises, effort."""

from __future__ import annotations

from ...analyzers.records import Claim, EffortOf, LegalRule, Report
from .escape import one_line
from .wording import QUOTE, TITLE, Wording

CLAIMS_SHOWN, QUOTES_SHOWN, EFFORTS_SHOWN = 5, 2, 3
EFFORTS = ("contacts", "days_waited", "visits", "documents")


class Told:
    """Lines of these parts, each a text and how deep it stands."""

    def __init__(self, report: Report, language: str) -> None:
        self.report, self.words = report, Wording(language)

    def claims(self) -> list[tuple[int, str]]:
        """The totals, then the claims that expire first."""
        totals, words = self.report.claim_totals, self.words
        if totals is None:
            return []
        lines = [(0, words.say("claims.title"))]
        lines.append(
            (1, words.say(
                "claims.total", n=totals.n, answered=totals.answered, dated=totals.dated, overdue=totals.overdue,
                soon=totals.soon, amount=words.amount(totals.amount), exposure=words.amount(totals.exposure),
            ))
        )  # fmt: skip
        if totals.dated:
            lines.append((1, words.until(self.report, totals.until)))
        for claim in self.report.claims[:CLAIMS_SHOWN]:
            lines += [(1, self.claim(claim)), (2, self.place(claim))]
        hidden = len(self.report.claims) - CLAIMS_SHOWN
        if hidden > 0:
            lines.append((1, words.say("claims.more", n=hidden)))
        return [*lines, (1, words.say("claims.advice"))]

    def claim(self, claim: Claim) -> str:
        """A claim's clock, rule and price."""
        words = self.words
        parts = [self.clock(claim)]
        if claim.rule is not None:
            parts.append(self.rule("claims.rule", claim.rule))
        else:
            parts += [self.rule("claims.unverified", rule) for rule in claim.unverified[:1]]
        if claim.provisional:
            parts.append(words.say("claims.provisional"))
        if claim.demands:
            parts.append(", ".join(words.say("demand." + one_line(name, TITLE)) for name in claim.demands))
        if claim.exposure is not None:
            value = words.amount(claim.exposure.total)
            formula = words.formula(claim.exposure.formula)
            # a sum of one part tells nothing new
            code = "claims.exposure" if claim.exposure.formula.isdecimal() else "claims.exposure_sum"
            parts.append(words.say(code, value=value, formula=formula))
        elif claim.amount is not None:
            parts.append(words.say("claims.amount", value=words.amount(claim.amount)))
        return "; ".join(parts)

    def clock(self, claim: Claim) -> str:
        """How much time is left, and by whose word."""
        words, due = self.words, self.words.day(claim.due or "")
        if not due:
            return words.say("claims.no_due")
        left = claim.days_left
        code = "claims.due" if left is None else "claims.late" if left < 0 else "claims.left"
        text = words.say(code, due=due, days=abs(left or 0))
        return f"{text}, {words.say('claims.basis.' + one_line(claim.basis, TITLE))}" if claim.basis else text

    def rule(self, code: str, rule: LegalRule) -> str:
        """A rule with its article."""
        return self.words.say(code, article=one_line(rule.article, TITLE), title=self.words.title(rule.title))

    def place(self, claim: Claim) -> str:
        """The text of a claim and where it stands."""
        return f"«{one_line(claim.text, QUOTE)}» — {self.row(claim.source, claim.row)}"

    def row(self, source: str, row: int) -> str:
        """Where a text stands: the row, and the file where there are several."""
        where = self.words.say("report.row", row=row)
        return f"{one_line(source, TITLE)}, {where}" if len(self.report.meta.inputs) > 1 else where

    def promises(self) -> list[tuple[int, str]]:
        """Broken promises by maker, with quotes."""
        lines: list[tuple[int, str]] = []
        for entry in self.report.expectations:
            by = self.words.say("promise." + one_line(entry.by, TITLE))
            lines.append((1, self.words.say("promise.entry", by=by, n=entry.n, share=self.words.percent(entry.share))))
            for quote in entry.quotes[:QUOTES_SHOWN]:
                halves = [one_line(quote.text[slice(*span)], QUOTE) for span in (quote.promised, quote.got)]
                text = self.words.say("promise.gap", promised=halves[0], got=halves[1])
                lines.append((2, f"{text} — {self.row(quote.source, quote.row)}"))
        return [(0, self.words.say("promise.title")), *lines] if lines else []

    def effort(self) -> list[tuple[int, str]]:
        """Medians of the effort, in all and where most told of it."""
        found = self.report.effort
        if found is None:
            return []
        titles = {finding.id: finding.title for finding in self.report.findings}
        lines = [
            (0, self.words.say("effort.title")),
            (1, f"{self.words.say('effort.all')}: {self.medians(found.total)}"),
        ]
        for entry in found.categories[:EFFORTS_SHOWN]:
            name = self.words.title(titles[entry.id]) if entry.id in titles else one_line(entry.id or "", TITLE)
            lines.append((1, f"{name}: {self.medians(entry)}"))
        return lines

    def medians(self, entry: EffortOf) -> str:
        """The figures told, each with how many told it."""
        parts = [(name, getattr(entry, name), getattr(entry, name + "_n")) for name in EFFORTS]
        return ", ".join(
            self.words.say("effort." + name, value=self.words.number(value), n=n)
            for name, value, n in parts if value is not None
        )  # fmt: skip
