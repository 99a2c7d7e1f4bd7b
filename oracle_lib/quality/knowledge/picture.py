"""A picture of a symbol's neighbourhood in the knowledge graph, for notebooks. It computes nothing else."""

from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import networkx as nx
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

if TYPE_CHECKING:
    from oracle_lib.quality.knowledge.graph import Knowledge

_COLOURS = {"calls": "#4c78a8", "reads": "#54a24b", "writes": "#b23b2e", "hooks": "#b279a2"}


def draw_neighbourhood(knowledge: "Knowledge", name: str, most: int = 8) -> Figure:
    """The name in the middle, and around it at most so many uses of each kind, each an arrow from who uses to what is
    used. A name that nothing uses stands alone.
    """
    uses = knowledge.neighbourhood(name, most)
    graph = nx.DiGraph()
    graph.add_node(name)
    own = {name, *(one.name for one in knowledge.symbol(name))}
    for use in uses:
        user, used = (name if end in own else end for end in (use.user, use.used))
        graph.add_edge(user, name if user != name and used != name else used, kind=use.kind)
    figure, axes = plt.subplots(figsize=(9, 4), layout="constrained")
    places = nx.shell_layout(graph, [[name], sorted(set(graph) - {name})])
    colours = [_COLOURS[kind] for _, _, kind in graph.edges(data="kind")]
    nx.draw_networkx_edges(graph, places, ax=axes, edge_color=colours, node_size=900, connectionstyle="arc3,rad=0.06")
    labels = nx.draw_networkx_labels(graph, places, ax=axes, font_size=8)
    for node, label in labels.items():
        label.set_bbox({"boxstyle": "round", "facecolor": "#ffe9a8" if node == name else "white", "linewidth": 0.5})
    present = sorted({use.kind for use in uses})
    axes.legend(handles=[Line2D([], [], color=_COLOURS[kind], label=kind) for kind in present], loc="lower right")
    axes.set_title(f"Who calls, reads, writes and hooks {name}")
    axes.set_axis_off()
    axes.margins(0.15)
    return figure
