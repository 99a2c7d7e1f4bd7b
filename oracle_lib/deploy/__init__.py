"""06: an adapter and its report become a release that can be served, promoted and rolled back."""

from oracle_lib.deploy.chat_registry import write_chat_registry
from oracle_lib.deploy.places import Trial, check_places, try_places
from oracle_lib.deploy.release import Release, promote, release, rollback

__all__ = ["Release", "Trial", "check_places", "promote", "release", "rollback", "try_places", "write_chat_registry"]
