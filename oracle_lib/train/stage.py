"""04: trains an expert's adapter in a run, from the data set that its machine received. Decides when to resume."""

import hashlib
from dataclasses import asdict
from pathlib import Path

from pydantic import JsonValue

from oracle_lib import OracleError, bases, params
from oracle_lib.bases import base_digest, is_ours
from oracle_lib.files import outputs, relative, remove, sha256
from oracle_lib.params import Expert, Machine, Profile, Training
from oracle_lib.processor import require_processor, say_how_long
from oracle_lib.records import Adapter, DatasetRow, Receipt, to_jsonl
from oracle_lib.run import Stage, differences, stage_folder
from oracle_lib.train import budget, checkpoints
from oracle_lib.train.base import Recipe, ensure_base
from oracle_lib.train.checkpoints import Checkpoint
from oracle_lib.train.data import read_rows, token_counts
from oracle_lib.train.journal import METRICS
from oracle_lib.train.launch import Job


def train(
    run: str,
    expert: str,
    profile: str,
    machine: str,
    epochs: int | None = None,
    resume: bool = True,
    force: bool = False,
    base: str = "",
) -> Adapter:
    """The expert's adapter for this run, trained now unless it is already.

    `epochs` and `base` override the profile's. An interrupted training goes on from its latest valid checkpoint;
    `resume=False` starts it afresh. A change of code alone costs neither a finished adapter nor a checkpoint, nor
    a base that was built for them; `force` builds and trains again.
    Raises `OracleError` when the data set, the base or the settings are not those of the checkpoint,
    when there is no such base, and when it needs a GPU that this machine lacks.
    """
    return _train(
        run,
        params.load_expert(expert),
        params.load_profile(profile).on(base),
        params.load_machine(machine),
        epochs,
        resume,
        force,
    )


def _train(
    run: str,
    expert: Expert,
    profile: Profile,
    machine: Machine,
    epochs: int | None,
    resume: bool,
    force: bool,
) -> Adapter:
    training = profile.training if epochs is None else profile.training.model_copy(update={"epochs": epochs})
    data = dataset_folder(run, expert, machine)
    asked = _asked(expert, training, data)
    base = prepare_base(expert, profile, machine, force)
    trained_on: dict[str, JsonValue] = {
        "base": base,
        "base_sha256": base_digest(base),
        "dataset_sha256": sha256(data),
        "seed": profile.seed,
        "checkpoint_layout": checkpoints.LAYOUT,
        "asked_sha256": hashlib.sha256(to_jsonl(asked).encode()).hexdigest() if asked else None,
        **training.model_dump(exclude={"tensorboard", "checkpoint_steps"}),
    }
    receipt = stage_folder(run, expert.name, "transfer") / "receipt.json"
    with Stage(
        run,
        expert.name,
        "train",
        inputs=[receipt],
        parameters=trained_on,
        module=__name__,
        force=force,
        outlives_code=True,
    ) as stage:
        if not stage.is_current:
            require_room(base, training, machine)
            kept = checkpoint_folder(run, expert, machine)
            found = resume_point(kept, trained_on, afresh=force or not resume)
            if found is None:  # what an earlier training finished ends here, or one that is killed now would look so
                for name in ("manifest.json", "adapter.json"):
                    (stage.folder / name).unlink(missing_ok=True)
            job = Job(
                base=base,
                data=data,
                training=training,
                seed=profile.seed,
                folder=stage.folder,
                checkpoint_folder=kept,
                trained_on=trained_on,
                resumes=found is not None,
                memory_cap=machine.card.cap if machine.card else None,
                asked=asked,
            )
            counts = token_counts(job.rows("train"))
            say_how_long(base, f"training on {counts.rows:,} rows", counts.tokens * training.epochs)
            shown = job.run_on(machine.gpus)
            adapter = Adapter(
                expert=expert.name,
                run=run,
                base=base,
                base_sha256=str(trained_on["base_sha256"]),
                path=relative(stage.folder / "adapter"),
                sha256=sha256(stage.folder / "adapter"),
                rows=counts.rows,
                epochs=training.epochs,
                steps=shown.steps,
                train_loss=shown.train_loss,
                val_loss=shown.val_loss,
                dataset_sha256=str(trained_on["dataset_sha256"]),
            )
            made = [
                stage.folder / "adapter",
                stage.folder / METRICS,
                adapter.write(stage.folder / "adapter.json"),
            ]
            stage.finish(made, metrics={**shown.model_dump(), **asdict(counts)})
    return Adapter.read(stage_folder(run, expert.name, "train") / "adapter.json")


def _asked(expert: Expert, training: Training, data: Path) -> tuple[DatasetRow, ...]:
    """The problems by which the adapter is chosen, if any; none of their families may be in the training set."""
    if not training.validation_seconds:
        return ()
    from oracle_lib.train.validation import refuse_taught, validation_rows

    refuse_taught(read_rows(data / "train.jsonl"))
    return tuple(validation_rows(expert))


def dataset_folder(run: str, expert: Expert, machine: Machine) -> Path:
    """Where the machine keeps the data set it received. Raises `OracleError` where it is missing or not as received."""
    receipt = Receipt.read(stage_folder(run, expert.name, "transfer") / "receipt.json")
    if receipt.machine != machine.name:
        raise OracleError(f"the data set was sent to {receipt.machine}, not to {machine.name}; run 03_transfer for it")
    folder = outputs() / receipt.destination
    for name, digest in receipt.files.items():
        if not (folder / name).exists() or sha256(folder / name) != digest:
            raise OracleError(
                f"{receipt.destination}/{name} is not what was sent to {machine.name}; run 03_transfer again"
            )
    return folder


def prepare_base(expert: Expert, profile: Profile, machine: Machine, force: bool = False) -> str:
    """The reference of the base to train on, which is built now if it is to be and is not yet, or `force` says so.

    Raises `OracleError` where there is no such base, and for one that is too large for a machine without a GPU.
    """
    base = bases.choose(profile.base, expert)
    if base == "built":
        return ensure_base(outputs() / "base" / "corpus.jsonl", Recipe(seed=profile.seed), force)
    require_processor(base, "to be trained")
    return base


def require_room(base: str, training: Training, machine: Machine) -> None:
    """Raises `OracleError` for a base whose training is predicted not to fit on this machine's card, and names the
    models with which an Ollama here fills it. A base of ours always fits, and without a card there is nothing to fill.
    """
    import torch

    if is_ours(base) or not torch.cuda.is_available():
        return
    shape = budget.shape_of(base)
    held = budget.models_in_ollama(machine.ollama)
    names = ", ".join(f"{name} ({size:.1f} GiB)" for name, size in held.items())
    if held:
        print(f"Ollama holds part of this card: {names}; free it with: ollama stop {next(iter(held))}")
    free = torch.cuda.mem_get_info()[0] / 2**30
    room = min(free, machine.card.cap if machine.card else free)
    needed = budget.predict(shape, training.rank, training.batch_size * training.max_length).peak if shape else 0.0
    if needed > room:
        because = f", because Ollama holds {names}" if held else ""
        raise OracleError(f"{budget.does_not_fit(base, room, training)} ({needed:.1f} are needed{because})")


def checkpoint_folder(run: str, expert: Expert, machine: Machine) -> Path:
    """Where the machine wants its checkpoints, else inside the run."""
    if machine.checkpoints is None:
        return stage_folder(run, expert.name, "train") / "checkpoints"
    return outputs() / machine.checkpoints / run / expert.name


def resume_point(folder: Path, trained_on: dict[str, JsonValue], afresh: bool) -> Checkpoint | None:
    """The checkpoint to go on from, if any; clears the folder when the training starts afresh.

    A training that reached its last step has nothing to lose: what it was trained on may change. Where nothing of that
    did, its results are made again from its last checkpoint.
    """
    found = None if afresh else checkpoints.latest(folder)
    if found is not None and found.seal.step < found.seal.steps:
        checkpoints.refuse_if_changed(found, trained_on)
    if found is None or differences(found.seal.trained_on, trained_on):
        for old in folder.glob("*"):  # not the folder, which may be a link to another disk
            remove(old)
        return None
    print(f"resuming from {found.path.name} of {found.seal.steps} steps")
    return found
