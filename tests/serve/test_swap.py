"""A new release is taken over while shoppers are served; one that does not load changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from daogou.core.settings import ModelSettings, Settings
from daogou.data.dataset import Dataset
from daogou.learn.canary import Canary, begin_canary, end_canary
from daogou.learn.releases import current_release
from daogou.learn.training.train import train_release
from daogou.serve import swap as module

from .conftest import OpenShop

NOW = 1_795_200_000_000_000


@pytest.fixture(autouse=True)
def _looks_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_EVERY_SECONDS", 0.02)


def release(shop: OpenShop, number: int, *, in_force: bool = True) -> str:
    chosen = Settings().model_copy(update={"models": {"popularity": ModelSettings(recipe="popularity")}})
    ids = [f"p{n}" for n in range(12)]
    dataset = Dataset.of(np.array([0, 0, 1]), np.array([number, 1, number]), n_users=2, n_items=12, item_ids=ids)
    root = shop.folder / "files" / "models"
    return train_release(dataset, chosen, root, now_us=NOW + number * 1_000_000, in_force=in_force).name


def until(shop: OpenShop, what: Any) -> dict[str, Any]:
    """Readiness once it is as expected."""
    for _ in range(500):
        told: dict[str, Any] = shop.call("GET", "/readyz").json()
        if what(told):
            return told
    raise AssertionError(f"it never was: {told}")


def metric(shop: OpenShop, name: str) -> float:
    lines = shop.call("GET", "/metrics").text.splitlines()
    return sum(float(line.split()[1]) for line in lines if line.startswith(name + "{"))


def test_a_release_that_is_put_in_force_serves_without_a_call_that_waits_for_it(shop: OpenShop) -> None:
    first = release(shop, 2)
    until(shop, lambda told: told["model"] == first)
    assert shop.recommend(placement="home_for_you", visitor_id="v")["model"] == first
    second = release(shop, 3)
    until(shop, lambda told: told["model"] == second)
    assert metric(shop, "daogou_release_swaps_total") == 2.0


def test_a_release_whose_checksum_fails_leaves_the_old_one_serving_and_is_told(shop: OpenShop) -> None:
    first = release(shop, 2)
    until(shop, lambda told: told["model"] == first)
    name = release(shop, 3, in_force=False)
    candidate = shop.folder / "files" / "models" / "candidates" / name
    weights = next(candidate.rglob("weights.safetensors"))
    weights.write_bytes(weights.read_bytes()[:-1])
    from daogou.learn.releases import publish

    publish(candidate, shop.folder / "files" / "models")
    told = until(shop, lambda told: "release_refused" in told["degraded"])
    assert (told["model"], told["status"]) == (first, "degraded")
    assert metric(shop, "daogou_releases_refused") == 1.0
    third = release(shop, 4)
    assert until(shop, lambda told: told["model"] == third)["status"] == "ready"


def test_an_item_that_came_while_a_release_was_loaded_is_known_to_it(shop: OpenShop) -> None:
    service = shop.client.app.state.service
    release(shop, 2)
    from daogou.learn.training.release import read_release

    other = service.shop.beside(read_release(current_release(service.shop.model_root)))
    row = {"id": "late", "title": "Late", "price": 1, "categories": ["Garden > Pots"]}
    assert shop.call("PUT", "/v1/items", json={"items": [row]}).status_code == 200
    shop.call("GET", "/readyz")
    other.catch_up()
    weights = next(iter(other.weights["exclude"].values()))
    assert len(weights) == len(service.shop.catalogue) == 13  # type: ignore[arg-type]


def test_a_canary_serves_its_shoppers_and_says_so_until_it_fails_too_often(shop: OpenShop) -> None:
    first, second = release(shop, 2), release(shop, 3, in_force=False)
    root = shop.folder / "files" / "models"
    until(shop, lambda told: told["model"] == first)
    begin_canary(root, Canary(second, 0.5, NOW))
    service = shop.client.app.state.service
    until(shop, lambda told: service.shop.canary is not None)

    def models() -> set[str]:
        return {shop.recommend(placement="home_for_you", visitor_id=f"v{n}")["model"] for n in range(30)}

    assert models() == {first, second}
    end_canary(root, second)
    until(shop, lambda told: service.shop.canary is None)
    assert models() == {first}
    begin_canary(root, Canary(second, 0.5, NOW + 1))
    until(shop, lambda told: service.shop.canary is not None)
    service.shop.canary.shop.weights = None
    assert models() == {first}
    until(shop, lambda told: service.shop.canary is None)
    assert not (root / "CANARY").exists()
    assert metric(shop, "daogou_canary_failures_total") >= 5.0


def test_releases_are_listed_promoted_and_taken_back_by_admins_alone(shop: OpenShop, tmp_path: Path) -> None:
    first, second = release(shop, 2), release(shop, 3, in_force=False)
    assert shop.call("GET", "/v1/releases").status_code == 403
    told = shop.call("GET", "/v1/releases", shop.admin).json()
    assert [(one["name"], one["standing"]) for one in told["releases"]] == [(first, "serving"), (second, "candidate")]
    refused = shop.call("POST", f"/v1/releases/{second}/rollback", shop.admin)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "conflict")
    promoted = shop.call("POST", f"/v1/releases/{second}/promote", shop.admin)
    assert promoted.json() == {"serving": second}
    until(shop, lambda told: told["model"] == second)
    assert shop.call("POST", f"/v1/releases/{second}/rollback", shop.admin).json() == {"serving": first}
    until(shop, lambda told: told["model"] == first)
    assert shop.call("POST", "/v1/releases/none/promote", shop.admin).status_code == 404
    log = shop.call("GET", "/v1/releases", shop.admin).json()["log"]
    assert [one["what"] for one in log] == ["rolled_back", "promoted"]
