"""Django Ninja: functions with types, pydantic schemas, the ORM of Django."""

from typing import Any

from benchmarks.apps import django_setup, rows

django_setup.set_up(__name__)

from django.http import HttpRequest
from django.urls import path
from ninja import Field, NinjaAPI, Schema

from benchmarks.apps import django_models
from benchmarks.apps.orders import Order, Receipt, receipt

api = NinjaAPI(docs_url=None, openapi_url=None)


class World(Schema):
    """A row with a random number."""

    id: int
    randomNumber: int = Field(alias="random_number")  # noqa: N815


@api.get("/json")
def hello(request: HttpRequest) -> dict[str, str]:
    return {"message": "Hello, World!"}


@api.post("/validation", response=Receipt)
def validation(request: HttpRequest, order: Order) -> Receipt:
    return receipt(order)


@api.get("/db/orm", response=World)
def query(request: HttpRequest) -> Any:
    return django_models.random_row()


@api.get("/queries/orm", response=list[World])
def queries(request: HttpRequest, queries: str = "") -> Any:
    return django_models.random_rows(rows.clamped(queries))


urlpatterns = [path("", api.urls)]

app = django_setup.application()
