import JSONTree
import WireAPI

/// What a route takes and gives.
struct ContractOperation: Sendable {
    /// A header or a query item.
    struct Parameter: Hashable, Sendable {
        let name: String
        let place: String
        let isRequired: Bool
        let schema: JSONValue
        let text: String
        let example: JSONValue
    }

    /// A successful answer.
    struct Success: Hashable, Sendable {
        let status: Int
        let text: String
        var schema: String?
        var type = "application/json"
        var headers: [String] = []
    }

    let summary: String
    var text: String?
    var parameters: [Parameter] = []
    /// The type of the body.
    var sends: String?
    var isBodyOptional = false
    var successes: [Success]
    /// Statuses of problems that come on top of those that every route of its kind has.
    var problems: [Int] = []

    init(
        _ summary: String, _ text: String? = nil, with parameters: [Parameter] = [],
        sends: String? = nil, isBodyOptional: Bool = false, gives successes: [Success],
        problems: [Int] = []
    ) {
        self.summary = summary
        self.text = text
        self.parameters = parameters
        self.sends = sends
        self.isBodyOptional = isBodyOptional
        self.successes = successes
        self.problems = problems
    }
}

extension ContractOperation.Parameter {
    /// The key of a submission.
    static func key(isRequired: Bool) -> Self {
        Self(
            name: "Idempotency-Key", place: "header", isRequired: isRequired,
            schema: [
                "type": "string", "pattern": "^[!-~]+$", "minLength": 1,
                "maxLength": .number(JSONNumber(APILimits.keyBytesMax)),
            ],
            text: "Made by the client and saved before the first attempt; the same key gets the"
                + " same answer, also after a restart.",
            example: "run-7f3a.call-2")
    }

    /// The revision that a change is about.
    static let match = Self(
        name: "If-Match", place: "header", isRequired: true,
        schema: ["type": "string", "pattern": "^\"[0-9]+\"$"],
        text: "The ETag of the approval that the person looked at.", example: "\"1\"")

    /// What the client has already.
    static let noneMatch = Self(
        name: "If-None-Match", place: "header", isRequired: false, schema: ["type": "string"],
        text: "An ETag; 304 while it is still the current one. With `wait`, the answer is kept"
            + " back until it is not.",
        example: "\"1\"")

    /// How long an answer may be kept back.
    static let wait = item(
        "wait",
        "Seconds to wait for something to say; 0 answers at once. Ask for at most 20 s"
            + " where a client gives a silent connection up after 25 s: nothing is sent meanwhile.",
        range: 0...APILimits.waitSecondsMax, example: 20)

    /// A whole number in the query.
    static func item(
        _ name: String, _ text: String, range: ClosedRange<Int>, example: Int,
        isRequired: Bool = false
    ) -> Self {
        Self(
            name: name, place: "query", isRequired: isRequired,
            schema: [
                "type": "integer", "minimum": .number(JSONNumber(range.lowerBound)),
                "maximum": .number(JSONNumber(range.upperBound)),
            ],
            text: text, example: .number(JSONNumber(example)))
    }

    /// A text in the query.
    static func item(_ name: String, _ text: String, bytesMax: Int, example: String) -> Self {
        Self(
            name: name, place: "query", isRequired: false,
            schema: [
                "type": "string", "minLength": 1, "maxLength": .number(JSONNumber(bytesMax)),
            ],
            text: text, example: .string(example))
    }
}

extension ContractOperation.Success {
    /// JSON of a type.
    static func ok(_ schema: String, _ text: String, tagged: Bool = false) -> Self {
        Self(status: 200, text: text, schema: schema, headers: tagged ? ["ETag"] : [])
    }

    /// Something was made.
    static func made(_ schema: String, _ text: String, headers: [String] = []) -> Self {
        Self(status: 201, text: text, schema: schema, headers: headers)
    }

    /// The client has it already.
    static let unchanged = Self(
        status: 304, text: "Nothing changed since the ETag that was sent.", headers: ["ETag"])

    /// It is gone.
    static let gone = Self(status: 204, text: "It is gone.")

    /// Text for operations.
    static func text(_ text: String, type: String = "text/plain") -> Self {
        Self(status: 200, text: text, type: type)
    }
}
