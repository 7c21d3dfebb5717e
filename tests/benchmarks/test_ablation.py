"""The harness behind the ablation table answers with every configuration it has."""

from __future__ import annotations

from answers.evaluation.judgement import judge
from answers.evaluation.questions import GoldQuestion, QuestionKind
from answers.evaluation.replies import given_reply
from answers.evaluation.scoring import Gold
from benchmarks.ablation import BareTexts, configurations
from indexer.index import ReportIndex
from tests.conftest import SEED_NAME
from tests.fake_encoder import FakeEncoder


def test_every_configuration_finds_a_passage_that_says_what_is_asked(
    seed_index: ReportIndex, encoder: FakeEncoder
) -> None:
    gold = Gold(SEED_NAME, "新增高新技术企业1500家", ("1500家",))
    question = GoldQuestion("1", QuestionKind.NUMBER, "新增高新技术企业多少家？", (gold,))
    bare = BareTexts(seed_index, encoder)
    found = list(configurations(seed_index, encoder, bare))
    assert len(found) == len(list(configurations(seed_index, encoder, None))) + 2
    for configuration in found:
        judged = judge(question, given_reply(configuration.ask(question), {}, configuration.name))
        assert judged.passages is not None
        assert judged.passages.first is not None, configuration.name
        assert judged.reply.answers, configuration.name
