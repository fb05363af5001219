import HTTPTypes

/// What names a request in the log, in its answer and to other servers, and who sent it.
struct RequestIdentity: Sendable {
    let requestID: String
    let trace: TraceContext
    let clientAddress: String
    let isSecure: Bool

    init(
        _ fields: HTTPFields, peer: Peer, trustedProxies: [AddressRange],
        identifiers: IdentifierSource
    ) {
        requestID =
            fields[.requestID].flatMap { RequestIdentity.isSane($0) ? $0 : nil }
            ?? hexadecimal(identifiers.next())
        trace = TraceContext(
            parents: fields[values: .traceparent], states: fields[values: .tracestate],
            identifiers: identifiers)
        if ClientAddress.isTrusted(peer.address, trustedProxies) {
            clientAddress = ClientAddress.resolve(
                peer: peer.address, forwarded: fields[values: .forwardedFor],
                trusted: trustedProxies)
            isSecure = peer.isSecure || fields[.forwardedProto] == "https"
        } else {
            clientAddress = peer.address
            isSecure = peer.isSecure
        }
    }

    /// For bytes that are no request.
    init(peer: Peer, identifiers: IdentifierSource) {
        self.init(HTTPFields(), peer: peer, trustedProxies: [], identifiers: identifiers)
    }

    /// Whether an id from outside may stand in the log and in headers: 1 to 128 letters, digits and
    /// a few marks.
    private static func isSane(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                    UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "/"), UInt8(ascii: "+"),
                    UInt8(ascii: "="):
                    true
                default: false
                }
            }
    }
}
