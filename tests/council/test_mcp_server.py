"""The tools of the judge, through the official MCP client: in this process, and once over a real process's pipes."""

import asyncio
import os
import sys
from collections.abc import Sequence
from typing import Any

import pytest
from mcp import Client, MCPError, StdioServerParameters
from reciters import Reciter

from oracle_lib import OracleError
from oracle_lib.council.mcp_server import make_server
from oracle_lib.files import REPOSITORY
from oracle_lib.quality import Knowledge

STORE = "REP #$30\nStart:\nLDA #$1234\nSTA $7E0010\nSEP #$30\nRTS"


def call(*calls: tuple[str, dict[str, Any]], reciter: Reciter | None = None) -> list[Any]:
    """What the tools return, or the texts of their errors."""

    async def all_of_them() -> list[Any]:
        async with Client(make_server(Knowledge.facts, lambda: reciter or Reciter())) as client:
            return [_content(await client.call_tool(name, arguments)) for name, arguments in calls]

    return asyncio.run(all_of_them())


def _content(result: Any) -> Any:
    return result.content[0].text if result.is_error else result.structured_content


def one(name: str, **arguments: Any) -> Any:
    return call((name, arguments))[0]


def test_the_tools_describe_themselves_and_change_nothing() -> None:
    async def listed() -> Sequence[Any]:
        async with Client(make_server(Knowledge.facts, Reciter)) as client:
            return (await client.list_tools()).tools

    tools = {tool.name: tool for tool in asyncio.run(listed())}
    assert list(tools) == ["assemble", "lint_widths", "run", "look_up", "ask_expert"]
    assert all(tool.description and tool.output_schema and tool.annotations.read_only_hint for tool in tools.values())
    assert "asar" in tools["run"].input_schema["properties"]["code"]["description"]


def test_code_is_assembled_at_an_address_with_the_symbols_that_it_lacks() -> None:
    done = one("assemble", code="Main: JSL Sound\nRTL", origin="$208000", symbols={"Sound": "$0DBB7C"})
    assert done["ok"] and done["size"] == 5 and done["labels"] == {"Main": "$208000"}
    assert done["blocks"] == [{"address": "$208000", "bytes": "22 7c bb 0d 6b"}]


def test_what_does_not_assemble_is_told_by_line() -> None:
    done = one("assemble", code="LDA #$01\nLDQ #$02")
    assert not done["ok"] and done["diagnostics"][0].startswith("2:1: error: unknown mnemonic")


@pytest.mark.parametrize("line", ['incbin "/etc/passwd"', 'incsrc "../main.asm"'])
def test_code_reads_no_file(line: str) -> None:
    assert one("assemble", code=line)["ok"] is False


def test_widths_are_followed_from_what_is_known_on_entry() -> None:
    assert one("lint_widths", code="LDA #$1234\nRTS") == {"ok": True, "mismatches": []}
    [found] = one("lint_widths", code="LDA #$1234\nRTS", m=8)["mismatches"]
    assert found.startswith("1:1: warning: width mismatch")
    assert not one("lint_widths", code="LDQ")["ok"]


def test_a_routine_runs_from_what_it_is_given_and_shows_what_it_left() -> None:
    code = "LDA $10\nCLC : ADC #$01\nSTA $7EF000\nRTS"
    done = one(
        "run", code=code, memory={"$7E0010": "41"}, watch={"$7EF000": 1}, flags={"m": True}, registers={"x": "$12"}
    )
    assert done["ended"] == "returned" and done["memory"] == {"$7EF000": "42"} and done["stray_writes"] == []
    assert done["registers"]["x"] == "$0012" and done["stack_balance"] == 0 and done["cycles"] > 0


def test_a_routine_is_entered_at_a_label_and_its_stray_writes_are_seen() -> None:
    done = one("run", code=f"BRK\n{STORE}", entry="Start", flags={"m": False, "x": False})
    assert done["ended"] == "returned" and done["stray_writes"] == ["$7E0010, 2 bytes"]


@pytest.mark.parametrize(
    ("code", "ended"),
    [
        ("Loop: BRA Loop", "spent its budget of cycles"),
        ("BRK", "ran into BRK"),
        ("LDQ", "not run: the code does not assemble"),
        ("", "not run: there is no instruction"),
    ],
)
def test_what_does_not_return_says_how_it_ended(code: str, ended: str) -> None:
    done = one("run", code=code)
    assert done["ended"] == ended and bool(done["registers"]) == (ended == "ran into BRK")


@pytest.mark.parametrize(
    ("name", "arguments", "says"),
    [
        ("assemble", {"code": "RTS", "origin": "home"}, "'home' is no hexadecimal number up to $FFFFFF"),
        ("assemble", {"code": "A" * 200_001}, "200000"),
        ("run", {"code": "RTS", "memory": {"$7E0010": "4"}}, "'4' are no bytes in hexadecimal"),
        ("run", {"code": "RTS", "registers": {"a": "$12345"}}, "'$12345' is no hexadecimal number up to $FFFF"),
        ("run", {"code": "RTS", "watch": {"$7E0000": 70_000}}, "at most 65,536 bytes"),
        ("run", {"code": "RTS", "watch": {"$7E0000": 0}}, "greater than 0"),
        ("run", {"code": "RTS", "budget": 10**9}, "21477000"),
        ("run", {"code": "RTS", "memory": {"$212100": "00"}}, "$212100"),
    ],
)
def test_arguments_that_cannot_be_meant_are_refused_in_words(name: str, arguments: dict[str, Any], says: str) -> None:
    assert says in one(name, **arguments)


def test_addresses_and_registers_are_looked_up_with_their_source() -> None:
    work, screen = one("look_up", text="Is $7E0010 written before INIDISP?")["result"]
    assert work.startswith("$7E0010 WRAM: ") and work.endswith("]")
    assert screen.startswith("$002100 INIDISP: ")
    assert one("look_up", text="What does MVN do?")["result"][0].startswith("MVN: copies a block")


def test_an_expert_or_the_council_is_asked() -> None:
    reciter = Reciter()
    asked = ("ask_expert", {"question": "one two"}), ("ask_expert", {"question": "one", "expert": "asm"})
    whole, _ = call(*asked, reciter=reciter)
    assert whole["answer"] == "one two " and whole["why"] == "it says 'routine'"
    assert whole["experts"][0]["name"] == "rauru-assembler"
    assert [question.model for question in reciter.asked] == ["oracle-council-moe-v1", "asm"]


def test_an_expert_that_cannot_answer_says_why_and_the_server_goes_on() -> None:
    def nobody() -> Reciter:
        raise OracleError("no expert is registered yet; `make demo` makes one")

    async def asked() -> list[Any]:
        async with Client(make_server(Knowledge.facts, nobody)) as client:
            return [
                _content(await client.call_tool("ask_expert", {"question": "?"})),
                _content(await client.call_tool("assemble", {"code": "RTS"})),
            ]

    failed, assembled = asyncio.run(asked())
    assert failed.endswith("no expert is registered yet; `make demo` makes one")
    assert assembled["ok"]


def test_an_empty_question_is_refused_in_words() -> None:
    assert one("ask_expert", question="  ").endswith("the question is empty; ask something")


def test_an_unknown_tool_is_an_error_of_the_protocol_or_the_tool() -> None:
    try:
        assert "erase" in one("erase")
    except MCPError as error:
        assert "erase" in str(error)


def test_the_command_serves_over_pipes() -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = StdioServerParameters(
        command=sys.executable, args=["-m", "oracle_lib", "mcp"], env=environment, cwd=REPOSITORY
    )

    async def asked() -> list[Any]:
        async with Client(process) as client:
            calls: list[tuple[str, dict[str, Any]]] = [
                ("run", {"code": STORE, "watch": {"$7E0010": 2}}),
                ("look_up", {"text": "$2100"}),
                ("assemble", {"code": "RTS"}),
            ]
            return [_content(await client.call_tool(*call)) for call in calls]

    ran, looked_up, assembled = asyncio.run(asked())
    assert ran["memory"] == {"$7E0010": "34 12"} and looked_up["result"][0].startswith("$002100 INIDISP")
    assert assembled["ok"]
