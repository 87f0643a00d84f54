"""The charts of the Benchmarks page as files: a table, and pictures. The query is the page's."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from framework_picker import routes
from framework_picker.catalog.current import get_stock
from framework_picker.domain.benchmark_charts import PANELS, Chart, chart_of
from framework_picker.domain.benchmark_choice import choice_in, query_of
from framework_picker.exports.benchmark_table import benchmark_csv

LONGEST_QUERY = 4_000
MOST_PARTS = 40
KINDS = ("csv", "svg", "png")
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "png": "image/png",
}


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
        choice = choice_in(parts, stock)
        chart = chart_of(stock, panel, choice)
        if chart is None:
            return PlainTextResponse("Nothing of this kind was measured yet.\n", 404)
        page = routes.benchmarks(query_of(choice, stock))
        address = f"{request.url.scheme}://{request.url.netloc}{page}"
        body = await run_in_threadpool(_body, chart, kind, address)
        name = f"benchmark-{panel}-{chart.on}.{kind}"
        return Response(
            body,
            media_type=MEDIA_TYPES[kind],
            headers={
                "content-disposition": f'attachment; filename="{name}"',
                "cache-control": "no-cache",
            },
        )

    return benchmark_file


def _body(chart: Chart, kind: str, address: str) -> str | bytes:
    if kind == "csv":
        return benchmark_csv(chart, address)
    # Matplotlib takes a while to import and is needed for pictures alone.
    from framework_picker.exports.pictures.benchmark import benchmark_picture
    from framework_picker.exports.pictures.sheet import as_png, as_svg

    figure = benchmark_picture(chart, address)
    return as_svg(figure, chart.title) if kind == "svg" else as_png(figure, chart.title)
