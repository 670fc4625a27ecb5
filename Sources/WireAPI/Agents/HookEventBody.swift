public import JSONTree

/// The event of a PreToolUse hook as Claude Code sends it; what is not listed is left unread.
public struct HookEventBody: WireValue, Hashable {
    /// `PreToolUse`; nothing else can be held.
    public var hookEventName: String
    /// The tool, as the host names it.
    public var toolName: String
    /// The arguments, a JSON object.
    public var toolInput: JSONValue
    /// The session of the host.
    public var sessionID: String
    /// The call; models reuse such ids in other sessions.
    public var toolUseID: String

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        hookEventName = try reader.required("hook_event_name")
        toolName = try reader.required("tool_name")
        toolInput = try reader.required("tool_input")
        sessionID = try reader.required("session_id")
        toolUseID = try reader.required("tool_use_id")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("hook_event_name", hookEventName)
        writer.write("tool_name", toolName)
        writer.write("tool_input", toolInput)
        writer.write("session_id", sessionID)
        writer.write("tool_use_id", toolUseID)
        return writer.value
    }
}

/// What a PreToolUse hook of Claude Code is answered with.
public struct HookAnswer: WireValue, Hashable {
    /// `permissionDecision` is `allow`, `deny` or `defer`; with `allow` comes the complete
    /// `updatedInput`.
    public var hookSpecificOutput: JSONValue

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        hookSpecificOutput = try reader.required("hookSpecificOutput")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("hookSpecificOutput", hookSpecificOutput)
        return writer.value
    }
}
