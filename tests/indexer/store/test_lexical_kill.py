"""Killed at any moment, the lexical index is that of the last commit, and the next writer goes on."""

from __future__ import annotations

import multiprocessing
import random
import time
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

import pytest

from indexer.store.lexical import LexicalIndex
from indexer.store.lexical_writer import LexicalText, LexicalWriter
from tests.index_files import rewrite

DOCUMENTS, PASSAGES = 4, 30
_QUERY = "完成"


def _work(directory: Path, commits: Synchronized[int]) -> None:
    """Replaces all documents, over and over, until it is killed: every commit is of one round."""
    with LexicalWriter(directory, wait=5) as writer:
        while True:
            written = random.randrange(1_000_000)
            for document in range(DOCUMENTS):
                writer.replace(document, _texts(document, written))
            writer.commit()
            commits.value += 1


def _texts(document: int, written: int) -> list[LexicalText]:
    first = (written * DOCUMENTS + document) * PASSAGES
    return [LexicalText(first + n, f"第{n}项任务完成{written}亿元") for n in range(PASSAGES)]


@pytest.mark.parametrize("kills", [6, pytest.param(200, marks=pytest.mark.slow)])
def test_kills_leave_the_last_commit(tmp_path: Path, kills: int) -> None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["indexer.store.lexical_writer"])
    directory, luck = tmp_path / "words", random.Random(7)
    with LexicalWriter(directory) as writer:
        for document in range(DOCUMENTS):
            writer.replace(document, _texts(document, 0))
        writer.commit()
    seen = set()
    for _ in range(kills):
        commits = context.Value("i", 0)
        child = context.Process(target=_work, args=(directory, commits))
        child.start()
        # So many commits, not so long a time: a machine that others use takes longer for them.
        until = time.monotonic() + 60
        while commits.value < 1:
            assert time.monotonic() < until, "a killed writer's lock held up the next"
            time.sleep(0.001)
        time.sleep(luck.uniform(0, 0.1))
        child.kill()
        child.join()
        index = LexicalIndex(directory)
        assert index.documents() == set(range(DOCUMENTS))
        assert index.damaged_files() == ()
        passages = {hit.number for hit in index.best(_QUERY, 1000)}
        (written,) = {passage // (DOCUMENTS * PASSAGES) for passage in passages}
        assert len(passages) == DOCUMENTS * PASSAGES
        seen.add(written)
    assert len(seen) > 2, "no commit came between the kills"
    with LexicalWriter(directory) as writer:
        writer.remove(0)
        writer.commit()
    assert LexicalIndex(directory).documents() == set(range(1, DOCUMENTS))
    # Half-written files of killed writers are cleared away: what is left is a few segments of a few files.
    assert len(list(directory.iterdir())) < 100


def test_a_file_under_the_name_that_the_next_commit_gives_is_no_hindrance(tmp_path: Path) -> None:
    directory = tmp_path / "words"
    with LexicalWriter(directory) as writer:
        for document in range(DOCUMENTS):
            writer.replace(document, _texts(document, 0))
        writer.commit()
    before = (directory / "meta.json").read_bytes()
    with LexicalWriter(directory) as writer:
        writer.remove(1)
        writer.commit()
    # As a kill leaves it between the file of what was removed and the list of files.
    (directory / "meta.json").write_bytes(before)
    assert LexicalIndex(directory).documents() == set(range(DOCUMENTS))
    with LexicalWriter(directory) as writer:
        writer.remove(1)
        writer.commit()
    assert LexicalIndex(directory).documents() == {0, 2, 3}


def test_what_a_killed_commit_left_half_written_is_no_damage_and_what_the_last_one_wrote_is(
    tmp_path: Path,
) -> None:
    directory = tmp_path / "words"
    with LexicalWriter(directory) as writer:
        for document in range(DOCUMENTS):
            writer.replace(document, _texts(document, 0))
        writer.commit()
        writer.remove(1)
        writer.commit()
    (removals,) = directory.glob("*.del")
    segment, commit, _ = removals.name.split(".")
    left = directory / f"{segment}.{int(commit) + 1}.del"
    left.write_bytes(removals.read_bytes()[:10])
    assert LexicalIndex(directory).damaged_files() == ()
    rewrite(removals, b"\xff" + removals.read_bytes()[1:])
    assert LexicalIndex(directory).damaged_files() == (removals.name,)
