"""What of a tracked pair of reports is shown where: decisions without any drawing."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from answers.commitments.over_years import OverYears, YearOf
from answers.commitments.tracking.judgements import Judged, Judgement, target_key
from answers.commitments.tracking.pairs import Series, usual_pair
from answers.commitments.tracking.proof import Status
from answers.commitments.tracking.results import source_of
from answers.commitments.tracking.totals import TopicTotal
from answers.quantities.amounts import converted
from indexer.report.report import Report
from indexer.text.characters import simplified, typed
from indexer.text.span import Span
from views.tracking.wording import TrackingWording

STYLE = """
<style>
.wb-status { display: inline-block; border-radius: .7rem; padding: 0 .6rem; font-size: .9rem; color: #fff;
  line-height: 1.6rem; background: #6b7280; }
.wb-status.wb-good { background: #15803d; }
.wb-status.wb-bad { background: #b91c1c; }
.wb-status.wb-open { background: #b45309; }
.wb-verdict { margin: .2rem 0 .6rem 0; line-height: 1.8; }
.wb-verdict .wb-who { color: #6b7280; font-size: .9rem; margin-right: .5rem; }
</style>
"""
_JOBS = ("个", "人")  # 新增就业岗位10万个, 新增就业14万人
_LOOKS = {
    Status.DONE: "wb-good", Status.EXCEEDED: "wb-good", Status.MISSED: "wb-bad", Status.UNVERIFIED: "wb-open",
}  # fmt: skip


def chosen_pair(series: Sequence[Series], earlier: str, later: str) -> tuple[int, str, str] | None:
    """The place and the two reports that a link names; None where they are no pair of one place."""
    for number, one in enumerate(series):
        names = [report.name for report in one.reports]
        if earlier in names and later in names[names.index(earlier) + 1 :]:
            return number, earlier, later
    return None


def pair_to_show(
    series: Sequence[Series], region: str | None, earlier: str | None, later: str | None
) -> tuple[str, tuple[str, str]]:
    """The place and its two reports: those named where they are a pair, else the report named with the next one.

    Else the usual pair of the region named, or of the first place.
    """
    found = chosen_pair(series, earlier or "", later or "")
    if found is not None:
        return series[found[0]].region, found[1:]
    for one in series:
        after = [report.name for report in one.after(earlier)] if earlier in _names(one)[:-1] else []
        if earlier and after and not later:
            return one.region, (earlier, after[0])
    shown = next((one for one in series if one.region == region), series[0])
    return shown.region, usual_pair(shown)


def _names(series: Series) -> list[str]:
    return [report.name for report in series.reports]


def tracked_line(
    judged: Judged, earlier: Report, later: Sequence[Report], words: TrackingWording
) -> dict[str, str]:
    """A target as a row of the table; the machine's proposal and the person's word in columns of their own."""
    pair, said = judged.tracked, judged.judgement
    names, source = words.statuses, source_of(pair, later)
    return {
        words.indicator: pair.indicator,
        words.target: pair.target.text,
        words.outcome: pair.outcome.text if pair.outcome else "",
        words.proposal: names[pair.status],
        words.person: names[said.status] if said else "",
        words.judged_by: said.name if said else "",
        words.target_sentence: pair.target.sentence.of(earlier.text),
        words.outcome_sentence: pair.outcome.sentence.of(source.text) if pair.outcome else "",
        words.reason: pair.reason,
        **({words.source: source.title if pair.outcome else ""} if len(later) > 1 else {}),
    }


def kept(
    judged: Sequence[Judged], earlier: Report, later: Sequence[Report], statuses: Sequence[Status], text: str
) -> tuple[Judged, ...]:  # fmt: skip
    """Those whose status counts among `statuses` (empty: all) and that hold every word of `text`."""
    wanted = typed(text).lower().split()

    def holds(one: Judged) -> bool:
        pair = one.tracked
        said = pair.target.sentence.of(earlier.text)
        said += pair.outcome.sentence.of(source_of(pair, later).text) if pair.outcome else ""
        about = simplified(pair.indicator + said).lower()
        return all(word in about for word in wanted)

    return tuple(one for one in judged if (not statuses or one.status in statuses) and holds(one))


def status_labels(judged: Sequence[Judged], words: TrackingWording) -> dict[str, Status]:
    """The statuses that occur, each with how many targets it counts for: 已完成 12."""
    counts = Counter(one.status for one in judged)
    return {f"{name} {counts[status]}": status for status, name in words.statuses.items() if counts[status]}


def topic_line(total: TopicTotal, words: TrackingWording) -> dict[str, str | int]:
    """The promises of a field of work as a row: how many, and how many of each status."""
    names = words.statuses
    counts = {names[status]: count for status, count in zip(Status, total.statuses, strict=True)}
    return {words.topic: total.topic.value, words.promises: total.promises, **counts}


def chain_row(one: YearOf, words: TrackingWording) -> dict[str, str]:
    """A year of an indicator as a row."""
    return {
        words.year: str(one.year),
        words.target: one.target.text if one.target else "",
        words.outcome: one.outcome.text if one.outcome else "",
        words.proposal: words.statuses[one.status] if one.status else "",
        words.reason: one.reason,
    }


def chain_points(found: OverYears, words: TrackingWording) -> list[dict[str, str | int | float]]:
    """What is drawn of an indicator: every target, and every result of which nobody has to look first whether it is one."""
    points: list[dict[str, str | int | float]] = []
    for kind in (words.target, words.outcome):
        for one in found.years:
            row = one.target if kind == words.target else one.outcome
            if row is None or row.amount is None or (kind == words.outcome and not one.is_sure):
                continue
            amount = converted(row.amount, found.unit) or (row.amount if found.unit in _JOBS else None)
            if amount is not None:
                value = (amount.low + amount.high) / 2
                points.append({"year": one.year, "kind": kind, "value": value, "label": row.text})
    return points


def judged_count(judged: Sequence[Judged]) -> int:
    """How many targets a person has judged."""
    return sum(one.judgement is not None for one in judged)


def outcome_span(judged: Judged, later: Report) -> Span | None:
    """Where the words stand that the person goes by; None where the machine's outcome counts."""
    words = judged.judgement.outcome if judged.judgement else ""
    at = later.text.find(words) if words else -1
    return Span(at, at + len(words)) if at >= 0 else None


def history(
    made: Sequence[Judgement], judged: Judged, earlier: Report, later: Report
) -> tuple[Judgement, ...]:
    """Every judgement on a target, the last one first."""
    key = (target_key(judged.tracked, earlier), later.name)
    return tuple(one for one in reversed(made) if (one.target, one.later) == key)


def history_line(one: Judgement, words: TrackingWording, zone: str | None) -> dict[str, str]:
    """A judgement as a row."""
    return {
        words.at: shown_time(one.at, zone),
        words.judge_name: one.name,
        words.judge_status: words.statuses[one.status],
        words.judge_note: one.note,
        words.judge_outcome: one.outcome,
    }


def shown_time(at: str, zone: str | None) -> str:
    """A time as the clock of the reader's zone has it, else in UTC: 2026-01-31 16:05."""
    moment = datetime.fromisoformat(at)
    try:
        return moment.astimezone(ZoneInfo(zone or "")).strftime("%Y-%m-%d %H:%M")
    except (ZoneInfoNotFoundError, ValueError):
        return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def verdicts_html(judged: Judged, words: TrackingWording, zone: str | None) -> str:
    """The machine's proposal and the person's word, one under the other."""
    said = judged.judgement
    person = (
        f"{_badge(said.status, words)} {html.escape(said.name)} · {html.escape(shown_time(said.at, zone))}"
        + (f"<br>{html.escape(said.note)}" if said.note else "")
        if said
        else html.escape(words.nobody_yet)
    )
    machine = f"{_badge(judged.tracked.status, words)} {html.escape(judged.tracked.reason)}"
    return (
        f"<div class='wb-verdict'><span class='wb-who'>{html.escape(words.machine_says)}</span>{machine}</div>"
        f"<div class='wb-verdict'><span class='wb-who'>{html.escape(words.person_says)}</span>{person}</div>"
    )


def _badge(status: Status, words: TrackingWording) -> str:
    return f"<span class='wb-status {_LOOKS.get(status, '')}'>{html.escape(words.statuses[status])}</span>"
