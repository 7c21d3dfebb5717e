"""Write a trained cross-encoder as int8 ONNX for the app.

Weights become int8, and activations when they are computed: with one step for the whole of them, but for those
that go into the second matrix of a layer's feed-forward part. There, in the middle layers, one token is hundreds
of times larger than the rest («massive activations», Sun et al. 2024), which one step would round to nothing:
they have a step for every 128 (docs/reader.md tells what it is worth).

usage: python -m training.export RUN_DIRECTORY OUT_DIRECTORY
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from onnxruntime.quantization.shape_inference import quant_pre_process

from training.model import CrossEncoder
from training.train import load

_BLOCK = 128  # activations that share a step
_INT8 = 4  # activations are rounded to int8 (ONNX Runtime's accuracy_level)


def export(run: Path, out: Path) -> None:
    """`out` gets model.onnx and tokenizer.json."""
    model = load(run).eval()
    model.encoder.set_attn_implementation("eager")
    out.mkdir(parents=True, exist_ok=True)
    ids = torch.randint(5, 1000, (2, 64))
    mask = torch.ones_like(ids)
    batch, tokens = torch.export.Dim("batch", min=1, max=256), torch.export.Dim("tokens", min=2, max=512)
    with tempfile.TemporaryDirectory() as work:
        full, prepared, blocked = (Path(work, f"{name}.onnx") for name in ("full", "prepared", "blocked"))
        torch.onnx.export(
            model,
            (ids, mask),
            str(full),
            dynamo=True,
            external_data=False,
            input_names=["ids", "mask"],
            output_names=["relevance", "start", "end", "inside"],
            dynamic_shapes={"ids": {0: batch, 1: tokens}, "mask": {0: batch, 1: tokens}},
        )
        quant_pre_process(str(full), str(prepared), skip_symbolic_shape=True)
        graph = onnx.load(prepared)
        by_block = MatMulNBitsQuantizer(
            graph,
            block_size=_BLOCK,
            is_symmetric=True,
            accuracy_level=_INT8,
            bits=8,
            nodes_to_exclude=_all_but_second_of_feed_forward(graph, model),
        )
        by_block.process()
        by_block.model.save_model_to_file(str(blocked))
        quantize_dynamic(
            str(blocked),
            str(out / "model.onnx"),
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            per_channel=True,
            weight_type=QuantType.QInt8,
        )
    _without_traces(out / "model.onnx")
    (out / "tokenizer.json").write_bytes((run / "tokenizer.json").read_bytes())


def _all_but_second_of_feed_forward(graph: onnx.ModelProto, model: CrossEncoder) -> list[str]:
    """The nodes that multiply by other matrices than those from a feed-forward part's width to its layer's."""
    config = model.encoder.config
    second = (config.intermediate_size, config.hidden_size)
    shapes = {weight.name: tuple(weight.dims) for weight in graph.graph.initializer}
    return [
        node.name
        for node in graph.graph.node
        if node.op_type == "MatMul" and second not in (shapes.get(name) for name in node.input)
    ]


def _without_traces(path: Path) -> None:
    """Leave out where in whose files each operation came from: it helps nobody and tells private paths."""
    model = onnx.load(path)
    for node in model.graph.node:
        del node.metadata_props[:]
        node.doc_string = ""
    for value in (*model.graph.value_info, *model.graph.input, *model.graph.output, *model.graph.initializer):
        del value.metadata_props[:]
        value.doc_string = ""
    del model.graph.metadata_props[:]
    del model.metadata_props[:]
    onnx.save(model, path)


if __name__ == "__main__":
    export(Path(sys.argv[1]), Path(sys.argv[2]))
