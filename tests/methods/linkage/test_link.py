"""The whole way from records to pairs and clusters, counted apart and against people who are easily taken for one."""

import random

import pytest

from safar.methods.linkage import link as link_module
from safar.methods.linkage.engine import chance_of_a_pair
from safar.methods.linkage.link import CAP_CONTRADICTED, PROPOSED_FROM, calibrated, link
from tests.methods.linkage.registries import figures, pairs_of, record, registry, true_pairs

SIZE, SEED = 2500, 901


@pytest.fixture(scope="module")
def sample():
    records, truth = registry(SIZE, SEED)
    return records, truth, link(records)


def test_pairs_of_an_unseen_registry_are_found_and_right(sample):
    _, truth, linked = sample
    precision, recall = figures([(pair.rid1, pair.rid2) for pair in linked.pairs], truth)
    assert precision >= 0.98
    assert recall >= 0.96


def test_clusters_of_an_unseen_registry_are_right(sample):
    records, truth, linked = sample
    assert list(linked.clusters) == [each[0] for each in records]
    precision, recall = figures(pairs_of(linked.clusters), truth)
    assert precision >= 0.995
    assert recall >= 0.90


def test_probabilities_mean_what_they_say(sample):
    _, truth, linked = sample
    expected = sum(pair.probability for pair in linked.pairs)
    true = len(true_pairs(truth) & {frozenset((pair.rid1, pair.rid2)) for pair in linked.pairs})
    assert true == pytest.approx(expected, rel=0.02)


def test_pairs_come_likeliest_first_with_their_band(sample):
    _, _, linked = sample
    assert [pair.probability for pair in linked.pairs] == sorted(
        (pair.probability for pair in linked.pairs), reverse=True
    )
    assert all((pair.band == "propose") == (pair.probability >= PROPOSED_FROM) for pair in linked.pairs)
    assert {pair.band for pair in linked.pairs} == {"propose", "review"}
    assert all(pair.rid1 < pair.rid2 for pair in linked.pairs)


def test_the_order_of_the_records_changes_nothing(sample):
    records, _, linked = sample
    shuffled = list(records)
    random.Random(3).shuffle(shuffled)
    again = link(shuffled)
    assert [(pair.rid1, pair.rid2) for pair in again.pairs] == [(pair.rid1, pair.rid2) for pair in linked.pairs]
    assert [pair.probability for pair in again.pairs] == pytest.approx([pair.probability for pair in linked.pairs])
    assert again.clusters == linked.clusters


def test_other_rids_give_the_same_pairs_under_their_names(sample):
    records, _, linked = sample
    renamed = link([("x" + each[0], *each[1:]) for each in records])
    assert [(pair.rid1, pair.rid2) for pair in renamed.pairs] == [
        ("x" + pair.rid1, "x" + pair.rid2) for pair in linked.pairs
    ]


def test_two_workers_read_what_one_reads(monkeypatch):
    monkeypatch.setattr(link_module, "CHUNK", 60)
    records, _ = registry(400, 902)
    told = []
    linked = link(records, workers=2, progress=told.append)
    assert linked == link(records, workers=1)
    assert "400 records read" in told


PHONE = "+9989011122"
RELATIVES = {
    "twins": (("Hasan", "Anvar o'g'li"), ("Husan", "Anvar o'g'li")),
    "twin sisters": (("Fotima", "Anvar qizi", "female"), ("Zuhra", "Anvar qizi", "female")),
    "brothers": (("Botir", "Anvarovich"), ("Bobur", "Anvarovich", "male", "1992-01-30")),
    "brothers whose dates are years": (
        ("Botir", "Anvarovich", "male", "1990"),
        ("Sherzod", "Anvarovich", "male", "1990"),
    ),
    "brother and sister": (("Aziz", "Anvarovich"), ("Aziza", "Anvarovna", "female")),
    "brother and sister whose sex nobody wrote": (("Umid", "Anvarovich", ""), ("Umida", "Anvarovna", "")),
    "sisters one letter apart": (("Dilnoza", "Anvarovna", "female"), ("Dildoza", "Anvarovna", "female", "1993-11-02")),
    "sisters of known names": (("Nigora", "Anvarovna", "female"), ("Nigina", "Anvarovna", "female")),
    "grandson named for his grandfather": (("Anvar", "", "male", "1951-03-04"), ("Anvar", "", "male", "1999-11-20")),
    "father and son": (("Karim", "Rahimovich", "male", "1960-03-04"), ("Rahim", "Karimovich", "male", "1984-11-20")),
}
ONE_PERSON = {
    "scripts": (("Xo'jayev", "O'tkir", "Anvar o'g'li"), ("Ходжаев", "Уткир", "Анварович")),
    "apostrophe lost": (("TOXTABOYEV", "OTKIR"), ("Тўхтабоев", "Ўткир")),
    "fields swapped": (("Akmal", "Qodirov", "Salim o'g'li"), ("Qodirov", "Akmal", "Salimovich")),
    "day and month swapped": (("Toirov", "Jasur", "Karimovich", "male", "1990-05-07"), ("Toirov", "Jasur", "Karimovich", "male", "1990-07-05")),
    "year only": (("Nosirov", "Jasur", "Karimovich", "male", "1990"), ("Носиров", "Жасур", "Каримович")),
    "married": (("Zoirova", "Nigora", "Karimovna", "female"), ("Salimova", "Nigora", "Karim qizi", "female")),
    "two letters of the given name exchanged": (("Sobirov", "Jasur", "Karimovich"), ("Sobirov", "Jsaur", "Karimovich")),
    "a last letter lost by a woman": (("Sobirova", "Gulchehra", "Karimovna", "female"), ("Sobirova", "Gulchehr", "Karimovna", "female")),
    "the same passport, another name": (("Toshev", "Jasur", "Karimovich"), ("Toshev", "Jamshid", "Karimovich")),
}  # fmt: skip


@pytest.fixture(scope="module")
def couples():
    """All couples among other people, each with a phone, a district and, where relatives, a surname of its own."""
    surnames = [
        "Karimov",
        "Rahimov",
        "Yusupov",
        "Ismoilov",
        "Ergashev",
        "Qosimov",
        "Sharipov",
        "Mirzayev",
        "Azimov",
        "Olimov",
    ]
    records = list(registry(400, 903)[0])
    for at, (name, couple) in enumerate({**RELATIVES, **ONE_PERSON}.items()):
        for side, said in zip("ab", couple, strict=True):
            fields = said if name in ONE_PERSON else (surnames[at] + "a" * ("female" in said), *said)
            passport = f"QQ99000{at:02}" if name.startswith("the same passport") else ""
            records.append(
                record(f"{name} {side}", *fields, phone=f"{PHONE}{at:02}", passport=passport, district="UZ1703202")
            )
    linked = link(records, threshold=0.000001)
    return {(pair.rid1, pair.rid2): pair.probability for pair in linked.pairs}, linked.clusters, records


@pytest.mark.parametrize("name", RELATIVES)
def test_relatives_who_share_nearly_everything_are_never_called_one_person(couples, name):
    chances, clusters, _ = couples
    assert chances.get((f"{name} a", f"{name} b"), 0) <= CAP_CONTRADICTED
    assert clusters[f"{name} a"] != clusters[f"{name} b"]


@pytest.mark.parametrize("name", ONE_PERSON)
def test_one_person_under_two_spellings_is_found(couples, name):
    assert couples[0][f"{name} a", f"{name} b"] >= 0.5


def test_what_a_guard_holds_back_is_shown_under_a_threshold_below_a_half_only(couples):
    chances, _, records = couples
    twins = ("twins a", "twins b")
    assert 0.3 < chances[twins] < 0.5
    assert twins not in {(pair.rid1, pair.rid2) for pair in link(records).pairs}


def test_a_value_that_cannot_be_read_is_told_and_taken_as_not_known():
    linked = link(
        [
            record("a", "Toirov", "Jasur", "Karimovich", dob="soon"),
            record("b", "Toirov", "Jasur", "Karimovich"),
        ]
    )
    assert [(problem.rid, "soon" in problem.message) for problem in linked.problems] == [("a", True)]
    assert set(linked.clusters) == {"a", "b"}


@pytest.mark.parametrize(
    "records", [[], [record("only", "Karimov", "Anvar")], [record("a", "", ""), record("b", "", "")]]
)
def test_a_registry_with_nothing_to_link_gives_no_pair(records):
    linked = link(records)
    assert linked.pairs == []
    assert linked.clusters == {each[0]: each[0] for each in records}


def test_the_chance_of_a_pair_falls_with_the_registry():
    assert chance_of_a_pair(10) > chance_of_a_pair(1000) > chance_of_a_pair(100_000)
    assert chance_of_a_pair(1) == 0.5


def test_a_registry_without_pairs_makes_weights_count_for_less():
    full, empty = calibrated([20.0] * 300, 1000), calibrated([], 1000)
    assert full(3.0) > empty(3.0)
    assert empty(-1e9) == pytest.approx(0, abs=1e-12)
