"""Every word the app says, in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass

from embeddings.language import Language


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of the pages in one language. Braces are filled with `str.format`."""

    title: str
    tagline: str
    page_ask: str
    question_label: str
    question_placeholder: str
    ask_button: str
    examples: str
    example_questions: tuple[str, ...]
    scope: str
    preparing_model: str
    preparing_index: str
    preparing_units: str
    opening: str
    question_waits: str
    failed: str
    retry: str
    searched: str
    answer: str
    points: str
    verbatim: str
    not_verbatim: str
    confidence: str
    confidence_help: str
    check_it: str
    paragraph: str
    page: str
    cite: str
    more_answers: str
    more_passages: str
    open_place: str
    original: str
    whole_section: str
    whole_report: str
    nothing_found: str
    nothing_found_help: str
    nearest: str
    changed_source: str


_ZH = Wording(
    title="问报",
    tagline="用政府工作报告的原话回答问题",
    page_ask="提问",
    question_label="您想从报告里了解什么？",
    question_placeholder="例如：今年要新建多少个充电桩？",
    ask_button="提问",
    examples="试试这些问题",
    example_questions=(
        "今年新建多少个充电桩？",
        "怎样提高农民收入？",
        "宁波要和哪座城市共建海洋中心城市？",
        "今年有哪些招商方式？",
        "民间投资要增长多少？",
    ),
    scope="共 {count} 份报告：{titles}",
    preparing_model="正在载入模型（第一次要多花几秒）…",
    preparing_index="正在读报告…",
    preparing_units="第一次使用，正在为报告建立索引：{title}（{done} / {total}）",
    opening="正在打开索引…",
    question_waits="问题已记下，准备好后马上回答。",
    failed="没能准备好",
    retry="再试一次",
    searched="在 {documents} 份报告、{passages} 个段落中查找，用时 {milliseconds} 毫秒",
    answer="答案",
    points="答案要点",
    verbatim="原文一致",
    not_verbatim="与原文不符，请勿引用，并重新建立索引",
    confidence="把握 {percent}",
    confidence_help=(
        "第一个答案正确的可能性，由 526 道题校准（见 docs/measurements.md）。低于 {threshold} 时不作回答，只列出"
        "最接近的段落：在没有参与校准的报告上，答得了的问题约有百分之四因此不答，答不了的问题约有百分之十五仍会作答。"
    ),
    check_it="把握不大，请对照原文核实。",
    paragraph="第 {number} 段",
    page="第 {number} 页",
    cite="复制引文",
    more_answers="其他可能的答案",
    more_passages="更多相关段落",
    open_place="在原文中打开",
    original="原文",
    whole_section="本节",
    whole_report="全文",
    nothing_found="报告中未找到明确答案",
    nothing_found_help=(
        "下面是意思最接近的段落，不一定回答了问题。可以换一种说法，一次只问一件事；"
        "报告没写的内容，这里不会编造。"
    ),
    nearest="最接近的段落",
    changed_source=(
        "报告“{document}”的源文件已删除或已改动。回答仍引用索引里保存的原文；"
        "要用新内容，请重新建立索引：{command}"
    ),
)  # fmt: skip

_EN = Wording(
    title="Wenbao",
    tagline="Answers from Chinese government work reports, in their own words",
    page_ask="Ask",
    question_label="What would you like to know from the reports?",
    question_placeholder="For example: How many charging piles will be built this year?",
    ask_button="Ask",
    examples="Try one of these",
    example_questions=(
        "How many charging piles will be built this year?",
        "What growth is targeted for private investment?",
        "怎样提高农民收入？",
        "宁波要和哪座城市共建海洋中心城市？",
    ),
    scope="{count} report(s): {titles}",
    preparing_model="Loading the model (a few seconds more the first time)…",
    preparing_index="Reading the reports…",
    preparing_units="First use: indexing {title} ({done} / {total})",
    opening="Opening the index…",
    question_waits="Your question is noted and will be answered as soon as all is ready.",
    failed="This did not work",
    retry="Try again",
    searched="Searched {documents} report(s), {passages} passages, in {milliseconds} ms",
    answer="Answer",
    points="Points of the answer",
    verbatim="Verbatim",
    not_verbatim="Not what the report says: do not quote it, and build the index again",
    confidence="Confidence {percent}",
    confidence_help=(
        "The chance that the first answer is right, calibrated on 526 questions (docs/measurements.md). Under "
        "{threshold} no answer is given, only the nearest passages. On reports left out of the calibration that "
        "withholds four in a hundred questions that can be answered, and still answers fifteen in a hundred that cannot."
    ),
    check_it="Not very sure: please check it in the report.",
    paragraph="paragraph {number}",
    page="page {number}",
    cite="Copy a citation",
    more_answers="Other possible answers",
    more_passages="More passages",
    open_place="Open in the report",
    original="The report",
    whole_section="This section",
    whole_report="Whole report",
    nothing_found="The reports give no clear answer",
    nothing_found_help=(
        "These passages come nearest in meaning; they may not answer. Try other words and ask one "
        "thing at a time. What the reports do not say is not made up here."
    ),
    nearest="Nearest passages",
    changed_source=(
        "The file of the report “{document}” is gone or changed. Answers still quote the indexed text; "
        "to use the new one, build the index again: {command}"
    ),
)  # fmt: skip


def wording(language: Language) -> Wording:
    """The texts in `language`."""
    return _ZH if language == "zh" else _EN
