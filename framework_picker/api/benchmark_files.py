"""The charts of the Benchmarks page as files: a table, and pictures. The query is the page's."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from framework_picker import routes
from framework_picker.api.answering import site, tagged
from framework_picker.catalog.current import get_stock
from framework_picker.domain.benchmark_charts import PANELS, Chart, chart_of
from framework_picker.domain.benchmark_choice import choice_in, query_of, wish_in
from framework_picker.exports.benchmark_table import benchmark_csv

LONGEST_QUERY = 4_000
MOST_PARTS = 40
REMEMBERED = 64
KINDS = ("csv", "svg", "png")
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "png": "image/png",
}

# One at a time, beside the event loop: drawing takes a third of a second.
_thread = ThreadPoolExecutor(1, thread_name_prefix="charts")


def benchmark_routes() -> list[Route]:
    """One route for every panel and kind of file."""
    return [
        Route(routes.benchmark_file(panel, kind), _endpoint(panel, kind))
        for panel in PANELS
        for kind in KINDS
    ]


def _endpoint(panel: str, kind: str) -> Callable[[Request], Awaitable[Response]]:
    async def benchmark_file(request: Request) -> Response:
        """The chart that the query asks for; what it does not know is left out, as on the page."""
        query = request.url.query
        try:
            if len(query) > LONGEST_QUERY:
                raise ValueError
            parts = parse_qsl(query, max_num_fields=MOST_PARTS)
        except ValueError:
            return PlainTextResponse("The address is longer than any of ours.\n", 400)
        stock = get_stock()
        wishes = tuple(query_of(wish_in(parts, stock), stock))
        address = f"{site(request)}{routes.benchmarks(wishes)}"
        made = await asyncio.get_running_loop().run_in_executor(
            _thread, _made, panel, kind, wishes, address
        )
        if made is None:
            return PlainTextResponse("Nothing of this kind was measured yet.\n", 404)
        body, on = made
        response = tagged(request, body, MEDIA_TYPES[kind])
        if response.status_code == 200:
            name = f"benchmark-{panel}-{on}.{kind}"
            response.headers["content-disposition"] = f'attachment; filename="{name}"'
        return response

    return benchmark_file


@lru_cache(maxsize=REMEMBERED)
def _made(
    panel: str, kind: str, wishes: tuple[tuple[str, str], ...], address: str
) -> tuple[bytes, str] | None:
    """The file and the day of its figures; None where there is nothing to show."""
    stock = get_stock()
    chart = chart_of(stock, panel, choice_in(wishes, stock))
    return (_body(chart, kind, address), chart.on) if chart else None


def _body(chart: Chart, kind: str, address: str) -> bytes:
    if kind == "csv":
        return benchmark_csv(chart, address).encode()
    # Matplotlib takes a while to import and is needed for pictures alone.
    from framework_picker.exports.pictures.benchmark import benchmark_picture
    from framework_picker.exports.pictures.sheet import as_png, as_svg

    figure = benchmark_picture(chart, address)
    return as_png(figure, chart.title) if kind == "png" else as_svg(figure, chart.title).encode()
