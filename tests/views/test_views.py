from __future__ import annotations

from dataclasses import replace

import pytest

from answers.answer import Answer, FoundPassage, Reply
from answers.citation import citation
from answers.place import Place
from answers.service import Stage, Status
from answers.understanding.question import understand
from answers.understanding.scope import Scope
from indexer.progress import BuildProgress, Step
from indexer.report.passages import parse_report
from indexer.report.records import Document, Metadata
from indexer.report.report import Report
from indexer.text.span import Span
from views.ask.layout import arrange, places_of_words
from views.library.layout import bar, import_bar
from views.library.wording import LibraryWording
from views.shared.markup import answer_html, passage_html, place_html, plain, report_blocks, verdict_html
from views.shared.preparation import preparation_bar
from views.shared.reading_pane import section_to_read
from views.shared.wording import SharedWording

ZH = SharedWording("zh")
HOSTILE = "(一)做好<b>工作</b>。增长5%~6%，投入$3亿，<script>alert('1')</script>。新建“x”&项目3个。"


@pytest.fixture
def hostile() -> Report:
    return parse_report(Document("h", HOSTILE, Metadata("<i>题</i>"), "h.txt", "ab" * 32))


def _answer(report: Report, words: str, score: float = 0.9) -> Answer:
    text = report.text
    start = text.index(words)
    span = Span(start, start + len(words))
    passage = next(p for p in report.passages if p.span.holds(span))
    place = Place(report.name, report.title, ("一、<u>", "二"), 3)
    return Answer(place, words, span, span, passage.span, passage.section, score)


def _reply(question: str, answers: tuple[Answer, ...], confidence: float, abstained: bool) -> Reply:
    passages = tuple(
        FoundPassage(a.place, a.text, a.passage, a.section, a.score)
        for a in {a.passage: a for a in answers}.values()
    )
    return Reply(understand(question), Scope(None), answers, passages, confidence, abstained, None, 1.0, 0.03)


def test_another_answer_is_one_that_scores_hardly_less(hostile: Report) -> None:
    first, near, far = _answer(hostile, "3个"), _answer(hostile, "5%~6%", 0.89), _answer(hostile, "工作", 0.5)
    layout = arrange(_reply("新建多少个项目？", (first, near, far), 0.9, False))
    assert layout.others == (near,)
    assert arrange(_reply("新建多少个项目？", (first, near, far), 0.01, True)).others == ()


def test_words_that_stand_in_the_report_are_shown_where_there_is_no_answer() -> None:
    here = FoundPassage(Place("h", "题", (), 3), "推进農村養老服务，发展养老产业。", Span(40, 56), 1, 0.5)
    elsewhere = FoundPassage(Place("h", "题", (), 1), "推进农村改革。", Span(9, 16), 0, 0.9)
    words, shown = places_of_words((elsewhere, here), "农村 医疗")
    assert words == () and not any(one.marks for one in shown)
    words, shown = places_of_words((elsewhere, here), " 农村 养老？ ")
    assert words == ("农村", "养老")
    assert [(one.passage, one.marks) for one in shown] == [
        (here.span, (Span(42, 44), Span(44, 46), Span(51, 53))), (elsewhere.span, ()),
    ]  # fmt: skip
    assert places_of_words((elsewhere,), "")[0] == ()


def test_report_text_is_escaped_in_passages_and_keeps_its_characters(hostile: Report) -> None:
    answer = _answer(hostile, "<script>alert('1')</script>")
    html = passage_html(HOSTILE, answer.passage, (answer.span,))
    assert "<script" not in html
    assert "<mark data-mark='1'>&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;</mark>" in html
    assert "5%~6%" in html and "$3亿" in html


def test_titles_headings_and_answers_are_escaped() -> None:
    place = Place("d", "<i>题</i>", ("<u>甲",), 2)
    html = place_html(place, ZH)
    assert "<i>" not in html and "<u>" not in html and "第 2 段" in html
    assert "<b>" not in answer_html(["<b>1</b>"])
    assert "<b>" not in answer_html(["<b>1</b>", "2"])


def test_a_failed_check_shows_no_tick() -> None:
    assert "✓" in verdict_html(True, "", ZH)
    assert "✓" not in verdict_html(False, "", ZH)


def test_blocks_hold_every_character_of_every_paragraph_once(seed_parsed: Report) -> None:
    text = seed_parsed.text
    marks = (Span(100, 110), Span(112, 130))
    blocks = report_blocks(seed_parsed, Span(0, len(text)), marks)
    joined = "".join(run.text for block in blocks for run in block.runs)
    assert "".join(joined.split()) == "".join(text.split())
    assert [b.paragraph for b in blocks] == sorted({b.paragraph for b in blocks})


def test_blocks_mark_exactly_the_spans(seed_parsed: Report) -> None:
    text = seed_parsed.text
    span = Span(text.index("新建充电桩1500个"), text.index("新建充电桩1500个") + 10)
    blocks = report_blocks(seed_parsed, Span(0, len(text)), (span,))
    marked = [run.text for block in blocks for run in block.runs if run.mark == 1]
    assert marked == ["新建充电桩1500个"]


def test_blocks_of_a_section_hold_nothing_else(seed_parsed: Report) -> None:
    section = next(s for s in seed_parsed.sections if "突出扩投资" in s.heading.of(seed_parsed.text))
    joined = "".join(r.text for b in report_blocks(seed_parsed, section.span, ()) for r in b.runs)
    assert joined.startswith("(三)突出扩投资促消费") and "网络零售额增长6%" in joined
    assert "提升一流强港" not in joined


def test_headings_are_told_apart(seed_parsed: Report) -> None:
    section = seed_parsed.sections[1]
    runs = [r for b in report_blocks(seed_parsed, section.span, ()) for r in b.runs]
    assert [r.text for r in runs if r.heading][:2] == [
        "(二)增强科教人才支撑,着力提升创新策源能力",
        "加快建设重大科技创新平台。",
    ]


def test_plain_makes_markdown_inert() -> None:
    assert plain("5%~6%_a_$x$<b>") == "5%\\~6%\\_a\\_\\$x\\$\\<b\\>"


def test_a_number_is_one_point_and_the_rest_are_others(hostile: Report) -> None:
    answers = (_answer(hostile, "3个"), _answer(hostile, "$3亿", 0.89))
    layout = arrange(_reply("新建多少个项目", answers, 0.9, False))
    assert [a.text for a in layout.points] == ["3个"]
    assert [a.text for a in layout.others] == ["$3亿"]
    assert layout.sure
    assert layout.passages[0].marks == (answers[0].span,)


def test_measures_are_points_in_order_of_place(hostile: Report) -> None:
    answers = (_answer(hostile, "新建“x”&项目3个"), _answer(hostile, "增长5%~6%", 0.89))
    layout = arrange(_reply("怎么做好工作", answers, 0.5, False))
    assert [a.text for a in layout.points] == ["增长5%~6%", "新建“x”&项目3个"]
    assert not layout.sure


def test_points_far_below_the_first_are_left_out(hostile: Report) -> None:
    answers = (_answer(hostile, "新建“x”&项目3个"), _answer(hostile, "增长5%~6%", 0.7))
    layout = arrange(_reply("怎么做好工作", answers, 0.9, False))
    assert [a.text for a in layout.points] == ["新建“x”&项目3个"]


def test_an_abstention_highlights_nothing(hostile: Report) -> None:
    layout = arrange(_reply("新建多少个项目", (_answer(hostile, "3个"),), 0.1, True))
    assert layout.points == () and layout.others == ()
    assert layout.passages and all(p.marks == () for p in layout.passages)


def test_an_altered_quotation_is_not_verbatim(hostile: Report) -> None:
    answer = _answer(hostile, "3个")
    assert answer.is_verbatim(hostile)
    assert not replace(answer, text="4个").is_verbatim(hostile)
    assert not replace(answer, span=Span(0, 2)).is_verbatim(hostile)
    assert not replace(answer, span=Span(9999, 10001)).is_verbatim(hostile)


def test_under_a_topic_the_numbered_section_is_opened(seed_parsed: Report) -> None:
    topic = next(s for s in seed_parsed.sections if s.heading.of(seed_parsed.text) == "加大投资力度。")
    assert section_to_read(seed_parsed, topic.number).of(seed_parsed.text).startswith("(三)突出扩投资")
    numbered = seed_parsed.sections[topic.parent or 0]
    assert section_to_read(seed_parsed, numbered.number) == numbered.span


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_citation_names_report_headings_paragraph_and_characters(
    seed_parsed: Report, language: str
) -> None:
    answer = _answer(seed_parsed, "新建充电桩1500个")
    cited = citation(answer, seed_parsed, "en" if language == "en" else "zh")
    assert "新建充电桩1500个" in cited and "宁波市政府工作报告" in cited
    assert str(answer.sentence.start) in cited and seed_parsed.document.source_digest[:12] in cited


def test_progress_only_grows() -> None:
    stages = [
        Status(Stage.MODEL),
        Status(Stage.BUILDING),
        Status(Stage.BUILDING, BuildProgress("d", "题", 1, 2, 500, 2000)),
        Status(Stage.BUILDING, BuildProgress("d", "题", 2, 2, 2000, 2000)),
        Status(Stage.OPENING),
    ]
    bars = [preparation_bar(status, ZH) for status in stages]
    shares = [bar.share for bar in bars]
    assert shares == sorted(shares) and shares[0] >= 0 and shares[-1] <= 1
    assert "题" in bars[2].text and "1 / 2" in bars[2].text


def test_the_bar_of_added_reports_tells_the_file_and_the_time_left() -> None:
    words = LibraryWording("zh")
    begun = import_bar(BuildProgress("d", "江苏报告", 2, 9, 1500, 9000), words)
    assert (begun.share, begun.text) == (1500 / 9000, "已完成 1 / 9 个文件，正在编入《江苏报告》")
    later = import_bar(BuildProgress("d", "江苏报告", 2, 9, 1500, 9000, left=200.4), words)
    assert later.text == "已完成 1 / 9 个文件，正在编入《江苏报告》，约剩 3 分 20 秒"
    scan = import_bar(BuildProgress("d", "江苏.pdf", 3, 9, 2000, 9000, step=Step.RECOGNISING, page=4), words)
    assert scan.text == "已完成 2 / 9 个文件，正在识别“江苏.pdf”的第 4 页扫描图"
    listing = import_bar(BuildProgress("", "江苏报告", 1, 2, 0, 2, step=Step.LISTING), words)
    assert (listing.share, listing.text) == (1.0, "文件都看完了，正在把《江苏报告》的承诺记入台账（1 / 2）")
    last = bar(BuildProgress("d", "江苏报告", 9, 9, 8900, 9000, left=11), words, words.renewing)
    assert last.text.endswith("（9 / 9），照常可以提问，约剩 11 秒")
