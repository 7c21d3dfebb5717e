"""Names of files that say what is in them: 对比_长三角GDP增长目标.xlsx."""

from __future__ import annotations

import re

from answers.sheets.guard import one_line

_LONGEST = 80  # characters; a file system takes 255 bytes, three a Chinese character
# What Windows, or a shell, would not have in a name, and what only ends a question.
_FORBIDDEN = re.compile(r"[\\/:*?\"<>|\x00-\x1f\x7f？！。，、；：“”‘’《》（）()\s]+")


def file_name(*parts: str) -> str:
    """The name for these parts, those that are empty left out, without an ending; never empty, never hidden."""
    said = [_FORBIDDEN.sub("_", one_line(part)).strip("_. ") for part in parts]
    return "_".join(filter(None, said))[:_LONGEST].strip("_. ") or "wenbao"
