from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import answers.__main__ as answers_cli
import answers.command_line
import indexer.__main__ as indexer_cli
import indexer.shown_progress as shown_progress
from indexer.store.writing import refresh_vectors
from tests.conftest import ROOT, SEED_NAME, SEEDS
from tests.fake_encoder import FakeEncoder
from tests.index_files import alter, vector_files, write_report


@dataclass(frozen=True)
class Ended:
    """How a command ended; line breaks that the terminal's width made are taken out of `err`."""

    status: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `indexer` or `answers` with arguments in this process, with the fake encoder for a model."""

    def command(name: str, *arguments: object) -> Ended:
        monkeypatch.setattr(sys, "argv", [name, *map(str, arguments)])
        main = indexer_cli.main if name == "indexer" else answers_cli.main
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return Ended(int(ended.value.code or 0), out, err.replace("\n", ""))

    for module in (shown_progress, answers.command_line):
        monkeypatch.setattr(module, "load_encoder", FakeEncoder)
    return command


def test_build_status_and_verify_go_through(run: Run, tmp_path: Path) -> None:
    index = tmp_path / "index"
    built = run("indexer", "build", SEEDS, "--index", index)
    assert (built.status, "1份报告" in re.sub(r"\s", "", built.out)) == (0, True)
    shown = run("indexer", "status", "--index", index)
    assert shown.status == 0
    assert "fake-bigrams" in shown.out
    assert "2023" in shown.out
    assert "4678" in shown.out
    assert shown.err == ""
    proven = run("indexer", "verify", "--index", index)
    assert (proven.status, "完好" in proven.out) == (0, True)


@pytest.mark.parametrize("command", ["build", "add"])
def test_twins_doubts_and_what_is_no_report_are_told(run: Run, tmp_path: Path, command: str) -> None:
    folder, index = tmp_path / "in", tmp_path / "index"
    report = "——2023年1月15日在宿州市第六届人民代表大会第二次会议上\n各位代表：\n我代表市人民政府报告工作。"
    write_report(folder / "宿迁市", "2023", report)
    write_report(folder / "宿迁市", "同一份", report)
    write_report(folder, "天气", "市气象台预报：今天夜里到明天晴，最高气温25度，最低气温15度。后天有小雨。")
    told = run("indexer", command, folder, "--index", index)
    assert told.status == 0
    both = re.sub(r"\s", "", told.out + told.err)
    assert "完全相同" in both and "“天气”看来不是" in both
    rows = {
        row["document"]: row
        for row in map(json.loads, run("indexer", "list", "--json", "--index", index).out.splitlines())
    }
    assert (rows["2023"]["region"], rows["2023"]["disputed"]) == ("安徽省宿州市", {"region": "江苏省宿迁市"})
    assert rows["天气"]["kind"] == "other"
    listed = re.sub(r"[\s│]", "", run("indexer", "list", "--index", index).out)
    assert "存疑" in listed and "其他" in listed


@pytest.mark.parametrize("command", ["build", "add"])
def test_how_a_table_of_texts_was_taken_is_told_and_can_be_said(
    run: Run, tmp_path: Path, command: str
) -> None:
    path = tmp_path / "各省.csv"
    path.write_text("地区,正文\n江苏省,新增就业二十万人。\n浙江省,新增就业三十万人。\n", encoding="utf-8")
    for options, names, told in (
        ((), {"各省 第1行", "各省 第2行"}, "--no-rows"), (("--no-rows",), {"各省"}, "--rows"),
        (("--rows",), {"各省 第1行", "各省 第2行"}, "--no-rows"),
    ):  # fmt: skip
        index = tmp_path / f"index{'-'.join(options)}"
        ended = run("indexer", command, path, "--index", index, *options)
        assert ended.status == 0 and told in ended.err, ended
        listed = run("indexer", "list", "--json", "--index", index).out.splitlines()
        assert {json.loads(line)["document"] for line in listed} == names


def test_build_tells_what_it_left_out(run: Run, tmp_path: Path) -> None:
    write_report(tmp_path / "in", "甲", "今年新增就业20万人。")
    write_report(tmp_path / "in", "空的", "")
    built = run("indexer", "build", tmp_path / "in", "--index", tmp_path / "index")
    assert built.status == 0
    assert "空的.txt" in built.err


def test_the_index_may_be_named_in_the_environment(
    run: Run, built_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENBAO_INDEX", str(built_index))
    assert run("indexer", "status").status == 0
    assert run("answers", "ask", "有效发明专利拥有量达多少件？").status == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build", "{tmp}/nowhere"], "nowhere"),
        (["build", "{tmp}"], "没有报告"),
        (["build", "{tmp}/file"], "file"),
        (["build", "{seeds}", "--index", "{tmp}/file"], "--index"),
        (["status", "--index", "{tmp}"], "python -m indexer build"),
        (["verify", "--index", "{tmp}"], "python -m indexer build"),
        (["verify", "--index", "{tmp}/file"], "python -m indexer build"),
    ],
)
def test_an_error_of_the_indexer_is_one_message_and_status_2(
    run: Run, tmp_path: Path, arguments: list[str], said: str
) -> None:
    (tmp_path / "file").touch()
    ended = run("indexer", *(a.format(tmp=tmp_path, seeds=SEEDS) for a in arguments))
    assert (ended.status, ended.out) == (2, "")
    assert said in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask"], "--questions"),
        (["ask", "多少？", "--questions", "{tmp}/file"], "--questions"),
        (["ask", ""], "空"),
        (["ask", "😀"], "没有看懂"),
        (["ask", "问" * 10_000], "10000"),
        (["ask", "多少？", "--index", "{tmp}"], "python -m indexer build"),
        (["ask", "多少？", "--document", "乙报告"], "乙报告"),
        (["ask", "--questions", "{tmp}/nowhere"], "nowhere"),
        (["ask", "--questions", "{tmp}/file"], "file"),
        (["calibrate", "{tmp}/file"], "成对"),
        (["calibrate", "{tmp}/file", "{tmp}/nowhere"], "nowhere"),
        (["calibrate", "{tmp}/file", "{tmp}/file"], "没有问题"),
        (["calibrate", "{tmp}/bad", "{tmp}/bad"], "bad"),
        (["calibrate", "{tmp}/list", "{tmp}/list"], "list"),
        (["calibrate", "{tmp}/file", "{tmp}/file", "--same", "无等号"], "无等号"),
    ],
)
def test_an_error_of_answers_is_one_message_and_status_2(
    run: Run,
    built_index: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.setenv("WENBAO_INDEX", str(built_index))
    (tmp_path / "file").touch()
    (tmp_path / "bad").write_text("{")
    (tmp_path / "list").write_text('{"id": "1"}\n')
    ended = run("answers", *(a.format(tmp=tmp_path) for a in arguments))
    assert (ended.status, ended.out) == (2, "")
    assert said in ended.err
    assert "Traceback" not in ended.err


def test_an_index_of_another_model_is_an_error_that_names_both(
    run: Run, built_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers.command_line, "load_encoder", lambda: FakeEncoder(model="another-model"))
    ended = run("answers", "ask", "多少？", "--index", built_index)
    assert ended.status == 2
    assert "fake-bigrams" in ended.err
    assert "another-model" in ended.err


def test_a_message_is_one_line_so_that_its_command_can_be_copied(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = (
        tmp_path / "a-directory-with-a-long-name" / "so-that-the-message-is-longer-than-a-terminal-is-wide"
    )
    monkeypatch.setattr(sys, "argv", ["indexer", "status", "--index", str(directory)])
    with pytest.raises(SystemExit):
        indexer_cli.main()
    assert f"--index {directory}" in capsys.readouterr().err


def test_what_goes_to_a_file_is_utf8_also_where_the_system_has_another_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="cp1252"))
    monkeypatch.setattr(sys, "argv", ["indexer", "--help"])
    with pytest.raises(SystemExit):
        indexer_cli.main()
    sys.stdout.flush()
    assert "修复" in written.getvalue().decode("utf-8")


def test_verify_lists_problems_and_exits_with_1(run: Run, index_directory: Path) -> None:
    refresh_vectors(index_directory, always=True)
    alter(index_directory, "UPDATE passages SET start = start + 1 WHERE number = 9")
    for path in vector_files(index_directory):
        path.unlink()
    ended = run("indexer", "verify", "--index", index_directory)
    assert ended.status == 1
    assert "段落 9" in ended.err
    assert "FAISS" in ended.err
    assert "python -m indexer " in ended.err
    assert f"--index {index_directory}" in ended.err


def test_a_changed_source_is_a_notice(run: Run, tmp_path: Path) -> None:
    path = write_report(tmp_path, "甲", "今年新增就业20万人。")
    run("indexer", "build", path, "--index", tmp_path / "index")
    path.unlink()
    for command in ("status", "verify"):
        ended = run("indexer", command, "--index", tmp_path / "index")
        assert ended.status == 0
        assert str(path) in ended.err


def test_a_question_is_answered_with_its_place(run: Run, built_index: Path) -> None:
    ended = run("answers", "ask", "有效发明专利拥有量达多少件？", "--index", built_index)
    shown = ended.out.replace("\n", "")
    assert ended.status == 0
    assert shown.startswith("5.3万件")
    assert "加强知识产权全链条保护,有效发明专利拥有量达5.3万件。" in shown
    assert "推进科技成果转移转化。" in shown
    assert "引文与原文逐字一致" in shown


def test_a_question_goes_on_from_another_and_several_are_answered_one_by_one(
    run: Run, built_index: Path
) -> None:
    ended = run(
        "answers",
        "ask",
        "发明专利拥有量呢？",
        "--after",
        "宁波今年新建充电桩多少个？",
        "--index",
        built_index,
    )
    assert "接着上一问，理解为“宁波今年发明专利拥有量是多少？”" in ended.out
    several = "新建充电桩多少个？有效发明专利拥有量达多少件？"
    ended = run("answers", "ask", several, "--index", built_index)
    assert "1. 新建充电桩多少个？" in ended.out and "2. 有效发明专利拥有量达多少件？" in ended.out
    assert ended.out.index("1500个") < ended.out.index("5.3万件")
    assert "2. " not in run("answers", "ask", several, "--whole", "--index", built_index).out
    one = run("answers", "ask", several, "--json", "--index", built_index)
    assert len(one.out.strip().splitlines()) == 1


def test_an_abstention_says_so_and_shows_the_nearest(run: Run, tmp_path: Path) -> None:
    index = tmp_path / "index"
    run("indexer", "build", write_report(tmp_path, "甲", "今年新增就业20万人。"), "--index", index)
    ended = run("answers", "ask", "火星探测器何时登陆？", "--index", index)
    assert ended.status == 0
    assert "未找到明确答案" in ended.out
    assert "今年新增就业20万人。" in ended.out


def test_json_output_is_one_object_a_line(run: Run, built_index: Path) -> None:
    ended = run("answers", "ask", "有效发明专利拥有量达多少件？", "--json", "--index", built_index)
    (line,) = ended.out.splitlines()
    assert json.loads(line)["answers"][0]["text"] == "5.3万件"


def test_a_file_of_questions_gives_a_row_for_each_also_for_bad_ones(
    run: Run, built_index: Path, tmp_path: Path
) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(
        '{"id": "a", "question": "多少家企业？"}\n{"id": "b", "question": "？"}\n{"id": "c", "question": "谁？"}\n',
        encoding="utf-8",
    )
    ended = run("answers", "ask", "--questions", path, "--json", "--index", built_index)
    rows = [json.loads(line) for line in ended.out.splitlines()]
    assert [row["id"] for row in rows] == ["a", "b", "c"]
    assert [bool(row["answers"]) for row in rows] == [True, False, True]
    assert "没有看懂" in rows[1]["error"]


def test_a_file_of_questions_is_shown_for_people_without_json(
    run: Run, built_index: Path, tmp_path: Path
) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(
        '{"id": "a", "question": "有效发明专利拥有量达多少件？"}\n{"id": "b", "question": "？"}\n',
        encoding="utf-8",
    )
    ended = run("answers", "ask", "--questions", path, "--index", built_index)
    assert ended.status == 0
    assert "5.3万件" in ended.out
    assert "没有看懂" in ended.out + ended.err
    assert '"abstained"' not in ended.out


def test_only_the_named_documents_answer(run: Run, tmp_path: Path) -> None:
    write_report(tmp_path / "in", "甲", "今年新增就业20万人。")
    write_report(tmp_path / "in", "乙", "今年新增就业10万人。")
    run("indexer", "build", tmp_path / "in", "--index", tmp_path / "index")
    ended = run(
        "answers", "ask", "新增就业多少人？", "--json", "--document", "乙", "--index", tmp_path / "index"
    )
    assert {answer["document"] for answer in json.loads(ended.out)["answers"]} == {"乙"}


@pytest.mark.parametrize("marked", ["报告[bold]甲", "报告[/b]甲", "报告[2023]甲", "报告[草案]"])
def test_brackets_in_titles_and_questions_are_shown_as_they_are(
    run: Run, tmp_path: Path, marked: str
) -> None:
    path = write_report(tmp_path, "甲", "今年新增就业20万人。")
    (tmp_path / "甲.json").write_text(json.dumps({"title": marked}), encoding="utf-8")
    index = tmp_path / "index"
    assert run("indexer", "build", path, "--index", index).status == 0
    assert marked in run("indexer", "status", "--index", index).out
    questions = tmp_path / "questions.jsonl"
    questions.write_text(json.dumps({"id": "1", "question": f"{marked}新增就业多少？"}), encoding="utf-8")
    assert marked in run("answers", "ask", "--questions", questions, "--index", index).out


@pytest.mark.parametrize("package", ["indexer", "answers"])
def test_the_packages_run_as_modules_and_show_help_without_arguments(package: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    ended = subprocess.run(
        [sys.executable, "-m", package], env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert "Usage" in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_module_prints_an_error_and_exits_with_2(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    ended = subprocess.run(
        [sys.executable, "-m", "indexer", "status", "--index", str(tmp_path)],
        env=environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert ended.returncode == 2
    assert "没有索引" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""


def test_the_report_in_the_seeds_is_listed_by_name(run: Run, built_index: Path) -> None:
    assert SEED_NAME in run("indexer", "status", "--index", built_index).out.replace("\n", "")
