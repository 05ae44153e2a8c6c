"""Training networks: one trainer for all of them, checkpoints, several processes, and the way out to ONNX.

Everything below this folder needs PyTorch (extra `deep`), so a recipe imports it inside `fit` and nowhere else; what
`fit` returns holds arrays and a `daogou.learn.graph.Graph`, and answers a shopper without PyTorch. How a recipe uses
it, whole:

    def fit(self, dataset, *, seed=0, checkpoint=None, progress=silent):
        from daogou.learn.deep import Training, exported, seeded, train
        from daogou.learn.deep.my_network import MyNetwork

        with seeded(seed):
            network = MyNetwork(...)  # a torch.nn.Module
        train(
            network,
            loss=lambda network, batch: (network.losses(batch).sum(), len(batch["label"])),
            batches=lambda epoch: shuffled(dataset, np.random.default_rng((seed, epoch))),
            validate=lambda network: auc(network, held_out),  # higher is better
            training=Training(epochs=20, learning_rate=1e-3, patience=3, seed=seed),
            checkpoint=checkpoint,
            identity=f"my_network {self} {dataset.fingerprint}",
            progress=progress,
        )
        graph = exported(network, {"ids": example_ids, "numbers": example_numbers}, outputs=("score",))
        return MyModel(graph, ...)

`train` leaves the best weights in `network`; see its docstring for what a loss and a batch are.
"""

from __future__ import annotations

from daogou.core.errors import MissingExtra

try:
    import torch  # noqa: F401
except ImportError as error:
    raise MissingExtra("PyTorch", "deep", "Training a network") from error

from daogou.learn.deep.export import exported
from daogou.learn.deep.trainer import train
from daogou.learn.deep.training import Trained, Training, seeded

__all__ = ["Trained", "Training", "exported", "seeded", "train"]
