"""Django REST framework: function views, serializers, the ORM of Django."""

from typing import Any

from benchmarks.apps import django_setup, rows

django_setup.set_up(
    __name__,
    apps=["rest_framework"],
    REST_FRAMEWORK={
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_PERMISSION_CLASSES": [],
        "UNAUTHENTICATED_USER": None,
    },
)

from django.urls import path
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from benchmarks.apps import django_models


class WorldSerializer(serializers.ModelSerializer[Any]):
    """A row with a random number."""

    randomNumber = serializers.IntegerField(source="random_number")  # noqa: N815

    class Meta:
        model = django_models.World
        fields = ("id", "randomNumber")


class LineSerializer(serializers.Serializer[Any]):
    """One line of an order."""

    article = serializers.CharField(max_length=40)
    quantity = serializers.IntegerField(min_value=1, max_value=1000)
    price_cents = serializers.IntegerField(min_value=0, max_value=1_000_000)


class OrderSerializer(serializers.Serializer[Any]):
    """What a visitor sends."""

    customer = serializers.CharField(max_length=80)
    lines = LineSerializer(many=True, min_length=1, max_length=20)


@api_view()
def hello(request: Request) -> Response:
    return Response({"message": "Hello, World!"})


@api_view(["POST"])
def validation(request: Request) -> Response:
    order = OrderSerializer(data=request.data)
    order.is_valid(raise_exception=True)
    lines = order.validated_data["lines"]
    return Response(
        {
            "customer": order.validated_data["customer"],
            "articles": sum(line["quantity"] for line in lines),
            "total_cents": sum(line["quantity"] * line["price_cents"] for line in lines),
        }
    )


@api_view()
def query(request: Request) -> Response:
    return Response(WorldSerializer(django_models.random_row()).data)


@api_view()
def queries(request: Request) -> Response:
    count = rows.clamped(request.query_params.get("queries"))
    return Response(WorldSerializer(django_models.random_rows(count), many=True).data)


urlpatterns = [
    path("json", hello),
    path("validation", validation),
    path("db/orm", query),
    path("queries/orm", queries),
]

app = django_setup.application()
