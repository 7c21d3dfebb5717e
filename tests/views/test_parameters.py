from __future__ import annotations

import pytest

from views.shared.parameters import (
    Parameter,
    changed,
    flag,
    linked,
    names,
    number,
    one_of,
    optional,
    query_of,
    root_of,
    said_by,
    several_of,
    text,
    years,
)

KINDS = {"target": 1, "result": 2}
ALL = (
    text("q", "question"),
    names("report", "reports"),
    years("year", "years"),
    one_of("kind", "kind", {"all": 0, **KINDS}, 0),
    several_of("topic", "topics", KINDS),
    number("low", "low"),
    flag("only", "only"),
    optional("open", "open"),
    changed(names("regions", "regions")),
)


@pytest.mark.parametrize(
    "values",
    [
        {"question": "增长5%~6%？&a=b", "reports": ["甲|乙", "丙"], "years": [2024, 2025], "kind": 2},
        {"topics": [1, 2], "low": -3.5, "only": True, "open": "3-5-甲", "regions": []},
        {"regions": ["江苏"], "low": 0.0},
    ],
)
def test_what_is_written_into_an_address_is_read_back(values: dict[str, object]) -> None:
    query = query_of(values, ALL)
    assert len(query) == len(values)
    assert said_by(query, ALL).values == {**{one.key: one.default for one in ALL}, **values}


def test_what_is_as_it_is_anyway_is_not_in_the_address() -> None:
    assert query_of({one.key: one.default for one in ALL}, ALL) == {}
    assert linked("http://host", "compare", {}) == "http://host/compare"


@pytest.mark.parametrize(
    ("parameter", "word"),
    [(ALL[2], "去年"), (ALL[2], "20240"), (ALL[3], "<b>"), (ALL[4], "nothing"), (ALL[5], "多")],
)
def test_what_cannot_be_read_is_told_and_left_out(parameter: Parameter, word: str) -> None:
    said = said_by({parameter.name: [word], "q": ["问题"]}, (*ALL,))
    assert said.faults == (f"{parameter.name}={word}",)
    assert (said.values[parameter.key], said.values["question"]) == (parameter.default, "问题")


@pytest.mark.parametrize(
    ("url", "root"),
    [
        ("http://host:8501/compare?compare=x", "http://host:8501"),
        ("https://host/wenbao/tracking/", "https://host/wenbao"),
        ("https://host/wenbao/", "https://host/wenbao"),
        ("http://host/", "http://host"),
    ],
)
def test_the_address_of_the_app_is_that_of_its_page_without_the_page(url: str, root: str) -> None:
    assert root_of(url, ("compare", "tracking")) == root


def test_a_link_keeps_every_sign_of_a_question() -> None:
    assert linked("http://h", "", {"q": ["5% & 6%？"], "r": ["甲", "乙"]}) == (
        "http://h/?q=5%25+%26+6%25%EF%BC%9F&r=%E7%94%B2&r=%E4%B9%99"
    )
