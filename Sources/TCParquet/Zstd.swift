import CZstd
import TCCore

/// One zstd compression context. It owns the handle, and no pointer into it escapes.
final class ZstdCompressor {
    private let context: OpaquePointer

    init(level: Int32) {
        guard let context = ZSTD_createCCtx() else { preconditionFailure("zstd refused a context") }
        self.context = context
        ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
    }

    deinit { ZSTD_freeCCtx(context) }

    /// The most bytes that `count` bytes can take compressed.
    static func bound(_ count: Int) -> Int { ZSTD_compressBound(count) }

    /// Compresses into `target`, which holds `bound(count)` bytes; returns the length.
    func compress(
        _ source: UnsafePointer<UInt8>, _ count: Int, into target: UnsafeMutablePointer<UInt8>
    ) throws(TCError) -> Int {
        let length = ZSTD_compress2(context, target, ZstdCompressor.bound(count), source, count)
        guard ZSTD_isError(length) == 0 else {
            throw TCError(.bug, "zstd: \(String(cString: ZSTD_getErrorName(length)))")
        }
        return length
    }
}

/// One zstd decompression context. It owns the handle, and no pointer into it escapes.
final class ZstdDecompressor {
    private let context: OpaquePointer

    init() {
        guard let context = ZSTD_createDCtx() else { preconditionFailure("zstd refused a context") }
        self.context = context
    }

    deinit { ZSTD_freeDCtx(context) }

    /// Whether the bytes decompress to exactly `length` bytes, which `target` then holds.
    func decompress(
        _ source: UnsafePointer<UInt8>, _ count: Int, into target: UnsafeMutablePointer<UInt8>,
        length: Int
    ) -> Bool {
        ZSTD_decompressDCtx(context, target, length, source, count) == length
    }
}
