"""Marks for tests that need llama.cpp's own programs."""

import os
import shutil

import pytest

needs_server = pytest.mark.skipif(
    shutil.which(os.environ.get("ORACLE_LLAMA_SERVER") or "llama-server") is None,
    reason="llama-server is not here; put it on the PATH, or set ORACLE_LLAMA_SERVER to it",
)
needs_quantiser = pytest.mark.skipif(
    shutil.which(os.environ.get("ORACLE_LLAMA_QUANTIZE") or "llama-quantize") is None,
    reason="llama-quantize is not here; put it on the PATH, or set ORACLE_LLAMA_QUANTIZE to it",
)
