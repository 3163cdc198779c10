"""What is asked of a process that judges, and what it answers; one order at a time."""

import msgspec


class Begin(msgspec.Struct, frozen=True, tag="begin"):
    """Make ready: `Ready` or `Failed` follows."""

    config: str
    """The settings file that was named; empty for the usual one."""
    flags: dict[str, str]
    """Settings from the command line."""
    pack: str
    form: str
    """A form's name or file; empty for none."""
    paths: tuple[str, ...]
    swap: bool
    roles: tuple[str, ...]
    day: str
    """Of calls of which nobody knows when they began, ISO 8601."""
    format: str
    out: str
    size: int
    """Calls in a part; the last may have fewer."""


class Judge(msgspec.Struct, frozen=True, tag="judge"):
    """Judge a part and write it down: `Done` follows. Parts are asked for in rising order."""

    part: int
    skip: tuple[int, ...] = ()
    """Calls of it, counted from 0, that have ended a process."""
    is_careful: bool = False
    """Tell of every call before it is judged."""


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """Parts can be judged."""


class At(msgspec.Struct, frozen=True, tag="at"):
    """A call of the part is judged now, counted from 0; all before it are done."""

    index: int


class Done(msgspec.Struct, frozen=True, tag="done"):
    """A part is written down."""

    calls: int
    """Those that could not be judged are counted."""
    damaged: int


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """Nothing can be judged; text and hint are of the catalogue, with their values."""

    reason: str
    hint: str
    values: dict[str, str]


Order = Begin | Judge
Report = Ready | At | Done | Failed
