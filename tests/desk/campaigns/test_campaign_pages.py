"""Planning a campaign and reading what came of it."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from safar.campaigns.enums import Measure
from safar.campaigns.models import Campaign
from safar.kernel.once import fresh_key
from tests.desk.campaigns.pages import text_of
from tests.factories import campaigns

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 31, 7, tzinfo=dt.UTC)
TYPED = {
    "title": "Check before you pay",
    "code": "safe-26",
    "objective": "Fewer people lose money",
    "behaviour": "Check the licence",
    "audience": "Men of 18 to 29",
    "languages": ["uz", "ru"],
    "starts_on": "2026-03-01",
    "ends_on": "2026-04-30",
    "budget": "1200.50",
    "currency": "EUR",
    "funder": "European Union",
}


def to(name, campaign=None):
    return reverse(f"desk:campaigns:{name}", args=[campaign.pk] if campaign else [])


@pytest.fixture
def officer(client_of):
    return client_of("outreach_officer")


@pytest.fixture
def campaign(home_centre):
    """A running campaign with two posts on Instagram and one on Telegram."""
    campaign = campaigns.campaign(code="SAFE-26", state="running", centre=home_centre)
    instagram, telegram = campaigns.channel(name="MRC"), campaigns.channel("telegram", name="MRC bot")
    for views, reach in ((12100, 8011), (5050, 4013)):
        post = campaigns.post(on=instagram, campaign=campaign, published_at=AT)
        campaigns.snapshot(views, post=post, captured_at=AT)
        campaigns.snapshot(reach, post=post, captured_at=AT, native_name="Reach", measure=Measure.REACH)
    campaigns.snapshot(900, post=campaigns.post(on=telegram, campaign=campaign), captured_at=AT, rounded=True)
    for days, followers in ((0, 1000), (30, 1100)):
        at = AT + dt.timedelta(days=days)
        campaigns.snapshot(
            followers, channel=telegram, captured_at=at, native_name="Subscribers", measure=Measure.FOLLOWERS
        )
    campaigns.snapshot(70, channel=instagram, captured_at=AT, native_name="Followers", measure=Measure.FOLLOWERS)
    return campaign


def test_the_list_shows_campaigns_and_narrows_by_state(officer, campaign):
    assert "SAFE-26" in text_of(officer.get(to("list")))
    assert "SAFE-26" in text_of(officer.get(to("list"), {"state": "running"}))
    assert "No campaign here" in text_of(officer.get(to("list"), {"state": "closed"}))
    assert "SAFE-26" in text_of(officer.get(to("list"), {"state": "nonsense"}))


def test_the_page_adds_views_and_not_reach(officer, campaign):
    seen = text_of(officer.get(to("show", campaign)))
    assert "17,150" in seen
    assert "12,024" not in seen  # 8,011 + 4,013
    assert "8,011" in seen
    assert "not added" in seen
    assert "Reach is shown for each post and never added" in seen


def test_the_page_shows_followers_with_their_change_and_never_a_sum(officer, campaign):
    seen = text_of(officer.get(to("show", campaign)))
    assert "+100 since 31 Mar 2026" in seen
    assert "on 31 Mar 2026" in seen
    assert "1,170" not in seen


def test_followers_that_went_down_are_shown_so(officer, campaign):
    telegram = campaign.posts.get(channel__platform="telegram").channel
    at = AT + dt.timedelta(days=60)
    campaigns.snapshot(950, channel=telegram, captured_at=at, native_name="Subscribers", measure=Measure.FOLLOWERS)
    assert "−50 since 31 Mar 2026" in text_of(officer.get(to("show", campaign)))


def test_an_empty_campaign_says_what_to_do(officer, home_centre):
    assert "No posts yet" in text_of(officer.get(to("show", campaigns.campaign(centre=home_centre))))


def test_a_platform_without_views_has_no_chart_and_one_with_many_posts_shows_the_newest(officer, home_centre):
    quiet, loud = campaigns.campaign(centre=home_centre), campaigns.campaign(centre=home_centre)
    campaigns.snapshot(5, post=campaigns.post(campaign=quiet), native_name="Reach", measure=Measure.REACH)
    channel = campaigns.channel()
    for number in range(17):
        post = campaigns.post(
            on=channel, campaign=loud, caption="The same caption that is very long indeed", published_at=AT
        )
        if number:
            campaigns.snapshot(number, post=post)
    assert "Views a post" not in text_of(officer.get(to("show", quiet)))
    assert "The newest 15 of 17 posts" in text_of(officer.get(to("show", loud)))


def test_a_campaign_is_planned_once_however_often_the_button_is_pressed(officer, home_centre):
    typed = TYPED | {"centre": str(home_centre.pk), "form_key": fresh_key()}
    first, second = (officer.post(to("create"), typed) for _ in range(2))
    campaign = Campaign.objects.get()
    assert first.url == second.url == to("show", campaign)
    assert (campaign.code, campaign.languages, str(campaign.budget)) == ("SAFE-26", ["uz", "ru"], "1200.50")
    seen = text_of(officer.get(first.url))
    assert "The campaign is planned." in seen
    assert "Oʻzbekcha, Русский" in seen


@pytest.mark.parametrize("wrong", [{"starts_on": ""}, {"code": "?"}])
def test_what_was_typed_stays_when_something_is_wrong(officer, home_centre, wrong):
    answer = officer.post(to("create"), TYPED | {"centre": str(home_centre.pk)} | wrong)
    assert answer.status_code == 422
    assert "Fewer people lose money" in text_of(answer)
    assert not Campaign.objects.exists()


def test_a_campaign_is_changed_but_keeps_its_centre(officer, campaign):
    page = officer.get(to("edit", campaign))
    assert "Men of 18 to 29 in Andijon" in text_of(page)
    assert "centre" not in page.context["form"].fields
    assert officer.post(to("edit", campaign), TYPED).url == to("show", campaign)
    campaign.refresh_from_db()
    assert campaign.funder == "European Union"


@pytest.mark.parametrize("wrong", [{"title": ""}, {"ends_on": "2026-02-01"}])
def test_a_wrong_change_is_refused_with_its_field(officer, campaign, wrong):
    answer = officer.post(to("edit", campaign), TYPED | wrong)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == set(wrong)


def test_a_campaign_starts_closes_with_lessons_and_opens_again(officer, home_centre):
    campaign = campaigns.campaign(centre=home_centre)
    assert "The campaign is running." in text_of(officer.post(to("start", campaign), follow=True))
    assert "cannot become" in text_of(officer.post(to("start", campaign), follow=True))
    assert officer.post(to("close", campaign), {"lessons": " "}).status_code == 422
    assert officer.post(to("close", campaign), {"lessons": "Short videos worked."}).url == to("show", campaign)
    seen = text_of(officer.get(to("show", campaign)))
    assert "Short videos worked." in seen
    assert "Open again" in seen


def test_a_closed_campaign_does_not_close_twice(officer, home_centre):
    campaign = campaigns.campaign(centre=home_centre, state="closed")
    answer = officer.post(to("close", campaign), {"lessons": "Again."})
    assert answer.status_code == 422
    assert "cannot become" in text_of(answer)


def test_posts_are_counted_to_a_campaign_and_taken_out(officer, campaign):
    post = campaigns.post(caption="Not yet anywhere")
    address = to("posts", campaign)
    assert "Not yet anywhere" in text_of(officer.get(address))
    seen = text_of(officer.post(address, {"post": [str(post.pk), "nonsense"], "add": "1"}, follow=True))
    assert "1 post moved." in seen
    assert "Every post we know counts to a campaign." in seen
    ours = [str(each.pk) for each in campaign.posts.all()]
    seen = text_of(officer.post(address, {"post": ours, "take_out": "1"}, follow=True))
    assert "4 posts moved." in seen
    assert "None yet." in seen


def test_the_page_needs_no_more_questions_for_more_posts(officer, campaign, django_assert_max_num_queries):
    for _ in range(20):
        campaigns.snapshot(5, post=campaigns.post(campaign=campaign))
    with django_assert_max_num_queries(11):
        officer.get(to("show", campaign))


@pytest.mark.parametrize(
    ("name", "label"), [("list", "Campaigns"), ("channels", "Channels"), ("imports", "Import figures")]
)
def test_the_tab_one_stands_on_is_marked(officer, name, label):
    marked = re.findall(r'<a href="[^"]*" aria-current="page"[^>]*>([^<]*)</a>', officer.get(to(name)).content.decode())
    assert label in [text.strip() for text in marked]
