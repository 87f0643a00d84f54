"""The calendar of a decision, read back."""

from __future__ import annotations

from datetime import date
from typing import Any

from icalendar import Calendar

from framework_picker.exports.calendar import calendar
from framework_picker.exports.head import Head

HEAD = Head("https://picker.example/d/abc/", date(2026, 11, 20), "Shop; with, signs", "", "abc")


def _document(winner: str | None, windows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "data_as_of": "2026-11-20",
        "winner": winner,
        "ranking": [{"slug": winner, "name": "Django", "support": {"value": windows}}]
        if winner
        else [],
    }


def _events(document: dict[str, Any]) -> list[tuple[date, str, str]]:
    read = Calendar.from_ical(calendar(document, HEAD))
    return [
        (event.decoded("dtstart"), str(event["summary"]), str(event["uid"]))
        for event in read.walk("VEVENT")
    ]


def test_the_review_is_a_year_after_the_decision() -> None:
    assert _events(_document(None, [])) == [
        (date(2027, 11, 20), "Review: Shop; with, signs", "review-abc@framework-picker")
    ]


def test_ends_of_support_that_lie_ahead_are_whole_days() -> None:
    events = _events(
        _document(
            "django",
            [
                {"series": "6.1", "security": "2027-12"},
                {"series": "5.1", "security": "2025-12"},
                {"series": "7.0 (planned)", "security": "2030-04", "planned": True},
            ],
        )
    )
    assert events[1:] == [
        (date(2027, 12, 31), "Django 6.1: security fixes end", "support-6-1-abc@framework-picker")
    ]


def test_the_same_decision_gives_the_same_file() -> None:
    document = _document("django", [{"series": "6.1", "security": "2027-12"}])
    assert calendar(document, HEAD) == calendar(document, HEAD)
