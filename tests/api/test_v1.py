import datetime as dt
import json

import pytest
from django.db import DatabaseError, connection
from django.urls import get_resolver, reverse

from safar.api import health
from safar.insights.store import folder
from safar.insights.store.folder import Manifest
from safar.kernel.clock import now
from tests.factories import awareness

pytestmark = pytest.mark.django_db


class TestHealth:
    def test_a_sound_installation_is_well(self, client, settings, tmp_path) -> None:
        settings.DATA_FOLDER = tmp_path
        answer = client.get("/api/v1/health")
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        told = answer.json()
        assert told == {
            "status": "ok",
            "database": True,
            "migrations": True,
            "events_age_seconds": None,
            "version": health.product_version(),
        }

    def test_it_tells_how_old_the_events_are(self, client, monkeypatch) -> None:
        an_hour_ago = (now() - dt.timedelta(hours=1)).isoformat()
        monkeypatch.setattr(folder, "current", lambda: Manifest("b", "v", an_hour_ago, {}))
        assert 3600 <= client.get("/api/v1/health").json()["events_age_seconds"] < 3700

    def test_a_database_that_does_not_answer_is_told_as_unavailable(self, client, monkeypatch) -> None:
        def refuse(*_args: object) -> None:
            raise DatabaseError("secret host name")

        monkeypatch.setattr(connection, "cursor", refuse)
        answer = client.get("/api/v1/health")
        assert answer.status_code == 503
        assert answer.json()["status"] == "failing"
        assert not answer.json()["migrations"]
        assert "secret" not in answer.content.decode()

    def test_a_migration_that_waits_is_told_as_unavailable(self, client, monkeypatch) -> None:
        monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_args: [("awareness", False)])
        answer = client.get("/api/v1/health")
        assert answer.status_code == 503
        assert answer.json()["database"]


def test_the_version_is_that_of_the_package(client) -> None:
    assert client.get("/api/v1/version").json() == {"name": "safar", "version": health.product_version()}


class TestSessions:
    def test_the_public_calendar_names_codes_in_every_language(
        self, client, home_centre, django_assert_num_queries
    ) -> None:
        made = awareness.upcoming(home_centre, capacity=3, district="UZ1703202", title="Contracts")
        awareness.upcoming(home_centre, public=False)
        with django_assert_num_queries(1):
            answer = client.get("/api/v1/sessions")
        [shown] = answer.json()["sessions"]
        assert shown["id"] == str(made.pk)
        assert shown["type"]["names"]["ru"]
        assert shown["district"]["code"] == "UZ1703202"
        assert shown["places_left"] == 3
        assert shown["centre"] == "TAS"
        assert answer.headers["Cache-Control"] == "public, max-age=300"

    def test_a_session_without_a_place_has_none(self, client, home_centre) -> None:
        awareness.upcoming(home_centre, region="")
        [shown] = client.get("/api/v1/sessions").json()["sessions"]
        assert shown["region"] is None

    def test_no_word_about_who_signed_up(self, client, home_centre) -> None:
        made = awareness.upcoming(home_centre, notes="An inner note", host_name="Ms. K.")
        made.sign_ups.create(language="uz", reference="ABC234", name="Aziza", phone="+998901234567")
        text = client.get("/api/v1/sessions").content.decode()
        for secret in ("Aziza", "901234567", "ABC234", "inner note", "Ms. K."):
            assert secret not in text

    def test_asking_sets_no_cookie(self, client) -> None:
        assert not client.get("/api/v1/sessions").cookies


class TestContract:
    def test_the_description_lists_exactly_what_there_is(self, client) -> None:
        told = client.get("/api/v1/openapi.json").json()
        assert told["openapi"].startswith("3.1")
        assert sorted(told["paths"]) == ["/api/v1/health", "/api/v1/sessions", "/api/v1/version"]
        assert json.dumps(told)

    def test_there_is_no_interactive_page_with_foreign_scripts(self, client) -> None:
        assert client.get("/api/v1/docs").status_code == 404
        assert client.get("/api/v1/").status_code == 404

    def test_every_route_says_that_it_is_public(self) -> None:
        resolver = get_resolver()
        for name in ("show_health", "show_version", "list_sessions", "openapi-json"):
            match = resolver.resolve(reverse(f"api:v1:{name}"))
            assert match.func.access == "public"

    @pytest.mark.parametrize("name", ["health", "version", "sessions"])
    def test_nothing_can_be_written(self, client, name) -> None:
        assert client.post(f"/api/v1/{name}").status_code == 405
