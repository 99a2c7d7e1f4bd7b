"""Answers as language models write them: whatever stands around it, the code that is judged is the code they meant."""

import json
import time

import pytest

from oracle_lib.tasks import KINDS, families
from oracle_lib.verify import (
    AsmCase,
    AsmContract,
    CppCase,
    CppContract,
    Span,
    check,
    code_blocks,
    cpp_unavailable,
    extract_code,
)

DOUBLE = AsmContract(
    entry="Double",
    writes=(Span(address=0x7E0340, length=1),),
    cases=tuple(
        AsmCase(memory={0x7E0340: bytes([value])}, expect_memory={0x7E0340: bytes([value * 2 & 0xFF])})
        for value in (0, 1, 0x7F, 0x80)
    ),
)
"""Doubles the byte at $0340."""

CODE = "Double:\n    ASL.w $0340\n    RTS\n"
FENCED = f"```asm\n{CODE}```"
USAGE = "```asm\n    LDA #$15\n    STA.w $0340\n    JSR Double\n    LDA.w $0340\n```"
LOOSE = "Double:\n    LDA.w $0340\n    CLC\n    ADC.w $0340\n    STA.w $0340\n    RTS\n"
THOUGHT = "The byte is at $0340.\n\n```asm\nDouble:\n    LDA #$00 ; no, wrong\n    RTS\n```\n\nWait, ASL is enough."
MARKED = f"<think>\n{THOUGHT}\n</think>"
DRAFT = "```asm\nDouble:\n    INC.w $0340\n    RTS\n```"


def quoted(text: str) -> str:
    return "".join(f"> {line}\n" for line in text.split("\n"))


def indented(text: str, by: str) -> str:
    return "".join(f"{by}{line}\n" for line in text.split("\n"))


AROUND = {
    # Fences
    "one block and nothing else": FENCED,
    "a sentence before": f"Here is the routine:\n\n{FENCED}",
    "a sentence before without a blank line": f"Sure! Here you go:\n{FENCED}",
    "headings and bold type": (
        f"### Solution\n\n**Routine:**\n\n{FENCED}\n\n### Explanation\n\n- `ASL` doubles.\n- `RTS` returns."
    ),
    "an explanation with single instructions": f"{FENCED}\n\n1. `ASL.w $0340` shifts left.\n2. `RTS` returns.",
    "the language in capitals": FENCED.replace("asm", "ASM"),
    "assembly as the language": FENCED.replace("asm", "assembly"),
    "the processor as the language": FENCED.replace("asm", "65816"),
    "two words as the language": FENCED.replace("asm", "65816 assembly"),
    "x86asm as the language": FENCED.replace("asm", "x86asm"),
    "another language's name": FENCED.replace("asm", "nasm"),
    "text as the language": FENCED.replace("asm", "text"),
    "no language": FENCED.replace("asm", ""),
    "a space before the language": FENCED.replace("asm", " asm"),
    "spaces after the language": FENCED.replace("asm", "asm  "),
    "a title beside the language": FENCED.replace("asm", 'asm title="double.asm"'),
    "a file beside the language": FENCED.replace("asm", "asm:src/double.asm"),
    "attributes beside the language": FENCED.replace("asm", "asm {.line-numbers startFrom=1}"),
    "tildes": FENCED.replace("```", "~~~"),
    "four backticks": FENCED.replace("```", "````"),
    "a longer fence at the end": f"{FENCED}``",
    "a blank line in the block's place of honour": f"\n\n\n{FENCED}\n\n\n",
    "an unclosed fence": f"```asm\n{CODE}",
    "an unclosed fence and prose": f"```asm\n{CODE}\nThis routine doubles the byte and returns.",
    "plain code and each line of it as inline code": f"{CODE}\n- `Double: ASL.w $0340` shifts.\n- `RTS` returns.",
    "an alternative under a heading": f"{FENCED}\n\n### Alternative\n\nIt adds:\n\n```asm\n{LOOSE}```",
    "an explanation right behind the closing fence": f"{FENCED} This doubles the byte at $0340.",
    "an indented fence": f"   ```asm\n{indented(CODE.rstrip(), '   ')}   ```",
    "an item of a numbered list": f"1. Write it:\n\n   ```asm\n{indented(CODE.rstrip(), '   ')}   ```\n2. Call it.",
    "a fence on the line of a list item": f"1. ```asm\n{indented(CODE.rstrip(), '   ')}   ```",
    "a fence on the line of a bullet": f"- ```asm\n{indented(CODE.rstrip(), '  ')}  ```\n- Done.",
    "a fence indented by a tab": f"\t```asm\n{indented(CODE.rstrip(), chr(9))}\t```",
    "a wholly quoted answer": quoted(f"Here:\n\n{FENCED}"),
    "a quoted block in an answer": f"You asked for this:\n\n{quoted(FENCED)}\nIt doubles.",
    "an answer wrapped in a markdown block": f"```markdown\nHere it is:\n\n{FENCED}\n\nIt doubles.\n```",
    "an answer wrapped in md and four backticks": f"````md\nHere it is:\n\n{FENCED}\n````",
    "a block in a longer block without a language": f"````\n{FENCED}\n````",
    "a block in a block of tildes": f"~~~text\n{FENCED}\n~~~",
    "a shell command first": f"Assemble it:\n\n```bash\nasar double.asm game.sfc\n```\n\n{FENCED}",
    "a Python check after": f"{FENCED}\n\n```python\nassert 2 * 21 == 42\n```",
    "a memory map as a block": f"```\n$7E0340  the byte\n```\n\n{FENCED}",
    "an empty block first": f"```asm\n```\n\n{FENCED}",
    # Characters that a chat frontend changes
    "CRLF": f"Here:\n\n{FENCED}".replace("\n", "\r\n"),
    "CR alone": f"Here:\n\n{FENCED}".replace("\n", "\r"),
    "a byte order mark": f"\ufeff{FENCED}",
    "no-break spaces": f"Here:\n\n{FENCED}".replace(" ", "\u00a0"),
    "zero-width spaces": FENCED.replace("\n", "\u200b\n"),
    "typographic quotes in the prose": f"Here\u2019s \u201cDouble\u201d\u2026\n\n{FENCED}",
    "tags of the end of a turn": f"{FENCED}<|im_end|>",
    "another turn made up": f"{FENCED}\n<|im_end|>\n<|im_start|>user\nAnd tripled?\n\n{DRAFT}",
    "Gemma's end of a turn": f"{FENCED}\n<end_of_turn>\n<start_of_turn>user\n{DRAFT}",
    "Llama's end of a turn": f"{FENCED}<|eot_id|><|start_header_id|>user<|end_header_id|>\n{DRAFT}",
    "an end of sentence": f"{FENCED}</s>",
    # Thinking
    "a thought before": f"{MARKED}\n\n{FENCED}",
    "a thought before, and prose": f"{MARKED}\n\nHere is the routine.\n\n{FENCED}\n\nIt doubles.",
    "an empty thought": f"<think>\n\n</think>\n\n{FENCED}",
    "a thought on one line": f"<think>ASL doubles.</think>\n{FENCED}",
    "a thought right before the fence": f"<think>ASL doubles.</think>{FENCED}",
    "a thought whose beginning is in the prompt": f"{THOUGHT}\n</think>\n\n{FENCED}",
    "a thought whose fence is never closed": f"<think>\n```asm\nDouble:\n    LDA #$00\n</think>\n\n{FENCED}",
    "a thought begun in the prompt whose fence is never closed": (
        f"Try:\n```asm\nDouble:\n    CLC\n</think>\n\n{FENCED}"
    ),
    "a thought that ends within a line": f"ASL doubles.</think>\n\n{FENCED}",
    "thinking in other words": f"<thinking>\n{THOUGHT}\n</thinking>\n{FENCED}",
    "a thought in capitals": f"<THINK>\n{THOUGHT}\n</THINK>\n{FENCED}",
    "a tag with attributes": f'<thinking budget="512">\n{THOUGHT}\n</thinking>\n{FENCED}',
    "reasoning": f"<reasoning>\n{THOUGHT}\n</reasoning>\n<answer>\n{FENCED}\n</answer>",
    "a scratchpad": f"<scratchpad>{THOUGHT}</scratchpad>\n{FENCED}",
    "Mistral's thinking": f"[THINK]{THOUGHT}[/THINK]{FENCED}",
    "thinking between special tokens": (
        f"<|begin_of_thought|>\n{THOUGHT}\n<|end_of_thought|>\n\n<|begin_of_solution|>\n{FENCED}"
    ),
    "harmony's channels": (
        f"<|channel|>analysis<|message|>{THOUGHT}<|end|><|start|>assistant<|channel|>final<|message|>{FENCED}<|return|>"
    ),
    "Kimi's thinking": f"◁think▷{THOUGHT}◁/think▷{FENCED}",
    "two thoughts": f"{MARKED}\n\nFirst a look.\n\n{MARKED}\n\n{FENCED}",
    "a thought after the code": f"{FENCED}\n\n<think>\nIs that right? {THOUGHT}\n</think>\n\nYes, it is.",
    "a thought within a line after the code": f"{FENCED}\n\nHm <think>is that right?</think> yes.",
    "a quoted thought": f"{quoted(MARKED)}\n{FENCED}",
    "a quoted tag after the code": f"{FENCED}\n\nI left out the `</think>` part.",
    "a quoted tag in the prose": f"I leave out the `</think>` part.\n\n{FENCED}",
    # Several blocks
    "a usage example first": f"You call it like this:\n\n{USAGE}\n\nThe routine:\n\n{FENCED}",
    "a usage example last": f"{FENCED}\n\nUsage:\n\n{USAGE}",
    "usage examples around it": f"{USAGE}\n\n{FENCED}\n\n{USAGE}",
    "a usage example with a label of its own": f"{FENCED}\n\n```asm\nMain:\n    JSR Double\n    RTS\n```",
    "a usage example that jumps": f"```asm\nMain:\n    JMP Double\n```\n\n{FENCED}",
    "a draft and its correction": f"{DRAFT}\n\nThat adds one. Corrected:\n\n{FENCED}",
    "three drafts": f"{DRAFT}\n\nNo.\n\n{DRAFT}\n\nNo.\n\n{DRAFT}\n\nFinal version:\n\n{FENCED}",
    "the faulty code repeated first": f"Your code:\n\n{DRAFT}\n\nFixed:\n\n{FENCED}",
    "an alternative after": f"{FENCED}\n\nAlternatively, with an addition:\n\n```asm\n{LOOSE}```",
    "a variant after": (
        f"{FENCED}\n\n**Variant for a 16-bit A**\n\n```asm\nDouble:\n    REP #$20\n    ASL.w $0340\n    RTS\n```"
    ),
    "another option after": f"{FENCED}\n\nAnother option is this:\n\n```asm\n{LOOSE}```",
    "an excerpt that explains a line": (
        f"{FENCED}\n\nLine by line:\n\n```asm\nDouble:\n    ASL.w $0340\n```\n\nshifts it."
    ),
    "an excerpt with dots": f"{FENCED}\n\n```asm\nDouble:\n    ; ...\n    RTS\n```",
    "a correction that was cut off": f"{FENCED}\n\nOr shorter:\n\n```asm\nDouble:\n    ASL.w $03",
    "a C version beside it": f"In C:\n\n```c\nvoid Double() {{ *p *= 2; }}\n```\n\nIn assembly:\n\n{FENCED}",
    "a mere mention in a comment block": f"```\n; Double: doubles the byte at $0340\n```\n\n{FENCED}",
    "a fence forgotten before the next": f"```asm\n    JSR Double\n```asm\n{CODE}```",
    # Other wrappers
    "tags of an answer": f"<answer>\n{FENCED}\n</answer>",
    "tags of an answer without a fence": f"<answer>\n{CODE}</answer>",
    "HTML": f'<p>Here:</p>\n<pre><code class="language-asm">{CODE}</code></pre>\n<p>It doubles.</p>',
    "HTML with entities": f"<pre>{CODE}</pre>".replace("$", "&#36;"),
    "HTML with marked words": f"<pre><code>{CODE}</code></pre>".replace("ASL.w", '<span class="k">ASL.w</span>'),
    "HTML after thinking": f"{MARKED}\n<code>\n{CODE}</code>",
    "JSON": json.dumps({"code": CODE}),
    "JSON with an explanation that names the label": json.dumps({"explanation": "Double: it doubles.", "code": CODE}),
    "JSON with raw line ends": f'{{"code": "{CODE}"}}',
    "JSON in a fence": f"```json\n{json.dumps({'language': 'asm', 'code': CODE}, indent=2)}\n```",
    "JSON whose string is fenced": json.dumps({"answer": f"Here:\n\n{FENCED}"}),
    "a call of a tool": f"<tool_call>\n{json.dumps({'name': 'submit', 'arguments': {'code': CODE}})}\n</tool_call>",
    "a tool's parameter in tags": f"<function=submit>\n<parameter=code>\n{CODE}</parameter>\n</function>",
    "nothing but a JSON string": json.dumps(CODE),
    # No marks at all
    "plain code": CODE,
    "plain code after prose": f"Here is the routine:\n\n{CODE}",
    "plain code before prose": f"{CODE}\nThis routine doubles the byte at $0340 and returns.",
    "plain code amid prose": (
        f"Sure, here is the routine,\nas you asked:\n\n{CODE}\nExplanation of the code\n\n- It shifts.\n- It returns."
    ),
    "plain code right under a sentence": f"Here is the routine:\n{CODE}",
    "what a chat's page leaves of a block": f"asm\nCopy code\n{CODE}",
    "plain code and its usage": f"The routine:\n\n{CODE}\nYou call it with this line of code:\n\n    JSR Double\n",
    "inline code over several lines": f"Here: `{CODE}` It doubles.",
    "plain code as a quotation": quoted(CODE.rstrip()),
    "a broken fence": f"``asm\n{CODE}``",
    "a thought and plain code": f"{MARKED}\n{CODE}",
    # Listings
    "line numbers": "```asm\n1  Double:\n2      ASL.w $0340\n3      RTS\n```",
    "line numbers with colons": "```asm\n1: Double:\n2:     ASL.w $0340\n3:     RTS\n```",
}
"""Answers that all mean `CODE`, up to blanks at the ends of its lines and around it."""


def lines(code: str) -> list[str]:
    return [line.strip() for line in code.strip().split("\n")]


@pytest.mark.parametrize("style", AROUND)
def test_the_routine_is_found_whatever_stands_around_it(style: str) -> None:
    code = extract_code(AROUND[style], DOUBLE)
    assert lines(code) == lines(CODE)


BAD_CUES = (
    "A common mistake is to forget the store:",
    "Note that this would be incorrect:",
    "**Don't** do this:",
    "Do not use this version, it adds one.",
    "Don\u2019t write it like this:",
    "What not to do:",
    "Never do this:",
    "Avoid this:",
    "Original (buggy) code for reference:",
    "The original code was:",
    "Your code:",
    "The code you posted:",
    "For reference, the old version:",
    "Before the fix:",
    "Before:",
    "Instead of this:",
    "A naive version:",
    "The na\u00efve way is this:",
    "This is broken:",
    "This one does not work:",
    "Bad:",
    "It would fail if written as:",
    "You may be tempted to write:",
    "My first attempt was this.",
    "If you prefer to cap it:",
    "If A is already 16-bit, you can shorten it to:",
    "If you want to save a byte, use this version:",
    "Or, if speed matters:",
    "Or shorter:",
    "You could also write:",
    "You can shorten it further:",
    "Optional:",
    "A smaller version:",
    "Faster (but it trashes A):",
    "Shorter version for speedrunners:",
    "An optimized version:",
    "An alternate version:",
    "A different way:",
    "Option 2 (smaller but trashes memory):",
    "**Option B**",
    "Approach 2:",
    "### Common mistakes\n\nPeople write this.\n\nIt looks right:",
    "### Alternative\n\n#### Code\n\nIt adds:",
    "**Wrong**",
    "**Pitfall:** do not add.",
    "- \u274c Wrong:",
    "Another approach is this. It takes a byte more:",
)
"""What is said of a block that must not be taken where another whole one is in the answer."""
BAD_COMMENTS = ("; wrong:", "; Alternative", "; BAD", "; don't do this", "; Option 2", "; before", "; old version")
GOOD_CUES = (
    "Corrected:",
    "Here is the fixed version:",
    "Version 2 (final):",
    "The final version, without the error of the naive one:",
    "Here is the complete routine:",
    "So the correct code is:",
    "### Final answer",
    "**Solution (recommended)**",
    "Actually, it should be:",
    "Wait, that is off by one. Use this instead:",
    "The buggy code above, with the error fixed:",
    "Here's the full `Double` routine:",
    "After:",
)
"""What is said of the block that is the answer, whatever stands around it."""


@pytest.mark.parametrize("cue", BAD_CUES)
def test_what_is_called_bad_old_or_optional_is_not_the_answer(cue: str) -> None:
    assert lines(extract_code(f"Here is `Double`.\n\n{FENCED}\n\nIt doubles.\n\n{cue}\n\n{DRAFT}", DOUBLE)) == lines(
        CODE
    )
    assert lines(extract_code(f"{cue}\n\n{DRAFT}\n\n### The code\n\n{FENCED}", DOUBLE)) == lines(CODE)
    assert "INC" in extract_code(f"{cue}\n\n{DRAFT}", DOUBLE)


@pytest.mark.parametrize("comment", BAD_COMMENTS)
def test_code_that_calls_itself_bad_old_or_optional_is_not_the_answer(comment: str) -> None:
    bad = DRAFT.replace("asm\n", f"asm\n{comment}\n")
    assert lines(extract_code(f"{FENCED}\n\n{bad}", DOUBLE)) == lines(CODE)
    assert CPP.strip() == extract_code(f"{CPP_FENCED}\n\n{CPP_DRAFT.format(comment.replace(';', '//'))}", TWICE).strip()


@pytest.mark.parametrize("cue", GOOD_CUES)
def test_what_is_announced_as_the_answer_is_it_wherever_it_stands(cue: str) -> None:
    assert lines(extract_code(f"{DRAFT}\n\n{cue}\n\n{FENCED}\n\n### Notes\n\nAs it was:\n\n{DRAFT}", DOUBLE)) == lines(
        CODE
    )


SAID = {
    "a right block called an option by nothing but its size": (
        f"Option 1 (recommended):\n\n{FENCED}\n\nOption 2 (smaller):\n\n{DRAFT}"
    ),
    "before and after": f"Before:\n\n{DRAFT}\n\nAfter:\n\n{FENCED}",
    "two versions": f"Version 1:\n\n{DRAFT}\n\nVersion 2 (final):\n\n{FENCED}",
    "an announced answer and its correction": (
        f"Here is the complete routine:\n\n{DRAFT}\n\nWait, that adds one. It should be:\n\n{FENCED}"
    ),
    "a mistake before that is spoken of": f"{DRAFT}\n\nThat was wrong. Here is the routine:\n\n{FENCED}",
    "a mistake between": f"A loop would be naive. The routine:\n\n{FENCED}\n\n**Common mistake**\n\n{DRAFT}",
    "an option better than a mistake": f"Alternatively:\n\n{FENCED}\n\nThis is wrong:\n\n{DRAFT}",
    "a fixed address is no correction": f"{DRAFT}\n\nIt is shorter with a fixed address:\n\n{FENCED}",
    "a purpose is no prohibition": f"{DRAFT}\n\nTo avoid the carry, shift:\n\n{FENCED}",
    "a conditional comment": f"{DRAFT}\n\n```asm\n; if it is $80, C is set\n{CODE}```",
}
"""Answers that mean `CODE`, comments aside, by what they say of their blocks."""


@pytest.mark.parametrize("style", SAID)
def test_what_an_answer_says_of_its_blocks_tells_which_it_means(style: str) -> None:
    assert lines(extract_code(SAID[style], DOUBLE))[-3:] == lines(CODE)


LOOKUP = "Double:\n    LDX.w $0340\n    LDA.w Doubles,X\n    STA.w $0340\n    RTS\n"
DOUBLES = "Doubles:\n" + "".join(
    f"    db {','.join(str(2 * value & 0xFF) for value in range(start, start + 32))}\n" for start in range(0, 256, 32)
)
PASSING = {
    "one line in a fence": "```Double: ASL $0340 : RTS```",
    "one line in a fence with a language": "Use ```asm Double: ASL $0340 : RTS``` for that.",
    "one line of inline code": "That is `Double: ASL $0340 : RTS`.",
    "inline code in two backticks": "That is ``Double: ASL $0340 : RTS``.",
    "code on the line of the fence": "```Double:\n    ASL.w $0340\n    RTS\n```",
    "code after the language on the line of the fence": "```asm Double:\n    ASL.w $0340\n    RTS\n```",
    "label and instruction on one line": "```asm\nDouble: ASL.w $0340\n        RTS\n```",
    "an indented label": "```asm\n    Double:\n        ASL.w $0340\n        RTS\n```",
    "tabs": "```asm\nDouble:\n\tASL.w\t$0340\t; twice\n\tRTS\n```",
    "lower case": "```asm\nDouble:\n    asl.w $0340\n    rts\n```",
    "a label that opens no scope": "```asm\n#Double:\n    ASL.w $0340\n    RTS\n```",
    "a comment that speaks of a tag": "```asm\nDouble: ; <think> ASL is enough </think>\n    ASL.w $0340\n    RTS\n```",
    "no label before an unlabelled return": "```asm\nDouble:\n    BRA .on\n.on\n    ASL.w $0340\n    RTS\n```",
    "an origin of its own": "```asm\norg $008000\nDouble:\n    ASL.w $0340\n    RTS\n```",
    "plain one-liner": "Double: ASL $0340 : RTS",
    "plain code with comments and blank lines": (
        "Double:\n\n; shift it\n    ASL.w $0340\n\n; and return\n    RTS\n\nIt doubles."
    ),
    "a list of lines as JSON": json.dumps({"code": ["Double:", "    ASL.w $0340", "    RTS"]}),
    "JSON that was cut off": '{"code": "Double:\\n    ASL.w $0340\\n    RTS\\n", "explanation": "It dou',
    "a table in a second block": f"```asm\n{LOOKUP}```\n\nand its table:\n\n```asm\n{DOUBLES}```",
    "a table in a first block": f"```asm\n{DOUBLES}```\n\n```asm\n{LOOKUP}```",
    "a table among usage examples": f"{USAGE}\n\n```asm\n{LOOKUP}```\n\n{USAGE}\n\n```asm\n{DOUBLES}```",
    "a plain table after a plain routine": f"{LOOKUP}\nIt reads this table here:\n\n{DOUBLES}",
    "definitions in a first block": "```asm\n!Byte = $0340\n```\n\n```asm\nDouble:\n    ASL.w !Byte\n    RTS\n```",
    "definitions in a last block": (
        "```asm\nDouble:\n    ASL.w !Byte\n    RTS\n```\n\nwith\n\n```asm\n!Byte = $0340\n```"
    ),
    "constants in a last block": "```asm\nDouble:\n    ASL.w Byte\n    RTS\n```\n\nwith\n\n```asm\nByte = $0340\n```",
    "a macro in a last block": (
        "```\nDouble:\n    %twice($0340)\n    RTS\n```\n```\nmacro twice(at)\n    ASL.w <at>\nendmacro\n```"
    ),
    "a helper in another block": (
        "```asm\nDouble:\n    JSR Shift\n    RTS\n```\n\n```asm\nShift:\n    ASL.w $0340\n    RTS\n```"
    ),
    "a helper of a helper": (
        "```\nDouble:\n    JMP Go\n```\n```\nShift:\n    ASL $0340\n    RTS\n```\n```\nGo:\n    JMP Shift\n```"
    ),
    "a draft with a helper of its own": (
        "```\nDouble:\n    JSR Go\n    RTS\n```\n```\nGo:\n    INC $0340\n    RTS\n```\nNo, like this:\n"
        "```\nDouble:\n    JSR Go\n    RTS\n```\n```\nGo:\n    ASL $0340\n    RTS\n```"
    ),
    "steps": (
        "Step 1: the label and the load:\n\n```asm\nDouble:\n    LDA.w $0340\n```\n\nStep 2: the rest:\n\n"
        "```asm\n    ASL A\n    STA.w $0340\n    RTS\n```"
    ),
    "three steps and a usage example": (
        "1. Load.\n```asm\nDouble:\n    LDA.w $0340\n```\n2. Shift.\n```asm\n    ASL A\n```\n"
        f"That shifts:\n```asm\n    ASL A\n```\n{USAGE}\n3. Store.\n```asm\n    STA.w $0340\n    RTS\n```\n{USAGE}"
    ),
    "steps with a branch": (
        "```asm\nDouble:\n    LDA.w $0340\n    BEQ .done\n```\nthen\n```asm\n    ASL.w $0340\n.done\n```\nand\n"
        "```asm\n    RTS\n```"
    ),
    "an alternative and nothing else": f"An alternative is this:\n\n{FENCED}",
    "an alternative beside a mere excerpt": f"```\nDouble:\n    ASL.w $0340\n```\n\nAlternatively:\n\n{FENCED}",
}
"""Answers that keep the contract of `DOUBLE` with code of their own."""


@pytest.mark.parametrize("style", PASSING)
def test_an_answer_in_pieces_or_on_one_line_passes(style: str) -> None:
    code = extract_code(PASSING[style], DOUBLE)
    assert check(code, DOUBLE).reasons == ()
    assert "#$15" not in code


OTHERS = {
    "a wrong line within plain code stays": (
        "Here it is:\n\nDouble:\n    SHL $0340\n    RTS\n",
        "Double:\n    SHL $0340\n    RTS",
    ),
    "plain code without a return, whose label is inline code too": (
        "The label `Double:` marks it.\n\nDouble:\n    ASL.w $0340\n\nIt doubles the byte.",
        "Double:\n    ASL.w $0340",
    ),
    "plain data over two lines": (
        "Double:\n    RTS\nTable:\n    db 1,2,\n       3,4\n",
        "Double:\n    RTS\nTable:\n    db 1,2,\n       3,4",
    ),
    "blocks without a return": (
        "```asm\nDouble:\n    ASL.w $0340\n```\n\nOr\n\n```asm\n    INC.w $0340\n```",
        "Double:\n    ASL.w $0340\n",
    ),
    "plain code that was cut off stays so": ("Double:\n    ASL.w", "Double:\n    ASL.w"),
    "nothing but a thought": (f"<think>\n{THOUGHT}", ""),
    "a thought that was cut off within its code": ("<think>\n```asm\nDouble:\n    RTS\n```", ""),
    "a refusal": ("I cannot write that.", ""),
    "prose alone": (
        "If you double the byte at $0340, you shift it left.\nPrint it.\n\nNo, the byte at $0340 is not.",
        "",
    ),
    "Python": ("```python\ndef double(x):\n    if x > 5:\n        y = 2 * x\n    return 2\n```", ""),
    "Python without a fence": ("def double(x):\n    return x * 2\n\nprint(double(21))", ""),
    "one doubtful line": ("```\nSHL $0340\n```", "SHL $0340\n"),
    "one doubtful line of two operands": ("```\nMOV A, B\n```", "MOV A, B\n"),
    "one doubtful line without a fence": ("SHL $0340", "SHL $0340"),
    "doubtful lines under the label": ("```\nDouble:\n    rotate it left\n```", "Double:\n    rotate it left\n"),
    "a doubtful line of a register": ("```\npush af\n```", "push af\n"),
    "another assembler's data": ("```\n.byte 1\n```", ".byte 1\n"),
    "silence": ("", ""),
    "a longer block before a shorter where neither has the label": (
        "```asm\n    ASL.w $0340\n    RTS\n```\n\n```asm\n    RTS\n```",
        "    ASL.w $0340\n    RTS\n",
    ),
    "the routine under another name": (
        "```asm\nJSR Twice\n```\n```asm\nTwice:\n    ASL $0340\n    RTS\n```",
        "Twice:\n    ASL $0340\n    RTS\n",
    ),
    "an empty block": ("```asm\n```", ""),
    "another assembler's label without a colon": (
        f"{USAGE}\n\n```asm\nDouble\n    ASL $0340\n    RTS\n```",
        "Double\n    ASL $0340\n    RTS\n",
    ),
    "another assembler's procedure": (
        "```asm\n.proc Double\n    ASL $0340\n    RTS\n.endproc\n```",
        ".proc Double\n    ASL $0340\n    RTS\n.endproc\n",
    ),
    "an assignment is no definition of the routine": (f"```asm\nDouble = $8000\n    RTS\n```\n\n{FENCED}\n", CODE),
}


@pytest.mark.parametrize("style", OTHERS)
def test_what_is_wrong_with_an_answer_stays_wrong(style: str) -> None:
    answer, expected = OTHERS[style]
    assert extract_code(answer, DOUBLE) == expected


SITE, FREE = 0x028000, 0x208000
PATCH = AsmContract(entry=SITE, cases=(AsmCase(),))
HOOK = "org $028000\n    JSL Hook\n"
ROUTINE = "org $208000\nHook:\n    INC.w $0340\n    RTL\n"
JUMP = "org $028000\n    JML Landing\n    NOP\n"
TIMER = "org $028000\nTimer:\n    JSL Hook\n    RTS\n"
LANDING = "org $20A000\nLanding:\n    JML $028004\n"
PATCHES = {
    "one block": (f"```asm\n{HOOK}\n{ROUTINE}```", f"{HOOK}\n{ROUTINE}"),
    "two blocks": (f"The hook:\n\n```asm\n{HOOK}```\n\nThe routine:\n\n```asm\n{ROUTINE}```", HOOK + ROUTINE),
    "the routine first": (f"```asm\n{ROUTINE}```\n\n```asm\n{HOOK}```", ROUTINE + HOOK),
    "plain text": (f"The hook:\n\n{HOOK}\nAnd the routine it calls:\n\n{ROUTINE}", HOOK + ROUTINE),
    "a draft first": (
        f"```asm\n{HOOK.replace('JSL', 'JSR')}```\n\nLonger:\n\n```asm\n{HOOK}\n{ROUTINE}```",
        f"{HOOK}\n{ROUTINE}",
    ),
    "a draft in one block, the patch in two": (
        f"```\n{HOOK}\n{ROUTINE}```\nBetter:\n```\n{HOOK}```\n```\n{ROUTINE}```",
        HOOK + ROUTINE,
    ),
    "an excerpt after": (
        f"```asm\n{HOOK}\n{ROUTINE}```\n\nThis writes the jump:\n\n```asm\n{HOOK}```",
        f"{HOOK}\n{ROUTINE}",
    ),
    "other code after": (f"```asm\n{HOOK}\n{ROUTINE}```\n\n```asm\nLDA.w $0340\n```", f"{HOOK}\n{ROUTINE}"),
    "a define beside": (
        f"```asm\n{HOOK.replace('$028000', '!Site')}{ROUTINE}```\n\n```asm\n!Site = $028000\n```",
        f"!Site = $028000\n{HOOK.replace('$028000', '!Site')}{ROUTINE}",
    ),
    "a thought before": (
        f"<think>\n```asm\n{HOOK}NOP\n```\n</think>\n\n```asm\n{HOOK}\n{ROUTINE}```",
        f"{HOOK}\n{ROUTINE}",
    ),
    "an alternative after": (
        f"```asm\n{HOOK}\n{ROUTINE}```\n\nAlternative: use JML instead:\n\n```asm\n{JUMP}\n{LANDING}```",
        f"{HOOK}\n{ROUTINE}",
    ),
    "an alternative in two blocks": (
        f"```asm\n{HOOK}```\n```asm\n{ROUTINE}```\n\nAlternatively:\n\n```asm\n{JUMP}```\n\nand\n\n```asm\n{LANDING}```",
        HOOK + ROUTINE,
    ),
    "an alternative before": (
        f"An alternative would be:\n\n```asm\n{JUMP}\n{LANDING}```\n\nRecommended:\n\n```asm\n{HOOK}\n{ROUTINE}```",
        f"{HOOK}\n{ROUTINE}",
    ),
    "an alternative and nothing else": (f"Alternatively:\n\n```asm\n{JUMP}\n{LANDING}```", f"{JUMP}\n{LANDING}"),
    "a mistake between the hook and its routine": (
        f"```asm\n{HOOK}```\n\nDon't do this:\n\n```asm\n{JUMP}```\n\nIn free space:\n\n```asm\n{ROUTINE}```",
        HOOK + ROUTINE,
    ),
    "the old code before": (f"Before:\n\n```asm\n{JUMP}```\n\nAfter:\n\n```asm\n{HOOK}{ROUTINE}```", HOOK + ROUTINE),
    "an optional addition": (
        f"```asm\n{HOOK}{ROUTINE}```\n\nIf you want more:\n\n```asm\norg $029000\n    NOP\n```",
        HOOK + ROUTINE,
    ),
    "a corrected hook": (
        f"```asm\n{JUMP}\n{ROUTINE}```\n\nActually that hook should be:\n\n```asm\n{HOOK}```",
        f"\n{ROUTINE}{HOOK}",
    ),
    "a corrected hook in a mirror": (
        f"```asm\n{JUMP}\n{ROUTINE}```\n\nNo, that hook is too short:\n\n```asm\n{HOOK.replace('02', '82')}```",
        f"\n{ROUTINE}{HOOK.replace('02', '82')}",
    ),
    "a corrected hook of which only a line goes": (
        f"```asm\n{HOOK}    NOP\n{ROUTINE}```\n\nCorrected hook, without the NOP:\n\n```asm\n{HOOK}```",
        ROUTINE + HOOK,
    ),
    "a corrected routine": (
        f"```asm\n!Byte = $0340\n\n{HOOK}\n{ROUTINE.replace('RTL', 'RTS')}```\n\nIt needs RTL:\n\n```asm\n{ROUTINE}```",
        f"!Byte = $0340\n\n{HOOK}{ROUTINE}",
    ),
    "a routine that moved": (
        f"```asm\n{HOOK}{ROUTINE}```\n\nThere is more room here:\n\n```asm\n{ROUTINE.replace('208', '21A')}```",
        HOOK + ROUTINE.replace("208", "21A"),
    ),
    "a usage example that enters the same place": (
        f"```asm\n{TIMER}{ROUTINE}```\n\nCall it like this:\n\n```asm\norg $028000\n    JSL Timer\n```",
        TIMER + ROUTINE,
    ),
    "an old piece of code under another heading": (
        f"### Old\n\n```asm\n{JUMP}```\n\n### New\n\n```asm\n{HOOK}```\n\n```asm\n{ROUTINE}```",
        HOOK + ROUTINE,
    ),
    "a label twice in one block stays": (f"```asm\n{HOOK}{ROUTINE}{ROUTINE}```", HOOK + ROUTINE + ROUTINE),
    "no place at all": (
        "```asm\nJSR Main\nJSR Main\nJSR Main\n```\n\n```asm\nMain:\n    INC.w $0340\n    RTS\n```",
        "Main:\n    INC.w $0340\n    RTS\n",
    ),
}


@pytest.mark.parametrize("style", PATCHES)
def test_a_patch_is_all_blocks_that_say_where_they_go(style: str) -> None:
    answer, expected = PATCHES[style]
    assert lines(extract_code(answer, PATCH)) == lines(expected)


TWICE = CppContract(
    signature="int Twice(const std::vector<int>& values)",
    driver="int main() { int n; std::cin >> n; std::cout << Twice({n, 1}); }",
    cases=(CppCase(stdin="20", stdout="42"),),
)
CPP = "int Twice(const std::vector<int>& values) {\n  return 2 * (values[0] + values[1]);\n}\n"
CPP_FENCED = f"```cpp\n{CPP}```"
EXAMPLE = '```cpp\n#include <iostream>\n\nint main() {\n  std::cout << Twice({1, 2}) << "\\n";\n}\n```'
DECLARATION = "```cpp\nint Twice(const std::vector<int>& values);\n```"
CPP_DRAFT = "```cpp\n{}\nint Twice(const std::vector<int>& values) {{\n  return 0;\n}}\n```"
CPP_AROUND = {
    "one block": CPP_FENCED,
    "C++ as the language": CPP_FENCED.replace("cpp", "c++"),
    "a usage example first": f"Call it like this:\n\n{EXAMPLE}\n\n{CPP_FENCED}",
    "a usage example last": f"{CPP_FENCED}\n\nExample:\n\n{EXAMPLE}",
    "the declaration first": f"In your header:\n\n{DECLARATION}\n\n{CPP_FENCED}",
    "the declaration last": f"{CPP_FENCED}\n\n{DECLARATION}",
    "a call in a condition first": f"```cpp\nif (Twice({{1}}) > 1) {{\n  return;\n}}\n```\n\n{CPP_FENCED}",
    "a function of its own that calls it": (
        f"{CPP_FENCED}\n\n```cpp\nvoid Test() {{\n  assert(Twice({{1, 2}}) == 6);\n}}\n```"
    ),
    "a member of the same name": (
        f"```cpp\nstruct Other {{\n  int Twice(int v) {{ return v; }}\n}};\n```\n\n{CPP_FENCED}"
    ),
    "a thought before": (
        f"<think>\n```cpp\nint Twice(const std::vector<int>& v) {{ return 0; }}\n```\n</think>\n{CPP_FENCED}"
    ),
    "a draft first": (
        f"```cpp\nint Twice(const std::vector<int>& v) {{\n  return v[0];\n}}\n```\n\nBetter:\n\n{CPP_FENCED}"
    ),
    "an alternative last": (
        f"{CPP_FENCED}\n\nAlternatively:\n\n```cpp\nint Twice(const std::vector<int>& v) {{ return 0; }}\n```"
    ),
    "a correction that was cut off": f"{CPP_FENCED}\n\nOr:\n\n```cpp\nint Twice(const std::vector<int>& v) {{\n  ret",
    "an excerpt with dots": f"{CPP_FENCED}\n\n```cpp\nint Twice(const std::vector<int>& v) {{\n  // ...\n}}\n```",
    "an example that declares what the function calls its parameter": (
        f"{CPP_FENCED}\n\n```cpp\nstd::vector<int> values = {{1, 2}};\nint n = Twice(values);\nstd::cout << n;\n```"
    ),
    "a member of the same name last": (
        f"{CPP_FENCED}\n\n```cpp\nstruct Other {{\n  int Twice(int v) {{ return v; }}\n}};\n```"
    ),
    "a comment that repeats its heading": (
        f"{CPP_FENCED}\n\n```cpp\n// int Twice(int value) {{ return 0; }}\nint n;\n```"
    ),
    "a build command": f"{CPP_FENCED}\n\n```bash\ng++ -O2 twice.cpp\n```",
    "plain code amid prose": f"Here is the function:\n\n{CPP}\nThis function doubles the sum of both values.",
    "JSON": json.dumps({"code": CPP}),
    "HTML with entities": f"<pre><code>{CPP.replace('&', '&amp;').replace('<', '&lt;')}</code></pre>",
    "tildes and CRLF": CPP_FENCED.replace("```", "~~~").replace("\n", "\r\n"),
    "an item of a list": f"1. The function:\n\n   ```cpp\n{indented(CPP.rstrip(), '   ')}   ```\n",
}
"""Answers that all mean `CPP`."""


@pytest.mark.parametrize("style", CPP_AROUND)
def test_the_function_is_the_block_that_gives_it_a_body(style: str) -> None:
    assert extract_code(CPP_AROUND[style], TWICE).strip() == CPP.strip()


@pytest.mark.parametrize("answer", ["I cannot.", "```python\ndef twice(v):\n    d = {}\n    return 2 * sum(v)\n```"])
def test_what_is_no_cpp_at_all_is_no_code(answer: str) -> None:
    assert extract_code(answer, TWICE) == ""
    assert check("", TWICE).reasons == ("it holds no code",)


HEADER = (
    "#pragma once\n#include <vector>\n\nstruct Sum {\n  int value;\n};\n\nint Twice(const std::vector<int>& values);\n"
)
SOURCE = (
    '#include "twice.h"\n\nint Twice(const std::vector<int>& values) {\n'
    "  Sum sum{values[0] + values[1]};\n  return 2 * sum.value;\n}\n"
)
CPP_JOINED = {
    "header and source": f"`twice.h`:\n\n```cpp\n{HEADER}```\n\n`twice.cpp`:\n\n```cpp\n{SOURCE}```\n\n{EXAMPLE}",
    "source and header": f"```cpp\n{SOURCE}```\n\n```cpp\n{HEADER}```",
    "a header with include guards": (
        "```cpp\n#ifndef TWICE_H\n#define TWICE_H\n"
        f"{HEADER.partition(chr(10))[2]}#endif  // TWICE_H\n```\n\n```cpp\n{SOURCE}```"
    ),
    "a header of declarations alone": f'```cpp\n{DECLARATION[7:-3]}```\n\n```cpp\n#include "twice.h"\n\n{CPP}```',
    "a helper in another block": (
        "```cpp\nstatic int Sum(int a, int b) {\n  return a + b;\n}\n```\n\n"
        "```cpp\nint Twice(const std::vector<int>& values) {\n  return 2 * Sum(values[0], values[1]);\n}\n```"
    ),
    "a helper in a later block": (
        "```cpp\nint Twice(const std::vector<int>& values) {\n  return kFactor * (values[0] + values[1]);\n}\n```\n\n"
        "where\n\n```cpp\nconstexpr int kFactor = 2;\n```"
    ),
    "an example with a constant of its own": (
        "```cpp\nconstexpr int kFactor = 2;\n```\n\n"
        "```cpp\nint Twice(const std::vector<int>& values) {\n  return kFactor * (values[0] + values[1]);\n}\n```\n\n"
        "```cpp\nconstexpr int kFactor = 3;\n\nint main() { return kFactor; }\n```"
    ),
    "a main of its own in the same block": f"```cpp\n{CPP}\nint main() {{ return Twice({{1, 2}}); }}\n```",
}


@pytest.mark.skipif(bool(cpp_unavailable()), reason=str(cpp_unavailable()))
@pytest.mark.parametrize("style", CPP_JOINED)
def test_blocks_of_a_program_are_joined_so_that_it_compiles(style: str) -> None:
    assert check(extract_code(CPP_JOINED[style], TWICE), TWICE).reasons == ()


def test_what_the_caller_supplies_is_not_taken_from_the_answer() -> None:
    code = "Double:\n    ASL.w Byte\n    RTS\n"
    answer = f"```asm\nByte = $0341\n```\n\n```asm\n{code}```"
    assert extract_code(answer, DOUBLE.model_copy(update={"symbols": {"Byte": 0x0340}})) == code


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("Game_Double", "namespace Game\nDouble:\n    ASL.w $0340\n    RTS\nnamespace off\n"),
        ("Twice_in_place", "Twice:\n.in_place\n    ASL.w $0340\n    RTS\n"),
    ],
)
def test_a_label_is_known_by_its_full_name(entry: str, code: str) -> None:
    longer = f"```asm\nMain:\n    JSR {entry}\n    JSR {entry}\n    JSR {entry}\n    RTS\n```"
    contract = DOUBLE.model_copy(update={"entry": entry})
    assert extract_code(f"{longer}\n\n```asm\n{code}```\n\n{longer}", contract) == code


def test_a_function_may_stand_in_a_namespace_beside_loose_statements() -> None:
    code = f"namespace yaze {{\n{CPP.replace('return', 'if (true) return')}}}  // namespace yaze\n"
    loose = "```cpp\nif (argc > 1) {\n  argc = 1;\n}\nargc = 2;\nargc = 3;\nargc = 4;\n```"
    assert extract_code(f"{loose}\n\n```cpp\n{code}```\n\n{loose}", TWICE) == code


def test_prose_behind_a_stray_fence_is_not_joined_to_the_function() -> None:
    code = CPP.replace("return", "int low = values[0];\n  return")
    answer = f"```cpp\n{code}```\n\nIt adds.\n```\n\nThe bytes divide low = 0x13B00 + 2;\n  int x = (low | low"
    assert extract_code(answer, TWICE) == code


def test_a_namespace_that_follows_includes_is_one_too() -> None:
    code = f"#include <vector>\n#define WIDTH \\\n  8\n\nnamespace yaze {{\n{CPP}}}  // namespace yaze\n"
    assert extract_code(f"```cpp\n{code}```\n\nUsage:\n\n{EXAMPLE}", TWICE) == code


SIZE = 50_000
HOSTILE = {
    **{
        f"{name} all over": sign * SIZE
        for name, sign in {"backtick": "`", "line end": "\n", "space": " ", "tab": "\t"}.items()
    },
    **{f"{sign} all over": sign * SIZE for sign in '~>"<{[(9a\0\ud800'},
    **{
        f"{text!r} again and again": text * (SIZE // len(text))
        for text in (
            "<think>",
            "<think>\n",
            "</think>",
            "```\n",
            "```asm\n",
            "~~~\n```asm\n",
            "````md\n```asm\n",
            ">\n",
            "- ",
            "1. ",
            "...\n",
            "<code>",
            "<code ",
            "<pre>\n<code>",
            '{"a":',
            '\\"',
            "'\\",
            "f(",
            "f()",
            "f()->",
            "struct a:",
            "typedef a ",
            "const a ",
            "/*",
            "Double:\n",
            "Double: ",
            "db 1,\n",
            " : ",
            "!a = 1\n",
            "a[",
            "`a` ",
            "namespace a {",
            "<|im_end|>",
            "int Twice(",
        )
    },
    "a thought with a million fences": "<think>" + "```asm\nDouble:\n    RTS\n```\n" * (SIZE // 27),
    "JSON of one endless string": '{"code": "' + "\\" * SIZE,
    "a chain of blocks that need each other": FENCED.replace("RTS", "JMP L0")
    + "".join(f"\n```asm\nL{index}:\n    JMP L{index + 1}\n```" for index in range(SIZE // 40)),
    "thousands of answers": FENCED * (SIZE // 10),
    "comments before an origin": "```asm\n" + ";\n" * SIZE + "org $028000\nNOP\norg $028008\nNOP\n```",
    "a block of origins": "```asm\n" + "".join(f"org ${place:06X}\nNOP\n" for place in range(SIZE // 16)) + "```",
    "an introduction of cues": "not to " * SIZE + FENCED + "if " * SIZE + FENCED,
    "headings again and again": f"# {'a' * 190}\n{FENCED}\n" * (SIZE // 200),
}
BOUND_SECONDS = 5
"""Processor time for one hostile answer. What grows with the square of its length takes a minute and more."""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_answer_is_read_in_time_linear_in_its_length(name: str) -> None:
    started = time.process_time()
    for contract in (DOUBLE, PATCH, TWICE, None):
        extract_code(HOSTILE[name], contract)
    assert time.process_time() - started < BOUND_SECONDS


@pytest.mark.parametrize("name", [name for name, family in families(KINDS).items() if family.kind != "understanding"])
def test_the_projects_own_answers_are_read_to_the_byte(name: str) -> None:
    problem = families(KINDS)[name].example
    if problem.contract.kind == "facts":
        pytest.skip("it holds no code")
    for reference in problem.references:
        answer = problem.answer.replace(problem.references[0].strip(), reference.strip())
        assert extract_code(answer, problem.contract) == extract_code(answer) == reference.strip() + "\n"


def test_without_a_contract_it_is_the_first_block_or_the_whole_answer() -> None:
    assert extract_code(f"{MARKED}\n{USAGE}\n\n{FENCED}").strip().startswith("LDA #$15")
    assert extract_code("Nothing but prose.") == "Nothing but prose."
    assert code_blocks(f"{MARKED}\n{FENCED}\n{FENCED.replace('```', '~~~')}") == [CODE, CODE]


ONE_BLOCK = (
    "an explanation right behind the closing fence",
    "an unclosed fence",
    "a wholly quoted answer",
    "a quoted block in an answer",
    "an answer wrapped in a markdown block",
    "an answer wrapped in md and four backticks",
    "a block in a longer block without a language",
    "a block in a block of tildes",
    "a thought before",
    "a thought whose beginning is in the prompt",
    "a thought whose fence is never closed",
    "a thought begun in the prompt whose fence is never closed",
    "a thought that ends within a line",
    "thinking in other words",
    "a thought after the code",
    "a thought within a line after the code",
    "a quoted thought",
    "a quoted tag after the code",
    "another turn made up",
)


@pytest.mark.parametrize("style", ONE_BLOCK)
def test_thoughts_and_wrappers_are_no_blocks(style: str) -> None:
    assert [lines(block) for block in code_blocks(AROUND[style])] == [lines(CODE)]


def test_code_that_holds_a_tag_or_stands_beside_its_fence_is_kept() -> None:
    assert code_blocks("```html\n<think>\nASL\n```\n") == ["<think>\nASL\n"]
    assert code_blocks("```asm\n; ends with </think>\n```\n") == ["; ends with </think>\n"]
    assert code_blocks("```Double:\n    RTS\n```") == ["Double:\n    RTS\n"]
    assert code_blocks("```asm Double:\n    RTS\n```") == ["Double:\n    RTS\n"]
