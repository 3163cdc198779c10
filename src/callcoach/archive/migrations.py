"""The journal's schema, as migrations by name; one that was released is never edited."""

import sqlite3
from collections.abc import Callable, Mapping

_FIRST = """
CREATE TABLE call (
    id TEXT PRIMARY KEY,
    script TEXT NOT NULL,
    digest TEXT NOT NULL,
    language TEXT NOT NULL,
    mode TEXT NOT NULL,
    agent TEXT NOT NULL,
    started TEXT NOT NULL,
    day TEXT NOT NULL,
    last_at REAL NOT NULL,
    ended_at REAL,
    outcome TEXT,
    code TEXT NOT NULL DEFAULT '',
    events INTEGER NOT NULL,
    head BLOB NOT NULL
) STRICT;
CREATE TABLE event (
    call TEXT NOT NULL REFERENCES call (id),
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    at REAL NOT NULL,
    wall TEXT NOT NULL,
    body BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (call, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE script (
    digest TEXT PRIMARY KEY,
    pack TEXT NOT NULL,
    version TEXT NOT NULL,
    sources BLOB NOT NULL
) STRICT;
CREATE INDEX call_started ON call (started);
"""


def _create(db: sqlite3.Connection) -> None:
    for statement in _FIRST.split(";"):
        if statement.strip():
            db.execute(statement)


MIGRATIONS: Mapping[str, Callable[[sqlite3.Connection], None]] = {
    "001_calls_events_scripts": _create,
}
"""In the order in which they are applied."""


def applied(db: sqlite3.Connection) -> tuple[str, ...]:
    """Return the names of the migrations that a journal has."""
    has_table = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'migration'").fetchone()
    if not has_table:
        return ()
    rows = db.execute("SELECT name FROM migration ORDER BY name").fetchall()
    return tuple(str(name) for (name,) in rows)


def migrate(db: sqlite3.Connection, wall: str) -> tuple[str, ...]:
    """Bring a journal up to date in one transaction; return the migrations that were missing."""
    db.execute("BEGIN IMMEDIATE")
    try:
        done = applied(db)
        missing = tuple(name for name in MIGRATIONS if name not in done)
        if missing:
            db.execute(
                "CREATE TABLE IF NOT EXISTS migration"
                " (name TEXT PRIMARY KEY, applied TEXT NOT NULL) STRICT"
            )
        for name in missing:
            MIGRATIONS[name](db)
            db.execute("INSERT INTO migration (name, applied) VALUES (?, ?)", (name, wall))
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise
    return missing
