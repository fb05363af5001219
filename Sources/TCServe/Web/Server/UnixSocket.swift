import Glibc

/// Names of Unix sockets.
enum UnixSocket {
    /// Calls `body` with the address that stands for a path, or for `@NAME`, an abstract one.
    ///
    /// - Returns: nil, without a call, for what is neither or is longer than an address can hold.
    static func withAddress<Result>(
        _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var name = Array(path.utf8)
        guard let first = name.first, first == UInt8(ascii: "/") || first == UInt8(ascii: "@"),
            name.count < MemoryLayout.size(ofValue: address.sun_path)
        else { return nil }
        // An abstract name begins with a NUL, which people write as `@`.
        if first == UInt8(ascii: "@") { name[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let size = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, size) }
        }
    }

    /// Whether somebody listens at `path`. What a process that was killed has left behind does not
    /// answer.
    static func isAnswered(_ path: String) -> Bool {
        let descriptor = socket(
            AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        defer { if descriptor >= 0 { close(descriptor) } }
        return withAddress(path) { connect(descriptor, $0, $1) == 0 } ?? false
    }
}
