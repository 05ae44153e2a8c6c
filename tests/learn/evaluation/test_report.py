"""The page and the table say what was found, what to do and what was done, in both languages, from the data alone."""

import io
import re
from html.parser import HTMLParser

import numpy as np
import polars as pl
import pytest
from markupsafe import escape
from rich.console import Console

from daogou.core.clock import DAY_US
from daogou.data.dataset import Dataset
from daogou.data.lake.outcomes import SERVED_SCHEMA
from daogou.learn.evaluation import words
from daogou.learn.evaluation.charts import bar, columns, curves, nice_ticks, reliability_plot
from daogou.learn.evaluation.evaluate import evaluate
from daogou.learn.evaluation.findings import findings_of, in_order
from daogou.learn.evaluation.findings_served import findings_of_served
from daogou.learn.evaluation.findings_words import ADVICE, FINDINGS
from daogou.learn.evaluation.newcomers import NewcomerShare
from daogou.learn.evaluation.over_time import Demand, Month
from daogou.learn.evaluation.report import Content, html_report, render
from daogou.learn.evaluation.report_newcomers import findings_of_newcomers, newcomers_view
from daogou.learn.evaluation.served import served_figures
from daogou.learn.evaluation.table import print_findings, print_served, print_table
from daogou.learn.metrics.calibration import reliability
from daogou.learn.metrics.intervals import Interval
from daogou.learn.models.popularity import Popularity
from daogou.learn.models.repeat import Repeat
from daogou.learn.training.mix import Mix

VOID = {"meta", "link", "br", "img", "path", "rect", "polyline", "circle", "input", "hr"}
FRESH = (
    NewcomerShare("home_for_you", 14, 40, 320, 0.02, 0.01, 0.0, 0.02, 0.01, 0.03, 3, 0.25, 0.1, is_kept=False),
    NewcomerShare("<u>", 14, 40, 320, 0.1, 0.05, 0.0, 0.12, 0.09, 0.15, 30, 0.5, 0.1, is_kept=True),
)
START = 1_700_006_400_000_000


@pytest.fixture(scope="module")
def served():
    """Three days of a list of three places; the first place of each list is clicked, every third one bought."""
    rows = []
    for number in range(60):
        who = {"person": f"v:{number % 30}", "session_id": f"s{number}", "recommendation_id": f"r{number}"}
        at = START + number % 3 * DAY_US + number * 1_000
        placement = "home_for_you" if number % 2 else "<b>"
        shown = [(f"i{(number + place) % 5}", place) for place in range(3)]
        rows += [{**who, "name": "impression", "at_us": at, "placement": placement, "item_id": item, "position": place}
                 for item, place in shown]  # fmt: skip
        clicked = shown[0 if number % 4 else 1]
        rows.append({**who, "name": "select_item", "at_us": at + 1, "placement": placement, "item_id": clicked[0],
                     "position": clicked[1]})  # fmt: skip
        if number % 3 == 0:
            rows.append({**who, "name": "purchase", "at_us": at + 2, "item_id": clicked[0], "quantity": 1,
                         "price_minor": 500, "recommendation_id": None})  # fmt: skip
    columns = {"name": pl.String, "at_us": pl.Int64, "person": pl.String, "session_id": pl.String,
               "recommendation_id": pl.String, "placement": pl.String, "item_id": pl.String, "position": pl.Int32,
               "quantity": pl.Int64, "price_minor": pl.Int64}  # fmt: skip
    outcomes = pl.DataFrame(rows, schema=columns).sort("at_us")
    releases = [("first", START), ("second", START + DAY_US)]
    return served_figures(outcomes, pl.DataFrame(schema=SERVED_SCHEMA), releases=releases, head={"i0"})


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
    country = ["France" if user % 2 else "<i>" for user in range(train.n_users)]
    models = {"repeat": Repeat().fit(train), "<script>": Popularity().fit(train)}
    return [
        evaluate(models, train, test, ks=(5, 10), repeats=repeats, compare="repeat", groups={"country": country})
        for repeats in ("counted", "excluded")
    ]


@pytest.fixture(scope="module")
def page(evaluations, served):
    predicted = np.random.default_rng(1).random(500) * 0.2
    happened = np.random.default_rng(2).random(500) < predicted
    demand = Demand(tuple(Month(f"2026-0{n}", 300, 0.5 + n / 100) for n in range(1, 7)), 1.0, 0.003, 300)
    return render(
        Content(
            evaluations,
            {"counted": Mix({"repeat": 0.75, "<script>": 0.25})},
            served,
            demand,
            {"clicks": reliability(predicted, happened)},
            {"en": "A shop", "zh": "一家店"},
            FRESH,
        )
    )


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
    assert all(attrs.get("scope") in ("row", "col", "rowgroup") for attrs in headings)
    assert len(outline.ids) == len(set(outline.ids))


def test_the_figures_on_the_page_are_those_of_the_evaluation(page, evaluations):
    for one in evaluations:
        for model in one.models:
            for interval in model.metrics.values():
                assert f"{interval.mean:.4f}" in page
                assert f"{interval.low:.4f}–{interval.high:.4f}" in page


def test_the_verdict_is_the_corrected_one(page, evaluations):
    shown = [one for found in evaluations for one in found.comparisons if one.metric in ("ndcg@10", "recall@10")]
    models = page[page.index('<section id="models">') :]
    assert models.count('<span class="sure">') == sum(one.verdict == "sure" for one in shown)
    assert models.count('<span class="worse">') == sum(one.verdict == "surely_worse" for one in shown)


def test_weights_are_shown_where_they_are_known(page):
    assert page.count("<strong>0.750</strong>") == 1


def test_the_summary_stands_first_and_says_what_to_do(page, evaluations, served):
    assert page.index('id="short"') < page.index('id="served"') < page.index('id="models"')
    found = in_order([*findings_of(evaluations[0]), *findings_of_served(served), *findings_of_newcomers(FRESH)])
    places = [page.index(str(escape(one.text["en"]))) for one in found]
    assert places == sorted(places)
    assert all(str(escape(one.advice["en"])) in page for one in found if one.advice)


def test_every_finding_leads_to_a_part_of_the_page_that_is_there(page, outline):
    asked = {attrs["href"][1:] for tag, attrs in outline.attributes if tag == "a"}
    assert asked <= set(outline.ids)


def test_every_word_that_is_explained_by_hovering_is_defined_at_the_end(page, outline):
    explained = {attrs["href"] for tag, attrs in outline.attributes if tag == "a" and attrs.get("class") == "term"}
    assert len(explained) > 15
    assert {f"#def-{key}" for key in words.definitions()} >= explained


def test_what_shoppers_did_is_shown_by_placement_release_and_place(page, served):
    for part in (served.whole, *served.of("placement"), *served.of("release")):
        assert f"{part.rates['ctr'].mean:.2%}" in page
    assert "&lt;b&gt;" in page
    for one in served.place_effects:
        assert f"{one.ratio.mean:.2f}" in page


def test_what_new_items_got_is_shown_beside_what_was_promised(page):
    section = page[page.index('<section id="newcomers">') : page.index('<section id="models">')]
    for one in FRESH:
        assert escape(one.placement) in section
        assert f"{one.share:.1%}" in section
    assert (section.count("not kept"), section.count("已兑现")) == (1, 1)
    assert [one.key for one in findings_of_newcomers(FRESH)] == ["new_items_missing", "new_items_shown"]


def test_a_shop_that_promises_nothing_and_shows_nothing_new_has_no_such_section(served):
    nothing = NewcomerShare("home", 14, 1, 8, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0, None, None, is_kept=True)
    assert newcomers_view([nothing]) == []
    assert 'id="newcomers"' not in render(Content(served=served, newcomers=[nothing]))


def test_a_report_of_clicks_alone_and_one_of_models_alone_are_whole(evaluations, served):
    for content in (Content(served=served), Content(evaluations[:1])):
        parser = Outline()
        parser.feed(render(content))
        assert parser.open == []
        asked = {attrs["href"][1:] for tag, attrs in parser.attributes if tag == "a"}
        assert asked <= set(parser.ids)


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
    terms = {f"{key}{number}": text for key, pair in words.TERMS.items() for number, text in enumerate(pair)}
    for texts in (words.WORDS, words.METRIC_NAMES, words.METRIC_MEANINGS, terms, FINDINGS, ADVICE):
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


def test_columns_have_whiskers_and_the_line_its_own_scale():
    drawn = columns([Interval(0.1, 0.08, 0.12), Interval(0.05, 0.05, 0.05)], ["1", "2"], title="t",
                    line=[Interval(1.0, 1.0, 1.0), Interval(0.5, 0.4, 0.6)], unit=100.0)  # fmt: skip
    assert drawn.count('class="fill"') == 2
    assert drawn.count('class="whisker"') == 1
    heights = [float(one) for one in re.findall(r'cy="([\d.]+)"', drawn)]
    tops = [float(one) for one in re.findall(r'<rect class="fill" x="[\d.]+" y="([\d.]+)"', drawn)]
    assert heights == tops  # half as often clicked for the place alone, and half as high in all


def test_a_calibrated_prediction_lies_on_the_diagonal():
    found = reliability(np.repeat([0.2, 0.4], 10), np.tile([1, 1, 0, 0, 0, 0, 0, 0, 0, 0], 2).astype(bool), n_bins=2)
    drawn = reliability_plot(found, title="t")
    (x1, y1), _ = re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', drawn)
    line = re.search(r'class="reference" d="M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)"', drawn)
    left, bottom, right, top = (float(one) for one in line.groups())
    share = (float(x1) - left) / (right - left)
    assert float(y1) == pytest.approx(bottom + share * (top - bottom), abs=0.2)


def test_the_terminal_says_what_shoppers_did_and_what_to_do(served):
    written = io.StringIO()
    console = Console(file=written, width=110)
    print_served(served, console)
    print_findings(findings_of_served(served), console)
    assert f"{served.whole.rates['ctr'].mean:.2%}" in written.getvalue()
    assert "clicks came from lists" in written.getvalue().replace("\n", " ")


def test_in_a_narrow_terminal_no_figure_is_cut_off(evaluations):
    written = io.StringIO()
    print_table(evaluations[0], Console(file=written, width=80))
    assert "…" not in written.getvalue().replace(" … ", "")
    assert f"{evaluations[0].models[0].metrics['ndcg@10'].high:.4f}" in written.getvalue()
