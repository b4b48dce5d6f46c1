"""The service directory: what partners offer, how near it is, and how long ago somebody made sure."""

import datetime as dt
import math

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from safar.kernel.actor import MACHINE
from safar.kernel.clock import today
from safar.kernel.once import fresh_key
from safar.partners.actions import partners as partner_actions
from safar.partners.actions import services as actions
from safar.partners.enums import Freshness, Nearness, PartnerState
from safar.partners.models import Service
from safar.partners.queries import services as queries
from safar.partners.rules import centroid, distance_km, freshness, nearness
from safar.trust.models import AuditEntry
from tests.factories import partners, services

DAY = dt.date(2026, 11, 24)


class TestFreshness:
    @pytest.mark.parametrize(
        ("age", "expected"), [(0, "fresh"), (90, "fresh"), (91, "due"), (180, "due"), (181, "stale")]
    )
    def test_grows_old_by_the_season(self, age, expected):
        assert freshness(DAY - dt.timedelta(days=age), DAY) == expected
        assert expected in Freshness.values


class TestNearness:
    @pytest.mark.parametrize(
        ("of", "near", "expected"),
        [
            (("UZ-AN", "UZ1703202"), ("UZ-AN", "UZ1703202"), "district"),
            (("UZ-AN", "UZ1703202"), ("UZ-AN", "UZ1703206"), "region"),
            (("UZ-AN", ""), ("UZ-AN", "UZ1703206"), "region"),
            (("UZ-AN", ""), ("UZ-TK", ""), "farther"),
            (("", ""), ("UZ-TK", ""), "everywhere"),
            (("UZ-AN", ""), ("", ""), "unknown"),
        ],
    )
    def test_goes_from_the_district_outwards(self, of, near, expected):
        found = nearness(of_region=of[0], of_district=of[1], near_region=near[0], near_district=near[1])
        assert found == expected
        assert expected in Nearness.values

    def test_the_middle_of_two_squares_is_weighted_by_their_area(self):
        small = [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]
        large = [[[10, 0], [12, 0], [12, 2], [10, 2], [10, 0]]]
        assert centroid({"type": "Polygon", "coordinates": small}) == pytest.approx((0.5, 0.5))
        both = centroid({"type": "MultiPolygon", "coordinates": [small, large]})
        assert both == pytest.approx(((0.5 + 4 * 11) / 5, (0.5 + 4 * 1) / 5))

    def test_distances_are_those_on_a_globe(self):
        quarter = distance_km((0, 0), (90, 0))
        assert quarter == pytest.approx(math.pi / 2 * 6371.0088)
        assert distance_km((69.24, 41.31), (66.96, 39.65)) == pytest.approx(266, abs=5), "Tashkent to Samarkand"

    def test_between_regions_they_are_known_where_there_are_shapes(self):
        assert queries.region_distance_km("UZ-TK", "UZ-AN") < queries.region_distance_km("UZ-TK", "UZ-QR")
        assert queries.region_distance_km("UZ-TK", "DE-BE") is None


@pytest.mark.django_db
class TestWriting:
    def test_the_same_form_sent_twice_enters_one_checked_today(self, actor):
        officer, key, partner = actor("outreach_officer"), fresh_key(), partners.partner()
        for _time in range(2):
            made = actions.add(partner_id=partner.pk, details=services.details(), form_key=key, by=officer)
        assert Service.objects.get() == made
        assert (made.assured_on, made.assured_by_id) == (today(), officer.id)
        assert str(made).startswith("legal_aid: ")

    @pytest.mark.parametrize(
        ("fields", "at"),
        [
            ({"service_type": "circus"}, "service_type"),
            ({"cost": "?"}, "cost"),
            ({"capacity": "?"}, "capacity"),
            ({"status": "?"}, "status"),
            ({"languages": ("klingon",)}, "languages"),
            ({"district": "UZ1703202"}, "district"),
            ({"phone": " "}, "application_process"),
            ({"email": "nobody"}, "email"),
            ({"url": "ftp://example.org"}, "url"),
        ],
    )
    def test_what_cannot_be_is_refused_at_its_field(self, fields, at):
        with pytest.raises(ValidationError) as refused:
            services.service(**fields)
        assert list(refused.value.message_dict) == [at]

    def test_the_day_of_asking_may_lie_back_and_not_ahead(self):
        partner, yesterday = partners.partner(), today() - dt.timedelta(days=1)
        made = actions.add(partner_id=partner.pk, details=services.details(), checked_on=yesterday, by=MACHINE)
        assert made.assured_on == yesterday
        with pytest.raises(ValidationError, match="still to come"):
            actions.add(
                partner_id=partner.pk, details=services.details(), checked_on=today() + dt.timedelta(1), by=MACHINE
            )

    def test_a_change_counts_as_a_check_and_the_trail_names_what_changed(self):
        service = services.service(assured_days=200, languages=("ru",))
        changed = actions.change(
            service_id=service.pk, details=services.details(capacity="full", languages=("uz",)), by=MACHINE
        )
        assert (changed.assured_on, changed.languages) == (today(), ["uz"])
        assert AuditEntry.objects.get(action="partners.services.change").fields == ["capacity", "languages"]

    def test_still_true_is_one_press_and_may_tell_how_full_it_is(self, actor):
        service = services.service(assured_days=200, capacity="open", capacity_available=4)
        checked = actions.confirm(service_id=service.pk, by=actor("counsellor"))
        assert (checked.assured_on, checked.capacity_available) == (today(), 4)
        full = actions.confirm(service_id=service.pk, capacity="full", by=MACHINE)
        assert (full.capacity, full.capacity_available, full.assured_by) == ("full", None, None)
        with pytest.raises(ValidationError):
            actions.confirm(service_id=service.pk, capacity="?", by=MACHINE)

    @pytest.mark.parametrize("role", ["counsellor", "ministry_viewer", "administrator"])
    def test_only_who_keeps_partners_enters_and_changes(self, actor, role):
        service = services.service()
        with pytest.raises(PermissionDenied):
            actions.add(partner_id=service.partner_id, details=services.details(), by=actor(role))
        with pytest.raises(PermissionDenied):
            actions.change(service_id=service.pk, details=services.details(), by=actor(role))

    def test_whoever_does_no_client_work_checks_nothing(self, actor):
        with pytest.raises(PermissionDenied):
            actions.confirm(service_id=services.service().pk, by=actor("ministry_viewer"))


@pytest.mark.django_db
class TestReading:
    def test_who_offers_a_service_comes_nearest_first_and_the_closed_not_at_all(self, actor):
        reader = actor("counsellor")
        samarkand = services.service(name={"en": "B"}, region="UZ-SA")
        everywhere = services.service(name={"en": "C"})
        karakalpak = services.service(name={"en": "A"}, region="UZ-QR")
        region = services.service(name={"en": "D"}, region="UZ-TK")
        services.service(status="temporarily closed")
        asleep = services.service(region="UZ-TK")
        partner_actions.move(partner_id=asleep.partner_id, to=PartnerState.DORMANT, by=MACHINE)
        offers = queries.offering("legal_aid", region="UZ-TK", by=reader)
        assert [offer.service for offer in offers] == [region, everywhere, samarkand, karakalpak]
        assert [offer.km is None for offer in offers] == [True, True, False, False]
        unknown = queries.offering("legal_aid", by=reader)
        assert {offer.nearness for offer in unknown} == {"everywhere", "unknown"}

    def test_the_directory_is_narrowed_by_service_and_region_with_what_serves_everywhere(self):
        there, everywhere = services.service(region="UZ-SA"), services.service()
        services.service(region="UZ-TK")
        services.service(service_type="health", region="UZ-SA")
        assert set(queries.listing(service_type="legal_aid", region="UZ-SA", by=MACHINE)) == {there, everywhere}
        assert queries.of_partner(there.partner_id, by=MACHINE) == [there]

    def test_what_is_to_be_checked_comes_oldest_first_and_the_defunct_no_more(self):
        older, old = services.service(assured_days=300), services.service(assured_days=91)
        services.service(assured_days=90)
        services.service(assured_days=300, status="defunct")
        assert list(queries.due(by=MACHINE)) == [older, old]

    def test_languages_are_those_of_the_partners_entries(self):
        service = services.service(languages=("uz", "ru"))
        services.service(partner=service.partner, languages=("ru", "en"))
        assert queries.languages_of(service.partner_id, "legal_aid") == ["uz", "ru", "en"]
        assert queries.languages_of(None, "legal_aid") == []

    def test_reading_is_a_right_of_its_own(self, actor):
        service = services.service()
        assert queries.get(service.pk, by=actor("counsellor")) == service
        with pytest.raises(PermissionDenied):
            queries.listing(by=actor("ministry_viewer"))
