/// What the interoperability tests run in Python. Both scripts print one line a value, so that two
/// dumps can be compared as text: times as milliseconds, numbers as the bits of a double, strings
/// as the hexadecimal of their UTF-8, and "null".
enum PythonScripts {
    private static let dump = """
        import struct, sys, warnings
        warnings.simplefilter("ignore")

        def line(value, kind):
            if value is None: return "null"
            if kind == "string": return "s" + value.encode().hex()
            if kind == "time": return str(value)
            return struct.pack(">d", float(value)).hex()

        def dump(table, path):
            import pyarrow as pa
            with open(path, "w") as out:
                for name in table.column_names:
                    column = table.column(name).combine_chunks()
                    if pa.types.is_timestamp(column.type):
                        kind = "time"
                        assert column.type.tz is not None, name
                        column = column.cast(pa.timestamp("ms", tz="UTC")).cast(pa.int64())
                    elif pa.types.is_floating(column.type) or pa.types.is_integer(column.type):
                        kind = "number"
                    else:
                        kind = "string"
                        column = column.cast(pa.large_string())
                    print("#", name, kind, file=out)
                    for value in column.to_pylist(): print(line(value, kind), file=out)

        """

    /// Arguments: a file and where the dumps go; one dump for each reader that is installed.
    static let readOurs =
        dump + """
            path, out = sys.argv[1:]
            import pyarrow.parquet as pq
            dump(pq.read_table(path), out + "/pyarrow.txt")
            # Statistics and page indexes must lead no reader astray either.
            for group in range(pq.ParquetFile(path).metadata.num_row_groups):
                pq.ParquetFile(path).read_row_group(group)
            list(pq.ParquetFile(path, page_checksum_verification=True).iter_batches(batch_size=37))
            try:
                import duckdb
                connection = duckdb.connect()
                connection.execute("set TimeZone = 'UTC'")
                found = connection.execute("select * from read_parquet(?)", [path])
                table = (getattr(found, "to_arrow_table", None) or found.fetch_arrow_table)()
                dump(table, out + "/duckdb.txt")
            except ImportError: pass
            try:
                import polars
                dump(polars.read_parquet(path).to_arrow(), out + "/polars.txt")
            except ImportError: pass

            """

    /// Argument: a folder, which gets files NAME.parquet of many writers and options, and beside
    /// each the dump NAME.txt of what it holds.
    static let writeOthers =
        dump + """
            out = sys.argv[1]
            import pyarrow as pa, pyarrow.parquet as pq, random
            random.seed(4)
            rows = 5000
            def sparse(values, share): return [None if random.random() < share else v for v in values]
            start = 1767323045000
            table = pa.table({
                "ts": pa.array([start + i * 1000 + random.randrange(20) - (i // 100) * 90000
                                for i in range(rows)], pa.timestamp("ms", tz="UTC")),
                "micros": pa.array([(start + i) * 1000 for i in range(rows)],
                                   pa.timestamp("us", tz="UTC")),
                "few": pa.array(sparse([float(i // 50 % 70) for i in range(rows)], 0.3), pa.float64()),
                "noise": pa.array(sparse([random.uniform(-180, 180) for i in range(rows)], 0.1),
                                  pa.float64()),
                "single": pa.array([random.random() for i in range(rows)], pa.float32()),
                "short": pa.array(sparse([random.randrange(-2**31, 2**31) for i in range(rows)], 0.5),
                                  pa.int32()),
                "long": pa.array([random.randrange(-2**53, 2**53) for i in range(rows)], pa.int64()),
                "vehicle": pa.array(["vehicle-%05d" % (i // 100) for i in range(rows)]),
                "text": pa.array(sparse(["t\\u00e9xt %d" % (i % 300) for i in range(rows)], 0.6)),
                "none": pa.array([None] * rows, pa.float64()),
            }, schema=None)
            fields = [f.with_nullable(f.name not in ("ts", "micros", "vehicle", "long")) for f in table.schema]
            table = table.cast(pa.schema(fields))
            def write(name, **options):
                pq.write_table(table, "%s/%s.parquet" % (out, name), **options)
                dump(table, "%s/%s.txt" % (out, name))
            delta = {"ts": "DELTA_BINARY_PACKED", "micros": "DELTA_BINARY_PACKED",
                     "short": "DELTA_BINARY_PACKED", "long": "DELTA_BINARY_PACKED",
                     "vehicle": "DELTA_LENGTH_BYTE_ARRAY", "text": "DELTA_LENGTH_BYTE_ARRAY",
                     "few": "BYTE_STREAM_SPLIT", "noise": "BYTE_STREAM_SPLIT",
                     "single": "BYTE_STREAM_SPLIT"}
            for version in ("1.0", "2.0"):
                for codec in ("none", "zstd", "snappy"):
                    for index in (False, True):
                        tag = "v%s-%s-%s" % (version[0], codec, "index" if index else "plain")
                        base = dict(data_page_version=version, compression=codec,
                                    write_page_index=index, data_page_size=4000)
                        write(tag + "-dictionary", **base)
                        write(tag + "-flat", use_dictionary=False, row_group_size=1234, **base)
                        write(tag + "-delta", use_dictionary=False, column_encoding=delta,
                              write_page_checksum=index, **base)
            try:
                import polars
                frame = polars.from_arrow(table)
                frame.write_parquet(out + "/polars.parquet", compression="zstd", data_page_size=5000)
                dump(table, out + "/polars.txt")
            except ImportError: pass
            try:
                import duckdb
                duckdb.connect().execute(
                    "set TimeZone='UTC'; copy (select * from table) to '%s/duckdb.parquet' "
                    "(format parquet, compression zstd, parquet_version v2, row_group_size 2048)"
                    .replace("from table", "from read_parquet('%s/v1-none-plain-flat.parquet')" % out)
                    % out)
                dump(table, out + "/duckdb.txt")
            except ImportError: pass

            """
}
