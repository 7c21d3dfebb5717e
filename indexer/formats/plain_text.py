"""Plain text and Markdown: the file as it is, once its encoding is known."""

from __future__ import annotations

from pathlib import Path

from indexer.formats.encodings import decoded
from indexer.formats.pieces import Extracted, PageText
from indexer.formats.refusal import refused


def read_plain_text(path: Path, data: bytes) -> Extracted:
    """The text of `data`, in UTF-8, GB18030 (GB2312, GBK), Big5 or UTF-16, with or without a mark.

    Raises:
        SourceError: it is not text, or in an encoding that is not known.
    """
    text = decoded(data)
    if text is None:
        raise refused(
            path, "不是文本文件，或编码认不出来", "is not text, or in an unknown encoding",
            "请另存为 UTF-8 编码的 .txt", "Save it as .txt in UTF-8",
        )  # fmt: skip
    return Extracted((PageText(None, text),))
