"""A file is recognised by its columns; what is unknown is refused by name."""

import pytest
from pydantic import ValidationError

from safar.campaigns.enums import FileKind, Measure, Platform, PostType
from safar.campaigns.importers.columns import Column, ColumnSet, column_sets, recognise
from safar.campaigns.importers.files import parsers
from safar.campaigns.importers.problems import FileProblem
from safar.campaigns.importers.reading import read_sheet
from tests.campaigns.exports import INSTAGRAM, sample

FACEBOOK = list(read_sheet(sample("facebook")).header)


def refusal(header):
    with pytest.raises(FileProblem) as caught:
        recognise(tuple(header))
    return caught.value


@pytest.mark.parametrize(("header", "kind"), [(INSTAGRAM, "meta_instagram_posts"), (FACEBOOK, "meta_facebook_posts")])
def test_order_and_case_of_columns_do_not_matter(header, kind):
    assert recognise(tuple(name.upper() for name in reversed(header))).kind == kind


def test_a_localised_header_is_the_same_column():
    assert (
        recognise(tuple("Reichweite" if name == "Reach" else name for name in INSTAGRAM)).kind == "meta_instagram_posts"
    )


@pytest.mark.parametrize("gone", ["Total clicks", "Negative feedback from users: Hide all", "Ad impressions", "Title"])
def test_columns_that_come_and_go_may_be_gone(gone):
    assert recognise(tuple(name for name in FACEBOOK if name != gone)).kind == "meta_facebook_posts"


def test_an_unknown_column_is_refused_by_its_name():
    problem = refusal([*INSTAGRAM, "Accounts reached", ""])
    assert (problem.code, problem.columns, problem.kind) == (
        "unknown_columns",
        ("Accounts reached", "∅"),
        "meta_instagram_posts",
    )


def test_a_missing_column_is_named_when_the_file_is_nearly_one_we_know():
    problem = refusal(name for name in INSTAGRAM if name != "Permalink")
    assert (problem.code, problem.columns, problem.kind) == ("missing_columns", ("Permalink",), "meta_instagram_posts")


def test_a_column_that_stands_twice_is_refused_in_any_language():
    assert refusal([*INSTAGRAM, "Reichweite"]).columns == ("Reach",)


def test_an_export_without_figures_is_refused():
    assert refusal(INSTAGRAM[:11]).code == "no_figures"


@pytest.mark.parametrize("header", [["Video title", "Video link"], ["Views"], ["Date", "Primary"], [""]])
def test_any_other_file_is_not_recognised(header):
    assert refusal(header).code == "unrecognised"


def test_of_two_kinds_that_fit_the_one_that_explains_more_columns_is_taken():
    needed = [
        Column(name="A", role="account_id"),
        Column(name="B", role="published_at"),
        Column(name="C", role="permalink"),
    ]
    common = {"platform": "x", "definition_version": "1", "post_types": {}, "lifetime_words": []}
    small = ColumnSet(kind="small", columns=[*needed, Column(name="Views", measure="views", optional=True)], **common)
    large = ColumnSet(kind="large", columns=[*small.columns, Column(name="Reach", measure="reach")], **common)
    assert recognise(("A", "B", "C", "Views", "Reach"), (small, large)) is large


@pytest.mark.parametrize("columns", column_sets(), ids=lambda found: found.kind)
def test_every_folder_speaks_our_words(columns):
    assert columns.kind in FileKind.values
    assert columns.platform in Platform.values
    assert {column.measure for column in columns.columns if column.measure} <= set(Measure.values)
    assert set(columns.post_types.values()) <= set(PostType.values)
    assert parsers()[columns.kind].kind == columns.kind


def test_every_kind_has_its_folder():
    assert {columns.kind for columns in column_sets()} == set(FileKind.values)


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ([{"name": "A", "role": "permalink"}], "no column for"),
        ([{"name": "A", "role": "permalink", "measure": "views"}], "either about the post or a figure"),
        (
            [
                {"name": "A", "role": "permalink"},
                {"name": "B", "role": "account_id", "aliases": {"de": ["a"]}},
                {"name": "C", "role": "published_at"},
            ],
            "stand twice",
        ),
        ([{"name": "A", "wrong": 1}], "Extra inputs"),
    ],
)
def test_a_wrong_description_of_columns_stops_the_start(columns, message):
    with pytest.raises(ValidationError, match=message):
        ColumnSet.model_validate(
            {
                "kind": "k",
                "platform": "x",
                "definition_version": "1",
                "columns": columns,
                "post_types": {},
                "lifetime_words": [],
            }
        )
