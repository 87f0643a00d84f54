"""A run as a table in the terminal."""

import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.problems import BenchmarkError
from benchmarks.statistics import Interval, bootstrap, paired_ratios, ranks, tie_groups

Key = tuple[str, str, str, str, int]
"""Matrix, scenario, database, mode, connections."""


@dataclass(frozen=True)
class Row:
    """One entry in one cell."""

    entry: str
    rank: int
    median: float
    low: float
    high: float
    ratio: Interval | None
    valid: int
    rejected: int
    flags: Sequence[str]

    @property
    def microseconds(self) -> float:
        """What one request takes."""
        return 1e6 / self.median


def lines(run: Mapping[str, Any]) -> Iterator[str]:
    """The whole run as lines of text.

    Raises:
        BenchmarkError: a field is missing.
    """
    try:
        yield from _lines(run)
    except (KeyError, TypeError, ValueError) as error:
        raise BenchmarkError(f"This run file lacks something or has it wrong: {error}.") from error


def _lines(run: Mapping[str, Any]) -> Iterator[str]:
    yield f"{run['run']} · {run['as_of']} · {run['machine']} · Python {run['python']}"
    yield f"{run['generator']}, {run['sample_seconds']:g} s per sample, {run['rounds']} rounds"
    if run["note"]:
        yield run["note"]
    labels = {scenario["id"]: scenario["label"] for scenario in run["scenarios"]}
    names = {entry["id"]: entry["label"] for entry in run["entries"]}
    for key in keys(run):
        matrix, scenario, database, mode, connections = key
        yield ""
        kind = f", {database}" if database else ""
        yield f"{labels[scenario]}{kind} · {matrix} · {mode} · {connections} connections"
        yield (
            f"  {'':>4} {'':<22} {'req/s':>8} {'lowest':>8} {'highest':>8} {'µs/req':>7}"
            f"  {'to baseline (95 %)':<22} {'n':>2} {'rej.':>4}"
        )
        for row in rows(run, key):
            ratio = (
                f"{row.ratio.median:.3f} ({row.ratio.low:.3f} to {row.ratio.high:.3f})"
                if row.ratio
                else "-"
            )
            yield (
                f"  {row.rank:>3}. {names[row.entry][:22]:<22} {row.median:>8.0f} {row.low:>8.0f}"
                f" {row.high:>8.0f} {row.microseconds:>7.0f}  {ratio:<22} {row.valid:>2}"
                f" {row.rejected:>4}  {', '.join(row.flags)}".rstrip()
            )
    yield from _starts(run, names)
    yield from _latencies(run, names)
    for left in run["left_out"]:
        yield f"left out: {left['entry']}: {left['reason']}"


def keys(run: Mapping[str, Any]) -> list[Key]:
    """Every cell of the run, in the scenarios' order."""
    order = [scenario["id"] for scenario in run["scenarios"]]
    found = {_key(sample) for sample in run["samples"]}
    return sorted(found, key=lambda key: (-ord(key[0][0]), order.index(key[1]), key[2:]))


def rows(run: Mapping[str, Any], key: Key) -> list[Row]:
    """The entries of one cell, best first; tied entries share a rank."""
    samples = [sample for sample in run["samples"] if _key(sample) == key]
    good = [sample for sample in samples if sample["valid"]]
    by_entry: dict[str, dict[int, list[float]]] = {}
    for sample in good:
        by_round = by_entry.setdefault(sample["framework"], {})
        by_round.setdefault(sample["round"], []).append(sample["requests_per_second"])
    baseline = _baseline(run, key)
    intervals = {}
    for name, by_round in by_entry.items():
        if ratios := paired_ratios(by_round, baseline):
            intervals[name] = bootstrap(ratios)
    places = ranks(tie_groups(intervals))
    found = []
    for name, by_round in by_entry.items():
        values = [value for values in by_round.values() for value in values]
        own = [sample for sample in samples if sample["framework"] == name]
        found.append(
            Row(
                entry=name,
                rank=places.get(name, len(by_entry)),
                median=statistics.median(values),
                low=min(values),
                high=max(values),
                ratio=intervals.get(name),
                valid=len(values),
                rejected=len(own) - len(values),
                flags=sorted(
                    {flag for sample in own if sample["valid"] for flag in sample["flags"]}
                ),
            )
        )
    return sorted(found, key=lambda row: (row.rank, -row.median))


def _baseline(run: Mapping[str, Any], key: Key) -> dict[int, list[float]]:
    """The baseline's samples of this cell, by round."""
    found: dict[int, list[float]] = {}
    for sample in run["samples"]:
        if sample["valid"] and sample["framework"] == run["baseline"] and _key(sample) == key:
            found.setdefault(sample["round"], []).append(sample["requests_per_second"])
    return found


def _key(sample: Mapping[str, Any]) -> Key:
    return (
        sample["matrix"],
        sample["scenario"],
        sample["database"],
        sample["mode"],
        sample["connections"],
    )


def _starts(run: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    by_pair: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for start in run["starts"]:
        if start["valid"]:
            by_pair.setdefault((start["matrix"], start["framework"]), []).append(start)
    if by_pair:
        yield ""
        yield "Start-up and memory (medians)"
        yield f"  {'':<40} {'start ms':>9} {'idle MB':>8} {'loaded MB':>9} {'n':>2}"
    for (matrix, name), starts in sorted(by_pair.items(), reverse=True):
        start, idle, loaded = (
            statistics.median(one[field] for one in starts)
            for field in ("start_ms", "idle_memory_mb", "loaded_memory_mb")
        )
        label = f"{names[name]} · {matrix}"
        yield f"  {label:<40} {start:>9.0f} {idle:>8.1f} {loaded:>9.1f} {len(starts):>2}"


def _latencies(run: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    by_rate: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for one in run["latencies"]:
        if one["valid"]:
            key = ("scenario", "database", "rate_kind", "matrix", "framework")
            by_rate.setdefault(tuple(one[field] for field in key), []).append(one)
    if by_rate:
        yield ""
        yield "Latency at a fixed rate, ms (medians)"
    for (scenario, database, kind, matrix, name), found in sorted(by_rate.items()):
        rate, p50, p90, p99 = (
            statistics.median(one[field] for one in found)
            for field in ("rate", "p50_ms", "p90_ms", "p99_ms")
        )
        what = f"{scenario} {database}".strip()
        yield (
            f"  {names[name]:<22} {matrix:<18} {what:<14} {rate:>7.0f}/s ({kind})"
            f"  p50 {p50:.2f}  p90 {p90:.2f}  p99 {p99:.2f}  n {len(found)}"
        )
