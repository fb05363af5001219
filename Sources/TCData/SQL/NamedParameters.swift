import TCCore
import TCStore

/// A statement that was written with `:name` parameters, as the engines take it: with `$1`, `$2` ….
///
/// A name that is used twice is one number. The rest of the text stays byte for byte.
public struct NamedParameters: Equatable, Sendable {
    /// The statement with numbers for names.
    public let sql: String
    /// The name behind each number, `$1` first; none twice.
    public let names: [String]

    /// - Parameter sql: names are letters, digits and underscores, and told apart by case. None
    ///   stands in a string, a comment, a cast (`::`) or the bounds of an array's slice; there a
    ///   parameter is written in brackets, `a[(:first):(:last)]`.
    ///
    /// Throws `SQLSyntaxError` where the text cannot be scanned, where it has numbered parameters
    /// too, and where it has more names than an engine takes.
    public init(_ sql: String, dialect: SQLDialect) throws(SQLSyntaxError) {
        let scanned = try SQLScanner.scan(sql, dialect: dialect)
        var text: [UInt8] = []
        text.reserveCapacity(scanned.bytes.count)
        var names: [String] = []
        var numbers: [String: Int] = [:]
        var copied = 0
        for token in scanned.tokens {
            func failure(_ message: String) -> SQLSyntaxError {
                SQLSyntaxError(message, at: token.range.lowerBound, in: scanned.bytes)
            }
            switch token.kind {
            case .parameter, .anonymousParameter:
                throw failure("parameters have names here; write :name for a number")
            case .namedParameter: break
            default: continue
            }
            let name = String(scanned.text(of: token).dropFirst())
            guard name.utf8.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "$") }) else {
                throw failure("a parameter's name must be letters, digits and underscores")
            }
            if numbers[name] == nil {
                names.append(name)
                numbers[name] = names.count
                guard names.count <= SQLLimits.parameters else {
                    throw failure("there may be at most \(SQLLimits.parameters) parameters")
                }
            }
            text += scanned.bytes[copied..<token.range.lowerBound]
            // `a:b` must not become the identifier `a$1`.
            if let last = text.last, isNamePart(last) { text.append(UInt8(ascii: " ")) }
            text += "$\(numbers[name] ?? 0)".utf8
            copied = token.range.upperBound
        }
        text += scanned.bytes[copied...]
        self.sql = String(decoding: text, as: UTF8.self)
        self.names = names
    }

    /// Holds the names of the text against those that are declared.
    ///
    /// Throws `.badInput` that tells every name that is used and not declared, and every one that
    /// is declared and not used.
    public func check(declared: some Sequence<String>) throws(TCError) {
        let declared = Array(declared)
        let unknown = names.filter { !declared.contains($0) }.map { ":\($0)" }
        let unused = declared.filter { !names.contains($0) }.map { ":\($0)" }
        var faults: [String] = []
        if !unknown.isEmpty {
            faults.append("the statement uses \(unknown.joined(separator: ", ")), not declared")
        }
        if !unused.isEmpty {
            faults.append("\(unused.joined(separator: ", ")) declared, not used in the statement")
        }
        guard faults.isEmpty else {
            throw TCError(.badInput, "parameters: " + faults.joined(separator: "; "))
        }
    }
}
