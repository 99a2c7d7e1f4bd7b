"""Assembling a program: a state for each pass over its source, and what the last pass makes."""

from collections.abc import Mapping

from oracle_lib.verify.assembler.directives.inclusion import read_source
from oracle_lib.verify.assembler.files import Files, Rom, SourceFile
from oracle_lib.verify.assembler.flow import BUILT_IN
from oracle_lib.verify.assembler.labels import KnownLabels, Labels
from oracle_lib.verify.assembler.lines import run_lines
from oracle_lib.verify.assembler.model import Assembly, Fault, Kind, Limits
from oracle_lib.verify.assembler.output import Output
from oracle_lib.verify.assembler.state import Allowance, PassState


class Program:
    """One assembly in the dialect of asar 1.91. What is kept here outlives a pass; the rest is in a `PassState`."""

    def __init__(
        self,
        text: str,
        symbols: Mapping[str, int],
        origin: int,
        defines: Mapping[str, str],
        limits: Limits,
        files: Files,
        rom: bytes | Mapping[int, bytes] = b"",
        pool: bool = False,
        expand: bool = False,
    ) -> None:
        self.text = text
        self.origin = origin
        self.given_defines = defines
        self.limits = limits
        self.source = SourceFile()
        self.files = files
        self.rom = Rom(rom)
        self.pool = pool
        self.expand = expand
        self.allowance = Allowance(limits)
        self.known = KnownLabels(symbols)
        self.state = self.begin_pass(0)

    def begin_pass(self, number: int, first: PassState | None = None) -> PassState:
        """The state that a pass begins with: fresh but for what Program keeps and what the `first` pass found."""
        state = PassState(
            number,
            self.source,
            self.files,
            self.rom,
            self.allowance,
            Labels(self.known, number),
            Output(self.origin, number > 0, self.limits.output),
            {**BUILT_IN, **self.given_defines},
            self.pool,
            [] if self.expand else None,
        )
        state.out.where = lambda: (state.source.path, state.locate("")[0])
        if first:
            state.diagnostics, state.failed = dict(first.diagnostics), first.failed
        return state

    def run(self) -> Assembly:
        """The first pass meets the labels, the second knows their banks and so all sizes, the third their addresses.

        The third has nothing to add where no label moved in the second; what the second found is void where one did.
        """
        first = self.state
        try:
            read_source(first, self.text)
            self.run_pass()
            self.state = self.begin_pass(1, first)
            self.run_pass()
            if self.state.labels.moved:
                self.state = self.begin_pass(2, first)
                self.run_pass()
        except Fault as problem:
            self.state.report(problem)
        except RecursionError:
            self.state.report(Fault(Kind.LIMIT, "the source is nested too deep"))
        state = self.state
        found = sorted(state.diagnostics, key=lambda found: (found.file, found.line, found.column))
        labels = {name: value & 0xFFFFFF for name, value in self.known.values.items() if ":" not in name}
        if state.failed:
            return Assembly(False, labels=labels, diagnostics=tuple(found))
        blocks = tuple((address, bytes(data)) for address, data in state.out.blocks)
        code = b"".join(data for _, data in blocks)
        return Assembly(
            True,
            code,
            blocks,
            labels,
            tuple(found),
            tuple(state.listing),
            written_at=tuple(state.out.written_at),
            mappers=frozenset(state.out.mappers),
            namespaces=frozenset(self.known.namespaces),
            expansion=tuple(state.expansion or ()),
        )

    def run_pass(self) -> None:
        state = self.state
        run_lines(state, self.source.lines, 0)
        for block in state.blocks:
            state.report_open("an if, while or for", self.source, block.line)
        for what, places in state.opened.items():
            for source, line in places:
                state.report_open(what, source, line)
