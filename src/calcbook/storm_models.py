"""Four models of a wind turbine that are equally good on its data and at odds outside of them."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from calcbook.data.turbine import WindRecords

Array = NDArray[np.float64]
Model = Callable[[ArrayLike], Array]

MODELS = ("cubic", "ReLU network", "tanh network", "boosted trees")


def fit_models(records: WindRecords, seed: int = 0) -> dict[str, Model]:
    """Fit all of `MODELS` to records of power over wind speed.

    Parameters
    ----------
    records : WindRecords
    seed : int
        Of the networks' first weights and of the trees.

    Returns
    -------
    dict of str to callable
        Each maps speeds in m/s, of any shape, to powers in MW of that shape.
    """
    fitted = np.polynomial.Polynomial.fit(records.speed, records.power, 3)
    return {
        "cubic": lambda speed: np.asarray(fitted(np.asarray(speed, dtype=float))),
        "ReLU network": _network("relu", records, seed),
        "tanh network": _network("tanh", records, seed),
        "boosted trees": _trees(records, seed),
    }


def rms_error(model: Model, records: WindRecords) -> float:
    """Return the root mean square error on records, in MW."""
    return float(np.sqrt(np.mean((model(records.speed) - records.power) ** 2)))


def _network(activation: str, records: WindRecords, seed: int) -> Model:
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    network = MLPRegressor(
        hidden_layer_sizes=(16,),
        activation=activation,
        solver="lbfgs",
        alpha=1e-3,
        max_iter=500,
        random_state=seed,
    )
    with warnings.catch_warnings():
        # After 500 steps the error no longer changes in any digit that the book shows.
        warnings.simplefilter("ignore", ConvergenceWarning)
        fitted = make_pipeline(StandardScaler(), network).fit(_column(records.speed), records.power)
    return lambda speed: _predict(fitted.predict, speed)


def _trees(records: WindRecords, seed: int) -> Model:
    from sklearn.ensemble import GradientBoostingRegressor

    trees = GradientBoostingRegressor(n_estimators=60, max_depth=3, random_state=seed)
    fitted = trees.fit(_column(records.speed), records.power)
    return lambda speed: _predict(fitted.predict, speed)


def _column(speed: ArrayLike) -> Array:
    return np.asarray(speed, dtype=float).reshape(-1, 1)


def _predict(predict: Callable[[Array], Array], speed: ArrayLike) -> Array:
    return np.asarray(predict(_column(speed))).reshape(np.shape(speed))
