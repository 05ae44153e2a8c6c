"""The losses over a catalogue, beside the same written plainly in float64."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="networks need the extra `deep`")

from daogou.learn.deep import seeded  # noqa: E402
from daogou.learn.deep.softmax import cross_entropy, sampled_cross_entropy  # noqa: E402

N_ROWS, N_ITEMS, FACTORS = 700, 5_000, 6  # several chunks


def parts() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    with seeded(4):
        states = torch.randn(N_ROWS, FACTORS, dtype=torch.float64, requires_grad=True)
        table = torch.randn(N_ITEMS, FACTORS, dtype=torch.float64, requires_grad=True)
        return states, table, torch.randint(0, N_ITEMS, (N_ROWS,))


def gradients(loss: torch.Tensor, *of: torch.Tensor) -> list[torch.Tensor]:
    return list(torch.autograd.grad(loss / 3, of))


def test_over_all_items_it_is_the_cross_entropy_with_its_gradients() -> None:
    states, table, targets = parts()
    ours = cross_entropy(states, table, targets)
    plain = torch.nn.functional.cross_entropy(states @ table.T, targets, reduction="sum")
    torch.testing.assert_close(ours, plain)
    for seen, wanted in zip(gradients(ours, states, table), gradients(plain, states, table), strict=True):
        torch.testing.assert_close(seen, wanted)


@pytest.mark.parametrize("corrected", [True, False])
def test_over_drawn_items_it_is_the_corrected_softmax_without_accidental_hits(corrected: bool) -> None:
    states, table, targets = parts()
    with seeded(5):
        drawn = torch.randint(0, N_ITEMS, (900,))
        log_odds = torch.randn(N_ITEMS, dtype=torch.float64) if corrected else torch.zeros(N_ITEMS)
    drawn[:50] = targets[:50]  # hits by accident
    ours = sampled_cross_entropy(states, table, targets, drawn, log_odds if corrected else None)
    logits = states @ table[drawn].T - log_odds[drawn]
    logits = logits.masked_fill(targets[:, None] == drawn, -torch.inf)
    own = (states * table[targets]).sum(1) - log_odds[targets]
    plain = (torch.logsumexp(torch.cat([own[:, None], logits], 1), 1) - own).sum()
    torch.testing.assert_close(ours, plain)
    for seen, wanted in zip(gradients(ours, states, table), gradients(plain, states, table), strict=True):
        torch.testing.assert_close(seen, wanted)


def test_scores_far_apart_neither_overflow_nor_vanish() -> None:
    states, table = torch.tensor([[100.0], [-100.0]]), torch.tensor([[5.0], [-5.0]])
    assert float(cross_entropy(states, table, torch.tensor([0, 0]))) == 1000.0
