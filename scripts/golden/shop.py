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


# Key figures under a model.


def sales_of(orders, person):
    """Orders that stand, with those that sum to nothing, and each refund beside its order."""
    sales = {}
    for row in orders:
        if row["row"] == "sale" and row["is_cancelled"] != "true":
            tax, shipping, discount = (Decimal(row[name]) for name in ["tax", "shipping", "discount"])
            sales[row["order_id"]] = {
                "id": row["order_id"],
                "moment": instant(row["ordered_at"]),
                "person": person["order", row["order_id"]],
                "is_counted": Decimal(row["total"]) != 0,
                "gross": Decimal(row["total"]) - tax - shipping + discount,
                "discount": discount,
                "tax": tax,
                "shipping": shipping,
                "refunds": [],
            }
    for row in orders:
        if row["row"] == "refund" and row["refund_of"] in sales:
            refund = {"moment": instant(row["ordered_at"]), "amount": Decimal(row["total"])}
            sales[row["refund_of"]]["refunds"].append(refund)
    return list(sales.values())


def entries_of(sale, basis):
    """What of a sale counts in the range: amounts, and whether it is a whole order."""
    known = basis == "order_date"
    if in_range(sale):
        refunded = sum((refund["amount"] for refund in sale["refunds"]), Decimal(0)) if known else Decimal(0)
        yield {**{name: sale[name] for name in ["gross", "discount", "tax", "shipping"]}, "refund": refunded}, sale["is_counted"]
    for refund in sale["refunds"]:
        if not known and in_range(refund):
            yield {**dict.fromkeys(["gross", "discount", "tax", "shipping"], Decimal(0)), "refund": refund["amount"]}, False


def shares_by(model, effects):
    """A path that no order counted for may hold players that nobody knows: they weigh nothing."""
    if model != "markov":
        return models_of(effects)[model]
    known = defaultdict(int, effects)
    exact = attribution.markov(known)
    return lambda path: exact(path) if sum(known[touch["player"]] for touch in path) else attribution.shapley(path)


SUMS = ["gross_sales", "discounts", "refunds", "revenue", "tax", "shipping", "orders", "new_customers"]


def blank():
    return {**dict.fromkeys(SUMS, 0), "persons": set(), "cost": 0}


def add(row, share_of, order, counts, credit, is_first):
    """Adds to a row what one touch is credited with; net sales are divided as one amount."""
    row["gross_sales"] += share_of["gross"]
    row["discounts"] += share_of["discount"]
    row["revenue"] += share_of["net"]
    row["refunds"] += share_of["gross"] - share_of["discount"] - share_of["net"]
    row["tax"] += share_of["tax"]
    row["shipping"] += share_of["shipping"]
    if counts:
        row["orders"] += credit
        row["new_customers"] += credit if is_first else 0
        if credit:
            row["persons"].add(order["person"])


def split(amounts, credits):
    whole = {name: nanos(value) for name, value in amounts.items() if name != "refund"}
    whole["net"] = whole["gross"] - whole["discount"] - nanos(amounts["refund"])
    divided = {name: attribution.divide(value, credits) for name, value in whole.items()}
    return [{name: parts[place] for name, parts in divided.items()} for place in range(len(credits))]


def credited_rows(paths, shares, basis, firsts):
    rows = defaultdict(blank)
    for sale, path in paths:
        credits = attribution.credits_of(shares(path)) if path else [NANO]
        players = [touch["player"] for touch in path] or [""]
        for amounts, counts in entries_of(sale, basis):
            for player, credit, share in zip(players, credits, split(amounts, credits)):
                add(rows[player], share, sale, counts, credit, sale["id"] in firsts)
    return rows


def ratio(numerator, denominator):
    return float(Fraction(numerator, denominator)) if denominator else None


def ratios(row):
    return {
        "romi": ratio(row["revenue"] - row["cost"], row["cost"]) or 0,
        "roas_blended": ratio(row["revenue"], row["cost"]),
        "drr": ratio(row["cost"], row["revenue"]),
        "cac": ratio(row["cost"], row["new_customers"]),
        "aov": ratio(row["revenue"], row["orders"]),
    }


def paid_ratios(row, paid):
    """Of cost and what touches of paid channels brought."""
    return {
        "roas": ratio(paid["revenue"], row["cost"]),
        "cpa": ratio(row["cost"], paid["orders"]),
        "ncac": ratio(row["cost"], paid["new_customers"]),
    }


def shown(row, paid=None):
    sums = {name: str(row[name]) for name in [*SUMS, "cost"]}
    return {**sums, "customers": len(row["persons"]), **ratios(row), **(paid_ratios(row, paid) if paid else {})}


def total_of(rows):
    total = blank()
    for row in rows:
        for name in [*SUMS, "cost"]:
            total[name] += row[name]
        total["persons"] |= row["persons"]
    return total


def spend_by(dimension, spend):
    for cost in spend:
        if FROM <= cost["date"] <= TO:
            yield SPEND_CHANNELS[cost["source"]] if dimension == "channel" else cleaned(cost["campaign"]), nanos(cost["cost"])


def key_figures(dimension, sales, conversions, touches, spend, firsts):
    """Key figures by each model and on both bases; those of paid channels where rows are channels."""
    counted = list(paths_by(dimension, conversions, touches))
    effects = removal_effects([path for _, path in counted], list(null_paths_by(dimension, conversions, touches)))
    paths = list(paths_by(dimension, sales, touches))
    found = {}
    for basis in ["order_date", "refund_date"]:
        found[basis] = {}
        for model in models_of(effects):
            rows = credited_rows(paths, shares_by(model, effects), basis, firsts)
            for value, cost in spend_by(dimension, spend):
                rows[value]["cost"] += cost
            found[basis][model] = by_channel(rows) if dimension == "channel" else by_campaign(rows)
    return found


def by_channel(rows):
    paid = total_of([row for channel, row in rows.items() if channel in PAID])
    return {
        "rows": {channel: shown(row, row if channel in PAID else blank()) for channel, row in rows.items()},
        "totals": shown(total_of(rows.values()), paid),
    }


def by_campaign(rows):
    return {"rows": {campaign: shown(row) for campaign, row in rows.items()}, "totals": shown(total_of(rows.values()))}


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
                    dimension: key_figures(dimension, sales_of(files["orders"], person), conversions, touches, files["ad_spend"], firsts)
                    for dimension in ["channel", "campaign"]
                },
            },
            ensure_ascii=False,
        )
    )


if __name__ == "__main__":
    main()
