"""Which place a text speaks of without saying that it is its own: by 我省, 全市, and by the names that it repeats."""

from __future__ import annotations

from collections import Counter

from indexer.report.documents import sorts
from indexer.report.head import Head
from indexer.report.regions import CITY, COUNTY, PROVINCE, STATE, Region, region_named, regions
from indexer.text.characters import simplified

_OF_ALL = ("71", "81", "82")  # 台湾, 香港 and 澳门 are spoken of everywhere
_GUESS_AT_LEAST = 5  # mentions of a place before it may be proposed
_VOICE_AT_LEAST = 5  # times that a text speaks of its place before that is believed
_READ = 100_000  # characters in which it is counted which of Hong Kong and Macau a text speaks of
_CLEARLY = 3  # times as often as of the other


def territory_spoken_of(text: str) -> Region | None:
    """Which of Hong Kong and Macau a text speaks of, of which it is known that it is of one of them."""
    words = simplified(text[:_READ])
    counts = [(words.count(region_named(sort.name).short), sort.name) for sort in sorts("special")]  # type: ignore[union-attr]
    (most, name), (other, _) = sorted(counts, reverse=True)
    return region_named(name) if most > _CLEARLY * other else None


def level_spoken_of(head: Head, text: str) -> str:
    """The level of the place that a text is of and does not name: 在全县农业农村工作会议上的讲话; empty where nothing tells."""
    told = {sort.name for sort in sorts("voice") for line in head.lines if sort.pattern.search(line)} - {
        STATE
    }
    return told.pop() if len(told) == 1 else level_of_voice(text)


def level_of_voice(text: str) -> str:
    """The level of the place that a text speaks of as its own: 我国, 全省, 我市; empty where it does not."""
    counts = {sort.name: len(sort.pattern.findall(text)) for sort in sorts("voice")}
    best = max(counts, key=lambda level: counts[level])
    others = sum(counts.values()) - counts[best]
    return best if counts[best] >= max(_VOICE_AT_LEAST, others) else ""


def most_mentioned(text: str, voice: str) -> Region | None:
    """The region of the level of a voice that is named again and again, and clearly more often than the next one."""
    levels = {"": (PROVINCE, CITY), PROVINCE: (PROVINCE,), CITY: (PROVINCE, CITY), COUNTY: ()}[voice]
    known = {
        region.code: region
        for region in regions()
        if region.level in levels and len(region.short) >= 2 and not region.code.startswith(_OF_ALL)
    }
    counts = Counter({code: text.count(region.short) for code, region in known.items()})
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < _GUESS_AT_LEAST:
        return None
    if len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]:
        return None
    return known[ranked[0][0]]
