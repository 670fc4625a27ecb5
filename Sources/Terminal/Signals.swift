import CLinux
import Glibc

/// The signals of a terminal program, read as data; no handler runs Swift code.
enum Signals {
    /// Readable when a signal is pending; the signals are blocked from the first use on.
    static let descriptor: Int32 = {
        let numbers = [SIGWINCH, SIGTSTP, SIGHUP, SIGTERM, SIGINT, SIGQUIT]
        return unsafe cs_signalfd_for(numbers, Int32(numbers.count))
    }()

    /// The pending signals.
    static func read() -> [Int32] {
        var numbers: [Int32] = []
        while true {
            let number = cs_signalfd_next(descriptor)
            guard number != 0 else { return numbers }
            numbers.append(number)
        }
    }

    /// Forgets what the keyboard sent while another program had the terminal.
    static func dropKeyboardSignals() {
        for number in read() where ![SIGINT, SIGQUIT, SIGTSTP, SIGWINCH].contains(number) {
            kill(getpid(), number)  // it was meant for us: ask again
        }
    }
}
