"""Checks on questions.yaml: levels, must-haves, questions and their options."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from framework_picker.catalog.checks.criteria import report_repeated
from framework_picker.catalog.checks.evidence import CAPABILITY_STATES
from framework_picker.catalog.drafts import Draft
from framework_picker.catalog.problems import Report, listed, shown
from framework_picker.catalog.schema import ChoiceShape, ImportanceShape, OptionShape, RuleShape
from framework_picker.domain.answers import DONT_KNOW, MUST, UNSURE_SUFFIX

LOWEST_POINTS, HIGHEST_POINTS = 0.0, 10.0
_TOLERANCE = 1e-9
_RULE_FORMS = ("fact", "capability", "all_of", "any_of")


def ids_are_unique(draft: Draft, report: Report) -> None:
    """Ids and aliases share one room: an old link must mean one thing."""
    file = draft.file("questions")
    report_repeated(
        [(place, level.id) for place, level in draft.levels.items()], file, "the levels", report
    )
    report_repeated(
        [(place, must_have.id) for place, must_have in draft.must_haves.items()],
        file,
        "the must-haves",
        report,
    )
    names = [
        (place, name)
        for place, question in draft.questions.items()
        for name in (question.id, *question.aliases)
    ]
    report_repeated(names, file, "the questions and their aliases", report)
    for place, question in draft.questions.items():
        if isinstance(question, ChoiceShape):
            names = [
                (f"{place}.options[{option.id}]", name)
                for option in question.options
                for name in (option.id, *option.aliases)
            ]
            report_repeated(names, file, "the options and their aliases", report)


def no_option_takes_a_reserved_name(draft: Draft, report: Report) -> None:
    """``dont-know`` and ``<level>-unsure`` are answers of every question already."""
    file = draft.file("questions")
    for place, question in draft.questions.items():
        if isinstance(question, ChoiceShape):
            for option in question.options:
                for name in (option.id, *option.aliases):
                    if name == DONT_KNOW:
                        report.add(
                            file, f"{place}.options[{option.id}]", "another name", shown(name)
                        )
    for place, level in draft.levels.items():
        if level.id in (DONT_KNOW, MUST) or level.id.endswith(UNSURE_SUFFIX):
            report.add(file, f"{place}.id", "another name", shown(level.id))


def level_cells_tile_the_scale(draft: Draft, report: Report) -> None:
    """METHOD section 4: cells follow each other from 0 to 10, each with its points inside."""
    file = draft.file("questions")
    if draft.level_ids is None or len(draft.levels) < len(draft.level_ids):
        return
    edges = LOWEST_POINTS
    for place, level in draft.levels.items():
        low, high = level.cell
        if abs(low - edges) > _TOLERANCE or high <= low:
            report.add(
                file, f"{place}.cell", f"a cell from {edges:g} upwards", f"{low:g} to {high:g}"
            )
        if not low <= level.points <= high:
            report.add(
                file,
                f"{place}.points",
                f"points inside the cell, {low:g} to {high:g}",
                f"{level.points:g}",
            )
        edges = high
    if abs(edges - HIGHEST_POINTS) > _TOLERANCE:
        report.add(file, "levels", f"cells that end at {HIGHEST_POINTS:g}", f"an end at {edges:g}")
    for (_, lower), (place, higher) in pairwise(draft.levels.items()):
        if higher.points <= lower.points:
            report.add(file, f"{place}.points", f"more than {lower.points:g}", f"{higher.points:g}")


def questions_feed_known_criteria(draft: Draft, report: Report) -> None:
    if draft.criterion_ids is None:
        return
    for place, question in draft.questions.items():
        if isinstance(question, ImportanceShape):
            fed = [(f"{place}.feeds", criterion) for criterion in question.feeds]
            report_repeated(fed, draft.file("questions"), "the criteria it feeds", report)
        else:
            fed = [
                (f"{place}.options[{option.id}].points", criterion)
                for option in question.options
                for criterion in option.points
            ]
        for field, criterion in fed:
            if criterion not in draft.criterion_ids:
                report.add(
                    draft.file("questions"),
                    field,
                    "a criterion listed in criteria.yaml",
                    shown(criterion),
                )


def importance_questions_word_every_level(draft: Draft, report: Report) -> None:
    if draft.level_ids is None:
        return
    file = draft.file("questions")
    for place, question in draft.questions.items():
        if not isinstance(question, ImportanceShape):
            continue
        for level in draft.level_ids:
            if level and level not in question.levels:
                report.add(file, f"{place}.levels.{level}", "a meaning", "none")
        for level in question.levels:
            if level not in draft.level_ids:
                report.add(
                    file,
                    f"{place}.levels.{level}",
                    f"one of {listed(map(str, draft.level_ids))}",
                    shown(level),
                )


def required_must_haves_exist(draft: Draft, report: Report) -> None:
    if draft.must_have_ids is None:
        return
    for place, question in draft.questions.items():
        if isinstance(question, ImportanceShape):
            must = question.must
            required = [(f"{place}.must", name) for name in must.requires] if must else []
        else:
            required = [
                (f"{place}.options[{option.id}]", name)
                for option in question.options
                for name in option.requires
            ]
        for field, must_have in required:
            if must_have not in draft.must_have_ids:
                report.add(
                    draft.file("questions"),
                    f"{field}.requires",
                    "a must-have listed above",
                    shown(must_have),
                )


def switches_only_switch(draft: Draft, report: Report) -> None:
    """A switch is not asked, so it can neither give points nor require."""
    for place, question in draft.questions.items():
        if isinstance(question, ChoiceShape) and question.kind == "switch":
            for option in question.options:
                if option.points or option.requires:
                    report.add(
                        draft.file("questions"),
                        f"{place}.options[{option.id}]",
                        "neither points nor requires in a switch",
                        "some",
                    )


def rules_can_be_read(draft: Draft, report: Report) -> None:
    for place, must_have in draft.must_haves.items():
        for field, expected, found in _faults(draft, must_have.rule, f"{place}.rule"):
            report.add(draft.file("questions"), field, expected, found)


def waivers_name_a_switch(draft: Draft, report: Report) -> None:
    if draft.question_ids is None:
        return
    switches = {
        question.id: question.options
        for question in draft.questions.values()
        if isinstance(question, ChoiceShape) and question.kind == "switch"
    }
    shaped = {question.id for question in draft.questions.values()}
    file = draft.file("questions")
    for place, must_have in draft.must_haves.items():
        waiver = must_have.waived_by
        if waiver is None or waiver.switch in draft.question_ids - shaped:
            continue
        options: list[OptionShape] | None = switches.get(waiver.switch)
        if options is None:
            report.add(
                file, f"{place}.waived_by.switch", "the id of a switch", shown(waiver.switch)
            )
        elif waiver.option not in {option.id for option in options}:
            report.add(
                file,
                f"{place}.waived_by.option",
                listed(option.id for option in options),
                shown(waiver.option),
            )


CHECKS = (
    ids_are_unique,
    no_option_takes_a_reserved_name,
    level_cells_tile_the_scale,
    questions_feed_known_criteria,
    importance_questions_word_every_level,
    required_must_haves_exist,
    switches_only_switch,
    rules_can_be_read,
    waivers_name_a_switch,
)


def _faults(draft: Draft, rule: RuleShape, field: str) -> Iterator[tuple[str, str, str]]:
    forms = [name for name in _RULE_FORMS if getattr(rule, name) is not None]
    if len(forms) != 1:
        yield field, "one of fact, capability, all_of or any_of", ", ".join(forms) or "none of them"
        return
    if (rule.one_of is not None) != (forms[0] in ("fact", "capability")):
        yield f"{field}.one_of", "an entry beside fact or capability", "the opposite"
        return
    for name, rules in (("all_of", rule.all_of), ("any_of", rule.any_of)):
        for number, inner in enumerate(rules or [], start=1):
            yield from _faults(draft, inner, f"{field}.{name}[{number}]")
    words: list[str] | tuple[str, ...] | None = None
    if rule.capability is not None:
        if draft.capability_keys is not None and rule.capability not in draft.capability_keys:
            yield (
                f"{field}.capability",
                "a capability listed in facts.yaml",
                shown(rule.capability),
            )
        words = CAPABILITY_STATES
    if rule.fact is not None:
        if draft.fact_keys is not None and rule.fact not in draft.fact_keys:
            yield f"{field}.fact", "a fact listed in facts.yaml", shown(rule.fact)
        kind = draft.fact_kinds.get(rule.fact)
        if kind is not None:
            words = ["yes", "no"] if kind.shape.type == "yes/no" else kind.shape.one_of
    for word in rule.one_of or []:
        if words is not None and word not in words:
            yield f"{field}.one_of", listed(words), shown(word)
