"""Asking for an evaluation: the same numbers as the page, for programs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Any, ParamSpec, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from framework_picker.api.answering import fresh, json_bytes
from framework_picker.api.endpoint import Handler
from framework_picker.api.errors import ApiError
from framework_picker.api.rate_limits import RateLimit
from framework_picker.api.reading import read_body
from framework_picker.api.shapes import EvaluationRequest
from framework_picker.catalog.current import get_catalog, get_value_table
from framework_picker.catalog.engine import get_engine
from framework_picker.domain.answers import answer_values, first_problem, parse_answers
from framework_picker.domain.document import Json
from framework_picker.domain.importance import importance_id, importance_question
from framework_picker.domain.model import Catalog
from framework_picker.domain.replay import replay

P = ParamSpec("P")
Found = TypeVar("Found")

EXAMPLE = {"answers": {"use": "api", "async": "decisive", "admin": "must"}}

# One at a time, beside the event loop: a flood of requests slows itself down, not the visitors.
_thread = ThreadPoolExecutor(1, thread_name_prefix="evaluations")


def evaluation_handler(limit: RateLimit) -> Handler:
    """The handler of ``POST /api/v1/evaluations``."""

    async def evaluate(request: Request) -> Response:
        limit.count(request)
        wanted = await read_body(request, EvaluationRequest)
        answers = checked_answers(get_catalog(), wanted.answers)
        return fresh(await in_turn(_evaluated, answers))

    return evaluate


async def in_turn(work: Callable[P, Found], *arguments: P.args, **named: P.kwargs) -> Found:
    """What the work returns; it waits its turn beside the event loop."""
    return await asyncio.get_running_loop().run_in_executor(
        _thread, lambda: work(*arguments, **named)
    )


def checked_answers(catalog: Catalog, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers in canonical form.

    Links are read leniently, because old ones must go on working; a program that asks for
    something unknown has a mistake, and is told where.

    Raises:
        ApiError: a question or an answer that the catalog does not have.
    """
    problem = first_problem(catalog, answers)
    if problem is not None:
        name, sentence = problem
        field = f"answers.{name}" if name else "answers"
        raise ApiError(HTTPStatus.UNPROCESSABLE_ENTITY, sentence, field)
    return parse_answers(catalog, answers)[0]


def evaluated(answers: Mapping[str, str]) -> dict[str, Json]:
    """The document of these answers and today's data."""
    return replay(get_catalog(), get_value_table(), get_engine(), answers)


def answers_schema(catalog: Catalog) -> dict[str, Any]:
    """The JSON schema of answers: every question with what it accepts."""
    asked = {
        question.id: {
            "type": "string",
            "title": question.short,
            "description": question.text,
            "enum": list(answer_values(catalog, question)),
        }
        for question in catalog.questions.values()
    }
    direct = {
        importance_id(criterion): {
            "type": "string",
            "title": f"Importance of {catalog.criteria[criterion].name}, set directly",
            "enum": list(answer_values(catalog, importance_question(catalog, criterion))),
        }
        for criterion in sorted(catalog.criteria)
    }
    ranked = [slug for slug, one in catalog.alternatives.items() if one.role != "alternative"]
    name = rf"^value\.({'|'.join(sorted(ranked))})\.({'|'.join(sorted(catalog.criteria))})$"
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {**asked, **direct},
        "patternProperties": {
            name: {
                "type": "string",
                "title": "A value of your own in place of ours: 0 to 100, perhaps with a reason",
                "pattern": "^(100|[1-9]?[0-9])(~[!-~]([ -~]{0,80}[!-~])?)?$",
            }
        },
        "maxProperties": 40,
    }


def _evaluated(answers: Mapping[str, str]) -> bytes:
    return json_bytes(evaluated(answers))
