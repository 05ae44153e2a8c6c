"""What a shop's own encoder learns from: two looks at one picture, a picture and its own title, things taken together.

Every pair is to be closer than all other pairs of the batch (InfoNCE). No label is ever seen.
Sources: van den Oord, Li, Vinyals, "Representation Learning with Contrastive Predictive Coding", 2018; SimCLR, ICML
2020, for the two looks; Yi et al., "Sampling-Bias-Corrected Neural Modeling", RecSys 2019, for taking back from each
partner how often it is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from daogou.learn.encoders.network import Tower, Towers, varied_pictures, varied_tokens

FAR = -1e3


@dataclass(frozen=True)
class Contrast:
    """How items are varied and compared.

    temperature  of the cosine; higher forgives near misses
    smallest     least part of a picture's area that a crop keeps
    jitter       how far brightness, colour and contrast may move
    dropped      share of a text's runs left out
    """

    temperature: float = 0.5
    smallest: float = 0.4
    jitter: float = 0.4
    dropped: float = 0.3

    def losses(self, towers: nn.Module, batch: Mapping[str, Tensor]) -> tuple[Tensor, float]:
        """(sum over rows, number of rows) of the mean of all kinds of pairs that the batch has.

        batch  item, partner (rows,) numbers, equal where nothing is known to be taken with the item; often (rows,)
               log of how often the partner is drawn; picture, partner_picture (rows, 3, size, size) 0 to 255 and
               has_picture, partner_has_picture (rows,) where there is a picture tower; tokens, partner_tokens
               (rows, length) where there is a text tower
        """
        assert isinstance(towers, Towers)
        rows, item = len(batch["item"]), batch["item"]
        first, again = self._looks(towers, batch), self._looks(towers, batch)
        kinds = [self._symmetric(first[part], again[part], item) for part in first]
        if len(first) == 2:
            kinds.append(self._symmetric(first["picture"], again["text"], item))
        bought = (item != batch["partner"]).nonzero().squeeze(1)
        if len(bought) > 1:
            partners = {
                name.removeprefix("partner_"): value[bought]
                for name, value in batch.items()
                if name.startswith("partner_")
            }
            ones = _joined({part: look[bought] for part, look in first.items()})
            others = _joined(self._looks(towers, partners))
            kinds.append(self._one_way(ones, others, batch["partner"][bought], batch["often"][bought]))
        told = [kind for kind in kinds if kind is not None]
        if not told:
            return torch.zeros((), requires_grad=True), float(rows)
        return torch.stack(told).mean() * rows, float(rows)

    def _looks(self, towers: Towers, batch: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """One varied look at each part of each row, (rows, dimension); zeros where a row lacks the part."""
        looks = {}
        if towers.picture is not None:
            there = batch["has_picture"].nonzero().squeeze(1)
            pictures = batch["picture"][there].float() / 255
            varied = varied_pictures(pictures, smallest=self.smallest, jitter=self.jitter)
            looks["picture"] = _placed(towers.picture, varied, there, len(batch["has_picture"]))
        if towers.text is not None:
            there = (batch["tokens"] != 0).any(dim=1).nonzero().squeeze(1)
            varied = varied_tokens(batch["tokens"][there], dropped=self.dropped)
            looks["text"] = _placed(towers.text, varied, there, len(batch["tokens"]))
        return looks

    def _symmetric(self, ones: Tensor, others: Tensor, item: Tensor) -> Tensor | None:
        """Both ways at once: 2n vectors, each to find its other look among all the rest."""
        there = (ones.any(dim=1) & others.any(dim=1)).nonzero().squeeze(1)
        n = len(there)
        if n < 2:
            return None
        both, twice = torch.cat([ones[there], others[there]]), torch.cat([item[there], item[there]])
        target = (torch.arange(2 * n, device=item.device) + n) % (2 * n)
        same = twice[:, None] == twice[None, :]
        same[torch.arange(2 * n, device=item.device), target] = False
        return functional.cross_entropy((both @ both.T / self.temperature).masked_fill(same, FAR), target)

    def _one_way(self, ones: Tensor, others: Tensor, partner: Tensor, often: Tensor) -> Tensor:
        """Each row to find its partner among the partners of all rows."""
        same = partner[:, None] == partner[None, :]
        same.fill_diagonal_(False)
        near = ones @ others.T / self.temperature - often[None, :]
        return functional.cross_entropy(near.masked_fill(same, FAR), torch.arange(len(ones), device=ones.device))


def _joined(looks: Mapping[str, Tensor]) -> Tensor:
    """What is seen of an item in all its parts, to length 1."""
    return functional.normalize(torch.stack(tuple(looks.values())).sum(dim=0))


def _placed(tower: Tower, varied: Tensor, there: Tensor, rows: int) -> Tensor:
    """The tower's answers in the rows they belong to; a single row teaches nothing."""
    if len(there) < 2:
        return torch.zeros(rows, tower.dimension, device=varied.device)
    answers: Tensor = tower(varied)
    return torch.zeros(rows, tower.dimension, device=varied.device).index_copy(0, there, answers.float())
