/// A range of addresses, `10.0.0.0/8` or `fd00::/8` or one address, and whether an address is in it.
public struct AddressRange: Sendable, Equatable {
    private let network: [UInt8]
    private let bits: Int

    /// Nil for what is no address, or has a prefix that is longer than the address.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let network = IPAddress.bytes(parts[0]) else { return nil }
        self.network = network
        if parts.count == 2 {
            guard let bits = Int(parts[1]), (0...(network.count * 8)).contains(bits) else {
                return nil
            }
            self.bits = bits
        } else {
            bits = network.count * 8
        }
    }

    func contains(_ address: [UInt8]) -> Bool {
        guard address.count == network.count else { return false }
        for bit in 0..<bits where (address[bit / 8] ^ network[bit / 8]) << (bit % 8) & 0x80 != 0 {
            return false
        }
        return true
    }
}

/// Who a request comes from.
enum ClientAddress {
    /// Walks `X-Forwarded-For` from its end, where the nearest proxy has written, past every trusted
    /// proxy: the first address that is not one is the client's. What stands further to the front the
    /// client may have written itself.
    ///
    /// - Parameters:
    ///   - peer: who connected.
    ///   - forwarded: the values of all `X-Forwarded-For` fields, in order.
    static func resolve(peer: String, forwarded: [String], trusted: [AddressRange]) -> String {
        guard isTrusted(peer, trusted) else { return peer }
        let hops = forwarded.flatMap { $0.split(separator: ",") }.map(trim)
        var client = peer
        for hop in hops.reversed() {
            // A trusted proxy that writes something else than an address tells nothing.
            guard let bytes = IPAddress.bytes(hop) else { return client }
            client = String(hop)
            if !trusted.contains(where: { $0.contains(bytes) }) { break }
        }
        return client
    }

    /// Whether what `peer` says of others may be believed.
    static func isTrusted(_ peer: String, _ trusted: [AddressRange]) -> Bool {
        guard !trusted.isEmpty, let bytes = IPAddress.bytes(peer[...]) else { return false }
        return trusted.contains { $0.contains(bytes) }
    }

    private static func trim(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return text
    }
}
