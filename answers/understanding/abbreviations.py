"""The short forms of the genre and what they stand for: 高企, 社零, 固投, CPI, and everyday words for them.

A long form found here is added to the words that are searched for; the question itself stays as typed.
"""

from __future__ import annotations

import re

# Regular expressions over Simplified text; a short form that could be part of another word says so.
SHORT_FORMS = (
    (r"高企(?!业)", "高新技术企业"),
    (r"社零|社消(?!费)", "社会消费品零售总额"),
    (r"固投|固资(?!产)|固定资产投资", "固定资产投资"),
    (r"规上工业|规上(?!工业)|规模工业", "规模以上工业增加值"),
    (r"限上", "限额以上"),
    (r"双碳", "碳达峰碳中和"),
    (r"小巨人", "专精特新“小巨人”企业"),
    (r"失业率", "城镇调查失业率"),
    (r"新增就业|新就业|找到工作|就业岗位", "城镇新增就业"),
    (r"(?<![A-Za-z])CPI(?![A-Za-z])|物价|通胀", "居民消费价格"),
    (r"(?<![A-Za-z])PPI(?![A-Za-z])", "工业生产者出厂价格"),
    (r"(?<![A-Za-z])GDP(?![A-Za-z])|经济增速|经济总量", "地区生产总值 国内生产总值"),
    (r"(?<![A-Za-z])R&D(?![A-Za-z])|研发(?:投入|经费)|科研经费|搞研究的钱", "全社会研发经费投入强度"),
    (r"(?<![A-Za-z])PM2\.?5(?![\d])", "细颗粒物浓度 PM2.5"),
    (r"一老一小", "养老托育"),
    (r"三农", "农业农村农民"),
    (r"双一流", "世界一流大学和一流学科"),
    (r"九年义务教育", "义务教育"),
    (r"农转非", "农业转移人口市民化"),
    (r"农民工(?:落户|进城)", "农业转移人口市民化"),
    (r"(?<!城镇)(?<!农村)居民收入|老百姓(?:的)?收入", "居民人均可支配收入"),
    (r"农民(?:的)?收入", "农村居民人均可支配收入"),
    (r"公共预算|财政收入", "一般公共预算收入"),
    (r"进出口|外贸", "货物贸易进出口总额"),
    (r"外资(?!企业)", "实际使用外资"),
    (r"赤字", "财政赤字 赤字率"),
    (r"能耗", "单位地区生产总值能耗"),
    (r"低保", "最低生活保障"),
    (r"医保(?!局)", "基本医疗保险"),
    (r"社保", "社会保险"),
    (r"公积金", "住房公积金"),
    (r"保租房", "保障性租赁住房"),
    (r"棚改", "棚户区改造"),
    (r"老小区|旧小区", "城镇老旧小区改造"),
    (r"两新", "大规模设备更新和消费品以旧换新"),
    (r"两重", "国家重大战略实施和重点领域安全能力建设"),
    (r"三公", "“三公”经费"),
    (r"放管服", "简政放权、放管结合、优化服务"),
    (r"营改增", "营业税改征增值税"),
    (r"自贸区|自贸试验区", "自由贸易试验区"),
    (r"新能源车|电动车", "新能源汽车"),
    (r"托位", "婴幼儿托位 托育"),
    (r"专升本|高职", "职业教育"),
    (r"新质生产力", "新质生产力"),
    (r"独角兽", "独角兽企业"),
    (r"单项冠军", "制造业单项冠军"),
    (r"万人(?:发明)?专利|高价值专利", "高价值发明专利拥有量"),
)
ENGLISH_TERMS = (
    (r"unemployment", "城镇调查失业率"),
    (r"new urban jobs|urban jobs|jobs? created|create(?:d)? .*jobs", "城镇新增就业"),
    (r"consumer price|\bCPI\b|inflation", "居民消费价格"),
    (r"\bGDP\b|economic growth|gross (?:domestic|regional) product", "地区生产总值 国内生产总值"),
    (r"general public budget", "一般公共预算收入"),
    (r"deficit", "财政赤字 赤字率"),
    (r"retail sales", "社会消费品零售总额"),
    (r"fixed[- ]asset", "固定资产投资"),
    (r"industr(?:y|ial) (?:output|value)|value[- ]added of industr", "规模以上工业增加值"),
    (r"\bR&D\b|research and development", "全社会研发经费投入强度"),
    (r"high-?tech (?:enterprises|firms|companies)", "高新技术企业"),
    (r"disposable income", "居民人均可支配收入"),
    (r"foreign trade|imports? and exports?", "货物贸易进出口总额"),
    (r"foreign (?:investment|capital)", "实际使用外资"),
    (r"grain", "粮食产量"),
    (r"high-standard (?:farmland|cropland)", "高标准农田"),
    (r"high-speed rail", "高速铁路"),
    (r"expressway", "高速公路"),
    (r"metro|subway|urban rail", "城市轨道交通 地铁"),
    (r"nursing|elderly|seniors", "养老服务"),
    (r"child-?care", "托育"),
    (r"old (?:urban )?(?:residential )?(?:communities|neighbou?rhoods)", "城镇老旧小区改造"),
    (r"shanty|run-?down", "棚户区改造"),
    (r"affordable|subsidi[sz]ed (?:rental )?housing", "保障性住房"),
    (r"new[- ]energy vehicles?|\bNEVs?\b", "新能源汽车"),
    (r"charging (?:piles|points|stations)", "充电桩"),
    (r"digital economy", "数字经济"),
    (r"business environment", "营商环境"),
    (r"energy consumption|energy intensity", "单位地区生产总值能耗"),
    (r"carbon", "碳排放 碳达峰碳中和"),
    (r"air quality", "空气质量优良天数"),
    (r"troops|armed forces", "军队 裁军"),
    (r"poverty|poor", "脱贫 贫困人口"),
    (r"patents?", "发明专利"),
    (r"tax(?:es)?", "减税降费"),
)  # fmt: skip


def long_forms(query: str) -> tuple[str, ...]:
    """What the short forms and English terms of a question stand for, each once, unless it says so itself."""
    found: dict[str, None] = {}
    for pattern, long in (*SHORT_FORMS, *ENGLISH_TERMS):
        if long not in query and re.search(pattern, query, re.I):
            found[long] = None
    return tuple(found)
