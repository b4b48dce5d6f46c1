import pytest
from django.core.management import CommandError, call_command

from safar.cases.models import InstrumentVersion
from safar.cases.questionnaires.library import build
from safar.guide.models import Fact
from safar.trust.models import Centre, Staff
from safar.trust.queries.actors import actor_for

pytestmark = pytest.mark.django_db


def test_a_new_node_has_its_centres_its_guide_its_instruments_and_one_administrator(capsys) -> None:
    call_command("open_node", "first@example.org", "First Administrator")
    printed = capsys.readouterr().out
    member = Staff.objects.get()
    password = printed.split(" with ")[1].split(" and ")[0]
    assert member.check_password(password)
    assert "trust.staff.manage" in actor_for(member).permissions
    assert list(Centre.objects.values_list("code", flat=True)) == ["TAS"]
    assert Fact.objects.exists()
    installed = InstrumentVersion.objects.values_list("instrument__code", flat=True)
    assert sorted(installed) == sorted(build.codes())


def test_an_open_node_is_not_opened_again() -> None:
    call_command("open_node", "first@example.org", "First Administrator")
    with pytest.raises(CommandError, match="open already"):
        call_command("open_node", "second@example.org", "Second")
    assert Staff.objects.count() == 1


def test_a_wrong_address_opens_nothing() -> None:
    with pytest.raises(CommandError):
        call_command("open_node", "no address", "First Administrator")
    assert not Centre.objects.exists()
