import Glibc
import Synchronization
import TCCore
import Testing

@testable import TCTelemetry

@Suite("dirt among a simulated fleet's lines") struct LineDirtTests {
    /// What an ingest says of lines that it would store nowhere.
    final class Verdicts: IngestObserver {
        let wantsDetails = true
        let rejections = Mutex<[(line: Int, reason: RejectionReason)]>([])
        func rejected(_ rejection: IngestRejection) {
            rejections.withLock { $0.append((rejection.line, rejection.reason)) }
        }
        func durable(_ progress: IngestProgress) {}
        func read(lines: Int, bytes: Int) {}
    }

    static func ingest(
        _ bytes: [UInt8]
    ) throws -> (counts: IngestCounts, rejections: [(line: Int, reason: RejectionReason)]) {
        var name = Array("/tmp/tc-lines-XXXXXX".utf8CString)
        let descriptor = mkstemp(&name)
        unlink(name)
        try #require(descriptor >= 0)
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            try #require(count > 0)
            rest = rest.dropFirst(count)
        }
        lseek(descriptor, 0, SEEK_SET)
        let verdicts = Verdicts()
        let ingest = TelemetryIngest(
            options: IngestOptions(), uptime: { 0 }, publish: { _ in 0 })
        let input = IngestInput(name: "lines", open: { descriptor })
        let counts = try ingest.run([input], observer: verdicts, interrupted: { false })
        return (counts, verdicts.rejections.withLock { $0 })
    }

    static func message() throws -> MessageParts {
        let plan = try FleetPlan(vehicles: 1, duration: .seconds(1))
        return try simulated(plan).bytes.withUnsafeBufferPointer { MessageParts($0, at: 0) }
    }

    /// Which reason each kind of fault is for.
    static let kinds: [(patterns: [LinePattern], reasons: Set<RejectionReason>)] = [
        (LinePattern.syntax, [.jsonSyntax, .tooDeep]),
        (LinePattern.shapes, [.wrongType]),
        (LinePattern.identities, [.missingField, .badVehicleID, .wrongType]),
        (LinePattern.times, [.missingField, .badTime, .wrongType, .outOfRange]),
        (LinePattern.types, [.wrongType, .outOfRange]),
        (LinePattern.words, [.unknownWord]),
        (LinePattern.ranges, [.outOfRange, .missingField]),
        (LinePattern.encodings, [.badUTF8]),
    ]

    @Test("is rejected where it is broken, for the reason that it was made for")
    func broken() throws {
        let message = try Self.message()
        #expect(Self.kinds.map(\.patterns.count).reduce(0, +) == LinePattern.broken.count)
        for (patterns, reasons) in Self.kinds {
            for pattern in patterns {
                let line = pattern.filled(from: message)
                let (counts, rejections) = try Self.ingest(line + [10])
                #expect(counts.read == 1 && counts.accepted == 0, "\(pattern.text)")
                #expect(rejections.allSatisfy { reasons.contains($0.reason) }, "\(pattern.text)")
            }
        }
        let (_, rejections) = try Self.ingest(message.tooLong() + [10])
        #expect(rejections.map(\.reason) == [.lineTooLong])
        for count in 1..<message.line.count {
            #expect(try Self.ingest(message.truncated(to: count)).counts.accepted == 0)
        }
    }

    @Test("covers every reason that a line can be rejected for")
    func reasons() throws {
        let message = try Self.message()
        var lines: [UInt8] = []
        for pattern in LinePattern.broken { lines += pattern.filled(from: message) + [10] }
        var reasons = Set(try Self.ingest(lines).rejections.map(\.reason))
        reasons.insert(.lineTooLong)
        #expect(reasons == Set(RejectionReason.allCases))
    }

    @Test("is accepted where it is only odd, and tells nothing new")
    func odd() throws {
        let message = try Self.message()
        for pattern in LinePattern.odd {
            let line = pattern.filled(from: message)
            let isBlank = line.allSatisfy { $0 == 13 }
            let counts = try Self.ingest(message.line + [10] + line + [10]).counts
            #expect(counts.read == (isBlank ? 1 : 2), "\(pattern.text)")
            #expect(counts.accepted == counts.read && counts.rows == 1, "\(pattern.text)")
        }
    }

    @Test("is only added: the clean lines stay, in their order")
    func added() throws {
        func lines(_ dirty: Double) throws -> (lines: [ArraySlice<UInt8>], SimulationSummary) {
            let plan = try FleetPlan(
                vehicles: 10, duration: .seconds(300), seed: 8, dirty: dirty)
            let (bytes, summary) = try simulated(plan)
            return (bytes.split(separator: 10, omittingEmptySubsequences: false), summary)
        }
        let (clean, cleanSummary) = try lines(0)
        for fraction in [0.01, 0.5, 1] {
            let (dirty, summary) = try lines(fraction)
            var at = 0
            for line in dirty where at < clean.count && line == clean[at] { at += 1 }
            #expect(at == clean.count)
            #expect(summary.messages == cleanSummary.messages)
            #expect(summary.repeated == cleanSummary.repeated)
            let added = Double(summary.odd + summary.broken) / Double(summary.messages)
            #expect(added > fraction * 0.6 && added < fraction * 1.4)
            #expect(summary.broken > summary.odd)
        }
    }

    @Test("makes an ingest reject as many lines as there are broken ones")
    func accounts() throws {
        for (seed, fraction) in [(1, 0), (2, 0.02), (3, 0.3)] as [(UInt64, Double)] {
            let plan = try FleetPlan(
                vehicles: 40, duration: .seconds(200), seed: seed, dirty: fraction)
            let (bytes, summary) = try simulated(plan)
            let counts = try Self.ingest(bytes).counts
            #expect(counts.read == summary.lines, "seed \(seed)")
            #expect(counts.rejected == summary.broken, "seed \(seed)")
            #expect(counts.rows == summary.messages, "seed \(seed)")
        }
    }
}
