"""What the C++ families share: a function's signature, the driver that calls it, test ROMs and the making of a `Problem`.

Nothing here knows what any function does.
"""

import random
import re
import string
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from oracle_lib.sample import Domain, Task
from oracle_lib.tasks import Cases, Problem
from oracle_lib.verify import CppCase, CppContract

Value = int | bytes | Sequence[int] | None
"""An argument or a result: a number or bool, the elements of a vector or array, or an empty optional."""

BYTES = "const std::vector<uint8_t>&"
CASES, RARE = 8, 5
"""How many cases of a contract are random, and how many meet in turn what random ones choose from."""


class Rom(bytes):
    """A long argument that travels to the driver as a recipe: its size, a pattern's seed and mask, and patches over it."""

    recipe: str


def rom(size: int, patches: dict[int, bytes] | None = None, seed: int = 0, mask: int = 0xFF) -> Rom:
    """`size` bytes: zeros, or with a seed a pattern that looks random, each byte of it masked; then the patches."""
    place = np.arange(size, dtype=np.uint32)
    pattern = (place * np.uint32(seed) ^ (place >> np.uint32(5)) * np.uint32(0x9E3779B1)) >> np.uint32(16)
    content = bytearray((pattern & mask).astype(np.uint8).tobytes() if seed else bytes(size))
    recipe = [-size, seed, mask, len(patches or {})]
    for offset, data in (patches or {}).items():
        content[offset : offset + len(data)] = data
        recipe += [offset, len(data), *data]
    image = Rom(content)
    image.recipe = " ".join(map(str, recipe))
    return image


class _InTurn(random.Random):
    """Chooses the option number `turn` of any options, so that edges which random cases may miss are met."""

    def __init__(self, seed: str, turn: int) -> None:
        super().__init__(f"{seed}:{turn}")
        self.turn = turn

    def choice(self, seq: Any) -> Any:
        return seq[self.turn % len(seq)]


@dataclass(frozen=True)
class Function:
    """A C++ function that the answer must define. A parameter taken by non-const reference is printed after the result."""

    returns: str
    name: str
    parameters: tuple[tuple[str, str], ...]

    @property
    def signature(self) -> str:
        return f"{self.returns} {self.name}({', '.join(f'{kind} {name}' for kind, name in self.parameters)})"

    @property
    def main(self) -> str:
        # Arguments are never destroyed: without optimisation that visits every byte of a ROM.
        lines = [f"auto &{name} = *new {_bare(kind)}(Reader<{_bare(kind)}>::read());" for kind, name in self.parameters]
        call = f"{self.name}({', '.join(name for _, name in self.parameters)})"
        lines.append(f"{call};" if self.returns == "void" else f"show({call});")
        lines += [
            f"show({name});" for kind, name in self.parameters if kind.endswith("&") and not kind.startswith("const")
        ]
        return "int main() {\n" + "".join(f"  {line}\n" for line in lines) + "}\n"

    def ask(self) -> tuple[str, ...]:
        """The signature in four tones, to follow what the function is asked to do."""
        return (
            f"Signature: `{self.signature}`.",
            f"Use exactly this signature: `{self.signature}`.",
            f"I call it as `{self.signature}`.",
            f"Declare it as `{self.signature}`, plain C++17.",
        )


def _bare(kind: str) -> str:
    return re.sub(r"^const |&$", "", kind)


def cpp(template: str, **values: object) -> str:
    """C++ text with each `@name` of the template replaced; a name without a value is an error."""
    return _At(textwrap.dedent(template).strip("\n")).substitute(values)


class _At(string.Template):
    delimiter = "@"  # C++ has no other use for it, while $ introduces hexadecimal numbers in comments


def hexadecimal(value: int) -> str:
    return f"0x{value:X}"


def make(
    module: str,
    subject: str,
    rng: random.Random,
    function: Function,
    *,
    asks: Sequence[str],
    references: Sequence[str],
    case: Callable[[random.Random], tuple[Sequence[Value], Sequence[Value]]],
    parameters: dict[str, int | str],
    explanation: str,
    main: str = "",
) -> Problem:
    """The problem whose cases are drawn by `case`, which returns the arguments and what must be printed: the result (where
    there is one), then the arguments that the function may change. `main` replaces the body that does this in the driver.
    The name of the function is no parameter: it does not change what is right.
    """

    def cases(source: random.Random, count: int) -> tuple[CppCase, ...]:
        drawn = [case(source) for _ in range(count)]
        return tuple(
            CppCase(stdin=" ".join(map(sent, given)), stdout="".join(map(shown, wanted))) for given, wanted in drawn
        )

    drawn = cases(rng, CASES)
    for turn in range(RARE):
        drawn += cases(_InTurn(f"{module}:{sorted(parameters.items())}", turn), 1)
    tones = function.ask()
    return Problem(
        family=module.rpartition(".")[2],
        subject=subject,
        domain=Domain.YAZE,
        task=Task.API,
        instructions=tuple(f"{ask} {tones[index % len(tones)]}" for index, ask in enumerate(asks)),
        references=tuple(references),
        explanation=explanation,
        contract=CppContract(
            signature=function.signature,
            driver=DRIVER + (main or function.main),
            cases=drawn,
        ),
        parameters=parameters,
        oracle=Cases(cases),
    )


def sent(value: Value) -> str:
    """The value as the driver reads it."""
    if isinstance(value, Rom):
        return value.recipe
    if isinstance(value, int):
        return str(int(value))
    return " ".join(map(str, [len(value or ()), *(value or ())]))


def shown(value: Value) -> str:
    if value is None:
        return "none\n"
    if isinstance(value, int):
        return f"{int(value)}\n"
    if len(value) <= 256:
        return f"[{' '.join(map(str, value))}]\n"
    digest = 0
    for start in range(0, len(value), _BLOCK):
        block = value[start : start + _BLOCK]
        if any(block):
            digest = (digest ^ start) * 16777619 & 0xFFFFFFFF
            for element in block:
                digest = (digest ^ element) * 16777619 & 0xFFFFFFFF
    return f"[{len(value)} elements, digest {digest}]\n"


_BLOCK = 256  # a ROM is mostly zeros here, and blocks of them are skipped

# Built on getchar and putchar: scanf and printf would double the size of the program, and the time to compile it.
DRIVER = """\
static long long number() {
  int c = getchar(), sign = 1;
  long long n = 0;
  while (c == ' ' || c == '\\n') c = getchar();
  if (c == '-') sign = -1, c = getchar();
  for (; c >= '0' && c <= '9'; c = getchar()) n = n * 10 + (c - '0');
  return sign * n;
}
template <class T> struct Reader {
  static T read() { return static_cast<T>(number()); }
};
template <class T> struct Reader<std::vector<T>> {
  static std::vector<T> read() {
    long long size = number();
    if (size >= 0) {
      std::vector<T> values(static_cast<size_t>(size));
      for (T &value : values) value = Reader<T>::read();
      return values;
    }
    uint32_t count = static_cast<uint32_t>(-size), seed = static_cast<uint32_t>(number());
    uint32_t mask = static_cast<uint32_t>(number());
    T *image = static_cast<T *>(calloc(count, sizeof(T)));
    for (uint32_t i = 0; seed && i < count; ++i)
      image[i] = static_cast<T>((i * seed ^ (i >> 5) * 0x9E3779B1u) >> 16 & mask);
    for (long long patches = number(); patches > 0; --patches) {
      T *at = image + number();
      for (long long left = number(); left > 0; --left) *at++ = static_cast<T>(number());
    }
    return std::vector<T>(image, image + count);
  }
};
template <class T, size_t N> struct Reader<std::array<T, N>> {
  static std::array<T, N> read() {
    std::array<T, N> values{};
    number();
    for (T &value : values) value = Reader<T>::read();
    return values;
  }
};
static void digits(unsigned long long n) {
  if (n > 9) digits(n / 10);
  putchar(static_cast<int>('0' + n % 10));
}
static void text(const char *s) { while (*s) putchar(*s++); }
static void element(long long n) {
  if (n < 0) putchar('-');
  digits(n < 0 ? 0 - static_cast<unsigned long long>(n) : static_cast<unsigned long long>(n));
}
static void show(long long n) { element(n), putchar('\\n'); }
template <class T> void elements(const T &values) {
  putchar('[');
  if (values.size() <= 256) {
    bool first = true;
    for (auto value : values) {
      if (!first) putchar(' ');
      first = false, element(static_cast<long long>(value));
    }
  } else {
    static const uint64_t zeros[256] = {};
    uint32_t digest = 0;
    for (size_t start = 0; start < values.size(); start += 256) {
      size_t size = std::min<size_t>(256, values.size() - start);
      const auto *block = values.data() + start;
      if (memcmp(block, zeros, size * sizeof *block) == 0) continue;
      digest = (digest ^ static_cast<uint32_t>(start)) * 16777619u;
      for (size_t i = 0; i < size; ++i) digest = (digest ^ static_cast<uint32_t>(block[i])) * 16777619u;
    }
    digits(values.size()), text(" elements, digest "), digits(digest);
  }
  text("]\\n");
}
template <class T> void show(const std::vector<T> &values) { elements(values); }
template <class T, size_t N> void show(const std::array<T, N> &values) { elements(values); }
template <class T> void show(const std::optional<T> &value) {
  if (value) show(*value);
  else text("none\\n");
}
"""
