import json
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError

from safar.insights.release.tables import ProtectedTable
from safar.kernel.actor import MACHINE, VISITOR
from safar.methods.disclosure.protection import protect
from safar.methods.disclosure.system import one_way
from safar.network import privacy, rules, signing
from safar.network.actions import outbox
from safar.network.models import OutboxBundle
from safar.network.queries import outbox as queries
from safar.trust.models import AuditEntry

COUNTS = {"female": 40, "male": 55, "other": 2, "unknown": 30}


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path) -> None:
    settings.DATA_FOLDER = tmp_path


def table(title: str = "Attendances by sex", **counts: int) -> ProtectedTable:
    return ProtectedTable(title, "attendances", protect(one_way("sex", counts or COUNTS)))


class TestBytes:
    def test_a_small_count_leaves_as_null_and_its_neighbour_too(self) -> None:
        rows = json.loads(rules.canonical(country="UZ", month="2026-10", tables=[table()]))["tables"][0]["rows"]
        by_cell = {tuple(row["cell"]): row["count"] for row in rows}
        assert by_cell["sex", "other"] is None
        assert sum(count is None for count in by_cell.values()) >= 2
        assert by_cell["sex", "*"] in {127, None}

    def test_the_order_of_tables_changes_nothing(self) -> None:
        first, second = table("A"), table("B")
        one = rules.canonical(country="UZ", month="2026-10", tables=[first, second])
        assert one == rules.canonical(country="UZ", month="2026-10", tables=[second, first])
        assert " :" not in one
        assert list(json.loads(one)) == sorted(json.loads(one))

    @pytest.mark.parametrize(
        ("text", "is_one"), [("2026-10", True), ("2026-13", False), ("2026-1", False), ("10.2026", False)]
    )
    def test_a_month_is_a_month(self, text, is_one) -> None:
        assert rules.is_month(text) is is_one


class TestKey:
    def test_the_key_is_made_once_and_only_its_owner_reads_it(self) -> None:
        first, second = signing.node_key(), signing.node_key()
        assert signing.public_key(first) == signing.public_key(second)
        assert stat.S_IMODE(signing.key_file().stat().st_mode) == 0o600
        assert [path.name for path in signing.key_file().parent.iterdir()] == ["node-ed25519.pem"]

    def test_of_two_who_are_first_at_once_the_file_that_is_there_wins(self) -> None:
        held = signing.public_key(signing.node_key())
        signing._write_once(signing.key_file())
        assert signing.public_key(signing.node_key()) == held

    def test_a_key_of_another_kind_is_refused(self) -> None:
        path = signing.key_file()
        path.parent.mkdir()
        pem = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        path.write_bytes(pem)
        with pytest.raises(TypeError, match="Ed25519"):
            signing.node_key()


@pytest.mark.django_db
class TestSeal:
    def test_a_month_is_signed_and_waits(self) -> None:
        bundle = outbox.seal(month="2026-10", tables=[table()], by=MACHINE)
        assert queries.waiting() == [bundle]
        assert queries.verify(bundle)
        assert json.loads(bundle.content)["country"] == "UZ"
        assert AuditEntry.objects.get(action="network.bundle.seal").subject_key == bundle.pk

    def test_the_same_tables_again_are_the_same_bundle(self) -> None:
        first = outbox.seal(month="2026-10", tables=[table()], by=MACHINE)
        assert outbox.seal(month="2026-10", tables=[table()], by=MACHINE) == first
        assert outbox.seal(month="2026-09", tables=[table()], by=MACHINE) != first
        assert OutboxBundle.objects.count() == 2

    @pytest.mark.parametrize("field", ["content", "signature", "sha256", "public_key"])
    def test_one_changed_character_is_found(self, field) -> None:
        bundle = outbox.seal(month="2026-10", tables=[table()], by=MACHINE)
        value = getattr(bundle, field)
        setattr(bundle, field, ("0" if value[0] != "0" else "1") + value[1:])
        assert not queries.verify(bundle)

    def test_a_key_the_receiver_does_not_know_is_not_trusted(self) -> None:
        bundle = outbox.seal(month="2026-10", tables=[table()], by=MACHINE)
        assert not queries.verify(bundle, public_key=signing.public_key(Ed25519PrivateKey.generate()))
        assert queries.verify(bundle, public_key=signing.public_key(signing.node_key()))

    @pytest.mark.parametrize(("month", "tables"), [("October", [1]), ("2026-10", [])])
    def test_what_is_incomplete_is_refused(self, month, tables) -> None:
        with pytest.raises(ValidationError):
            outbox.seal(month=month, tables=tables, by=MACHINE)

    def test_mere_numbers_cannot_leave(self) -> None:
        with pytest.raises(TypeError, match="protected tables"):
            outbox.seal(month="2026-10", tables=[COUNTS], by=MACHINE)
        assert not OutboxBundle.objects.exists()

    @pytest.mark.parametrize("role", ["outreach_officer", "ministry_viewer", "administrator"])
    def test_who_holds_no_permission_signs_nothing(self, actor, role) -> None:
        for by in (actor(role), VISITOR):
            with pytest.raises(PermissionDenied):
                outbox.seal(month="2026-10", tables=[table()], by=by)


def test_a_bundle_names_month_and_hash() -> None:
    assert str(OutboxBundle(month="2026-10", sha256="a" * 64)) == "2026-10 aaaaaaaaaaaa"


def test_every_field_is_classified() -> None:
    held = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("network").get_models()
        for field in model._meta.local_fields
    }
    assert set(privacy.FIELDS) == held


def test_the_code_that_sends_names_no_domain_with_people() -> None:
    """The import contract proves it for the whole graph; this says it where the code is."""
    for path in Path(signing.__file__).parent.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not any(f"safar.{domain}" in text for domain in ("people", "cases", "awareness", "messaging"))
