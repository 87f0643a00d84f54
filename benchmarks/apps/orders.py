"""The body of the validation test, for the frameworks that use pydantic."""

from typing import Annotated

from pydantic import BaseModel, Field

Number = Annotated[int, Field(ge=1, le=1000)]


class Line(BaseModel):
    """One line of an order."""

    article: Annotated[str, Field(min_length=1, max_length=40)]
    quantity: Number
    price_cents: Annotated[int, Field(ge=0, le=1_000_000)]


class Order(BaseModel):
    """What a visitor sends."""

    customer: Annotated[str, Field(min_length=1, max_length=80)]
    lines: Annotated[list[Line], Field(min_length=1, max_length=20)]


class Receipt(BaseModel):
    """What the visitor gets back."""

    customer: str
    articles: int
    total_cents: int


def receipt(order: Order) -> Receipt:
    """The answer to a valid order."""
    return Receipt(
        customer=order.customer,
        articles=sum(line.quantity for line in order.lines),
        total_cents=sum(line.quantity * line.price_cents for line in order.lines),
    )
