"""Checks on presets.yaml and use_cases.yaml: the answers they hold."""

from __future__ import annotations

from collections.abc import Mapping

from framework_picker.catalog.assembly import questionnaire
from framework_picker.catalog.checks.criteria import report_repeated
from framework_picker.catalog.drafts import Draft
from framework_picker.catalog.problems import Report, listed, shown
from framework_picker.domain.answers import answer_values, canonical_value


def ids_are_unique(draft: Draft, report: Report) -> None:
    report_repeated(
        [(place, preset.id) for place, preset in draft.presets.items()],
        draft.file("presets"),
        "the presets",
        report,
    )
    report_repeated(
        [(place, use_case.use_case) for place, use_case in draft.use_cases.items()],
        draft.file("use_cases"),
        "the use cases",
        report,
    )


def presets_have_answers(draft: Draft, report: Report) -> None:
    file = draft.file("presets")
    for place, preset in draft.presets.items():
        if (preset.answers is None) == (preset.use_case is None):
            found = "neither" if preset.answers is None else "both"
            report.add(file, place, "answers or a use_case", found)
        elif (
            preset.use_case is not None
            and draft.use_case_ids is not None
            and preset.use_case not in draft.use_case_ids
        ):
            report.add(
                file, f"{place}.use_case", "one listed in use_cases.yaml", shown(preset.use_case)
            )


def recommended_frameworks_exist(draft: Draft, report: Report) -> None:
    file = draft.file("use_cases")
    for place, use_case in draft.use_cases.items():
        named = [
            ("ledger_recommendation", use_case.ledger_recommendation),
            *(("recommended_by_sources", slug) for slug in use_case.recommended_by_sources),
            *(("recommendations", entry.framework) for entry in use_case.recommendations),
        ]
        for field, slug in named:
            if slug not in draft.slugs:
                report.add(file, f"{place}.{field}", "the slug of a framework", shown(slug))


def answers_can_be_given(draft: Draft, report: Report) -> None:
    for place, preset in draft.presets.items():
        _check_answers(draft, preset.answers or {}, draft.file("presets"), place, report)
    for place, use_case in draft.use_cases.items():
        _check_answers(draft, use_case.answers, draft.file("use_cases"), place, report)


CHECKS = (
    ids_are_unique,
    presets_have_answers,
    recommended_frameworks_exist,
    answers_can_be_given,
)


def _check_answers(
    draft: Draft, answers: Mapping[str, str], file: str, place: str, report: Report
) -> None:
    if draft.question_ids is None:
        return
    catalog = questionnaire(draft)
    names = {
        name: question
        for question in catalog.questions.values()
        for name in (*question.aliases, question.id)
    }
    for name, value in answers.items():
        question = names.get(name)
        if question is not None:
            if canonical_value(catalog, question, value) is None:
                report.add(
                    file,
                    f"{place}.answers.{name}",
                    listed(answer_values(catalog, question)),
                    shown(value),
                )
        elif name not in draft.question_ids:
            report.add(file, f"{place}.answers", "the id of a question", shown(name))
