"""Whether two reports were read well enough for tracking: a whole report without a target or a result is said loudly."""

from __future__ import annotations

from collections.abc import Iterator

from answers.commitments.extraction.report_rows import ReportRows
from answers.commitments.rows import StatementKind
from embeddings.language import Text

_LONG = 3_000  # characters: a report of that length has figures
_FEW = 3


def doubts(earlier: ReportRows, later: ReportRows) -> tuple[Text, ...]:
    """What speaks against trusting what is tracked from one report into another, for people: that the earlier has (almost)
    no target though it has results, the later (almost) no result though it has targets, or either no figure at all."""
    return (
        *_doubts(earlier, StatementKind.TARGET, Text("目标", "targets"), Text("结果", "results")),
        *_doubts(later, StatementKind.ACHIEVED, Text("结果", "results"), Text("目标", "targets")),
    )


def _doubts(read: ReportRows, wanted: StatementKind, sought: Text, other: Text) -> Iterator[Text]:
    report = read.report
    if len(report.text) < _LONG:
        return
    found = len(read.of_kind(wanted))
    if found >= _FEW:
        return
    yield Text(
        f"注意：{report.name} 全文只读出 {found} 个带数字的{sought.zh}（{other.zh} {len(read.rows) - found} 个），很可能是没有读对，"
        "下面的“没有出现这些词”和“没有找到明确答案”不可信。请在报告页核对它的小标题和年份，必要时在文库里改正。",
        f"Beware: in all of {report.name} only {found} {sought.en} with a number were read ({len(read.rows) - found} "
        f"{other.en}); it was probably misread, and «these words do not occur» and «no clear answer» below prove nothing. Look at its headings and its "
        "year, and correct them in the library.",
    )
