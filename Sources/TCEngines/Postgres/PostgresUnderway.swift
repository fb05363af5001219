import CPostgres

/// A statement that the server knows by a name.
struct PreparedStatement {
    let name: String
    let mayChangeSession: Bool
}

/// A statement that is queued, on its way to the server, or back, with what goes before it: the
/// beginning of a transaction, names to forget, the statement's own text.
struct PostgresUnderway {
    let sql: String
    let statement: PreparedStatement
    /// Whether the statement's text goes before it.
    let prepares: Bool
    /// Whether a transaction begins with the first command.
    var begins = false
    /// How many commands go before the statement itself.
    var preamble = 0

    /// What the statement gave, each time that it ran.
    private(set) var results: [PostgresResult] = []
    /// The first error; behind it nothing happened.
    private(set) var refusal: PostgresError?
    /// How many commands have been answered, and had been before the error.
    private var answered = 0
    private var refused = 0

    init(sql: String, statement: PreparedStatement, prepares: Bool) {
        self.sql = sql
        self.statement = statement
        self.prepares = prepares
    }

    /// - Parameter result: nil behind the results of each command.
    mutating func take(_ result: PostgresResult?) {
        guard let result else {
            answered += 1
            return
        }
        if result.isSuccess {
            if answered >= preamble { results.append(result) }
        } else if result.status != PGRES_PIPELINE_ABORTED, refusal == nil {
            refusal = PostgresError(result)
            refused = answered
        }
    }

    /// Whether the error was met where the transaction should have begun.
    var isBeginRefused: Bool { refusal != nil && begins && refused == 0 }

    /// Whether the server has not come to know the statement.
    var isUnprepared: Bool { refusal != nil && prepares && refused < preamble }
}
