"""The records between analysis and output. A renderer knows these and nothing else; the JSON report is their mirror.

`Report` holds ids, codes, figures and both titles, never a sentence: `cli` words it.
"""

from .claims import Claim, ClaimTotals, EffortOf, Efforts, Expectation, Exposed, Gap, LegalRule
from .findings import MAX_URGENT, Factors, Finding, Gains, Group, Quote, Repeat, Strength, Title, Urgent
from .measures import Foreseen, Kpi, Kpis, Period, Segment
from .report import SCHEMA_VERSION, Accepted, Meta, Report, Skipped, Statistics, Verdict
from .themes import Discovery, Kept, Part, Theme, Uncovered

__all__ = [
    "MAX_URGENT",
    "SCHEMA_VERSION",
    "Accepted",
    "Claim",
    "ClaimTotals",
    "Discovery",
    "EffortOf",
    "Efforts",
    "Expectation",
    "Exposed",
    "Factors",
    "Finding",
    "Foreseen",
    "Gains",
    "Gap",
    "Group",
    "Kept",
    "Kpi",
    "Kpis",
    "LegalRule",
    "Meta",
    "Part",
    "Period",
    "Quote",
    "Repeat",
    "Report",
    "Segment",
    "Skipped",
    "Statistics",
    "Strength",
    "Theme",
    "Title",
    "Uncovered",
    "Urgent",
    "Verdict",
]
