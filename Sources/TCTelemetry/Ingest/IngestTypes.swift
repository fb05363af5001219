/// How an ingest cuts its work. The defaults suit a machine of any size.
public struct IngestOptions: Sendable {
    /// Lines that are sorted and stored together, as one file for each day among them. More of them
    /// make longer runs of each vehicle and fewer files, which are read faster and stored in fewer
    /// bytes, and take more memory: of 10,000 vehicles 0.5, 1, 2 and 3 million lines take 8.1, 7.6,
    /// 7.2 and 7.1 bytes a row and 83, 130, 230 and 335 MiB, all at the same speed, and the fleet's
    /// speed by minute (`window`) is read from 1 and 2 million in 45 and 33 ms.
    public var batchRows = 2_000_000
    /// Seconds after its first line at which a batch is stored even if it is not full, so that a
    /// slow feed is durable soon; nil to wait for a full batch.
    public var maxDelay: Double? = 5
    public var workers = 1
    /// Bytes that a thread reads and parses at a time; a chunk that fits in its cache is parsed
    /// fastest.
    public var chunkBytes = 256 << 10
    /// zstd's level for the files.
    public var compressionLevel: Int32 = 1
    /// Rows of a page, the least that a query can read: small enough that one vehicle is found fast,
    /// and 3 % larger in all than with four times as many.
    public var rowsPerPage = 1 << 13
    /// Bytes of `extra` and of rejected lines kept for a report, at which a batch ends early.
    public var batchBytes = 48 << 20
    /// Vehicles known at which a batch ends early; up to half as many are remembered from one batch
    /// to the next.
    public var batchVehicles = 1 << 20
    /// Bytes of rows, `extra`, reports and vehicles at which a batch ends early: wide rows of many
    /// vehicles make shorter batches instead of taking three times the usual memory. Encoding them
    /// takes about as much again as half of it.
    public var batchMemory = 256 << 20

    public init() {}
}

/// A rejected line, told in the order of the lines.
public struct IngestRejection: Sendable {
    /// Which input, from 0.
    public let input: Int
    /// The line's number in its input, from 1.
    public let line: Int
    public let reason: RejectionReason
    /// The field, what it must be and what it was, without the line's number.
    public let message: String
    /// The line without its newline; empty where it is too long, or the observer wants no details.
    public let text: [UInt8]
}

/// Counts of an ingest. `read` = `accepted` + `rejected` always; blank lines are in neither.
public struct IngestCounts: Sendable, Equatable {
    public var read = 0
    public var accepted = 0
    public var rejected: Int { read - accepted }
    /// Rows stored: the accepted lines less those folded into others of their batch.
    public var rows = 0
    public var files = 0
    /// Bytes of the files.
    public var bytes = 0

    public init() {}
}

/// How far everything is durable: every line up to here is stored or was reported as rejected.
public struct IngestProgress: Sendable, Equatable {
    /// All that is durable since the start.
    public var counts: IngestCounts
    /// The input that is being read, from 0, and its last durable line; the inputs before it are
    /// durable to their ends.
    public var input: Int
    public var line: Int
}

/// Who is told of an ingest. Calls come from several threads, one at a time; an error that one of
/// them throws ends the ingest.
public protocol IngestObserver: Sendable {
    /// Whether rejections need their messages and texts, or only their reasons.
    var wantsDetails: Bool { get }
    /// A line was rejected; called in the order of lines.
    func rejected(_ rejection: IngestRejection) throws
    /// A batch is durable, with all before it.
    func durable(_ progress: IngestProgress) throws
    /// Something was read: the lines and bytes since the start, durable or not.
    func read(lines: Int, bytes: Int)
}
