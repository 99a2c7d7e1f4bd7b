"""Borders on maps: tiles chosen by their neighbours or corners, frames, repeating patterns, lonely tiles."""

import random
from itertools import pairwise

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "maps"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _grid(r: random.Random, width: int, rows: int, kinds: int = 2) -> bytes:
    return bytes(r.randrange(kinds) for _ in range(width * rows))


def tiles_from_corners(rng: random.Random) -> Made:
    width = rng.choice((4, 5, 8))
    names = ["upper left", "upper right", "lower left", "lower right"]
    order = rng.sample(range(4), 4)
    terms = " | ".join(
        f"(corners[{f'at + {(i // 2) * width + i % 2}' if i else 'at'}] != 0) << {bit}" for bit, i in enumerate(order)
    )
    body = cpp(
        """
        std::vector<uint8_t> tiles;
        for (size_t y = 0; (y + 2) * @width <= corners.size(); ++y)
          for (size_t x = 0; x + 1 < @width; ++x) {
            const size_t at = y * @width + x;
            tiles.push_back(table[@terms]);
          }
        return tiles;
        """,
        width=width,
        terms=terms,
    )

    def oracle(corners: list[int], table: list[int]) -> list[int]:
        rows = [corners[i : i + width] for i in range(0, len(corners), width)]
        out = []
        for upper, lower in pairwise(rows):
            for x in range(width - 1):
                square = [*upper[x : x + 2], *lower[x : x + 2]]
                out.append(table[sum(2**bit for bit, i in enumerate(order) if square[i])])
        return out

    bits = ", ".join(f"{1 << bit} {names[i]}" for bit, i in enumerate(order))
    return Made(
        f"std::vector<uint8_t> @f({BYTES} corners, const std::array<uint8_t, 16>& table)",
        body,
        oracle,
        lambda r: [_grid(r, width, r.randrange(5)), r.randbytes(16)],
        (
            f"Autotiling by corners: a grid of corner points ({width} a row, not 0 = land) gives a map of {width - 1} tiles a row, each table[sum of its corners: {bits}].",
            f"corner grid (width {width}) -> tiles between the points, tile = table[{bits}], row by row",
            f"Write a function that draws coasts with 16 tiles. `corners` has {width} points a row, whole rows; a value other than 0 means land. Between four neighbouring points lies a tile, so there are {width - 1} in each row and one row of tiles less than rows of points. Its index in `table` adds up the corners that are land: {bits}. Return the tiles row by row (none for fewer than two rows).",
            f"My terrain brush paints on the corners of tiles. For every 2x2 square of corner points I choose the tile: add {bits} for those that aren't 0 and look it up in the table. Rows of points have {width} entries; please return all tiles, left to right and top to bottom.",
        ),
    )


def fix_lonely_cells(rng: random.Random) -> Made:
    width = rng.choice((4, 6, 8))
    need = rng.choice((3, 4))
    body = cpp(
        """
        const std::vector<uint8_t> old = map;
        const int height = map.size() / @width, dx[] = {0, -1, 1, 0}, dy[] = {-1, 0, 0, 1};
        int changed = 0;
        for (int at = 0; at < int(map.size()); ++at) {
          std::map<uint8_t, int> votes;
          for (int i = 0; i < 4; ++i) {
            const int x = at % @width + dx[i], y = at / @width + dy[i];
            if (x >= 0 && x < @width && y >= 0 && y < height) ++votes[old[y * @width + x]];
          }
          for (const auto& [tile, count] : votes)
            if (count >= @need && tile != old[at]) {
              map[at] = tile;
              ++changed;
            }
        }
        return changed;
        """,
        width=width,
        need=need,
    )

    def oracle(cells: list[int]) -> int:
        spots = {(i % width, i // width): one for i, one in enumerate(cells)}
        new = []
        for (x, y), one in spots.items():
            around = [spots.get(spot, -1) for spot in ((x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1))]
            winners = [tile for tile in set(around) - {-1} if around.count(tile) >= need]
            new.append(winners[0] if winners else one)
        changed = sum(a != b for a, b in zip(cells, new, strict=True))
        cells[:] = new
        return changed

    def given(r: random.Random) -> list[object]:
        cells = bytearray([1] * (width * r.randrange(5)))
        for i in range(len(cells)):
            if r.random() < 0.25:
                cells[i] = r.randrange(4)
        return [bytes(cells)]

    many = "all" if need == 4 else "at least three"
    return Made(
        f"int @f({BUFFER} map)",
        body,
        oracle,
        given,
        (
            f"Despeckle a map {width} cells wide: a cell with {many} of its neighbours up, down, left, right being one same other tile becomes that tile. All at once, in place; return how many changed. Nothing counts beyond the border.",
            f"for each cell: {many} of the 4 neighbours equal to t != cell -> t (judged by the old map, width {width}, off-map neighbours are no votes); returns the number of changes",
            f"Write a function that removes stray tiles. `map` has {width} bytes a row, whole rows. If {many} of the four neighbours of a cell (up, down, left, right) are equal to each other but not to the cell, the cell becomes like them. Neighbours beyond the edge don't exist. Decide everything by the map as it was, change it in place and return the number of changed cells.",
            f"Users leave single wrong tiles behind when painting. Replace a cell where {many} of the four cells around it have the same other value, by that value. The rows have {width} cells, there's nothing outside, and changes made in this pass must not influence others. How many cells were replaced?",
        ),
    )


def repeat_length(rng: random.Random) -> Made:
    wanted = rng.choice(("period", "whole"))
    test = "i < cells.size()"
    extra = "  if (cells.size() % period) continue;\n" if wanted == "whole" else ""
    body = f"for (size_t period = 1; period < cells.size(); ++period) {{\n{extra}  bool same = true;\n  for (size_t i = period; {test}; ++i) same = same && cells[i] == cells[i - period];\n  if (same) return period;\n}}\nreturn cells.size();"

    def oracle(cells: list[int]) -> int:
        size = len(cells)
        sizes = list(range(1, size + 1))
        if wanted == "whole":
            sizes = [one for one in sizes if size % one == 0]
        return next((p for p in sizes if (cells[:p] * size)[:size] == cells), 0)

    def given(r: random.Random) -> list[object]:
        part = [r.randrange(2) for _ in range(r.randrange(1, 5))]
        size = r.choice((0, 1, len(part) * r.randrange(1, 4), r.randrange(2, 13)))
        cells = (part * 13)[:size]
        if cells and r.random() < 0.25:
            cells[r.randrange(size)] ^= 1
        return [bytes(cells)]

    rule = (
        "repeated a whole number of times gives the row"
        if wanted == "whole"
        else "repeated again and again gives the row (the last repetition may be cut off)"
    )
    return Made(
        f"size_t @f({BYTES} cells)",
        body,
        oracle,
        given,
        (
            f"Find the pattern of a row of tiles: length of the shortest beginning that {rule}; an empty row gives 0.",
            f"smallest period p of cells: its first p cells {rule}; p = size if nothing shorter works, 0 if empty",
            f"Write a function that recognises wallpaper. For a row of tiles, a byte each, return the length of the shortest piece from its beginning that {rule}. That is the whole length if there is no shorter one, and 0 for no cells.",
            f"My compressor stores a repeating row as one piece. How long is the shortest piece at the start of `cells` that {rule}? Without repetition it's all of them (0 for an empty row).",
        ),
    )


def frame_is_closed(rng: random.Random) -> Made:
    width = rng.choice((4, 6, 8))
    wanted = rng.choice(("holes", "close"))
    edge = f"x == 0 || x == {width - 1} || y == 0 || y == height - 1"
    step = "holes.push_back(at);" if wanted == "holes" else "{\n    map[at] = wall;\n    ++closed;\n  }"
    body = cpp(
        """
        const int height = map.size() / @width;
        @head
        for (int at = 0; at < int(map.size()); ++at) {
          const int x = at % @width, y = at / @width;
          if ((@edge) && map[at] != wall && map[at] != door) @step
        }
        return @result;
        """,
        width=width,
        head="std::vector<int> holes;" if wanted == "holes" else "int closed = 0;",
        edge=edge,
        step=step,
        result="holes" if wanted == "holes" else "closed",
    )

    def oracle(cells: list[int], wall: int, door: int) -> object:
        rows = len(cells) // width
        inner = {y * width + x for y in range(1, rows - 1) for x in range(1, width - 1)}
        bad = [i for i in range(len(cells)) if i not in inner and cells[i] not in (wall, door)]
        if wanted == "holes":
            return bad
        for i in bad:
            cells[i] = wall
        return len(bad)

    def given(r: random.Random) -> list[object]:
        cells = bytearray([1] * (width * r.randrange(5)))
        for i in range(len(cells)):
            if r.random() < 0.25:
                cells[i] = r.randrange(4)
        return [bytes(cells), 1, r.choice((2, 3))]

    goal = (
        "return the indices of the border cells that are neither `wall` nor `door`, ascending"
        if wanted == "holes"
        else "turn the border cells that are neither `wall` nor `door` into `wall`, in place, and return how many there were"
    )
    return Made(
        f"{'std::vector<int>' if wanted == 'holes' else 'int'} @f({BYTES if wanted == 'holes' else BUFFER} map, uint8_t wall, uint8_t door)",
        body,
        oracle,
        given,
        (
            f"Holes in the outer wall of a room {width} cells wide (any number of rows): {goal}.",
            f"room border check, width {width}, first/last row and column: {goal}",
            f"Write a function that keeps players from leaving a room where there is no door. The room has {width} bytes a row, whole rows. Its border consists of the first and the last row and the first and the last column. It should {goal}.",
            f"Is my room closed all around? Cells come row by row, {width} each, and those of the outermost rows and columns must be wall or door: {goal}.",
        ),
    )


RECIPES = (
    tiles_from_corners,
    fix_lonely_cells,
    repeat_length,
    frame_is_closed,
)
