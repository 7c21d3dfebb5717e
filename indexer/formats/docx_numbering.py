"""The numbers that Word prints before paragraphs without storing them in the text: 一、 （一） 1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from indexer.formats.xml_names import Element, attribute, child, children, number_of, value_of

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_COUNTED = ("chineseCounting", "japaneseCounting", "taiwaneseCounting")  # also with «Thousand»
_LEVELS = 9
_LARGEST = 9999
_LONGEST = (
    100  # characters of a label; Word allows 31, and a longer one would be written before every paragraph
)
_ANCESTORS = 50  # styles that a style is looked up through; Word's own stand on two or three
# After these no blank is wanted; after «1.» one keeps the number apart from a figure that follows.
_CLOSING = re.compile(r"[、，．。）)】」：\s]$")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: `pattern` holds %1…%9 for the numbers of the levels, as in «（%2）»."""

    start: int
    form: str
    pattern: str
    tight: bool


@dataclass(slots=True)
class Numbering:
    """The lists of a document, counting as its paragraphs go by."""

    levels: dict[str, dict[int, Level]]
    lists: dict[str, str]
    starts: dict[tuple[str, int], int]
    styles: dict[str, tuple[str, int]]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, paragraph: Element) -> str:
        """The number to put before this paragraph, empty where it has none; counts it."""
        properties = child(paragraph, "pPr")
        numbered = self._reference(properties)
        if numbered is None:
            return ""
        identifier, depth = numbered
        abstract = self.lists.get(identifier)
        levels = self.levels.get(abstract or "", {})
        if abstract is None or depth not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        self._count(identifier, depth, levels, counts)
        return _printed(levels, counts, depth)

    def _reference(self, properties: Element | None) -> tuple[str, int] | None:
        """The list and the level (from 0) that a paragraph names itself or by its style."""
        style = value_of(child(properties, "pStyle")) or ""
        inherited = self.styles.get(style)
        own = child(properties, "numPr")
        if own is None:
            return inherited
        identifier = value_of(child(own, "numId"))
        if identifier == "0":  # Word's way to take a paragraph out of its style's list
            return None
        depth = number_of(child(own, "ilvl"), inherited[1] if inherited else 0)
        if identifier is None:
            return (inherited[0], depth) if inherited else None
        return identifier, depth

    def _count(self, identifier: str, depth: int, levels: dict[int, Level], counts: dict[int, int]) -> None:
        override = self.starts.get((identifier, depth))
        if override is not None and (identifier, depth) not in self._begun:
            counts[depth] = override
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else levels[depth].start
        self._begun.add((identifier, depth))
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]


def read_numbering(numbering: Element | None, styles: Element | None) -> Numbering:
    """The lists of `numbering.xml` and the paragraph styles of `styles.xml` that belong to one."""
    levels: dict[str, dict[int, Level]] = {}
    lists: dict[str, str] = {}
    starts: dict[tuple[str, int], int] = {}
    for abstract in children(numbering, "abstractNum"):
        levels[attribute(abstract, "abstractNumId") or ""] = dict(_levels(abstract))
    for listed in children(numbering, "num"):
        identifier = attribute(listed, "numId") or ""
        lists[identifier] = value_of(child(listed, "abstractNumId")) or ""
        for override in children(listed, "lvlOverride"):
            start = child(override, "startOverride")
            if start is not None:
                starts[identifier, _whole(attribute(override, "ilvl"), 0)] = number_of(start, 1)
    return Numbering(levels, lists, starts, _numbered_styles(styles))


def _levels(abstract: Element) -> Iterator[tuple[int, Level]]:
    for level in children(abstract, "lvl"):
        depth = _whole(attribute(level, "ilvl"), 0)
        form = value_of(child(level, "numFmt")) or "decimal"
        pattern = (value_of(child(level, "lvlText")) or "")[:_LONGEST]
        tight = value_of(child(level, "suff")) == "nothing"
        if depth < _LEVELS:
            yield depth, Level(number_of(child(level, "start"), 0), form, pattern, tight)


def _numbered_styles(styles: Element | None) -> dict[str, tuple[str, int]]:
    own: dict[str, tuple[str | None, int | None]] = {}
    parents: dict[str, str] = {}
    for style in children(styles, "style"):
        name = attribute(style, "styleId") or ""
        listed = child(child(style, "pPr"), "numPr")
        depth = child(listed, "ilvl")
        own[name] = value_of(child(listed, "numId")), number_of(depth, 0) if depth is not None else None
        parents[name] = value_of(child(style, "basedOn")) or ""
    found: dict[str, tuple[str, int]] = {}
    for name in own:
        identifier: str | None = None
        depth_found: int | None = None
        ancestor, seen = name, set[str]()
        while ancestor in own and ancestor not in seen and len(seen) < _ANCESTORS:
            seen.add(ancestor)
            identifier = identifier or own[ancestor][0]
            depth_found = depth_found if depth_found is not None else own[ancestor][1]
            ancestor = parents[ancestor]
        if identifier and identifier != "0":
            found[name] = identifier, depth_found or 0
    return found


def _printed(levels: dict[int, Level], counts: dict[int, int], depth: int) -> str:
    level = levels[depth]
    if level.form in ("bullet", "none"):
        return ""

    def of_level(match: re.Match[str]) -> str:
        shown = int(match[1]) - 1
        if shown not in levels:
            return ""
        return formatted(counts.get(shown, levels[shown].start), levels[shown].form)

    label = re.sub("%([1-9])", of_level, level.pattern).strip()
    if len(label) > _LONGEST:
        return ""
    if not label or level.tight or _CLOSING.search(label):
        return label
    return f"{label} "


def formatted(number: int, form: str) -> str:
    """`number` as Word prints it in the number format `form` (`w:numFmt`); unknown ones as decimal."""
    if not 0 < number <= _LARGEST:
        return str(number)
    if form in ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"):
        return "".join(_DIGITS[int(figure)] for figure in str(number))
    if form.startswith(_COUNTED):
        return _counted(number, _DIGITS, "十百千").removeprefix("一" if 10 <= number < 20 else "")
    if form in ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"):
        return _counted(number, _FORMAL, "拾佰仟")
    if form == "ideographTraditional" and number <= len(_STEMS):
        return _STEMS[number - 1]
    if form == "ideographZodiac" and number <= len(_BRANCHES):
        return _BRANCHES[number - 1]
    if form.startswith(("decimalEnclosedCircle", "ideographEnclosedCircle")) and number <= 20:
        return chr(ord("①") + number - 1)
    if form == "decimalEnclosedParen" and number <= 20:
        return chr(ord("⑴") + number - 1)
    if form == "decimalZero":
        return f"{number:02d}"
    if form in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman"):
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    return str(number)


def _counted(number: int, digits: str, units: str) -> str:
    written = ""
    figures = str(number)
    for place, figure in zip(range(len(figures) - 1, -1, -1), figures, strict=True):
        if figure != "0":
            written += digits[int(figure)] + (units[place - 1] if place else "")
        elif not written.endswith("零") and set(figures[len(figures) - place :]) - {"0"}:
            written += "零"
    return written


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and re.fullmatch(r"\d{1,6}", text) else otherwise
