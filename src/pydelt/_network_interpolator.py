"""`NeuralNetworkInterpolator`: the network ensemble behind the common interface."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ._estimate import Estimate
from ._interpolator import Interpolator
from ._network import NetworkEnsemble
from ._validation import FloatArray, check_integer, check_integers, check_smoothing


class NeuralNetworkInterpolator(Interpolator):
    """Ensemble of small neural networks (tanh, trained by L-BFGS) with exact derivatives.

    Slower and, in one variable, less accurate than the spline; it earns its place with many
    inputs. Needs scikit-learn.

    Parameters
    ----------
    smoothing : float or None
        Multiplies the automatic weight decay, which is chosen on held-out samples; 0 trains
        without weight decay.
    hidden : sequence of int
        Widths of the hidden layers.
    members : int
        Networks in the ensemble, trained from different starting weights.
    seed : int
        Of the starting weights.
    nan : {'raise', 'drop'}
        What to do with samples that are NaN or infinite.

    Attributes
    ----------
    smoothing_ : float
        The weight decay used.
    edf_ : float
        Number of weights: an upper bound of the degrees of freedom.
    noise_ : float or ndarray, shape (k,)
        Root mean square residual.

    Examples
    --------
    >>> import numpy as np
    >>> t = np.linspace(-1, 1, 80)
    >>> fit = NeuralNetworkInterpolator(members=2).fit(t, np.sin(t))
    >>> bool(abs(fit.differentiate(order=1)(0.0) - 1) < 0.05)
    True
    """

    _beyond = "the networks flatten out there"

    def __init__(
        self,
        smoothing: float | None = None,
        *,
        hidden: Sequence[int] = (24, 24),
        members: int = 5,
        seed: int = 0,
        nan: str = "raise",
    ) -> None:
        super().__init__(nan)
        check_smoothing(smoothing)
        self.smoothing = smoothing
        self.hidden = check_integers("hidden", hidden, 1)
        self.members = check_integer("members", members, 1)
        self.seed = check_integer("seed", seed, 0, 2**31 - 1)

    @property
    def _least_samples(self) -> int:
        return 4

    @property
    def _highest_order(self) -> tuple[int, str]:
        return 2, "the chain rule through the layers is carried to second order"

    def _settings(self) -> dict[str, Any]:
        return {
            "smoothing": self.smoothing,
            "hidden": self.hidden,
            "members": self.members,
            "seed": self.seed,
        }

    def _fit(self, x: FloatArray, y: FloatArray) -> None:
        factor = check_smoothing(self.smoothing)
        engine = NetworkEnsemble(self.hidden, self.members, factor, self.seed)
        self._engine = engine.fit(x[:, None], y)
        self.smoothing_ = engine.weight_decay_
        widths = np.array([1, *self.hidden, y.shape[1]])
        self.edf_ = float(np.sum((widths[:-1] + 1) * widths[1:]))
        self.noise_ = self._one_or_all(engine.noise_)

    def _mean_and_spread(self, points: FloatArray, order: int) -> tuple[FloatArray, FloatArray]:
        mean, spread = self._engine.derivatives(points.reshape(-1, 1), order)
        shape = mean.shape[:2]
        return self._shape(mean.reshape(shape), points), self._shape(spread.reshape(shape), points)

    def _estimate(self, order: int) -> Estimate:
        return Estimate(
            lambda points: self._mean_and_spread(points, order)[0],
            name=self._name(order),
            method=type(self).__name__,
            check=self._check,
            no_std="the spread over networks is no error band; ask .spread(points, order) for it",
        )

    def spread(self, points: ArrayLike, order: int = 0) -> FloatArray:
        """Return the standard deviation over the networks of the value or a derivative.

        It tells how far training alone leaves the answer open; what all networks share, it misses.

        Parameters
        ----------
        points : array_like
            Positions, of any shape.
        order : int
            Of the derivative, 0 to 2; 0 is the value.

        Returns
        -------
        ndarray
            Of the shape of the derivative.
        """
        order = check_integer("order", order, 0, self._highest_order[0])
        self._fitted_estimate(order)
        return self._mean_and_spread(self._check(points), order)[1]
