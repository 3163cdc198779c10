"""Reads the columns or the rows of a Parquet file, some rows at a time."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from callcoach.errors import TranscriptError

_BATCH = 4096
"""Rows held at a time."""

Row = Mapping[str, object]
Cells = Mapping[str, Sequence[object]]
"""Columns by their names."""


def read_batches(path: Path) -> Iterator[Sequence[Row]]:
    """Yield the rows of a file, some at a time, each by the names of its columns.

    Raises `TranscriptError`, as `read_columns` does.
    """
    for cells in read_columns(path):
        yield [dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)]


def read_columns(path: Path) -> Iterator[Cells]:
    """Yield the columns of a file, `_BATCH` rows at a time.

    Raises `TranscriptError` where the file cannot be read, and where pyarrow is not installed.
    """
    try:
        import pyarrow as pa  # 150 ms, and not in every installation
        import pyarrow.parquet as pq
    except ImportError as error:
        raise TranscriptError(
            "{path} is a Parquet file, for which pyarrow is missing",
            "install it: pip install 'callcoach[analytics]'",
            path=path,
        ) from error
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=_BATCH, use_threads=False):
                names = batch.schema.names
                yield {name: it.to_pylist() for name, it in zip(names, batch, strict=True)}
    except OSError as error:
        raise TranscriptError(
            "{path} cannot be read: {why}",
            "check the path",
            path=path,
            why=error.strerror or "damaged",
        ) from error
    except (pa.ArrowException, ValueError) as error:  # text that is no UTF-8 among them
        raise TranscriptError(
            "{path} is no whole Parquet file", "write it anew, or convert it to JSON", path=path
        ) from error
