"""A journal open for reading. Any number of readers may be open beside a writer."""

from pathlib import Path
from typing import Any, Self

from callcoach.archive.database import HAS_TABLE, SQLITE_ERRORS, open_database, translate


class Reader:
    """What everything that reads the journal does alike."""

    def __init__(self, path: Path) -> None:
        """Open the journal; raises `StorageError` where there is none or it cannot be read."""
        self.path = path
        self._db = open_database(path, write=False)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _has_table(self, name: str) -> bool:
        """Tell whether the journal has a table: an older one that is only read has not."""
        return bool(self._rows(HAS_TABLE, name))

    def _rows(self, sql: str, *values: object) -> list[Any]:
        """Return the rows of a query. Raises `StorageError`."""
        try:
            return self._db.execute(sql, values).fetchall()
        except SQLITE_ERRORS as error:
            raise translate(error, self.path) from error
