"""Data for the chapters: seeded simulators with their truth, a real log and ride, failing runs."""

from calcbook.data.discount import Customers, discount
from calcbook.data.failing_runs import FailingRun, failing_runs
from calcbook.data.load import Load, server_load
from calcbook.data.meters import Readings, Turn, gyroscope, water_meter
from calcbook.data.simulated import Samples, noisy_decay, noisy_sine
from calcbook.data.tram import tram_acceleration, tram_ride
from calcbook.data.turbine import WindRecords, power_curve, wind_records
from calcbook.data.users import growing_users, growth_rate
from calcbook.data.vendored import Track, TrainingLog, track, training_log
from calcbook.data.vibration import Vibration, vibration

__all__ = [
    "Customers",
    "FailingRun",
    "Load",
    "Readings",
    "Samples",
    "Track",
    "TrainingLog",
    "Turn",
    "Vibration",
    "WindRecords",
    "discount",
    "failing_runs",
    "growing_users",
    "growth_rate",
    "gyroscope",
    "noisy_decay",
    "noisy_sine",
    "power_curve",
    "server_load",
    "track",
    "training_log",
    "tram_acceleration",
    "tram_ride",
    "vibration",
    "water_meter",
    "wind_records",
]
