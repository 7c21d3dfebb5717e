"""The library of reports as a Python value: open it, add reports, ask, compare, list, track, prove."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable, Iterable
from contextlib import suppress
from os import PathLike
from pathlib import Path
from typing import Literal

from answers.commitments.extraction.report_rows import ReportRows
from answers.commitments.rows import StatementKind
from answers.commitments.search import Filter, Order
from answers.commitments.stored_proof import ledger_problems, mend_ledger
from answers.commitments.stored_update import bring_up
from answers.commitments.tracking.doubts import doubts
from answers.commitments.tracking.judgements import judgements
from answers.commitments.tracking.tracked_reports import TrackedReports
from answers.comparison.compare import CompareProgress, Comparer, not_a_comparison
from answers.engine import Answerer
from answers.feedback import Verdict
from answers.quoting.endpoint import Endpoint
from answers.service import CurrentAnswerer
from answers.understanding.follow_up import completed
from answers.understanding.parts import question_parts
from answers.understanding.question import understand
from embeddings import Encoder, WenbaoError, load_encoder
from embeddings.language import Language, Text
from indexer.errors import IndexFault
from indexer.library import add_reports, correct_metadata, remove_reports, repair_index
from indexer.location import default_index_directory, index_path, paths_of
from indexer.outcomes import FileResult
from indexer.people.changes import By, Door
from indexer.progress import BuildProgress
from indexer.proof.verify import verify_index
from indexer.report.correction import Correction, Level
from indexer.report.records import DocumentKind
from indexer.report.report import Report
from indexer.reports import Problem
from indexer.sources import report_files
from indexer.store.catalogue import ReportEntry
from wenbao import records
from wenbao.conversion import comparison_record, reply_record, tracking_record
from wenbao.current_reports import CurrentReports, several
from wenbao.late_encoder import LateEncoder
from wenbao.ledger_page import CommitmentPage, FoundCommitments
from wenbao.listing import ListedReport, ReportPage, TextRange, listed, report_page, text_range
from wenbao.saying import feedback_page, said_of_answer
from wenbao.writing import chosen_endpoint, written

FilePath = str | PathLike[str]
Progress = Callable[[records.Progress], object]
_SELF = By("", Door.PYTHON)


class Library:
    """Reports in an index directory, and what can be asked of them.

    It goes by what is on disk: what another process added or removed counts from the next call on.
    The model is loaded by the first call that needs it. Every method may be called from any thread.
    Where several names or files are expected, a lone string is one of them.

    >>> library = Library.open("my-index")
    >>> [result.outcome.value for result in library.add("seeds")]
    ['added']
    >>> [(report.name, report.region, report.year) for report in library.reports]
    [('000_f7ed5bf6a81e5e31', '浙江省宁波市', 2023)]
    >>> print(library.ask("有效发明专利拥有量达多少件？").answer)
    5.3万件
    """

    def __init__(self, directory: Path, load: Callable[[], Encoder], language: Language = "zh") -> None:
        self.directory = directory
        self._language = language
        self._encoder = LateEncoder(load)
        self._current = CurrentAnswerer(directory, self._encoder)
        self._stored = CurrentReports(directory)
        self._changing = threading.Lock()

    @classmethod
    def open(
        cls, path: FilePath | None = None, *, encoder: Encoder | None = None, language: Language = "zh"
    ) -> Library:
        """The library in the directory `path`, by default the one that the app and the command use.

        Where there is no index yet the library is empty: the first `add` makes the directory and the
        index. `encoder` takes the place of the model that `WENBAO_MODEL` names or that is bundled.
        Citations are written in `language`.

        Raises:
            IndexFault: `path` is a file, or the index there is another program's, damaged or too old.

        >>> Library.open("nowhere").reports
        []
        """
        directory = default_index_directory() if path is None else index_path(path).expanduser()
        if directory.exists() and not directory.is_dir():
            raise IndexFault(
                f"{directory} 是一个文件，不能放索引。请给出一个目录。",
                f"{directory} is a file and cannot hold an index. Give a directory.",
            )
        library = cls(directory, load_encoder if encoder is None else lambda: encoder, language)
        if library._stored.exist():
            library._stored.settings()
        return library

    @property
    def reports(self) -> list[Report]:
        """The reports, in the order they were added; none where there is no index yet.

        Each has `name`, `title`, `text`, `region`, `level`, `year` and `metadata`.

        Raises:
            IndexFault: the index is damaged, or a text is not what was indexed.
        """
        return list(self._stored.all()) if self._stored.exist() else []

    @property
    def catalogue(self) -> tuple[ReportEntry, ...]:
        """What is known of every report without reading its text, in the order they were added; none where there is no
        index yet.

        Each has `name`, `title`, `region`, `level`, `year`, `metadata`, `characters`, and the SHA-256 of its file
        (`source_digest`) and of its text (`text_digest`).

        Raises:
            IndexFault: the index is damaged.

        >>> [(entry.name, entry.characters) for entry in library.catalogue]
        [('000_f7ed5bf6a81e5e31', 4678)]
        """
        return self._stored.entries() if self._stored.exist() else ()

    def report_page(
        self, *, words: str = "", year: int | None = None, offset: int = 0, limit: int | None = None
    ) -> ReportPage:
        """What is known of the reports as flat records, at most `limit` from the one at `offset` on; only those whose name,
        title or place has all of `words`, and those of `year`. No text is read.

        Raises:
            IndexFault: the index is damaged.

        >>> page = library.report_page(words="宁波", year=2023)
        >>> page.total, page.reports[0].document
        (1, '000_f7ed5bf6a81e5e31')
        """
        return report_page(self.catalogue, words, year, offset, limit)

    def listed(self, name: str) -> ListedReport:
        """What is known of one report as a flat record, without reading its text.

        Raises:
            IndexFault: there is no such report, or no sound index.
        """
        return listed(self._stored.entry(name))

    def text_range(
        self, name: str, start: int = 0, end: int | None = None, *, most: int | None = None
    ) -> TextRange:
        """The characters of a report from `start` to `end` or to where it ends, at most `most` of them: what a quotation is
        checked against.

        Raises:
            SourceError: the report has no such range, or it is longer than `most`.
            IndexFault: as `report`.

        >>> library.text_range("000_f7ed5bf6a81e5e31", 3077, 3082).text
        '1500个'
        """
        return text_range(self.report(name), start, end, most)

    def report(self, name: str) -> Report:
        """One report, without reading the others.

        Raises:
            IndexFault: there is no such report, or its text is not what was indexed.

        >>> library.report("000_f7ed5bf6a81e5e31").text[3064:3083]
        '推进加氢站建设,新建充电桩1500个。'
        """
        (report,) = self._stored.named(name)
        return report

    def add(
        self,
        sources: FilePath | Iterable[FilePath],
        *,
        replace: bool = False,
        rows: bool | None = None,
        progress: Progress | None = None,
    ) -> list[FileResult]:
        """Add reports: files, and folders with all that is below them. One result for each file.

        One that cannot be read does not stop the others: its `outcome` is `Outcome.REFUSED`, its `error`
        says why. A report of a known name with another text replaces the old one only if `replace`.
        Of a table with a column of texts each row becomes a document if `rows`, the file as a whole if not; where that is
        None its content tells. `progress` is called with a `Progress`, which prints as a line.

        Raises:
            SourceError: a source does not exist, or a folder has no report in it.
            IndexFault: the index is foreign, damaged, made with another model, or cannot be written.
            ModelError: the model is missing or broken.
        """
        files = [path.expanduser() for path in paths_of(sources)]
        rows_of = None if rows is None else report_files(files) if rows else ()
        with self._changing:
            results = add_reports(
                files, self.directory, self._encoder,
                replacing=replace, rows_of=rows_of, progress=_of_build(progress),
            )  # fmt: skip
            with suppress(
                WenbaoError
            ):  # the reports are in; what is wrong with the ledger `commitments` tells
                bring_up(self.directory)
        return list(results)

    def remove(self, names: str | Iterable[str]) -> None:
        """Remove reports: all of them or, where there is none of a name, nothing.

        Raises:
            IndexFault: there is no report of a name, or the index cannot be read or written.

        >>> library.remove("000_f7ed5bf6a81e5e31")
        >>> library.reports
        []
        """
        with self._changing:
            remove_reports(several(names), self.directory)

    def correct(
        self,
        name: str,
        *,
        title: str | None = None,
        region: str | None = None,
        level: Level | None = None,
        year: int | None = None,
        issuer: str | None = None,
        meeting: str | None = None,
        date: str | None = None,
        speaker: str | None = None,
        kind: DocumentKind | None = None,
    ) -> Report:
        """Say what a report is, where that was read wrongly. What is None stays; "" empties a field.

        The model is needed only for another place or year, or a title where neither is known: they are embedded.

        Raises:
            CorrectionError: the title is empty, the year, the level or the kind is none that a report can have.
            IndexFault: there is no such report, or the index cannot be read or written.
            ModelError: the model is missing or broken.

        >>> library.correct("000_f7ed5bf6a81e5e31", speaker="市长 汤飞帆").metadata.speaker
        '市长 汤飞帆'
        """
        changes = Correction(
            title=title, region=region, level=level, year=year,
            issuer=issuer, meeting=meeting, date=date, speaker=speaker, kind=kind,
        ).changes()  # fmt: skip
        with self._changing:
            if changes:
                correct_metadata(name, self.directory, self._encoder, changes)
            (report,) = self._stored.named(name)
        return report

    def ask(
        self, question: str, documents: str | Iterable[str] | None = None, *, after: str | None = None
    ) -> records.Reply:
        """Answer a question from the reports that it is about, or from `documents` alone.

        `reply.answer` is None where the reports are taken not to answer. After the complete question `after` one that
        cannot stand alone (那去年呢？) is completed from it; `reply.question` is what was asked then.

        Raises:
            QuestionError: the question is empty, too long or no question.
            IndexFault: a document is not in the index, or there is no sound index.
            ModelError: a model is missing or broken.

        >>> reply = library.ask("有效发明专利拥有量达多少件？", documents="000_f7ed5bf6a81e5e31")
        >>> reply.answer.sentence
        '加强知识产权全链条保护,有效发明专利拥有量达5.3万件。'
        >>> reply.answer.is_verbatim
        True
        >>> print(reply.answer.citation)  # doctest: +ELLIPSIS
        “加强知识产权全链条保护,有效发明专利拥有量达5.3万件。”（《...》...，第 ... 段，第 ...—... 字；文件 SHA-256 ...）
        """
        understand(question)  # a bad question is refused before seconds are spent on the model
        asked = completed(question, after)
        names = self._stored.names(documents)
        return self._current.with_answerer(
            lambda now: reply_record(now.ask(asked, names), now.index, self._language)
        )

    def parts(self, question: str, *, after: str | None = None) -> list[str]:
        """The complete questions that were surely asked in one, at most 6, completed from `after` as in `ask`; else the one.
        Needs no model.

        Raises:
            QuestionError: the question is empty, too long or no question.

        >>> library.parts("今年GDP增速和城镇新增就业目标分别是多少？")
        ['今年GDP增速目标是多少？', '今年城镇新增就业目标是多少？']
        """
        understand(question)
        return list(question_parts(completed(question, after)))

    def ask_each(
        self, question: str, documents: str | Iterable[str] | None = None, *, after: str | None = None
    ) -> list[records.Reply]:
        """As `ask`, with a reply to each question of `parts`.

        Raises:
            QuestionError, IndexFault, ModelError: as `ask`.

        >>> replies = library.ask_each("新建充电桩多少个？有效发明专利拥有量达多少件？")
        >>> [(reply.question, str(reply.answer)) for reply in replies]
        [('新建充电桩多少个？', '1500个'), ('有效发明专利拥有量达多少件？', '5.3万件')]
        """
        parts = self.parts(question, after=after)
        names = self._stored.names(documents)
        return self._current.with_answerer(
            lambda now: [reply_record(now.ask(part, names), now.index, self._language) for part in parts]
        )

    def write(
        self,
        question: str,
        documents: str | Iterable[str] | None = None,
        *,
        endpoint: Endpoint | None = None,
    ) -> records.Written:
        """As `ask`, and sentences that a language model of the user's own writes over the passages; it may only quote.

        The question and at most six passages are sent to `endpoint`, by default the one that `WENBAO_LLM_URL` and
        `WENBAO_LLM_MODEL` name; nothing is sent where the reports are silent. Every sentence is proven against the
        reports, and struck out where it does not rest on its quotations. What is wrong with the model is told in `error`:
        the reply stands without it.

        Raises:
            EndpointError: none is given and none is configured, or it is configured wrongly.
            QuestionError, IndexFault, ModelError: as `ask`.
        """
        chosen = chosen_endpoint(endpoint)
        understand(question)
        return written(self._current, question, self._stored.names(documents), chosen, self._language)

    def say(
        self, question: str, answer: str | None, verdict: Verdict | Literal["right", "wrong", "passage", "absent"],
        documents: str | Iterable[str] | None = None, *, wanted: str = "", note: str = "", by: By = _SELF,
    ) -> records.Feedback:  # fmt: skip
        """Keep what somebody says of the answer to a question, asked with the same `documents`: it counts in `evaluate`.

        `answer` is the text of the answer that he had, None where there was none; `wanted` are the right words, as one of
        the reports of the reply has them.

        Raises:
            AnswerDiffers: the answer is another by now.
            FeedbackError: `verdict` is none that can be said of it, a text is too long, or `wanted` stands nowhere.
            QuestionError, IndexFault, ModelError: as `ask`.
        """
        understand(question)
        names = self._stored.names(documents)
        return said_of_answer(
            self._current, self.directory, question, names, answer, verdict, wanted, note, by
        )

    def feedback(self) -> list[records.Feedback]:
        """What people said of answers, the newest first.

        Raises:
            FeedbackError, IndexFault: it cannot be read, or the index cannot.
        """
        return list(feedback_page(self.directory).feedback)

    def compare(
        self,
        question: str,
        documents: str | Iterable[str] | None = None,
        *,
        progress: Progress | None = None,
    ) -> records.Comparison:
        """Put one question to several reports, each on its own.

        The question names regions, years, 各省 or 近三年; or `documents` says which reports.

        Raises:
            QuestionError: as `ask`, or the question does not say which reports to compare.
            IndexFault, ModelError: as `ask`.

        >>> comparison = library.compare("有效发明专利拥有量", documents="000_f7ed5bf6a81e5e31")
        >>> [(cell.region, cell.column, cell.text) for cell in comparison.cells]
        [('浙江省宁波市', '2023年目标', '5.3万件')]
        """
        understand(question)
        names = self._stored.names(documents)

        def compared(answerer: Answerer) -> records.Comparison:
            comparer = Comparer(answerer)
            plan = comparer.plan(question, names)
            if plan is None:
                raise not_a_comparison(question)

            def told(step: CompareProgress) -> None:
                if progress is not None:
                    title = answerer.index.report(step.document).title
                    progress(records.Progress(title, step.done, step.total))

            return comparison_record(comparer.compare(plan, told), answerer.index, self._language)

        return self._current.with_answerer(compared)

    def commitments(
        self,
        documents: str | Iterable[str] | None = None,
        *,
        text: str = "",
        kind: StatementKind | Literal["target", "achieved"] | None = None,
        unnumbered: bool = False,
    ) -> records.Rows[records.Commitment]:
        """The targets and the results that the reports state with a number, in the order of the text.

        Only those with all the words of `text` in their sentence, headings or object, and only targets or
        results where `kind` says so; also promises without a number where `unnumbered`. Needs no model.

        Raises:
            IndexFault: a document is not in the index, or there is no sound index.

        >>> patents = library.commitments(text="发明专利")
        >>> [(row.text, row.value, row.unit, row.kind, row.year) for row in patents]
        [('5.3万件', 53000, '件', 'target', 2023)]
        >>> patents.to_frame()[["object", "value", "unit"]].values.tolist()
        [['有效发明专利拥有量', 53000.0, '件']]
        """
        kinds = (StatementKind(kind),) if kind else ()
        wanted = Filter(text=text, kinds=kinds, numbered=not unnumbered)
        return records.Rows(records.Commitment, self._found(wanted, documents).all())

    def commitment_page(
        self,
        wanted: Filter | None = None,
        documents: str | Iterable[str] | None = None,
        *,
        order: Order | Literal["place", "largest", "smallest", "year"] = Order.PLACE,
        offset: int = 0,
        limit: int = 100,
    ) -> CommitmentPage:
        """At most `limit` of the rows that the filter `wanted` finds, by default those with a number, from the one at `offset`
        on: for programs that list a large ledger. Needs no model.

        Raises:
            IndexFault, LedgerError: as `commitments`.

        >>> page = library.commitment_page(limit=2)
        >>> len(page.commitments), page.next_offset
        (2, 2)
        """
        found = self._found(wanted or Filter(numbered=True), documents)
        return found.page(Order(order), offset, limit)

    def _found(self, wanted: Filter, documents: str | Iterable[str] | None) -> FoundCommitments:
        return FoundCommitments(self.directory, self._stored, wanted, documents, self._language)

    def track(
        self, earlier: str, later: str | Iterable[str], *, unnumbered: bool = False
    ) -> list[records.Tracked]:
        """Every numbered target of the report `earlier`, with what the document `later`, or several, say of it; also promises without a
        number (开工建设宁波西站) where `unnumbered`.

        The machine proposes only what the numbers, or the words, prove; what people judged in the app comes with it.
        Needs no model. A report in which no target or no result was read is warned of.

        Raises:
            LedgerError: the reports are of different places, or `later` is not the later one.
            IndexFault: there is no such report, or no sound index.
        """
        found = self.tracking(earlier, later, unnumbered=unnumbered)
        for doubt in found.doubts:
            warnings.warn(doubt, stacklevel=2)
        return list(found.tracked)

    def tracking(
        self, earlier: str, later: str | Iterable[str], *, unnumbered: bool = False
    ) -> records.Tracking:
        """As `track`, with what speaks against trusting it beside it instead of a warning: for programs that serve others.

        Raises:
            LedgerError, IndexFault: as `track`.
        """
        (one,), others = self._stored.named(earlier), self._stored.named(later)
        tracked = TrackedReports.of(one, others, unnumbered).with_judgements(judgements(self.directory))
        return tracking_record(tracked, self._language)

    def doubts(self, earlier: str, later: str) -> list[Text]:
        """What speaks against trusting what `track` says of these two, in Chinese (`zh`) and English (`en`); `track` warns
        of the same, `tracking` has it beside the targets.

        Raises:
            IndexFault: there is no such report, or no sound index.
        """
        return list(doubts(ReportRows.of(self.report(earlier)), ReportRows.telling(self.report(later))))

    def verify(self) -> list[Problem]:
        """What is wrong with the index: everything that is kept is checked, to the last column; none where all is sound.

        Raises:
            IndexFault: it is missing or foreign, or so damaged that it cannot be read.

        >>> library.verify()
        []
        """
        return [*verify_index(self.directory), *ledger_problems(self.directory)]

    def repair(self, *, progress: Progress | None = None) -> list[Problem]:
        """Make the index whole again from the texts in it; nothing is embedded again unless it has to be.

        What could not be had back is told: a report whose text was altered and whose file is gone leaves the index.

        Raises:
            IndexFault: the file of the index cannot be read at all, or not be written.
            ModelError: the model is missing or broken.
        """
        with self._changing:
            notices = repair_index(self.directory, self._encoder, _of_build(progress))
            mend_ledger(self.directory)
        return list(notices)

    def __repr__(self) -> str:
        return f"Library({str(self.directory)!r})"


def _of_build(progress: Progress | None) -> Callable[[BuildProgress], None] | None:
    if progress is None:
        return None

    def told(step: BuildProgress) -> None:
        progress(records.Progress(step.title, step.done, step.total))

    return told
