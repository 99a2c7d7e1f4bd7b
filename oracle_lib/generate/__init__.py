"""01: fills a campaign with verified samples, and writes corpora for tiny bases. Splits and trains nothing."""

from oracle_lib.generate.campaign import run_campaign
from oracle_lib.generate.corpus import write_corpus
from oracle_lib.generate.journal import unusable_answers
from oracle_lib.generate.knowledge import knowledge_of_run, knowledge_of_sources
from oracle_lib.generate.plan import plan_targets
from oracle_lib.generate.prices import CampaignPrice, price_campaign
from oracle_lib.generate.stats import CampaignStats

__all__ = [
    "CampaignPrice",
    "CampaignStats",
    "knowledge_of_run",
    "knowledge_of_sources",
    "plan_targets",
    "price_campaign",
    "run_campaign",
    "unusable_answers",
    "write_corpus",
]
