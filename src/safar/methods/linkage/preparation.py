"""The steps before and after Splink as SQL that DuckDB and Spark both run: what only the whole registry knows, and the guards."""

from safar.methods.linkage.columns import Columns
from safar.methods.linkage.model import COMPARED, HUB_FROM, contradicts


def prepared_sql(source: str) -> str:
    """Return the query that adds to a table of canonical columns how often numbers and names occur in it."""
    plain = ", ".join(f"c.{name}" for name in Columns._fields)  # noqa: SLF001  (a named tuple documents it)
    return f"""
        SELECT {plain},
            coalesce(p.uses, 0) AS phone_uses,
            CASE WHEN p.uses < {HUB_FROM} THEN c.phone END AS phone_key,
            coalesce(g.uses, 0) AS given_uses
        FROM {source} c
        LEFT JOIN (SELECT phone, count(*) AS uses FROM {source} WHERE phone IS NOT NULL GROUP BY phone) p
            ON c.phone = p.phone
        LEFT JOIN (SELECT given, count(*) AS uses FROM {source} WHERE given IS NOT NULL GROUP BY given) g
            ON c.given = g.given
    """  # noqa: S608  (names of our own tables and columns)


def judged_sql(predicted: str, records: str) -> str:
    """Return the query that gives each predicted pair its guard: `contradicted` where no weight may call it one person.

    An equal document outweighs a contradiction, because a wrong name beside the right passport is a slip.
    """
    sides = ", ".join(f"{side}.{name} AS {name}_{side}" for name in COMPARED for side in "lr")
    return f"""
        SELECT number_l, number_r, match_weight,
            ({contradicts("given")} OR {contradicts("birth")}) AND NOT coalesce(document_l = document_r, FALSE)
                AS contradicted
        FROM (
            SELECT p.number_l, p.number_r, p.match_weight, {sides}
            FROM {predicted} p
            JOIN {records} l ON l.number = p.number_l
            JOIN {records} r ON r.number = p.number_r
        ) AS pairs
    """  # noqa: S608
