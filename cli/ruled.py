"""`--mask-rules` for every command whose output leaves: one wrapper, so that none can forget them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from ..analyzers.errors import UsageError

P = ParamSpec("P")


def ruled(face: Callable[P, int]) -> Callable[P, int]:
    """The face of a command that runs under the rules of its own ``mask_rules``.

    Raises
    ------
    UsageError
        ``mask.no_mask`` where masking is switched off and asked for.
    """

    @wraps(face)
    def run(*args: P.args, **options: P.kwargs) -> int:
        from ..analyzers.mask_own import own_rules

        rules = options.get("mask_rules")
        if options.get("no_mask") and (rules or options.get("strict_pii")):
            raise UsageError("mask.no_mask", option="--mask-rules" if rules else "--strict-pii")
        with own_rules(rules if isinstance(rules, str) else None):
            return face(*args, **options)

    return run
