import random

from hypothesis import given, settings
from hypothesis import strategies as st

from safar.methods.linkage.clusters import LARGEST, clustered

RECORDS = st.integers(0, 14)
PAIRS = st.dictionaries(
    st.tuples(RECORDS, RECORDS).filter(lambda pair: pair[0] < pair[1]), st.floats(1, 40, allow_nan=False), max_size=40
)


def edges(pairs):
    return [(one, other, weight) for (one, other), weight in pairs.items()]


def members(found):
    groups = {}
    for record, cluster in found.of.items():
        groups.setdefault(cluster, set()).add(record)
    return list(groups.values())


@settings(max_examples=60)
@given(PAIRS, st.sets(st.tuples(RECORDS, RECORDS).filter(lambda pair: pair[0] < pair[1]), max_size=8), st.randoms())
def test_every_cluster_keeps_the_guards_and_the_order_of_edges_decides_nothing(pairs, forbidden, shuffler):
    pairs = {pair: weight for pair, weight in pairs.items() if pair not in forbidden}
    found = clustered(edges(pairs), forbidden)
    for group in members(found):
        assert 1 < len(group) <= LARGEST
        assert any(all((min(a, b), max(a, b)) in pairs for b in group if b != a) for a in group), "no medoid"
        assert not any((a, b) in forbidden for a in group for b in group)
    shuffled = edges(pairs)
    shuffler.shuffle(shuffled)
    assert clustered(shuffled, forbidden) == found


def test_a_chain_is_not_one_person():
    found = clustered([(1, 2, 20.0), (2, 3, 20.0), (3, 4, 20.0), (4, 5, 20.0)])
    assert max(map(len, members(found))) == 3
    assert found.left_apart


def test_records_that_all_agree_are_one_cluster_named_by_the_first():
    found = clustered([(7, 3, 9.0), (3, 5, 9.0), (5, 7, 9.0)])
    assert found.of == {3: 3, 5: 3, 7: 3}
    assert found.left_apart == []


def test_a_guarded_pair_is_never_in_one_cluster_and_the_pair_left_apart_is_told():
    found = clustered([(1, 2, 30.0), (1, 3, 20.0)], {(2, 3)})
    assert found.of == {1: 1, 2: 1}
    assert found.left_apart == [(1, 3, 20.0)]


def test_no_cluster_is_larger_than_the_cap():
    crowd = [
        (one, other, random.Random(one * 99 + other).uniform(5, 20))
        for one in range(20)
        for other in range(one + 1, 20)
    ]
    assert max(map(len, members(clustered(crowd)))) == LARGEST
