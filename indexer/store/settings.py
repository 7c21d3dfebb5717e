"""What an index remembers of how it was made, and whether it fits the model now chosen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from embeddings import EncoderIdentity
from indexer.errors import ModelMismatch
from indexer.report.passages import UNIT_TEXT_VERSION


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """What an index remembers of how it was made.

    Attributes:
        model, dimension, fingerprint: the embedding model's identity.
        passage_size: characters a passage aims at.
        unit_text: version of the text that is embedded for a unit.
        generation: one more with every change of the store.
        vector_digest: SHA-256 of the FAISS file derived from these vectors; empty while it is stale.
    """

    model: str
    dimension: int
    fingerprint: str
    passage_size: int
    unit_text: int
    generation: int
    vector_digest: str

    @property
    def encoder(self) -> EncoderIdentity:
        """The identity of the model whose vectors are in the store."""
        return EncoderIdentity(self.model, self.dimension, self.fingerprint)


def check_model(directory: Path, settings: StoreSettings, encoder: EncoderIdentity) -> None:
    """Refuse to mix vectors of two models, or of two versions of the embedded text.

    Raises:
        ModelMismatch: with both models' names, and how to go on.
    """
    if settings.encoder == encoder and settings.unit_text == UNIT_TEXT_VERSION:
        return
    if settings.encoder == encoder:
        raise ModelMismatch(
            f"索引 {directory} 由本程序的另一个版本建立。请更新索引：python -m indexer repair --index {directory}",
            f"The index {directory} was made by another version of this program. Bring it up to date: "
            f"python -m indexer repair --index {directory}",
        )
    made, chosen = settings.encoder, encoder
    raise ModelMismatch(
        f"索引 {directory} 是用模型 {made.model}（{made.dimension} 维，{made.fingerprint}）建立的，"
        f"现在的模型是 {chosen.model}（{chosen.dimension} 维，{chosen.fingerprint}）。"
        f"请换回原来的模型（WENBAO_MODEL），或用现在的模型重新建立索引：python -m indexer repair --index {directory}",
        f"The index {directory} was made with the model {made.model} ({made.dimension} dimensions, "
        f"{made.fingerprint}); the one chosen now is {chosen.model} ({chosen.dimension} dimensions, "
        f"{chosen.fingerprint}). Go back to that model (WENBAO_MODEL), or embed the index again with this "
        f"one: python -m indexer repair --index {directory}",
    )
