"""Example questions of the reports that are there: of the latest one of a few places, and only what they answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from answers.engine import Answerer
from answers.understanding.places_of_reports import PlaceReports, report_places
from embeddings.language import Language, Text
from indexer.index import ReportIndex
from indexer.jobs import Job
from indexer.report.described import Described
from indexer.report.once import once
from indexer.text.characters import simplified
from indexer.twins import twins_among
from views.shared.visitors_first import visitors_first

_MOST_READ = 4  # reports whose text is looked through
_MOST = 5  # questions
ExamplesJob = Job[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Example:
    """A question and the words that a report must have for it to be asked; {place} is empty where there is one place."""

    words: str
    question: Text


EXAMPLES = (
    Example(
        "充电桩",
        Text("{place}今年新建多少个充电桩？", "How many charging piles will be built this year?"),
    ),
    Example(
        "低空经济",
        Text("{place}怎样发展低空经济？", "How will the low-altitude economy be developed?"),
    ),
    Example(
        "新增就业",
        Text("{place}今年城镇新增就业多少人？", "How many new urban jobs are planned this year?"),
    ),
    Example(
        "生产总值",
        Text("{place}今年的经济增长目标是多少？", "What economic growth is targeted this year?"),
    ),
    Example("养老", Text("{place}怎样发展养老服务？", "How will care for the elderly be developed?")),
    Example(
        "粮食", Text("{place}今年的粮食产量目标是多少？", "What is this year's target for grain output?")
    ),
    Example("农民", Text("{place}怎样提高农民收入？", "How will farmers' incomes be raised?")),
)


# In English no place is named: reports and their places are in Chinese.
_REGIONS = Text(
    "{regions}今年的经济增长目标各是多少？", "What economic growth do all provinces aim at this year?"
)
_YEARS = Text("{place}近{years}年的经济增长目标", "")
_EVERYWHERE = Text("各省怎么发展低空经济？", "How do all provinces plan to develop the low-altitude economy?")
_NUMERALS = {2: "两", 3: "三", 4: "四", 5: "五"}


@dataclass(frozen=True, slots=True)
class Read:
    """The latest report of a place: its name, how the place is called, and its text in Simplified characters."""

    name: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Offered:
    """A question that the report of that name may answer: its words stand there."""

    question: str
    words: str
    document: str


def latest_reports(index: ReportIndex) -> tuple[Read, ...]:
    """The latest report of a few places, those of the latest year first. Their texts are read."""
    return tuple(
        Read(name, place, simplified(index.report(name).text)) for name, place in _latest(index.reports)
    )


def example_questions(
    latest: Sequence[Read], language: Language, answers: Callable[[Offered], bool]
) -> Iterator[str]:
    """Some questions that `answers` says are answered; the reports take turns, so that each is asked something.

    Only what stands in a report is asked of it.
    """
    turn, found = 0, 0
    for example in EXAMPLES:
        for n in range(len(latest)):
            at = (turn + n) % len(latest)
            one = latest[at]
            if example.words not in one.text:
                continue
            question = example.question.words(language).format(place=one.place if len(latest) > 1 else "")
            if answers(Offered(question, example.words, one.name)):
                yield question
                turn, found = at + 1, found + 1
                break
        if found == _MOST:
            return


def answered_rightly(answerer: Answerer, offered: Offered) -> bool:
    """Whether an example is answered, by a passage of its report that has its words."""
    answer = answerer.ask(offered.question).answer
    if answer is None or answer.place.document != offered.document:
        return False
    return offered.words in simplified(answer.passage.of(answerer.index.report(offered.document).text))


def checked_examples(answerer: Answerer, language: Language) -> ExamplesJob:
    """Ask the examples in the background; those that may be shown are reported as they come.

    Each waits until no visitor's question is being answered.
    """

    def work(progress: Callable[[tuple[str, ...]], None], cancelled: Callable[[], bool]) -> tuple[str, ...]:
        shown: tuple[str, ...] = ()
        latest = latest_reports(answerer.index)

        def answered(offered: Offered) -> bool:
            visitors_first.give_way(cancelled)
            return not cancelled() and answered_rightly(answerer, offered)

        for question in example_questions(latest, language, answered):
            shown = (*shown, question)
            progress(shown)
            if cancelled():
                break
        return shown

    return Job(work, "wenbao-examples")


@once
def _latest(reports: Sequence[Described]) -> tuple[tuple[str, str], ...]:
    library = report_places(twins_among(reports).answering)
    newest = sorted(library.places, key=lambda place: -max(place.dated, default=0))[:_MOST_READ]
    return tuple((_newest(library.reports, place.positions), _called(place)) for place in newest)


def _called(place: PlaceReports) -> str:
    """What a place is called in a question: 德清, but 沛县, for one character alone reads as another word."""
    return place.known.name if place.known is not None and len(place.label) < 2 else place.label


def _newest(reports: Sequence[Described], positions: Sequence[int]) -> str:
    return max((reports[n] for n in positions), key=lambda report: report.year or 0).name


def comparison_examples(reports: Sequence[Described], language: Language) -> tuple[str, ...]:
    """Questions over several regions and over several years, of those that the library has."""
    library = report_places(twins_among(reports).answering)
    latest = max(library.years, default=None)
    regions = [
        _called(place) for place in library.places if place.known is not None and latest in place.dated
    ]
    longest = max(library.places, key=lambda place: len(place.dated), default=None)
    found = []
    if len(regions) > 1:
        found.append(_REGIONS.words(language).format(regions="、".join(regions[:3])))
    if longest is not None and longest.label and len(longest.dated) > 1:
        years = _NUMERALS[min(max(_NUMERALS), len(longest.dated))]
        found.append(_YEARS.words(language).format(place=_called(longest), years=years))
    if len(regions) > 3:
        found.append(_EVERYWHERE.words(language))
    return tuple(filter(None, found))
