"""The page and the table say what was done, in both languages, from the data alone."""

import io
import re
from html.parser import HTMLParser

import numpy as np
import pytest
from rich.console import Console

from daogou.data.dataset import Dataset
from daogou.learn.evaluation import words
from daogou.learn.evaluation.charts import bar, curves, nice_ticks
from daogou.learn.evaluation.evaluate import evaluate
from daogou.learn.evaluation.report import html_report, render
from daogou.learn.evaluation.table import print_table
from daogou.learn.metrics.intervals import Interval
from daogou.learn.models.popularity import Popularity
from daogou.learn.models.repeat import Repeat
from daogou.learn.training.mix import Mix

VOID = {"meta", "link", "br", "img", "path", "rect", "polyline", "input", "hr"}


@pytest.fixture(scope="module")
def evaluations():
    generator = np.random.default_rng(0)
    train = Dataset.of(generator.integers(0, 50, 400), generator.integers(0, 20, 400), at_us=np.arange(400) * 10**9)
    test = Dataset.of(
        generator.integers(0, 50, 90),
        generator.integers(0, 20, 90),
        at_us=10**12 + np.arange(90),
        n_users=train.n_users,
        n_items=train.n_items,
    )
    models = {"repeat": Repeat().fit(train), "<script>": Popularity().fit(train)}
    return [
        evaluate(models, train, test, ks=(5, 10), repeats=repeats, compare="repeat")
        for repeats in ("counted", "excluded")
    ]


@pytest.fixture(scope="module")
def page(evaluations):
    return render(evaluations, {"counted": Mix({"repeat": 0.75, "<script>": 0.25})})


class Outline(HTMLParser):
    """Checks that tags close in order and collects what matters to a reader."""

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.attributes = [], [], []

    def handle_starttag(self, tag, attrs):
        self.attributes.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.attributes.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def outline(page):
    parser = Outline()
    parser.feed(page)
    assert parser.open == []
    return parser


def test_the_page_loads_nothing_from_outside(page, outline):
    assert "default-src 'none'" in page
    asked = [attrs for _, attrs in outline.attributes if attrs.keys() & {"src", "href", "xlink:href", "srcset"}]
    assert all(attrs.get("href", "").startswith("#") for attrs in asked)
    assert "url(" not in page
    assert "@import" not in page


def test_every_sentence_stands_in_both_languages(page):
    assert page.count('<span lang="en">') == page.count('<span lang="zh">') > 30
    assert "Repeats are excluded" in page
    assert "不计复购" in page


def test_a_name_from_outside_cannot_become_markup(page):
    assert "&lt;script&gt;" in page
    assert page.count("<script>") == 1  # our own


def test_pictures_have_words_and_tables_have_headings(outline):
    pictures = [attrs for tag, attrs in outline.attributes if tag == "svg"]
    assert all(attrs.get("aria-hidden") == "true" or attrs.get("aria-label") for attrs in pictures)
    headings = [attrs for tag, attrs in outline.attributes if tag == "th"]
    assert headings
    assert all(attrs.get("scope") in ("row", "col") for attrs in headings)
    assert len(outline.ids) == len(set(outline.ids))


def test_the_figures_on_the_page_are_those_of_the_evaluation(page, evaluations):
    for one in evaluations:
        for model in one.models:
            for interval in model.metrics.values():
                assert f"{interval.mean:.4f}" in page
                assert f"{interval.low:.4f}–{interval.high:.4f}" in page


def test_the_verdict_is_that_of_the_interval(page, evaluations):
    shown = [one for found in evaluations for one in found.comparisons if one.metric in ("ndcg@10", "recall@10")]
    assert page.count('<span class="sure">') == sum(one.difference.low > 0 for one in shown)
    assert page.count("✗ ") == sum(one.difference.high < 0 for one in shown)


def test_weights_are_shown_where_they_are_known(page):
    assert page.count("0.750") == 1


def test_the_report_is_written_as_utf_8(tmp_path, evaluations):
    html_report(evaluations[0], tmp_path / "report.html")
    assert "推荐效果报告" in (tmp_path / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_terminal_shows_the_same_figures(evaluations, language):
    console = Console(width=200, record=True, file=io.StringIO())
    print_table(evaluations[0], console, language=language)
    text = console.export_text()
    assert f"{evaluations[0].model('repeat').metrics['ndcg@10'].mean:.4f}" in text
    assert words.word("done")[language] in text


def test_every_text_has_every_language():
    for texts in (words.WORDS, words.METRIC_NAMES, words.METRIC_MEANINGS):
        assert all(set(text) == set(words.LANGUAGES) for text in texts.values())


@pytest.mark.parametrize(
    ("most", "ticks"), [(0.0, [0, 1]), (0.37, [0, 0.1, 0.2, 0.3, 0.4]), (1.0, [0, 0.2, 0.4, 0.6, 0.8, 1])]
)
def test_ticks_are_round_and_reach_the_top(most, ticks):
    assert nice_ticks(most) == pytest.approx(ticks)


def test_a_bar_is_as_long_as_its_figure():
    drawn = bar(Interval(0.2, 0.1, 0.3), 0.4)
    assert 'width="50.00"' in drawn
    assert "M25.00 8H75.00" in drawn


def test_a_curve_has_a_point_for_every_k():
    drawn = curves({"one": [0.1, 0.2, 0.3]}, title="t", foremost="one")
    points = re.search(r'points="([^"]+)"', drawn).group(1).split()
    assert len(points) == 3
    heights = [float(point.split(",")[1]) for point in points]
    assert heights == sorted(heights, reverse=True)


def test_in_a_narrow_terminal_no_figure_is_cut_off(evaluations):
    written = io.StringIO()
    print_table(evaluations[0], Console(file=written, width=80))
    assert "…" not in written.getvalue().replace(" … ", "")
    assert f"{evaluations[0].models[0].metrics['ndcg@10'].high:.4f}" in written.getvalue()
