"""What became of everything that a place promised: totals by finding and field of work, and the reports they come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from answers.commitments.topics import Topic, topic_of
from answers.commitments.tracking.finding import Finding, Told
from answers.commitments.tracking.pairs import Series, series_by_place
from answers.errors import LedgerError
from indexer.report.described import Described
from indexer.report.report import Report


@dataclass(frozen=True, slots=True)
class TopicTotal:
    """How many promises of one field there are, and of how many of them each finding is told."""

    topic: Topic
    promises: int
    findings: Mapping[Finding, int]


def totals(told: Iterable[Told], earlier: Report) -> tuple[TopicTotal, ...]:
    """Totals of promises with the finding that counts, a field of work each, those with most promises first."""
    counts: Counter[tuple[Topic, Finding]] = Counter()
    for one in told:
        target = one.judged.tracked.target
        counts[topic_of(target, target.sentence.of(earlier.simplified)), one.finding] += 1
    of_topics: Counter[Topic] = Counter()
    for (topic, _), count in counts.items():
        of_topics[topic] += count
    return tuple(
        TopicTotal(topic, of_topics[topic], {finding: counts[topic, finding] for finding in Finding})
        for topic in sorted(of_topics, key=lambda topic: (-of_topics[topic], list(Topic).index(topic)))
    )


def reports_of(place: str, documents: Sequence[Described]) -> Series:
    """The work reports of a place by its name or the end of it (宁波, 宁波市, 浙江省宁波市), the earliest first.

    Raises:
        LedgerError: there are none, or reports of several such places.
    """
    wanted = place.strip()
    known = series_by_place(documents)
    found = [one for one in known if wanted and wanted == one.region]
    found = found or [one for one in known if wanted and wanted.rstrip("省市区县州") in _short_names(one)]
    if len(found) == 1:
        return found[0]
    if found:
        names = "、".join(one.region for one in found[:8])
        raise LedgerError(
            f"“{place}”可以是 {names}。请写全。", f"{place!r} may be {names}. Write it in full."
        )
    names = "、".join(one.region for one in known[:12])
    raise LedgerError(
        f"文库里没有“{place}”的政府工作报告。有报告的地区：{names or '（无）'}。",
        f"There is no work report of {place!r}. There are reports of {names or '(none)'}.",
    )


def pair_of(series: Series, year: int) -> tuple[Described, Described]:
    """The report of a year and the next one of the place.

    Raises:
        LedgerError: there is no report of the year, or none after it.
    """
    earlier = next((one for one in series.reports if one.year == year), None)
    years = "、".join(str(one.year) for one in series.reports)
    if earlier is None:
        raise LedgerError(
            f"文库里没有{series.region} {year} 年的政府工作报告；有这些年的：{years}。",
            f"There is no report of {series.region} for {year}; there are those of {years}.",
        )
    after = series.after(earlier.name)
    if not after:
        raise LedgerError(
            f"{series.region} {year} 年之后的政府工作报告还不在文库里。请先加入下一年的报告。",
            f"The library has no report of {series.region} after {year}. Add that of the next year.",
        )
    return earlier, after[0]


def _short_names(series: Series) -> set[str]:
    """What a place may be called: its label without the last character, and the end of its full name."""
    full = {series.region, *(report.region for report in series.reports)}
    return {
        name[start:].rstrip("省市区县州")
        for name in full
        for start in range(len(name))
        if start == 0 or name[start - 1] in "省市区县州"
    }
