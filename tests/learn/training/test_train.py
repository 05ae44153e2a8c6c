"""A training publishes whole releases or nothing."""

import json
import subprocess
import sys

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from daogou.core.errors import ArtifactRefused, InvalidInput, NotReady, UnknownName
from daogou.core.protocols import silent
from daogou.core.settings import HistorySettings, ModelSettings, Settings
from daogou.data.dataset import Dataset
from daogou.learn.evaluation.protocols import leave_last
from daogou.learn.training import train as train_module
from daogou.learn.training.lock import training_lock
from daogou.learn.training.measured import Steps, measure_split
from daogou.learn.training.plan import fitting, members_of
from daogou.learn.training.release import current_name, load_release
from daogou.learn.training.train import BUILDING, CHECKPOINTS, train_release

DAY = 86_400_000_000
NOW = 1_800_000_000_000_000
NAMES = ("popularity", "trending", "repeat", "ease")
SETTINGS = Settings(history=HistorySettings(half_life_days=60)).model_copy(
    update={"models": {name: ModelSettings(recipe=name) for name in NAMES}}
)


def shop(n_users=80, n_items=30, n=3000, days=100, seed=3):
    """Shoppers of two tastes: each buys mostly in one half of the catalogue."""
    generator = np.random.default_rng(seed)
    user = generator.integers(0, n_users, n)
    half = n_items // 2
    item = (generator.integers(0, half, n) + half * ((user % 2) ^ (generator.random(n) < 0.1))).astype(np.int64)
    at_us = np.sort(generator.integers(0, days * DAY, n))
    n_baskets = -(-n // 3)
    baskets = csr_matrix((np.ones(n, np.float32), (np.arange(n) // 3, item)), shape=(n_baskets, n_items))
    return Dataset.of(
        user, item, at_us=at_us, n_users=n_users, n_items=n_items, baskets=baskets, basket_at_us=at_us[::3]
    )


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    root = tmp_path_factory.mktemp("models")
    seen = []
    path = train_release(shop(), SETTINGS, root, now_us=NOW, progress=lambda *one: seen.append(one))
    return root, path, seen


def test_a_release_holds_models_mix_figures_and_a_report(trained):
    root, path, _ = trained
    release = load_release(root)
    assert release.path == path
    assert set(release.models) == set(NAMES)
    assert sum(release.mix.weights.values()) == pytest.approx(1.0)
    assert release.mix == release.mixes["excluded"]
    assert set(release.info["evaluation"]) == {"counted", "excluded"}
    assert release.info["dataset"]["n_interactions"] == 3000
    assert release.warnings == ()
    assert "<svg" in (path / "report.html").read_text(encoding="utf-8")
    assert "ndcg@20" in release.models["ease"].manifest["metrics"]["counted"]


def test_the_rule_about_bought_items_chooses_the_mix(tmp_path):
    rules = SETTINGS.rules.model_copy(update={"already_bought": "allow"})
    train_release(shop(), SETTINGS.model_copy(update={"rules": rules}), tmp_path, now_us=NOW)
    release = load_release(tmp_path)
    assert release.mix == release.mixes["counted"]


def test_progress_counts_up_to_the_total_it_announced(trained):
    _, _, seen = trained
    done, totals, words = zip(*seen, strict=True)
    assert list(done) == list(range(len(seen)))
    assert set(totals) == {len(seen) - 1}
    assert words[-1] == "published"


def test_the_same_seed_trains_the_same_release(trained, tmp_path):
    root, _, _ = trained
    train_release(shop(), SETTINGS, tmp_path, now_us=NOW)
    first, second = load_release(root), load_release(tmp_path)
    assert first.mixes == second.mixes
    for name in NAMES:
        assert first.models[name].manifest["files"] == second.models[name].manifest["files"]
    for release in (first, second):
        for one in release.info["evaluation"].values():
            for model in one["models"]:
                del model["ms_per_query"]
    assert first.info["evaluation"] == second.info["evaluation"]


def test_the_mix_never_sees_the_test_part(tmp_path):
    """Whatever is bought after the test begins, weights stay the same to the last bit."""
    whole = shop()
    cuts = (70 * DAY, 85 * DAY)
    after = whole.at_us >= cuts[1]
    other = Dataset.of(
        whole.user,
        np.where(after, 29 - whole.item, whole.item),
        at_us=whole.at_us,
        n_users=80,
        n_items=30,
        baskets=whole.baskets,
        basket_at_us=whole.basket_at_us,
    )
    for name, data in (("first", whole), ("second", other)):
        train_release(data, SETTINGS, tmp_path / name, now_us=NOW, cuts=cuts)
    first, second = (load_release(tmp_path / name) for name in ("first", "second"))
    assert {one: mix.weights for one, mix in first.mixes.items()} == {
        one: mix.weights for one, mix in second.mixes.items()
    }
    assert first.info["evaluation"] != second.info["evaluation"]


def test_an_interrupted_training_leaves_the_release_in_force_and_no_rubbish(trained, tmp_path, monkeypatch):
    published = train_release(shop(), SETTINGS, tmp_path, now_us=NOW)
    saves = []

    def interrupted(folder, *rest, **named):
        saves.append(folder)
        folder.mkdir(parents=True)
        (folder / "half").write_text("half a model")
        if len(saves) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(train_module, "save_artifact", interrupted)
    with pytest.raises(KeyboardInterrupt):
        train_release(shop(), SETTINGS, tmp_path, now_us=NOW + DAY)
    assert current_name(tmp_path) == published.name
    assert not (tmp_path / BUILDING).exists()
    assert load_release(tmp_path).path == published


def test_what_a_killed_training_left_is_swept(tmp_path):
    left = tmp_path / BUILDING / "20200101T000000Z-000000"
    left.mkdir(parents=True)
    (left / "weights").write_bytes(b"x" * 100)
    train_release(shop(), SETTINGS, tmp_path, now_us=NOW)
    assert not (tmp_path / BUILDING).exists()


def test_two_trainings_at_once_are_refused_and_one_after_the_other_is_not(tmp_path):
    code = "import sys, pathlib; from daogou.learn.training.lock import training_lock\n"
    code += "with training_lock(pathlib.Path(sys.argv[1])):\n    print('trained')"
    other = [sys.executable, "-c", code, str(tmp_path)]
    with training_lock(tmp_path):
        refused = subprocess.run(other, capture_output=True, text=True, check=False, timeout=60)
        assert "Another training is running" in refused.stderr
    assert subprocess.run(other, capture_output=True, text=True, check=True, timeout=60).stdout == "trained\n"


def test_a_model_too_large_for_the_catalogue_is_left_out_with_a_note():
    models = dict(SETTINGS.models)
    kept, notes = fitting(members_of(models), 30)
    assert ({one.name for one in kept}, notes) == (set(models), [])
    kept, notes = fitting(members_of(models), 40_000)
    assert "ease" not in {one.name for one in kept}
    assert len(notes) == 1
    assert notes[0].startswith("Model ease was left out: EASE on 40,000 items needs 6,400 MB")
    with pytest.raises(InvalidInput, match="left out"):
        fitting(members_of({"ease": models["ease"]}), 40_000)


def test_leave_last_is_measured_too():
    """It has no moment that parts train from test; only its own figures may come of it."""
    members = members_of(SETTINGS.models)
    measured = measure_split(leave_last(shop()), members, SETTINGS.history, 0, Steps(silent, 0))
    assert [one.setup.protocol for one in measured.evaluations] == ["leave_last", "leave_last"]
    assert measured.evaluations[0].setup.n_users == 80
    assert sum(measured.mixes["counted"].weights.values()) == pytest.approx(1.0)


def test_a_broken_release_falls_back_to_the_one_before_with_a_warning(tmp_path):
    first = train_release(shop(), SETTINGS, tmp_path, now_us=NOW)
    second = train_release(shop(), SETTINGS, tmp_path, now_us=NOW + DAY)
    (second / "release.json").write_text("{", encoding="utf-8")
    release = load_release(tmp_path)
    assert release.path == first
    assert second.name in release.warnings[0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": 99}, "newer than this program reads"),
        ({"mixes": {}}, "lacks 'counted'"),
        ({"models": {"../../etc": {}}}, "not a plain name"),
        ({"models": {"popularity": {}}}, "which it does not hold"),
    ],
)
def test_a_release_file_that_is_not_right_is_refused(tmp_path, change, message):
    path = train_release(shop(), SETTINGS, tmp_path, now_us=NOW)
    info = json.loads((path / "release.json").read_text(encoding="utf-8"))
    (path / "release.json").write_text(json.dumps(info | change), encoding="utf-8")
    with pytest.raises(ArtifactRefused, match=message):
        load_release(tmp_path)


def test_before_the_first_training_there_is_no_release(tmp_path):
    assert current_name(tmp_path) is None
    with pytest.raises(NotReady, match="daogou train"):
        load_release(tmp_path)


def test_events_of_one_moment_train_without_held_out_figures(tmp_path):
    data = Dataset.of(np.array([0, 0, 1, 2]), np.array([0, 1, 1, 2]), at_us=np.full(4, DAY))
    path = train_release(data, SETTINGS, tmp_path, now_us=NOW)
    release = load_release(tmp_path)
    assert release.info["evaluation"] == {}
    assert "do not reach over enough time" in release.info["notes"][0]
    assert set(release.mix.weights.values()) == {1 / len(NAMES)}
    assert not (path / "report.html").exists()


def test_too_few_shoppers_count_all_models_alike_and_say_so(tmp_path):
    train_release(shop(n_users=6, n=200), SETTINGS, tmp_path, now_us=NOW)
    release = load_release(tmp_path)
    assert set(release.mix.weights.values()) == {1 / len(NAMES)}
    assert any("at least 20 are needed" in note for note in release.info["notes"])


def test_an_unknown_recipe_is_said_before_anything_is_fitted(tmp_path):
    settings = SETTINGS.model_copy(update={"models": {"mine": ModelSettings(recipe="easy")}})
    with pytest.raises(UnknownName, match="easy"):
        train_release(shop(), settings, tmp_path, now_us=NOW)
    assert not tmp_path.joinpath("releases").exists()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (Dataset.of(np.empty(0, np.int32), np.empty(0, np.int32)), "no item yet"),
        (Dataset.of(np.empty(0, np.int32), np.empty(0, np.int32), n_items=3), "no event yet"),
    ],
)
def test_nothing_to_learn_from_names_the_next_step(tmp_path, data, message):
    with pytest.raises(InvalidInput, match=message) as caught:
        train_release(data, SETTINGS, tmp_path, now_us=NOW)
    assert "daogou import" in str(caught.value)


def network(epochs: int = 4) -> Settings:
    settings = {"factors": 8, "blocks": 1, "heads": 1, "max_length": 10, "epochs": epochs, "patience": 99}
    chosen = {"ease": ModelSettings(recipe="ease"), "taste": ModelSettings(recipe="sasrec", settings=settings)}
    return SETTINGS.model_copy(update={"models": chosen})


class Interrupting:
    """A Progress that keeps what it was told and, where asked to, stops the training there."""

    def __init__(self, at: str = "") -> None:
        self.at, self.told = at, []

    def __call__(self, done: int, total: int | None, what: str) -> None:
        self.told.append((done, total, what))
        if self.at and what.startswith(self.at):
            raise KeyboardInterrupt

    def epochs(self) -> list[str]:
        """Which epochs were run, in order, over all parts."""
        told = [what.split(",")[0] for _, _, what in self.told if "epoch" in what]
        return [one for place, one in enumerate(told) if not place or told[place - 1] != one]


def test_a_stopped_training_of_a_network_goes_on_where_it_was(tmp_path):
    pytest.importorskip("torch", reason="networks need the extra `deep`")
    stopped, again, whole = Interrupting("sasrec: epoch 3"), Interrupting(), Interrupting()
    with pytest.raises(KeyboardInterrupt):
        train_release(shop(), network(), tmp_path / "one", now_us=NOW, progress=stopped)
    train_release(shop(), network(), tmp_path / "one", now_us=NOW, progress=again)
    train_release(shop(), network(), tmp_path / "other", now_us=NOW, progress=whole)
    assert stopped.epochs() + again.epochs()[1:] == whole.epochs()
    assert again.epochs()[0] == "sasrec: epoch 3 of 4"
    assert not (tmp_path / "one" / CHECKPOINTS).exists()
    one, other = (load_release(tmp_path / name) for name in ("one", "other"))
    assert one.mix == other.mix
    assert one.models["taste"].manifest["metrics"] == other.models["taste"].manifest["metrics"]
    dones = [done for done, _, _ in again.told]
    assert dones == sorted(dones), "the bar went backwards"


def test_other_settings_begin_a_network_anew(tmp_path):
    pytest.importorskip("torch", reason="networks need the extra `deep`")
    with pytest.raises(KeyboardInterrupt):
        train_release(shop(), network(), tmp_path, now_us=NOW, progress=Interrupting("sasrec: epoch 3"))
    again = Interrupting()
    train_release(shop(), network(epochs=5), tmp_path, now_us=NOW, progress=again)
    assert again.epochs()[0] == "sasrec: epoch 1 of 5"
