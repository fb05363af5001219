import COpenSSL

/// Base64 without padding, as password hashes in PHC form have it. JSON Web Tokens use another alphabet.
enum Base64 {
    static func encode(_ bytes: [UInt8]) -> String {
        var text = [UInt8](repeating: 0, count: (bytes.count + 2) / 3 * 4 + 1)
        let length = Int(EVP_EncodeBlock(&text, bytes, Int32(bytes.count)))
        return String(
            decoding: text[..<length].filter { $0 != UInt8(ascii: "=") }, as: UTF8.self)
    }

    /// Nil for anything that `encode` does not give, and for more than 96 bytes.
    static func decode(_ text: Substring) -> [UInt8]? {
        guard text.utf8.count <= 128 else { return nil }
        let padded = Array(text.utf8) + [UInt8](repeating: 61, count: (4 - text.utf8.count % 4) % 4)
        var bytes = [UInt8](repeating: 0, count: padded.count / 4 * 3)
        let length = Int(EVP_DecodeBlock(&bytes, padded, Int32(padded.count)))
        // OpenSSL counts what padding stands for, and takes blanks at the ends.
        guard length == bytes.count else { return nil }
        let decoded = Array(bytes.dropLast(padded.count - text.utf8.count))
        return encode(decoded) == text ? decoded : nil
    }
}
