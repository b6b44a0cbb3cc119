#!/usr/bin/env python3
"""Eight attribution models over a made-up shop, from the definitions and exact fractions.

    python3 scripts/golden/attribution.py

Prints JSON: persons with their touches and conversions (the same at every run), the parameters, and
what every model credits each touch of each conversion with. Nothing of the product's code is used;
shares are fractions, powers of two have 60 digits, and Markov's removal effects come from taking each
player out of the chain and solving it again.
"""

import json
from collections import defaultdict
from decimal import Decimal, getcontext
from fractions import Fraction

getcontext().prec = 60

DAY = 86_400_000
NANO = 10**9
PLAYERS = ["Paid Search", "Organic Search", "Email", "Paid Social", "Direct", "Referral", "Поиск", None]
PARAMETERS = {
    "window_days": 21,
    "half_life_days": 5,
    "first": "0.35",
    "last": "0.5",
}
FROM, TO = 40 * DAY, 100 * DAY - 1


class Random:
    """A linear congruential generator; its low bits are poor, so they are left out."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (6364136223846793005 * self.state + 1442695040888963407) % 2**64
        return (self.state >> 20) % limit


def make_touch(random, person, number, visits):
    # Every fourth touch comes at the time of an earlier one, so that ids have to decide.
    again = visits and random.below(4) == 0
    time = visits[random.below(len(visits))]["time"] if again else random.below(110 * DAY)
    player = PLAYERS[min(random.below(8), random.below(8))]
    return {
        "id": f"e{random.below(10**6)}-{person}-{number}",
        "time": time,
        "player": player,
        "is_direct": player == "Direct",
    }


def make_conversion(random, person, number, visits):
    time = random.below(110 * DAY)
    # One in three at a touch, or at the far end of its window.
    if visits and random.below(3) == 0:
        edge = random.below(2) * PARAMETERS["window_days"] * DAY
        time = visits[random.below(len(visits))]["time"] + edge
    cents = random.below(50_000) - 2_000
    return {"id": f"o{person}-{number}", "time": time, "revenue": str(Decimal(cents) / 100)}


def make_person(random, person):
    visits = []
    for number in range(random.below(24)):
        visits.append(make_touch(random, person, number, visits))
    count = max(0, random.below(5) - 1)
    orders = [make_conversion(random, person, number, visits) for number in range(count)]
    return {"touches": visits, "conversions": orders}


def in_order(touches):
    return sorted(touches, key=lambda touch: (touch["time"], touch["id"].encode()))


def named(touches):
    return [{**touch, "player": touch["player"] or "(not set)"} for touch in in_order(touches)]


def paths_of(persons):
    """Conversions of the range with their eligible touches."""
    window = PARAMETERS["window_days"] * DAY
    for person in persons:
        for order in person["conversions"]:
            if FROM <= order["time"] <= TO:
                eligible = [t for t in person["touches"] if 0 <= order["time"] - t["time"] <= window]
                yield order, named(eligible)


def null_paths_of(persons):
    """Touches of the range that are after the last conversion of the range."""
    for person in persons:
        times = [o["time"] for o in person["conversions"] if FROM <= o["time"] <= TO]
        left = [t for t in person["touches"] if FROM <= t["time"] <= TO and t["time"] > max(times, default=-1)]
        if left:
            yield named(left)


# Models: the share of each touch of a path.


def only(place):
    return lambda path: [Fraction(index == place(path)) for index in range(len(path))]


def last_non_direct_place(path):
    places = [index for index, touch in enumerate(path) if not touch["is_direct"]]
    return places[-1] if places else len(path) - 1


def linear(path):
    return [Fraction(1, len(path))] * len(path)


def time_decay(path):
    half_life = PARAMETERS["half_life_days"] * DAY
    ages = [path[-1]["time"] - touch["time"] for touch in path]
    weights = [Fraction(Decimal(2) ** (Decimal(-age) / half_life)) for age in ages]
    return [weight / sum(weights) for weight in weights]


def position_based(path):
    first, last = Fraction(PARAMETERS["first"]), Fraction(PARAMETERS["last"])
    if len(path) == 1:
        return [Fraction(1)]
    if len(path) == 2:
        return [first / (first + last), last / (first + last)]
    middle = (1 - first - last) / (len(path) - 2)
    return [first] + [middle] * (len(path) - 2) + [last]


def by_player(path, weight_of):
    """Shares in proportion to the weights of a path's players, evenly over a player's touches."""
    players = [touch["player"] for touch in path]
    total = sum(weight_of(player) for player in set(players))
    return [weight_of(player) / total / players.count(player) for player in players]


def shapley(path):
    return by_player(path, lambda player: Fraction(1))


def solve(matrix, right):
    """Gauss and Jordan, in fractions."""
    size = len(right)
    rows = [row[:] + [value] for row, value in zip(matrix, right)]
    for column in range(size):
        pivot = next(row for row in range(column, size) if rows[row][column])
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for row in range(size):
            if row != column and rows[row][column]:
                factor = rows[row][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column])]
    return [row[-1] for row in rows]


def conversion_rate(moves, without=None):
    """P(start leads to a conversion); whatever leads to the player left out is lost."""
    states = [state for state in moves if state != without]
    matrix, right = [], []
    for state in states:
        total = sum(moves[state].values())
        matrix.append([Fraction(state == to) - Fraction(moves[state][to], total) for to in states])
        right.append(Fraction(moves[state]["conversion"], total))
    return solve(matrix, right)[states.index("start")]


def removal_effects(paths, null_paths):
    moves = defaultdict(lambda: defaultdict(int))
    ends = [(path, "conversion") for path in paths if path] + [(path, "null") for path in null_paths]
    for path, end in ends:
        states = ["start"] + [("player", touch["player"]) for touch in path] + [end]
        for one, following in zip(states, states[1:]):
            moves[one][following] += 1
    whole = conversion_rate(moves)
    players = [state for state in moves if state != "start"]
    return {player[1]: 1 - conversion_rate(moves, player) / whole for player in players}


def markov(effects):
    def shares(path):
        exact = by_player(path, lambda player: effects[player])
        counts = [sum(t["player"] == touch["player"] for t in path) for touch in path]
        # The share of a player is rounded to 12 places before its touches divide it.
        places = 10**12
        return [
            Fraction((share * count * places + Fraction(1, 2)).__floor__(), places * count)
            for share, count in zip(exact, counts)
        ]

    return shares


# From shares to credits and money.


def credits_of(shares):
    """Cut off at 9 places, the remainder on the last touch."""
    credits = [(share * NANO).__floor__() for share in shares]
    credits[-1] += NANO - sum(credits)
    return credits


def divide(amount, weights):
    """Largest remainder; of equal remainders the later part gets the unit."""
    sign = -1 if amount < 0 else 1
    exact = [abs(amount) * Fraction(weight) / sum(weights) for weight in weights]
    parts = [share.__floor__() for share in exact]
    ranked = sorted(range(len(exact)), key=lambda i: (parts[i] - exact[i], -i))
    for place in ranked[: abs(amount) - sum(parts)]:
        parts[place] += 1
    return [sign * part for part in parts]


def nanos(amount):
    return int(Decimal(amount) * NANO)


def credit_orders(paths, shares):
    result = {}
    for order, path in paths:
        if not path:
            result[order["id"]] = []
            continue
        credits = credits_of(shares(path))
        amounts = divide(nanos(order["revenue"]), credits)
        result[order["id"]] = [
            {"touch": touch["id"], "player": touch["player"], "credit": str(credit), "revenue": str(amount)}
            for touch, credit, amount in zip(path, credits, amounts)
        ]
    return result


def credit_globally(paths, effects):
    touched = [order for order, path in paths if path]
    players = sorted(effects, key=lambda player: player.encode())
    weights = [effects[player] for player in players]
    credits = divide(len(touched) * NANO, weights)
    amounts = divide(sum(nanos(order["revenue"]) for order in touched), weights)
    return {
        player: {"conversions": str(credit), "revenue": str(amount)}
        for player, credit, amount in zip(players, credits, amounts)
    }


def main():
    random = Random(2016)
    persons = [make_person(random, number) for number in range(320)]
    paths = list(paths_of(persons))
    null_paths = list(null_paths_of(persons))
    effects = removal_effects([path for _, path in paths], null_paths)
    models = {
        "first_touch": only(lambda path: 0),
        "last_touch": only(lambda path: len(path) - 1),
        "last_non_direct": only(last_non_direct_place),
        "linear": linear,
        "time_decay": time_decay,
        "position_based": position_based,
        "markov": markov(effects),
        "shapley": shapley,
    }
    answer = {
        "parameters": PARAMETERS,
        "range": {"from": FROM, "to": TO},
        "persons": persons,
        "paths": sum(1 for _, path in paths if path),
        "paths_without_conversion": len(null_paths),
        "conversions_without_touch": sum(1 for _, path in paths if not path),
        "removal_effects": {player: float(effect) for player, effect in effects.items()},
        "orders": {model: credit_orders(paths, shares) for model, shares in models.items()},
        "markov_global": credit_globally(paths, effects),
    }
    print(json.dumps(answer, ensure_ascii=False))


if __name__ == "__main__":
    main()
