"""The cross-encoder: the bundled encoder with a relevance head and three heads over its tokens."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel


class Readings(NamedTuple):
    """Logits: `relevance` of shape (batch,); `start`, `end`, `inside` of shape (batch, tokens)."""

    relevance: Tensor
    start: Tensor
    end: Tensor
    inside: Tensor


class CrossEncoder(nn.Module):
    """Whether a text answers a question, where the answer begins and ends, and which tokens belong to it.

    Start and end as in BERT's reader for SQuAD 2 (Devlin et al. 2019): where the text does not answer they
    point at the first token. `inside` marks every token of an answer that has several parts.
    """

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.encoder = BertModel(config, add_pooling_layer=False)
        self.tokens = nn.Linear(config.hidden_size, 3)
        self.pooled = nn.Linear(config.hidden_size, config.hidden_size)
        self.relevance = nn.Linear(config.hidden_size, 1)

    def forward(self, ids: Tensor, mask: Tensor) -> Readings:
        """Logits for token ids and their mask, both of shape (batch, tokens)."""
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        start, end, inside = self.tokens(states).unbind(-1)
        relevance = self.relevance(torch.tanh(self.pooled(states[:, 0]))).squeeze(-1)
        return Readings(relevance, start, end, inside)


def from_bundled(directory: Path, kept: Tensor, layers: int) -> CrossEncoder:
    """Begin with the bundled encoder in `directory`: its embeddings of the tokens `kept`, its first layers.

    `layers` below the encoder's takes layers spread evenly over it, the last one included.
    """
    base = BertModel.from_pretrained(directory, add_pooling_layer=False)
    config = BertConfig.from_pretrained(directory)
    chosen = [round((i + 1) * config.num_hidden_layers / layers) - 1 for i in range(layers)]
    config.num_hidden_layers = layers
    config.vocab_size = len(kept)
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
    model = CrossEncoder(config)
    weights = {}
    for name, tensor in base.state_dict().items():
        if name == "embeddings.word_embeddings.weight":
            weights[name] = tensor[kept]
        elif not name.startswith("encoder.layer."):
            weights[name] = tensor
    for to, layer in enumerate(chosen):
        for name, tensor in base.encoder.layer[layer].state_dict().items():
            weights[f"encoder.layer.{to}.{name}"] = tensor
    model.encoder.load_state_dict(weights)
    return model
