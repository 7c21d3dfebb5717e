"""What of a tracked pair of reports is shown where: decisions without any drawing."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Mapping, Sequence

from answers.commitments.over_years import OverYears, YearOf
from answers.commitments.rows import Commitment
from answers.commitments.tracking.finding import Finding, Told
from answers.commitments.tracking.judgements import Judged, Judgement, target_key
from answers.commitments.tracking.pairs import Series, usual_pair
from answers.commitments.tracking.results import source_of
from answers.commitments.tracking.totals import TopicTotal
from answers.quantities.amounts import converted, spoken
from indexer.report.report import Report
from indexer.text.characters import simplified, typed
from indexer.text.sentences import clause_around
from indexer.text.span import Span
from views.shared.times import shown_time
from views.tracking.wording import TrackingWording

STYLE = """
<style>
.wb-status { display: inline-block; border-radius: .7rem; padding: 0 .6rem; font-size: .9rem; color: #fff;
  line-height: 1.6rem; background: #6b7280; }
.wb-status.wb-good { background: #15803d; }
.wb-status.wb-bad { background: #b91c1c; }
.wb-status.wb-open { background: #b45309; }
/* The form stands beside both quotations and both panes; on a phone between them, where it is seen. */
.st-key-opened_pair > div { width: 100%; }
@media (min-width: 641px) {
  .st-key-opened_pair { display: grid; grid-template-columns: 35fr 35fr 30fr; grid-template-rows: auto 1fr; gap: .6rem 1.6rem; }
  .st-key-opened_pair > :nth-child(3) { grid-area: 1 / 3 / 3 / 4; }
  .st-key-opened_pair > :nth-child(4) { grid-area: 2 / 1; }
  .st-key-opened_pair > :nth-child(5) { grid-area: 2 / 2; }
}
.wb-verdict { margin: .2rem 0 .6rem 0; line-height: 1.8; }
.wb-verdict .wb-who { opacity: .74; font-size: .9rem; margin-right: .5rem; }
</style>
"""
_JOBS = ("个", "人")  # 新增就业岗位10万个, 新增就业14万人
_LOOKS = {
    Finding.DONE: "wb-good", Finding.EXCEEDED: "wb-good", Finding.MISSED: "wb-bad", Finding.UNVERIFIED: "wb-open",
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
    told: Told, earlier: Report, later: Sequence[Report], words: TrackingWording
) -> dict[str, str]:
    """A target as a row of the table; the machine's proposal and the person's word in columns of their own."""
    pair, said = told.judged.tracked, told.judged.judgement
    source = source_of(pair, later)
    return {
        words.indicator: pair.indicator,
        words.target_said: _said(pair.target, earlier),
        words.outcome_said: _said(pair.outcome, source) if pair.outcome else "",
        words.proposal: words.findings[told.proposal.finding],
        words.person: words.statuses[said.status] if said else "",
        words.judged_by: said.name if said else "",
        words.target: bounded(pair.target),
        words.outcome: bounded(pair.outcome) if pair.outcome else "",
        words.reason: told.proposal.reason,
        **({words.source: source.title if pair.outcome else ""} if len(later) > 1 else {}),
    }


def _said(row: Commitment, report: Report) -> str:
    """The clause of a row: several targets often stand in one sentence."""
    return clause_around(report.text, row.sentence, row.span).of(report.text).strip()


def empty_columns(rows: Sequence[Mapping[str, str]], columns: Sequence[str]) -> dict[str, None]:
    """Those of the columns in which no row has anything, as `column_config` takes what it is to hide."""
    return {name: None for name in columns if not any(row[name] for row in rows)}


def bounded(row: Commitment) -> str:
    """What a row promises or tells, with its bound: 1200万人以上; the words of one without a number."""
    return spoken(row.amount) if row.amount is not None else row.text


def next_target(keys: Sequence[str], now: str) -> str | None:
    """The target below the one that is open, in a list of them; the first one after the last, None where it is alone."""
    if now not in keys:
        return keys[0] if keys else None
    after = keys[(keys.index(now) + 1) % len(keys)]
    return after if after != now else None


def kept(
    told: Sequence[Told], earlier: Report, later: Sequence[Report], findings: Sequence[Finding], text: str
) -> tuple[Told, ...]:  # fmt: skip
    """Those of which one of `findings` (empty: any) is told and that hold every word of `text`."""
    wanted = typed(text).lower().split()

    def holds(one: Told) -> bool:
        pair = one.judged.tracked
        said = pair.target.sentence.of(earlier.text)
        said += pair.outcome.sentence.of(source_of(pair, later).text) if pair.outcome else ""
        about = simplified(pair.indicator + said).lower()
        return all(word in about for word in wanted)

    return tuple(one for one in told if (not findings or one.finding in findings) and holds(one))


def finding_labels(told: Sequence[Told], words: TrackingWording) -> dict[Finding, str]:
    """The findings that occur, each with of how many targets it is told: 已完成 12."""
    counts = Counter(one.finding for one in told)
    return {
        finding: f"{name} {counts[finding]}" for finding, name in words.findings.items() if counts[finding]
    }


def topic_line(total: TopicTotal, words: TrackingWording) -> dict[str, str | int]:
    """The promises of a field of work as a row: how many, and of how many each finding is told."""
    counts = {words.findings[finding]: count for finding, count in total.findings.items()}
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


def judged_count(told: Sequence[Told]) -> int:
    """How many targets a person has judged."""
    return sum(one.judged.judgement is not None for one in told)


def outcome_span(judged: Judged, later: Report) -> Span | None:
    """Where the words stand that the person goes by; None where the machine's outcome counts."""
    words = judged.judgement.outcome if judged.judgement else ""
    at = later.text.find(words) if words else -1
    return Span(at, at + len(words)) if at >= 0 else None


def last_judgement(made: Sequence[Judgement]) -> str:
    """What tells one state of the judgements from any other: they are only ever added to."""
    return f"{len(made)}:{made[-1] if made else ''}"


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


def verdicts_html(told: Told, words: TrackingWording, zone: str | None) -> str:
    """The machine's proposal and the person's word, one under the other."""
    said = told.judged.judgement
    person = (
        f"{_badge(Finding[said.status.name], words)} {html.escape(said.name)} · {html.escape(shown_time(said.at, zone))}"
        + (f"<br>{html.escape(said.note)}" if said.note else "")
        if said
        else html.escape(words.nobody_yet)
    )
    machine = f"{_badge(told.proposal.finding, words)} {html.escape(told.proposal.reason)}"
    return (
        f"<div class='wb-verdict'><span class='wb-who'>{html.escape(words.machine_says)}</span>{machine}</div>"
        f"<div class='wb-verdict'><span class='wb-who'>{html.escape(words.person_says)}</span>{person}</div>"
    )


def _badge(finding: Finding, words: TrackingWording) -> str:
    return f"<span class='wb-status {_LOOKS.get(finding, '')}'>{html.escape(words.findings[finding])}</span>"
