"""Whole runs of tiny applications: the order of things, faults in the middle, and going on."""

import gzip
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks import cli, cpu, gate, run
from benchmarks.environment import Installed
from benchmarks.journal import Journal
from benchmarks.latency import Latency
from benchmarks.options import Options
from benchmarks.places import ROOT
from benchmarks.problems import BenchmarkError
from benchmarks.progress import Progress
from benchmarks.setup import Setup
from tests.benchmarks.tiny import BREAKS, ENTRIES, SERVER, TinyEntry, fake_wrk, tiny_setup

pytestmark = pytest.mark.slow

QUICK = ("--run", "a-run", "--sample-seconds", "1", "--warm-up-seconds", "0", "--levels", "32")
Measure = Callable[..., dict[str, Any]]


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for everything, a fake wrk, one processor, and a gate that is open."""
    programs = tmp_path / "programs"
    programs.mkdir()
    fake_wrk(programs)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("FAKE_WRK_CALLS", str(tmp_path / "calls"))
    monkeypatch.setattr(cli, "WORKSHOP", tmp_path / "workshop")
    monkeypatch.setattr(run, "WORKSHOP", tmp_path / "workshop")
    monkeypatch.setattr(run, "SETTLE_SECONDS", 0.0)
    core = min(os.sched_getaffinity(0))
    monkeypatch.setattr(cpu, "two_cores", lambda: cpu.Cores(core, core))
    for limit in ("IDLE_BELOW", "FOREIGN_LIMIT", "STEAL_LIMIT"):
        monkeypatch.setattr(gate, limit, 100.0)
    monkeypatch.setattr(gate, "LOOK_SECONDS", 0.01)
    return tmp_path


def measure(
    bench: Path,
    *words: str,
    setup: Setup | None = None,
    left_out: dict[str, str] | None = None,
    resume: bool = False,
) -> dict[str, Any]:
    """Run the harness; what it wrote into the run file."""
    start = ("--resume", "a-run") if resume else (*QUICK, "--no-latency")
    parsed = cli._parser().parse_args(["run", *start, "--out", str(bench / "out"), *words])
    installed = Installed(Path(sys.executable), left_out or {})
    said = io.StringIO()
    status = cli.carry_out_run(parsed, Progress(said), setup or tiny_setup(), lambda *_: installed)
    assert status == 0
    (bench / "said").write_text(said.getvalue())
    path = bench / "out" / "a-run.json"
    return dict(json.loads(path.read_text())) if path.exists() else {}


def journal(bench: Path) -> Journal:
    return Journal(bench / "workshop" / "a-run.journal.jsonl")


def cells(found: dict[str, Any]) -> list[tuple[Any, ...]]:
    return sorted((s["round"], s["framework"], s["scenario"], s["mode"]) for s in found["samples"])


def test_a_run_measures_everybody_in_every_round(bench: Path) -> None:
    found = measure(bench, "--rounds", "2")

    assert found["run"] == "a-run"
    assert found["rounds"] == 2
    assert found["is_preliminary"]
    assert "2 rounds instead of 7" in found["note"]
    assert len(found["entries"]) == 3
    assert found["left_out"] == []
    # Per round: three entries with three cells, and the baseline twice more with one.
    assert len(found["samples"]) == 2 * (3 * 3 + 2)
    assert {sample["requests_per_second"] for sample in found["samples"]} == {1000.0}
    assert all(sample["valid"] for sample in found["samples"])
    starts = [(start["round"], start["framework"]) for start in found["starts"]]
    assert len(starts) == len(set(starts)) == 2 * 3
    assert all(start["start_ms"] > 0 for start in found["starts"])
    assert all(start["loaded_memory_mb"] > 1 for start in found["starts"])
    checks = [(event["when"], event["framework"]) for event in journal(bench).of("conformance")]
    assert [when for when, _ in checks] == ["before"] * 3 + ["after"] * 3
    assert "The run is complete." in (bench / "said").read_text()


def test_latency_comes_in_rounds_of_its_own_and_names_what_spoiled_it(
    bench: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[float] = []

    def at_rate(url: str, method: str, path: str, body: str, *more: Any) -> Latency:
        asked.append(more[1])
        why = {} if len(asked) > 1 else {"rate_reached": 1.0}  # the very first does not keep pace
        known = {"rate_reached": more[1], "errors": 0, "client_cpu": 0.1} | why
        return Latency(1.0, 2.0, 3.0, rate_asked=more[1], count=9, raw={}, **known)

    monkeypatch.setattr(run, "measure_latency", at_rate)
    words = ("--latency", "--latency-tests", "json", "--latency-rounds", "2")
    found = measure(bench, "--rounds", "1", *words)

    good = [one for one in found["latencies"] if one["valid"]]
    assert len(good) == 2 * 3 * 2  # rounds, entries, rates
    assert {(one["rate_kind"], one["rate"]) for one in good} == {
        ("half-of-own", 500.0),
        ("common", 500.0),
    }
    assert sorted({one["round"] for one in good}) == [1, 2]
    (spoiled,) = [one for one in found["latencies"] if not one["valid"]]
    assert spoiled["why_rejected"] == "1 requests/s reached, 500 asked"
    assert "Latency in 2 rounds instead of 3." in found["note"]

    more = measure(bench, "--latency-rounds", "3", resume=True)
    assert len([one for one in more["latencies"] if one["valid"]]) == 3 * 3 * 2


def test_the_raw_file_has_everything_and_its_hash_is_told(bench: Path) -> None:
    found = measure(bench, "--rounds", "1")

    raw = (bench / "out" / "a-run.raw.json.gz").read_bytes()
    assert hashlib.sha256(raw).hexdigest() == found["raw_sha256"]
    events = json.loads(gzip.decompress(raw))
    assert len(events) == len(journal(bench).events)
    assert any("harness-result" in event.get("output", "") for event in events)


def test_no_path_of_this_machine_gets_into_the_files(bench: Path) -> None:
    measure(bench, "--rounds", "1")

    texts = [
        (bench / "out" / "a-run.json").read_text(),
        gzip.decompress((bench / "out" / "a-run.raw.json.gz").read_bytes()).decode(),
    ]
    for text in texts:
        for place in (str(ROOT), str(Path.home()) + "/", str(bench)):
            assert place not in text


def test_round_by_round_gives_what_one_go_gives(bench: Path) -> None:
    measure(bench, "--rounds", "2", "--rounds-now", "0")
    assert list(journal(bench).of("sample")) == []
    first = measure(bench, "--rounds-now", "1", resume=True)
    assert "1 of 2 rounds are complete" in first["note"]
    measure(bench, "--rounds-now", "1", resume=True)
    in_pieces = measure(bench, resume=True)

    (bench / "workshop" / "a-run.journal.jsonl").unlink()
    in_one_go = measure(bench, "--rounds", "2")

    assert cells(in_pieces) == cells(in_one_go)
    order = [[s["framework"] for s in found["samples"]] for found in (in_pieces, in_one_go)]
    assert order[0] == order[1]


def test_the_minutes_end_a_run_between_servers_and_nothing_is_measured_twice(bench: Path) -> None:
    short = measure(bench, "--rounds", "1", "--minutes", "0.0001")
    assert 0 < len(short["samples"]) < 3 * 3 + 2

    whole = measure(bench, resume=True)

    assert len(whole["samples"]) == 3 * 3 + 2
    assert len(whole["starts"]) == 3
    assert whole["samples"][: len(short["samples"])] == short["samples"]


def test_an_entry_that_does_not_conform_is_not_timed_and_told(bench: Path) -> None:
    wrong = TinyEntry("flask", "flask", problems=("JSON: the body is wrong.", "Date is fixed."))

    found = measure(bench, "--rounds", "1", setup=tiny_setup([ENTRIES[0], wrong, ENTRIES[2]]))

    assert found["left_out"] == [
        {
            "entry": "flask",
            "framework": "flask",
            "reason": "same-server: failed the conformance check:"
            " JSON: the body is wrong. (and 1 more)",
        }
    ]
    assert "flask" not in {sample["framework"] for sample in found["samples"]}
    assert "flask" not in {entry["id"] for entry in found["entries"]}


def test_an_entry_that_fails_afterwards_loses_its_samples(bench: Path) -> None:
    answers = iter([()] * 3)
    setup = tiny_setup()
    broken = replace(setup, problems=lambda *_: next(answers, ("Updates: nothing changed.",)))

    found = measure(bench, "--rounds", "1", setup=broken)

    assert {sample["valid"] for sample in found["samples"]} == {False}
    assert {start["valid"] for start in found["starts"]} == {False}
    assert found["samples"][0]["why_rejected"].endswith("after the timing")
    assert "after the timing: Updates: nothing changed." in found["left_out"][0]["reason"]


def test_a_server_that_does_not_start_is_told_and_the_rest_goes_on(bench: Path) -> None:
    broken = TinyEntry("flask", "flask", program=BREAKS)

    found = measure(bench, "--rounds", "1", setup=tiny_setup([ENTRIES[0], broken, ENTRIES[2]]))

    assert "Traceback: the settings are wrong" in found["left_out"][0]["reason"]
    assert {s["framework"] for s in found["samples"]} == {"bare-asgi", "django"}


def test_a_server_that_dies_while_it_is_measured_is_told_and_the_rest_goes_on(
    bench: Path,
) -> None:
    victim = str(bench / "victim")
    fake_wrk(
        bench / "programs",
        f"if os.path.exists({victim!r}): os.kill(int(open({victim!r}).read()), 9)",
    )
    note = f"import os; open({victim!r}, 'w').write(str(os.getpid()))\n"
    forget = f"import os; os.path.exists({victim!r}) and os.remove({victim!r})\n"
    dies = TinyEntry("flask", "flask", program=note + SERVER)
    others = [replace(entry, program=forget + SERVER) for entry in (ENTRIES[0], ENTRIES[2])]

    found = measure(bench, "--rounds", "1", setup=tiny_setup([others[0], dies, others[1]]))

    failed = list(journal(bench).of("visit-failed"))
    assert {event["framework"] for event in failed} == {"flask"}
    assert "the server ended during" in failed[0]["why"]
    good = {s["framework"] for s in found["samples"] if s["valid"]}
    assert good == {"bare-asgi", "django"}


def test_a_package_that_this_python_cannot_have_leaves_its_entry_out(bench: Path) -> None:
    reason = "No matching distribution found for flask==99"

    found = measure(bench, "--rounds", "1", left_out={"flask": reason})

    assert found["left_out"] == [{"entry": "flask", "framework": "flask", "reason": reason}]
    assert len(found["entries"]) == 2


def test_a_disturbed_sample_is_kept_counted_and_repeated(
    bench: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    verdicts = iter(["others used 0.40 of a core", ""])
    monkeypatch.setattr(gate, "why_rejected", lambda *_: next(verdicts, ""))

    found = measure(bench, "--rounds", "1")

    first, second = found["samples"][:2]
    assert (first["valid"], second["valid"]) == (False, True)
    assert first["why_rejected"] == "others used 0.40 of a core"
    assert first["scenario"] == second["scenario"]
    assert len(found["samples"]) == 3 * 3 + 2 + 1


def test_a_cell_that_is_always_disturbed_ends_after_some_attempts(
    bench: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "why_rejected", lambda *_: "others used 0.40 of a core")

    found = measure(bench, "--rounds", "1", "--attempts", "2")

    assert len(found["samples"]) == 2 * (3 * 3 + 2)
    assert not any(sample["valid"] for sample in found["samples"])
    assert "Too few undisturbed samples of the baseline" in found["note"]


def test_a_round_whose_baseline_drifts_is_repeated_within_bounds(
    bench: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "drift", lambda values: 0.08)

    found = measure(bench, "--rounds", "1")

    ends = [(end["attempt"], end["repeated"]) for end in journal(bench).of("round-end")]
    assert ends == [(1, True), (2, False)]
    rejected = [sample for sample in found["samples"] if not sample["valid"]]
    assert len(rejected) == len(found["samples"]) / 2
    assert rejected[0]["why_rejected"] == "the baseline drifted by 8.0%: the round was repeated"
    assert "drifted by more than 5 % in round 1 (8.0%)" in found["note"]
    assert len(found["starts"]) == 3


def test_errors_that_come_again_are_no_disturbance(bench: Path) -> None:
    fake_wrk(
        bench / "programs",
        'print(\'harness-result:{"requests":1000,"microseconds":1000000,"bytes":1,\'\n'
        '      \'"connect":0,"read":0,"write":0,"timeout":0,"status":40}\')\nsys.exit()',
    )

    found = measure(bench, "--rounds", "1", "--attempts", "4")

    assert len(found["samples"]) == 2 * (3 * 3 + 2)
    assert found["samples"][0]["errors"] == 40


def test_a_run_is_not_mixed_of_two_pythons(bench: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measure(bench, "--rounds", "1", "--rounds-now", "0")
    facts = run.session_facts

    def older(*arguments: Any) -> dict[str, Any]:
        return {**facts(*arguments), "python": "3.11.0"}

    monkeypatch.setattr(cli, "session_facts", older)
    with pytest.raises(BenchmarkError, match="the Python changed since this run began"):
        measure(bench, resume=True)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--only", "rails"], "--only: rails is unknown; there are bare-asgi, flask, django"),
        (["--tests", "ping"], "--tests: ping is unknown"),
        (["--matrices", "both"], "--matrices: both is unknown"),
        (["--run", "../up"], "A run is named with small letters"),
        (["--tests", "upstream"], "there is nothing to measure"),
        (["--resume", "nothing"], "There is no run nothing to go on with"),
    ],
)
def test_what_cannot_be_measured_is_said_in_one_line(
    bench: Path, words: Sequence[str], why: str
) -> None:
    with pytest.raises(BenchmarkError, match=why):
        measure(bench, *words)


def test_a_run_is_not_begun_twice(bench: Path) -> None:
    measure(bench, "--rounds", "1", "--rounds-now", "0")

    with pytest.raises(BenchmarkError, match=r"exists: --resume a-run"):
        measure(bench)


def test_options_survive_the_journal_and_make_the_command_line() -> None:
    options = Options(run="a", seed=3, rounds=5, only=("flask",), levels=(32,), latency=False)

    assert Options.from_json(json.loads(json.dumps(options.as_json()))) == options
    assert options.command == (
        "python -m benchmarks run --seed 3 --rounds 5 --only flask --levels 32 --no-latency"
    )


def test_a_run_that_is_killed_goes_on_where_it_was(bench: Path) -> None:
    """The harness is killed while the third sample is taken; its second life does the rest."""
    fake_wrk(bench / "programs", "time.sleep(0.3)")
    harness = textwrap.dedent(
        f"""
        import os, sys
        from pathlib import Path
        from benchmarks import cli, cpu, gate, run
        from benchmarks.environment import Installed
        from benchmarks.progress import Progress
        from tests.benchmarks.tiny import tiny_setup
        cli.WORKSHOP = run.WORKSHOP = Path({str(bench / "workshop")!r})
        core = min(os.sched_getaffinity(0))
        cpu.two_cores = lambda: cpu.Cores(core, core)
        gate.IDLE_BELOW = gate.FOREIGN_LIMIT = gate.STEAL_LIMIT = 100.0
        words = {["run", *QUICK, "--no-latency", "--rounds", "1", "--out", str(bench / "out")]!r}
        installed = Installed(Path(sys.executable), {{}})
        parsed = cli._parser().parse_args(words)
        cli.carry_out_run(parsed, Progress(), tiny_setup(), lambda *_: installed)
        """
    )
    process = subprocess.Popen([sys.executable, "-c", harness], cwd=ROOT, stdout=subprocess.DEVNULL)
    path = bench / "workshop" / "a-run.journal.jsonl"
    for _ in range(600):
        if path.exists() and path.read_text().count('"event": "sample"') >= 2:
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    before = list(journal(bench).of("cell-end"))
    assert 1 <= len(before) < 9
    assert not (bench / "out").exists()

    found = measure(bench, resume=True)

    ends = [
        (event["slot"], event["scenario"], event["mode"]) for event in journal(bench).of("cell-end")
    ]
    assert len(ends) == len(set(ends)) == 3 * 3 + 2
    assert len(found["starts"]) == 3


def test_a_run_that_is_interrupted_writes_a_whole_file_and_stops_its_server(
    bench: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples = 0
    add = Journal.add

    def interrupt(self: Journal, kind: str, **fields: Any) -> dict[str, Any]:
        nonlocal samples
        samples += kind == "sample"
        if samples == 3:
            raise KeyboardInterrupt
        return add(self, kind, **fields)

    monkeypatch.setattr(Journal, "add", interrupt)
    with pytest.raises(KeyboardInterrupt):
        measure(bench, "--rounds", "1")

    found = json.loads((bench / "out" / "a-run.json").read_text())
    assert len(found["samples"]) == 2
    assert found["is_preliminary"]


def test_a_visitors_cookies_come_back_with_every_request(bench: Path) -> None:
    setup = tiny_setup()
    keeping = replace(
        setup,
        scenarios=[replace(s, keeps_cookies=True) for s in setup.scenarios],  # type: ignore[type-var]
    )

    measure(bench, "--rounds", "1", setup=keeping)

    calls = (bench / "calls").read_text().splitlines()
    assert calls
    assert all("Cookie: visitor=7" in call for call in calls)
