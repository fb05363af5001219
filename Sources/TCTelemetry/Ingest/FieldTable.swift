/// The message's fields as the parser numbers them: the numbers in `Signal` order, then the words in
/// `EnumSignal` order, then the identity. A set of fields is a bit mask of these numbers.
enum Field {
    static let words = Signal.count
    static let vehicleID = Signal.count + EnumSignal.count
    static let ts = vehicleID + 1
    static let count = ts + 1
    /// Not one of ours: goes to `extra`.
    static let unknown = count
    /// The bit of `extra` in a mask of columns; no field has it, and identity bits are never in one.
    static let extraColumn = vehicleID

    static func name(_ field: Int) -> String {
        switch field {
        case vehicleID: "vehicle_id"
        case ts: "ts"
        case words..<vehicleID: EnumSignal(rawValue: field - words)!.name
        default: Signal.names[field]
        }
    }
}

/// A key with its quotes and colon, `"soc_pct":`, as two masked words: no name is longer than 13
/// bytes, so that each fits in 16 with them.
struct KeyPattern {
    let low: UInt64
    let high: UInt64
    let lowMask: UInt64
    let highMask: UInt64
    /// Bytes of the key, quotes and colon.
    let length: Int
    /// The accepted range of a number; nothing for the other fields.
    let minimum: Double
    let maximum: Double

    init(_ field: Int) {
        let text = Array("\"\(Field.name(field))\":".utf8)
        precondition(text.count <= 16)
        let padded = text + [UInt8](repeating: 0, count: 16 - text.count)
        let mask = padded.map { $0 == 0 ? UInt8(0) : 0xff }
        (low, high) = (word(padded, 0), word(padded, 8))
        (lowMask, highMask) = (word(mask, 0), word(mask, 8))
        length = text.count
        let range = Signal(rawValue: field)?.range ?? 0...0
        (minimum, maximum) = (range.lowerBound, range.upperBound)
    }
}

/// Eight bytes of `bytes` from `at`, the first in the lowest bits.
private func word(_ bytes: [UInt8], _ at: Int) -> UInt64 {
    (0..<8).reduce(0) { $0 | UInt64(bytes[at + $1]) << UInt64(8 * $1) }
}

/// The look-ups that every parser of the process shares. Written once, before the first parser
/// reads them, and never freed: hence safe to share between threads.
struct FieldTable: @unchecked Sendable {
    /// A pattern for each field, in field order.
    let patterns: UnsafePointer<KeyPattern>
    /// Fields by a hash of their name, open addressing, `Field.unknown` where empty.
    let byName: UnsafePointer<UInt8>
    /// Words by a hash of their first eight bytes: the word's low bytes, then its code and field.
    let byWord: UnsafePointer<WordSlot>

    struct WordSlot {
        var low: UInt64 = 0
        /// The ninth byte of `connected`, else 0.
        var ninth: UInt8 = 0
        /// Bytes of the word: text that ends in a NUL is not the word.
        var length: UInt8 = 0
        /// The index in `EnumSignal.words` plus one; 0 marks an empty slot.
        var code: UInt8 = 0
        var field: UInt8 = 0
    }

    static let shared = FieldTable()

    private init() {
        let patterns = UnsafeMutablePointer<KeyPattern>.allocate(capacity: Field.count)
        for field in 0..<Field.count {
            (patterns + field).initialize(to: KeyPattern(field))
        }
        self.patterns = UnsafePointer(patterns)

        let byName = UnsafeMutablePointer<UInt8>.allocate(capacity: 64)
        byName.initialize(repeating: UInt8(Field.unknown), count: 64)
        for field in 0..<Field.count {
            let name = Array(Field.name(field).utf8) + [UInt8](repeating: 0, count: 16)
            var slot = FieldTable.nameHash(word(name, 0), Field.name(field).utf8.count)
            while byName[slot] != UInt8(Field.unknown) { slot = (slot + 1) & 63 }
            byName[slot] = UInt8(field)
        }
        self.byName = UnsafePointer(byName)

        let byWord = UnsafeMutablePointer<WordSlot>.allocate(capacity: 64)
        byWord.initialize(repeating: WordSlot(), count: 64)
        for signal in EnumSignal.allCases {
            for (index, text) in signal.words.enumerated() {
                precondition(text.utf8.count <= 9)
                let padded = Array(text.utf8) + [UInt8](repeating: 0, count: 8)
                let low = word(padded, 0)
                let field = Field.words + signal.rawValue
                var slot = FieldTable.wordHash(low, field)
                while byWord[slot].code != 0 { slot = (slot + 1) & 63 }
                byWord[slot] = WordSlot(
                    low: low, ninth: padded[8], length: UInt8(text.utf8.count),
                    code: UInt8(index + 1), field: UInt8(field))
            }
        }
        self.byWord = UnsafePointer(byWord)
    }

    @inline(__always)
    static func nameHash(_ low: UInt64, _ length: Int) -> Int {
        Int(((low &+ UInt64(length)) &* 0x9E37_79B9_7F4A_7C15) >> 58)
    }

    @inline(__always)
    static func wordHash(_ low: UInt64, _ field: Int) -> Int {
        Int(((low &+ UInt64(field)) &* 0x9E37_79B9_7F4A_7C15) >> 58)
    }

    /// The field whose name is the `length` bytes at `name`, or `Field.unknown`. `name` stands
    /// between quotes: the byte before it and the one after it are the caller's quotes.
    @inline(__always)
    func field(named name: UnsafePointer<UInt8>, length: Int) -> Int {
        guard length >= 2, length <= 13 else { return Field.unknown }
        var slot = FieldTable.nameHash(load(name) & lowBytes(min(length, 8)), length)
        while true {
            let field = Int(byName[slot])
            if field == Field.unknown { return field }
            let pattern = patterns + field
            // The pattern's own quotes make it a comparison of whole names; its colon is masked
            // away, since spaces may stand before the one in the line.
            if pattern.pointee.length == length + 3, matchesName(name - 1, pattern) { return field }
            slot = (slot + 1) & 63
        }
    }

    /// The code of the word of `length` bytes at `text` in `field`, or 0 where it is none of them.
    @inline(__always)
    func code(ofWord text: UnsafePointer<UInt8>, length: Int, field: Int) -> UInt8 {
        guard length >= 1, length <= 9 else { return 0 }
        let low = load(text) & lowBytes(min(length, 8))
        let ninth = length == 9 ? text[8] : 0
        var slot = FieldTable.wordHash(low, field)
        while true {
            let entry = byWord[slot]
            if entry.code == 0 { return 0 }
            if entry.low == low, entry.ninth == ninth, Int(entry.length) == length,
                Int(entry.field) == field
            {
                return entry.code
            }
            slot = (slot + 1) & 63
        }
    }

    @inline(__always)
    private func matchesName(
        _ quoted: UnsafePointer<UInt8>, _ pattern: UnsafePointer<KeyPattern>
    ) -> Bool {
        let bytes = pattern.pointee.length - 1
        let low = (load(quoted) ^ pattern.pointee.low) & lowBytes(min(bytes, 8))
        let high = (load(quoted + 8) ^ pattern.pointee.high) & lowBytes(max(bytes - 8, 0))
        return low | high == 0
    }
}

/// Eight bytes as a word, the first in the lowest bits. Reads past a short text: buffers are padded.
@inline(__always)
func load(_ p: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(p).loadUnaligned(as: UInt64.self))
}

/// A mask of the first `count` (0 to 8) bytes of a word.
@inline(__always)
func lowBytes(_ count: Int) -> UInt64 {
    count == 0 ? 0 : ~0 >> UInt64(64 &- 8 &* count)
}
