import Testing

@testable import TCCore

@Suite struct IdentifierTests {
    private func seams(at milliseconds: Int64, random: UInt64) -> Seams {
        Seams(now: { Instant(milliseconds: milliseconds) }, uptime: { 0 }, random: { random })
    }

    @Test func `an id is the time, the version and randomness`() {
        // The example of RFC 9562, appendix A.6.
        let time: Int64 = 0x017F_22E2_79B0
        #expect(
            Identifier.make("usr", seams(at: time, random: 0xFFFF_FFFF_FFFF_FCC3))
                == "usr_017f22e279b07cc3bfffffffffffff30")
        #expect(
            Identifier.make("x", seams(at: 0, random: 0)) == "x_00000000000070008000000000000000")
    }

    @Test func `ids sort by the time of making`() {
        let texts = [0, 1, 255, 256, 1_800_000_000_000].map {
            Identifier.make("ses", seams(at: $0, random: .max))
        }
        #expect(texts == texts.sorted())
    }

    @Test func `an id is known by its prefix and its form`() {
        let id = Identifier.make("usr", seams(at: 1_800_000_000_000, random: 12_345))
        #expect(Identifier.isValid(id, prefix: "usr"))
        for wrong in [
            "", "usr", "usr_", id.uppercased(), id + "0", String(id.dropLast()), " " + id,
            id.replacing("_", with: "-"), String(id.dropLast()) + "g", String(id.dropLast()) + "ä",
        ] {
            #expect(!Identifier.isValid(wrong, prefix: "usr"), "\(wrong)")
        }
        #expect(!Identifier.isValid(id, prefix: "ses"))
        var version4 = Array(id)
        version4[16] = "4"
        #expect(!Identifier.isValid(String(version4), prefix: "usr"))
    }

    @Test func `random bytes are as many as asked for, eight a word`() {
        let seams = seams(at: 0, random: 0x0807_0605_0403_0201)
        #expect(seams.bytes(0) == [])
        #expect(seams.bytes(3) == [1, 2, 3])
        #expect(seams.bytes(10) == [1, 2, 3, 4, 5, 6, 7, 8, 1, 2])
    }
}
