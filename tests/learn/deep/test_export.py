"""From a network to a graph: the same answers, and refusal where they are not."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="networks need the extra `deep`")

from daogou.core.errors import ArtifactRefused, InvalidInput  # noqa: E402
from daogou.learn.deep import exported, seeded  # noqa: E402
from daogou.learn.deep.export import largest_constant  # noqa: E402
from daogou.learn.graph import Graph  # noqa: E402


class TwoAnswers(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.table = torch.nn.Embedding(5, 3)
        self.linear = torch.nn.Linear(3, 2)

    def forward(self, item: torch.Tensor, price: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        rows = self.table(item) * price[:, None]
        return self.linear(rows), rows.sum(dim=1)


class Masked(torch.nn.Module):
    def __init__(self, constant: float) -> None:
        super().__init__()
        self.constant = constant

    def forward(self, scores: torch.Tensor) -> torch.Tensor:
        hidden = torch.tensor([0.0, self.constant])
        return torch.softmax(scores + hidden, dim=1)


class Undecided(torch.nn.Module):
    """Answers something else each time it is called."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + torch.rand(1)


def two_answers() -> TwoAnswers:
    with seeded(3):
        return TwoAnswers()


def test_a_graph_answers_as_its_network_for_any_number_of_rows() -> None:
    network = two_answers()
    example = {"item": torch.tensor([1, 4]), "price": torch.tensor([1.5, 2.0])}
    graph = exported(network, example, outputs=("score", "total"))
    item, price = np.array([0, 1, 2, 3, 4]), np.array([1, 2, 3, 4, 5], np.float32)
    score, total = graph.run({"item": item, "price": price})
    wanted = network(torch.from_numpy(item), torch.from_numpy(price))
    np.testing.assert_allclose(score, wanted[0].detach().numpy(), rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(total, wanted[1].detach().numpy(), rtol=1e-5, atol=1e-6)


def test_a_graph_that_answers_otherwise_than_its_network_is_refused() -> None:
    with pytest.raises(InvalidInput, match="differs from the network's by"):
        exported(Undecided(), {"x": torch.zeros(2, 2)}, outputs=("y",))


def test_a_mask_too_large_for_whole_number_arithmetic_can_be_found() -> None:
    gentle = exported(Masked(-1e3), {"scores": torch.zeros(1, 2)}, outputs=("share",))
    harsh = exported(Masked(-1e9), {"scores": torch.zeros(1, 2)}, outputs=("share",))
    assert largest_constant(gentle) == 1e3
    assert largest_constant(harsh) == 1e9


def test_bytes_that_are_no_graph_are_refused() -> None:
    with pytest.raises(ArtifactRefused, match="The graph cannot be run"):
        Graph(b"no graph").run({})


def test_running_a_graph_needs_no_torch() -> None:
    graph = exported(
        two_answers(), {"item": torch.tensor([1]), "price": torch.tensor([1.0])}, outputs=("score", "total")
    )
    program = (
        "import sys; sys.modules['torch'] = None\n"
        "import numpy as np\n"
        "from daogou.learn.graph import Graph\n"
        "graph = Graph(sys.stdin.buffer.read())\n"
        "print(graph.run({'item': np.array([1]), 'price': np.ones(1, np.float32)})[0].shape)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], input=graph.onnx, capture_output=True, check=True)
    assert done.stdout.decode().strip() == "(1, 2)"


def test_without_torch_training_names_the_extra() -> None:
    program = "import sys; sys.modules['torch'] = None; import daogou.learn.deep"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert "Training a network needs PyTorch. Install it with: pip install 'daogou[deep]'" in done.stderr
