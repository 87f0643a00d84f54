"""A receipt carries everything that backs a value, or says that nothing does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from framework_picker.domain.model import CapabilityKind, FactKind
from framework_picker.domain.receipts import (
    MOST_SOURCES,
    capability_receipt,
    fact_receipt,
    sentence,
)
from framework_picker.domain.sources import SourceLine
from tests.domain.catalogs import capability, fact

SIZE = FactKind("install_size_mb", "Installed size", "Size", "All files.", "MB")
ADMIN = CapabilityKind("admin", "Admin pages", "Data", "Ready-made pages.")


def test_a_fact_shows_value_date_source_grade_note_and_meaning() -> None:
    size = replace(
        fact(43.5, unit="MB", grade="A", source=("measured:install", "https://example.org/a")),
        note="own files 1.1 MB",
    )

    receipt = fact_receipt(SIZE, size, "Reflex")

    assert receipt.subject == "Installed size, Reflex"
    assert receipt.reading == "43.5 MB"
    assert receipt.as_of == "2026-11-20"
    assert receipt.evidence.startswith("A, measured")
    assert receipt.note == "Own files 1.1 MB."
    assert receipt.meaning == "All files."
    assert receipt.sources[1] == SourceLine("example.org/a", "https://example.org/a")
    assert not receipt.is_code


def test_code_keeps_its_lines() -> None:
    assert fact_receipt(SIZE, fact("import flask\n\napp = 1\n")).is_code


def test_a_capability_names_its_package_version_and_day() -> None:
    found = replace(
        capability("third-party", package="Flask-Login"),
        package_version="0.6.3",
        package_released=date(2023, 10, 30),
        note="session login only",
    )

    receipt = capability_receipt(ADMIN, found)

    assert receipt.reading == "third party: Flask-Login"
    assert receipt.note == "Flask-Login 0.6.3 of 2023-10-30. Session login only."


def test_a_missing_entry_is_not_verified_and_never_no() -> None:
    for receipt in (fact_receipt(SIZE, None, "Dash"), capability_receipt(ADMIN, None, "Dash")):
        assert receipt.reading == "not verified"
        assert (receipt.as_of, receipt.evidence, receipt.sources) == ("", "", ())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", ""),
        ("two words", "Two words."),
        ("users, groups", "Users, groups."),
        ("Done!", "Done!"),
        ("`reflex deploy` does it", "`reflex deploy` does it."),
    ],
)
def test_notes_become_sentences(words: str, expected: str) -> None:
    assert sentence(words) == expected


def test_a_count_over_a_table_names_its_newest_rows_and_how_many_more() -> None:
    rows = tuple(f"https://example.org/{n}" for n in range(40))

    sources = fact_receipt(SIZE, fact(40, source=rows)).sources

    assert len(sources) == MOST_SOURCES + 1
    assert sources[0].href == "https://example.org/39"
    assert sources[-1] == SourceLine("and 28 more")
    assert len(fact_receipt(SIZE, fact(3, source=rows[:12])).sources) == 12
