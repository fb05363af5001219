import TCCore
import Testing

struct WebAddressTests {
    @Test(arguments: [
        ("https://id.example.com", "id.example.com"),
        ("HTTPS://ID.example.com:8443/a?b=c", "id.example.com"),
        ("https://[2001:db8::1]/", "[2001:db8::1]"),
        ("https://a?b", "a"),
    ])
    func `encrypted addresses pass and tell their host`(text: String, host: String) throws {
        let address = try WebAddress(text, allowsLoopbackHTTP: false)
        #expect(address.host == host)
        #expect(address.text == text)
    }

    @Test(arguments: [
        "http://127.0.0.1:8080/a", "http://localhost", "http://[::1]:9/", "http://LOCALHOST/",
    ])
    func `plain text is for this machine and only where it is allowed`(text: String) throws {
        _ = try WebAddress(text, allowsLoopbackHTTP: true)
        #expect(throws: TCError.self) { try WebAddress(text, allowsLoopbackHTTP: false) }
    }

    @Test(arguments: [
        "", "https://", "https:///a", "ftp://a", "//a", "a", "https://user@a", "https://u:p@a/",
        "https://a#b", "https://a b", "https://a\n", "https://ä", "https://a:0", "https://a:65536",
        "https://a:", "https://a:x", "https://[::1", "https://[::1]x", "https://a_b",
        "https://a\\@b/", "http://example.com", "http://127.0.0.1.example.com",
        "http://localhost.example",
        "http://127.0.0.1@example.com/", "http://127.1/",
        "https://a/" + String(repeating: "b", count: 2_048),
    ])
    func `everything else is refused`(text: String) {
        let error = #expect(throws: TCError.self) {
            try WebAddress(text, allowsLoopbackHTTP: true)
        }
        #expect(error?.kind == .badInput)
    }

    @Test func `paths and queries are added where they belong`() throws {
        let address = try WebAddress("https://a/b/", allowsLoopbackHTTP: false)
        #expect(try address.adding(path: "/c").text == "https://a/b/c")
        #expect(address.adding(query: "d=e") == "https://a/b/?d=e")
        let query = try WebAddress("https://a/?b", allowsLoopbackHTTP: false)
        #expect(query.adding(query: "d=e") == "https://a/?b&d=e")
    }
}
