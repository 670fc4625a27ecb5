/// A way in which the store misleads whoever writes: each takes one guard away, and a test must
/// notice.
public enum Flaw: Sendable {
    /// What becomes of grants is lost.
    case forgetsGrants
    /// Whoever left the group is still in it.
    case keepsAuthority
    /// Whoever was removed is still a member, and their token still opens the door.
    case keepsLeavers
    /// What was lent does not end.
    case lendsForEver
    /// What was taken back is still lent.
    case forgetsRevocations
    /// Nobody knows whose runs an agent's are.
    case forgetsOwners
    /// Nobody knows who voted already.
    case forgetsVoters
    /// Nobody knows who claimed already.
    case forgetsClaims
    /// Nobody knows what was submitted already.
    case forgetsKeys
    /// Nobody knows that releases are halted.
    case forgetsHalts
    /// Nothing that is pending is ever due.
    case losesTimers
    /// Overrides do not see each other.
    case ignoresConflicts
    /// The second person of an erasure may be the first.
    case erasesAlone
    /// Values are old as soon as they are settled.
    case erasesEarly
    /// Values go without an event.
    case erasesSilently
    /// A line of the log changes after it was written.
    case altersLog
}
