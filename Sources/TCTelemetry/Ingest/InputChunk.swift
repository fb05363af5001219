/// Some whole lines of one input, in memory.
///
/// `@unchecked Sendable`: it points into the buffer of the thread that took it.
struct InputChunk: @unchecked Sendable {
    /// The first line. Every line ends with a newline, the last too, and 64 readable bytes follow.
    var base: UnsafePointer<UInt8>
    var count: Int
    /// Which input this is, from 0.
    var source = 0
    /// The number of the first line in its input, from 1.
    var firstLine = 1
    var lineCount: Int
    /// The batch's row that belongs to the first line.
    var firstRow = 0
    /// No byte is above 127.
    var isASCII: Bool
    /// Where the chunk is the beginning of one line that is longer than a line may be: its length.
    var overlongBytes = 0
}
