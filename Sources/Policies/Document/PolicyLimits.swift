/// How large a policy may be; past each of them is a refusal that names it.
public enum PolicyLimits {
    /// Of the canonical form of the document.
    public static let documentBytesMax = 262_144
    public static let rulesMax = 500
    public static let toolPatternsMax = 500
    /// Of shared conditions and shared tables, each.
    public static let namesMax = 200
    public static let testsMax = 1_000
    public static let redactionsMax = 200
    public static let editablesMax = 200
    public static let quorumMax = 20
    /// 90 days, as for a tenant's settings.
    public static let timeoutSecondsMax = 7_776_000
    public static let versionMax = 1_000_000
    /// Of a reason code and of the name of a definition, a table or a test.
    public static let nameBytesMax = 100
    /// Of a summary and of a note.
    public static let textBytesMax = 2_000
    /// Of what a rule holds once its definitions and tables stand in it.
    public static let conditionNodesMax = 20_000
    /// Of definitions that use one another.
    public static let definitionDepthMax = 16
}
