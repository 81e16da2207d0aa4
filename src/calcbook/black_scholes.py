"""The price of a European call and its five Greeks, in closed form, and the path that leads there.

Every function takes arrays that broadcast against each other. Prices are in the currency of the
stock, times in years, rates and volatilities per year (0.2 is 20%).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

Array = NDArray[np.float64]


def call_price(S: ArrayLike, K: ArrayLike, tau: ArrayLike, r: ArrayLike, sigma: ArrayLike) -> Array:
    """Black-Scholes price of a European call on a stock that pays no dividend.

    Parameters
    ----------
    S, K : array_like
        Stock price now and strike, both positive.
    tau : array_like
        Time left to expiry in years; 0 gives the payoff ``max(S - K, 0)``.
    r, sigma : array_like
        Risk-free rate (continuous compounding) and volatility, per year.

    Returns
    -------
    ndarray
        The price, of the arguments' broadcast shape.

    Raises
    ------
    ValueError
        If a price or strike is not positive, or a time or volatility is negative.

    References
    ----------
    Black, F. and Scholes, M. (1973). The pricing of options and corporate liabilities. Journal of
    Political Economy 81(3), 637-654. doi:10.1086/260062

    Examples
    --------
    >>> float(call_price(100, 100, 1.0, 0.05, 0.2).round(4))
    10.4506
    """
    S, K, tau, r, sigma = _checked(S, K, tau, r, sigma)
    d1, d2 = _d1_d2(S, K, tau, r, sigma)
    return np.asarray(S * ndtr(d1) - K * np.exp(-r * tau) * ndtr(d2))


def call_greeks(
    S: ArrayLike, K: ArrayLike, tau: ArrayLike, r: ArrayLike, sigma: ArrayLike
) -> dict[str, Array]:
    """The five first names of risk: Delta, Gamma, Theta, Vega and Rho of a European call.

    Parameters are those of `call_price`, but ``tau`` and ``sigma`` must be positive: at expiry
    the price has a kink, where the Greeks do not exist.

    Returns
    -------
    dict of str to ndarray
        ``delta`` (dV/dS), ``gamma`` (d2V/dS2), ``theta`` (dV/dt in calendar time, per year: time
        to expiry shrinks as the calendar moves on, so a long call has a negative Theta), ``vega``
        (dV/dsigma, per unit of volatility) and ``rho`` (dV/dr, per unit of rate).

    Raises
    ------
    ValueError
        If an argument is out of its range.
    """
    S, K, tau, r, sigma = _checked(S, K, tau, r, sigma)
    for name, values in (("tau", tau), ("sigma", sigma)):
        if np.any(values == 0):
            raise ValueError(f"{name} must be positive: at {name} = 0 the price has a kink")
    d1, d2 = _d1_d2(S, K, tau, r, sigma)
    density = np.exp(-0.5 * d1**2) / np.sqrt(2 * np.pi)
    discounted = K * np.exp(-r * tau)
    return {
        "delta": np.asarray(ndtr(d1)),
        "gamma": np.asarray(density / (S * sigma * np.sqrt(tau))),
        "theta": np.asarray(-S * density * sigma / (2 * np.sqrt(tau)) - r * discounted * ndtr(d2)),
        "vega": np.asarray(S * density * np.sqrt(tau)),
        "rho": np.asarray(tau * discounted * ndtr(d2)),
    }


def stock_paths(
    S0: float,
    mu: float,
    sigma: float,
    years: float,
    *,
    steps: int = 252,
    paths: int = 1000,
    seed: int = 0,
) -> tuple[Array, Array]:
    """Simulate ``dS = mu S dt + sigma S dW`` step by step (the Euler-Maruyama method).

    Each step adds ``mu S dt`` for sure and ``sigma S sqrt(dt)`` times a standard normal number, so
    nothing of the solution's formula is put in.

    Returns
    -------
    t : ndarray, shape (steps + 1,)
        Times in years, from 0 to `years`.
    S : ndarray, shape (paths, steps + 1)
        Stock prices; column 0 is `S0`.

    Raises
    ------
    ValueError
        If `S0` or `years` is not positive, `sigma` negative, or a count is below 1.
    """
    if S0 <= 0 or years <= 0:
        raise ValueError(f"S0 and years must be positive, got S0={S0} and years={years}")
    if sigma < 0:
        raise ValueError(f"sigma must not be negative, got {sigma}")
    if steps < 1 or paths < 1:
        raise ValueError(f"steps and paths must be at least 1, got {steps} and {paths}")
    dt = years / steps
    shocks = np.random.default_rng(seed).standard_normal((paths, steps))
    growth = 1 + mu * dt + sigma * np.sqrt(dt) * shocks
    prices = S0 * np.cumprod(np.column_stack([np.ones(paths), growth]), axis=1)
    return np.linspace(0, years, steps + 1), prices


def _checked(*values: ArrayLike) -> tuple[Array, ...]:
    arrays = tuple(np.asarray(value, dtype=np.float64) for value in values)
    for name, array in zip(("S", "K", "tau", "r", "sigma"), arrays, strict=True):
        if name in ("S", "K") and not np.all(array > 0):
            raise ValueError(f"{name} must be positive, the smallest given is {np.min(array):g}")
        if name in ("tau", "sigma") and not np.all(array >= 0):
            raise ValueError(
                f"{name} must not be negative, the smallest given is {np.min(array):g}"
            )
    return arrays


def _d1_d2(S: Array, K: Array, tau: Array, r: Array, sigma: Array) -> tuple[Array, Array]:
    """Standardized distances of the log price from the log strike (limits where sigma² tau = 0)."""
    spread = sigma * np.sqrt(tau)
    ahead = np.log(S / K) + r * tau
    with np.errstate(divide="ignore", invalid="ignore"):
        d2 = np.where(spread > 0, ahead / spread, np.where(ahead > 0, np.inf, -np.inf))
    d2 = d2 - spread / 2
    return d2 + spread, d2
