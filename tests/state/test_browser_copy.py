"""The browser's copy comes from outside: whatever it holds, reading it never fails."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_picker.catalog.current import get_catalog
from framework_picker.domain.model import Catalog
from framework_picker.state.browser_copy import (
    LONGEST_COPY,
    BrowserCopy,
    Moment,
    read_copy,
    write_copy,
)

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


def test_a_written_copy_reads_back_equal(catalog: Catalog) -> None:
    for preset in catalog.presets.values():
        copy = BrowserCopy(Moment(dict(preset.answers), "admin"), Moment({"use": "api"}, "review"))
        assert read_copy(catalog, write_copy(copy)) == copy


def test_the_way_and_the_order_are_kept_too(catalog: Catalog) -> None:
    for copy in (
        BrowserCopy(Moment({"use": "api"}, "ui"), trail=("use", "review"), is_fixed_order=True),
        BrowserCopy(is_fixed_order=True),
        BrowserCopy(Moment({}, "ui"), trail=("use",)),
    ):
        assert read_copy(catalog, write_copy(copy)) == copy


def test_unknown_answers_in_a_copy_are_left_out(catalog: Catalog) -> None:
    text = json.dumps({"answers": {"use": "api", "colour": "blue", "admin": 5}, "at": "use"})

    assert read_copy(catalog, text).now == Moment({"use": "api"}, "use")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{",
        '{"answers": []}',
        '{"answers": "use"}',
        "[" * 100_000,
        "{}" * 100_000,
        '{"answers":{"use":"api"}}' + " " * LONGEST_COPY,
        "\x00",
        None,
        5,
        {"answers": {"use": "api"}},
    ],
)
def test_what_is_none_of_ours_reads_as_empty(catalog: Catalog, text: object) -> None:
    assert read_copy(catalog, text) == BrowserCopy()


@given(ANYTHING)
def test_any_json_is_read_without_failing(found: object) -> None:
    read_copy(get_catalog(), json.dumps(found))
    same = {"answers": found, "at": found, "before": found, "trail": found, "order": found}
    read_copy(get_catalog(), json.dumps(same))
    read_copy(get_catalog(), json.dumps(same | {"answers": {}}))


@given(st.text())
def test_any_text_is_read_without_failing(text: str) -> None:
    read_copy(get_catalog(), text)
