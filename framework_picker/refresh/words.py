"""What a refresh found, as lines for people: on the terminal and in the change log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

from framework_picker.domain.sources import source_line
from framework_picker.refresh import downloads, stars
from framework_picker.refresh.changes import Change, Mark
from framework_picker.refresh.outcome import Outcome
from framework_picker.refresh.recommendations import Move

COUNTED = frozenset({stars.TABLE, downloads.TABLE})
"""Tables of which every refresh changes nearly every line; the log only says how many."""


def counted(number: int, singular: str, plural: str = "") -> str:
    """``1 value``, ``2 values``."""
    return f"{number} {singular if number == 1 else plural or f'{singular}s'}"


def change_lines(changes: Iterable[Change], name_by_slug: Mapping[str, str]) -> Iterator[str]:
    """A line per change: whose, what, old, new, source. The same change of several is one line."""
    slugs_by_change: dict[tuple[str, str, str, str], list[str]] = {}
    for change in changes:
        same = (change.label, change.old, change.new, change.source)
        slugs_by_change.setdefault(same, []).append(change.framework)
    for (label, old, new, source), slugs in slugs_by_change.items():
        whose = ", ".join(name_by_slug[slug] for slug in slugs)
        values = f"{old} → {new}" if old else f"new: {new}"
        yield f"{whose}: {label} {values} ({source_line(source).text})"


def mark_lines(marks: Iterable[Mark], name_by_slug: Mapping[str, str]) -> Iterator[str]:
    """A line per framework and series left behind."""
    for mark in marks:
        yield (
            f"{name_by_slug[mark.framework]}: series {mark.newest} is out; "
            f"{counted(mark.entries, 'capability or measurement', 'capabilities and measurements')}"
            f" checked against {mark.series}"
        )


def summary(outcome: Outcome) -> Iterator[str]:
    """What a refresh found and did, line by line."""
    names = outcome.name_by_slug
    read = [counted(outcome.frameworks, "framework")]
    if outcome.packages:
        read.append(counted(outcome.packages, "package"))
    yield (
        f"{' and '.join(read)}: {counted(outcome.confirmed, 'reading')} as before, "
        f"{counted(len(outcome.changes), 'change')}."
    )
    yield from _part("What changed", change_lines(outcome.changes, names))
    yield from _part("Checked against an older series", mark_lines(outcome.marks, names))
    yield ""
    yield from move_lines(outcome.moves, outcome.use_cases)
    yield from _part("To look at by hand", outcome.by_hand)
    yield from _part("Skipped", (f"{skip.what}: {skip.reason}" for skip in outcome.skips))
    yield ""
    if outcome.as_of_after != outcome.as_of_before and outcome.written:
        yield f"The data speaks of {outcome.as_of_after}, before of {outcome.as_of_before}."
    files = ", ".join(outcome.written)
    if not outcome.written:
        yield "Every file stays as it is."
    elif outcome.is_dry_run:
        yield f"A dry run: nothing was written. It would be {files}."
    else:
        yield f"Written: {files}."


def as_json(outcome: Outcome) -> dict[str, object]:
    """The same for programs."""
    found = asdict(outcome)
    del found["name_by_slug"]
    for change in found["changes"]:
        change["source_words"] = source_line(change["source"]).text
    return found


def _part(heading: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield ""
        yield f"{heading}:"
        yield from (f"  {line}" for line in found)


def log_entry(
    *,
    changes: Sequence[Change],
    marks: Sequence[Mark],
    moves: Sequence[Move],
    use_cases: int,
    name_by_slug: Mapping[str, str],
) -> str:
    """What one refresh changed, as Markdown."""
    single = [change for change in changes if change.field not in COUNTED]
    lines = [
        f"- {line}"
        for line in (*change_lines(single, name_by_slug), *mark_lines(marks, name_by_slug))
    ]
    for table, number in sorted(Counter(change.field for change in changes).items()):
        if table in COUNTED:
            lines.append(f"- {table.capitalize()} of {counted(number, 'framework')} counted again")
    if not lines:
        lines.append("- No value is another one; time went on.")
    return "\n".join([*lines, "", *move_lines(moves, use_cases)])


def move_lines(moves: Sequence[Move], use_cases: int) -> Iterator[str]:
    """Which recommendations moved because of the changes, as Markdown."""
    if not moves:
        yield f"Recommendations: the first three places of all {use_cases} use cases are as before."
        return
    firsts = sum(move.is_first_place for move in moves)
    yield (
        f"Recommendations: {counted(len(moves), 'use case')} of {use_cases} moved, "
        f"{firsts or 'none'} in first place."
    )
    yield ""
    for move in moves:
        yield f"- {move.sentence}"
