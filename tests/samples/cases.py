"""What the values of one record share, and its plain texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from . import people


@dataclass
class Case:
    """What the values of one record share: one customer, one run of dates."""

    rng: Random
    year: int | None = None
    start: date = date(2026, 1, 1)
    customer: str = ""
    billing: str = ""

    def __post_init__(self) -> None:
        self.start = date(self.year or self.rng.choice([2025, 2026, 2026]), 1, 1) + timedelta(
            days=self.rng.randrange(330)
        )
        self.customer = people.organisation(self.rng)
        self.billing = self.customer if self.rng.random() < 0.85 else people.organisation(self.rng)

    def day(self, name: str) -> date:
        after = {
            "first_trade_on": (-40, -1),
            "closed_on": (3, 40),
            "original_returned_on": (0, 4),
            "handed_over_on": (0, 3),
            "registered_on": (0, 3),
        }.get(name, (0, 0))
        return self.start + timedelta(days=self.rng.randint(*after))

    def text(self, name: str) -> str:
        rng, year = self.rng, self.start.year
        draw: dict[str, Callable[[], str]] = {
            "application_no": lambda: rng.choice(
                [
                    f"XKH-{year}-{rng.randint(1, 400):04}",
                    f"{year}{rng.randint(1, 99):03}",
                    f"新客字〔{year}〕{rng.randint(1, 60)}号",
                ]
            ),
            "complaint_no": lambda: rng.choice(
                [
                    f"TS-{year}-{rng.randint(1, 400):04}",
                    f"TS{year}{rng.randint(1, 12):02}{rng.randint(1, 60):02}",
                ]
            ),
            "address": lambda: people.address(rng),
            "product": lambda: rng.choice(people.PRODUCTS),
            "order_no": lambda: rng.choice(
                [
                    f"XS{year}{rng.randint(1, 9999):05}",
                    f"FH-{rng.randint(10**5, 10**6 - 1)}",
                    f"华销合字第{rng.randint(1, 300)}号",
                ]
            ),
            "batch_no": lambda: rng.choice(
                [
                    f"{year % 100}{rng.randint(1, 12):02}{rng.randint(1, 28):02}-{rng.randint(1, 9)}",
                    f"L{rng.randint(10000, 99999)}",
                ]
            ),
            "hse_report_no": lambda: f"PJ-{year}-{rng.randint(1, 90):04}",
            "document_no": lambda: rng.choice(
                [
                    f"营销函〔{year}〕{rng.randint(1, 99)}号",
                    f"华销〔{year}〕{rng.randint(1, 99)}号",
                    f"CW-{year}-{rng.randint(1, 99):03}",
                ]
            ),
            "sender_ref": lambda: rng.choice(
                [
                    f"天函〔{year}〕{rng.randint(1, 99)}号",
                    f"HT-{year}{rng.randint(1, 999):03}",
                    f"（{year}）采字第{rng.randint(1, 80)}号",
                ]
            ),
            "subject": lambda: rng.choice(people.SUBJECTS),
            "confirmation": lambda: rng.choice(people.CONFIRMATIONS),
            "remarks": lambda: (
                rng.choice(people.REMARKS)
                + (f"\n{rng.choice(people.REMARKS)}" if rng.random() < 0.04 else "")
            ),
            "location": lambda: rng.choice(people.LOCATIONS),
        }
        return draw[name]()
