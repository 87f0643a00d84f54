"""The benchmark runs that come with the app, and files that were cut off or tampered with."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from framework_picker.catalog.loader import check_folder, load_data
from framework_picker.domain.benchmarks import cells, speed_lines
from tests.catalog.folders import DATA, data_copy
from tests.catalog.test_checks import http_run

pytestmark = pytest.mark.slow


def with_run(tmp_path: Path, text: str) -> Path:
    """A copy of the data with one more run, as this text."""
    folder = data_copy(tmp_path)
    (folder / "benchmarks").mkdir(exist_ok=True)
    (folder / "benchmarks" / "first.json").write_text(text, encoding="utf-8")
    return folder


def test_what_the_tools_printed_is_the_file_that_a_run_names() -> None:
    for run in load_data(DATA).runs:
        if run.raw_sha256:
            raw = (DATA / "benchmarks" / f"{run.name}.raw.json.gz").read_bytes()
            assert hashlib.sha256(raw).hexdigest() == run.raw_sha256, run.name


def test_every_cell_of_a_run_can_be_read_against_its_bare_server() -> None:
    for run in load_data(DATA).runs:
        for cell in cells(run):
            lines = speed_lines(run, cell)
            bare = [line for line in lines if line.entry.id == run.baseline]
            if bare:
                assert bare[0].interval.median == pytest.approx(1, abs=0.05), (run.name, cell)


def test_a_raw_file_beside_a_run_is_no_fault_and_changes_no_version(tmp_path: Path) -> None:
    folder = with_run(tmp_path, json.dumps(http_run()))
    before = load_data(folder).catalog.data_version
    (folder / "benchmarks" / "first.raw.json.gz").write_bytes(b"\x1f\x8b, not read")

    assert load_data(folder).catalog.data_version == before


def test_a_run_changes_the_version_of_the_data(tmp_path: Path) -> None:
    folder = with_run(tmp_path, json.dumps(http_run()))

    assert load_data(folder).catalog.data_version != load_data(DATA).catalog.data_version


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_run_that_was_cut_off_is_refused_by_name(tmp_path: Path, share: float) -> None:
    text = json.dumps(http_run())

    [problem] = check_folder(with_run(tmp_path, text[: int(len(text) * share)])).problems

    assert problem.file == "data/benchmarks/first.json"
    assert problem.expected == "valid JSON"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"requests_per_second": 1000.0', '"requests_per_second": NaN'),
        ('"requests_per_second": 1000.0', '"requests_per_second": Infinity'),
        ('"requests_per_second": 1000.0', '"requests_per_second": 1e999'),
        ('"schema_version": 1', '"schema_version": 1, "schema_version": 1'),
        ('"kind": "http"', '"kind": ["http"]'),
        ('"samples": [', '"samples": ' + "[" * 200_000),
    ],
)
def test_what_json_allows_and_nobody_measures_is_refused(
    tmp_path: Path, old: str, new: str
) -> None:
    text = json.dumps(http_run())
    assert old in text

    found = check_folder(with_run(tmp_path, text.replace(old, new)))

    assert {problem.file for problem in found.problems} == {"data/benchmarks/first.json"}


def test_a_run_of_absurd_size_is_refused_before_it_is_read(tmp_path: Path) -> None:
    [problem] = check_folder(with_run(tmp_path, " " * 16_000_001)).problems

    assert str(problem) == (
        "data/benchmarks/first.json: expected at most 16,000,000 bytes, got 16,000,001"
    )
