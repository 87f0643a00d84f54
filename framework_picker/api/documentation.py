"""The page about the API for people: every request with an example, without scripts.

It is made from the OpenAPI document, so that the two say the same, and asks nobody else for
anything: its style stands inside, its font is the app's own.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping
from typing import Any

from framework_picker import routes

TITLE = "JSON API · Framework Picker"
LONGEST_LIST = 12
METHODS = ("get", "post", "delete")

STYLE = """
@font-face { font-family: "Inter"; src: url("/fonts/inter.woff2") format("woff2");
  font-weight: 400 700; font-display: swap; }
:root { color-scheme: light; --paper: #fbfaf7; --card: #fff; --ink: #1b1b19; --soft: #5a5953;
  --rule: #e6e3db; --accent: #1d4f91; --accent-soft: #e8eef6; }
@media screen and (prefers-color-scheme: dark) { :root { color-scheme: dark; --paper: #141413;
  --card: #1c1c1a; --ink: #efede6; --soft: #b3b0a6; --rule: #31302c; --accent: #8ab4ea;
  --accent-soft: #1d2836; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.5 "Inter", Arial, system-ui, sans-serif; }
header, main, footer { max-width: 60rem; margin: 0 auto; padding: 0 1rem; }
header { padding-block: 1rem; border-bottom: 1px solid var(--rule); }
main { padding-block: 1.5rem 4rem; }
footer { padding-block: 1rem 2rem; border-top: 1px solid var(--rule); color: var(--soft);
  font-size: .875rem; }
h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -.018em; margin: 0 0 .5rem; }
h2 { font-size: 1.125rem; margin: 3rem 0 .25rem; }
h3 { font-size: 1rem; margin: 2rem 0 .25rem; }
h4 { font-size: .875rem; margin: 1rem 0 .25rem; }
p { margin: .25rem 0 .75rem; max-width: 68ch; }
.dek { font-size: 1.125rem; color: var(--soft); }
.sub, .sub td, caption { color: var(--soft); font-size: .875rem; }
a { color: var(--accent); text-underline-offset: 3px; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
code, pre { font: .8125rem/1.5 ui-monospace, "SF Mono", "Cascadia Mono", "Liberation Mono",
  monospace; }
pre { background: var(--card); border: 1px solid var(--rule); border-radius: 6px; padding: .75rem;
  overflow-x: auto; margin: .5rem 0 1rem; max-height: 26rem; }
.request { border-top: 1px solid var(--rule); padding-top: 1rem; margin-top: 1.25rem; }
.request h3 { margin-top: 0; }
ul.others { margin: .25rem 0 0; padding-left: 1.25rem; }
.address { display: inline-block; background: var(--accent-soft); border-radius: 6px;
  padding: .125rem .5rem; font-weight: 600; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; margin: .25rem 0 1rem; }
th { text-align: left; font-weight: 600; color: var(--soft); }
th, td { padding: .375rem .75rem .375rem 0; border-bottom: 1px solid var(--rule);
  vertical-align: top; }
summary { cursor: pointer; padding: .25rem 0; font-size: .875rem; color: var(--accent); }
ul.contents { list-style: none; padding: 0; columns: 20rem; font-size: .875rem; }
ul.contents li { padding: .1875rem 0; break-inside: avoid; }
"""


def documentation_page(document: Mapping[str, Any]) -> str:
    """The whole page.

    Args:
        document: The OpenAPI document.
    """
    operations = list(_operations(document))
    return "".join(
        (
            '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"/>',
            '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
            f"<title>{TITLE}</title>",
            '<meta name="description" content="Every request of Framework Picker’s JSON API, with '
            'parameters, examples and errors."/>',
            '<link rel="icon" type="image/svg+xml" href="/favicon.svg"/>',
            f"<style>{STYLE}</style></head><body>",
            f'<header><a href="{routes.PICK}">Framework Picker</a></header><main>',
            *_opening(document, operations),
            *_requests(document, operations),
            *_shapes(document),
            "</main><footer>",
            f'Machine-readable: <a href="{routes.OPENAPI}">OpenAPI '
            f"{html.escape(document['openapi'])}</a>. Changes of the data: "
            f'<a href="{routes.DATA_FEED}">Atom feed</a>.</footer></body></html>',
        )
    )


def _operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path, methods in document["paths"].items():
        for method in METHODS:
            if method in methods:
                yield method.upper(), path, methods[method]


def _opening(
    document: Mapping[str, Any], operations: list[tuple[str, str, Mapping[str, Any]]]
) -> Iterator[str]:
    yield "<h1>JSON API</h1>"
    yield f'<p class="dek">{html.escape(document["info"]["description"])}</p>'
    yield '<ul class="contents">'
    for method, path, operation in operations:
        yield (
            f'<li><a href="#{operation["operationId"]}"><code>{method} {html.escape(path)}</code>'
            f"</a><br/>{html.escape(operation['summary'])}</li>"
        )
    yield "</ul>"
    yield (
        "<h2>Rules for all requests</h2>"
        "<p>Requests and answers are JSON in UTF-8. A parameter, a name or an answer that is not "
        "documented here is refused with 422, and the error’s <code>field</code> says which. "
        "Every error has the same shape, and a request that fails changes nothing.</p>"
        f'<pre tabindex="0">{_json(_error_example())}</pre>'
        "<p>Read answers carry an <code>ETag</code>; send it back as <code>If-None-Match</code> "
        "and the answer is 304 as long as nothing has changed. Pages of other origins may ask from "
        "a browser only where this server’s settings name them.</p>"
    )


def _requests(
    document: Mapping[str, Any], operations: list[tuple[str, str, Mapping[str, Any]]]
) -> Iterator[str]:
    for tag in document["tags"]:
        yield f"<h2>{html.escape(tag['name'])}</h2>"
        for method, path, operation in operations:
            if tag["name"] in operation["tags"]:
                yield from _request(method, path, operation)


def _request(method: str, path: str, operation: Mapping[str, Any]) -> Iterator[str]:
    name = operation["operationId"]
    yield (
        f'<section class="request" id="{name}"><h3>{html.escape(operation["summary"])}</h3>'
        f'<code class="address">{method} {html.escape(path)}</code>'
        f"<p>{html.escape(operation['description'])}</p>"
    )
    if operation.get("parameters"):
        yield (
            "<h4>Parameters</h4>"
            '<div class="wide" tabindex="0" role="group" aria-label="Parameters">'
            '<table><thead><tr><th scope="col">Name</th>'
            '<th scope="col">Meaning</th><th scope="col">Values</th></tr></thead><tbody>'
        )
        for one in operation["parameters"]:
            needed = "" if one["required"] else ' <span class="sub">optional</span>'
            yield (
                f"<tr><td><code>{html.escape(one['name'])}</code>{needed}</td>"
                f"<td>{html.escape(one['description'])}</td><td>{_values(one['schema'])}</td></tr>"
            )
        yield "</tbody></table></div>"
    command = html.escape(_command(method, path, operation))
    yield f'<h4>Example</h4><pre tabindex="0">{command}</pre>'
    body = operation.get("requestBody")
    if body:
        yield from _accepted(body["content"]["application/json"]["schema"]["properties"])
    for status, response in operation["responses"].items():
        if status.startswith("2"):
            yield from _answer(status, response)
    yield '<h4>Other answers</h4><ul class="others sub">'
    for status, response in operation["responses"].items():
        if not status.startswith("2"):
            yield f"<li>{status}: {html.escape(response['description'])}</li>"
    yield "</ul></section>"


def _accepted(properties: Mapping[str, Any]) -> Iterator[str]:
    """What may be sent: every field, every question with its answers."""
    answers = properties["answers"]
    yield (
        "<details><summary>Every question and the answers that it accepts</summary>"
        '<div class="wide" tabindex="0" role="group" aria-label="Questions and answers">'
        "<table><tbody>"
    )
    for name, schema in answers["properties"].items():
        yield f'<tr><th scope="row"><code>{html.escape(name)}</code></th>'
        yield f"<td>{html.escape(schema['title'])}</td><td>{_values(schema)}</td></tr>"
    for schema in answers["patternProperties"].values():
        yield '<tr><th scope="row"><code>value.FRAMEWORK.CRITERION</code></th>'
        yield f"<td>{html.escape(schema['title'])}</td><td><code>80~our team knows it</code></td>"
        yield "</tr>"
    yield "</tbody></table></div></details>"
    for name, schema in properties.items():
        if name != "answers":
            yield (
                f'<p class="sub"><code>{html.escape(name)}</code>: {_values(schema)}, optional</p>'
            )


def _answer(status: str, response: Mapping[str, Any]) -> Iterator[str]:
    yield f"<h4>Answer {status}: {html.escape(response['description'])}</h4>"
    for kind, content in response.get("content", {}).items():
        shape = content["schema"].get("$ref", "").rpartition("/")[2]
        if shape:
            yield f'<p class="sub">Shape: <a href="#shape-{shape}">{shape}</a></p>'
        else:
            yield f'<p class="sub">{html.escape(kind)}</p>'
        if "example" in content:
            example = content["example"]
            text = html.escape(example) if isinstance(example, str) else _json(example)
            yield (
                "<details><summary>An answer, its lists cut short</summary>"
                f'<pre tabindex="0">{text}</pre></details>'
            )


def _shapes(document: Mapping[str, Any]) -> Iterator[str]:
    yield "<h2>Shapes</h2><p>What each field means, where its name does not say it.</p>"
    for name, schema in sorted(document["components"]["schemas"].items()):
        if "properties" not in schema:
            continue
        yield (
            f'<section id="shape-{name}"><h3>{name}</h3>'
            f'<p class="sub">{html.escape(schema.get("description", ""))}</p>'
            '<div class="wide" tabindex="0" role="group" aria-label="Table"><table><tbody>'
        )
        for field, entry in schema["properties"].items():
            yield (
                f'<tr><th scope="row"><code>{html.escape(field)}</code></th>'
                f"<td>{_type(entry)}</td><td>{html.escape(entry.get('description', ''))}</td></tr>"
            )
        yield "</tbody></table></div></section>"


def _type(schema: Mapping[str, Any]) -> str:
    """A schema in a few words, with links to other shapes."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f'<a href="#shape-{name}">{name}</a>'
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_type(one) for one in schema["anyOf"]))
    if "const" in schema:
        return f"<code>{html.escape(str(schema['const']))}</code>"
    if "enum" in schema:
        return _values(schema)
    kind = schema.get("type", "anything")
    if kind == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if kind == "object" and isinstance(schema.get("additionalProperties"), Mapping):
        return f"names with {_type(schema['additionalProperties'])}"
    words = {"string": "text", "integer": "whole number", "boolean": "true or false"}
    if schema.get("format") == "date":
        return "day"
    return words.get(kind, html.escape(str(kind)))


def _values(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        shown = [value or "empty" for value in schema["enum"][:LONGEST_LIST]]
        more = len(schema["enum"]) - len(shown)
        listed = ", ".join(f"<code>{html.escape(str(value))}</code>" for value in shown)
        return f"{listed} and {more} more" if more > 0 else listed
    if schema.get("type") == "integer":
        usual = f", {schema['default']} by default" if "default" in schema else ""
        return f"{schema['minimum']} to {schema['maximum']}{usual}"
    return f"text, at most {schema['maxLength']} characters" if "maxLength" in schema else "text"


def _command(method: str, path: str, operation: Mapping[str, Any]) -> str:
    """The request as a command, with the examples of its parameters."""
    query: list[str] = []
    options = f" -X {method}" if method == "DELETE" else ""
    for one in operation.get("parameters", ()):
        if one["in"] == "path":
            path = path.replace(f"{{{one['name']}}}", str(one["example"]))
        elif one["in"] == "header":
            options += f" -H '{one['name']}: {one['example']}'"
        elif one["required"] or not query or one["name"] == "framework":
            query.append(f"{one['name']}={one['example']}")
    address = f"http://localhost:3000{path}{'?' if query else ''}{'&'.join(query)}"
    if method != "POST":
        return f"curl '{address}'{options}"
    body = operation["requestBody"]["content"]["application/json"]["example"]
    return (
        f"curl '{address}' \\\n  -H 'Content-Type: application/json' \\\n"
        f"  -d '{json.dumps(body, ensure_ascii=False)}'"
    )


def _error_example() -> dict[str, Any]:
    return {
        "error": {
            "code": "not-valid",
            "message": "We have no question called “colour”.",
            "field": "answers.colour",
        }
    }


def _json(value: object) -> str:
    return html.escape(json.dumps(value, indent=2, ensure_ascii=False), quote=False)
