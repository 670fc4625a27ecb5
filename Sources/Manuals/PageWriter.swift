import JSONTree

/// Writes one page in the macros of man(7).
struct PageWriter {
    let command: JSONValue
    let words: [String]
    let parent: String?
    let facts: Manual.Facts

    var name: String { words.joined(separator: "-") }

    var text: String {
        let help = HelpText(command["discussion"]?.stringValue ?? "")
        let title = "\"\(name.uppercased())\" \"\(facts.section)\" \"\""
        var lines = [
            ".TH \(title) \"\(words[0]) \(facts.version)\" \"Countersign\"",
            ".SH NAME", "\(Self.code(name)) \\- \(Self.prose(abstract))",
        ]
        lines += [".SH SYNOPSIS", ".nf"] + synopsis + [".fi"]
        lines += [".SH DESCRIPTION"] + paragraphs([abstract + "."] + help.paragraphs)
        lines += section("COMMANDS", subcommandLines)
        lines += section("OPTIONS", options.flatMap(optionLines))
        lines += section("EXIT STATUS", help.statuses.flatMap { term($0.number, $0.meaning) })
        lines += section("ENVIRONMENT", facts.environment.flatMap { term($0.name, $0.help) })
        lines += section("FILES", facts.files.flatMap { term($0.name, $0.help) })
        if !help.examples.isEmpty {
            lines += [".SH EXAMPLES", ".nf"] + help.examples.map(Self.code) + [".fi"]
        }
        return (lines + section("SEE ALSO", seeAlso)).joined(separator: "\n") + "\n"
    }

    private var abstract: String {
        let text = command["abstract"]?.stringValue ?? ""
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    private var subcommands: [JSONValue] {
        (command["subcommands"]?.arrayValue ?? []).filter {
            $0["shouldDisplay"]?.boolValue != false && $0["commandName"]?.stringValue != "help"
        }
    }

    private var options: [JSONValue] {
        (command["arguments"]?.arrayValue ?? []).filter { $0["shouldDisplay"]?.boolValue != false }
    }

    private var synopsis: [String] {
        let positional = options.filter { $0["kind"]?.stringValue == "positional" }
        var parts = options.count > positional.count ? ["[options]"] : []
        for argument in positional {
            let name = argument["valueName"]?.stringValue ?? "value"
            let many = argument["isRepeating"]?.boolValue == true ? " ..." : ""
            let isOptional = argument["isOptional"]?.boolValue == true
            parts.append(isOptional ? "[\(name)\(many)]" : "<\(name)>\(many)")
        }
        if !subcommands.isEmpty { parts.append("[command]") }
        let rest = parts.isEmpty ? "" : " " + Self.code(parts.joined(separator: " "))
        return ["\\fB\(Self.code(words.joined(separator: " ")))\\fR\(rest)"]
    }

    private var subcommandLines: [String] {
        subcommands.flatMap { command in
            term(command["commandName"]?.stringValue ?? "", command["abstract"]?.stringValue ?? "")
        }
    }

    private func optionLines(_ option: JSONValue) -> [String] {
        let value = option["valueName"]?.stringValue ?? "value"
        let names = (option["names"]?.arrayValue ?? []).map { name in
            let text = name["name"]?.stringValue ?? ""
            return (name["kind"]?.stringValue == "long" ? "--" : "-") + text
        }
        let isFlag = option["kind"]?.stringValue == "flag"
        let label =
            names.isEmpty
            ? "<\(value)>" : names.joined(separator: ", ") + (isFlag ? "" : " <\(value)>")
        var help = option["abstract"]?.stringValue ?? ""
        if let usual = option["defaultValue"]?.stringValue { help += " Default: \(usual)." }
        return term(label, help)
    }

    private var seeAlso: [String] {
        let below = subcommands.compactMap { $0["commandName"]?.stringValue }.map {
            "\(name)-\($0)"
        }
        let own = ([parent].compactMap(\.self) + below).map { "\($0)(\(facts.section))" }
        let pages = own + facts.seeAlso.filter { !$0.hasPrefix(name + "(") }
        return pages.isEmpty ? [] : [Self.code(pages.joined(separator: ", "))]
    }

    private func section(_ title: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : [".SH \(title)"] + lines
    }

    private func paragraphs(_ texts: [String]) -> [String] {
        texts.flatMap { [".PP", Self.prose($0)] }
    }

    private func term(_ label: String, _ help: String) -> [String] {
        [".TP", "\\fB\(Self.code(label))\\fR", Self.prose(help)]
    }

    /// Text in which a hyphen is a minus sign, as people type it.
    private static func code(_ text: String) -> String {
        guarded(
            text.map { $0 == "\\" ? "\\e" : $0 == "-" ? "\\-" : $0 == "'" ? "\\(aq" : "\($0)" }
                .joined())
    }

    /// Text, in which what stands between backticks is bold.
    private static func prose(_ text: String) -> String {
        var parts: [String] = []
        for (index, part) in text.split(separator: "`", omittingEmptySubsequences: false)
            .enumerated()
        {
            let isCode = index % 2 == 1
            let safe = part.map { $0 == "\\" ? "\\e" : $0 == "-" && isCode ? "\\-" : "\($0)" }
            parts.append(isCode ? "\\fB\(safe.joined())\\fR" : safe.joined())
        }
        return guarded(parts.joined())
    }

    /// A line that begins with a sign of the macros would be one.
    private static func guarded(_ line: String) -> String {
        line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
    }
}

/// A help text, taken apart.
struct HelpText {
    private(set) var paragraphs: [String] = []
    private(set) var examples: [String] = []
    private(set) var statuses: [(number: String, meaning: String)] = []

    init(_ text: String) {
        var isStatus = false
        for block in Self.blocks(text) {
            if block.first == "EXIT STATUS" { isStatus = true }
            for line in block where line != "EXIT STATUS" { take(line, isStatus: isStatus) }
            if !isStatus, block.allSatisfy({ !$0.hasPrefix("  ") }) {
                paragraphs.append(block.joined(separator: " "))
            } else if !isStatus {
                let prose = block.filter { !$0.hasPrefix("  ") }
                if !prose.isEmpty { paragraphs.append(prose.joined(separator: " ")) }
            }
        }
    }

    private mutating func take(_ line: String, isStatus: Bool) {
        guard line.hasPrefix("  ") else { return }
        guard isStatus else {
            examples.append(String(line.dropFirst(2)))
            return
        }
        let words = line.split(separator: " ", maxSplits: 1)
        guard words.count == 2 else { return }
        statuses.append((String(words[0]), String(words[1].drop { $0 == " " })))
    }

    /// Lines between empty ones.
    private static func blocks(_ text: String) -> [[String]] {
        var blocks: [[String]] = [[]]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty {
                blocks.append([])
            } else {
                blocks[blocks.count - 1].append(String(line))
            }
        }
        return blocks.filter { !$0.isEmpty }
    }
}
