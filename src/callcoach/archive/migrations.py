"""The journal's schema, as migrations by name; one that was released is never edited."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping

from callcoach.archive.swaps import find_swapped
from callcoach.archive.transaction import transaction

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

_SEARCH = (
    """CREATE TABLE search_call (
    number INTEGER PRIMARY KEY,
    call TEXT NOT NULL UNIQUE,
    events INTEGER NOT NULL,
    script TEXT NOT NULL,
    language TEXT NOT NULL,
    mode TEXT NOT NULL,
    agent TEXT NOT NULL,
    day TEXT NOT NULL,
    outcome TEXT NOT NULL,
    duration REAL NOT NULL,
    ratio REAL,
    silence REAL,
    overtalk REAL,
    by_agent INTEGER NOT NULL,
    by_customer INTEGER NOT NULL,
    by_other INTEGER NOT NULL
) STRICT""",
    """CREATE TABLE search_cue (
    cue TEXT NOT NULL,
    number INTEGER NOT NULL,
    is_met INTEGER NOT NULL,
    is_missed INTEGER NOT NULL,
    PRIMARY KEY (cue, number)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE search_flag (
    cue TEXT NOT NULL,
    number INTEGER NOT NULL,
    flag INTEGER NOT NULL,
    kind TEXT NOT NULL,
    severity TEXT NOT NULL,
    is_repaired INTEGER NOT NULL,
    PRIMARY KEY (cue, number, flag)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX search_cue_number ON search_cue (number)",
    "CREATE INDEX search_flag_number ON search_flag (number)",
    """CREATE TABLE search_name (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID""",
    "CREATE TABLE search_waiting (call TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    "CREATE TABLE search_version (version TEXT NOT NULL) STRICT",
    "INSERT INTO search_waiting SELECT id FROM call",
    """CREATE TRIGGER search_added AFTER INSERT ON call BEGIN
    INSERT OR IGNORE INTO search_waiting VALUES (new.id);
END""",
    """CREATE TRIGGER search_changed AFTER UPDATE ON call BEGIN
    INSERT OR IGNORE INTO search_waiting VALUES (new.id);
END""",
    """CREATE TRIGGER search_deleted AFTER DELETE ON call BEGIN
    INSERT OR IGNORE INTO search_waiting VALUES (old.id);
END""",
)
"""What `archive.search.index` fills, but for the table of the words, which it makes itself.

The triggers write down which calls have to be looked at again, in the transaction that changes
them.
"""

_REVIEWS = """
CREATE TABLE form (
    digest TEXT PRIMARY KEY,
    form TEXT NOT NULL,
    version TEXT NOT NULL,
    source TEXT NOT NULL
) STRICT;
CREATE TABLE review (
    id TEXT PRIMARY KEY,
    call TEXT NOT NULL REFERENCES call (id),
    form TEXT NOT NULL REFERENCES form (digest),
    reviewer TEXT NOT NULL,
    purpose TEXT NOT NULL,
    opened TEXT NOT NULL,
    events INTEGER NOT NULL,
    head BLOB NOT NULL
) STRICT;
CREATE TABLE review_event (
    review TEXT NOT NULL REFERENCES review (id),
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    wall TEXT NOT NULL,
    body BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (review, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE queue (
    name TEXT PRIMARY KEY,
    made TEXT NOT NULL,
    by TEXT NOT NULL,
    calls TEXT NOT NULL,
    chosen TEXT NOT NULL
) STRICT;
CREATE TABLE imported (
    digest TEXT PRIMARY KEY,
    call TEXT NOT NULL REFERENCES call (id)
) STRICT;
CREATE INDEX review_call ON review (call);
"""


_SWAPS_AND_NAMES = (
    """CREATE TABLE set_aside (
    call TEXT PRIMARY KEY REFERENCES call (id),
    counts TEXT NOT NULL REFERENCES call (id)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE own_name (
    call TEXT PRIMARY KEY REFERENCES call (id),
    name TEXT NOT NULL,
    file TEXT NOT NULL
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX own_name_name ON own_name (name)",
    "CREATE INDEX own_name_file ON own_name (file)",
)
"""Which of two calls with swapped roles counts, and what calls are called where they come from."""


_COUNTED = (
    """CREATE TABLE counted (
    call TEXT PRIMARY KEY,
    head BLOB NOT NULL,
    version TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT""",
    """CREATE TRIGGER counted_deleted AFTER DELETE ON call BEGIN
    DELETE FROM counted WHERE call = old.id;
END""",
)
"""Calls in figures, which `archive.counted` keeps: they can be made again at any time."""


_REJECTED_FLAGS = (
    "ALTER TABLE search_flag ADD COLUMN is_rejected INTEGER NOT NULL DEFAULT 0",
    """CREATE TRIGGER search_judged AFTER INSERT ON review_event
WHEN new.kind IN ('submitted', 'reopened', 'decided') BEGIN
    INSERT OR IGNORE INTO search_waiting SELECT call FROM review WHERE id = new.review;
END""",
    "INSERT OR IGNORE INTO search_waiting SELECT call FROM review",
)
"""Which flags reviewers call wrong: what is handed in makes a call wait for its place anew."""


_TYPED_TEXTS = (
    """CREATE TABLE typed_text (
    call TEXT NOT NULL,
    form TEXT NOT NULL,
    person TEXT NOT NULL,
    purpose TEXT NOT NULL,
    about TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (call, form, person, purpose, about)
) STRICT, WITHOUT ROWID""",
    """CREATE TRIGGER typed_text_deleted AFTER DELETE ON call BEGIN
    DELETE FROM typed_text WHERE call = old.id;
END""",
)
"""What was typed in a review and is not written yet, which `archive.typed` keeps."""


_ERASED = (
    """CREATE TABLE erased (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    content TEXT NOT NULL,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    wall TEXT NOT NULL,
    body BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT""",
    "CREATE INDEX erased_content ON erased (content)",
    "CREATE TABLE erased_head (events INTEGER NOT NULL, head BLOB NOT NULL) STRICT",
    "INSERT INTO erased_head VALUES (0, zeroblob(32))",
    "CREATE TABLE erased_rest (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    "CREATE INDEX imported_call ON imported (call)",
    "CREATE INDEX set_aside_counts ON set_aside (counts)",
    """CREATE TRIGGER counted_erased BEFORE INSERT ON counted
WHEN EXISTS (SELECT 1 FROM erased WHERE id = new.call) BEGIN
    SELECT RAISE(IGNORE);
END""",
    """CREATE TRIGGER typed_text_erased BEFORE INSERT ON typed_text
WHEN EXISTS (SELECT 1 FROM erased WHERE id = new.call) BEGIN
    SELECT RAISE(IGNORE);
END""",
)
"""Which calls were erased, chained as events are, and those of which something may be left.

The triggers keep out what another window still holds of such a call.
"""

_HOLDS = (
    """CREATE TABLE hold (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    wall TEXT NOT NULL,
    body BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT""",
    "CREATE INDEX hold_id ON hold (id)",
    "CREATE TABLE hold_head (events INTEGER NOT NULL, head BLOB NOT NULL) STRICT",
    "INSERT INTO hold_head VALUES (0, zeroblob(32))",
)
"""Which calls were put on hold and released, chained as events are."""


def _all(statements: Iterable[str]) -> Callable[[sqlite3.Connection], None]:
    """Return what runs statements one after another."""

    def run(db: sqlite3.Connection) -> None:
        for statement in statements:
            db.execute(statement)

    return run


def _add_swaps_and_names(db: sqlite3.Connection) -> None:
    _all(_SWAPS_AND_NAMES)(db)
    for pair in find_swapped(db).items():
        db.execute("INSERT INTO set_aside VALUES (?, ?)", pair)


MIGRATIONS: Mapping[str, Callable[[sqlite3.Connection], None]] = {
    "001_calls_events_scripts": _all(_FIRST.split(";")),
    "002_search": _all(_SEARCH),
    "003_reviews": _all(_REVIEWS.split(";")),
    "004_swaps_and_names": _add_swaps_and_names,
    "005_counted": _all(_COUNTED),
    "006_rejected_flags": _all(_REJECTED_FLAGS),
    "007_typed_texts": _all(_TYPED_TEXTS),
    "008_erased": _all(_ERASED),
    "009_holds": _all(_HOLDS),
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
    with transaction(db):
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
    return missing
