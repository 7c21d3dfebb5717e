"""What the commands that answer share: the model and the index, opened with a word that it takes a while."""

from __future__ import annotations

from pathlib import Path

from answers.engine import Answerer
from embeddings import load_encoder
from indexer.command_line import err
from indexer.index import open_index
from indexer.location import default_index_directory


def open_answerer(index: Path | None) -> Answerer:
    """What answers from the index in this directory, or from the usual one.

    Raises:
        ModelError: the model is missing or broken.
        IndexFault: there is no index, it cannot be read, or another model made it.
    """
    with err.status("载入模型和索引…"):
        encoder = load_encoder()
        return Answerer(open_index(index or default_index_directory(), encoder.identity), encoder)
