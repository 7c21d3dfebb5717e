"""Reports are removed once, and that is told, however often the button is clicked."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import views.library.removing as removing
from answers.service import Service
from indexer.library import add_reports, remove_reports
from indexer.people.changes import at_the_command_line
from indexer.saving.taken_out import take_out
from indexer.store.database import open_store
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report
from views.library.wording import LibraryWording
from views.shared.done import Done

WORDS = LibraryWording("zh")


class GivenUp(BaseException):
    """What ends a callback that was clicked again as soon as it touches the session."""


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Done]:
    """What the page tells; who removes is the command line."""
    done: list[Done] = []
    monkeypatch.setattr(removing, "editing", at_the_command_line)
    monkeypatch.setattr(removing, "tell_once", lambda one: done.append(one) if one not in done else None)
    return done


@pytest.fixture
def removal(tmp_path: Path) -> removing.Removal:
    """Of two reports of three."""
    texts = {"甲": "新建学校9所。", "乙": "新建学校8所。", "丙": "新建学校7所。"}
    index = tmp_path / "index"
    add_reports([write_report(tmp_path, name, text) for name, text in texts.items()], index, FakeEncoder())
    with open_store(index) as store:
        two = [entry for entry in store.entries() if entry.name != "丙"]
    return removing.Removal(Service(index, tmp_path, FakeEncoder), two, WORDS)


def names(index: Path) -> list[str]:
    with open_store(index) as store:
        return store.names()


def test_the_second_click_waits_and_tells_what_the_first_did(
    removal: removing.Removal, told: list[Done], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    begun, both = threading.Event(), threading.Event()
    clicks = iter((GivenUp, None))

    def slow(name: str, directory: Path) -> object:
        begun.set()
        assert both.wait(30)
        return take_out(name, directory)

    def given_up_at_first(done: Done) -> None:
        if next(clicks) is not None:
            raise GivenUp
        told.append(done)

    monkeypatch.setattr(removing, "take_out", slow)
    monkeypatch.setattr(removing, "tell_once", given_up_at_first)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(removal)
        assert begun.wait(30)
        second = pool.submit(removal)
        both.set()
        with pytest.raises(GivenUp):
            first.result(60)
        second.result(60)
    assert [one.said for one in told] == [WORDS.several_removed.format(count=2)]
    assert names(tmp_path / "index") == ["丙"]


def test_what_somebody_else_removed_is_left_so_without_a_word(
    removal: removing.Removal, told: list[Done], tmp_path: Path
) -> None:
    remove_reports(["甲"], tmp_path / "index")
    removal()
    removal()
    assert [one.said for one in told] == [WORDS.removed.format(title="乙")]
    assert names(tmp_path / "index") == ["丙"]
