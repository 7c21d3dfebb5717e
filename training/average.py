"""The weighted mean of the weights that several runs left: better than each of them.

usage: python -m training.average OUT RUN=SHARE RUN=SHARE…

Runs must be of one make and one trajectory, each started from another (Wortsman et al. 2022, Model soups;
Izmailov et al. 2018 for points along one training).
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor

COPIED = ("config.json", "tokenizer.json")


def mean_of(weights: Mapping[Path, float]) -> dict[str, Tensor]:
    """The mean of the runs' weights, counted by their shares.

    Raises:
        ValueError: the runs have different layers, or the shares are not 1 together.
    """
    if abs(sum(weights.values()) - 1) > 1e-6:
        raise ValueError(f"the shares {list(weights.values())} are not 1 together")
    found: dict[str, Tensor] = {}
    kinds: dict[str, torch.dtype] = {}
    for run, share in weights.items():
        loaded: dict[str, Tensor] = torch.load(run / "weights.pt", weights_only=True)
        if found and loaded.keys() != found.keys():
            raise ValueError(f"{run} has other layers than the runs before it")
        for name, tensor in loaded.items():
            kinds[name] = tensor.dtype
            part = tensor.double() * share
            found[name] = found[name] + part if name in found else part
    return {name: tensor.to(kinds[name]) for name, tensor in found.items()}


def main(arguments: list[str]) -> None:
    """Write the mean as a run of its own."""
    out, *parts = arguments
    weights = {Path(run): float(share) for run, _, share in (part.rpartition("=") for part in parts)}
    Path(out).mkdir(parents=True, exist_ok=True)
    torch.save(mean_of(weights), Path(out, "weights.pt"))
    for name in COPIED:
        Path(out, name).write_bytes((next(iter(weights)) / name).read_bytes())


if __name__ == "__main__":
    main(sys.argv[1:])
