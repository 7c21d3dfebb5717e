"""A model file of a few kilobytes in the format of `e5-small-q4.bin`, for tests without the real one."""

from __future__ import annotations

import struct
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

HIDDEN, LAYERS, HEADS, FEED_FORWARD, POSITIONS, TOKEN_TYPES = 32, 1, 2, 64, 16, 1
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁", "～", "~", "甲", "乙", "甲乙", "5", "%", "▁甲")
RULES = {"\x01": "", "\u3000": " ", "Ａ": "A"}
EPSILON = 1e-12

Floats = NDArray[np.float32]


def tensors() -> dict[str, Floats]:
    """The tensors of the tiny encoder by their names in the file, in a fixed random state."""
    h, f = HIDDEN, FEED_FORWARD
    shapes: dict[str, tuple[int, ...]] = {
        "emb.word": (len(PIECES), h), "emb.pos": (POSITIONS, h), "emb.type": (TOKEN_TYPES, h),
        "emb.ln.w": (h,), "emb.ln.b": (h,),
    }  # fmt: skip
    for short, rows, columns in [
        ("q", h, h),
        ("k", h, h),
        ("v", h, h),
        ("ao", h, h),
        ("fi", f, h),
        ("fo", h, f),
    ]:
        shapes |= {f"l0.{short}.w": (rows, columns), f"l0.{short}.b": (rows,)}
    for short in ("aln", "oln"):
        shapes |= {f"l0.{short}.w": (h,), f"l0.{short}.b": (h,)}
    random = np.random.default_rng(0)
    return {name: random.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}


def quantized(block: bytes, scale: float) -> bytes:
    """A Q4_0 block: the scale in half precision and the 16 bytes."""
    return struct.pack("<e", scale) + block


def tiny_e5(
    weights: Mapping[str, Floats] | None = None,
    packed: Mapping[str, tuple[int, bytes]] | None = None,
    rules: Mapping[int, str] | None = None,
    block: int = 32,
) -> bytes:
    """The bytes of a model file.

    `weights` go in as float32, `packed` as (number of weights, Q4_0 blocks); `rules` map code points.
    """
    rules = {ord(k): v for k, v in RULES.items()} if rules is None else rules
    texts = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, texts)]).astype("<u4")
    head = b"E5S1" + struct.pack("<I", 1)
    head += struct.pack(
        "<7i", HIDDEN, LAYERS, HEADS, FEED_FORWARD, len(PIECES), POSITIONS, TOKEN_TYPES
    ) + struct.pack("<fi", EPSILON, block)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(offsets[-1]))
    head += offsets.tobytes() + np.linspace(-1, -2, len(PIECES)).astype("<f4").tobytes() + b"".join(texts)
    written = b"".join(
        struct.pack("<IB", code, len(to)) + struct.pack(f"<{len(to)}I", *map(ord, to))
        for code, to in rules.items()
    )
    head += struct.pack("<iI", len(rules), len(written)) + written
    stored = {name: (0, value.size, value.astype("<f4").tobytes()) for name, value in (weights or {}).items()}
    stored |= {name: (1, count, data) for name, (count, data) in (packed or {}).items()}
    table_size = 4 + sum(2 + len(name) + 21 for name in stored)
    table, body = struct.pack("<i", len(stored)), b""
    for name, (kind, count, data) in stored.items():
        table += struct.pack("<H", len(name)) + name.encode()
        table += struct.pack("<BIQQ", kind, count, len(head) + table_size + len(body), len(data))
        body += data
    return head + table + body
