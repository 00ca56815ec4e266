"""Tails of the distributions that the trend test needs, without scipy; arrays in, arrays out."""

from __future__ import annotations

from math import erfc
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]

STEPS = 400  # of the continued fraction; it converges long before
ENOUGH = 1e-13
TINY = 1e-300
SQRT2 = 1.4142135623730951
PLAIN = 0.2  # probabilities above it decide nothing
HALF_LOG_TAU = 0.9189385332046727
LANCZOS = (
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
)  # fmt: skip


def lgamma(x: Float) -> Float:
    """Logarithm of the gamma function by Lanczos' approximation (g = 7, 9 terms: about 15 digits).

    >>> lgamma(np.array([0.5, 5.0, 100.0])).round(9).tolist()
    [0.572364943, 3.17805383, 359.13420537]
    """
    small = x < 0.5
    y = np.where(small, x, x - 1)  # below one half: Γ(x) = Γ(x + 1) / x
    total = np.full_like(y, LANCZOS[0])
    for i, term in enumerate(LANCZOS[1:], 1):
        total = total + term / (y + i)
    t = y + 7.5
    found = HALF_LOG_TAU + (y + 0.5) * np.log(t) - t + np.log(total)
    return np.where(small, found - np.log(np.where(small, x, 1.0)), found)


def betainc(a: Float, b: Float, x: Float) -> Float:
    """Regularised incomplete beta function I_x(a, b), by Lentz's continued fraction (Numerical Recipes, 6.4).

    Parameters
    ----------
    a, b : ndarray of float64, positive
    x : ndarray of float64 in [0, 1]

    Examples
    --------
    >>> betainc(np.array([2.0, 0.5]), np.array([3.0, 0.5]), np.array([0.4, 0.5])).round(6).tolist()
    [0.5248, 0.5]
    """
    a, b, x = (np.asarray(v, np.float64) for v in np.broadcast_arrays(a, b, x))
    # the fraction converges fast on one side of the mean only; the other side is its mirror
    turned = x > (a + 1) / (a + b + 2)
    p, q, z = np.where(turned, b, a), np.where(turned, a, b), np.where(turned, 1 - x, x)
    logs = lgamma(p + q) - lgamma(p) - lgamma(q)
    with np.errstate(divide="ignore", invalid="ignore"):
        front = np.exp(logs + p * np.log(z) + q * np.log1p(-z)) / p
        value = front * _fraction(p, q, z)
    value = np.where(z <= 0, 0.0, np.where(z >= 1, 1.0, value))
    return np.clip(np.where(turned, 1 - value, value), 0.0, 1.0)


def _fraction(a: Float, b: Float, x: Float) -> Float:
    c = np.ones_like(x)
    d = 1 - (a + b) * x / (a + 1)
    d = 1 / np.where(np.abs(d) < TINY, TINY, d)
    h = d.copy()
    for m in range(1, STEPS):
        for factor in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 + factor * d
            d = 1 / np.where(np.abs(d) < TINY, TINY, d)
            c = 1 + factor / c
            c = np.where(np.abs(c) < TINY, TINY, c)
            h *= d * c
        if np.all(np.abs(d * c - 1) < ENOUGH):
            break
    return h


def at_least(y: Float, mean: Float, alpha: Float) -> Float:
    """P(Y >= y) of counts with variance ``mean + alpha mean²``: negative binomial.

    >>> at_least(np.array([3.0, 0.0]), np.array([2.0, 2.0]), np.array([0.5, 0.5])).round(4).tolist()
    [0.3125, 1.0]
    """
    return np.where(y > 0, betainc(np.maximum(y, 1e-9), 1 / alpha, alpha * mean / (alpha * mean + 1)), 1.0)


def at_most(y: Float, mean: Float, alpha: Float) -> Float:
    """P(Y <= y) of the same.

    >>> at_most(np.array([3.0]), np.array([2.0]), np.array([0.5])).round(4).tolist()
    [0.8125]
    """
    return betainc(1 / alpha, y + 1, 1 / (alpha * mean + 1))


def student(t: Float, df: Float) -> Float:
    """P(T >= t) of Student's distribution, by Wallace's normal deviate (four digits from 20 degrees of freedom on).

    >>> student(np.array([2.086, -2.086, 3.552]), np.array([20.0, 20.0, 20.0])).round(4).tolist()
    [0.025, 0.975, 0.001]
    """
    deviate = np.sign(t) * np.sqrt(df * np.log1p(t * t / df)) * (8 * df + 1) / (8 * df + 3)
    return np.array([0.5 * erfc(value / SQRT2) for value in deviate.ravel().tolist()], np.float64).reshape(t.shape)


def normal_quantile(p: Float) -> Float:
    """The value that a standard normal exceeds with probability `p`; the standard library's, so one by one.

    >>> normal_quantile(np.array([0.025])).round(4).tolist()
    [1.96]
    """
    inverse = NormalDist().inv_cdf
    return np.array([-inverse(value) for value in p.ravel().tolist()], np.float64).reshape(p.shape)


def heavier(p: Float, df: Float) -> Float:
    """A normal tail probability as the tail of a Student's distribution: what an estimated dispersion costs.

    Above `PLAIN` p is left as it is.

    >>> heavier(np.array([0.001, 0.4]), np.array([20.0, 20.0])).round(5).tolist()
    [0.00289, 0.4]
    """
    found = p.copy()
    small = p < PLAIN
    if small.any():
        found[small] = student(normal_quantile(np.maximum(p[small], TINY)), df[small])
    return found
