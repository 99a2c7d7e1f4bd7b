"""An expert that writes several drafts at once shows the one that most of them agree with, and says how many do."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing

import pytest
from chat_server import ChatServer
from teacher_servers import Answer

from oracle_lib import OracleError
from oracle_lib.council import Answer as CouncilAnswer
from oracle_lib.council import Council, Piece
from oracle_lib.council.wanted import Wanted
from oracle_lib.params import EndpointParams, load_council
from oracle_lib.synchronous import run_to_end

QUESTION = "Write a routine that stores the larger of the bytes at $0774 and $0776 at $0778, unsigned, ending with RTS."
RIGHT = "```asm\nLDA.w $0774\nCMP.w $0776\nBCS +\nLDA.w $0776\n+\nSTA.w $0778\nRTS\n```"
TOO = "```asm\nLDA.w $0776\nCMP.w $0774\nBCS +\nLDA.w $0774\n+\nSTA.w $0778\nRTS\n```"
SMALLER = RIGHT.replace("BCS", "BCC")
BROKEN = RIGHT.replace("CMP", "COMPARE")
ANYHOW = Wanted()


class Desk:
    """A server that knows by its seed which draft is asked for, and says something else to a request for repair."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch

    def ask(
        self, drafts: Sequence[str], repaired: str = "", question: str = QUESTION, wanted: Wanted = ANYHOW
    ) -> CouncilAnswer:
        by_seed = {seed_of(question, number): text for number, text in enumerate(drafts)}
        endpoint = EndpointParams(url_variable="DESK_URL", key_variable="DESK_KEY", base="b", models={})
        params = load_council().model_copy(
            update={"runtime": "desk", "endpoints": {"desk": endpoint}, "drafts": len(drafts)}
        )
        with ChatServer(lambda asked: Answer(by_seed.get(asked.seed or 0, repaired))) as self.server:
            self._patch.setenv("DESK_URL", f"{self.server.url}/v1")
            with closing(Council(("rauru", "yaze"), params=params)) as council:
                return run_to_end(self._last(council, question, wanted))

    async def _last(self, council: Council, question: str, wanted: Wanted) -> CouncilAnswer:
        *pieces, answer = [piece async for piece in council.stream(question, wanted=wanted)]
        self.told = "".join(piece.text for piece in pieces if isinstance(piece, Piece))
        assert isinstance(answer, CouncilAnswer)
        return answer


def seed_of(question: str, number: int) -> int:
    return int(hashlib.sha256(f"{question}\n{number}".encode()).hexdigest()[:7], 16)


@pytest.fixture(scope="module", autouse=True)
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ORACLE_OUTPUTS", str(tmp_path_factory.mktemp("outputs")))
        yield


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)


def test_the_draft_is_shown_that_most_agree_with_and_how_many_do_is_said(desk: Desk) -> None:
    answer = desk.ask((SMALLER, RIGHT, TOO))
    assert answer.sections[0].text == RIGHT
    assert "- 2 of 3 drafts did the same from 24 random states." in answer.text and "disagree" not in answer.text


def test_drafts_are_written_side_by_side_each_with_its_own_seed(desk: Desk) -> None:
    answer = desk.ask((RIGHT, TOO, RIGHT, TOO))
    asked = desk.server.asked
    assert sorted(one.body["temperature"] for one in asked) == [0.2, 0.5, 0.5, 0.5]
    assert len({one.seed for one in asked}) == 4 and len({one.prompt for one in asked}) == 1
    assert answer.prompt_tokens == 4 * 7


def test_where_most_drafts_disagree_the_answer_warns(desk: Desk) -> None:
    answer = desk.ask((RIGHT, SMALLER))
    assert answer.sections[0].text == RIGHT
    assert "The drafts disagree: 1 of 2 did not do what this code does." in answer.text


def test_a_draft_that_a_check_speaks_against_has_no_vote(desk: Desk) -> None:
    counts = "Write a routine that increments $7E0010"
    right = "```asm\nINC.b $10\nRTS\n```"
    wrong = right.replace("INC", "DEC")
    answer = desk.ask((wrong, wrong, right), question=counts)
    assert answer.sections[0].text == right and "1 of 3 drafts did the same" in answer.text


def test_the_first_draft_alone_is_told_as_it_is_written(desk: Desk) -> None:
    desk.ask((SMALLER, RIGHT, TOO))
    assert desk.told == SMALLER


def test_drafts_that_checks_speak_against_are_not_compared(desk: Desk) -> None:
    wrong = "```asm\nDEC.b $10\nRTS\n```"
    answer = desk.ask((wrong, wrong), wrong, "Write a routine that increments $7E0010")
    assert answer.sections[0].text == wrong and "drafts" not in answer.text


def test_what_is_kept_is_repaired_where_it_fails_and_says_nothing_of_drafts_then(desk: Desk) -> None:
    answer = desk.ask((BROKEN, BROKEN), RIGHT)
    assert answer.sections[0].text == RIGHT and answer.sections[0].repairs == 1
    assert len(desk.server.asked) == 3 and "drafts" not in answer.text


def test_drafts_that_assemble_are_not_repaired(desk: Desk) -> None:
    answer = desk.ask((BROKEN, RIGHT, BROKEN))
    assert answer.sections[0].text == RIGHT and len(desk.server.asked) == 3
    assert "1 of 3 drafts did the same from 24 random states." in answer.text


def test_an_answer_without_code_is_the_first_draft(desk: Desk) -> None:
    assert desk.ask(("One.", "Two.")).sections[0].text == "One."


def test_at_temperature_0_there_is_one_draft_and_otherwise_all_have_the_clients(desk: Desk) -> None:
    desk.ask((RIGHT, TOO, TOO), wanted=Wanted(temperature=0.0))
    assert [one.body["temperature"] for one in desk.server.asked] == [0.0]
    desk.ask((RIGHT, TOO, TOO), wanted=Wanted(temperature=0.9))
    assert [one.body["temperature"] for one in desk.server.asked] == [0.9] * 3


def test_who_writes_no_assembly_writes_one_draft(desk: Desk) -> None:
    answer = desk.ask(("Load it.", "Open it."), question="Load custom sprite graphics at offset 0x80000 using YAZE")
    assert len(desk.server.asked) == 1 and answer.sections[0].text == "Load it."


def test_several_drafts_are_refused_where_no_console_can_compare_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORACLE_SNES_CORE", "/nowhere/core.so")
    with pytest.raises(OracleError, match="There is no SNES core at /nowhere"):
        Council(("rauru",), params=load_council().model_copy(update={"drafts": 2}))
