from __future__ import annotations

import random
import re

import pytest

from answers.comparison.questions.topic import strip_scope
from answers.understanding.places import named_places
from answers.understanding.question import understand
from answers.understanding.tokens import OTHER_PLACE, PLACE, TIME, YEAR, Token, Tokens
from answers.understanding.years import named_years

SIGNS = PLACE + OTHER_PLACE + YEAR + TIME
PRIVATE = ["\ue000", "\ue001", "\uf8ff", "\U000f0000", "\U0010fffd"]
QUESTIONS = [
    "江苏和西部各省2024年的粮食产量目标各是多少？",
    "国务院近三年（2023、2024、2025年）的报告把赤字率定在多少？",
    "鄂湘两省去年建成多少公里高铁，哪个更多？",
    "河北在京津冀协同发展中做什么，到2030年要怎样？",
    "What GDP targets did Jiangsu and Hunan set in each of the last five years?",
]


def test_what_was_found_is_one_token_and_knows_its_place() -> None:
    tokens = Tokens.of("江苏和西部").joined([Token("江苏", PLACE, 0, 2)])
    assert tokens.signs == f"{PLACE}和西部"
    match = re.search("西部", tokens.signs)
    assert match is not None
    assert tokens.place_of(match) == (3, 5)
    assert tokens.replaced(re.compile(f"{PLACE}和"), TIME).signs == f"{TIME}西部"
    assert tokens.replaced(re.compile(f"{PLACE}和"), "").text == "西部"


def test_what_is_no_longer_whole_is_not_found() -> None:
    without = Tokens.of("江苏和西部").replaced(re.compile("苏和"), "")
    assert without.joined([Token("江苏", PLACE, 0, 2)]).signs == "江西部"


@pytest.mark.parametrize("sign", [*SIGNS, *PRIVATE])
@pytest.mark.parametrize(
    "question", ["{}和西部今年的粮食", "{}年的粮食", "{}各省", "西部{}", "对比{}、{}两省"]
)
def test_a_sign_typed_in_a_question_is_neither_place_nor_year(question: str, sign: str) -> None:
    typed, unknown = question.replace("{}", sign), question.replace("{}", "□")
    assert named_places(typed) == named_places(unknown)
    assert named_years(typed) == named_years(unknown)
    assert len(named_places(f"{sign}和西部").regions) == 0


def test_a_sign_anywhere_in_a_question_is_like_any_other_that_nobody_knows() -> None:
    at_random = random.Random(0)
    for question in QUESTIONS:
        for sign in SIGNS:
            place = at_random.randrange(len(question) + 1)
            typed = understand(question[:place] + sign + question[place:])
            unknown = understand(question[:place] + "□" + question[place:])
            assert (typed.places, typed.years, typed.cues) == (unknown.places, unknown.years, unknown.cues)
            assert strip_scope(typed).replace(sign, "□") == strip_scope(unknown)


def test_private_characters_anywhere_in_a_question_change_nothing() -> None:
    at_random = random.Random(0)
    for question in QUESTIONS:
        wanted = understand(question)
        for _ in range(20):
            typed = list(question)
            for _ in range(at_random.randrange(1, 4)):
                any_private = chr(at_random.choice([at_random.randrange(0xE000, 0xF900), 0xF0000, 0x10FFFD]))
                typed.insert(at_random.randrange(len(typed) + 1), any_private)
            assert understand("".join(typed)) == wanted
