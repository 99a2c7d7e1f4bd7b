"""The teacher "dataset": rows of data sets bring their answers along, and it only hands them on."""

from oracle_lib import OracleError
from oracle_lib.generate.requests import Request
from oracle_lib.generate.rows import RowRequest
from oracle_lib.generate.teachers import Manner, Reply
from oracle_lib.params import Limits, Prices


class Dataset:
    """Who wrote a row is not known, so its answers count as nobody's."""

    name = "dataset"
    model = "rows"
    version = "1"
    manner = Manner()
    limits = Limits()
    prices = Prices()

    def unavailable(self) -> str | None:
        return None

    async def answer(self, request: Request) -> Reply:
        if not isinstance(request, RowRequest):
            raise OracleError("the teacher dataset answers rows of data sets alone; name another one for the rest")
        return Reply(request.row.text)

    async def close(self) -> None: ...
