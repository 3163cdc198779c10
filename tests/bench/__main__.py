"""Prints the table of all benchmarks."""

import sys
from collections.abc import Callable, Iterator, Mapping

from callcoach.words.wrap import pad
from tests.bench.batch import batch_rows
from tests.bench.engine import engine_rows
from tests.bench.hearing import hearing_rows, ten_hours_rows
from tests.bench.noise import noise_rows
from tests.bench.reading import reading_rows
from tests.bench.search import search_rows
from tests.bench.session import session_rows
from tests.bench.startup import startup_rows
from tests.bench.table import Row

SUITES: Mapping[str, Callable[[], Iterator[Row]]] = {
    "engine": engine_rows,
    "session": session_rows,
    "startup": startup_rows,
    "hearing": hearing_rows,
}
ON_DEMAND: Mapping[str, Callable[[], Iterator[Row]]] = {
    "batch": batch_rows,
    "noise": noise_rows,
    "reading": reading_rows,
    "search": search_rows,
    "ten-hours": ten_hours_rows,
}
"""Those that take too long to run unless they are named."""


def main(names: list[str]) -> int:
    """Run the suites that are named, or all but those on demand."""
    known = {**SUITES, **ON_DEMAND}
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"there is no {unknown[0]}; there are {', '.join(known)}")
        return 2
    print(f"{pad('what', 26)} {pad('figure', 36)} {pad('more', 46)} aim")
    for name in names or SUITES:
        for row in known[name]():
            print(
                f"{pad(row.what, 26)} {pad(row.figure, 36)} {pad(row.more, 46)} {row.aim}",
                flush=True,
            )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
