"""What each thing held about a person is called in their own copy, and how its values become words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safar.cases.enums import departure, reintegration
from safar.cases.enums.approvals import Act, ApprovalState
from safar.cases.enums.cases import CaseKind, CaseState
from safar.cases.enums.complaints import ComplaintOutcome, ComplaintState
from safar.cases.enums.contacts import NamelessReason
from safar.cases.enums.day import AttemptResult, CallReason, CallState, TicketState, VisitState
from safar.cases.enums.instruments import AssessmentState
from safar.cases.enums.offers import OfferOutcome
from safar.cases.enums.referrals import ClientAnswer, ReferralState
from safar.cases.enums.supervision import OpinionState
from safar.cases.enums.triage import TriageCard
from safar.cases.queries.checklists import checklists
from safar.cases.queries.complaints import institutions
from safar.cases.queries.offer_checks import answers_of
from safar.cases.queries.offers import rule_set
from safar.cases.queries.referral_words import reason_in_words
from safar.desk.cases.offers.facts import of_answers
from safar.desk.cases.reintegration import words as returning
from safar.messaging.enums import MessageState
from safar.people import enums as people
from safar.reference.queries import codes, places
from safar.trust import enums as trust
from safar.trust.queries import audit
from safar.ui.numbers import written_date

Words = Callable[[Any], str]
Label = str | Promise


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    label: Label
    words: Words = str


@dataclass(frozen=True, slots=True)
class Group:
    """One part of the copy: records of a kind with the fields that are told. `is_one` for a single record."""

    part: str
    key: str
    title: Label
    fields: tuple[Field, ...]
    is_one: bool = False


def code(name: str) -> Words:
    """Say codes of a list in words; several stand behind one another."""

    def words(value: Any) -> str:
        found = codes.code_list(name)
        return ", ".join(str(found.label(one)) for one in (value if isinstance(value, list) else [value]))

    return words


def choice(of: type[TextChoices]) -> Words:
    def words(value: Any) -> str:
        return ", ".join(str(of(one).label) for one in (value if isinstance(value, list) else [value]))

    return words


def place(value: Any) -> str:
    return str(places.name(value))


def day(value: Any) -> str:
    return written_date(value) if not isinstance(value, str) else value[:10]


def moment(value: Any) -> str:
    local = timezone.localtime(value)
    return f"{written_date(local.date())}, {local:%H:%M}"


def touched(value: Any) -> str:
    """Say which fields somebody saw or changed by the names the copy gives them, once each; others by their code."""
    known = {field.name: str(field.label) for group in GROUPS for field in group.fields}
    return ", ".join(dict.fromkeys(known.get(name, name) for name in value))


def yes_no(value: Any) -> str:
    return _("Yes") if value else _("No")


def listed(value: Any) -> str:
    """Say a list of records, each a list of words, one after the other."""
    return "; ".join(
        " · ".join(str(word) for word in one if word) if isinstance(one, list) else str(one) for one in value
    )


def events(value: Any) -> str:
    return "; ".join(
        " · ".join(word for word in (on, str(CaseState(state).label) if state else "", _service(service), text) if word)
        for on, _event, state, service, text in value
    )


def moves(value: Any) -> str:
    return "; ".join(
        f"{on} · {ReferralState(state).label}" + (f" · {_why(state, reason)}" if reason else "")
        for on, state, reason in value
    )


def links(value: Any) -> str:
    return "; ".join(
        _("made %(made)s, opened %(opened)s, ended %(ended)s")
        % {"made": day(made), "opened": day(opened) if opened else _("never"), "ended": day(ended)}
        for made, opened, ended in value
    )


def _why(state: str, reason: str) -> str:
    """Say a reason in words: it begins with a code of the list of its state, and own words may follow."""
    code, _space, words = reason.partition(" ")
    told = reason_in_words(state, code)
    return " · ".join(part for part in (told, words if told else reason) if part)


def paper(value: Any) -> str:
    """Say the lines of a paper of a departure: each by its name, the papers of a checklist by theirs."""
    items = {item.code: str(item.name) for one in checklists().values() for item in one.items}
    states = {code: str(label) for code, label in departure.ItemState.choices}
    return "; ".join(
        f"{items.get(name, name) if said in states else departure.FIELD_LABELS.get(name, name)}: {states.get(said, said)}"
        for name, said in value
    )


def offer_reasons(value: Any) -> str:
    return " ".join(str(rule_set().rule(one).text) for one in value)


def offer_answers(value: Any) -> str:
    return "; ".join(f"{fact.term}: {fact.value}" for fact in of_answers(answers_of(value)))


def complaint_moves(value: Any) -> str:
    """Say the steps of a complaint: the day, the state, to whom, and the words."""
    listed = institutions()
    return "; ".join(
        " · ".join(
            word
            for word in (on, str(ComplaintState(to).label), str(listed.get(whom).name) if whom else "", text)
            if word
        )
        for on, to, whom, text in value
    )


def action(value: Any) -> str:
    return audit.label(value)


def _service(value: str) -> str:
    if not value:
        return ""
    name = "referral_service" if codes.is_known("referral_service", value) else "topic"
    return str(codes.code_list(name).label(value))


def _fields(*fields: tuple[str, Label] | tuple[str, Label, Words]) -> tuple[Field, ...]:
    return tuple(Field(*field) for field in fields)


_t = gettext_lazy
_WHEN, _DAY = _t("When"), _t("Day")
_DETAILS = _fields(
    ("client_number", _t("Client number")), ("family_name", _t("Family name")), ("given_name", _t("Given name")),
    ("patronymic", _t("Patronymic")), ("preferred_name", _t("Preferred name")), ("former_names", _t("Former names"), listed),
    ("sex", _t("Sex"), code("sex")), ("birth_year", _t("Year of birth")), ("birth_month", _t("Month of birth")),
    ("birth_day", _t("Day of birth")), ("age_band", _t("Age group"), code("age_band")), ("citizenship", _t("Citizenship"), place),
    ("region", _t("Region"), place), ("district", _t("District"), place), ("language", _t("Language and script"), code("language")),
    ("category", _t("Who the person is"), code("client_category")), ("education", _t("Education"), code("education")),
    ("employment", _t("Employment"), code("employment")), ("heard_via", _t("How they heard of the centre"), code("heard_via")),
    ("registered_on", _t("Registered on"), day), ("name_script", _t("Script of the name"), choice(people.NameScript)),
)  # fmt: skip
_POINTS = _fields(
    ("kind", _t("Kind"), choice(people.ContactKind)), ("value", _t("Number or address")),
    ("safety", _t("Safety"), choice(people.Safety)), ("safe_times", _t("When to call")), ("days", _t("Days")),
    ("from_hour", _t("From hour")), ("until_hour", _t("Until hour")), ("answered_by", _t("Who else answers"), choice(people.AnsweredBy)),
    ("ask_for", _t("Whom to ask for")), ("wording", _t("Words"), choice(people.Wording)), ("code_word", _t("Word agreed")),
)  # fmt: skip
_CONSENTS = _fields(
    ("decided_at", _WHEN, day), ("purpose", _t("Purpose"), choice(people.ConsentPurpose)), ("granted", _t("Answer"), yes_no),
    ("recipient", _t("Recipient")), ("fields", _t("What may be shared"), choice(people.SharedField)), ("abroad", _t("Abroad"), yes_no),
    ("method", _t("How given"), choice(people.ConsentMethod)), ("spoken_by", _t("Given by"), choice(people.SpokenBy)),
    ("expires_on", _t("Until"), day), ("withdrawn_at", _t("Withdrawn"), day), ("language", _t("Language")),
    ("text_version", _t("Text")),
)  # fmt: skip
_HOUSEHOLDS = _fields(
    ("household__label", _t("Household")), ("role", _t("Role"), choice(people.HouseholdRole)), ("since", _t("Since"), day),
    ("until", _t("Until"), day),
)  # fmt: skip
_GUARDIANS = _fields(
    ("basis", _t("Ground"), choice(people.GuardianBasis)), ("relation", _t("Relation"), choice(people.GuardianRelation)),
    ("decided_by", _t("Decided by")), ("reason", _t("Reason")), ("decided_on", _DAY, day),
)  # fmt: skip
_REGISTRATIONS = _fields(
    ("registered_on", _DAY, day), ("source", _t("Source"), choice(people.RegistrationSource)), ("family_name", _t("Family name")),
    ("given_name", _t("Given name")), ("patronymic", _t("Patronymic")), ("sex", _t("Sex"), code("sex")),
    ("birth_year", _t("Year of birth")), ("birth_month", _t("Month of birth")), ("birth_day", _t("Day of birth")),
    ("region", _t("Region"), place), ("district", _t("District"), place),
)  # fmt: skip
_CONTACTS = _fields(
    ("occurred_at", _WHEN, day), ("centre", _t("Centre")), ("mode", _t("How"), code("mode")), ("topics", _t("Topics"), code("topic")),
    ("topic_text", _t("Topic in words")), ("note", _t("Note")), ("destination", _t("Destination"), code("destination")),
    ("checked_items", _t("Checked with you"), code("checked_item")), ("advice", _t("Told from the guide"), listed),
    ("red_flags", _t("Warning signs"), lambda value: ", ".join(code(kind)(flag) for kind, flag in value)),
    ("next_step", _t("Next step"), code("contact_next_step")), ("follow_up_on", _t("Day of the follow-up"), day),
    ("outcome", _t("Outcome"), code("contact_outcome")), ("voided", _t("Struck out"), lambda value: yes_no(value) if value else ""),
    ("initiator", _t("Begun by"), code("initiator")), ("who_asked", _t("Who asked"), code("who_asked")),
    ("language", _t("Language"), code("language")), ("duration_minutes", _t("Minutes")),
    ("heard_via", _t("How they heard of the centre"), code("heard_via")), ("campaign_code", _t("Campaign")),
    ("sex", _t("Sex"), code("sex")), ("age_band", _t("Age group"), code("age_band")), ("region", _t("Region"), place),
    ("category", _t("Who the person is"), code("client_category")), ("nameless_reason", _t("Why without a file"), choice(NamelessReason)),
)  # fmt: skip
_CASES = _fields(
    ("opened_on", _t("Opened on"), day), ("kind", _t("Aim"), choice(CaseKind)), ("state", _t("State"), choice(CaseState)),
    ("closed_on", _t("Closed on"), day), ("reason", _t("Reason")), ("destination", _t("Destination"), code("destination")),
    ("country_of_return", _t("Came back from"), place), ("return_type", _t("How they came back"), code("return_type")),
    ("returned_on", _t("Came back on"), day), ("reason_return", _t("Why they came back"), code("reason_return")),
    ("events", _t("Steps"), events),
)  # fmt: skip
_DEPARTURE_PAPERS = _fields(
    ("made_on", _DAY, day), ("kind", _t("Paper"), choice(departure.PaperKind)), ("content", _t("In words"), lambda value: paper(value)),  # noqa: PLW0108
)  # fmt: skip
_OFFERS = _fields(
    ("checked_on", _DAY, day), ("agency", _t("Agency")), ("destination", _t("Destination"), code("destination")),
    ("outcome", _t("Outcome"), choice(OfferOutcome)), ("reasons", _t("Reasons"), offer_reasons),
    ("answers", _t("What you told of the offer"), offer_answers),
)  # fmt: skip
_TRIAGES = _fields(("day", _DAY, day), ("cards", _t("Protocol cards opened"), choice(TriageCard)))
_COMPLAINTS = _fields(
    ("received_on", _DAY, day), ("kind", _t("Kind of complaint"), code("agency_complaint")), ("agency", _t("Agency")),
    ("institution_name", _t("Institution")), ("told", _t("What you told")), ("amount", _t("Sum")),
    ("state", _t("State"), choice(ComplaintState)), ("fields", _t("What may be shared"), choice(people.SharedField)),
    ("moves", _t("Steps"), complaint_moves), ("outcomes", _t("Outcome"), choice(ComplaintOutcome)),
)  # fmt: skip
_DEPARTURES = _fields(
    ("found_on", _DAY, day), ("outcome", _t("What became of it"), choice(departure.Outcome)),
    ("stage", _t("When it was asked"), choice(departure.OutcomeStage)), ("scheme", _t("By which scheme"), code("departure_scheme")),
    ("destination", _t("Destination"), code("destination")), ("left_on", _t("Day of leaving"), day),
    ("ask_again_on", _t("Ask again on"), day),
)  # fmt: skip
_REFERRALS = _fields(
    ("made_on", _DAY, day), ("recipient", _t("Recipient")), ("service", _t("Service"), code("referral_service")),
    ("state", _t("State"), choice(ReferralState)), ("fields", _t("What was told"), choice(people.SharedField)),
    ("text", _t("In words")), ("sent_at", _t("Sent"), day), ("moves", _t("Steps"), moves),
    ("client_answer", _t("What you told us of it"), choice(ClientAnswer)), ("links", _t("Links the recipient was given"), links),
)  # fmt: skip
_CONFERENCES = _fields(
    ("held_on", _DAY, day), ("question", _t("Question")), ("decided", _t("What was decided")), ("next_step", _t("Next step")),
    ("next_step_on", _t("Until"), day),
)  # fmt: skip
_OPINIONS = _fields(
    ("recorded_at", _WHEN, day), ("question", _t("Question")), ("answer", _t("Answer")), ("state", _t("State"), choice(OpinionState)),
)  # fmt: skip
_APPROVALS = _fields(
    ("recorded_at", _WHEN, day), ("act", _t("What was asked"), choice(Act)), ("state", _t("State"), choice(ApprovalState)),
    ("reason", _t("Reason")), ("answer", _t("Answer")),
)  # fmt: skip
_HAND_OVERS = _fields(("recorded_at", _WHEN, day), ("reason", _t("Reason")))
_SESSIONS = _fields(("at", _WHEN, day), ("title", _t("Session")))
_SIGN_UPS = (*_SESSIONS, *_fields(("name", _t("Name")), ("phone", _t("Phone"))))
_MESSAGES = _fields(
    ("at", _WHEN, day), ("channel", _t("Channel")), ("subject", _t("Subject")), ("body", _t("Text")),
    ("state", _t("State"), choice(MessageState)),
)  # fmt: skip
_QUESTIONS = _fields(("at", _WHEN, day), ("text", _t("Question")), ("answers", _t("Answers"), listed))
_REQUESTS = _fields(
    ("received_on", _t("Received"), day), ("kind", _t("Request"), choice(trust.RequestKind)), ("way", _t("How"), choice(trust.RequestWay)),
    ("wish", _t("In words")), ("due_on", _t("Due"), day), ("state", _t("State"), choice(trust.RequestState)),
    ("decision", _t("Answer")), ("answered_on", _t("Answered"), day),
)  # fmt: skip
_ACCESSES = _fields(
    ("at", _WHEN, moment), ("who", _t("Who")), ("action", _t("What"), action), ("verb", _t("Kind"), choice(trust.AuditVerb)),
    ("fields", _t("Fields"), lambda value: touched(value)),  # noqa: PLW0108  (it reads the groups below)
)  # fmt: skip
_SEALED = _fields(("at", _WHEN, day), ("kind", _t("Kind"), choice(trust.SealedKind)), ("text", _t("Text")))
_HOLDS = _fields(("reason", _t("Reason")), ("until", _t("Until"), day), ("lifted_at", _t("Lifted"), day))

_VISITS = _fields(
    ("at", _WHEN), ("centre", _t("Centre")), ("state", _t("State"), choice(VisitState)), ("topic", _t("Topic"), code("topic")),
    ("name", _t("Name")), ("contact", _t("Number or address")),
)  # fmt: skip
_NUMBERS = _fields(
    ("day", _DAY, day), ("centre", _t("Centre")), ("number", _t("Number")), ("need", _t("Turn"), code("walk_in_need")),
    ("state", _t("State"), choice(TicketState)),
)  # fmt: skip
_CALLS = _fields(
    ("due_on", _DAY, day), ("reason", _t("Why"), choice(CallReason)), ("state", _t("State"), choice(CallState)),
    ("name", _t("Name")), ("contact", _t("Number or address")), ("attempts", _t("Tries"), choice(AttemptResult)),
)  # fmt: skip

_RECEPTIONS = _fields(
    ("received_on", _DAY, day), ("door", _t("How you came to us"), code("reception_door")), ("return_month", _t("Month of return")),
    ("needs", _t("What you needed at once"), returning.needs),
)  # fmt: skip
_PLANS = _fields(
    ("version", _t("Version")), ("state", _t("State"), choice(reintegration.PlanState)), ("made_on", _t("Made"), day),
    ("agreed_on", _t("Agreed on"), day), ("way", _t("How given"), choice(people.ConsentMethod)), ("language", _t("Language"), code("language")),
    ("spoken_by", _t("Given by"), choice(people.SpokenBy)), ("goals", _t("Goals"), returning.goals), ("steps", _t("Steps"), returning.steps),
    ("ended_on", _t("Until"), day), ("reason", _t("Reason")),
)  # fmt: skip
_REVIEWS = _fields(
    ("due_on", _t("Due"), day), ("months", _t("Months after the plan")), ("state", _t("State"), choice(reintegration.ReviewState)),
    ("held_on", _DAY, day), ("contact", _t("In contact"), choice(reintegration.InContact)), ("reason", _t("Reason"), code("loss_reason")),
    ("words", _t("In words")), ("work_before", _t("Work before"), code("employment")), ("work_after", _t("Work now"), code("employment")),
    ("income_before", _t("Monthly income before"), returning.income), ("income_after", _t("Monthly income now"), returning.income),
    ("currency", _t("Currency")), ("changes", _t("What has changed"), code("significant_change")),
    ("ratings", _t("Satisfaction, 1 to 5"), returning.ratings), ("services", _t("Services"), returning.services),
)  # fmt: skip
_TRIES = _fields(
    ("made_on", _DAY, day),
    ("mode", _t("How"), code("mode")),
    ("result", _t("Outcome"), choice(reintegration.AttemptResult)),
)
_ENDINGS = _fields(
    ("closed_on", _t("Closed on"), day),
    ("reason", _t("Reason"), returning.ending),
    ("left_open", _t("Steps and needs left open")),
)

_ASSESSMENTS = (
    Field("instrument", _t("Questionnaire")),
    Field("completed_on", _t("Day"), day),
    Field("state", _t("State"), choice(AssessmentState)),
    Field("answers", _t("Answers"), listed),
    Field("scores", _t("Scores"), listed),
)
GROUPS = (
    Group("people", "details", _t("Your file"), _DETAILS, is_one=True),
    Group("people", "contact_points", _t("How to reach you"), _POINTS),
    Group("people", "consents", _t("What you agreed to and what you refused"), _CONSENTS),
    Group("people", "households", _t("Your household"), _HOUSEHOLDS),
    Group("people", "guardians", _t("Who answers for you"), _GUARDIANS),
    Group(
        "people",
        "cards",
        _t("Your client cards"),
        _fields(("recorded_at", _t("Made"), day), ("revoked_at", _t("Ended"), day)),
    ),
    Group("people", "registrations", _t("What was given when you were registered"), _REGISTRATIONS),
    Group("cases", "contacts", _t("Your conversations with us"), _CONTACTS),
    Group("cases", "case_files", _t("Your case files"), _CASES),
    Group("cases", "departure_papers", _t("Papers of your departure"), _DEPARTURE_PAPERS),
    Group("cases", "departure_outcomes", _t("What became of your departure"), _DEPARTURES),
    Group("cases", "receptions", _t("How you were received after your return"), _RECEPTIONS),
    Group("cases", "return_plans", _t("Your plans after return"), _PLANS),
    Group("cases", "return_reviews", _t("What we looked back on with you"), _REVIEWS),
    Group("cases", "return_attempts", _t("When we tried to reach you"), _TRIES),
    Group("cases", "return_closures", _t("How the work after your return ended"), _ENDINGS),
    Group("cases", "referrals", _t("To whom we referred you"), _REFERRALS),
    Group("cases", "assessments", _t("What we asked you, and what you answered"), _ASSESSMENTS),
    Group("cases", "visits", _t("Visits booked for you"), _VISITS),
    Group("cases", "tickets", _t("Waiting numbers you were given"), _NUMBERS),
    Group("cases", "call_backs", _t("Calls we owed you"), _CALLS),
    Group("cases", "offer_checks", _t("Offers we checked with you"), _OFFERS),
    Group("cases", "triages", _t("First questions we asked"), _TRIAGES),
    Group("cases", "complaints", _t("Your complaints"), _COMPLAINTS),
    Group("cases", "conferences", _t("What colleagues talked over about your case file"), _CONFERENCES),
    Group("cases", "second_opinions", _t("What colleagues asked each other about your case"), _OPINIONS),
    Group("cases", "approvals", _t("What two colleagues decided together"), _APPROVALS),
    Group("cases", "hand_overs", _t("When your case went to another colleague"), _HAND_OVERS),
    Group("awareness", "sessions_attended", _t("Sessions you were at"), _SESSIONS),
    Group("awareness", "sign_ups", _t("Sessions you signed up for"), _SIGN_UPS),
    Group("messaging", "messages", _t("Messages to you"), _MESSAGES),
    Group("messaging", "questions", _t("Questions you asked on our pages"), _QUESTIONS),
    Group("sealed", "notes", _t("Sealed notes"), _SEALED),
    Group("hold", "holds", _t("Holds on your records"), _HOLDS),
    Group("trust", "requests", _t("Your requests about your data"), _REQUESTS),
    Group("trust", "accesses", _t("Who saw or changed what is held about you"), _ACCESSES),
)
# Of files that were found to be the same person, the copy tells each like the first.
OTHER_FILES = "other_files"
TOLD: Mapping[str, set[str]] = {
    part: {group.key for group in GROUPS if group.part == part} for part in {group.part for group in GROUPS}
}
