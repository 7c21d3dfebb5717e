"""Write a trained cross-encoder as int8 ONNX for the app.

usage: python -m training.export RUN_DIRECTORY OUT_DIRECTORY
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from training.train import load


def export(run: Path, out: Path) -> None:
    """`out` gets model.onnx and tokenizer.json. Weights become int8, activations when they are computed."""
    model = load(run).eval()
    model.encoder.set_attn_implementation("eager")
    out.mkdir(parents=True, exist_ok=True)
    ids = torch.randint(5, 1000, (2, 64))
    mask = torch.ones_like(ids)
    batch, tokens = torch.export.Dim("batch", min=1, max=256), torch.export.Dim("tokens", min=2, max=512)
    with tempfile.TemporaryDirectory() as work:
        full, prepared = Path(work, "full.onnx"), Path(work, "prepared.onnx")
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
        quantize_dynamic(
            str(prepared),
            str(out / "model.onnx"),
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            per_channel=True,
            weight_type=QuantType.QInt8,
        )
    _without_traces(out / "model.onnx")
    (out / "tokenizer.json").write_bytes((run / "tokenizer.json").read_bytes())


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
