"""What programs get: every document that carries values. A new one is added to ``DOCUMENTS``."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from framework_picker import routes
from framework_picker.api.application import api_application
from framework_picker.catalog.current import get_catalog
from framework_picker.settings import settings_from
from framework_picker.state.outlook import document_of

ANSWERS = {"use": "site", "admin": "must", "people": "lot", "learning": "somewhat"}


def _asked(path: str) -> Callable[[], Any]:
    """What the JSON API answers to a request without a body."""

    def document() -> Any:
        api = api_application(settings_from({}))
        with TestClient(Starlette(routes=[Mount(routes.API, api)])) as client:
            answer = client.get(f"{routes.API}/v1/{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    return document


DOCUMENTS: dict[str, Callable[[], Any]] = {
    "evaluation": lambda: json.loads(json.dumps(document_of(ANSWERS))),
    "evaluation of no answers": lambda: json.loads(json.dumps(document_of({}))),
    "api: questions": _asked("questions"),
    "api: criteria": _asked("criteria"),
    "api: frameworks": _asked("frameworks"),
    **{f"api: {slug}": _asked(f"frameworks/{slug}") for slug in get_catalog().alternatives},
    "api: claims": _asked("claims"),
    "api: published benchmarks": _asked("benchmarks?panel=published&limit=1000"),
    "api: our benchmarks": _asked("benchmarks?panel=measured&limit=1000"),
    "api: our samples": _asked("benchmarks?panel=samples&limit=1000"),
}
"""Name and how to get it."""
