"""The trunk of GRU4Rec: a gated recurrent layer that carries what was taken so far from place to place."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from daogou.learn.deep.dropout import Dropout


class RecurrentTrunk(nn.Module):
    """(rows, length, factors) -> (rows, length, factors); histories are padded on the right, so none sees padding."""

    def __init__(self, factors: int, layers: int, embedding_dropout: float, dropout: float) -> None:
        super().__init__()
        self.before = Dropout(embedding_dropout)
        self.gru = nn.GRU(factors, factors, num_layers=layers, batch_first=True)
        self.after = Dropout(dropout)

    def forward(self, rows: Tensor) -> Tensor:
        return torch.as_tensor(self.after(self.gru(self.before(rows))[0]))
