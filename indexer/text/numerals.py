"""The one reader of numbers, as Chinese reports write them: 5.3万, 1,500, 4 9 2 5 0, 2 300亿, 6亿1800万, 4000余万,
三百五十, 二点三亿, 三四十, 二〇二四, 壹拾万, 百分之三点五, 三分之二, 1/3, 一半."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from indexer.text.digit_words import (
    DIGIT_WORDS,
    DIGITS,
    SCALES,
    WORDS,
    ZEROS,
    are_neighbours,
    digit_of,
    factor_of,
    plain_words,
    values_of,
)
from indexer.text.span import Span

WRITTEN_YEAR = (
    rf"(?:[1１][9９]|[2２][0０])\d\d|[12] [09](?: \d){{2}}|[一二][九{ZEROS}][{''.join(DIGITS)}]{{2}}"
)
"""A year as it is written, for `arabic_year`: 2024, １９９８, 1 9 9 8, 一九七八. The inside of a regular expression."""

# One blank between all digits of a number, as some old reports are printed: 7 4 7 7 2, 8 ．8, 1 0 ．0 6.
_SPACED = (
    r"(?<!\d )\d(?: \d(?!\d))++(?: ?[.．] ?\d(?: \d(?!\d))*+)?"
    r"|(?<!\d )\d ?[.．] \d(?: \d(?!\d))*+|(?<!\d )\d [.．]\d(?: \d(?!\d))*+"
)
# A blank between thousands, where the words around it are those of a sentence (达2 300亿元), or where a group begins with
# 0, as no number does (1 050家). Not two cells of a row: 2 300.
_THOUSANDS = (
    r"(?<![\d.．,，])(?<!\d )(?:(?<=[\u4e00-\u9fff])(?<![表图第])\d{1,3}(?: \d{3}){1,3}|[1-9]\d{0,2}(?: [1-9]\d\d){0,2} 0\d\d(?: \d{3}){0,2})"
    r"(?! ?\d)(?:[.．]\d++)?(?= ?[\u4e00-\u9fff%％‰℃])"
)
_PLAIN = r"(?:\d{1,3}(?:[,，]\d{3})++(?!\d)|\d++)(?:[.．]\d++)?"
# 一半 and 半数, which no number in characters is made of: not 统一半径, 半数字化.
_HALF = r"(?<![统唯单专第十百千万])一半(?![年天月日径岛边球场夜山坡空身面导])|(?<![大小])(?P<past>(?<!超)过)?半数(?![据字学码值])"
_NUMBER = re.compile(rf"(?P<digits>{_THOUSANDS}|{_SPACED}|{_PLAIN})|(?P<half>{_HALF})|(?P<words>[{WORDS}]++)")
# 占1/3, 2/3以上: a share where the words say so, not 3/15 and not page 1/10.
_STROKE = re.compile(r"[/／](?P<below>[2-9]|10)(?![\d/／.．%％])")
_SHARE_BEFORE = re.compile(r"[占达到至近约超过逾的少降减增长高低了为有国省市县区量、和与及]$")
_SHARE_AFTER = re.compile(r"的|以[上下内]|左右|多(?![少于])")
_SHARE_ENDS = re.compile(r"[，,；;。！？、和与及）)\n]|$")
# Not 3千米, 5百分点.
_SCALE = r"[十百千]?(?:万亿|[万亿])|[百千](?![分米克瓦伏赫帕焦卡升])"
# 4万多亿, 1000余万, 十几, 十来: more than the number says, or about. Not 多少, 余额.
_MORE = r"多(?![少于])|余(?![额热量粮])"
_MORE_AGAIN = re.compile(_MORE)
_AFTER_DIGITS = re.compile(
    rf" ?(?:(?P<inner>[余多来几])(?=[万亿]))?(?P<scale>{_SCALE})?(?: ?(?P<more>{_MORE}|来(?=[个名家人])))?(?P<last>[万亿])?"
)
_NEXT_PART = re.compile(
    rf"零?(?P<digits>\d{{1,4}}(?:\.\d+)?)(?![\d.．,])(?:(?P<inner>[余多])(?=[万亿]))?(?P<scale>{_SCALE})?(?:(?P<more>[余多])(?P<last>[万亿])?)?(?!年)"
)
_AFTER_WORDS = re.compile(
    rf"(?:(?P<point>[点·])(?P<decimals>[{DIGIT_WORDS}]++)(?![十百千]))?"
    rf"(?:(?P<inner>[余多来几])(?=[万亿]))?(?P<scale>万亿|[万亿])?"
    rf"(?P<more>{_MORE}|(?<=[十百拾佰])来(?=[个名家人万岁])|(?<=[十拾])几)?(?P<last>[万亿])?"
)
_YEAR_FIRST = re.compile(rf"[一二][九零〇○][{DIGIT_WORDS}]{{2}}(?=[{DIGIT_WORDS}])")  # 一九八二两个年度
# 一、五七〇公里, as reports of the fifties have thousands.
_GROUPS = re.compile(rf"[{DIGIT_WORDS}]{{1,3}}(?:、[{DIGIT_WORDS}]{{3}})++(?![{WORDS}])")
# 二、三百亿度, 七、八个: one after the other, inside a sentence.
_SECOND_DIGIT = re.compile(rf"、(?P<words>[{WORDS}]++)")
_PLAN = re.compile(r"十?[一二三四五六七八九]五(?=”?(?:[期末普]|时期|规划|计划|以来))")  # 十四五规划
_PARTS = "分之"
_LONGEST = 40  # characters of a number: what is longer is none that anybody means
_LEAST_TOLD = 2  # 一 is a word of many: 进一步, 一批, 统一


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number inside a text.

    Attributes:
        start, end: where it stands, half-open, with its scale and what says that it is more (300多).
        low, high: what it is worth; they differ for 三四十. 负 and 零下 before it are no part of it.
        scale: what the words after its digits multiply them by: 10000 of 5.3万 and of 三十五万; 1 where there are none.
        more: 多, 余 or 几, which say that it is more than the number, 过 of 过半数, or 来, about; empty where none does.
        below: 100 of 百分之五, 3 of 三分之二 and 1/3, 2 of 一半; `low` and `high` are divided by it already. 1 of others.
        in_words: whether it is written in characters.
        is_round: it is a scale alone, without a digit: 百万, 万亿, 千.
        by_digit: digits in characters without a scale, three and more: 二〇二四.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    scale: int = 1
    more: str = ""
    below: int = 1
    in_words: bool = False
    is_round: bool = False
    by_digit: bool = False

    @property
    def value(self) -> Decimal:
        """What it is worth; the higher one of 三四十."""
        return self.high


def numerals(text: str, within: Span | None = None) -> Iterator[Numeral]:
    """Every number in a text, in order: two of 1.5万—2万, one of 二十五个 and of 百分之五.

    What is no number that anybody means is left out: a row of digits longer than any, 千百, 一一, 亿万.
    """
    start, end = (0, len(text)) if within is None else (within.start, within.end)
    position = start
    while found := _NUMBER.search(text, position, end):
        numeral = _numeral(text, found, start, end)
        if numeral is None:
            position = found.end()
            continue
        if text.startswith(_PARTS, numeral.end, end):
            numeral = _fraction(text, numeral, start, end) or numeral
        yield numeral
        position = numeral.end


def numeral_value(words: str) -> Decimal:
    """What a number is worth: 5.3万 → 53000, 两千零六 → 2006, 百分之三点五 → 0.035.

    Digits without a scale are read one by one (二〇二四 → 2024); of 三四, «three or four», the second counts.

    Raises:
        ValueError: these words are no number, or more than one.
    """
    words = words.strip()
    if len(words) > 2 * _LONGEST:
        raise ValueError(f"no number, but {len(words)} characters: {words[:_LONGEST]!r}…")
    whole = next(numerals(words), None)
    if whole is None or (whole.start, whole.end) != (0, len(words)):
        raise ValueError(f"no number: {words!r}")
    return whole.value


def whole_number(words: str) -> int | None:
    """The whole number that words are, as those of headings, articles and days; None where they are none: 五一, 二五."""
    try:
        return int(numeral_value(words))
    except ValueError:
        return None


def holds_number(words: str) -> bool:
    """Whether words tell a number: 8400P, 近千亿元, 两成, 半数; not 进一步, 一批, 统一."""
    return "半" in words or any(
        not one.in_words or one.below > 1 or one.value >= _LEAST_TOLD for one in numerals(words)
    )


def _numeral(text: str, found: re.Match[str], start: int, end: int) -> Numeral | None:
    """The number that begins with what was found; None where it is none."""
    if found.end() - found.start() > _LONGEST:
        return None
    if found["half"]:
        half = Decimal(1) / 2
        return Numeral(
            found.start(), found.end(), half, half, more=found["past"] or "", below=2, in_words=True
        )
    if found["digits"]:
        return _share(text, found, end) or _in_digits(text, found, end)
    return _in_words(text, found, start, end)


def _share(text: str, found: re.Match[str], end: int) -> Numeral | None:
    """1/3 with words that say that it is a share of something; None where none do."""
    stroke = _STROKE.match(text, found.end(), end)
    if (
        stroke is None
        or not found["digits"].isdecimal()
        or not 0 < int(found["digits"]) < int(stroke["below"])
    ):
        return None
    stop, before = stroke.end(), text[max(0, found.start() - 1) : found.start()]
    told = _SHARE_ENDS.match(text, stop) and _SHARE_BEFORE.search(before)
    if not told and not _SHARE_AFTER.match(text, stop, end):
        return None
    below = int(stroke["below"])
    value = Decimal(int(found["digits"])) / below
    return Numeral(found.start(), stop, value, value, below=below)


def _fraction(text: str, below: Numeral, start: int, end: int) -> Numeral | None:
    """百分之五, 三分之二: `below` is what stands before 分之."""
    found = _NUMBER.match(text, below.end + len(_PARTS), end)
    above = _numeral(text, found, start, end) if found else None
    if above is None or below.low != below.high or not below.low or below.low % 1 or below.more:
        return None
    parts = int(below.low)
    return replace(
        above,
        start=below.start,
        low=above.low / parts,
        high=above.high / parts,
        below=parts,
        is_round=False,
        by_digit=False,
    )


def _in_digits(text: str, found: re.Match[str], end: int) -> Numeral | None:
    digits = Decimal(re.sub("[ ,，]", "", found["digits"]).replace("．", "."))
    after = _AFTER_DIGITS.match(text, found.end(), end)
    assert after is not None, "the pattern fits nothing too"
    scaled = after["scale"] or ""
    if text.startswith(("万", "亿"), after.end("scale") if scaled else after.end()) and not after["more"]:
        return None  # 1亿亿
    factor = factor_of(scaled)
    more = after["inner"] or ""
    stop = after.end("scale") if scaled else found.end()
    value = digits * factor
    if not more and scaled and not digits % 1:
        value, stop, more = _with_smaller_parts(text, value, factor, stop, end)
    if stop == after.end("scale") or not scaled:
        if after["more"] and not more:
            more, stop = after["more"], after.end("more")
            if after["last"] and factor_of(after["last"]) != factor:
                factor, stop = factor * factor_of(after["last"]), after.end("last")
                value = digits * factor
    elif again := _MORE_AGAIN.match(text, stop, end):
        more, stop = again[0], again.end()
    return Numeral(found.start(), stop, value, value, factor, more)


def _with_smaller_parts(
    text: str, value: Decimal, factor: int, stop: int, end: int
) -> tuple[Decimal, int, str]:
    """6亿1800万, 3万5000, 1千3百万, 1亿1400多万: the value and the end with parts of a smaller scale after the first
    one, and what says that it is more."""
    more = ""
    while part := _NEXT_PART.match(text, stop, end):
        words, digits = (part["scale"] or "") + (part["last"] or ""), Decimal(part["digits"])
        scale, outer = factor_of(words), factor_of(words.lstrip("十百千"))
        if factor < 10**4 <= outer and digits * scale / outer < factor:
            value, factor, stop = (value + digits * scale / outer) * outer, outer, part.end()
            continue
        # Without a scale it must fill the place: 3万5000, not 3万5.
        fills = scale > 1 or (factor == 10**4 and 1000 <= digits < 10**4) or part[0].startswith("零")
        if not fills or digits * scale >= factor:
            break
        value, factor, stop = value + digits * scale, scale, part.end()
        if part["inner"] or part["more"]:
            more = part["inner"] or part["more"]
            break
    return value, stop, more


def _in_words(text: str, found: re.Match[str], start: int, end: int) -> Numeral | None:
    words, stop = _words_of_one(text, found, start, end)
    after = _AFTER_WORDS.match(text, stop, end)
    assert after is not None, "the pattern fits nothing too"
    decimals, outer = after["decimals"], (after["scale"] or "") + (after["last"] or "")
    # 三五·二 is 35.2, and 七五折 75 of a hundred, whatever digits these are.
    read = values_of(
        words if decimals else words + outer, after["point"] == "·" or text.startswith("折", stop)
    )
    if read is None:
        return None
    low, high = read
    if decimals:
        tenths = sum(
            (Decimal(digit_of(word)).scaleb(-place) for place, word in enumerate(decimals, 1)), Decimal()
        )
        low, high = ((value + tenths) * factor_of(outer) for value in (low, high))
    plain = plain_words(words)
    return Numeral(
        found.start(),
        after.end(),
        low,
        high,
        factor_of((plain + outer)[len((plain + outer).rstrip("百千万亿")) :]),
        after["inner"] or after["more"] or "",
        in_words=True,
        is_round=all(word in SCALES for word in plain) and plain != "十",
        by_digit=len(plain) > 2 and all(word in DIGITS for word in plain + outer) and not decimals,
    )


def _words_of_one(text: str, found: re.Match[str], start: int, end: int) -> tuple[str, int]:
    """The characters of one number among those that were found in a row, and where they end; empty for a plan's name."""
    words = found["words"]
    if (plan := _PLAN.match(text, found.start(), end)) is not None and plan.end() == found.end():
        return "", found.end()
    if (year := _YEAR_FIRST.match(words)) is not None:
        return year[0], found.start() + len(year[0])
    if found.start() == start or _in_list(text, found.start()):
        return words, found.end()
    if (grouped := _GROUPS.match(text, found.start(), end)) is not None:
        return grouped[0].replace("、", ""), grouped.end()
    second = _SECOND_DIGIT.match(text, found.end(), end)
    if second and are_neighbours(words[-1:], second["words"][:1]) and not text.startswith("、", second.end()):
        read = values_of(words + second["words"])
        if read is not None and read[0] != read[1]:
            return words + second["words"], second.end()
    return words, found.end()


def _in_list(text: str, position: int) -> bool:
    """Whether digits stand in a list of more than two, or count an order: 一、二、三产业, 第二、三产业."""
    return text[position - 1] in "第、"
