"""Whether a text is language: keyword lists, tables pasted as text and words in random order are no complaint.

Two places where Russian leaves little choice are counted: what follows a preposition (a noun, adjective, pronoun,
number), and what follows «не» (not a preposition, a conjunction or a plain noun). In sentences about 97 % of them are
right, in words dealt at random about two in three: the log-likelihood ratio of the two decides (Wald's sequential
test). Only words with one space between them are looked at; a text without such places is taken for language.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from .forms import Forms
from .lemmas import BIT
from .tokens import Tokens

RIGHT, BY_CHANCE = 0.97, 0.65
GAIN, LOSS = math.log(RIGHT / BY_CHANCE), math.log((1 - RIGHT) / (1 - BY_CHANCE))
LIMIT = -3.0  # log ratio below which a text is words only; of real texts about 0.2 % fall below it


def incoherent(tokens: Tokens, form_ids: NDArray[np.int32], forms: Forms) -> NDArray[np.bool_]:
    """Texts of a chunk that are words without sentences.

    Parameters
    ----------
    tokens : Tokens
    form_ids : ndarray of int32 of shape (n_tokens,)
    forms : Forms

    Returns
    -------
    ndarray of bool of shape (n_texts,)
    """
    n_texts, n = len(tokens.offset) - 1, len(form_ids)
    if n < 2:
        return np.zeros(n_texts, bool)
    flags = forms.flags[form_ids]

    def has(*names: str) -> NDArray[np.bool_]:
        return (flags & np.uint64(sum(BIT[name] for name in names))) != 0

    known, nominal = has("known"), has("noun", "adjective", "pronoun", "participle")
    nominal |= ~known | (forms.lemma[form_ids] == forms.lemma_id("0"))
    deniable = ~known | has(
        "verb", "infinitive", "adverb", "modal", "adjective", "existential", "pronoun", "particle", "only"
    )
    beside = (tokens.doc[1:] == tokens.doc[:-1]) & (tokens.start[1:] - tokens.stop[:-1] == 1)
    preposition = beside & (has("preposition") & ~has("adverb", "noun"))[:-1]
    denial = beside & has("not")[:-1]
    right = (preposition & nominal[1:]) | (denial & deniable[1:])
    # «не в первый раз», «в не самый удачный день», «за очень короткий срок»: neither right nor wrong
    open_ = has("adverb", "intensifier", "particle", "not") | (has("preposition") & ~has("conjunction"))
    wrong = (preposition | denial) & ~right & ~open_[1:]
    doc = tokens.doc[:-1]
    ratio = np.bincount(doc[right], minlength=n_texts) * GAIN + np.bincount(doc[wrong], minlength=n_texts) * LOSS
    return np.round(ratio, 6) < LIMIT
