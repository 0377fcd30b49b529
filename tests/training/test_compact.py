from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import pytest
from onnx import TensorProto, helper, numpy_helper

from training.encoder.compact import cut_positions, halve_weights
from training.tasks.diagnosis_index import row_steps


def graph(path: Path, weights: np.ndarray) -> None:
    node = helper.make_node("Gather", ["table", "ids"], ["rows"])
    made = helper.make_graph(
        [node],
        "lookup",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["n"])],
        [helper.make_tensor_value_info("rows", TensorProto.FLOAT, ["n", weights.shape[1]])],
        [numpy_helper.from_array(weights, "table")],
    )
    opset = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(made, opset_imports=opset, ir_version=9), str(path))


def rows(path: Path, *ids: int) -> np.ndarray:
    session = ort.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    (found,) = session.run(None, {"ids": np.asarray(ids, np.int64)})
    return np.asarray(found)


def test_halved_weights_say_the_same_in_half_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "graph.onnx"
    weights = np.random.default_rng(3).normal(size=(600, 64)).astype(np.float32)
    graph(path, weights)
    before = path.stat().st_size

    halve_weights(path)

    assert path.stat().st_size < 0.6 * before
    assert rows(path, 0, 599) == pytest.approx(weights[[0, 599]], abs=2e-3)


def test_only_the_positions_in_reach_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "graph.onnx"
    weights = np.arange(512 * 4, dtype=np.float32).reshape(512, 4)
    graph(path, weights)

    cut_positions(path, 100)

    assert (rows(path, 99) == weights[[99]]).all()
    with pytest.raises(Exception, match="out of data bounds"):
        rows(path, 100)


def test_steps_between_rows_wrap_around_and_lead_back() -> None:
    there = [5, 40_000, 65_535, 3, 3, 60_000]

    steps = row_steps(there)

    assert np.cumsum(steps, dtype=np.uint16).tolist() == there


def test_rows_beyond_sixteen_bits_are_refused() -> None:
    with pytest.raises(OverflowError, match="70000"):
        row_steps([1, 70_000])
