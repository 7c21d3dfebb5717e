"""What a text was before it was damaged on its way: mended once, before any offset exists.

Every repair looks at the whole text for proof that it suffered that very damage, and leaves any other text alone.
"""

from __future__ import annotations

from indexer.text.characters import normalise, visible
from indexer.text.escapes import without_escapes
from indexer.text.full_marks import with_full_marks
from indexer.text.running_lines import without_running_lines
from indexer.text.spaced import without_spacing
from indexer.text.wrapped import unwrapped


def restored(text: str, has_pages: bool = False) -> str:
    """The text of a file as it is stored, shown and quoted: mended, then as `normalise` has it.

    Of a file with pages, whose heads and feet are taken away by their place, nothing but white space and the width of
    marks is changed, so that its pages are still found.
    """
    text = visible(text)
    if has_pages:
        return normalise(unwrapped(with_full_marks(without_spacing(text))))
    text = with_full_marks(without_spacing(visible(without_escapes(text))))
    unpaged = without_running_lines(text)
    whole = unwrapped(unpaged.text)
    return normalise(unpaged.joined if whole == unpaged.text else whole)
