"""Export a fitted reader: ONNX, pruned vocabulary, int8 weights that cannot saturate."""

import json
import logging
from collections.abc import Collection
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from model.extract.inputs import DURATION_WIDTH, SEGMENT_WIDTH
from training.encoder.fit import Reader
from training.encoder.network import STATE

logger = logging.getLogger(__name__)
_OPSET = 18


class _Encoder(nn.Module):
    """Token states and tag logits from token ids, in one graph."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.encoder, self.tagger = reader.encoder, reader.tagger

    def forward(
        self, input_ids: Tensor, token_type_ids: Tensor, attention_mask: Tensor
    ) -> tuple[Tensor, Tensor]:
        states = self.encoder(
            input_ids=input_ids, token_type_ids=token_type_ids, attention_mask=attention_mask
        ).last_hidden_state
        return states, self.tagger(states)


def export_encoder(reader: Reader, path: Path) -> None:
    """Write the encoder and its tagger to ``path`` in fp32."""
    sample = torch.ones(2, 7, dtype=torch.long)
    batch, width = (
        torch.export.Dim("batch", min=1, max=512),
        torch.export.Dim("width", min=2, max=512),
    )
    shape = {0: batch, 1: width}
    program = torch.onnx.export(
        _Encoder(reader.eval()),
        (sample, torch.zeros_like(sample), sample.clone()),
        input_names=["input_ids", "token_type_ids", "attention_mask"],
        output_names=["states", "tags"],
        dynamic_shapes={"input_ids": shape, "token_type_ids": shape, "attention_mask": shape},
        opset_version=_OPSET,
        dynamo=True,
        verbose=False,
    )
    if program is None:
        raise RuntimeError("torch exported no program")
    program.save(str(path), external_data=False)


def export_heads(reader: Reader, path: Path) -> None:
    """Write the segment and duration heads to ``path`` in fp32."""
    heads = reader.heads.eval()
    segments, durations = 5, 3
    sample = (
        torch.randn(segments, STATE),
        torch.zeros(segments, SEGMENT_WIDTH),
        torch.randn(durations, STATE),
        torch.tensor([0, 2, 4]),
        torch.zeros(durations, DURATION_WIDTH),
    )
    names = ["pooled", "segment_inputs", "duration_states", "duration_segments", "duration_inputs"]
    torch.onnx.export(
        heads,
        sample,
        str(path),
        input_names=names,
        output_names=["segments", "durations"],
        dynamic_axes={
            "pooled": {0: "s"}, "segment_inputs": {0: "s"}, "segments": {0: "s"},
            "duration_states": {0: "d"}, "duration_segments": {0: "d"},
            "duration_inputs": {0: "d"}, "durations": {0: "d"},
        },
        opset_version=17,
        dynamo=False,
    )  # fmt: skip


def quantize(source: Path, target: Path) -> None:
    """Weights to 7 bits in int8, a scale for each channel.

    With seven bits no CPU saturates when it adds products in 16 bits, so machines with and without
    VNNI give the same answers.
    """
    quantize_dynamic(
        source,
        target,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        op_types_to_quantize=["MatMul", "Gemm"],
    )
    _quantize_embeddings(target)


def _quantize_embeddings(path: Path) -> None:
    """Keep the word embeddings as int8 rows with a scale each; they are most of the file."""
    graph = onnx.load(str(path))
    largest = max(graph.graph.initializer, key=lambda tensor: len(tensor.raw_data))
    weights = onnx.numpy_helper.to_array(largest)
    if weights.dtype != np.float32 or weights.ndim != 2:
        return
    scale = np.abs(weights).max(axis=1, keepdims=True) / 127.0
    scale[scale == 0] = 1.0
    rows = np.clip(np.rint(weights / scale), -127, 127).astype(np.int8)
    gathers = [
        node
        for node in graph.graph.node
        if node.op_type == "Gather" and node.input[0] == largest.name
    ]
    name = largest.name
    graph.graph.initializer.remove(largest)
    graph.graph.initializer.extend(
        [
            onnx.numpy_helper.from_array(rows, f"{name}.rows"),
            onnx.numpy_helper.from_array(scale.astype(np.float32), f"{name}.scale"),
        ]
    )
    for node in gathers:
        position = list(graph.graph.node).index(node)
        ids, output = node.input[1], node.output[0]
        graph.graph.node.remove(node)
        replacements = [
            onnx.helper.make_node("Gather", [f"{name}.rows", ids], [f"{output}.q"]),
            onnx.helper.make_node(
                "Cast", [f"{output}.q"], [f"{output}.f"], to=onnx.TensorProto.FLOAT
            ),
            onnx.helper.make_node("Gather", [f"{name}.scale", ids], [f"{output}.s"]),
            onnx.helper.make_node("Mul", [f"{output}.f", f"{output}.s"], [output]),
        ]
        for offset, replacement in enumerate(replacements):
            graph.graph.node.insert(position + offset, replacement)
    onnx.checker.check_model(graph)
    onnx.save(without_traces(graph), str(path))


def without_traces(graph: onnx.ModelProto) -> onnx.ModelProto:
    """``graph`` without the notes an exporter leaves: paths and stack traces of this machine."""
    graph.ClearField("metadata_props")
    graph.graph.ClearField("metadata_props")
    graph.graph.ClearField("value_info")
    for node in graph.graph.node:
        node.ClearField("metadata_props")
        node.ClearField("doc_string")
    for value in (*graph.graph.input, *graph.graph.output):
        value.ClearField("metadata_props")
        value.ClearField("doc_string")
    return graph


def keep_tokens(tokenizer: Path, used: Collection[int], reader: Reader, target: Path) -> None:
    """Write a tokenizer with only ``used`` word pieces, and cut the embeddings to match.

    All single characters stay: a word none of whose long pieces was kept falls into smaller ones.
    """
    written = json.loads(tokenizer.read_text("utf-8"))
    vocabulary: dict[str, int] = written["model"]["vocab"]
    special = {entry["id"] for entry in written["added_tokens"]}
    kept = sorted(
        (
            (piece, number)
            for piece, number in vocabulary.items()
            if number in set(used) or number in special or len(piece.removeprefix("##")) == 1
        ),
        key=lambda item: item[1],
    )
    renumbered = {piece: place for place, (piece, _) in enumerate(kept)}
    written["model"]["vocab"] = renumbered
    for entry in written["added_tokens"]:
        entry["id"] = renumbered[entry["content"]]
    for processor in _special_tokens(written.get("post_processor")):
        for token in processor.values():
            token["ids"] = [renumbered[name] for name in token["tokens"]]
    target.write_text(json.dumps(written, ensure_ascii=False), "utf-8")
    embeddings = reader.encoder.embeddings.word_embeddings
    rows = embeddings.weight.detach()[[number for _, number in kept]].clone()
    pruned = nn.Embedding.from_pretrained(rows, padding_idx=0)  # type: ignore[no-untyped-call]
    reader.encoder.embeddings.word_embeddings = pruned


def _special_tokens(processor: object) -> list[dict[str, dict[str, list[Any]]]]:
    if isinstance(processor, dict) and "special_tokens" in processor:
        return [processor["special_tokens"]]
    if isinstance(processor, dict):
        return [
            found for child in processor.get("processors", ()) for found in _special_tokens(child)
        ]
    return []
