import Gate
import Approvals
import JSONTree

// The lines that a gateway writes itself.
extension MCPGateway {
    static func line(_ json: JSONValue) -> [UInt8] { Array(json.text(.compact).utf8) }

    /// An error of the protocol; without an id it answers something that had none.
    static func error(_ id: MCPRequestID?, _ code: Int, _ sentence: String) -> [UInt8] {
        line([
            "jsonrpc": "2.0", "id": id?.json ?? .null,
            "error": ["code": .number(JSONNumber(code)), "message": .string(sentence)],
        ])
    }

    /// The answer to a call that did not run: a result, so that the model reads the sentence.
    static func refused(_ id: MCPRequestID, _ sentence: String) -> [UInt8] {
        line([
            "jsonrpc": "2.0", "id": id.json,
            "result": ["content": [text(sentence)], "isError": true],
        ])
    }

    /// A progress so small that it stays before whatever the tool itself will tell.
    static func waiting(for tool: String, _ token: JSONValue, count: Int64) -> [UInt8] {
        let done = JSONNumber("\(count)e-6") ?? JSONNumber(0)
        return line([
            "jsonrpc": "2.0", "method": "notifications/progress",
            "params": [
                "progressToken": token, "progress": .number(done),
                "message": .string("\(tool) waits for its approval in Countersign."),
            ],
        ])
    }

    /// The answer, with a note before it that the arguments were changed, so that the model does
    /// not send the original ones again.
    static func noting(_ arguments: JSONValue, in message: MCPMessage) -> [UInt8] {
        var answer = message.object
        let note = EditNote.text(arguments)
        if var result = answer["result"]?.objectValue {
            let content = result["content"]?.arrayValue ?? []
            result["content"] = .array([text(note)] + content)
            answer["result"] = .object(result)
        } else if var error = answer["error"]?.objectValue {
            let words = error["message"]?.stringValue ?? ""
            error["message"] = .string(words.isEmpty ? note : "\(words) \(note)")
            answer["error"] = .object(error)
        }
        return line(.object(answer))
    }

    /// What the answer of the server says about the run.
    static func receipt(_ number: Int, of message: MCPMessage) -> MCPGatewayEffect {
        if let error = message["error"] {
            let code = error["code"]?.intValue.map { " \($0)" } ?? ""
            return .report(
                call: number, .failed, summary: "the server answered with error\(code)")
        }
        guard message["result"]?["isError"] == true else {
            return .report(call: number, .succeeded, summary: "the tool answered")
        }
        return .report(call: number, .failed, summary: "the tool answered with an error")
    }

    /// What a model is told about a call whose end nobody knows.
    static func unknown(_ reason: String) -> String {
        "\(reason) while the tool ran; whether it is done is not known. Do not call it again; "
            + "ask a person to look."
    }

    private static func text(_ sentence: String) -> JSONValue {
        ["type": "text", "text": .string(sentence)]
    }
}
