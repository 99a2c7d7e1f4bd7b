"""03: brings a data set to the machine that trains, and a trained adapter back. Looks into no file.

On the machine, its folder serves as `ORACLE_OUTPUTS`: the receipt lies where training looks for it, and training leaves
its results in `runs/<run>/<expert>/train`, from where `pull` takes them.
"""

from pathlib import Path

from oracle_lib import OracleError, params
from oracle_lib.files import outputs, relative, sha256
from oracle_lib.params import Expert, Machine, Profile
from oracle_lib.records import Receipt
from oracle_lib.run import Manifest, Stage, refuse_edited, stage_folder
from oracle_lib.transfer.copying import bring, names_in, refuse_strange, send
from oracle_lib.transfer.ends import connect

_LEFT_BEHIND = ("checkpoints/", ".")
"""What `pull` does not bring: the trainer's state, and files that are hidden."""


def push(run: str, expert: str, profile: str, machine: str, force: bool = False) -> Receipt:
    """Copies the exported data set to the machine and writes `transfer/receipt.json` here and there.

    A file that is there and equal is not sent again, unless `force` is given. Every file is read back and compared, so
    a byte that flipped on the way, or since, is found and mended. Raises `OracleError` where 02 has not run, the
    machine does not answer, or a file still differs after it was sent.
    """
    return _push(run, params.load_expert(expert), params.load_profile(profile), params.load_machine(machine), force)


def _push(run: str, expert: Expert, profile: Profile, machine: Machine, force: bool) -> Receipt:
    export = stage_folder(run, expert.name, "export")
    source = export / expert.dataset_name(profile)
    place = f"{run}/{expert.name}/{source.name}"
    is_here = machine.transport == "local"
    with Stage(
        run,
        expert.name,
        "transfer",
        inputs=[source],
        parameters={"machine": machine.name, "place": f"{machine.folder}/{place}"},
        module=__name__,
        force=force or not is_here,  # what lies on another machine can have changed without a trace here
    ) as stage:
        path = stage.folder / "receipt.json"
        if not stage.is_current:
            refuse_edited(run, expert.name)
            _refuse_if_changed(source, Manifest.read(export / "manifest.json"))
            files = {name: sha256(source / name) for name in names_in(source)}
            with connect(machine) as end:
                copied = send(end, source, place, files, force)
                receipt = Receipt(
                    machine=machine.name,
                    source=relative(source),
                    destination=f"{machine.folder}/{place}" if is_here else place,
                    files=files,
                    bytes=sum((source / name).stat().st_size for name in files),
                    copied=tuple(copied),
                )
                stands = not (copied or force) and _stands(path, receipt)
                if not stands:
                    receipt.write(path)
                send(end, stage.folder, relative(stage.folder), {path.name: sha256(path)}, quiet=True)
            if stands:
                return receipt
            arrived = [outputs() / receipt.destination] if is_here else []
            stage.finish([path, *arrived], {"bytes": receipt.bytes, "copied": len(copied)})
    return Receipt.read(path)


def _stands(path: Path, receipt: Receipt) -> bool:
    """Whether an earlier push to the same place left just this: its manifest stays, and 03 need not run again."""
    try:
        before, manifest = Receipt.read(path), Manifest.read(path.with_name("manifest.json"))
    except OracleError:  # there was none
        return False
    return manifest.intact() and before == receipt.model_copy(update={"copied": before.copied})


def pull(run: str, expert: str, machine: str, force: bool = False) -> Receipt:
    """Brings what was trained on the machine into this run's `train` folder, but for the checkpoints.

    Like `push`, it copies what differs and compares all of it afterwards. On a machine that is this one, training has
    already written here, and nothing is copied. Raises `OracleError` where the training has not finished or its files
    are not those that it finished with.
    """
    return _pull(run, params.load_expert(expert), params.load_machine(machine), force)


def _pull(run: str, expert: Expert, machine: Machine, force: bool) -> Receipt:
    folder = stage_folder(run, expert.name, "train")
    place = relative(folder)
    with connect(machine) as end:
        found: dict[str, str] = end.ask("digests", folder=place)
        refuse_strange(machine.name, found)
        there = {name: digest for name, digest in found.items() if not name.startswith(_LEFT_BEHIND)}
        if there and "manifest.json" not in there:
            raise OracleError(
                f"training {expert.name} has not finished on {machine.name}; wait for it, or resume it there"
            )
        if not there and machine.transport == "ssh":
            raise OracleError(
                f"{machine.name} has nothing in {machine.folder}/{place}; train with: python -m oracle_lib run "
                f"04_train -p expert {expert.name} --on {machine.name}"
            )
        copied = bring(end, place, folder, there, force)
    _refuse_if_changed(folder / "adapter", Manifest.read(folder / "manifest.json"))
    names = there or {name: sha256(folder / name) for name in names_in(folder) if not name.startswith(_LEFT_BEHIND)}
    return Receipt(
        machine=machine.name,
        source=f"{machine.folder}/{place}" if there else place,
        destination=place,
        files=names,
        bytes=sum((folder / name).stat().st_size for name in names),
        copied=tuple(copied),
    )


def require_reachable(machine: Machine) -> None:
    """Raises `OracleError` where the machine does not answer, or this machine cannot ask it."""
    with connect(machine):
        pass


def _refuse_if_changed(path: Path, manifest: Manifest) -> None:
    if manifest.outputs.get(relative(path)) != sha256(path):
        raise OracleError(f"{relative(path)} is not what {manifest.stage} finished with; run {manifest.stage} again")
