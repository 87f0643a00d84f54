"""Values changed inside YAML texts: exactly these, and not one byte more."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from framework_picker.refresh.edits import Edit, content, edited, with_edits
from framework_picker.refresh.errors import RefreshError
from tests.catalog.folders import DATA

TEXT = """\
# A comment on top.
slug: example   # beside a value
as_of: 2026-11-20
facts:

  first:   # laid out by hand
      value:   "1.0"
      as_of: '2026-11-20'
      source: ["index-json:/pypi/example/json"]   # a list in one line
  second:
    value: '>=3.9'
    as_of: 2026-11-20
    source:
    # which file
    - https://example.org/a#b
    - 'https://example.org/c'

    note: a note that is
      folded by hand
  # between two facts
  third: {value: 3, as_of: 2026-11-20, source: [x]}
  code:
    value: |
      line: 1

      # no comment
    as_of: '2026-11-20'
limits:
- value: é “quoted”
"""


def changed_lines(before: str, after: str) -> list[str]:
    """Lines that went, with -, and lines that came, with +."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def test_a_value_is_replaced_where_it_stands_and_as_it_was_quoted() -> None:
    after = edited(
        TEXT,
        [
            Edit(("slug",), "other"),
            Edit(("as_of",), "2026-12-01"),
            Edit(("facts", "first", "value"), "1.1"),
            Edit(("facts", "first", "as_of"), "2026-12-01"),
            Edit(("facts", "second", "value"), ">=3.10,<4"),
        ],
    )

    assert changed_lines(TEXT, after) == [
        "-slug: example   # beside a value",
        "-as_of: 2026-11-20",
        "+slug: other   # beside a value",
        "+as_of: 2026-12-01",
        '-      value:   "1.0"',
        "-      as_of: '2026-11-20'",
        '+      value:   "1.1"',
        "+      as_of: '2026-12-01'",
        "-    value: '>=3.9'",
        "+    value: '>=3.10,<4'",
    ]


def test_a_list_in_one_line_stays_in_one_line_and_keeps_its_comment() -> None:
    after = edited(TEXT, [Edit(("facts", "first", "source"), ["index-files:example"])])

    assert changed_lines(TEXT, after)[-1] == (
        "+      source: ['index-files:example']   # a list in one line"
    )


def test_a_list_over_lines_is_laid_out_anew_below_the_same_name() -> None:
    after = edited(TEXT, [Edit(("facts", "second", "source"), ["index-json:/pypi/example/json"])])

    assert "    source:\n    - index-json:/pypi/example/json\n\n    note: a note that is\n" in after


def test_a_folded_note_is_replaced_whole() -> None:
    after = edited(TEXT, [Edit(("facts", "second", "note"), "short: and odd")])

    assert "    note: 'short: and odd'\n  # between two facts\n" in after


def test_a_long_note_is_folded_like_the_others() -> None:
    words = "word " * 60 + "end"
    after = edited(TEXT, [Edit(("facts", "second", "note"), words)])

    assert max(map(len, after.splitlines())) < 130  # a line ends with the word that passes 120
    assert content(after)["facts"]["second"]["note"] == words  # type: ignore[call-overload,index]


def test_an_entry_is_added_behind_its_sibling_or_at_the_end() -> None:
    after = edited(
        TEXT,
        [
            Edit(("facts", "second", "unit"), "versions", after="value"),
            Edit(("facts", "code", "checked_against"), "6.1"),
            Edit(("facts", "second", "checked_against"), "6.1"),
        ],
    )

    assert changed_lines(TEXT, after) == [
        "+    unit: versions",
        "+    checked_against: '6.1'",
        "+    checked_against: '6.1'",
    ]
    assert "      folded by hand\n    checked_against: '6.1'\n" in after


def test_several_entries_at_one_place_keep_their_order() -> None:
    after = edited(
        TEXT,
        [
            Edit(("facts", "second", "one"), 1),
            Edit(("facts", "second", "two"), 2),
            Edit(("facts", "second", "note"), None),
        ],
    )

    assert "    - 'https://example.org/c'\n\n    one: 1\n    two: 2\n  # between" in after


def test_a_whole_fact_can_be_added() -> None:
    fact: Any = {"value": 3, "as_of": "2026-12-01", "source": ["x"], "note": "a: b"}
    after = edited(TEXT, [Edit(("facts", "new"), fact, after="first")])

    assert changed_lines(TEXT, after) == [
        "+  new:",
        "+    value: 3",
        "+    as_of: '2026-12-01'",
        "+    source:",
        "+    - x",
        "+    note: 'a: b'",
    ]


def test_entries_in_braces_are_changed_and_added_in_braces() -> None:
    after = edited(
        TEXT,
        [
            Edit(("facts", "third", "value"), "a, b"),
            Edit(("facts", "third", "source"), ["y"]),
            Edit(("facts", "third", "note"), "x: y"),
        ],
    )

    assert "  third: {value: 'a, b', as_of: 2026-11-20, source: [y], note: 'x: y'}\n" in after


def test_an_entry_is_taken_out_with_all_its_lines() -> None:
    after = edited(TEXT, [Edit(("facts", "second", "note"), None)])

    assert changed_lines(TEXT, after) == ["-    note: a note that is", "-      folded by hand"]


def test_taking_out_what_is_not_there_changes_nothing() -> None:
    assert edited(TEXT, [Edit(("facts", "second", "unit"), None)]) == TEXT
    assert edited(TEXT, []) == TEXT


def test_line_ends_of_another_system_stay() -> None:
    text = TEXT.replace("\n", "\r\n")
    after = edited(text, [Edit(("facts", "second", "unit"), "x"), Edit(("slug",), "y")])

    assert after.count("\n") == after.count("\r\n") == text.count("\n") + 1


def test_a_file_without_a_last_line_end_gets_none() -> None:
    text = "a: 1\nb:\n  c: 2"

    assert edited(text, [Edit(("b", "d"), 3)]) == "a: 1\nb:\n  c: 2\n  d: 3"
    assert edited(text, [Edit(("b", "c"), 3)]) == "a: 1\nb:\n  c: 3"


def test_a_value_behind_an_empty_name() -> None:
    assert edited("a:\nb: 1\n", [Edit(("a",), "x")]) == "a: x\nb: 1\n"


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("- a\n", Edit(("a",), 1)),
        ("a: [\n", Edit(("a",), 1)),
        ("a: 1\n", Edit(("a", "b"), 1)),
        ("a: {b: 1}\n", Edit(("a", "b"), None)),
        ("a: &x 1\nb: *x\n", Edit(("a",), 2)),
    ],
)
def test_what_cannot_be_edited_is_refused(text: str, edit: Edit) -> None:
    with pytest.raises(RefreshError):
        edited(text, [edit])


def test_two_changes_of_one_place_are_refused() -> None:
    with pytest.raises(RefreshError, match="the same place"):
        edited(TEXT, [Edit(("slug",), "a"), Edit(("slug",), "b")])


def framework_files() -> list[Path]:
    """The real files."""
    return sorted((DATA / "frameworks").glob("*.yaml"))


@pytest.mark.slow
@pytest.mark.parametrize("path", framework_files(), ids=lambda path: path.stem)
def test_setting_values_to_what_they_are_leaves_the_real_files_byte_for_byte(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    found: Any = content(text)
    edits = [
        Edit((section, key, name), value)
        for section in ("facts", "capabilities")
        for key, entry in found[section].items()
        for name, value in entry.items()
        if isinstance(value, str) and "\n" not in value and len(value) <= 100
    ]

    assert len(edits) > 20
    assert edited(text, edits) == text


@pytest.mark.parametrize("path", framework_files(), ids=lambda path: path.stem)
def test_marks_in_the_real_files_change_no_line_that_is_there(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    found: Any = content(text)
    edits = [
        Edit((section, key, "checked_against"), "6.1")
        for section in ("facts", "capabilities")
        for key in found[section]
    ]
    after = edited(text, edits)

    assert changed_lines(text, after) == ["+    checked_against: '6.1'"] * len(edits)


@given(
    st.text(alphabet=st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=150),
    st.sampled_from(
        [
            ("slug",),
            ("facts", "first", "value"),
            ("facts", "second", "note"),
            ("facts", "third", "value"),
        ]
    ),
)
def test_any_text_is_read_back_as_it_was_meant(value: str, path: tuple[str, ...]) -> None:
    edit = Edit(path, value)
    after = edited(TEXT, [edit])

    assert content(after) == with_edits(content(TEXT), [edit])
    assert yaml.compose(after) is not None
