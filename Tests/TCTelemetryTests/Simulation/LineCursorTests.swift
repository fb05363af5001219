import Testing

@testable import TCTelemetry

@Suite("the simulator's number writer") struct LineCursorTests {
    static func written(_ body: (inout LineCursor) -> Void) -> String {
        let buffer = LineBuffer(capacity: 64)
        buffer.append(body)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    /// `value` / 10^`places`, by the slow way.
    static func plain(_ value: Int64, _ places: Int) -> String {
        var digits = String(value.magnitude)
        while digits.count <= places { digits = "0" + digits }
        return (value < 0 ? "-" : "") + digits.dropLast(places) + "." + digits.suffix(places)
    }

    @Test("writes decimals as they are written by hand")
    func decimals() {
        var values: [Int64] = [0, 1, -1, 9, 10, -10, 99, 100, 101, 999, 1000, 9999, 10_000, 99_999]
        values += [100_000, 123_456, 999_999, 1_000_000, -12_345_678, 179_999_999, -180_000_000]
        var random = SplitMix(seed: 1, stream: 1)
        for _ in 0..<2000 { values.append(random.below(400_000_000) - 200_000_000) }
        for value in values {
            #expect(Self.written { $0.tenths(value) } == Self.plain(value, 1))
            #expect(Self.written { $0.hundredths(value) } == Self.plain(value, 2))
            #expect(Self.written { $0.millionths(value) } == Self.plain(value, 6))
        }
    }

    @Test("writes times of every length")
    func times() {
        for power in 0..<13 {
            let value = (0..<power).reduce(Int64(1)) { product, _ in product * 10 }
            for near in [value - 1, value, value + 1, value * 3] {
                #expect(Self.written { $0.time(near) } == String(near))
            }
        }
        for value in [1_767_323_045_000, 4_133_980_799_999, 1_000_000_000_000] as [Int64] {
            #expect(Self.written { $0.time(value) } == String(value))
        }
    }
}
