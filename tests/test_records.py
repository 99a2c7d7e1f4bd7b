"""What is wrong with a field of a file is said in this project's words, whichever kind of fault it is."""

import json

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from oracle_lib.params import EndpointParams, Expert, Generation, Machine, Profile, Sources, Training
from oracle_lib.records import DatasetRow, first_problem
from oracle_lib.verify import CONTRACT, AsmCase, CppContract


def problem_of(model: type[BaseModel], content: object) -> str:
    with pytest.raises(ValidationError) as raised:
        model.model_validate(content)
    return first_problem(raised.value)


@pytest.mark.parametrize(
    ("model", "content", "said"),
    [
        (Training, {"epochs": "x"}, "epochs: must be a whole number, not 'x'"),
        (Training, {"epochs": 1.5}, "epochs: must be a whole number, not 1.5"),
        (Training, {"epochs": None}, "epochs: must be a whole number, not None"),
        (Training, {"epochs": 0}, "epochs: must be at least 1, not 0"),
        (Training, {"warmup": 1}, "warmup: must be less than 1, not 1"),
        (Training, {"warmup": "much"}, "warmup: must be a number, not 'much'"),
        (Training, {"learning_rate": 0}, "learning_rate: must be more than 0, not 0"),
        (Training, {"tensorboard": "maybe"}, "tensorboard: must be true or false, not 'maybe'"),
        (Training, {"backend": "tpu"}, "backend: must be 'hf' or 'unsloth', not 'tpu'"),
        (Training, {"epoch": 1}, "epoch: is no name that is known here"),
        (Training, ["epochs"], "must map names to values, not ['epochs']"),
        (EndpointParams, {"url_variable": 3}, "url_variable: must be text, not 3"),
        (EndpointParams, {"url_variable": "A", "key_variable": "B"}, "base: is missing"),
        (
            Machine,
            {"name": "a b"},
            "name: 'a b' is no name; it may hold lower-case letters and digits, in words joined",
        ),
        (Sources, {3: {}}, "a name in it must be text, not 3"),
        (Generation, {"mixture": {"all": 1.0}}, "mixture: a name in it must be 'templates', 'composed', "),
        (Generation, {"families": "add_words"}, "families: must be a list, not 'add_words'"),
        (AsmCase, {"registers": {"a": {"any_of": []}}}, "registers.a: must be a whole number, not {'any_of': []}"),
        (CppContract, {"signature": "", "driver": "", "cases": []}, "cases: must have a length of at least 1, not []"),
        (DatasetRow, {"messages": [{"role": "user", "content": " "}]}, "messages.0.content: is empty, and there"),
    ],
)
def test_a_wrong_field_is_named_with_what_it_must_be(model: type[BaseModel], content: object, said: str) -> None:
    assert problem_of(model, content).startswith(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"kind": "asm"', "it is no JSON at line 1 column 14"),
        ("{}", "must have 'kind', not {}"),
        ('{"kind": "c"}', "must have for 'kind' one of 'asm', 'cpp', 'facts', not {'kind': 'c'}"),
        (
            json.dumps({"kind": "facts", "cases": [{"name": "Q", "value": 1}]}),
            "facts.cases.0.name: must have the form ",
        ),
    ],
)
def test_a_contract_that_is_none_is_told_so(text: str, said: str) -> None:
    with pytest.raises(ValidationError) as raised:
        CONTRACT.validate_json(text)
    assert first_problem(raised.value).startswith(said)


def test_a_long_value_is_shown_by_its_ends() -> None:
    assert len(problem_of(Training, {"backend": "x" * 10_000})) < 100


@pytest.mark.parametrize("model", [Expert, Profile, Training, Generation, Machine, DatasetRow, AsmCase, CppContract])
@pytest.mark.parametrize("value", [None, [], {}, "", 3, -1.5, "nan", {"x": 1}, [1], True])
def test_no_word_of_pydantic_reaches_a_reader(model: type[BaseModel], value: object) -> None:
    for name, field in model.model_fields.items():
        adapter = TypeAdapter(field.rebuild_annotation())
        try:
            adapter.validate_python(value)
        except ValidationError as error:
            said = first_problem(error)
            assert not any(word in said for word in ("Input", "should", "Tuple", "valid ", "Value error")), (name, said)
