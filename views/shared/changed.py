"""A sentence as it was beside the sentence as it is, with what of each is only there."""

from __future__ import annotations

import html
from collections.abc import Sequence

from answers.comparison.versions import Piece, pieces

STYLE = """
<style>
.wb-change { display: grid; grid-template-columns: 1fr 1fr; gap: .2rem 1rem; line-height: 1.7; padding: .3rem 0;
  border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent); }
.wb-change del { background: color-mix(in srgb, #b91c1c 18%, transparent); }
.wb-change ins { background: color-mix(in srgb, #15803d 18%, transparent); text-decoration: none; font-weight: 600; }
@media (max-width: 640px) { .wb-change { grid-template-columns: 1fr; } }
</style>
"""


def change_html(before: str, after: str) -> str:
    """A row: the sentence before at the left, the one after at the right."""
    old, new = pieces(before, after)
    return f"<div class='wb-change'><div>{_marked(old, 'del')}</div><div>{_marked(new, 'ins')}</div></div>"


def _marked(found: Sequence[Piece], tag: str) -> str:
    return "".join(
        html.escape(one.text) if one.kept else f"<{tag}>{html.escape(one.text)}</{tag}>" for one in found
    )
