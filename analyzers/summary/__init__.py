"""Columns of all rows -> the parts of a `Report`: every figure that any format shows is made here, once."""

from .axes import groups, matrix, segments, strengths
from .basis import Basis, Options
from .findings import findings, predictability
from .singles import claim_totals, duplicates, effort, measures, open_claims, promises, urgent
from .totals import denominator, kinds, periods, statistics

__all__ = [
    "Basis",
    "Options",
    "claim_totals",
    "denominator",
    "duplicates",
    "effort",
    "findings",
    "groups",
    "kinds",
    "matrix",
    "measures",
    "open_claims",
    "periods",
    "predictability",
    "promises",
    "segments",
    "statistics",
    "strengths",
    "urgent",
]
