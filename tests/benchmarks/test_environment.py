"""The environment of the entries: which Python, what is left out and why, and the second start."""

import sys
from pathlib import Path

import pytest

from benchmarks import environment
from benchmarks.environment import Interpreter, prepare, reason_of
from benchmarks.problems import BenchmarkError

pytestmark = pytest.mark.slow

OWN = Path(sys.executable)
WANTED = {"flask": ["granian", "flask"], "robyn": ["granian", "robyn"]}


class Pip:
    """Pretends to install, and refuses what a Python cannot have."""

    def __init__(self, refused: dict[str, str]) -> None:
        self.refused = refused
        self.calls: list[list[str]] = []

    def __call__(self, python: Path, arguments: list[str]) -> str:
        self.calls.append(list(arguments))
        return next((why for name, why in self.refused.items() if name in arguments), "")


def pins(tmp_path: Path, text: str = "flask==3.1.3\n") -> Path:
    path = tmp_path / "requirements-bench.txt"
    path.write_text(text)
    return path


def ready(tmp_path: Path, said: list[str], python: Path | None = OWN) -> environment.Installed:
    return prepare(
        WANTED, said.append, python, folder=tmp_path / "venv", pins=tmp_path / pins(tmp_path).name
    )


def test_a_package_that_cannot_be_had_leaves_only_its_entry_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pip = Pip({"robyn": "No matching distribution found for robyn"})
    monkeypatch.setattr(environment, "_pip", pip)
    said: list[str] = []

    installed = ready(tmp_path, said)

    assert installed.left_out == {"robyn": "No matching distribution found for robyn"}
    assert installed.python == tmp_path / "venv" / "bin" / "python"
    assert installed.python.exists()
    assert len(pip.calls) == 3, "everything at once, then entry by entry"
    assert "robyn is left out: No matching distribution found for robyn" in said


def test_a_second_start_installs_nothing_until_the_pins_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pip = Pip({"robyn": "no wheel"})
    monkeypatch.setattr(environment, "_pip", pip)
    first = ready(tmp_path, [])
    calls = len(pip.calls)

    assert ready(tmp_path, []) == first
    assert len(pip.calls) == calls

    prepare(
        WANTED,
        lambda text: None,
        OWN,
        folder=tmp_path / "venv",
        pins=pins(tmp_path, "flask==3.1.4\n"),
    )
    assert len(pip.calls) > calls


def test_an_installation_that_was_interrupted_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(python: Path, arguments: list[str]) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(environment, "_pip", stop)
    with pytest.raises(KeyboardInterrupt):
        ready(tmp_path, [])

    pip = Pip({})
    monkeypatch.setattr(environment, "_pip", pip)
    assert ready(tmp_path, []).left_out == {}
    assert pip.calls


def test_nothing_at_all_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "_pip", Pip({"granian": "no network"}))

    with pytest.raises(BenchmarkError, match="Nothing can be installed: no network"):
        ready(tmp_path, [])


@pytest.mark.parametrize(
    ("supported", "expected"),
    [({13: 2, 12: 2}, 13), ({13: 1, 12: 2}, 12), ({13: 1, 12: 1}, 13)],
    ids=["the newest that all support", "an older one that more support", "the newest of equals"],
)
def test_the_newest_python_that_most_entries_support_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, supported: dict[int, int], expected: int
) -> None:
    found = [Interpreter(Path(f"python3.{minor}"), (3, minor, 0)) for minor in (13, 12)]
    monkeypatch.setattr(environment, "interpreters", lambda: found)

    def refused(python: Path, wanted: object, pins: Path) -> dict[str, str]:
        count = 2 - supported[int(python.name.removeprefix("python3."))]
        return dict(list({"robyn": "no", "flask": "no"}.items())[:count])

    monkeypatch.setattr(environment, "_refused", refused)

    best = environment.best_interpreter(WANTED, pins(tmp_path), lambda text: None)

    assert best.version == (3, expected, 0)


def test_this_python_is_found_among_the_installed_ones() -> None:
    found = environment.interpreters()

    assert [one.version for one in found] == sorted((one.version for one in found), reverse=True)
    assert any(one.version[:2] == sys.version_info[:2] for one in found)


@pytest.mark.parametrize("name", ["/nowhere/python", "/bin/true"])
def test_a_python_that_does_not_start_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BenchmarkError, match=r"--python needs a Python 3\.11 or newer"):
        ready(tmp_path, [], Path(name))


def test_missing_pins_are_named(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match=r"requirements-bench\.txt is missing"):
        prepare(WANTED, lambda text: None, pins=tmp_path / "requirements-bench.txt")


@pytest.mark.parametrize(
    ("errors", "reason"),
    [
        (
            "ERROR: Could not find a version that satisfies the requirement robyn==9 (from x)\n"
            "ERROR: No matching distribution found for robyn==9\n",
            "No matching distribution found for robyn==9",
        ),
        (
            "ERROR: Package 'quart' requires a different Python: 3.8.1 not in '>=3.9'\n",
            "requires a different Python: 3.8.1 not in '>=3.9'",
        ),
        ("", "pip gave no reason"),
        ("ERROR: failed at https://example.org/x\n", "failed at "),
    ],
)
def test_pips_complaint_in_one_line_without_addresses(errors: str, reason: str) -> None:
    assert reason_of(errors) == reason
