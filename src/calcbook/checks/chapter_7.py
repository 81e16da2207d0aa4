"""The exercises of chapter 7, Complex analysis and Fourier."""

from __future__ import annotations

from typing import Any

import numpy as np

from calcbook import spectra, spectral
from calcbook.checks.exercise import Exercise, Mistake
from calcbook.checks.kinds import Array, Choice, Function, Number
from calcbook.checks.tolerance import percent, within

# 7.5: slopes are asked for there.
_PLACES = [(0.3,), (-1.1,), (2.0,)]
# 7.13: periods of the waves.
_WAVES = (1, 4, 10)
# 7.9: positions and angles.
_TURNS = [(0, 0.5), (1, 0.5), (3, 0.2), (7, 1.1)]
_ENTRIES = np.array([1 + 1j, 2 - 1j])


def _samples() -> list[tuple[list[float], int]]:
    u = np.random.default_rng(0).normal(size=16).tolist()
    return [(u, k) for k in (0, 1, 2, 5)]


def _amplitude(u: list[float], k: int, pace: float = 2 * np.pi) -> float:
    n = len(u)
    return float(abs(np.mean(np.array(u) * np.exp(-1j * pace * k * np.arange(n) / n))))


def _slope(x: Any) -> Any:
    f = np.exp(np.sin(x)) / (1 + x**2)
    return f * (np.cos(x) - 2 * x / (1 + x**2))


def _turned(m: float, theta: float, conjugate: bool = True, both: bool = True) -> float:
    theta_of = np.array([theta, theta / 10 if both else theta])
    key = _ENTRIES.conj() if conjugate else _ENTRIES
    return float(np.sum(_ENTRIES * np.exp(1j * m * theta_of) * key).real)


def _weak_period(window: str = "Hann", slowest: float = 5.2) -> float:
    frequency, height = spectra.amplitudes(spectra.visits(200, seed=3), window)
    quick = frequency > 1 / slowest
    return float(1 / frequency[quick][height[quick].argmax()])


def _by_waves(cutoff: int | None) -> float:
    _, u = spectral.samples(noise=0.1, seed=5)
    return float(spectral.spectral_derivative(u, spectral.PERIOD, cutoff)[32])


def _steps_to_half(power: int = 2, mean: float = 0.5) -> np.ndarray:
    """Count the steps of 7.13; a wrong update shrinks what is missing by another factor."""
    counts = []
    for k in _WAVES:
        missing, steps = 1.0, 0
        while missing > 0.5:
            missing, steps = missing * (1 - mean / k**power), steps + 1
        counts.append(steps)
    return np.array(counts, dtype=float)


EXERCISES = {
    "7.1": Exercise(
        Array(percent(0.1, each=True), names=("real part", "imaginary part")),
        right=lambda: np.array([-2.0, 6.0]),
        hint="Which complex number has the angle 90° and the length 2? Multiply by it.",
        then="Turning and stretching took one product.",
        mistakes=[
            Mistake(
                "turned the other way",
                "That is a quarter turn clockwise. Counterclockwise is a multiplication by i.",
                made=lambda: np.array([2.0, -6.0]),
            ),
            Mistake(
                "not stretched",
                "The turn is right. The length was to be doubled as well.",
                made=lambda: np.array([-1.0, 3.0]),
            ),
            Mistake(
                "added",
                "You added 2i. Adding moves a point; turning and stretching is multiplying.",
                made=lambda: np.array([3.0, 3.0]),
            ),
        ],
    ),
    "7.2": Exercise(
        Number(within(1e-6)),
        right=lambda: -2.0,
        hint="Which part of a turn does the wheel make from one picture to the next? Which smaller "
        "turn, either way, ends at the same place?",
        then="This is why wagon wheels run backward in films.",
        mistakes=[
            Mistake(
                "sense lost",
                "The number is right. From picture to picture the spoke falls back.",
                made=lambda: 2.0,
            ),
            Mistake(
                "not folded",
                "The film shows 24 pictures a second; a spoke can't be seen to turn more than "
                "half a turn from one to the next.",
                made=lambda: 22.0,
            ),
            Mistake(
                "folded at half the rate",
                "It is the whole rate that a frequency is folded by, not half of it.",
                made=lambda: 10.0,
            ),
        ],
    ),
    "7.3": Exercise(
        Array(percent(0.5, each=True), names=("k = 1", "k = 2", "k = 3")),
        right=lambda: np.array([2 / np.pi, 0.0, 2 / (3 * np.pi)]),
        hint="Integrate each half by itself; at its ends the exponential is 1 or (−1)^k.",
        then="Only odd waves, for the signal changes its sign from half to half.",
        mistakes=[
            Mistake(
                "both sides together",
                "Those are the amplitudes of the real sines, 4/(πk): an arrow and its mirror "
                "image together. One arrow has half of that.",
                made=lambda: np.array([4 / np.pi, 0.0, 4 / (3 * np.pi)]),
            ),
            Mistake(
                "even ones kept",
                "For even k both halves give the same with opposite signs.",
                made=lambda: np.array([2 / np.pi, 1 / np.pi, 2 / (3 * np.pi)]),
            ),
            Mistake(
                "too fast",
                "That falls like 1/k². A signal that jumps has arrows that fall like 1/k.",
                made=lambda: np.array([2 / np.pi, 0.0, 2 / (9 * np.pi)]),
            ),
        ],
    ),
    "7.4": Exercise(
        Function(percent(0.1), cases=_samples),
        right=lambda: _amplitude,
        hint="Multiply sample j by e to the power −2πi k j/n, and take the mean.",
        then="The FFT computes all of them, faster; the numbers are the same.",
        mistakes=[
            Mistake(
                "sum in place of mean",
                "That is the sum over the samples, as NumPy's fft gives it. Divide by n.",
                made=lambda: lambda u, k: len(u) * _amplitude(u, k),
            ),
            Mistake(
                "half a turn",
                "Your samples turn half as fast: one round is 2π, not π.",
                made=lambda: lambda u, k: _amplitude(u, k, np.pi),
            ),
            Mistake(
                "lengths averaged",
                "You averaged the lengths. The arrows have to be added first, so that they can "
                "cancel.",
                made=lambda: lambda u, k: float(np.mean(np.abs(u))),
            ),
        ],
    ),
    "7.5": Exercise(
        Function(percent(1e-10), cases=lambda: _PLACES),
        right=lambda: _slope,
        hint="Call f at x + ih with h about 1e-100, take the imaginary part, divide by h.",
        then="Fifteen digits, from one call.",
        mistakes=[
            Mistake(
                "a difference",
                "About ten digits are right: that is a central difference. A complex step gets "
                "them all.",
                made=lambda: lambda x: (_f(x + 1e-5) - _f(x - 1e-5)) / 2e-5,
            ),
            Mistake(
                "value",
                "That is f itself. Its slope is in the imaginary part.",
                made=lambda: _f,
            ),
        ],
        wrong=[(lambda: lambda x: -_slope(x), "wrong sign")],
    ),
    "7.6": Exercise(
        Choice(("A", "B", "C", "D", "E"), several=True),
        right=lambda: ["B", "D"],
        hint="Which operations pass an imaginary part on, and which lose it?",
        then="A modulus and a real part. Both are silent.",
        mistakes=[
            Mistake(
                "modulus alone",
                "One more drops the imaginary part, and the slope with it.",
                made=lambda: ["B"],
            ),
            Mistake(
                "real part alone",
                "One more has no complex derivative, although for real x it is a plain square.",
                made=lambda: ["D"],
            ),
            Mistake(
                "root suspected",
                "The root of 1 + x² has a complex derivative near 2, and its step is right.",
                made=lambda: ["A", "B", "D"],
            ),
        ],
    ),
    "7.7": Exercise(
        Number(percent(0.1)),
        right=lambda: float(np.pi / 2 * np.exp(-2)),
        hint="The pole above the axis is 2i. What is its residue for e^{iz}/(z² + 4)?",
        then="And without residues it would be hard to guess.",
        mistakes=[
            Mistake(
                "pole at i",
                "That is the integral with x² + 1 below. Here the pole lies at 2i.",
                made=lambda: float(np.pi / np.e),
            ),
            Mistake(
                "factor of the other root lost",
                "The residue has z + 2i below, taken at 2i. It is 4i, not 1.",
                made=lambda: float(2 * np.pi * np.exp(-2)),
            ),
            Mistake(
                "wrong half-plane",
                "Your exponential grows: the path was closed on the side where e^{iz} explodes.",
                made=lambda: float(np.pi / 2 * np.exp(2)),
            ),
        ],
    ),
    "7.8": Exercise(
        Number(percent(2)),
        right=_weak_period,
        hint="Take `spectra.amplitudes` with a window, and look for the highest peak among periods "
        "shorter than five days.",
        then="Fifty times weaker than the week, and found.",
        mistakes=[
            Mistake(
                "the week",
                "That is the strong rhythm. The weak wave is faster.",
                made=lambda: 7.0,
            ),
            Mistake(
                "frequency",
                "That is its frequency, in waves per day. Asked is the period, in days.",
                made=lambda: 1 / _weak_period(),
            ),
        ],
    ),
    "7.9": Exercise(
        Function(percent(0.1), cases=lambda: _TURNS),
        right=lambda: _turned,
        hint="Multiply z by e^{i m θ}, that by the conjugate of z, add, and take the real part.",
        then="It depends on the distance alone, whatever the two positions are.",
        mistakes=[
            Mistake(
                "conjugate forgotten",
                "The score of two complex vectors takes the conjugate of one of them.",
                made=lambda: lambda m, theta: _turned(m, theta, conjugate=False),
            ),
            Mistake(
                "one angle for all",
                "Each entry has an angle of its own.",
                made=lambda: lambda m, theta: _turned(m, theta, both=False),
            ),
        ],
    ),
    "7.10": Exercise(
        Number(within(0.25)),
        right=lambda: float(spectral.hill_slope(np.array([np.pi / 4]))[0]),
        hint="Transform, keep the waves that stand out of the noise, and multiply them by iω.",
        then="The cut-off is the amount of smoothing.",
        mistakes=[
            Mistake(
                "all waves",
                "You kept all waves, and what you see is noise times ω. Where does the signal end?",
                made=lambda: _by_waves(None),
            ),
            Mistake(
                "value",
                "That is about the value there. Each wave is still to be multiplied by iω.",
                made=lambda: float(spectral.hill(np.array([np.pi / 4]))[0]),
            ),
        ],
    ),
    "7.11": Exercise(
        Choice(("A", "B", "C", "D", "E"), several=True),
        right=lambda: ["B", "C", "D"],
        hint="Write each as u + iv, and put x = y = 1 into the four partial derivatives.",
        then="At a single point the equations can hold by chance; around it they then fail.",
        mistakes=[
            Mistake(
                "judged around the point",
                "One more map satisfies both equations at this very point, if nowhere near it.",
                made=lambda: ["B", "C"],
            ),
            Mistake(
                "written in x and y",
                "One that is written in x and y is a plain power of z in disguise.",
                made=lambda: ["B", "D"],
            ),
            Mistake(
                "a real map",
                "The length of z is real everywhere: its v is zero, and its u is not level here.",
                when=lambda chosen: "A" in chosen,
            ),
            Mistake(
                "turned the wrong way",
                "One of yours is a function of the conjugate: its u_y and v_x have the same sign.",
                when=lambda chosen: "E" in chosen,
            ),
        ],
        wrong=[
            (lambda: ["A", "B", "C", "D"], "a real map"),
            (lambda: ["B", "C", "D", "E"], "turned the wrong way"),
        ],
    ),
    "7.12": Exercise(
        Array(within(0.01), names=("first kernel", "second kernel")),
        right=lambda: np.array([0.0, -1 / 3]),
        hint="Such a wave is 1, −1, 1, −1, ... Lay each kernel over it once.",
        then="What the moving average leaves of the fastest wave is upside down.",
        mistakes=[
            Mistake(
                "sign lost",
                "The sizes are right. Does a peak of the wave stay a peak?",
                made=lambda: np.array([0.0, 1 / 3]),
            ),
            Mistake(
                "a constant",
                "That is what they do to a constant: its values are all alike, a wave's are not.",
                made=lambda: np.array([1.0, 1.0]),
            ),
            Mistake(
                "the middle weight",
                "That is the weight in the middle alone. Its neighbors lie on the wave as well.",
                made=lambda: np.array([1 / 2, 1 / 3]),
            ),
        ],
    ),
    "7.13": Exercise(
        Array(within(0.5), names=("k = 1", "k = 4", "k = 10")),
        right=_steps_to_half,
        hint="By which factor does one step multiply what is still missing of wave k?",
        then="A feature that is ten times fainter learns a hundred times more slowly.",
        mistakes=[
            Mistake(
                "faintness counted once",
                "The feature's size enters twice: in the gradient, and in what the weight does.",
                made=lambda: _steps_to_half(power=1),
            ),
            Mistake(
                "mean of the square",
                "Over whole periods the mean of a squared sine is not one.",
                made=lambda: _steps_to_half(mean=1.0),
            ),
        ],
    ),
    "7.14": Exercise(
        Array(percent(0.1, each=True), names=("real part", "imaginary part")),
        right=lambda: np.array([4.0, 12.0]),
        hint="Take the residual wz − t. Which factor turns it into the gradient for w?",
        then="One complex product gave both partial derivatives.",
        mistakes=[
            Mistake(
                "conjugate forgotten",
                "That is twice the residual times z. Which way has z to be turned?",
                made=lambda: np.array([-12.0, -4.0]),
            ),
            Mistake(
                "Wirtinger",
                "That is the Wirtinger derivative, half of what was asked for.",
                made=lambda: np.array([2.0, 6.0]),
            ),
            Mistake(
                "mirrored",
                "That is the conjugate of the gradient: some frameworks return it. Check the sign "
                "of the change with Im w.",
                made=lambda: np.array([4.0, -12.0]),
            ),
        ],
    ),
}


def _f(x: Any) -> Any:
    return np.exp(np.sin(x)) / (1 + x**2)
