import pytest
from django.db import connection, transaction
from django.test import RequestFactory

from safar.kernel.database import WriteOnReadError, _append_only_sql, deliberate_write, read_only, removal
from safar.kernel.ids import new_id
from safar.kernel.middleware import ReadonlyOnSafeMethods
from safar.kernel.once import UsedKey

pytestmark = pytest.mark.django_db


@transaction.atomic
def _write() -> None:
    UsedKey.objects.create(key=new_id(), result=new_id())


def test_a_write_inside_a_read_is_refused() -> None:
    with read_only(), pytest.raises(WriteOnReadError, match="INSERT"):
        _write()
    assert not UsedKey.objects.exists()


@pytest.mark.parametrize(
    "sql", ["  delete from kernel_usedkey", "\nUPDATE kernel_usedkey SET result = NULL", "DROP TABLE kernel_usedkey"]
)
def test_every_kind_of_write_is_refused_however_it_is_written(sql: str) -> None:
    with read_only(), connection.cursor() as cursor, pytest.raises(WriteOnReadError):
        cursor.execute(sql)


def test_reading_inside_a_read_is_what_it_is_for() -> None:
    with read_only():
        assert UsedKey.objects.count() == 0


def test_a_trace_of_the_read_itself_may_be_written() -> None:
    with read_only():
        with deliberate_write():
            _write()
        with pytest.raises(WriteOnReadError):
            _write()
    assert UsedKey.objects.count() == 1


def test_after_the_read_writing_is_allowed_again() -> None:
    with read_only():
        pass
    _write()
    assert UsedKey.objects.count() == 1


@pytest.mark.parametrize(
    ("method", "path", "refused"),
    [("get", "/desk/", True), ("head", "/", True), ("post", "/desk/", False), ("get", "/desk/account/login/", False)],
)
def test_only_safe_requests_outside_sign_in_are_guarded(method: str, path: str, refused: bool) -> None:  # noqa: FBT001
    request = getattr(RequestFactory(), method)(path)
    middleware = ReadonlyOnSafeMethods(lambda _request: _write())
    if refused:
        with pytest.raises(WriteOnReadError):
            middleware(request)
    else:
        middleware(request)
        assert UsedKey.objects.count() == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="needs SQLite")
def test_append_only_makes_sqlite_refuse_change_and_deletion() -> None:
    _refuses_on_this_engine("sqlite")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL: set SAFAR_DATABASE_URL to one")
def test_append_only_makes_postgresql_refuse_change_and_deletion() -> None:
    _refuses_on_this_engine("postgresql")


def _refuses_on_this_engine(vendor: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kernel_diary (line integer)")
        for statement in _append_only_sql("kernel_diary", vendor):
            cursor.execute(statement)
        cursor.execute("INSERT INTO kernel_diary VALUES (1)")
        for sql in ("UPDATE kernel_diary SET line = 2", "DELETE FROM kernel_diary"):
            with pytest.raises(Exception, match="append-only"), transaction.atomic():
                cursor.execute(sql)
        cursor.execute("SELECT line FROM kernel_diary")
        assert cursor.fetchall() == [(1,)]


def _diary() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kernel_diary (line integer)")
        for statement in _append_only_sql("kernel_diary", connection.vendor):
            cursor.execute(statement)
        cursor.execute("INSERT INTO kernel_diary VALUES (1)")


def _execute(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_deliberate_removal_deletes_but_changes_nothing_and_closes_behind_itself() -> None:
    _diary()
    with removal("kernel_diary"):
        with pytest.raises(Exception, match="append-only"):
            _execute("UPDATE kernel_diary SET line = 2")
        _execute("DELETE FROM kernel_diary")
    _execute("INSERT INTO kernel_diary VALUES (3)")
    with pytest.raises(Exception, match="append-only"):
        _execute("DELETE FROM kernel_diary")


def _fail_after_deleting() -> None:
    _execute("DELETE FROM kernel_diary")
    raise RuntimeError


def test_a_removal_that_fails_leaves_every_row_and_the_guard() -> None:
    _diary()
    with pytest.raises(RuntimeError), removal("kernel_diary"):
        _fail_after_deleting()
    with pytest.raises(Exception, match="append-only"):
        _execute("DELETE FROM kernel_diary")
