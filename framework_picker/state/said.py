"""What the claims ledger says about one framework, ready to be shown.

Nothing here is remembered: it is the same for everybody and stands in the page.
"""

from __future__ import annotations

from dataclasses import dataclass

from framework_picker import routes
from framework_picker.domain.claims import (
    VERDICT_WORDS,
    Claim,
    ClaimFilter,
    Ledger,
    found_claims,
    tally_about,
)
from framework_picker.domain.explain import number as in_words

MOST_CLAIMS = 8


@dataclass(frozen=True, slots=True)
class SaidPart:
    """How many claims came out like this; ``href`` leads to them, ``width`` is percent."""

    verdict: str
    words: str
    count: int
    width: str
    href: str


@dataclass(frozen=True, slots=True)
class SaidClaim:
    """One claim with its verdict; ``corrected`` is empty where nothing stands against it."""

    id: str
    href: str
    text: str
    verdict: str
    words: str
    corrected: str
    source: str


@dataclass(frozen=True, slots=True)
class Said:
    """The claims about one framework: in a sentence, by verdict, those with most at stake."""

    headline: str
    checked: str
    parts: list[SaidPart]
    claims: list[SaidClaim]
    all_href: str
    all_words: str


def said(ledger: Ledger, framework: str, name: str) -> Said:
    """What articles say about a framework, and how much of it holds."""
    found = tally_about(ledger, framework)
    checked = ledger.checked_on.isoformat() if ledger.checked_on else ""
    if not found.total:
        return Said(_nothing(ledger, name), checked, [], [], routes.link(routes.EVIDENCE), "")
    claims = found_claims(ledger, ClaimFilter(framework=framework))
    holds = found.by_verdict["confirmed"]
    return Said(
        headline=(
            f"Of {found.checkable} checkable claims about {name}, {holds} "
            f"{'holds' if holds == 1 else 'hold'} and {found.wrong} were wrong or are out of date"
        ),
        checked=checked,
        parts=[
            SaidPart(
                verdict=verdict,
                words=VERDICT_WORDS[verdict],
                count=count,
                width=f"{100 * count / found.total:.2f}%",
                href=routes.ledger({"framework": framework, "verdict": verdict}),
            )
            for verdict, count in found.by_verdict.items()
            if count
        ],
        claims=[_claim(ledger, claim) for claim in claims[:MOST_CLAIMS]],
        all_href=routes.ledger({"framework": framework}),
        all_words=f"All {found.total} claims about {name}",
    )


def _nothing(ledger: Ledger, name: str) -> str:
    articles = len(ledger.sources)
    if not articles:
        return "No article has been checked yet"
    return f"None of the {in_words(articles)} articles checked here claims anything about {name}"


def _claim(ledger: Ledger, claim: Claim) -> SaidClaim:
    return SaidClaim(
        id=claim.id,
        href=routes.claim(claim.id),
        text=claim.text,
        verdict=claim.verdict,
        words=VERDICT_WORDS[claim.verdict],
        corrected=claim.corrected,
        source=ledger.sources[claim.source].name,
    )
