"""An export through the pages: choose, see, import, mend."""

import io
from urllib.parse import urlsplit

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from safar.campaigns.importers import reading
from safar.campaigns.models import Channel, ImportedFile, MetricSnapshot, Post
from safar.desk.campaigns import forms
from tests.campaigns.exports import INSTAGRAM, instagram, row, sample
from tests.desk.campaigns.pages import text_of

pytestmark = pytest.mark.django_db
IMPORTS = reverse("desk:campaigns:imports")


@pytest.fixture
def officer(client_of):
    return client_of("outreach_officer")


def upload(client, content, day="2026-07-01", name="any name.txt"):
    return client.post(IMPORTS, {"file": SimpleUploadedFile(name, content), "captured_on": day})


def test_a_file_is_seen_first_then_imported_then_known(officer, home_centre):
    assert "None yet." in text_of(officer.get(IMPORTS))
    address = upload(officer, sample("instagram")).url
    seen = text_of(officer.get(address))
    assert "35 figures will be written." in seen
    assert "SYNTHETIC MRC new" in seen
    assert not Post.objects.exists()
    assert "Waits for you" in text_of(officer.get(IMPORTS))
    assert officer.post(address, {"centre": str(home_centre.pk)}).url == address
    seen = text_of(officer.get(address))
    assert "The figures are imported." in seen
    assert "Importing it again would add nothing." in seen
    assert (Post.objects.count(), Channel.objects.get().centre) == (5, home_centre)
    assert "Imported" in text_of(officer.get(IMPORTS))


def test_pressing_import_twice_or_uploading_again_adds_nothing(officer, home_centre):
    address = upload(officer, sample("facebook")).url
    for _ in range(2):
        officer.post(address, {"centre": str(home_centre.pk)})
    before = MetricSnapshot.objects.count()
    assert upload(officer, sample("facebook"), name="renamed.csv").url == address
    assert "This file is imported" in text_of(officer.get(address))
    assert (MetricSnapshot.objects.count(), ImportedFile.objects.count()) == (before, 1)


def test_changed_figures_and_bad_rows_are_shown_before_and_returned_after(officer, home_centre):
    officer.post(upload(officer, instagram(row()), "2026-03-31").url, {"centre": str(home_centre.pk)})
    bad = row(Permalink="https://www.instagram.com/p/B/", Views="many", Saves="-1")
    address = upload(officer, instagram(row(Views="20,000"), bad), "2026-04-30").url
    page = officer.get(address)
    seen = text_of(page)
    assert "1 figure will be written." in seen
    assert "Views: “many” is not a whole number." in seen
    assert "Saves: “-1” is less than nothing." in seen
    assert "Views 20,000" in seen
    assert "Which centre" not in seen  # the channel is known
    assert officer.post(address, {}).status_code == 302
    workbook = officer.get(reverse("desk:campaigns:import_errors", args=[ImportedFile.objects.first().pk]))
    assert workbook["Content-Disposition"] == 'attachment; filename="rows-to-mend.xlsx"'
    (mend,) = list(openpyxl.load_workbook(io.BytesIO(workbook.content)).active.iter_rows(min_row=2, values_only=True))
    assert mend[0] == 3


def test_nothing_new_in_another_file_is_said(officer, home_centre):
    officer.post(upload(officer, instagram(row())).url, {"centre": str(home_centre.pk)})
    same = instagram(row(), header=INSTAGRAM[::-1])
    assert "There is nothing to import" in text_of(officer.get(upload(officer, same).url))


def test_warnings_are_shown(officer):
    old = instagram(row(Description="Ташкент", Publish_time="25/03/2026 10:00"), delimiter=";", encoding="cp1251")
    seen = text_of(officer.get(upload(officer, old).url))
    assert "saved in an old encoding" in seen
    assert "read as day/month/year" in seen


def test_a_new_channel_needs_its_centre(officer):
    address = upload(officer, sample("instagram")).url
    answer = officer.post(address, {"centre": ""})
    assert answer.status_code == 422
    assert "Say which centre owns the new channel" in text_of(answer)
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"PK\x03\x04", "This workbook cannot be read."),
        (instagram(row(), header=[*INSTAGRAM, "Vibes"]), "columns we do not know: Vibes"),
        (b"Video title,Video link\n1,2\n", "belong to no export we can read yet: Video title, Video link"),
    ],
    ids=["empty", "workbook", "unknown column", "another platform"],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(officer, content, told):
    answer = upload(officer, content)
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert not ImportedFile.objects.exists()


def test_no_file_no_day_and_a_day_to_come_are_said_at_their_fields(officer):
    assert set(officer.post(IMPORTS, {}).context["form"].errors) == {"file", "captured_on"}
    assert set(upload(officer, sample("instagram"), "2999-01-01").context["form"].errors) == {"captured_on"}


def test_a_file_larger_than_an_export_is_refused_before_it_is_read(officer, monkeypatch):
    monkeypatch.setattr(forms, "MOST_BYTES", 10)
    assert "larger than an export can be" in text_of(upload(officer, sample("instagram")))
    assert reading.MOST_BYTES > 10


def test_the_address_of_an_import_names_nobody(officer):
    assert "any" not in urlsplit(upload(officer, sample("instagram")).url).path


def test_an_upload_page_that_is_only_opened_complains_of_nothing(officer):
    assert not officer.get(IMPORTS).context["form"].is_bound


def test_the_dry_run_counts_every_row(officer):
    bad = row(Permalink="https://www.instagram.com/p/B/", Views="many")
    seen = text_of(officer.get(upload(officer, instagram(row(), bad)).url))
    assert "New 1 row " in seen
    assert "Refused 1 row " in seen
