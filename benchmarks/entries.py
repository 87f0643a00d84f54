"""Who takes part: one application per framework, and two without any as baselines.

Nothing here imports a framework: an entry whose packages are missing is left out with a reason.
"""

import json
import subprocess
from collections.abc import Mapping
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
        "django",
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
        "django",
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
)

BY_ID = {entry.id: entry for entry in ENTRIES}

_ASK_VERSIONS = """
import importlib.metadata, json, sys
found = {}
for name in sys.argv[1:]:
    try:
        found[name] = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        pass
print(json.dumps([found, ".".join(map(str, sys.version_info[:3]))]))
"""


def installed(python: str) -> tuple[dict[str, str], str]:
    """The versions of what the entries need, as far as this Python has it, and its own version.

    Raises:
        subprocess.SubprocessError: this Python does not start.
    """
    names = sorted({name for entry in ENTRIES for name in entry.packages})
    answer = subprocess.run(
        [python, "-c", _ASK_VERSIONS, *names],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    versions, own = json.loads(answer.stdout)
    return versions, own


def left_out_reason(entry: Entry, versions: Mapping[str, str], python_version: str) -> str:
    """Why an entry cannot take part with what is installed, as a sentence; "" if it can."""
    missing = [name for name in entry.packages if name not in versions]
    if not missing:
        return ""
    return (
        f"{entry.label} is left out: the pinned release of {' and of '.join(missing)} cannot be"
        f" installed for Python {python_version}."
    )
