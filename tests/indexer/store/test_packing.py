from __future__ import annotations

import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from embeddings import PassageVectors
from indexer.report.records import Unit, UnitKind
from indexer.report.report import Report
from indexer.store.packing import KINDS, PackedPassage, UnpackedPassages, pack, units_in, unpack_wholes
from indexer.text.span import Span

DIMENSION = 32
SPAN = Span(100, 160)


def units(parts: int, span: Span = SPAN) -> list[Unit]:
    """A passage with so many sentences and clauses in it."""
    inside = [
        Unit(3, KINDS[1 + n % 2], Span(span.start + n % 20, span.start + n % 20 + 5)) for n in range(parts)
    ]
    return [Unit(3, UnitKind.PASSAGE, span), *inside]


def near(luck: np.random.Generator, parts: int, spread: float, dimension: int = DIMENSION) -> PassageVectors:
    """Unit vectors, those of the parts as far from the passage's as `spread` says."""

    def unit(vectors: NDArray[np.float64]) -> NDArray[np.float32]:
        lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
        return np.asarray(vectors / lengths, np.float32)

    whole = unit(luck.normal(size=dimension))
    around = luck.normal(size=(parts, dimension)) / np.sqrt(dimension)
    return PassageVectors(whole, unit(whole + spread * around).reshape(parts, dimension))


passages = st.lists(st.tuples(st.integers(0, 20), st.floats(0.0, 2.0)), min_size=1, max_size=6)


@settings(max_examples=100, deadline=None)
@given(passages, st.integers(0, 2**32 - 1))
def test_vectors_and_scores_come_back_within_half_a_step(made: list[tuple[int, float]], seed: int) -> None:
    luck = np.random.default_rng(seed)
    vectors = [near(luck, parts, spread) for parts, spread in made]
    unpacked = UnpackedPassages.of([pack(units(len(v.parts)), SPAN, v) for v in vectors], DIMENSION)
    query = near(luck, 0, 0).whole
    wholes, parts = unpacked.scores(query)
    ends = np.cumsum(unpacked.counts)
    assert unpacked.counts.tolist() == [len(v.parts) for v in vectors]
    assert unpacked.owners.tolist() == [n for n, v in enumerate(vectors) for _ in v.parts]
    for number, original in enumerate(vectors):
        back = unpacked.vectors(number)
        # Half a step of the largest number, and what half precision rounds of the step.
        whole_step = float(np.abs(original.whole).max()) / 127
        assert np.abs(back.whole - original.whole).max() <= 0.6 * whole_step + 1e-6
        assert wholes[number] == pytest.approx(float(back.whole @ query), abs=1e-5)
        added = np.abs(original.parts - back.whole).max(axis=1, initial=0.0)
        assert np.all(np.abs(back.parts - original.parts).max(axis=1, initial=0.0) <= 0.51 * added / 7 + 1e-6)
        rows = slice(int(ends[number]) - len(original.parts), int(ends[number]))
        assert parts[rows] == pytest.approx(back.parts @ query, abs=1e-5)


def test_cosines_of_a_model_move_by_a_few_thousandths() -> None:
    """As the module promises of a model's vectors: 384 numbers, parts close to their passage."""
    luck = np.random.default_rng(7)
    vectors = [near(luck, 16, 0.6, 384) for _ in range(30)]
    unpacked = UnpackedPassages.of([pack(units(16), SPAN, v) for v in vectors], 384)
    moved = []
    for _ in range(10):
        query = near(luck, 0, 0, 384).whole
        exact = np.concatenate([v.parts @ query for v in vectors])
        moved.append(np.abs(unpacked.scores(query)[1] - exact))
    assert np.mean(moved) < 0.004 and np.max(moved) < 0.02


def test_a_passage_with_sixteen_parts_takes_a_seventh_of_single_precision() -> None:
    packed = pack(units(16), SPAN, near(np.random.default_rng(7), 16, 0.5, 384))
    size = len(packed.whole) + len(packed.bounds) + len(packed.parts)
    assert size == (2 + 384) + 16 * 5 + 16 * (2 + 192)
    assert size < 17 * 384 * 4 / 7


@pytest.mark.parametrize("value", [0.0, 1e-9, 1.0])
def test_vectors_of_one_number_or_of_none_are_kept(value: float) -> None:
    vectors = PassageVectors(np.full(8, value, np.float32), np.full((3, 8), value, np.float32))
    back = UnpackedPassages.of([pack(units(3), SPAN, vectors)], 8).vectors(0)
    assert back.whole == pytest.approx(vectors.whole, abs=1e-3)
    assert back.parts == pytest.approx(vectors.parts, abs=1e-3)
    assert np.isfinite(back.parts).all()


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 30), st.integers(7, 10_000))
def test_units_come_back_wherever_the_passage_stands(parts: int, start: int) -> None:
    span = Span(start, start + 60)
    vectors = near(np.random.default_rng(parts), parts, 0.5)
    packed = pack(units(parts, span), span, vectors)
    assert list(units_in(packed, 3, span)) == units(parts, span)
    moved = units_in(packed, 4, span.shifted(-7))
    assert [unit.span for unit in moved] == [unit.span.shifted(-7) for unit in units(parts, span)]
    assert {unit.passage for unit in moved} == {4}


def test_units_of_the_seed_come_back(seed_parsed: Report) -> None:
    luck = np.random.default_rng(7)
    for passage in seed_parsed.passages:
        found = seed_parsed.units_of(passage)
        if found:
            packed = pack(found, passage.span, near(luck, len(found) - 1, 0.5))
            assert units_in(packed, passage.number, passage.span) == found
            unpacked = UnpackedPassages.of([packed], DIMENSION)
            assert [KINDS[kind] for kind in unpacked.kinds] == [unit.kind for unit in found[1:]]
            assert unpacked.fit([len(passage.span)])


@pytest.mark.parametrize("parts", [0, 1, 3])
def test_vectors_of_other_units_are_refused(parts: int) -> None:
    with pytest.raises(ValueError, match=f"{parts} vectors for 2 parts"):
        pack(units(2), SPAN, near(np.random.default_rng(7), parts, 0.5))


@pytest.mark.parametrize("span", [Span(99, 104), Span(158, 161), Span(0, 300)])
def test_units_of_another_passage_are_refused(span: Span) -> None:
    vectors = near(np.random.default_rng(7), 1, 0.5)
    with pytest.raises(ValueError, match="crosses"):
        pack([units(0)[0], Unit(3, UnitKind.SENTENCE, span)], SPAN, vectors)


@pytest.mark.parametrize("dimension", [DIMENSION - 2, DIMENSION + 2, 2 * DIMENSION])
def test_another_dimension_is_refused(dimension: int) -> None:
    packed = pack(units(2), SPAN, near(np.random.default_rng(7), 2, 0.5))
    with pytest.raises(ValueError, match=f"dimension {dimension}"):
        UnpackedPassages.of([packed], dimension)
    with pytest.raises(ValueError, match=f"dimension {dimension}"):
        unpack_wholes([packed.whole], dimension)


@pytest.mark.parametrize(
    ("bounds", "length"),
    [
        (struct.pack("<BII", 3, 0, 5), 60),  # no such kind
        (struct.pack("<BII", 1, 7, 5), 60),  # it ends before it begins
        (struct.pack("<BII", 1, 0, 61), 60),  # beyond the passage
        (struct.pack("<BII", 1, 0, 2**32 - 1), 60),
        (struct.pack("<BII", 1, 0, 5)[:-1], 60),  # cut off
    ],
)
def test_bounds_that_make_no_sense_are_refused(bounds: bytes, length: int) -> None:
    sound = pack(units(1), SPAN, near(np.random.default_rng(7), 1, 0.5))
    wrong = PackedPassage(sound.whole, bounds, sound.parts)
    with pytest.raises(ValueError, match=r".+"):
        units_in(wrong, 3, SPAN)
    try:
        fits = UnpackedPassages.of([sound, wrong], DIMENSION).fit([length, length])
    except ValueError:
        fits = False
    assert not fits
    assert UnpackedPassages.of([sound, sound], DIMENSION).fit([length, length])


def test_nothing_is_unpacked_from_nothing() -> None:
    empty = UnpackedPassages.of([], DIMENSION)
    assert empty.wholes.shape == (0, DIMENSION)
    assert empty.fit([])
