import ast
import datetime as dt
import re
import stat
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.http import Http404

import safar
from safar.config import backup
from safar.kernel.actor import MACHINE, VISITOR
from safar.kernel.clock import now, today
from safar.kernel.ids import new_id
from safar.people.models import Person
from safar.trust import sealing
from safar.trust.actions import sealed, sealed_key, sealed_reading, subject_requests
from safar.trust.models import AuditEntry, SealedNote, SealedOpening, SealedReader
from safar.trust.permissions import READ_SEALED
from safar.trust.privacy import SEALED, TRAIL
from safar.trust.queries import sealed as queries
from safar.trust.queries import sealed_key as keys
from safar.trust.queries.actors import actor_for
from tests.factories import people

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)
SECRET = "She said the passport is with the driver."


@pytest.fixture(autouse=True)
def key_file(tmp_path, monkeypatch):
    """A compartment key in a file of its own."""
    file = tmp_path / "sealed_key"
    monkeypatch.setenv("SAFAR_SEALED_KEY_FILE", str(file))
    sealed_key.make()
    return file


@pytest.fixture
def office(staff_member):
    """A counsellor who writes, two named readers, and the officer who named them for all notes on trafficking."""

    class Office:
        writer = staff_member("counsellor")
        reader = staff_member("counsellor")
        second = staff_member("coordinator")
        officer = staff_member("data_protection_officer")

    for member in (Office.reader, Office.second):
        sealed.name_reader(
            staff_id=member.pk,
            kind="trafficking",
            reason="focal point",
            until=today() + WEEK,
            by=actor_for(Office.officer),
        )
    return Office


def note(office, person=None, **fields):
    wanted = {"kind": "trafficking", "text": SECRET} | fields
    return sealed.write(person_key=person or new_id(), by=actor_for(office.writer), **wanted)


def opened(office, person) -> SealedOpening:
    asked = sealed.ask(person_key=person, reason="visit today", by=actor_for(office.reader))
    return sealed.decide(opening_id=asked.pk, allow=True, by=actor_for(office.second))


def test_the_database_holds_no_word_of_a_note_and_two_equal_notes_look_different(office) -> None:
    person = new_id()
    first, second = (SealedNote.objects.get(pk=note(office, person)) for _ in range(2))
    for row in (first, second):
        assert b"passport" not in bytes(row.ciphertext) + bytes(row.wrapped_key)
    assert bytes(first.ciphertext) != bytes(second.ciphertext)
    assert bytes(first.wrapped_key) != bytes(second.wrapped_key)


def test_a_named_reader_reads_after_a_second_one_agreed_and_each_note_leaves_a_row(office) -> None:
    person = new_id()
    ids = {note(office, person), note(office, person, text="Second.")}
    opening = opened(office, person)
    found = sealed_reading.read(opening.pk, by=actor_for(office.reader))
    assert [each.text for each in found] == [SECRET, "Second."]
    assert found[0].written_by == office.writer.full_name
    rows = AuditEntry.objects.filter(action="trust.sealed.read", person_key=person, staff=office.reader)
    assert set(rows.values_list("subject_key", flat=True)) == ids
    assert not any(row.fields for row in AuditEntry.objects.filter(person_key=person))


def test_who_wrote_a_note_cannot_read_it_back(office) -> None:
    person = new_id()
    note(office, person)
    assert queries.part_for(person, by=actor_for(office.writer)) is None
    with pytest.raises(PermissionDenied):
        sealed.ask(person_key=person, reason="mine", by=actor_for(office.writer))


def test_nobody_allows_their_own_request(office) -> None:
    person = new_id()
    note(office, person)
    asked = sealed.ask(person_key=person, reason="visit", by=actor_for(office.reader))
    with pytest.raises(PermissionDenied):
        sealed.decide(opening_id=asked.pk, allow=True, by=actor_for(office.reader))
    with pytest.raises(IntegrityError), transaction.atomic():
        SealedOpening.objects.filter(pk=asked.pk).update(decided_by=office.reader, decided_at=now())


@pytest.mark.parametrize("role", ["counsellor", "administrator", "ministry_viewer"])
def test_who_is_no_named_reader_neither_sees_nor_decides(role: str, office, actor) -> None:
    person = new_id()
    note(office, person)
    asked = sealed.ask(person_key=person, reason="visit", by=actor_for(office.reader))
    other = actor(role)
    assert queries.to_decide(by=other) == []
    assert queries.part_for(person, by=other) is None
    with pytest.raises(PermissionDenied):
        sealed.decide(opening_id=asked.pk, allow=True, by=other)


def test_the_officer_may_be_the_second_person_and_a_refusal_opens_nothing(office) -> None:
    person = new_id()
    note(office, person)
    asked = sealed.ask(person_key=person, reason="visit", by=actor_for(office.reader))
    assert [each.pk for each in queries.to_decide(by=actor_for(office.officer))] == [asked.pk]
    assert [each.pk for each in queries.to_decide(by=actor_for(office.second))] == [asked.pk]
    assert queries.to_decide(by=actor_for(office.reader)) == []
    sealed.decide(opening_id=asked.pk, allow=False, by=actor_for(office.officer))
    with pytest.raises(PermissionDenied):
        sealed_reading.read(asked.pk, by=actor_for(office.reader))
    with pytest.raises(ValidationError, match="decided already"):
        sealed.decide(opening_id=asked.pk, allow=True, by=actor_for(office.officer))


def test_an_opening_closes_after_half_an_hour_and_serves_only_who_asked(office, time_machine) -> None:
    person = new_id()
    note(office, person)
    opening = opened(office, person)
    with pytest.raises(Http404):
        sealed_reading.read(opening.pk, by=actor_for(office.second))
    time_machine.move_to(now() + dt.timedelta(minutes=29))
    assert sealed_reading.read(opening.pk, by=actor_for(office.reader))
    time_machine.move_to(now() + dt.timedelta(minutes=2))
    with pytest.raises(PermissionDenied):
        sealed_reading.read(opening.pk, by=actor_for(office.reader))


def test_an_opening_ends_with_the_duty_of_its_reader(office) -> None:
    person = new_id()
    note(office, person)
    opening = opened(office, person)
    duty = SealedReader.objects.get(staff=office.reader)
    sealed.end_reader(reader_id=duty.pk, by=actor_for(office.officer))
    sealed.end_reader(reader_id=duty.pk, by=actor_for(office.officer))
    assert AuditEntry.objects.filter(action="trust.sealed.end_reader").count() == 1
    with pytest.raises(PermissionDenied):
        sealed_reading.read(opening.pk, by=actor_for(office.reader))


def test_a_duty_ends_on_its_day(office, time_machine) -> None:
    person = new_id()
    note(office, person)
    time_machine.move_to(now() + dt.timedelta(days=8))
    assert queries.part_for(person, by=actor_for(office.reader)) is None


def test_a_reader_of_one_kind_reads_no_other_and_a_reader_of_one_person_reads_all_of_theirs(office) -> None:
    person, other = new_id(), new_id()
    note(office, person)
    note(office, person, kind="health", text="Insulin.")
    note(office, other, kind="violence")
    assert queries.part_for(person, by=actor_for(office.reader)).notes == 1
    [found] = sealed_reading.read(opened(office, person).pk, by=actor_for(office.reader))
    assert found.kind == "trafficking"
    nurse = office.writer
    sealed.name_reader(
        staff_id=nurse.pk, person_key=person, reason="her case", until=today(), by=actor_for(office.officer)
    )
    assert queries.part_for(person, by=actor_for(nurse)).notes == 2
    assert queries.part_for(other, by=actor_for(nurse)) is None


def test_a_request_stands_for_a_day_and_is_not_made_twice(office, time_machine) -> None:
    person = new_id()
    note(office, person)
    by = actor_for(office.reader)
    asked = sealed.ask(person_key=person, reason="visit", by=by)
    assert sealed.ask(person_key=person, reason="again", by=by).pk == asked.pk
    assert queries.part_for(person, by=by).waiting == asked
    time_machine.move_to(now() + dt.timedelta(hours=25))
    assert queries.part_for(person, by=actor_for(office.reader)).waiting is None


def test_a_request_needs_a_reason_and_an_opening_is_not_asked_for_while_it_stands(office) -> None:
    person = new_id()
    note(office, person)
    with pytest.raises(ValidationError):
        sealed.ask(person_key=person, reason=" ", by=actor_for(office.reader))
    opening = opened(office, person)
    assert sealed.ask(person_key=person, reason="more", by=actor_for(office.reader)).pk == opening.pk
    assert queries.part_for(person, by=actor_for(office.reader)).open_now == opening


def test_the_same_form_sent_twice_is_one_note_and_one_request(office) -> None:
    person, key, ask_key = new_id(), str(new_id()), str(new_id())
    assert note(office, person, form_key=key) == note(office, person, form_key=key)
    assert SealedNote.objects.count() == 1
    by = actor_for(office.reader)
    asked = sealed.ask(person_key=person, reason="visit", form_key=ask_key, by=by)
    assert sealed.ask(person_key=person, reason="visit", form_key=ask_key, by=by) == asked


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"kind": "secret"}, "kind"), ({"text": " "}, "text"), ({"text": "x" * 20_001}, "text")],
)
def test_a_note_without_sense_is_refused(office, wrong, field) -> None:
    with pytest.raises(ValidationError) as refused:
        note(office, **wrong)
    assert field in refused.value.error_dict


@pytest.mark.parametrize("by", [VISITOR, None])
def test_only_who_works_with_clients_seals(by, actor) -> None:
    with pytest.raises(PermissionDenied):
        sealed.write(person_key=new_id(), kind="health", text="x", by=by or actor("ministry_viewer"))


def test_a_reader_is_named_by_another_for_something_until_a_day_for_a_reason(office, staff_member) -> None:
    by = actor_for(office.officer)
    clerk = staff_member("ministry_viewer")
    for wrong, field in [
        ({"staff_id": None}, "staff"),
        ({"staff_id": clerk.pk}, "staff"),
        ({"staff_id": office.officer.pk}, "staff"),
        ({"reason": ""}, "reason"),
        ({"until": None}, "until"),
        ({"until": today() - dt.timedelta(days=1)}, "until"),
        ({"until": today() + dt.timedelta(days=400)}, "until"),
        ({"kind": ""}, "kind"),
        ({"kind": "everything"}, "kind"),
    ]:
        wanted = {"staff_id": office.writer.pk, "kind": "health", "reason": "nurse", "until": today()} | wrong
        with pytest.raises(ValidationError) as refused:
            sealed.name_reader(**wanted, by=by)
        assert field in refused.value.error_dict
    with pytest.raises(PermissionDenied):
        sealed.name_reader(
            staff_id=office.writer.pk, kind="health", reason="x", until=today(), by=actor_for(office.reader)
        )
    assert [each.staff for each in queries.readers(by=by)] == sorted(
        (office.reader, office.second), key=lambda member: member.full_name
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        SealedReader.objects.create(staff=clerk, reason="all", until=today())


def test_a_persons_copy_holds_sealed_notes_only_after_two_people_decided(office) -> None:
    person = new_id()
    note(office, person)
    sealed.ask(person_key=person, reason="visit", by=actor_for(office.reader))
    assert SEALED.export(person) == {}
    assert not [row for row in TRAIL.export(person)["accesses"] if "sealed" in row["action"]]
    with pytest.raises(PermissionDenied):
        sealed.ask(person_key=person, purpose="copy", reason="her copy", by=actor_for(office.reader))
    asked = sealed.ask(person_key=person, purpose="copy", reason="her copy", by=actor_for(office.officer))
    assert SEALED.export(person) == {}
    sealed.decide(opening_id=asked.pk, allow=True, by=actor_for(office.second))
    [copied] = SEALED.export(person)["notes"]
    assert (copied["kind"], copied["text"]) == ("trafficking", SECRET)
    assert AuditEntry.objects.filter(action="trust.sealed.copy", person_key=person).count() == 1
    assert [row for row in TRAIL.export(person)["accesses"] if "sealed" in row["action"]]
    with pytest.raises(Http404):
        sealed_reading.read(asked.pk, by=actor_for(office.officer))


def test_a_copy_of_nothing_is_not_asked_for_and_a_machine_asks_for_nothing(office) -> None:
    with pytest.raises(ValidationError, match="Nothing is sealed"):
        sealed.ask(person_key=new_id(), purpose="copy", reason="x", by=actor_for(office.officer))
    with pytest.raises(PermissionDenied):
        sealed.ask(person_key=new_id(), purpose="copy", reason="x", by=MACHINE)
    assert queries.to_decide(by=MACHINE) == []
    assert not queries.may_decide(SealedOpening(asked_by=office.reader), by=MACHINE)


def test_erasing_a_person_destroys_notes_keys_readers_and_requests(office) -> None:
    person, other = people.person().pk, new_id()
    note(office, person)
    kept = note(office, other)
    opened(office, person)
    sealed.name_reader(
        staff_id=office.writer.pk, person_key=person, reason="x", until=today(), by=actor_for(office.officer)
    )
    subject_requests.erase_person(person, reason="asked", by=actor_for(office.officer))
    assert [row.pk for row in SealedNote.objects.all()] == [kept]
    assert not SealedOpening.objects.filter(person_key=person).exists()
    assert not SealedReader.objects.filter(person_key=person).exists()
    assert AuditEntry.objects.filter(action="trust.sealed.destroy", person_key=person).exists()
    assert sealed.destroy(person_key=new_id(), by=MACHINE) == 0


def test_a_note_moved_to_another_row_person_or_kind_does_not_open(office) -> None:
    person = new_id()
    row = SealedNote.objects.get(pk=note(office, person))
    opening = opened(office, person)
    for change in ({"person_key": new_id()}, {"kind": "health"}):
        for name, value in change.items():
            setattr(row, name, value)
        with pytest.raises(sealing.CannotOpenError):
            sealing.unseal(queries.envelope_of(row), bound_to=queries.bound_to(row), ring=keys.keyring())
        row.refresh_from_db()
    SealedNote.objects.filter(pk=row.pk).update(ciphertext=bytes(row.ciphertext)[:-1] + b"!")
    with pytest.raises(ValidationError, match="cannot be opened"):
        sealed_reading.read(opening.pk, by=actor_for(office.reader))


def test_files_that_are_one_person_share_notes_readers_and_requests(office) -> None:
    kept, gone = people.person("Karimova"), people.person("Karimowa")
    note(office, gone.pk)
    note(office, kept.pk, text="Of the kept file.")
    Person.objects.filter(pk=gone.pk).update(merged_into=kept)
    assert queries.has_notes(kept.pk)
    assert queries.part_for(kept.pk, by=actor_for(office.reader)).notes == 2
    texts = {each.text for each in sealed_reading.read(opened(office, kept.pk).pk, by=actor_for(office.reader))}
    assert texts == {"Of the kept file.", SECRET}
    sealed.name_reader(
        staff_id=office.writer.pk, person_key=gone.pk, reason="hers", until=today(), by=actor_for(office.officer)
    )
    sealed.ask(person_key=kept.pk, reason="again", by=actor_for(office.second))
    assert len(queries.to_decide(by=actor_for(office.writer))) == 1
    sealed.destroy(person_key=kept.pk, by=MACHINE)
    assert not SealedNote.objects.exists()
    assert not SealedReader.objects.filter(person_key=gone.pk).exists()


def test_a_new_key_opens_every_old_note_and_the_old_key_opens_none(office, key_file) -> None:
    person = new_id()
    for _ in range(3):
        note(office, person)
    old = keys.keyring()
    assert sealed_key.rotate(by=MACHINE) == 3
    [only] = keys.keyring().keys
    assert only.id != old.current.id
    row = SealedNote.objects.first()
    with pytest.raises(sealing.CannotOpenError, match="not in the key file"):
        sealing.unseal(queries.envelope_of(row), bound_to=queries.bound_to(row), ring=old)
    assert len(sealed_reading.read(opened(office, person).pk, by=actor_for(office.reader))) == 3
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600


def test_a_rotation_that_broke_off_is_finished_by_the_next(office, key_file, monkeypatch) -> None:
    person = new_id()
    note(office, person)
    old = keys.keyring().current
    monkeypatch.setattr(sealed_key, "_rewrap", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        sealed_key.rotate(by=MACHINE)
    monkeypatch.undo()
    monkeypatch.setenv("SAFAR_SEALED_KEY_FILE", str(key_file))
    ring = keys.keyring()
    assert [key.id for key in ring.keys][1:] == [old.id]
    assert "rotate" in " ".join(keys.state().warnings)
    assert sealed_key.rotate(by=MACHINE) == 1
    assert keys.keyring().keys == (ring.current,)


def test_the_key_is_made_once_and_changed_only_on_the_machine(actor, key_file, monkeypatch) -> None:
    with pytest.raises(ValidationError):
        sealed_key.make()
    with pytest.raises(ValidationError):
        sealed_key.rotate(by=actor("administrator"))
    monkeypatch.setenv("SAFAR_SEALED_KEY", sealing.new_key().line)
    with pytest.raises(ValidationError):
        sealed_key.rotate(by=MACHINE)
    with pytest.raises(ValidationError):
        sealed_key.make()
    assert keys.is_there()
    assert keys.state() == keys.KeyState(1, ())


def test_without_the_key_nothing_is_sealed_or_opened_and_the_check_says_so(office, key_file) -> None:
    person = new_id()
    note(office, person)
    opening = opened(office, person)
    safe = key_file.read_text()
    key_file.unlink()
    assert not keys.is_there()
    assert "no key" in keys.state().warnings[0]
    with pytest.raises(ValidationError, match="key for sealed notes is missing"):
        note(office, person)
    with pytest.raises(ValidationError, match="cannot be opened"):
        sealed_reading.read(opening.pk, by=actor_for(office.reader))
    sealed_key.make()
    assert "not here" in " ".join(keys.state().warnings)
    key_file.write_text(safe)
    assert sealed_reading.read(opening.pk, by=actor_for(office.reader))


def test_the_check_warns_of_a_key_others_may_read_and_of_one_beside_the_data(key_file, settings) -> None:
    key_file.chmod(0o640)
    settings.DATA_FOLDER = key_file.parent
    warnings = " ".join(keys.state().warnings)
    assert "chmod 600" in warnings
    assert "beside the data" in warnings
    settings.SAFAR_IS_DEMO = True
    assert "beside" not in " ".join(keys.state().warnings)


@pytest.mark.parametrize("text", ["", "# only words\n", "not base64!", "c2hvcnQ="])
def test_a_key_file_that_holds_no_key_is_said_to_hold_none(text: str) -> None:
    with pytest.raises(ValueError, match="key"):
        sealing.read_keyring(text)


def test_an_envelope_keeps_its_data_key_to_itself() -> None:
    ring = sealing.Keyring((sealing.new_key(),))
    envelope = sealing.seal("words", bound_to=b"a", ring=ring)
    with pytest.raises(sealing.CannotOpenError):
        sealing.unseal(replace(envelope, wrapped_key=envelope.wrapped_key[:-1] + b"!"), bound_to=b"a", ring=ring)
    with pytest.raises(sealing.CannotOpenError):
        sealing.rewrap(envelope, bound_to=b"b", ring=ring)
    assert "secret" not in repr(ring)


def test_the_permission_to_read_alone_reads_nothing(actor) -> None:
    by = actor("counsellor")
    assert by.may(READ_SEALED)
    assert queries.kinds_readable(new_id(), by=by) == frozenset()
    assert queries.kinds_readable(new_id(), by=MACHINE) == frozenset()


def test_the_command_makes_changes_and_judges_the_key(key_file, capsys, office) -> None:
    with pytest.raises(CommandError, match="a key already"):
        call_command("sealed_key", "make")
    note(office)
    call_command("sealed_key", "rotate")
    assert "1 notes are wrapped" in capsys.readouterr().out
    call_command("sealed_key", "state")
    assert "1 key in" in capsys.readouterr().out
    key_file.write_text("no key")
    with pytest.raises(CommandError, match="not a key"):
        call_command("sealed_key", "rotate")
    with pytest.raises(CommandError, match="Nothing can be sealed"):
        call_command("sealed_key", "state")
    key_file.unlink()
    call_command("sealed_key", "make")
    assert "two copies" in capsys.readouterr().out


def test_the_check_of_an_installation_says_what_is_wrong_with_the_key(key_file, capsys, settings, monkeypatch) -> None:
    settings.SAFAR_IS_DEMO = True
    call_command("check_installation")
    assert f"the key is in {key_file}" in capsys.readouterr().out
    monkeypatch.setenv("SAFAR_SEALED_KEY", keys.keyring().current.line)
    call_command("check_installation")
    assert "the key is in SAFAR_SEALED_KEY" in capsys.readouterr().out
    monkeypatch.delenv("SAFAR_SEALED_KEY")
    key_file.unlink()
    call_command("check_installation")
    assert "WARNING" in capsys.readouterr().out


def test_a_backup_holds_ciphertext_and_never_the_key(office, key_file, tmp_path, settings, monkeypatch) -> None:
    settings.DATA_FOLDER = tmp_path
    note(office)
    monkeypatch.setattr(backup, "_dump", lambda target: target.write_bytes(bytes(SealedNote.objects.get().ciphertext)))
    manifest = backup.write(tmp_path.parent / f"{tmp_path.name}.tar.gz")
    assert set(manifest["sha256"]) == {"database"}
    with tarfile.open(tmp_path.parent / f"{tmp_path.name}.tar.gz") as archive:
        assert key_file.name not in archive.getnames()
        held = b"".join(archive.extractfile(each).read() for each in archive.getmembers())
    assert keys.keyring().current.line.encode() not in held
    assert b"passport" not in held


def test_no_road_but_the_compartments_own_leads_to_a_note() -> None:
    """What lists, searches, exports, counts or sends must not even import the compartment."""
    package = Path(safar.__file__).parent
    allowed = {"trust", "demo", "desk/people", "desk/trust", "desk/cases", "config/management", "people/queries/guards"}
    # A hand-over puts a note in by the compartment's own action, and has no other word with it.
    writers = {"cases/actions/triage.py"}
    for path in package.rglob("*.py"):
        inside = path.relative_to(package).as_posix()
        if "migrations" in path.parts or inside.startswith(tuple(allowed)):
            continue
        if inside in writers:
            code = path.read_text(encoding="utf-8")
            assert re.findall(r"^.*\bimport\b.*sealed.*$", code, re.MULTILINE) == [
                "from safar.trust.actions import audit, sealed"
            ]
            assert set(re.findall(r"\bsealed\b\.(\w+)", code)) == {"write"}
            assert not re.search(r"Sealed(Note|Reader|Opening)", code)
            continue
        assert not re.search(
            r"\bsealed\b.*import|import .*\b(sealed|Sealed\w+)\b|Sealed(Note|Reader|Opening)", path.read_text()
        ), path


def test_nothing_in_the_database_is_a_verdict() -> None:
    """Screening is not identification: no field holds, and no code computes, who is a victim of trafficking."""
    verdict = re.compile(r"verdict|victim|is_trafficked|identified|risk_score|screening_(result|score)")
    fields = [
        f"{model.__name__}.{field.name}"
        for config in apps.get_app_configs()
        if config.name.startswith("safar.")
        for model in config.get_models()
        for field in model._meta.get_fields()
    ]
    assert len(fields) > 200
    assert [name for name in fields if verdict.search(name.lower())] == []
    package = Path(safar.__file__).parent
    functions = [
        f"{path.name}: {node.name}"
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]
    assert [name for name in functions if re.search(r"victim|traffick|verdict", name)] == []
