"""The backend of matplotlib in the page: draws by agg, and `plt.show()` shows in the cell."""

from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg as FigureCanvas
from matplotlib.backends.backend_agg import FigureManagerBase as FigureManager

from livebook.in_page.outputs import show_pictures

__all__ = ["FigureCanvas", "FigureManager", "show"]


def show(*arguments: Any, **options: Any) -> None:
    """Show the figures that are open."""
    show_pictures()
