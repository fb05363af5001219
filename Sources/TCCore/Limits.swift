/// The limits that every family shares. Reaching one gives a clear error, never a crash.
public enum Limits {
    /// Bytes of one input line without its end. A telemetry message is some 200 bytes; a mebibyte
    /// leaves room for any `extra` while bounding what one line can hold in memory.
    public static let lineBytes = 1 << 20
    /// How deep arrays and objects may nest in one line.
    public static let nestingDepth = 128
}
