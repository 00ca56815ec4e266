"""Tails of the distributions that the trend test needs, without scipy; arrays in, arrays out."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]

STEPS = 400  # of the continued fraction; it converges long before
ENOUGH = 1e-13
TINY = 1e-300


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
    flat = [
        math.lgamma(s) - math.lgamma(u) - math.lgamma(v) for s, u, v in zip((p + q).flat, p.flat, q.flat, strict=True)
    ]
    with np.errstate(divide="ignore", invalid="ignore"):
        front = np.exp(np.array(flat).reshape(p.shape) + p * np.log(z) + q * np.log1p(-z)) / p
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


def negative_binomial(y: Float, mean: Float, alpha: Float) -> tuple[Float, Float]:
    """Tails of counts with variance ``mean + alpha mean²``.

    Returns
    -------
    (upper, lower)
        P(Y >= y) and P(Y <= y).

    Examples
    --------
    >>> up, low = negative_binomial(np.array([3.0]), np.array([2.0]), np.array([0.5]))
    >>> up.round(4).tolist(), low.round(4).tolist()
    ([0.3125], [0.8125])
    """
    r = 1 / alpha
    q = mean / (mean + r)
    upper = np.where(y > 0, betainc(np.maximum(y, 1e-9), r, q), 1.0)
    return upper, betainc(r, y + 1, 1 - q)


def student(t: float, df: float) -> float:
    """P(T >= t) of Student's distribution.

    >>> round(student(2.228, 10), 4)
    0.025
    """
    half = 0.5 * float(betainc(np.array(df / 2), np.array(0.5), np.array(df / (df + t * t))))
    return half if t >= 0 else 1 - half


def heavier(p: Float, df: Float) -> Float:
    """A normal tail probability as the tail of a Student's distribution: what an estimated dispersion costs.

    >>> heavier(np.array([0.001]), np.array([20.0])).round(5).tolist()
    [0.0029]
    """
    normal = NormalDist()
    found = [
        student(-normal.inv_cdf(min(max(value, TINY), 0.999999)), freedom)
        for value, freedom in zip(p.flat, df.flat, strict=True)
    ]
    return np.array(found, np.float64).reshape(p.shape)


def student_quantile(p: float, df: float) -> float:
    """The value that a Student's distribution exceeds with probability `p` < 0.5, by bisection.

    >>> round(student_quantile(0.025, 10), 3)
    2.228
    """
    low, high = 0.0, 1e6
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if student(middle, df) > p else (low, middle)
    return (low + high) / 2
