"""From a trained network to an ONNX graph that any runtime answers with, checked against PyTorch before it is given."""

from __future__ import annotations

import io
import warnings
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from daogou.core.errors import InvalidInput, MissingExtra
from daogou.learn.graph import Graph

OPSET = 17
TOLERANCE = 1e-4


def exported(
    network: nn.Module,
    inputs: Mapping[str, Tensor],
    *,
    outputs: Sequence[str],
    dynamic: Mapping[str, Mapping[int, str]] | None = None,
) -> Graph:
    """The network's forward pass as a Graph, in eval mode.

    inputs   an example for every argument of `forward`, in its order, by name; never empty along a dynamic axis
    outputs  a name for every tensor that `forward` returns
    dynamic  {name: {axis: word}} which axes may vary; by default the first axis of every input and output ("rows")

    Raises InvalidInput when the graph's answers differ from the network's by more than 1e-4 of their size. An
    attention mask should add at most -1e3: larger constants spoil the graph for whole-number arithmetic later.
    """
    network.eval()
    axes = dynamic or {name: {0: "rows"} for name in (*inputs, *outputs)}
    buffer = io.BytesIO()
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns of its own successor, and of every shape it traces
        try:
            torch.onnx.export(
                network,
                tuple(inputs.values()),
                buffer,  # type: ignore[arg-type]
                input_names=list(inputs),
                output_names=list(outputs),
                dynamic_axes={name: dict(one) for name, one in axes.items()},
                opset_version=OPSET,
                dynamo=False,
            )
        except ImportError as error:
            raise MissingExtra("onnx", "deep", "Saving a network as a graph") from error
        answers = network(*inputs.values())
    graph = Graph(buffer.getvalue())
    _refuse_difference(graph, inputs, answers if isinstance(answers, tuple) else (answers,), outputs)
    return graph


def largest_constant(graph: Graph) -> float:
    """The largest absolute number among the graph's constants that are no weights, such as a mask's."""
    import onnx
    from onnx import numpy_helper

    proto = onnx.load_from_string(graph.onnx).graph
    nodes = [attribute.t for node in proto.node for attribute in node.attribute if attribute.HasField("t")]
    sizes = [_size(numpy_helper.to_array(one)) for one in (*nodes, *proto.initializer)]
    return max(sizes, default=0.0)


def _size(array: np.ndarray[Any, Any]) -> float:
    return float(np.abs(array).max()) if array.size and array.dtype.kind == "f" else 0.0


def _refuse_difference(
    graph: Graph, inputs: Mapping[str, Tensor], answers: Collection[Tensor], outputs: Sequence[str]
) -> None:
    given = {name: value.detach().cpu().numpy() for name, value in inputs.items()}
    for name, wanted, seen in zip(outputs, answers, graph.run(given), strict=True):
        exact = wanted.detach().cpu().numpy()
        scale = max(float(np.abs(exact).max(initial=0.0)), 1.0)
        gap = float(np.abs(exact - seen).max(initial=0.0)) / scale
        if exact.shape != seen.shape or not gap <= TOLERANCE:
            raise InvalidInput(
                f"The graph's {name!r} differs from the network's by {gap:g} of its size; allowed is {TOLERANCE:g}."
            )
