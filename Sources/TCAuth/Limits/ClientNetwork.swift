import Glibc

/// What limits count an address by.
enum ClientNetwork {
    /// One customer's network: an IPv4 address, alone or in IPv6 clothes, as it is; the first 64 bits
    /// of an IPv6 address, since whoever has one has all 2⁶⁴ behind them. Any other text as it is, up
    /// to 64 bytes.
    static func name(of address: String) -> String {
        var four = in_addr()
        if inet_pton(AF_INET, address, &four) == 1 { return address }
        var sixteen = in6_addr()
        guard inet_pton(AF_INET6, address, &sixteen) == 1 else {
            return String(decoding: address.utf8.prefix(64), as: UTF8.self)
        }
        let bytes = withUnsafeBytes(of: &sixteen) { Array($0) }
        if bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10...11].allSatisfy({ $0 == 0xFF }) {
            return bytes[12...].map { String($0) }.joined(separator: ".")
        }
        let groups = stride(from: 0, to: 8, by: 2).map {
            String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
        }
        return groups.joined(separator: ":") + "::/64"
    }
}
