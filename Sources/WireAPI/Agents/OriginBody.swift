public import JSONTree

/// Where in the agent's world a call comes from.
public struct OriginBody: WireValue, Hashable {
    /// For example `langgraph`.
    public var framework: String?
    /// The run.
    public var runID: String?
    /// The framework's own id of the call.
    public var callID: String?
    /// The session.
    public var sessionID: String?

    /// Puts the value together.
    public init(
        framework: String? = nil, runID: String? = nil, callID: String? = nil,
        sessionID: String? = nil
    ) {
        self.framework = framework
        self.runID = runID
        self.callID = callID
        self.sessionID = sessionID
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        framework = try reader.optional("framework")
        runID = try reader.optional("run_id")
        callID = try reader.optional("call_id")
        sessionID = try reader.optional("session_id")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("framework", framework)
        writer.write("run_id", runID)
        writer.write("call_id", callID)
        writer.write("session_id", sessionID)
        return writer.value
    }
}
