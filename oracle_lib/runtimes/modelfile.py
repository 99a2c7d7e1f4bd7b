"""How a version is described to Ollama: template, stops, system prompt and parameters, as a Modelfile or a request.
Creates nothing.

Ollama renders chats with Go templates of its own. Those here frame a chat to the token as the base's chat template
does, except that Gemma's also strips blanks around each message.
"""

from typing import Any

from oracle_lib.bases import GEMMA3, QWEN2, QWEN3, Architecture, find
from oracle_lib.params import load_expert
from oracle_lib.records import Frozen
from oracle_lib.registry import Version

_CHATML = "{{ range .Messages }}<|im_start|>{{ .Role }}\n{{ .Content }}<|im_end|>\n{{ end }}<|im_start|>assistant\n"
_TEMPLATES = (
    (QWEN2, _CHATML),
    (QWEN3, f"{_CHATML}<think>\n\n</think>\n\n"),
    (
        # The system prompt opens the first user's turn.
        GEMMA3,
        '<bos>{{ $open := false }}{{ range .Messages }}{{ if eq .Role "system" }}<start_of_turn>user\n{{ .Content }}'
        '\n\n{{ $open = true }}{{ else if eq .Role "assistant" }}<start_of_turn>model\n{{ .Content }}<end_of_turn>\n'
        "{{ else }}{{ if not $open }}<start_of_turn>user\n{{ end }}{{ .Content }}<end_of_turn>\n{{ $open = false }}"
        "{{ end }}{{ end }}<start_of_turn>model\n",
    ),
)


class Description(Frozen):
    """What Ollama is told of a model besides its weights."""

    template: str
    system: str
    parameters: dict[str, Any]

    def modelfile(self, weights: str) -> str:
        """The Modelfile to create it by hand, whose weights are in that file."""
        lines = [f"PARAMETER {key} {_quoted(value)}" for key, value in self.parameters.items()]
        return "\n".join(
            [f"FROM {weights}", f'TEMPLATE """{self.template}"""', f'SYSTEM """{self.system}"""', *lines, ""]
        )


def describe(version: Version, context: int) -> Description:
    """The version's description, with its expert's system prompt and temperature."""
    expert, architecture = load_expert(version.expert), find(version.adapter.base).architecture
    parameters = {"num_ctx": context, "temperature": expert.temperature, "stop": architecture.end}
    return Description(template=template(architecture), system=expert.system_prompt, parameters=parameters)


def template(architecture: Architecture) -> str:
    """The Go template that frames a chat as bases of that architecture do."""
    return next(text for known, text in _TEMPLATES if known is architecture)


def _quoted(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)
