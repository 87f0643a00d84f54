"""Entries of the change log, and the words of a summary."""

from __future__ import annotations

from datetime import UTC, datetime

from framework_picker.catalog.changes import change_entries
from framework_picker.refresh.change_log import HEAD, with_entry
from framework_picker.refresh.changes import Change, Mark
from framework_picker.refresh.recommendations import Move, Recommendation, moves
from framework_picker.refresh.words import change_lines, log_entry, mark_lines

NAMES = {"flask": "Flask", "django": "Django", "dash": "Dash"}
NOW = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
RECORD = "index-json:/pypi/flask/json"


def entry(**more: object) -> str:
    """The text of an entry."""
    parts: dict[str, object] = {"changes": [], "marks": [], "moves": [], "use_cases": 13} | more
    return log_entry(name_by_slug=NAMES, **parts)  # type: ignore[arg-type]


def test_a_new_log_begins_with_what_it_is() -> None:
    text = with_entry("", NOW, "- a change")

    assert text.startswith(HEAD)
    assert text.endswith("## 2026-12-01 08:30 UTC\n\n- a change\n")
    assert [found.text for found in change_entries(text)] == ["- a change"]


def test_a_new_entry_stands_on_top_and_the_others_stay() -> None:
    first = with_entry("", NOW, "- one")
    second = with_entry(first, datetime(2026, 12, 2, tzinfo=UTC), "- two")

    assert second.removeprefix(HEAD).strip().startswith("## 2026-12-02 00:00 UTC")
    assert second.endswith(first.removeprefix(HEAD).lstrip())
    assert [found.text for found in change_entries(second)] == ["- two", "- one"]


def test_a_change_says_whose_what_old_new_and_source() -> None:
    change = Change("flask", "facts.latest_release", "Newest release", "3.1.3", "3.2.0", RECORD)

    assert list(change_lines([change], NAMES)) == [
        "Flask: Newest release 3.1.3 → 3.2.0 (record of flask in the Python package index)"
    ]


def test_the_same_change_of_several_frameworks_is_one_line() -> None:
    changes = [
        Change(
            slug, "capabilities.orm.package_version", "orm package, newest release", "1", "2", "x"
        )
        for slug in ("flask", "django")
    ]

    assert list(change_lines(changes, NAMES)) == [
        "Flask, Django: orm package, newest release 1 → 2 (x)"
    ]


def test_what_is_new_altogether_has_no_old_value() -> None:
    [line] = change_lines([Change("flask", "advisories", "advisory", "", "PYSEC-1, x", "s")], NAMES)

    assert line == "Flask: advisory new: PYSEC-1, x (s)"


def test_counts_that_always_change_are_summed_up_in_the_log() -> None:
    changes = [
        Change("flask", "stars", "stars", "1", "2", "s"),
        Change("django", "stars", "stars", "3", "4", "s"),
        Change("flask", "downloads", "downloads per day", "1", "2", "s"),
    ]

    assert entry(changes=changes).splitlines()[:2] == [
        "- Downloads of 1 framework counted again",
        "- Stars of 2 frameworks counted again",
    ]


def test_marks_say_how_many_entries_stay_behind() -> None:
    assert list(
        mark_lines([Mark("flask", "3.1", "3.2", 40), Mark("django", "6.1", "6.2", 1)], NAMES)
    ) == [
        "Flask: series 3.2 is out; 40 capabilities and measurements checked against 3.1",
        "Django: series 6.2 is out; 1 capability or measurement checked against 6.1",
    ]


def test_recommendations_that_stay_are_said_to_stay() -> None:
    assert entry(changes=[Change("flask", "x", "x", "1", "2", "s")]).endswith(
        "Recommendations: the first three places of all 13 use cases are as before."
    )


def test_recommendations_that_moved_are_named() -> None:
    text = entry(moves=[Move("data-app", True, "Data app: Dash in first place, before Flask")])

    assert "Recommendations: 1 use case of 13 moved, 1 in first place." in text
    assert text.endswith("- Data app: Dash in first place, before Flask")
    assert text.startswith("- No value is another one; time went on.")


def test_moves_are_found_in_the_first_three_places() -> None:
    def found(use_case: str, *places: tuple[str, ...]) -> Recommendation:
        return Recommendation(use_case, use_case.capitalize(), places)

    before = [
        found("one", ("flask",), ("django",)),
        found("two", ("flask",), ("django",), ("dash",)),
        found("three", ("flask",)),
        found("four"),
        found("five", ("flask",)),
    ]
    after = [
        found("one", ("flask",), ("dash",)),
        found("two", ("dash", "django"), ("flask",)),
        found("three", ("flask",)),
        found("four", ("dash",)),
        found("new", ("dash",)),
    ]

    assert [(move.is_first_place, move.sentence) for move in moves(before, after, NAMES)] == [
        (True, "Two: Dash and Django in first place, before Flask"),
        (True, "Four: Dash in first place, before nobody"),
        (False, "One: the first three are Flask, Dash, before Flask, Django"),
    ]
