"""One framework's file against releases: what is written, what is kept, what is marked."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest

from framework_picker.catalog.documents import Plain
from framework_picker.refresh.changes import Mark
from framework_picker.refresh.edits import with_edits
from framework_picker.refresh.errors import BadAnswerError
from framework_picker.refresh.framework_files import FileRefresh, a_year_before, refreshed
from framework_picker.refresh.releases import History, history_of_record
from tests.refresh.world import file_of, record

READ = "2026-11-20"
LATER = date(2026, 12, 1)
RECORD = "index-json:/pypi/example/json"


def history(releases: dict[str, Any], package: str = "example") -> History:
    """The releases of a package."""
    found = history_of_record(record(package, releases), package)
    assert found is not None
    return found


RELEASES: dict[str, Any] = {
    "6.0.0": "2025-10-01",
    "6.1.0": "2026-02-01",
    "6.1.1": "2026-03-01",
    "6.2rc1": "2026-04-01",
}


def fact(value: Plain, *, source: str = RECORD, **more: Plain) -> dict[str, Plain]:
    """An entry as it stands in a file."""
    return {"value": value, "as_of": READ, "source": [source], **more}


def document(**facts: Any) -> dict[str, Any]:
    """A file that agrees with ``RELEASES`` on 20 November; ``facts`` replace some."""
    return {
        "schema_version": 1,
        "slug": "example",
        "package": "example",
        "as_of": READ,
        "facts": {
            "latest_release": fact("6.1.1"),
            "latest_release_date": fact("2026-03-01"),
            "releases_12m": fact(
                2,
                note="2025-11-20 to 2026-11-20; pre-releases and yanked releases left out; "
                "all maintained series counted",
            ),
            "feature_series_12m": fact(1, note="6.1"),
            "prereleases_12m": fact(1),
            "python_requires": fact(">=3.9"),
            "import_time_ms": fact(12.5, source="measured:import-time"),
            "async_support": fact("native", source="pkg:pypi/example@6.1.1#docs/async.rst:L3"),
        }
        | facts,
        "capabilities": {
            "orm": fact("built-in", source="pkg:pypi/example@6.1.1#docs/orm.rst:L3"),
            "admin": {
                **fact("third-party", source="pkg:pypi/friend@2.0"),
                "package": "Friend",
                "package_version": "2.0",
                "package_released": "2025-05-05",
                "note": "the usual one; last release 2025-05-05",
            },
        },
    }


FRIEND = {"Friend": history({"1.9": "2026-01-01", "2.0": "2025-05-05"}, "friend")}


def refresh(
    content: dict[str, Any],
    releases: dict[str, Any] = RELEASES,
    *,
    today: date = LATER,
    companions: dict[str, Any] = FRIEND,
) -> tuple[FileRefresh, Any]:
    """The result, and the file's content after it."""
    result = refreshed(content, history(releases), companions, today)
    return result, with_edits(content, result.edits)


def test_on_the_day_it_was_read_nothing_is_written() -> None:
    result, after = refresh(document(), today=date(2026, 11, 20))

    assert result.edits == []
    assert [*result.changes, *result.skips, *result.marks] == []
    assert result.confirmed == 7
    assert after == document()


def test_later_the_same_values_get_the_day_on_which_they_were_read_again() -> None:
    result, after = refresh(document())

    assert result.changes == []
    assert after["as_of"] == "2026-12-01"
    assert after["facts"]["latest_release"] == fact("6.1.1") | {"as_of": "2026-12-01"}
    assert after["facts"]["releases_12m"]["note"].startswith("2025-12-01 to 2026-12-01; pre-")
    assert after["facts"]["import_time_ms"] == document()["facts"]["import_time_ms"]
    assert after["facts"]["async_support"] == document()["facts"]["async_support"]
    assert after["capabilities"] == document()["capabilities"]


def test_a_second_refresh_of_the_same_day_finds_nothing_to_write() -> None:
    _, after = refresh(document())

    assert refresh(after)[0].edits == []


def test_a_new_release_changes_every_fact_that_follows_from_it() -> None:
    result, after = refresh(
        document(),
        {**RELEASES, "6.1.2": [file_of("example", "6.1.2", "2026-11-25", requires=">=3.12")]},
    )

    assert [(change.field, change.old, change.new) for change in result.changes] == [
        ("facts.latest_release", "6.1.1", "6.1.2"),
        ("facts.latest_release_date", "2026-03-01", "2026-11-25"),
        ("facts.releases_12m", "2", "3"),
        ("facts.python_requires", ">=3.9", ">=3.12"),
    ]
    assert {change.source for change in result.changes} == {RECORD}
    assert after["facts"]["latest_release"]["value"] == "6.1.2"
    assert after["facts"]["releases_12m"]["value"] == 3
    assert result.marks == []  # the same series


def test_a_new_series_marks_capabilities_and_measurements_and_overwrites_none() -> None:
    before = document()
    result, after = refresh(before, {**RELEASES, "6.2.0": "2026-11-25"})

    assert result.marks == [Mark("example", "6.1", "6.2", 3)]
    for place in (("facts", "import_time_ms"), ("capabilities", "orm"), ("capabilities", "admin")):
        section, key = place
        assert after[section][key] == before[section][key] | {"checked_against": "6.1"}
    assert after["facts"]["async_support"] == before["facts"]["async_support"]
    assert after["facts"]["feature_series_12m"]["value"] == 2
    assert after["facts"]["feature_series_12m"]["note"] == "6.1, 6.2"


def test_a_mark_stays_when_series_after_series_comes_out() -> None:
    _, after = refresh(document(), {**RELEASES, "6.2.0": "2026-11-25"})
    result, later = refresh(
        after, {**RELEASES, "6.2.0": "2026-11-25", "7.0": "2026-12-20"}, today=date(2027, 1, 1)
    )

    assert result.marks == []
    assert later["capabilities"]["orm"]["checked_against"] == "6.1"


def test_an_entry_read_on_an_older_series_is_marked_with_that_one() -> None:
    content = document()
    content["capabilities"]["orm"]["source"] = ["absence-search:pkg:pypi/Example@5.9.1#x:/y/i = 0"]
    result, after = refresh(content, {**RELEASES, "6.2.0": "2026-11-25"})

    assert after["capabilities"]["orm"]["checked_against"] == "5.9"
    assert {(mark.series, mark.entries) for mark in result.marks} == {("5.9", 1), ("6.1", 2)}


def test_an_entry_read_on_the_new_series_already_is_not_marked() -> None:
    content = document()
    content["capabilities"]["orm"]["source"] = ["pkg:pypi/example@6.2.0#docs/orm.rst:L3"]
    _, after = refresh(content, {**RELEASES, "6.2.0": "2026-11-25"})

    assert "checked_against" not in after["capabilities"]["orm"]


def test_the_twelve_months_move_with_the_day() -> None:
    _, after = refresh(document(), today=date(2027, 2, 15))

    assert after["facts"]["releases_12m"]["value"] == 1
    assert after["facts"]["feature_series_12m"]["value"] == 0
    assert "note" not in after["facts"]["feature_series_12m"]
    assert after["facts"]["prereleases_12m"]["value"] == 1


def test_a_year_before_the_29th_of_february() -> None:
    assert a_year_before(date(2028, 2, 29)) == date(2027, 2, 28)
    assert a_year_before(date(2026, 11, 20)) == date(2025, 11, 20)


def test_a_fact_that_is_missing_is_added_in_its_place() -> None:
    content = document()
    del content["facts"]["latest_release_date"], content["facts"]["prereleases_12m"]
    result, after = refresh(content)

    assert after["facts"]["latest_release_date"] == {
        "value": "2026-03-01",
        "as_of": "2026-12-01",
        "source": [RECORD],
    }
    assert after["facts"]["prereleases_12m"]["unit"] == "pre-releases"
    assert [(change.old, change.new) for change in result.changes] == [
        ("", "2026-03-01"),
        ("", "1"),
    ]
    edits = {edit.path: edit.after for edit in result.edits}
    assert edits["facts", "latest_release_date"] == "latest_release"


def test_no_trial_releases_are_no_fact_worth_adding() -> None:
    content = document()
    del content["facts"]["prereleases_12m"]
    _, after = refresh(content, {"6.1.1": "2026-03-01", "6.1.0": "2026-02-01"})

    assert "prereleases_12m" not in after["facts"]


def test_a_range_spelled_in_another_way_is_the_same_range() -> None:
    content = document(python_requires=fact("<4, >=3.9"))
    releases = {"6.1.1": [file_of("example", "6.1.1", "2026-03-01", requires=">= 3.9,<4")]}
    result, after = refresh(content, releases)

    assert after["facts"]["python_requires"]["value"] == "<4, >=3.9"
    assert "facts.python_requires" not in [change.field for change in result.changes]


def test_what_somebody_wrote_beside_a_value_is_kept_as_said_then() -> None:
    content = document(python_requires=fact(">=3.8", note="the manual says 3.7"))
    _, after = refresh(content)
    assert after["facts"]["python_requires"]["note"] == (
        "said on 2026-11-20 of >=3.8: the manual says 3.7"
    )

    content = document(python_requires=fact(">=3.9", note="the manual says 3.7"))
    _, after = refresh(content)
    assert after["facts"]["python_requires"]["note"] == "said on 2026-11-20: the manual says 3.7"
    _, again = refresh(after, today=date(2027, 1, 1))
    assert again["facts"]["python_requires"]["note"] == "said on 2026-11-20: the manual says 3.7"


def test_words_behind_the_window_are_kept() -> None:
    content = document(
        releases_12m=fact(2, note="2025-11-20 to 2026-11-20; one of them by mistake")
    )
    _, after = refresh(content)

    assert (
        after["facts"]["releases_12m"]["note"] == "2025-12-01 to 2026-12-01; one of them by mistake"
    )


def test_a_source_inside_the_package_gives_way_to_the_record_that_was_read() -> None:
    content = document(python_requires=fact(">=3.9", source="pkg:pypi/example@6.1.1#METADATA"))
    _, after = refresh(content)

    assert after["facts"]["python_requires"]["source"] == [RECORD]


def test_a_version_that_went_back_changes_nothing_and_is_named() -> None:
    result, after = refresh(document(), {"6.1.0": "2026-02-01"})

    assert [(skip.what, skip.reason) for skip in result.skips] == [
        ("example", "the newest version went back from 6.1.1 to 6.1.0")
    ]
    assert after == document()


def test_a_release_that_was_withdrawn_gives_way_to_the_one_before() -> None:
    withdrawn = [file_of("example", "6.1.1", "2026-03-01", yanked=True)]
    result, after = refresh(document(), {**RELEASES, "6.1.1": withdrawn})

    assert after["facts"]["latest_release"]["value"] == "6.1.0"
    assert after["facts"]["releases_12m"]["value"] == 1
    assert result.skips == []


def test_a_release_that_names_no_python_leaves_the_range_and_is_named() -> None:
    releases = {**RELEASES, "6.1.1": [file_of("example", "6.1.1", "2026-03-01", requires=None)]}
    result, after = refresh(document(), releases)

    assert after["facts"]["python_requires"] == document()["facts"]["python_requires"]
    assert [skip.what for skip in result.skips] == ["example: facts.python_requires"]
    assert after["facts"]["latest_release"]["as_of"] == "2026-12-01"


def test_a_range_that_cannot_be_read_is_named_and_the_rest_goes_on() -> None:
    releases = {**RELEASES, "6.1.1": [file_of("example", "6.1.1", "2026-03-01", requires="3 up")]}
    result, after = refresh(document(), releases)

    assert after["facts"]["python_requires"] == document()["facts"]["python_requires"]
    assert "cannot be read" in result.skips[0].reason


def test_a_newer_companion_is_written_and_the_judgement_beside_it_stays() -> None:
    companions = {"Friend": history({"2.0": "2025-05-05", "2.1": "2026-11-22"}, "friend")}
    result, after = refresh(document(), companions=companions)

    assert after["capabilities"]["admin"] == document()["capabilities"]["admin"] | {
        "package_version": "2.1",
        "package_released": "2026-11-22",
        "note": "the usual one; last release 2026-11-22",
    }
    assert [(c.field, c.old, c.new) for c in result.changes] == [
        ("capabilities.admin.package_version", "2.0", "2.1"),
        ("capabilities.admin.package_released", "2025-05-05", "2026-11-22"),
    ]
    assert result.changes[0].source == "index-json:/pypi/friend/json"


def test_a_companion_without_a_date_on_record_gets_one() -> None:
    content = document()
    del content["capabilities"]["admin"]["package_released"]
    result, after = refresh(content)

    assert after["capabilities"]["admin"]["package_released"] == "2025-05-05"
    assert list(after["capabilities"]["admin"])[-1] == "package_released"
    edits = {edit.path[-1]: edit.after for edit in result.edits}
    assert edits["package_released"] == "package_version"


def test_a_companion_with_trial_releases_only_is_read_all_the_same() -> None:
    companions = {"Friend": history({"2.0": "2025-05-05", "2.1b1": "2026-11-22"}, "friend")}
    assert refresh(document(), companions=companions)[0].changes == []

    content = document()
    content["capabilities"]["admin"]["package_version"] = "2.0b1"
    companions = {"Friend": history({"2.0b1": "2025-05-05", "2.0b2": "2026-01-05"}, "friend")}
    result, _ = refresh(content, companions=companions)
    assert [change.new for change in result.changes] == ["2.0b2", "2026-01-05"]


def test_a_companion_that_cannot_be_read_is_named_with_its_place() -> None:
    for companion in (BadAnswerError("it is ill"), history({"1.0": "2020-01-01"}, "friend")):
        result, after = refresh(document(), companions={"Friend": companion})

        assert [skip.what for skip in result.skips] == ["example: capabilities.admin, Friend"]
        assert after["capabilities"] == document()["capabilities"]


def test_without_the_frameworks_own_releases_its_companions_are_read_all_the_same() -> None:
    companions = {"Friend": history({"2.1": "2026-11-22"}, "friend")}
    content = document()
    result = refreshed(content, BadAnswerError("it is ill"), companions, LATER)

    assert [(skip.what, skip.reason) for skip in result.skips] == [("example", "it is ill")]
    assert len(result.changes) == 2


def test_a_planned_series_that_is_out_is_for_somebody_to_look_at() -> None:
    windows: Any = [
        {"series": "6.2 LTS (planned, release 2026-11)", "planned": True, "security": "2030-04"}
    ]
    content = document(support_end=fact(windows))
    before = copy.deepcopy(content["facts"]["support_end"])

    assert refresh(content)[0].by_hand == []
    result, after = refresh(content, {**RELEASES, "6.2.0": "2026-11-25"})
    assert result.by_hand == [
        "example: series 6.2 is out, facts.support_end still has it as planned"
    ]
    assert after["facts"]["support_end"] == before


@pytest.mark.parametrize("known", ["", "unknown", "x" * 100])
def test_a_file_with_an_odd_version_is_put_right_without_marks(known: str) -> None:
    result, after = refresh(document(latest_release=fact(known)))

    assert after["facts"]["latest_release"]["value"] == "6.1.1"
    assert result.marks == []
