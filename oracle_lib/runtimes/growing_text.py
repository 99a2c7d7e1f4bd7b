"""The text of an answer while its tokens arrive, in pieces that stay as they are. Runs no model."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # transformers takes seconds to load
    from transformers import PreTrainedTokenizerBase

_TORN = "\N{REPLACEMENT CHARACTER}"
"""What bytes decode to whose character is not whole yet."""


class GrowingText:
    """A text that ends before the first of `stops` in it; then it `is_over`."""

    def __init__(self, tokenizer: "PreTrainedTokenizerBase", stops: Sequence[str]) -> None:
        self.is_over = False
        self._tokenizer, self._stops = tokenizer, stops
        self._read = 0
        self._held = ""

    def grow(self, tokens: Sequence[int], is_whole: bool) -> str:
        """What is certain now and was not before, given all tokens so far: without half a character at the end, or what
        may be the beginning of a stop, unless these tokens are the whole text.
        """
        if self.is_over:
            return ""
        new = str(self._tokenizer.decode(list(tokens[self._read :]), skip_special_tokens=True))
        if new.endswith(_TORN) and not is_whole:
            return ""
        self._read = len(tokens)
        text = self._held + new
        places = [place for stop in self._stops if (place := text.find(stop)) >= 0]
        self.is_over = bool(places)
        certain = min(places) if places else len(text) if is_whole else len(text) - self._open(text)
        self._held = text[certain:]
        return text[:certain]

    def _open(self, text: str) -> int:
        """How many characters at the end may be the beginning of a stop."""
        return max(
            (
                length
                for stop in self._stops
                for length in range(1, min(len(stop), len(text) + 1))
                if text.endswith(stop[:length])
            ),
            default=0,
        )
