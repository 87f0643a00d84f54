"""Must-haves: who is out, why, and what to give up when nobody is left (METHOD section 3).

Support is yes, no or unknown (Kleene's three values). A required must-have that is not supported
eliminates. Unknown keeps the alternative and marks it, unless the strict switch is on. Must-haves
never enter the score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from framework_picker.domain.answers import picked_option
from framework_picker.domain.errors import RuleError
from framework_picker.domain.model import Alternative, Catalog, Rule, capability_state
from framework_picker.domain.value_functions import category

STRICT_SWITCH = "strict"
STRICT_OPTION = "yes"

Support = bool | None


@dataclass(frozen=True, slots=True)
class Requirement:
    """A must-have and the answer that requires it."""

    must_have: str
    question: str
    option: str


@dataclass(frozen=True, slots=True)
class Filtering:
    """What the required must-haves leave, by position in the lists that were given.

    ``violations`` counts the failed required must-haves per row. ``nearest`` and ``relaxations``
    are filled only when nobody survives: the rows with the fewest violations, and the sets of
    columns to give up, made unique. ``unverified`` lists survivors with an unknown requirement.
    """

    survivors: tuple[int, ...]
    unverified: tuple[int, ...]
    violations: tuple[int, ...]
    nearest: tuple[int, ...]
    relaxations: tuple[tuple[int, ...], ...]


def support(alternative: Alternative, rule: Rule) -> Support:
    """Whether the alternative meets the rule: yes, no, or None for unknown.

    ``all_of``: no when one part says no, else unknown when one is unknown. ``any_of``: yes when
    one part says yes, else unknown when one is unknown. A missing fact is unknown, never no. A
    fact with several values meets the rule when one of them does.

    Raises:
        RuleError: a rule that asks nothing, or more than one thing at once.
    """
    asked = [bool(rule.fact), bool(rule.capability), bool(rule.all_of), bool(rule.any_of)]
    if sum(asked) != 1 or ((rule.fact or rule.capability) and not rule.one_of):
        raise RuleError(
            "a rule asks for exactly one of fact, capability (with one_of), all_of and any_of; "
            f"got {rule}"
        )
    if rule.all_of:
        parts = [support(alternative, part) for part in rule.all_of]
        return False if False in parts else None if None in parts else True
    if rule.any_of:
        parts = [support(alternative, part) for part in rule.any_of]
        return True if True in parts else None if None in parts else False
    if rule.fact:
        fact = alternative.facts.get(rule.fact)
        if fact is None:
            return None
        found = fact.value if isinstance(fact.value, tuple) else (fact.value,)
        return any(
            category(item) in rule.one_of
            for item in found
            if isinstance(item, str | int | float | bool)
        )
    capability = alternative.capabilities.get(rule.capability)
    return None if capability is None else capability_state(capability) in rule.one_of


def required(catalog: Catalog, answers: Mapping[str, str]) -> dict[str, tuple[Requirement, ...]]:
    """The must-haves that the answers require, each with every answer that requires it.

    In the order of the questions. A must-have that a switch waives is left out.
    """
    found: dict[str, list[Requirement]] = {}
    for question in catalog.questions.values():
        option = picked_option(question, answers.get(question.id, ""))
        if option is None:
            continue
        for must_have in option.requires:
            if not is_waived(catalog, answers, must_have):
                found.setdefault(must_have, []).append(
                    Requirement(must_have, question.id, answers.get(question.id, option.id))
                )
    return {must_have: tuple(requirements) for must_have, requirements in found.items()}


def is_strict(answers: Mapping[str, str]) -> bool:
    """Whether the visitor wants unknown to count as missing."""
    return answers.get(STRICT_SWITCH) == STRICT_OPTION


def filtering(
    rows: Sequence[Sequence[Support]],
    is_required: Sequence[bool],
    *,
    strict: bool = False,
) -> Filtering:
    """Who survives, who is unverified, and the smallest relaxations when nobody does.

    ``rows`` holds one list of True, False or None per alternative, one entry per must-have.

    Raises:
        RuleError: a row whose length is not that of ``is_required``, or another kind of entry.
    """
    columns = [column for column, flag in enumerate(is_required) if flag]
    failed: list[tuple[int, ...]] = []
    unknown: list[bool] = []
    for position, row in enumerate(rows):
        if len(row) != len(is_required):
            raise RuleError(
                f"row {position + 1}: expected {len(is_required)} entries, got {len(row)}"
            )
        for entry in row:
            if entry is not None and not isinstance(entry, bool):
                raise RuleError(f"row {position + 1}: expected true, false or none, got {entry!r}")
        failed.append(
            tuple(
                column
                for column in columns
                if row[column] is False or (strict and row[column] is None)
            )
        )
        unknown.append(any(row[column] is None for column in columns))
    survivors = tuple(position for position, misses in enumerate(failed) if not misses)
    nearest: tuple[int, ...] = ()
    if failed and not survivors:
        fewest = min(len(misses) for misses in failed)
        nearest = tuple(p for p, misses in enumerate(failed) if len(misses) == fewest)
    return Filtering(
        survivors=survivors,
        unverified=tuple(position for position in survivors if unknown[position]),
        violations=tuple(len(misses) for misses in failed),
        nearest=nearest,
        relaxations=tuple(sorted({failed[position] for position in nearest})),
    )


def relaxations(
    rows: Sequence[Sequence[Support]],
    is_required: Sequence[bool],
    *,
    strict: bool = False,
) -> tuple[tuple[int, ...], ...]:
    """The smallest sets of must-haves to give up, by position; empty while somebody survives."""
    return filtering(rows, is_required, strict=strict).relaxations


def is_waived(catalog: Catalog, answers: Mapping[str, str], must_have: str) -> bool:
    """Whether a switch lifts the must-have."""
    waived_by = catalog.must_haves[must_have].waived_by
    if waived_by is None:
        return False
    switch, waiving_option = waived_by
    option = picked_option(catalog.questions[switch], answers.get(switch, ""))
    return option is not None and option.id == waiving_option
