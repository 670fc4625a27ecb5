import ArgumentParser
import Glibc
import SystemClock
import Gate

/// The way in and the ways out.
enum Program {
    /// Runs what the command line asks for and says how the process exits.
    static func run(_ arguments: [String]) -> Int32 {
        // Before anything secret is read.
        _ = SystemProcess.forbidCoreDumps()
        // The inbox is wanted at once, so nothing that it does not need is set up before it.
        if arguments.isEmpty { return InboxCommand.run() }
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try Countersign.parseAsRoot(arguments)
            try command.run()
            return 0
        } catch {
            return end(with: error, arguments)
        }
    }

    private static func end(with error: any Error, _ arguments: [String]) -> Int32 {
        let isClean = Countersign.exitCode(for: error) == .success
        if isHook(arguments), !isClean {
            // A hook that fails lets the call run: there is an answer for every mistake.
            HookRun.write(ClaudeCodeHook.deny("The hook's command line is wrong: \(words(error))"))
            return 0
        }
        if let complaint = error as? Complaint {
            complaint.say()
            return complaint.status.rawValue
        }
        let message = Countersign.fullMessage(for: error)
        if !message.isEmpty {
            if isClean { Output.text(message) } else { Output.note(lines: message) }
        }
        let code = Countersign.exitCode(for: error).rawValue
        // The audit format has a number of its own for a wrong command line.
        let isVerifying = arguments.starts(with: ["audit", "verify"])
        return isVerifying && code == ExitStatus.usage.rawValue
            ? ExitStatus.noTerminal.rawValue : code
    }

    private static func words(_ error: any Error) -> String {
        (error as? Complaint)?.sentence ?? Countersign.message(for: error)
    }

    private static func isHook(_ arguments: [String]) -> Bool {
        guard arguments.first == "gate" else { return false }
        return arguments.prefix { $0 != "--" }.contains { $0.hasPrefix("--hook") }
    }
}
