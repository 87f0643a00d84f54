"""The whole refresh against a made-up world: nothing new, news, faults, two runs, killed."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from framework_picker.catalog.changes import read_change_log
from framework_picker.catalog.loader import check_folder, load_data
from framework_picker.catalog.problems import CatalogError
from framework_picker.domain.receipts import capability_receipt, fact_receipt
from framework_picker.refresh import run
from framework_picker.refresh.errors import RefreshError
from framework_picker.refresh.outcome import Outcome
from framework_picker.refresh.run import Request, refresh
from framework_picker.refresh.services import SOURCES, ask_index
from framework_picker.settings import Settings
from tests.catalog.folders import DATA, data_copy
from tests.refresh.agreement import agreeing_releases, as_of, documents, put_index
from tests.refresh.world import (
    IMPATIENT,
    Reply,
    World,
    as_json,
    breaks_off,
    file_of,
    page,
    recorded,
    running_world,
)

pytestmark = pytest.mark.slow

LATER_DAYS = 11


def settings(world: World, **more: Any) -> Settings:
    """Everything is asked in the made-up world."""
    addresses = dict.fromkeys(
        ("stars_api", "downloads_api", "support_api", "advisories_api"), world.address
    )
    options: dict[str, Any] = {"data_folder": DATA, "package_index": world.index}
    return Settings(**(options | addresses | more))


def request(folder: Path, days: int = 0, **more: Any) -> Request:
    """A refresh some days after the day of the data; of the index alone, unless said otherwise."""
    now = datetime.combine(as_of(folder), datetime.min.time(), UTC)
    options: dict[str, Any] = {"sources": ("index",)} | more
    return Request(folder=folder, now=now + timedelta(days=days, hours=9), **options)


def refreshed(folder: Path, world: World, days: int = 0, **more: Any) -> Outcome:
    """What a refresh found and did."""
    return refresh(
        request(folder, days, **more),
        settings(world),
        io.StringIO(),
        ask=lambda _: "",  # the setting says where the index is
        patience=IMPATIENT,
    )


def contents(folder: Path) -> dict[str, bytes]:
    """Every file, byte for byte."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def put_flask(world: World, folder: Path, **more: Any) -> dict[str, Any]:
    """Flask's releases as the data has them, and some more."""
    releases = agreeing_releases(documents(folder)["flask"]["facts"], as_of(folder)) | more
    world.put_record("flask", releases)
    return releases


def day_of(folder: Path, days: int) -> str:
    """A day after that of the data."""
    return (as_of(folder) + timedelta(days=days)).isoformat()


# -- nothing new


def test_a_refresh_that_changes_nothing_leaves_every_real_file_byte_for_byte(
    tmp_path: Path, world: World
) -> None:
    folder = data_copy(tmp_path)
    put_index(world, folder)
    before = contents(folder)
    outcome = refreshed(folder, world)

    assert outcome.skips == ()
    assert outcome.changes == ()
    assert outcome.written == ()
    assert outcome.frameworks == 25
    assert outcome.confirmed > 200
    assert outcome.use_cases == 13
    assert contents(folder) == before


def test_later_the_same_values_move_dates_and_nothing_else(data: Path, world: World) -> None:
    put_index(world, data)
    before = contents(data)
    outcome = refreshed(data, world, LATER_DAYS)
    after = contents(data)

    # The window of twelve months has moved; releases that fell out of it are changes.
    assert {change.field for change in outcome.changes} <= {
        "facts.releases_12m",
        "facts.feature_series_12m",
        "facts.prereleases_12m",
    }
    assert outcome.skips == ()
    assert outcome.marks == ()
    today = day_of(data, 0)
    assert as_of(data) == date.fromisoformat(outcome.as_of_after)
    assert f"as_of: {today}".encode() in after["catalog.yaml"]
    for path in before:
        if path not in outcome.written:
            assert after[path] == before[path], path
    new_lines = set(after["frameworks/flask.yaml"].splitlines()) - set(
        before["frameworks/flask.yaml"].splitlines()
    )
    for line in new_lines:
        assert re.match(
            rb"\s*(as_of: |value: \d+$|note: \d{4}|note: .said on|- index-json:/pypi/flask/json)",
            line,
        ), line
    assert check_folder(data).problems == ()


def test_a_second_run_finds_nothing_more_to_write(data: Path, world: World) -> None:
    put_index(world, data)
    put_flask(world, data, **{"99.0": day_of(data, 5)})
    first = refreshed(data, world, LATER_DAYS)
    between = contents(data)
    second = refreshed(data, world)

    assert first.written
    assert second.written == ()
    assert second.changes == ()
    assert second.confirmed >= first.confirmed
    assert contents(data) == between


# -- news


def test_a_new_series_is_written_marked_logged_and_shown(data: Path, world: World) -> None:
    put_index(world, data)
    old = documents(data)["flask"]["facts"]["latest_release"]["value"]
    put_flask(
        world, data, **{"99.0": [file_of("flask", "99.0", day_of(data, 5), requires=">=3.12")]}
    )
    released = day_of(data, 5)
    outcome = refreshed(data, world, LATER_DAYS, only=("flask",))

    catalog = load_data(data).catalog
    flask = catalog.alternatives["flask"]
    assert flask.facts["latest_release"].value == "99.0"
    assert flask.facts["latest_release_date"].value == released
    assert flask.facts["days_since_release"].value == LATER_DAYS - 5
    assert flask.facts["python_requires"].value == ">=3.12"
    assert flask.facts["latest_release"].as_of == catalog.as_of
    series = ".".join(old.split(".")[:2])
    assert {c.checked_against for c in flask.capabilities.values()} == {series}
    assert flask.facts["import_time_ms"].checked_against == series
    assert flask.facts["import_time_ms"].as_of < catalog.as_of
    assert flask.facts["governance"].checked_against == ""
    assert [(mark.framework, mark.series, mark.newest) for mark in outcome.marks] == [
        ("flask", series, "99.0")
    ]
    sentence = f"Checked against {series}; a newer series is out."
    assert (
        sentence
        in fact_receipt(catalog.fact_kinds["import_time_ms"], flask.facts["import_time_ms"]).note
    )
    assert (
        sentence
        in capability_receipt(catalog.capability_kinds["orm"], flask.capabilities["orm"]).note
    )
    [entry] = read_change_log(data)
    assert (
        f"- Flask: Newest release {old} → 99.0 (record of flask in the Python package index)"
        in (entry.text)
    )
    assert "Flask: series 99.0 is out; " in entry.text
    assert "Recommendations: " in entry.text
    assert outcome.written[:2] == ("catalog.yaml", "CHANGES.md")
    assert set(outcome.written[2:]) == {"frameworks/flask.yaml"}


def test_a_newer_companion_is_written_for_everybody_who_has_it(data: Path, world: World) -> None:
    put_index(world, data)
    world.put_record("sqlalchemy", {"99.1": day_of(data, 3)})
    outcome = refreshed(data, world, LATER_DAYS)

    users = {
        (document["slug"], key)
        for document in documents(data).values()
        for key, capability in document["capabilities"].items()
        if capability.get("package", "").lower() == "sqlalchemy"
    }
    assert users
    assert {
        (change.framework, change.field.split(".")[1])
        for change in outcome.changes
        if change.new == "99.1"
    } == users


def test_recommendations_that_move_are_found_and_logged(data: Path, world: World) -> None:
    """Django is silent for years: where it led, somebody else does, or the order changes."""
    put_index(world, data)
    for slug in ("flask", "fastapi", "starlette", "reflex", "solara"):
        facts = documents(data)[slug]["facts"]
        put = agreeing_releases(facts, as_of(data)) | {"99.0": day_of(data, 1500)}
        world.put_record(slug, put)
    outcome = refreshed(data, world, 1501)

    assert outcome.moves
    [entry] = read_change_log(data)
    for move in outcome.moves:
        assert f"- {move.sentence}" in entry.text
    assert f"Recommendations: {len(outcome.moves)} use case" in entry.text


def test_the_public_apis_add_rows_and_the_catalog_still_loads(data: Path, world: World) -> None:
    today = day_of(data, LATER_DAYS)
    stars = recorded("repository.json")
    world.put("/repos/pallets/flask", as_json(stars))
    product = recorded("product.json")
    product["result"]["releases"] = product["result"]["releases"][2:]
    world.put("/products/django/", as_json(product))
    world.put("/query", as_json(recorded("advisories.json")))
    filler = [{"download_count": 9, "project": f"other-{n}"} for n in range(1100)]
    rows = [{"download_count": 300_000_000, "project": "flask"}, *filler]
    world.put(
        "/top-pypi-packages.min.json", as_json({"last_update": f"{today} 05:00:00", "rows": rows})
    )
    outcome = refreshed(
        data, world, LATER_DAYS, only=("flask", "django", "express"), sources=SOURCES[1:]
    )

    assert outcome.rows["community/stars.csv"] == 2
    assert outcome.rows["community/downloads.csv"] == 1
    assert outcome.rows["community/support_windows.csv"] > 0
    assert outcome.rows["community/advisories.csv"] == 1
    flask = load_data(data).catalog.alternatives["flask"]
    assert flask.facts["stars"].value == 72345
    assert flask.facts["stars"].source == ("https://github.com/pallets/flask",)
    assert flask.facts["stars"].as_of.isoformat() == today
    downloads = flask.facts["downloads_per_day"]
    assert downloads.source == ("https://hugovk.github.io/top-pypi-packages/",)
    assert {skip.what for skip in outcome.skips} == {
        "stars of django",
        "stars of express",
        "support dates of express",
        "advisories of django",  # the made-up answer is about Flask
    }


# -- what is not read


def test_offline_the_public_apis_cost_one_line_each(data: Path, world: World) -> None:
    put_index(world, data)
    nowhere = dict.fromkeys(
        ("stars_api", "downloads_api", "support_api", "advisories_api"), "http://127.0.0.1:9"
    )
    outcome = refresh(
        request(data, sources=SOURCES),
        settings(world, **nowhere),
        io.StringIO(),
        patience=IMPATIENT,
    )

    assert [(skip.what, skip.reason) for skip in outcome.skips] == [
        (name, "nobody answers there")
        for name in ("stars", "downloads", "support dates", "advisories")
    ]
    assert outcome.confirmed > 40


def test_an_api_that_is_switched_off_is_not_asked(data: Path, world: World) -> None:
    off = dict.fromkeys(("stars_api", "downloads_api", "support_api", "advisories_api"), "off")
    outcome = refresh(request(data, sources=SOURCES[1:]), settings(world, **off), io.StringIO())

    assert world.asked == []
    assert {skip.reason for skip in outcome.skips} == {"switched off by its setting"}
    assert outcome.written == ()


FAULTS: dict[str, tuple[Reply, str]] = {
    "a page": (page(), "HTML"),
    "an empty list": (as_json({"info": {"name": "flask"}, "releases": {}}), "empty"),
    "another package": (as_json({"info": {"name": "flasks"}, "releases": {}}), "about “flasks”"),
    "no releases at all": (as_json({"message": "Not Found"}), "not what it should be"),
    "half an answer": (Reply(spoil=breaks_off), "broke off"),
    "a service that is down": (Reply(b"", 503), "down"),
    "a locked door": (Reply(b"", 401), "status 401"),
    "no JSON": (Reply(b"pong"), "no valid JSON"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_failed_answer_changes_nothing_and_is_named(fault: str, data: Path, world: World) -> None:
    put_index(world, data)
    reply, reason = FAULTS[fault]
    world.put("/pypi/flask/json", reply)
    before = contents(data)
    outcome = refreshed(data, world, only=("flask", "starlette"))

    assert [skip.what for skip in outcome.skips] == ["flask"]
    assert reason in outcome.skips[0].reason
    assert contents(data) == before


@pytest.mark.parametrize("fault", ["back", "to come"])
def test_an_answer_that_cannot_be_true_changes_nothing_and_is_named(
    fault: str, data: Path, world: World
) -> None:
    put_index(world, data)
    if fault == "back":
        world.put_record("flask", {"0.1": "2010-01-01"})
    else:
        put_flask(world, data, **{"99.0": day_of(data, LATER_DAYS + 1)})
    before = contents(data)
    outcome = refreshed(data, world, LATER_DAYS, only=("flask", "starlette"))

    assert [skip.what for skip in outcome.skips] == ["flask"]
    assert ("went back" if fault == "back" else "yet to come") in outcome.skips[0].reason
    path = "frameworks/flask.yaml"
    own = {line for line in before[path].splitlines() if b"package_" not in line}
    assert own <= set(contents(data)[path].splitlines())


def test_where_nothing_can_be_read_the_data_keeps_its_day(data: Path, world: World) -> None:
    before = contents(data)
    outcome = refreshed(data, world, LATER_DAYS)

    assert outcome.written == ()
    assert outcome.as_of_after == outcome.as_of_before
    assert len(outcome.skips) > 8
    assert contents(data) == before


def test_an_index_that_serves_lists_of_files_only_will_do(data: Path, world: World) -> None:
    put_index(world, data)
    facts = documents(data)["starlette"]["facts"]
    releases = agreeing_releases(facts, as_of(data))
    files = [
        {
            "filename": f"starlette-{version}-py3-none-any.whl",
            "url": f"../files/starlette-{version}-py3-none-any.whl",
            "hashes": {},
            "requires-python": facts["python_requires"]["value"],
            "upload-time": f"{found if isinstance(found, str) else found[0]['upload_time'][:10]}"
            "T08:00:00.000000Z",
            "yanked": False,
        }
        for version, found in releases.items()
    ]
    for path in [path for path in world.replies if path.startswith("/pypi/")]:
        del world.replies[path]
    world.put_files("starlette", files)
    before = contents(data)
    outcome = refreshed(data, world, only=("starlette",))

    assert "starlette" not in [skip.what for skip in outcome.skips]
    assert contents(data) == before

    world.put_files("starlette", [*files, files[0] | {"filename": "starlette-99.0.tar.gz"}])
    refreshed(data, world, LATER_DAYS, only=("starlette",))
    fact = load_data(data).catalog.alternatives["starlette"].facts["latest_release"]
    assert (fact.value, fact.source) == ("99.0", ("index-files:starlette",))


def test_a_file_that_the_catalog_would_refuse_stays_as_it_is(data: Path, world: World) -> None:
    put_index(world, data)
    odd = [file_of("flask", "99.0", day_of(data, 5), requires="===3.12")]  # right, but not for us
    put_flask(world, data, **{"99.0": odd})
    before = contents(data)
    outcome = refreshed(data, world, LATER_DAYS, only=("flask", "starlette"))

    assert contents(data)["frameworks/flask.yaml"] == before["frameworks/flask.yaml"]
    assert contents(data)["frameworks/starlette.yaml"] != before["frameworks/starlette.yaml"]
    [skip] = outcome.skips
    assert skip.what == "frameworks/flask.yaml"
    assert "the data would not be good any more" in skip.reason
    assert check_folder(data).problems == ()


def test_a_dry_run_says_the_same_and_writes_nothing(data: Path, world: World) -> None:
    put_index(world, data)
    put_flask(world, data, **{"99.0": day_of(data, 5)})
    before = contents(data)
    dry = refreshed(data, world, LATER_DAYS, is_dry_run=True)
    assert contents(data) == before

    wet = refreshed(data, world, LATER_DAYS)
    assert (dry.changes, dry.marks, dry.moves, dry.written) == (
        wet.changes,
        wet.marks,
        wet.moves,
        wet.written,
    )
    assert dry.data_version_after == wet.data_version_after == load_data(data).catalog.data_version


def test_only_some_frameworks_leave_the_others_alone(data: Path, world: World) -> None:
    put_index(world, data)
    before = contents(data)
    outcome = refreshed(data, world, LATER_DAYS, only=("flask",))

    assert {path for path in outcome.written if path.startswith("frameworks/")} == {
        "frameworks/flask.yaml"
    }
    assert contents(data)["frameworks/django.yaml"] == before["frameworks/django.yaml"]
    assert not any("/django/" in path for path in world.paths())


def test_a_framework_that_is_not_there_is_named_and_nobody_is_asked(
    data: Path, world: World
) -> None:
    with pytest.raises(RefreshError, match="no framework flaks") as caught:
        refreshed(data, world, only=("flaks", "flask"))
    assert "django" in str(caught.value)
    assert world.asked == []


def test_a_clock_that_is_behind_stops_the_refresh(data: Path, world: World) -> None:
    with pytest.raises(RefreshError, match="One of them is wrong"):
        refreshed(data, world, -1)


def test_data_that_is_not_good_is_not_refreshed(data: Path, world: World) -> None:
    (data / "catalog.yaml").write_text("as_of: soon\n", encoding="utf-8")

    with pytest.raises(CatalogError):
        refresh(Request(data, datetime(2026, 12, 1, tzinfo=UTC)), settings(world), io.StringIO())
    assert world.asked == []


def test_a_log_that_cannot_be_read_stops_the_refresh(data: Path, world: World) -> None:
    (data / "CHANGES.md").write_bytes(b"\xff\xfe")

    with pytest.raises(RefreshError, match=r"CHANGES\.md is no UTF-8 text"):
        refreshed(data, world)


def test_an_index_that_cannot_be_found_stops_the_refresh(data: Path, world: World) -> None:
    before = contents(data)
    with pytest.raises(RefreshError, match="FRAMEWORK_PICKER_INDEX"):
        refresh(
            request(data),
            settings(world, package_index=""),
            io.StringIO(),
            ask=lambda _: "",
        )
    assert contents(data) == before


def test_a_file_that_somebody_saves_meanwhile_is_not_lost(
    data: Path, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_index(world, data)
    path = data / "frameworks" / "flask.yaml"

    def slowly(*arguments: Any) -> Any:
        path.write_text(path.read_text("utf-8") + "# by hand\n", encoding="utf-8")
        return ask_index(*arguments)

    monkeypatch.setattr(run, "ask_index", slowly)
    others = {name: found for name, found in contents(data).items() if "flask" not in name}

    with pytest.raises(RefreshError, match="was changed while the refresh ran"):
        refreshed(data, world, LATER_DAYS)
    assert path.read_text("utf-8").endswith("# by hand\n")
    assert {name: contents(data)[name] for name in others} == others


# -- progress


class Terminal(io.StringIO):
    """A screen."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def test_progress_is_a_line_per_package_in_a_log(data: Path, world: World) -> None:
    put_index(world, data)
    stream = io.StringIO()
    refresh(request(data, only=("starlette",)), settings(world), stream, patience=IMPATIENT)
    lines = stream.getvalue().splitlines()

    assert lines[-1].startswith(f"{len(lines)} of {len(lines)}: ")
    assert any(line.endswith(": starlette") for line in lines)


def test_progress_is_a_bar_on_a_terminal(
    data: Path, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_index(world, data)
    monkeypatch.setenv("COLUMNS", "60")
    stream = Terminal()
    refresh(request(data, only=("starlette",)), settings(world), stream, patience=IMPATIENT)
    steps = stream.getvalue().split("\r")[1:]

    assert all(len(step.rstrip("\n")) <= 60 for step in steps)
    assert re.match(r"\[#+\] (\d+)/\1 ", steps[-1])
    assert stream.getvalue().endswith("\n")


# -- killed

COMMAND = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from framework_picker import cli

steps, now, replace = int(sys.argv[1]), datetime.fromisoformat(sys.argv[2]), Path.replace
calls = 0

class Clock(datetime):
    @classmethod
    def now(cls, zone):
        return now

def replace_or_stop(self, target):
    global calls
    calls += 1
    if calls == steps:
        os.kill(os.getpid(), signal.SIGKILL)
    return replace(self, target)

cli.datetime, Path.replace = Clock, replace_or_stop
sys.exit(cli.main(sys.argv[3:]))
"""
"""The command on a day of our choice, killed before a file takes its place."""


@dataclass(frozen=True)
class Before:
    """Data with news waiting in the index, and what a whole refresh makes of it."""

    data: Path
    world: World
    old: dict[str, bytes]
    new: dict[str, bytes]


@pytest.fixture(scope="module")
def before(small_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Before]:
    """A refresh that has news for three frameworks, and dates for the others."""
    folder = tmp_path_factory.mktemp("before")
    data = Path(shutil.copytree(small_data, folder / "data"))
    with running_world() as world:
        put_index(world, data)
        for slug in ("flask", "fastapi", "starlette"):
            releases = agreeing_releases(documents(data)[slug]["facts"], as_of(data))
            world.put_record(slug, releases | {"99.0": day_of(data, 1)})
        goal = Path(shutil.copytree(data, folder / "goal" / "data"))
        finished = command(world, goal, as_of(data))
        assert finished.returncode == 0, finished.stderr
        yield Before(data, world, contents(data), contents(goal))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal on this system")
@pytest.mark.parametrize("step", [1, 3, 5])
def test_killed_while_writing_the_data_is_good_and_the_next_run_does_the_rest(
    step: int, before: Before, tmp_path: Path
) -> None:
    data = Path(shutil.copytree(before.data, tmp_path / "data"))
    day = as_of(data)
    killed = command(before.world, data, day, killed_at=step)
    between = contents(data)

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    for path in before.old:
        assert between[path] in (before.old[path], before.new[path]), path
    replaced = sum(between.get(path) != before.old.get(path) for path in before.new)
    assert replaced == step - 1
    assert check_folder(data).problems == ()

    finished = command(before.world, data, day)
    after = contents(data)

    assert finished.returncode == 0, finished.stderr
    for path in before.new:
        if path != "CHANGES.md":
            assert after[path] == before.new[path], path
    log = (data / "CHANGES.md").read_text("utf-8")
    for name in ("Flask", "FastAPI", "Starlette"):
        assert f"- {name}: Newest release" in log


def test_two_at_the_same_time_do_no_harm(before: Before, tmp_path: Path) -> None:
    data = Path(shutil.copytree(before.data, tmp_path / "data"))
    with ThreadPoolExecutor(2) as pool:
        day = as_of(data)
        both = list(pool.map(lambda _: command(before.world, data, day), range(2)))
    after = contents(data)

    assert sorted(finished.returncode for finished in both)[0] == 0
    for finished in both:
        assert finished.returncode == 0 or "was changed while" in finished.stderr, finished.stderr
    assert {path: after[path] for path in before.new if path != "CHANGES.md"} == {
        path: content for path, content in before.new.items() if path != "CHANGES.md"
    }
    assert not [path for path in after if path.endswith(".refresh")]
    assert check_folder(data).problems == ()


def command(
    world: World, data: Path, day: date, *, killed_at: int = 0
) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, some days after a day."""
    now = datetime.combine(day, datetime.min.time(), UTC) + timedelta(days=LATER_DAYS, hours=9)
    environment = {
        name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")
    }
    return subprocess.run(
        [
            *(sys.executable, "-c", COMMAND, str(killed_at), now.isoformat()),
            *("data", "refresh", "--data", str(data), "--sources", "index"),
        ],
        cwd=DATA.parent,
        env=environment | {"FRAMEWORK_PICKER_INDEX": world.index},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_outcome_can_be_written_as_json(data: Path, world: World) -> None:
    from framework_picker.refresh.words import as_json as outcome_as_json

    put_index(world, data)
    put_flask(world, data, **{"99.0": day_of(data, 5)})
    outcome = refreshed(data, world, LATER_DAYS, only=("flask",))
    found = json.loads(json.dumps(outcome_as_json(outcome)))

    assert found["is_dry_run"] is False
    assert found["written"] == ["catalog.yaml", "CHANGES.md", "frameworks/flask.yaml"]
    [change] = [c for c in found["changes"] if c["field"] == "facts.latest_release"]
    assert change["new"] == "99.0"
    assert change["source"] == "index-json:/pypi/flask/json"
    assert change["source_words"] == "record of flask in the Python package index"
