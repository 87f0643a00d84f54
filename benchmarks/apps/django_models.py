"""Database class "orm" of the applications on Django."""

from django.db import models

from benchmarks.apps.rows import ADDED_FORTUNE, WRITING, Row, random_id, random_ids


class World(models.Model):
    """A row with a random number."""

    random_number = models.IntegerField(db_column="randomNumber")

    class Meta:
        app_label = "benchmarks"
        db_table = "world"

    def as_json(self) -> Row:
        """The row as visitors get it."""
        return {"id": self.id, "randomNumber": self.random_number}


class Fortune(models.Model):
    """A saying."""

    message = models.TextField()

    class Meta:
        app_label = "benchmarks"
        db_table = "fortune"


def random_row() -> World:
    """One random row of World."""
    return World.objects.get(id=random_id())


def random_rows(count: int) -> list[World]:
    """Some rows of World, each read by a query of its own."""
    return [World.objects.get(id=row_id) for row_id in random_ids(count)]


def random_world() -> Row:
    """One random row of World, as visitors get it."""
    return random_row().as_json()


def random_worlds(count: int) -> list[Row]:
    """Some rows of World, as visitors get them."""
    return [world.as_json() for world in random_rows(count)]


def updated_worlds(count: int) -> list[Row]:
    """Some rows of World, each read by a query of its own, with new numbers that are stored."""
    worlds = random_rows(count)
    for world in worlds:
        world.random_number = random_id()
    with WRITING:
        World.objects.bulk_update(worlds, ["random_number"])
    return [world.as_json() for world in worlds]


def fortunes() -> list[Fortune]:
    """The rows of Fortune and the added one, by message."""
    found = list(Fortune.objects.all())
    number, message = ADDED_FORTUNE
    found.append(Fortune(id=number, message=message))
    return sorted(found, key=lambda fortune: fortune.message)
