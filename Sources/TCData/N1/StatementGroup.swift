/// The statements of one request that are alike, as far as must be known of them.
struct StatementGroup {
    struct Key: Hashable {
        let fingerprint: StatementFingerprint
        let caller: String?
    }

    private let first: LoggedStatement
    private(set) var count = 0
    private var milliseconds: Double?
    /// A hash of each value of the first statement, in the order of the text; nil where the log
    /// does not tell it. Two values whose hashes are equal by chance make one finding's advice
    /// poorer.
    private let values: [UInt64?]
    /// Which of them are not the same in all statements.
    private var varies: Set<Int> = []
    /// Whether lists of values have different lengths, so that values have no common places.
    private var hasOtherShape = false

    init(_ first: LoggedStatement) {
        self.first = first
        values = StatementGroup.values(of: first)
    }

    /// About how much memory it takes.
    var bytes: Int { first.statement.bytes.count + 48 * first.statement.tokens.count + 256 }

    mutating func add(_ statement: LoggedStatement) {
        count += 1
        if let more = statement.milliseconds { milliseconds = (milliseconds ?? 0) + more }
        guard count > 1 else { return }
        let others = StatementGroup.values(of: statement)
        guard others.count == values.count else {
            hasOtherShape = true
            return
        }
        for (place, value) in values.enumerated() where value != others[place] {
            varies.insert(place)
        }
    }

    func finding(_ key: Key) -> RepeatedStatement {
        RepeatedStatement(
            fingerprint: key.fingerprint, caller: key.caller, requests: 1, count: count,
            most: count, request: first.request, milliseconds: milliseconds, line: first.line,
            batched: batched)
    }

    private var batched: BatchedQuery {
        if hasOtherShape { return .none("its lists of values have different lengths") }
        // A value that the log does not tell may be the one that differs.
        let unknown = values.indices.filter { values[$0] == nil }
        return BatchedQuery(first.statement, varying: varies.union(unknown).sorted())
    }

    private static func values(of logged: LoggedStatement) -> [UInt64?] {
        let statement = logged.statement
        var anonymous = 0
        return statement.tokens.indices.filter { statement.tokens[$0].kind.isValue }.map { index in
            var number: Int?
            switch statement.tokens[index].kind {
            case .parameter: number = Int(statement.text(of: statement.tokens[index]).dropFirst())
            case .anonymousParameter:
                anonymous += 1
                number = anonymous
            case .namedParameter: return nil
            default:
                let sign = index > 0 && statement.isSign(index - 1) ? index - 1 : index
                let range = statement.tokens[sign].range.lowerBound
                return fnv1a(statement.bytes[range..<statement.tokens[index].range.upperBound])
            }
            guard let number, logged.parameters.indices.contains(number - 1) else { return nil }
            return logged.parameters[number - 1].map { fnv1a($0.utf8) } ?? 0
        }
    }
}
