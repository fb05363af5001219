/// A request's place in a trace (W3C Trace Context, level 1).
public struct TraceContext: Equatable, Sendable {
    /// 128 bits, never all zero: the same for every call that one request causes.
    public let traceID: (high: UInt64, low: UInt64)
    /// This server's own part of the trace, never zero.
    public let spanID: UInt64
    /// Whether whoever began the trace wants it recorded.
    public let isSampled: Bool
    /// What others noted along the way, valid and joined; nil where there is nothing.
    public let state: String?

    /// - Parameters: as they come; what must not be zero is not looked at.
    public init(
        traceID: (high: UInt64, low: UInt64), spanID: UInt64, isSampled: Bool, state: String? = nil
    ) {
        self.traceID = traceID
        self.spanID = spanID
        self.isSampled = isSampled
        self.state = state
    }

    /// Goes on with the caller's trace, or begins one where the caller gives none that is valid. The
    /// span is new in both cases.
    ///
    /// - Parameters:
    ///   - parents: the values of all `traceparent` fields; more than one is none.
    ///   - states: the values of all `tracestate` fields, in order.
    init(parents: [String], states: [String], identifiers: IdentifierSource) {
        let spanID = identifiers.next()
        guard parents.count == 1, let parent = Parent(parents[0]) else {
            // What we begin is recorded at least in our own log.
            self.init(
                traceID: (identifiers.next(), identifiers.next()), spanID: spanID, isSampled: true)
            return
        }
        self.init(
            traceID: parent.traceID, spanID: spanID, isSampled: parent.isSampled,
            state: TraceState.joined(states))
    }

    /// The value of `traceparent` for calls to others.
    public var traceparent: String {
        "00-\(traceIDText)-\(hexadecimal(spanID))-\(isSampled ? "01" : "00")"
    }

    /// The id of the trace as logs show it: 32 hexadecimal digits.
    public var traceIDText: String { hexadecimal(traceID.high) + hexadecimal(traceID.low) }

    public static func == (a: TraceContext, b: TraceContext) -> Bool {
        a.traceID == b.traceID && a.spanID == b.spanID && a.isSampled == b.isSampled
            && a.state == b.state
    }
}

extension TraceContext {
    /// A valid `traceparent`, without its span.
    private struct Parent {
        let traceID: (high: UInt64, low: UInt64)
        let isSampled: Bool

        /// Nil for what section 3.2 calls invalid. Of a version above 00 the fields of version 00 are
        /// read and what follows them is passed over, as section 4.2 asks for.
        init?(_ text: String) {
            let bytes = Array(text.utf8)
            let dash = UInt8(ascii: "-")
            guard bytes.count >= 55, bytes[2] == dash, bytes[35] == dash, bytes[52] == dash,
                let version = number(bytes[0..<2]), version != 0xFF,
                bytes.count == 55 || version > 0 && bytes[55] == dash,
                let high = number(bytes[3..<19]), let low = number(bytes[19..<35]),
                high | low != 0, let span = number(bytes[36..<52]), span != 0,
                let flags = number(bytes[53..<55])
            else { return nil }
            traceID = (high, low)
            isSampled = flags & 1 == 1
        }
    }
}

/// Lower-case hexadecimal digits alone, at most 16 of them; nil for anything else.
private func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
    var value: UInt64 = 0
    for digit in digits {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt64(digit - 48)
        case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt64(digit - 87)
        default: return nil
        }
    }
    return value
}

/// 16 hexadecimal digits.
func hexadecimal(_ value: UInt64) -> String {
    String(unsafeUninitializedCapacity: 16) { out in
        for index in 0..<16 {
            let digit = UInt8(truncatingIfNeeded: value >> (60 - 4 * index)) & 15
            out[index] = digit + (digit < 10 ? 48 : 87)
        }
        return 16
    }
}
