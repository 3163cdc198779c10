"""Names the time zone in which times are shown: that of this machine."""

from datetime import datetime


def local_zone() -> str:
    """Return it as `UTC+08:00`, as it is now."""
    told = f"{datetime.now().astimezone():%z}"
    return f"UTC{told[:3]}:{told[3:5]}"
