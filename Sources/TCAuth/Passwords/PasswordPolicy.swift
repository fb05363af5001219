import TCCore

/// Which passwords are taken (NIST SP 800-63B, section 3.1.1.2): long enough, not what is guessed first,
/// and no rules about signs and digits, which make passwords worse.
public enum PasswordPolicy {
    /// Bytes of UTF-8.
    public static let length = 8...1_024

    /// Throws `.badInput` where the password is refused, with the reason and never the password.
    ///
    /// - Parameter personal: what is known of the user: e-mail address, name. Neither they nor their
    ///   parts of four letters and more may be the password.
    public static func check(_ password: String, personal: [String]) throws(TCError) {
        let count = password.utf8.count
        guard length.contains(count) else {
            throw TCError(
                .badInput,
                "the password must have \(length.lowerBound) to \(length.upperBound) bytes,"
                    + " got \(count)")
        }
        // HMAC, on which scrypt stands, fills its key up with NULs: a password and the same with some
        // behind it would be one.
        guard !password.utf8.contains(0) else { throw refusal("has a NUL character") }
        let bytes = lowercased(password)
        guard Set(bytes).count > 3 else {
            throw refusal("has three different characters or fewer", "mix more of them")
        }
        guard !KeyboardRuns.cover(bytes) else {
            throw refusal("is a run of neighbours on the keyboard or in the alphabet")
        }
        guard !isRepetition(bytes) else {
            throw refusal("repeats fewer than \(length.lowerBound) characters")
        }
        let candidates = [skeleton(bytes), skeleton(core(bytes))]
        guard candidates.allSatisfy({ !commonSkeletons.contains($0) }) else {
            throw refusal("is among those that are guessed first", "join three unrelated words")
        }
        let own = Set(personal.flatMap(parts).map(skeleton))
        guard candidates.allSatisfy({ !own.contains($0) }) else {
            throw refusal("is the user's own name or address", "choose what nobody knows of you")
        }
    }

    private static func refusal(
        _ reason: String, _ hint: String = "choose something harder to guess"
    ) -> TCError {
        TCError(.badInput, "the password \(reason)", hint: hint)
    }

    private static let commonSkeletons = Set(
        CommonPasswords.words.split { $0 == " " || $0 == "\n" }.map { skeleton(Array($0.utf8)) })

    private static func lowercased(_ text: String) -> [UInt8] { Array(text.lowercased().utf8) }

    /// What is left without the digits and signs that people put before and behind a word, where that
    /// is a word of four letters at least and they are four at most: `secret` of `!secret123`.
    private static func core(_ bytes: [UInt8]) -> [UInt8] {
        let isLetter = { (byte: UInt8) in
            byte >= 0x80 || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        }
        guard let first = bytes.firstIndex(where: isLetter),
            let last = bytes.lastIndex(where: isLetter)
        else { return bytes }
        let core = bytes[first...last]
        return core.count >= 4 && bytes.count - core.count <= 4 ? Array(core) : bytes
    }

    /// The word with the signs that stand for letters read as letters, alike for `p@55word` and
    /// `password`.
    private static func skeleton(_ bytes: [UInt8]) -> [UInt8] {
        bytes.map { byte in
            switch byte {
            case UInt8(ascii: "@"), UInt8(ascii: "4"): UInt8(ascii: "a")
            case UInt8(ascii: "3"): UInt8(ascii: "e")
            case UInt8(ascii: "1"), UInt8(ascii: "!"), UInt8(ascii: "|"), UInt8(ascii: "l"):
                UInt8(ascii: "i")
            case UInt8(ascii: "0"): UInt8(ascii: "o")
            case UInt8(ascii: "$"), UInt8(ascii: "5"): UInt8(ascii: "s")
            case UInt8(ascii: "7"): UInt8(ascii: "t")
            default: byte
            }
        }
    }

    /// A text and what stands on either side of an `@`, each whole, in words, and with nothing between
    /// the words.
    private static func parts(_ text: String) -> [[UInt8]] {
        let bytes = lowercased(text)
        let pieces = [bytes[...]] + bytes.split(separator: UInt8(ascii: "@"))
        let parts = pieces.flatMap { piece in
            let words = piece.split { $0 < 0x80 && !isWordCharacter($0) }
            return [Array(piece), Array(words.joined())] + words.map(Array.init)
        }
        return parts.filter { $0.count >= 4 }
    }

    private static func isWordCharacter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// Whether the whole is something too short said several times.
    private static func isRepetition(_ bytes: [UInt8]) -> Bool {
        (1..<length.lowerBound).contains { period in
            bytes.count >= 2 * period && zip(bytes, bytes.dropFirst(period)).allSatisfy(==)
        }
    }
}

/// Passwords that are typed by running along the keys.
enum KeyboardRuns {
    /// Neighbours on American keyboards (French and German ones differ in few), in the alphabet and
    /// among digits; each is run along in both directions.
    private static let chains: [[UInt8]] = [
        "abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm",
        "qwertzuiop", "azertyuiop", "!@#$%^&*()", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
        "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "147258369", "789456123", "qazwsxedcrfvtgb",
        "13579", "24680",
    ].flatMap { [Array($0.utf8), Array($0.utf8.reversed())] }

    /// Whether the text is three runs or fewer, one after another: along a chain, or on one key.
    ///
    /// - Parameter bytes: in small letters.
    static func cover(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        for _ in 0..<3 {
            // Taking the longest run is best, since each part of a run is a run too.
            rest = rest.dropFirst(longestRun(rest))
            if rest.isEmpty { return true }
        }
        return false
    }

    private static func longestRun(_ bytes: ArraySlice<UInt8>) -> Int {
        guard let first = bytes.first else { return 0 }
        var longest = bytes.prefix { $0 == first }.count
        for chain in chains {
            for start in chain.indices where chain[start] == first {
                longest = max(longest, zip(bytes, chain[start...]).prefix { $0 == $1 }.count)
            }
        }
        return longest
    }
}
