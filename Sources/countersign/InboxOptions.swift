import ArgumentParser
import Terminal

/// What the command line says about the inbox; it goes before the settings.
struct InboxOptions: ParsableArguments {
    @Option(
        name: .long, help: "Colours: auto, always, never, 16, 256 or truecolor.",
        transform: { word in
            guard let choice = ColorChoice(rawValue: word) else {
                throw ValidationError("it is none of auto, always, never, 16, 256 and truecolor")
            }
            return choice
        })
    var color: ColorChoice?

    @Flag(name: .long, help: "Spare bytes, as low_bandwidth = true does.")
    var lowBandwidth = false

    @Flag(name: .long, help: "Keep nothing on this machine: no queue, no views, no drafts.")
    var noCache = false

    @Flag(name: .customLong("screen-reader"), help: "Words instead of drawings, top to bottom.")
    var isLinear = false

    @Flag(name: .customLong("plain"), help: "Say which subcommands do what the inbox does.")
    var isPlain = false

    /// Changes the settings of this run.
    func apply(to settings: inout Settings) {
        if let color { settings.terminal.color = color }
        if isLinear { settings.terminal.isLinear = true }
        if lowBandwidth { settings.connection.isLowBandwidth = true }
    }

    /// Names the subcommands that need no full screen.
    static func hint() -> Int32 {
        Output.text(
            """
            Without the full screen:
              countersign list             what waits for you
              countersign show ID          one call with its arguments
              countersign approve ID       or reject ID, edit ID
              countersign watch            each change on a line of its own
              countersign --help           everything else
            With it, for screens that are read aloud:
              countersign --screen-reader
            """)
        return ExitStatus.done.rawValue
    }
}
