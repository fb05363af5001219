/// Why lines are rejected, by whatever command: the codes that summaries count by and error records
/// carry. They never change meaning.
public enum RejectionReason: String, Sendable, CaseIterable {
    /// Not one JSON value by RFC 8259.
    case jsonSyntax = "json_syntax"
    /// Arrays or objects nested deeper than the limit.
    case tooDeep = "too_deep"
    /// Longer than a line may be.
    case lineTooLong = "line_too_long"
    /// Bytes that are not UTF-8.
    case badUTF8 = "bad_utf8"
    /// Valid JSON of another kind than the field, or the line, must be.
    case wrongType = "wrong_type"
    /// A number or a time outside the accepted range.
    case outOfRange = "out_of_range"
    /// A field that must be there is absent, or one of a group that has all or none.
    case missingField = "missing_field"
    /// An id of the wrong length or with bytes that ids do not have.
    case badVehicleID = "bad_vehicle_id"
    /// Neither whole epoch milliseconds nor RFC 3339, or a date that does not exist.
    case badTime = "bad_time"
    /// Not one of the field's words.
    case unknownWord = "unknown_word"
}
