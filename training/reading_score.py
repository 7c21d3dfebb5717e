"""Exact match and F1 of the shipped reader on a reading-comprehension set, scored as CMRC 2018 does.

usage: python -m training.reading_score SQUAD.json [--model DIRECTORY] [--sample N]

A context longer than a passage is read in passages, as a report is; the best span of them all answers.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np

from answers.evaluation.scoring import bare, character_f1
from answers.reading.decoding import best_span
from answers.reading.span_edges import trimmed
from embeddings.cross_encoder import MODEL_DIRECTORY, CrossEncoder, OnnxCrossEncoder, ReadingText
from training.reading_comprehension import Reading, pieces, readings


def answered(model: CrossEncoder, asked: Reading) -> str:
    """The model's answer to one question."""
    texts = [piece.of(asked.context) for piece in pieces(asked.context)]
    found = []
    for text, reading in zip(
        texts, model.read(asked.question, [ReadingText(asked.title, text) for text in texts]), strict=True
    ):
        span = best_span(reading)
        if span is not None:
            found.append((span.score - reading.null + reading.relevance, trimmed(text, span.span).of(text)))
    return max(found)[1] if found else ""


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--model", type=Path, default=MODEL_DIRECTORY)
    parser.add_argument("--sample", type=int)
    options = parser.parse_args()
    found = list(readings(options.data))
    if options.sample is not None:
        found = random.Random(13).sample(found, options.sample)
    model = OnnxCrossEncoder(options.model)
    exact, overlap = [], []
    for asked in found:
        text = answered(model, asked)
        golds = [span.of(asked.context) for span in asked.answers]
        exact.append(bare(text) in {bare(gold) for gold in golds})
        overlap.append(character_f1(text, golds))
    print(f"{len(found)} questions: EM {100 * np.mean(exact):.1f}, F1 {100 * np.mean(overlap):.1f}")


if __name__ == "__main__":
    main()
