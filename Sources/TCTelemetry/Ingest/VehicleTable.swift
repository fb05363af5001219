import Glibc
import Synchronization

/// Every vehicle id that a run of ingest has met, numbered in order of first appearance.
///
/// Shared by the parsers of all threads. Each parser has a `VehicleCache` in front, so that the lock
/// here is taken once a vehicle and thread, not once a line.
///
/// `@unchecked Sendable`: `ids` is reserved once at full size and never moves; a slot is written
/// under the lock before its code is handed out, and never again.
final class VehicleTable: @unchecked Sendable {
    /// Bytes of the longest id, and the stride of `ids`: one cache line each, padded with zeros,
    /// which no id contains, so that equal padded lines are equal ids.
    static let stride = 64

    let capacity: Int
    /// `stride` bytes for each code.
    let ids: UnsafeMutablePointer<UInt8>
    private let codes: Mutex<[VehicleKey: UInt32]>

    init(capacity: Int) {
        self.capacity = capacity
        ids = reserve(UInt8.self, count: capacity * VehicleTable.stride)
        codes = Mutex([:])
    }

    deinit { release(ids, count: capacity * VehicleTable.stride) }

    var count: Int { codes.withLock { $0.count } }

    /// The code of a padded id; a new one where it was not known.
    ///
    /// There is room for every id that a batch can bring: the owner empties the table between
    /// batches before it could run over.
    func code(of key: VehicleKey) -> UInt32 {
        codes.withLock { codes in
            if let code = codes[key] { return code }
            let code = UInt32(codes.count)
            precondition(Int(code) < capacity, "the vehicle table ran over")
            UnsafeMutableRawPointer(ids + Int(code) * VehicleTable.stride)
                .storeBytes(of: key, as: VehicleKey.self)
            codes[key] = code
            return code
        }
    }

    /// Forgets all. No parser may hold a code of before; caches are emptied with it.
    func removeAll() {
        codes.withLock { $0.removeAll() }
        discard(ids, count: capacity * VehicleTable.stride)
    }

    /// The id of a code, without its padding.
    func id(_ code: UInt32) -> UnsafeBufferPointer<UInt8> {
        let start = ids + Int(code) * VehicleTable.stride
        return UnsafeBufferPointer(
            start: start,
            count: strnlen(UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self), 64))
    }
}

/// A vehicle id padded with zeros to 64 bytes.
struct VehicleKey: Hashable {
    var words: InlineArray<8, UInt64>

    static func == (a: VehicleKey, b: VehicleKey) -> Bool {
        for i in 0..<8 where a.words[i] != b.words[i] { return false }
        return true
    }

    func hash(into hasher: inout Hasher) { for i in 0..<8 { hasher.combine(words[i]) } }
}
