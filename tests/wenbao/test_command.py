from __future__ import annotations

import importlib
import os
import re
import shlex
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import typer

import answers.__main__
import indexer.__main__
import wenbao
import wenbao.command
import wenbao.start_app
from answers.commitments.stored_file import LEDGER_NAME
from answers.commitments.stored_update import bring_up
from tests.conftest import ROOT, SEED_NAME
from tests.fake_encoder import FakeEncoder
from tests.ports import free_port

OTHERS = {"answers.__main__": answers.__main__.app, "indexer.__main__": indexer.__main__.app}
PAGE = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
LINES = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.S) for line in block.splitlines()]
EXAMPLES = [line for line in LINES if line.startswith("wenbao ")]


def commands(app: typer.Typer) -> dict[str, Any]:
    group: Any = typer.main.get_command(app)
    return dict(group.commands)


def options(command: Any) -> set[str]:
    return {option for parameter in command.params for option in parameter.opts}


def run(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
    )  # fmt: skip


def test_every_command_of_the_other_command_lines_is_one_of_wenbao() -> None:
    known = {(module, name) for module, app in OTHERS.items() for name in commands(app)}
    assert {(shared.module, shared.name) for shared in wenbao.command.SHARED} == known
    own = {"app", "serve", "people", "mcp"}
    assert set(commands(wenbao.command.app)) == {name for _, name in known} | own


@pytest.mark.parametrize("shared", wenbao.command.SHARED, ids=lambda shared: shared.name)
def test_it_has_the_same_help_and_options_as_there(shared: Any) -> None:
    there = commands(OTHERS[shared.module])[shared.name]
    assert shared.help == (there.help or "").strip().splitlines()[0]
    assert options(wenbao.command.shared_command(shared)) == options(there)


@pytest.mark.parametrize(
    ("name", "module"), [("ask", "answers"), ("commitments", "answers"), ("add", "indexer")]
)
def test_its_help_is_printed_as_there(
    name: str, module: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for main in (wenbao.command.main, sys.modules[f"{module}.__main__"].main):
        monkeypatch.setattr(sys, "argv", ["wenbao", name, "--help"])
        with pytest.raises(SystemExit) as ended:
            main()
        assert not ended.value.code
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    assert "--index" in said[0]


def test_a_question_is_answered_as_by_the_other_command(
    built_index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("answers.command_line.load_encoder", FakeEncoder)
    monkeypatch.setattr(
        sys, "argv", ["wenbao", "ask", "有效发明专利拥有量达多少件？", "--index", str(built_index)]
    )
    with pytest.raises(SystemExit) as ended:
        wenbao.command.main()
    assert not ended.value.code
    assert capsys.readouterr().out.startswith("5.3万件")


def test_verify_proves_the_ledger_too_and_repair_makes_it_anew(
    index_directory: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("indexer.shown_progress.load_encoder", FakeEncoder)

    def ends(name: str) -> int:
        monkeypatch.setattr(sys, "argv", ["wenbao", name, "--index", str(index_directory)])
        with pytest.raises(SystemExit) as ended:
            wenbao.command.main()
        return int(str(ended.value.code or 0))

    bring_up(index_directory)
    assert ends("verify") == 0
    with closing(sqlite3.connect(index_directory / LEDGER_NAME)) as connection:
        connection.execute("UPDATE quoted SET object = 'other' WHERE id = (SELECT min(id) FROM quoted)")
        connection.commit()
    assert ends("verify") == 1
    assert "wenbao repair" in capsys.readouterr().err
    assert ends("repair") == 0
    assert ends("verify") == 0


def test_an_error_is_one_message_and_status_2(tmp_path: Path) -> None:
    ended = run("-m", "wenbao", "list", "--index", str(tmp_path), cwd=tmp_path)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "没有索引" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_help_and_version_come_at_once_and_import_nothing_heavy(tmp_path: Path) -> None:
    program = (
        "import sys, wenbao.command\n"
        "for sys.argv in (['wenbao', '--help'], ['wenbao', '--version']):\n"
        "    try: wenbao.command.main()\n"
        "    except SystemExit as ended: assert not ended.code\n"
        "print(*sys.modules)"
    )
    before = os.times().children_user
    ended = run("-c", program, cwd=tmp_path)
    seconds = os.times().children_user - before
    assert ended.returncode == 0, ended.stderr
    assert f"wenbao {wenbao.__version__}" in ended.stdout
    for name in commands(wenbao.command.app):
        assert name in ended.stdout
    loaded = set(ended.stdout.splitlines()[-1].split())
    heavy = {"torch", "streamlit", "faiss", "transformers", "sklearn", "lxml", "onnxruntime", "answers"}
    assert "wenbao.command" in loaded
    assert not loaded & heavy
    assert seconds < 1


def test_the_entry_point_is_there_and_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    module, _, function = project["scripts"]["wenbao"].partition(":")
    assert callable(getattr(importlib.import_module(module), function))
    assert wenbao.__version__ == project["version"]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_command_and_option_of_the_page_exists(example: str) -> None:
    words = shlex.split(example)[1:]
    if words == ["--version"]:
        return
    known = commands(wenbao.command.app)
    assert words[0] in known, f"{words[0]} is no command of wenbao"
    shared = {shared.name: shared for shared in wenbao.command.SHARED}.get(words[0])
    found = wenbao.command.shared_command(shared) if shared else known[words[0]]
    if hasattr(found, "commands"):
        found = found.commands[words[1]]
    for word in words[1:]:
        if word.startswith("--"):
            assert word in options(found), f"{word} is no option of {words[0]}"


def test_the_page_shows_every_command() -> None:
    assert {shlex.split(example)[1] for example in EXAMPLES} == {*commands(wenbao.command.app), "--version"}


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def started(tmp_path: Path, built_index: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """`wenbao app`, started in a folder whose own settings would open it to the network."""
    (tmp_path / ".streamlit").mkdir()
    hostile = '[server]\naddress = "0.0.0.0"\n[browser]\ngatherUsageStats = true\n'
    (tmp_path / ".streamlit" / "config.toml").write_text(hostile)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "BROWSER": "true"}
    command = [sys.executable, "-m", "wenbao", "app", "--port", str(port), "--index", str(built_index)]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as app:
        try:
            yield app
        finally:
            app.terminate()


@pytest.mark.browser
def test_the_app_starts_anywhere_with_the_settings_of_the_project(
    started: subprocess.Popen[bytes], port: int
) -> None:
    assert answers_at("127.0.0.1", port, seconds=60)
    assert not answers_at(socket.gethostbyname(socket.gethostname()), port) or loopback_only()
    started.send_signal(signal.SIGTERM)
    assert started.wait(20) is not None
    time.sleep(0.5)
    assert not answers_at("127.0.0.1", port)
    assert started.stdout is not None
    assert b"usage statistics" not in started.stdout.read().lower()


def loopback_only() -> bool:
    """Whether the computer's own name leads to itself only, so that there is no other address to try."""
    return socket.gethostbyname(socket.gethostname()).startswith("127.")


def answers_at(address: str, port: int, seconds: float = 0.0) -> bool:
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(f"http://{address}:{port}/_stcore/health", timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            if time.monotonic() > deadline:
                return False
            time.sleep(0.3)


def test_the_app_is_started_with_the_chosen_index_and_port(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[list[str], dict[str, str]]] = []

    def keep(command: list[str], environment: dict[str, str]) -> int:
        seen.append((command, environment))
        return 3

    monkeypatch.setattr(wenbao.start_app, "_run", keep)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["wenbao", "app", "--port", "8600", "--index", "my-index"])
    with pytest.raises(SystemExit) as ended:
        wenbao.command.main()
    ((command, environment),) = seen
    assert ended.value.code == 3
    assert command == [
        sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", "8600",
    ]  # fmt: skip
    assert environment["WENBAO_INDEX"] == str(tmp_path / "my-index")


def test_the_settings_of_the_server_lie_beside_the_script() -> None:
    settings = wenbao.start_app.app_script().parent / ".streamlit" / "config.toml"
    read = tomllib.loads(settings.read_text(encoding="utf-8"))
    assert read["server"]["address"] == "localhost"
    assert read["server"]["fileWatcherType"] == "none"
    assert read["browser"]["gatherUsageStats"] is False


def test_the_report_of_the_examples_is_the_one_that_ships() -> None:
    assert SEED_NAME in PAGE
