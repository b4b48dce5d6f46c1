"""`safar names`: what an analyst types and reads."""

import io
import subprocess
import sys

import pytest

from safar.config import analyst_names, command


def run(capsys, *words):
    code = command.main(["names", *words])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_keys_show_parts_sounds_and_index_keys(capsys):
    code, out, _ = run(capsys, "keys", "Тухтаев", "Уткир", "Анварович")
    assert code == 0
    assert out.splitlines()[0].startswith("script Cyrl, rules ")
    assert "family      Тухтаев    tuhtayiv   tuht   thd" in out
    assert "index keys 7445764295348717887 " in out


def test_keys_of_arabic_letters_are_refused_in_words(capsys):
    code, out, err = run(capsys, "keys", "محمد")
    assert (code, out) == (analyst_names.UNUSABLE, "")
    assert "Arabic letters" in err


def test_explain_adds_up_the_bits_and_says_what_they_mean(capsys):
    code, out, _ = run(
        capsys, "explain", "O'tkir To'xtayev", "TUKHTAEV UTKIR", "--dob1", "1990-05-03", "--dob2", "1990"
    )
    rows = [line.split() for line in out.splitlines()]
    bits = [float(row[-1]) for row in rows[1:] if row[0] in {"family", "given", "birth", "sex"}]
    total = next(float(row[-1]) for row in rows if row[0] == "sum")
    assert code == 0
    assert len(bits) == 4
    assert total == pytest.approx(sum(bits), abs=0.02)
    assert "One person (score 0.9" in out


def test_explain_says_what_nothing_outweighs(capsys):
    _, out, _ = run(capsys, "explain", "Karimov Hasan", "Karimov Husan", "--dob1", "1990-05-03", "--dob2", "1962-11-28")
    assert "Not shown to be one person" in out
    assert "the given names are two names, which nothing outweighs" in out
    assert "the dates of birth contradict each other" in out


def test_explain_refuses_a_date_it_cannot_read(capsys):
    code, _, err = run(capsys, "explain", "A", "B", "--dob1", "soon")
    assert code == analyst_names.UNUSABLE
    assert "'soon'" in err


def test_match_writes_beside_the_pairs_and_reports_rows(capsys, tmp_path):
    file = tmp_path / "pairs.csv"
    file.write_text("name1,name2\nOʻtkir Toʻxtayev,Уткир Тухтаев\n,x\n", encoding="utf-8-sig")
    code, out, err = run(capsys, "match", str(file))
    assert code == 0
    assert out.splitlines()[0] == "name1,name2,score,match"
    assert out.splitlines()[1].endswith(",1")
    assert err == "names: line 3: name1: the name is empty\n"


def test_match_writes_to_a_file_and_reads_standard_input(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("name1;name2\nA B;A B\n"))
    out = tmp_path / "out.csv"
    assert run(capsys, "match", "-", "--out", str(out)) == (0, "", "")
    assert out.read_text(encoding="utf-8").startswith("name1;name2;score;match\nA B;A B;")


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "No such file"), (b"a,b\n1,2\n", "no column name1"), (b"name1,name2\n\xff,x\n", "not in UTF-8")],
)
def test_match_says_why_a_file_is_of_no_use(capsys, tmp_path, content, said):
    file = tmp_path / "pairs.csv"
    if content is not None:
        file.write_bytes(content)
    code, out, err = run(capsys, "match", str(file))
    assert (code, out) == (analyst_names.UNUSABLE, "")
    assert said in err


def test_the_command_starts_without_django_and_without_the_engine_of_linkage():
    script = (
        "import sys; from safar.config import command; command.main(['names', 'keys', 'Karimov']);"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'django', 'splink', 'duckdb', 'pandas', 'numpy'}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
