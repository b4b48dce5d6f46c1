import datetime as dt

from safar.cases.actions import approvals, conferences, opinions
from safar.cases.enums.approvals import Act
from safar.cases.models import Approval, CaseConference, CaseFile, Contact, SecondOpinion
from safar.cases.rules.approvals import Circumstances
from safar.cases.rules.contacts import RedFlag
from safar.cases.rules.supervision import ConferenceDetails
from safar.kernel.actor import Actor
from safar.kernel.clock import now, today
from safar.people.models import Person
from safar.people.rules import Birth, GuardianDetails
from safar.trust.models import Centre, Staff
from tests.factories import cases

MINOR = Circumstances(age_band="u18")


def minor(centre: Centre, **fields) -> Person:
    child = {"birth": Birth(today().year - 15), "family_name": "Yoqubova", "given_name": "Malika", "sex": "female"}
    child |= {"guardian": GuardianDetails(basis="guardian", relation="mother")}
    return cases.person(centre, **(child | fields))


def approval(case: CaseFile, by: Actor, act: str = Act.CLOSE_CASE, **fields) -> Approval:
    asked = {"about": MINOR, "reason": "She is back at school and her mother agrees."}
    return approvals.ask(act=act, subject_key=case.pk, by=by, **(asked | fields))


def conference(case: CaseFile, *members: Staff, by: Actor, **fields) -> CaseConference:
    said = {
        "held_on": today(),
        "participants": [member.pk for member in members],
        "question": "Does she need somebody to go with her?",
        "decided": "Her aunt goes with her.",
    }
    return conferences.add(case_id=case.pk, details=ConferenceDetails(**(said | fields)), by=by)


def opinion(case: CaseFile, of: Staff, by: Actor, **fields) -> SecondOpinion:
    return opinions.ask(case_id=case.pk, of_id=of.pk, by=by, **({"question": "What would you try next?"} | fields))


def overdue(centre: Centre, of: Person | None = None, by: Actor | None = None, days: int = 3, **fields) -> Contact:
    past = {"occurred_at": now() - dt.timedelta(days=40), "follow_up_on": today() - dt.timedelta(days=days)}
    return cases.contact(centre, of, **({"by": by} if by else {}), **(past | fields))


def flagged(centre: Centre, of: Person | None, by: Actor, *flags: str, **fields) -> Contact:
    seen = [RedFlag("vulnerability_flag", flag) for flag in flags]
    return cases.contact(centre, of, by, red_flags=seen, **fields)
