import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from safar.awareness.models import SignUp
from safar.cases.actions import cases as case_actions
from safar.cases.models import CaseFile, Contact
from safar.kernel import retention as registry
from safar.kernel import tasks
from safar.kernel.actor import MACHINE
from safar.kernel.clock import now, today
from safar.kernel.ids import new_id
from safar.kernel.once import UsedKey
from safar.messaging.models import Answer, Enquiry, Message
from safar.people.actions import consents
from safar.people.models import ConsentGrant, Person
from safar.trust.actions import retention, subject_requests
from safar.trust.models import (
    AuditEntry,
    ProcessingAnswers,
    RetentionHold,
    RetentionRun,
    SealedNote,
    SealedOpening,
    SealedReader,
    SubjectRequest,
)
from safar.trust.privacy import HOLD
from safar.trust.queries import retention as queries
from safar.trust.queries import terms
from safar.trust.queries.profile import profile
from tests.factories import awareness, cases, people

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
TWO_YEARS_AND_A_DAY = 732 * DAY


def old_person(centre, days: int = 800, **fields) -> Person:
    person = people.person(at=centre, **fields)
    Person.objects.filter(pk=person.pk).update(registered_on=today() - days * DAY)
    return person


def alive(person) -> bool:
    return Person.objects.filter(pk=person.pk).exists()


@pytest.fixture
def officer(actor):
    return actor("data_protection_officer")


def test_the_month_before_is_the_same_day_or_the_last_one() -> None:
    assert registry.months_before(dt.date(2026, 3, 31), 1) == dt.date(2026, 2, 28)
    assert registry.months_before(dt.date(2026, 1, 15), 14) == dt.date(2024, 11, 15)
    assert registry.months_before(dt.date(2024, 3, 29), 1) == dt.date(2024, 2, 29)


def test_every_rule_names_a_term_of_every_country() -> None:
    from safar.trust.queries.profile import load

    found = registry.rules()
    assert len(found) >= 12
    for country in ("UZ", "KG", "TJ"):
        for rule in found:
            assert load(country).retention(rule.purpose), (country, rule.code)


def test_rules_run_from_the_highest_domain_to_the_lowest() -> None:
    codes = [rule.code.split(".")[0] for rule in registry.rules()]
    assert codes.index("awareness") < codes.index("cases") < codes.index("people") < codes.index("trust")


def test_no_two_rules_or_keepers_share_a_name(monkeypatch) -> None:
    monkeypatch.setattr(registry, "_RULES", {})
    monkeypatch.setattr(registry, "_KEEPERS", {})
    made = [registry.Rule("a.b", "messages", "x", "y", lambda *_: None, lambda _: None) for _ in range(2)]
    registry.register_rule(made[0])
    registry.register_rule(made[0])
    with pytest.raises(ValueError, match="registered twice"):
        registry.register_rule(made[1])
    kept = [registry.Keeper("a", lambda _: None) for _ in range(2)]
    registry.register_keeper(kept[0])
    with pytest.raises(ValueError, match="registered twice"):
        registry.register_keeper(kept[1])


def test_a_file_nobody_needs_is_erased_and_one_with_a_recent_visit_stays(home_centre) -> None:
    idle, visited, new = old_person(home_centre), old_person(home_centre), people.person(at=home_centre)
    cases.contact(home_centre, of=visited, occurred_at=now() - 100 * DAY)
    run = retention.run(by=MACHINE)
    assert (alive(idle), alive(visited), alive(new)) == (False, True, True)
    assert run.ended["people.files"] == 1
    assert run.finished_at


def test_open_and_recently_closed_cases_sessions_referrals_and_follow_ups_keep_a_file(home_centre) -> None:
    kept = {}
    for kind in ("case", "closed", "session", "referral", "follow_up"):
        kept[kind] = old_person(home_centre, given_name=kind)
    cases.case(home_centre, kept["case"])
    closed = cases.case(home_centre, kept["closed"])
    CaseFile.objects.filter(pk=closed.pk).update(
        state="closed", opened_on=today() - 1400 * DAY, closed_on=today() - 1300 * DAY
    )
    held = awareness.session(home_centre, starts_at=now() - 200 * DAY)
    awareness.named(held, kept["session"])
    cases.referral(home_centre, of=kept["referral"])
    due = cases.contact(home_centre, of=kept["follow_up"], occurred_at=now() - 790 * DAY)
    Contact.objects.filter(pk=due.pk).update(follow_up_on=today() + 5 * DAY)
    retention.run(by=MACHINE)
    assert {kind: alive(person) for kind, person in kept.items()} == dict.fromkeys(kept, True)


def test_a_case_closed_longer_ago_than_its_term_no_longer_keeps_a_file(home_centre) -> None:
    person = old_person(home_centre, days=3000)
    case = cases.case(home_centre, person)
    long_ago = terms.cut("case_files", today()) - DAY
    CaseFile.objects.filter(pk=case.pk).update(state="closed", opened_on=long_ago - DAY, closed_on=long_ago)
    retention.run(by=MACHINE)
    assert not alive(person)
    assert CaseFile.objects.get(pk=case.pk).former_person_key


def test_the_erased_still_count_as_people_in_the_months_they_came(home_centre) -> None:
    person = old_person(home_centre)
    for days in (790, 789):
        cases.contact(home_centre, of=person, occurred_at=now() - days * DAY)
    retention.run(by=MACHINE)
    assert not alive(person)
    keys = set(Contact.objects.values_list("former_person_key", flat=True))
    assert len(keys) == 1
    assert keys.pop() not in {None, person.pk}


def test_a_file_whose_consent_was_withdrawn_ends_a_month_later_although_it_is_needed(home_centre, officer) -> None:
    gone, kept = people.person(at=home_centre), people.person(at=home_centre)
    for person in (gone, kept):
        cases.contact(home_centre, of=person)
        consents.withdraw(grant_id=person.consents.get().pk, by=MACHINE)
    ConsentGrant.objects.filter(person=gone).update(decided_at=now() - 50 * DAY, withdrawn_at=now() - 40 * DAY)
    assert retention.run(by=MACHINE).ended == {"people.withdrawn": 1}
    assert (alive(gone), alive(kept)) == (False, True)


def test_a_consent_given_again_saves_the_file(home_centre) -> None:
    person = people.person(at=home_centre)
    ConsentGrant.objects.filter(person=person).update(decided_at=now() - 90 * DAY, withdrawn_at=now() - 80 * DAY)
    consents.decide(person_id=person.pk, details=people.consent(), by=MACHINE)
    retention.run(by=MACHINE)
    assert alive(person)


def test_files_that_were_merged_are_kept_held_and_erased_as_one_person(home_centre, officer) -> None:
    kept, held, idle = (old_person(home_centre) for _ in range(3))
    others = [old_person(home_centre) for _ in range(3)]
    for head, other in zip((kept, held, idle), others, strict=True):
        Person.objects.filter(pk=other.pk).update(merged_into=head)
    cases.contact(home_centre, of=others[0], occurred_at=now() - 10 * DAY)
    retention.hold(person_key=others[1].pk, reason="court", until=today() + DAY, by=officer)
    assert queries.hold_on(held.pk)
    retention.run(by=MACHINE)
    left = set(Person.objects.values_list("pk", flat=True))
    assert left == {kept.pk, held.pk, others[0].pk, others[1].pk}


def test_a_hold_keeps_a_file_until_it_is_lifted_or_its_day_has_passed(home_centre, officer) -> None:
    person, other = old_person(home_centre), old_person(home_centre)
    hold = retention.hold(person_key=person.pk, reason="court", until=today() + 30 * DAY, by=officer)
    retention.hold(person_key=other.pk, reason="claim", until=today(), by=officer)
    RetentionHold.objects.filter(person_key=other.pk).update(until=today() - DAY)
    retention.run(by=MACHINE)
    assert (alive(person), alive(other)) == (True, False)
    with pytest.raises(ValidationError, match="on hold until"):
        subject_requests.erase_person(person.pk, reason="asked", by=officer)
    assert HOLD.export(person.pk)["holds"][0]["reason"] == "court"
    retention.lift(hold_id=hold.pk, by=officer)
    retention.lift(hold_id=hold.pk, by=officer)
    retention.run(by=MACHINE)
    assert not alive(person)
    assert AuditEntry.objects.filter(action="trust.retention.lift").count() == 1
    assert not RetentionHold.objects.filter(person_key=person.pk).exists()


def test_a_hold_has_a_reason_and_an_end_and_replaces_the_standing_one(officer, actor) -> None:
    person = new_id()
    for wrong in ({"reason": " "}, {"until": None}, {"until": today() - DAY}, {"until": today() + 3000 * DAY}):
        with pytest.raises(ValidationError):
            retention.hold(**({"person_key": person, "reason": "court", "until": today()} | wrong), by=officer)
    with pytest.raises(PermissionDenied):
        retention.hold(person_key=person, reason="court", until=today(), by=actor("coordinator"))
    retention.hold(person_key=person, reason="court", until=today(), by=officer)
    second = retention.hold(person_key=person, reason="court", until=today() + DAY, by=officer)
    assert queries.hold_on(person) == second
    with pytest.raises(IntegrityError), transaction.atomic():
        RetentionHold.objects.create(person_key=person, reason="x", until=today())


def test_a_second_run_on_the_same_day_ends_nothing_more(home_centre) -> None:
    old_person(home_centre)
    assert retention.run(by=MACHINE).ended
    assert retention.run(by=MACHINE).ended == {}
    rows = AuditEntry.objects.filter(action="trust.retention.run").order_by("recorded_at")
    assert [row.fields for row in rows] == [["people.files: 1"], []]


def test_only_so_many_files_end_in_a_night_and_the_rest_is_said(home_centre, monkeypatch) -> None:
    for _ in range(5):
        old_person(home_centre)
    monkeypatch.setattr(retention, "MOST_FILES_A_NIGHT", 3)
    monkeypatch.setattr(retention, "FILES_A_BATCH", 2)
    first = retention.run(by=MACHINE)
    assert (first.ended["people.files"], first.left["people.files"]) == (3, 2)
    assert retention.run(by=MACHINE).ended["people.files"] == 2


def test_one_file_that_cannot_be_erased_keeps_no_other_and_is_said(home_centre, monkeypatch, caplog) -> None:
    broken, fine, other = (old_person(home_centre) for _ in range(3))
    erase = subject_requests.erase_person

    def stumbling(person_key, **words):
        if person_key == broken.pk:
            raise RuntimeError("a table is missing")
        return erase(person_key, **words)

    monkeypatch.setattr(subject_requests, "erase_person", stumbling)
    with pytest.raises(ValidationError, match="1 record could not be ended"):
        retention.run(by=MACHINE)
    assert [alive(person) for person in (broken, fine, other)] == [True, False, False]
    run = RetentionRun.objects.get()
    assert (run.ended, run.left) == ({"people.files": 2}, {"people.files": 1})
    assert "people.files: one record could not be ended" in caplog.text
    assert str(broken.pk) not in caplog.messages[0]
    assert AuditEntry.objects.get(action="trust.retention.run").fields == ["people.files: 2"]


def test_what_a_broken_batch_did_is_undone(home_centre, monkeypatch) -> None:
    people_left = [old_person(home_centre) for _ in range(2)]
    erase = subject_requests.erase_person

    def half(person_key, **words):
        erase(person_key, **words)
        raise RuntimeError

    monkeypatch.setattr(subject_requests, "erase_person", half)
    with pytest.raises(ValidationError):
        retention.run(by=MACHINE)
    assert all(alive(person) for person in people_left)


def test_the_preview_counts_by_kind_and_centre_and_names_nobody(
    home_centre, officer, django_assert_max_num_queries
) -> None:
    person = old_person(home_centre)
    held = old_person(home_centre)
    old_person(home_centre, days=720)
    retention.hold(person_key=held.pk, reason="court", until=today() + 90 * DAY, by=officer)
    # Two for each kind, tonight and in a month, and a few of its own: as many whatever the registry holds.
    with django_assert_max_num_queries(2 * len(registry.rules()) + 12):
        kinds = {kind.code: kind for kind in queries.preview(today(), by=officer)}
    files = kinds["people.files"]
    assert (files.now, files.soon, files.on_hold, files.months) == (1, 1, 1, 24)
    assert [(share.centre, share.now, share.soon) for share in files.shares] == [("Centre TAS", 1, 1)]
    assert retention.open_list("people.files", by=officer) == [person.pk]
    assert AuditEntry.objects.filter(action="trust.retention.preview").get().fields == ["1 people"]
    assert alive(person)


@pytest.mark.parametrize("code", ["awareness.sign_ups", "no.such"])
def test_only_files_are_listed_by_name(code: str, officer) -> None:
    with pytest.raises(LookupError):
        retention.open_list(code, by=officer)


@pytest.mark.parametrize("role", ["coordinator", "administrator", "ministry_viewer"])
def test_what_ends_is_the_officers_business(role: str, actor) -> None:
    by = actor(role)
    for refused in (
        lambda: retention.run(by=by),
        lambda: retention.open_list("people.files", by=by),
        lambda: queries.preview(today(), by=by),
        lambda: retention.lift(hold_id=new_id(), by=by),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_what_is_kept_for_good_is_never_due(home_centre, monkeypatch) -> None:
    person = old_person(home_centre)
    kept = profile().model_copy(update={"retention_months": dict.fromkeys(profile().retention_months)})
    monkeypatch.setattr(terms, "profile", lambda: kept)
    assert retention.run(by=MACHINE).ended == {}
    assert alive(person)
    assert terms.needed_since("messages", today()) == terms.BEFORE_ANYTHING


def test_names_and_phones_of_sign_ups_go_and_the_place_taken_stays(home_centre) -> None:
    session = awareness.session(home_centre, starts_at=now() - 120 * DAY)
    signed = SignUp.objects.create(
        session=session, name="Anvar", phone="+998901234567", language="uz", reference="AAAA"
    )
    recent = SignUp.objects.create(
        session=awareness.session(home_centre, starts_at=now() - 20 * DAY), name="B", language="uz", reference="BBBB"
    )
    assert retention.run(by=MACHINE).ended["awareness.sign_ups"] == 1
    signed.refresh_from_db()
    recent.refresh_from_db()
    assert (signed.name, signed.phone, recent.name) == ("", "", "B")


def test_old_questions_go_whether_closed_or_forgotten_and_answered_ones_stay(home_centre) -> None:
    def enquiry(days: int, **fields) -> Enquiry:
        return Enquiry.objects.create(
            kind="question", code=str(new_id())[-12:], text="?", language="uz", recorded_at=now() - days * DAY, **fields
        )

    closed = enquiry(500, state="closed", closed_at=now() - 400 * DAY)
    forgotten = enquiry(400)
    talking, recently_closed = enquiry(400), enquiry(500, state="closed", closed_at=now() - 30 * DAY)
    Answer.objects.create(enquiry=talking, text="!", recorded_at=now() - 10 * DAY)
    assert retention.run(by=MACHINE).ended["messaging.enquiries"] == 2
    left = set(Enquiry.objects.values_list("pk", flat=True))
    assert left == {talking.pk, recently_closed.pk}
    assert closed.pk not in left
    assert forgotten.pk not in left


def test_the_words_of_old_contacts_and_cases_go_and_their_codes_stay(home_centre) -> None:
    nameless = cases.contact(home_centre, occurred_at=now() - 800 * DAY, note="He told of …")
    person = people.person(at=home_centre)
    of_case = cases.contact(home_centre, of=person, occurred_at=now() - 800 * DAY, note="Kept with the case.")
    case = cases.case(home_centre, person)
    case_actions.add_note(case_id=case.pk, text="A note.", by=MACHINE)
    assert retention.run(by=MACHINE).ended == {"cases.contact_words": 1}
    long_ago = terms.cut("case_files", today()) - DAY
    CaseFile.objects.filter(pk=case.pk).update(
        state="dropout", reason="moved", opened_on=long_ago - DAY, closed_on=long_ago
    )
    cases.contact(home_centre, of=person)
    assert retention.run(by=MACHINE).ended == {"cases.case_words": 1, "cases.contact_words": 1}
    nameless.refresh_from_db()
    of_case.refresh_from_db()
    case.refresh_from_db()
    assert (nameless.note, of_case.note, case.reason) == ("", "", "")
    assert not case.events.exclude(text="").exists()
    assert alive(person)
    assert nameless.primary_topic == "contract"


def test_replaced_and_ended_decisions_go_after_their_term_and_the_one_in_force_stays(home_centre) -> None:
    person = people.person(at=home_centre)
    for granted in (True, False, True):
        consents.decide(person_id=person.pk, details=people.consent("be_contacted", granted=granted), by=MACHINE)
    old = now() - 2000 * DAY
    for number, grant in enumerate(person.consents.filter(purpose="be_contacted").order_by("recorded_at")):
        ConsentGrant.objects.filter(pk=grant.pk).update(decided_at=old + number * DAY)
    assert retention.run(by=MACHINE).ended["people.decisions"] == 2
    [left] = person.consents.filter(purpose="be_contacted")
    assert left.granted


def test_marks_of_forms_sessions_and_sign_ins_go(home_centre) -> None:
    from axes.models import AccessAttempt, AccessLog

    for days in (10, 90):
        UsedKey.objects.create(key=new_id(), result=new_id(), recorded_at=now() - days * DAY)
        Session.objects.create(session_key=f"s{days}", session_data="x", expire_date=now() + (50 - days) * DAY)
    for model in (AccessLog, AccessAttempt):
        for number, days in enumerate((10, 500)):
            more = {"failures_since_start": 1} if model is AccessAttempt else {}
            row = model.objects.create(username=f"a{number}", ip_address="127.0.0.1", user_agent=f"b{number}", **more)
            model.objects.filter(pk=row.pk).update(attempt_time=now() - days * DAY)
    assert retention.run(by=MACHINE).ended == {
        "trust.failed_sign_ins": 1,
        "trust.sessions": 1,
        "trust.sign_ins": 1,
        "kernel.form_keys": 1,
    }


def test_the_nightly_work_runs_what_domains_declare_and_says_what_it_did(home_centre, capsys) -> None:
    old_person(home_centre)
    call_command("nightly")
    assert "trust.end_what_is_due: people.files 1" in capsys.readouterr().out
    call_command("nightly")
    assert "nothing was due" in capsys.readouterr().out


def test_a_job_that_fails_keeps_no_other_from_its_night(monkeypatch, capsys) -> None:
    def broken() -> None:
        raise RuntimeError("full disk")

    done = []
    monkeypatch.setattr(
        "safar.config.management.commands.nightly.night_jobs",
        lambda: (tasks.NightJob("a", broken), tasks.NightJob("b", lambda: done.append(1))),
    )
    with pytest.raises(CommandError, match="Not done: a"):
        call_command("nightly")
    assert done == [1]
    assert "full disk" in capsys.readouterr().err


def test_what_was_decided_about_people_ends_with_the_term_of_the_trail(officer, staff_member) -> None:
    old, recent = now() - 1900 * DAY, now() - 100 * DAY
    member, person = staff_member("counsellor"), new_id()
    for moment in (old, recent):
        day = moment.date()
        SealedOpening.objects.create(person_key=person, purpose="read", asked_by=member, reason="x", recorded_at=moment)
        SealedReader.objects.create(staff=member, kind="health", reason="x", until=day)
        RetentionHold.objects.create(person_key=new_id(), reason="x", until=day + 2 * DAY, lifted_at=moment)
        SubjectRequest.objects.create(
            person_key=person, kind="copy", way="in_person", received_on=day, due_on=day, state="done", answered_on=day
        )
    assert retention.run(by=MACHINE).ended == dict.fromkeys(
        ("trust.holds", "trust.openings", "trust.readers", "trust.requests"), 1
    )
    retention.hold(person_key=person, reason="court", until=today() + DAY, by=officer)
    SubjectRequest.objects.update(received_on=old.date(), due_on=old.date(), answered_on=old.date())
    assert "trust.requests" not in retention.run(by=MACHINE).ended


def test_old_messages_go_unless_their_person_is_on_hold(home_centre, officer) -> None:
    def message(person) -> None:
        Message(
            person_key=person,
            kind="reminder",
            channel="email",
            language="uz",
            subject="s",
            body="b",
            state="refused",
            refusal="no_consent",
            recorded_at=now() - 400 * DAY,
        ).save()

    held, free = new_id(), new_id()
    message(held)
    message(free)
    retention.hold(person_key=held, reason="court", until=today() + DAY, by=officer)
    assert retention.run(by=MACHINE).ended == {"messaging.messages": 1}
    assert Message.objects.get().person_key == held


def test_records_of_trust_name_nobody_in_a_log() -> None:
    person, day = new_id(), today()
    made = [
        RetentionHold(person_key=person, reason="a claim", until=day),
        RetentionRun(day=day),
        SealedOpening(person_key=person, reason="visit"),
        SealedReader(person_key=person, reason="focal point", until=day),
        SealedNote(person_key=person, kind="health"),
        ProcessingAnswers(holder_name="Public centre"),
    ]
    for record in made:
        assert str(person) not in str(record)
        assert "health" not in str(record)
