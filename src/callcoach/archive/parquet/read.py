"""Reads the rows of a Parquet file, some at a time."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from callcoach.errors import TranscriptError

_BATCH = 1024
"""Rows held at a time."""

Row = Mapping[str, object]


def read_batches(path: Path) -> Iterator[Sequence[Row]]:
    """Yield the rows of a file, `_BATCH` at a time, each by the names of its columns.

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
            for batch in file.iter_batches(batch_size=_BATCH):
                yield batch.to_pylist()
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
