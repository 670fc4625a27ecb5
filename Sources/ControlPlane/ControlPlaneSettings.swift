/// What an installation decides about its control plane.
public struct ControlPlaneSettings: Hashable, Sendable {
    /// The host in the origin line of every tenant's audit log: `<host>/countersign/<tenant>`.
    public var host: String
    /// How many redacted values one person may be shown in an hour.
    public var revealsPerHourMax: Int

    /// Settings with the limits of the specification.
    public init(host: String, revealsPerHourMax: Int = 10) {
        self.host = host
        self.revealsPerHourMax = revealsPerHourMax
    }
}
