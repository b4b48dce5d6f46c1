"""Generated event rows and a store built of them, for tests of the engine that need no records."""

import datetime as dt
import random
from pathlib import Path

from safar.insights.extract.schemas import TABLES
from safar.insights.store.reading import connect
from safar.insights.store.writing import load_database, write_parquet

MODES = {"in_person_office": "in_person", "phone": "phone", "telegram": "online", "in_person_outreach": "in_person"}
PLACES = [("UZ-AN", "UZ1703202"), ("UZ-TK", "UZ1726262"), ("UZ-SA", ""), ("", "")]
MEASURES = [("views", "Views"), ("reach", "Reach"), ("impressions", "Impressions"), ("followers", "Followers")]


def generate(seed: int = 1, contacts: int = 400) -> dict[str, list[dict]]:
    chance = random.Random(seed)
    people = {
        key: {
            "sex": chance.choice(["female", "male"]),
            "category": chance.choice(["potential_migrant", "returnee_recent"]),
            "place": chance.choice(PLACES),
        }
        for key in range(1, 90)
    }
    tables = {name: [] for name in TABLES}
    for number in range(contacts):
        key = None if chance.random() < 0.25 else chance.choice(list(people))
        person = people.get(key, {"sex": "unknown", "category": "", "place": ("", "")})
        day = dt.date(2026, 8, 1) + dt.timedelta(days=chance.randrange(92))
        mode = chance.choice(list(MODES))
        tables["contacts"].append(
            {
                "contact_key": number,
                "person_key": key,
                "centre": chance.choice(["TAS", "AND"]),
                "occurred_on": day,
                "month": f"{day:%Y-%m}",
                "mode": mode,
                "mode_group": MODES[mode],
                "language": "uz",
                "sex": person["sex"],
                "age_band": chance.choice(["u18", "18_29", "30_44", "unknown"]),
                "category": person["category"],
                "region": person["place"][0],
                "district": person["place"][1],
                "primary_topic": chance.choice(["legal_channels", "contract", "wage_claim"]),
                "initiator": "self",
                "heard_via": chance.choice(["", "mahalla", "instagram", "poster_leaflet"]),
                "campaign_code": chance.choice(["", "", "SAFE26"]),
                "destination": "RU",
                "outside_region": False,
                "first_contact": False,
            }
        )
    _add_sessions(tables, chance)
    _add_exposures(tables, chance)
    return tables


def _add_sessions(tables: dict[str, list[dict]], chance: random.Random) -> None:
    for number in range(30):
        day = dt.date(2026, 8, 1) + dt.timedelta(days=chance.randrange(92))
        place = chance.choice(PLACES)
        session = {
            "session_key": number,
            "centre": chance.choice(["TAS", "AND"]),
            "held_on": day,
            "month": f"{day:%Y-%m}",
            "session_type": chance.choice(["college", "mahalla"]),
            "region": place[0],
            "district": place[1],
            "status": chance.choice(["held", "submitted", "approved", "locked"]),
        }
        tables["sessions"].append(session | {"host": "College 3", "language": "uz"})
        for sex in ("female", "male"):
            tables["attendances"].append(
                session
                | {
                    "person_key": None,
                    "count": chance.randrange(1, 40),
                    "sex": sex,
                    "age_band": "18_29",
                    "named": False,
                }
            )


def _add_exposures(tables: dict[str, list[dict]], chance: random.Random) -> None:
    for post in range(6):
        for captured in (dt.datetime(2026, 9, 5, tzinfo=dt.UTC), dt.datetime(2026, 9, 28, tzinfo=dt.UTC)):
            for measure, native in MEASURES:
                tables["exposures"].append(
                    {
                        "platform": "instagram" if post % 2 else "facebook",
                        "account": "mrc",
                        "post_key": None if measure == "followers" else f"post{post}",
                        "campaign_code": "SAFE26",
                        "measure": measure,
                        "native_name": native,
                        "value": chance.randrange(100, 5000),
                        "window_start": dt.date(2026, 9, 1),
                        "window_end": captured.date(),
                        "captured_at": captured + dt.timedelta(minutes=post),
                        "month": "2026-09",
                        "organic_paid": "organic",
                    }
                )


def open_store(tables: dict[str, list[dict]], folder: Path):
    for name in TABLES:
        write_parquet(name, tables.get(name, []), folder)
    load_database(folder, folder / "events.duckdb")
    return connect(folder / "events.duckdb")
