extension World {
    /// A way to break the system on purpose, to prove that the checks notice.
    public enum Mutation: Sendable, CaseIterable {
        case nonceOnDisk, ignoresRelease, noCompareAndSet, acknowledgesBeforeCommit, forgetsGrants
        case keepsAuthority, keepsLeavers, lendsForEver, forgetsRevocations, forgetsOwners
        case forgetsVoters, forgetsClaims, forgetsKeys, losesTimers, ringsEarly, decidesByArrival
        case ignoresConflicts, erasesAlone, erasesEarly, erasesSilently, altersLog
        case forgetsHalts

        /// The guard that it takes away.
        public var lostGuard: String {
            switch self {
            case .nonceOnDisk: "the nonce of a claim lives in memory only (P9)"
            case .ignoresRelease: "an agent runs what was released, and nothing else"
            case .noCompareAndSet: "a save compares the version that was read (P4)"
            case .acknowledgesBeforeCommit: "an answer comes after the commit (I3)"
            case .forgetsGrants: "a grant counts its uses and ends"
            case .keepsAuthority: "groups are those of the moment of the commit (D5)"
            case .keepsLeavers: "who was removed is nobody, and their token opens nothing (D5)"
            case .lendsForEver: "a delegation ends at its end (D11)"
            case .forgetsRevocations: "a revoked delegation is useless at once (D12)"
            case .forgetsOwners: "nobody decides their own run (X2)"
            case .forgetsVoters: "one person has one vote (X5)"
            case .forgetsClaims: "the first nonce claims (P8)"
            case .forgetsKeys: "a key has one approval (P1)"
            case .forgetsHalts: "nothing is released while releases are halted"
            case .losesTimers: "what is pending has a timer (I6)"
            case .ringsEarly: "silence releases nothing before its time (I12)"
            case .decidesByArrival: "the clock is read at the commit, not at the arrival (D11)"
            case .ignoresConflicts: "overrides that contradict each other are refused (S3)"
            case .erasesAlone: "an erasure takes two people"
            case .erasesEarly: "values go for their age only when they are old"
            case .erasesSilently: "no value goes without an event"
            case .altersLog: "a line of the log never changes (I5)"
            }
        }

        /// What at least one complaint about it speaks of.
        public var complaints: [String] {
            switch self {
            case .nonceOnDisk, .forgetsClaims: ["ran twice", "claims succeeded", "I9"]
            case .ignoresRelease: ["without a release"]
            case .noCompareAndSet: ["I1", "I3", "I5", "acknowledged"]
            case .acknowledgesBeforeCommit: ["acknowledged", "lost", "does not know it"]
            case .forgetsGrants: ["uses"]
            case .keepsAuthority, .keepsLeavers, .lendsForEver, .forgetsRevocations,
                .forgetsOwners, .forgetsVoters:
                ["I7"]
            case .forgetsKeys: ["has two approvals"]
            case .losesTimers: ["still pending"]
            case .forgetsHalts: ["while releases were halted"]
            case .ringsEarly, .decidesByArrival: ["I12"]
            case .ignoresConflicts: ["S3"]
            case .erasesAlone, .erasesEarly: ["E_AUTHZ"]
            case .erasesSilently: ["E_ERASED_SILENTLY"]
            case .altersLog: ["E_CHAIN"]
            }
        }

        /// What of it the store does.
        var flaw: Flaw? {
            switch self {
            case .forgetsGrants: .forgetsGrants
            case .keepsAuthority: .keepsAuthority
            case .keepsLeavers: .keepsLeavers
            case .lendsForEver: .lendsForEver
            case .forgetsRevocations: .forgetsRevocations
            case .forgetsOwners: .forgetsOwners
            case .forgetsVoters: .forgetsVoters
            case .forgetsClaims: .forgetsClaims
            case .forgetsKeys: .forgetsKeys
            case .losesTimers: .losesTimers
            case .forgetsHalts: .forgetsHalts
            case .ignoresConflicts: .ignoresConflicts
            case .erasesAlone: .erasesAlone
            case .erasesEarly: .erasesEarly
            case .erasesSilently: .erasesSilently
            case .altersLog: .altersLog
            case .nonceOnDisk, .ignoresRelease, .noCompareAndSet, .acknowledgesBeforeCommit,
                .ringsEarly, .decidesByArrival:
                nil
            }
        }

        /// What of it an agent does.
        var agents: SimulatedAgent.Mutation? {
            switch self {
            case .nonceOnDisk: .nonceOnDisk
            case .ignoresRelease: .ignoresRelease
            case .noCompareAndSet, .acknowledgesBeforeCommit, .forgetsGrants, .keepsAuthority,
                .keepsLeavers, .lendsForEver, .forgetsRevocations, .forgetsOwners,
                .forgetsVoters, .forgetsClaims, .forgetsKeys, .losesTimers, .ringsEarly,
                .decidesByArrival, .ignoresConflicts, .erasesAlone, .erasesEarly,
                .erasesSilently, .altersLog, .forgetsHalts:
                nil
            }
        }
    }
}
