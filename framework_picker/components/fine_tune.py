"""The panel "Fine-tune": the importance of every criterion, and values of one's own."""

from __future__ import annotations

from typing import cast

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.components.browser import QuietStatus
from framework_picker.components.fine_tune_effects import (
    FORM,
    LIST,
    PANEL,
    FormInStep,
    sliders_in_step,
)
from framework_picker.domain.explain import listing
from framework_picker.domain.importance import importance_id
from framework_picker.domain.model import Catalog, Criterion
from framework_picker.domain.overrides import LONGEST_REASON
from framework_picker.state.answers import AnswersState
from framework_picker.state.fine_tuning import (
    CRITERION_FIELD,
    FRAMEWORK_FIELD,
    REASON_FIELD,
    VALUE_FIELD,
    FineTuningState,
    ImportanceView,
    OwnValueView,
    criteria_by_group,
    frameworks_by_name,
)
from framework_picker.state.ranking import RankingState

SCALES = routes.method_section("criteria")
THROTTLE_MS = 50
DEBOUNCE_MS = 150
# Reflex keys both timers by handler and delay: the same delay would let two sliders share one.
NEXT_SLIDER_MS = 1

_FIELD = "mt-1 min-h-11 w-full rounded-md border border-edge bg-card px-2.5 text-16 text-ink"
_LEVELS = "importance-levels"
_IMPORTANCES = "importances"
_NEWS = "fine-tune-news"


def fine_tune(catalog: Catalog) -> rx.Component:
    """The panel, folded; its line says how much is set in it."""
    return rx.el.section(
        rx.el.details(
            rx.el.summary(
                rx.el.h2("Fine-tune", class_name=f"{tokens.H2} inline"),
                rx.el.span(
                    rx.cond(
                        FineTuningState.tuned != "",
                        FineTuningState.tuned,
                        "The importance of each criterion, and values of your own",
                    ),
                    class_name="ml-3 text-14 text-soft",
                ),
                class_name="w-full cursor-pointer py-3 hover:text-accent marker:text-faint",
            ),
            _standing(),
            _importances(catalog),
            _own_values(catalog),
            id=PANEL,
            # What gets the focus must not end up below the line that stays on top.
            class_name="border-y border-rule [&_:is(input,button,select,summary)]:scroll-mt-14",
        ),
        rx.el.p(role="status", id=_NEWS, class_name="sr-only"),
        sliders_in_step(
            FineTuningState.importances, [level.label for level in catalog.levels.values()]
        ),
        FormInStep.create(
            slug=FineTuningState.form.slug,
            criterion=FineTuningState.form.criterion,
            value=FineTuningState.form.value,
            reason=FineTuningState.form.reason,
            asked_for=FineTuningState.asked_for,
        ),
        QuietStatus.create(region=_NEWS, text=RankingState.announcement),
        data_origin=SCALES,
        class_name="not-printed mt-12",
    )


def _standing() -> rx.Component:
    """Who is first, in sight while the sliders move."""
    return rx.el.p(
        rx.el.span("Now: ", class_name="text-soft"),
        rx.el.span(RankingState.leader, class_name="font-medium tabular-nums"),
        aria_hidden="true",
        class_name="sticky top-0 z-10 -mx-1 border-b border-rule bg-paper px-1 py-2 text-14",
    )


def _importances(catalog: Catalog) -> rx.Component:
    levels = list(catalog.levels.values())
    steps = listing([f"{level.points:g}" for level in levels], shown=len(levels))
    return rx.el.section(
        rx.el.h3(
            "How much each criterion matters",
            id=_IMPORTANCES,
            tab_index=-1,
            class_name="mt-5 text-16 font-strong",
        ),
        rx.el.p(
            "It follows from your answers until you set it here: how much would going from the "
            "worst end of its scale (0) to the best (100) matter? The steps count "
            f"{steps} points. ",
            rx.el.a("The scales", href=SCALES, class_name=tokens.LINK),
            class_name=f"{tokens.SUB} max-w-[70ch]",
        ),
        rx.el.p(
            rx.el.span(levels[0].label),
            rx.el.span(levels[-1].label),
            aria_hidden="true",
            class_name=(
                "-mb-2 ml-auto hidden justify-between text-13 text-soft "
                "md:mr-[22rem] md:flex md:w-[14rem]"
            ),
        ),
        rx.el.datalist(
            *(rx.el.option(value=str(place)) for place in range(len(catalog.levels))),
            id=_LEVELS,
        ),
        rx.el.ul(
            *(
                _importance(catalog.criteria[choice.id], place, len(catalog.levels))
                for place, choice in enumerate(criteria_by_group(catalog))
            ),
            class_name="mt-3 border-t border-rule",
        ),
        rx.cond(
            FineTuningState.has_importances,
            rx.el.button(
                "Reset every importance to my answers",
                type="button",
                data_takes_back=_IMPORTANCES,
                on_click=FineTuningState.take_back_importances(AnswersState.saved),
                class_name=tokens.GHOST,
            ),
        ),
    )


def _importance(criterion: Criterion, place: int, levels: int) -> rx.Component:
    view = cast("rx.vars.ObjectVar[ImportanceView]", FineTuningState.importances[criterion.id])
    delay = place * NEXT_SLIDER_MS
    swing = f"0: {criterion.level_0} · 100: {criterion.level_100}"
    return rx.el.li(
        rx.el.div(
            rx.el.p(criterion.name, class_name="font-medium"),
            rx.el.p(
                swing, id=f"swing-{criterion.id}", class_name="hidden text-13 text-soft md:block"
            ),
            rx.el.details(
                rx.el.summary(
                    "what 0 and 100 stand for", class_name="w-fit py-1 text-13 text-soft"
                ),
                rx.el.p(swing, class_name="text-13 text-soft"),
                class_name="md:hidden",
            ),
            class_name="min-w-0",
        ),
        rx.el.input(
            type="range",
            min=0,
            max=levels - 1,
            step=1,
            default_value=view.position,
            list=_LEVELS,
            data_importance=criterion.id,
            aria_label=f"Importance of {criterion.name}",
            aria_valuetext=f"{view.words}, {view.source}",
            aria_describedby=f"swing-{criterion.id}",
            on_change=[
                FineTuningState.move_importance(criterion.id, AnswersState.saved).throttle(
                    THROTTLE_MS + delay
                ),
                FineTuningState.settle_importance(criterion.id, AnswersState.saved).debounce(
                    DEBOUNCE_MS + delay
                ),
            ],
            class_name=rx.cond(
                view.is_direct,
                "h-8 w-full min-w-0 cursor-pointer accent-accent",
                "h-8 w-full min-w-0 cursor-pointer accent-faint",
            ),
        ),
        rx.el.p(
            rx.el.span(view.words, class_name="block font-medium"),
            rx.el.span(
                view.source,
                class_name=rx.cond(view.is_direct, "text-13 text-accent", "text-13 text-soft"),
            ),
            aria_hidden="true",
        ),
        rx.el.div(
            rx.el.button(
                "Not sure",
                rx.el.span(f" about {criterion.name}", class_name="sr-only"),
                type="button",
                aria_pressed=view.is_unsure.to_string(),
                on_click=FineTuningState.toggle_not_sure(criterion.id, AnswersState.saved),
                class_name=(
                    f"{tokens.SMALL_BUTTON} aria-pressed:border-accent "
                    "aria-pressed:bg-accent-soft aria-pressed:text-accent"
                ),
            ),
            rx.cond(
                view.is_direct,
                rx.el.button(
                    "Reset",
                    rx.el.span(f" {criterion.name}", class_name="sr-only"),
                    type="button",
                    data_takes_back="",
                    on_click=FineTuningState.take_back(
                        importance_id(criterion.id), AnswersState.saved
                    ),
                    class_name=tokens.TEXT_BUTTON,
                ),
            ),
            class_name="flex items-center gap-3",
        ),
        class_name=(
            f"{tokens.RULED} grid items-center gap-x-6 gap-y-1 py-2.5 text-14 "
            "grid-cols-[minmax(0,1fr)_auto] [&>input]:col-span-2 [&>div:first-child]:col-span-2 "
            "md:grid-cols-[minmax(0,1fr)_14rem_10rem_9rem] md:[&>input]:col-span-1 "
            "md:[&>div:first-child]:col-span-1"
        ),
    )


def _own_values(catalog: Catalog) -> rx.Component:
    return rx.el.section(
        rx.el.h3("Values of your own", class_name="mt-8 text-16 font-strong"),
        rx.el.p(
            "You may know better than the facts: a team that knows Django needs not learn it. "
            "Your value replaces ours in this decision only, counts as certain, and is marked "
            "wherever it shows, also for whoever gets the link.",
            class_name=f"{tokens.SUB} max-w-[70ch]",
        ),
        rx.el.div(
            _form(catalog),
            _list(),
            class_name="mt-3 mb-6 grid gap-x-14 gap-y-8 lg:grid-cols-2",
        ),
    )


def _form(catalog: Catalog) -> rx.Component:
    form = FineTuningState.form
    return rx.el.form(
        rx.el.div(
            rx.el.label(
                "Framework",
                rx.el.select(
                    *(
                        rx.el.option(choice.name, value=choice.id)
                        for choice in frameworks_by_name(catalog)
                    ),
                    name=FRAMEWORK_FIELD,
                    on_change=FineTuningState.choose_framework(AnswersState.saved),
                    class_name=_FIELD,
                ),
            ),
            rx.el.label(
                "Criterion",
                rx.el.select(
                    *(
                        rx.el.option(choice.name, value=choice.id)
                        for choice in criteria_by_group(catalog)
                    ),
                    name=CRITERION_FIELD,
                    on_change=FineTuningState.choose_criterion(AnswersState.saved),
                    class_name=_FIELD,
                ),
            ),
            class_name="grid gap-4 sm:grid-cols-2",
        ),
        rx.el.dl(
            _end("Ours", form.ours),
            _end("0", form.level_0),
            _end("100", form.level_100),
            id="own-value-scale",
            class_name="mt-3 space-y-0.5 text-14",
        ),
        rx.el.div(
            rx.el.label(
                "Your value, 0 to 100",
                rx.el.input(
                    type="number",
                    name=VALUE_FIELD,
                    min=0,
                    max=100,
                    step=1,
                    required=True,
                    input_mode="numeric",
                    auto_complete="off",
                    aria_describedby="own-value-scale own-value-problem",
                    aria_invalid=rx.cond(FineTuningState.problem != "", "true", "false"),
                    class_name=f"{_FIELD} tabular-nums",
                ),
            ),
            rx.el.label(
                "Why (optional)",
                rx.el.input(
                    type="text",
                    name=REASON_FIELD,
                    max_length=LONGEST_REASON,
                    placeholder="our team knows it",
                    auto_complete="off",
                    class_name=f"{_FIELD} placeholder:text-faint",
                ),
            ),
            class_name="mt-3 grid gap-4 sm:grid-cols-[10rem_minmax(0,1fr)]",
        ),
        rx.el.p(
            FineTuningState.problem,
            id="own-value-problem",
            role="alert",
            class_name="mt-2 text-14 font-medium text-warn wrap-anywhere",
        ),
        rx.el.button("Use my value", type="submit", class_name=f"{tokens.SMALL_BUTTON} mt-2 h-11"),
        id=FORM,
        on_submit=FineTuningState.replace_value(AnswersState.saved),
        on_focus=FineTuningState.begin_value(form.slug, form.criterion, AnswersState.saved),
        class_name="min-w-0 text-14",
    )


def _end(term: str, words: rx.Var[str]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(term, class_name="w-10 shrink-0 text-soft tabular-nums"),
        rx.el.dd(words, class_name="min-w-0"),
        class_name="flex gap-2",
    )


def _list() -> rx.Component:
    return rx.el.div(
        rx.el.h4(
            "In this decision",
            id=LIST,
            tab_index=-1,
            class_name="text-14 font-strong",
        ),
        rx.cond(
            FineTuningState.own_values,
            rx.fragment(
                rx.el.ul(
                    rx.foreach(FineTuningState.own_values, _own_value),
                    class_name="mt-1 border-t border-rule",
                ),
                rx.el.button(
                    "Take back all values of my own",
                    type="button",
                    data_takes_back=LIST,
                    on_click=FineTuningState.take_back_values(AnswersState.saved),
                    class_name=tokens.GHOST,
                ),
            ),
            rx.el.p("Every value is ours.", class_name="mt-1 text-14 text-soft"),
        ),
        class_name="min-w-0",
    )


def _own_value(own: rx.vars.ObjectVar[OwnValueView]) -> rx.Component:
    return rx.el.li(
        rx.el.p(own.subject, class_name="font-medium"),
        rx.el.p(own.words, class_name="wrap-anywhere"),
        rx.el.p(
            rx.el.button(
                "Change",
                rx.el.span(" ", own.subject, class_name="sr-only"),
                type="button",
                on_click=FineTuningState.use_another_value(
                    own.slug, own.criterion, AnswersState.saved
                ),
                class_name=tokens.TEXT_BUTTON,
            ),
            rx.el.button(
                "Take back",
                rx.el.span(" ", own.subject, class_name="sr-only"),
                type="button",
                data_takes_back=LIST,
                on_click=FineTuningState.take_back(own.id, AnswersState.saved),
                class_name=tokens.TEXT_BUTTON,
            ),
            class_name="flex gap-4",
        ),
        key=own.id,
        class_name=f"{tokens.RULED} py-2 text-14",
    )
