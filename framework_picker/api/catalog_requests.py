"""Reading the catalog, the claims and the benchmarks."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from framework_picker import routes
from framework_picker.api import entries
from framework_picker.api.answering import json_bytes, tagged
from framework_picker.api.endpoint import Answer, Endpoint, Parameter
from framework_picker.api.errors import ApiError
from framework_picker.api.reading import read_query
from framework_picker.api.shapes import (
    Benchmarks,
    Claims,
    Criteria,
    Framework,
    Frameworks,
    Questions,
)
from framework_picker.catalog.current import (
    get_catalog,
    get_ledger,
    get_published,
    get_runs,
    get_samples,
    get_value_table,
)
from framework_picker.domain.benchmark_figures import figures_of
from framework_picker.domain.claims import ClaimFilter, facet_values, found_claims
from framework_picker.domain.document import Json
from framework_picker.domain.published import NEVER_SHOWN
from framework_picker.domain.runs import newest_first

MOST_ROWS = 1_000
USUAL_ROWS = 200
LONGEST_WORDS = 80
FURTHEST = 1_000_000
"""Past the last row there is just nothing; a larger number is a mistake."""

PANELS = ("measured", "samples", "published")
GROUP = "Catalog"
EVIDENCE = "Evidence"


def catalog_endpoints() -> tuple[Endpoint, ...]:
    """What can be read of the catalog."""
    return (
        Endpoint(
            "GET",
            f"{routes.API}/v1/questions",
            "questions",
            "The questionnaire",
            "Every question with its options, why it is asked and which criteria it gives weight.",
            _questions,
            Answer("The questions, in the order asked.", Questions, _short_questions),
            group=GROUP,
        ),
        Endpoint(
            "GET",
            f"{routes.API}/v1/criteria",
            "criteria",
            "What frameworks are judged by",
            "Every criterion with both ends of its scale, and how a fact becomes a value.",
            _criteria,
            Answer("The criteria, by id.", Criteria, _short_criteria),
            group=GROUP,
        ),
        Endpoint(
            "GET",
            f"{routes.API}/v1/frameworks",
            "frameworks",
            "Every framework",
            "Candidates, add-ons, and frameworks of other languages, which are never ranked.",
            _frameworks,
            Answer("The frameworks, by slug.", Frameworks, _short_frameworks),
            group=GROUP,
        ),
        Endpoint(
            "GET",
            f"{routes.API}/v1/frameworks/{{slug}}",
            "framework",
            "Everything known about one framework",
            "Facts, capabilities, values, community tables: each with its date and its sources.",
            _framework,
            Answer("The framework.", Framework, _short_framework),
            (Parameter("slug", "path", "As in the list of frameworks.", _slug(), "flask", True),),
            errors=(HTTPStatus.NOT_FOUND,),
            group=GROUP,
        ),
        Endpoint(
            "GET",
            f"{routes.API}/v1/claims",
            "claims",
            "What articles claim, and whether it holds",
            "Without parameters all of them. A claim that several articles make stands there once.",
            _claims,
            Answer("The claims, those that could change a choice first.", Claims, _short_claims),
            _claim_parameters(),
            errors=(HTTPStatus.UNPROCESSABLE_ENTITY,),
            group=EVIDENCE,
        ),
        Endpoint(
            "GET",
            f"{routes.API}/v1/benchmarks",
            "benchmarks",
            "Benchmark figures, measured here or published",
            "Rows of one panel; measured and published ones are never mixed. Compare only figures "
            "of one source, one run and one test.",
            _benchmarks,
            Answer("The rows, and how many fit the filter.", Benchmarks, _short_benchmarks),
            _benchmark_parameters(),
            errors=(HTTPStatus.UNPROCESSABLE_ENTITY,),
            group=EVIDENCE,
        ),
    )


async def _questions(request: Request) -> Response:
    read_query(request, {})
    return tagged(request, _questions_bytes())


async def _criteria(request: Request) -> Response:
    read_query(request, {})
    return tagged(request, _criteria_bytes())


async def _frameworks(request: Request) -> Response:
    read_query(request, {})
    return tagged(request, _frameworks_bytes())


async def _framework(request: Request) -> Response:
    read_query(request, {})
    slug = request.path_params["slug"]
    if slug not in get_catalog().alternatives:
        raise ApiError(HTTPStatus.NOT_FOUND, "There is no framework of that name.", "slug")
    return tagged(request, _framework_bytes(slug))


async def _claims(request: Request) -> Response:
    wanted = read_query(request, {one.name: one.schema for one in _claim_parameters()})
    ledger = get_ledger()
    by_slug = {source.slug: source.id for source in ledger.sources.values()}
    filtered = ClaimFilter(
        words=wanted.get("words", ""),
        framework=wanted.get("framework", ""),
        topic=wanted.get("topic", ""),
        source=by_slug.get(wanted.get("article", ""), ""),
        verdict=wanted.get("verdict", ""),
        impact=wanted.get("impact", ""),
    )
    found = found_claims(ledger, filtered)
    return tagged(request, json_bytes(entries.claims(get_catalog(), ledger, found)))


async def _benchmarks(request: Request) -> Response:
    wanted = read_query(request, {one.name: one.schema for one in _benchmark_parameters()})
    if "panel" not in wanted:
        raise ApiError(
            HTTPStatus.UNPROCESSABLE_ENTITY, f"Say which panel: {', '.join(PANELS)}.", "panel"
        )
    panel = wanted["panel"]
    filters = {
        name: wanted[name] for name in ("framework", "test", "metric", "run") if wanted.get(name)
    }
    limit = int(wanted.get("limit", USUAL_ROWS))
    offset = int(wanted.get("offset", 0))
    found = [
        row for row in _rows(panel) if all(row[name] == value for name, value in filters.items())
    ]
    content: dict[str, Json] = {
        **entries.versions(get_catalog()),
        "panel": panel,
        "total": len(found),
        "limit": limit,
        "offset": offset,
        "rows": list(found[offset : offset + limit]),
    }
    return tagged(request, json_bytes(content))


@cache
def _questions_bytes() -> bytes:
    return json_bytes(entries.questions(get_catalog()))


@cache
def _criteria_bytes() -> bytes:
    return json_bytes(entries.criteria(get_catalog()))


@cache
def _frameworks_bytes() -> bytes:
    return json_bytes(entries.frameworks(get_catalog()))


@cache
def _framework_bytes(slug: str) -> bytes:
    return json_bytes(entries.framework(get_catalog(), get_value_table(), slug))


@cache
def _rows(panel: str) -> tuple[dict[str, Json], ...]:
    """All rows of a panel. Grade D is never shown, here as on the page."""
    if panel == "measured":
        runs = newest_first(get_runs())
        return tuple(entries.measured_row(one) for run in runs for one in figures_of(run))
    if panel == "samples":
        return tuple(entries.sample_row(sample) for sample in get_samples())
    published = get_published()
    return tuple(
        entries.published_row(published.sources, row)
        for row in published.rows
        if row.grade != NEVER_SHOWN
    )


def _slug() -> dict[str, object]:
    return {"type": "string", "enum": list(get_catalog().alternatives)}


def _claim_parameters() -> tuple[Parameter, ...]:
    ledger = get_ledger()

    def one_of(values: tuple[str, ...]) -> dict[str, object]:
        return {"type": "string", "enum": list(values)}

    articles = tuple(ledger.sources[name].slug for name in facet_values(ledger, "source"))
    texts = {"type": "string", "maxLength": LONGEST_WORDS}
    return (
        Parameter(
            "framework",
            "query",
            "Claims that speak of it.",
            one_of(facet_values(ledger, "framework")),
            "flask",
        ),
        Parameter(
            "topic", "query", "One topic.", one_of(facet_values(ledger, "topic")), "performance"
        ),
        Parameter(
            "verdict",
            "query",
            "How they came out.",
            one_of(facet_values(ledger, "verdict")),
            "contradicted",
        ),
        Parameter(
            "impact",
            "query",
            "How much they could change.",
            one_of(facet_values(ledger, "impact")),
            "high",
        ),
        Parameter("article", "query", "One article.", one_of(articles), articles[0]),
        Parameter("words", "query", "Words that must all be found.", texts, "async"),
    )


def _benchmark_parameters() -> tuple[Parameter, ...]:
    texts = {"type": "string", "maxLength": LONGEST_WORDS}
    rows = {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": USUAL_ROWS}
    offset = {"type": "integer", "minimum": 0, "maximum": FURTHEST, "default": 0}
    return (
        Parameter(
            "panel",
            "query",
            "Measured here (a median per row), its single samples, or published by others.",
            {"type": "string", "enum": list(PANELS)},
            "published",
            is_required=True,
        ),
        Parameter("framework", "query", "One framework.", texts, "flask"),
        Parameter("test", "query", "One test, by its name in the rows.", texts, "fortune"),
        Parameter("metric", "query", "One metric, by its name in the rows.", texts, "rps"),
        Parameter("run", "query", "One round or run, by its name in the rows.", texts, "Round 23"),
        Parameter("limit", "query", "How many rows at most.", rows, "50"),
        Parameter("offset", "query", "How many rows to pass over.", offset, "0"),
    )


# Examples: true answers, with lists cut short


def _short_questions() -> dict[str, Json]:
    return shortened(entries.questions(get_catalog()))


def _short_criteria() -> dict[str, Json]:
    return shortened(entries.criteria(get_catalog()))


def _short_frameworks() -> dict[str, Json]:
    return shortened(entries.frameworks(get_catalog()))


def _short_framework() -> dict[str, Json]:
    return shortened(entries.framework(get_catalog(), get_value_table(), "flask"))


def _short_claims() -> dict[str, Json]:
    ledger = get_ledger()
    return shortened(entries.claims(get_catalog(), ledger, found_claims(ledger, ClaimFilter())))


def _short_benchmarks() -> dict[str, Json]:
    rows = _rows("published")
    return {
        **entries.versions(get_catalog()),
        "panel": "published",
        "total": len(rows),
        "limit": 1,
        "offset": 0,
        "rows": list(rows[:1]),
    }


def shortened(content: dict[str, Json]) -> dict[str, Json]:
    """The content with one entry of every list of objects, so that a reader sees its shape."""

    def short(found: Json) -> Json:
        if isinstance(found, dict):
            return {name: short(entry) for name, entry in found.items()}
        if isinstance(found, list):
            has_objects = any(isinstance(entry, dict) for entry in found)
            return [short(entry) for entry in (found[:1] if has_objects else found[:3])]
        return found

    return {name: short(entry) for name, entry in content.items()}
