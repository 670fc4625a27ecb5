public import ControlPlane
public import Cryptography
public import WireAPI

/// What a shell must do to answer a call.
public enum APIPlan: Hashable, Sendable {
    /// Carry out a command for whoever has the token with this digest.
    case perform(Command, as: Digest)
    /// Answer a query; when that is worth waiting for, ask again on every change for so long.
    case ask(Query, as: Digest, waitSeconds: Int)
    /// Send this.
    case respond(HTTPResponse)
    /// Hold a call of somebody who understands one answer only.
    case hold(HookCall)
    /// Say something about the running program that only its shell knows.
    case observe(Observation)
}

/// What operations ask a running program.
public enum Observation: Hashable, Sendable, CaseIterable {
    /// Can it write?
    case readiness
    /// The figures, as Prometheus text.
    case metrics
}
