"""Folders in the cache are whole or not there, whatever happens while they are made."""

from __future__ import annotations

import os
import resource
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from embeddings.built import built_directory
from embeddings.errors import ModelError


def write(directory: Path) -> None:
    (directory / "first").write_bytes(b"a" * 600)
    (directory / "second").write_bytes(b"b" * 20_000)


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """A full disk, as far as a program can tell."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_what_a_killed_process_left_in_the_cache_is_removed(cache: Path) -> None:
    old, fresh = cache / ".building-old", cache / ".building-fresh"
    for left in (old, fresh):
        left.mkdir(parents=True)
        (left / "first").touch()
    yesterday = time.time() - 86_400
    os.utime(old, (yesterday, yesterday))
    directory = built_directory("made", write, 1)
    assert {path.name for path in cache.iterdir()} == {directory.name, fresh.name}


def test_a_built_folder_is_used_again(cache: Path) -> None:
    times: list[Path] = []
    for _ in range(2):
        assert built_directory("made", times.append, 1) == cache / "made"
    assert len(times) == 1


def test_a_build_that_fails_leaves_nothing_that_could_be_used(cache: Path) -> None:
    def fail(directory: Path) -> None:
        write(directory)
        raise ModelError("坏", "broken")

    with pytest.raises(ModelError, match="坏"):
        built_directory("made", fail, 1)
    assert list(cache.iterdir()) == []
    assert (built_directory("made", write, 1) / "second").is_file()


def test_the_final_name_appears_only_when_everything_is_written(cache: Path) -> None:
    seen: list[str] = []

    def look(directory: Path) -> None:
        write(directory)
        seen.extend(path.name for path in cache.iterdir() if not path.name.startswith(".building-"))

    assert built_directory("made", look, 1).is_dir()
    assert seen == []


def test_two_first_starts_at_once_both_get_the_folder(cache: Path) -> None:
    results: list[Path] = []
    barrier = threading.Barrier(2)

    def together(directory: Path) -> None:
        write(directory)
        barrier.wait(timeout=20)

    threads = [
        threading.Thread(target=lambda: results.append(built_directory("made", together, 1)))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [cache / "made"] * 2
    assert [path.name for path in cache.iterdir()] == ["made"]


@pytest.mark.parametrize("size", [10, 1000, 10_000])
def test_a_full_disk_is_told_and_leaves_nothing(cache: Path, size: int) -> None:
    with files_no_larger_than(size), pytest.raises(ModelError, match="WENBAO_CACHE") as caught:
        built_directory("made", write, 25)
    assert "25 MB" in caught.value.text.zh and "25 MB" in caught.value.text.en
    assert list(cache.iterdir()) == []


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("WENBAO_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(ModelError, match="WENBAO_CACHE") as caught:
        built_directory("made", write, 1)
    assert str(tmp_path / "file" / "cache") in caught.value.text.en
