"""The frameworks that take part: pinned, known to the catalog, and treated alike."""

import re
from pathlib import Path

import pytest

from benchmarks.ui.entries import APPS, ENTRIES, LEFT_OUT, Entry
from benchmarks.ui.environments import PINS, variables

ROOT = Path(__file__).resolve().parents[2]
FRAMEWORKS = {path.stem for path in (ROOT / "data" / "frameworks").glob("*.yaml")}
PINNED = dict(
    line.split("==")
    for line in PINS.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
)


def by_name(entry: Entry) -> str:
    """How an entry is called in a test's name."""
    return entry.id


def test_the_frameworks_of_the_issue_take_part() -> None:
    ids = [entry.id for entry in ENTRIES]

    assert {"reflex", "streamlit", "dash", "nicegui", "gradio", "panel"} <= set(ids)
    assert len(ids) == len(set(ids))
    assert not set(ids) & {name for name, _ in LEFT_OUT}


@pytest.mark.parametrize("entry", ENTRIES, ids=by_name)
def test_an_entry_is_pinned_known_and_says_how_it_is_served(entry: Entry) -> None:
    assert entry.framework in FRAMEWORKS
    assert (APPS / f"{entry.id}_app.py").is_file()
    assert not set(entry.packages) - set(PINNED)
    assert "PORT" in entry.command_for_people
    assert str(ROOT) not in entry.command_for_people
    assert "{" not in entry.command_for_people


@pytest.mark.parametrize(("name", "why"), LEFT_OUT)
def test_who_is_left_out_is_known_and_has_a_reason(name: str, why: str) -> None:
    assert name in FRAMEWORKS
    assert why.endswith(".")


def test_a_command_names_the_port_and_the_programs_of_its_own_environment(tmp_path: Path) -> None:
    for entry in ENTRIES:
        program, *rest = entry.command(tmp_path, 4711)

        assert Path(program).parent == tmp_path
        assert any("4711" in word for word in rest)
        assert variables(entry, tmp_path)["PATH"].startswith(str(tmp_path))


def test_every_version_is_exact() -> None:
    for name, version in PINNED.items():
        assert re.fullmatch(r"[a-z0-9.-]+", name)
        assert re.fullmatch(r"[\w.]+", version), name
