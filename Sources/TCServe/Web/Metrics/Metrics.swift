import Synchronization

/// What a daemon counts, shown by `/metrics` in Prometheus' text format (0.0.4).
///
/// Counters, gauges and histograms are asked for once, at the start, and kept by whoever changes them:
/// a change is an addition in memory, without a look-up and without a lock. Asking again with the same
/// name and labels gives the same one. The number of series is the program's doing alone: labels never
/// take values from requests.
public final class Metrics: Sendable {
    /// Names and values, in the order in which they are shown.
    public typealias Labels = [(name: String, value: String)]

    private struct Family {
        let help: String
        let kind: Kind
        var series: [(labels: String, value: Value)] = []
    }

    private enum Kind: String {
        case counter, gauge, histogram
    }

    private enum Value {
        case counter(Counter)
        case gauge(Gauge)
        case reading(@Sendable () -> Double?)
        case histogram(Histogram)
    }

    private let families = Mutex<(names: [String], byName: [String: Family])>(([], [:]))

    /// Without anything to show yet.
    public init() {}

    /// A number that only grows, `_total` by its name.
    ///
    /// - Parameters:
    ///   - name: lower-case letters, digits and `_`, the unit last: `tc_requests_total`.
    ///   - help: one line, said once for all labels.
    public func counter(_ name: String, _ help: String, _ labels: Labels = []) -> Counter {
        let value = value(name, help, .counter, labels) { .counter(Counter()) }
        guard case .counter(let counter) = value else { preconditionFailure("\(name) repeats") }
        return counter
    }

    /// A number that goes up and down.
    public func gauge(_ name: String, _ help: String, _ labels: Labels = []) -> Gauge {
        let value = value(name, help, .gauge, labels) { .gauge(Gauge()) }
        guard case .gauge(let gauge) = value else { preconditionFailure("\(name) repeats") }
        return gauge
    }

    /// A number that is read when it is shown; nil for nothing to show. For one that only grows say so.
    public func reading(
        _ name: String, _ help: String, _ labels: Labels = [], onlyGrows: Bool = false,
        _ read: @escaping @Sendable () -> Double?
    ) {
        _ = value(name, help, onlyGrows ? .counter : .gauge, labels) { .reading(read) }
    }

    /// How durations, or sizes, are spread over buckets.
    ///
    /// - Parameter bounds: the upper bounds, ascending, without the infinite one.
    public func histogram(
        _ name: String, _ help: String, _ labels: Labels = [],
        bounds: [Double] = Histogram.seconds
    ) -> Histogram {
        let value = value(name, help, .histogram, labels) {
            .histogram(Histogram(bounds: bounds))
        }
        guard case .histogram(let histogram) = value else { preconditionFailure("\(name) repeats") }
        return histogram
    }

    private func value(
        _ name: String, _ help: String, _ kind: Kind, _ labels: Labels, _ make: () -> Value
    ) -> Value {
        let text = Metrics.text(labels)
        return families.withLock { families in
            var family = families.byName[name] ?? Family(help: help, kind: kind)
            precondition(family.kind == kind, "\(name) is a \(family.kind.rawValue) already")
            if let known = family.series.first(where: { $0.labels == text }) { return known.value }
            let made = make()
            family.series.append((text, made))
            if families.byName.updateValue(family, forKey: name) == nil {
                families.names.append(name)
            }
            return made
        }
    }

    /// `route="/v1/x",method="GET"`.
    private static func text(_ labels: Labels) -> String {
        labels.map { label in
            var value = ""
            for character in label.value {
                switch character {
                case "\\": value += "\\\\"
                case "\"": value += "\\\""
                case "\n": value += "\\n"
                default: value.append(character)
                }
            }
            return "\(label.name)=\"\(value)\""
        }.joined(separator: ",")
    }

    /// Everything, as it stands now. Histograms that have seen nothing are left out.
    public func exposition() -> String {
        let (names, byName) = families.withLock { $0 }
        var text = ""
        for name in names {
            guard let family = byName[name] else { continue }
            var lines = ""
            for (labels, value) in family.series {
                switch value {
                case .counter(let counter):
                    line(name, labels, "\(counter.value)", to: &lines)
                case .gauge(let gauge):
                    line(name, labels, "\(gauge.value)", to: &lines)
                case .reading(let read):
                    if let value = read() { line(name, labels, decimal(value), to: &lines) }
                case .histogram(let histogram):
                    write(histogram, name, labels, to: &lines)
                }
            }
            if lines.isEmpty { continue }
            text +=
                "# HELP \(name) \(family.help)\n# TYPE \(name) \(family.kind.rawValue)\n\(lines)"
        }
        return text
    }

    private func write(
        _ histogram: Histogram, _ name: String, _ labels: String, to text: inout String
    ) {
        let (counts, sum) = histogram.snapshot()
        guard counts.contains(where: { $0 > 0 }) else { return }
        let comma = labels.isEmpty ? "" : ","
        var below = 0
        for (index, count) in counts.enumerated() {
            below += count
            let bound =
                index < histogram.bounds.count ? decimal(histogram.bounds[index]) : "+Inf"
            line("\(name)_bucket", "\(labels)\(comma)le=\"\(bound)\"", "\(below)", to: &text)
        }
        line("\(name)_sum", labels, decimal(sum), to: &text)
        line("\(name)_count", labels, "\(below)", to: &text)
    }

    private func line(_ name: String, _ labels: String, _ value: String, to text: inout String) {
        text += labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n"
    }

    private func decimal(_ value: Double) -> String {
        value == value.rounded() && value.magnitude < 1e15 ? "\(Int64(value))" : "\(value)"
    }
}
