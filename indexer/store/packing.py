"""Unit vectors in few bytes: a passage's in int8, those of its sentences and clauses as what they add to it.

What a sentence adds to its passage is short, so four bits a number are enough for it: cosines move by 0.002
(docs/measurements.md). A passage with sixteen parts takes 3.6 KB instead of 26 in single precision.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from embeddings import PassageVectors, Vectors
from indexer.report.records import Unit, UnitKind
from indexer.text.span import Span

KINDS = (UnitKind.PASSAGE, UnitKind.SENTENCE, UnitKind.CLAUSE)
NONE = np.float32(-2)  # less than any cosine
_WHOLE_STEPS = 127
_PART_STEPS = 7
_LONGEST = (1 << 16) - 1  # characters of a passage; they are split at 350
_BOUNDS = np.dtype([("kind", "u1"), ("start", "<u2"), ("end", "<u2")])


@dataclass(frozen=True, slots=True)
class PackedPassage:
    """The units of a passage and their vectors, as the store keeps them.

    Attributes:
        whole: a half-precision step and int8 numbers: the passage's vector.
        bounds: for each sentence and clause its kind, and where it stands in the passage.
        parts: for each of them a half-precision step and four bits a number: its vector less the whole's.
    """

    whole: bytes
    bounds: bytes
    parts: bytes


def pack(units: Sequence[Unit], passage: Span, vectors: PassageVectors) -> PackedPassage:
    """The units of one passage, the whole first, with their vectors.

    Raises:
        ValueError: the vectors are not those of these units.
    """
    parts = units[1:]
    if len(parts) != len(vectors.parts):
        raise ValueError(f"{len(vectors.parts)} vectors for {len(parts)} parts of a passage")
    if len(passage) > _LONGEST:
        raise ValueError(f"a passage of {len(passage)} characters, more than {_LONGEST}")
    if units[0].span != passage or not all(passage.holds(unit.span) for unit in parts):
        raise ValueError(f"a unit that crosses the bounds of its passage, {passage.start}..{passage.end}")
    whole = _rounded(vectors.whole[None, :], _WHOLE_STEPS)
    added = _rounded(vectors.parts - whole.vectors, _PART_STEPS)
    low, high = added.numbers[:, ::2], added.numbers[:, 1::2]
    nibbles = ((low + 8) | (high + 8) << 4).astype(np.uint8)
    bounds = np.array(
        [
            (KINDS.index(unit.kind), unit.span.start - passage.start, unit.span.end - passage.start)
            for unit in parts
        ],
        _BOUNDS,
    )
    return PackedPassage(
        whole.steps[0].tobytes() + whole.numbers[0].astype(np.int8).tobytes(),
        bounds.tobytes(),
        b"".join(step.tobytes() + row.tobytes() for step, row in zip(added.steps, nibbles, strict=True)),
    )


def unpack_wholes(packed: Sequence[bytes], dimension: int) -> Vectors:
    """The vectors of passages, float32 of shape (passages, dimension).

    Raises:
        ValueError: one is not of this dimension.
    """
    kind = np.dtype([("step", "<f2"), ("numbers", "i1", (dimension,))])
    if any(len(whole) != kind.itemsize for whole in packed):
        raise ValueError(f"a passage's vector is not of dimension {dimension}")
    rows = np.frombuffer(b"".join(packed), kind)
    return rows["numbers"].astype(np.float32) * rows["step"].astype(np.float32)[:, None]


@dataclass(frozen=True)
class UnpackedPassages:
    """Several passages whose units can be scored.

    Attributes:
        wholes: float32 of shape (passages, dimension).
        counts: int64 of shape (passages,), how many parts each has.
    """

    packed: tuple[PackedPassage, ...]
    wholes: Vectors
    counts: NDArray[np.int64]
    _steps: NDArray[np.float32]
    _nibbles: NDArray[np.uint8]

    @classmethod
    def of(cls, packed: Sequence[PackedPassage], dimension: int) -> UnpackedPassages:
        """Unpack what is needed to score.

        Raises:
            ValueError: a vector is not of this dimension, or the bounds are not those of the parts.
        """
        kind = np.dtype([("step", "<f2"), ("nibbles", "u1", (dimension // 2,))])
        counts = np.array([len(one.bounds) // _BOUNDS.itemsize for one in packed], np.int64)
        sizes = [len(one.parts) for one in packed]
        if any(len(one.bounds) % _BOUNDS.itemsize for one in packed):
            raise ValueError("the bounds of a passage's parts are cut off")
        if sizes != (counts * kind.itemsize).tolist():
            raise ValueError(f"the vectors of a passage's parts are not of dimension {dimension}")
        rows = np.frombuffer(b"".join(one.parts for one in packed), kind)
        return cls(
            tuple(packed),
            unpack_wholes([one.whole for one in packed], dimension),
            counts,
            rows["step"].astype(np.float32),
            rows["nibbles"],
        )

    @cached_property
    def kinds(self) -> NDArray[np.uint8]:
        """For every part of all passages, in order, the number of its kind in `KINDS`."""
        return self._bounds["kind"]

    def fit(self, lengths: Sequence[int]) -> bool:
        """Whether every part is of a known kind and lies in its passage; `lengths` are those of the passages."""
        bounds = self._bounds
        within = bounds["end"] <= np.asarray(lengths, np.int64)[self.owners]
        return bool(np.all((bounds["start"] <= bounds["end"]) & within & (bounds["kind"] < len(KINDS))))

    @cached_property
    def _bounds(self) -> NDArray[np.void]:
        return np.frombuffer(b"".join(one.bounds for one in self.packed), _BOUNDS)

    @cached_property
    def owners(self) -> NDArray[np.int64]:
        """For every part of all passages, in order, which passage it is of."""
        return np.repeat(np.arange(len(self.packed)), self.counts)

    def scores(self, query: Vectors) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The products of the query with every passage and with every part, of shape (passages,) and (parts,).

        `query` is of shape (dimension,); several at once, (dimension, n), give a column each.
        """
        wholes = self.wholes @ query
        low = (self._nibbles & 0x0F).astype(np.float32) @ query[::2]
        high = (self._nibbles >> 4).astype(np.float32) @ query[1::2]
        steps = self._steps if query.ndim == 1 else self._steps[:, None]
        added = (low + high - 8 * query.sum(axis=0)) * steps
        return wholes, (wholes[self.owners] + added).astype(np.float32)

    def best(self, parts: NDArray[np.float32], kind: UnitKind) -> NDArray[np.float32]:
        """The best score of each passage among its parts of one kind; `NONE` where it has none. Shape (passages,).

        `parts` is what `scores` gave for them.
        """
        found = np.full(len(self.packed), NONE, np.float32)
        chosen = self.kinds == KINDS.index(kind)
        np.maximum.at(found, self.owners[chosen], parts[chosen])
        return found

    def vectors(self, number: int) -> PassageVectors:
        """The vectors of one passage, as near as they were kept."""
        end = int(self.counts[: number + 1].sum())
        rows = slice(end - int(self.counts[number]), end)
        numbers = np.empty((self.counts[number], len(self.wholes[number])), np.float32)
        numbers[:, ::2] = (self._nibbles[rows] & 0x0F).astype(np.float32) - 8
        numbers[:, 1::2] = (self._nibbles[rows] >> 4).astype(np.float32) - 8
        whole = self.wholes[number]
        return PassageVectors(whole, whole + numbers * self._steps[rows, None])


def units_in(packed: PackedPassage, passage: int, span: Span) -> tuple[Unit, ...]:
    """The units of a passage with this number and span, the whole first.

    Raises:
        ValueError: the bounds make no sense, or are not those of a passage of this length.
    """
    bounds = np.frombuffer(packed.bounds, _BOUNDS)
    if any(kind >= len(KINDS) or end > len(span) for kind, _, end in bounds.tolist()):
        raise ValueError(f"a part of passage {passage} that crosses its bounds")
    return (
        Unit(passage, UnitKind.PASSAGE, span),
        *(
            Unit(passage, KINDS[kind], Span(span.start + int(start), span.start + int(end)))
            for kind, start, end in bounds.tolist()
        ),
    )


@dataclass(frozen=True, slots=True)
class _Rounded:
    numbers: NDArray[np.int16]
    steps: NDArray[np.float16]
    vectors: Vectors


def _rounded(vectors: Vectors, largest: int) -> _Rounded:
    """Whole numbers up to `largest` with one step for each row, and what they stand for."""
    steps = (np.abs(vectors).max(axis=1) / largest).astype(np.float16)
    # A row of noughts, or one so short that its step is nought in half precision.
    usable = np.where(steps > 0, steps, np.float16(1)).astype(np.float32)[:, None]
    numbers = np.clip(np.round(vectors / usable), -largest, largest).astype(np.int16)
    return _Rounded(numbers, usable[:, 0].astype(np.float16), (numbers * usable).astype(np.float32))
