"""What `run.py` and `make` offer: serve, dev, test, check, lint, format, and the measurements."""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from house.browser import OWN_CHOICE, ensure_browser
from house.installation import FOR_TESTS, FOR_THE_APP, install, variables
from house.places import LOGS, ROOT
from house.problems import SetupError
from house.progress import Steps
from house.server import AppServer, check_port, free_port, only_one_server, port_number

DEFAULT_PORT = "3000"
EVERY_ADDRESS = "0.0.0.0"
SHARED = ("-n", "auto", "--maxprocesses", "4")
"""As many processes for the tests as there are processors; `-n 0` after it means one."""


def main(arguments: Sequence[str]) -> int:
    """Carry out one command; the exit status for the shell."""
    parser = argparse.ArgumentParser(
        prog="run.py", description="Runs, tests and checks Framework Picker."
    )
    parser.set_defaults(command="serve", rest=[])
    commands = parser.add_subparsers()
    for name, function in COMMANDS.items():
        first_line = str(function.__doc__).splitlines()[0]
        command = commands.add_parser(name, help=first_line, description=first_line)
        command.set_defaults(command=name)
        if name in TAKES_MORE:
            command.add_argument("rest", nargs=argparse.REMAINDER, help="passed on as it is")
    chosen = parser.parse_args(arguments)
    try:
        return COMMANDS[chosen.command](Steps(), list(chosen.rest))
    except SetupError as error:
        sys.stdout.flush()
        sys.stderr.write(f"\n{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped.\n")
        return 130


def serve(steps: Steps, rest: list[str]) -> int:
    """Install, build and serve the app (PORT=3000, HOST=0.0.0.0)."""
    port = port_number(os.environ.get("PORT") or DEFAULT_PORT)
    host = os.environ.get("HOST") or EVERY_ADDRESS
    signal.signal(signal.SIGTERM, _end)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, _end)
    server = AppServer(ROOT, Path(), port, host, LOGS / "serve.log", steps)
    with only_one_server(ROOT, server.url):
        check_port(port)
        server.python = install(ROOT, FOR_THE_APP, steps)
        _check_data(server.python, steps)
        server.start()
        try:
            steps.say(f"\nFramework Picker is ready: {server.url}\n(Ctrl-C stops it.)")
            for line in server.new_log_lines():
                steps.say(line.rstrip())
        except KeyboardInterrupt:
            steps.say("\nStopping ...")
            return 0
        finally:
            server.stop()
    raise SetupError(f"The server ended by itself. Its log is in {server.log}")


def dev(steps: Steps, rest: list[str]) -> int:
    """Serve the app with hot reload, on ports 3000 and 8000."""
    python = install(ROOT, FOR_TESTS, steps)
    return _run(python, "-m", "reflex", "run", *rest)


def test(steps: Steps, rest: list[str]) -> int:
    """Install what the tests need and run them; arguments go to pytest."""
    python = install(ROOT, FOR_TESTS, steps)
    browser = ensure_browser(python, steps)
    steps.say(f"Browser for the tests: {browser}")
    return _run(python, "-m", "pytest", *SHARED, *rest, **{OWN_CHOICE: str(browser)})


def check(steps: Steps, rest: list[str]) -> int:
    """Format, lint, types, and the tests that take moments and need no browser."""
    python = install(ROOT, FOR_TESTS, steps)
    quick = ("-q", "-m", "not browser and not slow", *SHARED)
    return lint(steps, []) or _run(python, "-m", "pytest", *quick, *rest)


def lint(steps: Steps, rest: list[str]) -> int:
    """Format, lint and types only."""
    python = install(ROOT, FOR_TESTS, steps)
    checks = (
        ("-m", "ruff", "format", "--check", "."),
        ("-m", "ruff", "check", "."),
        ("-m", "mypy"),
    )
    return max(_run(python, *check) for check in checks)


def format_code(steps: Steps, rest: list[str]) -> int:
    """Rewrite the code in the project's format."""
    python = install(ROOT, FOR_TESTS, steps)
    return _run(python, "-m", "ruff", "format", ".") or _run(
        python, "-m", "ruff", "check", "--fix", "."
    )


def bench(steps: Steps, rest: list[str]) -> int:
    """Measure web frameworks (arguments go to python -m benchmarks run)."""
    # Brings its own environment, so that what is measured never depends on the app's packages.
    return subprocess.call([sys.executable, "-m", "benchmarks", "run", *rest], cwd=ROOT)


def bench_app(steps: Steps, rest: list[str]) -> int:
    """Measure the built app: click to repainted ranking, first visit, Lighthouse (ADDRESS=...)."""
    python = install(ROOT, FOR_TESTS, steps)
    browser = {OWN_CHOICE: str(ensure_browser(python, steps))}
    if address := os.environ.get("ADDRESS"):
        return _measure_app(python, address, browser)
    signal.signal(signal.SIGTERM, _end)
    # The port that `make run` uses, if it is free: a build belongs to its port.
    port = free_port(int(DEFAULT_PORT))
    server = AppServer(ROOT, python, port, "127.0.0.1", LOGS / "bench.log", steps)
    with only_one_server(ROOT, server.url):
        server.start()
        try:
            return _measure_app(python, server.url, browser)
        finally:
            server.stop()


def bench_engine(steps: Steps, rest: list[str]) -> int:
    """Measure the decision engine, without a server (arguments go to bench/engine.py)."""
    return _run(install(ROOT, FOR_TESTS, steps), "bench/engine.py", *rest)


COMMANDS = {
    "serve": serve,
    "dev": dev,
    "test": test,
    "check": check,
    "lint": lint,
    "format": format_code,
    "bench": bench,
    "bench-app": bench_app,
    "bench-engine": bench_engine,
}
TAKES_MORE = ("dev", "test", "check", "bench", "bench-engine")


def _run(python: Path, *arguments: str, **more_variables: str) -> int:
    """Run a program of the environment in the foreground; its exit status."""
    environment = variables(python.parent.parent) | more_variables
    return subprocess.call([str(python), *arguments], cwd=ROOT, env=environment)


def _measure_app(python: Path, address: str, browser: dict[str, str]) -> int:
    """Print every measurement of the app at this address; the worst exit status."""
    return max(
        _run(python, f"bench/{program}.py", "--address", f"{address.rstrip('/')}/", **browser)
        for program in ("click_to_paint", "lighthouse")
    )


def _check_data(python: Path, steps: Steps) -> None:
    """Nothing, if the data files are sound; the app would refuse to start with the same report.

    Raises:
        SetupError: the report.
    """
    steps.begin("Checking the data files")
    report = subprocess.run(
        [python, "-m", "framework_picker", "data", "check"],
        cwd=ROOT,
        env=variables(python.parent.parent),
        capture_output=True,
        text=True,
        check=False,
    )
    if report.returncode != 0:
        steps.give_up()
        raise SetupError(f"{report.stdout}{report.stderr}".strip())
    steps.end()


def _end(signal_number: int, frame: FrameType | None) -> None:
    """A polite request to end ends this program the way Ctrl-C does."""
    raise KeyboardInterrupt
