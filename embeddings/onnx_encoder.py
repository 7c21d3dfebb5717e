"""The bundled model on onnxruntime: what the app uses where no other model is named."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from embeddings.bundled import BUNDLED_MODEL, PASSAGE_PROMPT, QUERY_PROMPT, weights_path
from embeddings.bundled_engine import DIGEST, GRAPH, engine_directory
from embeddings.bundled_tokenizer import LeanTokenizer
from embeddings.digest import file_digest
from embeddings.e5_file import E5File
from embeddings.encoder import EncoderIdentity, PassageText, PassageVectors, Vectors
from embeddings.errors import ModelError
from embeddings.onnx_session import cores, open_session
from embeddings.pooling import ALL_TOKENS, POOLING, Pooling, Tokens, Window, pooled, prompted, windows


class OnnxEncoder:
    """The bundled model; it needs neither torch nor transformers. Safe from several threads.

    A text goes through the model by itself: there is no padding, and every call takes one core.

    Raises:
        ModelError: the weights are missing or broken, or the cache cannot be written.
    """

    def __init__(self) -> None:
        self._file = E5File(weights_path())
        self._tokenizer = LeanTokenizer(self._file.tokenizer)
        directory = engine_directory()
        try:
            self._session = open_session(directory / GRAPH)
            weights = (directory / DIGEST).read_text(encoding="ascii").strip()
            engine = file_digest(directory / GRAPH) + str(POOLING)
        except Exception as error:
            said = str(error)[:200]
            raise ModelError(
                f"内置模型的缓存 {directory} 读不出来（{said}）。请删除这个目录，再启动一次就会重新生成。",
                f"The cached bundled model {directory} cannot be read ({said}). "
                "Delete that directory; the next start makes it anew.",
            ) from error
        c = self._file.config
        types = self._file.tensor("emb.type", c.token_types, c.hidden)
        self._places = self._file.tensor("emb.pos", c.positions, c.hidden) + types[0]
        made = hashlib.sha256(engine.encode()).hexdigest()[:8]
        self._identity = EncoderIdentity(BUNDLED_MODEL, c.hidden, f"{weights}-{made}")

    @property
    def identity(self) -> EncoderIdentity:
        """Which model this is."""
        return self._identity

    @property
    def parallel(self) -> int:
        """As `Encoder.parallel`: a call a core."""
        return cores()

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """As `Encoder.encode_queries`."""
        vectors = np.zeros((len(texts), self._identity.dimension), np.float32)
        for vector, text in zip(vectors, texts, strict=True):
            vector[:] = self._pooled(QUERY_PROMPT, PassageText("", text, ()), ALL_TOKENS).whole
        return vectors

    def encode_passages(self, passages: Sequence[PassageText]) -> list[PassageVectors]:
        """As `Encoder.encode_passages`."""
        return [self._pooled(PASSAGE_PROMPT, passage, POOLING) for passage in passages]

    def _pooled(self, prompt: str, passage: PassageText, pooling: Pooling) -> PassageVectors:
        text, before = prompted(prompt, passage)
        ids, encoding = self._tokenizer.encode(text)
        special = np.array(encoding.special_tokens_mask, np.bool_)
        offsets = np.array(encoding.offsets, np.int32).reshape(-1, 2)
        read = windows(Tokens(ids, offsets, special, before), self._file.config.positions)
        return pooled(passage, read, [self._states(window) for window in read], pooling)

    def _states(self, window: Window) -> Vectors:
        c = self._file.config
        words = self._file.rows("emb.word", window.ids, c.vocabulary, c.hidden)
        embedded = words + self._places[: len(words)]
        states: Vectors = self._session.run(None, {"words": embedded[None]})[0][0]
        return states
