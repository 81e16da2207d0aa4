"""Which peer stands beside pydelt in a row."""

import numpy as np

from benchmarks.cells import Record, cells
from benchmarks.rows import quality


def test_the_best_peer_took_all_that_peers_were_given() -> None:
    many, few = cells(["sine"], [100], seeds=3), cells(["sine"], [100], seeds=1)
    errors = {"thorough": 3.0, "careless": 5.0}
    records = [Record("pydelt", cell, errors=(1.0, 1.0, 1.0)) for cell in many]
    records += [Record(name, cell, (e, e, e)) for name, e in errors.items() for cell in few]
    records += [Record("choosy", cell, (1.5, 1.5, 1.5)) for cell in few[1:]]
    records.append(Record("choosy", few[0], (np.nan, np.nan, np.nan)))
    rows = {row.key: row for row in quality.rows({"development": records})}
    assert (rows["first-100"].peer, round(rows["first-100"].peer_value, 9)) == ("thorough", 3.0)
