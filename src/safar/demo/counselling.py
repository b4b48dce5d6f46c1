"""A month of counselling: who came, what they asked, what they were told, and what came of it."""

import datetime as dt
from dataclasses import replace
from random import Random
from uuid import UUID

from django.utils import timezone

from safar.cases.actions import cases, contacts, follow_ups, referrals
from safar.cases.models import CaseFile, Contact
from safar.cases.rules.cases import CaseDetails
from safar.cases.rules.contacts import Advice, ContactDetails, RedFlag
from safar.cases.rules.referrals import ReferralDetails
from safar.demo.office import Office
from safar.demo.population import Population, weighted
from safar.guide.queries import facts
from safar.kernel.actor import Actor
from safar.kernel.clock import today
from safar.people.enums import ConsentMethod, ConsentPurpose, SharedField
from safar.people.models import Person
from safar.people.queries.consent import may_follow_up
from safar.people.rules import ConsentDetails, PersonDetails
from safar.trust.models import Centre
from safar.trust.queries.profile import profile

TOPICS = {
    "legal_channels": 22, "agency_or_offer_check": 14, "patent_registration_RU": 14, "entry_ban_or_registry": 12, "documents_passport": 8,
    "language_and_exam": 8, "contract": 6, "wage_claim": 5, "rights_at_work": 4, "irregular_risks": 4, "study_abroad": 3,
}  # fmt: skip
RETURN_TOPICS = {
    "reintegration_job": 30,
    "reintegration_training": 16,
    "business_loan": 16,
    "entry_ban_or_registry": 18,
    "wage_claim": 12,
    "psychosocial": 8,
}
MODES = {"in_person_office": 48, "phone": 22, "telegram": 18, "in_person_outreach": 8, "whatsapp": 3, "email": 1}
DESTINATIONS = {"RU": 46, "KR": 17, "KZ": 9, "TR": 9, "DE": 6, "GB": 5, "PL": 3, "undecided": 5}
NEXT_STEPS = {"none": 44, "come_again": 16, "documents_to_bring": 16, "call_back": 12, "referral": 12}
SERVICES = {"employment": 36, "vocational_training": 22, "legal_aid": 16, "business_support": 14, "language_course": 12}
OUTCOMES = {"went_regular": 34, "postponed": 22, "declined_offer": 12, "stayed": 14, "unreachable": 18}
NAMED_SHARE = 0.62
REPEAT_SHARE = 0.24


class Counselling:
    """Writes contacts, case files and referrals by calling the actions as the demo's counsellors."""

    def __init__(self, office: Office, population: Population, rng: Random) -> None:
        self.office = office
        self.population = population
        self.rng = rng
        self.known: list[UUID] = []
        self._counsellors = office.actors("counsellor")

    def month(self, first: dt.date, last: dt.date, count: int, campaign_code: str = "") -> None:
        """Write `count` contacts on the working days from `first` to `last`."""
        days = [day for day in _days(first, last) if day.isoweekday() not in profile().weekend] or [first]
        for day in sorted(self.rng.choice(days) for _ in range(count)):
            self.contact(day, campaign_code)

    def contact(self, day: dt.date, campaign_code: str = "") -> Contact:
        """Write one contact: of somebody who comes again, of a new client, or of somebody without a file."""
        rng, by, centre = self.rng, self.rng.choice(self._counsellors), self._centre()
        if rng.random() >= NAMED_SHARE:
            somebody = self.population.person(day, near=centre.region)
            return contacts.record(
                details=self._details(day, somebody, campaign_code, nameless=True), centre=centre, by=by
            )
        if self.known and rng.random() < REPEAT_SHARE:
            person = Person.objects.get(pk=rng.choice(self.known))
            may_call = may_follow_up(person.pk).allowed
            details = self._details(day, _as_details(person), campaign_code, may_call=may_call)
            contact = contacts.record(details=details, centre=centre, person_id=person.pk, by=by)
        else:
            somebody = self.population.person(day, near=centre.region)
            new = contacts.NewPerson(somebody, self._consents(somebody))
            may_call = any(one.granted for one in new.consents if one.purpose == ConsentPurpose.BE_CONTACTED)
            details = self._details(day, somebody, campaign_code, may_call=may_call)
            contact = contacts.record(details=details, centre=centre, new_person=new, by=by)
            person = Person.objects.get(contacts=contact)
            self.known.append(person.pk)
        self._what_follows(contact, person, day, by)
        return contact

    def _centre(self) -> Centre:
        points = self.office.centres
        return self.rng.choices(points, weights=[8, *([1] * (len(points) - 1))])[0]

    def _consents(self, somebody: PersonDetails) -> list[ConsentDetails]:
        answers = [
            (ConsentPurpose.KEEP_FILE, True),
            (ConsentPurpose.BE_CONTACTED, bool(somebody.contact_points) and self.rng.random() < 0.8),
            (ConsentPurpose.FOLLOW_UP, self.rng.random() < 0.45),
        ]
        method = ConsentMethod.WRITTEN if self.rng.random() < 0.6 else ConsentMethod.VERBAL
        return [_consent(purpose, somebody.language, method, granted=granted) for purpose, granted in answers]

    def _details(
        self,
        day: dt.date,
        somebody: PersonDetails,
        campaign_code: str,
        *,
        nameless: bool = False,
        may_call: bool = False,
    ) -> ContactDetails:
        rng = self.rng
        returned = somebody.category.startswith("returnee")
        topics = {weighted(rng, RETURN_TOPICS if returned else TOPICS) for _ in range(rng.choice([1, 1, 1, 2, 2, 3]))}
        destination = "" if returned else weighted(rng, DESTINATIONS)
        cards = facts.cards(sorted(topics), destination)
        step, due = self._next_step(day, nameless=nameless, may_call=may_call)
        from_campaign = bool(campaign_code) and rng.random() < 0.13
        family = somebody.category == "family_member"
        return ContactDetails(
            occurred_at=self._moment(day),
            mode=weighted(rng, MODES),
            topics=sorted(topics),
            initiator="campaign_response" if from_campaign else "family" if family else "self",
            who_asked="family" if family else "self",
            language=somebody.language,
            duration_minutes=rng.choice([10, 15, 15, 20, 20, 30, 45]),
            destination=destination,
            sex=somebody.sex if nameless else "",
            age_band=somebody.birth.age_band_on(day) if nameless else "",
            region=somebody.region if nameless else "",
            category=somebody.category if nameless else "",
            nameless_reason=rng.choice(["declined", "quick_question", "by_channel"]) if nameless else "",
            advice=[Advice(card.key, card.version_id) for card in cards[: rng.choice([1, 2, 3])]],
            red_flags=self._red_flags(topics),
            next_step=step,
            follow_up_on=due,
            heard_via=somebody.heard_via,
            campaign_code=campaign_code if from_campaign else "",
        )

    def _next_step(self, day: dt.date, *, nameless: bool, may_call: bool) -> tuple[str, dt.date | None]:
        """Choose what comes next: whoever left no name, or did not agree to be contacted, is not called back."""
        step, wait = weighted(self.rng, NEXT_STEPS), self.rng.choice([7, 14, 30])
        if nameless or (step == "call_back" and not may_call):
            return "none", None
        due = day + dt.timedelta(days=wait) if may_call and step in {"come_again", "call_back"} else None
        return step, due

    def _moment(self, day: dt.date) -> dt.datetime:
        moment = timezone.make_aware(
            dt.datetime.combine(day, dt.time(9 + self.rng.randrange(9), self.rng.randrange(60)))
        )
        # On today's date nothing may lie in the future.
        return min(moment, timezone.now() - dt.timedelta(minutes=1))

    def _red_flags(self, topics: set[str]) -> list[RedFlag]:
        if "agency_or_offer_check" not in topics or self.rng.random() > 0.4:
            return []
        return [
            RedFlag(
                "red_flag",
                self.rng.choice(
                    ["money_before_contract", "licence_absent", "no_written_contract", "tourist_visa_for_work"]
                ),
            )
        ]

    def _what_follows(self, contact: Contact, person: Person, day: dt.date, by: Actor) -> None:
        rng = self.rng
        if contact.follow_up_on and contact.follow_up_on < today() - dt.timedelta(days=5) and rng.random() < 0.97:
            follow_ups.done(contact_id=contact.pk, outcome=weighted(rng, OUTCOMES), by=by)
        if person.category == "returnee_recent" and rng.random() < 0.5:
            self._reintegration(contact, person, day, by)
        if contact.next_step == "referral":
            self._referral(contact, person, day, by)

    def _reintegration(self, contact: Contact, person: Person, day: dt.date, by: Actor) -> None:
        rng = self.rng
        if CaseFile.objects.filter(person=person, kind="reintegration").exists():
            return
        details = CaseDetails(
            kind="reintegration",
            opened_on=day,
            country_of_return=weighted(rng, {"RU": 72, "TR": 12, "KZ": 10, "KR": 6}),
            return_type=weighted(rng, {"voluntary_independent": 54, "forced": 32, "assisted_voluntary": 14}),
            returned_on=day - dt.timedelta(days=rng.randrange(10, 200)),
            reason_return=weighted(
                rng,
                {"contract_end": 20, "no_job": 24, "deported": 18, "entry_ban": 16, "family_need": 14, "low_wage": 8},
            ),
        )
        case = cases.open(person_id=person.pk, details=details, centre=contact.centre, by=by)
        if rng.random() < 0.8:
            service = weighted(rng, {"employment": 50, "vocational_training": 30, "MHPSS": 20})
            cases.add_service(case_id=case.pk, service=service, on=day, contact_id=contact.pk, by=by)

    def _referral(self, contact: Contact, person: Person, day: dt.date, by: Actor) -> None:
        rng = self.rng
        recipient = {"employment": "Employment centre", "legal_aid": "Legal aid office"}.get(
            service := weighted(rng, SERVICES), "Training centre"
        )
        fields = (SharedField.NAME, SharedField.PHONE, SharedField.LANGUAGE)
        due_on = day + dt.timedelta(days=14)
        details = ReferralDetails(service=service, recipient=recipient, due_on=due_on, fields=fields)
        referral = referrals.draft(
            details=details, centre=contact.centre, person_id=person.pk, contact_id=contact.pk, made_on=day, by=by
        )
        if rng.random() < 0.9:
            agreed = _consent(ConsentPurpose.SHARE, contact.language, ConsentMethod.WRITTEN, recipient=recipient)
            agreed = replace(agreed, fields=fields)
            referrals.send(referral_id=referral.pk, agreed=agreed, on=day, by=by)
            later = day
            for state in ("accepted", "served", "completed")[: rng.choice([0, 1, 2, 2, 3])]:
                later = later + dt.timedelta(days=rng.randrange(2, 9))
                if later > today():
                    break
                referrals.move(referral_id=referral.pk, to=state, on=later, by=by)


def _consent(
    purpose: ConsentPurpose, language: str, method: ConsentMethod, *, granted: bool = True, recipient: str = ""
) -> ConsentDetails:
    text = profile().consent_text(purpose, language)
    return ConsentDetails(purpose, granted, text.version, text.language, method, recipient)


def _as_details(person: Person) -> PersonDetails:
    return PersonDetails(
        family_name=person.family_name,
        given_name=person.given_name,
        language=person.language,
        category=person.category,
        heard_via="returning_client",
    )


def _days(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
