"""The penalty that varies: when it is tried, and that it is the likeliest."""

import warnings

import numpy as np
import pytest

from pydelt._adaptive_penalty import fellner_schall, hat_functions
from pydelt._automatic_fit import fit_automatically
from pydelt._banded import BandedCholesky

X = np.linspace(0, 1, 400)
SIGNALS = {
    "wave": np.sin(6 * X),
    "bump": np.sin(6 * X) + 1.5 * np.exp(-(((X - 0.6) / 0.03) ** 2) / 2),
}


def fitted(name, seed=0):
    y = SIGNALS[name] + 0.05 * np.random.default_rng(seed).normal(size=X.size)
    return fit_automatically(X, ((y - y.mean()) / y.std())[None], (4,))


def deviance(fit, profile):
    """-2 log likelihood of the best multiple of a profile, up to a constant."""
    problem = fit.problem.reweighted(profile)
    (log_penalty, *_), _ = problem.choose()
    return problem.score(log_penalty) - BandedCholesky(problem.basis.mass_band).log_determinant


@pytest.mark.parametrize("seed", range(3))
def test_first_step_tells_that_one_penalty_does(seed):
    fit = fitted("wave", seed)
    assert fellner_schall(fit, hat_functions(fit.basis, 6)) is None


def test_profile_is_low_where_the_signal_is_busy():
    fit = fitted("bump")
    profile = fellner_schall(fit, hat_functions(fit.basis, 8))[:, 0]
    least = fit.basis.sites[np.argmin(profile)]
    assert least == pytest.approx(0.6, abs=0.1)
    assert profile.max() > 100 * profile.min()


def test_a_constant_series_does_no_harm():
    y = SIGNALS["bump"] + 0.05 * np.random.default_rng(0).normal(size=X.size)
    pair = np.stack([(y - y.mean()) / y.std(), np.zeros(X.size)])
    fit = fit_automatically(X, pair, (4,))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        profile = fellner_schall(fit, hat_functions(fit.basis, 8))
    assert np.all(np.isfinite(profile))


def test_no_hat_gains_much_by_itself():
    """The noise was measured before, about the fit with one penalty: a tenth may be left."""
    fit = fitted("bump")
    hats = hat_functions(fit.basis, 6)
    profile = fellner_schall(fit, hats)
    found = deviance(fit, profile)
    gain = deviance(fit, np.ones_like(profile)) - found
    assert gain > 20
    for hat in np.moveaxis(hats, -1, 0):
        for change in (0.3, 3.0):
            assert deviance(fit, profile * change**hat) > found - 0.1 * gain
