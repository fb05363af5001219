/// The fields of one record: what a command reads or prints, what a route takes or answers.
///
/// One declaration serves the JSON Schema that is shown and the check that is made.
public struct RecordSchema: Sendable {
    /// What a value may be.
    public indirect enum FieldType: Sendable {
        case string
        /// A string of so many characters (Unicode scalars, as JSON Schema counts them).
        case text(ClosedRange<Int>)
        /// A string of 1 to 64 bytes of `A-Z a-z 0-9 . _ : -`.
        case identifier
        /// A whole number, exact to 64 bits.
        case integer(ClosedRange<Int64>)
        /// A number in this range.
        case number(ClosedRange<Double>)
        case boolean
        /// RFC 3339, UTC, milliseconds: how times are printed.
        case time
        /// RFC 3339 or whole epoch milliseconds: how times are read.
        case timeIn
        case oneOf([String])
        case object(RecordSchema)
        case array(FieldType)
        case anything
    }

    /// A field of a record: what may stand in it and what it means.
    public struct Field: Sendable {
        public let name: String
        public let type: FieldType
        public let unit: String?
        public let doc: String
        public let isRequired: Bool
        /// Whether the value must never be echoed in messages and error records.
        public let isSecret: Bool

        /// A field that every record has.
        public static func required(
            _ name: String, _ type: FieldType, unit: String? = nil, secret: Bool = false,
            _ doc: String
        ) -> Field {
            Field(
                name: name, type: type, unit: unit, doc: doc, isRequired: true, isSecret: secret)
        }

        /// A field that is left out where there is nothing to say.
        public static func optional(
            _ name: String, _ type: FieldType, unit: String? = nil, secret: Bool = false,
            _ doc: String
        ) -> Field {
            Field(
                name: name, type: type, unit: unit, doc: doc, isRequired: false, isSecret: secret)
        }
    }

    /// What one record is: "a telemetry message".
    public let title: String
    /// In the order in which they are printed; also the columns of CSV and of tables.
    public let fields: [Field]
    /// Groups of fields of which a record has all or none: `["lat", "lon"]`.
    public let together: [[String]]
    /// Whether fields that are not named here may stand in the record.
    public let allowsOthers: Bool

    public init(
        _ title: String, _ fields: [Field], together: [[String]] = [], allowsOthers: Bool = false
    ) {
        self.title = title
        self.fields = fields
        self.together = together
        self.allowsOthers = allowsOthers
    }
}

extension RecordSchema.FieldType {
    /// Any whole number of 64 bits.
    public static var integer: RecordSchema.FieldType { .integer(Int64.min...Int64.max) }
    /// A whole number, 0 or more.
    public static var count: RecordSchema.FieldType { .integer(0...Int64.max) }
    /// Any finite number.
    public static var number: RecordSchema.FieldType {
        .number(-Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude)
    }
}

extension RecordSchema {
    /// The fields whose values must never be echoed.
    public var secretNames: Set<String> { Set(fields.filter(\.isSecret).map(\.name)) }
}
