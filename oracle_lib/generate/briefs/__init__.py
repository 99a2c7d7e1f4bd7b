"""What a teacher is asked about an item of a source, and how its answer becomes a draft.

`asks` says which tasks suit which kind of item, `request` puts one to a teacher, `forms` are what it answers in, and
`reading` makes a draft of that, with a contract of `routines` or `calls` where there is code. Nobody is asked here.
"""

from oracle_lib.generate.briefs.asks import BRIEFS, STORY, Brief, briefs_of
from oracle_lib.generate.briefs.plan import Expectation, Expected, expected
from oracle_lib.generate.briefs.request import ItemRequest, requests_about

__all__ = [
    "BRIEFS",
    "STORY",
    "Brief",
    "Expectation",
    "Expected",
    "ItemRequest",
    "briefs_of",
    "expected",
    "requests_about",
]
