"""Releases out of both forms of an index: every known trap, and anything else as JSON."""

from __future__ import annotations

import copy
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version

from framework_picker.refresh.errors import BadAnswerError
from framework_picker.refresh.releases import (
    History,
    check_not_backwards,
    check_plausible,
    history_of_files,
    history_of_record,
    same_range,
    series_of,
    spelled_range,
)
from tests.refresh.world import file_of, record, recorded

TODAY = date(2026, 11, 20)


def history(releases: dict[str, Any], **info: object) -> History:
    """What a record of example says."""
    found = history_of_record(record("example", releases, **info), "example")
    assert found is not None
    return found


def from_files(*files: dict[str, object]) -> History:
    """What a list of files of example says."""
    return history_of_files(
        {"meta": {"api-version": "1.1"}, "name": "example", "files": list(files)}, "example"
    )


def listed(name: str, uploaded: str = "2026-01-05T10:00:00Z", **more: object) -> dict[str, object]:
    """One entry of a list of files."""
    return {
        "filename": name,
        "url": f"../../files/{name}",
        "hashes": {},
        "upload-time": uploaded,
        **more,
    }


def test_the_recorded_record_holds_every_trap_and_is_read_right() -> None:
    found = history_of_record(recorded("record.json"), "example")

    assert found is not None
    newest = found.newest()
    assert (
        str(newest.version) == "3.10.1"
    )  # not 3.9.9, uploaded later; not 4.0rc1; not 3.11.0, yanked
    assert newest.day == date(2026, 6, 2)
    assert newest.python_requires == ">=3.10,<4"  # info still says >=3.7
    assert [str(release.version) for release in found.trials()] == ["4.0rc1"]
    assert found.citation == "index-json:/pypi/example/json"


def test_info_is_not_believed() -> None:
    found = history({"1.1": "2026-01-02"}, version="1.0", requires_python=">=2.7")

    assert str(found.newest().version) == "1.1"
    assert found.newest().python_requires == ">=3.9"


def test_versions_are_ordered_as_pip_orders_them() -> None:
    found = history({"1.10": "2026-01-01", "1.9": "2026-01-03", "1!0.1": "2025-01-01"})

    assert [str(release.version) for release in found.releases] == ["1.9", "1.10", "1!0.1"]


def test_the_newest_upload_is_not_the_newest_version() -> None:
    found = history({"4.2.31": "2026-11-10", "6.1.3": "2026-11-03"})

    assert found.newest().day == date(2026, 11, 3)


@pytest.mark.parametrize("version", ["2.0a1", "2.0b2", "2.0rc1", "2.0.dev3"])
def test_trial_releases_are_not_the_newest(version: str) -> None:
    found = history({"1.0": "2026-01-01", version: "2026-02-01"})

    assert str(found.newest().version) == "1.0"
    assert len(found.trials()) == 1


def test_a_post_release_is_stable() -> None:
    assert str(history({"1.0": "2026-01-01", "1.0.post1": "2026-02-01"}).newest().version) == (
        "1.0.post1"
    )


def test_withdrawn_releases_are_left_out_and_half_withdrawn_ones_are_not() -> None:
    found = history(
        {
            "1.0": "2026-01-01",
            "1.1": [
                file_of("example", "1.1", "2026-02-01", yanked=True),
                file_of("example", "1.1", "2026-02-03", kind="sdist"),
            ],
            "1.2": [file_of("example", "1.2", "2026-03-01", yanked=True)],
        }
    )

    assert str(found.newest().version) == "1.1"
    assert found.newest().day == date(2026, 2, 3)  # the day of what is still offered


def test_a_release_without_files_does_not_exist() -> None:
    assert str(history({"1.0": "2026-01-01", "2.0": []}).newest().version) == "1.0"


def test_versions_from_before_there_were_rules_are_passed_over() -> None:
    assert len(history({"1.0": "2026-01-01", "beta-of-may": "2009-01-01"}).releases) == 1


def test_only_trials_give_no_newest_release_unless_they_will_do() -> None:
    found = history({"1.0rc1": "2026-01-01"})

    with pytest.raises(BadAnswerError, match="no stable release"):
        found.newest()
    assert str(found.newest(or_trial=True).version) == "1.0rc1"


def test_the_wheel_speaks_for_the_python_range() -> None:
    found = history(
        {
            "1.0": [
                file_of("example", "1.0", "2026-01-01", kind="sdist", requires=">=3.8"),
                file_of("example", "1.0", "2026-01-01", requires=">= 3.11 , <4"),
            ]
        }
    )

    assert found.newest().python_requires == ">=3.11,<4"


def test_no_file_may_say_anything_about_python() -> None:
    found = history({"1.0": [file_of("example", "1.0", "2026-01-01", requires=None)]})

    assert found.newest().python_requires == ""


@pytest.mark.parametrize("text", ["3", ">=three", ">=3.6.*", ">=3.8,", "~" * 400])
def test_a_range_is_read_or_refused(text: str) -> None:
    if text == ">=3.8,":
        assert spelled_range(text) == ">=3.8"
        return
    with pytest.raises(BadAnswerError, match="range"):
        spelled_range(text)


def test_ranges_are_the_same_in_any_order() -> None:
    assert same_range(">=3.10,<4", "<4, >=3.10")
    assert not same_range(">=3.10", ">=3.11")
    assert not same_range("odd", ">=3.11")


def test_a_series_is_major_and_minor() -> None:
    assert [series_of(Version(text)) for text in ("6.1.3", "5", "0.163.2", "25.12.1.1")] == [
        "6.1",
        "5.0",
        "0.163",
        "25.12",
    ]


def test_a_series_begins_with_its_first_release_even_a_withdrawn_one() -> None:
    found = history(
        {
            "1.0.0": [file_of("example", "1.0.0", "2025-01-01", yanked=True)],
            "1.0.1": "2026-01-01",
            "1.1rc1": "2025-02-01",
            "1.1": "2026-02-01",
        }
    )

    assert found.first_of_series() == {"1.0": date(2025, 1, 1), "1.1": date(2026, 2, 1)}


def test_a_date_to_come_is_not_plausible() -> None:
    found = history({"1.0": "2026-01-01", "0.1": "2026-11-21"})

    with pytest.raises(BadAnswerError, match="2026-11-21, which is yet to come"):
        check_plausible(found, TODAY)
    check_plausible(found, date(2026, 11, 21))


def test_a_version_may_go_back_only_when_the_newer_one_was_withdrawn() -> None:
    found = history(
        {"1.0": "2026-01-01", "1.1": [file_of("example", "1.1", "2026-02-01", yanked=True)]}
    )

    check_not_backwards(found, found.newest(), "1.1")
    check_not_backwards(found, found.newest(), "1.0")
    with pytest.raises(BadAnswerError, match=r"went back from 1\.2 to 1\.0"):
        check_not_backwards(found, found.newest(), "1.2")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda content: content.update(releases={}), "the list of releases is empty"),
        (lambda content: content.update(releases={"1.0": []}), "the list of releases is empty"),
        (lambda content: content.update(releases=[]), "releases is not what it should be"),
        (lambda content: content["info"].update(name="other"), "the answer is about “other”"),
        (lambda content: content["info"].update(name=7), "name is no text"),
        (lambda content: content.update(releases={"1.0": {}}), r"releases\.1\.0 is no list"),
        (
            lambda content: content["releases"]["3.10.1"][0].update(yanked="no"),
            "yanked is neither true nor false",
        ),
        (
            lambda content: content["releases"]["3.10.1"][0].update(upload_time_iso_8601="soon"),
            r"releases\.3\.10\.1\[1\]\.upload_time is no date",
        ),
        (
            lambda content: content["releases"]["3.10.1"][0].update(
                upload_time_iso_8601="0001-01-01T00:00:00+14:00"
            ),
            "is no date",
        ),
    ],
)
def test_a_record_of_another_shape_is_refused_with_the_place(change: Any, reason: str) -> None:
    content = recorded("record.json")
    change(content)

    with pytest.raises(BadAnswerError, match=reason):
        history_of_record(content, "example")


def test_a_record_without_releases_says_so() -> None:
    content = recorded("record.json")
    del content["releases"]

    assert history_of_record(content, "example") is None


def test_the_name_may_be_spelled_in_another_way() -> None:
    content = recorded("record.json")
    content["info"]["name"] = "Ex_Ample"

    assert history_of_record(content, "ex-ample") is not None


def test_the_recorded_list_of_files_says_the_same_as_the_record() -> None:
    found = history_of_files(recorded("files.json"), "example")
    in_record = history_of_record(recorded("record.json"), "example")

    assert in_record is not None
    assert [(r.version, r.day, r.is_withdrawn) for r in found.releases] == [
        (r.version, r.day, r.is_withdrawn) for r in in_record.releases
    ]
    assert found.newest().python_requires == ">=3.10,<4"
    assert found.citation == "index-files:example"


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("example-1.2-py3-none-any.whl", "1.2"),
        ("example-1.2.tar.gz", "1.2"),
        ("Example-1.2.zip", "1.2"),
        ("example-1.2-py2.7.egg", "1.2"),
        ("example-1.2.tar.bz2", "1.2"),
        ("example-1.2.tgz", "1.2"),
    ],
)
def test_versions_are_told_from_file_names(name: str, version: str) -> None:
    assert [str(release.version) for release in from_files(listed(name)).releases] == [version]


@pytest.mark.parametrize(
    "name", ["example.tar.gz", "example-x.y-py3-none-any.whl", "other.bin", "a" * 1000 + ".whl"]
)
def test_files_whose_version_cannot_be_told_are_passed_over(name: str) -> None:
    found = from_files(listed(name), listed("example-1.0.tar.gz"))

    assert [str(release.version) for release in found.releases] == ["1.0"]


def test_a_reason_for_withdrawing_means_withdrawn() -> None:
    found = from_files(
        listed("example-1.0.tar.gz"),
        listed("example-1.1.tar.gz", yanked="broken"),
        listed("example-1.2.tar.gz", yanked=True),
        listed("example-0.9.tar.gz", yanked=False),
    )

    assert str(found.newest().version) == "1.0"


def test_a_list_of_files_without_upload_times_is_of_no_use() -> None:
    file = listed("example-1.0.tar.gz")
    del file["upload-time"]

    with pytest.raises(BadAnswerError, match="no upload times"):
        from_files(file)


@pytest.mark.parametrize("files", [None, {}, "x"])
def test_a_list_of_files_is_a_list(files: object) -> None:
    with pytest.raises(BadAnswerError, match="files is no list"):
        history_of_files({"name": "example", "files": files}, "example")


def test_an_empty_list_of_files_is_refused() -> None:
    with pytest.raises(BadAnswerError, match="empty"):
        from_files()


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(anything)
def test_anything_that_is_no_record_is_refused_and_nothing_else_happens(content: object) -> None:
    for read in (history_of_record, history_of_files):
        with pytest.raises(BadAnswerError):
            read(content, "example")


RECORD, FILES = recorded("record.json"), recorded("files.json")


@given(st.data(), anything)
def test_a_record_with_one_spoiled_place_is_read_or_refused(
    source: st.DataObject, spoiled: object
) -> None:
    read: Any
    for original, read in ((RECORD, history_of_record), (FILES, history_of_files)):
        content = copy.deepcopy(original)
        place: Any = content
        while True:
            key: Any = source.draw(
                st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place)))
            )
            inner = place[key]
            if not isinstance(inner, dict | list) or not inner or source.draw(st.booleans()):
                place[key] = spoiled
                break
            place = inner
        with suppress(BadAnswerError):  # and nothing else
            found = read(content, "example")
            if found is not None:
                check_plausible(found, TODAY)
                assert found.newest(or_trial=True).python_requires is not None
