"""What one answer is worth: equal to the reference, its n-grams, and what it does when it is run. Asks no model.

Answers are untrusted: `verify` bounds what assembling, compiling and running them may take.
"""

from collections.abc import Sequence

from sacrebleu.metrics.bleu import BLEU

from oracle_lib import verify
from oracle_lib.evaluate.lexers import Language, statements, tokens
from oracle_lib.evaluate.predictions import Judgement, load_contract
from oracle_lib.records import DatasetRow
from oracle_lib.verify import AsmContract, Contract, FactContract, Verdict, extract_code

_BLEU = BLEU(tokenize="none", effective_order=True)


def judge(prompts: Sequence[DatasetRow], answers: Sequence[str], language: Language) -> list[Judgement]:
    """Each answer against its prompt's reference and contract; `language` is what the expert writes its code in."""
    contracts = [load_contract(prompt) for prompt in prompts]
    runs = [
        (extract_code(answer, contract), contract)
        for answer, contract in zip(answers, contracts, strict=True)
        if contract
    ]
    verdicts = iter(verify.check_many(runs))
    return [
        _judge(prompt, answer, language, contract, next(verdicts) if contract else None)
        for prompt, answer, contract in zip(prompts, answers, contracts, strict=True)
    ]


def _judge(
    prompt: DatasetRow, answer: str, language: Language, contract: Contract | None, verdict: Verdict | None
) -> Judgement:
    ran = verdict if verdict and verdict.judged else None
    spoken = _spoken(prompt, language, contract)
    code, reference = (
        text if spoken == "text" else extract_code(text, contract) for text in (answer, prompt.reference)
    )
    words, reference_words = tokens(code, spoken), tokens(reference, spoken)
    if spoken == "asm":
        may_be = ran is None or ran.assembles
        exact = statements(code) == statements(reference) or (may_be and _same_bytes(code, reference, contract))
    else:
        exact = words == reference_words
    score = _BLEU.sentence_score(" ".join(words), [" ".join(reference_words)])
    return Judgement(
        exact_match=exact,
        ngrams=(*score.counts, *score.totals, score.sys_len, score.ref_len),
        assembles=_assembles(contract, ran) if ran else None,
        passes=ran.passes if ran else None,
        cycles=ran.cycles if ran and ran.passes else None,
        reasons=verdict.reasons if verdict else (),
    )


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
