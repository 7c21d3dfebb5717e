from __future__ import annotations

from dataclasses import dataclass

from embeddings.errors import WenbaoError
from embeddings.language import Labels, Text, Wording


class Spoken(Wording):
    name = Text("名称", "Name")
    found = Text("找到 {count} 份", "{count} found")
    sizes = Labels({1: Text("小", "small"), 2: Text("大", "large")})


@dataclass(frozen=True)
class Titled:
    title: Text


def test_a_text_has_the_words_of_each_language_and_fills_its_braces() -> None:
    text = Text("找到 {count} 份", "{count} found")
    assert (text.words("zh", count=3), text.words("en", count=3)) == ("找到 3 份", "3 found")
    assert text.words("en") == "{count} found"
    assert text.both == "找到 {count} 份 {count} found"
    assert Text("{", "}").words("zh") == "{"


def test_a_wording_is_read_in_its_language() -> None:
    words = Spoken("en")
    assert words.name == "Name" and words.found.format(count=1) == "1 found"
    assert words.sizes == {1: "small", 2: "large"}
    assert Spoken("zh").name == "名称" and list(Spoken("zh").sizes.values()) == ["小", "大"]


def test_elsewhere_a_text_stays_a_text() -> None:
    assert Spoken.name == Text("名称", "Name") and Titled(Spoken.name).title.words("en") == "Name"
    assert set(Spoken.sizes.texts) == {1, 2}


def test_an_error_says_the_same_in_both_languages() -> None:
    error = WenbaoError("坏了", "broken")
    assert (str(error), error.message(), error.message("en")) == ("坏了", "坏了", "broken")
    assert error.text == Text("坏了", "broken")
