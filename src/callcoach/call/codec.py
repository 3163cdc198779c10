"""Writes events as lines of JSON and reads them back, those of older and newer programs as well.

An event's kind is its tag, `version` counts the changes of its shape. A stored event of an older
version is lifted by an upcaster; one of a kind that this program does not know is kept as it is.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar, cast

import msgspec

E = TypeVar("E")

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
Upcasters = Mapping[tuple[str, int], Upcaster]
"""(kind, version) to the function that lifts a body to the next version."""


class Codec(Generic[E]):
    """The events of one sort of record; `E` is their union."""

    def __init__(
        self, base: type[msgspec.Struct], unknown: type[Any], header: type[msgspec.Struct]
    ) -> None:
        """Take the class that all of them extend, and the one for kinds that are not known.

        That has the fields of `header`, which every event has, and `original`, `original_version`
        and `body`.
        """
        self._unknown, self._header = unknown, msgspec.json.Decoder(header)
        known = (kind for kind in base.__subclasses__() if kind is not unknown)
        self._classes: Mapping[str, Any] = {str(it.__struct_config__.tag): it for it in known}
        self._decoders = {kind: msgspec.json.Decoder(it) for kind, it in self._classes.items()}
        self._encoder = msgspec.json.Encoder()

    def kind_of(self, event: E) -> str:
        """Return an event's kind."""
        it: Any = event
        return str(it.original if isinstance(it, self._unknown) else it.__struct_config__.tag)

    def version_of(self, event: E) -> int:
        """Return the version under which an event is stored."""
        it: Any = event
        return int(it.original_version if isinstance(it, self._unknown) else it.version)

    def encode(self, event: E) -> bytes:
        """Return an event as one line of JSON, without the line break."""
        if isinstance(event, self._unknown):
            return bytes(cast("Any", event).body)
        try:
            return self._encoder.encode(event)
        except UnicodeEncodeError:
            # Half a surrogate pair, as from a terminal of another encoding: one sign for another,
            # so that spans still fit.
            text = json.dumps(msgspec.to_builtins(event), ensure_ascii=False)
            return text.encode("utf-8", "replace")

    def decode(self, kind: str, version: int, body: bytes | str, upcasters: Upcasters) -> E:
        """Return the event that was stored as `kind` in `version`.

        Raises `msgspec.DecodeError` for a body that is no event, and `msgspec.ValidationError`,
        which is one, for a body that does not fit its kind.
        """
        try:
            return self._decode(kind, version, body, upcasters)
        except (RecursionError, UnicodeError) as error:
            raise msgspec.DecodeError("the body is no event") from error

    def _decode(self, kind: str, version: int, body: bytes | str, upcasters: Upcasters) -> E:
        known = self._classes.get(kind)
        if known is not None and version == known.version:
            return cast("E", self._decoders[kind].decode(body))
        if (kind, version) in upcasters:
            raw = msgspec.json.decode(body, type=dict[str, Any])
            lifted = version
            while (lift := upcasters.get((kind, lifted))) is not None:
                raw, lifted = lift(raw), lifted + 1
            if known is not None and lifted == known.version:
                return cast("E", msgspec.convert(raw, known))
        header = self._header.decode(body)
        stored = body.encode("utf-8") if isinstance(body, str) else body
        stored.decode("utf-8")  # the header's decoder skips the texts that it does not need
        unknown = self._unknown(
            **msgspec.structs.asdict(header),
            original=kind,
            original_version=version,
            body=msgspec.Raw(stored),
        )
        return cast("E", unknown)
