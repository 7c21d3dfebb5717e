from __future__ import annotations

from answers.understanding.among import among
from answers.understanding.scope import Scope


def test_a_question_asks_those_of_a_set_that_it_is_about_else_all_of_it() -> None:
    inside = ("江苏", "浙江")
    assert among(Scope(("江苏", "湖北")), inside) == ("江苏",)
    assert among(Scope(("湖北",)), inside) == inside
    assert among(Scope(None), inside) == inside
