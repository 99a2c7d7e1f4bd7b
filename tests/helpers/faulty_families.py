"""Families with faults. They stand in a module of their own, where other processes find them."""

import random

from oracle_lib.tasks import Family, Problem, families
from oracle_lib.tasks.kit.cpp_recipes import Made, of_recipes


def _named(problem: Problem, family: str) -> Problem:
    return problem.model_copy(update={"family": family})


def _always_the_same(rng: random.Random) -> Problem:
    return families()["add_words"].draw(random.Random(1))


def _one_in_forty_fails(rng: random.Random) -> Problem:
    if rng.randrange(40) == 0:
        raise ZeroDivisionError("nobody thought of a width of 0")
    return _named(families()["add_words"].draw(rng), "faulty")


def _fails_for_seed_seven(rng: random.Random) -> Problem:
    if rng.random() == random.Random("7:flawed:2").random():
        raise ZeroDivisionError("nobody thought of a width of 0")
    return _named(families()["add_words"].draw(rng), "flawed")


def _loops(rng: random.Random) -> Problem:
    return of_recipes("kind.looping", "tests", rng, (loops_on_odd_numbers,))


def loops_on_odd_numbers(rng: random.Random) -> Made:
    def halved(number: int) -> int:
        while number % 2:
            pass
        return number // 2

    return Made("int @f(int number)", "return number / 2;", halved, lambda rng: [rng.randrange(100)], ["Halve it."] * 4)


SAME = Family("same", "asm", "tests", _always_the_same)
FAULTY = Family("faulty", "asm", "tests", _one_in_forty_fails)
FLAWED = Family("flawed", "asm", "tests", _fails_for_seed_seven)
LOOPING = Family("looping", "recipes_cpp", "tests", _loops)
