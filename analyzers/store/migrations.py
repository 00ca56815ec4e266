"""The tables of a store, as ordered steps; the number of steps taken is SQLite's ``user_version``.

A released step never changes: a new layout is a new step at the end. A file with more steps than are known here is of
a newer svc and is refused by naming both numbers.
"""

from __future__ import annotations

APPLICATION = 0x73766377  # «svcw» in the header: the file is ours

STEPS: tuple[tuple[str, ...], ...] = (
    (
        # small values: the key of the hashes, the last run
        "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        # what made the labels: tool, lexicon and the settings that change a label
        "CREATE TABLE versions (id INTEGER PRIMARY KEY, tag TEXT NOT NULL UNIQUE)",
        # categories, and the names of sums
        "CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
        # one row a complaint: day (ordinal), labels (ids of names, sorted, comma between), severity in thousandths
        """CREATE TABLE complaints (id INTEGER PRIMARY KEY, day INTEGER NOT NULL, version INTEGER NOT NULL,
        counted INTEGER NOT NULL, severity INTEGER NOT NULL, labels TEXT NOT NULL)""",
        "CREATE INDEX complaints_day ON complaints (day)",
        # keyed hashes by which a row is known again
        "CREATE TABLE marks (mark BLOB PRIMARY KEY, complaint INTEGER NOT NULL) WITHOUT ROWID",
        "CREATE INDEX marks_complaint ON marks (complaint)",
        # sums by day: they stay when rows are forgotten
        """CREATE TABLE daily (day INTEGER NOT NULL, version INTEGER NOT NULL, name INTEGER NOT NULL,
        n INTEGER NOT NULL, severity INTEGER NOT NULL, PRIMARY KEY (day, version, name)) WITHOUT ROWID""",
        # the outbox and what was delivered
        """CREATE TABLE digests (id INTEGER PRIMARY KEY, made TEXT NOT NULL, period TEXT NOT NULL,
        owner TEXT NOT NULL, target TEXT NOT NULL, subject TEXT NOT NULL, news TEXT NOT NULL, body TEXT,
        state TEXT NOT NULL, attempts INTEGER NOT NULL, delivered TEXT)""",
    ),
)
SCHEMA = len(STEPS)
