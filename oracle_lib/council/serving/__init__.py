"""Serves the council and its experts to programs that speak OpenAI's chat completions. `voices` lets the council
answer; whatever answers as `door` says can be served.
"""

from oracle_lib.council.serving.door import Answerer, Asked, Draft, Finish, NoAnswer, ServedModel, Speaker, Usage
from oracle_lib.council.serving.replies import in_turns
from oracle_lib.council.serving.server import TOKEN, make_app, serve
from oracle_lib.council.serving.voices import Voices

__all__ = [
    "TOKEN",
    "Answerer",
    "Asked",
    "Draft",
    "Finish",
    "NoAnswer",
    "ServedModel",
    "Speaker",
    "Usage",
    "Voices",
    "in_turns",
    "make_app",
    "serve",
]
