"""Keeps what was typed in a review and is not written yet, so that it outlives the program.

It is no part of the review: nobody else sees it, and it goes when it is written or thrown away.
"""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import astuple, dataclass
from pathlib import Path

from callcoach.archive.database import SQLITE_ERRORS, open_database, translate
from callcoach.archive.erased import refuse_erased
from callcoach.archive.reading import Reader
from callcoach.archive.transaction import transaction

_OF = "call = ? AND form = ? AND person = ? AND purpose = ?"
_FORGET = f"DELETE FROM typed_text WHERE {_OF} AND about = ?"  # noqa: S608 - constants
_KEEP = "INSERT OR REPLACE INTO typed_text VALUES (?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text was typed: somebody's review of a call with a form, begun or not."""

    call: str
    form: str
    """The form's digest."""
    person: str
    purpose: str


class TypedTexts(Reader):
    """The texts of a journal. One of before there were any has none."""

    def at(self, place: Place) -> Mapping[str, str]:
        """Return the texts that were typed in a place, by what they are about."""
        if not self._has_table("typed_text"):
            return {}
        rows = self._rows(f"SELECT about, body FROM typed_text WHERE {_OF}", *astuple(place))  # noqa: S608 - constants
        return dict(rows)


def keep_text(path: Path, place: Place, about: str, text: str) -> None:
    """Keep a text that was typed; an empty one is forgotten.

    Raises `StorageError`, and `NotFound` where the call was erased.
    """
    with closing(open_database(path, write=True)) as db:
        try:
            with transaction(db):
                key = (*astuple(place), about)
                if text.strip():
                    refuse_erased(db, place.call)
                    db.execute(_KEEP, (*key, text))
                else:
                    db.execute(_FORGET, key)
        except SQLITE_ERRORS as error:
            raise translate(error, path) from error
