import TCCore
import Testing

@testable import TCServe

/// The cases of the W3C's own test suite for Trace Context, level 1, as far as they concern one server.
struct TraceContextTests {
    private static let parent = "00-12345678901234567890123456789012-1234567890123456-01"
    private let identifiers = IdentifierSource(seams: .running)

    private func context(_ parents: [String], _ states: [String] = []) -> TraceContext {
        TraceContext(parents: parents, states: states, identifiers: identifiers)
    }

    @Test func `a valid parent is gone on with, under a span of our own`() {
        let ours = context([Self.parent])
        #expect(ours.traceIDText == "12345678901234567890123456789012")
        #expect(ours.traceparent.hasPrefix("00-12345678901234567890123456789012-"))
        #expect(ours.traceparent.hasSuffix("-01"))
        #expect(ours.spanID != 0x1234_5678_9012_3456)
        #expect(ours.traceparent != context([Self.parent]).traceparent)
    }

    @Test(arguments: [
        ("00", false), ("01", true), ("02", false), ("03", true), ("ff", true), ("fe", false),
    ])
    func `of the flags only the sampled one is kept`(flags: String, isSampled: Bool) {
        let parent = "00-12345678901234567890123456789012-1234567890123456-\(flags)"
        #expect(context([parent]).isSampled == isSampled)
        #expect(context([parent]).traceparent.hasSuffix(isSampled ? "-01" : "-00"))
    }

    @Test(arguments: [
        // Versions above 00 may say more behind a dash.
        "cc-12345678901234567890123456789012-1234567890123456-01",
        "cc-12345678901234567890123456789012-1234567890123456-01-what-the-future-will-be-like",
    ])
    func `a later version is read as far as it is known`(parent: String) {
        #expect(context([parent]).traceIDText == "12345678901234567890123456789012")
        #expect(context([parent]).traceparent.hasPrefix("00-"))
    }

    @Test(arguments: [
        "", "00", "foo",
        "00-12345678901234567890123456789012-1234567890123456-01-",
        "00-12345678901234567890123456789012-1234567890123456-01-what",
        "ff-12345678901234567890123456789012-1234567890123456-01",
        "cc-12345678901234567890123456789012-1234567890123456-01.what",
        "0-12345678901234567890123456789012-1234567890123456-01",
        "000-12345678901234567890123456789012-1234567890123456-01",
        ".0-12345678901234567890123456789012-1234567890123456-01",
        "00-00000000000000000000000000000000-1234567890123456-01",
        "00-.2345678901234567890123456789012-1234567890123456-01",
        "00-1234567890123456789012345678901-1234567890123456-01",
        "00-123456789012345678901234567890123-1234567890123456-01",
        "00-ABCDEF78901234567890123456789012-1234567890123456-01",
        "00-12345678901234567890123456789012-0000000000000000-01",
        "00-12345678901234567890123456789012-.234567890123456-01",
        "00-12345678901234567890123456789012-123456789012345-01",
        "00-12345678901234567890123456789012-12345678901234567-01",
        "00-12345678901234567890123456789012-1234567890123456-0",
        "00-12345678901234567890123456789012-1234567890123456-.0",
        "00-12345678901234567890123456789012-1234567890123456-001",
        "00_12345678901234567890123456789012-1234567890123456-01",
    ])
    func `an invalid parent is replaced and its state dropped`(parent: String) {
        let ours = context([parent], ["foo=1"])
        #expect(!parent.contains(ours.traceIDText))
        #expect(ours.traceIDText.count == 32)
        #expect(ours.traceID.high | ours.traceID.low != 0)
        #expect(ours.state == nil)
    }

    @Test func `two parents are none`() {
        let ours = context([Self.parent, Self.parent], ["foo=1"])
        #expect(ours.traceIDText != "12345678901234567890123456789012")
        #expect(ours.state == nil)
    }

    @Test(arguments: [
        (["foo=1"], "foo=1"),
        (["foo=1,bar=2"], "foo=1,bar=2"),
        (["foo=1", "bar=2"], "foo=1,bar=2"),
        (["foo=1,", ",bar=2", ""], "foo=1,bar=2"),
        (["foo=1 \t , \t bar=2 \t "], "foo=1,bar=2"),
        (["foo=1,foo=1"], "foo=1,foo=1"),
        (["foo@vendor=1", "t-_*/9@v=a b"], "foo@vendor=1,t-_*/9@v=a b"),
        (["\(String(repeating: "z", count: 256))=1"], "\(String(repeating: "z", count: 256))=1"),
    ])
    func `a valid state is handed on, joined`(states: [String], joined: String) {
        #expect(context([Self.parent], states).state == joined)
    }

    @Test(arguments: [
        "foo", "foo=", "=1", "foo =1", "FOO=1", "foo.bar=1", "foo@=1", "@foo=1", "foo@@bar=1",
        "foo@bar@baz=1", "foo@1v=1", "foo=bar=baz", "foo=\u{7F}",
        String(repeating: "z", count: 257) + "=1",
        String(repeating: "t", count: 242) + "@v=1",
        "t@" + String(repeating: "v", count: 15) + "=1",
        "foo=" + String(repeating: "v", count: 257),
        (1...33).map { "bar\($0)=\($0)" }.joined(separator: ","),
    ])
    func `a malformed state is dropped, the trace goes on`(state: String) {
        let ours = context([Self.parent], [state])
        #expect(ours.state == nil)
        #expect(ours.traceIDText == "12345678901234567890123456789012")
    }

    @Test func `as many members as the standard allows are kept`() {
        let state = (1...32).map { "bar\($0)=\($0)" }.joined(separator: ",")
        #expect(context([Self.parent], [state]).state == state)
    }

    @Test func `identifiers do not repeat`() {
        let many = (0..<10_000).map { _ in identifiers.next() }
        #expect(Set(many).count == many.count)
        #expect(!many.contains(0))
    }
}
