"""Several files replaced: killed at any moment, each of them is the old one or the new one."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from framework_picker.refresh.errors import RefreshError
from framework_picker.refresh.writing import replace_files, sweep
from tests.catalog.folders import DATA

NAMES = ("a.yaml", "frameworks/b.yaml", "frameworks/c.yaml", "new.md")

KILLED = """
import os, signal, sys
from pathlib import Path
from framework_picker.refresh import writing

folder, steps = Path(sys.argv[1]), int(sys.argv[2])
names = {names!r}
calls = 0

def stops_here(function):
    def step(*arguments, **options):
        global calls
        calls += 1
        if calls == steps:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **options)
    return step

# Before a file is written, before its bytes are made to last, before it takes its place.
Path.open = stops_here(Path.open)
os.fsync = stops_here(os.fsync)
Path.replace = stops_here(Path.replace)
before = {{
    name: (folder / name).read_bytes() if (folder / name).exists() else None for name in names
}}
writing.replace_files(folder, {{name: b"new " * 20000 for name in names}}, before)
print("finished")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three files, one in a folder of its own."""
    (tmp_path / "frameworks").mkdir()
    for name in NAMES[:-1]:
        (tmp_path / name).write_bytes(b"old")
    return tmp_path


def before(folder: Path) -> dict[str, bytes | None]:
    """What the files hold."""
    return {
        name: (folder / name).read_bytes() if (folder / name).exists() else None for name in NAMES
    }


def test_all_files_are_replaced_and_nothing_is_left_behind(folder: Path) -> None:
    new = {name: f"new {name}".encode() for name in NAMES}

    assert replace_files(folder, new, before(folder)) == NAMES
    assert before(folder) == new
    assert {path.name for path in folder.rglob("*") if path.is_file()} == {
        Path(name).name for name in NAMES
    }


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal on this system")
def test_killed_at_any_step_every_file_is_old_or_new(tmp_path: Path) -> None:
    states: set[int] = set()
    step = 0
    while True:
        step += 1
        folder = tmp_path / str(step)
        (folder / "frameworks").mkdir(parents=True)
        for name in NAMES[:-1]:
            (folder / name).write_bytes(b"old")
        finished = subprocess.run(
            [sys.executable, "-c", KILLED.format(names=NAMES), str(folder), str(step)],
            cwd=DATA.parent,
            capture_output=True,
            text=True,
            check=False,
        )
        found = before(folder)
        for name in NAMES[:-1]:
            assert found[name] in (b"old", b"new " * 20000), f"step {step}: {name}"
        assert found["new.md"] in (None, b"new " * 20000)
        states.add(sum(content == b"new " * 20000 for content in found.values()))
        if "finished" in finished.stdout:
            break
        assert finished.returncode == -signal.SIGKILL, finished.stderr
    assert step > 12  # four files opened, four made to last, four put in place
    assert states == {0, 1, 2, 3, 4}


def test_a_file_that_somebody_changed_meanwhile_stops_everything(folder: Path) -> None:
    known = before(folder)
    (folder / "frameworks/c.yaml").write_bytes(b"by hand")

    with pytest.raises(RefreshError, match=r"frameworks/c\.yaml was changed while"):
        replace_files(folder, dict.fromkeys(NAMES, b"new"), known)
    assert before(folder) == known | {"frameworks/c.yaml": b"by hand"}
    assert list(folder.rglob(".*")) == []


def test_a_file_that_appeared_meanwhile_stops_everything(folder: Path) -> None:
    known = before(folder)
    (folder / "new.md").write_bytes(b"by hand")

    with pytest.raises(RefreshError, match=r"new\.md was changed"):
        replace_files(folder, dict.fromkeys(NAMES, b"new"), known)
    assert (folder / "a.yaml").read_bytes() == b"old"


def test_a_full_disk_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = before(folder)
    synced = os.fsync
    calls = 0

    def full(handle: int) -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise OSError(28, "No space left on device")
        synced(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RefreshError, match="cannot be written: No space left on device"):
        replace_files(folder, dict.fromkeys(NAMES, b"new"), known)
    assert before(folder) == known
    assert list(folder.rglob(".*")) == []


def test_a_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(RefreshError, match="cannot be written"):
        replace_files(tmp_path / "nowhere", {"a.yaml": b"x"}, {"a.yaml": None})


def test_permissions_stay(folder: Path) -> None:
    (folder / "a.yaml").chmod(0o640)
    replace_files(folder, {"a.yaml": b"new"}, {"a.yaml": b"old"})

    assert stat.S_IMODE((folder / "a.yaml").stat().st_mode) == 0o640


def test_what_a_killed_refresh_left_behind_is_swept_up_later(folder: Path) -> None:
    left = [folder / ".a.yaml.123.refresh", folder / "frameworks" / ".b.yaml.123.refresh"]
    fresh = folder / ".c.yaml.456.refresh"
    for path in (*left, fresh):
        path.write_bytes(b"half")
    an_hour_ago = time.time() - 3600
    for path in left:
        os.utime(path, (an_hour_ago, an_hour_ago))
    sweep(folder)

    assert not any(path.exists() for path in left)
    assert fresh.exists()  # somebody may be at work
    assert (folder / "a.yaml").exists()
