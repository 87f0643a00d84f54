"""The list of claims: filter, twenty claims at a time, and the page after."""

from __future__ import annotations

from typing import Any

import reflex as rx

from framework_picker.components import tokens
from framework_picker.components.browser import CONTENT
from framework_picker.components.claim_details import claim_details
from framework_picker.components.claim_verdict import verdict_mark, verdict_words
from framework_picker.components.evidence_effects import SEARCH_FIELD, facet_field
from framework_picker.domain.claims import Facet
from framework_picker.state.evidence import (
    FACET_LABELS,
    LIST_TITLE,
    ClaimLine,
    EvidenceState,
    FacetOption,
    LedgerView,
)
from framework_picker.state.outside_words import LONGEST_WORDS

View = rx.vars.ObjectVar[LedgerView]

SEARCH_PAUSE_MS = 150

_FIELD = (
    "min-h-10 w-full rounded-md border border-edge bg-card px-3 text-16 text-ink md:text-14 "
    "placeholder:text-faint"
)
_TOGGLE = (
    "inline-flex min-h-9 items-center gap-1.5 rounded-full border border-rule bg-card px-3 text-14 "
    "text-ink hover:border-edge aria-pressed:border-ink aria-pressed:font-strong "
    "disabled:text-faint disabled:hover:border-rule"
)


def ledger(view: View) -> rx.Component:
    """The claims, and what narrows them."""
    return rx.el.section(
        rx.el.h2(
            "All claims",
            id=LIST_TITLE,
            tab_index=-1,
            class_name="text-18 font-strong scroll-mt-4",
        ),
        rx.el.p(
            "Open a claim to see what is right instead and what that rests on. Those that could "
            "change a choice of framework come first.",
            class_name=f"{tokens.SUB} mt-1 max-w-[80ch]",
        ),
        _notices(),
        _filter(view),
        rx.cond(
            view.claims,
            rx.el.div(rx.foreach(view.claims, _claim), class_name="mt-3 border-t border-rule"),
            _nothing(),
        ),
        _pager(view),
        class_name="mt-14",
    )


def _filter(view: View) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.label(
                rx.el.span("Search", class_name="block text-13 text-soft"),
                rx.el.input(
                    id=SEARCH_FIELD,
                    type="search",
                    placeholder="async, stars, C069",
                    max_length=LONGEST_WORDS,
                    on_change=EvidenceState.search_claims.debounce(SEARCH_PAUSE_MS),  # type: ignore[attr-defined]
                    class_name=_FIELD,
                ),
                class_name="col-span-2 lg:col-span-1",
            ),
            _select("framework", view.frameworks),
            _select("topic", view.topics),
            _select("source", view.sources),
            _select("impact", view.impacts),
            class_name="grid grid-cols-2 gap-x-4 gap-y-2 lg:grid-cols-5",
        ),
        rx.el.div(
            rx.foreach(view.verdicts, _verdict_toggle),
            role="group",
            aria_label="Verdict",
            class_name="mt-3 flex flex-wrap gap-2",
        ),
        rx.el.p(
            rx.el.span(view.shown, role="status", class_name="tabular-nums"),
            rx.cond(
                view.is_narrowed,
                rx.el.button(
                    "Show all claims",
                    type="button",
                    on_click=[EvidenceState.clear_filter, rx.set_focus(LIST_TITLE)],
                    class_name=tokens.TEXT_BUTTON,
                ),
            ),
            class_name="mt-3 flex flex-wrap items-baseline gap-x-4 text-14 text-soft",
        ),
        data_label="",
        class_name="not-printed mt-4 border-t border-rule pt-3",
    )


def _select(facet: Facet, options: Any) -> rx.Component:
    return rx.el.label(
        rx.el.span(FACET_LABELS[facet], class_name="block text-13 text-soft"),
        rx.el.select(
            rx.el.option("All", value=""),
            rx.foreach(options, _option),
            id=facet_field(facet),
            default_value="",
            on_change=EvidenceState.narrow(facet),
            class_name=f"{_FIELD} pr-8",
        ),
    )


def _option(option: rx.vars.ObjectVar[FacetOption]) -> rx.Component:
    return rx.el.option(
        f"{option.label} ({option.count})",
        value=option.value,
        key=option.value,
    )


def _verdict_toggle(option: rx.vars.ObjectVar[FacetOption]) -> rx.Component:
    return rx.el.button(
        verdict_mark(verdict=option.value),
        f"{option.label} ",
        rx.el.span(option.count, class_name="text-soft tabular-nums"),
        type="button",
        aria_pressed=rx.cond(option.is_chosen, "true", "false"),
        disabled=(option.count == 0) & ~option.is_chosen,
        on_click=EvidenceState.narrow("verdict", rx.cond(option.is_chosen, "", option.value)),
        key=option.value,
        class_name=_TOGGLE,
    )


def _claim(claim: rx.vars.ObjectVar[ClaimLine]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            rx.el.span(
                verdict_words(claim.verdict, claim.words, look="text-13 text-soft"),
                rx.el.span(claim.text, class_name="text-16 font-medium text-ink"),
                rx.el.span(
                    claim.source,
                    rx.cond(claim.is_vendor, rx.el.span(" (vendor)")),
                    class_name="text-13 text-soft md:text-right",
                ),
                class_name=(
                    "grid items-baseline gap-x-4 gap-y-0.5 md:grid-cols-[10rem_minmax(0,1fr)_14rem]"
                ),
            ),
            class_name="opens py-2.5 text-14 hover:[&_.font-medium]:text-accent",
        ),
        rx.el.div(
            claim_details(claim=claim),
            rx.el.p(
                rx.el.a(f"{claim.id}: a page of its own", href=claim.href, class_name=tokens.LINK),
                rx.el.button(
                    "Copy the link",
                    type="button",
                    data_copy=claim.href,
                    data_copied="Link copied",
                    class_name=f"not-printed {tokens.TEXT_BUTTON}",
                ),
                rx.el.span(role="status", class_name="text-soft"),
                data_label="",
                class_name="mt-3 flex flex-wrap items-baseline gap-x-4 text-14",
            ),
            class_name="pt-1 pb-6",
        ),
        key=claim.id,
        id=claim.id,
        class_name=f"{tokens.RULED} pl-4",
    )


def _nothing() -> rx.Component:
    return rx.el.div(
        rx.el.p("No claim fits.", class_name="font-strong"),
        rx.el.p(
            "The five articles say nothing of the kind. Try fewer words, or ",
            rx.el.button(
                "show all claims",
                type="button",
                on_click=EvidenceState.clear_filter,
                class_name=tokens.TEXT_BUTTON,
            ),
            ". A comparison of two frameworks can be checked above, whether an article makes it "
            "or not.",
            class_name="mt-1 max-w-[62ch]",
        ),
        class_name=f"{tokens.CARD} mt-4 px-5 py-4 text-14",
    )


def _pager(view: View) -> rx.Component:
    return rx.cond(
        view.pages > 1,
        rx.el.nav(
            rx.el.button(
                "Previous",
                type="button",
                disabled=view.page <= 1,
                on_click=EvidenceState.turn_to(view.page - 1),
                class_name=f"{tokens.SMALL_BUTTON} min-h-10 disabled:text-faint",
            ),
            rx.el.span(
                "Page ", view.page, " of ", view.pages, class_name="text-14 text-soft tabular-nums"
            ),
            rx.el.button(
                "Next",
                type="button",
                disabled=view.page >= view.pages,
                on_click=EvidenceState.turn_to(view.page + 1),
                class_name=f"{tokens.SMALL_BUTTON} min-h-10 disabled:text-faint",
            ),
            aria_label="Pages of claims",
            data_label="",
            class_name="not-printed mt-4 flex items-center gap-4",
        ),
    )


def _notices() -> rx.Component:
    return rx.el.div(
        rx.cond(
            EvidenceState.notices,
            rx.el.div(
                rx.el.div(
                    rx.foreach(
                        EvidenceState.notices,
                        lambda text: rx.el.p(text, class_name="py-1 wrap-anywhere"),
                    ),
                    class_name="min-w-0 grow",
                ),
                rx.el.button(
                    "Close",
                    type="button",
                    on_click=[EvidenceState.dismiss_notices, rx.set_focus(CONTENT)],
                    class_name="py-1 text-14 text-soft underline underline-offset-3 hover:text-ink",
                ),
                class_name=(
                    "mt-3 flex items-baseline gap-x-4 rounded-lg border-l-3 border-accent "
                    "bg-accent-soft px-3.5 py-2 text-14"
                ),
            ),
        ),
        role="status",
    )
