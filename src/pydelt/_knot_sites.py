"""Where the knots of a spline go."""

from __future__ import annotations

import numpy as np

from ._validation import FloatArray

CLOSEST = 200.0  # how many times closer than even ones an interpolant's knots may be


def knot_sites(x: FloatArray, count: int, densest: float = CLOSEST) -> FloatArray:
    """Place `count` knot sites: half of them even in x, half following the data.

    Even sites alone starve dense stretches of data, quantiles alone starve gaps. When there are
    nearly as many sites as samples, they follow the data, or the fit could not interpolate. Sites
    much closer than even ones would be are merged: in a tight cluster they would only cost
    precision.

    Parameters
    ----------
    x : ndarray, shape (n,)
        Ascending.
    count : int
        At least 2; fewer come back when the samples have fewer distinct positions, and all of
        these, however close, when there are exactly as many.
    densest : float
        How many times closer than even ones the closest sites may be.

    Returns
    -------
    ndarray, shape (<= count,)
        Strictly ascending, the first x[0] and the last x[-1].
    """
    distinct = x[np.r_[True, np.diff(x) > 0]]
    n = distinct.size
    if count >= n:
        return distinct
    if count > 0.5 * n:
        sites = np.interp(np.linspace(0, n - 1, count), np.arange(n), distinct)
    else:
        thinned = x if x.size <= 4096 else x[np.linspace(0, x.size - 1, 4096).astype(int)]
        even = (thinned - thinned[0]) / (thinned[-1] - thinned[0])
        mixture = 0.5 * np.linspace(0, 1, thinned.size) + 0.5 * even
        sites = np.interp(np.linspace(0, 1, count), mixture, thinned)
    closest = (x[-1] - x[0]) / (count * densest)
    sites = sites[np.r_[True, np.diff(np.floor((sites - x[0]) / closest)) > 0]]
    sites = sites[np.r_[True, np.diff(sites) > 0.5 * closest]]
    sites[0], sites[-1] = x[0], x[-1]
    return sites
