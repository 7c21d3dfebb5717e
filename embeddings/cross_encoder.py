"""Read a question and a text together: how relevant the text is, and where in it the answer stands."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import ModelError
from embeddings.onnx_session import cores, open_session

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

MODEL_DIRECTORY = Path(__file__).parent / "reader_model"
LONGEST = 384  # tokens of question, head and text; a text beyond it is read to there
SEPARATOR = "\n"  # between head and text, as in training
_HEADS = ["relevance", "start", "end", "inside"]


@dataclass(frozen=True, slots=True)
class ReadingText:
    """A text to read, and what is said of its place before it (a title, headings); may be empty."""

    head: str
    text: str


@dataclass(frozen=True, slots=True)
class TokenScores:
    """What the model makes of one text. All scores are logits.

    Attributes:
        relevance: whether the text answers the question.
        null: what start and end together give to «there is no answer here».
        offsets: int32 of shape (tokens, 2), half-open, the characters of the text in each token.
        start, end: float32 of shape (tokens,), that the answer begins, ends with the token.
        inside: float32 of shape (tokens,), that the token belongs to the answer or one of its parts.
    """

    relevance: float
    null: float
    offsets: NDArray[np.int32]
    start: NDArray[np.float32]
    end: NDArray[np.float32]
    inside: NDArray[np.float32]


class CrossEncoder(Protocol):
    """Reads a question with each of several texts."""

    def read(self, question: str, texts: Sequence[ReadingText]) -> list[TokenScores]:
        """One reading for each text, in their order."""
        ...


class OnnxCrossEncoder:
    """The shipped model (embeddings/reader_model), or another of the same make, on onnxruntime.

    Reading is safe from several threads.

    Raises:
        ModelError: the files are missing or broken.
    """

    def __init__(self, directory: Path = MODEL_DIRECTORY) -> None:
        self._tokenizer, self._session = _open(directory)
        self._threads = ThreadPoolExecutor(cores(), "reader")

    def read(self, question: str, texts: Sequence[ReadingText]) -> list[TokenScores]:
        """As `CrossEncoder.read`."""
        pairs = [(question, t.head + SEPARATOR + t.text) for t in texts]
        encodings = self._tokenizer.encode_batch(pairs)
        # A text a core, each by itself: there is no padding, and two threads on one text gain less.
        return [
            _reading(encoding, len(text.head) + len(SEPARATOR), logits)
            for encoding, text, logits in zip(
                encodings, texts, self._threads.map(self._logits, encodings), strict=True
            )
        ]

    def _logits(self, encoding: Encoding) -> list[NDArray[np.float32]]:
        found = self._session.run(_HEADS, {"ids": np.array([encoding.ids], np.int64)})
        return [values[0] for values in found]


@lru_cache(maxsize=1)
def load_cross_encoder() -> OnnxCrossEncoder:
    """The shipped model, loaded once.

    Raises:
        ModelError: as `OnnxCrossEncoder`.
    """
    return OnnxCrossEncoder()


def _open(directory: Path) -> tuple[Tokenizer, InferenceSession]:
    # Imported here: the page is drawn before models are loaded.
    from tokenizers import Tokenizer

    try:
        # The tokenizer's library raises nothing narrower than Exception for a file that it cannot read.
        tokenizer = Tokenizer.from_str((directory / "tokenizer.json").read_text(encoding="utf-8"))
        session = open_session(directory / "model.onnx")
    except Exception as error:
        raise ModelError(
            f"答案模型 {directory} 读不出来（{str(error)[:200]}）。请重新取得完整的项目文件，再启动一次。",
            f"The reader model in {directory} cannot be read ({str(error)[:200]}). "
            "Get the project's files again and start anew.",
        ) from error
    tokenizer.no_padding()
    # The longer of the two is cut: a question may fill the whole window by itself.
    tokenizer.enable_truncation(LONGEST, strategy="longest_first")
    return tokenizer, session


def _reading(encoding: Encoding, shift: int, logits: Sequence[NDArray[np.float32]]) -> TokenScores:
    relevance, start, end, inside = logits
    offsets = np.array(encoding.offsets, np.int32)
    sequence = np.array([-1 if number is None else number for number in encoding.sequence_ids])
    of_text = np.flatnonzero((sequence == 1) & (offsets[:, 1] > shift) & (offsets[:, 1] > offsets[:, 0]))
    return TokenScores(
        relevance=float(relevance),
        null=float(start[0] + end[0]),
        offsets=np.maximum(offsets[of_text] - shift, 0),
        start=start[of_text],
        end=end[of_text],
        inside=inside[of_text],
    )
