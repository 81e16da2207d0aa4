r"""What a kernel leaves out: variance for the coordinates that it lets decay too fast.

In the coordinates of `pydelt._kernel_basis` a Gaussian kernel expects the i-th of a field's
coefficients to have, in units of the noise, the variance :math:`x_i`, which falls faster than
exponentially from the smooth coordinates to the rough ones. Hardly any function does. A ridge in a
direction between the axes, or a product of two of many inputs, has more in the rough coordinates
than one length per input allows; the fit is then as good as the lengths can make it, but its band
believes the kernel and is too narrow. So a second, independent field with a slower decay is added:

.. math:: g_i = x_i + b\,x_i^{1/4}\,\frac{x_i}{x_i + \delta},

where the last factor keeps it out of coordinates that drown in the noise. The data say how strong
it is: `b` maximizes the restricted likelihood. Where the kernel tells the whole story `b` is next
to nothing. Bands that hold on average over the inputs need no more than the right total variance
at each roughness, whichever coordinate it is in.

References
----------
Kennedy, M. C. and O'Hagan, A. (2001). Bayesian calibration of computer models. J. R. Stat. Soc. B
63(3), 425-464. doi:10.1111/1467-9868.00294 (a term for what a model cannot say)

Nychka, D. (1988). Bayesian confidence intervals for smoothing splines. J. Am. Stat. Assoc. 83,
1134-1143. doi:10.1080/01621459.1988.10478711 (why bands hold on average)
"""

from __future__ import annotations

import numpy as np

from ._kernel_basis import DROWNED
from ._reml import reml_score, valleys
from ._validation import FloatArray

_DECAY = 0.25  # power of the kernel's variance; from 1/8 to 3/8 bands and errors are about as good
_LOG_STRENGTHS = (-9.0, 4.0)  # range of the search


def with_tail(kernel: FloatArray, strength: float | FloatArray) -> FloatArray:
    """Return the variance of every coordinate, of the kernel's field and the second together.

    Parameters
    ----------
    kernel : ndarray, shape (c,)
        Variances that the kernel expects, in units of the noise.
    strength : float or ndarray, shape (p, 1)
        `b`.

    Returns
    -------
    ndarray, shape (c,) or (p, c)
    """
    return kernel + strength * kernel**_DECAY * kernel / (kernel + DROWNED)


def tail_strength(
    kernel: FloatArray, projections: FloatArray, leftover: float, freedom: int
) -> float:
    """Return the `b` of greatest restricted likelihood.

    Parameters
    ----------
    kernel : ndarray, shape (c,)
        See `with_tail`.
    projections : ndarray, shape (c,)
        Values along the coordinates.
    leftover : float
        Squared length of what the values have outside of them.
    freedom : int
        Samples minus coordinates of the plane.
    """

    def scores(log_strengths: FloatArray) -> FloatArray:
        variances = with_tail(kernel, np.exp(log_strengths)[:, None])
        misfit = leftover + np.sum(projections**2 / (1.0 + variances), axis=1)
        return reml_score(misfit[None], freedom, np.sum(np.log1p(variances), axis=1))

    return float(np.exp(valleys(scores, *_LOG_STRENGTHS)[0]))
