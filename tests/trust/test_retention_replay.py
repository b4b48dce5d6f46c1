"""Years later everything has ended by itself, and each past figure still comes out the same to the digit."""

import datetime as dt

import pytest

from safar.cases.models import CaseEvent, CaseFile, Contact
from safar.kernel.actor import MACHINE
from safar.kernel.clock import now
from safar.people.models import Person
from safar.trust.actions import retention
from tests.trust.test_subject_requests_replay import _store, everything, recorded

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("_store")]
__all__ = ["_store"]


@pytest.mark.parametrize(("years", "all_gone"), [(3, False), (9, True)])
def test_every_figure_is_the_same_after_the_terms_are_over(years, all_gone, time_machine) -> None:
    recorded(7, 24)
    if all_gone:
        # A case that stays open keeps its person for ever.
        CaseFile.objects.filter(closed_on=None).update(state="dropout", closed_on=now().date())
    before = everything(pairs=False)
    here = now()
    time_machine.move_to(here + dt.timedelta(days=366 * years), tick=False)
    ended = retention.run(by=MACHINE).ended
    time_machine.move_to(here, tick=False)
    assert ended["people.files"] > 5
    assert Person.objects.exists() is not all_gone
    if all_gone:
        assert not Contact.objects.exclude(note="").exists()
        assert not CaseEvent.objects.exclude(text="").exists()
    assert everything(pairs=False) == before
