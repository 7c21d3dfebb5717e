"""A thing said in two languages: for the pages and for errors alike.

class LibraryWording(Wording):
    remove = Text("移除这份报告", "Remove this report")
    really_remove = Text("确定移除《{title}》？", "Remove “{title}”?")

words = LibraryWording("en")
words.remove                            # "Remove this report"
words.really_remove.format(title=…)     # "Remove “…”?"
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, Literal, Self, TypeVar, overload

Language = Literal["zh", "en"]
K = TypeVar("K")


class Wording:
    """What one place of the app says. A subclass names its texts, an object of it is read in one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language


@dataclass(frozen=True, slots=True)
class Text:
    """The same in Chinese and in English. In a `Wording` it is read as the words of the wording's language."""

    zh: str
    en: str

    def words(self, language: Language, **values: object) -> str:
        """The words in `language`; where values are given, they fill the braces as `str.format` does."""
        words = self.zh if language == "zh" else self.en
        return words.format(**values) if values else words

    @property
    def both(self) -> str:
        """The words in Chinese and then in English, for programs whose readers may know either."""
        return f"{self.zh} {self.en}"

    @overload
    def __get__(self, place: None, owner: type) -> Self: ...
    @overload
    def __get__(self, place: Wording, owner: type) -> str: ...
    @overload
    def __get__(self, place: object, owner: type) -> Self: ...
    def __get__(self, place: object, owner: type) -> Self | str:
        """Its words from an object of a `Wording`, itself from anywhere else."""
        return self.words(place.language) if isinstance(place, Wording) else self


class Labels(Generic[K]):
    """The names of the values of an enum. From a `Wording` they are read as a dict, in the order given."""

    def __init__(self, texts: Mapping[K, Text]) -> None:
        self.texts = dict(texts)

    @overload
    def __get__(self, place: None, owner: type) -> Self: ...
    @overload
    def __get__(self, place: Wording, owner: type) -> dict[K, str]: ...
    def __get__(self, place: Wording | None, owner: type) -> Self | dict[K, str]:
        """The names in the language of the wording; the labels themselves from its class."""
        if place is None:
            return self
        return {value: text.words(place.language) for value, text in self.texts.items()}
