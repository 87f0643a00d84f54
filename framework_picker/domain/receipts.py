"""A value with everything that backs it, in words: what stands behind every number on screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from framework_picker.domain.model import Capability, CapabilityKind, Fact, FactKind, Grade
from framework_picker.domain.readings import (
    NOT_VERIFIED,
    capability_words,
    with_unit,
)
from framework_picker.domain.sources import SourceLine, source_lines
from framework_picker.domain.staleness import stale_words

MOST_SOURCES = 12
"""A count over a table names so many of its rows; the table has them all."""

GRADE_WORDS: dict[Grade, str] = {
    "A": "A, measured or counted by a machine",
    "B": "B, documented by the project or its package record",
    "C": "C, a judgement or quoted from somebody else",
    "D": "D, hearsay or older than two years",
}


@dataclass(frozen=True, slots=True)
class OtherReading:
    """What another source says. ``claim`` is the number of the ledger's claim it is taken from.

    ``remark`` says how it stands to our value: ``the same``, ``differs``, ``stale, ...``.
    """

    reading: str
    as_of: str
    source: SourceLine
    remark: str = ""
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """How a value became points: a criterion it is part of, and what it is worth there."""

    criterion: str
    words: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """A value, its date, its sources and how good they are; display-ready.

    ``subject`` says whose value it is ("GitHub stars, Django"). ``is_code`` asks for a display
    that keeps line breaks. Where nothing is verified, ``as_of`` and ``evidence`` are empty.
    ``id`` is what it is asked for by (``domain/receipt_lookup.py``), ``stale`` its age where that
    is past the threshold, ``others`` what other sources say, ``counts`` how it became points.
    """

    subject: str
    reading: str
    as_of: str
    evidence: str
    note: str
    meaning: str
    sources: tuple[SourceLine, ...]
    is_code: bool = False
    id: str = ""
    stale: str = ""
    others: tuple[OtherReading, ...] = ()
    counts: tuple[Counted, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether it has what no value may be without: a source and a date."""
        return bool(self.sources and self.as_of)


def fact_receipt(kind: FactKind, fact: Fact | None, whose: str = "") -> Receipt:
    """The receipt of a fact; of its absence where there is none."""
    subject = _subject(kind.label, whose)
    if fact is None:
        return Receipt(subject, NOT_VERIFIED, "", "", "", kind.meaning, ())
    is_code = isinstance(fact.value, str) and "\n" in fact.value.strip()
    return Receipt(
        subject=subject,
        reading=with_unit(fact),
        as_of=fact.as_of.isoformat(),
        evidence=GRADE_WORDS[fact.grade],
        note=" ".join(filter(None, [sentence(fact.note), last_checked(fact)])),
        meaning=kind.meaning,
        sources=newest_sources(fact.source),
        is_code=is_code,
        stale=stale_words(fact.stale_days),
    )


def capability_receipt(
    kind: CapabilityKind, capability: Capability | None, whose: str = ""
) -> Receipt:
    """The receipt of a capability; of its absence where there is none."""
    subject = _subject(kind.label, whose)
    if capability is None:
        return Receipt(subject, NOT_VERIFIED, "", "", "", kind.meaning, ())
    return Receipt(
        subject=subject,
        reading=capability_words(capability),
        as_of=capability.as_of.isoformat(),
        evidence=GRADE_WORDS[capability.grade],
        note=" ".join(
            filter(
                None,
                [
                    package_version(capability),
                    sentence(capability.note),
                    last_checked(capability),
                ],
            )
        ),
        meaning=kind.meaning,
        sources=source_lines(capability.source),
        stale=stale_words(capability.stale_days),
    )


def newest_sources(citations: Sequence[str]) -> tuple[SourceLine, ...]:
    """The citations; of a long list, which stands oldest first, the last ones and how many more."""
    lines = source_lines(citations)
    if len(lines) <= MOST_SOURCES:
        return lines
    more = len(lines) - MOST_SOURCES
    return (
        *lines[: -MOST_SOURCES - 1 : -1],
        SourceLine(f"and {more} more"),
    )


def package_version(capability: Capability) -> str:
    """The companion package's newest version and its day, as a sentence; empty without one."""
    if not capability.package or not capability.package_version:
        return ""
    released = capability.package_released
    day = f" of {released.isoformat()}" if released else ""
    return f"{capability.package} {capability.package_version}{day}."


def last_checked(entry: Fact | Capability) -> str:
    """Which series was looked at, as a sentence; empty while it is the newest one."""
    if not entry.checked_against:
        return ""
    return f"Checked against {entry.checked_against}; a newer series is out."


def sentence(words: str) -> str:
    """The words with a capital letter in front and a full stop behind; code stays as it is."""
    words = words.strip()
    if not words:
        return ""
    is_word = words.split()[0].rstrip(",;:").isalpha()
    first = words[0].upper() + words[1:] if is_word else words
    return first if first[-1] in ".!?" else f"{first}."


def _subject(label: str, whose: str) -> str:
    return f"{label}, {whose}" if whose else label
