"""The Compare page without a browser: links, selections, receipts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import reflex as rx
from reflex.istate.data import RouterData

from framework_picker.catalog.current import get_catalog
from framework_picker.state.answers import AnswersState
from framework_picker.state.compare import (
    BY_DIFFERENCE,
    MOST,
    NO_RECEIPT,
    CompareState,
    default_slugs,
    default_view,
    framework_named,
    open_cell,
    selection_in,
)

Open = Callable[[CompareState, str], None]
EIGHT = "django,flask,fastapi,reflex,dash,quart,sanic,tornado"


@pytest.fixture
async def compare(root_state: rx.State) -> CompareState:
    """The Compare page of a new session."""
    return await root_state.get_state(CompareState)


@pytest.fixture
def open_compare() -> Open:
    """Opens the page with a query, as the browser does."""

    def open_address(state: CompareState, query: str) -> None:
        address = f"/compare/?{query}" if query else "/compare/"
        root: Any = state.get_root_state()
        root.router = RouterData.from_router_data({"pathname": "/compare/", "asPath": address})
        state.open_page()

    return open_address


def columns(state: CompareState) -> list[str]:
    return [column.slug for column in state.view.columns]


def labels(state: CompareState) -> list[str]:
    return [row.label for group in state.view.groups for row in group.rows]


def test_without_a_link_the_page_shows_its_own_four_and_the_state_sends_nothing(
    compare: CompareState, open_compare: Open
) -> None:
    open_compare(compare, "")

    assert not compare.is_own
    assert compare.view.columns == []
    assert compare.query == ""
    assert tuple(column.slug for column in default_view().columns) == default_slugs()
    assert len(default_view().columns) == 4


def test_a_link_brings_frameworks_in_its_order(compare: CompareState, open_compare: Open) -> None:
    open_compare(compare, "f=flask,django&only=differences&sort=difference")

    assert columns(compare) == ["flask", "django"]
    assert compare.only_differences
    assert compare.order == BY_DIFFERENCE
    assert compare.notices == []
    assert compare.query == "f=flask,django&only=differences&sort=difference"


def test_unknown_names_are_dropped_and_named(compare: CompareState, open_compare: Open) -> None:
    open_compare(compare, "f=django,foo,flask,%00bar&x=1&only=all")

    assert columns(compare) == ["django", "flask"]
    assert compare.notices == [
        "No framework here is called “foo” and “?bar”; left out.",
        "The link asks for “only=all” and “x”, which this page does not know.",
    ]


def test_more_than_six_are_cut_and_named(compare: CompareState, open_compare: Open) -> None:
    open_compare(compare, f"f={EIGHT}")

    assert columns(compare) == EIGHT.split(",")[:MOST]
    assert compare.notices == [
        "At most 6 frameworks fit side by side; left out: Sanic and Tornado."
    ]


@pytest.mark.parametrize(
    ("query", "headline"),
    [("f=django", "Django and what else?"), ("f=", "Which frameworks shall stand side by side?")],
)
def test_fewer_than_two_are_asked_for_and_offered(
    compare: CompareState, open_compare: Open, query: str, headline: str
) -> None:
    open_compare(compare, query)

    assert compare.view.headline == headline
    assert not compare.view.is_enough
    assert compare.view.groups == []
    assert len(compare.view.suggestions) == 4


@pytest.mark.parametrize(
    "query", ["f=" + "a" * 10_000, "&".join(f"p{n}=1" for n in range(100)), "%F0%28%8C%28", "&&=&"]
)
def test_rubbish_in_the_address_does_no_harm(
    compare: CompareState, open_compare: Open, query: str
) -> None:
    open_compare(compare, query)

    assert not compare.is_own


def test_repeated_names_and_blanks_count_once() -> None:
    linked, notices = selection_in(get_catalog(), "f=flask,,flask, django ,")

    assert linked.slugs == ("flask", "django")
    assert notices == ()


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("flask", "flask"),
        ("  FastAPI ", "fastapi"),
        ("Ruby on Rails", "ruby-on-rails"),
        ("djangorestframework", "django-rest-framework"),
        ("lite", "litestar"),
        ("s", None),
        ("", None),
        ("zope", None),
    ],
)
def test_a_framework_goes_by_name_package_or_the_beginning_of_either(
    typed: str, slug: str | None
) -> None:
    assert framework_named(get_catalog(), typed) == slug


def test_adding_and_removing_starts_from_what_is_shown(compare: CompareState) -> None:
    compare.add_named("", {"name": "Litestar"})
    assert columns(compare) == [*default_slugs(), "litestar"]

    compare.remove_framework(default_slugs()[0], "")
    assert columns(compare) == [*default_slugs()[1:], "litestar"]
    assert compare.query == f"f={','.join(columns(compare))}"


def test_a_name_that_is_not_found_gets_a_hint_and_changes_nothing(compare: CompareState) -> None:
    compare.add_named("", {"name": "fask"})

    assert not compare.is_own
    assert compare.notices == ["No framework here is called “fask”. Did you mean Flask?"]


def test_the_seventh_and_the_second_of_one_are_refused(
    compare: CompareState, open_compare: Open
) -> None:
    open_compare(compare, f"f={EIGHT}")
    compare.add_framework("tornado", "")
    assert compare.notices == [
        "At most 6 frameworks fit side by side. Remove one, then add Tornado."
    ]
    compare.add_framework("django", "")
    assert compare.notices == ["Django is there already."]
    assert len(columns(compare)) == MOST


def test_only_differences_hides_equal_rows_and_says_how_many(compare: CompareState) -> None:
    compare.show_only_differences("", True)

    kept = labels(compare)
    everything = [row.label for group in default_view().groups for row in group.rows]
    assert set(kept) < set(everything)
    assert compare.view.shown == (
        f"{len(kept)} of {len(everything)} rows, those in which verified values differ."
    )


def test_searching_keeps_matching_rows(compare: CompareState) -> None:
    compare.search_rows("", "  rate limits ")

    assert "Rate limits" in labels(compare)
    assert compare.view.shown.endswith("those that speak of “rate limits”.")


def test_the_order_of_rows_can_be_that_of_differences(compare: CompareState) -> None:
    before = [row.label for group in default_view().groups for row in group.rows]

    compare.sort_rows("", BY_DIFFERENCE)

    assert sorted(labels(compare)) == sorted(before)
    assert labels(compare) != before


async def test_the_top_three_are_those_of_the_own_answers(
    compare: CompareState, answers: AnswersState
) -> None:
    answers.use_preset(next(iter(get_catalog().presets)), "")

    await compare.take_top_three("")

    assert len(columns(compare)) == 3
    assert compare.notices[0].startswith("These are the first 3 of your ranking")


def test_starting_over_forgets_everything(compare: CompareState, open_compare: Open) -> None:
    open_compare(compare, "f=flask,django&only=differences")
    compare.search_rows("", "orm")
    compare.start_over("")

    assert not compare.is_own
    assert compare.query == ""


def test_coming_back_without_a_link_keeps_the_selection(
    compare: CompareState, open_compare: Open
) -> None:
    open_compare(compare, "f=flask,django")
    revision = compare.revision
    open_compare(compare, "")

    assert columns(compare) == ["flask", "django"]
    assert compare.revision > revision, "the address has to be written again"


async def test_a_lost_session_comes_back_from_the_address(
    compare: CompareState,
    open_compare: Open,
    new_session: Callable[[], Awaitable[AnswersState]],
) -> None:
    compare.add_framework("litestar", "")
    compare.show_only_differences("", True)
    lost = await (await new_session()).get_state(CompareState)

    open_compare(lost, compare.query)

    assert columns(lost) == columns(compare)
    assert labels(lost) == labels(compare)


async def test_a_click_that_overtakes_the_page_is_applied_to_what_the_browser_shows(
    open_compare: Open, compare: CompareState
) -> None:
    # After the server was lost: the click comes first, then the page with the old address.
    compare.add_framework("quart", "f=flask,sanic&only=differences")
    open_compare(compare, "f=flask,sanic&only=differences")

    assert columns(compare) == ["flask", "sanic", "quart"]
    assert compare.only_differences

    open_compare(compare, "f=flask,sanic")
    assert columns(compare) == ["flask", "sanic"], "a link followed later is followed"


def test_what_the_browser_says_counts_only_in_a_session_that_knows_nothing(
    open_compare: Open, compare: CompareState
) -> None:
    open_compare(compare, "f=flask,django")

    compare.add_framework("quart", "f=streamlit,dash")

    assert columns(compare) == ["flask", "django", "quart"]


@pytest.mark.parametrize(
    ("cell", "subject"),
    [
        ("fact:stars:django", "GitHub stars, Django"),
        ("capability:admin:flask", "Admin pages, Flask"),
        ("criterion:admin:flask", "Admin pages, Flask"),
    ],
)
def test_a_cell_opens_its_receipt_and_closes_again(
    compare: CompareState, cell: str, subject: str
) -> None:
    compare.toggle_receipt(cell, "")
    assert compare.receipt.receipt.subject == subject
    assert compare.receipt.row == cell.rpartition(":")[0]

    compare.toggle_receipt(cell, "")
    assert compare.receipt == NO_RECEIPT


def test_a_score_opens_to_its_parts_and_their_sources() -> None:
    opened = open_cell("criterion:footprint:flask")

    assert len(opened.parts) == len(get_catalog().criteria["footprint"].parts)
    assert all(part.sources for part in opened.parts)
    assert opened.ends.startswith("0: ")


def test_every_cell_of_every_framework_has_a_receipt_with_source_and_date() -> None:
    catalog = get_catalog()
    for alternative in catalog.alternatives.values():
        for key in alternative.facts:
            receipt = open_cell(f"fact:{key}:{alternative.slug}").receipt
            assert receipt.sources, (alternative.slug, key)
            assert receipt.as_of, (alternative.slug, key)
        for key in alternative.capabilities:
            receipt = open_cell(f"capability:{key}:{alternative.slug}").receipt
            assert receipt.sources, (alternative.slug, key)
            assert receipt.as_of, (alternative.slug, key)


@pytest.mark.parametrize(
    "cell", ["", "x", "fact:stars", "fact:nope:django", "nope:stars:django", "fact:stars:nope"]
)
def test_a_cell_that_is_none_has_no_receipt(cell: str) -> None:
    assert open_cell(cell) == NO_RECEIPT


def test_the_selection_leaves_the_answers_alone(
    compare: CompareState, answers: AnswersState, open_compare: Open
) -> None:
    answers.answers = {"use": "api"}
    open_compare(compare, "f=flask,django")

    assert answers.answers == {"use": "api"}
