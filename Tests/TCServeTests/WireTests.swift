import TCCore
import Testing

@testable import TCServe

struct WireTests {
    @Test(
        arguments: [
            (784_111_777_000, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (1_709_251_199_999, "Thu, 29 Feb 2024 23:59:59 GMT"),
        ] as [(Int64, String)])
    func `dates are written as HTTP wants them`(milliseconds: Int64, text: String) {
        let date = DateText()
        #expect(date.text(at: Instant(milliseconds: milliseconds)) == text)
        #expect(date.text(at: Instant(milliseconds: milliseconds + 1000)) != text)
    }

    @Test(
        arguments: [
            ("127.0.0.1:8080", .tcp(host: "127.0.0.1", port: 8080)),
            ("localhost:0", .tcp(host: "localhost", port: 0)),
            ("[::1]:443", .tcp(host: "::1", port: 443)),
            ("unix:/run/tc.sock", .unix(path: "/run/tc.sock")),
        ] as [(String, ListenAddress)])
    func `addresses to listen on are read and written`(text: String, address: ListenAddress) throws
    {
        #expect(try ListenAddress(text) == address)
        #expect(address.description == text)
    }

    @Test(arguments: [
        "", "8080", ":8080", "host:", "host:65536", "host:-1", "::1:80", "unix:",
        "unix:/" + String(repeating: "x", count: 107),
    ])
    func `what is no address to listen on is refused`(text: String) {
        #expect { try ListenAddress(text) } throws: { ($0 as? TCError)?.kind == .usage }
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false),
        ("192.168.1.7", "192.168.1.7", true), ("192.168.1.7", "192.168.1.6", false),
        ("192.168.1.128/25", "192.168.1.127", false), ("192.168.1.128/25", "192.168.1.200", true),
        ("0.0.0.0/0", "8.8.8.8", true), ("0.0.0.0/0", "::1", false),
        ("fd00::/8", "fd12::1", true), ("fd00::/8", "fe12::1", false),
        ("127.0.0.1", "::ffff:127.0.0.1", true),
    ])
    func `a range holds the addresses that it names`(
        range: String, address: String, holds: Bool
    )
        throws
    {
        let range = try #require(AddressRange(range))
        #expect(range.contains(try #require(IPAddress.bytes(address[...]))) == holds)
    }

    @Test(arguments: ["", "10.0.0.0/33", "10.0.0/8", "::/129", "host", "10.0.0.0/", "10.0.0.0/-1"])
    func `what is no range is refused`(text: String) { #expect(AddressRange(text) == nil) }

    @Test(arguments: [
        // Nobody is believed unless it is trusted.
        ("9.9.9.9", ["1.1.1.1"], "9.9.9.9"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", ["1.1.1.1"], "1.1.1.1"),
        // The client wrote the first; our own proxies wrote the others.
        ("10.0.0.1", ["6.6.6.6, 1.1.1.1, 10.0.0.2"], "1.1.1.1"),
        ("10.0.0.1", ["6.6.6.6", "1.1.1.1", "10.0.0.2"], "1.1.1.1"),
        ("10.0.0.1", ["10.0.0.3,10.0.0.2"], "10.0.0.3"),
        ("10.0.0.1", ["1.1.1.1, unknown"], "10.0.0.1"),
        ("10.0.0.1", ["1.1.1.1, unknown, 10.0.0.2"], "10.0.0.2"),
        ("unix", ["1.1.1.1"], "unix"),
    ])
    func `the client is whom the last untrusted hop says`(
        peer: String, forwarded: [String], client: String
    ) throws {
        let trusted = [try #require(AddressRange("10.0.0.0/8"))]
        #expect(
            ClientAddress.resolve(peer: peer, forwarded: forwarded, trusted: trusted) == client)
    }

    @Test func `cookies are set with everything that protects them`() {
        let cookie = Cookie(
            "tc_refresh", "abc", path: "/v1/auth/refresh", maxAge: .seconds(604_800))
        #expect(
            cookie.text == "tc_refresh=abc; Path=/v1/auth/refresh; Max-Age=604800; HttpOnly; "
                + "Secure; SameSite=Strict")
        #expect(
            Cookie.dropping("a", path: "/", isSecure: false).text
                == "a=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict")
    }

    @Test(arguments: [
        ("a=1", "1"), ("b=2; a=1", "1"), ("a=1; a=2", "1"), ("ba=2;a=x=y", "x=y"), ("b=1", nil),
        ("a", nil), ("", nil), ("A=1", nil), ("a=", ""),
    ])
    func `cookies are read by name`(line: String, value: String?) {
        #expect(Cookies.value(of: "a", in: line) == value)
    }
}
