import Approvals
import JSONTree
import WireAPI

/// Reads what stands on the command line into types that cannot be wrong.
enum Parsed {
    static func approval(_ text: String) throws(Complaint) -> ApprovalID {
        guard let id = ApprovalID(text) else {
            throw Complaint(
                "\(text) is not the id of an approval.",
                next: "Ids are printed by `countersign list`.", .usage)
        }
        return id
    }

    static func grant(_ text: String) throws(Complaint) -> GrantID {
        guard let id = GrantID(text) else {
            throw Complaint(
                "\(text) is not the id of a standing grant.",
                next: "Ids are printed by `countersign grant list`.", .usage)
        }
        return id
    }

    static func group(_ text: String) throws(Complaint) -> GroupName {
        guard let name = GroupName(text) else { throw badName("group", text) }
        return name
    }

    static func tenant(_ text: String) throws(Complaint) -> TenantName {
        guard let name = TenantName(text) else { throw badName("tenant", text) }
        return name
    }

    static func seconds(_ text: String, for option: String) throws(Complaint) -> Int {
        guard let seconds = Words.seconds(text), seconds > 0 else {
            throw Complaint(
                "\(option) is not a span of time: \(text).",
                next: "Write seconds, or 90s, 5m, 2h, 1d.", .usage)
        }
        return seconds
    }

    static func pointer(_ text: String) throws(Complaint) -> JSONPointer {
        do {
            return try JSONPointer(parsing: text)
        } catch {
            throw Complaint(
                "\(text) is not a JSON Pointer: \(error.reason).",
                next: "Pointers begin with a slash, as in /recipient/iban.", .usage)
        }
    }

    /// One of the words of a list.
    static func choice<Choice: RawRepresentable & CaseIterable>(
        _ text: String, for option: String
    ) throws(Complaint) -> Choice where Choice.RawValue == String {
        // Words are written with a hyphen or with an underscore.
        let word = String(text.map { $0 == "-" ? "_" : $0 })
        guard let choice = Choice(rawValue: word) else {
            let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw Complaint(
                "\(option) cannot be \(text).", next: "It is one of: \(choices).", .usage)
        }
        return choice
    }

    private static func badName(_ kind: String, _ text: String) -> Complaint {
        Complaint(
            "\(text) is not the name of a \(kind).",
            next: "Names have 1 to 63 of a-z, 0-9 and hyphens.", .usage)
    }
}
