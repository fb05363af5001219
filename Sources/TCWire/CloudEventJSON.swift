import TCCore

extension JSONWriter {
    /// An event as CloudEvents 1.0 JSON (JSON event format 1.0.2, "structured content").
    ///
    /// - Parameter position: its place in the outbox, written as the extension attribute `sequence`.
    public mutating func event(_ event: CloudEvent, position: Int64? = nil) {
        beginObject()
        key("specversion")
        string("1.0")
        key("id")
        string(event.id)
        key("source")
        string(event.source)
        key("type")
        string(event.type)
        key("subject")
        string(event.subject)
        key("time")
        instant(event.time)
        key("datacontenttype")
        string("application/json")
        if let position {
            key("sequence")
            string(String(position))
        }
        key("data")
        var data = event.data
        data.withUTF8 { raw($0) }
        endObject()
    }
}
