import CPostgres
import TCCore

/// Where a PostgreSQL server is and who asks, from `postgres://USER:PASSWORD@HOST:PORT/DATABASE?…`.
///
/// The rest of a URL is libpq's connection parameters (`sslmode=verify-full`). What a URL leaves out
/// has libpq's defaults, `PGPASSWORD` and `~/.pgpass` among them.
struct PostgresURL: Sendable {
    /// Keywords and values for libpq; the password is among them.
    private(set) var parameters: [(keyword: String, value: String)]

    /// No error shows any of `url`, since a password may stand anywhere in a mistyped one.
    init(_ url: String, _ libpq: LibPQ) throws(TCError) {
        if PostgresURL.replicas(in: url) != nil {
            throw TCError(
                .configuration, "a database URL names one server: 'replicas' is not supported")
        }
        guard let options = libpq.functions.PQconninfoParse(url, nil) else {
            throw TCError(
                .configuration, "the database URL cannot be read",
                hint: "write postgres://USER:PASSWORD@HOST:PORT/DATABASE?PARAMETER=VALUE, "
                    + "special characters as %XX")
        }
        defer { libpq.functions.PQconninfoFree(options) }
        var parameters: [(keyword: String, value: String)] = []
        var next = options
        while let keyword = next.pointee.keyword {
            if let value = next.pointee.val {
                parameters.append((String(cString: keyword), String(cString: value)))
            }
            next += 1
        }
        self.parameters = parameters
    }

    /// A name, an address or a folder with a socket.
    var host: String { value("host") ?? value("hostaddr") ?? "localhost" }

    /// `host:port`
    var address: String {
        "\(host.contains(":") ? "[\(host)]" : host):\(value("port") ?? "5432")"
    }

    /// `host:port/database` for messages.
    var place: String { "\(address)/\(value("dbname") ?? value("user") ?? "")" }

    private func value(_ keyword: String) -> String? {
        parameters.first { $0.keyword == keyword }?.value
    }

    /// The same database on another server.
    func at(host: String, port: String) -> PostgresURL {
        var copy = self
        copy.parameters.removeAll { ["host", "port"].contains($0.keyword) }
        copy.parameters += [("host", host), ("port", port)]
        return copy
    }

    /// What libpq is called with: the URL's parameters, and settings of the session, which `RESET`
    /// returns to.
    ///
    /// A transaction that does not say otherwise only reads, at one snapshot: more than that a standby
    /// cannot give. What the URL says in `options` comes last and so wins.
    func connectParameters(_ options: DatabaseOptions) -> [(keyword: String, value: String)] {
        let settings = [
            "default_transaction_read_only=on", "default_transaction_isolation=repeatable\\ read",
            "statement_timeout=\(options.statementTimeout.milliseconds)",
            // A body that hangs must not hold its locks for ever.
            "idle_in_transaction_session_timeout=\(2 * options.statementTimeout.milliseconds)",
        ]
        var merged = parameters.filter { !["options", "client_encoding"].contains($0.keyword) }
        let own = parameters.first { $0.keyword == "options" }.map { " " + $0.value } ?? ""
        merged.append(("options", settings.map { "-c \($0)" }.joined(separator: " ") + own))
        merged.append(("client_encoding", "UTF8"))
        if !parameters.contains(where: { $0.keyword == "application_name" }) {
            merged.append(("application_name", "tc"))
        }
        return merged
    }
}
