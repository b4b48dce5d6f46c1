"""Who may open the campaign pages: outreach and coordination may, counsellors and the ministry may not."""

import pytest
from django.urls import reverse

from safar.campaigns.actions import imports
from safar.kernel.actor import MACHINE
from tests.campaigns.exports import sample
from tests.factories import campaigns

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses(home_centre):
    campaign = campaigns.campaign(centre=home_centre)
    file = imports.preview(content=sample("instagram"), original_name="a.csv", by=MACHINE).file
    of_campaign, of_file = {"campaign_id": campaign.pk}, {"file_id": file.pk}
    keys = {
        "desk:campaigns:list": {},
        "desk:campaigns:create": {},
        "desk:campaigns:show": of_campaign,
        "desk:campaigns:edit": of_campaign,
        "desk:campaigns:start": of_campaign,
        "desk:campaigns:close": of_campaign,
        "desk:campaigns:posts": of_campaign,
        "desk:campaigns:channels": {},
        "desk:campaigns:channel_add": {},
        "desk:campaigns:post_add": {},
        "desk:campaigns:figure_add": {},
        "desk:campaigns:imports": {},
        "desk:campaigns:import_file": of_file,
        "desk:campaigns:import_errors": of_file,
    }
    return {name.rpartition(":")[2]: reverse(name, kwargs=named) for name, named in keys.items()}


@pytest.mark.parametrize("role", ["outreach_officer", "coordinator"])
def test_who_runs_campaigns_opens_every_page(client_of, addresses, role):
    client = client_of(role)
    answers = {name: client.get(address).status_code for name, address in addresses.items() if name != "start"}
    assert set(answers.values()) == {200}, answers


@pytest.mark.parametrize("role", ["ministry_viewer", "counsellor", "network_analyst", "administrator"])
def test_nobody_else_opens_any(client_of, addresses, role):
    client = client_of(role)
    for name, address in addresses.items():
        answer = client.post(address) if name == "start" else client.get(address)
        assert answer.status_code == 403, name


def test_without_signing_in_every_page_asks_for_it(client, addresses):
    for address in addresses.values():
        assert client.get(address).status_code == 302


def test_the_menu_leads_there(client_of, addresses):
    assert addresses["list"] in client_of("coordinator").get(addresses["channels"]).content.decode()


def test_starting_is_a_press_and_not_an_address(client_of, addresses):
    assert client_of("coordinator").get(addresses["start"]).status_code == 405


@pytest.mark.parametrize("name", ["show", "edit", "close", "posts", "import_file", "import_errors"])
def test_an_address_that_leads_to_nothing_is_not_found(client_of, name):
    key = "file_id" if name.startswith("import") else "campaign_id"
    address = reverse(f"desk:campaigns:{name}", kwargs={key: "00000000-0000-0000-0000-000000000000"})
    assert client_of("coordinator").get(address).status_code == 404
