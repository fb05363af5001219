import Glibc

/// Addresses of IPv4 and IPv6 as text.
enum IPAddress {
    /// 4 or 16 bytes; nil for anything else. An IPv4 address in IPv6 clothes (`::ffff:10.0.0.1`), as a
    /// socket that listens for both shows it, is the IPv4 address.
    static func bytes(_ text: Substring) -> [UInt8]? {
        guard text.utf8.count <= 45 else { return nil }
        let text = String(text)
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            return withUnsafeBytes(of: &four) { Array($0) }
        }
        var sixteen = in6_addr()
        guard inet_pton(AF_INET6, text, &sixteen) == 1 else { return nil }
        let bytes = withUnsafeBytes(of: &sixteen) { Array($0) }
        let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
        return isMapped ? Array(bytes[12...]) : bytes
    }
}
