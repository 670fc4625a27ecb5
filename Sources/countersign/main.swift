import Glibc

let status = Program.run(Array(CommandLine.arguments.dropFirst()))
fflush(nil)
// Not `exit`: it would take OpenSSL apart while the transport's thread may still be starting it.
_exit(status)
