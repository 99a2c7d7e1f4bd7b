"""The curves under a notebook's cell while it trains: one picture, redrawn in place, and nothing anywhere else."""

import base64
from pathlib import Path

import matplotlib.image
import nbformat
import papermill
import pytest
from matplotlib.figure import Figure
from nbformat.v4 import new_code_cell, new_notebook

from oracle_lib.train.journal import Curve
from oracle_lib.train.live import LiveCurves, plot_loss, plot_speed

TRAINING = """
from oracle_lib.train import live
curves = live.LiveCurves(pause={pause})
lines = []
for step in range(1, 31):
    lines.append(dict(step=step, loss=3 / step, learning_rate=1e-3, tokens_per_second=400.0, utilisation=0.5,
                      seconds_left=30.0 - step))
    curves.update(lines)
{end}
"""
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def outputs(folder: Path, *, pause: float, end: str) -> list[list[nbformat.NotebookNode]]:
    """What the cells show that train for 30 steps, and then look for figures that were left open."""
    cells = [
        new_code_cell("import matplotlib.pyplot as plt"),
        new_code_cell(TRAINING.format(pause=pause, end=end)),
        new_code_cell("print(plt.get_fignums())"),
    ]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": KERNEL}), folder / "live.ipynb")
    done = papermill.execute_notebook(folder / "live.ipynb", folder / "done.ipynb", progress_bar=False)
    return [cell.outputs for cell in done.cells[1:]]


def test_one_picture_is_redrawn_in_place_and_no_figure_stays_open(tmp_path: Path) -> None:
    (shown,), (figures,) = outputs(tmp_path, pause=0, end="curves.finish(lines)")
    assert shown.output_type == "display_data"
    (tmp_path / "shown.png").write_bytes(base64.b64decode(shown.data["image/png"]))
    picture = matplotlib.image.imread(tmp_path / "shown.png")
    assert picture.shape[1] > 2 * picture.shape[0] and picture.min() < 0.5 < picture.max()
    assert figures.text == "[]\n"


def test_it_draws_no_more_often_than_its_pause_but_always_the_end(tmp_path: Path) -> None:
    (place,), _ = outputs(tmp_path, pause=60, end="")
    assert place.data == {"text/plain": ""}
    (shown,), _ = outputs(tmp_path, pause=60, end="curves.finish(lines)")
    assert "image/png" in shown.data


def test_outside_a_notebook_nothing_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    curves = LiveCurves()
    curves.update([])
    curves.finish([])
    assert capsys.readouterr() == ("", "")


def test_the_mean_runs_over_twenty_steps_and_the_right_axis_is_the_utilisation() -> None:
    count = 50
    losses = [float(step % 7) for step in range(count)]
    curve = Curve(
        steps=list(range(1, count + 1)),
        losses=losses,
        learning_rates=[1e-3] * count,
        tokens_per_second=[400.0, 600.0] * (count // 2),
        utilisations=[0.2, 0.3] * (count // 2),
        val_steps=[25, 50],
        val_losses=[2.0, 1.0],
        asked_steps=[50],
        passes=[0.3],
    )
    left, right = Figure().subplots(1, 2)
    plot_loss(left, curve)
    _, mean, validation = left.get_lines()
    assert mean.get_ydata()[0] == losses[0]
    assert mean.get_ydata()[9] == pytest.approx(sum(losses[:10]) / 10)
    assert mean.get_ydata()[-1] == pytest.approx(sum(losses[-20:]) / 20)
    assert list(validation.get_xdata()) == [25, 50] and list(validation.get_ydata()) == [2.0, 1.0]
    (solved,) = next(axes for axes in left.figure.axes if axes not in (left, right)).get_lines()
    assert list(solved.get_xdata()) == [50] and list(solved.get_ydata()) == [30]
    plot_speed(right, curve)
    right.set_ylim(0, 800)
    right.figure.draw_without_rendering()
    (utilisation,) = right.child_axes
    assert utilisation.get_ylim() == pytest.approx((0, 40)), "per cent: 400 tokens a second are 20 %"
