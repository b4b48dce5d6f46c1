"""Looking after instruments: upload with errors by sheet and row, preview in every language, publish, retire, weights."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from safar.cases.actions import instruments as actions
from safar.cases.enums.instruments import VERSION_MOVES, VersionState
from safar.cases.models import Assessment, Instrument, InstrumentVersion
from safar.cases.queries import instruments
from safar.cases.rules.instruments import About, InstrumentUpload
from safar.cases.rules.moves import may_move
from safar.kernel.actor import MACHINE
from safar.trust.permissions import ROLES
from tests.factories.cases import person
from tests.factories.instruments import REAL_FORMS, added, assessment, installed, workbook

ROW = {"type": "integer", "name": "n", "label": "How many"}
SCORING = """
instrument: own
method: The number itself
title: {en: Own form, uz: Oʻz shakli}
scores: [{code: n, label: {en: Number}, kind: sum, highest: 9, items: [{name: n}]}]
"""


@pytest.fixture
def coordinator(client_of) -> Client:
    return client_of("coordinator")


def _sent(content: bytes, name: str = "form.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def _upload(client: Client, content: bytes, **more):
    address = reverse("desk:cases:instrument_upload")
    return client.post(address, {"file": _sent(content), "subjects": ["person"], **more})


def test_what_comes_with_safar_is_taken_into_use_once(coordinator: Client) -> None:
    assert "No instrument is here yet" in coordinator.get(reverse("desk:cases:instruments")).text
    for _press in range(2):
        assert coordinator.post(reverse("desk:cases:instruments_install")).status_code == 302
    assert InstrumentVersion.objects.filter(state="published").count() == 7
    page = coordinator.get(reverse("desk:cases:instruments"))
    assert "Forced labour indicators" in page.text
    assert "Ўзбекча (uz-cyrl)" in page.text


def test_broken_workbook_comes_back_with_sheet_and_row(coordinator: Client) -> None:
    assert coordinator.get(reverse("desk:cases:instrument_upload")).status_code == 200
    refused = _upload(coordinator, workbook([ROW, {"type": "colour", "name": "c", "label": "C"}]))
    assert refused.status_code == 422
    assert "There is no kind of question called colour." in refused.text
    assert "Unknown question type" in refused.text, "the original stays"
    assert _upload(coordinator, b"no workbook").status_code == 422
    assert coordinator.post(reverse("desk:cases:instrument_upload"), {}).status_code == 422
    assert not Instrument.objects.exists()


def test_own_form_is_looked_at_tried_out_and_taken_into_use(coordinator: Client, home_centre) -> None:
    row = {"type": "text", "name": "a", "label::English (en)": "Name ${gone}", "label::Русский (ru)": "Имя"}
    sent = _upload(coordinator, workbook([row, ROW], form_id="own"), scoring=_sent(SCORING.encode(), "s.yaml"))
    version = InstrumentVersion.objects.select_related("instrument").get()
    assert sent.url == reverse("desk:cases:instrument_version", args=[version.pk])
    page = coordinator.get(sent.url)
    assert "names gone, which is not in this form" in page.text
    assert "Имя" in coordinator.get(sent.url, {"language": "Русский (ru)"}).text
    tried = coordinator.post(sent.url, {"q-n": "many"})
    assert tried.status_code == 200
    assert "This answer cannot be read" in tried.text
    assert coordinator.post(sent.url, {"q-n": "4"}, headers={"X-Part": "answers"}).status_code == 200
    assert not Assessment.objects.exists()
    assert version.instrument.title["uz-cyrl"] == "Ўз шакли"
    assert coordinator.post(reverse("desk:cases:instrument_publish", args=[version.pk])).status_code == 302
    assert instruments.in_use("own", by=MACHINE) == version
    book = coordinator.get(reverse("desk:cases:instrument_workbook", args=[version.pk]))
    assert book.content[:2] == b"PK"


def test_newer_version_replaces_the_older_and_leaves_its_answers_alone(coordinator: Client, home_centre) -> None:
    first = added(workbook([ROW]), code="own", scoring=SCORING)
    made = assessment(first, home_centre, about=About(person_id=person(home_centre).pk), n=3)
    second = added(
        workbook([ROW, {"type": "text", "name": "b", "label": "New"}]),
        code="own",
        scoring=SCORING.replace("highest: 9", "highest: 99"),
    )
    first.refresh_from_db()
    assert (first.state, second.number) == ("replaced", 2)
    made.refresh_from_db()
    assert (made.version, made.scores) == (first, {"n": 3.0})
    assert coordinator.post(reverse("desk:cases:instrument_publish", args=[first.pk]), follow=True).status_code == 200
    first.refresh_from_db()
    assert first.state == "replaced", "what was replaced is never asked again"
    assert coordinator.post(reverse("desk:cases:instrument_retire", args=[second.pk])).status_code == 302
    with pytest.raises(InstrumentVersion.DoesNotExist):
        instruments.in_use("own", by=MACHINE)
    assert coordinator.get(reverse("desk:cases:assessment", args=[made.pk])).status_code == 200


def test_sensitive_instrument_never_becomes_less_private(home_centre) -> None:
    first = added(workbook([ROW]), code="own", is_sensitive=True)
    added(workbook([ROW, {"type": "text", "name": "b", "label": "B"}]), code="own")
    first.instrument.refresh_from_db()
    assert first.instrument.is_sensitive


@pytest.mark.parametrize(
    ("field", "upload"),
    [
        ("scoring", {"scoring": "instrument: [broken"}),
        ("scoring", {"scoring": "instrument: own\nmethod: m\ncolour: red"}),
        ("scoring", {"scoring": SCORING.replace("name: n", "name: other")}),
        ("files", {"files": {"run.exe": b""}}),
        ("files", {"files": {"big.png": b"x" * 300_001}}),
    ],
)
def test_scoring_and_files_that_do_not_fit_are_refused_at_their_field(field: str, upload: dict, db) -> None:
    with pytest.raises(ValidationError) as refused:
        actions.add(upload=InstrumentUpload(content=workbook([ROW]), file_name="f.xlsx", **upload), by=MACHINE)
    assert field in refused.value.message_dict


def test_upload_with_a_scoring_that_does_not_fit_says_so_on_the_page(coordinator: Client) -> None:
    refused = _upload(
        coordinator, workbook([ROW]), scoring=_sent(b"method: m", "s.yaml"), attachments=[_sent(b"a,b", "l.csv")]
    )
    assert refused.status_code == 422
    assert "instrument: Field required" in refused.text


def test_weights_of_a_file_make_a_draft_and_change_no_old_score(coordinator: Client, home_centre) -> None:
    version = installed("reintegration_survey")
    address = reverse("desk:cases:instrument_weights", args=[version.pk])
    made = coordinator.post(
        address, {"weights": _sent(b'item,weight\nworking,2.5\nassets,"1,5"\n', "w.csv"), "source": "Annex 4"}
    )
    draft = InstrumentVersion.objects.get(number=2)
    assert made.url == reverse("desk:cases:instrument_version", args=[draft.pk])
    assert (draft.state, draft.sha256) == ("draft", version.sha256)
    assert "Annex 4" in coordinator.get(made.url).text
    weights = {item.name: item.weight for item in instruments.scoring_of(draft).scores[0].items}
    assert (weights["working"], weights["assets"], weights["borrows"]) == (2.5, 1.5, 1.0)
    for content in (b"item,weight\nnobody,1\n", b"item,weight\nworking,much\n", b"x,y\n"):
        assert coordinator.post(address, {"weights": _sent(content, "w.csv"), "source": "Annex"}).status_code == 422
    assert coordinator.post(address, {}).status_code == 422
    with pytest.raises(ValidationError):
        actions.load_weights(version_id=version.pk, content=b"item,weight\nworking,1\n", source=" ", by=MACHINE)
    plain = added(workbook([ROW]), code="plain")
    with pytest.raises(ValidationError):
        actions.load_weights(version_id=plain.pk, content=b"", source="x", by=MACHINE)


@pytest.mark.parametrize("state", VersionState)
@pytest.mark.parametrize("to", [VersionState.PUBLISHED, VersionState.RETIRED])
def test_every_move_of_a_version_is_allowed_or_refused_by_the_table(state: str, to: str, db) -> None:
    version = added(workbook([ROW]), code="own")
    InstrumentVersion.objects.filter(pk=version.pk).update(state=state)
    act = actions.publish if to == VersionState.PUBLISHED else actions.retire
    if may_move(VERSION_MOVES, state, to):
        assert act(version_id=version.pk, by=MACHINE).state == to
    else:
        with pytest.raises(ValidationError):
            act(version_id=version.pk, by=MACHINE)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_looks_after_instruments_as_its_permissions_say(role: str, actor) -> None:
    version = added(workbook([ROW]), code="own")
    acts = [
        lambda: actions.install_shipped(codes=["readiness"], by=actor(role)),
        lambda: actions.retire(version_id=version.pk, by=actor(role)),
        lambda: actions.publish(version_id=version.pk, by=actor(role)),
        lambda: instruments.version(version.pk, by=actor(role)),
    ]
    for act in acts:
        if "cases.instrument.manage" in ROLES[role].permissions:
            assert act()
        else:
            with pytest.raises(PermissionDenied):
                act()


def test_list_asks_no_more_for_more_instruments(coordinator: Client) -> None:
    address, counts = reverse("desk:cases:instruments"), []
    for number in (2, 5):
        for each in range(number):
            added(workbook([ROW]), code=f"own_{number}_{each}")
        coordinator.get(address)
        with CaptureQueriesContext(connection) as caught:
            coordinator.get(address)
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_pages_of_what_is_not_there_say_so(coordinator: Client) -> None:
    missing = "00000000-0000-4000-8000-000000000000"
    for name in ("instrument_version", "instrument_workbook", "instrument_paper", "instrument_answers"):
        assert coordinator.get(reverse(f"desk:cases:{name}", args=[missing])).status_code == 404
    assert coordinator.get(reverse("desk:cases:instrument_file", args=[missing, "a.png"])).status_code == 404
    assert coordinator.post(reverse("desk:cases:instrument_publish", args=[missing])).status_code == 404
    sent = {"weights": _sent(b"item,weight\n", "w.csv"), "source": "x"}
    assert coordinator.post(reverse("desk:cases:instrument_weights", args=[missing]), sent).status_code == 404


@pytest.mark.parametrize("name", ["instruments", "instrument_upload"])
def test_those_who_may_not_look_after_instruments_are_refused(name: str, client_of) -> None:
    for role in ("counsellor", "ministry_viewer"):
        assert client_of(role).get(reverse(f"desk:cases:{name}")).status_code == 403


def test_real_form_of_the_field_is_uploaded_and_shown(coordinator: Client) -> None:
    sent = _upload(coordinator, (REAL_FORMS / "valid_standardisation_nested_groups.xlsx").read_bytes())
    page = coordinator.get(sent.url)
    assert "How many children will be measured?" in page.text
