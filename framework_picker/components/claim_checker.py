"""The claim checker: a sentence or a form in, every row and a word out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.components.claim_details import related_claim
from framework_picker.components.claim_verdict import verdict_mark
from framework_picker.components.evidence_effects import ANSWER, SENTENCE_FIELD
from framework_picker.components.sources import source
from framework_picker.domain.claim_check import RELATIONS
from framework_picker.domain.claim_sentence import LONGEST_SENTENCE
from framework_picker.state.claim_check import (
    LONGEST_PART,
    CheckView,
    ClaimCheckState,
    RowLine,
    SettingLine,
)
from framework_picker.state.evidence import LIST_TITLE

View = rx.vars.ObjectVar[CheckView]

_FIELD = (
    "min-h-10 rounded-md border border-edge bg-card px-3 text-16 text-ink md:text-14 "
    "placeholder:text-faint"
)
_HEAD = "border-b border-edge py-1.5 pr-4 text-left align-bottom font-strong"
_CELL = "border-b border-rule py-1.5 pr-4 align-top"
_NUMBER = "border-b border-rule py-1.5 pr-4 text-right align-top tabular-nums"


def claim_form(
    frameworks: Sequence[tuple[str, str]],
    workloads: Sequence[tuple[str, str]],
    examples: Sequence[str],
) -> rx.Component:
    """Where a claim is asked about.

    Args:
        frameworks: Slug and name of what can be compared.
        workloads: Id and name of what a speed can be asked for.
        examples: Sentences to start from.
    """
    return rx.el.section(
        rx.el.h2("Check a claim", class_name=tokens.H2),
        rx.el.p(
            "Write a comparison as you have heard it. The answer shows every published and "
            "measured row that bears on it.",
            class_name=f"{tokens.SUB} mt-1",
        ),
        rx.el.form(
            rx.el.label(
                rx.el.span("A comparison of two frameworks", class_name="sr-only"),
                rx.el.input(
                    id=SENTENCE_FIELD,
                    name="sentence",
                    type="text",
                    placeholder="FastAPI is 3 times faster than Flask",
                    auto_complete="off",
                    max_length=LONGEST_SENTENCE,
                    required=True,
                    class_name=f"{_FIELD} min-h-11 w-full",
                ),
                class_name="min-w-0 grow",
            ),
            rx.el.button("Check", type="submit", class_name=tokens.BUTTON),
            on_submit=ClaimCheckState.ask,
            class_name="mt-3 flex gap-2",
        ),
        rx.el.ul(
            *(rx.el.li(_example(sentence)) for sentence in examples),
            aria_label="Well-known claims",
            data_label="",
            class_name="mt-3 flex flex-wrap gap-2",
        ),
        rx.el.details(
            rx.el.summary("Put it together from parts", class_name="py-2 text-14 text-soft"),
            _parts(frameworks, workloads),
            class_name="mt-2",
        ),
        id="check",
        class_name="not-printed min-w-0 scroll-mt-4",
    )


def claim_answer(view: View) -> rx.Component:
    """The answer; an empty status region while nothing was asked."""
    return rx.el.div(
        rx.cond(
            view.asked != "",
            rx.el.section(
                rx.cond(view.answer != "", _answer(view), _not_understood(view)),
                aria_label="Answer",
                data_origin=f"#{ANSWER}",
                class_name=f"{tokens.CARD} mt-8 px-4 py-4 md:px-6 md:py-5",
            ),
        ),
        id=ANSWER,
        tab_index=-1,
        class_name="scroll-mt-4",
    )


def _example(sentence: str) -> rx.Component:
    return rx.el.button(
        sentence,
        type="button",
        on_click=ClaimCheckState.ask_example(sentence),
        class_name=(
            "min-h-8 rounded-full border border-rule bg-card px-3 py-1 text-left text-13 text-ink "
            "hover:border-edge"
        ),
    )


def _parts(
    frameworks: Sequence[tuple[str, str]], workloads: Sequence[tuple[str, str]]
) -> rx.Component:
    relations = [(relation.id, relation.words) for relation in RELATIONS.values()]
    units = (("times", "times"), ("percent", "%"), ("years", "years"))
    return rx.el.form(
        _select("one", "Framework", frameworks, "fastapi"),
        _select("relation", "Comparison", relations, "faster"),
        _select("other", "Other framework", frameworks, "flask"),
        rx.el.label(
            rx.el.span("By how much, if it says", class_name="block text-13 text-soft"),
            rx.el.span(
                rx.el.input(
                    name="amount",
                    type="text",
                    input_mode="decimal",
                    auto_complete="off",
                    max_length=LONGEST_PART,
                    class_name=f"{_FIELD} w-16 shrink-0",
                ),
                rx.el.select(
                    *_options(units),
                    name="unit",
                    default_value="times",
                    aria_label="Unit",
                    class_name=f"{_FIELD} min-w-0 grow",
                ),
                class_name="flex gap-2",
            ),
        ),
        _select("workload", "At (speed only)", [("", "anything"), *workloads], ""),
        rx.el.div(
            rx.el.button("Check", type="submit", class_name=f"{tokens.SMALL_BUTTON} min-h-10 px-4"),
            class_name="self-end",
        ),
        rx.el.p(
            ClaimCheckState.form_problem,
            role="status",
            class_name="col-span-full text-14 text-warn empty:hidden",
        ),
        on_submit=ClaimCheckState.ask_in_parts,
        class_name="grid gap-x-3 gap-y-2 sm:grid-cols-3",
    )


def _select(name: str, label: str, options: Iterable[tuple[str, str]], chosen: str) -> rx.Component:
    return rx.el.label(
        rx.el.span(label, class_name="block text-13 text-soft"),
        rx.el.select(
            *_options(options), name=name, default_value=chosen, class_name=f"{_FIELD} w-full pr-8"
        ),
        class_name="min-w-0",
    )


def _options(options: Iterable[tuple[str, str]]) -> list[rx.Component]:
    return [rx.el.option(words, value=value) for value, words in options]


def _not_understood(view: View) -> rx.Component:
    return rx.fragment(
        rx.el.div(
            rx.el.p("Not understood", class_name="text-18 font-strong"),
            rx.el.p(view.problem, class_name="mt-1 max-w-[72ch] wrap-anywhere"),
            role="status",
        ),
        _notes(view),
        rx.cond(
            view.topic != "",
            rx.el.p(
                "What articles say about it and whether that holds: ",
                rx.el.a(
                    "claims on ",
                    view.topic_label.lower(),
                    href=f"{routes.link(routes.EVIDENCE)}?topic={view.topic}#{LIST_TITLE}",
                    class_name=tokens.LINK,
                ),
                ".",
                class_name="mt-2 text-14",
            ),
            rx.el.p(
                "It reads sentences like “Flask is 40 % faster than Django at JSON” or “Django "
                "uses more memory than Flask”. Or put yours together from its parts, above.",
                class_name="mt-2 max-w-[72ch] text-14 text-soft",
            ),
        ),
        _close(),
    )


def _answer(view: View) -> rx.Component:
    return rx.fragment(
        rx.el.div(
            rx.el.p("“", view.understood, "”", class_name="text-14 text-soft wrap-anywhere"),
            rx.el.h3(
                verdict_mark(verdict=view.answer),
                view.words,
                class_name="mt-1 flex items-center gap-2 text-18 font-strong [&_svg]:size-5",
            ),
            rx.el.p(view.sentence, class_name="mt-1 max-w-[80ch] wrap-anywhere"),
            role="status",
        ),
        _notes(view),
        rx.el.p(view.reading, class_name="mt-2 max-w-[80ch] text-13 text-soft"),
        rx.cond(
            view.is_speed,
            rx.fragment(
                _settings("Published by others", view.published, view),
                rx.cond(
                    view.measured,
                    _settings("Measured by our own benchmarks", view.measured, view),
                    rx.el.p(
                        "No run of our own benchmarks measured both of them in this.",
                        class_name="mt-3 text-13 text-soft",
                    ),
                ),
            ),
            rx.cond(view.facts, _facts(view)),
        ),
        rx.cond(view.not_counted, _not_counted(view)),
        _sentences("Both took part, in classes that do not compare", view.unmatched),
        _sentences("Looked for and not found", view.absent),
        _sentences("What the figures cannot say", view.caveats),
        rx.cond(
            view.claims,
            rx.el.div(
                rx.el.h4("What the articles claim about the two", class_name="text-14 font-strong"),
                rx.el.ul(
                    rx.foreach(view.claims, related_claim), class_name="mt-1 space-y-1.5 text-14"
                ),
                class_name="mt-5",
            ),
        ),
        _close(),
    )


def _notes(view: View) -> rx.Component:
    return rx.cond(
        view.notes,
        rx.el.ul(
            rx.foreach(view.notes, lambda note: rx.el.li(note, class_name="wrap-anywhere")),
            class_name="mt-1 text-13 text-warn",
        ),
    )


def _close() -> rx.Component:
    return rx.el.p(
        rx.el.button(
            "Copy a link to this answer",
            type="button",
            data_copy="",
            data_copied="Link copied",
            class_name=tokens.TEXT_BUTTON,
        ),
        rx.el.span(role="status", class_name="text-14 text-soft"),
        rx.el.button(
            "Close",
            type="button",
            on_click=[ClaimCheckState.forget, rx.set_focus(SENTENCE_FIELD)],
            class_name="py-1 text-14 text-soft underline underline-offset-3 hover:text-ink",
        ),
        class_name="not-printed mt-5 flex flex-wrap items-baseline gap-x-4",
    )


def _settings(heading: str, settings: Any, view: View) -> rx.Component:
    return rx.cond(
        settings,
        rx.el.div(
            rx.el.h4(heading, class_name="text-14 font-strong"),
            rx.el.p(
                "Each bar reaches from the lowest to the highest ratio of its rows, ",
                view.one,
                " to ",
                view.other,
                "; at the line the two are level, and each doubling is as far. Open one to see "
                "its rows.",
                class_name="max-w-[80ch] text-13 text-soft",
            ),
            rx.el.div(
                rx.foreach(settings, lambda setting: _setting(setting, view)),
                class_name="mt-2 border-t border-rule",
            ),
            class_name="mt-5",
        ),
    )


def _setting(setting: rx.vars.ObjectVar[SettingLine], view: View) -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            rx.el.span(
                rx.el.span(
                    _bears_out(setting),
                    rx.el.span(
                        setting.label,
                        rx.el.span(f" {setting.source}", class_name="text-13 text-soft"),
                        class_name="min-w-0",
                    ),
                    class_name="flex items-baseline gap-2 [&_svg]:self-center",
                ),
                _range(setting, view),
                rx.el.span(
                    setting.reach,
                    rx.el.span(f", {setting.count}", class_name="text-13 text-soft"),
                    class_name="tabular-nums sm:text-right",
                ),
                class_name=(
                    "grid items-center gap-x-4 gap-y-1 "
                    "sm:grid-cols-[minmax(0,1fr)_minmax(0,14rem)_11rem]"
                ),
            ),
            class_name="opens py-2 text-14 hover:text-accent",
        ),
        _rows(setting, view),
        class_name=f"{tokens.RULED} pl-4",
    )


def _bears_out(setting: rx.vars.ObjectVar[SettingLine]) -> rx.Component:
    return rx.fragment(
        verdict_mark(verdict=rx.cond(setting.bears_out, "confirmed", "contradicted")),
        rx.el.span(rx.cond(setting.bears_out, "Holds: ", "Fails: "), class_name="sr-only"),
    )


def _range(setting: rx.vars.ObjectVar[SettingLine], view: View) -> rx.Component:
    return rx.el.span(
        rx.el.span(
            custom_attrs={"style": {"left": view.level_at}},
            class_name="absolute inset-y-0 w-px bg-edge",
        ),
        rx.el.span(
            custom_attrs={"style": {"left": setting.left, "width": setting.width}},
            class_name=(
                "carries-data absolute top-1/2 h-2 min-w-2 -translate-x-1 -translate-y-1/2 "
                "rounded-full bg-accent"
            ),
        ),
        aria_hidden="true",
        class_name="relative block h-5 bg-band",
    )


def _rows(setting: rx.vars.ObjectVar[SettingLine], view: View) -> rx.Component:
    return rx.el.div(
        rx.el.table(
            rx.el.caption("The rows of this setting", class_name="sr-only"),
            rx.el.thead(
                rx.el.tr(
                    rx.el.th("Date", scope="col", class_name=_HEAD),
                    rx.el.th("Test", scope="col", class_name=_HEAD),
                    rx.el.th(view.one, scope="col", class_name=f"{_HEAD} text-right"),
                    rx.el.th(view.other, scope="col", class_name=f"{_HEAD} text-right"),
                    rx.el.th("Ratio", scope="col", class_name=f"{_HEAD} text-right"),
                    rx.el.th("Grade", scope="col", class_name=_HEAD),
                    rx.el.th("Source", scope="col", class_name=_HEAD),
                )
            ),
            rx.el.tbody(rx.foreach(setting.rows, _row)),
            class_name="w-full border-collapse text-13",
        ),
        tab_index=0,
        role="region",
        aria_label=f"Rows of {setting.label}, {setting.source}, scroll sideways",
        class_name=f"{tokens.SCROLL_X} pt-1 pb-4",
    )


def _row(row: rx.vars.ObjectVar[RowLine]) -> rx.Component:
    return rx.el.tr(
        rx.el.td(row.on, class_name=f"{_CELL} whitespace-nowrap tabular-nums"),
        rx.el.td(
            row.test,
            _small(row.level),
            class_name=f"{_CELL} min-w-40",
        ),
        rx.el.td(row.one, _small(row.one_with), class_name=f"{_NUMBER} min-w-24"),
        rx.el.td(row.other, _small(row.other_with), class_name=f"{_NUMBER} min-w-24"),
        rx.el.td(row.ratio, class_name=f"{_NUMBER} font-strong"),
        rx.el.td(row.grade, class_name=_CELL),
        rx.el.td(_citations(row), class_name=f"{_CELL} min-w-48 pr-0 wrap-anywhere"),
        data_receipt_body="",
    )


def _small(words: Any) -> rx.Component:
    return rx.cond(words != "", rx.el.span(words, class_name="block text-soft"))


def _citations(row: rx.vars.ObjectVar[RowLine]) -> rx.Component:
    return rx.el.ul(
        rx.foreach(row.sources, lambda line: rx.el.li(source(line))),
        class_name="space-y-2",
    )


def _facts(view: View) -> rx.Component:
    return rx.el.div(
        rx.el.table(
            rx.el.caption("What it was read from", class_name="sr-only"),
            rx.el.thead(
                rx.el.tr(
                    rx.el.th("Measure", scope="col", class_name=_HEAD),
                    rx.el.th(view.one, scope="col", class_name=f"{_HEAD} text-right"),
                    rx.el.th(view.other, scope="col", class_name=f"{_HEAD} text-right"),
                    rx.el.th("As of", scope="col", class_name=_HEAD),
                    rx.el.th("Grade", scope="col", class_name=_HEAD),
                    rx.el.th("Sources", scope="col", class_name=_HEAD),
                )
            ),
            rx.el.tbody(rx.foreach(view.facts, _fact)),
            class_name="w-full border-collapse text-14",
        ),
        tab_index=0,
        role="region",
        aria_label="Measures, scroll sideways where they are wider than the screen",
        class_name=f"{tokens.SCROLL_X} mt-4",
    )


def _fact(setting: rx.vars.ObjectVar[SettingLine]) -> rx.Component:
    row = setting.rows[0]
    return rx.el.tr(
        rx.el.th(
            rx.el.span(
                _bears_out(setting),
                rx.el.span(setting.label),
                class_name="flex items-baseline gap-2 [&_svg]:self-center",
            ),
            scope="row",
            class_name=f"{_CELL} min-w-44 text-left font-medium",
        ),
        rx.el.td(row.one, class_name=_NUMBER),
        rx.el.td(row.other, class_name=_NUMBER),
        rx.el.td(row.on, class_name=f"{_CELL} whitespace-nowrap tabular-nums"),
        rx.el.td(row.grade, class_name=_CELL),
        rx.el.td(_citations(row), class_name=f"{_CELL} min-w-56 pr-0 text-13 wrap-anywhere"),
        data_receipt_body="",
    )


def _not_counted(view: View) -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            view.not_counted.length(),
            rx.cond(view.not_counted.length() == 1, " row", " rows"),
            " shown and not counted",
            class_name="py-2 text-14 text-soft",
        ),
        rx.el.div(
            rx.el.table(
                rx.el.caption("Rows that do not count, with the reason", class_name="sr-only"),
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th("Why not", scope="col", class_name=_HEAD),
                        rx.el.th("Date", scope="col", class_name=_HEAD),
                        rx.el.th("Test", scope="col", class_name=_HEAD),
                        rx.el.th(view.one, scope="col", class_name=f"{_HEAD} text-right"),
                        rx.el.th(view.other, scope="col", class_name=f"{_HEAD} text-right"),
                        rx.el.th("Grade", scope="col", class_name=_HEAD),
                        rx.el.th("Source", scope="col", class_name=_HEAD),
                    )
                ),
                rx.el.tbody(rx.foreach(view.not_counted, _uncounted)),
                class_name="w-full border-collapse text-13",
            ),
            tab_index=0,
            role="region",
            aria_label="Rows that do not count, scroll sideways",
            class_name=tokens.SCROLL_X,
        ),
        class_name="mt-4",
    )


def _uncounted(row: rx.vars.ObjectVar[RowLine]) -> rx.Component:
    return rx.el.tr(
        rx.el.td(row.why_not, class_name=f"{_CELL} min-w-48"),
        rx.el.td(row.on, class_name=f"{_CELL} whitespace-nowrap tabular-nums"),
        rx.el.td(row.test, class_name=f"{_CELL} min-w-40"),
        rx.el.td(row.one, class_name=_NUMBER),
        rx.el.td(row.other, class_name=_NUMBER),
        rx.el.td(row.grade, class_name=_CELL),
        rx.el.td(_citations(row), class_name=f"{_CELL} min-w-48 pr-0 wrap-anywhere"),
        data_receipt_body="",
    )


def _sentences(heading: str, sentences: Any) -> rx.Component:
    return rx.cond(
        sentences,
        rx.el.div(
            rx.el.h4(heading, class_name="text-13 font-strong"),
            rx.el.ul(
                rx.foreach(sentences, lambda words: rx.el.li(words, class_name="wrap-anywhere")),
                class_name="max-w-[80ch] space-y-0.5 text-13 text-soft",
            ),
            class_name="mt-4",
        ),
    )
