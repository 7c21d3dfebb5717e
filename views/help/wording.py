"""Every word the page 说明 says, in Chinese and in English."""

from __future__ import annotations

from embeddings.language import Text
from views.shared.wording import SharedWording


class HelpWording(SharedWording):
    """The texts of the page 说明; those of sections are Markdown."""

    page_title = Text("说明", "Help")
    intro = Text(
        "问报只引用报告的原话：先找到段落，再标出回答问题的字句，与原文逐字核对后才显示。它不生成、不改写；报告没有写，就说没有找到。",
        "Wenbao only quotes: it finds the passage, marks the words that answer, and compares them with the report to the "
        "letter before they are shown. It writes nothing of its own; where the reports are silent, it says so.",
    )
    pages_title = Text("各页做什么", "What each page does")
    pages = Text(
        "- **提问**：问一件事，得到原话、出处和把握；右边是报告原文。没有点名地区而报告很多时，可以再看“各报告怎么说”。"
        "可以接着问（“那去年呢？”“目标是多少？”），页面写明怎样理解；几个问题写在一起，有把握时分开回答；常问的可以收藏。\n"
        "- **对比**：一个问题分别问许多份报告，排成表和图；“每一句”列出一份报告里写到它的所有句子；口径不同、不能画在一起的单列；"
        "几年的报告可以看提法的变化。\n"
        "- **承诺**：报告里每一个带数字的目标和结果各一行，可以筛选、检索、排序、导出；点一行，在原文里看。\n"
        "- **兑现**：前一份报告的目标，后一份怎么说；机器只提建议，由人认定。\n"
        "- **文库**：加入、更正、移除报告；把常用的编成报告组；查看对答案的反馈，备份之外还可以导出成题集。",
        "- **Ask**: one question; the report's words, their place and how sure they are; the report stands beside. One may go on "
        "(what about last year?), which the page tells; several questions in one line are answered one by one where that is sure; "
        "questions can be kept.\n"
        "- **Compare**: one question to many reports, as a table and a chart; “Every sentence” lists all of a report that speak of "
        "it; what is of another kind than the chart is listed below it; over several years also what changed in wording.\n"
        "- **Commitments**: every target and result with a number, to filter, search, sort and export; a click on a row opens it "
        "in its report.\n"
        "- **Tracking**: the targets of one report beside what a later one says; the machine proposes, a person decides.\n"
        "- **Library**: add, correct and remove reports, put them into sets, see what was said of answers.",
    )
    sure_title = Text("答案有多可靠", "How sure answers are")
    sure = Text(
        "“引文与原文逐字一致”说的是引文：它确实在报告里。它是不是您要的答案，看“把握”：第一个答案正确的可能性。"
        "在没有用来调试过的 81 份市州报告上，由没有看过程序的人出题，每十题大约是：",
        "“Quoted to the letter” is about the quotation: it stands in the report. Whether it is the answer, the confidence "
        "says: the chance that the first answer is right. On 81 reports of cities that nothing was tuned on, with questions "
        "by authors who did not know the program, of ten questions about:",
    )
    asked_about = Text("问的是", "Asked about")
    of_ten_right = Text("答对（第一个答案）", "right at first")
    of_ten_withheld = Text("报告写了，却没有作答", "answerable, but withheld")
    of_ten_false = Text("报告没写，却作了答", "not in the report, but answered")
    sure_more = Text(
        "最常见的错：同类的数字答成另一部分的（净增答成总量）、相近的指标、相邻的年份。所以引用之前请看答案所在的整句。\n\n"
        "比较表里，每十个该有答案的格子约九个找到，找到的十个里约九个对。兑现页里，机器敢下“已完成”“未完成”结论的，四十五个里对四十二个；"
        "但真没完成的目标，机器只认出三分之一，其余留作待核实。全部数字、区间和重测的命令在 docs/measurements.md。",
        "What goes wrong most: a figure of the right kind for another part of the thing (net growth for the total), a "
        "similar indicator, the neighbouring year. Read the whole sentence before you quote it.\n\n"
        "In comparisons about nine of ten cells that should have an answer have one, and about nine of ten of these are "
        "right. Of definite statuses on the page Tracking 42 of 45 were right, but of the goals that were missed only a "
        "third was called so; the others stay to be verified. All figures, with intervals and commands, are in "
        "docs/measurements.md.",
    )
    numbers_title = Text("数字和界限怎么读", "How numbers and bounds are read")
    numbers = Text(
        "- 数字换算成标准形式：5.3万件是 53000 件，两成是 20%，百分之五是 5%。不同单位能换算的放在一起比（斤和吨、亩和公顷）。\n"
        "- 界限跟着数字走：“以上、不低于”写作 ≥，“以内、不超过”写作 ≤，“超、突破”写作 >，“左右”写作 ≈，“力争”写作 →。\n"
        "- 今年的目标和去年的结果分开：报告前半部分多是结果，后半部分多是目标；问“去年”问的是结果，问“今年”问的是目标。\n"
        "- 答案只是并列几项中的一项（社会床位4000张、家庭床位500张），或问每月而原文写的是每年，会在答案下面说明。\n"
        "- “左右”的目标高出一成以上算超额；物价涨幅这类按惯例是上限，结果远低于它时不算完成，请人核实。",
        "- Numbers are brought to one form: 5.3 ten thousand is 53,000; two tenths are 20 %. Units that convert are compared.\n"
        "- Bounds stay with the number: ≥ at least, ≤ at most, > over, ≈ around, → striven for.\n"
        "- This year's targets and last year's results are kept apart; asking for last year asks for a result.\n"
        "- Where an answer is only one of several figures set side by side, or of a year where a month was asked for, that is "
        "said below it.\n"
        "- A goal of “around” is exceeded by a tenth more. Rises of prices are ceilings by custom: far below is no goal kept, "
        "it is left to a person.",
    )
    silence_title = Text("没有找到，是什么意思", "What it means that nothing was found")
    silence = Text(
        "“没有出现这些词”：没有一句话写到所问的词（可能用了别的说法）。“没有找到明确答案”：写到了，但没有一句明确回答。都不等于没有这项工作。",
        "“These words do not occur”: no sentence has the words asked for; it may use others. “No clear answer”: some have, none "
        "clearly answers. Neither means that nothing was done.",
    )
    own_title = Text("在自己的报告上检验", "Measure it on your own reports")
    own = Text(
        "每个回答下面可以说“答得对”“答案不对”“段落不对”“报告没有写”。反馈存在索引旁，重建索引不会丢，备份里也有；"
        "“文库”页把它导出成题集，用 `python -m answers evaluate` 就能知道在您的报告上每十题对几题，有几十题后还可以重新校准把握度。",
        "Below every answer one can say whether it is right. It is kept beside the index, outlives a rebuild and goes with a "
        "backup; the page Library exports it as a question set, with which `python -m answers evaluate` tells how many of ten "
        "are right on your reports; from some dozens the confidence can be fitted anew.",
    )
    privacy_title = Text("报告和问题去哪里", "Where reports and questions go")
    privacy = Text(
        "哪里也不去。报告、问题、反馈和认定都只在运行程序的这台机器上，程序不访问外面的网络，也不需要密钥；只有管理员自己配置了语言模型、"
        "您又按了按钮，才把那几段发给它，页面上写明发给谁。问过的问题只在打开的窗口里列出；收藏的问题、反馈、认定和改动记录会留下来，记着是谁、什么时候。\n\n"
        "只在本机打开时不用登录。开放到网络上而没有写下谁能用，就谁都只能看和问；写下了就要登录：读者看和问，编辑还能增删报告、认定兑现。",
        "Nowhere. Reports, questions, feedback and judgements stay on the machine that runs the program; it asks nobody outside "
        "and needs no key. Only where its owner configured a language model, and you press the button, are those passages sent to "
        "it, and the page says to whom. Questions asked are listed in the open window only; kept questions, feedback, judgements and the "
        "log of changes are kept, with who and when.\n\n"
        "On this computer alone nobody signs in. Open to a network without a list of people, the app only reads and answers; with "
        "one, readers read and ask, editors also change reports and judge.",
    )
    keyboard_title = Text("键盘", "Keyboard")
    keyboard = Text(
        "- `Tab` 依次走到每个控件，`Shift+Tab` 往回；`Enter` 提问，`空格` 或 `Enter` 按按钮，`Esc` 关掉打开的菜单。\n"
        "- 表格里用方向键走，走到哪一行就打开哪一行；报告原文的框里用方向键、`Page Up`、`Page Down`、`Home`、`End` 上下看。\n"
        "- 浏览器的后退（`Alt+←`）回到前一个问题和它的答案；地址栏就是这个答案的链接。",
        "- `Tab` walks through the controls, `Shift+Tab` back; `Enter` asks, `Space` or `Enter` presses a button, `Esc` closes "
        "what is open.\n"
        "- In a table the arrow keys open the row that they come to; in the pane of the report they, `Page Up`, `Page Down`, `Home` and `End` scroll.\n"
        "- Back (`Alt+←`) brings the question before and its answer; the address is the link to what is shown.",
    )
