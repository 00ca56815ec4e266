"""Discovery beside the usual ways to group texts, on the topic-labelled sets of ../shared/data.

usage: discover.py [--peers] [--stability]      all of them without options

Adjusted mutual information with the labels; texts without a theme are one group. Ours chooses its number of themes by
itself; a peer gets the better of the 20 of the usual notebook and of our number. Peers read the same lemmas.
"""

from __future__ import annotations

import argparse
import csv
import sys
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from svc.analyzers.content_words import content_words
from svc.analyzers.discover.clusters import SEED
from svc.analyzers.discover.gather import Gathered
from svc.analyzers.discover.group import find_groups
from svc.analyzers.forms import Forms
from svc.analyzers.label import content_hash
from svc.analyzers.tokens import tokenize

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
VIEWS = (
    ("rutube label2", "rutube_support_2024/data.csv", "label2", 0.40),
    ("rutube label", "rutube_support_2024/data.csv", "label", 0.32),
    ("sravni label", "gazprombank_sravni_reviews_2023_2025/data.csv", "label", 0.27),
    ("restaurant sentences", "sentirueval2015_restaurants/data_sentences.csv", "label", None),
)
NOTEBOOK_K = 20
NEIGHBOURS = 15  # of a text in the graph of Leiden, as many as in BERTopic
SEEDS = (1, 2, 3)
DRAWS = 100  # of the bootstrap

Labels = np.ndarray


@dataclass
class Data:
    """Texts of a set as the peers and we read them."""

    rows: list[dict[str, str]]
    texts: list[str]
    lemmas: list[str]
    forms: Forms


def load(path: str, share: float = 1.0, seed: int = 0) -> Data:
    """A set, or a sample of it."""
    with (SHARED / path).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if share < 1:
        chosen = np.sort(np.random.default_rng(seed).permutation(len(rows))[: int(share * len(rows))])
        rows = [rows[i] for i in chosen.tolist()]
    texts = [row["text"] for row in rows]
    forms = Forms()
    gathered = gather(texts, forms)
    words = gathered.finish()[0]
    names = [forms.lemmas[i] for i in words.lemma.tolist()]
    first = words.first.tolist()
    return Data(rows, texts, [" ".join(names[a:b]) for a, b in pairwise(first)], forms)


def gather(texts: Sequence[str], forms: Forms) -> Gathered:
    """The texts as discovery takes them in."""
    found = Gathered()
    content = np.array([content_hash(text) for text in texts], np.uint64)
    tokens = tokenize(list(texts))
    found.add(content_words(tokens, forms.ids(tokens), forms), texts, np.arange(len(texts)), content)
    return found


def ours(data: Data, seed: int = SEED) -> Labels:
    """Our groups of all texts."""
    words, _, content = gather(data.texts, data.forms).finish()
    _, sample, like = np.unique(content, return_index=True, return_inverse=True)
    groups = find_groups(words, sample, like, np.zeros(len(content)), data.forms, seed)
    return groups.of_text if groups is not None else np.zeros(len(content), np.int64)


def matrix(data: Data, ngrams: tuple[int, int] = (1, 1), tf: bool = False) -> Any:
    """TF-IDF of the lemmas, or their counts."""
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

    kind = CountVectorizer if tf else TfidfVectorizer
    return kind(min_df=2, max_df=0.5, ngram_range=ngrams, token_pattern=r"\S+").fit_transform(data.lemmas)


def svd(x: Any, seed: int) -> Any:
    """100 directions, rows of length 1."""
    from sklearn.decomposition import TruncatedSVD
    from sklearn.preprocessing import normalize

    return normalize(TruncatedSVD(min(100, x.shape[1] - 1), random_state=seed).fit_transform(x))


def peers() -> dict[str, Callable[[Data, int, int], Labels]]:
    """The rivals: (data, themes, seed) to groups."""
    from sklearn.cluster import HDBSCAN, KMeans
    from sklearn.decomposition import NMF, LatentDirichletAllocation

    def kmeans(x: Any, k: int, seed: int) -> Labels:
        return KMeans(k, n_init=4, random_state=seed).fit_predict(x)

    def lda(data: Data, k: int, seed: int) -> Labels:
        return (
            LatentDirichletAllocation(k, max_iter=10, random_state=seed).fit_transform(matrix(data, tf=True)).argmax(1)
        )

    def hdbscan(data: Data, _: int, seed: int) -> Labels:
        return HDBSCAN(min_cluster_size=8, copy=True).fit_predict(svd(matrix(data), seed))

    def leiden(data: Data, _: int, seed: int) -> Labels:
        import igraph
        import leidenalg
        from sklearn.neighbors import kneighbors_graph

        near = kneighbors_graph(svd(matrix(data), seed), NEIGHBOURS).tocoo()
        graph = igraph.Graph(n=near.shape[0], edges=list(zip(near.row.tolist(), near.col.tolist(), strict=True)))
        found = leidenalg.find_partition(graph.simplify(), leidenalg.ModularityVertexPartition, seed=seed)
        return np.array(found.membership)

    def bertopic(data: Data, _: int, seed: int) -> Labels:
        from bertopic import BERTopic
        from umap import UMAP

        # its own defaults, but a seed, and vectors that need no model to be downloaded
        flat = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed)
        topics, _odds = BERTopic(language="russian", umap_model=flat).fit_transform(
            data.lemmas, svd(matrix(data), seed)
        )
        return np.array(topics)

    guests = {"leidenalg": ("Leiden on neighbours by SVD", leiden), "bertopic": ("BERTopic over SVD", bertopic)}
    return {name: way for module, (name, way) in guests.items() if module not in missing()} | {
        "TF-IDF + KMeans": lambda data, k, seed: kmeans(matrix(data), k, seed),
        "SVD + KMeans": lambda data, k, seed: kmeans(svd(matrix(data), seed), k, seed),
        "SVD of bigrams + KMeans": lambda data, k, seed: kmeans(svd(matrix(data, (1, 2)), seed), k, seed),
        "NMF": lambda data, k, seed: NMF(k, init="nndsvda", max_iter=300, random_state=seed)
        .fit_transform(matrix(data))
        .argmax(1),
        "LDA": lda,
        "HDBSCAN on SVD": hdbscan,
    }  # fmt: skip


def missing() -> list[str]:
    """Rivals that are not installed."""
    from importlib.util import find_spec

    return [name for name in ("leidenalg", "bertopic") if find_spec(name) is None]


def compare() -> None:
    """The table of the views, with the bootstrap."""
    from sklearn.metrics import adjusted_mutual_info_score as ami

    warnings.simplefilter("ignore")
    rivals = peers()
    scores: dict[str, list[float]] = {name: [] for name in ("svc", *rivals)}
    print("| set | way | themes | AMI | difference, 95 % of the paired bootstrap |\n|---|---|---|---|---|")
    for view, path, label, aim in VIEWS:
        data = load(path)
        truth = np.unique([row[label] for row in data.rows], return_inverse=True)[1]
        mine = ours(data)
        k = len(set(mine.tolist()) - {-1})
        value = ami(truth, mine)
        scores["svc"].append(value)
        print(
            f"| {view} | svc | {k} | {value:.3f} | aim {aim or '-'}, without a theme {np.mean(mine < 0):.3f} |",
            flush=True,
        )
        for name, way in rivals.items():
            best, found = -1.0, mine
            for number in sorted({k, NOTEBOOK_K}):
                results = [way(data, number, seed) for seed in SEEDS]
                mean = float(np.mean([ami(truth, result) for result in results]))
                if mean > best:
                    best, found = mean, results[0]
            scores[name].append(best)
            low, high = bootstrap(truth, mine, found)
            print(
                f"| {view} | {name} | {len(set(found.tolist()))} | {best:.3f} | {low:+.3f} … {high:+.3f} |", flush=True
            )
    print("\n| way | mean AMI |\n|---|---|")
    for name, values in sorted(scores.items(), key=lambda item: -np.mean(item[1])):
        print(f"| {name} | {np.mean(values):.3f} |")
    print(f"\nnot installed, so not compared: {', '.join(missing()) or '-'}\n")


def bootstrap(truth: Labels, mine: Labels, other: Labels) -> tuple[float, float]:
    """2.5 and 97.5 % points of AMI(mine) - AMI(other) over texts drawn with replacement."""
    from sklearn.metrics import adjusted_mutual_info_score as ami

    random = np.random.default_rng(7)
    gaps: list[float] = []
    for _ in range(DRAWS):
        at = random.integers(len(truth), size=len(truth))
        gaps.append(ami(truth[at], mine[at]) - ami(truth[at], other[at]))
    return float(np.percentile(gaps, 2.5)), float(np.percentile(gaps, 97.5))


def stability() -> None:
    """Agreement (ARI) of two seeds, and of two samples of 90 % on the texts of both."""
    from sklearn.metrics import adjusted_rand_score as ari

    print("| set | other seeds | 90 % samples |\n|---|---|---|")
    for path in dict.fromkeys(path for _, path, _, _ in VIEWS):
        data = load(path)
        base = ours(data)
        seeds = [ari(base, ours(data, seed)) for seed in SEEDS]
        parts = [load(path, 0.9, seed) for seed in SEEDS]
        labelled = [dict(zip(part.texts, ours(part).tolist(), strict=True)) for part in parts]
        pairs: list[float] = []
        for i, one in enumerate(labelled):
            for other in labelled[:i]:
                both = sorted(set(one) & set(other))
                pairs.append(ari([one[text] for text in both], [other[text] for text in both]))
        print(f"| {path.partition('/')[0]} | {np.mean(seeds):.2f} | {np.mean(pairs):.2f} |", flush=True)
    print()


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--peers", action="store_true", help="AMI beside the rivals")
    parser.add_argument("--stability", action="store_true", help="seeds and samples")
    options = parser.parse_args()
    if not (SHARED / VIEWS[0][1]).exists():
        print(f"SKIPPED: {SHARED} is absent")
        return 0
    if options.peers or not options.stability:
        compare()
    if options.stability or not options.peers:
        stability()
    return 0


if __name__ == "__main__":
    sys.exit(main())
