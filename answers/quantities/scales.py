"""The prefix, 万, 亿 or 万亿, in which numbers beside each other are read easily."""

from __future__ import annotations

from collections.abc import Sequence

_PREFIXES = ((1e8, "亿"), (1e4, "万"))
_TRILLION = (1e12, "万亿")
_SMALLEST = 0.1  # of a trillion, that the smallest of them must have: 0.2765万亿 is read worse than 2765亿


def scale(values: Sequence[float]) -> tuple[float, str]:
    """The factor and the prefix that keep numbers short: 134.9万亿, 2765亿, 53万."""
    sizes = [abs(value) for value in values if value]
    if not sizes:
        return 1.0, ""
    if max(sizes) >= _TRILLION[0] and min(sizes) >= _SMALLEST * _TRILLION[0]:
        return _TRILLION
    return next(((factor, prefix) for factor, prefix in _PREFIXES if max(sizes) >= factor), (1.0, ""))
