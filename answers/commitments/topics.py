"""What a statement is about, in the dozen fields that work reports are divided into."""

from __future__ import annotations

import re
from enum import StrEnum

from answers.commitments.rows import Commitment


class Topic(StrEnum):
    """A field of government work."""

    GROWTH = "经济增长"
    FINANCE = "财政金融"
    INDUSTRY = "产业企业"
    SCIENCE = "科技人才"
    PROJECTS = "投资项目"
    TRADE = "消费外贸文旅"
    RURAL = "农业农村"
    TRANSPORT = "交通水利能源"
    ECOLOGY = "生态环境"
    JOBS = "就业收入"
    EDUCATION = "教育文体"
    HEALTH = "医疗健康"
    WELFARE = "社保住房"
    REFORM = "改革开放治理"
    OTHER = "其他"


# The first that matches counts: 农村居民人均可支配收入 is an income, 节能减排资金 is the environment's.
_WORDS = (
    (Topic.JOBS, "就业|失业|收入(?!.*预算)|工资|创业|稳岗|零工"),
    (
        Topic.HEALTH,
        "医疗|医院|卫生|健康|医保|基层诊|床位|疫|药|病|医生|护士|诊|献血|托育|托位|预期寿命|急救|体检|医学",
    ),
    (
        Topic.EDUCATION,
        "教育|学校|学位|高校|大学|中小学|小学|幼儿|学生|学前|教师|入学|办学|文化|图书|博物|文艺|体育|健身|足球|运动|遗产|奖牌|金牌",
    ),
    (
        Topic.WELFARE,
        "养老|低保|救助|保险|住房|保障房|棚户|棚改|老旧小区|社保|社会保障|困难|残疾|老年|老人|儿童|孤|抚恤|殡葬|电梯|危房|慈善|民政|公积金|廉租|保障性|公租|旧房|危旧|城中村|安居",
    ),
    (
        Topic.ECOLOGY,
        "生态|环境|污染|排放|减排|能耗|能源消耗|降碳|碳|PM|空气|水质|绿化|森林|造林|湿地|国土|垃圾|污水|优良|断面|河长|细颗粒|二氧化硫|化学需氧|耗能|水土|草原|荒漠|公园|绿道|用水量",
    ),
    (
        Topic.RURAL,
        "农|粮|乡村|耕地|种植|养殖|生猪|村|播种|脱贫|扶贫|贫困|蔬菜|畜|渔|茶|水果|大豆|油料|棉|糖料|肉|奶|田|种业|饮水安全",
    ),
    (
        Topic.TRANSPORT,
        "公路|铁路|高铁|地铁|轨道|港口|机场|航线|航道|交通|道路|公交|桥|隧道|班列|物流|吞吐|停车|充电|水库|水利|水网|堤|灌区|灌溉|供水|管网|管道|电网|电站|发电|装机|千瓦|风电|光伏|核电|煤|石油|天然气|油气|能源|储能|供热|供暖|燃气|电力|新能源汽车充",
    ),
    (
        Topic.SCIENCE,
        "科技|研发|创新|专利|人才|实验室|高新技术|高企|院士|博士|技术|算力|数据|数字|5G|基站|智能|人工智能|发明|成果转化",
    ),
    (
        Topic.TRADE,
        "消费(?!价格)|零售|外贸|进出口|出口|进口|外资|招商|旅游|游客|文旅|商贸|电商|景区|酒店|利用外资|使用外资|商圈|步行街|会展|博览会|跨境|友城|入境",
    ),
    (
        Topic.FINANCE,
        "财政|预算|税|赤字|债|贷款|信贷|存款|金融|货币|基金|资金|融资|上市|转移支付|费用|减费|降费|三公|保费|专项|社会融资",
    ),
    (Topic.PROJECTS, "投资|项目|开工|基础设施|片区|更新|县城|城镇化"),
    (
        Topic.INDUSTRY,
        "工业|制造|产业|企业|规上|规模以上|集群|园区|产值|服务业|增加值|产能|钢铁|小巨人|专精特新|独角兽|汽车|民营|建筑业|品牌|链|市场主体|经营主体|个体|工厂|开发区",
    ),
    (
        Topic.GROWTH,
        "生产总值|GDP|经济(?=增长|$|总量)|消费价格|物价|CPI|涨幅|人均|城镇化率|国民经济|经济增速",
    ),
    (
        Topic.REFORM,
        "改革|审批|政务|事项|一件事|营商|法规|条例|规章|立法|议案|建议|提案|简政|监管|安全|事故|信访|矛盾|社区|网格|治安|犯罪|案件|试点|开放|自贸|腐败|督查|文件|会议|国企|应急|消防|灾|退役|国防|双拥",
    ),
)
_TOPICS = tuple((topic, re.compile(words)) for topic, words in _WORDS)


def topic_of(row: Commitment, sentence: str) -> Topic:
    """The field of a statement: by what it measures, else by its headings from the nearest, else by its
    sentence."""
    for words in (row.object, *reversed(row.place.headings), sentence):
        for topic, pattern in _TOPICS:
            if pattern.search(words):
                return topic
    return Topic.OTHER
