"""The signs of a pair, ready to be shown; the rows travel when a line is opened."""

from __future__ import annotations

import pytest
import reflex as rx

from framework_picker import routes
from framework_picker.catalog.current import get_catalog
from framework_picker.domain.signs import SIGNS
from framework_picker.state.compare import CompareState
from framework_picker.state.signs import (
    NO_SIGNS,
    SignsState,
    line_of,
    most_shared,
    pair_sums,
    rows_of,
    sign_words,
    signs_view,
    table_of,
)

# Reflex evaluates async vars to print a state, and leaves them unawaited.
pytestmark = pytest.mark.filterwarnings("ignore:coroutine .AsyncComputedVar")

KEY = "flask:django:0"


@pytest.fixture
async def shown(root_state: rx.State) -> SignsState:
    """The signs of a new session."""
    return await root_state.get_state(SignsState)


async def test_only_a_pair_has_signs(root_state: rx.State, shown: SignsState) -> None:
    compare = await root_state.get_state(CompareState)
    assert await shown.signs == NO_SIGNS

    compare._choose(["flask", "django"])
    view = await shown.signs
    assert (view.one, view.other) == ("Flask", "Django")
    assert "Flask ahead in " in view.summary

    compare._choose(["flask", "django", "fastapi"])
    assert await shown.signs == NO_SIGNS


async def test_rows_travel_only_when_their_line_is_open(shown: SignsState) -> None:
    assert shown.rows == {}

    shown.toggle_line(KEY, True)
    assert [row.words for row in shown.rows[KEY]]
    shown.toggle_line(KEY, False)
    assert shown.rows == {}


@pytest.mark.parametrize(
    "key",
    [
        "",
        None,
        7,
        [],
        "flask:django",
        "flask:django:999",
        "flask:django:-1",
        "flask:django:²",
        "flask:flask:0",
        "flask:nobody:0",
        "flask:django:0:0",
        "x" * 1_000,
    ],
)
async def test_a_key_that_is_none_opens_nothing(shown: SignsState, key: object) -> None:
    SignsState.event_handlers["toggle_line"].fn(shown, key, True)

    assert shown.rows == {}
    assert line_of(key) is None


def test_the_summary_counts_what_the_lines_show() -> None:
    view, table = signs_view("flask", "django"), table_of("flask", "django")
    lines = [line for group in view.groups for line in group.lines]
    counted = [line for line in lines if not line.why_not]

    assert len(counted) == table.counted
    for sign in ("ahead", "behind", "level"):
        count = sum(line.sign == sign for line in counted)
        assert f"{sign_words(sign, ('Flask', 'Django'))} in {count}" in view.summary
    assert {line.sign for line in lines} <= set(SIGNS)


def test_what_is_shown_and_not_counted_says_why() -> None:
    view = signs_view("fastapi", "litestar")
    reasons = {line.why_not for group in view.groups for line in group.lines}

    assert "published by one of the compared projects" in reasons
    assert "Litestar" in " ".join(group.unmeasured for group in view.groups) + view.unmeasured


def test_a_pair_that_nobody_measured_says_so() -> None:
    view = signs_view("reflex", "django")

    assert view.summary == "No test that counts has measured both Reflex and Django."
    assert view.groups == []
    assert view.unmeasured.startswith("No source here has measured both: ")


def test_every_pair_has_a_view_whose_rows_can_be_opened() -> None:
    slugs = list(get_catalog().alternatives)
    for one, other in zip(slugs, [*slugs[3:], *slugs[:3]], strict=True):
        for group in signs_view(one, other).groups:
            for line in group.lines:
                assert rows_of(line.key)


def test_a_profile_names_those_it_was_measured_beside_most() -> None:
    others = most_shared("flask")
    sums = pair_sums("flask", others)

    counts = [table_of("flask", other).counted for other in others]
    assert counts == sorted(counts, reverse=True)
    assert [one.name for one in sums] == [get_catalog().alternatives[o].name for o in others]
    assert sums[0].href.startswith(f"{routes.link(routes.COMPARE)}?f=flask,")
    assert pair_sums("laravel", most_shared("laravel")) == []
