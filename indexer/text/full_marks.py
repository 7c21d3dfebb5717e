"""Full-width marks for a Chinese text in which a program wrote all of them as half-width ones."""

from __future__ import annotations

import re

from indexer.text.headings import MARKER

_CHINESE = "\u4e00-\u9fff"
_HALF = re.compile(rf"(?<=[{_CHINESE}])[,;:!?]")
_FULL = re.compile("[，；：！？。]")
_FEWEST = 10
_SHARE = 0.05  # of the marks may be full-width ones in a text that lost them
_FORMS = str.maketrans("｡､｢｣", "。、「」")
_WIDE = str.maketrans(",;:!?", "，；：！？")
_BEHIND = rf"{_CHINESE}%％‰)）”’\"》」』"
_MARK = re.compile(rf"(?<=[{_BEHIND}\d])[,;:!?](?!\d)|(?<=[{_BEHIND}])[,;:!?](?!//)")
_STOP = re.compile(
    rf"(?<=[{_BEHIND}])\.(?![\w.])|(?<=[{_BEHIND}])\.(?=[{_CHINESE}\d])|(?<=\d)\.(?=[ ]*(?:\n|\Z))"
)


def with_full_marks(text: str) -> str:
    """The text with ，；：！？。 for ,;:!?. where they stand in Chinese, if hardly any mark of it is full-width.

    Brackets and signs of percent stay, and every mark inside a figure, a time or an address. The length stays.
    """
    text = text.translate(_FORMS)
    half = len(_HALF.findall(text))
    if half < _FEWEST or len(_FULL.findall(text)) > _SHARE * half:
        return text
    return "\n".join(map(_widened, text.split("\n")))


def _widened(line: str) -> str:
    marker = MARKER.match(line.lstrip())
    begin = len(line) - len(line.lstrip()) + (marker.end() if marker else 0)
    body = _MARK.sub(lambda mark: mark[0].translate(_WIDE), line[begin:])
    return line[:begin] + _STOP.sub("。", body)
