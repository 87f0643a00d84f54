"""Every application keeps the rules, on the common server and on its documented one."""

import fcntl
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from benchmarks import conformance, database, environment, servers
from benchmarks.entries import ENTRIES, EVERYTHING, Entry
from benchmarks.environment import Installed
from benchmarks.places import ROOT
from benchmarks.scenarios import SCENARIOS
from benchmarks.serving import free_port, serving
from benchmarks.setup import real_setup

pytestmark = pytest.mark.slow

ON_ITS_OWN = ROOT / ".make" / "venv-bench-test"


@pytest.fixture(scope="session")
def installed() -> Installed:
    """An environment with everybody's packages, made once per change of the pins.

    A lock keeps several pytest processes from making it at the same time.
    """
    wanted = {entry.id: [*real_setup().servers, *entry.packages] for entry in ENTRIES}
    ON_ITS_OWN.parent.mkdir(exist_ok=True)
    with ON_ITS_OWN.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return environment.prepare(wanted, lambda said: None, folder=ON_ITS_OWN)


def problems(entry: Entry, matrix: str, python: Path, folder: Path, core: int) -> list[str]:
    """What an application on one server does against the rules."""
    folder.mkdir()
    database_file, trace = folder / "world.sqlite", folder / "trace"
    database.prepare(database_file, seed=1)
    port = free_port()
    command = servers.command(entry, matrix, str(python), port)
    variables = servers.environment(entry, database_file, trace)
    log = folder / "log"
    with serving(command, variables, port=port, core=core, log=log, first_path="/json") as server:
        return conformance.problems(entry, server.base_url, database_file, trace)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_an_application_conforms_on_each_of_its_servers(
    entry: Entry, installed: Installed, tmp_path: Path
) -> None:
    cores = sorted(os.sched_getaffinity(0))
    if reason := installed.left_out.get(entry.id):
        # A current release that no Python of this machine can have: the run says so, too.
        assert "No matching distribution" in reason or "requires a different" in reason
        return

    with ThreadPoolExecutor() as pool:
        running = {
            matrix: pool.submit(
                problems,
                *(entry, matrix, installed.python, tmp_path / matrix),
                cores[place % len(cores)],
            )
            for place, matrix in enumerate(servers.matrices_of(entry))
        }

        assert {matrix: found.result() for matrix, found in running.items()} == {
            matrix: [] for matrix in running
        }


def test_the_baseline_runs_with_any_python_that_is_new_enough(installed: Installed) -> None:
    assert not {"bare-asgi", "bare-wsgi"} & set(installed.left_out)


def test_commands_for_people_name_no_place_of_this_machine() -> None:
    shown = [
        servers.shown_command(entry, matrix)
        for entry in ENTRIES
        for matrix in servers.matrices_of(entry)
    ]

    assert all(line.startswith("python -m ") and "/" not in line for line in shown)


def test_no_entry_runs_on_a_server_it_has_no_interface_for() -> None:
    tornado = next(entry for entry in ENTRIES if entry.id == "tornado")

    assert servers.matrices_of(tornado) == ("documented-server",)
    with pytest.raises(ValueError, match="tornado does not take part"):
        servers.command(tornado, "same-server", "python", 8000)


def test_everybody_serves_the_same_tests_but_the_two_on_django() -> None:
    smaller = {entry.id for entry in ENTRIES if entry.cells != EVERYTHING}

    assert smaller == {"django-drf", "django-ninja"}
    assert {scenario.id for scenario in SCENARIOS} == {scenario for scenario, _ in EVERYTHING}


def test_everything_an_entry_needs_is_pinned() -> None:
    pins = (ROOT / "requirements-bench.txt").read_text(encoding="utf-8").lower()

    missing = {
        package
        for entry in ENTRIES
        for package in (*entry.packages, *real_setup().servers)
        if f"\n{package}==" not in pins
    }

    assert missing == set()
