import csv
import datetime as dt
import io
from collections.abc import Sequence

from safar.cases.actions import agencies, complaints, offers
from safar.cases.models import Agency, AgencyImport, Complaint, OfferCheck
from safar.cases.rules.complaints import ComplaintDetails
from safar.cases.rules.offers import OfferAnswers
from safar.kernel.actor import MACHINE, Actor
from safar.kernel.clock import today
from safar.trust.models import Centre

HEADINGS = (
    *("Name", "Other name", "Licence number", "Valid from", "Valid until", "Suspended from", "Suspended until"),
    *("Revoked on", "TIN", "State"),
)
GOOD = {
    "offered_by": "agency", "channel": "office", "employer_asked": "yes", "visa_type": "work", "contract": "yes",
    "contract_readable": "yes", "payees": frozenset({"nobody"}), "deposit": "none", "passport": "client", "pressure": "no",
    "guaranteed": "no", "wage_in_contract": "yes",
}  # fmt: skip


def days_ago(days: int) -> dt.date:
    return today() - dt.timedelta(days=days)


def row(name: str, number: str = "L-1", **cells: object) -> list[str]:
    """A row of a register; a licence given three years ago and valid for two more unless said otherwise."""
    told = {"valid_from": days_ago(1095), "valid_until": days_ago(-730), "tin": ""} | cells
    keys = (
        "other",
        None,
        "valid_from",
        "valid_until",
        "suspended_from",
        "suspended_until",
        "revoked_on",
        "tin",
        "state",
    )
    texts = [str(told.get(key) or "") for key in keys if key]
    return [name, texts[0], number, *texts[1:]]


def sheet(rows: Sequence[Sequence[str]], *, delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([HEADINGS, *rows])
    return out.getvalue().encode(encoding)


def register(*rows: Sequence[str], as_of: dt.date | None = None, by: Actor = MACHINE) -> AgencyImport:
    """Take over a register of today."""
    return agencies.take_over(
        content=sheet(rows), file_name="list.csv", as_of=as_of or today(), source="Letter of the authority", by=by
    )


def agency(name: str = "Namuna Safar MChJ", number: str = "L-1", **cells: object) -> Agency:
    register(row(name, number, **cells))
    return Agency.objects.get(licences__number=number)


def answers(**told: object) -> OfferAnswers:
    """A harmless offer of an agency, but for what is told otherwise."""
    return OfferAnswers(**{**GOOD, "agency_name": "Namuna Safar", **told})


def check(centre: Centre, by: Actor = MACHINE, **told: object) -> OfferCheck:
    keys = {key: told.pop(key) for key in ("person_id", "contact_id") if key in told}
    return offers.record(answers=answers(**told), centre=centre, by=by, **keys)


def complaint(centre: Centre, by: Actor = MACHINE, **told: object) -> Complaint:
    keys = {key: told.pop(key) for key in ("person_id", "contact_id") if key in told}
    details = ComplaintDetails(
        **{"kind": "fee_taken_no_job", "told": "They took the money.", "institution_name": "Noname firm", **told}
    )
    return complaints.receive(details=details, centre=centre, by=by, **keys)
