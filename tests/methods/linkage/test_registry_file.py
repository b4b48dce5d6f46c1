import csv
import subprocess
import sys

import pytest

from safar.config.command import main as safar
from safar.methods.linkage.link import Linked, Pair, Problem
from safar.methods.linkage.registry_file import RegistryError, RegistryFile, listed, write_clusters, write_pairs
from safar.methods.linkage.synthetic import COLUMNS
from tests.methods.linkage.registries import registry

HEADER = ",".join(COLUMNS)


def written(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "registry.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_columns_may_stand_in_any_order_with_others_between_and_some_absent(tmp_path):
    path = written(tmp_path, "Given;extra;RID;dob\nO'tkir;x; r1 ;1985\n\nAnvar;;r2;\n", "utf-8-sig")
    assert list(RegistryFile(path)) == [
        ("r1", "", "O'tkir", "", "", "1985", "", "", ""),
        ("r2", "", "Anvar", "", "", "", "", "", ""),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the first line must name the columns"),
        ("surname,given\nA,B\n", "the first line must name the columns"),
        ("rid,phone\nr1,1\n", "the first line must name the columns"),
        ("rid,given,given\nr1,A,B\n", "the column given is there twice"),
        (f"{HEADER}\nr1,A\n", "line 2: 2 values where the first line names 9"),
        (f"{HEADER}\n,A,B,,,,,,\n", "line 2: the rid is empty"),
        (f"{HEADER}\nr1,A,B,,,,,,\nr1,A,B,,,,,,\n", "line 3: the rid r1 is there already"),
        (f"{HEADER}\n" + "r1,A\n" * 30, "and 10 more"),
    ],
)
def test_a_file_that_cannot_be_linked_says_where_and_why(tmp_path, text, told):
    with pytest.raises(RegistryError, match=told):
        list(RegistryFile(written(tmp_path, text)))


def test_another_encoding_is_refused_wherever_it_shows(tmp_path):
    with pytest.raises(RegistryError, match="not UTF-8"):
        RegistryFile(written(tmp_path, "rid,surname,Имя\n", "cp1251"))
    late = f"{HEADER}\n" + "r,A,B,,,,,,\n" * 2000 + "x,Каримов,,,,,,,\n"
    with pytest.raises(RegistryError, match="not UTF-8"):
        list(RegistryFile(written(tmp_path, late, "cp1251")))


def test_a_field_without_end_is_no_csv(tmp_path):
    with pytest.raises(RegistryError, match="no CSV file"):
        list(RegistryFile(written(tmp_path, f'{HEADER}\nr1,"{"x" * 140_000}",B,,,,,,\n')))


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(RegistryError, match="cannot be read"):
        RegistryFile(tmp_path / "none.csv")


def test_results_are_written_as_documented(tmp_path):
    linked = Linked([Pair("a", "b", 0.75, "review")], {"a": "a", "b": "a", "c": "c"}, [])
    write_pairs(tmp_path / "p.csv", linked)
    write_clusters(tmp_path / "c.csv", linked)
    assert (tmp_path / "p.csv").read_text().split() == ["rid1,rid2,probability", "a,b,0.750000000"]
    assert (tmp_path / "c.csv").read_text().split() == ["rid,cluster", "a,a", "b,a", "c,c"]


def test_many_problems_are_listed_in_part():
    told = listed([Problem(f"r{number}", "is odd") for number in range(25)])
    assert told[0] == "rid r0: is odd; taken as not known"
    assert told[-1] == "and 5 more"
    assert len(told) == 21
    assert listed([]) == []


def test_the_command_links_a_file_and_names_what_it_wrote(tmp_path, capsys):
    records, _ = registry(600, 904)
    path = tmp_path / "people.csv"
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([COLUMNS, *records, ("odd", "A", "B", "", "", "soon", "", "", "")])
    assert safar(["link", str(path), "--workers", "1"]) == 0
    told = capsys.readouterr().err
    assert "601 records read" in told
    assert "rid odd: the date of birth 'soon'" in told
    with (tmp_path / "people-pairs.csv").open() as lines:
        pairs = list(csv.DictReader(lines))
    assert pairs
    assert all(float(pair["probability"]) >= 0.5 for pair in pairs)
    with (tmp_path / "people-clusters.csv").open() as lines:
        assert sum(1 for _ in csv.DictReader(lines)) == 601


def test_the_command_tells_what_is_wrong_with_the_file_and_writes_nothing(tmp_path, capsys):
    path = written(tmp_path, f"{HEADER}\nr1,A\n")
    assert (
        safar(
            [
                "link",
                str(path),
                "--quiet",
                "--out-pairs",
                str(tmp_path / "p.csv"),
                "--out-clusters",
                str(tmp_path / "c.csv"),
            ]
        )
        == 2
    )
    assert "line 2" in capsys.readouterr().err
    assert not (tmp_path / "p.csv").exists()


@pytest.mark.parametrize("threshold", ["0", "1", "2", "x"])
def test_a_threshold_is_a_probability(tmp_path, threshold):
    with pytest.raises(SystemExit):
        safar(["link", str(tmp_path / "x.csv"), "--threshold", threshold])


def test_the_command_starts_no_django():
    code = "import sys; from safar.config.command import main\ntry: main(['link', '--help'])\nexcept SystemExit: pass\nprint([m for m in ('django', 'splink', 'duckdb', 'pyarrow') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"
