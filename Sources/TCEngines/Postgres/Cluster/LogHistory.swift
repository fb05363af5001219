import TCStore

/// How far the primary's log went at which moment, to tell how old is what a replica lacks.
///
/// It holds some hundred samples: enough for a minute at ten a second, and for hours once the older
/// half is thinned out again and again. A thinned history takes a replica for older than it is, never
/// for newer.
struct LogHistory {
    private struct Sample {
        /// On the clock `Seams.uptime`.
        var at: Double
        let lsn: LSN
    }

    /// In the order of both.
    private var samples: [Sample] = []

    private static let limit = 600

    /// The moment of the newest sample; nil where there is none.
    var latest: Double? { samples.last?.at }

    /// - Parameter at: before the primary was asked, so that everything that had been committed then is
    ///   covered by the answer.
    mutating func note(_ lsn: LSN, at moment: Double) {
        // Answers may overtake each other.
        if let last = samples.last, lsn < last.lsn || moment < last.at { return }
        if samples.last?.lsn == lsn { samples.removeLast() }
        samples.append(Sample(at: moment, lsn: lsn))
        if samples.count > LogHistory.limit { thinOut() }
    }

    /// Drops every other sample of the older half.
    private mutating func thinOut() {
        let half = samples.count / 2
        samples = stride(from: 0, to: half, by: 2).map { samples[$0] } + samples[half...]
    }

    /// The last moment of which it is known that everything that had been committed then has been
    /// replayed by who has replayed up to `lsn`; nil where that is longer ago than is remembered.
    func moment(coveredBy lsn: LSN) -> Double? {
        // The newest mostly answers.
        samples.last { $0.lsn <= lsn }?.at
    }
}
