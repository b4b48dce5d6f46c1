import pytest

from safar.methods.names.pairs import UnusableTableError, read_pairs, written

ROWS = "name1,name2\nOʻtkir Toʻxtayev,TUKHTAEV UTKIR\nKarimov Hasan,Karimov Husan\n"


def table(text, **options):
    pairs = read_pairs(text)
    return "".join(written(pairs, **options)), [str(problem) for problem in pairs.problems]


def test_score_and_match_stand_beside_the_names():
    lines = table(ROWS)[0].splitlines()
    assert lines[0] == "name1,name2,score,match"
    assert lines[1].startswith("Oʻtkir Toʻxtayev,TUKHTAEV UTKIR,0.9")
    assert lines[1].endswith(",1")
    assert lines[2].startswith("Karimov Hasan,Karimov Husan,0.0")
    assert lines[2].endswith(",0")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_any_separator_with_or_without_a_byte_order_mark(separator, mark):
    text, problems = table(mark + ROWS.replace(",", separator))
    assert text.splitlines()[0] == separator.join(["name1", "name2", "score", "match"])
    assert problems == []


def test_other_columns_are_kept_and_an_older_score_is_replaced():
    text, _ = table('id;Name1;NAME2 ;note;score\n7;Karimov A;Karimov A;"a;b";0.2\n')
    assert text.splitlines() == ["id;Name1;NAME2 ;note;score;match", '7;Karimov A;Karimov A;"a;b";0.988297;1']


def test_sex_and_birth_are_read_where_the_table_has_them():
    header = "name1,name2,sex1,sex2,dob1,dob2\n"
    same = table(f"{header}Karimov Sanjar,Karimov Sanzar,м,male,03.05.1990,1990-05-03\n")[0]
    other = table(f"{header}Karimov Sanjar,Karimov Sanzar,м,male,03.05.1990,1962-11-28\n")[0]
    woman = table(f"{header}Nur Karim,Nur Karim,f,m,,\n")[0]
    plain = table(f"{header}Nur Karim,Nur Karim,?,m,,\n")[0]
    assert same.endswith(",1\n")
    assert other.endswith(",0\n")
    assert float(woman.split(",")[-2]) < float(plain.split(",")[-2])


def test_a_row_that_cannot_be_read_is_named_by_its_line_and_left_without_a_score():
    text, problems = table("name1,name2\nKarimov,\n\nمحمد,Karimov\n1990,Karimov\na,b,c\nKarimov\n")
    assert text.splitlines()[1:] == ["Karimov,,,", "محمد,Karimov,,", "1990,Karimov,,", "a,b,,", "Karimov,,,"]
    assert [problem.split(":")[0] for problem in problems] == ["line 2", "line 4", "line 5", "line 6", "line 7"]
    assert "Arabic letters" in problems[1]
    assert problems[3] == "line 6: has 3 fields where the header has 2"


def test_a_birth_that_cannot_be_read_is_reported_and_the_names_are_compared():
    text, problems = table("name1,name2,dob1\nKarimov Ali,Karimov Ali,31.02.1990\n")
    assert text.endswith(",1\n")
    assert problems == ["line 2: dob1: date of birth '31.02.1990' is no date; left out"]


def test_a_name_over_several_lines_counts_lines_as_an_editor_does():
    _, problems = table('name1,name2\n"Karimov\nAli",Karimov Ali\n,x\n')
    assert problems == ["line 4: name1: the name is empty"]


def test_the_threshold_can_be_moved():
    assert table(ROWS, threshold=1.0)[0].splitlines()[1].endswith(",0")


@pytest.mark.parametrize(
    ("text", "missing"),
    [("", "name1 and no column name2"), ("name1;x\n", "name2"), ("\n\nname2\n", "name1")],
)
def test_a_table_without_names_is_refused(text, missing):
    with pytest.raises(UnusableTableError, match=f"no column {missing}"):
        read_pairs(text)
