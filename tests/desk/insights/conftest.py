import pytest

from safar.insights.store import reading


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    """Give every test an event store of its own."""
    settings.DATA_FOLDER = tmp_path
    yield tmp_path
    reading.close()
