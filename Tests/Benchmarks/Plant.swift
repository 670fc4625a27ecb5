import Approvals
import Cryptography
import Glibc
import JSONTree

/// A running control plane with one agent and one approver, and the requests they make.
final class Plant {
    private(set) var server: Child
    private(set) var port: UInt16
    private let program: String
    private let folder: String
    private let adminToken: String
    private(set) var agentToken = ""
    private(set) var approverToken = ""
    /// The same for every submission of a figure, so that its digest is known beforehand.
    let arguments = JSONValue.object(
        JSONObject([
            ("customer_id", .string("cus_91")), ("amount_cents", .number(JSONNumber(184_000))),
            ("reason", .string("duplicate charge of the second of November, seen by support")),
        ]))
    let displayedDigest: Digest
    private var keys = 0

    init(binaries: String) throws {
        var template = Array("/tmp/countersign-bench-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Trouble("no scratch folder: \(errno)") }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard let tool = ToolName("issue_refund") else { throw Trouble("not a tool name") }
        displayedDigest = try Digest.displayed(
            tool: tool, arguments: arguments, context: Context())
        program = binaries + "/countersignd"
        let made = try Child([program, "init", "--data", folder + "/data", "--tenant", "bench"])
        let admin = try made.waitFor("cs_")
        _ = try made.finish()
        (server, port) = try Self.serve(program, folder)
        adminToken = "cs_" + admin
        try populate()
    }

    private static func serve(
        _ program: String, _ folder: String
    ) throws -> (server: Child, port: UInt16) {
        let server = try Child(
            [
                program, "serve", "--data", folder + "/data", "--listen", "127.0.0.1:0",
            ], keepingErrors: false)
        let address = try server.waitFor("listening on http://127.0.0.1:")
        guard let number = UInt16(address.prefix { $0.isNumber }) else {
            throw Trouble("no port in \(address)")
        }
        return (server, number)
    }

    /// Ends the server and starts it again on the same folder, at another port.
    func restart() throws {
        server.end(SIGTERM)
        (server, port) = try Self.serve(program, folder)
    }

    /// Ends the server and removes its folder.
    func close() throws {
        server.end(SIGTERM)
        _ = try Child(["rm", "-rf", folder]).finish()
    }

    @discardableResult
    private func post(
        _ path: String, _ body: String, as token: String, on connection: Connection
    ) throws -> JSONValue {
        try connection.send(request("POST", path, token: token, body: body))
        let response = try connection.response()
        guard (200...201).contains(response.status) else {
            throw Trouble("\(path): \(String(decoding: response.body, as: UTF8.self))")
        }
        return try JSONValue(parsing: response.body)
    }

    /// Publishes policies and puts them in force, with two people.
    func enforce(_ documents: [String]) throws {
        let connection = try Connection(port: port)
        let lead = #"{"email":"lea@bench.test","roles":["lead"],"groups":[]}"#
        try post("/v1/members", lead, as: adminToken, on: connection)
        let given = try post(
            "/v1/tokens", #"{"member":"lea@bench.test"}"#, as: adminToken, on: connection)
        guard let lea = given["token"]?.stringValue else { throw Trouble("no token") }
        for document in documents {
            let view = try post(
                "/v1/policies", #"{"document":\#(document)}"#, as: lea, on: connection)
            let path = "/v1/policies/\(view["id"]?.stringValue ?? "")/mode"
            for person in [lea, adminToken] {
                try post(
                    path, #"{"version":1,"status":"enforced"}"#, as: person, on: connection)
            }
        }
    }

    private func populate() throws {
        let connection = try Connection(port: port)
        func post(_ path: String, _ body: String) throws -> JSONValue {
            try self.post(path, body, as: adminToken, on: connection)
        }
        _ = try post(
            "/v1/members",
            #"{"email":"ada@bench.test","roles":["approver"],"groups":["on-call"]}"#)
        _ = try post("/v1/agents", #"{"name":"bot"}"#)
        let agent = try post("/v1/tokens", #"{"agent":"bot"}"#)
        let member = try post("/v1/tokens", #"{"member":"ada@bench.test"}"#)
        guard let bot = agent["token"]?.stringValue, let ada = member["token"]?.stringValue else {
            throw Trouble("no tokens")
        }
        (agentToken, approverToken) = (bot, ada)
    }

    /// A fresh submission.
    func submission() -> [UInt8] {
        keys += 1
        let body = #"{"tool":"issue_refund","arguments":\#(arguments.text())}"#
        return request(
            "POST", "/v1/approvals", token: agentToken, headers: "Idempotency-Key: key-\(keys)\r\n",
            body: body)
    }

    /// The approval of a submission that nobody changed.
    func decision(on approval: String) -> [UInt8] {
        request(
            "POST", "/v1/approvals/\(approval)/decision", token: approverToken,
            headers: "If-Match: \"1\"\r\n",
            body: #"{"verdict":"approve","displayed_digest":"\#(displayedDigest.text)","#
                + #""fully_shown":true}"#)
    }

    /// A poll for the end of an approval.
    func poll(for approval: String, seconds: Int = 60) -> [UInt8] {
        request("GET", "/v1/approvals/\(approval)?wait=\(seconds)", token: agentToken)
    }

    /// How many requests wait in the server now, asked on `connection`.
    func waiting(_ connection: Connection) throws(Trouble) -> Int {
        try connection.send(request("GET", "/metrics", token: approverToken))
        let text = String(decoding: try connection.response().body, as: UTF8.self)
        let line = text.split(separator: "\n").first {
            !$0.hasPrefix("#") && $0.contains("waiting_requests ")
        }
        guard let count = line?.split(separator: " ").last.flatMap({ Int($0) }) else {
            throw Trouble("no count of waiting requests in \(text.prefix(300))")
        }
        return count
    }

    private func request(
        _ method: String, _ path: String, token: String, headers: String = "", body: String = ""
    ) -> [UInt8] {
        let content =
            body.isEmpty
            ? "" : "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
        let head = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        return Array(
            "\(head)Authorization: Bearer \(token)\r\n\(headers)\(content)\r\n\(body)".utf8)
    }

    /// The id in the answer to a submission.
    static func identifier(in response: Connection.Response) throws(Trouble) -> String {
        let text = String(decoding: response.body, as: UTF8.self)
        guard response.status == 201, let range = text.firstRange(of: "\"id\":\"") else {
            throw Trouble("submission: \(response.status) \(text.prefix(300))")
        }
        return String(text[range.upperBound...].prefix { $0 != "\"" })
    }
}
