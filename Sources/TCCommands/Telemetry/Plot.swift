import ArgumentParser
import Glibc
import TCCore
import TCTelemetry

/// `tc telemetry plot`
struct Plot: TCCommand {
    static let help = CommandHelp(
        "plot", "Draw one signal of one vehicle over time, in the terminal or as SVG.",
        examples: [
            (
                "The battery over the whole record",
                "tc telemetry plot --signal soc_pct --vehicle XP7YGCEL9TA000009"
            ),
            (
                "The speed as a picture",
                "tc telemetry plot --signal speed_kph --vehicle XP7YGCEL9TA000009 --svg speed.svg"
            ),
        ],
        exits: [.done, .negative, .usage, .inputOutput, .configuration])

    static var schema: CommandSchema { CommandSchema() }

    @OptionGroup var common: CommonOptions
    @OptionGroup var store: StoreOptions

    @Option(help: .init("The signal to draw, for instance soc_pct.", valueName: "name"))
    var signal: String

    @Option(help: .init("The vehicle.", valueName: "id"))
    var vehicle: String

    @OptionGroup var times: TimeOptions

    @Option(help: .init("A silence longer than this breaks the line.", valueName: "duration"))
    var gap = "5m"

    @Option(help: .init("Write an SVG document to this file instead.", valueName: "file"))
    var svg: String?

    @Option(help: .init("Characters across; the terminal's width, or 80.", valueName: "n"))
    var width: Int?

    @Option(help: .init("Lines down.", valueName: "n"))
    var height = 20

    @Flag(help: "Draw with ASCII characters only.")
    var ascii = false

    func run(in context: CommandContext) throws -> ExitStatus {
        let signal = try numberSignal(signal, flag: "--signal")
        let (from, to) = try times.bounds()
        let request = ScanRequest(
            vehicles: [vehicle], from: from, to: to, columns: ColumnSet(signal))
        var visitor = SeriesVisitor(signal, gap: try duration(gap, flag: "--gap"))
        let snapshot = try TelemetryStore(url: context.storeURL(store)).snapshot(from: from, to: to)
        try snapshot.scanInOrder(request, visitor: &visitor)
        guard visitor.series.pointCount > 0 else {
            context.diagnostics.note("no value of \(signal.name) of '\(vehicle)'")
            return context.status(of: snapshot, found: false)
        }
        let chart = Chart(
            title: "\(signal.name) of \(vehicle)", unit: signal.unit, series: visitor.series)
        if let svg {
            var file = try OutputFile(path: svg, appearsWhenWhole: true)
            try Array(SVGChart(chart).text.utf8).withUnsafeBytes { try file.write($0) }
            try file.finish()
        } else {
            try context.output.write(lines: Array(terminalText(chart).utf8))
        }
        return context.status(of: snapshot, found: true)
    }

    private func terminalText(_ chart: Chart) -> String {
        var size = winsize()
        let isTerminal = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return TerminalChart(
            chart, width: min(width ?? (isTerminal ? Int(size.ws_col) : 80), 1000),
            height: min(height, 200), style: ascii ? .ascii : .braille
        ).text
    }
}
