"""What the lexical index keeps: of a passage its number, its document's and its tokens, of a document its number and
the tokens of all its passages together; no text, no positions."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import tantivy

PASSAGE, DOCUMENT, TOKENS = "passage", "document", "tokens"
WHOLE = "whole"  # the tokens of a whole document, each once, at its first passage
HELD = "held"  # the document's number again, there: the documents can be listed


@cache
def schema() -> tantivy.Schema:
    """The fields."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field(PASSAGE, indexed=True, fast=True)
    builder.add_unsigned_field(DOCUMENT, indexed=True)
    builder.add_unsigned_field(HELD, fast=True)
    builder.add_text_field(TOKENS, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field(WHOLE, tokenizer_name="whitespace", index_option="basic")
    return builder.build()


def opened_index(directory: Path) -> tantivy.Index:
    """The index in a folder, made where there is none. What Tantivy raises is not translated."""
    index = tantivy.Index(schema(), path=str(directory))
    index.config_reader("manual")  # else a thread would look at the folder twice a second
    return index
