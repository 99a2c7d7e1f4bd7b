"""What one answer is worth: equal to the reference, its n-grams, and what it does when it is run. Asks no model.

Answers are untrusted: `verify` bounds what assembling, compiling and running them may take.
"""

from collections.abc import Sequence

from sacrebleu.metrics.bleu import BLEU

from oracle_lib import verify
from oracle_lib.evaluate.lexers import Language, statements, tokens
from oracle_lib.evaluate.predictions import Judgement, Prompt
from oracle_lib.verify import AsmContract, Contract, Verdict, extract_code

_BLEU = BLEU(tokenize="none", effective_order=True)


def judge(prompts: Sequence[Prompt], answers: Sequence[str], language: Language) -> list[Judgement]:
    """Each answer against its prompt's reference and contract; `language` is what the expert answers in."""
    contracts = [prompt.load_contract() for prompt in prompts]
    runs = [(contract, answer) for contract, answer in zip(contracts, answers, strict=True) if contract]
    verdicts = iter(verify.check_many(runs))
    return [
        _judge(prompt, answer, contract, next(verdicts) if contract else None, language)
        for prompt, answer, contract in zip(prompts, answers, contracts, strict=True)
    ]


def _judge(
    prompt: Prompt, answer: str, contract: Contract | None, verdict: Verdict | None, language: Language
) -> Judgement:
    spoken: Language = contract.kind if contract else language if "```" in prompt.reference else "text"
    code, reference = (text if spoken == "text" else extract_code(text) for text in (answer, prompt.reference))
    words, reference_words = tokens(code, spoken), tokens(reference, spoken)
    if spoken == "asm":
        asm = contract if isinstance(contract, AsmContract) else None
        exact = statements(code) == statements(reference) or _same_bytes(code, reference, asm)
    else:
        exact = words == reference_words
    score = _BLEU.sentence_score(" ".join(words), [" ".join(reference_words)])
    return Judgement(
        exact_match=exact,
        ngrams=(*score.counts, *score.totals, score.sys_len, score.ref_len),
        assembles=verdict.assembles if verdict else None,
        passes=verdict.passes if verdict else None,
        reasons=verdict.reasons if verdict else (),
    )


def _same_bytes(code: str, reference: str, contract: AsmContract | None) -> bool:
    expected = _image(reference, contract)
    return bool(expected) and _image(code, contract) == expected


def _image(code: str, contract: AsmContract | None) -> dict[int, int]:
    """What the text assembles to, byte by byte at its 24-bit addresses; empty where it does not assemble."""
    symbols, origin = (contract.symbols, contract.origin) if contract else ({}, 0x008000)
    assembly = verify.assemble(code, symbols=symbols, origin=origin)
    return {address + offset: byte for address, block in assembly.blocks for offset, byte in enumerate(block)}
