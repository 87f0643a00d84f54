"""What the three applications on Django share: settings and models."""

from collections.abc import Sequence
from typing import Any

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db.backends.signals import connection_created
from django.dispatch import receiver

from benchmarks.apps import jinja, rows


def set_up(urls: str, apps: Sequence[str] = (), **more: Any) -> None:
    """Production settings, with the addresses in the module `urls`."""
    settings.configure(
        DEBUG=False,
        ALLOWED_HOSTS=["*"],
        SECRET_KEY="only for measuring",
        ROOT_URLCONF=urls,
        INSTALLED_APPS=list(apps),
        # Sessions and CSRF are switched on for the full page only, by decorators.
        MIDDLEWARE=[],
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": rows.DATABASE,
                "CONN_MAX_AGE": None,
                "OPTIONS": {"timeout": 10, "transaction_mode": "IMMEDIATE"},
            }
        },
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [jinja.FOLDER],
            }
        ],
        USE_I18N=False,
        LOGGING_CONFIG=None,
        **more,
    )
    django.setup()


def application() -> WSGIHandler:
    """The application that servers start."""
    return get_wsgi_application()


@receiver(connection_created)
def _on_connect(connection: Any, **more: Any) -> None:
    rows.set_up(connection.connection)
