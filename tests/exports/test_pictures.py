"""The pictures, read back: the figures and names in the SVG are those of the document."""

from __future__ import annotations

import struct
from collections.abc import Callable
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from framework_picker.catalog.current import get_catalog, get_value_table
from framework_picker.catalog.engine import get_engine
from framework_picker.domain.explain import whole
from framework_picker.domain.replay import replay
from framework_picker.exports.head import Head
from framework_picker.exports.pictures.card import CARD_PX, card_picture, front_card
from framework_picker.exports.pictures.changes import changes_picture, level_place
from framework_picker.exports.pictures.ranking import MOST, ranking_picture
from framework_picker.exports.pictures.sheet import as_png, as_svg
from framework_picker.exports.pictures.versions import count_words, versions_picture
from framework_picker.exports.pictures.waterfall import (
    figure_of,
    waterfall_picture,
    waterfall_steps,
)

pytestmark = pytest.mark.slow

HEAD = Head("https://picker.example/result/?use=api", date(2026, 11, 20), "Shop $5 <b>&")
PICTURES = (ranking_picture, waterfall_picture, versions_picture, changes_picture)
ANSWERS: tuple[dict[str, str], ...] = (
    {"use": "api", "async": "decisive"},
    {},
    {"use": "api", "ui": "must", "admin": "must", "async": "must"},
)

Picture = Callable[[Any, Head], Figure]


def _document(answers: dict[str, str]) -> dict[str, Any]:
    return dict(replay(get_catalog(), get_value_table(), get_engine(), answers))


def _texts(figure: Figure) -> list[str]:
    """Every text of the SVG, as a browser shows it."""
    root = ElementTree.fromstring(as_svg(figure, "Shop"))
    return [
        "".join(element.itertext()) for element in root.iter("{http://www.w3.org/2000/svg}text")
    ]


def _size(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize("answers", ANSWERS, ids=["some", "none", "nobody left"])
@pytest.mark.parametrize("picture", PICTURES)
def test_every_picture_carries_title_date_and_source(
    picture: Picture, answers: dict[str, str]
) -> None:
    document = _document(answers)
    texts = _texts(picture(document, HEAD))
    assert len(texts[0]) > 5
    assert any(
        "2026-11-20" in text and f"version {document['data_version']}" in text for text in texts
    )
    assert HEAD.address in texts


def test_the_ranking_shows_names_and_scores_of_the_document() -> None:
    document = _document(ANSWERS[0])
    texts = _texts(ranking_picture(document, HEAD))
    for row in document["ranking"][:MOST]:
        place = texts.index(row["name"])
        assert texts[place - 1] == str(row["rank"])
        assert texts[place + 1] == whole(row["score"])
    assert HEAD.heading in texts


def test_the_bars_of_the_ranking_are_as_long_as_the_scores() -> None:
    document = _document(ANSWERS[0])
    axes = ranking_picture(document, HEAD).axes[0]
    first = document["ranking"][0]["score"]
    bars = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    ends = [bar.get_x() + bar.get_width() for bar in bars if bar.get_height() > 10]
    assert max(ends) == pytest.approx(first, abs=1e-6)


def test_the_steps_of_the_waterfall_lead_from_one_score_to_the_other() -> None:
    document = _document(ANSWERS[0])
    first, second = document["ranking"][:2]
    steps = waterfall_steps(document, first, second)
    shown = [step.points for step in steps]
    assert shown[0] + sum(shown[1:-1]) == pytest.approx(shown[-1], abs=0.001)
    texts = _texts(waterfall_picture(document, HEAD))
    for step in steps:
        assert step.label in texts
        assert figure_of(step) in texts


def test_counts_of_readings_never_round_to_none_or_all() -> None:
    assert [count_words(share) for share in (0, 0.001, 0.5, 0.999, 1)] == [
        "–",
        "< 1",
        "50",
        "> 99",
        "100",
    ]


def test_levels_stand_a_step_apart_and_points_between_them() -> None:
    assert [level_place(points) for points in (0, 1, 2, 3, 4, 8, 99)] == [0, 1, 2, 2.5, 3, 4, 4]


def test_the_changes_name_who_takes_over() -> None:
    document = _document(ANSWERS[0])
    names = {row["slug"]: row["name"] for row in document["ranking"]}
    text = "\n".join(_texts(changes_picture(document, HEAD)))
    for interval in document["intervals"]:
        for slug in (*interval["below"], *interval["above"]):
            assert names[slug] in text


@pytest.mark.parametrize("answers", ANSWERS, ids=["some", "none", "nobody left"])
def test_the_card_has_the_size_that_previews_want(answers: dict[str, str]) -> None:
    figure = card_picture(_document(answers), HEAD)
    assert _size(as_png(figure, "card", sharpness=1)) == CARD_PX == (1200, 630)
    assert _size(as_png(front_card(23, date(2026, 11, 20)), "card", sharpness=1)) == CARD_PX


def test_the_card_names_the_winner_and_three_runners_up() -> None:
    document = _document(ANSWERS[0])
    texts = _texts(card_picture(document, HEAD))
    for row in document["ranking"][:4]:
        assert row["name"] in texts
    assert document["ranking"][4]["name"] not in texts


@pytest.mark.parametrize("title", ["x" * 500, "日本語", "$x^2$ $$", "\\frac{a", "<script>", "\n\n"])
def test_no_title_breaks_a_picture(title: str) -> None:
    document = _document(ANSWERS[0])
    head = Head("https://x.example/", date(2026, 1, 1), title)
    for picture in (*PICTURES, card_picture):
        ElementTree.fromstring(as_svg(picture(document, head), title))


def test_the_same_document_gives_the_same_picture() -> None:
    document = _document(ANSWERS[0])
    svg = [as_svg(ranking_picture(document, HEAD), "Shop") for _ in range(2)]
    assert svg[0] == svg[1]
