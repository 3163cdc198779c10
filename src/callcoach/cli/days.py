"""Days on the command line."""

from datetime import date, datetime

from callcoach.errors import UsageError


def today() -> date:
    """Return the day where the user is."""
    return datetime.now().astimezone().date()


def parse_day(text: str) -> str:
    """Return a day in ISO 8601, empty for none; raises `UsageError` for what is no day."""
    if not text:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError("“{day}” is no day", "write it as 2026-12-01", day=text) from None


def parse_days(since: str, until: str) -> tuple[str, str]:
    """Return two days as `parse_day` does; raises `UsageError` where the first is the later one."""
    first, last = parse_day(since), parse_day(until)
    if first and last and first > last:
        raise UsageError(
            "{since} is after {until}", "exchange --since and --until", since=first, until=last
        )
    return first, last
