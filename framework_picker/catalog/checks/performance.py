"""Checks on data/performance.yaml: that everything it names is there."""

from __future__ import annotations

from collections.abc import Iterator

from framework_picker.catalog.checks.criteria import report_repeated
from framework_picker.catalog.drafts import Draft
from framework_picker.catalog.performance_shapes import PerformanceShape
from framework_picker.catalog.problems import Report, shown
from framework_picker.catalog.schema import ImportanceShape


def answers_exist(draft: Draft, report: Report) -> None:
    shape, file = draft.performance, draft.file("performance")
    if shape is None or draft.question_ids is None or draft.level_ids is None:
        return
    options: dict[str, set[str]] = {
        question.id: set(draft.level_ids)
        if isinstance(question, ImportanceShape)
        else {option.id for option in question.options}
        for question in draft.questions.values()
    }
    for place, question, option in _answers(shape):
        if question not in draft.question_ids:
            report.add(file, place, "the id of a question", shown(question))
        elif question in options and option not in options[question]:
            report.add(file, place, f"an option of {question}", shown(option))


def names_exist(draft: Draft, report: Report) -> None:
    shape, file = draft.performance, draft.file("performance")
    if shape is None:
        return
    kinds = [("workloads", kind.id) for kind in shape.workloads]
    report_repeated(kinds, file, "the workloads", report)
    for place, slugs in (
        ("story.frameworks", shape.story.frameworks),
        ("articles.frameworks", shape.articles.frameworks),
    ):
        for slug in slugs:
            if draft.frameworks and slug not in draft.slugs:
                report.add(file, place, "the slug of a framework", shown(slug))
    if draft.ledger.claim_ids is not None:
        for row in shape.articles.rows:
            if row.claim not in draft.ledger.claim_ids:
                report.add(
                    file, f"articles.rows[{row.label}].claim", "the id of a claim", shown(row.claim)
                )
    head = draft.published.head
    if head is not None and shape.story.source not in head.sources:
        report.add(
            file,
            "story.source",
            "a source of published/reading.yaml",
            shown(shape.story.source),
        )


CHECKS = (answers_exist, names_exist)


def _answers(shape: PerformanceShape) -> Iterator[tuple[str, str, str]]:
    """Place, question and option of every answer named."""
    for kind in shape.workloads:
        for question, options in kind.answers.items():
            for option in options:
                yield f"workloads[{kind.id}].answers.{question}", question, option
    for option in shape.load.per_second:
        yield "load.per_second", shape.load.question, option
