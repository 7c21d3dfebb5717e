"""What the page 文库 shows of a report and of a file: decisions without any drawing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from answers.evaluation.from_feedback import LACKS, QuestionSet
from answers.feedback import VERDICTS, Feedback
from indexer.outcomes import FileResult
from indexer.progress import BuildProgress, Step, time_left
from indexer.report.records import DocumentKind, FieldOrigin, Metadata
from indexer.store.catalogue import ReportEntry
from indexer.text.file_names import readable
from views.library.wording import LibraryWording
from views.shared.markup import plain
from views.shared.progress import Bar
from views.shared.times import shown_time
from views.shared.titles import matching


def report_entries(
    reports: Sequence[ReportEntry], text: str, years: Collection[int]
) -> Iterator[ReportEntry]:
    """The reports that hold every word of `text` and are of one of these years; of any where none is given."""
    for report in matching(reports, text):
        if not years or report.year in years:
            yield report


def report_row(report: ReportEntry, words: LibraryWording) -> dict[str, str | int | None]:
    """A report as a row of the table; a guessed or disputed region or kind is marked as one."""
    meta = report.metadata
    doubtful = {origin.field for origin in meta.origins if origin.is_doubtful}

    def shown(field: str, value: str) -> str:
        return f"{value}{words.guess}" if value and field in doubtful else value

    return {
        words.title: meta.title,
        words.kind: shown("kind", kind_words(meta.kind, words)),
        words.region: shown("region", meta.region),
        words.level: meta.level,
        words.year: meta.year,
        words.issuer: meta.issuer,
        words.characters: report.characters,
        words.passages: report.passages,
        words.file: report.name,
    }


def origin_words(meta: Metadata, words: LibraryWording) -> dict[str, str]:
    """For each field that has a value, where it comes from."""
    return {origin.field: _origin_words(origin, meta, words) for origin in meta.origins}


def _origin_words(origin: FieldOrigin, meta: Metadata, words: LibraryWording) -> str:
    said = words.origins[origin.origin]
    if origin.field == "kind":
        said = f"{said}{words.chance.format(percent=round(100 * meta.kind_chance))}"
    if origin.against and origin.against_origin is not None:
        said += words.against.format(origin=words.origins[origin.against_origin], value=origin.against)
    return said


def kind_words(kind: DocumentKind | None, words: LibraryWording) -> str:
    """What a kind of document is called; empty where nobody looked."""
    return kind.label.words(words.language) if kind is not None else ""


def edited(meta: Metadata, values: dict[str, str | int | None]) -> dict[str, str | int | None]:
    """The fields whose value the user changed; a title that was emptied stays as it was."""
    changes: dict[str, str | int | None] = {}
    for field, value in values.items():
        new = value.strip() if isinstance(value, str) else value
        if new != getattr(meta, field) and not (field == "title" and not new):
            changes[field] = new
    return changes


def several_edited(meta: Metadata, values: Mapping[str, str | int | None]) -> dict[str, str | int | None]:
    """What changes of one of several reports by values that are said of all; an empty one leaves it as it is."""
    return edited(meta, {field: value for field, value in values.items() if str(value or "").strip()})


def corrected_words(meta: Metadata, changes: Mapping[str, str | int | None], words: LibraryWording) -> str:
    """What a correction changed: 已更正《…》：地区 江苏省 → 浙江省；年份 — → 2025."""
    labels = {**words.fields, "level": words.level, "year": words.year, "kind": words.kind}

    def shown(value: object) -> str:
        return kind_words(value, words) if isinstance(value, DocumentKind) else str(value or "—")

    told = [f"{labels[field]} {shown(getattr(meta, field))} → {shown(new)}" for field, new in changes.items()]
    return words.corrected.format(title=meta.title, changes=words.also.join(told))


def result_line(result: FileResult, words: LibraryWording) -> str:
    """One line for what became of a file."""
    path = readable(result.path)
    name = Path(path).name
    # A visitor is told of the file, not where the server has put it.
    reason = result.error.message(words.language).replace(path, name) if result.error else ""
    line = words.outcomes[result.outcome].format(file=name, document=result.document or "")
    return f"{line} {reason}".strip()


def feedback_line(one: Feedback, words: LibraryWording, zone: str | None) -> dict[str, str]:
    """What somebody said of an answer, as a row of the table."""
    return {
        words.feedback_at: shown_time(one.at, zone),
        words.feedback_question: one.question,
        words.feedback_verdict: VERDICTS[one.verdict].words(words.language),
        words.feedback_answer: one.answer or words.feedback_silent,
        words.feedback_wanted: one.wanted,
        words.feedback_note: one.note,
        words.feedback_name: one.name,
    }


def feedback_told(found: QuestionSet, words: LibraryWording) -> str:
    """How many questions the set has, and how many are left out for what reason; for Markdown."""
    told = [words.set_has.format(count=len(found.questions))]
    counts = Counter(left.lack for left in found.left_out)
    told += [
        words.set_lacks.format(count=count, why=LACKS[lack].words(words.language))
        for lack, count in counts.items()
    ]
    return plain(words.also.join(told))


def import_bar(progress: BuildProgress, words: LibraryWording) -> Bar:
    """How many of the files are done, what is being done with the one at hand, and the time that is left."""
    at_hand = words.steps[progress.step].format(
        title=progress.title, page=progress.page, file=progress.file, files=progress.files
    )
    done = words.files_done.format(finished=progress.file - 1, files=progress.files)
    is_listing = progress.step is Step.LISTING
    told = filter(None, ("" if is_listing else done, at_hand, time_left(progress, words.language)))
    return Bar(1.0 if is_listing else progress.done / max(1, progress.total), words.apart.join(told))


def bar(progress: BuildProgress, words: LibraryWording, doing: str) -> Bar:
    """How far reports are, and the time that is left as soon as it can be told. `doing` says what is done."""
    text = doing.format(title=progress.title, file=progress.file, files=progress.files)
    told = filter(None, (text, time_left(progress, words.language)))
    return Bar(progress.done / max(1, progress.total), words.apart.join(told))
