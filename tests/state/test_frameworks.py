"""The list of frameworks without a browser: links, orders, filters, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
import reflex as rx
from hypothesis import given
from hypothesis import strategies as st
from reflex.istate.data import RouterData

from framework_picker import routes
from framework_picker.catalog.current import get_catalog, get_ledger, get_value_table
from framework_picker.domain.community import Point
from framework_picker.domain.health import COLUMNS, FACETS, Wanted, facet_values
from framework_picker.domain.receipt_lookup import receipt_of
from framework_picker.state.frameworks import (
    NO_VIEW,
    FrameworksState,
    default_view,
    query_of,
    wanted_in,
)
from framework_picker.state.overview import SPARK_HEIGHT, SPARK_WIDTH, entries, spark

Open = Callable[[FrameworksState, str], None]
CATALOG = get_catalog()


@pytest.fixture
async def frameworks(root_state: rx.State) -> FrameworksState:
    """The list in a new session."""
    return await root_state.get_state(FrameworksState)


@pytest.fixture
def open_list() -> Open:
    """Opens the page with a query, as the browser does."""

    def open_address(state: FrameworksState, query: str) -> None:
        address = f"/frameworks/?{query}" if query else "/frameworks/"
        root: Any = state.get_root_state()
        root.router = RouterData.from_router_data({"pathname": "/frameworks/", "asPath": address})
        state.open_page()

    return open_address


def shown(state: FrameworksState) -> list[str]:
    view = state.view if state.is_own else default_view()
    return [slug for section in view.sections for slug in section.slugs]


def test_without_a_link_the_page_shows_everybody_and_the_state_sends_nothing(
    frameworks: FrameworksState, open_list: Open
) -> None:
    open_list(frameworks, "")

    assert not frameworks.is_own
    assert frameworks.view == NO_VIEW
    assert frameworks.query == ""
    assert sorted(shown(frameworks)) == sorted(CATALOG.alternatives)
    assert default_view().sections[0].title.startswith("Sites and APIs")


def test_a_link_brings_order_and_filter(frameworks: FrameworksState, open_list: Open) -> None:
    query = "q=async&made=async-apis&licence=MIT&sort=stars&direction=ascending"
    open_list(frameworks, query)

    assert frameworks.notices == []
    assert frameworks.query == query
    assert frameworks.view.direction == "ascending"
    assert frameworks.view.sorted_by == "stars"
    assert len(frameworks.view.sections) == 1
    stars = [CATALOG.alternatives[slug].facts["stars"].value for slug in shown(frameworks)]
    assert stars == sorted(stars)
    assert "fastapi" in shown(frameworks)
    assert "django" not in shown(frameworks)


@given(
    words=st.text(alphabet="abc dé+&=%", max_size=20),
    column=st.sampled_from(["", *COLUMNS]),
    is_reversed=st.booleans(),
    data=st.data(),
)
def test_every_list_has_a_link_that_brings_it_back(
    words: str, column: Any, is_reversed: bool, data: st.DataObject
) -> None:
    chosen = {
        facet: data.draw(st.sampled_from(["", *facet_values(CATALOG, facet)])) for facet in FACETS
    }
    wanted = Wanted(
        words=" ".join(words.split()),
        column=column,
        is_reversed=is_reversed and bool(column),
        **chosen,
    )

    assert wanted_in(query_of(wanted)) == (wanted, ())


def test_a_column_turns_around_and_then_lets_go(
    frameworks: FrameworksState, open_list: Open
) -> None:
    open_list(frameworks, "")
    frameworks.sort_by("stars", "")
    assert frameworks.query == "sort=stars"
    first = shown(frameworks)[0]

    frameworks.sort_by("stars", frameworks.query)
    assert frameworks.query == "sort=stars&direction=ascending"
    assert shown(frameworks)[0] != first

    frameworks.sort_by("stars", frameworks.query)
    assert frameworks.query == ""

    frameworks.pick_order("", "name")
    frameworks.turn_around("")
    assert frameworks.query == "sort=name&direction=descending"


def test_a_lost_session_is_restored_from_the_address(
    frameworks: FrameworksState, open_list: Open
) -> None:
    frameworks.narrow("made", "sort=stars&q=asgi", "pages")

    assert frameworks.query == "q=asgi&made=pages&sort=stars"
    open_list(frameworks, "sort=stars&q=asgi")  # late: the click overtook it
    assert frameworks.query == "q=asgi&made=pages&sort=stars"


@pytest.mark.parametrize(
    "query",
    [
        "sort=nonsense",
        "sort=__class__",
        "direction=ascending",
        "sort=stars&direction=sideways",
        "made=everything",
        "governance=%00",
        "licence=<script>alert(1)</script>",
        "q=" + "x" * 200,
        "utm_source=letter",
    ],
)
def test_what_is_not_ours_is_named_and_left_out(
    frameworks: FrameworksState, open_list: Open, query: str
) -> None:
    open_list(frameworks, query)

    assert len(frameworks.notices) == 1
    assert len(frameworks.notices[0]) < 200
    assert frameworks.words == ""
    assert frameworks.chosen == {}


@pytest.mark.parametrize("query", ["q=" + "x" * 100_000, "&".join(f"a{n}=1" for n in range(500))])
def test_a_link_longer_than_ours_is_not_read(
    frameworks: FrameworksState, open_list: Open, query: str
) -> None:
    open_list(frameworks, query)

    assert "not read" in frameworks.notices[0]
    assert not frameworks.is_own


@pytest.mark.parametrize(
    "nonsense", [None, 7, True, [], {}, "x" * 100_000, "stars ", "\x00", "words"]
)
def test_handlers_refuse_what_is_not_theirs(
    frameworks: FrameworksState, open_list: Open, nonsense: Any
) -> None:
    open_list(frameworks, "sort=stars&q=asgi")
    before = frameworks.query

    frameworks.sort_by(nonsense, before)
    frameworks.pick_order(before, nonsense)
    frameworks.narrow(nonsense, before, "pages")
    frameworks.narrow("made", before, nonsense)
    if not isinstance(nonsense, str) or len(nonsense) > 80:
        frameworks.search(before, nonsense)
    frameworks.dismiss_notices(nonsense)

    assert frameworks.query == before


def test_a_lost_session_with_a_nonsense_address_is_a_new_one(frameworks: FrameworksState) -> None:
    frameworks.search(None, "wsgi")

    assert frameworks.query == "q=wsgi"


def test_show_all_goes_back_to_the_page_as_it_was(
    frameworks: FrameworksState, open_list: Open
) -> None:
    open_list(frameworks, "q=zebra&sort=name&made=pages")
    assert frameworks.view.sections == []

    frameworks.show_all()

    assert frameworks.query == ""
    assert not frameworks.is_own


def test_nothing_found_leaves_no_empty_heading(
    frameworks: FrameworksState, open_list: Open
) -> None:
    open_list(frameworks, "q=zebra")

    assert frameworks.view.sections == []
    assert frameworks.view.shown.startswith("0 of ")


def test_every_value_of_the_list_has_a_receipt() -> None:
    rows = entries(CATALOG, get_value_table())
    assert sorted(rows) == sorted(CATALOG.alternatives)

    for slug, row in rows.items():
        assert row.href == routes.framework(slug)
        for cell in row.cells:
            for words, receipt_id in ((cell.words, cell.of), (cell.detail, cell.detail_of)):
                found = receipt_of(CATALOG, get_value_table(), get_ledger(), receipt_id)
                assert found is not None, receipt_id
                is_claimed = words and "not verified" not in words
                assert found.is_whole or not is_claimed, (slug, cell.column, words)


def test_the_list_says_what_is_not_verified() -> None:
    rows = entries(CATALOG, get_value_table())
    cells = {cell.column: cell for cell in rows["solara"].cells}

    assert (cells["stars"].words, cells["stars"].is_known) == ("not verified", False)
    assert rows["solara"].spark == ""
    assert rows["flask"].spark != ""


def test_an_addon_says_whose_numbers_it_shows() -> None:
    cells = {
        cell.column: cell for cell in entries(CATALOG, get_value_table())["django-ninja"].cells
    }

    assert "those of Django" in cells["stars"].detail
    assert cells["advisories"].detail.endswith("those of Django")


def test_a_line_stays_inside_its_picture_and_ends_at_the_newest_count() -> None:
    points = [Point(date(2020, month, 1), 10.0 * month, "source") for month in range(1, 12)]
    path = spark(points, date(2019, 1, 1), date(2021, 1, 1))

    places = [(float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+)", path)]
    assert all(0 <= x <= SPARK_WIDTH and 0 <= y <= SPARK_HEIGHT for x, y in places)
    assert places[-1][1] == 1.0  # the largest
    assert [x for x, _ in places] == sorted(x for x, _ in places)
    assert spark(points[:1], date(2019, 1, 1), date(2021, 1, 1)) == ""


def test_words_from_outside_are_shown_short_and_printable() -> None:
    _, notices = wanted_in(f"sort={quote('a' * 90 + chr(0))}")

    assert "…" in notices[0]
    assert len(notices[0]) < 120


@pytest.mark.parametrize("words", ["\x00", "a\ud800b", "x" * 81, "\u202eevil"])
def test_words_that_no_address_can_hold_are_refused(
    frameworks: FrameworksState, open_list: Open, words: str
) -> None:
    open_list(frameworks, "q=asgi")

    frameworks.search("", words)

    assert frameworks.query == "q=asgi"
    assert wanted_in(f"q={words}")[0] == Wanted()
