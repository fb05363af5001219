import Glibc
import TCWire
import Testing

/// From the folder of the package, where `swift test` runs tests.
private let folder = "../shared/vectors/wycheproof"

/// Lets a suite run only where the vectors are.
let wycheproofIsHere = access(folder, R_OK) == 0

/// One case of a file: what is given, and what must come out.
struct WycheproofCase {
    enum Expected: String { case valid, invalid, acceptable }

    let group: JSONObject
    let test: JSONObject
    let expected: Expected

    /// For messages: `#12 modified tag`.
    var name: String { "#\(test["tcId"]?.number?.text ?? "?") \(test["comment"]?.string ?? "")" }

    /// The bytes of a field written in hexadecimal digits.
    func bytes(_ field: String) throws -> [UInt8] { try hex(#require(test[field]?.string)) }
}

/// Runs `holds` over each case of a file and prints how many of each kind gave the stated result.
///
/// - Parameters:
///   - holds: whether the implementation finds the case valid; what it throws fails the test.
///   - count: how many cases the file has, so that none is lost.
func checkWycheproof(
    _ file: String, count: Int, _ holds: (WycheproofCase) throws -> Bool
) throws {
    let text = try contents(of: "\(folder)/\(file).json")
    let groups = try #require(JSONReader.parse(text).object?["testGroups"]?.array)
    var counts: [WycheproofCase.Expected: Int] = [:]
    for group in groups.compactMap(\.object) {
        for test in group["tests"]?.array ?? [] {
            let test = try #require(test.object)
            let expected = try #require(
                (test["result"]?.string).flatMap(WycheproofCase.Expected.init))
            let vector = WycheproofCase(group: group, test: test, expected: expected)
            let found = try holds(vector)
            counts[expected, default: 0] += 1
            // Either answer is right for an acceptable case; that one came is enough.
            if expected != .acceptable {
                #expect(found == (expected == .valid), "\(file) \(vector.name)")
            }
        }
    }
    #expect(counts.values.reduce(0, +) == count, "\(file) has another number of cases")
    let summary = counts.map { "\($0.value) \($0.key)" }.sorted().joined(separator: ", ")
    print("wycheproof \(file): \(summary)")
}

/// The bytes that hexadecimal digits stand for.
func hex(_ text: String) -> [UInt8] {
    let digits = text.utf8.map { UInt8($0 < 58 ? $0 - 48 : ($0 | 0x20) - 87) }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

/// Lower-case hexadecimal digits.
func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

private func contents(of path: String) throws -> [UInt8] {
    let file = try #require(fopen(path, "r"), "cannot open \(path)")
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = fread(&chunk, 1, chunk.count, file)
        if count == 0 { return bytes }
        bytes += chunk[..<count]
    }
}
