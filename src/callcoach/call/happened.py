"""What all events of a call share."""

from typing import ClassVar

import msgspec


class Happened(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind"):
    """Something that happened in a call; its kind is its tag."""

    version: ClassVar[int] = 1
    """Of its shape."""

    seq: int
    """Its place in the call, from 0, without gaps."""
    at: float
    """When it happened, in seconds since the call began; never less than the one before."""
