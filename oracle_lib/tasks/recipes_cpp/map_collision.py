"""Collision and attribute maps: regions, paths, sight, edges, fits, wind rows, and what an edit does to them."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "maps"
_FOUR = ((0, -1), (-1, 0), (1, 0), (0, 1))
_EIGHT = tuple((x, y) for y in (-1, 0, 1) for x in (-1, 0, 1) if x or y)


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _grid(r: random.Random, width: int, rows: int, solid: float = 0.35) -> bytes:
    return bytes(r.choice((1, 1, 2)) if r.random() < solid else 0 for _ in range(width * rows))


def _spots(cells: list[int], width: int) -> dict[tuple[int, int], int]:
    return {(i % width, i // width): one for i, one in enumerate(cells)}


def _region(
    open_: set[tuple[int, int]], start: tuple[int, int], ways: tuple[tuple[int, int], ...]
) -> set[tuple[int, int]]:
    found, front = {start}, {start}
    while front:
        front = {(x + dx, y + dy) for x, y in front for dx, dy in ways} & open_ - found
        found |= front
    return found


def number_the_regions(rng: random.Random) -> Made:
    width = rng.choice((4, 6, 8))
    eight = rng.random() < 0.3
    wanted = rng.choice(("count", "largest", "labels"))
    body = cpp(
        """
        std::vector<uint8_t> label(map.size());
        int count = 0, largest = 0;
        for (size_t start = 0; start < map.size(); ++start) {
          if (map[start] != 0 || label[start] != 0) continue;
          label[start] = ++count;
          std::vector<int> queue{int(start)};
          for (size_t at = 0; at < queue.size(); ++at)
            for (int dy = -1; dy <= 1; ++dy)
              for (int dx = -1; dx <= 1; ++dx) {
                const int x = queue[at] % @width + dx, y = queue[at] / @width + dy, to = y * @width + x;
                if (@skipx < 0 || x >= @width || y < 0 || to >= int(map.size())) continue;
                if (map[to] != 0 || label[to] != 0) continue;
                label[to] = count;
                queue.push_back(to);
              }
          largest = std::max<int>(largest, queue.size());
        }
        return @result;
        """,
        width=width,
        skipx="x" if eight else "(dx != 0 && dy != 0) || x",
        result={"count": "count", "largest": "largest", "labels": "label"}[wanted],
    )

    def oracle(cells: list[int]) -> object:
        open_ = {spot for spot, one in _spots(cells, width).items() if one == 0}
        regions: list[set[tuple[int, int]]] = []
        for y, x in sorted((y, x) for x, y in open_):
            if not any((x, y) in one for one in regions):
                regions.append(_region(open_, (x, y), _EIGHT if eight else _FOUR))
        number = {spot: n for n, one in enumerate(regions, 1) for spot in one}
        if wanted == "labels":
            return [number.get(spot, 0) for spot in _spots(cells, width)]
        return len(regions) if wanted == "count" else max(map(len, regions), default=0)

    ways = "eight directions" if eight else "four directions (up, down, left, right)"
    goal = {
        "count": "how many separate floor regions there are",
        "largest": "how many cells the largest floor region has (0 if there is no floor)",
        "labels": "a number for each cell: 0 for walls, and for floor the number of its region, counted from 1 in the order in which their first cells come in the map",
    }[wanted]
    return Made(
        f"{'std::vector<uint8_t>' if wanted == 'labels' else 'int'} @f({BYTES} map)",
        body,
        oracle,
        lambda r: [_grid(r, width, r.randrange(6), 0.45)],
        (
            f"Regions of a collision map ({width} cells a row, 0 = floor, else wall), connected in {ways}: return {goal}.",
            f"connected components of zero cells, width {width}, {ways} -> {goal}",
            f"Write a function that tells whether a map falls apart. `map` has {width} bytes a row, whole rows; 0 is floor and anything else wall. Floor cells belong together if one can walk from one to the other over floor in {ways}; the map doesn't wrap. Return {goal}.",
            f"I want to spot closed-off rooms in my dungeon. From the collision bytes (rows of {width}, 0 walkable) I need {goal}. Steps go in {ways} and not over the edge.",
        ),
    )


def shortest_path(rng: random.Random) -> Made:
    width = rng.choice((4, 6, 8))
    wanted = rng.choice(("steps", "moves"))
    order = rng.choice(("ULRD", "URDL", "DLUR"))
    step = {"U": (0, -1), "D": (0, 1), "L": (-1, 0), "R": (1, 0)}
    dx, dy = (", ".join(str(step[one][i]) for one in order) for i in (0, 1))
    final = (
        "return far[from];"
        if wanted == "steps"
        else f'std::string moves;\nfor (int at = from; far[at] > 0;)\n  for (int i = 0; i < 4; ++i) {{\n    const int x = at % {width} + dx[i], y = at / {width} + dy[i], next = y * {width} + x;\n    if (x < 0 || x >= {width} || y < 0 || next >= int(map.size()) || far[next] != far[at] - 1) continue;\n    moves += "{order}"[i];\n    at = next;\n    break;\n  }}\nreturn moves;'
    )
    body = (
        cpp(
            """
        const int dx[] = {@dx}, dy[] = {@dy};
        std::vector<int> far(map.size(), -1), queue{to};
        far[to] = 0;
        for (size_t n = 0; n < queue.size(); ++n)
          for (int i = 0; i < 4; ++i) {
            const int x = queue[n] % @width + dx[i], y = queue[n] / @width + dy[i], next = y * @width + x;
            if (x < 0 || x >= @width || y < 0 || next >= int(map.size()) || map[next] != 0 || far[next] >= 0) continue;
            far[next] = far[queue[n]] + 1;
            queue.push_back(next);
          }
        """,
            dx=dx,
            dy=dy,
            width=width,
        )
        + f"\n{final}"
    )

    def oracle(cells: list[int], start: int, to: int) -> object:
        open_ = {i for i, one in enumerate(cells) if one == 0} | {start, to}
        if max(start, to) >= len(cells) or cells[start] or cells[to]:
            raise ValueError("in a wall")

        def moves(at: int) -> list[tuple[str, int]]:
            out = []
            for letter in order:
                x, y = at % width + step[letter][0], at // width + step[letter][1]
                if 0 <= x < width and y * width + x in open_:
                    out.append((letter, y * width + x))
            return out

        levels = [{to}]
        while start not in levels[-1]:
            seen = set().union(*levels)
            front = {there for at in levels[-1] for _, there in moves(at)} - seen
            if not front:
                return -1 if wanted == "steps" else ""
            levels.append(front)
        path = ""
        for level in levels[-2::-1]:
            letter, start = next(((k, t) for k, t in moves(start) if t in level), ("", start))
            path += letter
        return len(path) if wanted == "steps" else path

    def given(r: random.Random) -> list[object]:
        cells = bytearray(_grid(r, width, r.randrange(2, 6), 0.3))
        start, to = r.randrange(len(cells)), r.randrange(len(cells))
        cells[start] = cells[to] = 0
        return [bytes(cells), start, to]

    names = {"U": "up", "D": "down", "L": "left", "R": "right"}
    goal = (
        "how many steps the shortest way from cell `from` to cell `to` has, -1 if there is none"
        if wanted == "steps"
        else f"the moves of a shortest way from cell `from` to cell `to` as letters U, D, L, R (empty if there is none); wherever several moves lie on a shortest way, the earliest of {', '.join(names[one] for one in order)} is taken"
    )
    return Made(
        f"{'int' if wanted == 'steps' else 'std::string'} @f({BYTES} map, int from, int to)",
        body,
        oracle,
        given,
        (
            f"Pathfinding on a collision map {width} cells wide (0 = free): return {goal}. Four directions, no wrapping; cells are indices into the map.",
            f"BFS, width {width}, map[i] == 0 walkable, 4 neighbours -> {goal}",
            f"Write a function that finds a way for a character. The map has {width} bytes a row (whole rows), 0 is walkable. `from` and `to` are indices of walkable cells; a step goes up, down, left or right to a walkable cell and not beyond the edge. Return {goal}.",
            f"Is the switch reachable from the entrance, and how? Cells are numbered along rows of {width}, those with 0 are free (start and target always are). I'd like {goal}. Diagonal steps aren't allowed.",
        ),
    )


def line_of_sight(rng: random.Random) -> Made:
    width = rng.choice((6, 8))
    wanted = rng.choice(("sees", "first"))
    walls = rng.choice((0x80, 0x01))
    solid = "map[y * {w} + x] & 0x80" if walls == 0x80 else "map[y * {w} + x] != 0"
    body = cpp(
        """
        const int dx = (toX > fromX) - (toX < fromX), dy = (toY > fromY) - (toY < fromY);
        @guard
        for (int x = fromX + dx, y = fromY + dy; x != toX || y != toY; x += dx, y += dy)
          if (@solid) return @hit;
        return @free;
        """,
        guard=f"if (fromX != toX && fromY != toY) return {'false' if wanted == 'sees' else '-2'};\nif (fromX == toX && fromY == toY) return {'true' if wanted == 'sees' else '-1'};",
        solid=solid.format(w=width),
        hit="false" if wanted == "sees" else f"y * {width} + x",
        free="true" if wanted == "sees" else "-1",
    )

    def oracle(cells: list[int], ax: int, ay: int, bx: int, by: int) -> object:
        if ax != bx and ay != by:
            return False if wanted == "sees" else -2
        between = [(x, y) for x in range(min(ax, bx), max(ax, bx) + 1) for y in range(min(ay, by), max(ay, by) + 1)]
        between = [one for one in between if one not in ((ax, ay), (bx, by))]
        if (ax, ay) > (bx, by):
            between.reverse()
        hits = [
            y * width + x
            for x, y in between
            if (cells[y * width + x] > 0x7F if walls == 0x80 else cells[y * width + x])
        ]
        return not hits if wanted == "sees" else (hits[0] if hits else -1)

    def given(r: random.Random) -> list[object]:
        rows = r.randrange(2, 6)
        cells = bytes(r.choice((0x80, 0xC1)) if walls == 0x80 and one else one for one in _grid(r, width, rows, 0.18))
        a, b = [r.randrange(width), r.randrange(rows)], [r.randrange(width), r.randrange(rows)]
        if r.random() < 0.8:
            axis = r.randrange(2)
            b[axis] = a[axis]
        return [cells, *a, *b]

    rule = "bit 7 is set" if walls == 0x80 else "the byte is not 0"
    goal = (
        "whether the two cells see each other: they are in one row or column and no cell between them is a wall"
        if wanted == "sees"
        else "the index of the first wall between the two cells, seen from the first one; -1 if there is none, -2 if they are neither in one row nor in one column"
    )
    return Made(
        f"{'bool' if wanted == 'sees' else 'int'} @f({BYTES} map, int fromX, int fromY, int toX, int toY)",
        body,
        oracle,
        given,
        (
            f"Guard's sight on a grid {width} cells wide: {goal}. A cell is a wall if {rule}; the two cells themselves don't matter.",
            f"straight line of sight, {width} per row, wall: {rule} -> {goal}",
            f"Write a function that lets an enemy look along rows and columns. The map has {width} bytes a row; a cell is a wall if {rule}. Both positions are on the map and may be the same. Return {goal}. Whether the two end cells are walls plays no part.",
            f"Does the turret hit the player at (toX, toY) from (fromX, fromY)? I need {goal}. `map` is row by row, {width} cells each; walls are cells where {rule}. Only cells strictly between the two count.",
        ),
    )


def box_fits(rng: random.Random) -> Made:
    width = rng.choice((6, 8))
    wanted = rng.choice(("fits", "first", "all"))
    outside = rng.choice(("solid", "free")) if wanted == "fits" else "solid"
    check = cpp(
        """
        auto fits = [&](int left, int top) {
          for (int y = top; y < top + h; ++y)
            for (int x = left; x < left + w; ++x) {
              if (x < 0 || x >= @width || y < 0 || y >= height) @out;
              if (map[y * @width + x] != 0) return false;
            }
          return true;
        };
        """,
        width=width,
        out="return false" if outside == "solid" else "continue",
    )
    final = {
        "fits": "return fits(left, top);",
        "first": f"for (int y = 0; y < height; ++y)\n  for (int x = 0; x < {width}; ++x)\n    if (fits(x, y)) return y * {width} + x;\nreturn -1;",
        "all": f"int count = 0;\nfor (int y = 0; y < height; ++y)\n  for (int x = 0; x < {width}; ++x) count += fits(x, y);\nreturn count;",
    }[wanted]
    body = f"const int height = map.size() / {width};\n{check}\n{final}"

    def oracle(cells: list[int], *more: int) -> object:
        spots = _spots(cells, width)
        w, h = more[-2:]
        beyond = 1 if outside == "solid" else 0

        def fits(left: int, top: int) -> bool:
            return not any(spots.get((left + i, top + k), beyond) for i in range(w) for k in range(h))

        if wanted == "fits":
            return fits(*more[:2])
        good = [y * width + x for x, y in spots if fits(x, y)]
        return len(good) if wanted == "all" else min(good, default=-1)

    def given(r: random.Random) -> list[object]:
        rows = r.randrange(1, 6)
        more = [r.randrange(-1, width), r.randrange(-1, rows + 1)] if wanted == "fits" else []
        return [_grid(r, width, rows, 0.22), *more, r.randrange(1, 4), r.randrange(1, 3)]

    edge = "cells beyond the map count as " + ("blocked" if outside == "solid" else "free")
    goal = {
        "fits": f"whether a box of w x h cells with its upper left cell at (left, top) covers no blocked cell; {edge}",
        "first": "the index of the first cell, in reading order, at which a box of w x h cells can have its upper left corner, wholly on the map and on free cells; -1 if it fits nowhere",
        "all": "at how many places a box of w x h cells fits, wholly on the map and on free cells only",
    }[wanted]
    return Made(
        f"{'bool' if wanted == 'fits' else 'int'} @f({BYTES} map{', int left, int top' if wanted == 'fits' else ''}, int w, int h)",
        body,
        oracle,
        given,
        (
            f"Collision map {width} cells wide, 0 = free: {goal}.",
            f"placement test, width {width}, nonzero blocked -> {goal}",
            f"Write a function that returns {goal}. The map has {width} bytes a row, whole rows; a cell is free if its byte is 0. w and h are at least 1.",
            f"I want to place a big block in a room without hitting anything: tell me {goal}. Rows of {width} bytes, 0 means nothing is there; the box has one cell at least.",
        ),
    )


def outline_cells(rng: random.Random) -> Made:
    width = rng.choice((4, 6, 8))
    wanted = rng.choice(("edge", "inner", "perimeter"))
    border = rng.random() < 0.5
    out = "true" if border else "false"
    test = f"(x < 0 || x >= {width} || y < 0 || y >= height) ? {out} : map[y * {width} + x] == 0"
    body = cpp(
        """
        const int height = map.size() / @width, dx[] = {0, -1, 1, 0}, dy[] = {-1, 0, 0, 1};
        @head
        for (int at = 0; at < int(map.size()); ++at) {
          int open = 0;
          for (int i = 0; i < 4; ++i) {
            const int x = at % @width + dx[i], y = at / @width + dy[i];
            if (@test) ++open;
          }
          if (map[at] != 0@cond) @step
        }
        return result;
        """,
        width=width,
        head="int result = 0;" if wanted == "perimeter" else "std::vector<int> result;",
        test=test,
        cond={"edge": " && open > 0", "inner": " && open == 0", "perimeter": ""}[wanted],
        step="result += open;" if wanted == "perimeter" else "result.push_back(at);",
    )

    def oracle(cells: list[int]) -> object:
        spots = _spots(cells, width)
        beyond = 0 if border else 1
        opens = {
            (x, y): [spots.get((x + dx, y + dy), beyond) for dx, dy in _FOUR].count(0)
            for (x, y), one in spots.items()
            if one
        }
        if wanted == "perimeter":
            return sum(opens.values())
        return [y * width + x for (x, y), one in opens.items() if (one > 0) == (wanted == "edge")]

    edge = "beyond the map everything is open" if border else "beyond the map everything is solid"
    goal = {
        "edge": "the indices of the solid cells that touch an open one (up, down, left or right), ascending",
        "inner": "the indices of the solid cells all of whose four neighbours are solid, ascending",
        "perimeter": "the length of the outline: how many sides of solid cells face an open cell (up, down, left, right)",
    }[wanted]
    return Made(
        f"{'int' if wanted == 'perimeter' else 'std::vector<int>'} @f({BYTES} map)",
        body,
        oracle,
        lambda r: [_grid(r, width, r.randrange(6), 0.7)],
        (
            f"{goal[0].upper() + goal[1:]}: that's what I need from a map of {width} cells a row (0 = open, else solid); {edge}.",
            f"map width {width}, nonzero solid: {goal}; {edge}",
            f"Write a function for drawing the edges of walls. `map` has {width} bytes a row, whole rows; 0 is open and everything else solid, and {edge}. Return {goal}.",
            f"My editor highlights where walls begin. I want {goal}. The collision map has rows of {width} bytes with 0 for open cells; {edge}.",
        ),
    )


def slide_until_wall(rng: random.Random) -> Made:
    width = rng.choice((4, 6, 8))
    ice = rng.random() < 0.5
    moves = rng.random() < 0.5
    stop = "map[next] == 1" if ice else "map[next] != 0"
    go_on = "if (map[at] != 2) break;" if ice else ""
    one = cpp(
        """
        while (true) {
          const int x = at % @width + dx, y = at / @width + dy, next = y * @width + x;
          if (x < 0 || x >= @width || y < 0 || next >= int(map.size()) || @stop) break;
          at = next;
          @more
        }
        """,
        width=width,
        stop=stop,
        more=go_on,
    )
    one = "\n".join(line for line in one.split("\n") if line.strip())
    if moves:
        inner = one.replace("\n", "\n  ")
        body = f"for (char move : moves) {{\n  const int dx = (move == 'R') - (move == 'L'), dy = (move == 'D') - (move == 'U');\n  {inner}\n}}\nreturn at;"
    else:
        body = f"{one}\nreturn at;"

    def slide(cells: list[int], at: int, dx: int, dy: int) -> int:
        spots = _spots(cells, width)
        x, y = at % width, at // width
        ray = [(x + dx * i, y + dy * i) for i in range(1, len(cells) + 1)]
        for spot in ray:
            kind = spots.get(spot, 1)
            if kind == 1 or (kind and not ice):
                break
            at = spot[1] * width + spot[0]
            if ice and kind != 2:
                break
        return at

    def oracle(cells: list[int], at: int, *more: object) -> int:
        if at >= len(cells):
            raise ValueError("off the map")
        if not moves:
            return slide(cells, at, int(str(more[0])), int(str(more[1])))
        for letter in str(more[0]):
            at = slide(cells, at, *{"R": (1, 0), "L": (-1, 0), "D": (0, 1), "U": (0, -1)}[letter])
        return at

    def given(r: random.Random) -> list[object]:
        rows = r.randrange(2, 6)
        cells = bytes(r.choice((0, 2, 2, 1)) if ice else int(r.random() < 0.2) for _ in range(width * rows))
        at = r.randrange(width * rows)
        if moves:
            return [cells, at, "".join(r.choice("UDLR") for _ in range(r.randrange(5)))]
        return [cells, at, *r.choice(_FOUR)]

    rule = (
        "a step onto ice (2) goes on in the same direction until a step ends on something else or the next cell is a wall (1) or beyond the map; any other value is plain floor, where each move is one step"
        if ice
        else "it slides until the next cell is blocked (not 0) or beyond the map"
    )
    what = (
        "for every letter of `moves` (U up, D down, L left, R right) one move"
        if moves
        else "one move by (dx, dy), which is a step in one of four directions"
    )
    return Made(
        f"int @f({BYTES} map, int at, {'const std::string& moves' if moves else 'int dx, int dy'})",
        body,
        oracle,
        given,
        (
            f"{'Ice floor' if ice else 'Sliding block'}: from cell index `at` on a map {width} cells wide make {what}; {rule}. Return the cell where it ends.",
            f"slide puzzle, width {width}: {what}; {rule}; -> index at the end (start if it can't move)",
            f"Write a function that simulates {'walking on ice' if ice else 'a block that slides when pushed'}. The map has {width} bytes a row, `at` is the index of the start (what lies there doesn't matter). Do {what}: {rule}. Return the index of the last cell.",
            f"I want to test the {'ice' if ice else 'sliding block'} room of my dungeon in the editor. Cells are numbered along rows of {width}. Start at `at`, then {what}; {rule}. Where does it end?",
        ),
    )


def falling_columns(rng: random.Random) -> Made:
    width = rng.choice((4, 6))
    floor = rng.random() < 0.5
    solid = 1 if floor else None
    if floor:
        body = cpp(
            """
            const int height = map.size() / @width;
            for (int x = 0; x < @width; ++x) {
              int ground = height - 1;
              for (int y = height - 1; y >= 0; --y) {
                const uint8_t cell = map[y * @width + x];
                if (cell == 0) continue;
                if (cell == 1) {
                  ground = y - 1;
                  continue;
                }
                map[y * @width + x] = 0;
                map[ground-- * @width + x] = cell;
              }
            }
            """,
            width=width,
        )
    else:
        body = cpp(
            """
            const int height = map.size() / @width;
            for (int x = 0; x < @width; ++x) {
              int ground = height - 1;
              for (int y = height - 1; y >= 0; --y) {
                const uint8_t cell = map[y * @width + x];
                if (cell == 0) continue;
                map[y * @width + x] = 0;
                map[ground-- * @width + x] = cell;
              }
            }
            """,
            width=width,
        )

    def oracle(cells: list[int]) -> None:
        for x in range(width):
            column = cells[x::width]
            parts: list[list[int]] = [[]]
            for one in column:
                if one == solid:
                    parts.append([])
                else:
                    parts[-1].append(one)
            settled = [sorted(part, key=lambda one: one != 0) for part in parts]
            flat = settled[0]
            for part in settled[1:]:
                flat = [*flat, 1, *part]
            cells[x::width] = flat

    rule = (
        "1 is solid ground that stays where it is, everything else from 2 on falls"
        if floor
        else "everything else falls"
    )
    return Made(
        f"void @f({BUFFER} map)",
        body,
        oracle,
        lambda r: [bytes(r.choice((0, 0, 1, 2, 3)) for _ in range(width * r.randrange(6)))],
        (
            f"Gravity for a block map {width} cells wide, in place: 0 is air, {rule} until it lies on something or at the bottom. Order within a column stays.",
            f"settle(map), width {width}: 0 air; {rule}; stable, per column, in place",
            f"Write a function that lets blocks fall in a puzzle room. The map has {width} bytes a row, the top row first, whole rows. 0 is air; {rule} straight down until the cell below is the bottom edge or taken by something that doesn't fall further. Blocks of a column keep their order. Change the map in place.",
            f"After the floor of my puzzle is edited, blocks should drop at once: 0 is empty, {rule}. Work on each of the {width} columns from the bottom, in place, without changing the order of blocks above each other.",
        ),
    )


def attribute_changes_between(rng: random.Random) -> Made:
    wanted = rng.choice(("table", "conflicts"))
    if wanted == "conflicts":
        body = "std::array<int, 256> first;\nfirst.fill(-1);\nstd::set<int> bad;\nfor (size_t i = 0; i < std::min(tiles.size(), attributes.size()); ++i) {\n  if (first[tiles[i]] < 0) first[tiles[i]] = attributes[i];\n  if (first[tiles[i]] != attributes[i]) bad.insert(tiles[i]);\n}\nreturn std::vector<uint8_t>(bad.begin(), bad.end());"
    else:
        body = "std::vector<uint8_t> table(count, missing);\nfor (size_t i = std::min(tiles.size(), attributes.size()); i-- > 0;)\n  if (tiles[i] < count) table[tiles[i]] = attributes[i];\nreturn table;"

    def oracle(tiles: list[int], attributes: list[int], count: int = 0, missing: int = 0) -> list[int]:
        pairs = list(zip(tiles, attributes, strict=False))
        if wanted == "conflicts":
            return sorted({a for a, b in pairs for c, d in pairs if a == c and b != d})
        return [next((b for a, b in pairs if a == tile), missing) for tile in range(count)]

    def given(r: random.Random) -> list[object]:
        size = r.choice((0, 3, 8, 12))
        tiles = [r.randrange(6) for _ in range(size)]
        attributes = [one % 3 if r.random() < 0.8 else 7 for one in tiles]
        rest = [r.randrange(1, 8), r.choice((0, 0xFF))] if wanted == "table" else []
        return [bytes(tiles) + r.randbytes(r.choice((0, 0, 2))), bytes(attributes), *rest]

    goal = (
        "the tiles that have different attributes at different cells, ascending and each once"
        if wanted == "conflicts"
        else "a table of the attribute of each tile from 0 to count - 1: that of the first cell with the tile, `missing` where no cell has it"
    )
    return Made(
        f"std::vector<uint8_t> @f({BYTES} tiles, {BYTES} attributes{'' if wanted == 'conflicts' else ', size_t count, uint8_t missing'})",
        body,
        oracle,
        given,
        (
            f"Two layers of a map, tiles and collision attributes, a byte per cell: return {goal}. Surplus cells of the longer one are ignored.",
            f"tiles[i] has attributes[i] -> {goal}",
            f"Write a function that finds out how attributes depend on tiles. A map comes as two lists with a byte a cell, the tile and its collision attribute; if they differ in length only the cells that both have count. Return {goal}.",
            f"My game stores collision by cell, but I'd like to store it by tile. From the tile of each cell and its attribute I need {goal}. Stop where the shorter list ends.",
        ),
    )


def grow_or_shrink(rng: random.Random) -> Made:
    width = rng.choice((4, 6, 8))
    grow = rng.random() < 0.5
    ways = rng.choice((_FOUR, _EIGHT))
    count = len(ways)
    dx, dy = (", ".join(str(one[i]) for one in ways) for i in (0, 1))
    body = cpp(
        """
        const int dx[] = {@dx}, dy[] = {@dy}, height = map.size() / @width;
        std::vector<uint8_t> result = map;
        for (int at = 0; at < int(map.size()); ++at)
          for (int i = 0; i < @count; ++i) {
            const int x = at % @width + dx[i], y = at / @width + dy[i];
            if (x < 0 || x >= @width || y < 0 || y >= height) continue;
            @step
          }
        return result;
        """,
        dx=dx,
        dy=dy,
        width=width,
        count=count,
        step=f"if (map[at] == 0 && map[y * {width} + x] == 1) result[at] = 1;"
        if grow
        else f"if (map[at] == 1 && map[y * {width} + x] == 0) result[at] = 0;",
    )

    def oracle(cells: list[int]) -> list[int]:
        spots = _spots(cells, width)
        source, old, new = (1, 0, 1) if grow else (0, 1, 0)
        hit = {(x + a, y + b) for (x, y), one in spots.items() if one == source for a, b in ways}
        return [new if one == old and spot in hit else one for spot, one in spots.items()]

    near = "up, down, left and right" if count == 4 else "the eight cells around it"
    goal = (
        "every empty cell (0) next to a marked one (1) becomes marked"
        if grow
        else "every marked cell (1) next to an empty one (0) becomes empty"
    )
    return Made(
        f"std::vector<uint8_t> @f({BYTES} map)",
        body,
        oracle,
        lambda r: [_grid(r, width, r.randrange(6), 0.3 if grow else 0.8)],
        (
            f"{'Grow' if grow else 'Shrink'} a selection mask by one cell (map {width} wide): {goal}; neighbours are {near}; other values stay. Judge by the map before the change.",
            f"{'dilate' if grow else 'erode'} once, width {width}, neighbours: {near}; {goal}, all at once; values above 1 untouched; nothing beyond the border",
            f'Write a function for "{"grow" if grow else "shrink"} selection". `map` has {width} bytes a row, whole rows. In the result {goal}, where neighbours are {near} on the map (beyond the border there is nothing). All cells change at the same time, so what was changed just now doesn\'t count. Cells with other values remain.',
            f"I want a coast {'one cell wider' if grow else 'one cell narrower'}: {goal}, looking at {near}. Return the new map of {width} columns; only the old values decide, cells that are neither 0 nor 1 stay, and the edge has no neighbours outside.",
        ),
    )


def walkable_with_height(rng: random.Random) -> Made:
    width = rng.choice((4, 6, 8))
    climb, drop = rng.choice(((1, 1), (1, 2), (0, 3), (1, 255)))
    wanted = rng.choice(("count", "can"))
    down = f"map[at] - map[next] > {drop}" if drop < 255 else ""
    test = f"map[next] - map[at] > {climb}" + (f" || {down}" if down else "")
    body = cpp(
        """
        std::vector<bool> seen(map.size());
        std::vector<int> queue{from};
        seen[from] = true;
        for (size_t n = 0; n < queue.size(); ++n) {
          const int at = queue[n];
          for (int step : {-@width, -1, 1, @width}) {
            const int next = at + step;
            if (next < 0 || next >= int(map.size()) || (std::abs(step) == 1 && next / @width != at / @width)) continue;
            if (seen[next] || @test) continue;
            seen[next] = true;
            queue.push_back(next);
          }
        }
        return @result;
        """,
        width=width,
        test=test,
        result="queue.size()" if wanted == "count" else "seen[to]",
    )

    def oracle(heights: list[int], start: int, to: int = 0) -> object:
        spots = _spots(heights, width)
        at = (start % width, start // width)
        if at not in spots or (to % width, to // width) not in spots:
            raise ValueError("off the map")
        found, front = {at}, {at}
        while front:
            more = set()
            for x, y in front:
                for dx, dy in _FOUR:
                    there = spots.get((x + dx, y + dy))
                    if there is not None and -drop <= there - spots[x, y] <= climb:
                        more.add((x + dx, y + dy))
            front = more - found
            found |= front
        return len(found) if wanted == "count" else (to % width, to // width) in found

    def given(r: random.Random) -> list[object]:
        cells = bytes(r.choice((0, 1, 1, 2, 3)) for _ in range(width * r.randrange(1, 6)))
        start = r.randrange(len(cells))
        return [cells, start] if wanted == "count" else [cells, start, r.randrange(len(cells))]

    up = f"may lead up by at most {climb}" if climb else "may not lead up"
    down_said = f"down by at most {drop}" if drop < 255 else "down by any height"
    goal = (
        "how many cells can be reached from cell `from`, itself included"
        if wanted == "count"
        else "whether cell `to` can be reached from cell `from` (a cell reaches itself)"
    )
    return Made(
        f"{'int' if wanted == 'count' else 'bool'} @f({BYTES} map, int from{'' if wanted == 'count' else ', int to'})",
        body,
        oracle,
        given,
        (
            f"Height map {width} cells wide, steps in four directions: a step {up}, {down_said}. Return {goal}; cells are indices.",
            f"heights[], width {width}, 4 neighbours, climb <= {climb}, fall {'<= ' + str(drop) if drop < 255 else 'unlimited'} -> {goal}",
            f"Write a function for a map with cliffs. `map` has the height of each cell, {width} a row, whole rows. A step goes to the cell above, below, left or right (not over the edge); it {up} and {down_said}. Return {goal}. Cells are given by their index.",
            f"My player can hop down ledges but not climb them at will: a step {up} and {down_said}, in four directions. From the height bytes (rows of {width}) tell me {goal}; the indices are valid.",
        ),
    )


def widest_gap_in_row(rng: random.Random) -> Made:
    width = rng.choice((6, 8, 16))
    wanted = rng.choice(("per row", "narrowest", "start"))
    body = cpp(
        """
        @head
        for (size_t row = 0; row + @width <= map.size(); row += @width) {
          int run = 0, best = 0, start = -1;
          for (int x = 0; x < @width; ++x) {
            run = map[row + x] == 0 ? run + 1 : 0;
            if (run > best) {
              best = run;
              start = x - run + 1;
            }
          }
          @step
        }
        return result;
        """,
        head="int result = -1;" if wanted == "narrowest" else "std::vector<int> result;",
        width=width,
        step={
            "per row": "result.push_back(best);",
            "start": "result.push_back(start);",
            "narrowest": "if (result < 0 || best < result) result = best;",
        }[wanted],
    )
    if wanted != "start":
        body = body.replace(", start = -1", "").replace(
            "if (run > best) {\n      best = run;\n      start = x - run + 1;\n    }", "best = std::max(best, run);"
        )

    def oracle(cells: list[int]) -> object:
        lengths, starts = [], []
        for i in range(0, len(cells) - width + 1, width):
            text = "".join("." if one == 0 else "#" for one in cells[i : i + width])
            best = max(map(len, text.split("#")))
            lengths.append(best)
            starts.append(text.index("." * best) if best else -1)
        if wanted == "narrowest":
            return min(lengths, default=-1)
        return lengths if wanted == "per row" else starts

    goal = {
        "per row": "for each row the length of its longest stretch of free cells",
        "start": "for each row the column where its longest stretch of free cells begins (the first of several, -1 if none is free)",
        "narrowest": "the smallest, over all rows, of the length of a row's longest stretch of free cells (-1 without rows)",
    }[wanted]
    return Made(
        f"{'int' if wanted == 'narrowest' else 'std::vector<int>'} @f({BYTES} map)",
        body,
        oracle,
        lambda r: [_grid(r, width, r.randrange(5), 0.3) + bytes(r.choice((0, 0, 3)))],
        (
            f"Passages: {goal}. Map {width} wide, 0 = free, whole rows only.",
            f"rows of {width}, 0 free -> {goal}; ignore a partial last row",
            f"Write a function that tells how wide a vertical corridor is. `map` has {width} bytes a row; 0 is free. Return {goal}. Cells after the last whole row are ignored.",
            f"Will my boss fit through this cave? I need {goal}. The collision map has {width} cells in each row, with 0 for free ones; an incomplete row doesn't count.",
        ),
    )


RECIPES = (
    number_the_regions,
    shortest_path,
    line_of_sight,
    box_fits,
    outline_cells,
    slide_until_wall,
    falling_columns,
    attribute_changes_between,
    grow_or_shrink,
    walkable_with_height,
    widest_gap_in_row,
)
