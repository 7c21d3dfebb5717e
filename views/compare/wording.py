"""Every word of the page 对比, in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass

from embeddings.language import Language


@dataclass(frozen=True, slots=True)
class CompareWording:
    """The texts of the page in one language. Braces are filled with `str.format`."""

    page: str
    question_label: str
    placeholder: str
    button: str
    examples: tuple[str, ...]
    reports: str
    reports_help: str
    no_plan: str
    missing: str
    understood: str
    progress: str
    cancel: str
    cancelled: str
    finished: str
    by_place: str
    by_value: str
    order: str
    silent: str
    nearest: str
    nothing_there: str
    silent_help: str
    confidence: str
    open: str
    original: str
    take_away: str
    link: str
    table_tab: str
    wording_tab: str
    wording_help: str
    new: str
    gone: str
    nothing_new: str
    not_named: str
    sentences: str
    chart_help: str
    chart_silent: str
    chart_others: str
    batch: str
    batch_label: str
    batch_upload: str
    batch_reports: str
    batch_reports_each: str
    batch_start: str
    batch_progress: str
    batch_question: str


_ZH = CompareWording(
    page="对比",
    question_label="想比较什么？写出地区、年份，或“各省”“近三年”",
    placeholder="例如：长三角今年的GDP增长目标各是多少？",
    button="对比",
    examples=(
        "各省怎么发展低空经济？",
        "近五年国务院报告的赤字率",
        "东北三省去年的粮食产量和今年的目标各是多少？",
    ),
    reports="比较这些报告（按问题识别，可以改）",
    reports_help="每份报告单独查找，不会因为别的报告排得更前而漏掉。",
    no_plan="没有看出要比较哪些报告。请在问题里写出几个地区或年份，或在上面选定报告。",
    missing="文库里没有{regions}的报告。",
    understood="对每份报告单独问：{queries}",
    progress="正在查 {title}（{done} / {total}）",
    cancel="停止",
    cancelled="已停止，下面只有查完的报告。",
    finished="{reports} 份报告，{found} 份提到，{silent} 份未提及 · {milliseconds} 毫秒",
    by_place="按地区和年份",
    by_value="按数值",
    order="排序",
    silent="未提及",
    nearest="最接近的句子",
    nothing_there="这份报告没有讲这一年的部分",
    silent_help="没有找到不等于没有政策，只是这份报告没有用接近的话说。",
    confidence="把握 {percent}",
    open="在原文中打开",
    original="原文",
    take_away="带走",
    link="用这个链接可以重新打开这个对比",
    table_tab="对比表",
    wording_tab="提法变化",
    wording_help=(
        "“新提法”：本年关于这个话题的句子里有、而上一份报告全文都没有的字句；“不再提及”反之。"
        "只按字面比较，换个说法也会算作变化；字句的变化不等于政策的变化。"
    ),
    new="新提法",
    gone="不再提及（上一份报告的原话）",
    nothing_new="字面上没有变化",
    not_named="没有直接提到这个话题",
    sentences="原文的句子",
    chart_help="只画单位和含义相同的数值，换算成{unit}；≥ 以上，≤ 以内，> 超过，≈ 左右，→ 力争。",
    chart_silent="未提及：{names}",
    chart_others="单位或含义不同，没有画：{names}",
    batch="一次问许多问题",
    batch_label="每行一个问题",
    batch_upload="或上传 CSV（“问题”一列，没有表头就取第一列）",
    batch_reports="都问这些报告",
    batch_reports_each="不选时，由每个问题自己说明",
    batch_start="开始",
    batch_progress="第 {question} / {questions} 个问题",
    batch_question="问题",
)  # fmt: skip

_EN = CompareWording(
    page="Compare",
    question_label="What shall be compared? Name regions or years, or say “all provinces”, “last three years”",
    placeholder="For example: GDP growth targets of the Yangtze River Delta provinces this year",
    button="Compare",
    examples=(
        "How do all provinces plan to develop the low-altitude economy?",
        "What deficit ratio did the State Council set in each of the last five years?",
        "What are this year's grain output targets of the northeastern provinces?",
    ),
    reports="Reports compared (as the question was understood; change them here)",
    reports_help="Each report is searched on its own, so none is missed because another ranks higher.",
    no_plan="No reports to compare were understood. Name several regions or years, or choose reports above.",
    missing="The library has no report from {regions}.",
    understood="Each report is asked on its own: {queries}",
    progress="Searching {title} ({done} / {total})",
    cancel="Stop",
    cancelled="Stopped: only the reports that were finished are below.",
    finished="{reports} reports, {found} mention it, {silent} do not · {milliseconds} ms",
    by_place="By region and year",
    by_value="By value",
    order="Order",
    silent="not mentioned",
    nearest="Nearest sentence",
    nothing_there="This report has no part that speaks of that year",
    silent_help="Not found is not no policy: this report only does not say it in similar words.",
    confidence="Confidence {percent}",
    open="Open in the report",
    original="The report",
    take_away="Take away",
    link="This link opens the same comparison again",
    table_tab="Table",
    wording_tab="Wording",
    wording_help=(
        "New: words in this year's sentences on the topic that stand nowhere in the report before; gone: "
        "the mirror of it. Only letters are compared: another wording counts as a change, and a change of "
        "words is no change of policy."
    ),
    new="New",
    gone="Gone (words of the report before)",
    nothing_new="No change by the letter",
    not_named="The topic is not named",
    sentences="Sentences of the report",
    chart_help="Only values of one unit and meaning, in {unit}; ≥ at least, ≤ at most, > over, ≈ about, → striven for.",
    chart_silent="Not mentioned: {names}",
    chart_others="Other unit or meaning, not drawn: {names}",
    batch="Many questions at once",
    batch_label="One question a line",
    batch_upload="Or upload a CSV (a column named question, else the first)",
    batch_reports="Ask all of them of these reports",
    batch_reports_each="If none is chosen, each question says which",
    batch_start="Start",
    batch_progress="Question {question} of {questions}",
    batch_question="Question",
)  # fmt: skip


def compare_wording(language: Language) -> CompareWording:
    """The texts in `language`."""
    return _ZH if language == "zh" else _EN
