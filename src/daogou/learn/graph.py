"""An ONNX graph as part of a model: bytes that were trained elsewhere and answer without PyTorch.

A model holds one in a field annotated `Graph`; the artifact saves it as `<field>.onnx`, so the field is best called
`graph`. Running it needs onnxruntime (extra `onnx`), which is imported at the first run and no sooner.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from daogou.core.errors import ArtifactRefused, MissingExtra


@dataclass(frozen=True, eq=False)
class Graph:
    """onnx  the graph's own file, as bytes"""

    onnx: bytes

    def run(self, inputs: Mapping[str, NDArray[Any]]) -> list[NDArray[Any]]:
        """Every output of the graph, in its order, for these inputs by name. Safe to call from several threads."""
        return [np.asarray(one) for one in self._session.run(None, dict(inputs))]

    @cached_property
    def _session(self) -> Any:
        """One thread: a shopper's answer is too short to share out, and calls run side by side."""
        try:
            import onnxruntime
        except ImportError as error:
            raise MissingExtra("onnxruntime", "onnx", "Answering with a network") from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            return onnxruntime.InferenceSession(self.onnx, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # the runtime's own errors share no base class
            raise ArtifactRefused(f"The graph cannot be run: {error}") from error
