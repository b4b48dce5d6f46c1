"""From an export to posts and figures."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safar.campaigns.importers.columns import column_sets
from safar.campaigns.importers.files import read
from safar.campaigns.importers.meta_facebook_posts.parser import id_from_permalink
from safar.campaigns.importers.permalinks import canonical
from safar.campaigns.importers.problems import FileProblem
from safar.campaigns.rules import LIFETIME, Window
from tests.campaigns.exports import INSTAGRAM, instagram, row, sample


def only(content):
    """Return the single post, or the single refused row's problems as (code, field)."""
    parsed = read(content)
    assert parsed.rows_read == 1
    return parsed.posts[0] if parsed.posts else [(p.code, p.field) for p in parsed.refused[0].problems]


def figures(post):
    return {figure.native_name: int(figure.number.value) for figure in post.figures}


def test_the_instagram_sample_to_the_digit():
    parsed = read(sample("instagram"))
    assert (parsed.columns.kind, parsed.rows_read, parsed.refused) == ("meta_instagram_posts", 5, ())
    assert [figures(post)["Views"] for post in parsed.posts] == [4047, 4066, 7269, 7683, 9002]
    assert [figures(post)["Reach"] for post in parsed.posts] == [3253, 1550, 8295, 1885, 3020]
    assert [post.post_type for post in parsed.posts] == ["image", "reel", "carousel", "reel", "image"]
    assert parsed.posts[0].published_at == dt.datetime.fromisoformat("2026-01-20T09:10")
    assert parsed.posts[0].account.handle == "synthetic_mrc"
    assert parsed.not_kept == ("Duration (sec)", "Data comment")


def test_the_facebook_sample_to_the_digit():
    parsed = read(sample("facebook"))
    assert (parsed.columns.kind, parsed.rows_read, parsed.refused) == ("meta_facebook_posts", 6, ())
    last = parsed.posts[-1]
    assert last.caption == 'SYNTHETIC "Quotes", commas; and new line 🙂'
    assert figures(last) == {
        "Views": 11653, "Reach": 7572, "Reactions, Comments and Shares": 68, "Reactions": 53, "Comments": 10, "Shares": 5,
        "Total clicks": 41, "Link Clicks": 14,
    }  # fmt: skip
    assert figures(parsed.posts[0])["Seconds viewed"] == 10647
    assert "Average Seconds viewed" in parsed.not_kept


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"encoding": "utf-16", "sep": True},
        {"delimiter": ";", "encoding": "cp1251"},
        {"delimiter": "\t", "encoding": "utf-8"},
        {"header": INSTAGRAM[::-1]},
    ],
)
def test_a_row_means_the_same_in_every_form_of_file(form):
    post = only(instagram(row(), **form))
    assert (figures(post)["Views"], post.permalink, post.window) == (18400, "https://www.instagram.com/p/AAA", LIFETIME)


def test_a_localised_header_keeps_the_platforms_own_name_of_the_metric():
    header = ["Reichweite" if name == "Reach" else name for name in INSTAGRAM]
    assert figures(only(instagram(row(Reichweite="8 295"), header=header)))["Reach"] == 8295


def test_an_empty_figure_is_absent_and_not_zero():
    assert "Saves" not in figures(only(instagram(row(Saves=""))))


def test_ids_ruined_by_excel_are_forgotten_because_the_address_is_the_key():
    post = only(instagram(row(Post_ID="1.22158E+17", Account_ID="1,784E+16")))
    assert (post.post_id, post.account.id, post.account.handle) == ("", "", "synthetic_mrc")


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"Permalink": ""}, ("permalink_missing", "Permalink")),
        ({"Permalink": "https://www.tiktok.com/@a/video/1"}, ("permalink_foreign", "Permalink")),
        ({"Publish_time": "soon"}, ("not_a_date", "Publish time")),
        ({"Date": "yesterday"}, ("not_a_window", "Date")),
        ({"Views": "-1"}, ("negative", "Views")),
        ({"Reach": "1.2E+5"}, ("shortened_number", "Reach")),
        ({"Likes": "some"}, ("not_a_count", "Likes")),
        ({"Post_ID": "1" * 65}, ("id_too_long", "Post ID")),
        ({"Account_ID": "", "Account_username": "", "Account_name": ""}, ("account_missing", "Account ID")),
    ],
)
def test_a_row_is_refused_with_the_field_that_is_wrong(cells, problem):
    assert only(instagram(row(**cells))) == [problem]


def test_everything_wrong_in_a_row_is_said_at_once():
    assert only(instagram(row(Permalink="", Views="x", Saves="y"))) == [
        ("permalink_missing", "Permalink"), ("not_a_count", "Views"), ("not_a_count", "Saves"),
    ]  # fmt: skip


def test_the_same_post_twice_in_a_file_is_taken_once_and_the_second_points_to_the_first():
    parsed = read(instagram(row(), row(Permalink="http://instagram.com/p/AAA?igsh=x", Views="5")))
    assert [post.row for post in parsed.posts] == [2]
    (problem,) = parsed.refused[0].problems
    assert (parsed.refused[0].row, problem.code, problem.value) == (3, "permalink_repeated", "2")


def test_the_same_post_on_two_days_is_two_windows():
    parsed = read(instagram(row(Date="03/22/2026"), row(Date="03/23/2026")))
    assert [post.window for post in parsed.posts] == [
        Window(day, day) for day in (dt.date(2026, 3, 22), dt.date(2026, 3, 23))
    ]


@pytest.mark.parametrize(("extra", "code"), [(b",surplus", "cells_too_many"), (None, "cells_missing")])
def test_a_row_with_another_number_of_cells_is_refused(extra, code):
    content = instagram(row()).rstrip()
    content = content + extra if extra else content.rpartition(b",")[0]
    assert only(content) == [(code, "")]


def test_a_file_that_writes_the_day_first_is_read_so_and_says_so():
    parsed = read(
        instagram(
            row(Publish_time="03/04/2026 10:00"),
            row(Publish_time="25/04/2026 10:00", Permalink="https://www.instagram.com/p/B/"),
        )
    )
    assert parsed.posts[0].published_at == dt.datetime.fromisoformat("2026-04-03T10:00")
    assert parsed.warnings == ("day_first",)


def test_a_header_alone_is_no_export():
    with pytest.raises(FileProblem, match="no_rows"):
        read(instagram())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://m.facebook.com/a/posts/1/?utm_source=x&fbclid=y#top", "https://www.facebook.com/a/posts/1"),
        ("facebook.com/permalink.php?story_fbid=12&id=3", "https://www.facebook.com/permalink.php?story_fbid=12&id=3"),
        ("HTTPS://WWW.FACEBOOK.COM/A", "https://www.facebook.com/A"),
        ("https://www.facebook.com/", None),
        ("ftp://www.facebook.com/a", None),
        ("https://www.facebook.com.evil.example/a", None),
        ("https://[broken/a", None),
        ("https://www.facebook.com/a b", None),
        ("https://www.facebook.com/" + "a" * 500, None),
        ("https://www.facebook.com/a?q=" + "ж" * 200, None),
        ("", None),
    ],
)
def test_an_address_has_one_form_or_none(text, expected):
    assert canonical(text, "facebook") == expected


def test_a_website_may_be_anywhere_but_is_an_address():
    assert canonical("https://Example.org/news/1", "website") == "https://example.org/news/1"
    assert canonical("https:///news", "website") is None


@pytest.mark.parametrize(
    ("permalink", "expected"),
    [
        ("https://www.facebook.com/mrc/posts/122158000000123456", "122158000000123456"),
        ("https://www.facebook.com/reel/122158000000123456", "122158000000123456"),
        ("https://www.facebook.com/mrc/photos/a.1/122158000000123456", "122158000000123456"),
        ("https://www.facebook.com/permalink.php?story_fbid=122158000000123456&id=3", "122158000000123456"),
        ("https://www.facebook.com/watch?v=122158000000123456", "122158000000123456"),
        ("https://www.facebook.com/mrc/posts/pfbid0SYNTH1?v=short", ""),
    ],
)
def test_a_ruined_facebook_id_is_read_from_the_address_when_it_is_there(permalink, expected):
    assert id_from_permalink(permalink) == expected


CELL = st.one_of(
    st.sampled_from(
        ["", "18,400", "1.2K", "Lifetime", "01/02/2026 10:00", "https://www.instagram.com/p/A/", "1.2E+17", '"', "a\nb"]
    ),
    st.text(max_size=12),
)


@given(
    st.lists(st.lists(CELL, min_size=0, max_size=20), max_size=6),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8-sig", "utf-16"]),
)
def test_no_file_with_the_right_header_crashes_or_loses_a_row(rows, delimiter, encoding):
    import csv
    import io

    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([INSTAGRAM, *rows])
    try:
        parsed = read(text.getvalue().encode(encoding, errors="ignore"))
    except FileProblem:
        return
    assert parsed.rows_read == len(parsed.cells) == len(parsed.posts) + len(parsed.refused)
    assert {post.row for post in parsed.posts} | {bad.row for bad in parsed.refused} == set(parsed.cells)


@given(st.one_of(st.binary(max_size=300), st.binary(max_size=300).map(lambda tail: sample("facebook")[:900] + tail)))
def test_no_bytes_crash_the_reader(content):
    try:
        parsed = read(content)
    except FileProblem:
        return
    assert parsed.rows_read > 0


@given(st.data())
def test_a_damaged_sample_is_read_or_refused_but_never_half_lost(data):
    content = bytearray(sample("instagram"))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        parsed = read(bytes(content))
    except FileProblem:
        return
    assert parsed.rows_read == len(parsed.cells)


def test_every_kind_of_file_names_its_definition():
    assert all(columns.definition_version for columns in column_sets())
