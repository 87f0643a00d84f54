"""What the Compare page says about a pair, and that it says nothing about anything else."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
import reflex as rx
from reflex.istate.data import RouterData

from framework_picker.catalog.current import get_catalog, get_ledger, get_value_table
from framework_picker.domain.moving import pair_description, pair_title
from framework_picker.domain.receipt_lookup import receipt_of
from framework_picker.state.compare import CompareState
from framework_picker.state.moving import (
    DESCRIPTION,
    NO_MOVE,
    TITLE,
    MovingState,
    moving_view,
)

SLUGS = sorted(get_catalog().alternatives)


async def opened(root_state: rx.State, query: str) -> MovingState:
    """The part about moving after an address was opened."""
    compare = await root_state.get_state(CompareState)
    root: Any = compare.get_root_state()
    address = f"/compare/?{query}"
    root.router = RouterData.from_router_data({"pathname": "/compare/", "asPath": address})
    compare.open_page()
    return await root_state.get_state(MovingState)


async def test_a_pair_gets_both_directions_and_a_title_that_names_it(root_state: rx.State) -> None:
    moving = await opened(root_state, "f=flask,django")

    view = await moving.moving
    assert [direction.title for direction in view.directions] == [
        "Moving from Flask to Django",
        "Moving from Django to Flask",
    ]
    assert (await moving.title).startswith("Flask or Django?")
    assert "Flask to Django and back" in await moving.description
    rows = {row.label: row for group in view.groups for row in group.rows}
    assert rows["Database migrations"].before.words == "Flask-Migrate"
    assert rows["Database migrations"].after.words == "built in"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "f=",
        "f=flask",
        "f=flask,flask",
        "f=flask,django,fastapi",
        "f=flask,nobody",
        "f=" + "x" * 100_000,
        "f=flask%00,django%00",
    ],
)
async def test_anything_but_a_pair_gets_nothing(root_state: rx.State, query: str) -> None:
    moving = await opened(root_state, query)

    assert await moving.moving == NO_MOVE
    assert await moving.title == TITLE
    assert await moving.description == DESCRIPTION


async def test_it_follows_the_selection(root_state: rx.State) -> None:
    moving = await opened(root_state, "f=flask,django,fastapi")
    compare = await root_state.get_state(CompareState)

    compare.remove_framework("flask", compare.query)
    assert (await moving.moving).title == "Moving between Django and FastAPI"

    compare.add_framework("reflex", compare.query)
    assert await moving.moving == NO_MOVE


def test_every_value_of_every_pair_has_a_receipt() -> None:
    for before, after in list(permutations(SLUGS, 2))[::11]:
        for group in moving_view(before, after).groups:
            assert group.rows
            for side in (side for row in group.rows for side in (row.before, row.after)):
                found = receipt_of(get_catalog(), get_value_table(), get_ledger(), side.of)
                assert found is not None, side.of
                assert found.is_whole == side.is_known, side.of


def test_titles_and_descriptions_name_the_pair_and_stay_short() -> None:
    for before, after in permutations(SLUGS, 2):
        names = [get_catalog().alternatives[slug].name for slug in (before, after)]
        assert all(name in pair_title(*names) for name in names)
        assert len(pair_description(*names)) <= 160
