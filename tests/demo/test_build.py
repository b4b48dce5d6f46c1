from contextlib import suppress

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from safar.awareness.models import Session
from safar.campaigns.models import MetricSnapshot
from safar.cases.models import CaseFile, Contact, Referral
from safar.demo import build
from safar.people.models import ConsentGrant, Person
from safar.trust.models import AuditEntry, Centre, Staff

SMALL = [(14, 2), (12, 2)]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, settings) -> None:
    monkeypatch.setattr(build, "MONTHS", SMALL)
    settings.SAFAR_IS_DEMO = True


def signature() -> list[object]:
    """What must be the same for the same seed: who, what and how many, without identifiers and clock."""
    return [
        sorted(Person.objects.values_list("client_number", "family_name", "given_name", "birth_year")),
        sorted(Contact.objects.values_list("mode", "destination", "centre__code")),
        sorted(Session.objects.values_list("title", "venue", "state")),
        sorted(MetricSnapshot.objects.values_list("native_name", "value")),
    ]


class Undo(Exception):  # noqa: N818  (it is not an error)
    """Rolls a built demo back, so that a second one starts from nothing."""


@pytest.mark.slow
@pytest.mark.django_db
def test_the_same_seed_builds_the_same_month(small) -> None:
    signatures = []
    for _ in range(2):
        with suppress(Undo), transaction.atomic():
            build.build(seed=3, people=0, say=str)
            signatures.append(signature())
            raise Undo
    assert signatures[0] == signatures[1]
    assert all(signatures[0])


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("country", ["UZ", "KG", "TJ"])
def test_every_country_gets_a_whole_node(small, settings, country) -> None:
    settings.SAFAR_COUNTRY = country
    said: list[str] = []
    office = build.build(seed=1, people=0, say=said.append)
    assert said
    assert Centre.objects.count() == len(office.centres) >= 3
    assert Contact.objects.filter(person=None).exists()
    assert Contact.objects.exclude(person=None).exists()
    assert Session.objects.filter(public=True, state="planned").exists()
    assert Person.objects.count() == ConsentGrant.objects.filter(purpose="keep_file", granted=True).count()
    assert AuditEntry.objects.filter(action="people.person.register").count() == Person.objects.count()


@pytest.mark.django_db
def test_the_command_prints_the_logins_and_builds_once(small, capsys) -> None:
    call_command("build_demo")
    call_command("build_demo")
    printed = capsys.readouterr().out
    assert printed.count("Counsellor") == 2
    assert "already built" in printed
    assert Staff.objects.get(email="counsellor@demo.example").check_password("safar-demo-2026")


@pytest.mark.django_db
def test_a_real_installation_is_never_filled_with_generated_people(settings) -> None:
    settings.SAFAR_IS_DEMO = False
    with pytest.raises(CommandError, match="not a demo"):
        call_command("build_demo")


@pytest.mark.django_db
def test_more_people_are_added_until_there_are_enough(small) -> None:
    build.build(seed=2, people=45, say=str)
    assert Person.objects.count() == 45
    assert CaseFile.objects.exists() or Referral.objects.exists()
