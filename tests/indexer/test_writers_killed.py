"""Eight processes write one index, eight read it, and writers are killed all the time: ten minutes of it."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import time
import traceback
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from embeddings import WenbaoError
from indexer.errors import ChangedIndex, IndexFault
from indexer.index import open_index
from indexer.library import add_reports, correct_metadata, remove_reports, repair_index
from indexer.outcomes import Outcome
from indexer.proof.verify import verify_index
from indexer.store.database import open_store
from indexer.store.writing import refresh_vectors
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report

SECONDS = float(os.environ.get("WENBAO_STRESS_SECONDS", "600"))
WRITERS, READERS, OWN = 8, 8, 4  # reports that belong to one writer


@dataclass(frozen=True, slots=True)
class State:
    """What a writer was told that a report is: its number, None where it is removed, and the year he corrected."""

    number: int | None = None
    year: int | None = None


def text_of(name: str, number: int) -> str:
    body = "".join(f"第{i}项任务完成{number}.{i}亿元。加快推进项目建设，新增{i}家企业。" for i in range(12))
    return f"{name}\n（一）做好工作。{body}"


def write(directory: Path, folder: Path, writer: int, seed: int) -> None:
    """Change the reports of one writer until killed; what is begun and what is done stands in a file."""
    luck, encoder = random.Random(seed), FakeEncoder()
    with (folder / f"writer{writer}.log").open("a", encoding="utf-8") as log:

        def note(**fields: object) -> None:
            log.write(json.dumps(fields) + "\n")
            log.flush()

        try:
            while True:
                name, number = f"报告{writer}-{luck.randrange(OWN)}", luck.randrange(1, 10**6)
                kind = luck.choices(["put", "remove", "correct", "repair", "refresh"], [6, 2, 4, 0.3, 1])[0]
                note(begun=kind, name=name, number=number)
                done = _change(kind, name, number, directory, folder, encoder)
                note(done=kind, name=name, number=number, counts=done)
        except IndexFault as fault:
            note(fault=fault.message("en"))
        except BaseException:
            note(fault=traceback.format_exc())
            raise


def _change(kind: str, name: str, number: int, directory: Path, folder: Path, encoder: FakeEncoder) -> bool:
    """Whether the report was changed, as the writer was told."""
    if kind == "put":
        path = write_report(folder / "in", name, text_of(name, number))
        (result,) = add_reports(path, directory, encoder, replacing=True)
        return result.outcome in (Outcome.ADDED, Outcome.REPLACED)
    if kind in ("remove", "correct"):
        with open_store(directory) as store:
            if store.entry(name) is None:
                return False
        if kind == "remove":
            remove_reports(name, directory)
        else:
            correct_metadata(name, directory, encoder, {"year": 2000 + number % 50})
        return True
    if kind == "repair":
        repair_index(directory, encoder)
    else:
        refresh_vectors(directory, always=True)
    return False


def read(directory: Path, folder: Path, reader: int, over: Event) -> None:
    """Ask and read until it is over; what went wrong stands in a file."""
    encoder, luck, asked = FakeEncoder(), random.Random(reader), 0
    query = encoder.encode_queries(["完成多少亿元"])[0]
    with (folder / f"reader{reader}.log").open("a", encoding="utf-8") as log:
        while not over.is_set():
            try:
                index = open_index(directory, encoder.identity)
                for found in index.scored(query, index.nearest(query, 5)):
                    text = index.report(found.report.name).text
                    assert text.startswith(found.report.name), "a passage of another report"
                    assert all(0 <= u.unit.span.start < u.unit.span.end <= len(text) for u in found.units())
                asked += 1
            except ChangedIndex:
                continue
            except (WenbaoError, AssertionError, ValueError, LookupError, OSError):
                log.write(json.dumps({"fault": traceback.format_exc()}) + "\n")
                log.flush()
            time.sleep(luck.uniform(0, 0.05))
        log.write(json.dumps({"asked": asked}) + "\n")


def possible(log: Path) -> dict[str, list[State]]:
    """For each report of a writer what it may be: what he was told last, or what he was killed over."""
    found: dict[str, list[State]] = {}
    for line in log.read_text(encoding="utf-8").splitlines():
        note = json.loads(line)
        assert "fault" not in note, note["fault"]
        states = found.setdefault(note["name"], [State()])
        kind = note.get("begun") or note["done"]
        if kind not in ("put", "remove", "correct"):
            continue
        after = []
        for state in states:
            if kind == "put":
                after.append(State(note["number"]))
            elif state.number is not None:
                after.append(State() if kind == "remove" else State(state.number, 2000 + note["number"] % 50))
            else:
                after.append(state)
        if "begun" in note:
            # Until it is told: both.
            found[note["name"]] = [*states, *(state for state in after if state not in states)]
        elif note["counts"]:
            done = {"put": State(note["number"]), "remove": State()}.get(kind)
            year = 2000 + note["number"] % 50
            found[note["name"]] = [done] if done is not None else [s for s in states if s.year == year]
    return found


@pytest.mark.slow
def test_eight_writers_that_are_killed_and_eight_readers(tmp_path: Path) -> None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["indexer.library", "indexer.proof.verify", "tests.fake_encoder"])
    directory, luck = tmp_path / "index", random.Random(1)
    add_reports(write_report(tmp_path / "in", "报告", text_of("报告", 1)), directory, FakeEncoder())
    over = context.Event()
    readers = [context.Process(target=read, args=(directory, tmp_path, n, over)) for n in range(READERS)]
    for process in readers:
        process.start()
    seeds = iter(range(10**9))

    def started(n: int) -> multiprocessing.process.BaseProcess:
        process: multiprocessing.process.BaseProcess = context.Process(
            target=write, args=(directory, tmp_path, n, next(seeds))
        )
        process.start()
        return process

    writers: list[multiprocessing.process.BaseProcess] = [started(n) for n in range(WRITERS)]
    until, kills = time.monotonic() + SECONDS, 0
    while time.monotonic() < until:
        time.sleep(luck.uniform(0.3, 2.5))
        n = luck.randrange(WRITERS)
        writers[n].kill()
        writers[n].join()
        kills += 1
        writers[n] = started(n)
    for writer in writers:
        writer.kill()
        writer.join()
    over.set()
    for process in readers:
        process.join()

    expected: dict[str, list[State]] = {}
    for n in range(WRITERS):
        expected |= possible(tmp_path / f"writer{n}.log")
    with open_store(directory) as store:
        now = {found.name: found for found in store.reports()}
    for name, states in expected.items():
        there = now.pop(name, None)
        if there is None:
            assert State() in states, f"{name} is gone, and should be one of {states}"
            continue
        corrected = {o.field for o in there.metadata.origins if o.origin == "user"}
        year = there.metadata.year if "year" in corrected else None
        assert any(
            s.number is not None and (text_of(name, s.number), s.year) == (there.text, year) for s in states
        ), (name, states, there.text[:60], year)
    assert set(now) == {"报告"}
    asked = 0
    for n in range(READERS):
        notes = [json.loads(line) for line in (tmp_path / f"reader{n}.log").read_text("utf-8").splitlines()]
        assert not [note["fault"] for note in notes if "fault" in note]
        asked += sum(note.get("asked", 0) for note in notes)
    done = sum(
        '"done"' in line
        for n in range(WRITERS)
        for line in (tmp_path / f"writer{n}.log").read_text("utf-8").splitlines()
    )
    print(f"{SECONDS:.0f} s: {done} changes, {kills} kills, {asked} readings")
    repair_index(directory, FakeEncoder())
    assert verify_index(directory) == ()
