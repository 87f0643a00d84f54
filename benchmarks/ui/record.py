"""The run file of the UI frameworks, from the journal alone, and as a table."""

import gzip
import hashlib
import json
import statistics
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.journal import Journal
from benchmarks.places import without_places
from benchmarks.problems import BenchmarkError
from benchmarks.record import as_text, replace
from benchmarks.ui.entries import ENTRIES, LEFT_OUT

FEWEST_ROUNDS = 5
SAMPLE_FIELDS = (
    *("framework", "round", "valid", "why_rejected", "changes", "p50_ms", "p95_ms"),
    *("first_visit_bytes", "usable_ms", "idle_memory_mb", "memory_per_page_mb"),
)
NOTE = (
    "The same small app in each framework: five sliders, a weighted sum over ten items, a Plotly"
    " bar chart and a table. A change is one arrow key on one slider; its time ends in the first"
    " frame after chart and table both show the new numbers. The server has one processor core,"
    " the browser another. Bytes are what one visit with an empty cache receives until 2 s after"
    " the numbers stand, as each framework's own server sends it, websocket messages counted"
    " unpacked. Usable is when the first key press of a fresh visit was answered. Memory is that"
    " of the server's processes without a page, and per page the growth with five more pages."
)


def run_file(journal: Journal) -> dict[str, Any]:
    """Everything the app reads.

    Raises:
        BenchmarkError: the journal has no beginning.
    """
    sessions = list(journal.of("session"))
    if not sessions:
        raise BenchmarkError(f"{journal.path.name} has no beginning.")
    last = sessions[-1]
    samples = [{name: event[name] for name in SAMPLE_FIELDS} for event in journal.of("visit")]
    measured = {sample["framework"] for sample in samples}
    good = _good_rounds(samples)
    fewest = min((good.get(name, 0) for name in measured), default=0)
    return {
        "schema_version": 1,
        "kind": "ui",
        "run": last["run"],
        "as_of": journal.events[-1]["at"][:10],
        "started": sessions[0]["at"],
        "ended": journal.events[-1]["at"],
        "is_preliminary": fewest < FEWEST_ROUNDS,
        "machine": last["machine"],
        "machine_facts": last["machine_facts"],
        "python": last["python"],
        "command": sessions[0]["command"],
        "seed": last["seed"],
        "harness_commit": last["harness_commit"],
        "lock_sha256": last["lock_sha256"],
        "generator": last["generator"],
        "rounds": max((sample["round"] for sample in samples), default=0),
        "note": f"{'Preliminary. ' if fewest < FEWEST_ROUNDS else ''}{NOTE}",
        "versions": last["versions"],
        "raw_sha256": "",
        "entries": [
            {
                "id": entry.id,
                "framework": entry.framework,
                "label": entry.label,
                "command": entry.command_for_people,
                "note": entry.note,
            }
            for entry in ENTRIES
            if entry.id in measured
        ],
        "left_out": _left_out(journal, measured),
        "ui_samples": samples,
    }


def write(journal: Journal, folder: Path) -> Path:
    """Write the run file and, beside it, everything that was noted; the run file's path.

    Raises:
        BenchmarkError: they cannot be written; what was there before is still there.
    """
    run = run_file(journal)
    lines = ",\n".join(json.dumps(event, ensure_ascii=False) for event in journal.events)
    # Without a time inside, the same journal gives the same bytes.
    raw = gzip.compress(without_places(f"[{lines}]\n").encode(), mtime=0)
    run["raw_sha256"] = hashlib.sha256(raw).hexdigest()
    path = folder / f"{run['run']}.json"
    replace(folder / f"{run['run']}.raw.json.gz", raw)
    replace(path, without_places(as_text(run)).encode())
    return path


def ui_table(run: Mapping[str, Any]) -> str:
    """A run for the terminal: medians over the good rounds, fastest first, in brackets the range.

    Raises:
        BenchmarkError: a field is missing or wrong.
    """
    try:
        return _table(run)
    except (KeyError, TypeError, ValueError) as error:
        raise BenchmarkError(f"This run file lacks something or has it wrong: {error}.") from error


COLUMNS: tuple[tuple[str, str, Callable[[float], str]], ...] = (
    ("p50 ms", "p50_ms", lambda value: f"{value:.0f}"),
    ("p95 ms", "p95_ms", lambda value: f"{value:.0f}"),
    ("usable s", "usable_ms", lambda value: f"{value / 1000:.2f}"),
    ("visit MB", "first_visit_bytes", lambda value: f"{value / 1e6:.2f}"),
    ("idle MB", "idle_memory_mb", lambda value: f"{value:.0f}"),
    ("page MB", "memory_per_page_mb", lambda value: f"{value:.1f}"),
)


def _table(run: Mapping[str, Any]) -> str:
    names = {entry["id"]: entry["label"] for entry in run["entries"]}
    good: dict[str, list[Mapping[str, Any]]] = {name: [] for name in names}
    rejected = dict.fromkeys(names, 0)
    for sample in run["ui_samples"]:
        if sample["valid"]:
            good[sample["framework"]].append(sample)
        else:
            rejected[sample["framework"]] += 1
    lines = [
        f"{run['run']} · {run['as_of']} · {run['machine']} · Python {run['python']}",
        run["note"],
        "",
        f"{'':<18}" + "".join(f"{title:>22}" for title, _, _ in COLUMNS) + f"{'n':>4}{'rej.':>6}",
    ]

    def median(name: str, column: str) -> float:
        return statistics.median(float(sample[column]) for sample in good[name])

    measured = [name for name in names if good[name]]
    for name in sorted(measured, key=lambda name: median(name, "p50_ms")):
        cells = ""
        for _, column, shown in COLUMNS:
            found = [float(sample[column]) for sample in good[name]]
            middle = shown(median(name, column))
            cells += f"{f'{middle} ({shown(min(found))}..{shown(max(found))})':>22}"
        lines.append(f"{names[name]:<18}{cells}{len(good[name]):>4}{rejected[name]:>6}")
    lines += [f"{names[name]:<18}  no good sample" for name in names if not good[name]]
    lines += [f"left out: {left['entry']}: {left['reason']}" for left in run["left_out"]]
    return "\n".join(lines)


def _good_rounds(samples: list[dict[str, Any]]) -> dict[str, int]:
    rounds: dict[str, set[int]] = {}
    for sample in samples:
        if sample["valid"]:
            rounds.setdefault(sample["framework"], set()).add(sample["round"])
    return {name: len(found) for name, found in rounds.items()}


def _left_out(journal: Journal, measured: set[str]) -> list[dict[str, str]]:
    """Who was not measured, and why; the last word on each counts."""
    last = list(journal.of("session"))[-1]
    reasons = dict(LEFT_OUT)
    reasons |= {name: f"Not installed: {why}" for name, why in last["not_installed"].items()}
    for event in journal.of("visit-failed"):
        reasons[event["framework"]] = event["why"]
    frameworks = {entry.id: entry.framework for entry in ENTRIES}
    return [
        {"entry": name, "framework": frameworks.get(name, name), "reason": without_places(why)}
        for name, why in sorted(reasons.items())
        if name not in measured
    ]
