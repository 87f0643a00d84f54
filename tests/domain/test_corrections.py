"""The text of a correction says everything that is needed to find the value again."""

from __future__ import annotations

from datetime import date

from framework_picker.domain.corrections import correction_text
from framework_picker.domain.sources import SourceLine

TEXT = """\
Correction: GitHub stars, Flask

Framework: Flask
Field: GitHub stars (fact:stars:flask)
Our value: 72 014 stars (as of 2026-08-01)
Our source: a list https://example.org/a
Our source: a package
Data version: 6ab8898 of 2026-11-20

What is right instead:
Source (address), and the date of it:"""


def text(*sources: SourceLine, reading: str = "72 014 stars", as_of: str = "2026-08-01") -> str:
    """The text about Flask's stars."""
    return correction_text(
        framework="Flask",
        field="GitHub stars",
        receipt_id="fact:stars:flask",
        reading=reading,
        as_of=as_of,
        sources=sources,
        data_version="6ab8898a",
        data_as_of=date(2026, 11, 20),
    )


def test_it_names_framework_field_value_sources_and_data_version() -> None:
    source = SourceLine("a list", "https://example.org/a")

    assert text(source, source, SourceLine("a package")) == TEXT


def test_what_nobody_has_verified_can_be_corrected_too() -> None:
    lines = text(reading="not verified", as_of="").splitlines()

    assert "Our value: not verified" in lines
    assert "Our source: none, not verified" in lines
