"""The working behind a value: what was read, what it is worth, and by which rule."""

from __future__ import annotations

from dataclasses import dataclass

from framework_picker.domain.model import Fact, Part, ValueFunction
from framework_picker.domain.readings import (
    NOT_VERIFIED,
    capability_words,
    number,
    with_unit,
)
from framework_picker.domain.receipts import GRADE_WORDS, sentence
from framework_picker.domain.sources import SourceLine, source_lines
from framework_picker.domain.staleness import stale_words
from framework_picker.domain.value_functions import UNKNOWN_VALUE
from framework_picker.domain.values import CriterionValue, PartValue


@dataclass(frozen=True, slots=True)
class PartWorking:
    """One fact behind a value, and how it became points; display-ready.

    ``as_of`` and ``evidence`` are empty and there are no ``sources`` where nothing is verified.
    ``stale`` is its age where that is past the threshold, ``receipt`` what its receipt is asked
    for by.
    """

    label: str
    share: str
    reading: str
    worth: str
    rule: str
    as_of: str
    evidence: str
    note: str
    sources: tuple[SourceLine, ...]
    stale: str = ""
    receipt: str = ""


def workings(cell: CriterionValue, slug: str = "") -> tuple[PartWorking, ...]:
    """The working of one value, one entry per part of its criterion.

    With the framework's slug every part names its receipt.
    """
    return tuple(_part_working(part, slug) for part in cell.parts)


def sum_of_parts(cell: CriterionValue) -> str:
    """How the parts make the value: ``40 % of 79 + 60 % of 100 = 91.6``.

    Empty for a criterion of one part, where there is nothing to add.
    """
    if len(cell.parts) == 1:
        return ""
    terms = " + ".join(
        f"{share_words(part.part)} of {worth_words(_counted(part))}" for part in cell.parts
    )
    if not cell.is_known:
        unknown = worth_words(UNKNOWN_VALUE)
        return f"{terms}: less than half of this is verified, so the whole counts as {unknown}"
    return f"{terms} = {worth_words(cell.value)}"


def scale_words(function: ValueFunction | None, unit: str = "") -> str:
    """A part's scale in words: its breakpoints, or its levels."""
    if function is None:
        return "the capability table"
    if function.levels is not None:
        levels = sorted(function.levels.items(), key=lambda level: (-level[1], level[0]))
        return ", ".join(f"{level} {worth_words(worth)}" for level, worth in levels)
    ends = ", ".join(
        f"{worth_words(worth)} at {raw_words(raw, unit)}" for raw, worth in function.points
    )
    return f"{ends}, logarithmic" if function.scale == "log" else ends


def raw_words(raw: float, unit: str = "") -> str:
    """A raw measure with its unit: ``250 MB``."""
    words = number(float(raw))
    return f"{words} {unit}" if unit else words


def share_words(part: Part) -> str:
    """A part's share of its criterion: ``40 %``."""
    return f"{round(part.share * 100)} %"


def worth_words(value: float) -> str:
    """A value with one decimal where it has one: ``79.3``, ``100``."""
    return f"{value:.1f}".removesuffix(".0")


def _part_working(found: PartValue, slug: str) -> PartWorking:
    evidence = found.evidence
    if evidence is None:
        reading = NOT_VERIFIED
    elif isinstance(evidence, Fact):
        reading = with_unit(evidence)
    else:
        reading = capability_words(evidence)
    return PartWorking(
        label=found.part.label,
        share=share_words(found.part),
        reading=reading,
        worth=worth_words(_counted(found)),
        rule=_rule(found),
        as_of=evidence.as_of.isoformat() if evidence else "",
        evidence=GRADE_WORDS[evidence.grade] if evidence else "",
        note=sentence(evidence.note) if evidence else "",
        sources=source_lines(evidence.source) if evidence else (),
        stale=stale_words(evidence.stale_days) if evidence else "",
        receipt=_receipt_id(found.part, slug) if slug else "",
    )


def _receipt_id(part: Part, slug: str) -> str:
    if part.fact:
        return f"fact:{part.fact}:{slug}"
    return f"capability:{part.capability}:{slug}"


def _rule(found: PartValue) -> str:
    if found.value is None:
        return f"Not verified, so it counts as {worth_words(UNKNOWN_VALUE)} of 100."
    worth = f"{worth_words(found.value)} of 100"
    function = found.part.value_function
    if function is None:
        return f"The capability table makes it {worth}."
    if function.levels is not None:
        return f"Of the levels ({scale_words(function)}) this one makes {worth}."
    unit = evidence.unit if isinstance(evidence := found.evidence, Fact) else ""
    return f"The scale ({scale_words(function, unit)}) makes it {worth}."


def _counted(found: PartValue) -> float:
    return UNKNOWN_VALUE if found.value is None else found.value
