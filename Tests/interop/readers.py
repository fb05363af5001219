"""The readers: each takes the folder that holds the `date=` folders and gives the types of its
columns and all rows in the common form."""

import json
import os
import subprocess

import duckdb
import polars
import pyarrow
import pyarrow.dataset

from rows import COLUMNS, NUMBERS, WORDS, row


def _rows(columns):
    """Rows from a dictionary of lists, the times in milliseconds, the dates as text."""
    numbers = zip(*(columns[name] for name in NUMBERS))
    words = zip(*(columns[name] for name in WORDS))
    return [
        row(*values)
        for values in zip(columns["vehicle_id"], columns["ts"], columns["date"], numbers, words,
                          columns["extra"])
    ]


def read_duckdb(folder):
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    table = f"read_parquet('{folder}/*/*.parquet', hive_partitioning = true)"
    types = {name: kind for name, kind, *_ in
             connection.execute(f"DESCRIBE SELECT * FROM {table}").fetchall()}
    columns = connection.sql(
        f"SELECT * REPLACE (epoch_ms(ts) AS ts, date::VARCHAR AS date) FROM {table}"
    ).to_arrow_table().to_pydict()
    return types, _rows(columns)


def read_pyarrow(folder):
    dataset = pyarrow.dataset.dataset(folder, format="parquet", partitioning="hive")
    types = {field.name: str(field.type) for field in dataset.schema}
    table = dataset.to_table()
    columns = {name: table[name].to_pylist() for name in NUMBERS + WORDS + ["vehicle_id", "extra"]}
    columns["ts"] = table["ts"].cast(pyarrow.int64()).to_pylist()
    columns["date"] = [str(value) for value in table["date"].to_pylist()]
    return types, _rows(columns)


def read_polars(folder):
    frame = polars.scan_parquet(f"{folder}/*/*.parquet", hive_partitioning=True).collect()
    types = {name: str(kind) for name, kind in frame.schema.items()}
    frame = frame.with_columns(
        polars.col("ts").dt.epoch("ms"), polars.col("date").cast(polars.String))
    return types, _rows(frame.to_dict(as_series=False))


def read_spark(folder):
    """Runs in its own environment, since pyspark brings its own pyarrow expectations."""
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "spark_reader.py")
    done = subprocess.run([os.environ["SPARK_PYTHON"], "-B", script, folder],
                          stdout=subprocess.PIPE, text=True, check=True)
    first, *lines = done.stdout.splitlines()
    records = [json.loads(line) for line in lines]
    columns = {name: [record.get(name) for record in records] for name in COLUMNS + ["date"]}
    return json.loads(first), _rows(columns)


def _types(text, number, word, time, date):
    kinds = {"vehicle_id": text, "ts": time, "extra": text, "date": date}
    kinds.update({name: number for name in NUMBERS})
    kinds.update({name: word for name in WORDS})
    return kinds


# What each reader must make of the schema, the partition column included.
READERS = {
    "duckdb": (read_duckdb, _types("VARCHAR", "DOUBLE", "VARCHAR", "TIMESTAMP WITH TIME ZONE",
                                   "DATE")),
    "pyarrow": (read_pyarrow, _types("string", "double", "string", "timestamp[ms, tz=UTC]",
                                     "string")),
    "polars": (read_polars, _types("String", "Float64", "String",
                                   "Datetime(time_unit='ms', time_zone='UTC')", "Date")),
}
if os.environ.get("SPARK_PYTHON"):
    READERS["spark"] = (read_spark, _types("string", "double", "string", "timestamp", "date"))
