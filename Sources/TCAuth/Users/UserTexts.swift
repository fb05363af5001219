import TCCore

/// What a user's texts may be.
enum UserTexts {
    private static let mostNameBytes = 200
    private static let mostRoleBytes = 64
    private static let mostAgentBytes = 256

    /// Throws `.badInput` where it cannot be the name of a role.
    static func check(role: String) throws(TCError) {
        let isName = role.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || Array("_-.:".utf8).contains(byte)
        }
        guard isName, (1...mostRoleBytes).contains(role.utf8.count) else {
            throw TCError(
                .badInput,
                "a role must be 1 to \(mostRoleBytes) of a-z 0-9 _ - . :, got"
                    + " '\(String(role.prefix(80)))'")
        }
    }

    /// Throws `.badInput` where it cannot be a person's name.
    static func check(name: String?) throws(TCError) {
        guard let name else { return }
        guard UserTexts.name(name) != nil else {
            throw TCError(
                .badInput,
                "a name must be 1 to \(mostNameBytes) bytes without control characters, got"
                    + " \(name.utf8.count) bytes")
        }
    }

    /// A name as a provider has it; nil where it cannot be kept, since nobody is there to mend it.
    static func name(_ text: String?) -> String? {
        guard let text, (1...mostNameBytes).contains(text.utf8.count),
            text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
        else { return nil }
        return text
    }

    /// An address as a provider has it; nil where it cannot be kept.
    static func email(_ text: String?) -> String? {
        // Whatever is wrong with it, the account does without.
        text.flatMap { try? EmailAddress.normalized($0) }
    }

    /// What is kept of what a client says of itself.
    static func agent(_ text: String?) -> String? {
        guard let text, !text.isEmpty else { return nil }
        let bytes = text.utf8.prefix(mostAgentBytes).map { $0 < 0x20 ? UInt8(ascii: " ") : $0 }
        return String(decoding: bytes, as: UTF8.self)
    }
}
