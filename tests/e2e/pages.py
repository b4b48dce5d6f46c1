"""Every page a person can open, by name; each address of the URL resolver is either here or says why it is no page."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation
from playwright.sync_api import Page as Tab

from tests.e2e import referral_ways, ways
from tests.e2e.node import Node

PERSON = {
    "person_id": """SELECT person_id FROM people_consentgrant WHERE person_id IN
    (SELECT person_id FROM cases_contact GROUP BY person_id HAVING count(*) > 1) ORDER BY id LIMIT 1"""
}
HOUSEHOLD = {"household_id": "SELECT household_id FROM people_householdmember ORDER BY id LIMIT 1"}
CHILD = {"person_id": "SELECT person_id FROM people_guardianship WHERE guardian_id IS NOT NULL ORDER BY id LIMIT 1"}
WITH_CARD = {"person_id": "SELECT person_id FROM people_clientcard ORDER BY id LIMIT 1"}
CONTACT = {"contact_id": "SELECT id FROM cases_contact WHERE person_id IS NOT NULL ORDER BY id DESC LIMIT 1"}
CASE = {"case_id": "SELECT id FROM cases_casefile WHERE state NOT IN ('closed', 'draft') ORDER BY id LIMIT 1"}
RETURNED = {
    "case_id": """SELECT case_file_id FROM cases_reintegrationplan WHERE state = 'agreed' AND case_file_id IN
    (SELECT case_file_id FROM cases_planreview WHERE state = 'held') ORDER BY id LIMIT 1"""
}
PLAN_STEP = {
    "step_id": """SELECT id FROM cases_planstep WHERE state IN ('planned', 'under_way') AND goal_id IN
    (SELECT id FROM cases_plangoal WHERE plan_id IN (SELECT id FROM cases_reintegrationplan WHERE state = 'agreed'))
    ORDER BY id LIMIT 1"""
}
RETURN_REVIEW = {"review_id": "SELECT id FROM cases_planreview WHERE state = 'due' ORDER BY due_on, id LIMIT 1"}
WITHOUT_CASE = {
    "person_id": "SELECT id FROM people_person WHERE id NOT IN (SELECT person_id FROM cases_casefile) ORDER BY id LIMIT 1"
}
VISIT = {
    "visit_id": "SELECT id FROM cases_appointment WHERE state = 'booked' AND person_id IS NOT NULL ORDER BY starts_at DESC, id LIMIT 1"
}
NUMBER = {"ticket_id": "SELECT id FROM cases_ticket WHERE state = 'waiting' ORDER BY number LIMIT 1"}
REFERRAL = {"referral_id": "SELECT id FROM cases_referral ORDER BY id LIMIT 1"}
ANSWERED = {"referral_id": "SELECT referral_id FROM cases_referrallink WHERE opened_at IS NOT NULL ORDER BY id LIMIT 1"}
INCOMING = {
    "referral_id": "SELECT id FROM cases_referral WHERE to_centre_id IS NOT NULL AND state = 'sent' ORDER BY id LIMIT 1"
}
SERVICE = {"service_id": "SELECT id FROM partners_service ORDER BY id LIMIT 1"}
STOPPED = {"check_id": "SELECT id FROM cases_offercheck WHERE outcome = 'stop_and_call' ORDER BY id DESC LIMIT 1"}
AGENCY = {"agency_id": "SELECT agency_id FROM cases_agencylicence WHERE revoked_on IS NOT NULL LIMIT 1"}
TRIAGED = {"triage_id": "SELECT id FROM cases_triage ORDER BY id LIMIT 1"}
COMPLAINT = {"complaint_id": "SELECT id FROM cases_complaint WHERE state = 'answered' ORDER BY id LIMIT 1"}
COUNTED = {"session_id": "SELECT session_id FROM awareness_namedattendance ORDER BY session_id LIMIT 1"}
HELD = {
    "session_id": "SELECT id FROM awareness_session WHERE state IN ('held', 'planned') ORDER BY state, starts_at LIMIT 1"
}
SIGNED_UP = {"session_id": "SELECT session_id FROM awareness_signup LIMIT 1"}
PUBLIC = {
    "session_id": "SELECT id FROM awareness_session WHERE public AND state = 'planned' ORDER BY starts_at DESC LIMIT 1"
}
CAMPAIGN = {"campaign_id": "SELECT id FROM campaigns_campaign LIMIT 1"}
FILE = {"file_id": "SELECT id FROM campaigns_importedfile WHERE imported_at IS NULL LIMIT 1"}
PARTNER = {"partner_id": "SELECT partner_id FROM partners_agreement ORDER BY id LIMIT 1"}
ENQUIRY = {"enquiry_id": "SELECT id FROM messaging_enquiry WHERE state != 'closed' ORDER BY id LIMIT 1"}
RUN = {"run_id": "SELECT id FROM insights_monthrun LIMIT 1"}
STAFF = {"staff_id": "SELECT id FROM trust_staff WHERE email = 'officer@demo.example'"}
CENTRE = {"centre_id": "SELECT id FROM trust_centre ORDER BY id LIMIT 1"}
REQUEST = {"request_id": "SELECT id FROM trust_subjectrequest WHERE state = 'open' AND kind = 'copy' LIMIT 1"}
ERASURE = {"request_id": "SELECT id FROM trust_subjectrequest WHERE state = 'open' AND kind = 'erasure' LIMIT 1"}
APPROVAL = {"approval_id": "SELECT id FROM cases_approval ORDER BY state, id LIMIT 1"}
OPINION = {"opinion_id": "SELECT id FROM cases_secondopinion WHERE state = 'asked' ORDER BY id LIMIT 1"}
SEALED = {"person_id": "SELECT person_key FROM trust_sealedopening ORDER BY id LIMIT 1"}
POINT = {"point_id": "SELECT id FROM people_contactpoint ORDER BY code_word DESC, id LIMIT 1"}
FACT = {"key": "SELECT key FROM guide_fact ORDER BY key LIMIT 1"}
PREPARED = {"contact_id": "SELECT contact_id FROM cases_departurepaper WHERE kind = 'checklist' ORDER BY id LIMIT 1"}
DEPARTING = {"case_id": "SELECT id FROM cases_casefile WHERE kind = 'pre_departure' ORDER BY id LIMIT 1"}
NOBODY = {"about": "nobody"}
ABOUT = {
    "about": """SELECT 'contact-' || substr(c, 1, 8) || '-' || substr(c, 9, 4) || '-' || substr(c, 13, 4) || '-' || substr(c, 17, 4)
    || '-' || substr(c, 21) FROM (SELECT contact_id AS c FROM cases_departurepaper WHERE kind = 'checklist' ORDER BY id LIMIT 1)"""
}
KOREA = {"destination": "kr"}
PAIR = {
    "first_id": "SELECT first_id FROM people_duplicatecandidate WHERE state = 'open' ORDER BY id LIMIT 1",
    "second_id": "SELECT second_id FROM people_duplicatecandidate WHERE state = 'open' ORDER BY id LIMIT 1",
}
MERGE = {"merge_id": "SELECT id FROM people_merge ORDER BY id LIMIT 1"}
# Addresses of the demo's own records, put together from these lines only.
_OF_SURVEY = """JOIN cases_instrumentversion v ON v.id = a.version_id JOIN cases_instrument i ON i.id = v.instrument_id
    WHERE i.code = 'reintegration_survey'"""
ASSESSED = {
    "person_id": f"SELECT a.person_id FROM cases_assessment a {_OF_SURVEY} GROUP BY a.person_id HAVING count(*) > 1 LIMIT 1"  # noqa: S608
}
KEYED = {"subject_id": ASSESSED["person_id"]}
ASSESSMENT = {"assessment_id": f"SELECT a.id FROM cases_assessment a {_OF_SURVEY} ORDER BY a.id LIMIT 1"}  # noqa: S608
SIGNS = {"assessment_id": "SELECT id FROM cases_assessment WHERE state = 'awaiting' ORDER BY id DESC LIMIT 1"}
REINTEGRATION_SURVEY = {
    "version_id": """SELECT v.id FROM cases_instrumentversion v JOIN cases_instrument i ON i.id = v.instrument_id
    WHERE i.code = 'reintegration_survey' AND v.state = 'published' LIMIT 1"""
}
PERSONS = {"code": "persons_counselled"}


@dataclass(frozen=True)
class Page:
    """One page: its picture's name, address, who opens it, and what has to be done first or instead of opening it."""

    name: str
    url_name: str
    who: str = ""
    values: dict[str, str] = field(default_factory=dict)
    query: str = ""
    way: Callable[[Tab, Node], None] | None = None
    status: int = 200
    language: str = "en"

    @property
    def is_public(self) -> bool:
        return self.url_name.startswith("portal:")

    def path(self, node: Node) -> str:
        """Return the address, with identifiers looked up in the node's database."""
        values = {
            name: (node.id(text) if name.endswith("_id") else node.one(text)) if text.startswith("SELECT") else text
            for name, text in self.values.items()
        }
        with translation.override(self.language):
            return reverse(self.url_name, kwargs=values) + self.query

    def open(self, tab: Tab, node: Node) -> None:
        """Go there as a person would, and stand still until the page does."""
        if self.way:
            self.way(tab, node)
        else:
            response = tab.goto(self.path(node))
            assert response
            assert response.status == self.status, f"{self.name}: {tab.url} answered {response.status}"
        if self.way or self.url_name.startswith("field:"):
            tab.wait_for_load_state("networkidle")
        else:  # a page that has loaded asks for nothing by itself; half a second of proven silence a page is a minute a run
            tab.evaluate("document.fonts.ready.then(() => true)")


DESK = [
    Page("desk-board", "desk:board", "counsellor"),
    Page("desk-people-search", "desk:people:search", "counsellor"),
    Page("desk-people-found", "desk:people:search", "counsellor", way=ways.found),
    Page("desk-people-register", "desk:people:register", "counsellor"),
    Page("desk-people-register-mended", "desk:people:register", "counsellor", way=ways.register_with_mistakes),
    Page("desk-person", "desk:people:file", "counsellor", PERSON),
    Page("desk-person-consents", "desk:people:consents", "counsellor", PERSON),
    Page("desk-safe-contact", "desk:people:reach", "counsellor", POINT),
    Page("desk-person-edit", "desk:people:edit", "counsellor", PERSON),
    Page("desk-people-suggested", "desk:people:search", "counsellor", way=ways.suggested),
    Page("desk-people-too-many", "desk:people:search", "counsellor", way=ways.too_many),
    Page("desk-people-register-alike", "desk:people:register", "counsellor", way=ways.register_look_alike),
    Page("desk-person-child", "desk:people:file", "counsellor", CHILD),
    Page("desk-person-child-edit", "desk:people:edit", "counsellor", CHILD),
    Page("desk-household-start", "desk:people:household_start", "counsellor", PERSON),
    Page("desk-household", "desk:people:household", "counsellor", HOUSEHOLD),
    Page("desk-household-edit", "desk:people:household_edit", "counsellor", HOUSEHOLD),
    Page("desk-household-add", "desk:people:household_add", "counsellor", HOUSEHOLD | PERSON),
    Page("desk-card", "desk:people:card", "counsellor", WITH_CARD),
    Page("desk-card-print", "desk:people:card", "counsellor", way=ways.card_to_print),
    Page("desk-duplicates", "desk:people:duplicates", "counsellor"),
    Page("desk-duplicate", "desk:people:duplicate", "counsellor", PAIR),
    Page("desk-merge", "desk:people:merge", "counsellor", MERGE),
    Page("desk-merge-with", "desk:people:merge_with", "counsellor", PERSON),
    Page("desk-day", "desk:cases:day", "counsellor"),
    Page("desk-day-week", "desk:cases:day_week", "counsellor"),
    Page("desk-day-colleagues", "desk:cases:day_week", "counsellor", query="?as=day"),
    Page("desk-waiting-room", "desk:cases:waiting_room", "counsellor"),
    Page("desk-visit-book", "desk:cases:book", "counsellor"),
    Page("desk-visit-book-person", "desk:cases:book_person", "counsellor", PERSON),
    Page("desk-visit", "desk:cases:visit", "counsellor", VISIT),
    Page("desk-number-give", "desk:cases:walk_in", "counsellor"),
    Page("desk-number-give-person", "desk:cases:walk_in_person", "counsellor", PERSON),
    Page("desk-number", "desk:cases:ticket", "counsellor", NUMBER),
    Page("desk-call-note", "desk:cases:call_new", "counsellor"),
    Page("desk-call-note-person", "desk:cases:call_person", "counsellor", PERSON),
    Page("desk-rota", "desk:cases:rota", "coordinator"),
    Page("desk-rota-plan", "desk:cases:rota_plan", "coordinator"),
    Page("desk-rota-change", "desk:cases:rota_change", "coordinator"),
    Page("desk-my-calendar", "desk:cases:my_calendar", "counsellor"),
    Page("desk-contacts", "desk:cases:list", "counsellor"),
    Page("desk-contact-new", "desk:cases:new_contact", "counsellor"),
    Page("desk-contact-new-known", "desk:cases:new_contact_of", "counsellor", PERSON),
    Page("desk-contact", "desk:cases:contact", "counsellor", CONTACT),
    Page("desk-contact-correct", "desk:cases:correct", "counsellor", CONTACT),
    Page("desk-follow-ups", "desk:cases:follow_ups", "counsellor"),
    Page("desk-cases", "desk:cases:cases", "counsellor"),
    Page("desk-case-open", "desk:cases:open_case", "counsellor", WITHOUT_CASE),
    Page("desk-case", "desk:cases:case", "counsellor", CASE),
    Page("desk-returned", "desk:cases:reintegration", "counsellor"),
    Page("desk-return-file", "desk:cases:reintegration_case", "counsellor", RETURNED),
    Page("desk-return-receive", "desk:cases:receive", "counsellor", WITHOUT_CASE),
    Page("desk-return-plan", "desk:cases:plan", "counsellor", RETURNED),
    Page("desk-return-step", "desk:cases:plan_step", "counsellor", PLAN_STEP),
    Page("desk-return-reviews", "desk:cases:reviews", "counsellor"),
    Page("desk-return-review", "desk:cases:review", "counsellor", RETURN_REVIEW),
    Page("desk-return-close", "desk:cases:close_reintegration", "counsellor", RETURNED),
    Page("desk-who-stays", "desk:cases:cohorts", "counsellor"),
    Page("desk-referrals", "desk:cases:referrals", "counsellor"),
    Page("desk-referral", "desk:cases:referral", "counsellor", REFERRAL),
    Page("desk-referral-answered", "desk:cases:referral", "counsellor", ANSWERED),
    Page("desk-referral-offers", "desk:cases:refer_person", "counsellor", way=referral_ways.offers_shown),
    Page("desk-referral-link", "desk:cases:referral", "counsellor", way=referral_ways.link_shown),
    Page("desk-referral-answers", "desk:cases:referral_answers", "counsellor"),
    Page("desk-referrals-late", "desk:cases:referrals_late", "coordinator"),
    Page("desk-referrals-incoming", "desk:cases:referrals_incoming", "counsellor"),
    Page("desk-referral-incoming", "desk:cases:referral_incoming", "counsellor", INCOMING),
    Page("desk-referral-figures", "desk:cases:referral_figures", "counsellor"),
    Page("desk-refer-person", "desk:cases:refer_person", "counsellor", PERSON),
    Page("desk-refer-contact", "desk:cases:refer_contact", "counsellor", CONTACT),
    Page("desk-refer-case", "desk:cases:refer_case", "counsellor", CASE),
    Page("desk-supervision", "desk:cases:supervision", "coordinator"),
    Page("desk-supervision-follow-ups", "desk:cases:supervision_follow_ups", "coordinator"),
    Page("desk-supervision-heavy", "desk:cases:supervision_heavy", "coordinator"),
    Page("desk-hand-over-case", "desk:cases:hand_over_case", "coordinator", CASE),
    Page("desk-told", "desk:cases:told", "counsellor"),
    Page("desk-approvals", "desk:cases:approvals", "coordinator"),
    Page("desk-approval", "desk:cases:approval", "coordinator", APPROVAL),
    Page("desk-approval-ask", "desk:cases:approval_ask", "counsellor", CASE),
    Page("desk-conference", "desk:cases:conference", "counsellor", CASE),
    Page("desk-opinion-case", "desk:cases:opinion_case", "counsellor", CASE),
    Page("desk-opinion-contact", "desk:cases:opinion_contact", "counsellor", CONTACT),
    Page("desk-opinion", "desk:cases:opinion", "counsellor", OPINION),
    Page("desk-my-week", "desk:cases:care", "counsellor"),
    Page("desk-offer-checks", "desk:cases:offer_checks", "counsellor"),
    Page("desk-offer-ask", "desk:cases:check_offer", "counsellor"),
    Page("desk-offer-ask-person", "desk:cases:check_offer_person", "counsellor", PERSON),
    Page("desk-offer-ask-contact", "desk:cases:check_offer_contact", "counsellor", CONTACT),
    Page("desk-offer-stop", "desk:cases:offer_check", "counsellor", STOPPED),
    Page("desk-agencies", "desk:cases:agencies", "counsellor"),
    Page("desk-agency", "desk:cases:agency", "counsellor", AGENCY),
    Page("desk-agencies-import", "desk:cases:agencies_import", "coordinator"),
    Page("desk-agencies-import-check", "desk:cases:agencies_import_check", "coordinator", way=ways.agencies_checked),
    Page("desk-first-questions", "desk:cases:triage_contact", "counsellor", CONTACT),
    Page("desk-first-questions-person", "desk:cases:triage_person", "counsellor", PERSON),
    Page("desk-protocol-card", "desk:cases:triage", "counsellor", TRIAGED),
    Page("desk-complaints", "desk:cases:complaints", "counsellor"),
    Page("desk-complain", "desk:cases:complain", "counsellor"),
    Page("desk-complain-person", "desk:cases:complain_person", "counsellor", PERSON),
    Page("desk-complain-contact", "desk:cases:complain_contact", "counsellor", CONTACT),
    Page("desk-complaint", "desk:cases:complaint", "counsellor", COMPLAINT),
    Page("desk-instruments", "desk:cases:instruments", "coordinator"),
    Page("desk-instrument-upload", "desk:cases:instrument_upload", "coordinator"),
    Page("desk-instrument-version", "desk:cases:instrument_version", "coordinator", REINTEGRATION_SURVEY),
    Page("desk-instrument-answers", "desk:cases:instrument_answers", "coordinator", REINTEGRATION_SURVEY),
    Page("desk-instrument-blanks", "desk:cases:instrument_blanks", "counsellor"),
    Page("desk-assess-choose", "desk:cases:assess_choose_person", "counsellor", ASSESSED),
    Page("desk-assess-choose-case", "desk:cases:assess_choose_case", "counsellor", CASE),
    Page("desk-assess-choose-contact", "desk:cases:assess_choose_contact", "counsellor", CONTACT),
    Page("desk-assess", "desk:cases:assess_person", "counsellor", ASSESSED | {"code": "readiness"}),
    Page("desk-assess-case", "desk:cases:assess_case", "counsellor", CASE | {"code": "satisfaction"}),
    Page("desk-assess-contact", "desk:cases:assess_contact", "counsellor", CONTACT | {"code": "readiness"}),
    Page("desk-assessment", "desk:cases:assessment", "coordinator", ASSESSMENT),
    Page("desk-assessment-signs", "desk:cases:assessment", "coordinator", SIGNS),
    Page("desk-assessments-over-time", "desk:cases:assessments_over_time", "coordinator", ASSESSED),
    Page("desk-assessments-waiting", "desk:cases:assessments_waiting", "coordinator"),
    Page("desk-key-back", "desk:cases:key_back", "counsellor", {"kind": "person"} | KEYED),
    Page(
        "desk-key-back-answers",
        "desk:cases:key_back_answers",
        "counsellor",
        {"kind": "person"} | KEYED | REINTEGRATION_SURVEY,
    ),
    Page("desk-register-import", "desk:cases:import", "coordinator"),
    Page("desk-register-import-check", "desk:cases:import_check", "coordinator", way=ways.import_checked),
    Page("desk-sessions", "desk:awareness:list", "coordinator"),
    Page("desk-departure", "desk:cases:prepare", "counsellor"),
    Page("desk-departure-person", "desk:cases:prepare_person", "counsellor", PERSON),
    Page("desk-departure-contact", "desk:cases:prepare_contact", "counsellor", PREPARED),
    Page("desk-departure-costs", "desk:cases:costs", "counsellor", ABOUT),
    Page("desk-departure-costs-empty", "desk:cases:costs", "counsellor", NOBODY),
    Page("desk-departure-papers", "desk:cases:checklist", "counsellor", ABOUT),
    Page("desk-departure-emergency", "desk:cases:emergency", "counsellor", NOBODY),
    Page("desk-departure-family", "desk:cases:family", "counsellor", NOBODY),
    Page("desk-departures", "desk:cases:departures", "counsellor"),
    Page("desk-departures-months", "desk:cases:departures", "counsellor", query="?part=months"),
    Page("desk-outcome-case", "desk:cases:outcome_case", "counsellor", DEPARTING),
    Page("desk-outcome-contact", "desk:cases:outcome_contact", "counsellor", PREPARED),
    Page("desk-sheet", "desk:cases:sheet", "counsellor", PREPARED),
    Page("desk-sheet-discreet", "desk:cases:sheet", "counsellor", PREPARED, query="?language=uz-cyrl&discreet=1"),
    Page("desk-session-plan", "desk:awareness:plan", "officer"),
    Page("desk-session", "desk:awareness:show", "coordinator", COUNTED),
    Page("desk-session-edit", "desk:awareness:edit", "officer", HELD),
    Page("desk-session-sheet", "desk:awareness:sheet", "officer", COUNTED),
    Page("desk-session-named", "desk:awareness:roster", "coordinator", COUNTED),
    Page("desk-session-count", "desk:awareness:counts", "officer", HELD),
    Page("desk-session-signed-up", "desk:awareness:signed_up", "officer", SIGNED_UP),
    Page("desk-session-learning", "desk:awareness:learning", "officer", COUNTED),
    Page("desk-session-materials", "desk:awareness:materials", "officer", HELD),
    Page("desk-campaigns", "desk:campaigns:list", "officer"),
    Page("desk-campaign-new", "desk:campaigns:create", "officer"),
    Page("desk-campaign", "desk:campaigns:show", "officer", CAMPAIGN),
    Page("desk-campaign-edit", "desk:campaigns:edit", "officer", CAMPAIGN),
    Page("desk-campaign-close", "desk:campaigns:close", "officer", CAMPAIGN),
    Page("desk-campaign-posts", "desk:campaigns:posts", "officer", CAMPAIGN),
    Page("desk-channels", "desk:campaigns:channels", "officer"),
    Page("desk-channel-new", "desk:campaigns:channel_add", "officer"),
    Page("desk-post-new", "desk:campaigns:post_add", "officer"),
    Page("desk-figure-new", "desk:campaigns:figure_add", "officer"),
    Page("desk-campaign-imports", "desk:campaigns:imports", "officer"),
    Page("desk-campaign-import-dry-run", "desk:campaigns:import_file", "officer", FILE),
    Page("desk-partners", "desk:partners:list", "officer"),
    Page("desk-partner-new", "desk:partners:add", "officer"),
    Page("desk-partner", "desk:partners:show", "officer", PARTNER),
    Page("desk-partner-edit", "desk:partners:edit", "officer", PARTNER),
    Page("desk-directory", "desk:partners:directory", "counsellor"),
    Page("desk-directory-due", "desk:partners:directory_due", "counsellor"),
    Page("desk-service", "desk:partners:service", "officer", SERVICE),
    Page("desk-service-add", "desk:partners:service_add", "officer", PARTNER),
    Page("desk-guide", "desk:guide:board", "coordinator"),
    Page("desk-guide-korea", "desk:guide:destination", "coordinator", KOREA),
    Page("desk-guide-fact-new", "desk:guide:add", "coordinator"),
    Page("desk-guide-fact", "desk:guide:fact", "coordinator", FACT),
    Page("desk-guide-fact-change", "desk:guide:change", "coordinator", FACT),
    Page("desk-inbox", "desk:messaging:inbox", "counsellor"),
    Page("desk-outbox", "desk:messaging:outbox", "counsellor"),
    Page("desk-reminder", "desk:messaging:remind", "counsellor", PERSON),
    Page("desk-enquiry", "desk:messaging:enquiry", "counsellor", ENQUIRY),
    Page("desk-month", "desk:insights:month", "coordinator", way=ways.month),
    Page("desk-definitions", "desk:insights:definitions", "ministry"),
    Page("desk-indicator", "desk:insights:indicator", "ministry", PERSONS),
    Page("desk-indicator-rows", "desk:insights:rows", "coordinator", PERSONS),
    Page("desk-run", "desk:insights:run", "coordinator", RUN),
    Page("desk-me", "desk:trust:me", "counsellor"),
    Page("desk-staff", "desk:trust:staff", "admin"),
    Page("desk-staff-new", "desk:trust:staff_add", "admin"),
    Page("desk-staff-member", "desk:trust:staff_member", "admin", STAFF),
    Page("desk-audit", "desk:trust:audit", "dpo"),
    Page("desk-sealed", "desk:people:sealed", "counsellor2", SEALED),
    Page("desk-sealed-requests", "desk:people:sealed_requests", "coordinator"),
    Page("desk-sealed-readers", "desk:people:sealed_readers", "dpo"),
    Page("desk-sealed-read", "desk:people:sealed_read", "counsellor2", way=ways.sealed_opened),
    Page("desk-terms", "desk:trust:retention", "dpo"),
    Page("desk-terms-files", "desk:trust:retention_files", "dpo", {"code": "people.files"}),
    Page("desk-hold", "desk:trust:retention_hold", "dpo", PERSON),
    Page("desk-processing", "desk:trust:register", "dpo"),
    Page("desk-processing-answers", "desk:trust:register_answers", "dpo"),
    Page("desk-requests", "desk:trust:requests", "dpo"),
    Page("desk-request-new", "desk:trust:request_new", "counsellor", PERSON),
    Page("desk-request", "desk:trust:request", "dpo", REQUEST),
    Page("desk-request-erase", "desk:trust:request_erase", "dpo", ERASURE),
    Page("desk-settings", "desk:trust:settings", "admin"),
    Page("desk-country", "desk:trust:country", "admin"),
    Page("desk-roles", "desk:trust:roles", "admin"),
    Page("desk-centre-new", "desk:trust:centre_add", "admin"),
    Page("desk-centre", "desk:trust:centre", "admin", CENTRE),
    Page("desk-centre-close", "desk:trust:centre_close", "admin", CENTRE),
]
SIGN_IN = [
    Page("sign-in", "account_login"),
    Page("sign-in-refused", "account_login", way=ways.wrong_password),
    Page("sign-in-locked", "account_login", way=ways.locked_out),
    Page("sign-in-code", "mfa_authenticate", way=ways.asked_for_code),
    Page("sign-in-choose-password", "account_choose_password", way=ways.choose_password),
    Page("sign-in-password-chosen", "account_password_chosen"),
    Page("sign-in-closed", "account_inactive"),
    Page("sign-out", "account_logout", "counsellor"),
    Page("account-confirm", "account_reauthenticate", "counsellor"),
    Page("account-password", "account_change_password", "counsellor"),
    Page("account-app-add", "mfa_activate_totp", way=ways.app_add),
    Page("account-app-remove", "mfa_deactivate_totp", way=ways.with_code("mfa_deactivate_totp")),
    Page("account-codes", "mfa_view_recovery_codes", way=ways.with_code("mfa_view_recovery_codes")),
    Page("account-codes-new", "mfa_generate_recovery_codes", way=ways.with_code("mfa_generate_recovery_codes")),
    Page("account-confirm-code", "mfa_reauthenticate", way=ways.with_code("mfa_reauthenticate")),
    Page("account-key-add", "mfa_add_webauthn", way=ways.with_code("mfa_add_webauthn")),
]
PORTAL = [
    Page("portal-home", "portal:home"),
    Page("portal-readiness", "portal:readiness"),
    Page("portal-centres", "portal:centres"),
    Page("portal-sessions", "portal:sessions"),
    Page("portal-sign-up", "portal:sign_up", values=PUBLIC),
    Page("portal-signed-up", "portal:sign_up", way=ways.signed_up),
    Page("portal-guides", "portal:guides"),
    Page("portal-guide-korea", "portal:guide", values=KOREA),
    Page("portal-check-offer", "portal:check_offer"),
    Page("portal-checked-offer", "portal:check_offer", way=ways.offer_checked),
    Page("portal-ask", "portal:ask"),
    Page("portal-asked", "portal:ask", way=ways.asked),
    Page("portal-visit", "portal:visit"),
    Page("portal-book", "portal:book"),
    Page("portal-book-time", "portal:book_at", values={"code": "tas"}),
    Page("portal-booking", "portal:booking"),
    Page("portal-answer-code", "portal:answer"),
    Page("portal-answer", "portal:answer", way=ways.answered),
    Page("portal-about", "portal:about"),
    Page("portal-referral-door", "portal:referral_link", "counsellor", way=referral_ways.door),
    Page("portal-referral", "portal:referral", "counsellor", way=referral_ways.opened),
    Page("portal-referral-thanks", "portal:referral_thanks"),
    Page("portal-not-here", "portal:not_here", values={"rest": "no-such-page"}, status=404),
]
OTHER = [
    Page("field-shell", "field:shell"),
    Page("field-sheet", "field:sheet"),
    Page("gallery", "ui:gallery"),
    Page("error-400", "", way=ways.error("bad_request", 400)),
    Page("error-403", "", "ministry", way=ways.refused),
    Page("error-404", "", "counsellor", way=ways.missing),
    Page("error-500", "", way=ways.error("broken", 500)),
    Page("error-stale-form", "", way=ways.stale_form),
]
PAGES = [*DESK, *SIGN_IN, *PORTAL, *OTHER]
# The same pages as people who do not read English see them.
RUSSIAN = ["desk-board", "desk-person", "desk-month", "portal-home", "portal-guide-korea"]
TRANSLATED = [
    Page(f"{page.name}-{language}", page.url_name, page.who, page.values, page.query, page.way, page.status, language)
    for language, names in {
        "ru": RUSSIAN,
        "uz": [page.name for page in PORTAL if not page.way],
        "uz-cyrl": [page.name for page in PORTAL if not page.way],
    }.items()
    for page in PAGES
    if page.name in names
]

TAKES_ONLY_POST = {
    "desk:cases:instruments_install", "desk:cases:instrument_publish", "desk:cases:instrument_retire",
    "desk:cases:instrument_weights", "desk:cases:assessment_decide", "desk:cases:assessment_void",
    "desk:cases:remind_of_tomorrow", "desk:cases:move_visit", "desk:cases:move_ticket", "desk:cases:call_tried",
    "desk:cases:follow_up_tried", "desk:cases:rota_end", "desk:cases:rota_take_back", "desk:cases:calendar_revoke",
    "mfa_login_webauthn", "desk:guide:verify", "desk:guide:assign", "desk:guide:retire", "account_language", "desk:cases:void", "desk:cases:sheet_pdf", "desk:cases:sheet_send", "desk:cases:follow_up_done", "desk:cases:move_case",
    "desk:cases:hand_over_noted", "desk:cases:approval_withdraw", "desk:cases:approval_noted", "desk:cases:conference_step_done",
    "desk:cases:opinion_withdraw", "desk:cases:opinion_noted", "desk:cases:care_take_back",
    "desk:cases:add_service", "desk:cases:add_note", "desk:cases:send_referral", "desk:cases:move_referral",
    "desk:cases:add_need", "desk:cases:settle_need", "desk:cases:attempt", "desk:cases:plan_draft", "desk:cases:plan_goal",
    "desk:cases:plan_step_add", "desk:cases:plan_goal_remove", "desk:cases:plan_step_remove", "desk:cases:plan_agree",
    "desk:cases:plan_approval", "desk:cases:plan_finish",
    "desk:cases:confirm_referral", "desk:cases:close_referral", "desk:cases:postpone_referral", "desk:cases:withdraw_referral",
    "desk:cases:referral_seen", "desk:cases:referral_link", "desk:cases:referral_link_revoke", "desk:cases:referral_receive",
    "desk:cases:referral_answer", "desk:partners:service_still_true", "portal:referral_answer",
    "desk:cases:offer_check_paper", "desk:cases:agencies_take_over", "desk:cases:agencies_import_discard", "desk:cases:triage_hand_over",
    "desk:cases:complaint_pass_on", "desk:cases:complaint_letter", "desk:cases:complaint_answer", "desk:cases:complaint_close",
    "desk:cases:import_take_over", "desk:cases:import_discard", "desk:people:decide", "desk:people:suggest", "desk:people:alike", "desk:people:household_find", "desk:people:household_leave",
    "desk:people:card_issue", "desk:people:card_revoke", "desk:people:withdraw", "desk:people:duplicate_decide", "desk:awareness:step",
    "desk:awareness:find", "desk:awareness:set_present", "desk:awareness:save_test", "desk:awareness:ask",
    "desk:campaigns:start", "desk:partners:move", "desk:partners:sign", "desk:partners:touch", "desk:messaging:close",
    "desk:insights:freeze", "desk:insights:rebuild", "desk:trust:language", "desk:trust:theme", "desk:trust:staff_roles",
    "desk:trust:staff_access", "desk:trust:staff_password", "desk:trust:audit_export",
    "desk:people:sealed_write", "desk:people:sealed_ask", "desk:people:sealed_decide", "desk:people:sealed_reader_end",
    "desk:trust:retention_run", "desk:trust:retention_lift", "desk:trust:register_download",
    "desk:people:consent_paper", "desk:cases:referral_letter", "desk:trust:request_identify", "desk:trust:request_extend", "desk:trust:request_answer", "desk:trust:request_copy",
}  # fmt: skip
NO_PAGE = {
    "account_set_password": "leads on whoever has a password, and everybody in the demo has one",
    "mfa_index": "leads to one's own page",
    "mfa_list_webauthn": "leads to one's own page",
    "mfa_download_recovery_codes": "a text file",
    "mfa_reauthenticate_webauthn": "needs a device; followed in tests/desk/trust/test_passkeys_in_browser.py",
    "mfa_edit_webauthn": "needs a device; followed in tests/desk/trust/test_passkeys_in_browser.py",
    "mfa_remove_webauthn": "needs a device; followed in tests/desk/trust/test_passkeys_in_browser.py",
    "desk:cases:cards": "a part of the page of a new contact",
    "desk:cases:import_done": "followed in the journey of a register",
    "desk:cases:import_errors": "an Excel file",
    "desk:cases:agencies_import_errors": "an Excel file",
    "desk:cases:instrument_workbook": "an Excel file",
    "desk:cases:instrument_export": "a file of answers",
    "desk:cases:instrument_paper": "a paper as PDF",
    "desk:cases:plan_paper": "a paper as PDF",
    "desk:cases:instrument_file": "a picture inside a question",
    "field:worker": "a script",
    "field:manifest": "for browsers",
    "desk:campaigns:import_errors": "an Excel file",
    "desk:insights:download": "a Word, Excel or PDF file",
    "enter": "leads to the portal in the reader's language",
    "robots": "for machines",
    "sitemap": "for machines",
    "security_text": "for machines",
}


def addresses(resolver: URLResolver | None = None, namespace: str = "") -> list[str]:
    """Return the full name of every address of the project, the machines' door left out."""
    found: list[str] = []
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            found += [] if inner.startswith("api") else addresses(entry, inner)
        elif isinstance(entry, URLPattern):
            found.append(f"{namespace}{entry.name}")
    return found
