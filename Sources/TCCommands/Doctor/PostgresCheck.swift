import TCCore
import TCEngines
import TCStore

/// What there is to check of a PostgreSQL server: whether it may be written, loses nothing, and has
/// room for this program.
enum PostgresCheck {
    /// The oldest version that the tests run against.
    private static let testedMajor = 15
    /// How far clocks may be apart, in milliseconds: tokens and keys are good by the time of each node.
    private static let mostSkew: Int64 = 5000

    /// What the server says of itself.
    private struct Answers: Sendable {
        let version: String
        let number: Int64
        let isInRecovery: Bool
        let connections: Int64
        let fsync: String
        let synchronousCommit: String
        /// Nil for a server on this machine, or where that cannot be told.
        let remoteAddress: String?
        let hasTLS: Bool
        let now: Int64
    }

    static func find(
        _ database: any Database, _ subject: String, _ checkup: Checkup
    ) async throws -> [DoctorFinding] {
        let found = try await database.query(question, []) { row in
            Answers(
                version: try row.text(0), number: try row.integer(1),
                isInRecovery: try row.integer(2) == 1, connections: try row.integer(3),
                fsync: try row.text(4), synchronousCommit: try row.text(5),
                remoteAddress: try row.optionalText(6), hasTLS: try row.integer(7) == 1,
                now: try row.integer(8))
        }
        guard let answers = found.first else { return [] }
        let skew = answers.now - checkup.seams.now().milliseconds
        return [
            server(answers, subject), connections(answers, subject),
            durability(answers, subject), encryption(answers, subject), clock(skew, subject),
        ]
    }

    private static let question = """
        SELECT current_setting('server_version'),
            CAST(current_setting('server_version_num') AS bigint),
            CAST(CASE WHEN pg_is_in_recovery() THEN 1 ELSE 0 END AS bigint),
            CAST(current_setting('max_connections') AS bigint)
                - CAST(current_setting('superuser_reserved_connections') AS bigint),
            current_setting('fsync'), current_setting('synchronous_commit'),
            CASE WHEN inet_server_addr() <<= '127.0.0.0/8' OR inet_server_addr() = '::1' THEN NULL
                ELSE host(inet_server_addr()) END,
            CAST(coalesce((SELECT CASE WHEN ssl THEN 1 ELSE 0 END FROM pg_stat_ssl
                WHERE pid = pg_backend_pid()), 0) AS bigint),
            CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)
        """

    private static func server(_ answers: Answers, _ subject: String) -> DoctorFinding {
        let name = "database.server"
        if answers.isInRecovery {
            return DoctorFinding(
                .failed, name, subject, "it is a standby in recovery, which takes no writes",
                hint:
                    "name the primary, with target_session_attrs=read-write where there are several"
            )
        }
        let detail = "PostgreSQL \(answers.version)"
        guard answers.number >= testedMajor * 10_000 else {
            return DoctorFinding(
                .warning, name, subject, detail,
                hint: "tc is tested with \(testedMajor) and newer")
        }
        return DoctorFinding(.passed, name, subject, detail)
    }

    private static func connections(_ answers: Answers, _ subject: String) -> DoctorFinding {
        let name = "database.connections"
        let pool = DatabaseOptions().poolSize
        let detail = "it takes \(answers.connections); each process of tc uses \(pool) at most"
        guard answers.connections >= pool else {
            return DoctorFinding(
                .warning, name, subject, detail,
                hint: "raise max_connections to \(pool) for each daemon and some more")
        }
        return DoctorFinding(.passed, name, subject, detail)
    }

    private static func durability(_ answers: Answers, _ subject: String) -> DoctorFinding {
        let name = "database.durability"
        let detail = "fsync \(answers.fsync), synchronous_commit \(answers.synchronousCommit)"
        if answers.fsync != "on" {
            return DoctorFinding(
                .failed, name, subject, detail,
                hint: "set fsync = on: a power cut can destroy the whole database")
        }
        if answers.synchronousCommit == "off" {
            return DoctorFinding(
                .warning, name, subject, detail,
                hint: "set synchronous_commit = on: a power cut loses what was acknowledged")
        }
        return DoctorFinding(.passed, name, subject, detail)
    }

    private static func encryption(_ answers: Answers, _ subject: String) -> DoctorFinding {
        let name = "database.encryption"
        if answers.hasTLS {
            return DoctorFinding(.passed, name, subject, "the connection has TLS")
        }
        guard let address = answers.remoteAddress else {
            return DoctorFinding(.passed, name, subject, "the server is on this machine")
        }
        return DoctorFinding(
            .warning, name, subject, "the connection to \(address) has no TLS",
            hint: "add sslmode=verify-full to the URL, unless the network is trusted")
    }

    private static func clock(_ skew: Int64, _ subject: String) -> DoctorFinding {
        let name = "database.clock"
        // The answer took its time too, so less than a second says nothing.
        if skew.magnitude < 1000 {
            return DoctorFinding(.passed, name, subject, "its clock agrees with ours")
        }
        let detail = "its clock is \(skew.magnitude) ms \(skew > 0 ? "ahead of" : "behind") ours"
        return DoctorFinding(
            skew.magnitude > mostSkew ? .warning : .passed, name, subject, detail,
            hint: skew.magnitude > mostSkew ? "let both follow a time server" : nil)
    }
}
