"""Writes a tokenizer and its chat template into a GGUF: Qwen's bytes and merges, or Gemma's pieces and scores."""

import json
from typing import TYPE_CHECKING, Any

import gguf

from oracle_lib import OracleError
from oracle_lib.models import load_tokenizer

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase


_QWENS_SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+"
    r"|\s+(?!\S)|\s+"
)


def splits_as_llama_cpp(tokenizer: "PreTrainedTokenizerBase") -> bool:
    """Whether llama.cpp splits text into the tokenizer's tokens: it can for Qwen's and Gemma's, not for our own."""
    parts = json.loads(tokenizer.backend_tokenizer.to_str())
    if parts["model"].get("byte_fallback"):
        return True
    before = parts["pre_tokenizer"] or {}
    regexes = [part.get("pattern", {}).get("Regex") for part in before.get("pretokenizers", [before])]
    return _QWENS_SPLIT in regexes


def why_no_text(base: str) -> str | None:
    """Why a runtime that is sent text cannot serve a base; None where it can."""
    if splits_as_llama_cpp(load_tokenizer(base)):
        return None
    return f"llama.cpp cannot split text as {base} does, and this runtime is sent text; ask llama.cpp or in-process"


def add_vocabulary(writer: gguf.GGUFWriter, tokenizer: "PreTrainedTokenizerBase", size: int) -> None:
    """The tokens, padded to `size` with unused ones, how text is split into them, and the chat template.

    llama.cpp knows ways of splitting by name. Qwen's is named for every tokenizer of bytes; one that splits otherwise,
    such as the embedded base's, is right only for whoever sends token ids. Raises `OracleError` for another kind.
    """
    backend: Any = getattr(tokenizer, "backend_tokenizer", None)
    model = json.loads(backend.to_str())["model"] if backend else {}
    if model.get("type") != "BPE":
        raise OracleError("only tokenizers of byte pairs can be written as GGUF; choose a base with one")
    names = {place: token for token, place in tokenizer.get_vocab().items()}
    added = tokenizer.added_tokens_decoder
    tokens, types = [], []
    for place in range(size):
        token = names.get(place)
        if token is None:
            tokens.append(f"[PAD{place}]")
            types.append(gguf.TokenType.UNUSED)
        elif place in added:
            is_control = added[place].special
            # llama.cpp compares these with the text itself, where a space is a space.
            tokens.append(token if is_control else token.replace("▁", " "))
            types.append(gguf.TokenType.CONTROL if is_control else gguf.TokenType.USER_DEFINED)
        else:
            tokens.append(token)
            types.append(gguf.TokenType.NORMAL)
    merges = [merge if isinstance(merge, str) else " ".join(merge) for merge in model["merges"]]
    if model.get("byte_fallback"):
        ranks: dict[str, int] = {}
        for rank, merge in enumerate(merges):
            ranks.setdefault("".join(merge.split(" ")), rank)
        byte_names = {f"<0x{byte:02X}>" for byte in range(256)}
        for place, token in enumerate(tokens):
            if types[place] == gguf.TokenType.NORMAL and token in byte_names:
                types[place] = gguf.TokenType.BYTE
        if (unknown := model.get("unk_token")) is not None:
            types[tokenizer.get_vocab()[unknown]] = gguf.TokenType.UNKNOWN
        writer.add_tokenizer_model("llama")
        writer.add_tokenizer_pre("default")
        writer.add_token_list(tokens)
        writer.add_token_scores([-float(ranks.get(token, len(merges))) for token in tokens])
        writer.add_add_space_prefix(False)
    else:
        writer.add_tokenizer_model("gpt2")
        writer.add_tokenizer_pre("qwen2")
        writer.add_token_list(tokens)
        writer.add_token_merges(merges)
    writer.add_token_types(types)
    writer.add_eos_token_id(int(tokenizer.eos_token_id))
    writer.add_pad_token_id(int(tokenizer.pad_token_id))
    if tokenizer.bos_token_id is not None:
        writer.add_bos_token_id(int(tokenizer.bos_token_id))
    writer.add_add_bos_token(False)  # where a chat begins with one, its template writes it
    writer.add_chat_template(str(tokenizer.chat_template))
