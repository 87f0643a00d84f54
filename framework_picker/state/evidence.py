"""Which claims of the ledger are shown, and the claim that has a page of its own.

The address carries the filter, so this state may be lost at any time: ``open_page`` reads the
address whenever a page opens or the connection comes back. Handlers are public; each checks what
it is given, and what is not ours changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

import reflex as rx
from reflex.event import EventSpec

from framework_picker import routes
from framework_picker.catalog.current import get_catalog, get_ledger
from framework_picker.domain.claims import (
    FACETS,
    VERDICT_MEANING,
    VERDICT_WORDS,
    Claim,
    ClaimFilter,
    Dispute,
    Facet,
    Ledger,
    TextPart,
    Verdict,
    claim_number,
    evidence_parts,
    facet_counts,
    facet_values,
    findings,
    found_claims,
    headline,
    month_words,
    tallies,
    tally,
)
from framework_picker.domain.explain import listing
from framework_picker.domain.readings import number, reading
from framework_picker.domain.receipts import sentence
from framework_picker.domain.sources import SourceLine as Citation
from framework_picker.domain.sources import source_lines as source_citations
from framework_picker.state.outside_words import LONGEST_NAMED, can_be_searched, printable

CLAIMS_PER_PAGE = 20
LIST_TITLE = "claims"
"""Id of the heading above the list, which gets the focus when the page was turned."""

LONGEST_QUERY = 4_000
OF_OTHERS = ("check", "utm_")
"""How parts of the query begin that the claim checker reads, or that mail programs add."""
MOST_PARTS = 20
# In front of the server's own names for the facets, in the address.
SEARCH, PAGE = "q", "page"

FACET_LABELS: Mapping[Facet, str] = {
    "framework": "Framework",
    "topic": "Topic",
    "source": "Article",
    "verdict": "Verdict",
    "impact": "Impact",
}


@dataclass(frozen=True, slots=True)
class Other:
    """Another claim, as a link. ``verdict`` is its id, ``words`` what it means."""

    id: str
    href: str
    text: str
    verdict: str
    words: str


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One citation, in pieces of text and links."""

    parts: list[TextPart]


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim with everything that is known about it."""

    id: str
    href: str
    text: str
    verdict: str
    words: str
    meaning: str
    source: str
    title: str
    place: str
    also_in: str
    is_vendor: bool
    about: str
    impact: str
    says: str
    corrected: str
    note: str
    evidence: list[EvidenceLine]
    related: list[Other]


@dataclass(frozen=True, slots=True)
class FacetOption:
    """A value to filter by, with how many claims it would show."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class LedgerView:
    """Everything the list of claims shows."""

    shown: str
    claims: list[ClaimLine]
    frameworks: list[FacetOption]
    topics: list[FacetOption]
    sources: list[FacetOption]
    verdicts: list[FacetOption]
    impacts: list[FacetOption]
    page: int
    pages: int
    is_narrowed: bool


@dataclass(frozen=True, slots=True)
class BarPart:
    """A verdict's part of a bar; ``width`` is percent of the longest bar."""

    verdict: str
    words: str
    count: int
    width: str


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """How the claims of one article came out."""

    slug: str
    name: str
    title: str
    author: str
    note: str
    is_vendor: bool
    total: int
    holds: str
    parts: list[BarPart]


@dataclass(frozen=True, slots=True)
class SayingLine:
    """What one article answers."""

    source: str
    date: str
    value: str
    claim: Other


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """A question, what the articles answer, and what settles it (empty where nothing does)."""

    question: str
    says: list[SayingLine]
    settled: str
    settled_on: str
    by: list[Other]
    sources: list[Citation]


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """A subject on which the articles contradict each other."""

    id: str
    title: str
    why: str
    disputes: list[DisputeLine]


NO_CLAIM = ClaimLine("", "", "", "", "", "", "", "", "", "", False, "", "", "", "", "", [], [])
NO_VIEW = LedgerView("", [], [], [], [], [], [], 1, 1, False)


class EvidenceState(rx.State):
    """Which claims are shown. ``chosen`` holds a value per facet that narrows."""

    words: str = ""
    chosen: dict[str, str] = {}
    page_number: int = 1
    notices: list[str] = []
    revision: int = 0
    asked: str = ""
    is_open: bool = False

    @rx.event
    def open_page(self) -> None:
        """The page was opened, or the connection came back: the address says what to show."""
        self.notices = []
        self._follow(self.router.url.query or "")
        self.revision += 1

    @rx.event
    def open_claim(self) -> None:
        """A claim's own page was opened; the address names it."""
        self.asked = self.router.url.path.rstrip("/").rpartition("/")[2][:LONGEST_NAMED]
        self.is_open = True

    @rx.event
    def search_claims(self, words: str) -> None:
        """The visitor looks for words."""
        if isinstance(words, str) and can_be_searched(words):
            self.words = words.strip()
            self._start_at_first()

    @rx.event
    def narrow(self, facet: str, value: str) -> None:
        """The visitor chose a value to filter by, or all of them with an empty one."""
        if isinstance(facet, str) and isinstance(value, str) and facet in FACETS:
            if value and value not in _values_by_name(facet):
                return
            chosen = {name: kept for name, kept in self.chosen.items() if name != facet}
            self.chosen = {**chosen, facet: value} if value else chosen
            self._start_at_first()

    @rx.event
    def turn_to(self, page_number: int) -> EventSpec | None:
        """The visitor turned the page."""
        if isinstance(page_number, bool) or not isinstance(page_number, int):
            return None
        if not 1 <= page_number <= ledger_view(self._wanted()).pages:
            return None
        self.page_number = page_number
        self.revision += 1
        # The new claims begin at the top of the list.
        return rx.set_focus(LIST_TITLE)

    @rx.event
    def clear_filter(self) -> None:
        """The visitor wants all claims again."""
        self.words = ""
        self.chosen = {}
        self._start_at_first()

    @rx.event
    def dismiss_notices(self) -> None:
        """The visitor has read the notice."""
        self.notices = []

    @rx.var
    def is_own(self) -> bool:
        """Whether something else is shown than what the page holds from the start."""
        return self._wanted() != Wanted()

    @rx.var
    def view(self) -> LedgerView:
        """What the page shows; empty while that is what the page holds from the start."""
        wanted = self._wanted()
        return NO_VIEW if wanted == Wanted() else ledger_view(wanted)

    @rx.var
    def query(self) -> str:
        """The query that restores the filter; empty for what the page shows by itself."""
        parts = [(SEARCH, self.words)] if self.words else []
        parts += [(facet, self.chosen[facet]) for facet in FACETS if facet in self.chosen]
        if self.page_number > 1:
            parts.append((PAGE, str(self.page_number)))
        return urlencode(parts)

    @rx.var
    def claim(self) -> ClaimLine:
        """The claim whose page is open; an empty one where the address names none."""
        found = get_ledger().claims.get(claim_number(get_ledger(), self.asked))
        return NO_CLAIM if found is None else claim_line(get_ledger(), found)

    @rx.var
    def title(self) -> str:
        """What the browser calls a claim's page."""
        return claim_title(self.asked)

    def _wanted(self) -> Wanted:
        return Wanted(self.words, tuple(sorted(self.chosen.items())), self.page_number)

    def _start_at_first(self) -> None:
        self.page_number = 1
        self.revision += 1

    def _follow(self, query: str) -> None:
        if len(query) > LONGEST_QUERY:
            self.notices = ["The link is longer than any of ours, so it was not read."]
            return
        linked, notices = wanted_in(query)
        self.words = linked.words
        self.chosen = dict(linked.chosen)
        self.page_number = linked.page
        self.notices = list(notices)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which claims are wanted: everything a view of the ledger depends on."""

    words: str = ""
    chosen: tuple[tuple[str, str], ...] = ()
    page: int = 1


def wanted_in(query: str) -> tuple[Wanted, tuple[str, ...]]:
    """What a query asks for, and a sentence for everything in it that was dropped.

    Parts that belong to others (the claim checker's sentence) are not looked at.
    """
    try:
        parts = dict(parse_qsl(query, max_num_fields=MOST_PARTS))
    except ValueError:
        return Wanted(), ("The link holds more parts than any of ours, so it was not read.",)
    dropped: list[str] = []
    words = parts.pop(SEARCH, "").strip()
    if not can_be_searched(words):
        dropped.append(f"{SEARCH}={words}")
        words = ""
    chosen: dict[str, str] = {}
    for facet in FACETS:
        value = parts.pop(facet, "")
        if value and value in _values_by_name(facet):
            chosen[facet] = value
        elif value:
            dropped.append(f"{facet}={value}")
    asked = parts.pop(PAGE, "1")
    wanted = Wanted(words, tuple(sorted(chosen.items())), 1)
    pages = ledger_view(wanted).pages
    if asked.isascii() and asked.isdigit() and len(asked) < 4 and 1 <= int(asked) <= pages:
        wanted = Wanted(words, wanted.chosen, int(asked))
    else:
        dropped.append(f"{PAGE}={asked}")
    dropped += [
        f"{name}={value}" for name, value in parts.items() if not name.startswith(OF_OTHERS)
    ]
    named = [f"“{printable(part)}”" for part in dropped]
    notices = (
        (f"The link asks for {listing(named)}, which this page does not know.",) if named else ()
    )
    return wanted, notices


@lru_cache(maxsize=256)
def ledger_view(wanted: Wanted) -> LedgerView:
    """One page of the claims that are wanted. Shared between visitors: read it only."""
    ledger = get_ledger()
    chosen = dict(wanted.chosen)
    kept = ClaimFilter(
        words=wanted.words,
        framework=chosen.get("framework", ""),
        topic=chosen.get("topic", ""),
        source=_values_by_name("source").get(chosen.get("source", ""), ""),
        verdict=chosen.get("verdict", ""),
        impact=chosen.get("impact", ""),
    )
    found = found_claims(ledger, kept)
    counts = facet_counts(ledger, kept)
    pages = max(1, -(-len(found) // CLAIMS_PER_PAGE))
    page = min(wanted.page, pages)
    first = (page - 1) * CLAIMS_PER_PAGE
    on_page = found[first : first + CLAIMS_PER_PAGE]

    def options(facet: Facet) -> list[FacetOption]:
        return [
            FacetOption(
                name,
                _facet_word(ledger, facet, value),
                counts[facet][value],
                chosen.get(facet) == name,
            )
            for name, value in _values_by_name(facet).items()
        ]

    return LedgerView(
        shown=_shown(len(found), len(ledger.claims), first, len(on_page)),
        claims=[claim_line(ledger, claim) for claim in on_page],
        frameworks=options("framework"),
        topics=options("topic"),
        sources=options("source"),
        verdicts=options("verdict"),
        impacts=options("impact"),
        page=page,
        pages=pages,
        is_narrowed=bool(wanted.words or chosen),
    )


@dataclass(frozen=True, slots=True)
class Summary:
    """What checking the claims has found, in words."""

    headline: str
    findings: str


def summary(ledger: Ledger) -> Summary:
    """The headline of the page and the sentences below it."""
    return Summary(headline(ledger), findings(ledger))


def default_view() -> LedgerView:
    """What the page shows before anybody has asked for anything."""
    return ledger_view(Wanted())


def claim_line(ledger: Ledger, claim: Claim) -> ClaimLine:
    """A claim, ready to be shown."""
    source = ledger.sources[claim.source]
    others = [ledger.sources[name] for name in claim.also_in]
    about = [_framework(slug) for slug in claim.frameworks]
    return ClaimLine(
        id=claim.id,
        href=routes.claim(claim.id),
        text=claim.text,
        verdict=claim.verdict,
        words=VERDICT_WORDS[claim.verdict],
        meaning=VERDICT_MEANING[claim.verdict],
        source=source.name,
        title=source.title,
        place=f"line {claim.source_line}",
        also_in=listing([other.name for other in others], shown=9) if others else "",
        is_vendor=source.is_vendor,
        about=f"{listing(about, shown=9)} · {ledger.topics[claim.topic]}",
        impact=claim.impact,
        says=_says(claim),
        corrected=claim.corrected,
        note=sentence(claim.note),
        evidence=[EvidenceLine(list(evidence_parts(one))) for one in claim.evidence],
        related=[other(ledger, name) for name in claim.related],
    )


def other(ledger: Ledger, claim_id: str) -> Other:
    """Another claim, as a link."""
    claim = ledger.claims[claim_id]
    return Other(
        claim.id,
        routes.claim(claim.id),
        claim.text,
        claim.verdict,
        VERDICT_WORDS[claim.verdict],
    )


def claim_title(asked: str) -> str:
    """What the browser calls the page of a claim."""
    ledger = get_ledger()
    claim = ledger.claims.get(claim_number(ledger, asked))
    if claim is None:
        return "A claim, checked · Framework Picker"
    return f"{claim.text} {VERDICT_WORDS[claim.verdict].capitalize()} · Framework Picker"


def article_lines(ledger: Ledger) -> list[ArticleLine]:
    """One bar per article, the one with most claims first."""
    found = tallies(ledger)
    longest = max((one.total for one in found), default=1)
    lines = []
    for one in found:
        source = ledger.sources[one.source]
        lines.append(
            ArticleLine(
                slug=source.slug,
                name=source.name,
                title=source.title,
                author=source.author,
                note=source.note,
                is_vendor=source.is_vendor,
                total=one.total,
                holds=f"{one.by_verdict['confirmed']} of {one.checkable}",
                parts=_bar(one.by_verdict, longest),
            )
        )
    return lines


def verdict_parts(ledger: Ledger) -> list[BarPart]:
    """All claims by verdict, in the order of the bars."""
    found = tally(ledger)
    return _bar(found.by_verdict, max(found.total, 1))


def subject_lines(ledger: Ledger) -> list[SubjectLine]:
    """Where the articles contradict each other."""
    return [
        SubjectLine(
            id=subject.id,
            title=subject.title,
            why=subject.why,
            disputes=[_dispute(ledger, one) for one in subject.disputes],
        )
        for subject in ledger.subjects
    ]


def _bar(by_verdict: Mapping[Verdict, int], longest: int) -> list[BarPart]:
    return [
        BarPart(verdict, VERDICT_WORDS[verdict], count, f"{100 * count / longest:.2f}%")
        for verdict, count in by_verdict.items()
    ]


def _dispute(ledger: Ledger, dispute: Dispute) -> DisputeLine:
    says = []
    for saying in dispute.says:
        claim = ledger.claims[saying.claim]
        says.append(
            SayingLine(
                source=ledger.sources[claim.source].publisher,
                date=month_words(claim.as_of),
                value=saying.value,
                claim=other(ledger, claim.id),
            )
        )
    settled = dispute.settled
    if settled is None:
        return DisputeLine(dispute.question, says, "", "", [], [])
    if settled.fact:
        fact = get_catalog().alternatives[settled.framework].facts.get(settled.fact)
        return DisputeLine(
            question=dispute.question,
            says=says,
            settled=reading(fact.value) if fact else "",
            settled_on=fact.as_of.isoformat() if fact else "",
            by=[],
            sources=list(source_citations(fact.source)) if fact else [],
        )
    return DisputeLine(
        question=dispute.question,
        says=says,
        settled=settled.value,
        settled_on=settled.as_of.isoformat() if settled.as_of else "",
        by=[other(ledger, name) for name in settled.by],
        sources=[],
    )


def _says(claim: Claim) -> str:
    """The claim's own number with its unit and the time it speaks of; empty without one."""
    if not claim.value:
        return ""
    value = number(float(claim.value)) if claim.value.isdigit() else claim.value
    if claim.unit in ("year", "version", "Python version", "rank", "date"):
        value = claim.value
    unit = "" if claim.unit in ("year", "date") else claim.unit
    when = f"as of {claim.claim_date}" if claim.claim_date else ""
    return ", ".join(filter(None, [" ".join(filter(None, [value, unit])), when]))


def _shown(found: int, total: int, first: int, on_page: int) -> str:
    if not found:
        return f"None of {total} claims"
    where = f"{first + 1} to {first + on_page}"
    if found == total:
        return f"{where} of {total} claims"
    shown = "" if on_page == found else f", {where} shown"
    return f"{found} of {total} claims{shown}"


def _values_by_name(facet: str) -> dict[str, str]:
    """The values of a facet under the names that stand in links: an article's slug, else itself."""
    return dict(_named_values(facet))


@lru_cache(maxsize=len(FACETS))
def _named_values(facet: Facet) -> tuple[tuple[str, str], ...]:
    ledger = get_ledger()
    values = facet_values(ledger, facet)
    if facet == "source":
        return tuple((ledger.sources[value].slug, value) for value in values)
    return tuple((value, value) for value in values)


def _facet_word(ledger: Ledger, facet: Facet, value: str) -> str:
    if facet == "framework":
        return _framework(value)
    if facet == "topic":
        return ledger.topics[value]
    if facet == "source":
        return ledger.sources[value].name
    if facet == "verdict":
        return VERDICT_WORDS[value]  # type: ignore[index]
    return value


def _framework(slug: str) -> str:
    return get_catalog().alternatives[slug].name
