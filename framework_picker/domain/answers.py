"""The visitor's answers: reading them, changing them, naming them.

Answers are a plain dictionary, question id to answer value, in the order of the questions. A
missing key is a question that is still open, or a switch in its first position. Values are

- the id of an option (the five levels and perhaps ``must`` for an importance question),
- ``<level>-unsure``: not sure, but a level was picked,
- ``dont-know``: not sure, and nothing picked. A final answer, unlike a missing one.

Two kinds of answers have names of their own and come after the questions:
``importance.<criterion>`` (``domain/importance.py``) and ``value.<framework>.<criterion>``
(``domain/overrides.py``).
"""

from __future__ import annotations

from collections.abc import Mapping

from framework_picker.domain.errors import OverrideError, UnknownAnswerError
from framework_picker.domain.importance import IMPORTANCE, importance_id, named_importance
from framework_picker.domain.model import Catalog, Option, Question
from framework_picker.domain.overrides import (
    LONGEST_REASONS_IN_LINK,
    MOST_OVERRIDES,
    REASON_MARK,
    VALUE,
    canonical_override,
    overridden_cell,
    reasons_in_link,
)

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
    own: dict[str, str] = {}
    # A question's own id outranks its aliases, whatever the order in the link.
    for name in sorted(raw, key=lambda name: name not in catalog.questions):
        text = raw[name]
        if _is_text(name) and name.startswith(VALUE):
            own[name] = text
            continue
        question = _named(catalog, names, name)
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
    for name in sorted(own):
        try:
            found[name] = _own_value(catalog, found, name, own[name])
        except UnknownAnswerError as error:
            notices.append(f"{error} It was left out.")
    return _in_order(catalog, found), _shortened(notices)


def first_problem(catalog: Catalog, raw: Mapping[str, str]) -> tuple[str, str] | None:
    """The first name whose answer is not ours, and a sentence about it; None when all are.

    For programs: a link is read leniently, because old ones must go on working, but a program that
    asks for something unknown has a mistake in it. The name is empty where only several answers
    together are wrong.
    """
    for name, answer in raw.items():
        _, notices = parse_answers(catalog, {name: answer})
        if notices:
            return name, _as_refusal(notices[0])
    _, notices = parse_answers(catalog, raw)
    return ("", _as_refusal(notices[0])) if notices else None


def with_answer(
    catalog: Catalog, answers: Mapping[str, str], question_id: str, option_id: str
) -> dict[str, str]:
    """The answers with one of them changed; an empty ``option_id`` takes the answer back.

    Raises:
        UnknownAnswerError: the catalog has no such question, or the question no such answer.
    """
    kept, _ = parse_answers(catalog, answers)
    if _is_text(question_id) and question_id.startswith(VALUE):
        kept.pop(question_id, None)
        if option_id != "":
            kept[question_id] = _own_value(catalog, kept, question_id, option_id)
        return _in_order(catalog, kept)
    question = _named(catalog, _question_by_name(catalog), question_id)
    if question is None:
        raise UnknownAnswerError(f"We have no question called {_quoted(question_id)}.")
    kept.pop(question.id, None)
    if option_id == "":
        return kept
    value = canonical_value(catalog, question, option_id) if _is_text(option_id) else None
    if value is None:
        raise UnknownAnswerError(f"“{question.short}” has no answer called {_quoted(option_id)}.")
    if not _is_default(question, value):
        kept[question.id] = value
    return _in_order(catalog, kept)


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

    A value of the visitor's own reads ``80 of 100 (our team knows Django)``.

    Raises:
        UnknownAnswerError: the catalog has no such question, or the question no such answer.
    """
    if overridden_cell(catalog, question_id) is not None:
        number, _, reason = _own_value(catalog, {}, question_id, value).partition(REASON_MARK)
        return f"{number} of 100 ({reason})" if reason else f"{number} of 100"
    question = _named(catalog, catalog.questions, question_id)
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


def answer_subject(catalog: Catalog, name: str) -> str:
    """What an answer is about, in a few words: ``Admin pages``, ``Django, Learning curve``.

    Raises:
        UnknownAnswerError: the catalog has nothing of that name.
    """
    cell = overridden_cell(catalog, name)
    if cell is not None:
        slug, criterion = cell
        return f"{catalog.alternatives[slug].name}, {catalog.criteria[criterion].name}"
    question = _named(catalog, catalog.questions, name)
    if question is None:
        raise UnknownAnswerError(f"We have no question called {_quoted(name)}.")
    return question.short


def _named(catalog: Catalog, questions: Mapping[str, Question], name: object) -> Question | None:
    """The question of that name, or the one that sets a criterion's importance."""
    if not isinstance(name, str):
        return None
    return named_importance(catalog, name) if name.startswith(IMPORTANCE) else questions.get(name)


def _own_value(catalog: Catalog, answers: Mapping[str, str], name: str, text: object) -> str:
    """The visitor's own value in canonical form, to be added to these answers.

    Raises:
        UnknownAnswerError: no such framework or criterion, not such a value, or one too many.
    """
    cell = overridden_cell(catalog, name)
    if cell is None:
        raise UnknownAnswerError(f"We have no value called {_quoted(name)}.")
    subject = answer_subject(catalog, name)
    if not isinstance(text, str):
        raise UnknownAnswerError(f"“{subject}”: {_quoted(text)} is no value.")
    try:
        value = canonical_override(text)
    except OverrideError as error:
        raise UnknownAnswerError(f"“{subject}”: {error}") from error
    if sum(1 for other in answers if other.startswith(VALUE)) >= MOST_OVERRIDES:
        raise UnknownAnswerError(f"“{subject}”: at most {MOST_OVERRIDES} values can be your own.")
    if reasons_in_link({**answers, name: value}) > LONGEST_REASONS_IN_LINK:
        raise UnknownAnswerError(
            f"“{subject}”: all your reasons together are too long for a link. Shorten one."
        )
    return value


def _question_by_name(catalog: Catalog) -> dict[str, Question]:
    names = {alias: q for q in catalog.questions.values() for alias in q.aliases}
    return names | dict(catalog.questions)


def _option_by_name(question: Question) -> dict[str, Option]:
    names = {alias: option for option in question.options for alias in option.aliases}
    return names | {option.id: option for option in question.options}


def _is_default(question: Question, value: str) -> bool:
    return question.kind == "switch" and value == question.options[0].id


def _in_order(catalog: Catalog, answers: Mapping[str, str]) -> dict[str, str]:
    """Questions in their order, then importances, then own values, each by id."""
    importances = (importance_id(criterion) for criterion in sorted(catalog.criteria))
    values = sorted(name for name in answers if name.startswith(VALUE))
    names = (*catalog.questions, *importances, *values)
    return {name: answers[name] for name in names if name in answers}


def _is_text(found: object) -> bool:
    return isinstance(found, str)


def _quoted(found: object) -> str:
    """What was sent, short and without control characters, to be shown on the page."""
    if not isinstance(found, str):
        return f"a {type(found).__name__}"
    start = found[:LONGEST_QUOTE]
    shown = "".join(character if character.isprintable() else "?" for character in start)
    return f"“{shown}…”" if len(found) > LONGEST_QUOTE else f"“{shown}”"


def _as_refusal(notice: str) -> str:
    """A notice without what becomes of the rest."""
    return notice.replace(", so it was left out.", ".").removesuffix(" It was left out.")


def _shortened(notices: list[str]) -> tuple[str, ...]:
    unique = list(dict.fromkeys(notices))
    if len(unique) <= MOST_NOTICES:
        return tuple(unique)
    more = len(unique) - MOST_NOTICES + 1
    return (*unique[: MOST_NOTICES - 1], f"{more} more names or values were left out.")
