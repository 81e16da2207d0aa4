"""A limit for each cell's time, so that one endless loop does not cost the whole submission."""

# The alarm rings again and again: the tests of an answer run in one cell, and each may need it.
# It raises an ordinary exception, which a test that calls an endless function counts as a failure.
CELL = '''\
def _limit_cells(seconds):
    import signal

    class CellTimeout(Exception):
        """A cell ran too long."""

    def stop(signum, frame):
        raise CellTimeout(f"stopped after {{seconds:g}} s")

    def wind(_, seconds=seconds):
        signal.setitimer(signal.ITIMER_REAL, seconds, seconds)

    signal.signal(signal.SIGALRM, stop)
    get_ipython().events.register("pre_run_cell", wind)
    get_ipython().events.register("post_run_cell", lambda _: wind(_, 0))

_limit_cells({seconds:g})
del _limit_cells
'''


def cell_with_limit(seconds: float) -> str:
    """Return the source of a cell after which no cell runs longer than so many seconds."""
    return CELL.format(seconds=seconds)
