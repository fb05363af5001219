import TCCore
import Testing

@Suite struct InstantTests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0),
            ("1969-12-31T23:59:59.999Z", -1),
            ("2000-02-29T12:00:00Z", 951_825_600_000),
            ("2021-03-29T11:13:45Z", 1_617_016_425_000),
            ("2021-03-29t11:13:45.5z", 1_617_016_425_500),
            ("2021-03-29T11:13:45.123456789Z", 1_617_016_425_123),
            ("2021-03-29T13:13:45+02:00", 1_617_016_425_000),
            ("2021-03-29T05:43:45-05:30", 1_617_016_425_000),
            ("2016-12-31T23:59:60Z", 1_483_228_800_000),
            ("2100-12-31T23:59:59.999Z", 4_133_980_799_999),
            ("0000-01-01T00:00:00Z", -62_167_219_200_000),
        ] as [(String, Int64)])
    func `reads RFC 3339`(text: String, milliseconds: Int64) {
        #expect(Instant(text) == Instant(milliseconds: milliseconds))
    }

    @Test(arguments: [
        "", "2021-13-01T00:00:00Z", "2021-90-29T11:13:45Z", "2021-02-29T00:00:00Z",
        "2021-03-29T24:00:00Z", "2021-03-29T11:60:00Z", "2021-03-29T11:13:61Z",
        "2021-03-29T11:13:45", "2021-03-29T11:13:45.Z", "2021-03-29T11:13:45Zx",
        "2021-03-29T11:13:45+2:00", "2021-03-29T11:13:45+24:00", "2021-03-29 11:13:45Z",
        "+021-03-29T11:13:45Z", "2021-03-29T11:13:45.5", "12.5", "1e3", "2100-02-29",
    ])
    func `refuses what is not a time`(text: String) {
        #expect(Instant(text) == nil)
    }

    @Test func `epoch milliseconds and bare days are times too`() {
        #expect(Instant("1617016425000") == Instant(milliseconds: 1_617_016_425_000))
        #expect(Instant("2021-03-29") == Instant(milliseconds: 1_616_976_000_000))
    }

    @Test func `what is written is read back, every day of four centuries`() {
        var expected = (year: 1900, month: 1, day: 1)
        let first = Day(year: 1900, month: 1, day: 1)!
        for number in first.number..<(first.number + 146_097) {
            let day = Day(number: number)
            #expect(day.civil == expected)
            #expect(Day(day.description) == day)
            let instant = Instant(milliseconds: number * 86_400_000 + number % 86_400_000)
            #expect(Instant(instant.description) == instant)
            expected.day += 1
            if Day(year: expected.year, month: expected.month, day: expected.day) == nil {
                expected = (expected.year, expected.month + 1, 1)
                if expected.month == 13 { expected = (expected.year + 1, 1, 1) }
            }
        }
        #expect(expected == (2300, 1, 1))
    }

    @Test func `a moment before the epoch lies in its own day`() {
        #expect(Instant(milliseconds: -1).day.description == "1969-12-31")
        #expect(Instant(milliseconds: -86_400_000).day.description == "1969-12-31")
        #expect(Instant(milliseconds: -86_400_001).day.description == "1969-12-30")
    }
}
