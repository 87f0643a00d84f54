"""What may be a title, a note, an id."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_picker.domain.decisions import (
    LONGEST_NOTE,
    LONGEST_TITLE,
    DecisionInputError,
    decision_id,
    note_text,
    shown_title,
    title_text,
)

ID = "zkj9st4ug23rs7"


def test_a_title_is_one_line_of_plain_text() -> None:
    assert title_text("  Web\tframework\r\nfor  2027 ") == "Web framework for 2027"
    assert title_text("<b>bold</b> & “quoted”") == "<b>bold</b> & “quoted”"
    assert title_text("") == ""


def test_a_note_keeps_its_lines() -> None:
    assert note_text("  one  \r\ntwo\u2028three\n\n") == "one\ntwo\nthree"


def test_what_cannot_be_seen_is_left_out() -> None:
    assert title_text("a\x00b\x1b[0m\ud800c\u202ed\u2066e\u200ff\ue000") == "ab[0mcdef"
    assert title_text("A\u0301") == "Á"
    assert (
        title_text("👩\u200d💻 शक्\u200dति") == "👩\u200d💻 शक्\u200dति"
    )  # joiners belong to their signs


@pytest.mark.parametrize(("read", "most"), [(title_text, LONGEST_TITLE), (note_text, LONGEST_NOTE)])
def test_what_is_too_long_is_refused_and_not_cut(read: Callable[[object], str], most: int) -> None:
    assert len(read("x" * most)) == most
    for length in (most + 1, 10_000_000):
        with pytest.raises(DecisionInputError, match=f"at most {most}"):
            read("x" * length)


@pytest.mark.parametrize("found", [None, 5, ["x"], {"x": "y"}, b"x", True])
def test_what_is_no_text_is_refused(found: object) -> None:
    with pytest.raises(DecisionInputError, match="must be text") as caught:
        title_text(found)
    assert caught.value.field == "title"
    with pytest.raises(DecisionInputError, match="must be text") as caught:
        note_text(found)
    assert caught.value.field == "note"


@given(st.text(max_size=LONGEST_NOTE))
def test_a_text_that_was_read_reads_the_same_again(text: str) -> None:
    title, note = title_text(text[:LONGEST_TITLE]), note_text(text)

    assert title_text(title) == title
    assert note_text(note) == note
    (title + note).encode()  # no half signs, which no database takes
    assert "\x00" not in title + note


@pytest.mark.parametrize("text", [ID, ID.upper(), f" {ID} "])
def test_an_id_is_found_however_it_was_copied(text: str) -> None:
    assert decision_id(text) == ID


@pytest.mark.parametrize(
    "text", ["", ID[:-1], ID + "2", ID[:-1] + "o", ID[:-1] + "-", "../" + ID, None, 7, "x" * 10**6]
)
def test_what_is_no_id_is_nobody_s(text: object) -> None:
    assert decision_id(text) == ""


def test_without_a_title_a_decision_is_called_by_what_it_came_to() -> None:
    assert shown_title("Mine", {"sentence": "Django fits best."}) == "Mine"
    assert shown_title("", {"sentence": "Django fits best."}) == "Django fits best"
    assert shown_title("", {}) == "A decision without a title"
