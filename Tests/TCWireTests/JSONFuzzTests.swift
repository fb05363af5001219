import Glibc
import TCCore
import TCWire
import Testing

@testable import TCBench

@Suite struct JSONFuzzTests {
    /// Another seed in each run finds more over time; the one that failed is in the message.
    @Test func `mutated texts are read as the grammar says and come back as they were`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        let accepted = try fuzzJSON(inputs: 20_000, seed: seed)
        // Were nearly all texts refused, or none, the run would prove nothing.
        #expect((2_000...18_000).contains(accepted), "seed \(seed)")
    }
}

/// From the folder of the package, where `swift test` runs tests.
private let suiteFolder = "../shared/vectors/jsontestsuite"

@Suite(.enabled(if: access(suiteFolder, R_OK) == 0, "../shared/vectors is not here"))
struct JSONTestSuite {
    @Test func `every text that must be accepted or refused is`() throws {
        var counts: [Character: Int] = [:]
        let properties = JSONProperties(longest: 1 << 20)
        for (name, bytes) in try files(in: suiteFolder) where name.hasSuffix(".json") {
            counts[name.first!, default: 0] += 1
            #expect(properties.broken(by: bytes) == nil, "\(name)")
            let isAccepted = (try? JSONReader.parse(bytes)) != nil  // Which error does not matter.
            switch name.first {
            case "y": #expect(isAccepted, "\(name)")
            case "n": #expect(!isAccepted, "\(name)")
            // Either is right; that it came back is enough.
            default: break
            }
        }
        #expect(counts == ["y": 95, "n": 188, "i": 35])
    }

    @Test func `the same texts as lines give a record or a reason each`() throws {
        let texts = try files(in: suiteFolder).filter {
            $0.name.hasSuffix(".json") && !$0.bytes.contains(0x0A)
        }
        var path = Array("/tmp/suite.XXXXXX".utf8CString)
        let descriptor = mkstemp(&path)
        unlink(path)
        defer { close(descriptor) }
        var expected: [String] = []
        for (number, text) in texts.enumerated() {
            let line = text.bytes + [0x0A]
            #expect(write(descriptor, line, line.count) == line.count)
            if text.bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
            // Arrays, strings and numbers are no records.
            let isRecord = (try? JSONReader.parse(text.bytes))?.object != nil  // As above.
            expected.append("\(number + 1) \(isRecord)")
        }
        lseek(descriptor, 0, SEEK_SET)
        var seen: [String] = []
        try LineReader(descriptor: descriptor, name: "test", chunkBytes: 1000).forEachLine {
            seen.append("\($0.number) \((try? $0.record.get()) != nil)")
        }
        #expect(seen == expected)
        #expect(seen.count > 250)
    }
}
