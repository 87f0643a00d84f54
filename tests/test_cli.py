"""The command line: what it prints, and with which exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from framework_picker import cli
from tests.catalog.folders import DATA, data_copy

pytestmark = pytest.mark.slow


def broken_copy(tmp_path: Path) -> Path:
    """A copy of the data with two faults."""
    folder = data_copy(tmp_path)
    (folder / "presets.yaml").write_text("- {id: x, name: X, summary: x}", encoding="utf-8")
    flask = folder / "frameworks" / "flask.yaml"
    text = flask.read_text(encoding="utf-8")
    flask.write_text(text.replace("slug: flask\n", "slug: flasque\n"), encoding="utf-8")
    return folder


def test_good_data_ends_with_0_and_says_what_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["data", "check", "--data", str(DATA)]) == 0

    printed = capsys.readouterr()
    assert printed.out.startswith("The data is good: 29 frameworks, ")
    assert "As of 2026-11-20, version " in printed.out
    assert printed.err == ""


def test_without_a_folder_the_data_of_the_project_is_checked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["data", "check"]) == 0

    assert "29 frameworks" in capsys.readouterr().out


def test_bad_data_ends_with_2_and_every_problem(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["data", "check", "--data", str(broken_copy(tmp_path))]) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    lines = printed.err.splitlines()
    assert lines[0].endswith(" problems in the data:")
    assert '  data/frameworks/flask.yaml: slug: expected flask, as the file, got "flasque"' in lines
    assert "  data/presets.yaml: presets[x]: expected answers or a use_case, got neither" in lines


def test_json_holds_the_same_for_programs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["data", "check", "--json"]) == 0
    good = json.loads(capsys.readouterr().out)
    assert cli.main(["data", "check", "--json", "--data", str(broken_copy(tmp_path))]) == 2
    bad = json.loads(capsys.readouterr().out)

    assert good["ok"]
    assert good["as_of"] == "2026-11-20"
    assert len(good["data_version"]) == 8
    assert good["problems"] == []
    assert not bad["ok"]
    assert bad["data_version"] is None
    assert {
        "file": "data/presets.yaml",
        "field": "presets[x]",
        "expected": "answers or a use_case",
        "found": "neither",
    } in bad["problems"]


def test_a_folder_that_is_not_there_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["data", "check", "--data", str(tmp_path / "nowhere")]) == 2

    assert "nowhere: expected a folder with the data files, got none" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["data"], ["data", "burn"], ["data", "check", "--fast"]])
def test_a_wrong_command_ends_with_2_and_the_usage(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)

    assert caught.value.code == 2
    assert "usage: python -m framework_picker" in capsys.readouterr().err


def test_help_explains_options_and_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["data", "check", "--help"])

    assert caught.value.code == 0
    printed = capsys.readouterr().out
    assert "--data FOLDER" in printed
    assert "--json" in printed
    assert "Exit code: 0 the data is good, 2 it is not." in printed


def test_the_module_runs_from_the_shell_without_a_traceback(tmp_path: Path) -> None:
    finished = subprocess.run(
        [sys.executable, "-m", "framework_picker", "data", "check", "--data", str(tmp_path)],
        cwd=DATA.parent,
        capture_output=True,
        text=True,
        check=False,
    )

    assert finished.returncode == 2
    assert "problems in the data:" in finished.stderr
    assert "Traceback" not in finished.stderr
