#!/usr/bin/env python3
"""What each channel and campaign of the made-up shop brought, from its raw files.

    python3 scripts/golden/shop.py FOLDER

Reads the files that shop_files.py wrote and prints JSON: persons, journeys, eight attribution models and
key figures. Nothing of the product's code is used: who is who comes from walking through shared
identifiers, channels from a table written by hand, shares from attribution.py's fractions.
"""

import csv
import json
import re
import sys
from collections import defaultdict
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import attribution
from attribution import NANO, credit_globally, credit_orders, in_order, nanos, removal_effects

ZONE = ZoneInfo("Europe/Berlin")
FROM, TO = "2024-03-01", "2024-10-31"
WINDOW = 30
LIMIT = 100
attribution.PARAMETERS = {"window_days": WINDOW, "half_life_days": 7, "first": "0.4", "last": "0.4"}

CHANNELS = {
    ("google", "cpc"): "Paid Search",
    ("google", "organic"): "Organic Search",
    ("facebook", "paid_social"): "Paid Social",
    ("facebook", "cpc"): "Paid Social",
    ("facebook", "social"): "Organic Social",
    ("letter", "email"): "Email",
    ("(direct)", "(none)"): "Direct",
    ("", ""): "Direct",
    ("blog.example", "referral"): "Referral",
}
PAID = {"Paid Search", "Paid Social"}
SPEND_CHANNELS = {"google": "Paid Search", "facebook": "Paid Social"}


def read(folder, name):
    with open(folder / f"{name}.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def day(moment):
    return moment.astimezone(ZONE).date().isoformat()


def cleaned(campaign):
    return "_".join(re.findall(r"[a-z0-9]+", campaign.lower()))


# Who is who.


def identifiers(row):
    """What a row says about its person; spellings of one address or number are one."""
    return [
        (kind, value)
        for kind, value in [
            ("customer", row.get("customer_id", "")),
            ("contact", row.get("contact_id", "")),
            ("email", row.get("email", "").strip().lower()),
            ("phone", re.sub(r"\D", "", row.get("phone", ""))),
            ("client", row.get("client_id", "")),
        ]
        if value
    ]


def too_common(rows):
    others = defaultdict(set)
    for row in rows:
        own = identifiers(row)
        for one in own:
            others[one].update(other for other in own if other != one)
    return {one for one, found in others.items() if len(found) > LIMIT}


def neighbours_of(orders, deals, rest):
    """Documents and identifiers that belong together, as a graph."""
    graph = defaultdict(set)

    def join(one, other):
        graph[one].add(other)
        graph[other].add(one)

    ignored = too_common([*orders, *deals, *rest])
    documents = [(("order", row["order_id"]), row) for row in orders] + [(("deal", row["deal_id"]), row) for row in deals]
    documents += [(("row", number), row) for number, row in enumerate(rest)]
    for document, row in documents:
        for one in identifiers(row):
            if one not in ignored:
                join(document, one)
    for row in deals:
        if row["order_id"]:
            join(("deal", row["deal_id"]), ("order", row["order_id"]))
    return graph


def persons_of(graph):
    person = {}
    for start in graph:
        if start in person:
            continue
        waiting = [start]
        while waiting:
            node = waiting.pop()
            if node not in person:
                person[node] = start
                waiting.extend(graph[node])
    return person


# What happened.


def campaign_of(row, ids):
    if row["campaign_id"] in ids:
        return cleaned(ids[row["campaign_id"]])
    return cleaned(row["campaign"]) or None


def touches_of(rows, person, ids):
    found = defaultdict(list)
    for number, row in enumerate(rows):
        channel = row["channel"] or CHANNELS[row["source"], row["medium"]]
        one = ("client", row["client_id"])
        found[person.get(("customer", row["customer_id"])) or person.get(one) or one].append(
            {
                "id": f"{number:09d}",
                "moment": instant(row["occurred_at"]),
                "time": round(instant(row["occurred_at"]).timestamp() * 1000),
                "channel": channel,
                "campaign": campaign_of(row, ids),
                "is_direct": channel == "Direct",
            }
        )
    return found


def conversions_of(orders, person):
    refunds = defaultdict(Decimal)
    for row in orders:
        if row["row"] == "refund":
            refunds[row["refund_of"]] += Decimal(row["total"])
    for row in orders:
        if row["row"] == "refund" or row["is_cancelled"] == "true" or Decimal(row["total"]) == 0:
            continue
        net = Decimal(row["total"]) - Decimal(row["tax"]) - Decimal(row["shipping"])
        yield {
            "id": row["order_id"],
            "moment": instant(row["ordered_at"]),
            "time": round(instant(row["ordered_at"]).timestamp() * 1000),
            "revenue": str(net - refunds[row["order_id"]]),
            "person": person["order", row["order_id"]],
        }


def first_orders(conversions):
    firsts = {}
    for order in sorted(conversions, key=lambda order: order["time"]):
        firsts.setdefault(order["person"], order["id"])
    return set(firsts.values())


def in_range(event):
    return FROM <= day(event["moment"]) <= TO


def paths_by(dimension, conversions, touches):
    window = timedelta(days=WINDOW)
    for order in conversions:
        eligible = [t for t in touches[order["person"]] if timedelta(0) <= order["moment"] - t["moment"] <= window]
        yield order, [{**t, "player": t[dimension] or "(not set)"} for t in in_order(eligible)]


def null_paths_by(dimension, conversions, touches):
    last = defaultdict(int)
    for order in conversions:
        last[order["person"]] = max(last[order["person"]], order["time"])
    for person, visits in touches.items():
        left = [t for t in in_order(visits) if in_range(t) and t["time"] > last.get(person, 0)]
        if left:
            yield [{**t, "player": t[dimension] or "(not set)"} for t in left]


def models_of(effects):
    return {
        "first_touch": attribution.only(lambda path: 0),
        "last_touch": attribution.only(lambda path: len(path) - 1),
        "last_non_direct": attribution.only(attribution.last_non_direct_place),
        "linear": attribution.linear,
        "time_decay": attribution.time_decay,
        "position_based": attribution.position_based,
        "markov": attribution.markov(effects),
        "shapley": attribution.shapley,
    }


def sums_of(paths, shares):
    sums = defaultdict(lambda: [0, 0])
    for order, path in paths:
        if not path:
            sums[""][0] += NANO
            sums[""][1] += nanos(order["revenue"])
    for credits in credit_orders(paths, shares).values():
        for credit in credits:
            sums[credit["player"]][0] += int(credit["credit"])
            sums[credit["player"]][1] += int(credit["revenue"])
    return {player: {"conversions": str(c), "revenue": str(r)} for player, (c, r) in sums.items()}


def report(dimension, conversions, touches):
    paths = list(paths_by(dimension, conversions, touches))
    null_paths = list(null_paths_by(dimension, conversions, touches))
    effects = removal_effects([path for _, path in paths], null_paths)
    return {
        "paths": sum(1 for _, path in paths if path),
        "paths_without_conversion": len(null_paths),
        "conversions_without_touch": sum(1 for _, path in paths if not path),
        "models": {name: sums_of(paths, shares) for name, shares in models_of(effects).items()},
        "markov_global": credit_globally(paths, effects),
    }


def key_figures(dimension, conversions, touches, spend, firsts):
    """ROMI and its kin by the last touch that is not direct."""
    rows = defaultdict(lambda: {"revenue": Decimal(0), "orders": 0, "new_customers": 0, "cost": Decimal(0)})
    for order, path in paths_by(dimension, conversions, touches):
        player = path[attribution.last_non_direct_place(path)][dimension] if path else None
        row = rows[player or ""]
        row["revenue"] += Decimal(order["revenue"])
        row["orders"] += 1
        row["new_customers"] += order["id"] in firsts
    for cost in spend:
        if FROM <= cost["date"] <= TO:
            value = SPEND_CHANNELS[cost["source"]] if dimension == "channel" else cleaned(cost["campaign"])
            rows[value]["cost"] += Decimal(cost["cost"])
    return {player: {name: str(value) for name, value in row.items()} for player, row in rows.items()}


def main():
    folder = Path(sys.argv[1])
    files = {name: read(folder, name) for name in ["touchpoints", "orders", "deals", "customers", "ad_spend"]}
    sales = [row for row in files["orders"] if row["row"] == "sale"]
    person = persons_of(neighbours_of(sales, files["deals"], [*files["customers"], *files["touchpoints"]]))
    ids = {row["campaign_id"]: row["campaign"] for row in files["ad_spend"]}
    touches = touches_of(files["touchpoints"], person, ids)
    everything = list(conversions_of(files["orders"], person))
    conversions = [order for order in everything if in_range(order)]
    firsts = first_orders(everything)
    print(
        json.dumps(
            {
                "range": {"from": FROM, "to": TO},
                "totals": {
                    "orders": len(conversions),
                    "revenue": str(sum(Decimal(order["revenue"]) for order in conversions)),
                    "customers": len({order["person"] for order in conversions}),
                    "new_customers": sum(order["id"] in firsts for order in conversions),
                },
                "channel": report("channel", conversions, touches),
                "campaign": report("campaign", conversions, touches),
                "kpi": {
                    dimension: key_figures(dimension, conversions, touches, files["ad_spend"], firsts)
                    for dimension in ["channel", "campaign"]
                },
            },
            ensure_ascii=False,
        )
    )


if __name__ == "__main__":
    main()
