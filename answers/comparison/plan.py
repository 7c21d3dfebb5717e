"""Whether a question compares reports, which reports, and what each is asked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from answers.comparison.columns import Column, read_columns
from answers.comparison.topic import strip_scope
from answers.period import Period
from answers.question import Question
from answers.scope import Scope
from indexer.document import Document
from indexer.regions import CITY, COUNTY, PROVINCE, STATE, WHOLE_COUNTRY, Region, regions

_EVERY = (
    (PROVINCE, re.compile(r"各个?省|各省[区市]|各?省[区份](?:之间|间)|哪[些几]个?(?:省|直辖市|自治区)|全国各|每个省|\bprovinces\b", re.I)),
    (CITY, re.compile(r"各个?(?:城|地级)?市(?![场民区政值])|哪[些几]个?(?:城)?市(?![场民区政值])|每个(?:城)?市|\bcities\b", re.I)),
    (COUNTY, re.compile(r"各个?[县区](?:市)?(?!域)|哪[些几]个?[县区]|每个[县区]")),
)  # fmt: skip
_ANYWHERE = re.compile(
    r"各地(?!区)|各地区|哪些地方|哪[个里]地方|\beach (?:region|report)\b|各份?报告|各级政府", re.I
)
_NATIONAL = re.compile(
    r"国务院|总理|中央|全国(?:的)?政府|国家(?:的)?(?:政府)?(?:工作)?报告|\bState Council\b|\bPremier\b", re.I
)
_DIGIT = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_LATEST = re.compile(
    r"(?:最近|过去|近来|[近这前])(?:的)?(?P<count>[一二两三四五六七八九十]+|\d+)(?:年|次|份|届)|\b(?:last|past) (?P<en>\d+) (?:years|reports)\b"
)
_SERIES = re.compile(
    r"历年|历次|逐年|每一?年|(?:十多|十几|多|几)年来|[近这]几年|这些年|(?:怎么|如何|怎样|什么|哪些|了)(?:逐年)?(?:变化|演变|变的|调整)|"
    r"变化趋势|走势|演变|新提法|不再提|\bover the years\b|\beach year\b|\bevery year\b",
    re.I,
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_RANGE = re.compile(r"(?<!\d)((?:19|20)\d\d)年?\s*(?:[—\-–~～至到]+|\bto\b)\s*((?:19|20)\d\d)(?!\d)")
_SINCE = re.compile(r"((?:19|20)\d\d)年?(?:以来|起|至今|到现在)|\bsince ((?:19|20)\d\d)\b", re.I)


@dataclass(frozen=True, slots=True)
class ComparisonPlan:
    """What is to be asked of which reports.

    Attributes:
        question: as the user typed it.
        columns: what each report is asked, one or two things.
        documents: names of the reports, by region and then by year.
        missing: short names of provinces that the question names and no report is from.
        over_years: whether the rows are years of one region rather than regions.
    """

    question: str
    columns: tuple[Column, ...]
    documents: tuple[str, ...]
    missing: tuple[str, ...]
    over_years: bool


def read_plan(
    question: Question,
    scope: Scope,
    documents: Sequence[Document],
    chosen: Collection[str] | None = None,
) -> ComparisonPlan | None:
    """How to compare, or None where the question compares nothing.

    `scope` is what `read_scope` made of the question, `documents` every report of the index, `chosen`
    the reports that the user picked: then these are compared whatever the question says.

    A question compares if it names several regions that have reports, all regions of a level
    (各省、哪些市、各地), or several years of a region that has reports of several years. Of regions
    with several reports the latest counts unless years are named.
    """
    query = question.query
    if chosen is not None:
        wanted = [document for document in documents if document.name in set(chosen)]
    else:
        wanted = _wanted(query, scope, documents)
    if not wanted or (chosen is None and len(wanted) < 2):
        return None
    columns = read_columns(query, strip_scope(query), [d.metadata.year for d in wanted])
    if chosen is None and _years(query, wanted) and columns[0].period is Period.RESULT:
        wanted = _of_results(query, documents, wanted) or wanted
    places = {document.metadata.region for document in wanted}
    return ComparisonPlan(
        question=question.text,
        columns=columns,
        documents=tuple(document.name for document in sorted(wanted, key=_place_and_year)),
        missing=scope.missing,
        over_years=len(places) == 1 and len(wanted) > 1,
    )


def _wanted(query: str, scope: Scope, documents: Sequence[Document]) -> list[Document]:
    """The reports to compare; fewer than two where the question compares nothing."""
    named = _named(query, scope, documents)
    over_years = (
        bool(_LATEST.search(query) or _SERIES.search(query) or _SINCE.search(query))
        or len(_years(query, documents)) > 1
    )
    if len({document.metadata.region for document in named}) < 2:
        among = named or [d for d in documents if _has_several_years(d, documents)]
        series = [d for d in among if d.metadata.year is not None]
        return _of_years(query, series) if over_years and _one_region(series) else []
    return _of_years(query, named) if over_years else _latest(query, named)


def _named(query: str, scope: Scope, documents: Sequence[Document]) -> list[Document]:
    """All reports, of whatever year, of the regions that the question names."""
    inside = {d.metadata.region for d in documents if short_region(d.metadata.region) in scope.regions}
    for level, words in _EVERY:
        if words.search(query):
            return [
                d
                for d in documents
                if d.metadata.level == level and (not inside or d.metadata.region.startswith(tuple(inside)))
            ]
    if _ANYWHERE.search(query) and not inside:
        return [d for d in documents if d.metadata.level not in ("", STATE)]
    found = [d for d in documents if d.metadata.region in inside]
    if _NATIONAL.search(query):
        found += [d for d in documents if d.metadata.region == WHOLE_COUNTRY]
    return found


@lru_cache(maxsize=1)
def _register() -> dict[str, Region]:
    return {region.full: region for region in regions()}


def short_region(full: str) -> str:
    """浙江省宁波市 → 宁波; a region that is not in the register stays as it is."""
    return _register()[full].short if full in _register() else full


def _of_years(query: str, documents: Sequence[Document]) -> list[Document]:
    """Of each region the reports of the years named, of the last so many years, or all."""
    years = _years(query, documents)
    latest = _LATEST.search(query)
    if years:
        return [d for d in documents if d.metadata.year in years]
    if latest is None:
        return list(documents)
    count = _count(latest["count"] or latest["en"])
    kept: list[Document] = []
    for reports in _by_region(documents):
        dated = sorted({d.metadata.year for d in reports if d.metadata.year is not None})[-count:]
        kept.extend(d for d in reports if d.metadata.year in dated)
    return kept


def _latest(query: str, documents: Sequence[Document]) -> list[Document]:
    """One report of each region: of the year named, or whose results are of that year, else the latest."""
    years = _years(query, documents)
    kept: list[Document] = []
    for reports in _by_region(documents):
        fitting = [d for d in reports if d.metadata.year in years]
        after = [d for d in reports if d.metadata.year is not None and d.metadata.year - 1 in years]
        kept.append(max(fitting or after or reports, key=lambda d: d.metadata.year or 0))
    return kept


def _of_results(query: str, documents: Sequence[Document], wanted: Sequence[Document]) -> list[Document]:
    """The reports that tell the results of the years named: those of the years after."""
    places = {d.metadata.region for d in wanted}
    years = _years(query, wanted)
    if re.search(r"年(?:的)?(?:国务院)?(?:政府)?(?:工作)?报告", query):
        return []  # the report of that year is named, not the year
    return [
        d
        for d in documents
        if d.metadata.region in places and d.metadata.year is not None and d.metadata.year - 1 in years
    ]


def _years(query: str, documents: Iterable[Document]) -> frozenset[int]:
    """The years named, ranges filled, 2018年以来 up to the latest report."""
    found = {int(year) for year in _YEAR.findall(query)}
    for first, last in _RANGE.findall(query):
        found.update(range(int(first), int(last) + 1))
    for since in _SINCE.finditer(query):
        newest = max((d.metadata.year or 0 for d in documents), default=0)
        found.update(range(int(since[1] or since[2]), newest + 1))
    return frozenset(found)


def _by_region(documents: Iterable[Document]) -> list[list[Document]]:
    grouped: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        grouped[document.metadata.region].append(document)
    return list(grouped.values())


def _one_region(documents: Sequence[Document]) -> bool:
    return len({d.metadata.region for d in documents}) == 1


def _has_several_years(document: Document, documents: Iterable[Document]) -> bool:
    years = {d.metadata.year for d in documents if d.metadata.region == document.metadata.region}
    return len(years - {None}) > 1


def _place_and_year(document: Document) -> tuple[str, int, str]:
    region = _register().get(document.metadata.region)
    return region.code if region else "", document.metadata.year or 0, document.name


def _count(written: str) -> int:
    """7, 三, 十, 十五."""
    if written.isascii():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    return (_DIGIT.get(tens, 1) * 10 if ten else 0) + (_DIGIT[ones] if ones else 0)
