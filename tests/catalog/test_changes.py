"""The change log: entries by their headings, newest first, everything else is prose."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from framework_picker.catalog import changes
from framework_picker.catalog.changes import change_entries, read_change_log
from framework_picker.settings import Settings
from tests.catalog.folders import DATA

LOG = """# What changed

Words on top.

## 2026-11-20

- first

## 2026-12-01 08:30 UTC

- second
- third

Recommendations: none moved.

## About this file

Not an entry.

## 2026-13-45 08:30 UTC

No such day.

## 2026-12-01 08:30

No time zone.
"""


def test_entries_are_read_newest_first_and_end_at_the_next_heading() -> None:
    newest, oldest = change_entries(LOG)

    assert newest.heading == "2026-12-01 08:30 UTC"
    assert newest.when == datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
    assert newest.text == "- second\n- third\n\nRecommendations: none moved."
    assert oldest.when == datetime(2026, 11, 20, tzinfo=UTC)
    assert oldest.text == "- first"


@pytest.mark.parametrize("text", ["", "# Title\n", "## \n", "## 2026-11-20x\n- a"])
def test_a_log_without_entries_has_none(text: str) -> None:
    assert change_entries(text) == ()


def test_line_ends_of_another_system_are_read() -> None:
    [entry] = change_entries("# T\r\n\r\n## 2026-11-20\r\n\r\n- a\r\n")

    assert entry.heading == "2026-11-20"
    assert entry.text == "- a"


def test_a_folder_without_a_readable_log_has_no_entries(tmp_path: Path) -> None:
    assert read_change_log(tmp_path) == ()
    (tmp_path / "CHANGES.md").write_bytes(b"\xff\xfe")
    assert read_change_log(tmp_path) == ()


def test_the_log_of_this_project_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "get_settings", lambda: Settings(data_folder=DATA))
    changes.get_change_log.cache_clear()

    assert changes.get_change_log() == read_change_log(DATA)
    assert changes.get_change_log() is changes.get_change_log()
    assert len(changes.get_change_log()) >= 1
    changes.get_change_log.cache_clear()
