"""06: an adapter and its report become a release that can be served, promoted and rolled back."""

from oracle_lib.deploy.release import Release, promote, release, rollback

__all__ = ["Release", "promote", "release", "rollback"]
