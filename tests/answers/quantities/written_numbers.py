"""Numbers written out as reports write them, with what they are worth: what the reader of quantities is tried on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from hypothesis import strategies as st

from answers.quantities.bounds import Bound
from tests.numbers_in_characters import DIGITS, in_characters

_FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
_SCALES = (
    ("", 1),
    ("万", 10**4),
    ("亿", 10**8),
    ("万亿", 10**12),
    ("十万", 10**5),
    ("百万", 10**6),
    ("千万", 10**7),
)
_DASHES = ("—", "-", "~", "～", "至", "到", "－", "–", "——", " — ")


@dataclass(frozen=True)
class Written:
    """A number as written, what it is worth, how it is bounded, and its unit in normal form."""

    text: str
    low: Decimal
    high: Decimal
    bound: Bound = Bound.EXACT
    unit: str = ""


def _same(text: str, value: Decimal | int) -> Written:
    return Written(text, Decimal(value), Decimal(value))


@st.composite
def in_digits(draw: st.DrawFn) -> Written:
    """12345, 12,345.6, １２, 1 2 3, with and without 万 and 亿."""
    whole = draw(st.integers(1, 99_999))
    decimals = draw(st.sampled_from(("", "", f".{draw(st.integers(1, 99))}")))
    text = f"{whole:,}" if draw(st.booleans()) else str(whole)
    word, factor = draw(st.sampled_from(_SCALES))
    style = draw(st.sampled_from(("plain", "wide", "spaced", "wide point")))
    if style == "wide":
        text = str(whole).translate(_WIDE) + decimals.translate(_WIDE)
    elif style == "spaced" and whole > 9:
        text = " ".join(str(whole)) + (" ．" + " ".join(decimals[1:]) if decimals else "") + " "
    else:
        text += decimals.replace(".", "．") if style == "wide point" else decimals
    value = Decimal(f"{whole}{decimals}") * factor
    if whole in range(1900, 2100) and not word and not decimals:
        whole, text, value = 7, "7", Decimal(7)  # a year is no quantity
    return _same(text + word, value)


@st.composite
def in_parts(draw: st.DrawFn) -> Written:
    """6亿1800万, 3万5000, 1千3百万."""
    above, below = draw(st.integers(1, 99)), draw(st.integers(1000, 9999))
    kind = draw(st.sampled_from(("亿万", "万", "千百万")))
    if kind == "亿万":
        return _same(f"{above}亿{below}万", above * 10**8 + below * 10**4)
    if kind == "万":
        return _same(f"{above}万{below}", above * 10**4 + below)
    thousands, hundreds = draw(st.integers(1, 9)), draw(st.integers(1, 9))
    return _same(f"{thousands}千{hundreds}百万", (thousands * 1000 + hundreds * 100) * 10**4)


@st.composite
def in_words(draw: st.DrawFn) -> Written:
    """一百九十万零三千九百七十一, 两万三千, 壹拾万, 二点三亿; from eleven on, so that every unit counts."""
    number = draw(st.one_of(st.integers(11, 9999), st.integers(11, 10**9), st.integers(11, 10**13)))
    text = in_characters(number)
    style = draw(st.sampled_from(("plain", "两", "formal", "short ten", "decimals")))
    if style == "两":
        return _same(text.replace("二千", "两千").replace("二万", "两万").replace("二亿", "两亿"), number)
    if style == "formal":
        return _same(text.translate(_FORMAL), number)
    if style == "short ten" and text.startswith("一十"):
        return _same(text[1:], number)
    if style == "decimals":
        whole, decimal = draw(st.integers(0, 999)), draw(st.integers(1, 9))
        word, factor = draw(st.sampled_from((("万", 10**4), ("亿", 10**8), ("万亿", 10**12))))
        return _same(
            f"{in_characters(whole)}点{DIGITS[decimal]}{word}", Decimal(f"{whole}.{decimal}") * factor
        )
    return _same(text, number)


@st.composite
def about(draw: st.DrawFn) -> Written:
    """三四十, 十五六, 七、八千, 三五百: a number between two digits."""
    low = draw(st.integers(1, 8))
    joint = draw(st.sampled_from(("", "、")))
    digits = f"{DIGITS[low]}{joint}{DIGITS[low + 1]}"
    word, factor = draw(
        st.sampled_from(
            (("十", 10), ("百", 100), ("千", 1000), ("百万", 10**6), ("万", 10**4), ("亿", 10**8))
        )
    )
    if not joint and draw(st.booleans()):
        ten, more = (
            draw(st.sampled_from((("十", 10), ("二十", 20), ("一百三十", 130)))),
            draw(st.sampled_from((("", 1), ("万", 10**4)))),
        )
        return Written(
            ten[0] + digits + more[0],
            Decimal((ten[1] + low) * more[1]),
            Decimal((ten[1] + low + 1) * more[1]),
        )
    return Written(digits + word, Decimal(low * factor), Decimal((low + 1) * factor))


@st.composite
def with_more(draw: st.DrawFn) -> Written:
    """4000余万, 17万多, 三百多, 4万多亿, 十几万: more than the number says."""
    word, factor = draw(st.sampled_from((("", 1), ("万", 10**4), ("亿", 10**8))))
    more = draw(st.sampled_from("余多"))
    if draw(st.booleans()):
        number = draw(st.integers(2, 9999).filter(lambda n: n not in range(1900, 2100)))
        text = str(number)
    else:
        number = draw(st.sampled_from((20, 30, 300, 3700, 5000)))
        text = in_characters(number)
    inside = bool(word) and draw(st.booleans())
    found = _same(f"{text}{more}{word}" if inside else f"{text}{word}{more}", number * factor)
    return replace(found, bound=Bound.OVER)


numbers = st.one_of(in_digits(), in_parts(), in_words(), about(), with_more())


@st.composite
def ranges(draw: st.DrawFn) -> Written:
    """1500—2000, 2—3万, 1.5万至2万, 三到五百."""
    low = draw(st.integers(1, 800))
    high = draw(st.integers(low + 1, 999))
    dash = draw(st.sampled_from(_DASHES))
    word, factor = draw(st.sampled_from((("", 1), ("万", 10**4), ("亿", 10**8))))
    kind = draw(st.sampled_from(("digits", "both", "words")))
    if kind == "words":
        pair = in_characters(low + 10), in_characters(high + 10)
        return Written(f"{pair[0]}{dash}{pair[1]}", Decimal(low + 10), Decimal(high + 10))
    first = f"{low}{word}" if kind == "both" else str(low)
    return Written(f"{first}{dash}{high}{word}", Decimal(low * factor), Decimal(high * factor))


@st.composite
def shares(draw: st.DrawFn) -> Written:
    """百分之七点八, 千分之六, 百分之二到三, 三分之二, 一半, 半数, 七成, 一成五, 七五折, 6%-6.5%: in per cent."""
    one, two = draw(st.integers(1, 98)), draw(st.integers(1, 9))
    digit, tenth = DIGITS[two], draw(st.integers(2, 9))
    found = {
        "百分之": _same(f"百分之{in_characters(one)}点{digit}", Decimal(f"{one}.{two}")),
        "千分之": _same(f"千分之{in_characters(one)}", Decimal(one) / 10),
        "range": Written(
            f"百分之{in_characters(one)}到{in_characters(one + 1)}", Decimal(one), Decimal(one + 1)
        ),
        "twice": Written(
            f"百分之{in_characters(one)}至百分之{in_characters(one + 1)}", Decimal(one), Decimal(one + 1)
        ),
        "part": _same(f"{DIGITS[tenth]}分之{digit}", Decimal(100) * two / tenth),
        "half": _same(draw(st.sampled_from(("一半", "半数"))), 50),
        "past": replace(_same("过半数", 50), bound=Bound.OVER),
        "成": _same(f"{digit}成", two * 10),
        "成五": _same(f"{digit}成{DIGITS[tenth]}", two * 10 + tenth),
        "折": _same(f"{digit}折", two * 10),
        "%": _same(f"{one}.{two}%", Decimal(f"{one}.{two}")),
        "％": _same(f"{one}．{two}％".translate(_WIDE), Decimal(f"{one}.{two}")),
        "%-%": Written(f"{one}%-{one}.{two}%", Decimal(one), Decimal(f"{one}.{two}")),
        "-%": Written(f"{one}—{one + 1}%", Decimal(one), Decimal(one + 1)),
    }
    return replace(draw(st.sampled_from(tuple(found.values()))), unit="%")


@st.composite
def ratios(draw: st.DrawFn) -> Written:
    """2.9∶1, 1:3.2, 三比一."""
    one, tenth = draw(st.integers(2, 40)), draw(st.integers(1, 9))
    value, sign = Decimal(f"{one}.{tenth}"), draw(st.sampled_from("∶:："))
    found = (
        replace(_same(f"{value}{sign}1", value), unit="∶1"),
        replace(_same(f"1{sign}{value}", value), unit="1∶"),
        replace(_same(f"{in_characters(one)}比一", one), unit="∶1"),
    )
    return draw(st.sampled_from(found))


@st.composite
def thousands(draw: st.DrawFn) -> Written:
    """2 300, 12 345.6万, 1 234 567: a blank between thousands, which counts after a word and before one."""
    whole, decimals = (
        draw(st.integers(1000, 10**9)),
        draw(st.sampled_from(("", f".{draw(st.integers(1, 99))}"))),
    )
    word, factor = draw(st.sampled_from(_SCALES))
    return _same(f"{whole:,}{decimals}".replace(",", " ") + word, Decimal(f"{whole}{decimals}") * factor)


@st.composite
def strokes(draw: st.DrawFn) -> Written:
    """1/3, 3/10 with a stroke, which are shares where the words say so: in per cent."""
    below = draw(st.integers(2, 10))
    above = draw(st.integers(1, below - 1))
    return replace(
        _same(f"{above}{draw(st.sampled_from('/／'))}{below}", Decimal(above) / below * 100), unit="%"
    )


@st.composite
def below_zero(draw: st.DrawFn) -> Written:
    """负1.5%, 负百分之三, 负0.6个百分点, 零下十五℃, with its unit."""
    number, tenth = draw(st.integers(1, 40)), draw(st.integers(1, 9))
    share = draw(st.sampled_from((("%", "%"), ("‰", "‰"), ("个百分点", "个百分点"), ("元", "元"))))
    cold = draw(st.sampled_from(("℃", "摄氏度", "度")))
    found = (
        replace(_same(f"负{number}.{tenth}{share[0]}", -Decimal(f"{number}.{tenth}")), unit=share[1]),
        replace(_same(f"负百分之{in_characters(number)}", -number), unit="%"),
        replace(_same(f"零下{number}{cold}", -number), unit=cold),
        replace(_same(f"零下{in_characters(number + 10)}{cold}", -number - 10), unit=cold),
    )
    return draw(st.sampled_from(found))
