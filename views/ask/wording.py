"""Every word the page 提问 says, in Chinese and in English."""

from __future__ import annotations

from answers.sheets.files import Format
from answers.understanding.period import Period
from answers.understanding.wanted import Ask
from embeddings.language import Labels, Text
from views.shared.wording import SharedWording


class AskWording(SharedWording):
    """The texts of the page 提问."""

    page_title = Text("提问", "Ask")
    question_label = Text("您想从报告里了解什么？", "What would you like to know from the reports?")
    question_placeholder = Text(
        "例如：今年要新建多少个充电桩？", "For example: How many charging piles will be built this year?"
    )
    ask_button = Text("提问", "Ask")
    examples = Text("试试这些问题", "Try one of these")
    scope = Text("共 {count} 份报告：{titles}", "{count} report(s): {titles}")
    scope_counted = Text(
        "共 {count} 份报告，{regions} 个地区，报告年份 {years}",
        "{count} reports of {regions} regions; report years {years}",
    )
    year_span = Text("{first}—{last}", "{first} to {last}")
    searched = Text(
        "在 {documents} 份报告、{passages} 个段落中查找，用时 {milliseconds} 毫秒",
        "Searched {documents} report(s), {passages} passages, in {milliseconds} ms",
    )

    read_as = Text("按“{question}”查找。", "Searched for “{question}”.")
    as_typed = Text("按我输入的查找", "Search for what I typed")
    may_mean = Text("您是不是要找：", "Did you mean:")
    goes_on = Text("接着上一问，理解为“{question}”", "Going on from the last question, read as “{question}”")
    several = Text("这里有 {count} 个问题，分别回答：", "These are {count} questions, answered one by one:")
    as_one = Text("当作一个问题", "Ask as one question")
    asking_part = Text("正在回答第 {number} 个，共 {count} 个……", "Answering {number} of {count} …")
    understood_part = Text("理解为：{told}", "Understood as: {told}")
    open_nearest = Text("看最接近的段落", "Open the nearest passage")
    ask_alone = Text("单独问这一个", "Ask this alone")
    ask_alone_help = Text(
        "单独打开，可以改理解、看其他段落。",
        "Opens it by itself, to change how it is understood and to see more passages.",
    )
    same_in = Text("同一份报告另有：{names}", "The same report is also there as: {names}")
    answer = Text("答案", "Answer")
    points = Text("答案要点", "Points of the answer")
    confidence_help = Text(
        (
            "第一个答案正确的可能性，由已知答案的题目校准。低于 {threshold} 时不作回答，只列出最接近的段落。"
            "在没有人照着改过的报告上，各有多少答对、不答和误答，见“说明”。"
        ),
        (
            "The chance that the first answer is right, calibrated on questions whose answers are known. Under {threshold} no "
            "answer is given, only the nearest passages. How many answers were right, withheld or wrong on reports that nothing "
            "was tuned on is told under Help."
        ),
    )
    check_it = Text("把握不大，请对照原文核实。", "Not very sure: please check it in the report.")
    link = Text("链接（重新打开这个答案）", "Link (opens this answer again)")
    take_away = Text("带走", "Take away")
    file_of_answer = Text("回答", "Answer")
    formats = Labels(
        {Format.DOCX: Text("存为 Word", "Word"), Format.MARKDOWN: Text("存为 Markdown", "Markdown")}
    )
    more_answers = Text("其他可能的答案", "Other possible answers")
    more_passages = Text("更多相关段落", "More passages")
    nothing_found = Text("报告中未找到明确答案", "The reports give no clear answer")
    nothing_found_help = Text(
        "下面是意思最接近的段落，不一定回答了问题。可以换一种说法，一次只问一件事；报告没写的内容，这里不会编造。",
        (
            "These passages come nearest in meaning; they may not answer. Try other words and ask one thing at a "
            "time. What the reports do not say is not made up here."
        ),
    )
    nearest = Text("最接近的段落", "Nearest passages")
    named = Text(
        "没有找到明确答案，报告里写到“{words}”的地方在下面",
        "No clear answer; where the reports say “{words}” is below",
    )
    named_help = Text(
        "没有一句明确回答了问题。可以看这些段落，或者换一种问法，一次只问一件事。",
        "No sentence clearly answers. Read these passages, or put it in other words, one thing at a time.",
    )
    keyword = Text("“{word}”：{passages} 段，{places} 处", "“{word}”: {places} places in {passages} passages")
    keyword_kind = Text("关键词", "Keyword")
    keyword_help = Text("想要答案，可以接着问：", "For an answer, go on to ask:")
    # Said after the noun, which is Chinese, they are questions.
    keyword_measures = Text("有哪些举措？", "Which measures are there?")
    keyword_target = Text("今年的目标是多少？", "What is this year's target?")
    not_said = Text("报告里没有出现“{word}”", "No report has the word “{word}”")
    not_said_but = Text("，下面的答案说的也许是别的事。", ". The answer below may be about something else.")
    not_said_help = Text(
        "下面是意思最接近的段落。可以换一个说法，例如报告里用的全称或另一个叫法。",
        "These passages come nearest in meaning. Try another word, such as the full name that reports use.",
    )
    named_places = Text("写到这些词的段落", "Passages with these words")

    each_report = Text("各报告怎么说（{count} 份）", "What each report says ({count})")
    each_report_title = Text("各报告怎么说", "What each report says")
    each_progress = Text("正在查 {title}（{done} / {total}）", "Searching {title} ({done} / {total})")
    compare_it = Text("在对比页问", "Ask it on the page Compare")
    history = Text("这次问过的", "Asked in this visit")
    save = Text("收藏问题", "Keep this question")
    saved = Text("已收藏", "Kept")
    save_help = Text(
        "连同改过的理解和报告组存在索引旁，列在“提问”页，随时再问。登录了的只有自己看得到；没有登录的，用这个应用的人都看得到。",
        "Kept beside the index with what was changed of its understanding and the set of reports, listed on the page Ask. "
        "Who is signed in sees his own; without signing in all who use this app see it.",
    )
    saved_questions = Text("收藏的问题", "Kept questions")
    more_saved = Text("另外 {count} 个", "{count} more")
    let_go = Text("移出", "Remove")
    saved_let_go = Text("已移出收藏：{question}", "No longer kept: {question}")

    # What somebody says of the answer.
    is_it_right = Text("这个回答对吗？", "Is this right?")
    feedback_help = Text(
        "反馈存在索引旁，在“文库”页可以查看和导出，用来检验本单位报告上的准确率。不会发到别处。",
        "Kept beside the index, listed and exported on the page Library, to measure how right answers are on your own "
        "reports. It is sent nowhere.",
    )
    silence_right = Text("确实没有写", "They do not say it")
    silence_wrong = Text("报告里写了", "They do say it")
    feedback_kept = Text("已记下：{verdict}", "Noted: {verdict}")
    right_words = Text("正确的原文（可不填）", "The right words of the report (optional)")
    right_words_help = Text(
        "从报告里原样复制，例如“新建充电桩1500个”。会与报告逐字核对；有了它，这道题才能用来评测。",
        "Copied from the report as it stands. It is compared to the letter; with it the question can be used to measure.",
    )
    feedback_note = Text("说明（可不填）", "Note (optional)")
    feedback_name = Text("署名（可不填）", "Your name (optional)")
    feedback_save = Text("保存反馈", "Save")

    # How the question was understood.
    regions = Text("地区", "Regions")
    all_regions = Text("全部地区", "All regions")
    regions_counted = Text("{count} 个地区", "{count} regions")
    type_region = Text("全部地区；可以输入地名", "All regions; type a place")
    unknown_region = Text("未注明地区", "Region not known")
    state_council = Text("国务院", "State Council")
    only_named = Text("只在 {named} 的报告里找", "Only in the reports of {named}")
    only_counted = Text("只在所指的 {count} 份报告里找", "Only in the {count} reports that are meant")
    only_help = Text(
        "现在先看这些报告；别的文件写得明显更合适时，也会给出。",
        "These reports come first now; another document is given where it fits clearly better.",
    )
    years = Text("报告年份", "Report years")
    all_years = Text("全部年份", "All years")
    understood = Text("理解为：{told}（可以改）", "Understood as: {told} (change it)")
    period = Text("问的是", "Asked for")
    periods = Labels(
        {
            Period.RESULT: Text("已有结果", "Results"),
            Period.TARGET: Text("计划目标", "Targets"),
            Period.BOTH: Text("不限", "Either"),
        }
    )
    ask = Text("要的是", "Kind of answer")
    asks = Labels(
        {
            Ask.NUMBER: Text("数字", "Number"),
            Ask.LIST: Text("列举", "List"),
            Ask.MEANS: Text("举措", "Measures"),
            Ask.WHETHER: Text("是否", "Whether"),
            Ask.FACT: Text("事实", "Fact"),
        }
    )
    understood_help = Text(
        "这是对问题的理解，可以改；改了就重新回答。",
        "How the question was understood. Change it, and the answer changes.",
    )
    no_report_of = Text(
        "文库里没有{regions}的报告，下面的内容来自其他报告。",
        "The library has no report from {regions}; what follows is from other reports.",
    )
    some_reports_of = Text(
        "文库里没有{regions}的报告，下面只依据{present}的报告。",
        "The library has no report from {regions}; what follows is from {present} only.",
    )
    no_report_year = Text(
        "文库里没有能回答{years}年的报告，下面的内容来自其他年份。",
        "The library has no report that tells of {years}; what follows is from other years.",
    )
