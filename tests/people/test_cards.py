import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.people.actions import cards, merges
from safar.people.models import ClientCard
from safar.people.queries import persons
from safar.people.queries.cards import card_of, hash_of, holder_of
from safar.people.rules import card_code, is_card_code, read_card_code, written_card_code
from safar.trust.models import AuditEntry
from tests.factories import people

codes = st.integers(0, 2**80 - 1).map(card_code).filter(is_card_code)


@settings(max_examples=60)
@given(codes)
def test_a_code_is_read_as_it_is_written_typed_or_scanned(code) -> None:
    assert read_card_code(code) == code
    assert read_card_code(written_card_code(code)) == code
    assert read_card_code(f" {written_card_code(code).lower().replace('-', ' ')} ") == code
    assert read_card_code(code.replace("0", "o").replace("1", "l")) == code


@settings(max_examples=60)
@given(st.integers(0, 2**80 - 1))
def test_every_number_has_its_own_code_of_sixteen_signs(bits) -> None:
    digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    value = 0
    for sign in card_code(bits):
        value = value * 32 + digits.index(sign)
    assert (len(card_code(bits)), value) == (16, bits)


@pytest.mark.parametrize(
    "text",
    ["", "Karimova", "ABDERRAHMANSHEKH", "9012345678901234", "TAS-26-00001", "+998 90 123 45 67", "7K3M-9QXA-2BCD"],
)
def test_names_and_numbers_are_no_codes(text) -> None:
    assert read_card_code(text) is None


@pytest.mark.django_db
class TestCards:
    def test_the_code_finds_the_bearer_and_stands_nowhere(self, home_centre, actor) -> None:
        person = people.person(at=home_centre)
        counsellor = actor("counsellor")
        code = cards.issue(person_id=person.pk, by=counsellor)
        card = ClientCard.objects.get()
        assert (holder_of(written_card_code(code)), card_of(person.pk)) == (person, card)
        assert (card.code_hash, card.issued_by_id) == (hash_of(code), counsellor.id)
        assert code not in card.code_hash.upper()

    def test_the_search_takes_a_code(self, home_centre, actor) -> None:
        person = people.person(at=home_centre)
        people.person("Toshmatov", "Ali", at=home_centre)
        code = cards.issue(person_id=person.pk, by=actor("counsellor"))
        result = persons.search(written_card_code(code).lower(), by=actor("counsellor"))
        assert [(hit.person, hit.reasons) for hit in result.hits] == [(person, ["client card"])]
        assert AuditEntry.objects.filter(action="people.person.search").get().fields == ["card"]

    def test_a_new_card_makes_the_old_one_useless(self, home_centre, actor) -> None:
        person = people.person(at=home_centre)
        first, second = (cards.issue(person_id=person.pk, by=actor("counsellor")) for _ in range(2))
        assert (holder_of(first), holder_of(second)) == (None, person)
        assert persons.search(first, by=actor("counsellor")).hits == []
        said = AuditEntry.objects.filter(action="people.card.issue", person_key=person.pk).order_by("id")
        assert [entry.fields for entry in said] == [[], ["earlier card revoked"]]

    def test_a_lost_card_is_made_useless_once(self, home_centre, actor) -> None:
        person = people.person(at=home_centre)
        code = cards.issue(person_id=person.pk, by=actor("counsellor"))
        for _ in range(2):
            cards.revoke(person_id=person.pk, by=actor("counsellor"))
        assert (holder_of(code), card_of(person.pk)) == (None, None)
        assert AuditEntry.objects.filter(action="people.card.revoke").count() == 1

    def test_the_cards_of_merged_files_find_the_file_that_answers_and_go_together(self, home_centre, actor) -> None:
        kept, merged = people.person(at=home_centre), people.person(at=home_centre)
        codes_given = [cards.issue(person_id=each.pk, by=actor("counsellor")) for each in (kept, merged)]
        merges.merge(kept_id=kept.pk, merged_id=merged.pk, reason="the same", by=actor("coordinator"))
        assert [holder_of(code) for code in codes_given] == [kept, kept]
        assert card_of(kept.pk)
        fresh = cards.issue(person_id=kept.pk, by=actor("counsellor"))
        assert [holder_of(code) for code in (*codes_given, fresh)] == [None, None, kept]

    def test_nobody_bears_two_cards_that_work(self, home_centre) -> None:
        person = people.person(at=home_centre)
        ClientCard.objects.create(person=person, code_hash="a")
        with pytest.raises(IntegrityError), transaction.atomic():
            ClientCard.objects.create(person=person, code_hash="b")

    def test_a_code_that_looks_like_a_name_is_drawn_again(self, home_centre, actor, monkeypatch) -> None:
        person = people.person(at=home_centre)
        like_a_name, like_a_code = int("01010" * 16, 2), int("01010" * 15 + "00111", 2)  # AAAA…A and AAAA…7
        drawn = iter([like_a_name, like_a_code])
        monkeypatch.setattr(cards.secrets, "randbits", lambda _bits: next(drawn))
        assert cards.issue(person_id=person.pk, by=actor("counsellor")) == "A" * 15 + "7"

    def test_only_who_may_change_a_file_gives_and_takes_cards(self, home_centre, actor) -> None:
        person = people.person(at=home_centre)
        for verb in (cards.issue, cards.revoke):
            with pytest.raises(PermissionDenied):
                verb(person_id=person.pk, by=actor("ministry_viewer"))
        assert not ClientCard.objects.exists()

    def test_a_card_says_what_it_is_in_lists_of_the_code(self, home_centre) -> None:
        card = ClientCard.objects.create(person=people.person(at=home_centre), code_hash="a")
        assert str(card) == f"card {card.pk}"
