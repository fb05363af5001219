import CZstd
import Testing

@testable import TCParquet

@Suite struct EncodingTests {
    @Test func `the checksum is that of gzip, folded or not`() {
        #expect(Array("123456789".utf8).withUnsafeBytes { CRC32.checksum($0) } == 0xCBF4_3926)
        var random = SeededRandom(seed: 1)
        let bytes = (0..<5000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        bytes.withUnsafeBufferPointer { bytes in
            for length in Array(0..<300) + [4095, 4096, 5000] {
                let plain = ~CRC32.portable(.max, bytes.baseAddress!, length)
                #expect(CRC32.checksum(bytes.baseAddress!, length) == plain)
                let half = length / 2
                let first = CRC32.checksum(bytes.baseAddress!, half)
                let rest = UnsafeRawBufferPointer(
                    rebasing: UnsafeRawBufferPointer(bytes)[half..<length])
                #expect(CRC32.checksum(rest, after: first) == plain)
            }
        }
    }

    @Test(arguments: 0...64)
    func `packed bits come back at every width`(width: Int) {
        var random = SeededRandom(seed: UInt64(width))
        let mask: UInt64 = width == 64 ? .max : (1 << UInt64(width)) - 1
        let values = (0..<96).map { _ in random.next() & mask }
        let packed = Scratch<UInt8>(96 * 8)
        #expect(packBits(values, 96, width: width, into: packed.base) == 96 * width / 8)
        let unpacked = Scratch<UInt64>(96)
        if width > 0 {
            unpackBits(packed.base, count: 96, width: width, into: unpacked.base)
            #expect(Array(UnsafeBufferPointer(start: unpacked.base, count: 96)) == values)
        }
        guard (1...32).contains(width) else { return }
        let codes = Scratch<UInt32>(96)
        for from in [0, 1, 5, 64, 95] {
            unpackCodes(packed.base, from: from, count: 96 - from, width: width, into: codes.base)
            #expect((0..<96 - from).allSatisfy { UInt64(codes.base[$0]) == values[from + $0] })
        }
    }

    @Test(arguments: DeltaEncoder.Strategy.allCases)
    func `deltas come back, however far they jump`(strategy: DeltaEncoder.Strategy) {
        var random = SeededRandom(seed: 3)
        for count in [0, 1, 2, 31, 32, 33, 128, 129, 130, 257, 1000] {
            for kind in 0..<5 {
                var value: Int64 = 1_767_323_045_000
                let values = (0..<count).map { row -> Int64 in
                    switch kind {
                    case 0: value += 1000
                    case 1: value += row % 100 == 99 ? -99_000 : Int64(random.next() % 2000)
                    case 2: value = Int64(bitPattern: random.next())
                    case 3: value = row % 2 == 0 ? .min : .max
                    default: value -= Int64(random.next() % 50)
                    }
                    return value
                }
                let bytes = Scratch<UInt8>(DeltaEncoder.bound(count))
                let length = DeltaEncoder.encode(
                    values, count, strategy: strategy, into: bytes.base)
                #expect(length <= DeltaEncoder.bound(count))
                let decoded = Scratch<Int64>(count + 1)
                let consumed = DeltaDecoder.decode(
                    bytes.base, length, count: count, into: decoded.base)
                #expect(consumed == length)
                #expect(Array(UnsafeBufferPointer(start: decoded.base, count: count)) == values)
            }
        }
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func `levels come back from any mixture of runs`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var isPresent: [Bool] = []
        while isPresent.count < 2000 {
            let length = [1, 2, 7, 8, 9, 39, 40, 41, 63, 64, 65, 200].randomElement(using: &random)!
            let isRun = Bool.random(using: &random)
            let value = Bool.random(using: &random)
            for _ in 0..<length { isPresent.append(isRun ? value : Bool.random(using: &random)) }
        }
        let rows = Int.random(in: 1...isPresent.count, using: &random)
        var words = [UInt64](repeating: 0, count: rows / 64 + 1)
        for row in 0..<rows where isPresent[row] { words[row / 64] |= 1 << UInt64(row % 64) }
        let bytes = Scratch<UInt8>(levelBound(rows))
        let length = encodeLevels(words, rows, into: bytes.base)
        #expect(length <= levelBound(rows))
        let presence = Presence()
        #expect(presence.decode(bytes.base, length, rows: rows) == length)
        #expect((0..<rows).allSatisfy { presence.isPresent($0) == isPresent[$0] })
        var before = 0
        for row in 0..<rows {
            if presence.rank(row) != before { Issue.record("rank of \(row), seed \(seed)") }
            before += isPresent[row] ? 1 : 0
        }
        #expect(presence.presentCount == before)
        #expect(presence.rank(rows) == before)
    }

    @Test(arguments: 0..<30 as Range<UInt64>)
    func `codes in runs come back at any place`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let width = [8, 16, 24, 32].randomElement(using: &random)!
        var codes: [UInt32] = []
        while codes.count < 1500 {
            let length = [1, 3, 7, 8, 15, 16, 17, 100].randomElement(using: &random)!
            let code = UInt32(random.next() & ((1 << UInt64(width)) - 1))
            codes += [UInt32](repeating: code, count: length)
        }
        let source = Scratch<UInt32>(codes.count + 8)
        source.base.update(from: codes, count: codes.count)
        let bytes = Scratch<UInt8>(runBound(codes.count))
        let length = encodeRuns(source.base, codes.count, width: width, into: bytes.base)
        #expect(length <= runBound(codes.count))
        var decoder = HybridDecoder(bytes.base + 1, length - 1, width: width, count: codes.count)
        let unpacked = Scratch<UInt32>(codes.count)
        for _ in 0..<300 {
            let place = Int.random(in: 0..<codes.count, using: &random)
            let wanted = Int.random(in: 1...codes.count - place, using: &random)
            switch decoder.piece(from: place, wanted: wanted) {
            case nil: Issue.record("no piece at \(place)")
            case .repeated(let code, let count):
                #expect(count >= 1 && count <= wanted)
                #expect(codes[place..<place + count].allSatisfy { $0 == code })
            case .packed(let run, let from, let count):
                #expect(count >= 1 && count <= wanted)
                decoder.unpack(run, from: from, count: count, into: unpacked.base)
                #expect((0..<count).allSatisfy { unpacked.base[$0] == codes[place + $0] })
            }
        }
    }

    @Test func `streams split and join at every length and place`() {
        var random = SeededRandom(seed: 5)
        for count in [0, 1, 15, 16, 17, 33, 100] {
            let values = (0..<count).map { _ in random.next() }
            let split = Scratch<UInt8>(count * 8)
            tc_split_streams(values, count, split.base)
            for (index, value) in values.enumerated() {
                for byte in 0..<8 {
                    let expected = UInt8(truncatingIfNeeded: value >> UInt64(8 * byte))
                    if split.base[byte * count + index] != expected { Issue.record("split") }
                }
            }
            let joined = Scratch<UInt64>(count)
            for from in 0...count {
                tc_join_streams(split.base, count, from, count - from, joined.base)
                let part = Array(UnsafeBufferPointer(start: joined.base, count: count - from))
                #expect(part == Array(values[from...]))
            }
        }
    }

    @Test func `a dictionary numbers values by their bits and gives up beyond its limit`() {
        let dictionary = DoubleDictionary()
        dictionary.removeAll()
        let values = [0.0, -0.0, 1.5, 0.0, 1.5, 1.5, -0.0].map(\.bitPattern)
        var codes = [UInt16](repeating: 9, count: 7)
        #expect(dictionary.add(values, 7, codes: &codes))
        #expect(codes == [0, 1, 2, 0, 2, 2, 1])
        let many = (0..<DoubleDictionary.limit).map { Double($0 + 2).bitPattern }
        var more = [UInt16](repeating: 0, count: many.count)
        #expect(!dictionary.add(many, many.count, codes: &more))
        dictionary.removeAll()
        #expect(dictionary.add(many, many.count, codes: &more))
        #expect(dictionary.count == DoubleDictionary.limit)
        #expect(more.enumerated().allSatisfy { $0.offset == Int($0.element) })
    }

    /// Random bytes, and random changes to good ones, which the CRCs keep from the decoders in
    /// whole files.
    @Test(arguments: 0..<60 as Range<UInt64>)
    func `decoders refuse hostile bytes without reading beyond them`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<50 {
            let length = Int.random(in: 0...80, using: &random)
            let bytes = Scratch<UInt8>(length)
            let isSmall = Bool.random(using: &random)
            for index in 0..<length {
                let byte = UInt8(truncatingIfNeeded: random.next())
                bytes.base[index] = isSmall ? byte % 9 : byte
            }
            let count = Int.random(in: 0...300, using: &random)
            let times = Scratch<Int64>(count + 2)
            if let used = DeltaDecoder.decode(bytes.base, length, count: count, into: times.base) {
                #expect(used <= length)
            }
            if let used = Presence().decode(bytes.base, length, rows: count) {
                #expect(used <= length)
            }
            var texts = TextList()
            _ = texts.parsePlain(bytes.base, length, count: count, isExact: isSmall)
            _ = texts.parseDeltaLength(bytes.base, length, count: count, scratch: times.base)
            let width = Int.random(in: 0...32, using: &random)
            var decoder = HybridDecoder(bytes.base, length, width: width, count: count)
            let codes = Scratch<UInt32>(count)
            var place = 0
            while place < count,
                let piece = decoder.piece(from: place, wanted: count - place)
            {
                switch piece {
                case .repeated(_, let taken): place += taken
                case .packed(let run, let from, let taken):
                    decoder.unpack(run, from: from, count: taken, into: codes.base)
                    place += taken
                }
            }
            let target = Scratch<UInt8>(count)
            _ = Snappy.decompress(bytes.base, length, into: target.base, length: count)
            var thrift = ThriftReader(bytes.base, length)
            _ = try? PageHeader.read(&thrift)
            _ = try? Footer(bytes.base, length, dataEnd: 1000)
        }
    }
}
