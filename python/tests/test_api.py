"""What the package says of itself holds: types, tables, errors, versions, cases from code."""

from __future__ import annotations

import ast
import inspect
import json
import pickle
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import detente as dt
from conftest import ROOT, program

FLAGSHIP = "cases/south-caucasus-2023"


def test_the_example_of_the_design_runs() -> None:
    case = dt.read(FLAGSHIP)
    answer = case.solve(concepts=["nash", "seq"])
    assert answer.lasting[0].name
    assert {one.account for one in answer.lasting} == {account.id for account in case.accounts}
    assert isinstance(answer.to_pandas(), pd.DataFrame)
    assert case.explain("sq", "az", "seq").accounts[0].text
    shares = case.sample(draws=1_000).shares.to_pandas()
    assert set(shares["account"]) == {account.id for account in case.accounts}
    assert case.replace(strike=["c07"]).solve("nash").lasting
    assert case.evolve().accounts[0].picture.startswith("<svg")
    assert case.map().picture.startswith("<svg")


def test_answers_are_typed_records() -> None:
    answer = dt.read("cases/prisoners-dilemma").solve()
    data = answer.data
    assert isinstance(data, dt.records.Solved)
    assert data.settings.concepts == ("nash", "gmr", "smr", "seq", "sseq")
    assert data.headline.text == answer.headline
    assert isinstance(answer.questions[0], dt.records.QuestionInfo)
    with pytest.raises(AttributeError):
        data.headline.text = "otherwise"
    assert pickle.loads(pickle.dumps(data)) == data
    assert repr(data.case).startswith("CaseInfo(")
    assert "headline" in dir(data)


def test_lasting_outcomes_have_names_and_reasons() -> None:
    answer = dt.read("cases/chicken").solve(["nash", "seq"])
    assert [one.name for one in answer.lasting] == ["One gives way", "One gives way"]
    assert all(one.why and one.undone is not None for one in answer.lasting)
    assert {one.concept for one in answer.lasting_under("seq")} == {"seq"}
    with pytest.raises(dt.UsageError, match="name `gmr` among the concepts"):
        answer.lasting_under("gmr")


def test_answers_show_themselves() -> None:
    case = dt.read("cases/chicken")
    answer = case.solve()
    html = answer._repr_html_()
    assert html.startswith('<div class="detente"') and "Does one of them always give way?" in html
    assert "<script" not in html
    assert "Does one of them always give way?" in str(answer)
    assert "\x1b" not in str(answer)
    assert "Does one of them always give way?" in answer.to_markdown()
    assert "\\begin{longtable}" in answer.to_latex()
    assert case._repr_html_().startswith("<svg")
    assert case.map().picture._repr_svg_().startswith("<svg")
    assert repr(case) == "<Case 'Chicken': 2 actors, 2 options>"


def test_tables_go_through_arrow() -> None:
    answer = dt.read("cases/chicken").solve("nash")
    frame = answer.to_pandas()
    assert list(frame["state"]) == ["0", "1", "2", "3"]
    assert frame["a.swerve"].dtype == pd.BooleanDtype()
    assert frame["rank.a"].dtype == pd.UInt64Dtype()
    assert list(frame[frame["nash.lasts"]]["outcome"]) == ["One gives way", "One gives way"]
    other = answer.to_polars()
    assert other.schema["rank.a"] == pl.UInt64 and other.schema["a.swerve"] == pl.Boolean
    assert other.to_dict(as_series=False) == answer.outcomes.to_dict()
    table = pa.table(answer.outcomes)
    assert table.to_pydict() == answer.outcomes.to_dict()
    assert table.schema == pa.schema(answer.outcomes)
    assert len(answer.outcomes) == table.num_rows == 4
    # The capsule may be left unread, and the table outlives its answer.
    answer.outcomes.__arrow_c_stream__()
    outcomes = dt.read("cases/chicken").solve("nash").outcomes
    assert pl.DataFrame(outcomes).height == 4


def test_shares_are_a_table_and_pictures() -> None:
    sample = dt.read("cases/gaza-truce-2023").sample(200, draw=True)
    frame = sample.to_polars()
    assert frame.columns == sample.shares.columns
    assert ((frame["low"] <= frame["share"]) & (frame["share"] <= frame["high"])).all()
    assert sample.picture().startswith("<svg")
    with pytest.raises(dt.UsageError, match="write shares, tornado or sweep"):
        sample.picture("pie")


def test_problems_of_a_case_come_all_at_once() -> None:
    with pytest.raises(dt.CaseError) as caught:
        dt.loads('format = 1\n[case]\ntitle = "x"\n[actor.a]\nprefers = [{ that = "a.nothing" }]\nnme = "A"\n')
    problems = [one for one in caught.value.diagnostics if one.severity == "error"]
    assert len(problems) >= 2
    assert all(one.code in str(caught.value) for one in problems)
    assert problems[0].start is not None and problems[0].start.line
    assert pickle.loads(pickle.dumps(caught.value)).diagnostics == caught.value.diagnostics
    with pytest.raises(dt.CaseError, match="There is no such file") as missing:
        dt.read("cases/chickn")
    assert missing.value.diagnostics[0].hint == "did you mean `cases/chicken`?"


@pytest.mark.parametrize(
    ("asks", "says"),
    [
        (lambda case: case.solve("nsh"), "`nsh` is not a concept of stability: did you mean `nash`?"),
        (lambda case: case.solve(engine="explict"), "`explict` is not an engine: did you mean `explicit`?"),
        (lambda case: case.solve([]), "No concept of stability is named"),
        (lambda case: case.explain("nowhere"), "nowhere"),
        (lambda case: case.explain("sq", "c"), "No actor is called `c`: did you mean `a`?"),
        (lambda case: case.sample(0), "The number of draws is at least 1"),
        (lambda case: case.sample(shard=(3, 2)), "There is no shard 3 of 2"),
        (lambda case: case.sample(precision=0.9), "A half-width is above 0.00001 and below 0.5"),
        (lambda case: case.price(costs={"flp": 2}), "`flp` is not a kind of change: did you mean `flip`?"),
        (lambda case: case.price(question="two"), "There is no question `two`"),
        (lambda case: case.evolve(weights={"a": -1.0}), "`a=-1` is not a weight"),
        (lambda case: case.evolve(choice="worst"), "`worst` is not a way to choose"),
        (lambda case: case.replace(variant="x"), "The case has no variant `x`"),
        (lambda case: case.replace(account="x"), "The case has no account `x`"),
        (lambda case: case.replace(strike="c99"), "c99"),
        (lambda case: case.replace(unavailable="a.fly"), "There is no option `a.fly`"),
        (lambda case: case.solve(max_time=-1.0), "The time limit is not a number of seconds"),
    ],
)
def test_wrong_arguments_are_told_in_a_sentence(asks: object, says: str) -> None:
    assert callable(asks)
    with pytest.raises(dt.UsageError) as caught:
        asks(dt.read("cases/chicken"))
    assert says in str(caught.value)
    assert str(caught.value)[0] in "`“" or str(caught.value)[0].isupper()
    assert "--" not in str(caught.value)


def test_versions_leave_the_case_as_it_is() -> None:
    case = dt.read(FLAGSHIP)
    account = case.replace(account=case.accounts[0].id)
    struck = account.replace(strike="c11", strike_kinds="assessment", unavailable="west.mediate")
    assert account.digest == case.digest != struck.digest
    assert repr(struck).endswith("account moscow-decides: 4 actors, 12 options>")
    assert struck.solve("nash").to_json() != account.solve("nash").to_json()
    again = pickle.loads(pickle.dumps(struck._raw))
    assert dt.Case(again).digest == struck.digest


def test_cases_from_code_and_from_frames_are_the_same() -> None:
    written = dt.loads(
        """format = 1
[case]
title = "Chicken"
[actor.a]
name = "A"
option = { swerve = "Swerve" }
prefers = [{ that = "b.swerve" }, { that = "not a.swerve" }]
[actor.b]
name = "B"
option = { swerve = "Swerve" }
prefers = [{ that = "a.swerve" }, { that = "not b.swerve" }]
[[rule]]
never = "a.swerve and b.swerve"
[status_quo]
on = []
"""
    )
    of_code = dt.build(
        "Chicken",
        actors={"a": "A", "b": "B"},
        options={"a": {"swerve": "Swerve"}, "b.swerve": "Swerve"},
        prefers={"a": ["b.swerve", "not a.swerve"], "b": [{"that": "a.swerve"}, "not b.swerve"]},
        rules=["a.swerve and b.swerve"],
    )
    actors = {"id": ["a", "b"], "name": ["A", "B"]}
    options = {"actor": ["a", "b"], "id": ["swerve", "swerve"], "text": ["Swerve", "Swerve"]}
    wishes = {
        "actor": ["a", "b", "a", "b"],
        "that": ["b.swerve", "a.swerve", "not a.swerve", "not b.swerve"],
        "note": ["It is the point of the game.", None, None, None],
    }
    of_frames = [
        dt.build("Chicken", actors=of(actors), options=of(options), prefers=of(wishes), rules=["a.swerve and b.swerve"])
        for of in (pd.DataFrame, pl.DataFrame, pa.table)
    ]
    for case in [of_code, *of_frames]:
        assert case.digest == written.digest
        assert case.solve().to_json() == written.solve().to_json()
    assert of_frames[0].text.count("note = ") == 1
    assert of_frames[0].text == of_frames[1].text == of_frames[2].text
    assert dt.loads(of_code.text).digest == of_code.digest


def test_further_tables_of_the_case_file_are_taken() -> None:
    case = dt.build(
        actors={"a": {"name": "A"}, "b": {"name": "B"}},
        options={"a": ["arm"], "b": {"toll": {"text": "Toll", "levels": [0, 30], "unit": "%"}}},
        prefers={"a": ["act.treaty"], "b": [{"most": "b.toll"}, {"that": "not a.arm"}]},
        sources={"s": "A text"},
        claims={"c": {"source": "s", "says": "They sign."}},
        act={"treaty": {"text": "Sign", "parties": ["a", "b"], "because": ["c"]}},
        outcomes={"peace": "act.treaty"},
        questions={"q": {"ask": "Does the treaty last?", "kind": "possible", "outcome": "peace"}},
        question="Do they sign?",
        case={"as_of": "2025-03-01"},
    )
    assert (case.question, case.as_of) == ("Do they sign?", "2025-03-01")
    assert case.claims == [dt.Claim("c", "s", "They sign.", None)]
    assert case.solve().questions[0].answer in ("yes", "no")
    graded = dt.build(
        actors=["a", "b"],
        options={"a": ["swerve"], "b": ["swerve"]},
        rankings={"a": [[2], [3], [1], [0]], "b": [[1], [3], [2], [0]]},
    )
    assert [one.state for one in graded.solve("nash").lasting] == ["YN", "NY"]


def test_cases_that_cannot_be_built_say_why() -> None:
    with pytest.raises(dt.UsageError, match="options names 'c', which is no actor: the actors are a"):
        dt.build(actors=["a"], options={"c": ["go"]})
    with pytest.raises(dt.CaseError, match="a.gone"):
        dt.build(actors=["a", "b"], options={"a": ["go"], "b": ["go"]}, prefers={"a": ["a.gone"]})
    with pytest.raises(TypeError, match=r"`actor.a.note` is a complex"):
        dt.build(actors={"a": {"note": 1j}})
    with pytest.raises(dt.UsageError, match="options has a row without actor"):
        dt.build(actors=["a"], options=pd.DataFrame({"id": ["go"]}))


def test_bounds_are_part_of_the_answer() -> None:
    with pytest.raises(dt.LimitError, match="Stopped at 0 s before the first verdict"):
        dt.read("cases/chicken").solve(max_time=0.0)


def test_shards_of_a_sample_are_one_sample() -> None:
    case = dt.read("cases/gaza-truce-2023")
    whole = case.sample(500, draw=True, attribute=False)
    shards = [case.sample(500, shard=(at, 3)) for at in (2, 3, 1)]
    merged = dt.merge(shards)
    assert merged.data.shares == whole.data.shares
    assert dt.merge([shard.to_json() for shard in shards]).to_json() == merged.to_json()
    part = dt.merge(shards[:2])
    assert not part.complete and part.limits[0].what == "merging shards"
    with pytest.raises(dt.UsageError, match="both hold the draw"):
        dt.merge([shards[0], shards[0]])
    with pytest.raises(dt.UsageError, match="has no counts that could be added"):
        dt.merge([whole])


def test_the_command_is_the_program() -> None:
    script = [sys.executable, "-m", "detente"]
    for args in (["solve", "cases/chicken"], ["solve", "cases/chickn"], ["sovle"], ["--version"]):
        done = subprocess.run([*script, *args], capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False)
        meant = program(*args)
        assert (done.returncode, done.stdout, done.stderr) == (meant.returncode, meant.stdout, meant.stderr)


def test_everything_public_is_documented() -> None:
    missing = []
    for name in dt.__all__:
        thing = getattr(dt, name)
        if not inspect.getdoc(thing):
            missing.append(name)
        if inspect.isclass(thing) and thing.__module__.startswith("detente"):
            members = ((member, value) for member, value in vars(thing).items() if member[0] != "_")
            missing += [
                f"{name}.{member}"
                for member, value in members
                if (callable(value) or isinstance(value, property)) and not inspect.getdoc(value)
            ]
    assert not missing
    assert set(dt.__all__) <= set(dir(dt))


def test_every_parameter_is_described() -> None:
    # What is said once for all, where it is first.
    shared = inspect.getdoc(dt.Case) or ""
    shared += (inspect.getdoc(dt.Case.solve) or "") + (inspect.getdoc(dt.Case.explain) or "")
    missing = []
    for method in ("solve", "explain", "sample", "price", "trust", "evolve", "map", "said", "rank", "watch", "replace"):
        function = getattr(dt.Case, method)
        for name in list(inspect.signature(function).parameters)[1:]:
            if name not in f"{shared} {inspect.getdoc(function)}":
                missing.append(f"{method}({name})")
    assert not missing


def test_the_records_are_fresh() -> None:
    script = str(ROOT / "python" / "make_records.py")
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_stub_is_that_of_the_compiled_part() -> None:
    from detente import _detente

    stub = ast.parse((Path(dt.__file__).parent / "_detente.pyi").read_text("utf-8"))
    for node in stub.body:
        if isinstance(node, ast.FunctionDef):
            assert _names(node) == list(inspect.signature(getattr(_detente, node.name)).parameters)
        if isinstance(node, ast.ClassDef):
            known = vars(getattr(_detente, node.name))
            stubbed = {one.name: one for one in node.body if isinstance(one, ast.FunctionDef)}
            assert set(stubbed) == {name for name in known if not name.startswith("_") or name in stubbed}
            for name, one in stubbed.items():
                if not one.decorator_list and not name.startswith("__"):
                    assert _names(one) == list(inspect.signature(known[name]).parameters), name


def _names(function: ast.FunctionDef) -> list[str]:
    arguments = function.args
    return [one.arg for one in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]]


def test_the_version_is_that_of_the_program() -> None:
    assert re.fullmatch(rf"detente {re.escape(dt.__version__)}.*\n", program("--version").stdout)
    assert json.loads(dt.read("cases/chicken").solve().to_json())["program"]["version"] == dt.__version__
