"""Facts in words: numbers with units, ISO dates, yes and no."""

from __future__ import annotations

import pytest

from framework_picker.domain.model import FactValue
from framework_picker.domain.readings import (
    about,
    capability_words,
    number,
    reading,
    with_unit,
)
from tests.domain.catalogs import capability, fact

THIN = "\u202f"


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        (7, "7"),
        (2010, "2010"),
        (9883, "9883"),
        (87_012, f"87{THIN}012"),
        (1_567_755, f"1{THIN}567{THIN}755"),
        (43.5, "43.5"),
        (24.0, "24"),
        (12345.67, f"12{THIN}345.7"),
        (0.4321, "0.432"),
        (-3, "−3"),
    ],
)
def test_numbers_have_thin_spaces_and_no_false_precision(value: float, digits: str) -> None:
    assert number(value) == digits


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (11_862_592, "11.9 million"),
        (463_726, f"464{THIN}000"),
        (9883.2, "9880"),
        (12.3, "12"),
        (0.2, "0"),
    ],
)
def test_a_rough_count_keeps_three_digits(value: float, words: str) -> None:
    assert about(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (True, "yes"),
        (False, "no"),
        ("  WSGI\n", "WSGI"),
        (("3.11", "3.12", "3.13"), "3.11 to 3.13"),
        (("3.9", "3.10", "3.11"), "3.9 to 3.11"),
        (("3.9", "3.11", "3.12"), "3.9, 3.11, 3.12"),
        (("2.7", "3.0", "3.1"), "2.7, 3.0, 3.1"),
        (("3.13", "3.14"), "3.13, 3.14"),
        ((), ""),
    ],
)
def test_values_read_as_words(value: FactValue, words: str) -> None:
    assert reading(value) == words


def test_support_windows_read_as_dates() -> None:
    windows = (
        {"series": "5.2 LTS", "mainstream": "2025-12-03", "security": "2028-04"},
        {"series": "7", "security": "ongoing"},
        {"series": "8"},
    )

    assert reading(windows) == (
        "5.2 LTS: fixes until 2025-12-03, security fixes until 2028-04; "
        "7: security fixes until ongoing; 8: no dates"
    )


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (43.5, "MB", "43.5 MB"),
        (1, "packages", "1 package"),
        (2, "packages", "2 packages"),
        (61, "percent of web developers", f"61{THIN}% of web developers"),
        (0.42, "share of the bare server", "0.42 of the bare server"),
        ("native", "MB", "native"),
        (True, "MB", "yes"),
    ],
)
def test_a_unit_follows_a_number_and_nothing_else(value: FactValue, unit: str, words: str) -> None:
    assert with_unit(fact(value, unit=unit)) == words


def test_a_capability_says_who_and_what_is_missing() -> None:
    assert capability_words(capability("built-in")) == "built in"
    assert capability_words(capability("none")) == "none"
    partial = capability("third-party", package="Flask-Login", is_partial=True)
    assert capability_words(partial) == "third party, in part: Flask-Login"
    stale = capability("third-party", package="Flask-Login", is_stale=True)
    assert capability_words(stale) == "third party: Flask-Login, long without a release"
