"""Data for the chapters: seeded simulators with their truth, a real log and ride, failing runs."""

from calcbook.data.failing_runs import FailingRun, failing_runs
from calcbook.data.meters import Readings, Turn, gyroscope, water_meter
from calcbook.data.simulated import Samples, noisy_decay, noisy_sine
from calcbook.data.tram import tram_acceleration, tram_ride
from calcbook.data.vendored import Track, TrainingLog, track, training_log

__all__ = [
    "FailingRun",
    "Readings",
    "Samples",
    "Track",
    "TrainingLog",
    "Turn",
    "failing_runs",
    "gyroscope",
    "noisy_decay",
    "noisy_sine",
    "track",
    "training_log",
    "tram_acceleration",
    "tram_ride",
    "water_meter",
]
