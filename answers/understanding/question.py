"""A question as one value: read once, passed along, and corrected by the user where it was read wrongly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from answers.errors import QuestionError
from answers.quantities.units import Measure
from answers.understanding.all_work import asks_for_all_work
from answers.understanding.articles import AskedArticle, asked_article
from answers.understanding.english import in_chinese, is_english
from answers.understanding.period import (
    Period,
    PeriodCues,
    asks_for_a_change,
    asks_for_the_former,
    period_cues,
)
from answers.understanding.places import Places, named_places, without_places
from answers.understanding.places_of_reports import region_label, report_places
from answers.understanding.quiz import NO_QUIZ, Quiz, read_quiz
from answers.understanding.scope import Scope, chosen_documents, read_scope
from answers.understanding.terms import long_forms, terms
from answers.understanding.wanted import Ask, only_names, wanted_ask, wanted_measure, wanted_unit
from answers.understanding.years import Years, named_years
from indexer.report.described import Described
from indexer.text.characters import normalise, simplified

LONGEST_QUESTION = 500
# Characters that mean something in one font only, pasted with text from a PDF: they are no words of a question.
_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")

_NOUN = re.compile(r"[一-鿿]{2,}")


@dataclass(frozen=True, slots=True)
class Respelling:
    """A character of a question that is read as another of the same sound.

    Attributes:
        start: where in `Understanding.query` it stands.
        typed: what the user typed, in Simplified characters.
        meant: what it is read as.
    """

    start: int
    typed: str
    meant: str


@dataclass(frozen=True, slots=True)
class Understanding:
    """A question, understood: all that retriever, reader and comparer need to know of it.

    Attributes:
        text: as the user typed it, blanks trimmed.
        query: the same in Simplified characters; a question in English in the Chinese words of the reports (`english`).
        search: what is searched for by meaning: the query, the long forms of its abbreviations, and English as it was typed.
        terms: what is searched for by words: `search` without the words that only ask, and without places.
        ask: the kind of answer wanted.
        measure: the kind of quantity wanted, where a number is and the words tell.
        unit: the measure word asked with (几座, 多少家), empty where none.
        places: the places named.
        years: the years named.
        cues: what its words say of the time that it means.
        wants_former: whether it wants the value from before a change.
        wants_change: whether it wants that value and the new one: 从多少提高到多少.
        article: the article of a rule that it wants to be told; None where it wants anything else.
        quiz: the blank and the options of a quiz sheet's question.
        all_work: whether it wants all that was done, or is to be done: 今年重点抓哪些工作.
        names_only: whether it is a lone noun, of a place or not, that asks nothing (养老, 宁波养老): wanted is where it stands.
        in_other_words: whether `query` are other words than those typed, since the question is in English.
        respelled: what of it is read otherwise than it was typed (`spelling`); `query` has it as it was meant.
        brief: whether an answer inside one sentence is wanted, as a cell of a table has room for.
        chosen_scope: the reports that the user chose instead of those understood; None to go by the words.
        chosen_period: the time that the user chose instead; None to go by the words, report by report.
    """

    text: str
    query: str
    search: str
    terms: str
    ask: Ask
    measure: Measure | None
    unit: str
    places: Places
    years: Years
    cues: PeriodCues
    wants_former: bool
    wants_change: bool = False
    article: AskedArticle | None = None
    quiz: Quiz = NO_QUIZ
    all_work: bool = False
    names_only: bool = False
    in_other_words: bool = False
    respelled: tuple[Respelling, ...] = ()
    brief: bool = False
    chosen_scope: Scope | None = None
    chosen_period: Period | None = None

    @property
    def _asking(self) -> str:
        """The words that tell what is asked: in English they are its own, tenses and all."""
        return simplified(self.text) if self.in_other_words else self.query

    @property
    def noun(self) -> str:
        """The noun where it only names something; empty otherwise."""
        return self.terms.split()[0] if self.names_only else ""

    @property
    def read_otherwise(self) -> bool:
        """Whether `query` are other words than those that were typed, which the user is told."""
        return self.in_other_words or bool(self.respelled)

    @property
    def period(self) -> Period | None:
        """Result, target or both as the words tell without any report in view; None where they do not."""
        return self.cues.of_report(None)

    def period_for(self, report_year: int | None) -> Period | None:
        """What it asks of a report of that year: seen from it 2024 is behind or ahead."""
        return self.chosen_period or self.cues.of_report(report_year)

    def scope(self, reports: Sequence[Described]) -> Scope:
        """The reports, of all that there are, that it is about."""
        return self.chosen_scope or read_scope(self.places, self.years, self.period, reports)

    def wanting(self, ask: Ask) -> Understanding:
        """The same question, wanting another kind of answer."""
        number = ask is Ask.NUMBER
        return replace(
            self,
            ask=ask,
            measure=wanted_measure(self._asking) if number else None,
            unit=wanted_unit(self._asking) if number else "",
            names_only=False,
        )


def understand(text: str) -> Understanding:
    """Read a question.

    Raises:
        QuestionError: it is empty, has no letter or figure, or is longer than 500 characters.
    """
    words = _checked(" ".join(normalise(_PRIVATE_USE.sub("", text)).split()))
    typed = simplified(words)
    told = in_chinese(typed) if is_english(typed) else ""
    query = told or typed
    search = " ".join([query, *long_forms(query), *([typed] if told else [])])
    places, years = named_places(query), named_years(query)
    read = Understanding(
        text=words,
        query=query,
        search=search,
        terms=terms(search),
        ask=Ask.FACT,
        measure=None,
        unit="",
        places=places,
        years=years,
        cues=period_cues(typed),
        wants_former=asks_for_the_former(query),
        wants_change=asks_for_a_change(query),
        article=asked_article(query),
        quiz=read_quiz(query),
        all_work=asks_for_all_work(query, places),
        in_other_words=bool(told),
    )
    return replace(read.wanting(wanted_ask(read._asking)), names_only=_names_only(read))


def shown_period(understanding: Understanding, reports: Sequence[Described]) -> Period | None:
    """The time that a question means: as it says itself, else seen from the newest report that it is about."""
    scope, library = understanding.scope(reports), report_places(reports)
    if scope.documents is None:
        return understanding.cues.shown(max(library.years, default=None))
    years = [report.year for report in library.named(scope.documents) if report.year is not None]
    return understanding.cues.shown(max(years, default=None))


def shown_regions(scope: Scope, reports: Sequence[Described]) -> tuple[str, ...]:
    """Labels of the regions that a question or the user chose, in the library's order; empty for all.

    A year alone chooses no regions, only among the reports of all of them.
    """
    if scope.documents is None or not (scope.placed or scope.strict):
        return ()
    chosen = report_places(reports).named(scope.documents)
    return tuple(dict.fromkeys(map(region_label, chosen)))


def corrected(
    understanding: Understanding,
    reports: Sequence[Described],
    *,
    regions: Sequence[str],
    report_years: Sequence[int],
    period: Period,
    ask: Ask,
    only: bool = False,
) -> Understanding:
    """The understanding with what the user chose in place of what was understood.

    `only`: the reports that were understood are searched, and no others besides.
    """
    scope, chosen_scope = understanding.scope(reports), understanding.chosen_scope
    if (tuple(regions), tuple(report_years)) != (shown_regions(scope, reports), scope.report_years):
        # Nothing fits two choices that exclude each other: the regions then count.
        names = chosen_documents(reports, regions, report_years) or chosen_documents(reports, regions, ())
        chosen_scope = replace(scope, documents=names if len(names) < len(reports) else None, strict=True)
    if only:
        chosen_scope = replace(chosen_scope or scope, strict=True)
    told = shown_period(understanding, reports) or Period.BOTH
    return replace(
        understanding if ask is understanding.ask else understanding.wanting(ask),
        chosen_scope=chosen_scope,
        chosen_period=None if period is told else period,
    )


def _names_only(read: Understanding) -> bool:
    """Whether nothing is left of it but one noun when the places are taken away, and nothing is asked of that."""
    noun = without_places(read.query, read.places).strip()
    if not _NOUN.fullmatch(noun) or read.terms.split()[:1] != [noun]:
        return False
    if read.in_other_words or read.article is not None or read.all_work:
        return False
    if read.years.mentions or read.period is not None:
        return False
    return only_names(read.query, long_forms(read.query))


def _checked(words: str) -> str:
    if not words:
        raise QuestionError(
            "问题是空的。请输入想问的内容，例如：今年要新建多少个充电桩？",
            "The question is empty. Type what you want to know.",
        )
    if len(words) > LONGEST_QUESTION:
        raise QuestionError(
            f"问题太长（{len(words)} 个字符，最多 {LONGEST_QUESTION}）。请缩短，一次问一件事。",
            f"The question is too long ({len(words)} characters, at most {LONGEST_QUESTION}). "
            "Shorten it and ask one thing at a time.",
        )
    if not re.search(r"[^\W_]", words):
        raise QuestionError(
            f"没有看懂问题：{words}。请用文字提问，例如：今年要新建多少个充电桩？",
            f"This is no question: {words}. Please ask in words.",
        )
    return words
