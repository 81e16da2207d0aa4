"""The public package `pydelt` 0.8.0, which shares our import name: a process of its own runs it.

Its modules import PyTorch, for classes that are not measured here: an empty stand-in does.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any, ClassVar

from .methods import Curves, UnsuitableError
from .signals import Array

FOLDER = Path(__file__).parents[1] / "_build" / "peers" / "namesake"

_SERVER = """
import pickle, sys, types, warnings
warnings.simplefilter("ignore")
stream, sys.stdout = sys.stdout.buffer, sys.stderr
sys.path.insert(0, sys.argv[1])

class Anything(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})

for name in ("torch", "torch.nn", "torch.optim", "torch.utils", "torch.utils.data"):
    sys.modules[name] = Anything(name)
    parent, _, child = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], child, sys.modules[name])

import numpy as np
from pydelt.interpolation import SplineInterpolator
from pydelt.multivariate import MultivariateDerivatives

def curve(x, y, grid, smoothing):
    fit = SplineInterpolator(smoothing=smoothing)
    fit.fit(x, y)
    return [fit.predict(grid)] + [fit.differentiate(order=d)(grid) for d in (1, 2)]

def gradient(X, y, points, smoothing):
    fields = MultivariateDerivatives(SplineInterpolator, smoothing=smoothing)
    fields.fit(X, y)
    return np.asarray(fields.gradient()(points))

def call(x, y, smoothing):
    fit = SplineInterpolator(smoothing=smoothing)
    fit.fit(x, y)
    return np.asarray(fit(x))

tasks = dict(curve=curve, gradient=gradient, call=call)
while True:
    try:
        name, arguments = pickle.load(sys.stdin.buffer)
    except EOFError:
        break
    try:
        answer = tasks[name](*arguments)
    except Exception as error:
        answer = f"{type(error).__name__}: {error}"
    pickle.dump(answer, stream)
    stream.flush()
"""


class Namesake:
    """Its `SplineInterpolator` and `MultivariateDerivatives`, one server for each of our processes.

    Parameters
    ----------
    smoothing : float or None
        As its constructor takes it.
    """

    _servers: ClassVar[dict[int, subprocess.Popen[bytes]]] = {}

    def __init__(self, smoothing: float | None) -> None:
        self.smoothing = smoothing

    def __call__(self, x: Array, y: Array, grid: Array) -> Curves:
        """Return its f, f' and f''."""
        value, first, second = self.ask("curve", x, y, grid, self.smoothing)
        return Curves((value, first, second))

    def gradient(self, X: Array, y: Array, points: Array) -> Array:
        """Return its gradients at the points."""
        return self.ask("gradient", X, y, points, self.smoothing)

    @classmethod
    def ask(cls, name: str, *arguments: Any) -> Any:
        """Let the server run one of its tasks; raises `RuntimeError` with its error."""
        server = cls._server()
        assert server.stdin is not None
        assert server.stdout is not None
        try:
            pickle.dump((name, arguments), server.stdin)
            server.stdin.flush()
            answer = pickle.load(server.stdout)
        except (EOFError, BrokenPipeError):
            raise RuntimeError("the process of the public package ended") from None
        if isinstance(answer, str):
            raise RuntimeError(answer)
        return answer

    @classmethod
    def _server(cls) -> subprocess.Popen[bytes]:
        if not FOLDER.exists():
            raise UnsuitableError("not installed; `make audit` does")
        if os.getpid() not in cls._servers:
            environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
            cls._servers[os.getpid()] = subprocess.Popen(
                [sys.executable, "-I", "-c", _SERVER, str(FOLDER)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env=environment,
            )  # fmt: skip
        return cls._servers[os.getpid()]
