"""Flow of least cost from sending cells over candidates to hamlets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ortools.graph.python import min_cost_flow

from planner.problem import Pair

LARGEST_TOTAL = 1 << 60
"""Costs of a whole flow must stay under this; beyond it the model decides instead."""


def least_cost_flow(
    *,
    supplies: Mapping[str, int],
    homes: Mapping[str, str],
    arcs: Sequence[tuple[str, str, int]],
    demands: Mapping[str, int],
    forced: frozenset[Pair],
) -> frozenset[Pair] | None:
    """Pairs (candidate, hamlet) that meet every demand at the least total cost; `None` when they cannot be met.

    Each candidate goes to one hamlet at most, each source sends at most its supply, `forced` pairs are taken.
    """
    gone, sent = {who for who, _ in forced}, Counter(homes[who] for who, _ in forced)
    come = Counter(where for _, where in forced)
    supplies = {source: supply - sent[source] for source, supply in supplies.items()}
    demands = {hamlet: missing - come[hamlet] for hamlet, missing in demands.items()}
    if min((*supplies.values(), *demands.values(), 0)) < 0:
        return None
    free = {who: source for who, source in homes.items() if who not in gone}
    found = _flow(supplies, free, [arc for arc in arcs if arc[0] not in gone], demands)
    return None if found is None else found | forced


def _flow(
    supplies: Mapping[str, int],
    homes: Mapping[str, str],
    arcs: Sequence[tuple[str, str, int]],
    demands: Mapping[str, int],
) -> frozenset[Pair] | None:
    demand = sum(demands.values())
    dearest = max((cost for _, _, cost in arcs), default=0)
    nodes = 2 + len(supplies) + len(homes) + len(demands)
    # The solver multiplies costs by the number of nodes.
    if max(demand, nodes) * (dearest + 1) >= LARGEST_TOTAL:
        return None
    flow = min_cost_flow.SimpleMinCostFlow()
    number = _numbers(supplies, homes, demands)
    for source, supply in supplies.items():
        flow.add_arc_with_capacity_and_unit_cost(0, number["source", source], supply, 0)
    for candidate, source in homes.items():
        flow.add_arc_with_capacity_and_unit_cost(
            number["source", source], number["candidate", candidate], 1, 0
        )
    taken = {}
    for who, where, cost in arcs:
        ends = number["candidate", who], number["hamlet", where]
        taken[flow.add_arc_with_capacity_and_unit_cost(*ends, 1, cost)] = (who, where)
    for hamlet, missing in demands.items():
        flow.add_arc_with_capacity_and_unit_cost(number["hamlet", hamlet], 1, missing, 0)
    flow.set_node_supply(0, demand)
    flow.set_node_supply(1, -demand)
    if flow.solve() != flow.OPTIMAL:
        return None
    return frozenset(pair for arc, pair in taken.items() if flow.flow(arc))


def _numbers(
    supplies: Mapping[str, int], homes: Mapping[str, str], demands: Mapping[str, int]
) -> dict[tuple[str, str], int]:
    kinds = (("source", supplies), ("candidate", homes), ("hamlet", demands))
    keys = [(kind, name) for kind, names in kinds for name in names]
    return {key: position for position, key in enumerate(keys, start=2)}
