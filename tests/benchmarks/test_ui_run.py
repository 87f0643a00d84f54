"""The UI run: its plan, its journal, its run file, and what it says when something is missing."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import cpu
from benchmarks.journal import Journal
from benchmarks.problems import BenchmarkError
from benchmarks.progress import Progress
from benchmarks.serving import ServerError
from benchmarks.ui import browser, environments, record, run, visit
from benchmarks.ui.entries import ENTRIES
from framework_picker.catalog.run_shapes import UiRunShape, UiSampleShape

HALF_A_KILOBYTE = 512


def session(journal: Journal, **changes: Any) -> None:
    """What a run writes down when it begins."""
    about = {
        "run": "2026-11-20-ui",
        "rounds": 5,
        "seed": 20261120,
        "only": [],
        "command": "python -m benchmarks ui --seed 20261120",
        "machine": "Two shared virtual cores",
        "machine_facts": {"cpus": "2"},
        "python": "3.13.0",
        "versions": {"dash": "4.4.1"},
        "generator": "Chromium 140",
        "harness_commit": "abc",
        "lock_sha256": "0" * 64,
        "not_installed": {},
        "at": "2026-11-20T09:00:00+00:00",
    }
    journal.add("session", **(about | changes))


def visited(journal: Journal, name: str, number: int, p50: float = 40.0, why: str = "") -> None:
    """One visit as the run writes it down."""
    measured = visit.Measured(
        changes_ms=[p50] * 29 + [p50 * 2],
        chart_ms=[p50] * 30,
        first_visit_bytes=1_500_000,
        shown_ms=900.0,
        usable_ms=1000.0,
        presses_until_usable=1,
        idle_memory_mb=80.0,
        memory_before_pages_mb=100.0,
        memory_with_pages_mb=112.5,
        outside=[],
        server_cpu=0.1,
        foreign_cpu=0.0,
        steal=0.0,
        disturbed="",
    )
    about = {"framework": name, "round": number, "started": "2026-11-20T09:01:00+00:00"}
    event = {"valid": not why, "why_rejected": why, "at": "2026-11-20T09:02:00+00:00"}
    journal.add("visit", **about, **measured.as_json(), **event)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "2026-11-20-ui.journal.jsonl")


def a_run(journal: Journal, **options: Any) -> run.Run:
    """A run in which everybody is installed, and that measures nothing by itself."""
    chosen = run.Options(run="2026-11-20-ui", seed=1, out=journal.path.parent, **options)
    started = run.Run(chosen, journal, cpu.Cores(0, 1), Progress())
    started.pythons = {entry.id: Path("python") for entry in ENTRIES}
    return started


def test_the_run_file_is_what_the_app_reads(journal: Journal) -> None:
    session(journal)
    visited(journal, "dash", 1)
    visited(journal, "reflex", 1, why="others used 0.30 of a core")

    written = json.loads(record.write(journal, journal.path.parent).read_text(encoding="utf-8"))

    shape = UiRunShape.model_validate(written)
    samples = [UiSampleShape.model_validate(sample) for sample in written["ui_samples"]]
    assert shape.is_preliminary
    assert [sample.framework for sample in samples] == ["dash", "reflex"]
    assert (samples[0].p50_ms, samples[0].memory_per_page_mb) == (40.0, 2.5)
    assert samples[1].why_rejected == "others used 0.30 of a core"
    assert {entry.id for entry in shape.entries} == {"dash", "reflex"}
    assert set(written["ui_samples"][0]) == set(record.SAMPLE_FIELDS)
    raw = journal.path.parent / "2026-11-20-ui.raw.json.gz"
    assert raw.stat().st_size > HALF_A_KILOBYTE


def test_five_good_rounds_of_everybody_are_no_longer_preliminary(journal: Journal) -> None:
    session(journal)
    for number in range(1, 6):
        visited(journal, "dash", number)
        visited(journal, "panel", number, why="disturbed" if number == 3 else "")

    assert record.run_file(journal)["is_preliminary"]

    visited(journal, "panel", 3)
    assert not record.run_file(journal)["is_preliminary"]


def test_who_never_worked_is_left_out_with_the_reason(journal: Journal) -> None:
    session(journal, not_installed={"gradio": "No matching distribution found for gradio"})
    visited(journal, "dash", 1)
    for name in ("dash", "panel"):
        journal.add(
            "visit-failed", framework=name, round=2, why="the chart shows 0 numbers", at="2026"
        )

    left_out = {left["entry"]: left["reason"] for left in record.run_file(journal)["left_out"]}

    assert left_out["panel"] == "the chart shows 0 numbers"
    assert left_out["gradio"] == "Not installed: No matching distribution found for gradio"
    assert {"solara", "flet"} <= set(left_out)
    assert "dash" not in left_out


def test_each_round_has_an_order_of_its_own_and_always_the_same(journal: Journal) -> None:
    orders = [[entry.id for entry in a_run(journal)._left(number)] for number in (1, 2, 3, 1)]

    assert orders[0] == orders[3]
    assert len({tuple(order) for order in orders}) > 1
    assert all(sorted(order) == sorted(entry.id for entry in ENTRIES) for order in orders)


def test_a_run_goes_on_where_it_stopped(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    session(journal)
    made: list[tuple[int, str]] = []
    interruptions = iter([False, False, True])

    def attempt(current: run.Run, entry: Any, number: int) -> dict[str, Any]:
        made.append((number, entry.id))
        if next(interruptions, False):
            raise KeyboardInterrupt
        visited(current.journal, entry.id, number)
        return current.journal.events[-1]

    monkeypatch.setattr(run.Run, "_attempt", attempt)
    with pytest.raises(KeyboardInterrupt):
        a_run(journal).go()
    stopped_at = made.pop()
    again = Journal(journal.path)
    assert not a_run(again, rounds_now=1).go()

    assert made[2] == stopped_at
    assert len(made) == len(ENTRIES)
    assert {number for number, _ in made} == {1}
    assert a_run(again).go()
    assert len(made) == len(set(made)) == len(ENTRIES) * run.FULL_ROUNDS


def test_a_disturbed_visit_is_made_once_more_and_kept(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    session(journal)

    def attempt(current: run.Run, entry: Any, number: int) -> dict[str, Any]:
        visited(current.journal, entry.id, number, why="others used 0.20 of a core")
        return current.journal.events[-1]

    monkeypatch.setattr(run.Run, "_attempt", attempt)
    assert a_run(journal, rounds=1, only=("dash",)).go()

    assert [event["valid"] for event in journal.of("visit")] == [False, False]

    # Whoever goes on later may find a quieter machine; what was rejected stays in the record.
    session(journal)
    assert a_run(journal, rounds=1, only=("dash",)).go()
    assert len(list(journal.of("visit"))) == 4
    assert len(record.run_file(journal)["ui_samples"]) == 4


@pytest.mark.parametrize(
    "fault",
    [
        ServerError("the server ended with status 1"),
        visit.NotConformingError("the chart shows 0 numbers, not 10"),
        BenchmarkError("the site cannot be built"),
    ],
)
def test_a_framework_that_fails_is_noted_and_the_others_go_on(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    session(journal)

    def serving(*_: Any) -> Any:
        raise fault

    monkeypatch.setattr(run.Run, "_serving", serving)
    current = a_run(journal, rounds=1, only=("dash",))
    event = current._attempt(current.entries[0], 1)
    assert (event["event"], event["why"]) == ("visit-failed", str(fault))
    assert current.go()
    assert len(list(journal.of("visit-failed"))) == run.ATTEMPTS
    session(journal)
    assert current.go()
    assert len(list(journal.of("visit-failed"))) == run.ATTEMPTS


def test_the_table_is_sorted_and_counts(journal: Journal) -> None:
    session(journal)
    visited(journal, "dash", 1, p50=90.0)
    visited(journal, "dash", 2, p50=70.0)
    visited(journal, "panel", 1, p50=30.0)
    visited(journal, "shiny", 1, why="disturbed")

    lines = record.ui_table(record.run_file(journal)).splitlines()

    rows = [line for line in lines if line.startswith(("Dash", "Panel", "Shiny"))]
    assert [row.split()[0] for row in rows] == ["Panel", "Dash", "Shiny"]
    assert "80 (70..90)" in rows[1]
    assert rows[1].split()[-2:] == ["2", "0"]
    assert "no good sample" in rows[2]


def test_a_broken_run_file_is_one_clear_line() -> None:
    with pytest.raises(BenchmarkError, match="lacks something"):
        record.ui_table({"run": "x", "entries": [], "ui_samples": [{}]})


def test_another_seed_is_another_order(journal: Journal) -> None:
    orders = set()
    for seed in (1, 2, 3):
        current = a_run(journal)
        current.options = run.Options(run="2026-11-20-ui", seed=seed)
        orders.add(tuple(entry.id for entry in current._left(1)))
    assert len(orders) > 1


def test_options_are_checked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run.main(["--only", "flask"]) == 1
    assert "--only: flask is unknown; there are reflex" in capsys.readouterr().err
    assert run.main(["--run", "../up"]) == 1
    assert "small letters, digits and dashes" in capsys.readouterr().err
    assert run.main(["--resume", "never-begun"]) == 1
    assert "There is no run never-begun to go on with." in capsys.readouterr().err


def test_a_python_that_is_none_is_said(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match=r"--python needs a Python 3\.11 or newer"):
        environments.interpreter(tmp_path / "python")


def test_a_missing_browser_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "NAMES", ("no-such-browser",))

    with pytest.raises(BenchmarkError, match="install Chromium"), browser.chromium():
        pass


def test_bytes_count_answers_as_they_came_and_messages() -> None:
    received = browser.Received()
    ours = {"url": "http://127.0.0.1:1/app.js", "encodedDataLength": 200}
    received.ask({"request": {"url": "http://127.0.0.1:1/app.js"}})
    received.ask({"request": {"url": "http://fonts.example/x.css"}})
    received.ask({"request": {"url": "data:image/png;base64,AA"}})
    received.begin({"requestId": "1", "response": ours})
    received.grow({"requestId": "1", "encodedDataLength": 500})
    received.end({"requestId": "1", "encodedDataLength": 1000})
    received.grow({"requestId": "1", "encodedDataLength": 5})  # after its end: counted already
    received.begin({"requestId": "2", "response": ours})  # a stream that never ends
    received.grow({"requestId": "2", "encodedDataLength": 50})
    received.begin({"requestId": "3", "response": {"url": "data:,x", "encodedDataLength": 9}})
    received.end({"requestId": "3", "encodedDataLength": 9})
    received.hear({"response": {"opcode": 1, "payloadData": "äb"}})
    received.hear({"response": {"opcode": 2, "payloadData": "AAAA"}})

    assert received.total == 1000 + 250 + 3 + 3
    assert received.outside == {"fonts.example"}
