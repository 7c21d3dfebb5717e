"""The command `wenbao`: everything that `python -m indexer` and `python -m answers` do, and the app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from indexer.command_line import new_app, run, say, tell
from indexer.location import default_index_directory
from indexer.store.servers import shown
from wenbao.http.commands import serve_http
from wenbao.mcp.start_mcp import start_mcp
from wenbao.people_commands import people_app
from wenbao.start_app import start_app
from wenbao.version import version


@dataclass(frozen=True, slots=True)
class _Shared:
    """A command of another command line: where it is, and the first line of its help.

    `adds`: whether it may add reports, so that the ledger is brought up to date after it. `proves`: whether it proves
    the index, so that the ledger is proved with it. `mends`: whether it mends the index, and so the ledger.
    """

    name: str
    module: str
    help: str
    adds: bool = False
    proves: bool = False
    mends: bool = False


_ANSWERS, _INDEXER = "answers.__main__", "indexer.__main__"
SHARED = (
    _Shared("ask", _ANSWERS, "提问。Ask one question, or every question of a file."),
    _Shared("compare", _ANSWERS, "比较。Put one question to several reports, each on its own."),
    _Shared("commitments", _ANSWERS, "列出报告的量化承诺和结果。List the quantified targets and results of reports."),
    _Shared("track", _ANSWERS, "对照兑现情况。Put the targets of one report beside what a later one says of them."),
    _Shared("promises", _ANSWERS, "某地某年的承诺后来怎样了。What became of everything that a place promised in a year."),
    _Shared("years", _ANSWERS, "一个指标，一年一年的目标和结果。One indicator of one place, year after year."),
    _Shared("add", _INDEXER, "加入报告，不动其他报告。Add reports; the others stay as they are.", adds=True),
    _Shared("build", _INDEXER, "建立索引，替换原有的索引。Build an index of exactly these reports.", adds=True),
    _Shared("list", _INDEXER, "列出报告。List the reports."),
    _Shared("remove", _INDEXER, "移除报告。Remove reports."),
    _Shared("status", _INDEXER, "索引里有什么，用什么模型建立。What the index holds and which model made it."),
    _Shared("verify", _INDEXER, "逐字核对索引；有问题时以 1 退出。Check every span and vector; exit 1 on a problem.", proves=True),
    _Shared("repair", _INDEXER, "依据库中的正文修复索引；正文未变的不重新计算向量。Mend the index from the texts in its store.", adds=True, mends=True),
    _Shared("migrate", _INDEXER, "把索引连同向量复制到服务器或另一个目录，不重新嵌入。Copy an index, vectors and all, to servers or a folder."),
    _Shared("backup", _INDEXER, "备份索引、人工认定和上传的文件，使用中也可以。Save the index, judgements and uploads in one file, also while in use."),
    _Shared("restore", _INDEXER, "从备份恢复索引；不加 --replace 不动已有的索引。Bring an index back from a backup; one that is there is left alone.", adds=True),
    _Shared("evaluate", _ANSWERS, "评测。Ask a set of questions with known answers, and tell how good the answers are."),
    _Shared("calibrate", _ANSWERS, "用已知答案的问题拟合把握度。Fit the confidence to runs of `ask --questions --json` or `evaluate --write`."),
    _Shared("log", _ANSWERS, "列出谁在什么时候改了什么，每行一个 JSON，或写成表。Tell who changed what and when, a line of JSON each, or write it as a table."),
    _Shared("feedback", _ANSWERS, "列出对答案的反馈，或写成题集。List what people said of answers, or write it as a question set."),
)  # fmt: skip


def _with_ledger(work: Callable[..., Any], mends: bool) -> Callable[..., Any]:
    """A command of the index that has the ledger too up to date when it is done; the index itself knows of none."""

    def done(index: Path | None = None, **options: Any) -> Any:
        result = work(index=index, **options)
        from answers.commitments.current_ledger import current_ledger
        from answers.commitments.stored_proof import mend_ledger

        if mends:
            mend_ledger(index or default_index_directory())
        current_ledger(index or default_index_directory())
        return result

    return done


def _with_proof(work: Callable[..., Any]) -> Callable[..., Any]:
    """The command that proves the index, which proves the ledger after it."""

    def done(index: Path | None = None) -> None:
        from answers.commitments.stored_proof import ledger_problems

        directory = index or default_index_directory()
        problems = ledger_problems(directory)
        for problem in problems:
            tell(f"问题：{problem.document} {problem.zh}", "red")
        work(index=index)
        if problems:
            tell(f"请修复台账：wenbao repair --index {shown(directory)}")
            raise typer.Exit(1)

    return done


class _LateCommand(TyperCommand):
    """Stands in a list of commands for one whose module is imported when it is called.

    The answering engine takes a second to import, which `wenbao --help` need not wait for.
    """

    def __init__(self, shared: _Shared) -> None:
        super().__init__(shared.name, callback=None, help=shared.help)
        self._shared = shared

    def make_context(self, *arguments: Any, **options: Any) -> Any:
        """The context of the command itself, which is then what runs."""
        command = shared_command(self._shared)
        if self._shared.adds:
            command.callback = _with_ledger(command.callback, self._shared.mends)
        if self._shared.proves:
            command.callback = _with_proof(command.callback)
        return command.make_context(*arguments, **options)


class _Commands(TyperGroup):
    """The commands of all command lines, and those that were registered here."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        for shared in SHARED:
            self.add_command(_LateCommand(shared))


app = new_app(
    "问报：用政府工作报告的原话回答问题。Answers from government work reports, in their own words.", _Commands
)


def _print_version(wanted: bool) -> None:
    if wanted:
        say(f"wenbao {version()}")
        raise typer.Exit


@app.callback()
def _wenbao(
    version: Annotated[
        bool,
        typer.Option("--version", help="版本 Print the version", callback=_print_version, is_eager=True),
    ] = False,
) -> None:
    """Holds what is no command of its own."""


app.command("app")(start_app)
app.command("serve")(serve_http)
app.add_typer(people_app, name="people")
app.command("mcp")(start_mcp)


def shared_command(shared: _Shared) -> Any:
    """The command itself, from the command line that it belongs to."""
    group: Any = typer.main.get_command(import_module(shared.module).app)
    return group.commands[shared.name]


def main() -> None:
    """Run the command line."""
    run(app)
