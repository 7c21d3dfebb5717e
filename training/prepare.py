"""Make the windows that `training.train` reads.

usage: python -m training.prepare READING_DATA --index INDEX --out DIRECTORY

READING_DATA holds drcd_dev.json, cmrc2018_trial.json, squad2_zh_dev.json, xquad.zh.json and xquad.en.json; INDEX is an
index of the reports that `training/questions/` asks (`python -m indexer build`), those of cities under their place and
year (岳阳市2015.md). A third of the places of cities is left out (`training.left_out`).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from answers.evaluation.questions import read_gold_questions
from answers.retriever import Retriever
from embeddings import load_encoder
from indexer.index import open_index
from training import moved_questions, reading_comprehension, report_questions
from training.left_out import is_left_out
from training.windows import write_windows

QUESTIONS = Path(__file__).parent / "questions"


def main() -> None:
    """Write one file of windows for each source."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for name in ("drcd_dev", "cmrc2018_trial", "squad2_zh_dev", "xquad.zh"):
        found = reading_comprehension.windows(reading_comprehension.readings(options.data / f"{name}.json"))
        print(name, write_windows(found, options.out / f"{name}.jsonl"))
    english, chinese = options.data / "xquad.en.json", options.data / "xquad.zh.json"
    crossed = reading_comprehension.across_languages(english, chinese, seed=14)
    print("xquad.cross", write_windows(crossed, options.out / "xquad.cross.jsonl"))
    for name, asked in (
        ("contexts", reading_comprehension.written_readings(QUESTIONS / "contexts.jsonl", options.data)),
        ("passages", reading_comprehension.passage_readings(QUESTIONS / "passages.jsonl")),
        ("policies", reading_comprehension.passage_readings(QUESTIONS / "policies.jsonl")),
    ):
        print(name, write_windows(reading_comprehension.windows(asked), options.out / f"{name}.jsonl"))
    encoder = load_encoder()
    index = open_index(options.index, encoder.identity)
    retriever = Retriever(index, encoder)
    for name in ("train", "cities", "cities_near_misses", "cities_in_english"):
        gold = read_gold_questions([QUESTIONS / f"{name}.jsonl"])
        questions = [one for one in gold if name == "train" or not (one.about and is_left_out(one.about))]
        found = report_questions.windows(questions, index, retriever)
        print(name, write_windows(found, options.out / f"{name}.jsonl"))
        moved = moved_questions.windows(questions, index)
        print(f"{name}.moved", write_windows(moved, options.out / f"{name}.moved.jsonl"))


if __name__ == "__main__":
    main()
