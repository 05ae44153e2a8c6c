"""Cross-entropy over a catalogue without ever holding all its logits: over every item, or over some drawn ones.

The loss of the next item is a softmax over n_items scores for each of thousands of positions. Written plainly that is
gigabytes of logits, read and written several times. Here a few positions at a time pass through the processor's cache
and leave only their loss and their gradient, in three matrix products; benchmarks/catalogue_loss.py tells the gain.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

CACHED_NUMBERS = 330_000  # logits worked on at once on a CPU: about the second-level cache
CACHED_NUMBERS_GPU = 64_000_000


def cross_entropy(states: Tensor, table: Tensor, targets: Tensor) -> Tensor:
    """Summed -log softmax(states @ table.T)[targets].

    states  (n, d); table  (n_items, d); targets  (n,) item numbers
    """
    summed: Tensor = _Full.apply(states, table, targets)  # type: ignore[no-untyped-call]
    return summed


def sampled_cross_entropy(
    states: Tensor, table: Tensor, targets: Tensor, drawn: Tensor, log_odds: Tensor | None = None
) -> Tensor:
    """The same against the drawn items only, shared by all rows; a drawn item that is a row's target is left out.

    drawn     (n_drawn,) item numbers
    log_odds  (n_items,) log of how often each item is drawn; subtracted from every score, so that what is drawn
              often is not unlearned for it (logQ correction). None leaves scores as they are
    """
    if log_odds is None:
        log_odds = torch.zeros(len(table), device=table.device)
    own, others = table[targets], table[drawn]
    summed: Tensor = _Sampled.apply(states, own, others, targets, drawn, log_odds)  # type: ignore[no-untyped-call]
    return summed


class _Full(torch.autograd.Function):
    @staticmethod
    @torch.amp.custom_fwd(device_type="cuda", cast_inputs=torch.float32)  # type: ignore[untyped-decorator]
    def forward(ctx: Any, states: Tensor, table: Tensor, targets: Tensor) -> Tensor:
        to_states, to_table = torch.empty_like(states), torch.zeros_like(table)
        loss = states.new_zeros(())
        for rows in _chunks(len(states), len(table), states.is_cuda):
            logits = states[rows] @ table.T
            wanted = logits.gather(1, targets[rows, None])
            top = logits.amax(1, keepdim=True)
            logits.sub_(top).exp_()
            total = logits.sum(1, keepdim=True)
            loss += (total.log() + top - wanted).sum()
            torch.mm(logits, table, out=to_states[rows])
            to_states[rows].div_(total)
            to_table.addmm_(logits.T, states[rows] / total)
        to_states -= table[targets]
        to_table.index_add_(0, targets, states, alpha=-1)
        ctx.save_for_backward(to_states, to_table)
        return loss

    @staticmethod
    @torch.amp.custom_bwd(device_type="cuda")  # type: ignore[untyped-decorator]
    def backward(ctx: Any, upstream: Tensor) -> tuple[Tensor, Tensor, None]:
        to_states, to_table = ctx.saved_tensors
        return upstream * to_states, upstream * to_table, None


class _Sampled(torch.autograd.Function):
    @staticmethod
    @torch.amp.custom_fwd(device_type="cuda", cast_inputs=torch.float32)  # type: ignore[untyped-decorator]
    def forward(
        ctx: Any, states: Tensor, wanted: Tensor, others: Tensor, targets: Tensor, drawn: Tensor, log_odds: Tensor
    ) -> Tensor:
        to_states, to_wanted, to_others = torch.empty_like(states), torch.empty_like(wanted), torch.zeros_like(others)
        loss, odds = states.new_zeros(()), log_odds[drawn]
        for rows in _chunks(len(states), len(others), states.is_cuda):
            logits = states[rows] @ others.T
            logits.sub_(odds).masked_fill_(targets[rows, None] == drawn, -torch.inf)
            own = (states[rows] * wanted[rows]).sum(1, keepdim=True) - log_odds[targets[rows], None]
            top = torch.maximum(logits.amax(1, keepdim=True), own)
            logits.sub_(top).exp_()
            total = logits.sum(1, keepdim=True) + (own - top).exp()
            loss += (total.log() + top - own).sum()
            to_own = (own - top).exp() / total - 1
            torch.mm(logits, others, out=to_states[rows])
            to_states[rows].div_(total).add_(to_own * wanted[rows])
            to_wanted[rows] = to_own * states[rows]
            to_others.addmm_(logits.T, states[rows] / total)
        ctx.save_for_backward(to_states, to_wanted, to_others)
        return loss

    @staticmethod
    @torch.amp.custom_bwd(device_type="cuda")  # type: ignore[untyped-decorator]
    def backward(ctx: Any, upstream: Tensor) -> tuple[Tensor | None, ...]:
        to_states, to_wanted, to_others = ctx.saved_tensors
        return upstream * to_states, upstream * to_wanted, upstream * to_others, None, None, None


def _chunks(n_rows: int, n_columns: int, is_gpu: bool) -> list[slice]:
    size = max((CACHED_NUMBERS_GPU if is_gpu else CACHED_NUMBERS) // max(n_columns, 1), 32)
    return [slice(start, start + size) for start in range(0, n_rows, size)]
