"""Shows instants by the clock of this machine, and names its time zone."""

from datetime import datetime


def local_zone() -> str:
    """Return it as `UTC+08:00`, as it is now."""
    told = f"{datetime.now().astimezone():%z}"
    return f"UTC{told[:3]}:{told[3:5]}"


def local_time(instant: str) -> str:
    """Return an instant, ISO 8601, as `2026-11-25 22:07`; what is none as it is."""
    return _local(instant, "%Y-%m-%d %H:%M")


def local_moment(instant: str) -> str:
    """Return an instant, ISO 8601, with its zone: `2026-11-25 22:07 UTC+08:00`; any other as it is.

    So it can be read on another machine.
    """
    told = _local(instant, "%Y-%m-%d %H:%M UTC%z")
    return instant if told == instant else f"{told[:-2]}:{told[-2:]}"


def local_day(instant: str) -> str:
    """Return the day of an instant, ISO 8601; what is none as it is."""
    return _local(instant, "%Y-%m-%d")


def _local(instant: str, form: str) -> str:
    try:
        return datetime.fromisoformat(instant).astimezone().strftime(form)
    except (ValueError, OverflowError):  # a journal may hold anything
        return instant
