"""Writes tables as Parquet: parts into memory, and any number of parts into one file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

_ROWS = 50_000
"""Of a group of rows, about: small parts are joined so that readers have less to skip."""
_COMPRESSION = "zstd"

Columns = Mapping[str, type]
"""Names of columns and what they hold: `str`, `int`, `float` or `bool`; cells may be None."""


def encode(columns: Columns, records: Iterable[Sequence[object]]) -> bytes:
    """Return records as a Parquet file."""
    from pyarrow import parquet  # 150 ms, and an extra

    out = BytesIO()
    parquet.write_table(_table(columns, list(records)), out, compression=_COMPRESSION)
    return out.getvalue()


def join(path: Path, columns: Columns, parts: Iterable[bytes]) -> None:
    """Write the records of Parquet files, one after another, as one file. Raises `OSError`."""
    from pyarrow import parquet

    with parquet.ParquetWriter(path, _schema(columns), compression=_COMPRESSION) as writer:
        for table in _groups(parts):
            writer.write_table(table)


def _groups(parts: Iterable[bytes]) -> Iterator[Any]:
    """Yield the tables of parts, several small ones as one."""
    import pyarrow
    from pyarrow import parquet

    waiting: list[Any] = []
    for part in parts:
        waiting.append(parquet.read_table(BytesIO(part), use_threads=False))
        if sum(table.num_rows for table in waiting) >= _ROWS:
            yield pyarrow.concat_tables(waiting)
            waiting = []
    if waiting:
        yield pyarrow.concat_tables(waiting)


def _schema(columns: Columns) -> Any:
    import pyarrow

    kinds = {
        str: pyarrow.string(),
        int: pyarrow.int64(),
        float: pyarrow.float64(),
        bool: pyarrow.bool_(),
    }
    return pyarrow.schema([(name, kinds[kind]) for name, kind in columns.items()])


def _table(columns: Columns, records: Sequence[Sequence[object]]) -> Any:
    import pyarrow

    schema = _schema(columns)
    cells = list(zip(*records, strict=True)) or [()] * len(columns)
    arrays = [
        pyarrow.array(column, field.type) for column, field in zip(cells, schema, strict=True)
    ]
    return pyarrow.Table.from_arrays(arrays, schema=schema)
