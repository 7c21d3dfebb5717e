"""A document that was read beside what is true of it: each field right, missing or wrong, and whether its doubt is told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from benchmarks.documents.truth import Truth
from indexer.report.records import Metadata
from indexer.report.regions import WHOLE_COUNTRY
from indexer.report.report import Report
from indexer.text.characters import simplified

FIELDS = ("region", "year", "level", "kind", "title", "speaker", "issuer")
_BLANK = re.compile(r"\s+")
# What thousands of reports are called: place and year may be said with it or not.
_BARE = re.compile(
    r"(?:\d{4}年)?(?:[\u4e00-\u9fff]{1,20})?(?P<what>政府工作报告|施政报告|施政方针|财政预算案)"
)
_STATE = "中华人民共和国"


class Verdict(StrEnum):
    """How a field was read."""

    RIGHT = "right"
    MISSING = "missing"
    MARKED = "wrong, marked as doubtful"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Score:
    """What was read of one document.

    Attributes:
        fields: by name; without those that its author left open.
        said: what was read for each of them.
        held: which of the stretches that must stand in it stand in one paragraph.
        kept_out: which of the words around it nobody can find.
        headings: which of its headings open a section.
        paragraphs: how many were read, over how many there are; None where that cannot be told.
    """

    file: str
    fields: dict[str, Verdict]
    said: dict[str, str]
    held: tuple[bool, ...]
    kept_out: tuple[bool, ...]
    headings: tuple[bool, ...]
    paragraphs: float | None


def score(truth: Truth, report: Report | None) -> Score:
    """Compare a document with the truth; None where it was refused."""
    verdicts = dict(_verdicts(truth, report.metadata if report else Metadata(title="")))
    own = [
        _squashed(span.of(report.text)) for span in report.paragraphs if not report.is_aside(span.start)
    ] if report else []  # fmt: skip
    found = (
        [_squashed(s.heading.of(report.text)) for s in report.sections if len(s.heading)] if report else []
    )
    return Score(
        truth.file,
        {field: verdict for field, (verdict, _) in verdicts.items()},
        {field: said for field, (_, said) in verdicts.items()},
        tuple(any(_squashed(words) in paragraph for paragraph in own) for words in truth.must_hold),
        tuple(not any(_squashed(words) in paragraph for paragraph in own) for words in truth.must_not_find),
        tuple(any(_is_heading(_squashed(words), heading) for heading in found) for words in truth.headings),
        len(own) / truth.paragraphs if truth.paragraphs and report else None,
    )


def _verdicts(truth: Truth, read: Metadata) -> Iterator[tuple[str, tuple[Verdict, str]]]:
    doubtful = {origin.field for origin in read.origins if origin.is_doubtful}
    for field in FIELDS:
        said = getattr(read, field)
        said = "" if said is None else str(said)
        right = None if field in truth.open else _is_right(field, truth, said)
        if right is None:
            continue
        verdict = (
            Verdict.RIGHT if right
            else Verdict.MISSING if not said
            else Verdict.MARKED if field in doubtful
            else Verdict.WRONG
        )  # fmt: skip
        yield field, (verdict, said)


def _is_right(field: str, truth: Truth, said: str) -> bool | None:
    """Whether a field is right; None where its author left it open."""
    wanted = getattr(truth, field)
    if field == "region":
        if wanted is None and truth.level == "国家":
            return said == WHOLE_COUNTRY
        return said.endswith(wanted) if wanted else not said
    if field == "level" and wanted is None and truth.region is not None:
        return None  # a town, a zone, a news text of a province
    if field == "issuer":
        return None if wanted is None else bool(said) and _alike(said, wanted)
    if field == "title":
        return None if wanted is None else _same_title(said, wanted, truth)
    if field == "speaker":
        return said.split(" ")[-1] == (wanted or "")
    return said == ("" if wanted is None else str(wanted))


def _alike(said: str, wanted: str) -> bool:
    """市财政局 may be told with its place, and a body of the state without its name."""
    return said.removeprefix(_STATE).endswith(wanted.removeprefix(_STATE))


def _same_title(said: str, wanted: str, truth: Truth) -> bool:
    one, other = (_squashed(simplified(title)) for title in (said, wanted))
    if one == other:
        return True
    bare, wide = _BARE.fullmatch(other), _BARE.fullmatch(one)
    if bare is None or wide is None or bare["what"] != wide["what"]:
        return False
    years = set(re.findall(r"\d{4}", f"{one}{other}"))
    place = truth.region or "国务院"
    names = (re.sub(r"\d{4}年", "", title).removesuffix(bare["what"]) for title in (one, other))
    return years <= {str(truth.year)} and all(
        place.startswith(name) or name.endswith(place) for name in names
    )


def _is_heading(wanted: str, found: str) -> bool:
    return found == wanted or found.startswith(wanted) or (wanted.startswith(found) and len(found) > 4)


def _squashed(text: str) -> str:
    return _BLANK.sub("", unicodedata.normalize("NFKC", text).replace("。", ".")).rstrip(".,:;")
