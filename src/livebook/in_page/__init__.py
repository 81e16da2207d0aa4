"""What runs the cells in the reader's browser; standard library only, and Pyodide's.

The worker's script calls `connect` once, then `run_cell` for each cell and `draw` when the reader
moves a figure. What cells show goes to the page as JSON messages.
"""

from livebook.in_page.cells import run_cell
from livebook.in_page.messages import connect
from livebook.in_page.moving import draw

__all__ = ["connect", "draw", "run_cell"]
