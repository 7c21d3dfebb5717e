"""What an open store asks its tables (`schema`), in the SQL that SQLite and PostgreSQL share."""

from __future__ import annotations

ENTRIES = (
    "SELECT id, name, metadata, text_digest, source, source_digest, first_passage, passages,"
    " characters, embedded"
    " FROM documents"
)
DOCUMENTS = "SELECT id, name, metadata, text, pages, source, source_digest FROM documents"
DESCRIBED = (
    "SELECT id, name, metadata, source, source_digest, text, text_digest, characters, pages FROM documents"
)
DESCRIBE = (
    "UPDATE documents SET name = ?, metadata = ?, source = ?, source_digest = ?, text = ?, text_digest = ?,"
    " characters = ?, pages = ?, first_passage = ?, passages = ? WHERE id = ?"
)
SECTIONS = (
    'SELECT number, parent, depth, kind, heading_start, heading_end, start, "end"'
    " FROM sections WHERE document = ? ORDER BY number"
)
PASSAGE_BOUNDS = 'SELECT number, section, start, "end" FROM passages WHERE document = ? ORDER BY number'
_WITH_VECTORS = (
    " JOIN passage_vectors ON passage_vectors.passage = id JOIN part_vectors ON part_vectors.passage = id"
)
PASSAGES = (
    'SELECT id, document, number, section, role, start, "end", vector, bounds, vectors FROM passages'
    + _WITH_VECTORS
)
EMBEDDED = (
    "SELECT number, embedded, vector, seal, bounds, vectors FROM passages"
    + _WITH_VECTORS
    + " WHERE document = ? ORDER BY number"
)
SEALED = (
    "SELECT embedded, vector, seal, bounds, vectors FROM passage_vectors JOIN part_vectors USING (passage)"
)
SOME_VECTORS = (
    "SELECT passage, vector FROM passage_vectors WHERE passage > ? AND passage <= ? ORDER BY passage LIMIT ?"
)
LAST_VECTOR = "SELECT passage FROM passage_vectors ORDER BY passage DESC LIMIT 1 OFFSET ?"
WRITE_SETTING = "INSERT INTO settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
