import pytest

from safar.insights.indicators.engine import Engine
from safar.insights.store import building, reading


@pytest.fixture
def data_folder(settings, tmp_path):
    """Give every test an event store of its own."""
    settings.DATA_FOLDER = tmp_path
    yield tmp_path
    reading.close()


@pytest.fixture
def built(db, data_folder):
    """Build the store of the records written so far and give an engine over it."""

    def build() -> Engine:
        building.build()
        return Engine(reading.current()[0])

    return build
