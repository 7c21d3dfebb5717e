"""The bundled model in the layout of sentence-transformers, for training and as the reference.

It takes about 470 MB and needs torch and its friends, which the app itself does not.
"""

from __future__ import annotations

import errno
import json
from pathlib import Path
from typing import Any

import numpy as np

from embeddings.built import built_directory
from embeddings.bundled import PASSAGE_PROMPT, QUERY_PROMPT, bundled_name, weights_path
from embeddings.bundled_tokenizer import whole_tokenizer
from embeddings.e5_file import E5Config, E5File, E5Tokenizer

_MADE = "transformer-2"  # raised when this module writes something else than before


def transformer_directory() -> Path:
    """The SentenceTransformer directory of the bundled model, built first if need be.

    Raises:
        ModelError: the weights are missing or broken, or the cache cannot be written.
    """
    source = weights_path()
    return built_directory(
        bundled_name(_MADE), lambda directory: write_transformer(E5File(source), directory), 500
    )


def write_transformer(file: E5File, directory: Path) -> None:
    """Write the encoder of `file` into `directory` in the layout of sentence-transformers."""
    _write_json(directory / "config.json", bert_config(file.config))
    _write_weights(file, directory / "model.safetensors")
    _write_tokenizer(file.tokenizer, file.config.positions, directory)
    modules = ["", "1_Pooling", "2_Normalize"]
    kinds = ["Transformer", "Pooling", "Normalize"]
    _write_json(
        directory / "modules.json",
        [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for i, (path, kind) in enumerate(zip(modules, kinds, strict=True))
        ],
    )
    _write_json(
        directory / "sentencebert_config.json",
        {"max_seq_length": file.config.positions, "do_lower_case": False},
    )
    _write_json(
        directory / "1_Pooling" / "config.json",
        {"word_embedding_dimension": file.config.hidden, "pooling_mode_mean_tokens": True},
    )
    (directory / "2_Normalize").mkdir(exist_ok=True)
    _write_json(
        directory / "config_sentence_transformers.json",
        {
            "prompts": {"query": QUERY_PROMPT, "passage": PASSAGE_PROMPT},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    )


def bert_config(config: E5Config) -> dict[str, Any]:
    """The configuration of the encoder, as transformers names its values."""
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": config.hidden,
        "num_hidden_layers": config.layers,
        "num_attention_heads": config.heads,
        "intermediate_size": config.feed_forward,
        "hidden_act": "gelu",
        "vocab_size": config.vocabulary,
        "max_position_embeddings": config.positions,
        "type_vocab_size": config.token_types,
        "layer_norm_eps": config.layer_norm_eps,
        "pad_token_id": 0,
        "dtype": "float32",
        "tokenizer_class": "PreTrainedTokenizerFast",
    }


def _write_weights(file: E5File, path: Path) -> None:
    from safetensors import SafetensorError
    from safetensors.numpy import save_file

    c = file.config
    tensors = {
        "embeddings.word_embeddings.weight": file.tensor("emb.word", c.vocabulary, c.hidden),
        "embeddings.position_embeddings.weight": file.tensor("emb.pos", c.positions, c.hidden),
        "embeddings.token_type_embeddings.weight": file.tensor("emb.type", c.token_types, c.hidden),
        "embeddings.LayerNorm.weight": file.tensor("emb.ln.w", c.hidden),
        "embeddings.LayerNorm.bias": file.tensor("emb.ln.b", c.hidden),
        # E5 pools by the mean; BERT's own pooler is there only because the architecture has one.
        "pooler.dense.weight": np.zeros((c.hidden, c.hidden), np.float32),
        "pooler.dense.bias": np.zeros(c.hidden, np.float32),
    }
    dense = {
        "q": ("attention.self.query", c.hidden, c.hidden),
        "k": ("attention.self.key", c.hidden, c.hidden),
        "v": ("attention.self.value", c.hidden, c.hidden),
        "ao": ("attention.output.dense", c.hidden, c.hidden),
        "fi": ("intermediate.dense", c.feed_forward, c.hidden),
        "fo": ("output.dense", c.hidden, c.feed_forward),
    }
    norms = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
    for layer in range(c.layers):
        prefix = f"encoder.layer.{layer}"
        for short, (name, rows, columns) in dense.items():
            tensors[f"{prefix}.{name}.weight"] = file.tensor(f"l{layer}.{short}.w", rows, columns)
            tensors[f"{prefix}.{name}.bias"] = file.tensor(f"l{layer}.{short}.b", rows)
        for short, name in norms.items():
            tensors[f"{prefix}.{name}.weight"] = file.tensor(f"l{layer}.{short}.w", c.hidden)
            tensors[f"{prefix}.{name}.bias"] = file.tensor(f"l{layer}.{short}.b", c.hidden)
    try:
        save_file(tensors, str(path), metadata={"format": "pt"})
    except SafetensorError as error:
        raise OSError(errno.EIO, str(error)) from error


def _write_tokenizer(source: E5Tokenizer, positions: int, directory: Path) -> None:
    whole_tokenizer(source).save(str(directory / "tokenizer.json"))
    bos, eos, pad, unk = (source.pieces[i].text for i in (source.bos, source.eos, source.pad, source.unk))
    _write_json(
        directory / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": positions,
            "bos_token": bos,
            "cls_token": bos,
            "eos_token": eos,
            "sep_token": eos,
            "pad_token": pad,
            "unk_token": unk,
            "clean_up_tokenization_spaces": False,
        },
    )


def _write_json(path: Path, value: object) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2), encoding="utf-8")
