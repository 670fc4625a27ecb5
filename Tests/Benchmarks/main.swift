import Glibc

// Figures of the control plane under load, each beside a floor that was measured in the same run.
//
//     Benchmarks --binaries .build/release [--quick] [--polls N] [--seconds N] [--stored N]
//         [ONLY ...]
//
// It prints figures and never judges them: a shared machine decides too much about wall times.

signal(SIGPIPE, SIG_IGN)

do {
    let options = try Options(Array(CommandLine.arguments.dropFirst()))
    try Suite(options).run()
} catch {
    let sentence = "Benchmarks: \(error)\n"
    write(STDERR_FILENO, sentence, sentence.utf8.count)
    exit(1)
}
