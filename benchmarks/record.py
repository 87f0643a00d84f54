"""The run file: what the journal of a run says, in the form the app reads."""

import gzip
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from benchmarks import gate
from benchmarks.journal import Event, Journal
from benchmarks.options import Options
from benchmarks.places import without_places
from benchmarks.problems import BenchmarkError

SCHEMA_VERSION = 1
FEWEST_ROUNDS = 5
"""A run with fewer whole rounds is preliminary."""
FAILED_AFTERWARDS = "the application failed its conformance check after the timing"
ONE_PER_LINE = ("samples", "ui_samples", "starts", "latencies", "entries", "scenarios", "left_out")


def run_file(journal: Journal, baseline: str) -> dict[str, Any]:
    """Everything the app reads, from the journal alone.

    A round that is not complete counts with the samples it has.
    """
    sessions = list(journal.of("session"))
    if not sessions:
        raise BenchmarkError(f"{journal.path.name} has no beginning.")
    last = sessions[-1]
    options = Options.from_json(last["options"])
    repeated = {
        (end["round"], end["attempt"]): f"the baseline drifted by {end['drift']:.1%}"
        for end in journal.of("round-end")
        if end["repeated"]
    }
    failed = _failed_afterwards(journal)
    samples = [_sample(event, repeated, failed) for event in journal.of("sample")]
    whole_rounds = len({e["round"] for e in journal.of("round-end") if not e["repeated"]})
    moments = [event["at"] for event in journal.events if "at" in event]
    left_out = left_out_entries(journal)
    measured = {sample["framework"] for sample in samples}
    return {
        "schema_version": SCHEMA_VERSION,
        "kind": "http",
        "run": options.run,
        "as_of": moments[-1][:10],
        "started": moments[0],
        "ended": moments[-1],
        "is_preliminary": options.quick or whole_rounds < FEWEST_ROUNDS,
        "machine": last["machine"],
        "machine_facts": last["machine_facts"],
        "python": last["python"],
        "command": options.command,
        "seed": options.seed,
        "harness_commit": last["harness_commit"],
        "lock_sha256": last["lock_sha256"],
        "generator": last["generator"],
        "sample_seconds": options.sample_seconds,
        "warm_up_seconds": options.warm_up_seconds,
        "rounds": max((sample["round"] for sample in samples), default=0),
        "baseline": baseline,
        "note": _note(journal, options, whole_rounds),
        "versions": last["versions"],
        "raw_sha256": "",
        "scenarios": last["scenarios"],
        "entries": [entry for entry in last["entries"] if entry["id"] in measured],
        "left_out": left_out,
        "samples": samples,
        "starts": [
            {**_only(event, START_FIELDS), "valid": _pair(event) not in failed}
            for event in journal.of("start")
            if (event["round"], event["attempt"]) not in repeated
            # The baseline's further starts of a round measured one cell only.
            and event["role"] in ("entry", "start")
        ],
        "latencies": [
            {
                **_only(event, LATENCY_FIELDS),
                "valid": event["valid"] and _pair(event) not in failed,
            }
            for event in journal.of("latency")
        ],
    }


START_FIELDS = ("framework", "matrix", "round", "start_ms", "idle_memory_mb", "loaded_memory_mb")
LATENCY_FIELDS = (
    *("framework", "matrix", "scenario", "database", "round", "rate", "rate_kind"),
    *("p50_ms", "p90_ms", "p99_ms", "why_rejected"),
)
SAMPLE_FIELDS = (
    *("framework", "matrix", "scenario", "database", "mode", "connections", "round"),
    *("valid", "why_rejected", "requests_per_second", "server_cpu", "client_cpu"),
    *("foreign_cpu", "steal", "errors", "flags", "started"),
)


def _only(event: Event, fields: Iterable[str]) -> dict[str, Any]:
    return {field: event[field] for field in fields}


def _pair(event: Event) -> tuple[str, str]:
    return event["framework"], event["matrix"]


def _sample(
    event: Event, repeated: Mapping[tuple[int, int], str], failed: Iterable[tuple[str, str]]
) -> dict[str, Any]:
    sample = _only(event, SAMPLE_FIELDS)
    drifted = repeated.get((event["round"], event["attempt"]))
    if sample["valid"] and drifted:
        sample |= {"valid": False, "why_rejected": f"{drifted}: the round was repeated"}
    if sample["valid"] and _pair(event) in failed:
        sample |= {"valid": False, "why_rejected": FAILED_AFTERWARDS}
    return sample


def _failed_afterwards(journal: Journal) -> set[tuple[str, str]]:
    verdicts = {
        _pair(event): bool(event["problems"])
        for event in journal.of("conformance")
        if event["when"] == "after"
    }
    return {pair for pair, has_failed in verdicts.items() if has_failed}


def left_out_entries(journal: Journal) -> list[dict[str, str]]:
    """Who was not, or not everywhere, measured, and why; the last word on each counts."""
    last = list(journal.of("session"))[-1]
    names = {entry["id"]: entry["framework"] for entry in last["entries"]}
    reasons: dict[tuple[str, str], str] = {
        (name, ""): reason for name, reason in last["not_installed"].items()
    }
    checks = {(*_pair(event), event["when"]): event for event in journal.of("conformance")}
    for (name, matrix, when), event in checks.items():
        if event["problems"]:
            after = " after the timing" if when == "after" else ""
            more = len(event["problems"]) - 1
            others = f" (and {more} more)" if more else ""
            first = event["problems"][0]
            reasons[name, matrix] = f"failed the conformance check{after}: {first}{others}"
    good = {_pair(event) for event in journal.of("sample") if event["valid"]}
    for event in journal.of("visit-failed"):
        if _pair(event) not in good:
            reasons.setdefault(_pair(event), event["why"])
    return [
        {
            "entry": name,
            "framework": names.get(name, ""),
            "reason": without_places(f"{matrix}: {reason}" if matrix else reason),
        }
        for (name, matrix), reason in sorted(reasons.items())
    ]


def _note(journal: Journal, options: Options, whole_rounds: int) -> str:
    """What a reader must know: what is less than specified, what was disturbed."""
    sentences = list(options.shortened)
    if gate.FOREIGN_LIMIT > gate.SPECIFIED_FOREIGN_LIMIT:
        sentences.append(
            f"A sample counts when others used up to {gate.FOREIGN_LIMIT:.2f} of a core"
            f" ({gate.SPECIFIED_FOREIGN_LIMIT:.2f} is specified): a short sample of a machine"
            " where nothing else runs shows up to 0.08."
        )
    if whole_rounds < options.rounds:
        sentences.append(f"{whole_rounds} of {options.rounds} rounds are complete.")
    kept = [
        f"{end['round']} ({end['drift']:.1%})"
        for end in journal.of("round-end")
        if end["has_drifted"] and not end["repeated"]
    ]
    if kept:
        sentences.append(f"The baseline drifted by more than 5 % in round {', '.join(kept)}.")
    if unknown := [str(end["round"]) for end in journal.of("round-end") if end["unknown"]]:
        sentences.append(
            f"Too few undisturbed samples of the baseline to tell its drift in round"
            f" {', '.join(unknown)}."
        )
    if repeats := sum(1 for end in journal.of("round-end") if end["repeated"]):
        sentences.append(f"{repeats} rounds were repeated because the baseline drifted.")
    commits = list(dict.fromkeys(session["harness_commit"] for session in journal.of("session")))
    if len(commits) > 1:
        sentences.append(f"Measured in pieces, with the harness at {', '.join(commits)}.")
    if whole_rounds < FEWEST_ROUNDS or options.quick:
        sentences.insert(0, "Preliminary.")
    return " ".join(sentences)


def as_text(run: Mapping[str, Any]) -> str:
    """The run file's text: one line per sample, so that two versions can be compared."""
    parts = []
    for key, value in run.items():
        if key in ONE_PER_LINE and value:
            rows = ",\n".join("    " + json.dumps(row, ensure_ascii=False) for row in value)
            parts.append(f"  {json.dumps(key)}: [\n{rows}\n  ]")
        else:
            parts.append(f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def write(journal: Journal, baseline: str, folder: Path) -> Path:
    """Write the run file and, beside it, the raw file with everything; the run file's path.

    Raises:
        BenchmarkError: they cannot be written; what was there before is still there.
    """
    run = run_file(journal, baseline)
    lines = "\n".join(json.dumps(event, ensure_ascii=False) for event in journal.events)
    # Without a time inside, the same journal gives the same bytes.
    raw = gzip.compress(
        without_places(f"[{lines.replace(chr(10), ',' + chr(10))}]\n").encode(), mtime=0
    )
    run["raw_sha256"] = hashlib.sha256(raw).hexdigest()
    path = folder / f"{run['run']}.json"
    replace(folder / f"{run['run']}.raw.json.gz", raw)
    replace(path, without_places(as_text(run)).encode())
    return path


def replace(path: Path, content: bytes) -> None:
    """Put a whole new file in place of the old one, or leave the old one as it is.

    Raises:
        BenchmarkError: it cannot be written, for example because the disk is full.
    """
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise BenchmarkError(f"{path.name} cannot be written: {error.strerror}.") from error


def read(path: Path) -> dict[str, Any]:
    """A run file that was written before.

    Raises:
        BenchmarkError: there is none, it is cut off, or it has another format.
    """
    try:
        run = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BenchmarkError(f"{path.name} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise BenchmarkError(f"{path.name} is cut off or damaged: {error}.") from error
    version = run.get("schema_version") if isinstance(run, dict) else None
    if version != SCHEMA_VERSION:
        raise BenchmarkError(
            f"{path.name} has format {version}; this program reads format {SCHEMA_VERSION}."
        )
    return dict(run)
