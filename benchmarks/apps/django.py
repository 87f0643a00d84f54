"""Django: views, forms, templates and the ORM of the framework itself."""

import json
import time
from typing import Any

from benchmarks.apps import django_setup, rows

django_setup.set_up(__name__)

from django import forms
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_POST

from benchmarks.apps import django_models

DATABASES: dict[str, Any] = {"raw": rows, "orm": django_models}
with_session = decorator_from_middleware(SessionMiddleware)


class LineForm(forms.Form):
    """One line of an order."""

    article = forms.CharField(max_length=40)
    quantity = forms.IntegerField(min_value=1, max_value=1000)
    price_cents = forms.IntegerField(min_value=0, max_value=1_000_000)


class LinesField(forms.Field):
    """One to twenty lines."""

    def clean(self, value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, list) or not 1 <= len(value) <= 20:
            raise forms.ValidationError("An order has 1 to 20 lines.")
        lines = [LineForm(line) for line in value if isinstance(line, dict)]
        if len(lines) < len(value) or not all(line.is_valid() for line in lines):
            raise forms.ValidationError([line.errors.as_json() for line in lines])
        return [line.cleaned_data for line in lines]


class LinesWidget(forms.Widget):
    """Takes the lines as they are."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(name)


class OrderForm(forms.Form):
    """What a visitor sends."""

    customer = forms.CharField(max_length=80)
    lines = LinesField(widget=LinesWidget)


class NoteForm(forms.Form):
    """The form of the full page."""

    note = forms.CharField(max_length=80)


@require_GET
def plaintext(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Hello, World!", content_type="text/plain")


@require_GET
def hello(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"message": "Hello, World!"})


@require_POST
def validation(request: HttpRequest) -> HttpResponse:
    try:
        sent = json.loads(request.body)
    except ValueError:
        return JsonResponse({"body": "This is no JSON."}, status=400)
    if not isinstance(sent, dict):
        return JsonResponse({"body": "This is no order."}, status=400)
    form = OrderForm(sent)
    if not form.is_valid():
        return JsonResponse(form.errors.get_json_data(), status=422)
    lines = form.cleaned_data["lines"]
    return JsonResponse(
        {
            "customer": form.cleaned_data["customer"],
            "articles": sum(line["quantity"] for line in lines),
            "total_cents": sum(line["quantity"] * line["price_cents"] for line in lines),
        }
    )


@require_GET
def upstream(request: HttpRequest) -> HttpResponse:
    time.sleep(0.02)
    return JsonResponse({"upstream": "answered"})


@require_GET
def query(request: HttpRequest, database: str) -> HttpResponse:
    return JsonResponse(DATABASES[database].random_world())


@require_GET
def queries(request: HttpRequest, database: str) -> HttpResponse:
    count = rows.clamped(request.GET.get("queries"))
    return JsonResponse(DATABASES[database].random_worlds(count), safe=False)


@require_GET
def fortunes(request: HttpRequest, database: str) -> HttpResponse:
    return render(request, "fortunes.html", {"fortunes": DATABASES[database].fortunes()})


@require_GET
def updates(request: HttpRequest, database: str) -> HttpResponse:
    count = rows.clamped(request.GET.get("queries"))
    return JsonResponse(DATABASES[database].updated_worlds(count), safe=False)


@with_session
@csrf_protect
def page(request: HttpRequest) -> HttpResponse:
    session = request.session
    form = NoteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        session["note"] = form.cleaned_data["note"]
        response = HttpResponseRedirect("/page/orm")
        response.status_code = 303
        return response
    session["visits"] = session.get("visits", 0) + 1
    shown = {
        "visits": session["visits"],
        "note": session.get("note", ""),
        "world": django_models.random_world(),
        "csrf_name": "csrfmiddlewaretoken",
    }
    return render(request, "page.html", shown, status=400 if form.is_bound else 200)


urlpatterns = [
    path("plaintext", plaintext),
    path("json", hello),
    path("validation", validation),
    path("upstream", upstream),
    path("db/<slug:database>", query),
    path("queries/<slug:database>", queries),
    path("fortunes/<slug:database>", fortunes),
    path("updates/<slug:database>", updates),
    path("page/orm", page),
]

app = django_setup.application()
