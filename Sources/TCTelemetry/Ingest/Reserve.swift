import Glibc

// Memory for a batch is address space first: mapped once at the largest size and touched only where
// rows are, so that a column that never occurs costs nothing.

/// Maps `count` zeroed elements; pages take memory when they are first written.
func reserve<T: BitwiseCopyable>(_ type: T.Type, count: Int) -> UnsafeMutablePointer<T> {
    let bytes = max(1, count * MemoryLayout<T>.stride)
    let address = mmap(
        nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    precondition(address != MAP_FAILED, "the system refused \(bytes) bytes of address space")
    return address!.bindMemory(to: type, capacity: count)
}

/// Unmaps what `reserve` gave.
func release<T: BitwiseCopyable>(_ pointer: UnsafeMutablePointer<T>, count: Int) {
    munmap(pointer, max(1, count * MemoryLayout<T>.stride))
}

/// Gives the pages back; the elements read as zeros again.
func discard<T: BitwiseCopyable>(_ pointer: UnsafeMutablePointer<T>, count: Int) {
    madvise(pointer, max(1, count * MemoryLayout<T>.stride), MADV_DONTNEED)
}
