"""Lagrange multipliers with two answers in closed form: maximum entropy, and a shared budget."""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq


def highest_entropy(scores: np.ndarray, mean_score: float) -> tuple[np.ndarray, float]:
    """Return the probabilities of highest entropy with a given mean score, and their multiplier.

    Where the gradient of the entropy is a combination of the constraints' gradients,
    p_i is proportional to exp(multiplier * score_i): a softmax at temperature 1 / multiplier.

    Parameters
    ----------
    scores : array of shape (n,)
    mean_score : float
        Strictly between the least and the largest score.

    Returns
    -------
    probabilities : array of shape (n,)
    multiplier : float

    Raises
    ------
    ValueError
        If no distribution with full support has that mean.

    References
    ----------
    Jaynes, E. T. (1957). Information theory and statistical mechanics. Physical Review 106(4),
    620-630. https://doi.org/10.1103/PhysRev.106.620
    """
    scores = np.asarray(scores, float)
    if not scores.min() < mean_score < scores.max():
        raise ValueError(
            f"mean_score: give a number between {scores.min():g} and {scores.max():g}, "
            f"not {mean_score:g}"
        )

    def probabilities(multiplier: float) -> np.ndarray:
        exponents = multiplier * scores
        weights = np.exp(exponents - exponents.max())
        return weights / weights.sum()

    def excess(multiplier: float) -> float:
        return float(probabilities(multiplier) @ scores - mean_score)

    reach = 1.0 / np.ptp(scores)
    while excess(-reach) > 0 or excess(reach) < 0:
        reach *= 2
    multiplier = float(brentq(excess, -reach, reach, xtol=1e-13))
    return probabilities(multiplier), multiplier


def shared_budget(sizes: np.ndarray, spreads: np.ndarray, total: float) -> tuple[np.ndarray, float]:
    """Return how many labels to buy in each group, and what one more label is worth.

    The variance of the stratified mean, the sum of (size * spread)² / labels, is least at
    a given total where its partial derivatives are all equal. That common value is minus the
    multiplier; the labels are proportional to size times spread.

    Parameters
    ----------
    sizes, spreads : arrays of shape (groups,)
        Shares of the population, and standard deviations within.
    total : float
        Labels in all.

    Returns
    -------
    labels : array of shape (groups,)
    multiplier : float
        How much the least variance falls for one more label.

    References
    ----------
    Neyman, J. (1934). On the two different aspects of the representative method. Journal of the
    Royal Statistical Society 97(4), 558-625. https://doi.org/10.2307/2342192
    """
    if total <= 0:
        raise ValueError(f"total: give a number above zero, not {total:g}")
    weights = np.asarray(sizes, float) * np.asarray(spreads, float)
    return total * weights / weights.sum(), float((weights.sum() / total) ** 2)
