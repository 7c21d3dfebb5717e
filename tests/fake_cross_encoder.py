"""A cross-encoder whose answers a test decides."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from embeddings.cross_encoder import ReadingText, TokenScores


class FakeCrossEncoder:
    """One token a character. Text that holds `relevant` is relevant; the answer is `answer` wherever it stands."""

    def __init__(self, answer: str, relevant: str = "", null: float = 0.0) -> None:
        self.answer = answer
        self.relevant = relevant or answer
        self.null = null
        self.asked: list[str] = []
        self.texts: list[ReadingText] = []

    def read(self, question: str, texts: Sequence[ReadingText]) -> list[TokenScores]:
        """As `CrossEncoder.read`."""
        self.asked.append(question)
        self.texts.extend(texts)
        return [self._reading(text.text) for text in texts]

    def _reading(self, text: str) -> TokenScores:
        places = np.arange(len(text))
        start, end, inside = (np.full(len(text), -5.0, np.float32) for _ in range(3))
        found = text.find(self.answer)
        if found >= 0:
            last = found + len(self.answer)
            start[found], end[last - 1], inside[found:last] = 5.0, 5.0, 5.0
        return TokenScores(
            relevance=4.0 if self.relevant in text else -4.0,
            null=self.null,
            offsets=np.stack([places, places + 1], axis=1).astype(np.int32),
            start=start,
            end=end,
            inside=inside,
        )
