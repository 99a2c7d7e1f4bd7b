"""A chat reaches a model as the same tokens whoever renders it: the tokenizer, a GGUF's template, or Ollama's own.

Real tokenizers come from folders that the environment names; without them, these tests of them are skipped.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import httpx
import pytest
import tiny_experts
from llama_programs import needs_server
from tiny_experts import Family

from oracle_lib import bases, models
from oracle_lib.chat import Conversation, chat_ids
from oracle_lib.runtimes.gguf_vocabulary import splits_as_llama_cpp
from oracle_lib.runtimes.llama_cpp import LlamaCpp
from oracle_lib.runtimes.modelfile import template

GO = shutil.which(os.environ.get("ORACLE_GO") or "go")
CHATS: list[Conversation] = [
    [{"role": "user", "content": "LDA #$05 : STA.w $0710 ; 1234567 don't"}],
    [
        {"role": "system", "content": "You are Rauru, an assembler for the SNES."},
        {"role": "user", "content": "org $0080FF\n\n\tdb $01,  $02\nSay: ÄÖ→ “x” 日本"},
    ],
    [
        {"role": "system", "content": "You are Saria."},
        {"role": "user", "content": "Who are you?"},
        {"role": "assistant", "content": "A friend.\n  * of yours"},
        {"role": "user", "content": "And {{ .Role }}?"},
    ],
]
FOLDERS = {"qwen2": "ORACLE_TOKENIZER_QWEN", "gemma3": "ORACLE_TOKENIZER_GEMMA"}
families = pytest.mark.parametrize("family", ["qwen2", "gemma3"])


def base_with_real_tokenizer(family: Family) -> str:
    variable = FOLDERS[family]
    if not os.environ.get(variable):
        pytest.skip(f"{variable} names no folder with a tokenizer.json and a chat template of a real {family}")
    return tiny_experts.write_base(family, Path(os.environ[variable]))


@pytest.mark.slow
@needs_server
@families
def test_llama_cpps_own_chat_endpoint_reads_the_tokenizers_ids(family: Family) -> None:
    """LM Studio renders the GGUF's template too, so this holds for it as well."""
    base = base_with_real_tokenizer(family)
    tokenizer = models.load_tokenizer(base)
    assert splits_as_llama_cpp(tokenizer)
    runtime = LlamaCpp(base)
    try:
        server = runtime._running()
        with httpx.Client(
            base_url=server.url, headers={"Authorization": f"Bearer {server.key}"}, trust_env=False
        ) as client:
            for chat in CHATS:
                prompt = client.post("/apply-template", json={"messages": chat}).raise_for_status().json()["prompt"]
                asked = {"content": prompt, "parse_special": True, "add_special": True}
                found = client.post("/tokenize", json=asked).raise_for_status().json()["tokens"]
                assert found == chat_ids(tokenizer, chat, True)
    finally:
        runtime.close()


@pytest.mark.slow
@pytest.mark.skipif(GO is None, reason="Go is not here, whose templates are Ollama's; set ORACLE_GO to it")
@families
def test_ollamas_template_renders_the_tokenizers_ids(family: Family, tmp_path: Path) -> None:
    base = base_with_real_tokenizer(family)
    tokenizer = models.load_tokenizer(base)
    with_system = CHATS[1:]  # where a chat has no system prompt, Ollama puts the Modelfile's first
    go_template = template(bases.find(base).architecture)
    for chat, text in zip(with_system, rendered_by_go(go_template, with_system, tmp_path), strict=True):
        assert tokenizer(text, add_special_tokens=False)["input_ids"] == chat_ids(tokenizer, chat, True)


def rendered_by_go(go_template: str, chats: list[Conversation], folder: Path) -> list[str]:
    """The chats as Go's own text/template renders them, with the names that Ollama gives it."""
    (folder / "main.go").write_text(
        """package main

import (
	"encoding/json"
	"os"
	"text/template"
	"strings"
)

type message struct{ Role, Content string }
type given struct {
	Template string
	Chats    [][]message
}

func main() {
	var it given
	json.NewDecoder(os.Stdin).Decode(&it)
	parsed := template.Must(template.New("").Parse(it.Template))
	said := []string{}
	for _, chat := range it.Chats {
		var text strings.Builder
		if err := parsed.Execute(&text, map[string]any{"Messages": chat}); err != nil {
			panic(err)
		}
		said = append(said, text.String())
	}
	json.NewEncoder(os.Stdout).Encode(said)
}
"""
    )
    given = json.dumps({"Template": go_template, "Chats": chats})
    environment = {**os.environ, "GOCACHE": str(folder / "cache"), "GO111MODULE": "off", "GOFLAGS": ""}
    assert GO
    ran = subprocess.run(
        [GO, "run", str(folder / "main.go")], input=given, capture_output=True, text=True, env=environment, check=False
    )
    assert ran.returncode == 0, ran.stderr
    said: list[str] = json.loads(ran.stdout)
    return said


def test_the_embedded_bases_way_of_splitting_is_known_to_be_none_of_llama_cpps() -> None:
    assert not splits_as_llama_cpp(models.load_tokenizer("embedded"))
    assert splits_as_llama_cpp(models.load_tokenizer(tiny_experts.write_base("qwen2")))
