"""Dropout that draws eight places with one random number: on a CPU, where drawing them is what dropout costs."""

from __future__ import annotations

import torch
from torch import Tensor, nn

LEVELS = 256


class Dropout(nn.Module):
    """As torch.nn.Dropout, with `share` rounded to a 256th on a CPU."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share
        self.left_out = round(share * LEVELS)

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.left_out:
            return x
        if x.is_cuda:
            return nn.functional.dropout(x, self.share)
        drawn = torch.empty((x.numel() + 7) // 8, dtype=torch.int64).random_(-(2**63), None)
        bytes_drawn = drawn.view(torch.uint8)[: x.numel()].view(x.shape)
        return x * ((bytes_drawn >= self.left_out) * (LEVELS / (LEVELS - self.left_out)))
