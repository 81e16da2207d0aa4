"""The exercises of chapter 4, Integration."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.integrate import quad
from scipy.stats import expon

from calcbook import suspect_integrals
from calcbook.checks.exercise import Exercise, Mistake
from calcbook.checks.kinds import Array, Function, Number, Order
from calcbook.checks.tolerance import percent
from calcbook.data.meters import gyroscope, water_meter
from calcbook.ranking import area
from pydelt.integrals import integrate_derivative_with_error

# 4.1: power of a training job, in kW, at uneven times, in hours.
_HOURS, _POWER = np.array([0.0, 1.0, 2.0, 5.0]), np.array([2.0, 6.0, 8.0, 4.0])

# 4.3: rates of the two exponential densities.
_RATES = (2.0, 1.0)

# 4.6: dimension, and the factor by which the error is to shrink.
_DIMENSION, _SHRINK = 8, 16.0

# 4.7: of the normal distribution, for a band of 95%.
_QUANTILE = 1.96

# 4.10: mean and width of the normal density.
_THETA, _WIDTH = 1.0, 1.0

# 4.11: the integrands from A to C, each with its upper limit; the lower one is 0.
_INTEGRANDS: tuple[tuple[Callable[[float], float], float], ...] = (
    (lambda x: x * np.exp(-(x**2)), 2.0),
    (lambda x: x * np.exp(2 * x), 1.0),
    (lambda x: x**3 * np.exp(-(x**2)), 2.0),
)


def _left_strips(t: np.ndarray, u: np.ndarray) -> float:
    return float(np.sum(u[:-1] * np.diff(t)))


def _mean_spacing(t: np.ndarray, u: np.ndarray) -> float:
    width = (t[-1] - t[0]) / (len(t) - 1)
    return float(width * (np.sum(u) - (u[0] + u[-1]) / 2))


def _trapezoids(t: np.ndarray, u: np.ndarray) -> float:
    return float(np.trapezoid(u, t))


def _sampled() -> list[tuple[np.ndarray, np.ndarray]]:
    t = np.array([0.0, 0.1, 0.5, 2.0, 2.5])
    return [(t, 1 + t**2), (t**2, np.cos(t)), (3 * t - 1, np.array([2.0, -1.0, 4.0, 0.0, 1.0]))]


def _divergence(of: float, from_: float) -> float:
    """Return KL of an exponential density from another, by quadrature of the definition."""

    def integrand(x: float) -> float:
        p, q = expon(scale=1 / of), expon(scale=1 / from_)
        return float(p.pdf(x) * (p.logpdf(x) - q.logpdf(x)))

    return float(quad(integrand, 0, 40)[0])


def _scored() -> list[tuple[np.ndarray, np.ndarray]]:
    few = np.array([0.1, 0.4, 0.4, 0.8]), np.array([0.4, 0.9, 0.8])
    tied = np.array([1.0, 2.0, 2.0, 5.0, 3.0]), np.array([2.0, 3.0, 5.0, 5.0, 4.0, 2.0])
    return [few, tied, (np.array([0.5, 0.5]), np.array([0.5, 0.7]))]


def _ranked(tie: float) -> object:
    def auc(negatives: np.ndarray, positives: np.ndarray) -> float:
        gap = np.asarray(positives)[:, None] - np.asarray(negatives)
        return float(np.mean(gap > 0) + tie * np.mean(gap == 0))

    return auc


def _water() -> np.ndarray:
    """Return the total in liters and the ends of its band."""
    meter = water_meter()
    total, std = integrate_derivative_with_error(meter.t, meter.rate)
    return float(total[-1]) + _QUANTILE * float(std[-1]) * np.array([0.0, -1.0, 1.0])


def _water_by_mean() -> np.ndarray:
    meter = water_meter()
    return _water() - _water()[0] + 60 * float(meter.rate.mean())


def _turned(*, mended: bool = True, rest_error: bool = True) -> np.ndarray:
    """Return the angle turned and its standard error, in degrees."""
    turn = gyroscope()
    bias, n, resting = float(turn.rest.mean()), turn.motion.size, turn.rest.size
    angle = turn.spacing * float(np.sum(turn.motion - (bias if mended else 0.0)))
    variance = n + (n**2 / resting if rest_error else 0.0)
    return np.array([angle, turn.spacing * float(turn.rest.std(ddof=1)) * np.sqrt(variance)])


def _variances() -> tuple[float, float]:
    """Return the variance of one draw's gradient of E[x²], reparameterized and by the score."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(12)
    weights = weights / weights.sum()
    x = _THETA + _WIDTH * nodes
    both = (2 * x, x**2 * nodes / _WIDTH)
    first, second = (float(weights @ g**2 - (weights @ g) ** 2) for g in both)
    return first, second


def _price() -> float:
    calm, wild = _variances()
    return wild / calm


def _by_quadrature(upper: Callable[[float], float] = lambda b: b) -> np.ndarray:
    """Return the three integrals, each up to what ``upper`` makes of its limit."""
    return np.array([quad(f, 0, upper(b))[0] for f, b in _INTEGRANDS])


def _any_is(*slips: float) -> Callable[[np.ndarray], bool]:
    """Return a test whether any of three integrals is what a slip makes of it; NaN is no slip."""
    return lambda values: bool(np.any(np.abs(values - slips) <= 0.005 * np.abs(slips)))


def _of_slips() -> dict[str, tuple[float, float, float]]:
    """Return what each slip makes of the three integrals, NaN where it can't be made."""
    a, b, c = _by_quadrature()
    kept_a, _, kept_c = _by_quadrature(np.sqrt)  # u = x² goes up to 4, so that x = √2 means u = 2
    bracket_b, bracket_c = np.exp(2) / 2, -2 * np.exp(-4)  # [uv] alone, from end to end
    return {
        "limits kept": (kept_a, np.nan, kept_c),
        "factor of dx lost": (2 * a, 2 * b, 2 * c),
        "sign of the second term": (np.nan, 2 * bracket_b - b, 2 * bracket_c - c),
        "bracket only": (np.nan, bracket_b, bracket_c),
    }


def _with_slip(slip: str, place: int) -> Callable[[], np.ndarray]:
    """Return what makes the three integrals, with a slip in one of them."""
    here = np.arange(len(_INTEGRANDS)) == place
    return lambda: np.where(here, _of_slips()[slip], _by_quadrature())


def _exchanged(one: str, other: str) -> list[str]:
    swap = {one: other, other: one}
    return [swap.get(name, name) for name in suspect_integrals.faults()]


EXERCISES = {
    "4.1": Exercise(
        Number(percent(0.5)),
        right=lambda: _trapezoids(_HOURS, _POWER),
        hint="One strip between each two readings: mean of both heights, times its own width.",
        then="Kilowatts times hours: the unit of a total is the product of both units.",
        mistakes=[
            Mistake(
                "no width",
                "That is the sum of the readings, in kilowatts. Each belongs to a strip of so many "
                "hours.",
                made=lambda: float(_POWER.sum()),
            ),
            Mistake(
                "left ends",
                "Those are strips as high as their left end. The power runs straight from one "
                "reading to the next: take the mean of both ends.",
                made=lambda: _left_strips(_HOURS, _POWER),
            ),
            Mistake(
                "even spacing",
                "The readings are not evenly spread: the last strip is wider than the others.",
                made=lambda: _mean_spacing(_HOURS, _POWER),
            ),
            Mistake(
                "mean times duration",
                "That is the mean of the readings times the duration. The busy first hours have "
                "more readings than the rest, and so too many votes.",
                made=lambda: float(_POWER.mean() * _HOURS[-1]),
            ),
        ],
    ),
    "4.2": Exercise(
        Number(percent(0.5)),
        right=lambda: 2 * np.exp(-1.0),
        hint="Call the integral up to u F(u). What is F'(u), and what is the derivative of F(x²)?",
        then="The antiderivative itself has no formula, and you did not need one.",
        mistakes=[
            Mistake(
                "chain rule forgotten",
                "That is the integrand at the upper limit. The limit moves too, at a speed of its "
                "own: chain rule.",
                made=lambda: float(np.exp(-1.0)),
            ),
            Mistake(
                "integrand differentiated",
                "You differentiated the integrand. The derivative of an area is the height of the "
                "curve at its edge, not its slope.",
                made=lambda: -2 * float(np.exp(-1.0)),
            ),
            Mistake(
                "area in place of its growth",
                "That is the area itself. Asked is how fast it grows.",
                made=lambda: float(quad(lambda t: np.exp(-(t**2)), 0, 1)[0]),
            ),
        ],
    ),
    "4.3": Exercise(
        Number(percent(1)),
        right=lambda: _divergence(*_RATES),
        hint="The log-ratio is log 2 - x. Its mean under p needs nothing but the mean of p.",
        then="The other way round it is larger: a divergence is no distance.",
        mistakes=[
            Mistake(
                "other way round",
                "That is KL(q ‖ p). Take the mean over p, the narrower density.",
                made=lambda: _divergence(*_RATES[::-1]),
            ),
            Mistake(
                "mean of the wrong density",
                "The mean of x under p is one over p's rate, and that rate is not 1.",
                made=lambda: float(np.log(2) - 1),
            ),
            Mistake(
                "mean forgotten",
                "That is the log-ratio at 0. The second term has to be averaged too.",
                made=lambda: float(np.log(2)),
            ),
        ],
    ),
    "4.4": Exercise(
        Function(percent(0.1), cases=_sampled),
        right=lambda: _trapezoids,
        hint="`np.diff(t)` gives the widths, and `(u[1:] + u[:-1]) / 2` the mean heights.",
        then="One line, and right for any spacing.",
        mistakes=[
            Mistake(
                "left ends",
                "Those are strips as high as their left end: take the mean of both ends.",
                made=lambda: _left_strips,
            ),
            Mistake(
                "mean spacing",
                "This takes one width for all strips. The times are not evenly spread.",
                made=lambda: _mean_spacing,
            ),
            Mistake(
                "no width",
                "This adds the heights and forgets the widths.",
                made=lambda: lambda t, u: float(np.sum((u[1:] + u[:-1]) / 2)),
            ),
        ],
        wrong=[(lambda: lambda t, u: -_trapezoids(t, u), "wrong sign")],
    ),
    "4.5": Exercise(
        Function(percent(0.1), cases=_scored),
        right=lambda: area,
        hint="Compare every positive with every negative: `positives[:, None] - negatives`.",
        then="The same number as the area below the ROC curve, without a curve.",
        mistakes=[
            Mistake(
                "ties lost",
                "Ties count nothing here. Which share of a tied pair is ranked right, if a coin "
                "decides?",
                made=lambda: _ranked(0.0),
            ),
            Mistake(
                "ties won",
                "Ties count in full here. A coin would rank them right only in part of the cases.",
                made=lambda: _ranked(1.0),
            ),
            Mistake(
                "classes exchanged",
                "This is the share of pairs in which the *negative* scores higher.",
                made=lambda: lambda negatives, positives: 1 - area(negatives, positives),
            ),
        ],
    ),
    "4.6": Exercise(
        Array(percent(1, each=True), names=("trapezoid", "Simpson", "Monte Carlo")),
        right=lambda: (
            _SHRINK ** np.array([_DIMENSION / 2, _DIMENSION / 4, 1 / (1 / 2)], dtype=float)
        ),
        hint="If the error falls like N to the power -s, how must N grow for a sixteenth of it?",
        then="Here Simpson and chance cost alike; one dimension later chance wins.",
        mistakes=[
            Mistake(
                "power not inverted",
                "You raised the factor to the slope itself. Solve N^(-s) = 1/16 for N.",
                made=lambda: _SHRINK ** np.array([2 / _DIMENSION, 4 / _DIMENSION, 1 / 2]),
            ),
            Mistake(
                "dimension forgotten",
                "Those are the numbers for one axis. A grid has so many on each of its axes.",
                made=lambda: _SHRINK ** np.array([1 / 2, 1 / 4, 2]),
            ),
            Mistake(
                "chance taken for a grid",
                "For the two grids right; but Monte Carlo's error does not know the dimension.",
                made=lambda: _SHRINK ** np.array([_DIMENSION / 2, _DIMENSION / 4, _DIMENSION]),
            ),
        ],
    ),
    "4.7": Exercise(
        Array(percent(0.5, each=True), names=("total", "lower end", "upper end")),
        right=_water,
        hint="`integrate_derivative_with_error(t, rate)` returns a running total and its standard "
        "deviation; both are wanted at the end of the hour.",
        then="And at random moments of reading, too, since the fit knows when each was taken.",
        mistakes=[
            Mistake(
                "mean of the readings",
                "The middle is the mean reading times an hour. The readings are not evenly spread.",
                made=_water_by_mean,
            ),
            Mistake(
                "one standard deviation",
                "The band reaches one standard deviation to either side. For 95% it takes more.",
                made=lambda: _water()[0] + (_water() - _water()[0]) / _QUANTILE,
            ),
            Mistake(
                "ends exchanged",
                "First the lower end, then the upper one.",
                made=lambda: _water()[[0, 2, 1]],
            ),
        ],
    ),
    "4.8": Exercise(
        Order(suspect_integrals.FAULTS),
        right=suspect_integrals.faults,
        hint="Try functions whose integral you know, each fit to reveal one fault: a constant, one "
        "that is negative somewhere, one that differs at the end.",
        then="Three small known cases do more than one large plot.",
        mistakes=[
            Mistake(
                "sound one and unsigned one exchanged",
                "On positive functions two of them agree. Try one that is negative somewhere.",
                made=lambda: _exchanged("nothing", "area counted without sign"),
            ),
            Mistake(
                "sign faults exchanged",
                "One loses the sign of the *function*, another turns that of the *direction*: try "
                "the constant 1.",
                made=lambda: _exchanged("limits exchanged", "area counted without sign"),
            ),
            Mistake(
                "scale faults exchanged",
                "Both give wrong areas of a constant: one a bit too small, the other by a large "
                "factor. Which fault does what?",
                made=lambda: _exchanged("last interval missing", "step forgotten"),
            ),
        ],
    ),
    "4.9": Exercise(
        Array(percent(1, each=True), names=("angle", "standard error")),
        right=_turned,
        hint="Estimate the bias from the readings at rest, subtract it, sum up. Its own error is "
        "the same in every reading, so it adds up in full.",
        then="A longer rest would help more than a better sensor.",
        mistakes=[
            Mistake(
                "bias left in",
                "The readings at rest are not zero on average: subtract that from those in motion.",
                made=lambda: np.array([_turned(mended=False)[0], _turned()[1]]),
            ),
            Mistake(
                "error of the bias forgotten",
                "The angle is right. But the bias is an estimate too, and its error adds up like a "
                "bias: in full, not like a square root.",
                made=lambda: _turned(rest_error=False),
            ),
            Mistake(
                "spacing forgotten",
                "Those are sums of readings. Each stands for a tenth of a second.",
                made=lambda: _turned() / gyroscope().spacing,
            ),
        ],
    ),
    "4.10": Exercise(
        Number(percent(1)),
        right=_price,
        hint="Write both estimates as polynomials in ε, and use that the means of ε², ε⁴ and ε⁶ "
        "are 1, 3 and 15, and those of odd powers 0.",
        then="With a good baseline it gets better, and it never gets as good.",
        mistakes=[
            Mistake(
                "mean square in place of variance",
                "You compared mean squares. A variance is that minus the square of the mean, which "
                "is the gradient itself.",
                made=lambda: (_variances()[1] + 4 * _THETA**2) / (_variances()[0] + 4 * _THETA**2),
            ),
            Mistake(
                "standard deviations",
                "That is the ratio of standard deviations. Draws are counted by variances.",
                made=lambda: float(np.sqrt(_price())),
            ),
            Mistake(
                "upside down",
                "That is the ratio the other way round: how many fewer.",
                made=lambda: 1 / _price(),
            ),
            Mistake(
                "fourth moment taken for one",
                "The mean of ε⁴ is not 1, and that of ε⁶ is not 1 either.",
                made=lambda: (4 * _THETA**2 + 1 + 2 + 1 - 4) / 4,
            ),
        ],
    ),
    "4.11": Exercise(
        Array(percent(0.5, each=True), names=("A", "B", "C")),
        right=_by_quadrature,
        hint="In A and C substitute u = x², in B take u = x and v' = e^(2x). Then compare each "
        "with strips: which one is off, and by what?",
        then="Three slips lie in wait for everybody: the limits, the width, and the sign.",
        mistakes=[
            Mistake(
                "limits kept",
                "After a substitution you kept the old limits. They are places of x, and the new "
                "variable starts and ends elsewhere: put them into u = x².",
                when=lambda values: _any_is(*_of_slips()["limits kept"])(values),
            ),
            Mistake(
                "factor of dx lost",
                "One of them is twice what it should be: a factor of the inner function was lost. "
                "Which du belongs to u = x², and which v has the slope e^(2x)?",
                when=lambda values: _any_is(*_of_slips()["factor of dx lost"])(values),
            ),
            Mistake(
                "sign of the second term",
                "By parts, the second integral is subtracted; and where v is negative, two signs "
                "meet. Write out u'v before you integrate it.",
                when=lambda values: _any_is(*_of_slips()["sign of the second term"])(values),
            ),
            Mistake(
                "bracket only",
                "That is the bracket, the values at the ends. By parts leaves a second integral, "
                "simpler than the first.",
                when=lambda values: _any_is(*_of_slips()["bracket only"])(values),
            ),
        ],
        wrong=[
            (_with_slip("limits kept", 0), "limits kept"),
            (_with_slip("limits kept", 2), "limits kept"),
            (_with_slip("factor of dx lost", 0), "factor of dx lost"),
            (_with_slip("factor of dx lost", 1), "factor of dx lost"),
            (_with_slip("factor of dx lost", 2), "factor of dx lost"),
            (_with_slip("sign of the second term", 1), "sign of the second term"),
            (_with_slip("sign of the second term", 2), "sign of the second term"),
            (_with_slip("bracket only", 1), "bracket only"),
            (_with_slip("bracket only", 2), "bracket only"),
        ],
    ),
}
