public import Approvals
public import JSONTree

/// The risk of one tool.
public struct ToolRiskBody: WireValue, Hashable {
    /// The exact name.
    public var tool: String
    /// Its risk.
    public var risk: Risk

    /// Puts the value together.
    public init(tool: String, risk: Risk) {
        self.tool = tool
        self.risk = risk
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        tool = try reader.required("tool")
        risk = try reader.required("risk")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("tool", tool)
        writer.write("risk", risk)
        return writer.value
    }
}
