"""The fixed vocabularies: ids that JSON, rows, lexicons and gates share. A contract: append only."""

from __future__ import annotations

SYSTEMS = (
    "product", "fulfilment", "returns", "billing", "price", "staff", "communication", "support", "digital", "process",
    "access", "trust", "safety", "privacy", "facility",
)  # fmt: skip
KINDS = ("complaint", "claim", "question", "suggestion", "praise", "other")
COUNTED = ("complaint", "claim")
DIMENSIONS = ("reliability", "relevance", "value", "trust", "predictability", "clarity", "effort", "courtesy")
STAGES = ("before", "during", "after")
DEMANDS = (
    "refund", "replacement", "repair", "price_cut", "compensation", "penalty", "explanation", "action", "apology",
    "punishment", "contract_end",
)  # fmt: skip
ESCALATIONS = ("regulator", "court", "prosecutor", "police", "consumer_protection", "press", "public", "management")
OWNERS = (
    "quality", "logistics", "operations", "finance", "pricing", "frontline", "contact_centre", "it", "back_office",
    "branches", "marketing", "legal", "security", "facilities", "safety", "product",
)  # fmt: skip
# The department that mostly answers for a system; a category names its own
SYSTEM_OWNERS: dict[str, str] = dict(zip(SYSTEMS, (
    "quality", "logistics", "back_office", "finance", "pricing", "frontline", "contact_centre", "contact_centre", "it",
    "operations", "branches", "marketing", "safety", "security", "facilities",
), strict=True))  # fmt: skip
CLASSES = (("A", 0.75), ("B", 0.5), ("C", 0.25), ("D", 0.0))


def severity_class(severity: float) -> str:
    """Class of a severity.

    >>> [severity_class(s) for s in (0.1, 0.25, 0.5, 0.75)]
    ['D', 'C', 'B', 'A']
    """
    return next(name for name, floor in CLASSES if severity >= floor)
