"""Where the servers of other programs listen. Asks none of them."""

import os
from urllib.parse import urlsplit

OLLAMA = "http://127.0.0.1:11434"
LM_STUDIO = "http://127.0.0.1:1234/v1"


def ollama_address(its_own: str = OLLAMA) -> str:
    """Where Ollama listens: as `OLLAMA_HOST` says, read as Ollama reads it (scheme and port may be missing, 0.0.0.0
    means this machine), or else at `its_own`. Raises `ValueError` for a scheme that Ollama does not have.
    """
    host = os.environ.get("OLLAMA_HOST", "")
    if not host:
        return its_own
    scheme, _, rest = host.partition("://") if "://" in host else ("", "", host)
    split = urlsplit(f"//{rest}")
    if scheme not in ("", "http", "https"):
        raise ValueError(f"no scheme of Ollama: {scheme}")
    name = split.hostname or "127.0.0.1"
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(name, f"[{name}]" if ":" in name else name)
    port = split.port or {"": 11434, "http": 80, "https": 443}[scheme]
    return f"{scheme or 'http'}://{name}:{port}{split.path.rstrip('/')}"
