import Approvals
import JSONTree

// The masks of `Approvals`, for files in which `Redaction` names the scanner's module.
extension JSONValue {
    static func mask(showing shown: String?) -> JSONValue {
        Redaction.mask("r0", showing: shown)
    }

    static func isMask(_ value: JSONValue) -> Bool { Redaction.isMask(value) }
}
