/// One parser's memory for the `extra` objects of a batch.
///
/// An object stands behind its length (four bytes), and is named by its address; nothing moves
/// until the batch is done. Blocks are kept from batch to batch, up to a few.
final class ExtraArena {
    private static let blockBytes = 1 << 20
    private static let blocksKept = 32
    /// What a scanner may read past an object.
    private static let padding = 64
    private var blocks: [(start: UnsafeMutableRawPointer, size: Int)] = []
    private var used = 0
    private var offset = 0
    /// Bytes of objects since `reset`.
    private(set) var byteCount = 0

    deinit { for block in blocks { block.start.deallocate() } }

    /// Room for an object of at most `count` bytes; the caller writes it and calls `commit`.
    func room(_ count: Int) -> UnsafeMutablePointer<UInt8> {
        let needed = count + 8
        if used == 0 || offset + needed > blocks[used - 1].size {
            if used == blocks.count || blocks[used].size < needed {
                let size = max(needed, ExtraArena.blockBytes)
                blocks.insert(
                    (.allocate(byteCount: size + ExtraArena.padding, alignment: 16), size),
                    at: used)
            }
            used += 1
            offset = 0
        }
        return (blocks[used - 1].start + offset + 4).assumingMemoryBound(to: UInt8.self)
    }

    /// Keeps the first `count` bytes of what `room` gave; the object's address.
    func commit(_ count: Int) -> UInt {
        let start = blocks[used - 1].start + offset
        start.storeBytes(of: UInt32(count), as: UInt32.self)
        offset += (count + 4 + 3) & ~3
        byteCount += count
        return UInt(bitPattern: start)
    }

    /// Forgets all objects.
    func reset() {
        (used, offset, byteCount) = (0, 0, 0)
        // A burst of large objects must not keep its memory for ever.
        while blocks.count > ExtraArena.blocksKept { blocks.removeLast().start.deallocate() }
        blocks.removeAll { block in
            guard block.size > ExtraArena.blockBytes else { return false }
            block.start.deallocate()
            return true
        }
    }

    /// The object at an address that `commit` gave; empty for 0.
    static func object(_ address: UInt) -> UnsafeBufferPointer<UInt8> {
        guard let start = UnsafePointer<UInt32>(bitPattern: address) else {
            return UnsafeBufferPointer(start: nil, count: 0)
        }
        return UnsafeBufferPointer(
            start: UnsafeRawPointer(start + 1).assumingMemoryBound(to: UInt8.self),
            count: Int(start.pointee))
    }
}
