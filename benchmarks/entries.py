"""Who takes part: one application per framework, and two without any as baselines.

Nothing here imports a framework: what is missing for a Python is left out before it is started.
"""

from dataclasses import dataclass

from benchmarks.scenarios import ORM, SCENARIOS

WSGI = "wsgi"
ASGI = "asgi"
OWN = "own"

SQLALCHEMY = "SQLAlchemy"
DJANGO_ORM = "Django ORM"

Cells = tuple[tuple[str, str], ...]

EVERYTHING: Cells = tuple(
    (scenario.id, database) for scenario in SCENARIOS for database in scenario.databases
)
API_ON_DJANGO: Cells = (("json", ""), ("validation", ""), ("query", ORM), ("queries", ORM))


@dataclass(frozen=True)
class Entry:
    """One application.

    `framework` is its name in the catalog, "" for a baseline; `packages` are the distributions
    it needs, the framework first; `cells` are pairs of scenario and database class.
    """

    id: str
    framework: str
    label: str
    interface: str
    packages: tuple[str, ...]
    notes: str
    cells: Cells = EVERYTHING
    orm: str = SQLALCHEMY
    has_asgi: bool = False
    own_server: tuple[str, ...] = ()

    @property
    def module(self) -> str:
        """The module that holds the application."""
        return f"benchmarks.apps.{self.id.replace('-', '_')}"


ENTRIES: tuple[Entry, ...] = (
    Entry(
        "bare-asgi",
        "",
        "No framework (ASGI)",
        ASGI,
        ("sqlalchemy", "jinja2", "pydantic", "itsdangerous"),
        "An ASGI function with a dictionary of paths. Validation: pydantic. Templates: Jinja2."
        " Session: cookie signed with itsdangerous. CSRF: own code.",
    ),
    Entry(
        "bare-wsgi",
        "",
        "No framework (WSGI)",
        WSGI,
        ("sqlalchemy", "jinja2", "pydantic", "itsdangerous"),
        "A WSGI function with a dictionary of paths. Validation: pydantic. Templates: Jinja2."
        " Session: cookie signed with itsdangerous. CSRF: own code.",
    ),
    Entry(
        "flask",
        "flask",
        "Flask",
        WSGI,
        ("flask", "flask-wtf", "sqlalchemy", "pydantic"),
        "Validation: pydantic, as Flask brings none. Templates: Jinja2. Form and CSRF: Flask-WTF."
        " Session: Flask's own signed cookie, opened for the full page only.",
    ),
    Entry(
        "fastapi",
        "fastapi",
        "FastAPI",
        ASGI,
        ("fastapi", "sqlalchemy", "jinja2", "itsdangerous", "python-multipart"),
        "Validation: pydantic. JSON: answers with a declared type are written by pydantic."
        " Templates: Jinja2. Session: Starlette's signed cookie, on a mounted application for the"
        " full page only. CSRF: own code, as FastAPI brings none.",
    ),
    Entry(
        "django",
        "django",
        "Django",
        WSGI,
        ("django", "jinja2"),
        "Validation: Django forms, one per line of the order. Templates, form, CSRF: Django's own."
        " Session: Django's signed cookie. Session and CSRF are switched on by decorators, for the"
        " full page only; no middleware otherwise.",
        orm=DJANGO_ORM,
    ),
    Entry(
        "django-drf",
        "django-rest-framework",
        "Django with REST framework",
        WSGI,
        ("djangorestframework", "django", "jinja2"),
        "JSON and database tests of the ORM only. Validation and answers: serializers."
        " No authentication, no browsable pages.",
        cells=API_ON_DJANGO,
        orm=DJANGO_ORM,
    ),
    Entry(
        "django-ninja",
        "django-ninja",
        "Django with Ninja",
        WSGI,
        ("django-ninja", "django", "jinja2", "pydantic"),
        "JSON and database tests of the ORM only. Validation and answers: pydantic schemas.",
        cells=API_ON_DJANGO,
        orm=DJANGO_ORM,
    ),
    Entry(
        "starlette",
        "starlette",
        "Starlette",
        ASGI,
        ("starlette", "sqlalchemy", "jinja2", "pydantic", "itsdangerous", "python-multipart"),
        "Validation: pydantic, as Starlette brings none. Templates: Jinja2. Session: Starlette's"
        " signed cookie, on the route of the full page only. CSRF: own code.",
    ),
    Entry(
        "quart",
        "quart",
        "Quart",
        ASGI,
        ("quart", "sqlalchemy", "pydantic"),
        "Validation: pydantic, as Quart brings none. Templates: Jinja2. Session: Quart's signed"
        " cookie, opened for the full page only. CSRF: own code.",
    ),
    Entry(
        "falcon",
        "falcon",
        "Falcon",
        WSGI,
        ("falcon", "sqlalchemy", "jinja2", "pydantic", "itsdangerous"),
        "Validation: pydantic. Templates: Jinja2. Session: cookie signed with itsdangerous."
        " CSRF: own code. Falcon brings none of them. It also runs on ASGI; measured on WSGI.",
    ),
    Entry(
        "litestar",
        "litestar",
        "Litestar",
        ASGI,
        ("litestar", "sqlalchemy", "jinja2", "msgspec", "cryptography"),
        "Validation and JSON: msgspec, as Litestar does by itself. Templates: Jinja2. Session:"
        " Litestar's encrypted cookie. CSRF: Litestar's own. Both on the full page only.",
    ),
    Entry(
        "sanic",
        "sanic",
        "Sanic",
        OWN,
        ("sanic", "sqlalchemy", "jinja2", "pydantic", "itsdangerous"),
        "JSON: ujson, Sanic's default. Validation: pydantic. Templates: Jinja2. Session: cookie"
        " signed with itsdangerous. CSRF: own code.",
        has_asgi=True,
        own_server=(
            *("-m", "sanic", "benchmarks.apps.sanic:app", "--host", "127.0.0.1"),
            *("--port", "{port}", "--workers", "1", "--no-access-logs", "--no-motd"),
        ),
    ),
    Entry(
        "aiohttp",
        "aiohttp",
        "aiohttp",
        OWN,
        (
            *("aiohttp", "aiohttp-jinja2", "aiohttp-session", "cryptography"),
            *("sqlalchemy", "jinja2", "pydantic", "itsdangerous"),
        ),
        "Its own server, on uvloop. Validation: pydantic. Templates: aiohttp-jinja2. Session:"
        " encrypted cookie of aiohttp-session, on an application below /page only. CSRF: own code.",
    ),
    Entry(
        "tornado",
        "tornado",
        "Tornado",
        OWN,
        ("tornado", "sqlalchemy", "pydantic"),
        "Its own server, on the standard event loop. Validation: pydantic. Templates, signed cookie"
        " and XSRF token: Tornado's own. Each answer has an ETag, Tornado's default.",
    ),
    Entry(
        "bottle",
        "bottle",
        "Bottle",
        WSGI,
        ("bottle", "sqlalchemy", "pydantic", "itsdangerous"),
        "Validation: pydantic. Templates and signed cookie: Bottle's own. CSRF: own code.",
    ),
    Entry(
        "pyramid",
        "pyramid",
        "Pyramid",
        WSGI,
        ("pyramid", "pyramid-jinja2", "sqlalchemy", "pydantic"),
        "Validation: pydantic. Templates: pyramid_jinja2. Session (signed cookie) and CSRF:"
        " Pyramid's own, made only where a view asks for them.",
    ),
    Entry(
        "blacksheep",
        "blacksheep",
        "BlackSheep",
        ASGI,
        ("blacksheep", "sqlalchemy", "jinja2", "pydantic", "itsdangerous"),
        "Validation: pydantic, bound by BlackSheep. Templates: Jinja2. Session (signed cookie) and"
        " anti-forgery token: BlackSheep's own, on a mounted application for the full page only.",
    ),
    Entry(
        "robyn",
        "robyn",
        "Robyn",
        OWN,
        ("robyn", "sqlalchemy", "jinja2", "pydantic", "itsdangerous"),
        "Its own server in Rust, one process with one worker. JSON: orjson, Robyn's default."
        " Validation: pydantic, bound by Robyn. Templates: Jinja2. Session: Robyn's signed cookie,"
        " read by the full page only. CSRF: own code.",
    ),
)

BY_ID = {entry.id: entry for entry in ENTRIES}
