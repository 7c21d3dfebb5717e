"""Train the cross-encoder.

usage: python -m training.train --windows FILE… --out DIRECTORY [--start CHECKPOINT] [options]

Every run is the work of its seed, its files and its options; docs/reader.md gives the recipe.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertConfig

from embeddings.bundled_transformer import transformer_directory
from indexer.sources import read_document, report_files
from indexer.text.characters import simplified
from training.encoding import Example, encode_windows
from training.model import CrossEncoder, Readings, from_bundled
from training.vocabulary import kept_pieces, pruned_tokenizer
from training.windows import read_windows

_STEP = 32  # lengths are padded to a multiple of this, so that few shapes are compiled
_FAR = -1e4


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of a batch: `ids`, `mask`, `inside` of shape (batch, tokens), `start`, `end` of (batch,)."""

    ids: Tensor
    mask: Tensor
    inside: Tensor
    start: Tensor
    end: Tensor


def batches(examples: Sequence[Example], tokens: int, chance: random.Random) -> list[list[Example]]:
    """Examples of like length together, at most `tokens` a batch, in random order."""
    shuffled = sorted(examples, key=lambda e: (-(-len(e.ids) // _STEP), chance.random()))
    found: list[list[Example]] = []
    width = 0
    for example in shuffled:
        padded = -(-len(example.ids) // _STEP) * _STEP
        if not found or padded != width or (len(found[-1]) + 1) * padded > tokens:
            found.append([])
        width = padded
        found[-1].append(example)
    chance.shuffle(found)
    return found


def tensors(batch: Sequence[Example]) -> Batch:
    """Padded tensors of a batch."""
    width = -(-max(len(e.ids) for e in batch) // _STEP) * _STEP
    ids = torch.ones(len(batch), width, dtype=torch.long)  # 1 is <pad>
    mask = torch.zeros(len(batch), width, dtype=torch.long)
    inside = torch.full((len(batch), width), -1, dtype=torch.long)
    for row, example in enumerate(batch):
        size = len(example.ids)
        ids[row, :size] = torch.tensor(example.ids)
        mask[row, :size] = 1
        inside[row, :size] = torch.tensor(example.inside)
    start = torch.tensor([e.start for e in batch])
    end = torch.tensor([e.end for e in batch])
    return Batch(ids, mask, inside, start, end)


def loss_of(found: Readings, batch: Batch) -> Tensor:
    """Relevance, start and end, and inside, added with weights 1, 1 and 0.5."""
    relevant = (batch.start > 0).float()
    bce = nn.functional.binary_cross_entropy_with_logits
    relevance = bce(found.relevance.float(), relevant)
    elsewhere = batch.inside < 0
    elsewhere[:, 0] = False  # the first token says that there is no answer
    start = nn.functional.cross_entropy(found.start.float().masked_fill(elsewhere, _FAR), batch.start)
    end = nn.functional.cross_entropy(found.end.float().masked_fill(elsewhere, _FAR), batch.end)
    text = (batch.inside >= 0) & (relevant > 0)[:, None]
    inside = bce(found.inside.float()[text], batch.inside[text].float()) if text.any() else 0.0
    return relevance + (start + end) / 2 + 0.5 * inside


def train(model: CrossEncoder, examples: Sequence[Example], options: argparse.Namespace, out: Path) -> None:
    """Train for `options.epochs`, saving after every epoch and every 200 steps."""
    chance = random.Random(options.seed)
    epochs = [batches(examples, options.tokens, chance) for _ in range(math.ceil(options.epochs))]
    steps = [batch for epoch in epochs for batch in epoch]
    steps = steps[: round(len(steps) * options.epochs / len(epochs))]
    for parameter in model.encoder.embeddings.parameters():
        parameter.requires_grad = False
    for layer in model.encoder.encoder.layer[: options.frozen]:
        for parameter in layer.parameters():
            parameter.requires_grad = False
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=options.rate, weight_decay=0.01, foreach=True)
    warm = max(1, len(steps) // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda n: min(
            (n + 1) / warm, options.floor + (1 - options.floor) * (len(steps) - n) / (len(steps) - warm)
        ),
    )
    model.train()
    began, mean = time.time(), 0.0
    for number, examples_of_step in enumerate(steps, 1):
        batch = tensors(examples_of_step)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            found = model(batch.ids, batch.mask)
        loss = loss_of(found, batch)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad(set_to_none=True)
        mean = loss.item() if number == 1 else 0.98 * mean + 0.02 * loss.item()
        if number % 20 == 0:
            spent = time.time() - began
            left = spent / number * (len(steps) - number)
            print(f"{number}/{len(steps)} loss {mean:.3f} {spent:.0f} s, {left:.0f} s left", flush=True)
        if number % 200 == 0:
            save(model, out)
    save(model, out)


def save(model: CrossEncoder, out: Path) -> None:
    """Write the weights, whole or not at all."""
    building = out / "weights.tmp"
    torch.save(model.state_dict(), building)
    building.replace(out / "weights.pt")


def load(directory: Path) -> CrossEncoder:
    """The model that a run left in `directory`."""
    model = CrossEncoder(BertConfig.from_pretrained(directory))
    model.load_state_dict(torch.load(directory / "weights.pt", weights_only=True))
    return model


def begin(options: argparse.Namespace, texts: Iterator[str], out: Path) -> CrossEncoder:
    """The model to train: that of `--start`, or the bundled encoder with its vocabulary pruned."""
    if options.start is not None:
        (out / "tokenizer.json").write_bytes((options.start / "tokenizer.json").read_bytes())
        model = load(options.start)
    else:
        directory = transformer_directory()
        kept = kept_pieces(directory / "tokenizer.json", texts)
        (out / "tokenizer.json").write_text(pruned_tokenizer(directory / "tokenizer.json", kept), "utf-8")
        model = from_bundled(directory, torch.tensor(kept), options.layers)
    model.encoder.config.save_pretrained(out)
    return model


def main() -> None:
    """Read the options, train, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--windows", nargs="+", type=Path, required=True)
    parser.add_argument("--vocabulary", nargs="*", type=Path, default=[], help="reports to keep the words of")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--layers", type=int, default=12)
    parser.add_argument("--frozen", type=int, default=3)
    parser.add_argument("--epochs", type=float, default=2.0)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--tokens", type=int, default=5120)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--floor", type=float, default=0.02, help="share of the rate at the end")
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    windows = [window for path in options.windows for window in read_windows(path)]
    texts = (text for window in windows for text in (window.question, window.head + window.text))
    reports = map(read_document, report_files(options.vocabulary)) if options.vocabulary else ()
    extra = (simplified(document.text) for document in reports)
    model = begin(options, itertools.chain(texts, extra), options.out)
    tokenizer = Tokenizer.from_file(str(options.out / "tokenizer.json"))
    examples = list(encode_windows(tokenizer, windows))
    print(
        f"{len(examples)} of {len(windows)} windows, {sum(len(e.ids) for e in examples)} tokens, "
        f"vocabulary {tokenizer.get_vocab_size()}",
        flush=True,
    )
    (options.out / "options.json").write_text(json.dumps(vars(options), default=str, indent=1), "utf-8")
    train(model, examples, options, options.out)


if __name__ == "__main__":
    main()
