"""Moving from one framework to another: who does each job before, and who does it afterwards.

The jobs are the catalog's capabilities, the answers its levels and packages. How much work a move
is, nobody has measured; there is no number for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from framework_picker.domain.model import Alternative, Capability, Catalog, Fact
from framework_picker.domain.readings import NOT_VERIFIED, capability_package, reading

Outcome = Literal["replaced", "own", "stays", "new", "lost", "neither", "unknown"]

TRAITS = ("protocol", "async_support", "python_only_ui", "js_for_interactive_ui", "python_requires")
"""Facts that decide how code is written and run, whichever package does a job."""

LONGEST_DESCRIPTION = 160

_SEPARATORS = re.compile(r"[-_.]+")


@dataclass(frozen=True, slots=True)
class Step:
    """One job in a move. A side that nobody has verified is None."""

    key: str
    label: str
    meaning: str
    before: Capability | None
    after: Capability | None
    outcome: Outcome

    @property
    def is_thinner(self) -> bool:
        """Whether a whole answer is replaced by one for part of the job."""
        return (
            self.outcome in ("replaced", "own")
            and self.before is not None
            and self.after is not None
            and self.after.is_partial
            and not self.before.is_partial
        )


@dataclass(frozen=True, slots=True)
class Trait:
    """A fact on both sides of a move; ``is_same`` is None where a side is not verified."""

    key: str
    label: str
    before: Fact | None
    after: Fact | None
    is_same: bool | None


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to know about a move, in words."""

    term: str
    words: str


@dataclass(frozen=True, slots=True)
class Move:
    """Everything about moving in one direction."""

    before: Alternative
    after: Alternative
    steps: tuple[Step, ...]
    traits: tuple[Trait, ...]

    def having(self, outcome: Outcome) -> tuple[Step, ...]:
        """The jobs that come out like this."""
        return tuple(step for step in self.steps if step.outcome == outcome)


def move(catalog: Catalog, before: str, after: str) -> Move:
    """The move from one framework to another, jobs in the order of their subjects.

    A job stays where both sides name the same package, or where both have it from the same place
    (an add-on and its base). Two frameworks that do it themselves do it each in its own way.
    Something against nothing is new or lost. Where a side is not verified, nothing is claimed.
    """
    one, other = catalog.alternatives[before], catalog.alternatives[after]
    order = {title: place for place, title in enumerate(catalog.fact_groups)}
    kinds = sorted(
        catalog.capability_kinds.values(),
        key=lambda kind: (order.get(kind.group, len(order)), kind.label.casefold()),
    )
    return Move(
        before=one,
        after=other,
        steps=tuple(
            Step(
                key=kind.key,
                label=kind.label,
                meaning=kind.meaning,
                before=one.capabilities.get(kind.key),
                after=other.capabilities.get(kind.key),
                outcome=outcome(one.capabilities.get(kind.key), other.capabilities.get(kind.key)),
            )
            for kind in kinds
        ),
        traits=tuple(
            _trait(one, other, key, catalog.fact_kinds[key].label)
            for key in TRAITS
            if key in catalog.fact_kinds and (key in one.facts or key in other.facts)
        ),
    )


def outcome(before: Capability | None, after: Capability | None) -> Outcome:
    """What becomes of one job."""
    if before is None or after is None:
        return "unknown"
    if before.level == "none":
        return "neither" if after.level == "none" else "new"
    if after.level == "none":
        return "lost"
    if before == after or _same_package(before, after):
        return "stays"
    return "own" if before.level == after.level == "built-in" else "replaced"


def packages_to_add(moved: Move) -> tuple[str, ...]:
    """Packages that do jobs afterwards and did none before, with their age where they are old."""
    return _packages(
        moved.steps, lambda step: step.after, lambda step: step.before, moved.before.package
    )


def packages_to_give_up(moved: Move) -> tuple[str, ...]:
    """Packages that did jobs before and do none afterwards."""
    return _packages(
        moved.steps, lambda step: step.before, lambda step: step.after, moved.after.package
    )


def summary(moved: Move) -> str:
    """How the jobs come out, in one sentence that adds up to all of them."""
    counts = [
        (len(moved.having("replaced")), "replaced"),
        (len(moved.having("own")), "built into both, each in its own way"),
        (len(moved.having("stays")), "done by the same package or code"),
        (len(moved.having("new")), f"new in {moved.after.name}"),
        (len(moved.having("lost")), f"without a counterpart in {moved.after.name}"),
        (len(moved.having("neither")), "answered by neither"),
        (len(moved.having("unknown")), NOT_VERIFIED),
    ]
    said = ", ".join(f"{count} {words}" for count, words in counts if count)
    return f"Of {len(moved.steps)} jobs of a web app: {said}."


def pair_title(one: str, other: str) -> str:
    """The title of a page that compares two frameworks, by their names."""
    return f"{one} or {other}? Side by side, and moving between them · Framework Picker"


def pair_description(one: str, other: str) -> str:
    """The description of a page that compares two frameworks, at most 160 characters."""
    text = (
        f"{one} and {other} side by side, each value with source and date; moving from {one} to "
        f"{other} and back: what replaces what."
    )
    return text if len(text) <= LONGEST_DESCRIPTION else f"{text[: LONGEST_DESCRIPTION - 1]}…"


def points(moved: Move) -> tuple[Point, ...]:
    """What there is to know about a move besides the table, each in a line."""
    lost, thinner = moved.having("lost"), [step for step in moved.steps if step.is_thinner]
    found = [
        Point("No counterpart", _labels(lost) or "none among the verified jobs"),
        Point("Only in part", _labels(thinner)),
        Point("New", _labels(moved.having("new"))),
        Point("To add", ", ".join(packages_to_add(moved)) or "none"),
        Point("To give up", ", ".join(packages_to_give_up(moved)) or "none"),
        Point("Runs differently", _changes(moved)),
        Point(NOT_VERIFIED.capitalize(), _labels(moved.having("unknown"))),
    ]
    return tuple(point for point in found if point.words)


def unchanged(moved: Move) -> str:
    """What is the same before and after, in words; empty where nothing is."""
    steps = [
        f"{step.label} ({step.after.package})" if step.after and step.after.package else step.label
        for step in moved.having("stays")
    ]
    traits = [
        f"{trait.label} ({reading(trait.after.value)})"
        for trait in moved.traits
        if trait.is_same and trait.after is not None
    ]
    language = (
        [f"Language ({moved.after.language})"]
        if moved.before.language == moved.after.language
        else []
    )
    return ", ".join([*language, *traits, *steps])


def _changes(moved: Move) -> str:
    changed = [
        f"{trait.label}: {reading(trait.before.value)} → {reading(trait.after.value)}"
        for trait in moved.traits
        if trait.is_same is False and trait.before is not None and trait.after is not None
    ]
    if moved.before.language != moved.after.language:
        changed.insert(0, f"Language: {moved.before.language} → {moved.after.language}")
    return "; ".join(changed)


def _trait(one: Alternative, other: Alternative, key: str, label: str) -> Trait:
    before, after = one.facts.get(key), other.facts.get(key)
    is_same = None
    if before is not None and after is not None:
        is_same = reading(before.value) == reading(after.value)
    return Trait(key, label, before, after, is_same)


def _same_package(one: Capability, other: Capability) -> bool:
    return bool(one.package) and _project(one.package) == _project(other.package)


def _packages(
    steps: Sequence[Step],
    side: Callable[[Step], Capability | None],
    opposite: Callable[[Step], Capability | None],
    own: str,
) -> tuple[str, ...]:
    """The packages of one side that are neither on the opposite side nor that framework itself."""
    elsewhere = {_project(found.package) for step in steps if (found := opposite(step))}
    elsewhere.add(_project(own))
    named: dict[str, str] = {}
    for step in steps:
        found = side(step)
        if found and found.level != "none" and found.package:
            project = _project(found.package)
            if project not in elsewhere:
                named.setdefault(project, capability_package(found))
    return tuple(
        f"{words.replace(', ', ' (', 1)})" if ", " in words else words for words in named.values()
    )


def _project(package: str) -> str:
    """A package's name as an index compares it."""
    return _SEPARATORS.sub("-", package).casefold()


def _labels(steps: Sequence[Step]) -> str:
    return ", ".join(step.label for step in steps)
