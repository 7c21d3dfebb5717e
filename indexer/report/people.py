"""Whether a line is nothing but the name of somebody."""

from __future__ import annotations

import re

# Surnames that nineteen of twenty people bear.
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁"
    "葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋"
    "植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠"
    "连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习麻雍"
)
_COMPOUND = "欧阳|上官|司马|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|司徒|东方"
_NAME = re.compile(
    rf"(?:(?:{_COMPOUND})[\u4e00-\u9fff]{{1,2}}|[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}|[\u4e00-\u9fff]{{2,6}}(?:·[\u4e00-\u9fff]{{1,8}}){{1,2}})"
)
# Lines of two or three characters that begin as a name does.
_NO_NAME = re.compile(
    r"全[文国省市县区州]|目[录次]|安排|成[绩就果效]|明细|文[件本号]|时间|单位|简介|章[节程]|计划|应急|花絮|方案|关于|封面|台账|任务|项目|来源|余?额"
)


def is_name(line: str) -> bool:
    """Whether a line, in Simplified characters, is the name of a person and nothing else."""
    bare = line.replace(" ", "")
    return _NAME.fullmatch(bare) is not None and _NO_NAME.match(bare) is None
