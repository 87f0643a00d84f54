"""The journal: whole lines only, whatever happens in between."""

import resource
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import record
from benchmarks.journal import Journal
from benchmarks.problems import BenchmarkError


def test_what_was_added_is_read_again_in_order(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "sub" / "run.jsonl")
    journal.add("sample", number=1, text="größer")
    journal.add("start", number=2)
    journal.add("sample", number=3)

    again = Journal(tmp_path / "sub" / "run.jsonl")

    assert again.events == journal.events
    assert [event["number"] for event in again.of("sample")] == [1, 3]


def test_a_line_that_a_kill_cut_off_is_removed_and_the_next_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    Journal(path).add("sample", number=1)
    with path.open("ab") as file:
        file.write(b'{"event": "sample", "numb')

    Journal(path).add("sample", number=2)

    assert [event["number"] for event in Journal(path).of("sample")] == [1, 2]


@pytest.mark.parametrize("line", [b"no json\n", b"[1, 2]\n", b'{"number": 1}\n', b"\xff\n"])
def test_a_damaged_journal_is_refused_by_name(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "run.jsonl"
    path.write_bytes(line)

    with pytest.raises(BenchmarkError, match=r"run\.jsonl is damaged"):
        Journal(path)


def test_a_journal_that_is_a_folder_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "run.jsonl").mkdir()

    with pytest.raises(BenchmarkError, match=r"run\.jsonl cannot be opened"):
        Journal(tmp_path / "run.jsonl")


@pytest.fixture
def small_disk() -> Iterator[None]:
    """No file can grow over 4 kB, as if the disk were full then."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.usefixtures("small_disk")
def test_a_full_disk_loses_only_the_event_that_did_not_fit(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    journal = Journal(path)
    journal.add("sample", text="x" * 2000)

    with pytest.raises(BenchmarkError, match=r"cannot be written.*--resume"):
        journal.add("sample", text="y" * 4000)

    assert path.read_bytes().endswith(b"\n")
    assert len(Journal(path).events) == len(journal.events) == 1


@pytest.mark.usefixtures("small_disk")
def test_a_full_disk_leaves_the_old_run_file_and_no_half_one(tmp_path: Path) -> None:
    path = tmp_path / "a-run.json"
    path.write_text("old")

    with pytest.raises(BenchmarkError, match=r"a-run\.json cannot be written"):
        record.replace(path, b"x" * 10_000)

    assert path.read_text() == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["a-run.json"]
