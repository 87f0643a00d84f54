"""``evaluate``: the page's numbers on the command line."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from framework_picker import cli
from framework_picker.catalog.current import get_catalog, get_value_table
from framework_picker.catalog.engine import get_engine
from framework_picker.domain.replay import replay

pytestmark = pytest.mark.slow

ANSWERS = {"use": "api", "admin": "must", "async": "decisive"}


def written(tmp_path: Path, content: object) -> str:
    """The name of a file with this content."""
    file = tmp_path / "answers.json"
    if isinstance(content, bytes):
        file.write_bytes(content)
    else:
        file.write_text(json.dumps(content), encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("content", [{"answers": ANSWERS}, ANSWERS])
def test_the_ranking_is_printed_with_what_it_rests_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: object
) -> None:
    assert cli.main(["evaluate", written(tmp_path, content)]) == 0

    printed = capsys.readouterr().out
    found = replay(get_catalog(), get_value_table(), get_engine(), ANSWERS)
    assert printed.startswith(f"{found['sentence']}\n")
    assert "   1  " in printed
    assert "Ruled out:" in printed
    assert "What would change the first place:" in printed
    assert f"version {get_catalog().data_version}; method" in printed


def test_json_is_the_document_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["evaluate", "--json", written(tmp_path, ANSWERS)]) == 0

    printed = json.loads(capsys.readouterr().out)
    assert printed == replay(get_catalog(), get_value_table(), get_engine(), ANSWERS)


def test_a_dash_stands_for_the_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"use": "api"}')))

    assert cli.main(["evaluate", "-", "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["answers"] == {"use": "api"}


def test_nobody_left_is_a_result_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    must = {
        question.id: "must"
        for question in get_catalog().questions.values()
        if any(option.id == "must" for option in question.options)
    }
    for use in ("data-app", "api", "site"):
        assert cli.main(["evaluate", written(tmp_path, {**must, "use": use})]) == 0
        printed = capsys.readouterr().out
        if "What would bring somebody back:" in printed:
            return
    pytest.fail("no set of must-haves rules out everybody")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"use": NaN}',
        b'{"use": "api", "use": "site"}',
        b'"use"',
        b"[]",
        b"null",
        b"7",
        b'{"use": 7}',
        b'{"use": null}',
        b'{"answers": []}',
        b'{"use": "no such"}',
        b'{"\\ud800\\n\\u001b[31m": "x"}',
        b'{"use": "\\ud800"}',
        b'{"value.flask.learning": "1e400"}',
        b"9" * 100_000,
        b" " * 8_000_001,
    ],
    ids=lambda content: str(content[:20]),
)
def test_what_is_no_set_of_answers_ends_with_2_and_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    assert cli.main(["evaluate", written(tmp_path, content)]) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert "answers.json: " in printed.err
    assert "Traceback" not in printed.err
    assert "\x1b" not in printed.err


@pytest.mark.parametrize("name", ["nowhere.json", ".", "a\0b"])
def test_a_file_that_cannot_be_read_ends_with_2_and_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert cli.main(["evaluate", str(tmp_path / name)]) == 2

    assert "cannot be read" in capsys.readouterr().err


def test_bad_data_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["evaluate", written(tmp_path, {}), "--data", str(tmp_path / "nowhere")]

    assert cli.main(arguments) == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("command", ["evaluate", "check"])
def test_help_says_what_goes_in_and_what_the_exit_codes_mean(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([command, "--help"])

    assert ended.value.code == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert "- for standard input" in printed
    assert "Exit code: 0" in printed
    assert "--json" in printed
