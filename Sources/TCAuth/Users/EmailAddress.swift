import TCCore

/// E-mail addresses as accounts are found by.
public enum EmailAddress {
    /// The longest address that mail can be sent to (RFC 5321, section 4.5.3.1.3).
    public static let mostBytes = 254

    /// The address in small letters, without blanks around it. The part before the `@` could be told
    /// apart by its capitals, but no provider does, and two accounts that differ so would be a trap.
    ///
    /// Besides, only what makes an address impossible is refused, since no pattern tells whether mail
    /// arrives; and letters outside ASCII, since some of them become others as small letters and many
    /// look like others, so that one could pass for somebody else's address.
    ///
    /// Throws `.badInput` where it cannot be an address.
    public static func normalized(_ text: String) throws(TCError) -> String {
        var bytes = text.utf8[...]
        while bytes.first == UInt8(ascii: " ") { bytes.removeFirst() }
        while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
        let parts = bytes.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        let isPlausible =
            parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && bytes.count <= mostBytes
            && bytes.allSatisfy { (0x21...0x7E).contains($0) }
            && parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
                .allSatisfy { !$0.isEmpty }
        guard isPlausible else {
            throw TCError(
                .badInput,
                "an e-mail address must look like name@example.com, in at most \(mostBytes) bytes of"
                    + " ASCII, got '\(String(decoding: text.utf8.prefix(80), as: UTF8.self))'")
        }
        return String(decoding: bytes, as: UTF8.self).lowercased()
    }
}
