"""Sketches of texts: look-alikes share most of their hashes, whatever was filled into a template.

MinHash over pairs of neighbouring words (Broder 1997): of each of `WIDTH` hash functions the least value over the
text's pairs; the share of equal values estimates the Jaccard similarity of two texts' pairs.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .forms import Forms
from .tokens import Tokens

WIDTH = 12
MIN_PAIRS = 8  # shorter texts look alike by chance: «верните деньги»
_MIX = (np.arange(1, 2 * WIDTH, 2, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)) | np.uint64(1)


def sketches(tokens: Tokens, form_ids: NDArray[np.int32], forms: Forms) -> NDArray[np.uint32]:
    """Sketch of each text of a chunk; zeros where it is too short to compare.

    Parameters
    ----------
    tokens : Tokens
    form_ids : ndarray of int32 of shape (n_tokens,)
    forms : Forms

    Returns
    -------
    ndarray of uint32 of shape (n_texts, WIDTH)
    """
    n_texts = len(tokens.offset) - 1
    found = np.zeros((n_texts, WIDTH), np.uint32)
    if len(form_ids) < 2:
        return found
    number = forms.lemma_id("0")
    word = np.where(forms.lemma[form_ids] == number, np.uint64(1), tokens.key.astype(np.uint64))
    beside = np.flatnonzero(tokens.doc[1:] == tokens.doc[:-1])
    if not len(beside):
        return found
    with np.errstate(over="ignore"):
        pair = word[beside] * np.uint64(0xD6E8FEB86659FD93) ^ word[beside + 1]
        pair ^= pair >> np.uint64(29)
    doc = tokens.doc[beside]
    opens = np.flatnonzero(np.diff(doc, prepend=-1) > 0)
    long = np.diff(opens, append=len(doc)) >= MIN_PAIRS
    for at in range(WIDTH):
        with np.errstate(over="ignore"):
            mixed = pair * _MIX[at]
        least = np.minimum.reduceat((mixed >> np.uint64(32)).astype(np.uint32), opens)
        found[doc[opens[long]], at] = np.maximum(least[long], 1)
    return found
