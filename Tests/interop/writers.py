"""The writers: each reads a store's table and writes it again in a way of its own, sorted by vehicle
and time as the store asks for, into `date=` folders."""

import os

import duckdb
import polars
import pyarrow
import pyarrow.parquet

from rows import COLUMNS


def _days(source):
    return sorted(name for name in os.listdir(source) if name.startswith("date="))


def _tables(source, target):
    """Each day's table and the path to write it to. The names are not the store's own: a file that
    somebody else put there."""
    for day in _days(source):
        os.makedirs(f"{target}/{day}")
        yield pyarrow.parquet.read_table(f"{source}/{day}", partitioning=None), f"{target}/{day}/part-0.parquet"


def _pyarrow(**options):
    def write(source, target):
        for table, path in _tables(source, target):
            pyarrow.parquet.write_table(table.select(COLUMNS), path, **options)
    return write


def _duckdb(source, target):
    for day in _days(source):
        os.makedirs(f"{target}/{day}")
        connection = duckdb.connect()
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(
            f"COPY (SELECT {', '.join(COLUMNS)} FROM read_parquet('{source}/{day}/*.parquet', "
            f"hive_partitioning = false) ORDER BY vehicle_id, ts) "
            f"TO '{target}/{day}/data_0.parquet' (FORMAT parquet, COMPRESSION zstd)")


def _polars(source, target):
    for day in _days(source):
        os.makedirs(f"{target}/{day}")
        frame = polars.read_parquet(f"{source}/{day}/*.parquet", hive_partitioning=False)
        frame.select(COLUMNS).write_parquet(f"{target}/{day}/0.parquet", compression="zstd")


WRITERS = {
    "pyarrow, version 2 pages": _pyarrow(compression="zstd", data_page_version="2.0"),
    "pyarrow, version 1 pages": _pyarrow(compression="zstd", data_page_version="1.0"),
    "pyarrow, plain": _pyarrow(compression="none", use_dictionary=False),
    "pyarrow, split and delta": _pyarrow(
        compression="zstd", use_dictionary=False,
        column_encoding={"ts": "DELTA_BINARY_PACKED", "vehicle_id": "DELTA_LENGTH_BYTE_ARRAY",
                         "lat": "BYTE_STREAM_SPLIT", "extra": "DELTA_LENGTH_BYTE_ARRAY"}),
    "pyarrow, small pages and groups": _pyarrow(
        compression="zstd", data_page_size=512, row_group_size=700, write_page_index=True,
        write_page_checksum=True),
    "pyarrow, microseconds": _pyarrow(compression="zstd", coerce_timestamps="us"),
    "duckdb": _duckdb,
    "polars": _polars,
}
