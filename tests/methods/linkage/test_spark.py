"""The same settings, columns and guards on Splink's Spark backend; runs where pyspark is on the path (docs/methods/linkage.md)."""

from importlib.util import find_spec

import pytest

from safar.methods.linkage.columns import columns, table
from safar.methods.linkage.engine import LEAST_WEIGHT, chance_of_a_pair, judge
from safar.methods.linkage.model import learnt, settings
from safar.methods.linkage.preparation import judged_sql, prepared_sql
from tests.methods.linkage.registries import registry

pytestmark = pytest.mark.skipif(find_spec("pyspark") is None, reason="pyspark is installed for its own step only")


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    from pyspark.sql import SparkSession
    from splink.backends.spark import similarity_jar_location

    folder = tmp_path_factory.mktemp("spark")
    made = (
        SparkSession.builder.master("local[2]")
        .config("spark.jars", similarity_jar_location())
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    made.sparkContext.setCheckpointDir(str(folder / "checkpoints"))
    yield made
    made.stop()


@pytest.mark.filterwarnings("ignore")  # pyspark's own
def test_spark_judges_every_pair_as_duckdb_does(session, socket_enabled):
    from splink import Linker
    from splink.backends.spark import SparkAPI

    records, _ = registry(1500, 905)
    canonical = table(columns(number, record) for number, record in enumerate(records))
    session.createDataFrame(canonical).createOrReplaceTempView("canonical")
    session.sql(prepared_sql("canonical")).createOrReplaceTempView("prepared")
    api = SparkAPI(spark_session=session, break_lineage_method="persist", num_partitions_on_repartition=4)
    model = settings(learnt(), prior=chance_of_a_pair(len(records)))
    linker = Linker(api.register(session.table("prepared")), model, log_level=None)
    predicted = linker.inference.predict(threshold_match_weight=LEAST_WEIGHT, warning_mode="never")
    found = session.sql(judged_sql(predicted.physical_name, "prepared")).collect()

    by_spark = {(row.number_l, row.number_r): (row.match_weight, row.contradicted) for row in found}
    by_duckdb = {(pair.one, pair.other): (pair.weight, pair.contradicted) for pair in judge([canonical])}
    assert len(by_duckdb) > 200
    assert by_spark.keys() == by_duckdb.keys()
    assert {pair: held for pair, (_, held) in by_spark.items()} == {pair: held for pair, (_, held) in by_duckdb.items()}
    for pair, (weight, _) in by_spark.items():
        assert weight == pytest.approx(by_duckdb[pair][0], abs=1e-6)
