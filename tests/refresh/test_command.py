"""`python -m framework_picker data refresh`: arguments, exit codes, what is printed and where."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import pytest

from framework_picker import cli
from framework_picker.settings import Settings
from tests.refresh.agreement import agreeing_releases, as_of, documents, put_index
from tests.refresh.world import World, page

pytestmark = pytest.mark.slow

REFRESH = ["data", "refresh"]


@pytest.fixture
def folder(data: Path, world: World, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Data with an index that agrees with it, some days later; no public api."""
    put_index(world, data)
    off = dict.fromkeys(("stars_api", "downloads_api", "support_api", "advisories_api"), "off")
    options: dict[str, Any] = {"data_folder": data, "package_index": world.index}
    settings = Settings(**(options | off))
    day = as_of(data)

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            return datetime(day.year, day.month, day.day, 9, tzinfo=UTC) + timedelta(days=11)

    monkeypatch.setattr(cli, "get_settings", lambda: settings)
    monkeypatch.setattr(cli, "datetime", Clock)
    return data


def put_news(world: World, folder: Path) -> None:
    """A new release of Flask."""
    day = as_of(folder)
    releases = agreeing_releases(documents(folder)["flask"]["facts"], day)
    world.put_record("flask", releases | {"99.0": (day + timedelta(days=3)).isoformat()})


def contents(folder: Path) -> dict[str, bytes]:
    """Every file, byte for byte."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_refresh_prints_what_changed_and_ends_with_0(
    folder: Path, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    put_news(world, folder)
    old = documents(folder)["flask"]["facts"]["latest_release"]["value"]

    assert cli.main([*REFRESH, "--only", "flask", "--sources", "index"]) == 0

    printed = capsys.readouterr()
    lines = printed.out.splitlines()
    assert lines[0].startswith("1 framework and ")
    assert (
        f"  Flask: Newest release {old} → 99.0 (record of flask in the Python package index)"
        in lines
    )
    assert "Checked against an older series:" in lines
    assert lines[-1] == "Written: catalog.yaml, CHANGES.md, frameworks/flask.yaml."
    assert ": flask\n" in printed.err


def test_a_dry_run_says_that_nothing_was_written(
    folder: Path, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    put_news(world, folder)
    before = contents(folder)

    assert cli.main([*REFRESH, "--dry-run", "--only", "flask", "--sources", "index"]) == 0

    assert capsys.readouterr().out.splitlines()[-1] == (
        "A dry run: nothing was written. It would be catalog.yaml, CHANGES.md, "
        "frameworks/flask.yaml."
    )
    assert contents(folder) == before


def test_json_stands_alone_on_the_output(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*REFRESH, "--json", "--dry-run", "--only", "flask,starlette"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert found["frameworks"] == 2
    assert found["is_dry_run"] is True
    assert {skip["what"] for skip in found["skips"]} == {
        "stars",
        "downloads",
        "support",
        "advisories",
    }


def test_whatever_is_skipped_fails_a_strict_refresh_only(folder: Path, world: World) -> None:
    arguments = [*REFRESH, "--only", "flask", "--sources", "index"]
    assert cli.main([*arguments, "--strict"]) == 0

    world.put("/pypi/flask/json", page())
    assert cli.main(arguments) == 0
    assert cli.main([*arguments, "--strict"]) == 1


def test_a_strict_refresh_writes_what_is_good(folder: Path, world: World) -> None:
    put_news(world, folder)
    world.put("/pypi/starlette/json", page())

    assert cli.main([*REFRESH, "--strict", "--sources", "index"]) == 1
    assert documents(folder)["flask"]["facts"]["latest_release"]["value"] == "99.0"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--only", ""], "expected names with commas between them"),
        (["--only", " , "], "expected names with commas between them"),
        (["--only"], "expected one argument"),
        (["--sources", "pies"], "there is no source pies; there are index, stars"),
        (["--sources", ""], "expected names"),
        (["--dry-run=yes"], "ignored explicit argument"),
        (["--everything"], "unrecognized arguments"),
        (["flask"], "unrecognized arguments"),
    ],
)
def test_bad_arguments_end_with_2_the_usage_and_a_reason(
    arguments: list[str], words: str, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main([*REFRESH, *arguments])

    assert caught.value.code == 2
    printed = capsys.readouterr().err
    assert "usage: python -m framework_picker data refresh" in printed or "usage:" in printed
    assert words in printed
    assert world.asked == []


def test_a_framework_that_is_not_there_ends_with_2_and_those_that_are(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([*REFRESH, "--only", "flask,flaks"]) == 2

    printed = capsys.readouterr()
    assert printed.err.startswith("There is no framework flaks. There are: django, ")
    assert printed.out == ""


def test_bad_data_ends_with_2_and_every_problem(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([*REFRESH, "--data", str(tmp_path / "nowhere")]) == 2
    assert "expected a folder with the data files" in capsys.readouterr().err


def test_names_may_be_given_twice_and_with_spaces(folder: Path) -> None:
    assert cli.main([*REFRESH, "--only", " flask, flask,", "--sources", "index , index"]) == 0


def test_a_refresh_that_is_stopped_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(folder)

    def stopped(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("framework_picker.refresh.run.plan_frameworks", stopped)

    assert cli.main([*REFRESH, "--sources", "index"]) == 130
    assert "Stopped." in capsys.readouterr().err
    assert contents(folder) == before


def test_the_address_of_the_index_is_printed_and_written_nowhere(
    folder: Path, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    put_news(world, folder)
    world.put("/pypi/starlette/json", page())
    assert cli.main([*REFRESH, "--sources", "index"]) == 0
    printed = capsys.readouterr()

    for text in (printed.out, printed.err):
        assert "127.0.0.1" not in text
    for name, content in contents(folder).items():
        assert world.address.encode() not in content, name


def test_help_names_options_and_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main([*REFRESH, "--help"])

    assert caught.value.code == 0
    printed = capsys.readouterr().out
    for option in ("--dry-run", "--only SLUGS", "--sources NAMES", "--strict", "--json", "--data"):
        assert option in printed
    assert "Exit code: 0 done, 1 something was skipped" in printed
