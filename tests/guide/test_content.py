import datetime as dt

import pytest
import time_machine
import yaml
from django.core.exceptions import PermissionDenied
from pydantic import ValidationError as FileError

from safar.guide.actions import content, facts
from safar.guide.enums import Section
from safar.guide.models import Fact, FactVersion, Guide
from safar.guide.queries import guides
from safar.kernel.actor import MACHINE, VISITOR
from safar.reference.queries import codes
from tests.factories import guide as factory

LANGUAGES = {"en", "ru", "uz"}
ENTRY = {
    "key": "kr-one",
    "section": "costs",
    "topics": ["contract"],
    "title": {"en": "One"},
    "statement": {"en": "One holds."},
    "source": {"title": "Gazette", "url": "https://example.org/1", "date": dt.date(2026, 5, 1)},
}


def entries():
    return [(file, entry) for file in content.read() for entry in file.facts]


def write(folder, **changes):
    file = {"destination": "KR", "title": {"en": "Korea"}, "lead": {"en": "Go."}, "facts": [ENTRY | changes]}
    (folder / "kr.yaml").write_text(yaml.safe_dump(file, allow_unicode=True), encoding="utf-8")


def test_every_shipped_fact_is_written_in_the_three_languages_and_names_an_address():
    for file, entry in entries():
        assert set(entry.title) == set(entry.statement) == LANGUAGES, entry.key
        assert entry.source.url.startswith("http"), entry.key
        assert entry.source.date <= dt.date(2026, 11, 24), entry.key
        assert (entry.section in Section.values) == bool(file.destination), entry.key
    assert {file.destination for file in content.read()} == {"", "KR", "RU"}


def test_every_shipped_fact_answers_topics_of_the_code_list():
    known = {value.code for value in codes.code_list("topic").values}
    assert not {topic for _file, entry in entries() for topic in entry.topics} - known


def test_keys_of_shipped_facts_are_unique():
    keys = [entry.key for _file, entry in entries()]
    assert len(keys) == len(set(keys))


def test_shipped_uzbek_uses_the_letter_apostrophes_and_no_look_alike():
    for _file, entry in entries():
        told = entry.title["uz"] + entry.statement["uz"]
        assert not set("'`‘’") & set(told), entry.key


@pytest.mark.django_db
def test_loading_twice_adds_nothing():
    first = content.load(by=MACHINE)
    again = content.load(by=MACHINE)
    assert first.added == len(entries()) == Fact.objects.count()
    assert (again.added, again.changed, again.unchanged) == (0, 0, first.added)
    assert Guide.objects.count() == 2
    assert Guide.objects.get(destination="KR").title["uz-cyrl"] == "Корея Республикаси"


@pytest.mark.django_db
def test_facts_of_2025_have_expired_by_now_and_say_so():
    content.load(by=MACHINE)
    with time_machine.travel(dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)):
        page = guides.page("RU")
    expired = {fact.version.fact.key for section in page.sections for fact in section.facts if fact.is_expired}
    assert "ru-register-grounds" in expired
    assert "ru-ruid" not in expired
    assert 0 < page.expired < page.facts


@pytest.mark.django_db
def test_changed_shipped_text_becomes_a_new_version(tmp_path):
    write(tmp_path)
    content.load(folder=tmp_path, by=MACHINE)
    write(tmp_path, statement={"en": "One no longer holds."})
    assert content.load(folder=tmp_path, by=MACHINE).changed == 1
    assert FactVersion.objects.count() == 2
    write(tmp_path)
    assert content.load(folder=tmp_path, by=MACHINE).unchanged == 1


@pytest.mark.django_db
def test_what_a_centre_wrote_or_took_off_is_kept(tmp_path):
    write(tmp_path)
    content.load(folder=tmp_path, by=MACHINE)
    fact = Fact.objects.get()
    facts.change(fact_id=fact.pk, content=factory.content(), by=MACHINE)
    write(tmp_path, statement={"en": "Another."})
    assert content.load(folder=tmp_path, by=MACHINE).kept == 1
    facts.retire(fact_id=fact.pk, reason="Ended", by=MACHINE)
    assert content.load(folder=tmp_path, by=MACHINE).kept == 1


@pytest.mark.django_db
def test_a_visitor_may_not_load_content():
    with pytest.raises(PermissionDenied):
        content.load(by=VISITOR)


def test_a_file_with_a_mistyped_field_is_refused_whole(tmp_path):
    write(tmp_path, verifed_on="2026-01-01")
    with pytest.raises(FileError):
        content.read(tmp_path)
