"""Prints the types that Spark sees in the folder named, as one JSON line, and then its rows, one
JSON line each, with times in milliseconds and numbers exact."""

import json
import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as f

session = (
    SparkSession.builder.master("local[2]")
    .config("spark.sql.session.timeZone", "UTC")
    .config("spark.ui.enabled", "false")
    .config("spark.ui.showConsoleProgress", "false")
    .config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.driver.host", "127.0.0.1")
    .getOrCreate()
)
session.sparkContext.setLogLevel("ERROR")
frame = session.read.parquet(sys.argv[1])
print(json.dumps(dict(frame.dtypes)))
frame = frame.withColumn("ts", f.unix_millis("ts")).withColumn("date", f.col("date").cast("string"))
for record in frame.toLocalIterator():
    # Python prints a float as the shortest text that reads back as the same one.
    print(json.dumps(record.asDict()))
session.stop()
