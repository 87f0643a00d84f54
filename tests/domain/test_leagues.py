"""Frameworks made for different jobs are not silently compared."""

from __future__ import annotations

from framework_picker.catalog.current import get_catalog
from framework_picker.domain.leagues import league_note, made_for_other_jobs

CATALOG = get_catalog()


def test_a_list_of_one_league_needs_no_note() -> None:
    assert league_note(CATALOG, {"use": "api"}) == ""
    assert league_note(CATALOG, {"use": "data-app"}) == ""


def test_an_open_kind_of_project_mixes_leagues_and_says_so() -> None:
    for answers in ({}, {"use": "dont-know"}, {"async": "must"}):
        assert "Say what you are building" in league_note(CATALOG, answers)


def test_several_kinds_of_project_mix_leagues_on_purpose() -> None:
    assert "several things" in league_note(CATALOG, {"use": "mixed"})


def test_frameworks_of_other_leagues_shown_on_request_are_marked() -> None:
    answers = {"use": "api", "others": "show"}

    assert "not like with like" in league_note(CATALOG, answers)
    assert made_for_other_jobs(CATALOG, answers, "streamlit").startswith("made for data apps")
    assert made_for_other_jobs(CATALOG, answers, "fastapi") == ""


def test_inside_the_league_nobody_is_marked() -> None:
    assert made_for_other_jobs(CATALOG, {"use": "api"}, "streamlit") == ""
