"""Traditional characters made Simplified, one for one, so that both are found and offsets stay."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC


@lru_cache(maxsize=256)
def simplified(text: str) -> str:
    """`text` in Simplified characters and of the same length.

    Raises:
        ValueError: OpenCC changed the length, so that spans would no longer fit.
    """
    converted = str(_converter().convert(text))
    if len(converted) != len(text):
        raise ValueError(f"Simplified text has {len(converted)} characters, not {len(text)}")
    return converted


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    from opencc import OpenCC

    # t2s maps characters and phrases of equal length; tw2sp would replace words by others.
    return OpenCC("t2s")
