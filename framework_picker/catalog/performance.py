"""The draft of data/performance.yaml, made into the domain's objects."""

from __future__ import annotations

from framework_picker.catalog.frozen import FrozenMapping
from framework_picker.catalog.performance_shapes import PerformanceShape, TestShape
from framework_picker.domain.performance import ArticleRow, Performance, Story, Test, WorkKind


def assembled_performance(shape: PerformanceShape | None) -> Performance:
    """Which benchmark speaks of which work; empty without the file."""
    if shape is None:
        return Performance()
    story = shape.story
    one, other = story.frameworks
    first, second = shape.articles.frameworks
    return Performance(
        kinds=tuple(
            WorkKind(
                id=kind.id,
                label=kind.label,
                answers=FrozenMapping(
                    {question: tuple(options) for question, options in kind.answers.items()}
                ),
                tests=tuple(_test(test) for test in kind.tests),
                is_ui=kind.ui,
            )
            for kind in shape.workloads
        ),
        otherwise=tuple(_test(test) for test in shape.otherwise),
        load_question=shape.load.question,
        load_per_second=FrozenMapping(shape.load.per_second),
        small=_test(shape.planner.small),
        page=_test(shape.planner.page),
        busy_share=shape.planner.busy_share / 100,
        story=Story(story.source, (one, other), story.level, tuple(story.dates), story.scenario),
        article_frameworks=(first, second),
        article_versions=tuple(shape.articles.named),
        article_source=shape.articles.source_found,
        articles=tuple(
            ArticleRow(
                label=row.label,
                claimed=(row.claimed[0], row.claimed[1]),
                claim=row.claim,
                test=Test(row.scenario, row.database),
            )
            for row in shape.articles.rows
        ),
    )


def _test(shape: TestShape) -> Test:
    return Test(shape.scenario, shape.database, shape.why, shape.waits)
