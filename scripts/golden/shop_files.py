#!/usr/bin/env python3
"""Files of a made-up shop: touches, orders, refunds, deals, customers and ad costs of the year 2024.

    python3 scripts/golden/shop_files.py FOLDER

The same files at every run. People come back with other browsers, leave their address in other
spellings, order as guests, are refunded, buy by telephone; an office orders for everybody.
"""

import csv
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

from attribution import Random

START = datetime(2024, 1, 1, tzinfo=timezone.utc)
DAYS = 366
PEOPLE = 420
# More customers than may share one address.
OFFICE = 130

# What a visit says about where it came from: source, medium, campaign, campaign_id, channel.
ORIGINS = [
    ("google", "cpc", "Brand | DE", "", ""),
    ("google", "cpc", "", "9001", ""),
    ("google", "cpc", "generic_shoes", "", ""),
    ("google", "organic", "", "", ""),
    ("facebook", "paid_social", "Spring SALE!", "", ""),
    ("facebook", "cpc", "spring-sale", "", ""),
    ("facebook", "social", "", "", ""),
    ("letter", "email", "Newsletter 12", "", ""),
    ("(direct)", "(none)", "", "", ""),
    ("", "", "", "", ""),
    ("blog.example", "referral", "", "", ""),
    ("studio", "talk", "", "", "Podcast"),
]

# Ad costs: source, campaign, campaign_id, cents a day.
CAMPAIGNS = [
    ("google", "Brand (DE)", "9000", 1250),
    ("google", "Winter Boots", "9001", 2075),
    ("facebook", "Spring Sale", "77", 1999),
    ("facebook", "Nobody clicks", "78", 333),
]

TOUCHES = ["occurred_at", "client_id", "customer_id", "source", "medium", "campaign", "campaign_id", "channel", "landing_page"]
ORDERS = ["order_id", "ordered_at", "client_id", "customer_id", "email", "phone", "total", "tax", "shipping", "discount",
          "is_cancelled", "refund_of", "row"]
DEALS = ["deal_id", "created_at", "closed_at", "won", "amount", "contact_id", "email", "phone", "order_id", "client_id"]
CUSTOMERS = ["customer_id", "email", "phone"]
SPEND = ["date", "source", "campaign", "campaign_id", "cost", "impressions", "clicks"]


def iso(seconds):
    return (START + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def money(cents):
    return f"{cents // 100}.{cents % 100:02d}"


def spelled(random, address):
    return [address, address.upper(), f" {address} "][random.below(3)]


def phone(random, number):
    digits = f"49170{1000000 + number}"
    return [f"+{digits}", f"+{digits[:2]} {digits[2:5]} {digits[5:]}", f"({digits[:5]}) {digits[5:]}"][random.below(3)]


class Shop:
    def __init__(self):
        self.random = Random(2024)
        self.touches, self.orders, self.deals, self.customers = [], [], [], []

    def person(self, number):
        random = self.random
        browsers = [f"c{number}-{index}" for index in range(1 + random.below(3))]
        # Different seconds, so that no two touches of one person have the same time.
        times = sorted({random.below(DAYS * 86400) for _ in range(random.below(40))})
        for time in times:
            logged_in = random.below(9) == 0
            self.touch(time, browsers[random.below(len(browsers))], f"k{number}" if logged_in else "")
        if random.below(3) == 0:
            return
        for index in range(1 + random.below(3)):
            at = self.order_time(times)
            self.order(number, f"{number}-{index}", at, browsers)
        if random.below(4) == 0:
            self.customers.append([f"k{number}", spelled(random, f"p{number}@example.com"), phone(random, number)])

    def touch(self, time, client, customer):
        source, medium, campaign, campaign_id, channel = ORIGINS[self.random.below(len(ORIGINS))]
        page = ["https://shop.example/", "https://shop.example/sale?ref=1#top", ""][self.random.below(3)]
        self.touches.append([iso(time), client, customer, source, medium, campaign, campaign_id, channel, page])

    def order_time(self, times):
        """One in four exactly at a touch, or exactly a window after it."""
        if times and self.random.below(4) == 0:
            return times[self.random.below(len(times))] + self.random.below(2) * 30 * 86400
        return self.random.below(DAYS * 86400)

    def order(self, number, order, at, browsers):
        random = self.random
        # What the order knows of the person: at least one of four.
        known = 1 + random.below(15)
        client = browsers[random.below(len(browsers))] if known & 1 else ""
        customer = f"k{number}" if known & 2 else ""
        mail = spelled(random, f"p{number}@example.com") if known & 4 else ""
        tel = phone(random, number) if known & 8 else ""
        total = 0 if random.below(25) == 0 else 500 + random.below(20000)
        tax, shipping, discount = total // 6, total // 20, random.below(300)
        cancelled = "true" if random.below(20) == 0 else "false"
        amounts = [money(cents) for cents in (total, tax, shipping, discount)]
        self.orders.append([order, iso(at), client, customer, mail, tel, *amounts, cancelled, "", "sale"])
        if random.below(6) == 0 and total > 0:
            refund = (total - tax - shipping) // (1 + random.below(3))
            later = iso(at + random.below(40) * 86400)
            self.orders.append([f"r{order}", later, "", "", "", "", money(refund), "0", "0", "0", "false", order, "refund"])
        if random.below(8) == 0:
            self.deal(number, order, at)

    def deal(self, number, order, at):
        """The manager writes down a telephone number or an address, and sometimes the order's number."""
        random = self.random
        known = random.below(3)
        mail = spelled(random, f"p{number}@example.com") if known == 0 else ""
        tel = phone(random, number) if known == 1 else ""
        named = order if known == 2 else ""
        won = ["true", "false", ""][random.below(3)]
        closed = iso(at + 86400 * random.below(20)) if won else ""
        self.deals.append([f"d{order}", iso(at), closed, won, money(random.below(50000)), f"m{number}", mail, tel, named, ""])

    def office(self):
        for index in range(OFFICE):
            at = self.random.below(DAYS * 86400)
            self.orders.append([f"o{index}", iso(at), "", f"x{index}", "info@example.com", "", "10.00", "0", "0", "0", "false", "", "sale"])

    def spend(self):
        rows = []
        for day in range(DAYS):
            date = (START + timedelta(days=day)).strftime("%Y-%m-%d")
            for source, campaign, campaign_id, cents in CAMPAIGNS:
                cost = cents + self.random.below(500)
                rows.append([date, source, campaign, campaign_id, money(cost), 10 * cost, cost // 50])
        return rows


def write(folder, name, head, rows):
    with open(folder / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([head, *rows])


def main():
    folder = Path(sys.argv[1])
    shop = Shop()
    for number in range(PEOPLE):
        shop.person(number)
    shop.office()
    write(folder, "touchpoints", TOUCHES, shop.touches)
    write(folder, "orders", ORDERS, shop.orders)
    write(folder, "deals", DEALS, shop.deals)
    write(folder, "customers", CUSTOMERS, shop.customers)
    write(folder, "ad_spend", SPEND, shop.spend())


if __name__ == "__main__":
    main()
