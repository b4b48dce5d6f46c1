"""An export is compared, then written once."""

import datetime as dt
import io

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safar.campaigns.actions import imports
from safar.campaigns.importers.problems import FileCode, FileProblem, RowCode, RowProblem, Warning_
from safar.campaigns.models import Channel, ImportedFile, MetricSnapshot, Post
from safar.campaigns.queries import import_messages
from safar.campaigns.queries import imports as reads
from safar.campaigns.queries.import_errors import errors_workbook
from safar.kernel.actor import MACHINE
from safar.trust.models import AuditEntry
from tests.campaigns.exports import instagram, row, sample
from tests.factories import campaigns

pytestmark = pytest.mark.django_db
MARCH = dt.date(2026, 3, 31)
APRIL = dt.date(2026, 4, 30)


def preview(content, day=MARCH, by=MACHINE, name="export.csv"):
    return imports.preview(content=content, original_name=name, captured_on=day, by=by)


def take(content, centre, day=MARCH, by=MACHINE):
    return imports.commit(file_id=preview(content, day, by).file.pk, centre=centre, by=by)


def counts(planned):
    return planned.count("new"), planned.count("changed"), planned.count("unchanged"), len(planned.refused)


def problems(planned):
    return [(problem.code, problem.field) for bad in planned.refused for problem in bad.problems]


def test_the_dry_run_keeps_the_file_and_writes_nothing_else(actor):
    by = actor("outreach_officer")
    planned = preview(sample("instagram"), dt.date(2026, 6, 1), by, name="C:\\Users\\me\\Mar 2026.csv")
    assert counts(planned) == (5, 0, 0, 0)
    assert (planned.rows_read, planned.figure_count, planned.changes_something) == (5, 35, True)
    assert [(plan.name, plan.is_new) for plan in planned.channels] == [("SYNTHETIC MRC", True)]
    file = planned.file
    assert (file.original_name, file.kind, file.row_count, file.uploaded_by_id) == (
        "Mar 2026.csv",
        "meta_instagram_posts",
        5,
        by.id,
    )
    with default_storage.open(file.stored.name) as stored:
        assert stored.read() == sample("instagram")
    assert file.sha256 in file.stored.name
    assert file.imported_at is None
    assert not Post.objects.exists()
    assert not Channel.objects.exists()


def test_the_import_writes_what_the_dry_run_announced(home_centre, actor):
    by = actor("coordinator")
    file = take(sample("facebook"), home_centre, dt.date(2026, 7, 1), by)
    assert (file.rows_new, file.rows_changed, file.rows_unchanged, file.rows_refused) == (6, 0, 0, 0)
    assert file.imported_by_id == by.id
    channel = Channel.objects.get()
    assert (channel.platform, channel.name, channel.account_id, channel.centre) == (
        "facebook", "SYNTHETIC MRC page", "100000000000001", home_centre,
    )  # fmt: skip
    post = Post.objects.get(permalink__endswith="pfbid0SYNTH5")
    assert post.caption == 'SYNTHETIC "Quotes", commas; and new line 🙂'
    assert post.published_at.isoformat() == "2026-06-15T13:05:00+00:00"  # 18:05 in Tashkent
    reach = MetricSnapshot.objects.get(post=post, measure="reach")
    assert (reach.native_name, reach.value, reach.window_start, reach.imported_from) == ("Reach", 7572, None, file)
    assert reach.definition_version == "meta-business-suite-2025"
    assert reach.captured_at.isoformat() == "2026-07-01T07:00:00+00:00"
    assert AuditEntry.objects.filter(action="campaigns.import.commit", subject_key=file.pk).exists()


def test_importing_the_same_file_again_adds_nothing_and_says_when_it_was_imported(home_centre):
    first = take(instagram(row()), home_centre)
    again = preview(instagram(row()))
    assert again.file == first
    assert again.file.imported_at == first.imported_at
    assert (counts(again), again.changes_something) == ((0, 0, 1, 0), False)
    assert imports.commit(file_id=first.pk, by=MACHINE).imported_at == first.imported_at
    assert (Post.objects.count(), MetricSnapshot.objects.count(), ImportedFile.objects.count()) == (1, 7, 1)


def test_overlapping_exports_add_only_what_changed_as_a_new_snapshot(home_centre):
    take(instagram(row()), home_centre)
    other = row(Permalink="https://www.instagram.com/p/BBB/", Views="1")
    file = take(instagram(row(Views="20,000"), other), home_centre, APRIL)
    assert (file.rows_new, file.rows_changed) == (1, 1)
    views = MetricSnapshot.objects.filter(post__permalink="https://www.instagram.com/p/AAA", measure="views")
    assert sorted((int(view.value), view.captured_at.date()) for view in views) == [(18400, MARCH), (20000, APRIL)]
    assert MetricSnapshot.objects.filter(measure="reach").count() == 2


def test_an_older_export_that_comes_late_is_compared_with_what_was_known_then(home_centre):
    take(instagram(row(Views="20,000")), home_centre, APRIL)
    file = take(instagram(row(Views="18,400")), home_centre)
    assert file.rows_changed == 1
    assert counts(preview(instagram(row(Views="20,000"), row(Permalink="https://www.instagram.com/p/B/")), APRIL)) == (
        1,
        0,
        1,
        0,
    )


def test_two_exports_of_one_moment_may_not_disagree(home_centre):
    take(instagram(row()), home_centre)
    assert problems(preview(instagram(row(Views="18,401")))) == [("captured_differently", "Views")]


def test_a_post_from_the_future_is_refused():
    assert problems(preview(instagram(row(Publish_time="04/02/2026 00:00")))) == [("in_the_future", "")]


def test_daily_rows_of_one_post_make_one_post(home_centre):
    days = [row(Date=day, Views=views) for day, views in (("03/22/2026", "5"), ("03/23/2026", "7"))]
    file = take(instagram(*days), home_centre)
    assert file.rows_new == 2
    assert Post.objects.count() == 1
    windows = (
        MetricSnapshot.objects.filter(measure="views").order_by("window_start").values_list("window_start", "value")
    )
    assert [(day.day, int(value)) for day, value in windows] == [(22, 5), (23, 7)]


def test_good_rows_are_taken_and_bad_ones_returned(home_centre):
    content = instagram(row(Views="many"), row(Permalink="https://www.instagram.com/p/B/"))
    file = take(content, home_centre)
    assert (file.rows_new, file.rows_refused) == (1, 1)
    after = reads.preview_of(file)
    assert counts(after) == (0, 0, 1, 1)


def test_a_known_channel_is_found_by_id_handle_or_name_and_learns_its_id(home_centre):
    channel = campaigns.channel(handle="Synthetic_MRC", account_id="", centre=home_centre)
    take(instagram(row(Account_ID="1.784E+16")), home_centre)
    channel.refresh_from_db()
    assert channel.account_id == ""
    take(
        instagram(row(Permalink="https://www.instagram.com/p/B/"), row(Permalink="https://www.instagram.com/p/C/")),
        home_centre,
    )
    channel.refresh_from_db()
    assert channel.account_id == "17840000000000001"
    take(instagram(row(Account_username="renamed", Permalink="https://www.instagram.com/p/D/")), home_centre)
    assert Channel.objects.get().posts.count() == 4


def facebook(**changes):
    text = sample("facebook").decode("utf-8-sig")
    for before, after in changes.values():
        text = text.replace(before, after)
    return text.encode()


RUINED = {"page": ("100000000000001", "1E+14")}


def test_a_page_whose_id_was_ruined_is_found_by_its_name_or_refused(home_centre):
    assert {code for code, _ in problems(preview(facebook(**RUINED), dt.date(2026, 7, 1)))} == {"account_unknown"}
    page = campaigns.channel("facebook", name="synthetic mrc PAGE", handle="", account_id="7", centre=home_centre)
    assert take(facebook(**RUINED, x=("1521,", "1522,")), home_centre, dt.date(2026, 7, 1)).rows_new == 6
    assert page.posts.count() == 6


def test_a_page_of_the_same_name_and_another_id_is_another_page(home_centre):
    campaigns.channel("facebook", name="SYNTHETIC MRC page", handle="", account_id="7", centre=home_centre)
    assert [plan.is_new for plan in preview(sample("facebook"), dt.date(2026, 7, 1)).channels] == [True]


def test_a_post_kept_under_another_channel_is_not_moved(home_centre):
    campaigns.post(permalink="https://www.instagram.com/p/AAA")
    assert problems(preview(instagram(row()))) == [("account_differs", "")]


def test_new_accounts_of_one_file_become_one_channel_each(home_centre):
    rows = [
        row(Permalink="https://www.instagram.com/p/1/"),
        row(Permalink="https://www.instagram.com/p/2/", Account_ID="1.7E+16"),
        row(Permalink="https://www.instagram.com/p/3/", Account_ID="9", Account_username="other", Account_name=""),
    ]
    take(instagram(*rows), home_centre)
    assert list(Channel.objects.order_by("name").values_list("name", "account_id")) == [
        ("SYNTHETIC MRC", "17840000000000001"), ("other", "9"),
    ]  # fmt: skip


def test_a_new_channel_needs_a_centre_that_owns_it():
    planned = preview(instagram(row()))
    with pytest.raises(ValidationError) as caught:
        imports.commit(file_id=planned.file.pk, by=MACHINE)
    assert "SYNTHETIC MRC" in caught.value.message_dict["centre"][0]
    assert not Post.objects.exists()


def test_a_file_that_cannot_be_read_is_not_kept():
    with pytest.raises(ValidationError) as caught:
        preview(instagram(row(), header=["Permalink", "Brand new metric"]))
    assert "Brand new metric" in caught.value.message_dict["file"][0]
    assert not ImportedFile.objects.exists()


def test_the_day_of_the_export_can_be_mended_while_the_file_waits():
    assert preview(instagram(row()), MARCH).file.captured_at.date() == MARCH
    assert preview(instagram(row()), APRIL).file.captured_at.date() == APRIL


def test_the_day_of_the_export_is_today_when_not_given_and_never_tomorrow():
    assert preview(instagram(row()), None).file.captured_at is not None
    with pytest.raises(ValidationError):
        preview(instagram(row()), dt.date(2999, 1, 1))


def test_a_file_left_by_a_failed_upload_is_taken_up():
    planned = preview(instagram(row()))
    name = planned.file.stored.name
    planned.file.delete()
    assert preview(instagram(row())).file.stored.name == name


@pytest.mark.parametrize("role", ["counsellor", "ministry_viewer", "network_analyst"])
def test_who_may_not_manage_campaigns_may_not_import(actor, role, home_centre):
    with pytest.raises(PermissionDenied):
        preview(instagram(row()), by=actor(role))
    file = preview(instagram(row())).file
    with pytest.raises(PermissionDenied):
        imports.commit(file_id=file.pk, centre=home_centre, by=actor(role))


def test_the_dry_run_asks_the_database_no_more_often_for_more_rows(home_centre, django_assert_num_queries):
    def rows(number):
        return instagram(*[row(Permalink=f"https://www.instagram.com/p/{n}/") for n in range(number)])

    file = preview(rows(40)).file
    imports.commit(file_id=file.pk, centre=home_centre, by=MACHINE)
    with django_assert_num_queries(3):  # channels, posts, their latest values
        reads.preview_of(file)


def test_files_are_listed_newest_first_and_found():
    first, second = preview(instagram(row())).file, preview(instagram(row(Views="1"))).file
    assert list(reads.file_list()) == [second, first]
    assert reads.get(first.pk) == first
    assert reads.by_hash(second.sha256) == second
    assert str(first) == "export.csv"


def test_the_returned_workbook_holds_the_same_rows_and_what_to_mend():
    planned = preview(instagram(row(Views="many", Description="=1+1"), row(Permalink="")))
    sheet = openpyxl.load_workbook(io.BytesIO(errors_workbook(planned))).active
    header, first, second = list(sheet.iter_rows(values_only=True))
    assert header[:3] == ("# Row in the file", "# What to mend", "Post ID")
    assert (first[0], second[0]) == (2, 3)
    assert first[1] == "Views: “many” is not a whole number. Correct it or leave the cell empty."
    assert first[header.index("Description")] == "=1+1"
    assert first[header.index("Post ID")] == "18000000000000123"
    assert second[1].startswith("Permalink: The address of the post is missing.")


def test_every_problem_has_words_in_which_to_say_it():
    for code in FileCode.__args__:
        assert "%(" not in import_messages.file_message(FileProblem(code, ("A", "B"), "meta_facebook_posts", 4))
    for code in RowCode.__args__:
        assert "%(" not in import_messages.row_message(RowProblem(code, "Views", "100 %"))
    for warning in Warning_.__args__:
        assert import_messages.warning_message(warning)


CELLS = st.fixed_dictionaries(
    {
        "Views": st.sampled_from(["1", "2", "1.2K", "x", ""]),
        "Permalink": st.sampled_from([f"https://www.instagram.com/p/{n}/" for n in range(3)] + [""]),
        "Publish time": st.sampled_from(["03/22/2026 09:12", "04/22/2026 09:12", "no"]),
        "Date": st.sampled_from(["Lifetime", "03/22/2026"]),
        "Account ID": st.sampled_from(["1", "2", "1E+5"]),
        "Account username": st.sampled_from(["a", "b", ""]),
    }
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=3))
def test_whatever_files_come_no_row_is_lost_and_a_second_import_adds_nothing(home_centre, files):
    for rows in files:
        content = instagram(*[row() | cells for cells in rows])
        planned = preview(content)
        assert sum(counts(planned)) == planned.rows_read == len(rows)
        already = planned.file.imported_at is not None
        file = imports.commit(file_id=planned.file.pk, centre=home_centre, by=MACHINE)
        if not already:
            assert (file.rows_new, file.rows_changed, file.rows_unchanged, file.rows_refused) == counts(planned)
        before = MetricSnapshot.objects.count()
        again = preview(content)
        assert (again.count("new"), again.count("changed")) == (0, 0)
        assert len(again.refused) == len(planned.refused)
        assert MetricSnapshot.objects.count() == before


def test_the_returned_workbook_comes_back_mended_as_it_is(home_centre):
    take(instagram(row(Views="many"), row(Permalink="https://www.instagram.com/p/B/")), home_centre)
    book = openpyxl.load_workbook(io.BytesIO(errors_workbook(reads.preview_of(reads.file_list()[0]))))
    sheet = book.active
    views = next(cell for cell in sheet[1] if cell.value == "Views")
    sheet.cell(2, views.column).value = 18400
    mended = io.BytesIO()
    book.save(mended)
    assert take(mended.getvalue(), home_centre).rows_new == 1
    assert MetricSnapshot.objects.get(post__permalink__endswith="AAA", measure="views").value == 18400
