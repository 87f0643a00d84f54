"""The claims ledger: what published articles say, whether it holds, and where they disagree.

A claim carries its evidence; a verdict is the judgement of people who read that evidence, written
in the data. Here claims are only found, counted and laid side by side.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Literal, get_args

from framework_picker.domain.explain import number as in_words

Verdict = Literal[
    "confirmed",
    "outdated",
    "contradicted",
    "conflicting-between-sources",
    "unverifiable",
    "opinion",
]
Impact = Literal["high", "medium", "low"]
Facet = Literal["framework", "topic", "source", "verdict", "impact"]

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""In the order in which they are shown: what holds first, what nobody can check last."""

IMPACTS: tuple[Impact, ...] = get_args(Impact)
FACETS: tuple[Facet, ...] = get_args(Facet)

VERDICT_WORDS: Mapping[Verdict, str] = MappingProxyType(
    {
        "confirmed": "holds",
        "outdated": "outdated",
        "contradicted": "contradicted",
        "conflicting-between-sources": "sources disagree",
        "unverifiable": "cannot be checked",
        "opinion": "opinion",
    }
)

VERDICT_MEANING: Mapping[Verdict, str] = MappingProxyType(
    {
        "confirmed": "Evidence supports it as stated, or with the reservation in the note.",
        "outdated": "Right at some earlier time, not at the date of the article or not today.",
        "contradicted": "Evidence shows that it was wrong at the date of the article.",
        "conflicting-between-sources": "The articles disagree and no evidence settles it.",
        "unverifiable": (
            "No source is given and none could be found or opened. That does not make it false."
        ),
        "opinion": "A judgement or a recommendation, which no evidence settles.",
    }
)

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True)
class ClaimSource:
    """An article whose claims were checked. ``date`` is as exact as the article gives it.

    ``slug`` stands in links; ``id`` is the name of the text that was read.
    """

    id: str
    slug: str
    title: str
    publisher: str
    date: str
    author: str
    is_vendor: bool
    note: str = ""

    @property
    def name(self) -> str:
        """Publisher and month: ``Tech Insider, April 2026``."""
        return f"{self.publisher}, {month_words(self.date)}"


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of an article, with its verdict and the evidence for the verdict.

    ``value`` and ``unit`` are the claim's own number where it has one, ``claim_date`` the time it
    speaks of, ``corrected`` what the evidence says instead.
    """

    id: str
    slug: str
    frameworks: tuple[str, ...]
    topic: str
    text: str
    source: str
    source_line: int
    as_of: str
    verdict: Verdict
    impact: Impact
    evidence: tuple[str, ...]
    note: str
    value: str = ""
    unit: str = ""
    claim_date: str = ""
    corrected: str = ""
    also_in: tuple[str, ...] = ()
    related: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """Every article that makes the claim, the one it was taken from first."""
        return (self.source, *self.also_in)


@dataclass(frozen=True, slots=True)
class Saying:
    """What one claim answers to a question, in a few words."""

    claim: str
    value: str


@dataclass(frozen=True, slots=True)
class Settled:
    """What settles a question: a fact of a framework, or a reading that claims have evidence for.

    Either ``framework`` and ``fact`` are set, or ``value``, ``as_of`` and ``by``.
    """

    framework: str = ""
    fact: str = ""
    value: str = ""
    as_of: date | None = None
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dispute:
    """A question to which the articles give different answers. ``settled`` is None when open."""

    question: str
    says: tuple[Saying, ...]
    settled: Settled | None


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject on which the articles contradict each other."""

    id: str
    title: str
    why: str
    disputes: tuple[Dispute, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence for the claim checker, taken from a claim."""

    claim: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """All claims with their sources. ``checked_on`` is None where there are no claims at all."""

    checked_on: date | None = None
    topics: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, ClaimSource] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    subjects: tuple[Subject, ...] = ()
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are wanted; an empty value does not narrow. ``words`` must all be found."""

    words: str = ""
    framework: str = ""
    topic: str = ""
    source: str = ""
    verdict: str = ""
    impact: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How the claims of one article, or of all, came out."""

    source: str
    total: int
    by_verdict: Mapping[Verdict, int]

    @property
    def checkable(self) -> int:
        """Claims that are no opinions."""
        return self.total - self.by_verdict["opinion"]

    @property
    def wrong(self) -> int:
        """Claims that were wrong when they were published, or no longer hold."""
        return self.by_verdict["contradicted"] + self.by_verdict["outdated"]


@dataclass(frozen=True, slots=True)
class TextPart:
    """A piece of a citation; ``href`` is empty where it is plain text."""

    text: str
    href: str = ""


def month_words(published: str) -> str:
    """A published date as people write it: ``2026-04`` and ``2026-04-15`` are ``April 2026``."""
    year, _, rest = published.partition("-")
    month = rest.partition("-")[0]
    return f"{MONTHS[int(month) - 1]} {year}" if month else year


def found_claims(ledger: Ledger, wanted: ClaimFilter) -> tuple[Claim, ...]:
    """The claims that a filter keeps, those that could change a choice first, then by number."""
    kept = (claim for claim in _with_words(ledger, wanted.words) if _is_wanted(claim, wanted))
    return tuple(sorted(kept, key=lambda claim: (IMPACTS.index(claim.impact), claim.id)))


def facet_counts(ledger: Ledger, wanted: ClaimFilter) -> dict[Facet, dict[str, int]]:
    """How many claims each value of each facet would show, with the rest of the filter kept.

    Every value that occurs in the ledger is there, with 0 where nothing would be shown.
    """
    having_words = _with_words(ledger, wanted.words)
    counts: dict[Facet, dict[str, int]] = {}
    for facet in FACETS:
        rest = _without(wanted, facet)
        found = Counter(
            value
            for claim in having_words
            if _is_wanted(claim, rest)
            for value in _values(claim, facet)
        )
        counts[facet] = {value: found[value] for value in facet_values(ledger, facet)}
    return counts


def facet_values(ledger: Ledger, facet: Facet) -> tuple[str, ...]:
    """The values of a facet that occur, in the order in which they are shown."""
    used = {value for claim in ledger.claims.values() for value in _values(claim, facet)}
    orders: dict[Facet, Sequence[str]] = {
        "framework": sorted(used),
        "topic": tuple(ledger.topics),
        "source": tuple(ledger.sources),
        "verdict": VERDICTS,
        "impact": IMPACTS,
    }
    return tuple(value for value in orders[facet] if value in used)


def tally(ledger: Ledger, source: str = "") -> Tally:
    """How the claims of one article came out; those of all articles without ``source``.

    A claim that several articles make counts for each of them, and once among all.
    """
    claims = [one for one in ledger.claims.values() if not source or source in one.sources]
    counts = Counter(claim.verdict for claim in claims)
    return Tally(source, len(claims), {verdict: counts[verdict] for verdict in VERDICTS})


def tally_about(ledger: Ledger, framework: str) -> Tally:
    """How the claims about one framework came out, whoever makes them."""
    claims = [one for one in ledger.claims.values() if framework in one.frameworks]
    counts = Counter(claim.verdict for claim in claims)
    return Tally("", len(claims), {verdict: counts[verdict] for verdict in VERDICTS})


def tallies(ledger: Ledger) -> tuple[Tally, ...]:
    """One tally per article, the one with most claims first."""
    found = (tally(ledger, source) for source in ledger.sources)
    return tuple(sorted(found, key=lambda one: (-one.total, one.source)))


def claim_number(ledger: Ledger, typed: str) -> str:
    """The id that somebody meant: ``c69``, ``69`` and ``C069`` are ``C069``; empty without one."""
    digits = typed.strip().upper().removeprefix("C").lstrip("0")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 3:
        return ""
    number = f"C{int(digits):03d}"
    return number if number in ledger.claims else ""


def claims_on(ledger: Ledger, frameworks: Sequence[str], topics: Sequence[str]) -> tuple[str, ...]:
    """Ids of the claims that speak of all these frameworks under one of these topics."""
    return tuple(
        claim.id
        for claim in ledger.claims.values()
        if claim.topic in topics and set(frameworks) <= set(claim.frameworks)
    )


def headline(ledger: Ledger) -> str:
    """What checking the claims has found, in one sentence."""
    found = tally(ledger)
    if not found.checkable:
        return "No claim has been checked yet."
    holds = found.by_verdict["confirmed"]
    articles = len(ledger.sources)
    return (
        f"Of {found.checkable} checkable claims in {in_words(articles)} "
        f"{'article' if articles == 1 else 'articles'}, {holds} {'holds' if holds == 1 else 'hold'}"
    )


def findings(ledger: Ledger) -> str:
    """The rest of the claims, so that all of them add up."""
    found = tally(ledger)
    if not found.total or ledger.checked_on is None:
        return ""
    by = found.by_verdict
    return (
        f"{found.wrong} were wrong or are out of date. For {by['unverifiable']} no source could be "
        f"found or opened, and on {by['conflicting-between-sources']} the articles disagree and no "
        f"evidence settles it. {by['opinion']} more are opinions. Checked on "
        f"{ledger.checked_on.isoformat()}."
    )


_ADDRESS = re.compile(r"https://[^\s()<>\"“”]+(?:\([^\s()<>\"“”]*\)[^\s()<>\"“”]*)*")
_ENDS_A_SENTENCE = ".,;:!?"


def evidence_parts(citation: str) -> tuple[TextPart, ...]:
    """A citation cut into plain text and links; only https is ever linked."""
    parts: list[TextPart] = []
    end = 0
    for found in _ADDRESS.finditer(citation):
        address = found.group().rstrip(_ENDS_A_SENTENCE)
        parts.append(TextPart(citation[end : found.start()]))
        parts.append(TextPart(address.removeprefix("https://").rstrip("/"), address))
        end = found.start() + len(address)
    parts.append(TextPart(citation[end:]))
    return tuple(part for part in parts if part.text)


def _is_wanted(claim: Claim, wanted: ClaimFilter) -> bool:
    return all(getattr(wanted, facet) in ("", *_values(claim, facet)) for facet in FACETS)


def _with_words(ledger: Ledger, words: str) -> list[Claim]:
    """The claims in which every word is found: in what they say and in what stands around it."""
    wanted = words.casefold().split()
    if not wanted:
        return list(ledger.claims.values())
    texts = ((claim, _text(ledger, claim)) for claim in ledger.claims.values())
    return [claim for claim, text in texts if all(word in text for word in wanted)]


def _text(ledger: Ledger, claim: Claim) -> str:
    return " ".join(
        (
            claim.id,
            claim.text,
            claim.corrected,
            claim.note,
            ledger.topics[claim.topic],
            *(ledger.sources[source].name for source in claim.sources),
            *claim.evidence,
        )
    ).casefold()


def _values(claim: Claim, facet: Facet) -> tuple[str, ...]:
    if facet == "framework":
        return claim.frameworks
    if facet == "source":
        return claim.sources
    if facet == "topic":
        return (claim.topic,)
    return (claim.verdict,) if facet == "verdict" else (claim.impact,)


def _without(wanted: ClaimFilter, facet: Facet) -> ClaimFilter:
    return replace(wanted, **{facet: ""})
