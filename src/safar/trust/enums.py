"""Closed sets of the trust domain."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class CentreKind(TextChoices):
    CENTRE = "centre", _("Centre")
    OUTREACH_POINT = "outreach_point", _("Outreach point")
    MOBILE_TEAM = "mobile_team", _("Mobile team")


class AuditVerb(TextChoices):
    """What an audit row says happened: a read of a person is as much an event as a change."""

    READ = "read", _("Opened")
    SEARCH = "search", _("Searched")
    WRITE = "write", _("Changed")
    EXPORT = "export", _("Exported")
    ERASE = "erase", _("Erased")
    SIGN_IN = "sign_in", _("Signing in")


class SealedKind(TextChoices):
    """What a sealed note is about; a note says what was heard and done, never what somebody is."""

    TRAFFICKING = "trafficking", _("Signs of trafficking or forced labour")
    VIOLENCE = "violence", _("Violence")
    HEALTH = "health", _("Health")


class OpeningPurpose(TextChoices):
    """What sealed notes are opened for: to be read by a named reader, or to go into the person's own copy."""

    READ = "read", _("To read them")
    COPY = "copy", _("For the person’s own copy")


class RequestKind(TextChoices):
    """What a person may ask about their own data."""

    COPY = "copy", _("Copy of what is held")
    CORRECTION = "correction", _("Correction")
    ERASURE = "erasure", _("Erasure")
    OBJECTION = "objection", _("Objection to a use")


class RequestWay(TextChoices):
    """How a request arrived; none is refused for its form."""

    IN_PERSON = "in_person", _("In person")
    PHONE = "phone", _("By phone")
    MESSAGE = "message", _("By message")
    POST = "post", _("By letter")


class RequestedBy(TextChoices):
    SELF = "self", _("The person")
    GUARDIAN = "guardian", _("Parent or guardian")
    REPRESENTATIVE = "representative", _("Somebody the person authorised")


class IdentityCheck(TextChoices):
    """How the centre made sure that the one who asks is the person; before that nothing is handed over or erased."""

    NOT_YET = "not_yet", _("Not yet")
    KNOWN = "known", _("Known to a colleague")
    DOCUMENT = "document", _("Document shown, not copied")
    CARD = "card", _("Client card and birth date")
    CALL_BACK = "call_back", _("Called back on the number in the file")


class RequestState(TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")
    DROPPED = "dropped", _("Taken back by the person")


REQUEST_TRANSITIONS: dict[RequestState, frozenset[RequestState]] = {
    RequestState.OPEN: frozenset({RequestState.DONE, RequestState.REFUSED, RequestState.DROPPED}),
    RequestState.DONE: frozenset(),
    RequestState.REFUSED: frozenset(),
    RequestState.DROPPED: frozenset(),
}


class Theme(TextChoices):
    SYSTEM = "system", _("As the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


# What the trail's action codes say to a reader; codes are never reused. A domain may have such a map in its own enums, and
# its words then win over these.
AUDIT_LABELS: dict[str, str | Promise] = {
    "trust.staff.add": _("Added a member of staff"),
    "trust.staff.change": _("Changed a member of staff"),
    "trust.staff.set_roles": _("Changed somebody's roles"),
    "trust.staff.deactivate": _("Closed a member of staff's access"),
    "trust.staff.reactivate": _("Reopened a member of staff's access"),
    "trust.staff.password_link": _("Made a link to choose a password"),
    "trust.staff.preferences": _("Changed own language or appearance"),
    "trust.centre.add": _("Added a centre"),
    "trust.centre.change": _("Changed a centre"),
    "trust.centre.close": _("Closed a centre"),
    "trust.audit.export": _("Exported the audit trail"),
    "trust.account.sign_in_failed": _("Sign-in failed: wrong password"),
    "trust.account.code_failed": _("Sign-in failed: wrong second factor"),
    "trust.account.locked_out": _("Sign-in locked after repeated failures"),
    "trust.account.password_chosen": _("Chose a new password"),
    "trust.account.factor_added": _("Added a second factor"),
    "trust.account.factor_removed": _("Removed a second factor"),
    "trust.account.factor_reset": _("Made new recovery codes"),
    "trust.audit.prune": _("Removed rows of the trail whose term is over"),
    "trust.request.receive": _("Received a request about personal data"),
    "trust.request.extend": _("Lengthened the time for a request"),
    "trust.request.identify": _("Checked who asks about personal data"),
    "trust.request.answer": _("Answered a request about personal data"),
    "trust.subject.preview": _("Looked at what erasing a person does"),
    "trust.subject.export": _("Exported everything held about a person"),
    "trust.subject.erase": _("Erased a person"),
    "trust.sealed.write": _("Sealed a note"),
    "trust.sealed.name_reader": _("Named a reader of sealed notes"),
    "trust.sealed.end_reader": _("Ended a reader of sealed notes"),
    "trust.sealed.ask": _("Asked to open sealed notes"),
    "trust.sealed.allow": _("Allowed sealed notes to be opened"),
    "trust.sealed.refuse": _("Refused to open sealed notes"),
    "trust.sealed.read": _("Read a sealed note"),
    "trust.sealed.copy": _("Put a sealed note into a person’s own copy"),
    "trust.sealed.destroy": _("Destroyed sealed notes and their keys"),
    "trust.sealed.rotate": _("Wrapped all sealed notes with a new key"),
    "trust.retention.preview": _("Opened the list of files about to end"),
    "trust.retention.run": _("Ended what was due"),
    "trust.retention.hold": _("Put a person’s records on hold"),
    "trust.retention.lift": _("Lifted a hold"),
    "trust.register.answer": _("Changed the answers of the processing register"),
    "trust.register.export": _("Took out the processing register"),
    "people.person.search": _("Searched for people"),
    "people.person.open": _("Opened a person's file"),
    "people.person.list": _("Listed people by name"),
    "people.person.register": _("Registered a person"),
    "people.person.change": _("Changed a person's details"),
    "people.person.search_widely": _("Listed many people at once, for a reason"),
    "people.person.look_alikes": _("Compared a person with files that look alike"),
    "people.card.issue": _("Gave out a client card"),
    "people.card.revoke": _("Declared a client card invalid"),
    "people.household.start": _("Started a household"),
    "people.household.change": _("Changed a household"),
    "people.household.open": _("Opened a household"),
    "people.household.add": _("Added a person to a household"),
    "people.household.leave": _("Recorded that a person left a household"),
    "people.duplicate.list": _("Listed files that look alike"),
    "people.duplicate.open": _("Compared two files that look alike"),
    "people.duplicate.sweep": _("Looked for files of one person"),
    "people.index.rekey": _("Made the search index anew"),
    "people.consent.decide": _("Recorded a person's consent or refusal"),
    "people.consent.withdraw": _("Withdrew a consent"),
    "people.consent.form": _("Printed a form of consent"),
    "people.contact_point.agree": _("Recorded how a person may be reached"),
    "cases.instrument.add": _("Added a version of an instrument"),
    "cases.instrument.publish": _("Took an instrument into use"),
    "cases.instrument.retire": _("Took an instrument out of use"),
    "cases.instrument.load_weights": _("Loaded weights for an instrument"),
    "cases.assessment.fill": _("Kept the answers of an assessment"),
    "cases.assessment.open": _("Opened an assessment"),
    "cases.assessment.of_person": _("Listed assessments"),
    "cases.assessment.decide": _("Decided on an assessment"),
    "cases.assessment.export": _("Took answers of assessments out"),
    "cases.assessment.take_over": _("Took answers of assessments over from a file"),
    "cases.offer.check": _("Checked an offer"),
    "cases.offer.open": _("Opened an offer check"),
    "cases.offer.of_person": _("Listed a person's offer checks"),
    "cases.offer.paper": _("Printed an offer check"),
    "cases.triage.ask": _("Asked the three first questions"),
    "cases.triage.open": _("Opened the cards of the first questions"),
    "cases.triage.hand_over": _("Drafted a restricted hand-over"),
    "cases.agency.take_over": _("Took over a register of agencies"),
    "cases.complaint.receive": _("Took a complaint"),
    "cases.complaint.open": _("Opened a complaint"),
    "cases.complaint.move": _("Moved a complaint to another state"),
    "cases.complaint.letter": _("Printed a complaint for its recipient"),
    "cases.complaint.of_person": _("Listed a person's complaints"),
    "partners.partners.add": _("Added a partner"),
    "partners.partners.change": _("Changed a partner"),
    "partners.partners.move": _("Moved an agreement to another state"),
    "partners.partners.sign": _("Recorded a signed agreement"),
    "partners.partners.touch": _("Recorded contact with a partner"),
    "partners.services.add": _("Entered a service in the directory"),
    "partners.services.change": _("Changed an entry of the service directory"),
    "partners.services.confirm": _("Checked an entry of the service directory"),
    "guide.content.load": _("Loaded the guide's content"),
    "guide.facts.add": _("Added a fact to the guide"),
    "guide.facts.assign": _("Gave a fact of the guide to another owner"),
    "guide.facts.change": _("Changed a fact of the guide"),
    "guide.facts.retire": _("Retired a fact of the guide"),
    "guide.facts.verify": _("Checked a fact of the guide"),
    "messaging.enquiries.submit": _("Received a question from the public pages"),
    "messaging.enquiries.get": _("Opened a question"),
    "messaging.enquiries.answer": _("Answered a question"),
    "messaging.enquiries.close": _("Closed a question"),
    "messaging.enquiries.forget_old": _("Removed old questions"),
    "messaging.outbox.send_reminder": _("Sent a reminder"),
    "cases.contact.record": _("Recorded a counselling contact"),
    "cases.contact.open": _("Opened a counselling contact"),
    "cases.contact.of_person": _("Saw a person's counselling contacts"),
    "cases.case.open_file": _("Looked into a case file"),
    "cases.case.of_person": _("Saw a person's case files"),
    "cases.referral.open": _("Opened a referral"),
    "cases.referral.letter": _("Printed the letter of a referral"),
    "cases.referral.of_person": _("Saw a person's referrals"),
    "cases.referral.incoming": _("Was told of a person by another centre’s referral"),
    "cases.referral_link.read": _("A recipient read a referral by its link"),
    "cases.referral_link.open": _("A recipient opened the link of a referral"),
    "cases.referral_link.lock": _("A link was locked after wrong codes"),
    "cases.referral_link.make": _("Made a link for the recipient of a referral"),
    "cases.referral_link.revoke": _("Revoked the link of a referral"),
    "cases.referral.postpone": _("Set the next date of a referral"),
    "cases.follow_up.done": _("Marked a follow-up as done"),
    "cases.visit.book": _("Booked a visit"),
    "cases.visit.book_public": _("Booked a visit on the public pages"),
    "cases.visit.move": _("Moved a visit on"),
    "cases.visit.call_off": _("Called a visit off"),
    "cases.visit.open": _("Opened a booked visit"),
    "cases.visit.of_person": _("Saw a person’s booked visits"),
    "cases.ticket.give": _("Gave out a waiting number"),
    "cases.ticket.move": _("Moved a waiting number on"),
    "cases.ticket.open": _("Opened a waiting number"),
    "cases.call.owe": _("Put somebody on the list of calls"),
    "cases.call.tried": _("Noted a try to reach somebody"),
    "cases.rota.plan": _("Planned weekly hours"),
    "cases.rota.end": _("Ended weekly hours"),
    "cases.rota.change": _("Changed a day of the rota"),
    "cases.rota.take_back": _("Took a changed day of the rota back"),
    "cases.feed.make": _("Made a calendar address"),
    "cases.feed.revoke": _("Ended a calendar address"),
    "cases.day.ask": _("Asked what became of visits of earlier days"),
    "cases.follow_up.hand_over": _("Handed a follow-up to a colleague"),
    "cases.case.hand_over": _("Handed a case file to a colleague"),
    "cases.supervision.overdue": _("Listed overdue follow-ups by worker"),
    "cases.conference.add": _("Recorded a case conference"),
    "cases.conference.step_done": _("Marked the next step of a case conference as done"),
    "cases.approval.ask": _("Asked for approval"),
    "cases.approval.open": _("Opened a request for approval"),
    "cases.approval.approve": _("Approved what a colleague asked for"),
    "cases.approval.send_back": _("Sent a request for approval back"),
    "cases.approval.withdraw": _("Took a request for approval back"),
    "cases.approval.use": _("Did what had been approved"),
    "cases.opinion.ask": _("Asked a colleague for a second opinion"),
    "cases.opinion.open": _("Opened a second opinion"),
    "cases.opinion.answer": _("Gave a second opinion"),
    "cases.opinion.withdraw": _("Took a request for a second opinion back"),
    "cases.departure.open": _("Opened the papers of a departure"),
    "cases.departure.keep": _("Kept a paper of a departure"),
    "cases.departure.print": _("Printed a paper of a departure"),
    "cases.departure.list": _("Listed departures to ask about"),
    "cases.departure.outcomes": _("Saw what became of a departure"),
    "cases.departure.record_outcome": _("Recorded what became of a departure"),
    "cases.sheet.open": _("Opened a take-home sheet"),
    "cases.sheet.print": _("Printed a take-home sheet"),
    "cases.sheet.send": _("Sent a take-home sheet"),
    "cases.register.preview": _("Tried out a register from Excel"),
    "cases.register.take_over": _("Took over a register from Excel"),
    "cases.register.add_visits": _("Added visits from a register"),
    "awareness.session.plan": _("Planned an awareness session"),
    "awareness.session.change": _("Changed an awareness session"),
    "awareness.attendance.save_roster": _("Recorded who came to a session, by name"),
    "awareness.attendance.save_counts": _("Recorded how many came to a session"),
    "awareness.learning.save_test": _("Recorded a knowledge test"),
    "awareness.learning.log_question": _("Recorded a question asked at a session"),
    "awareness.material.replace": _("Recorded materials handed out"),
    "awareness.signup.sign_up": _("Somebody signed up for a session"),
    "campaigns.campaign.create": _("Planned a campaign"),
    "campaigns.campaign.change": _("Changed a campaign"),
    "campaigns.channel.add": _("Added a channel"),
    "campaigns.post.add": _("Added a post"),
    "campaigns.post.attach": _("Attached a post to a campaign"),
    "campaigns.snapshot.record_manual": _("Typed in a platform's figures"),
    "campaigns.import.preview": _("Tried out a platform's file"),
    "campaigns.import.commit": _("Took over a platform's file"),
    "insights.rows.open": _("Opened the rows behind a figure"),
    "insights.run.freeze": _("Froze a month's report"),
    "insights.run.export": _("Took a report out"),
    "cases.case.open": _("Opened a case file for a person"),
    "cases.case.move": _("Moved a case to another state"),
    "cases.reception.receive": _("Received somebody who came back"),
    "cases.reception.add_need": _("Noted an immediate need"),
    "cases.reception.settle_need": _("Noted what became of an immediate need"),
    "cases.reintegration.open": _("Looked into a case file after return"),
    "cases.plan.draft": _("Began a plan after return"),
    "cases.plan.agree": _("Put a plan after return into force"),
    "cases.plan.finish": _("Ended a plan after return"),
    "cases.plan.printed": _("Printed a plan after return"),
    "cases.plan.add_goal": _("Wrote a goal into a plan"),
    "cases.plan.remove_goal": _("Took a goal out of a plan"),
    "cases.plan.add_step": _("Wrote a step into a plan"),
    "cases.plan.remove_step": _("Took a step out of a plan"),
    "cases.plan.move_step": _("Noted how a step of a plan stands"),
    "cases.review.open": _("Opened a review after return"),
    "cases.review.hold": _("Recorded a review after return"),
    "cases.review.attempt": _("Noted a try to reach a person"),
    "cases.closure.close": _("Closed a case file after return"),
    "cases.case.add_service": _("Recorded a service in a case"),
    "cases.referral.draft": _("Prepared a referral"),
    "cases.referral.move": _("Moved a referral to another state"),
    "cases.contact.corrected": _("Corrected a counselling contact"),
    "cases.contact.voided": _("Struck out a counselling contact"),
    "campaigns.campaign.running": _("Started a campaign"),
    "campaigns.campaign.closed": _("Closed a campaign"),
    "awareness.session.hold": _("Marked a session as held"),
    "awareness.session.submit": _("Submitted a session for approval"),
    "awareness.session.send_back": _("Sent a session back"),
    "awareness.session.approve": _("Approved a session"),
    "awareness.session.lock": _("Locked a session"),
    "awareness.session.unlock": _("Unlocked a session"),
    "awareness.session.cancel": _("Cancelled a session"),
    "network.bundle.seal": _("Sealed protected tables for the hub"),
}
