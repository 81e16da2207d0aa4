"""The price and its Greeks against put-call logic, the equation, bumps and simulation."""

import numpy as np
import pytest

from calcbook.black_scholes import call_greeks, call_price, stock_paths

GRID = {
    "S": np.linspace(60, 160, 21)[:, None, None],
    "K": 100.0,
    "tau": np.array([0.02, 0.25, 2.0])[None, :, None],
    "r": 0.03,
    "sigma": np.array([0.1, 0.4])[None, None, :],
}


def test_known_value():
    assert call_price(100, 100, 1.0, 0.05, 0.2) == pytest.approx(10.450583572185565, abs=1e-12)


@pytest.mark.parametrize(
    ("name", "argument", "step", "sign"),
    [
        ("delta", "S", 1e-3, 1),
        ("theta", "tau", 1e-6, -1),
        ("vega", "sigma", 1e-6, 1),
        ("rho", "r", 1e-6, 1),
    ],
)
def test_greeks_are_the_derivatives_of_the_price(name, argument, step, sign):
    up = call_price(**{**GRID, argument: GRID[argument] + step})
    down = call_price(**{**GRID, argument: GRID[argument] - step})
    bump = sign * (up - down) / (2 * step)
    assert call_greeks(**GRID)[name] == pytest.approx(bump, rel=1e-5, abs=1e-6)


def test_gamma_is_the_derivative_of_delta():
    step = 1e-4
    up, down = (call_greeks(**{**GRID, "S": GRID["S"] + s})["delta"] for s in (step, -step))
    assert call_greeks(**GRID)["gamma"] == pytest.approx((up - down) / (2 * step), abs=1e-7)


def test_greeks_obey_the_black_scholes_equation():
    greeks, price = call_greeks(**GRID), call_price(**GRID)
    diffusion = 0.5 * GRID["sigma"] ** 2 * GRID["S"] ** 2 * greeks["gamma"]
    drift = GRID["r"] * (GRID["S"] * greeks["delta"] - price)
    assert greeks["theta"] + diffusion + drift == pytest.approx(np.zeros(price.shape), abs=1e-10)


def test_price_at_expiry_and_without_volatility():
    S = np.array([90.0, 100.0, 110.0])
    assert call_price(S, 100, 0.0, 0.05, 0.2) == pytest.approx([0, 0, 10])
    forward = np.maximum(S - 100 * np.exp(-0.05), 0)
    assert call_price(S, 100, 1.0, 0.05, 0.0) == pytest.approx(forward)


def test_simulation_reproduces_the_price():
    _, paths = stock_paths(100, 0.03, 0.2, 1.0, steps=100, paths=40_000, seed=3)
    payoff = np.exp(-0.03) * np.maximum(paths[:, -1] - 105, 0)
    error = payoff.std() / np.sqrt(len(payoff))
    assert abs(payoff.mean() - call_price(100, 105, 1.0, 0.03, 0.2)) < 4 * error


def test_log_of_the_stock_grows_by_the_drift_less_half_the_variance():
    t, paths = stock_paths(50, 0.08, 0.4, 5.0, steps=250, paths=4000, seed=1)
    assert t[0] == 0
    assert t[-1] == 5
    assert np.all(paths[:, 0] == 50)
    growth = np.log(paths[:, -1] / 50) / 5
    assert growth.mean() == pytest.approx(0.08 - 0.08, abs=4 * growth.std() / np.sqrt(4000))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((-1, 100, 1, 0, 0.2), "S must be positive"),
        ((100, 0, 1, 0, 0.2), "K must be positive"),
        ((100, 100, -1, 0, 0.2), "tau must not be negative"),
        ((100, 100, 1, 0, -0.2), "sigma must not be negative"),
        ((np.nan, 100, 1, 0, 0.2), "S must be positive"),
    ],
)
def test_bad_market_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        call_price(*arguments)


def test_greeks_at_expiry_are_refused():
    with pytest.raises(ValueError, match="tau must be positive"):
        call_greeks(100, 100, 0.0, 0.02, 0.2)


@pytest.mark.parametrize(
    ("options", "message"),
    [({"S0": 0}, "S0 and years"), ({"sigma": -1}, "sigma"), ({"steps": 0}, "steps and paths")],
)
def test_bad_simulation_is_named(options, message):
    with pytest.raises(ValueError, match=message):
        stock_paths(**{"S0": 100, "mu": 0, "sigma": 0.2, "years": 1, **options})
