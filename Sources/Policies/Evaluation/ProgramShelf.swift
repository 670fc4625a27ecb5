public import Cryptography

/// The policies that were compiled before, by their digest.
///
/// A digest names one document for ever, so nothing on the shelf is ever out of date. A shelf
/// belongs to one thread.
public final class ProgramShelf {
    /// Past this many all are compiled anew.
    public static let programsMax = 256

    private var programs: [Digest: PolicyProgram] = [:]

    /// An empty shelf.
    public init() {}

    /// The policy of this digest, if it was put here.
    public subscript(digest: Digest) -> PolicyProgram? { programs[digest] }

    /// Keeps a policy for the next time.
    public func keep(_ program: PolicyProgram) {
        if programs.count >= Self.programsMax { programs.removeAll(keepingCapacity: true) }
        programs[program.policy.digest] = program
    }
}
