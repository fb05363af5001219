import TCWire

/// Takes whole lines of records; borrowed for the length of the call.
public typealias RecordSink = (_ lines: UnsafeBufferPointer<UInt8>) throws -> Void

/// A visitor whose answer is records: each shard of a scan has its own, and their records in the
/// order of the shards are the answer.
public protocol RecordVisitor: VehicleVisitor {
    /// The records of the vehicles visited so far, one line each.
    var records: JSONWriter { get }
}
