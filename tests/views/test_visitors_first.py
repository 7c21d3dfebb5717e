"""What a visitor asks goes before what the app asks by itself."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

import views.shared.examples
from answers.engine import Answerer
from embeddings.language import Text
from views.shared.examples import Example, Offered, Read, checked_examples
from views.shared.visitors_first import VisitorsFirst


def test_what_gives_way_goes_on_when_the_last_question_is_answered() -> None:
    first = VisitorsFirst()
    done = threading.Event()

    def wait() -> None:
        first.give_way()
        done.set()

    first.give_way()  # nobody asks
    with ThreadPoolExecutor(1) as pool:
        with first.answering():
            with pytest.raises(ZeroDivisionError), first.answering():
                raise ZeroDivisionError
            pool.submit(wait)
            assert not done.wait(0.2)
        assert done.wait(5)


def test_what_was_told_to_stop_waits_no_more() -> None:
    first = VisitorsFirst()
    with first.answering():
        first.give_way(lambda: True)


def test_the_examples_wait_for_the_question_of_a_visitor(monkeypatch: pytest.MonkeyPatch) -> None:
    first, asked = VisitorsFirst(), []

    def answered(answerer: Answerer, offered: Offered) -> bool:
        asked.append(offered.question)
        return True

    monkeypatch.setattr(views.shared.examples, "visitors_first", first)
    monkeypatch.setattr(views.shared.examples, "answered_rightly", answered)
    monkeypatch.setattr(views.shared.examples, "EXAMPLES", [Example("桥", Text("几座桥？", "Bridges?"))])
    monkeypatch.setattr(views.shared.examples, "latest_reports", lambda index: (Read("a", "甲", "一座桥"),))
    monkeypatch.setattr(Answerer, "__init__", lambda self: setattr(self, "index", None))
    with first.answering():
        job = checked_examples(Answerer(), "zh")  # type: ignore[call-arg]
        job.wait(0.3)
        assert asked == [] and not job.done
    assert job.result() == ("几座桥？",) == tuple(asked)
