"""What a statement is about, in the dozen fields that work reports are divided into."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from answers.commitments.rows import Commitment
from answers.knowledge.tables import Row, rows


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


_TOPICS = tuple((Topic(row.name), row.pattern) for row in rows(Row, "fields_of_work", "topic"))


def topic_of(row: Commitment, sentence: str) -> Topic:
    """The field of a statement: by what it measures, else by its headings from the nearest, else by its
    sentence."""
    return topic_of_words(row.object, *reversed(row.place.headings), sentence)


def topic_of_words(*told: str) -> Topic:
    """The field that the first of these words tells that tell one."""
    return next((topic for topic in map(_named, told) if topic is not None), Topic.OTHER)


@lru_cache(maxsize=256)
def _named(words: str) -> Topic | None:
    # Many statements share their sentence, and more their headings.
    return next((topic for topic, pattern in _TOPICS if pattern.search(words)), None)
