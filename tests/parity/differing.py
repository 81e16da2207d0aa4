"""Numbers of the pages that may differ between this machine's Python and the browser's."""

# Times, measured anew in every run.
MEASURED: dict[str, set[str]] = {}

# Others, by page and name: the relative tolerance, and an absolute one where the number is no more
# than the rounding error that it shows.
DIFFERING: dict[str, dict[str, tuple[float, ...]]] = {}
