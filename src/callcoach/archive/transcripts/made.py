"""Tells what a batch has made of calls from calls, where its folder stands among theirs."""

import re
from pathlib import Path

RUN = "batch.json"
"""How a batch was made, in the folder of what came of it."""
SUMMARY = "summary.json"
TABLES = frozenset(("calls", "questions", "flags", "cues", "problems"))
_ENDINGS = frozenset((".csv", ".parquet"))
_STARTS = re.compile(rb'\{\s*"program":\s*"[^"]*",\s*"pack":\s*"')


def is_made(file: Path) -> bool:
    """Tell whether a batch has made a file: it has the name of one, and stands beside its run."""
    is_named = file.name in (RUN, SUMMARY) or (file.suffix in _ENDINGS and file.stem in TABLES)
    return is_named and is_run(file.with_name(RUN))


def is_run(file: Path) -> bool:
    """Tell whether a file says how a batch was made."""
    try:
        with file.open("rb") as stream:
            return _STARTS.match(stream.read(1_000)) is not None
    except (OSError, ValueError):
        return False
