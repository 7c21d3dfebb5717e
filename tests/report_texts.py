"""Random texts that look like reports, for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from indexer.text.characters import normalise

_HEADINGS = [
    "一、工作回顾", "二、下一步打算\n", "三、", "（一）", "（二）着力提升能级 ", "(三)突出扩投资促消费,着力释放内需潜力 ",
    "第一部分 总体要求\n", "第二章、", "1.", "2．", "3、", "（1）", "(12)", "百、", "【上接第3版】 ", "加快建设平台。", "优化营商环境。",
]  # fmt: skip
_WORDS = [
    "地区生产总值增长5%～6%", "新增就业20万人", "完成投资2000亿元以上", "城乡居民收入比缩小到1.7", "种植面积171万亩、产量14亿斤",
    "“一老一小”服务", "《规划》", "（暂名）", "GDP", "No.1 plan was passed. ", "1,500", "https://x.cn/a?b=1", "😀👨‍👩‍👧", "一、二、三产业", "2023年",
    "他说：“好。”", "『嵌套“引号”』", "全市", "发展" * 30, "改革" * 230, " ", "　", "\t", "\n", "\n\n", "\r\n", "\u2028", "\u200b", "\x00", "e\u0301",
]  # fmt: skip
_MARKS = ["。", "，", ",", "；", "！", "？", "……", "、", "：", "。”", "）", ".", "!?", "。\n", "。 ", "\n"]

report_texts = (
    st.lists(
        st.one_of(
            st.sampled_from(_WORDS), st.sampled_from(_MARKS), st.sampled_from(_HEADINGS), st.text(max_size=6)
        ),
        max_size=60,
    )
    .map("".join)
    .map(normalise)
)
