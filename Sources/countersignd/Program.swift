import ArgumentParser
import CLinux
import SystemClock

/// Where the program begins.
@main
enum Program {
    static func main() async {
        // Before anything else: no core file may ever hold an argument, a key or a token.
        if !SystemProcess.forbidCoreDumps() {
            StandardOutput.complain("countersignd: core dumps cannot be forbidden here")
        }
        // A reader of our output that goes away ends the output, not the server.
        _ = cs_ignore_sigpipe()
        await Countersignd.main()
    }
}
