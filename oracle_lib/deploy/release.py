"""Stage 06: registers a trained adapter with the report it earned, and moves the aliases behind the gates. Measures
nothing, and exports to no other format.
"""

from oracle_lib import OracleError, bases, ratings, registry
from oracle_lib.deploy.card import Campaign, Scores, model_card
from oracle_lib.files import atomic_write, outputs, relative
from oracle_lib.gates import Gate, in_words, lost_to_own_form, may_be_champion, with_satisfaction
from oracle_lib.params import Expert, Profile, load_expert, load_profile
from oracle_lib.records import Adapter, Record
from oracle_lib.registry import Version
from oracle_lib.run import Manifest, Stage, stage_folder

CARD = "README.md"


class Release(Record):
    """What became of an adapter: its version, whether it became champion when it was released, and why or why not."""

    noun = "release"
    remedy = "run 06_deploy with force"

    version: Version
    champion: bool
    because: str

    @property
    def card(self) -> str:
        """The model card, in Markdown with Hugging Face's front matter."""
        return (self.version.folder / CARD).read_text(encoding="utf-8")


def release(run: str, expert: str, profile: str, force: bool = False, base: str = "") -> Release:
    """Registers the run's adapter and makes it the candidate, and the champion where it passed every gate measured.

    A gate that was not measured is recorded and stops nothing, but for the lead over the base; with no gate measured at
    all, nothing becomes champion.
    `expert` is any of its names. The base is the adapter's; where `base` names one, it must be that, and if it is a
    folder it is looked for there. Raises `OracleError` where the report is missing, is about another adapter, or was
    made with another profile, and where the base is another or is not here.
    """
    return _release(run, load_expert(expert), load_profile(profile), force, base)


def _release(run: str, expert: Expert, profile: Profile, force: bool, base: str) -> Release:
    train, evaluate = (stage_folder(run, expert.name, name) for name in ("train", "evaluate"))
    adapter = Adapter.read(train / "adapter.json")
    bases.require_chosen(base, expert, adapter.base)
    report, campaign = evaluate / "report.json", stage_folder(run, expert.name, "generate") / "stats.json"
    with Stage(
        run,
        expert.name,
        "deploy",
        inputs=[train / "adapter.json", adapter.folder, report, *([campaign] if campaign.exists() else [])],
        parameters={"profile": profile.name, "names": list(expert.names), "training": profile.training.model_dump()},
        module=__name__,
        force=force,
    ) as stage:
        released = stage.folder / "release.json"
        if not stage.is_current:
            scores = Scores.read(report)
            if (scores.lineage.get("adapter"), scores.profile) != (adapter.sha256, profile.name):
                raise OracleError(
                    f"{relative(report)} is about another adapter or profile than {adapter.path} and {profile.name}; "
                    "run 05_evaluate again"
                )
            trained = Manifest.read(train / "manifest.json").finished.date()
            taught_by = Campaign.read(campaign).taught_by if campaign.exists() else None
            version = registry.register(adapter, report, scores.gates, trained, taught_by)
            teacher = registry.load(taught_by) if taught_by else None
            atomic_write(version.folder / CARD, model_card(version, scores, expert, profile, teacher))
            gates = _rated(version.gates, version.adapter)
            because, champion = _because(scores, gates), may_be_champion(gates)
            registry.move("candidate", version.name, f"released from run {run}")
            if champion:
                registry.move("champion", version.name, because)
            result = Release(version=version, champion=champion, because=because)
            result.write(released)
            stage.finish(
                [released, version.folder / "version.json", outputs() / version.adapter.path],
                {"version": version.name, "champion": champion},
            )
    return Release.read(released)


def promote(name: str, why: str) -> Version:
    """Makes a version (or what an expert's name or `<expert>@candidate` means) its expert's champion.

    The blind ratings of it count as they are by now. Raises `OracleError` when a gate failed or none was measured.
    """
    version = registry.resolve(name)
    gates = _rated(version.gates, version.adapter)
    if not may_be_champion(gates):
        because = _because(Scores.read(outputs() / version.report), gates)
        raise OracleError(f"{version.name} can't become champion: {because}; train or evaluate it again")
    return registry.move("champion", version.name, why)


def rollback(expert: str, why: str) -> Version:
    """Gives the champion's place back to the one before. Raises `OracleError` where there was none."""
    name = load_expert(expert).name
    trail = registry.trail(name, "champion")
    if len(trail) < 2:
        raise OracleError(
            f"{name} never had another champion than {trail[0] if trail else 'none'}; promote one instead"
        )
    return registry.move("champion", trail[-2], f"rolled back from {trail[-1]}: {why}")


def _rated(gates: tuple[Gate, ...], adapter: Adapter) -> tuple[Gate, ...]:
    return with_satisfaction(gates, ratings.satisfaction(adapter.sha256).share)


def _because(scores: Scores, gates: tuple[Gate, ...]) -> str:
    """Why a version with these scores and gates may be champion or not: first where its base in its own form wins."""
    lost = lost_to_own_form(scores.plain_base or {})
    said = in_words(gates, scores.benchmark)
    return f"the base in its own form beats it in {lost}; {said}" if lost else said
