"""The table in the terminal, and run files that cannot be shown."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import cli, record, show
from benchmarks.problems import BenchmarkError


def sample(entry: str, number: int, value: float, **more: Any) -> dict[str, Any]:
    return {
        "framework": entry,
        "matrix": "same-server",
        "scenario": "json",
        "database": "",
        "mode": "keep-alive",
        "connections": 32,
        "round": number,
        "valid": True,
        "why_rejected": "",
        "requests_per_second": value,
        "flags": [],
        **more,
    }


def a_run() -> dict[str, Any]:
    samples = []
    for number, speed in enumerate((1.0, 0.5, 0.9, 1.0, 1.1), 1):  # the machine's mood
        samples.append(sample("bare-asgi", number, 10_000 * speed))
        samples.append(sample("flask", number, 4_000 * speed * (1 + number / 100)))
        samples.append(sample("bottle", number, 4_000 * speed * (1.06 - number / 100)))
        samples.append(sample("django", number, 2_000 * speed, flags=["not-saturated"]))
    samples.append(sample("django", 5, 99_999, valid=False, why_rejected="others used 0.4"))
    return {
        "schema_version": 1,
        "run": "a-run",
        "as_of": "2026-11-20",
        "machine": "Two shared virtual cores",
        "python": "3.13.0",
        "generator": "wrk 4.1.0",
        "sample_seconds": 1.0,
        "rounds": 5,
        "seed": 1,
        "baseline": "bare-asgi",
        "note": "",
        "scenarios": [{"id": "json", "label": "JSON"}],
        "entries": [
            {"id": name, "label": name.title()}
            for name in ("bare-asgi", "flask", "bottle", "django")
        ],
        "left_out": [{"entry": "robyn", "framework": "robyn", "reason": "no wheel"}],
        "samples": samples,
        "starts": [],
        "latencies": [],
    }


KEY = ("same-server", "json", "", "keep-alive", 32)


def test_ties_share_a_rank_and_rejected_samples_are_counted_and_not_used() -> None:
    rows = {row.entry: row for row in show.rows(a_run(), KEY)}

    assert {name: row.rank for name, row in rows.items()} == {
        "bare-asgi": 1,
        "flask": 2,
        "bottle": 2,
        "django": 4,
    }
    django = rows["django"]
    assert (django.valid, django.rejected) == (5, 1)
    assert django.high < 3_000
    assert django.median == 2_000
    assert django.microseconds == 500


def test_a_mood_of_the_machine_cancels_out_of_the_ratio() -> None:
    ratio = {row.entry: row.ratio for row in show.rows(a_run(), KEY)}["django"]

    assert ratio is not None
    assert (ratio.low, ratio.median, ratio.high) == pytest.approx((0.2, 0.2, 0.2))


def test_the_table_says_who_was_left_out_and_what_the_flags_are() -> None:
    text = "\n".join(show.lines(a_run()))

    assert "JSON · same-server · keep-alive · 32 connections" in text
    assert "  4. Django" in text
    assert "not-saturated" in text
    assert "left out: robyn: no wheel" in text


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (json.dumps(a_run())[:300], "a-run.json is cut off or damaged"),
        (json.dumps({**a_run(), "schema_version": 0}), "has format 0; this program reads format 1"),
        ("[1]", "has format None"),
        (json.dumps({"schema_version": 1}), "lacks something or has it wrong: 'run'"),
        (json.dumps({**a_run(), "samples": [{"valid": True}]}), "lacks something"),
    ],
)
def test_a_run_file_that_cannot_be_shown_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, why: str
) -> None:
    (tmp_path / "a-run.json").write_text(content)

    assert cli.main(["show", "a-run", "--out", str(tmp_path)]) == 1

    error = capsys.readouterr().err
    assert why in error
    assert error.count("\n") == 1


def test_a_run_that_is_not_there_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["show", "nothing", "--out", str(tmp_path)]) == 1
    assert "nothing.json cannot be read" in capsys.readouterr().err


def test_the_text_of_a_run_file_is_json_with_a_line_per_sample() -> None:
    run = a_run()
    text = record.as_text(run)

    assert json.loads(text) == run
    assert sum('"requests_per_second"' in line for line in text.splitlines()) == 21


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    path.write_text('{"schema_version": 7}')

    with pytest.raises(BenchmarkError, match="format 7"):
        record.read(path)
