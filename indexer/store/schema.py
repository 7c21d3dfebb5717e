"""The tables of the store, in SQLite's words; `indexer.store.shared` says them in those of PostgreSQL."""

from __future__ import annotations

SEALS = """
CREATE TABLE seals (
    document INTEGER PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
    name BLOB NOT NULL, metadata BLOB NOT NULL, source BLOB NOT NULL,
    text BLOB NOT NULL, pages BLOB NOT NULL, parsed BLOB NOT NULL, vectors BLOB NOT NULL
);
CREATE TABLE index_seals (kind TEXT PRIMARY KEY, seal BLOB NOT NULL) WITHOUT ROWID;
"""
SCHEMA = f"""
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    metadata TEXT NOT NULL,
    text_digest TEXT NOT NULL,
    source TEXT NOT NULL, source_digest TEXT NOT NULL,
    first_passage INTEGER NOT NULL, passages INTEGER NOT NULL, characters INTEGER NOT NULL,
    embedded TEXT NOT NULL,
    pages TEXT NOT NULL,
    text TEXT NOT NULL -- last: who reads the catalogue would else read through it
);
CREATE INDEX documents_by_text ON documents (text_digest);
CREATE TABLE sections (
    document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    number INTEGER NOT NULL, parent INTEGER, depth INTEGER NOT NULL, kind TEXT NOT NULL,
    heading_start INTEGER NOT NULL, heading_end INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    number INTEGER NOT NULL, section INTEGER NOT NULL, role TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    UNIQUE (document, number)
);
CREATE TABLE passage_vectors (
    passage INTEGER PRIMARY KEY REFERENCES passages(id) ON DELETE CASCADE,
    embedded BLOB NOT NULL,
    vector BLOB NOT NULL,
    seal BLOB NOT NULL
);
CREATE INDEX passage_vectors_by_text ON passage_vectors (embedded);
CREATE TABLE part_vectors (
    passage INTEGER PRIMARY KEY REFERENCES passages(id) ON DELETE CASCADE,
    bounds BLOB NOT NULL,
    vectors BLOB NOT NULL
);
{SEALS}"""
