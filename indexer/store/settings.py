"""What an index remembers of how it was made, and whether it fits the model now chosen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from embeddings import EncoderIdentity
from indexer.errors import ModelMismatch
from indexer.report.passages import TEXT_VERSION


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """What an index remembers of how it was made.

    Attributes:
        model, dimension, fingerprint: the embedding model's identity.
        generation: one more with every change of the store.
        vector_digest: SHA-256 of the FAISS file; empty where there is none.
        vector_last: the passages up to this id are in the FAISS file; those after it are few.
        vector_gone: how many of those in the file were removed since.
        words: the name of the folder of the lexical index.
    """

    model: str
    dimension: int
    fingerprint: str
    generation: int
    vector_digest: str
    vector_last: int
    vector_gone: int
    words: str

    @property
    def encoder(self) -> EncoderIdentity:
        """The identity of the model whose vectors are in the store."""
        return EncoderIdentity(self.model, self.dimension, self.fingerprint)


def embedded_by(encoder: EncoderIdentity) -> str:
    """What tells vectors that this model makes of a passage today from any others: model and embedded text."""
    return f"{encoder.fingerprint}/{TEXT_VERSION}"


def check_model(directory: Path, settings: StoreSettings, encoder: EncoderIdentity) -> None:
    """Refuse to mix vectors of two models.

    Vectors that the same weights made in another way are near enough to be searched until they are made anew.

    Raises:
        ModelMismatch: with both models' names, and how to go on.
    """
    if same_weights(settings.encoder, encoder):
        return
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


def same_weights(one: EncoderIdentity, other: EncoderIdentity) -> bool:
    """Whether two ways to embed have the same weights; a fingerprint begins with theirs, before the first «-»."""
    return (one.model, one.dimension, weights(one.fingerprint)) == (
        other.model,
        other.dimension,
        weights(other.fingerprint),
    )


def weights(fingerprint: str) -> str:
    """What a fingerprint says of the weights alone."""
    return fingerprint.partition("-")[0]
