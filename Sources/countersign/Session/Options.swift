import ArgumentParser

/// What every subcommand understands.
struct CommonOptions: ParsableArguments {
    @Flag(name: .long, help: "Print JSON instead of text: one value, or one a line.")
    var json = false
}
