"""The offline teacher: answers what a task family asks with the answer that the family knows, without a network."""

from functools import cached_property

from oracle_lib import OracleError
from oracle_lib.code import code_digest
from oracle_lib.generate.requests import ProblemRequest, Request
from oracle_lib.generate.teachers import Manner, Reply
from oracle_lib.params import Limits, Prices


class Offline:
    """Right by construction, at once, and for nothing."""

    name = "offline"
    model = "tasks"
    manner = Manner()
    limits = Limits()
    prices = Prices()

    @cached_property
    def version(self) -> str:
        """The digest of the task families, which decide every answer."""
        return code_digest("oracle_lib.tasks")

    def unavailable(self) -> str | None:
        return None

    async def answer(self, request: Request) -> Reply:
        if not isinstance(request, ProblemRequest):
            raise OracleError(
                f"the offline teacher knows the answers of task families alone, and none about {request.subject}"
            )
        return Reply(request.problem.answer)

    async def close(self) -> None: ...
