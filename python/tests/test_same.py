"""The program and the package answer the same: on every case of the catalogue, for every question, byte for byte."""

from __future__ import annotations

import json
import os
from typing import Any, Callable

import pytest

import detente as dt
from conftest import CASES, program

# What is asked: the arguments of the program, and the same of a case.
Asked = tuple[list[str], Callable[[dt.Case], "dt.Answer[Any]"]]

QUESTIONS: dict[str, Asked] = {
    "solve": (["solve", "--no-timings"], lambda case: case.solve()),
    "solve otherwise": (
        ["solve", "--no-timings", "--concept", "nash,seq", "--sequences", "single"],
        lambda case: case.solve(["nash", "seq"], sequences="single"),
    ),
    "explain": (["explain", "--state", "sq"], lambda case: case.explain("sq")),
    "sample": (
        ["sample", "--draws", "300", "--draw", "--seed", "7", "--attribute", "no"],
        lambda case: case.sample(300, draw=True, seed=7, attribute=False),
    ),
    "price": (
        ["price", "--outcome", "sq", "--most", "1", "--deeds", "1", "--games", "60"],
        lambda case: case.price("sq", most=1, deeds=1, games=60),
    ),
    "trust": (["trust", "--size", "1", "--runs", "40"], lambda case: case.trust(size=1, runs=40)),
    "evolve": (["evolve", "--limit", "2000"], lambda case: case.evolve(limit=2000)),
    "map": (["map"], lambda case: case.map()),
    "said": (["said"], lambda case: case.said()),
    "power": (["power"], lambda case: case.power()),
    "watch": (["watch-for", "--draws", "200"], lambda case: case.watch(draws=200)),
}

# What takes a minute and more in a build for tests, and is asked when DETENTE_ALL is set.
LONG = {("trust", "climate-finance"), ("trust", "south-caucasus-2025"), ("solve otherwise", "south-caucasus-2025")}


def told(case: dt.Case) -> list[tuple[list[str], dt.Case]]:
    """The case in each of its accounts, with the arguments that say so."""
    if not case.accounts:
        return [([], case)]
    return [(["--reading", account.id], case.replace(account=account.id)) for account in case.accounts]


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_program_and_the_package_answer_the_same(name: str, question: str) -> None:
    if (question, name) in LONG and not os.environ.get("DETENTE_ALL"):
        pytest.skip("takes long: set DETENTE_ALL")
    path = f"cases/{name}"
    arguments, asks = QUESTIONS[question]
    for reading, case in told(dt.read(path)):
        if question == "map":
            reading, case = [], dt.read(path)
        done = program(arguments[0], path, *arguments[1:], *reading, "--format", "json", "--quiet")
        try:
            answer = asks(case)
        except dt.UsageError as error:
            assert done.returncode == 2, f"{error}\n{done.stderr}"
            assert str(error.args[0]).lower() in done.stderr.lower()
            continue
        except dt.DetenteError as error:
            assert done.returncode in (1, 3), f"{error}\n{done.stderr}"
            assert str(error).lower() in done.stderr.lower()
            continue
        assert done.returncode in (0, 3), done.stderr
        assert answer.to_json() == done.stdout
        assert (done.returncode == 3) == (not answer.complete)
        assert answer.data.to_dict() == json.loads(done.stdout)


@pytest.mark.parametrize("name", CASES)
def test_a_case_of_several_accounts_is_solved_as_the_program_does(name: str) -> None:
    path = f"cases/{name}"
    case = dt.read(path)
    if case.accounts:
        answer = case.solve()
        assert answer.to_json() == program("solve", path, "--no-timings", "--format", "json", "--quiet").stdout
        assert answer.accounts.ids == [account.id for account in case.accounts]
        assert [one.data for one in answer.accounts] == [
            case.replace(account=account.id).solve().data for account in case.accounts
        ]


@pytest.mark.parametrize("name", CASES)
def test_variants_and_tables_are_those_of_the_program(name: str) -> None:
    path = f"cases/{name}"
    whole = dt.read(path)
    for variant in whole.variants[:1]:
        case = whole.replace(variant=variant.id)
        reading = [] if not case.accounts else ["--reading", case.accounts[0].id]
        case = case.replace(account=case.accounts[0].id) if case.accounts else case
        given = ["--variant", variant.id, *reading, "--quiet"]
        solved = program("solve", path, "--concept", "nash", "--format", "csv", *given)
        try:
            answer = case.solve("nash")
        except dt.DetenteError:
            assert solved.returncode != 0
            continue
        assert answer.outcomes.to_csv() == solved.stdout.replace("\r\n", "\n").replace("\n", "\r\n")
