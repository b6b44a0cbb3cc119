#!/usr/bin/env python3
"""Figures of the Online Retail file, from the raw rows and Python's standard library alone.

    python3 scripts/golden/online_retail.py plugins/sources/csv/tests/data/online-retail.csv.gz

Prints JSON; amounts are exact decimals in strings. The file's times are the shop's local ones
(Europe/London), so days and months need no conversion. Invoices beginning with C are credit
notes, those beginning with A adjustments, which no figure contains.
"""

import csv
import gzip
import io
import json
import sys
from collections import defaultdict
from datetime import datetime
from decimal import Decimal

TIME_FORMATS = ("%Y-%m-%d %H:%M:%S", "%m/%d/%Y %H:%M", "%Y-%m-%d %H:%M")


def parse_time(text):
    for pattern in TIME_FORMATS:
        try:
            return datetime.strptime(text, pattern)
        except ValueError:
            continue
    raise ValueError(f"unknown time {text!r}")


def read_rows(path):
    with gzip.open(path, "rb") as packed:
        text = io.TextIOWrapper(packed, encoding="utf-8-sig", newline="")
        for number, row in enumerate(csv.DictReader(text)):
            yield number, row


def read_invoices(path):
    """Invoices by number: their lines in the order of the file."""
    invoices = defaultdict(list)
    times = {}
    for number, row in read_rows(path):
        written = row["InvoiceDate"]
        if written not in times:
            times[written] = parse_time(written)
        invoices[row["InvoiceNo"]].append(
            {
                "place": (times[written], number),
                "amount": Decimal(row["Quantity"]) * Decimal(row["UnitPrice"]),
                "product": row["StockCode"],
                "customer": row["CustomerID"],
                "country": row["Country"],
            }
        )
    return invoices


def as_document(number, lines):
    """An invoice stands at its earliest time, in the country of its earliest line."""
    lines = sorted(lines, key=lambda line: line["place"])
    return {
        "number": number,
        "time": lines[0]["place"][0],
        "times": len({line["place"][0] for line in lines}),
        "country": lines[0]["country"],
        "customer": next((line["customer"] for line in lines if line["customer"]), ""),
        "amount": sum((line["amount"] for line in lines), Decimal(0)),
        "lines": lines,
    }


def first_orders(orders):
    """Each customer's first counted order."""
    firsts = {}
    for order in orders:
        known = firsts.get(order["customer"])
        if order["customer"] and (known is None or order["time"] < known["time"]):
            firsts[order["customer"]] = order
    return firsts


def figures(sales, refunds, firsts):
    """Figures of some invoices."""
    counted = [order for order in sales if order["amount"] != 0]
    customers = {order["customer"] for order in counted if order["customer"]}
    known = {document["customer"] for document in sales + refunds if document["customer"]}
    new = [order for order in counted if firsts.get(order["customer"]) is order]
    return {
        "gross_sales": str(sum((order["amount"] for order in sales), Decimal(0))),
        "refunds": str(sum((abs(refund["amount"]) for refund in refunds), Decimal(0))),
        "invoices": len(sales),
        "orders": len(counted),
        "customers": len(customers),
        "customers_known": len(known),
        "new_customers": len(new),
    }


def by(key, sales, refunds, firsts):
    """The figures of each group, by its name."""
    groups = defaultdict(lambda: ([], []))
    for order in sales:
        groups[key(order)][0].append(order)
    for refund in refunds:
        groups[key(refund)][1].append(refund)
    return {name: figures(*groups[name], firsts) for name in sorted(groups)}


def by_product(sales, refunds):
    products = defaultdict(lambda: {"gross": Decimal(0), "refunds": Decimal(0), "orders": set()})
    for order in sales:
        for line in order["lines"]:
            product = products[line["product"]]
            product["gross"] += line["amount"]
            if order["amount"] != 0:
                product["orders"].add(order["number"])
    for refund in refunds:
        for line in refund["lines"]:
            products[line["product"]]["refunds"] += abs(line["amount"])
    return {
        name: {
            "gross_sales": str(product["gross"]),
            "refunds": str(product["refunds"]),
            "orders": len(product["orders"]),
        }
        for name, product in sorted(products.items())
    }


def main(path):
    """Prints every figure of the file."""
    invoices = read_invoices(path)
    documents = {number: as_document(number, lines) for number, lines in invoices.items()}
    skipped = [number for number in documents if number.startswith("A")]
    refunds = [one for number, one in documents.items() if number.startswith("C")]
    sales = [one for number, one in documents.items() if number[0] not in "AC"]
    firsts = first_orders([order for order in sales if order["amount"] != 0])
    json.dump(
        {
            "rows": {
                "read": sum(len(lines) for lines in invoices.values()),
                "skipped": sum(len(invoices[number]) for number in skipped),
            },
            "totals": figures(sales, refunds, firsts),
            "invoices_with_two_times": sum(order["times"] > 1 for order in sales),
            "months": by(lambda one: one["time"].strftime("%Y-%m-01"), sales, refunds, firsts),
            "days": by(lambda one: one["time"].strftime("%Y-%m-%d"), sales, refunds, firsts),
            "countries": by(lambda one: one["country"], sales, refunds, firsts),
            "products": by_product(sales, refunds),
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main(sys.argv[1])
