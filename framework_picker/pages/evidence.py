"""The Evidence page: what articles claim, whether it holds, and a claim of one's own checked."""

from __future__ import annotations

import reflex as rx
from reflex_components_core.el.elements.inline import A as PlainAnchor

from framework_picker import routes
from framework_picker.catalog.current import get_catalog, get_ledger, get_published
from framework_picker.components import tokens
from framework_picker.components.claim_checker import claim_answer, claim_form
from framework_picker.components.claim_sources import article_table, claim_sources
from framework_picker.components.contradictions import contradictions
from framework_picker.components.evidence_effects import evidence_effects
from framework_picker.components.frame import page
from framework_picker.components.ledger import ledger
from framework_picker.state.claim_check import CheckView, ClaimCheckState
from framework_picker.state.evidence import (
    EvidenceState,
    LedgerView,
    article_lines,
    default_view,
    subject_lines,
    summary,
    verdict_parts,
)

TITLE = "Claims about Python web frameworks, checked · Framework Picker"
DESCRIPTION = (
    "Every factual claim of five comparison articles with its verdict and evidence, where they "
    "contradict each other, and a checker for claims of your own."
)


def evidence_page() -> rx.Component:
    """The page at ``/evidence``."""
    catalog, claims = get_catalog(), get_ledger()
    frameworks = sorted(
        ((one.slug, one.name) for one in catalog.alternatives.values()),
        key=lambda entry: entry[1].casefold(),
    )
    found, articles, verdicts = summary(claims), article_lines(claims), verdict_parts(claims)
    workloads = [(one.id, one.label) for one in get_published().workloads.values()]
    return page(
        rx.el.h1(found.headline, data_origin="#how", class_name=tokens.H1),
        rx.el.p(found.findings, data_origin="#how", class_name=f"{tokens.DEK} mt-2"),
        rx.el.nav(
            rx.el.ul(
                *(
                    rx.el.li(PlainAnchor.create(words, href=anchor, class_name=tokens.QUIET_LINK))
                    for anchor, words in (
                        ("#check", "Check a claim"),
                        ("#claims", "All claims"),
                        ("#contradictions", "Where sources contradict each other"),
                        ("#how", "How it was checked"),
                    )
                ),
                class_name="flex flex-wrap gap-x-5 gap-y-2 border-y border-rule py-2.5 text-14",
            ),
            aria_label="On this page",
            class_name="not-printed mt-6",
        ),
        rx.el.div(
            claim_sources(articles, verdicts),
            claim_form(frameworks, workloads, [one.sentence for one in claims.examples]),
            class_name="mt-8 grid gap-x-14 gap-y-10 lg:grid-cols-2 [&>*]:min-w-0",
        ),
        article_table(articles, verdicts),
        _answer(view=ClaimCheckState.view),
        # What the page shows by itself travels with the page, not with every state.
        _ledger(view=rx.cond(EvidenceState.is_own, EvidenceState.view, default_view())),
        contradictions(subject_lines(claims)),
        _how(),
        evidence_effects(),
        current=routes.EVIDENCE,
        catalog=catalog,
    )


@rx.memo
def _ledger(view: rx.vars.ObjectVar[LedgerView]) -> rx.Component:
    return ledger(view)


@rx.memo
def _answer(view: rx.vars.ObjectVar[CheckView]) -> rx.Component:
    return claim_answer(view)


def _how() -> rx.Component:
    ledger = get_ledger()
    return rx.el.section(
        rx.el.h2("How it was checked", class_name="text-18 font-strong"),
        rx.el.div(
            rx.el.p(
                "Every factual claim of five published articles was written down in our words, and "
                "evidence was looked for: the documentation and the source of the packages, the "
                "package index, repositories at a commit, dated public counts, and measurements "
                "of our own on two cores, one run each: good for direction and rough size. "
                "Stack Overflow counts, salaries, hosting prices, subreddits and StackShare counts "
                "could not be opened."
            ),
            rx.el.p(
                "One of the articles is published by the maker of Reflex, with which this app is "
                "built. It was checked like the others: ",
                rx.el.a("how we keep that fair", href=routes.NEUTRALITY, class_name=tokens.LINK),
                ".",
            ),
            rx.el.p(
                "A claim says little about its author: some articles were right when they were "
                "written. A verdict is wrong, or better evidence exists? Each claim is an entry of "
                "a file in the data folder."
            ),
            rx.el.p(
                f"Every count on this page counts these entries: {len(ledger.claims)} claims in "
                f"data/claims/claims.yaml, checked on {ledger.checked_on}.",
                data_origin="#how",
            ),
            class_name="mt-2 max-w-[80ch] space-y-2 text-14 text-soft",
        ),
        id="how",
        class_name="mt-16 scroll-mt-4",
    )
