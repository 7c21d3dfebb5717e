"""The mean of several runs of the training."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from training.average import mean_of

pytestmark = pytest.mark.model  # torch alone takes seconds to load


def test_the_mean_of_runs_counts_each_by_its_share(tmp_path: Path) -> None:
    runs = {tmp_path / "a": 0.25, tmp_path / "b": 0.75}
    for run, value in zip(runs, (4.0, 8.0), strict=True):
        run.mkdir()
        torch.save({"layer": torch.full((2,), value), "count": torch.tensor(3)}, run / "weights.pt")
    mean = mean_of(runs)
    assert mean["layer"].tolist() == [7.0, 7.0] and mean["layer"].dtype == torch.float32
    assert mean["count"] == 3 and mean["count"].dtype == torch.int64
    with pytest.raises(ValueError, match="not 1"):
        mean_of({tmp_path / "a": 0.25, tmp_path / "b": 0.5})
    torch.save({"other": torch.zeros(1)}, tmp_path / "b" / "weights.pt")
    with pytest.raises(ValueError, match="other layers"):
        mean_of(runs)
