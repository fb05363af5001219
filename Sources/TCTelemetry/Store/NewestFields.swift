import TCParquet

/// The newest value of each field of a vehicle's `extra`, gathered from rows in any order.
///
/// Two keys are one field where they are written alike. Fields keep the order in which they first
/// appear in time, so the answer does not depend on how rows are spread over files.
struct NewestFields {
    /// When and where a value stands; of two the greater is newer.
    private struct Moment: Comparable {
        var time: Int64
        var file: Int
        var place: Int

        static func < (a: Moment, b: Moment) -> Bool {
            (a.time, a.file, a.place) < (b.time, b.file, b.place)
        }
    }

    private struct Field {
        let key: [UInt8]
        var value: [UInt8]
        var newest: Moment
        var first: Moment
    }

    private var fields: [Field] = []
    private var indexByKey: [[UInt8]: Int] = [:]

    mutating func removeAll() {
        guard !fields.isEmpty else { return }
        fields.removeAll(keepingCapacity: true)
        indexByKey.removeAll(keepingCapacity: true)
    }

    /// Takes the rows of one file, in time order.
    mutating func take(_ texts: StringColumn, _ times: UnsafePointer<Int64>, file: Int) {
        texts.bytes.withUnsafeBufferPointer { bytes in
            var row = 0
            while row < texts.count {
                let text = NewestFields.text(row, texts, bytes)
                // Messages often repeat what the one before said: such a run is taken apart once.
                var last = row
                while last + 1 < texts.count,
                    NewestFields.text(last + 1, texts, bytes).elementsEqual(text)
                {
                    last += 1
                }
                if !text.isEmpty { add(text, times[row], times[last], file) }
                row = last + 1
            }
        }
    }

    private static func text(
        _ row: Int, _ texts: StringColumn, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(
            rebasing: bytes[Int(texts.offsets[row])..<Int(texts.offsets[row + 1])])
    }

    private mutating func add(
        _ text: UnsafeBufferPointer<UInt8>, _ first: Int64, _ last: Int64, _ file: Int
    ) {
        var members = ExtraFields(text)
        var place = 0
        while let (keyRange, valueRange) = members.next() {
            let key = UnsafeBufferPointer(rebasing: text[keyRange])
            let value = UnsafeBufferPointer(rebasing: text[valueRange])
            let begin = Moment(time: first, file: file, place: place)
            let end = Moment(time: last, file: file, place: place)
            // The place where a key stood in the last message is where it stands in most.
            let index =
                place < fields.count && fields[place].key.elementsEqual(key)
                ? place : indexByKey[Array(key)]
            place += 1
            guard let index else {
                indexByKey[Array(key)] = fields.count
                fields.append(
                    Field(key: Array(key), value: Array(value), newest: end, first: begin))
                continue
            }
            if fields[index].newest < end {
                fields[index].newest = end
                fields[index].value.replaceSubrange(0..., with: value)
            }
            if begin < fields[index].first { fields[index].first = begin }
        }
    }

    func addTimes(to times: inout [Int64]) {
        for field in fields { times.append(field.newest.time) }
    }

    /// Appends one text: the fields whose newest value is of this time, empty where there is none.
    func write(at time: Int64, to column: inout StringColumn) {
        let start = column.bytes.count
        let chosen = fields.filter { $0.newest.time == time }.sorted { $0.first < $1.first }
        for field in chosen {
            column.bytes.append(UInt8(ascii: column.bytes.count == start ? "{" : ","))
            column.bytes.append(contentsOf: field.key)
            column.bytes.append(UInt8(ascii: ":"))
            column.bytes.append(contentsOf: field.value)
        }
        if !chosen.isEmpty { column.bytes.append(UInt8(ascii: "}")) }
        column.offsets.append(UInt32(column.bytes.count))
    }
}
