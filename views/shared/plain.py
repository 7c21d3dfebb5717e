"""Text for Streamlit's Markdown elements, made inert."""

from __future__ import annotations

_ACTIVE = frozenset(r"\`*_{}[]()#+-.!|~$<>:&")


def plain(text: str) -> str:
    """`text` with every sign that Markdown would act on escaped, so that it shows as it is.

    Report titles and error messages hold `5%~6%`, `$`, `<` and paths with `_`.
    """
    return "".join(f"\\{character}" if character in _ACTIVE else character for character in text)
