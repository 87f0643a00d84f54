"""A result that nobody saved, as files: the query holds the answers, as on the Result page."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from functools import lru_cache
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from framework_picker import routes
from framework_picker.api.answering import site, tagged
from framework_picker.catalog.current import get_catalog, get_value_table
from framework_picker.catalog.engine import get_engine
from framework_picker.domain.answers import parse_answers
from framework_picker.domain.replay import replay
from framework_picker.exports.files import FILES, ExportFile
from framework_picker.exports.head import Head

LONGEST_QUERY = 8_000
MOST_PARTS = 80
REMEMBERED = 64

# One at a time, beside the event loop: drawing takes a tenth of a second.
_thread = ThreadPoolExecutor(1, thread_name_prefix="exports")


def result_file_routes() -> list[Route]:
    """One route for every file."""
    return [Route(routes.result_file(file.name), _endpoint(file)) for file in FILES.values()]


def _endpoint(file: ExportFile) -> Callable[[Request], Awaitable[Response]]:
    async def result_file(request: Request) -> Response:
        """The file of the answers in the query; what it does not know is left out, as on a page."""
        query = request.url.query
        try:
            if len(query) > LONGEST_QUERY:
                raise ValueError
            asked = dict(parse_qsl(query, max_num_fields=MOST_PARTS))
        except ValueError:
            return PlainTextResponse("The address is longer than any of ours.\n", 400)
        answers, _ = parse_answers(get_catalog(), asked)
        page = routes.with_answers(routes.RESULT, answers)
        address = f"{site(request)}{page}"
        today = datetime.now(UTC).date()
        made = asyncio.get_running_loop().run_in_executor(
            _thread, _made, file.name, tuple(answers.items()), address, today
        )
        return file_answer(request, file, await made, f"framework-choice-{today.isoformat()}")

    return result_file


def file_answer(request: Request, file: ExportFile, body: bytes, stem: str) -> Response:
    """The file as a download with a name of its own, or as a picture to look at; with a tag."""
    response = tagged(request, body, file.media_type)
    if file.is_download and response.status_code == 200:
        name = f"{stem}-{file.name}"
        response.headers["content-disposition"] = f'attachment; filename="{name}"'
    return response


@lru_cache(maxsize=REMEMBERED)
def _made(name: str, answers: tuple[tuple[str, str], ...], address: str, on: date) -> bytes:
    document = replay(get_catalog(), get_value_table(), get_engine(), dict(answers))
    return FILES[name].make(document, Head(address, on))
