"""The trunk of SASRec: causal self-attention over what a shopper took, normalised before each step.

Histories are padded on the right, so an item never sees padding: it comes after it.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from daogou.learn.deep.dropout import Dropout

HIDDEN = -1e3  # added to what an item must not see; exp of it is 0, and whole-number arithmetic still bears it


class Block(nn.Module):
    """Attention, then two layers for each place; both added to what came in."""

    def __init__(self, factors: int, heads: int, widening: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.before_attention = nn.LayerNorm(factors)
        self.attended = nn.Linear(factors, 3 * factors)
        self.joined = nn.Linear(factors, factors)
        self.before_layers = nn.LayerNorm(factors)
        self.widened = nn.Linear(factors, widening * factors)
        self.narrowed = nn.Linear(widening * factors, factors)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.dropout(self.joined(self._attention(self.before_attention(x))))
        inner = self.dropout(functional.gelu(self.widened(self.before_layers(x)), approximate="tanh"))
        return torch.as_tensor(x + self.dropout(self.narrowed(inner)))

    def _attention(self, x: Tensor) -> Tensor:
        rows, length, factors = x.shape
        split = self.attended(x).view(rows, length, 3, self.heads, factors // self.heads).permute(2, 0, 3, 1, 4)
        if torch.onnx.is_in_onnx_export():
            mixed = _attention_written_out(split[0], split[1], split[2])
        else:
            mixed = functional.scaled_dot_product_attention(split[0], split[1], split[2], is_causal=True)
        return mixed.transpose(1, 2).reshape(rows, length, factors)


def _attention_written_out(query: Tensor, key: Tensor, value: Tensor) -> Tensor:
    """The same for a graph: with a mask that is made for any length, from a number that is not too large."""
    place = torch.arange(query.shape[2])
    hidden = (place[None, :] > place[:, None]).to(query.dtype) * HIDDEN
    alike = query @ key.transpose(2, 3) * (1 / math.sqrt(query.shape[3]))
    return torch.softmax(alike + hidden, dim=3) @ value


class AttentionTrunk(nn.Module):
    """From the rows of a history to what is wanted next, at every place."""

    def __init__(self, factors: int, blocks: int, heads: int, widening: int, dropout: float, max_length: int) -> None:
        super().__init__()
        self.scale = math.sqrt(factors)
        self.places = nn.Parameter(torch.randn(max_length, factors) * 0.02 * self.scale)
        self.dropout = Dropout(dropout)
        self.blocks = nn.Sequential(*(Block(factors, heads, widening, dropout) for _ in range(blocks)))
        self.norm = nn.LayerNorm(factors)

    def forward(self, rows: Tensor) -> Tensor:
        x = rows * self.scale + self.places[: rows.shape[1]]
        return torch.as_tensor(self.norm(self.blocks(self.dropout(x))))
