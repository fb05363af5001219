import Glibc
import TCCore

/// How many reads by a random key a second `pgbench -M prepared` does; nil where it is missing.
///
/// - Parameters:
///   - table: has the columns `aid`, with the keys from 1 to `rows`, and `abalance`.
///   - seconds: for so long.
func pgbench(
    _ url: String, _ table: String, _ rows: Int, _ connections: Int, _ seconds: Int
) throws -> Double? {
    let script = "/tmp/tc-bench-\(getpid()).sql"
    guard let file = fopen(script, "w") else { throw TCError(.io, "cannot write '\(script)'") }
    fputs(
        """
        \\set aid random(1, \(rows))
        SELECT abalance FROM \(table) WHERE aid = :aid;

        """, file)
    fclose(file)
    defer { unlink(script) }
    // The URL goes through the environment, since a shell would read its special characters.
    setenv("TC_BENCH_URL", url, 1)
    let command =
        "pgbench -n -M prepared -T \(seconds) -c \(connections) -j \(min(2, connections)) "
        + "-f \(script) \"$TC_BENCH_URL\" 2>/dev/null | sed -n 's/^tps = \\([0-9.]*\\).*/\\1/p'"
    guard let output = popen(command, "r") else { throw TCError(.io, "cannot run a shell") }
    defer { pclose(output) }
    var line = [CChar](repeating: 0, count: 64)
    guard fgets(&line, 64, output) != nil else { return nil }
    return Double(
        String(decoding: line.prefix { $0 != 0 && $0 != 10 }.map(UInt8.init), as: UTF8.self))
}
