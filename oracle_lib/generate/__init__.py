"""01: fills a campaign with verified samples, and writes corpora for tiny bases. Splits and trains nothing."""

from oracle_lib.generate.campaign import run_campaign
from oracle_lib.generate.corpus import write_corpus
from oracle_lib.generate.plan import plan_targets
from oracle_lib.generate.stats import CampaignStats

__all__ = ["CampaignStats", "plan_targets", "run_campaign", "write_corpus"]
