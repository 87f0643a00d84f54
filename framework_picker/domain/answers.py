"""The visitor's answers: reading them, changing them, naming them.

Answers are a plain dictionary, question id to answer value, in the order of the questions. A
missing key is a question that is still open, or a switch in its first position. Values are

- the id of an option (the five levels and perhaps ``must`` for an importance question),
- ``<level>-unsure``: not sure, but a level was picked,
- ``dont-know``: not sure, and nothing picked. A final answer, unlike a missing one.
"""

from __future__ import annotations

from collections.abc import Mapping

from framework_picker.domain.errors import UnknownAnswerError
from framework_picker.domain.model import Catalog, Option, Question

DONT_KNOW = "dont-know"
MUST = "must"
UNSURE_SUFFIX = "-unsure"

LONGEST_QUOTE = 40
MOST_NOTICES = 6


def parse_answers(
    catalog: Catalog, raw: Mapping[str, str]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """The answers in canonical form, and one sentence per name or value that was dropped.

    Ids that were renamed are read under their old names, defaults of switches are left out. Never
    raises, whatever ``raw`` holds: it comes from a link or from a browser's storage.
    """
    if not isinstance(raw, Mapping):
        return {}, ("The saved answers could not be read, so we start without them.",)
    names = _question_by_name(catalog)
    found: dict[str, str] = {}
    answered: set[str] = set()
    notices: list[str] = []
    # A question's own id outranks its aliases, whatever the order in the link.
    for name in sorted(raw, key=lambda name: name not in catalog.questions):
        text = raw[name]
        question = names.get(name) if _is_text(name) else None
        if question is None:
            notices.append(f"We have no question called {_quoted(name)}, so it was left out.")
            continue
        value = canonical_value(catalog, question, text) if _is_text(text) else None
        if value is None:
            notices.append(
                f"“{question.short}” has no answer called {_quoted(text)}, so it was left out."
            )
        elif question.id in answered:
            notices.append(
                f"“{question.short}” was answered twice, so {_quoted(name)} was left out."
            )
        else:
            answered.add(question.id)
            if not _is_default(question, value):
                found[question.id] = value
    return _in_question_order(catalog, found), _shortened(notices)


def with_answer(
    catalog: Catalog, answers: Mapping[str, str], question_id: str, option_id: str
) -> dict[str, str]:
    """The answers with one of them changed; an empty ``option_id`` takes the answer back.

    Raises:
        UnknownAnswerError: the catalog has no such question, or the question no such answer.
    """
    question = _question_by_name(catalog).get(question_id) if _is_text(question_id) else None
    if question is None:
        raise UnknownAnswerError(f"We have no question called {_quoted(question_id)}.")
    kept, _ = parse_answers(catalog, answers)
    kept.pop(question.id, None)
    if option_id == "":
        return kept
    value = canonical_value(catalog, question, option_id) if _is_text(option_id) else None
    if value is None:
        raise UnknownAnswerError(f"“{question.short}” has no answer called {_quoted(option_id)}.")
    if not _is_default(question, value):
        kept[question.id] = value
    return _in_question_order(catalog, kept)


def canonical_value(catalog: Catalog, question: Question, value: str) -> str | None:
    """The value under its present name; None when the question has no such answer."""
    if value == DONT_KNOW:
        return None if question.kind == "switch" else DONT_KNOW
    option = _option_by_name(question).get(value)
    if option is not None:
        return option.id
    if question.kind == "importance" and value.endswith(UNSURE_SUFFIX):
        level = _option_by_name(question).get(value.removesuffix(UNSURE_SUFFIX))
        if level is not None and level.id in catalog.levels:
            return level.id + UNSURE_SUFFIX
    return None


def answer_values(catalog: Catalog, question: Question) -> tuple[str, ...]:
    """Every value the question accepts, options first."""
    values = [option.id for option in question.options]
    if question.kind == "importance":
        values += [
            option.id + UNSURE_SUFFIX for option in question.options if option.id in catalog.levels
        ]
    if question.kind != "switch":
        values.append(DONT_KNOW)
    return tuple(values)


def picked_option(question: Question, value: str) -> Option | None:
    """The option an answer stands for; None when nothing was picked.

    A switch without an answer stands at its first option.
    """
    if not value and question.kind == "switch":
        return question.options[0]
    options = {option.id: option for option in question.options}
    return options.get(value) or options.get(value.removesuffix(UNSURE_SUFFIX))


def open_questions(catalog: Catalog, answers: Mapping[str, str]) -> tuple[str, ...]:
    """Questions without an answer, in the order asked. A switch is never open."""
    return tuple(
        question.id
        for question in catalog.questions.values()
        if question.kind != "switch" and question.id not in answers
    )


def answer_label(catalog: Catalog, question_id: str, value: str) -> str:
    """The answer in words: ``a lot``, ``a lot, not sure``, ``not sure``, ``not answered``.

    Raises:
        UnknownAnswerError: the catalog has no such question, or the question no such answer.
    """
    question = catalog.questions.get(question_id)
    if question is None:
        raise UnknownAnswerError(f"We have no question called {_quoted(question_id)}.")
    if value == "" and question.kind != "switch":
        return "not answered"
    if value and canonical_value(catalog, question, value) != value:
        raise UnknownAnswerError(f"“{question.short}” has no answer called {_quoted(value)}.")
    option = picked_option(question, value)
    if option is None:
        return "not sure"
    return f"{option.label}, not sure" if option.id != value and value else option.label


def _question_by_name(catalog: Catalog) -> dict[str, Question]:
    names = {alias: q for q in catalog.questions.values() for alias in q.aliases}
    return names | dict(catalog.questions)


def _option_by_name(question: Question) -> dict[str, Option]:
    names = {alias: option for option in question.options for alias in option.aliases}
    return names | {option.id: option for option in question.options}


def _is_default(question: Question, value: str) -> bool:
    return question.kind == "switch" and value == question.options[0].id


def _in_question_order(catalog: Catalog, answers: Mapping[str, str]) -> dict[str, str]:
    return {key: answers[key] for key in catalog.questions if key in answers}


def _is_text(found: object) -> bool:
    return isinstance(found, str)


def _quoted(found: object) -> str:
    """What was sent, short and without control characters, to be shown on the page."""
    if not isinstance(found, str):
        return f"a {type(found).__name__}"
    start = found[:LONGEST_QUOTE]
    shown = "".join(character if character.isprintable() else "?" for character in start)
    return f"“{shown}…”" if len(found) > LONGEST_QUOTE else f"“{shown}”"


def _shortened(notices: list[str]) -> tuple[str, ...]:
    unique = list(dict.fromkeys(notices))
    if len(unique) <= MOST_NOTICES:
        return tuple(unique)
    more = len(unique) - MOST_NOTICES + 1
    return (*unique[: MOST_NOTICES - 1], f"{more} more names or values were left out.")
