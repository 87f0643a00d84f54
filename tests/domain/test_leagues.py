"""Frameworks made for different jobs are not silently compared."""

from __future__ import annotations

from framework_picker.catalog.current import get_catalog
from framework_picker.domain.leagues import league_note, made_for_other_jobs, waived_leagues

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
    waived = waived_leagues(CATALOG, answers)

    assert "not like with like" in league_note(CATALOG, answers)
    streamlit = made_for_other_jobs(CATALOG.alternatives["streamlit"], waived)
    assert streamlit.startswith("made for data apps")
    assert made_for_other_jobs(CATALOG.alternatives["fastapi"], waived) == ""


def test_inside_the_league_nothing_is_waived() -> None:
    assert waived_leagues(CATALOG, {"use": "api"}) == ()
