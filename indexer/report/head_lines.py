"""What one line of a head says: the name of a document, a meeting, a day, who speaks, bodies that speak together."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.report.documents import fits, source
from indexer.text.characters import simplified
from indexer.text.digit_words import arabic_year, digit_by_digit
from indexer.text.numerals import whole_number

_WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_TRADITIONAL = 0.05  # of the characters of a Traditional text have another form; one in three does
LONGEST_TITLE = 60
_BLANKS = re.compile(r"(?<=[\u4e00-\u9fff\d（）()—·]) +(?=[\u4e00-\u9fff\d（）()—·])")
_YEAR = r"(?P<year>(?:19|20)\d\d|[一二][九〇○零][〇○零一二三四五六七八九]{2})"
_DAY = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
DATE = re.compile(rf"{_YEAR}年(?P<month>{_DAY})月(?P<day>{_DAY})日")
_NUMBER = r"[一二三四五六七八九十百\d]{1,4}"
MEETING = re.compile(
    rf"(?:在|日|^|[。，（( ：—])(?P<place>[\u4e00-\u9fff]{{0,20}}?)(?P<session>第?{_NUMBER}届(?P<national>全国)?"
    rf"(?:(?:人民代表大会|人大)(?:常务委员会|常委会)?|委员会)第?{_NUMBER}次(?:全体)?会议|第{_NUMBER}次(?P<party>全国)?(?:党员)?代表大会)",
    re.M,
)
# Whose meeting it is, before the name of the place: 在中国共产党某市第六次代表大会上.
_ASSEMBLY = re.compile(r"^(?:中国共产党|中共|政协|中国人民政治协商会议)")
_DAYS = "和?[一二三四五六七八九十]{1,3}日"
_FURTHER_NAMES = r"(?:·[\u4e00-\u9fff]{1,8}){0,2}"  # 雪克来提·扎克尔
_AFTER_NAME = r"(?:同志|先生|女士)?(?=动议|发表|提交|作政府|作工作|作关于|作了|在|代表|向|受|各位|同志们|[。，；！（()）:：\n\d]|$)"
_SPEAKER = re.compile(
    rf"(?P<office>{source('office')})[ \n:：]*?(?P<name>(?!{_DAYS})[\u4e00-\u9fff]{{2,6}}?{_FURTHER_NAMES}){_AFTER_NAME}"
)
_OF_ANOTHER = re.compile("任命|免去|同志|的")
_NAMED_ALONE = re.compile(
    rf"[（(]{DATE.pattern}[，、 ]*(?P<name>(?!{_DAYS})[\u4e00-\u9fff]{{2,6}}{_FURTHER_NAMES})[）)]"
)
SENTENCE = re.compile(r"[。；！？!?;]")
NO_TITLE = re.compile(r"(?:现在|我代表|我受|受|——|--|―|─|根据|按照|附件|注)")
# What stands behind the name of a document on its line: where and when it was delivered.
_BEHIND = re.compile(rf"(?:[（(](?=[^）)]*(?:会议|{DATE.pattern}))|——|--|――|──).*$")
_SHORTEST_BODY = 3
_MOST_BODIES = 12
SAYS = re.compile(rf"(?P<body>[\u4e00-\u9fff、（）]{{2,40}}?){source('says')}")
"""怀化市人民政府关于印发…的通知; 应急指挥部通告（第8号）; 最高人民法院工作报告."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting at which a report was delivered: 云南省, 第十四届人民代表大会第三次会议.

    Attributes:
        assembly: whose it is, where that stands before the place: 中国共产党太仓市第十四次代表大会.
    """

    place: str
    session: str
    is_national: bool
    assembly: str = ""


def as_written(text: str) -> str:
    """The text where it is Simplified, else that: 乾 in the name of somebody is no Traditional 干."""
    text = western_digits(text)
    converted = simplified(text)
    changed = sum(one != other for one, other in zip(text, converted, strict=True))
    return converted if changed > _TRADITIONAL * len(text) else text


def western_digits(text: str) -> str:
    """The text with 2014 for ２０１４; its length stays."""
    return text.translate(_WIDE_DIGITS)


def title_in(line: str) -> str:
    """The name of a document that a line consists of, without what stands behind it; empty where it names none."""
    line = squashed(line.strip().strip("《》# *"))
    bare = _BEHIND.sub("", line).strip("，,：: ")
    for words in (bare, line):
        if (
            4 <= len(words) <= LONGEST_TITLE
            and fits("title", words)
            and not NO_TITLE.match(words)
            and not fits("junk", words)
            and not SENTENCE.search(words)
            and len(re.findall("[，,]", words)) <= 1
        ):
            return words
    return ""


def meeting_in(line: str) -> Meeting | None:
    """The meeting that a line names."""
    found = MEETING.search(line)
    if found is None:
        return None
    named = found["place"].rpartition("在")[2].rpartition("关于")[2]
    assembly = whose[0] if (whose := _ASSEMBLY.match(named)) else ""
    place = named.removeprefix(assembly)
    is_national = bool(found["national"] or found["party"]) or "全国" in place
    return Meeting(place.removesuffix("全国"), found["session"], is_national, assembly)


def date_in(line: str) -> str:
    """The first day that a line names, YYYY-MM-DD; empty where it names none."""
    found = DATE.search(squashed(line))
    return iso_of(found) if found else ""


def speaker_in(words: str) -> str:
    """Office and name of who speaks, «代省长 阮成发», by the words of a head or a title; the name alone, else nothing."""
    line = squashed(words)
    for found in _SPEAKER.finditer(line):
        # 免去某同志的副局长职务: neither who speaks nor a name.
        if not _OF_ANOTHER.search(found["office"]) and not fits("no_name", found["name"]):
            return f"{found['office']} {found['name']}"
    alone = _NAMED_ALONE.search(line)
    return alone["name"] if alone else ""


def squashed(words: str) -> str:
    """Without the blanks between Chinese characters: 政 府 工 作 报 告, 省长 王予波, 2024 年."""
    return _BLANKS.sub("", words)


def bodies_before(paragraph: str) -> tuple[str, ...]:
    """The bodies that stand apart before what they say: 国家发展改革委 财政部关于印发…的通知; none where there is but one."""
    *before, last = paragraph.split()[:_MOST_BODIES] or [""]
    says = SAYS.match(last)
    bodies = (*before, says["body"]) if says else ()
    return bodies if len(bodies) > 1 and all(map(is_body, bodies)) else ()


def is_body(words: str) -> bool:
    """Whether words are the name of a body that issues documents."""
    return len(words) >= _SHORTEST_BODY and fits("signer", words)


def iso_of(date: re.Match[str]) -> str:
    """2024-01-25, of 二〇二四年一月二十五日; empty where there is no such day."""
    month, day = (
        whole_number(date[part]) or 0 if "十" in date[part] else digit_by_digit(date[part])
        for part in ("month", "day")
    )
    year = arabic_year(date["year"])
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else ""
