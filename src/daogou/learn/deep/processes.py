"""Who trains together: one process, or those that `torchrun` started, each with its share of every batch."""

from __future__ import annotations

import atexit
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, distributed


@dataclass(frozen=True)
class Processes:
    """rank of this process, how many there are, and the device this one computes on."""

    rank: int
    world: int
    device: torch.device

    @classmethod
    def joined(cls) -> Processes:
        """This process alone, or the group that `torchrun` describes in the environment (joined now if not yet)."""
        has_gpu = torch.cuda.is_available()
        world = int(os.environ.get("WORLD_SIZE", "1"))
        local = int(os.environ.get("LOCAL_RANK", "0"))
        device = torch.device("cuda", local % torch.cuda.device_count()) if has_gpu else torch.device("cpu")
        if has_gpu:
            torch.cuda.set_device(device)
        if world > 1 and not distributed.is_initialized():
            distributed.init_process_group("nccl" if has_gpu else "gloo")
            atexit.register(distributed.destroy_process_group)
        return cls(int(os.environ.get("RANK", "0")) if world > 1 else 0, world, device)

    @property
    def is_first(self) -> bool:
        return self.rank == 0

    def share(self, batch: Mapping[str, Any], whole: Collection[str]) -> dict[str, Tensor]:
        """This process's rows of a batch, on its device; the names in `whole` are given to every process entire."""
        mine = {}
        for name, value in batch.items():
            rows = value if name in whole or self.world == 1 else value[self.rank :: self.world]
            mine[name] = torch.as_tensor(rows).to(self.device, non_blocking=True)
        return mine

    def summed(self, values: list[float]) -> list[float]:
        """The same numbers added up over all processes."""
        if self.world == 1:
            return values
        kept = torch.tensor(values, dtype=torch.float64, device=self.device)
        distributed.all_reduce(kept)
        return list(map(float, kept.tolist()))

    def told(self, value: float) -> float:
        """What the first process says."""
        if self.world == 1:
            return value
        kept = torch.tensor([value], dtype=torch.float64, device=self.device)
        distributed.broadcast(kept, 0)
        return float(kept)
