"""What an event row looks like: columns as data, so that extract, store and tests cannot disagree.

No table holds a name, a phone number, a birth date or an identifier of the registry; keys are keyed hashes.
"""

from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import pyarrow as pa

Kind: TypeAlias = Literal["key", "text", "date", "time", "flag", "count", "number"]

_PLACE_AND_PEOPLE: dict[str, Kind] = {
    "sex": "text",
    "age_band": "text",
    "category": "text",
    "region": "text",
    "district": "text",
}

TABLES: dict[str, dict[str, Kind]] = {
    "contacts": {
        "contact_key": "key",
        "person_key": "key",
        "centre": "text",
        "occurred_on": "date",
        "month": "text",
        "mode": "text",
        "mode_group": "text",
        "language": "text",
        **_PLACE_AND_PEOPLE,
        "primary_topic": "text",
        "initiator": "text",
        "heard_via": "text",
        "campaign_code": "text",
        "destination": "text",
        "outside_region": "flag",
        "first_contact": "flag",
    },
    "topics": {"contact_key": "key", "topic": "text"},
    "persons": {
        "person_key": "key",
        "centre": "text",
        "first_contact_on": "date",
        "month": "text",
        "first_in_node": "flag",
        **_PLACE_AND_PEOPLE,
    },
    "sessions": {
        "session_key": "key",
        "centre": "text",
        "held_on": "date",
        "month": "text",
        "session_type": "text",
        "region": "text",
        "district": "text",
        "host": "text",
        "language": "text",
        "status": "text",
    },
    "attendances": {
        "session_key": "key",
        "person_key": "key",
        "count": "count",
        "sex": "text",
        "age_band": "text",
        "named": "flag",
        "held_on": "date",
        "month": "text",
        "session_type": "text",
        "region": "text",
        "district": "text",
        "centre": "text",
        "status": "text",
    },
    "cases": {
        "case_key": "key",
        "person_key": "key",
        "centre": "text",
        "kind": "text",
        "opened_on": "date",
        "closed_on": "date",
        "sex": "text",
        "age_band": "text",
        "country_of_return": "text",
        "return_type": "text",
        "services": "count",
    },
    "services": {
        "case_key": "key",
        "person_key": "key",
        "centre": "text",
        "kind": "text",
        "delivered_on": "date",
        "month": "text",
        "service": "text",
        "sex": "text",
        "age_band": "text",
        "country_of_return": "text",
        "return_type": "text",
    },
    "referrals": {
        "referral_key": "key",
        "person_key": "key",
        "centre": "text",
        "made_on": "date",
        "sent": "flag",
        "month": "text",
        "service": "text",
        "recipient_type": "text",
        "state": "text",
    },
    "exposures": {
        "platform": "text",
        "account": "text",
        "post_key": "text",
        "campaign_code": "text",
        "measure": "text",
        "native_name": "text",
        "value": "number",
        "window_start": "date",
        "window_end": "date",
        "captured_at": "time",
        "month": "text",
        "organic_paid": "text",
    },
}

# Tables the store derives from the ones above.
DERIVED: dict[str, dict[str, Kind]] = {
    "coverage": {
        "district": "text",
        "region": "text",
        "centre": "text",
        "on": "date",
        "month": "text",
        "source": "text",
    },
}

SCHEMA_VERSION = 2


def arrow_schema(table: str) -> "pa.Schema":
    """Return the Parquet schema of one event table."""
    import pyarrow as pa

    types = {
        "key": pa.int64(),
        "text": pa.string(),
        "date": pa.date32(),
        "time": pa.timestamp("us", tz="UTC"),
        "flag": pa.bool_(),
        "count": pa.int64(),
        "number": pa.float64(),
    }
    return pa.schema([(column, types[kind]) for column, kind in TABLES[table].items()])
