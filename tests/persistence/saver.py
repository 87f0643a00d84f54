"""A program that saves decisions, one after the other, and names each when it is saved.

Started as a process of its own by the tests, to be one of several writers, or to be killed.
"""

import os
import random
import signal
import sys
import time

from framework_picker.persistence.database import Database
from framework_picker.persistence.repository import save_decision
from tests.persistence.documents import MIGRATIONS, document


def save_some(url: str, seed: int, how_many: int, output: int) -> None:
    """Save so many decisions and write the id of each, when it is saved, on a line."""
    database = Database(url, MIGRATIONS, patience_s=30.0)
    for number in range(how_many):
        with database.writing() as session:
            saved = save_decision(session=session, document=document(seed + number, size=2_000))
        os.write(output, f"{saved.id}\n".encode())


def kill_some(url: str, how_many: int, seed: int) -> None:
    """Start a saver so many times, and kill each after a moment that nobody chose."""
    chance = random.Random(seed)
    for number in range(how_many):
        reading, writing = os.pipe()
        process = os.fork()
        if not process:
            os.close(reading)
            save_some(url, number * 1_000, 1_000, writing)
            os._exit(0)
        os.close(writing)
        time.sleep(chance.uniform(0.0, 0.12))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        with os.fdopen(reading) as said:
            sys.stdout.writelines(line for line in said if line.endswith("\n"))
    sys.stdout.flush()


if __name__ == "__main__":
    _, what, address, count, first = sys.argv
    if what == "save":
        save_some(address, int(first), int(count), sys.stdout.fileno())
    else:
        kill_some(address, int(count), int(first))
