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
    /// What a vehicle of a batch takes: its id, its places in the tables of two parsers and here,
    /// its counts and its run while the batch is sorted, and what a file keeps of it.
    static let bytesPerVehicle = stride + 3 * 16 + 3 * 8 + 20

    let capacity: Int
    /// `stride` bytes for each code, and as many more that a hash may look into.
    let ids: UnsafeMutablePointer<UInt8>
    private let codes = Mutex(Codes())

    /// Finds codes by the hash of their ids: open addressing with linear probing. A slot is a code
    /// plus one, four bytes, since the ids stand in the table anyway.
    private struct Codes {
        var slots = [UInt32](repeating: 0, count: 1 << 12)
        var count = 0
        var mask: Int { slots.count - 1 }

        mutating func put(_ code: UInt32, _ hash: UInt64) {
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = code + 1
        }
    }

    init(capacity: Int) {
        self.capacity = capacity
        ids = reserve(UInt8.self, count: (capacity + 1) * VehicleTable.stride)
    }

    deinit { release(ids, count: (capacity + 1) * VehicleTable.stride) }

    var count: Int { codes.withLock { $0.count } }

    /// The code of a padded id with its hash; a new one where it was not known.
    ///
    /// There is room for every id that a batch can bring: the owner empties the table between
    /// batches before it could run over.
    func code(of key: VehicleKey, hash: UInt64) -> UInt32 {
        codes.withLock { codes in
            var slot = Int(truncatingIfNeeded: hash) & codes.mask
            while codes.slots[slot] != 0 {
                let code = codes.slots[slot] - 1
                if line(code).load(as: VehicleKey.self) == key { return code }
                slot = (slot + 1) & codes.mask
            }
            let code = UInt32(codes.count)
            precondition(Int(code) < capacity, "the vehicle table ran over")
            line(code).storeBytes(of: key, as: VehicleKey.self)
            codes.slots[slot] = code + 1
            codes.count += 1
            if codes.count * 2 > codes.slots.count { grow(&codes) }
            return code
        }
    }

    private func grow(_ codes: inout Codes) {
        codes.slots = [UInt32](repeating: 0, count: codes.slots.count * 2)
        for code in 0..<UInt32(codes.count) {
            let id = self.id(code)
            codes.put(code, VehicleCache.hash(id.baseAddress!, id.count))
        }
    }

    private func line(_ code: UInt32) -> UnsafeMutableRawPointer {
        UnsafeMutableRawPointer(ids + Int(code) * VehicleTable.stride)
    }

    /// Forgets all. No parser may hold a code of before; caches are emptied with it.
    func removeAll() {
        codes.withLock { codes in
            for slot in codes.slots.indices { codes.slots[slot] = 0 }
            codes.count = 0
        }
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
struct VehicleKey: Equatable {
    var words: InlineArray<8, UInt64>

    static func == (a: VehicleKey, b: VehicleKey) -> Bool {
        for i in 0..<8 where a.words[i] != b.words[i] { return false }
        return true
    }
}
