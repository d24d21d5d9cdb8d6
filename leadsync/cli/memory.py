"""How the interpreter looks for garbage while millions of cells go through."""

import atexit
import gc


def spare_the_collector() -> None:
    """Look for garbage less often, and not in what was imported; a tenth quicker, measured over a million rows.

    Nor at the end, where all that is left goes with the process: that took 0.1 s (measured).
    """
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)
    atexit.register(gc.freeze)
