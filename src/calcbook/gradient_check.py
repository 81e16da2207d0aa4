"""Check a hand-written gradient against central differences of its function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

RELATIVE_TOLERANCE = {np.dtype(np.float64): 1e-6, np.dtype(np.float32): 1e-2}
ROUNDING_SAFETY = 10.0


@dataclass(frozen=True, repr=False)
class GradientCheck:
    """What :func:`check_gradient` found; true when every component agrees.

    Attributes
    ----------
    passed : bool
        Whether the relative error of every component is at most `rtol`.
    error : float
        The worst relative error.
    worst : tuple of int
        Index of the component with the worst error.
    analytic, numeric : ndarray
        The gradient that was checked, and the central differences; both have the shape of ``x``.
    rtol : float
        The relative error that was allowed.
    resolution : float
        Absolute differences below this are lost in the rounding of ``f``.
    evaluations : int
        How often ``f`` was called.
    hint : str
        The likely mistake, or an empty string.
    """

    passed: bool
    error: float
    worst: tuple[int, ...]
    analytic: NDArray
    numeric: NDArray
    rtol: float
    resolution: float
    evaluations: int
    hint: str

    def __bool__(self) -> bool:
        return self.passed

    def __repr__(self) -> str:
        verdict = "gradient agrees" if self.passed else "gradient is WRONG"
        where = ", ".join(map(str, self.worst))
        lines = [
            f"{verdict}: worst relative error {self.error:.1e} (allowed {self.rtol:.0e})",
            f"  at [{where}]: analytic {self.analytic[self.worst]:.8g}, "
            f"numeric {self.numeric[self.worst]:.8g}",
            f"  {self.evaluations} evaluations; rounding hides differences below "
            f"{self.resolution:.0e}",
        ]
        if self.hint:
            lines.append(f"  {self.hint}")
        return "\n".join(lines)


def check_gradient(
    f: Callable[[NDArray], float],
    grad_f: Callable[[NDArray], ArrayLike],
    x: ArrayLike,
    eps: float | None = None,
    *,
    rtol: float | None = None,
) -> GradientCheck:
    """Compare a gradient with central differences, component by component.

    Parameters
    ----------
    f : callable
        Function of an array shaped like `x` that returns one number.
    grad_f : callable
        Its gradient: returns an array of the shape of `x`.
    x : array_like, any shape
        Where to check. Integers are turned into float64 before a step is added to them.
    eps : float, optional
        Step for an entry of size one; an entry ``x_i`` is moved by ``eps * max(1, |x_i|)``.
        By default the cube root of the machine precision of the number that `f` returns,
        which balances truncation and rounding: 6e-6 in float64, 5e-3 in float32.
    rtol : float, optional
        Relative error allowed in each component: by default 1e-6 in float64, 1e-2 in float32.

    Returns
    -------
    GradientCheck
        True when every component agrees; printing it shows the worst one.

    Raises
    ------
    TypeError
        `x` holds something other than real numbers.
    ValueError
        An argument is empty or not finite, `f` does not return one finite number, or the
        gradient has another shape than `x`.

    Notes
    -----
    The error of component i is ``|a_i - n_i| / max(|a_i|, |n_i|, r_i / rtol)``, where ``r_i`` is
    ten times the rounding error of the difference quotient, ``precision * |f| / h_i``, at the
    default step. So the verdict does not depend on the units of `f`, a component that is truly
    zero is not judged by its rounding error, and a badly chosen `eps` is not excused by it. A
    step is rounded to a number that can be added to ``x_i`` exactly. At a kink no gradient
    exists and the check fails: it then says so.

    Examples
    --------
    >>> bool(check_gradient(lambda x: x @ x, lambda x: 2 * x, [1, 2, 3]))
    True
    >>> check_gradient(lambda x: x @ x, lambda x: x, [1, 2, 3]).hint
    'Every component is 0.5 times the numeric one: look for a lost constant factor.'
    """
    x = _real_array(x)
    center, precision = _scalar(f, x)
    best_eps = float(np.cbrt(np.finfo(precision).eps))
    eps = best_eps if eps is None else _positive("eps", eps)
    rtol = RELATIVE_TOLERANCE[precision] if rtol is None else _positive("rtol", rtol)
    analytic = _gradient(grad_f, x)

    step = _exact_steps(x, eps)
    up, down = _shifted_values(f, x, step)
    numeric = (up - down) / (2 * step)
    size = np.maximum(np.maximum(np.abs(up), np.abs(down)), abs(center))
    rounding = ROUNDING_SAFETY * np.finfo(precision).eps * size / step
    error = _relative_error(analytic, numeric, rounding * min(1.0, eps / best_eps), rtol)
    worst = tuple(int(i) for i in np.unravel_index(np.argmax(error), x.shape))
    passed = bool(error[worst] <= rtol)
    hint, extra = "", 0
    if passed:
        if 0 < np.abs(analytic).max() < rounding.min():
            hint = "The whole gradient is smaller than the rounding error: nothing was seen."
    elif rounding[worst] > rtol * max(abs(analytic[worst]), abs(numeric[worst])):
        hint = "Rounding swamps a step this small: leave eps out."
    else:
        hint, extra = _diagnose(f, x, worst, step, center, analytic, numeric)
    return GradientCheck(
        passed,
        float(error[worst]),
        worst,
        analytic,
        numeric,
        rtol,
        float(rounding.max()),
        2 * x.size + 1 + extra,
        hint,
    )


def _relative_error(analytic: NDArray, numeric: NDArray, rounding: NDArray, rtol: float) -> NDArray:
    scale = np.maximum(np.maximum(np.abs(analytic), np.abs(numeric)), rounding / rtol)
    difference = np.abs(analytic - numeric)
    return np.divide(difference, scale, out=np.zeros_like(difference), where=scale > 0)


def _exact_steps(x: NDArray, eps: float) -> NDArray:
    wanted = eps * np.maximum(1.0, np.abs(x))
    return (x + wanted) - x


def _shifted_values(f: Callable, x: NDArray, step: NDArray) -> tuple[NDArray, NDArray]:
    up, down = np.empty(x.shape), np.empty(x.shape)
    for index in np.ndindex(x.shape):
        for values, signed_step in ((up, step[index]), (down, -step[index])):
            shifted = x.copy()
            shifted[index] += signed_step
            values[index], _ = _scalar(f, shifted)
    return up, down


def _diagnose(
    f: Callable,
    x: NDArray,
    worst: tuple[int, ...],
    step: NDArray,
    center: float,
    analytic: NDArray,
    numeric: NDArray,
) -> tuple[str, int]:
    """Name the likely mistake, and how many more evaluations that took."""
    left, right = (_one_sided_slope(f, x, worst, h, center) for h in (-step[worst], step[worst]))
    nearer = [_one_sided_slope(f, x, worst, h / 8, center) for h in (-step[worst], step[worst])]
    # on a smooth function the two slopes approach each other as the step shrinks; at a kink not
    gap, nearer_gap = abs(right - left), abs(nearer[1] - nearer[0])
    if gap > 1e-3 * max(abs(left), abs(right)) and nearer_gap > 0.5 * gap:
        return (
            f"The slope is {left:.3g} from the left and {right:.3g} from the right: "
            "a kink or a jump. Check at a point away from it.",
            4,
        )
    seen = np.abs(numeric) > 1e-3 * np.abs(numeric).max()
    ratios = analytic[seen] / numeric[seen]
    if ratios.size and np.ptp(ratios) <= 1e-3 * np.abs(ratios).max():
        if np.isclose(ratios[0], -1, rtol=1e-3):
            return "Every component has the wrong sign.", 4
        return (
            f"Every component is {ratios[0]:.3g} times the numeric one: "
            "look for a lost constant factor.",
            4,
        )
    return "", 4


def _one_sided_slope(
    f: Callable, x: NDArray, index: tuple[int, ...], signed_step: float, center: float
) -> float:
    shifted = x.copy()
    shifted[index] += signed_step
    value, _ = _scalar(f, shifted)
    return (value - center) / (shifted[index] - x[index])


def _real_array(x: ArrayLike) -> NDArray:
    array = np.asarray(x)
    if array.dtype.kind not in "fiub":
        raise TypeError(f"x must hold real numbers, not {array.dtype}.")
    array = array.astype(np.float64)
    if array.size == 0:
        raise ValueError("x is empty: give at least one number.")
    if not np.all(np.isfinite(array)):
        raise ValueError("x holds NaN or infinity: check the gradient where f is defined.")
    return array


def _scalar(f: Callable, x: NDArray) -> tuple[float, np.dtype]:
    """Value of f, and the precision it was computed in."""
    value = np.asarray(f(x.copy()))
    if value.size != 1:
        raise ValueError(
            f"f must return one number, but returned shape {value.shape}: sum or average it."
        )
    if value.dtype.kind not in "fiub" or not np.isfinite(value).all():
        raise ValueError(f"f must return a finite real number, but returned {value.item()!r}.")
    precision = np.dtype(np.float32 if value.dtype == np.float32 else np.float64)
    return float(value.item()), precision


def _gradient(grad_f: Callable, x: NDArray) -> NDArray:
    gradient = np.asarray(grad_f(x.copy()), dtype=np.float64)
    if gradient.shape != x.shape:
        raise ValueError(
            f"grad_f returned shape {gradient.shape}, but x has shape {x.shape}: "
            "a gradient has the shape of its input."
        )
    if not np.all(np.isfinite(gradient)):
        raise ValueError("grad_f returned NaN or infinity.")
    return gradient


def _positive(name: str, value: float) -> float:
    if not (np.isfinite(value) and value > 0):
        raise ValueError(f"{name} must be a positive number, not {value!r}.")
    return float(value)
