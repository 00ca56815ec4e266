"""Themes in words: the page of `svc discover`, and the section in the report of `svc analyze`."""

from __future__ import annotations

from collections.abc import Sequence

from ...analyzers.records import Report, Theme
from ..messages import plural
from .escape import markdown, one_line
from .wording import Wording

SHOWN = 8  # in the report of `svc analyze`
COMMAND = "discover"
DOUBTFUL = 0.7  # a theme whose texts are on average less surely complaints holds many that praise


def is_discovery(report: Report) -> bool:
    """Whether the report was made by `svc discover`, whose page is about themes alone."""
    return report.meta.settings.get("command") == COMMAND


def doubtful(sure: float | None) -> bool:
    """Whether a theme holds so many texts of praise that its class says nothing."""
    return sure is not None and sure < DOUBTFUL


class ThemeWords:
    """Themes of one report in one language."""

    def __init__(self, report: Report, language: str) -> None:
        self.report, self.words = report, Wording(language)
        self._titles = {theme.id: self.words.title(theme.title) for theme in report.themes}

    def head(self) -> list[str]:
        """What was looked at, and how much of it has no theme."""
        found = self.report.discovery
        if found is None:
            return []
        say, language = self.words.say, self.words.language
        scope = say("theme.scope." + (found.scope if found.scope in ("uncovered", "all") else "inside"), id=found.scope)
        texts = plural(found.n, say("theme.texts"), language)
        if not self.report.themes:
            return [say("theme.none", scope=scope, texts=texts)]
        themes = plural(len(self.report.themes), say("theme.themes"), language)
        share = self.words.percent(found.without / max(found.n, 1))
        lines = [say("theme.total", scope=scope, texts=texts, themes=themes, n=found.without, share=share)]
        if found.period:
            rate = self.words.percent(found.false_alarm)
            lines.append(say("theme.compared", period=found.period, rate=rate))
        return lines

    def line(self, place: int, theme: Theme) -> str:
        """Name, id and figures."""
        words = self.words
        bounds = f"{words.percent(theme.share_low)}–{words.percent(theme.share_high)}"
        text = words.say(
            "theme.line", place=place, title=self._titles[theme.id], id=one_line(theme.id), n=theme.n,
            share=words.percent(theme.share), bounds=bounds,
        )  # fmt: skip
        if doubtful(theme.sure):
            marks = [words.say("theme.doubtful")]
        else:
            text += words.say("theme.class", letter=theme.severity_class)
            marks: list[str] = []
        if theme.status in ("new", "growing"):
            marks.append(words.say("theme.status." + theme.status))
        if theme.growth is not None and theme.status == "growing":
            marks.append(words.say("report.times", value=words.number(round(theme.growth, 1))))
        if theme.few:
            marks.append(words.say("report.few"))
        return " — ".join([text, ", ".join(marks)]) if marks else text

    def about(self, theme: Theme) -> list[str]:
        """Telling words, the difference from the nearest theme, where the id comes from."""
        words = self.words
        lines = [words.say("theme.words", words=", ".join(map(one_line, theme.words)))] if theme.words else []
        if theme.parts:
            parts = (f"{words.title(part.title)} ({words.number(part.n)})" for part in theme.parts)
            lines.append(words.say("theme.parts", parts="; ".join(parts)))
        if theme.near in self._titles and theme.apart:
            lines.append(
                words.say("theme.near", title=self._titles[theme.near], words=", ".join(map(one_line, theme.apart)))
            )
        if theme.kept is not None:
            lines.append(words.say("theme.kept", distance=words.number(theme.kept.distance)))
        return lines

    def quotes(self, theme: Theme) -> list[str]:
        """Central examples."""
        return [self.words.quote(quote) for quote in theme.quotes]

    def markdown(self, top: int, quotes: int | None = None) -> list[str]:
        """The themes as a Markdown section."""
        shown = self.report.themes[:top] if top else self.report.themes
        head = self.head()
        if not head or (not shown and not is_discovery(self.report)):
            return []
        lines = [f"## {self.words.say('theme.title')}", "", *(markdown(line) for line in head)]
        for place, theme in enumerate(shown, 1):
            lines += ["", f"**{markdown(self.line(place, theme))}**", ""]
            lines += [f"- {markdown(line)}" for line in (*self.about(theme), *self.quotes(theme)[:quotes])]
        hidden = len(self.report.themes) - len(shown)
        return [*lines, "", markdown(self.words.say("report.more", n=hidden))] if hidden > 0 else lines


def shown_themes(report: Report, top: int) -> Sequence[Theme]:
    """Themes that a page for a person shows."""
    limit = top if is_discovery(report) or not top else min(top, SHOWN)
    return report.themes[:limit] if limit else report.themes
