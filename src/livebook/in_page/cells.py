"""Run one cell: its output as it comes, its last value, its error."""

import builtins
import json
import sys
from typing import Any

import __main__
from livebook.in_page import messages
from livebook.in_page.messages import Stream, emit
from livebook.in_page.outputs import display, show_pictures
from livebook.in_page.tracebacks import cell_file, describe, remember

MEMORY = (
    "Python had no memory left for this. A page in a browser has a few gigabytes at most, on a "
    "phone less: try with less data."
)


async def run_cell(number: int, code: str, quiet: bool = False) -> str:
    """Run the code of cell `number`, which counts from 1, and show what it shows.

    A quiet cell shows its error only: it is run for its variables.

    Returns
    -------
    str
        JSON: `ok`, whether it ran to its end; `missing`, the module that was not there, or None.
    """
    from pyodide.code import eval_code_async

    remember(number, code)
    streams = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = Stream("stdout"), Stream("stderr")
    vars(__main__)["display"] = display
    messages.quiet = quiet
    builtins.input = _refuse_input
    missing = None
    try:
        value = await eval_code_async(code, vars(__main__), filename=cell_file(number))
        if value is not None:
            display(value)
        show_pictures()
        return json.dumps({"ok": True, "missing": None})
    except KeyboardInterrupt:
        emit("stopped")
    except BaseException as error:
        missing = _missing_module(error)
        told = describe(error)
        if isinstance(error, MemoryError):
            told["advice"] = MEMORY
        emit("error", **told)
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        sys.stdout, sys.stderr = streams
    return json.dumps({"ok": False, "missing": missing})


def _refuse_input(prompt: Any = "") -> str:
    raise RuntimeError("a page cannot wait for input(); write the value into the cell")


def _missing_module(error: BaseException | None) -> str | None:
    """Return the top-level name of the module for want of which the error was raised."""
    while error is not None:
        if isinstance(error, ModuleNotFoundError) and error.name:
            return error.name.split(".")[0]
        error = error.__cause__ or error.__context__
    return None
