"""The two small networks of a shop's own encoder, and how pictures and texts are varied while they learn.

Needs PyTorch (extra `deep`) to train; what is exported answers without it.
Sources: attention pooling after Lin et al., "A Structured Self-Attentive Sentence Embedding", ICLR 2017; a projection
that only the loss sees, Chen et al., "A Simple Framework for Contrastive Learning" (SimCLR), ICML 2020.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from daogou.learn.encoders.tokens import NOTHING


class PictureNetwork(nn.Module):
    """(rows, 3, size, size) in 0 to 1 -> (rows, 8 * width): five convolutions and the mean over what is left."""

    def __init__(self, width: int, size: int) -> None:
        super().__init__()
        # Large pictures are halved once more at the start: detail below a fiftieth of the width is not worth its cost.
        first = 2 if size >= 28 else 1
        plan = [(3, width, first), (width, 2 * width, 2), (2 * width, 4 * width, 2)]
        plan += [(4 * width, 4 * width, 2 if size >= 56 else 1), (4 * width, 8 * width, 2)]
        self.body = nn.Sequential(*(_convolution(*one) for one in plan))
        self.width = 8 * width

    def forward(self, picture: Tensor) -> Tensor:
        features: Tensor = self.body(picture).mean(dim=(2, 3))
        return features


class TextNetwork(nn.Module):
    """(rows, length) hashed runs -> (rows, heads * width): each head is a mean of the runs it attends to."""

    def __init__(self, buckets: int, width: int, heads: int) -> None:
        super().__init__()
        self.runs = nn.Embedding(buckets, width, padding_idx=NOTHING)
        nn.init.normal_(self.runs.weight, std=0.1)
        self.attention = nn.Linear(width, heads)
        self.width = heads * width

    def forward(self, tokens: Tensor) -> Tensor:
        runs = self.runs(tokens)
        shut = (tokens == NOTHING).unsqueeze(-1)
        weight = torch.softmax(self.attention(runs).masked_fill(shut, -1e3), dim=1)
        return torch.einsum("nlh,nlw->nhw", weight, runs).flatten(1)


class Tower(nn.Module):
    """A body, and the projection behind it that leads into the shared space: (rows, ...) -> (rows, dimension)."""

    def __init__(self, body: PictureNetwork | TextNetwork, dimension: int) -> None:
        super().__init__()
        self.body = body
        self.dimension = dimension
        self.projection = nn.Sequential(
            nn.Linear(body.width, body.width),
            nn.BatchNorm1d(body.width),
            nn.ReLU(inplace=True),
            nn.Linear(body.width, dimension),
        )

    def forward(self, given: Tensor) -> Tensor:
        return functional.normalize(self.projection(self.body(given)))


class Towers(nn.Module):
    """picture, text  one tower each; None where the shop has none"""

    def __init__(self, picture: Tower | None, text: Tower | None) -> None:
        super().__init__()
        self.picture = picture
        self.text = text


class Centred(nn.Module):
    """A network's answers less their mean over some examples, to length 1: (rows, …) -> (rows, width)."""

    mean: Tensor

    def __init__(self, network: nn.Module, mean: Tensor) -> None:
        super().__init__()
        self.network = network
        self.register_buffer("mean", mean)
        self.width = len(mean)

    @classmethod
    def around(cls, network: nn.Module, examples: Tensor) -> Centred:
        """Centred on the mean answer to these examples."""
        network.eval()
        with torch.no_grad():
            return cls(network, network(examples).mean(dim=0))

    def forward(self, given: Tensor) -> Tensor:
        return functional.normalize(self.network(given) - self.mean)


def varied_pictures(pictures: Tensor, *, smallest: float, jitter: float) -> Tensor:
    """Each picture cropped to `smallest` … 1 of its area, flipped half the time, brighter or duller by `jitter`.

    pictures  (rows, 3, size, size) in 0 to 1; what is drawn comes from torch's own generator
    """
    rows = len(pictures)
    area = smallest + (1 - smallest) * torch.rand(rows)
    ratio = torch.exp((2 * torch.rand(rows) - 1) * math.log(4 / 3))
    wide, high = (area * ratio).sqrt().clamp(max=1), (area / ratio).sqrt().clamp(max=1)
    frame = torch.zeros(rows, 2, 3)
    frame[:, 0, 0] = wide * torch.where(torch.rand(rows) < 0.5, -1.0, 1.0)
    frame[:, 1, 1] = high
    frame[:, 0, 2] = (2 * torch.rand(rows) - 1) * (1 - wide)
    frame[:, 1, 2] = (2 * torch.rand(rows) - 1) * (1 - high)
    grid = functional.affine_grid(frame, list(pictures.shape), align_corners=False).to(pictures.device)
    cut = functional.grid_sample(pictures, grid, padding_mode="border", align_corners=False)
    contrast = (1 + (2 * torch.rand(rows, 1, 1, 1) - 1) * jitter).to(pictures.device)
    brightness = (1 + (2 * torch.rand(rows, pictures.shape[1], 1, 1) - 1) * jitter).to(pictures.device)
    mean = cut.mean(dim=(1, 2, 3), keepdim=True)
    return (((cut - mean) * contrast + mean) * brightness).clamp(0, 1)


def varied_tokens(tokens: Tensor, *, dropped: float) -> Tensor:
    """Each run left out with probability `dropped`, but never all of a text."""
    gone = torch.rand(tokens.shape, device=tokens.device) < dropped
    gone[:, 0] = False
    return tokens.masked_fill(gone, NOTHING)


def _convolution(before: int, after: int, stride: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(before, after, 3, stride, 1, bias=False), nn.BatchNorm2d(after), nn.ReLU(inplace=True)
    )
