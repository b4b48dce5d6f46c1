from uuid import UUID

from safar.kernel.ids import new_id


def test_ten_thousand_ids_are_all_different() -> None:
    assert len({new_id() for _ in range(10_000)}) == 10_000


def test_ids_sort_in_the_order_they_were_made() -> None:
    made = [new_id() for _ in range(5_000)]
    assert made == sorted(made)


def test_an_id_is_a_time_ordered_uuid_of_the_standard_library() -> None:
    key = new_id()
    assert isinstance(key, UUID)
    assert key.version == 7
