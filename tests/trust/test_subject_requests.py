import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from safar.kernel import privacy
from safar.kernel.actor import MACHINE
from safar.kernel.ids import new_id
from safar.trust.actions import audit, subject_requests
from safar.trust.enums import AuditVerb
from safar.trust.models import AuditEntry
from safar.trust.privacy import TRAIL

pytestmark = pytest.mark.django_db


def _part(name: str, erase) -> privacy.Part:
    return privacy.Part(name, export=lambda key: {"key": key, "from": name}, erase=lambda _key: erase(name))


@pytest.fixture
def shelves(monkeypatch) -> list[str]:
    """Two domains that know people, the second above the first, and the order in which they are emptied."""
    emptied: list[str] = []
    made = tuple(_part(name, emptied.append) for name in ("low", "high"))
    monkeypatch.setattr(subject_requests, "parts", lambda: made)
    return emptied


def test_an_export_holds_what_every_domain_knows_and_is_on_the_trail(shelves, actor) -> None:
    person, officer = new_id(), actor("data_protection_officer")
    held = subject_requests.export_person(person, reason=" letter of 3 March ", by=officer)
    assert held == {"low": {"key": person, "from": "low"}, "high": {"key": person, "from": "high"}}
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.verb, entry.person_key, entry.fields, entry.reason) == (
        "trust.subject.export", "export", person, ["high", "low"], "letter of 3 March",
    )  # fmt: skip


def test_erasure_starts_with_what_refers_to_the_person(shelves, actor) -> None:
    person = new_id()
    assert subject_requests.erase_person(person, reason="asked in writing", by=actor("data_protection_officer")) == [
        "high",
        "low",
    ]
    assert shelves == ["high", "low"]
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.verb, entry.person_key) == ("trust.subject.erase", AuditVerb.ERASE, person)


def test_an_erasure_without_a_reason_is_refused(shelves, actor) -> None:
    with pytest.raises(ValidationError):
        subject_requests.erase_person(new_id(), reason=" ", by=actor("data_protection_officer"))
    assert shelves == []


def test_an_erasure_that_fails_in_one_domain_happens_in_none(monkeypatch, actor, staff_member) -> None:
    colleague = staff_member("counsellor")

    def low(_name: str) -> None:
        raise RuntimeError

    def high(_name: str) -> None:
        type(colleague).objects.filter(pk=colleague.pk).update(full_name="erased")

    monkeypatch.setattr(subject_requests, "parts", lambda: (_part("low", low), _part("high", high)))
    with pytest.raises(RuntimeError):
        subject_requests.erase_person(new_id(), reason="asked", by=actor("data_protection_officer"))
    colleague.refresh_from_db()
    assert colleague.full_name != "erased"
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("role", ["administrator", "coordinator", "ministry_viewer"])
def test_only_the_data_protection_officer_answers_requests(role: str, actor) -> None:
    by = actor(role)
    with pytest.raises(PermissionDenied):
        subject_requests.export_person(new_id(), by=by)
    with pytest.raises(PermissionDenied):
        subject_requests.erase_person(new_id(), reason="x", by=by)


def test_the_trail_tells_a_person_when_their_file_was_opened_and_survives_their_erasure() -> None:
    person = new_id()
    audit.record(by=MACHINE, action="people.person.open", verb=AuditVerb.READ, person_key=person, fields=["phone"])
    audit.record(by=MACHINE, action="people.person.open", verb=AuditVerb.READ, person_key=new_id())
    [access] = TRAIL.export(person)["accesses"]
    assert (access["action"], access["verb"], access["fields"]) == ("people.person.open", "read", ["phone"])
    TRAIL.erase(person)
    assert AuditEntry.objects.filter(person_key=person).count() == 1
