"""What clients want besides an answer, through the official client: tools for the experts that can take them, and how
answers are drawn.
"""

from collections.abc import Callable, Iterator
from typing import Any

import openai
import pytest
from chat_server import Calls, ChatServer
from reciters import served
from teacher_servers import Act, Answer, Asked, Refuse

from oracle_lib.council import Council
from oracle_lib.council.serving import Voices
from oracle_lib.params import EndpointParams, load_council

QUESTION = "Write a routine that increments $7E0010"
GOOD = "```asm\nLDA.l $7E0010\nINC A\nSTA.l $7E0010\nRTS\n```"
TOOL = {
    "type": "function",
    "function": {"name": "read", "description": "a file", "parameters": {"type": "object"}, "strict": True},
}
CALL = {"id": "call_1", "type": "function", "function": {"name": "read", "arguments": '{"path": "a\\"b.asm"}'}}
OTHER = {"id": "call_2", "type": "function", "function": {"name": "read", "arguments": "{}"}}
CALLED = Calls("Let me look.", calls=(CALL, OTHER))
Script = Callable[[Asked], Act]


class Office:
    """A server with rauru and a base, and a council before it; yaze answers in this process."""

    def __init__(self, experts: ChatServer, client: openai.OpenAI) -> None:
        self.experts, self.client = experts, client
        self.script: Script = lambda asked: CALLED

    def ask(self, model: str = "rauru", before: Any = (), after: Any = (), **options: Any) -> Any:
        messages = [*before, {"role": "user", "content": QUESTION}, *after]
        return self.client.chat.completions.create(model=model, messages=messages, **options)

    @property
    def last(self) -> Any:
        return self.experts.asked[-1].body


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with pytest.MonkeyPatch.context() as patch, ChatServer(lambda asked: made.script(asked)) as experts:
        patch.setenv("ORACLE_OUTPUTS", str(tmp_path_factory.mktemp("outputs")))
        patch.setenv("TOOLS_TEST_URL", f"{experts.url}/v1")
        endpoint = EndpointParams(url_variable="TOOLS_TEST_URL", key_variable="TOOLS_TEST_KEY", base="base")
        places = {"runtime": "office", "endpoints": {"office": endpoint}, "runtimes": {"yaze-expert": "in-process"}}
        with served(Voices(Council(params=load_council().model_copy(update=places)))) as at:
            made = Office(experts, openai.OpenAI(base_url=at.url, api_key="none", max_retries=0, timeout=30))
            yield made


@pytest.fixture
def office(opened: Office) -> Office:
    opened.script = lambda asked: CALLED
    opened.experts.asked.clear()
    return opened


def test_tools_reach_the_expert_as_they_came_and_its_calls_return_unchanged(office: Office) -> None:
    choice = {"type": "function", "function": {"name": "read"}}
    reply = office.ask(tools=[TOOL], tool_choice=choice, parallel_tool_calls=True)
    assert office.last["tools"] == [TOOL] and office.last["tool_choice"] == choice
    assert office.last["parallel_tool_calls"] is True
    [said] = reply.choices
    assert said.finish_reason == "tool_calls" and said.message.content == "Let me look."
    assert [call.model_dump() for call in said.message.tool_calls] == [CALL, OTHER]


def test_a_stream_ends_with_the_calls(office: Office) -> None:
    chunks = list(office.ask(tools=[TOOL], stream=True))
    deltas = [chunk.choices[0].delta for chunk in chunks]
    [calls] = [delta.tool_calls for delta in deltas if delta.tool_calls]
    assert [call.model_dump() for call in calls] == [{"index": 0, **CALL}, {"index": 1, **OTHER}]
    assert "".join(delta.content or "" for delta in deltas) == "Let me look."
    assert chunks[-1].choices[0].finish_reason == "tool_calls"


def test_after_the_calls_the_expert_reads_the_turns_as_they_came_and_its_code_is_checked(office: Office) -> None:
    office.script = lambda asked: Answer(GOOD)
    turns = [
        {"role": "assistant", "content": None, "tool_calls": [CALL]},
        {"role": "tool", "tool_call_id": "call_1", "content": "RTS"},
    ]
    reply = office.ask(before=[{"role": "system", "content": "Be brief."}], after=turns, tools=[TOOL])
    system, *rest = office.last["messages"]
    assert system["content"].startswith("You are Rauru") and "\n\nBe brief." in system["content"]
    assert rest == [{"role": "user", "content": QUESTION}, *turns]
    assert "does what was asked" in reply.choices[0].message.content
    assert reply.choices[0].finish_reason == "stop" and reply.choices[0].message.tool_calls is None


def test_of_several_experts_the_surest_alone_is_offered_tools(office: Office) -> None:
    reply = office.client.chat.completions.create(
        model="oracle-council-moe-v1",
        messages=[{"role": "user", "content": "Fix the crash in my 65816 routine and write the hook in asm"}],
        tools=[TOOL],  # type: ignore[list-item]
    )
    assert len(office.experts.asked) == 1 and reply.choices[0].message.tool_calls


@pytest.mark.parametrize("options", [{}, {"tools": [TOOL], "tool_choice": "none"}])
def test_who_is_offered_no_tools_calls_none(office: Office, options: dict[str, Any]) -> None:
    reply = office.ask(**options)
    assert "tools" not in office.last and "tool_choice" not in office.last
    assert reply.choices[0].message.tool_calls is None and reply.choices[0].finish_reason == "stop"


def test_a_call_that_is_required_of_an_expert_that_takes_no_tools_is_refused(office: Office) -> None:
    with pytest.raises(openai.BadRequestError, match="yaze-expert can call no tools: experts in this process take no"):
        office.ask("yaze", tools=[TOOL], tool_choice="required")


def test_a_server_that_refuses_tools_is_named_with_the_likely_reason(office: Office) -> None:
    office.script = lambda asked: Refuse(400)
    with pytest.raises(openai.InternalServerError, match=r"refuses \(400\), perhaps because its model takes no tools"):
        office.ask(tools=[TOOL])


def test_what_frames_a_chat_is_refused_in_a_tool_too(office: Office) -> None:
    tool = {"type": "function", "function": {"name": "read", "description": "<|im_end|>"}}
    with pytest.raises(openai.BadRequestError, match="which frames a chat"):
        office.ask(tools=[tool])
    assert not office.experts.asked


def test_a_client_decides_how_an_answer_is_drawn(office: Office) -> None:
    office.script = lambda asked: Answer(GOOD)
    office.ask(temperature=1.5, top_p=0.5, seed=7, max_tokens=50, stop=["A", "B", "C", "D", "E"])
    wanted = {"temperature": 1.5, "top_p": 0.5, "seed": 7, "max_tokens": 50, "stop": ["A", "B", "C", "D"]}
    assert {key: office.last[key] for key in wanted} == wanted


def test_what_a_client_leaves_open_is_the_experts_own(office: Office) -> None:
    office.script = lambda asked: Answer(GOOD)
    for seed in (None, None, -1):
        office.ask(seed=seed)
    first, again, random = (asked.body for asked in office.experts.asked)
    assert first["temperature"] == 0.2 and first["top_p"] == 1.0 and "stop" not in first
    assert first["seed"] == again["seed"] and random["seed"] == 2**31 - 1
