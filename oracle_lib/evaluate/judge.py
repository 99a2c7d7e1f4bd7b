"""What one answer is worth: equal to the reference, its n-grams, what it does when it is run, and whether prose rests
on its source. No model is asked but the judge of prose.

Answers are untrusted: `verify` bounds what assembling, compiling and running them may take.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from sacrebleu.metrics.bleu import BLEU

from oracle_lib import OracleError, verify
from oracle_lib.evaluate.lexers import Language, statements, tokens
from oracle_lib.evaluate.predictions import Judgement, load_contract, load_evidence
from oracle_lib.evaluate.states import further
from oracle_lib.grounding import Grounding
from oracle_lib.quality import ProseJudge
from oracle_lib.records import DatasetRow
from oracle_lib.verify import AsmContract, Contract, FactContract, Verdict, extract_code

_BLEU = BLEU(tokenize="none", effective_order=True)


def judge(
    prompts: Sequence[DatasetRow], answers: Sequence[str], language: Language, prose_judge: ProseJudge | None = None
) -> list[Judgement]:
    """Each answer against its prompt's reference, contract and evidence; `language` is what the expert writes its code
    in. Nobody judges prose without a `prose_judge`.

    An answer that keeps the stored cases runs on further states as well, where the prompt's problem can be drawn again.
    """
    contracts = [load_contract(prompt) for prompt in prompts]
    verdicts = _check(answers, contracts)
    others = [further(prompt) for prompt in prompts]
    passing = [other if ran and ran.passes else None for ran, other in zip(verdicts, others, strict=True)]
    return [
        _judge(prompt, answer, language, contract, _joined(prompt, verdict, again, other), grounding)
        for prompt, answer, contract, verdict, again, other, grounding in zip(
            prompts,
            answers,
            contracts,
            verdicts,
            _check(answers, passing),
            others,
            _ground(prompts, answers, prose_judge),
            strict=True,
        )
    ]


def _ground(
    prompts: Sequence[DatasetRow], answers: Sequence[str], prose_judge: ProseJudge | None
) -> list[Grounding | None]:
    """What the judge finds of each answer; None where there is none, and where the reference claims nothing either."""
    if prose_judge is None:
        return [None] * len(prompts)

    def ground(prompt: DatasetRow, answer: str) -> Grounding | None:
        evidence = load_evidence(prompt)
        if evidence is None or prose_judge.judge(prompt.question, prompt.reference, evidence).unchecked:
            return None
        return prose_judge.judge(prompt.question, answer, evidence)

    with ThreadPoolExecutor(prose_judge.at_once) as pool:
        return list(pool.map(ground, prompts, answers))


def _check(answers: Sequence[str], contracts: Sequence[Contract | None]) -> list[Verdict | None]:
    """What running each answer under its contract showed; None where there is no contract."""
    runs = [
        (extract_code(answer, contract), contract)
        for answer, contract in zip(answers, contracts, strict=True)
        if contract
    ]
    verdicts = iter(verify.check_many(runs))
    return [next(verdicts) if contract else None for contract in contracts]


@dataclass(frozen=True)
class _Ran:
    """The verdict of the stored cases, and over all states: how many there are, and the first that did not hold."""

    verdict: Verdict
    passes: bool
    states: int
    failed_state: int | None
    reasons: tuple[str, ...]


def _joined(prompt: DatasetRow, verdict: Verdict | None, again: Verdict | None, other: Contract | None) -> _Ran | None:
    """The verdict on the stored cases with that on the further ones of `other`."""
    if verdict is None:
        return None
    if again and not again.judged:
        raise OracleError(f"the family {prompt.family} draws a case that cannot be run ({again.reasons[0]}); mend it")
    states = verdict.cases + (len(other.cases) if other else 0)
    if again is None or again.passes:
        return _Ran(verdict, verdict.passes, states, verdict.failed_case, verdict.reasons)
    failed = verdict.cases + (again.failed_case or 0)
    return _Ran(verdict, False, states, failed, tuple(f"further {reason}" for reason in again.reasons))


def _judge(
    prompt: DatasetRow,
    answer: str,
    language: Language,
    contract: Contract | None,
    ran: _Ran | None,
    grounding: Grounding | None,
) -> Judgement:
    verdict = ran.verdict if ran and ran.verdict.judged else None
    spoken = _spoken(prompt, language, contract)
    code, reference = (
        text if spoken == "text" else extract_code(text, contract) for text in (answer, prompt.reference)
    )
    words, reference_words = tokens(code, spoken), tokens(reference, spoken)
    if spoken == "asm":
        may_be = verdict is None or verdict.assembles
        exact = statements(code) == statements(reference) or (may_be and _same_bytes(code, reference, contract))
    else:
        exact = words == reference_words
    score = _BLEU.sentence_score(" ".join(words), [" ".join(reference_words)])
    return Judgement(
        exact_match=exact,
        ngrams=(*score.counts, *score.totals, score.sys_len, score.ref_len),
        assembles=_assembles(contract, verdict) if verdict else None,
        passes=ran.passes if ran and verdict else None,
        supported=grounding.is_attributable if grounding else None,
        cycles=verdict.cycles if ran and verdict and ran.passes else None,
        reasons=ran.reasons if ran else _unsupported(grounding) if grounding else (),
        cases=verdict.cases if verdict else 0,
        states=ran.states if ran and verdict else 0,
        failed_state=ran.failed_state if ran and verdict else None,
    )


def _unsupported(grounding: Grounding) -> tuple[str, ...]:
    return (f"not judged: {grounding.unchecked}",) if grounding.unchecked else grounding.faults


def _spoken(prompt: DatasetRow, language: Language, contract: Contract | None) -> Language:
    if contract:
        return "text" if isinstance(contract, FactContract) else contract.kind
    return language if "```" in prompt.reference else "text"


def _assembles(contract: Contract | None, verdict: Verdict) -> bool:
    """Whether there is code at all: silence and comments assemble too, to nothing."""
    return verdict.assembles and (bool(verdict.code) or not isinstance(contract, AsmContract))


def _same_bytes(code: str, reference: str, contract: Contract | None) -> bool:
    """Whether both assemble to the same bytes at the same 24-bit addresses, and to any at all."""
    symbols, origin = (contract.symbols, contract.origin) if isinstance(contract, AsmContract) else ({}, 0x008000)
    ours, theirs = (verify.assemble(text, symbols, origin) for text in (code, reference))
    return 0 < len(ours.code) == len(theirs.code) and _image(ours) == _image(theirs)


def _image(assembly: verify.Assembly) -> dict[int, int]:
    return {address + offset: byte for address, block in assembly.blocks for offset, byte in enumerate(block)}
