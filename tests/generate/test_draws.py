"""Problems are drawn on all processors, and nothing of that is left while somebody holds a problem."""

import threading

from oracle_lib.generate.requests import Draws
from oracle_lib.tasks import families


def test_no_thread_waits_between_two_problems() -> None:
    before = set(threading.enumerate())
    problems = iter(Draws([families()["add_words"], families()["swap_words"]], seed=1))
    assert next(problems)[1] != next(problems)[1]
    assert set(threading.enumerate()) == before
