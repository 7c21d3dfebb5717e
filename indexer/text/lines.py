"""Mend lines that a web page or a fixed-width text file broke inside a sentence."""

from __future__ import annotations

import re

from indexer.text.headings import MARKER, is_part_name

# What no sentence begins with, so a line that does goes on from the one before.
_CONTINUES = re.compile(r"[，。、；：！？）》」』”’%％‰·)]")
# A figure cut from its unit: «一、2024⏎年工作回顾».
_UNIT = re.compile(r"[年月日个项家万亿元]")
_UNFINISHED = re.compile(r"[（《「『“‘，、—(]$")
_PAIRS = (("（", "）"), ("《", "》"), ("“", "”"))
_FINISHED = re.compile(r"[。！？!?…：:；;”』」）)》】|]$")
_OPENS = re.compile(r"——|各位代表|来源|[一二三四五六七八九十]+是|附")
_TABLE_CELL = " | "
_LONGEST_REST = 20  # characters of a heading that spilled over onto the next line


def mend_lines(text: str) -> str:
    """Join a line to the next where the text itself shows that the break is none.

    That is so where the next line begins with a sign that only continues, where this one ends with a
    sign that only opens, where prose stops without an end mark («细颗粒物（PM⏎2.5⏎）治理»), and where
    a numbered heading runs over («一、2024⏎年工作回顾»). Lines without such evidence stay as they are.
    """
    mended: list[str] = []
    last = -1  # the last line that is not blank
    for line in text.split("\n"):
        words = line.strip()
        if last >= 0 and words:
            before = mended[last].strip()
            adjacent = last == len(mended) - 1
            if _plainly_goes_on(before, words) or (adjacent and _goes_on(before, words)):
                # Latin words need the blank that the line break stood for.
                gap = " " if _latin(before[-1]) and _latin(words[0]) else ""
                mended[last] = mended[last].rstrip() + gap + words
                del mended[last + 1 :]
                continue
        if words:
            last = len(mended)
        mended.append(line)
    return "\n".join(mended)


def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _plainly_goes_on(before: str, after: str) -> bool:
    """Evidence enough to join even over an empty line."""
    if _TABLE_CELL in before or _TABLE_CELL in after:
        return False
    return bool(_CONTINUES.match(after)) or (before[-1].isdigit() and bool(_UNIT.match(after)))


def _goes_on(before: str, after: str) -> bool:
    if _TABLE_CELL in before or _TABLE_CELL in after:
        return False
    if MARKER.match(after) or _OPENS.match(after) or is_part_name(after) or is_part_name(before):
        return False
    if _UNFINISHED.search(before) and len(before) > 2:
        return True
    if any(before.count(left) > before.count(right) for left, right in _PAIRS):
        return True
    if _FINISHED.search(before):
        return False
    if MARKER.match(before):
        return len(after) <= _LONGEST_REST and not re.search(r"[，。、；：！？,.;:]", after)
    # Prose: a sentence ended inside the line and another was begun, or an item opened with a dash.
    dash = before.startswith("——") and not before.endswith("会议上")
    return dash or bool(re.search(r"[。；！？]", before))
