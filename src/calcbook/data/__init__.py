"""Data for the chapters: seeded simulators that carry their truth, real logs, failing runs."""

from calcbook.data.failing_runs import FailingRun, failing_runs
from calcbook.data.simulated import Samples, noisy_decay, noisy_sine
from calcbook.data.tram import tram_acceleration, tram_ride
from calcbook.data.vendored import TrainingLog, training_log

__all__ = [
    "FailingRun",
    "Samples",
    "TrainingLog",
    "failing_runs",
    "noisy_decay",
    "noisy_sine",
    "training_log",
    "tram_acceleration",
    "tram_ride",
]
