import TCCore

/// How dear a guess at a password is made.
public struct ScryptParameters: Hashable, Sendable {
    /// The binary logarithm of N, which time and memory grow with.
    public let logarithmOfN: Int
    /// The block size, which both grow with too.
    public let r: Int
    /// How often the work is done, one after another in the same memory.
    public let p: Int

    /// N = 2¹⁷, r = 8, p = 1: the first choice of OWASP's Password Storage Cheat Sheet (2025).
    public static let recommended = ScryptParameters(unchecked: 17, r: 8, p: 1)

    /// The most memory that one hash may take: twice what the recommended parameters do.
    public static let mostMemoryBytes = 257 << 20
    /// The most work, N·r·p: eight times that of the recommended parameters.
    public static let mostWork = 1 << 23

    /// - Parameters:
    ///   - logarithmOfN: 1 to 20.
    ///   - r: 1 to 32.
    ///   - p: 1 to 16.
    ///
    /// Throws `.badInput` outside of these ranges, or where a hash would take more than
    /// `mostMemoryBytes` or `mostWork`.
    public init(logarithmOfN: Int, r: Int, p: Int) throws(TCError) {
        guard (1...20).contains(logarithmOfN), (1...32).contains(r), (1...16).contains(p) else {
            throw TCError(
                .badInput,
                "scrypt takes ln of 1 to 20, r of 1 to 32 and p of 1 to 16, got ln=\(logarithmOfN),"
                    + "r=\(r),p=\(p)")
        }
        self.init(unchecked: logarithmOfN, r: r, p: p)
        // Below N = 2^(16·r) the standard's own condition (RFC 7914, section 6) holds.
        guard logarithmOfN < 16 * r, memoryBytes <= ScryptParameters.mostMemoryBytes,
            work <= ScryptParameters.mostWork
        else {
            throw TCError(
                .badInput,
                "scrypt with \(phc) would take \(memoryBytes >> 20) MiB and"
                    + " \(work / ScryptParameters.recommended.work) times the recommended work;"
                    + " at most \(ScryptParameters.mostMemoryBytes >> 20) MiB and 8 times are allowed"
            )
        }
    }

    private init(unchecked logarithmOfN: Int, r: Int, p: Int) {
        self.logarithmOfN = logarithmOfN
        self.r = r
        self.p = p
    }

    /// Reads `ln=17,r=8,p=1`, in this order and without leading zeros.
    ///
    /// Throws `.badInput` for any other text, and as the other initialiser.
    public init(phc text: Substring) throws(TCError) {
        let fields = text.split(separator: ",", omittingEmptySubsequences: false)
        var values: [Int] = []
        for (field, name) in zip(fields, ["ln=", "r=", "p="]) where field.hasPrefix(name) {
            let digits = field.dropFirst(name.count)
            if let value = Int(digits), String(value) == digits { values.append(value) }
        }
        guard fields.count == 3, values.count == 3 else {
            throw TCError(.badInput, "the parameters of scrypt must look like ln=17,r=8,p=1")
        }
        try self.init(logarithmOfN: values[0], r: values[1], p: values[2])
    }

    /// As the PHC form of a hash has them: `ln=17,r=8,p=1`.
    public var phc: String { "ln=\(logarithmOfN),r=\(r),p=\(p)" }

    /// The memory that OpenSSL asks for: N + 2 blocks to mix, and p to mix from.
    public var memoryBytes: Int { 128 * r * ((1 << logarithmOfN) + 2 + p) }

    /// N·r·p, which the time is proportional to.
    public var work: Int { (1 << logarithmOfN) * r * p }
}
