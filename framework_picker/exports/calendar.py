"""The dates of a decision as a calendar: when to look at it again, and when support ends."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from framework_picker.exports.head import Head
from framework_picker.exports.record import support_ends
from framework_picker.exports.rows import Document, named

REVIEW_AFTER = timedelta(days=365)
"""By then most facts behind the decision count as old (``stale_after_days`` in the data)."""


def calendar(document: Document, head: Head) -> bytes:
    """An iCalendar file (RFC 5545) of whole days: the review, and the winner's ends of support."""
    result = Calendar.new(
        name=head.heading,
        prodid="-//Framework Picker//decision//EN",
        uid=f"{head.decision_id or head.made_on.isoformat()}@framework-picker",
        last_modified=_start(head.made_on),
    )
    review = head.made_on + REVIEW_AFTER
    _add(
        result,
        head,
        "review",
        review,
        f"Review: {head.heading}",
        f"Decided on {head.made_on.isoformat()}. The facts behind it are a year old now.",
    )
    first = named(document, [document["winner"]])[0] if document["winner"] else ""
    for day, name, series in support_ends(document):
        _add(
            result,
            head,
            f"support-{series}",
            day,
            f"{name} {series}: security fixes end",
            f"{first} was chosen in “{head.heading}”.",
        )
    text: bytes = result.to_ical()
    return text


def _add(to: Calendar, head: Head, kind: str, day: date, summary: str, description: str) -> None:
    """One whole-day event; its id stays the same, so that a calendar renews it."""
    name = "-".join("".join(c if c.isalnum() else " " for c in kind.lower()).split())
    to.add_component(
        Event.new(
            uid=f"{name}-{head.decision_id or head.made_on.isoformat()}@framework-picker",
            stamp=_start(head.made_on),
            start=day,
            end=day + timedelta(days=1),
            summary=summary,
            description=description,
            url=head.address,
        )
    )


def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
