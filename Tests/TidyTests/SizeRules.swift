/// How big a file, a line and a function may be.
enum SizeRules {
    static let fileLinesMax = 400
    static let mainLinesMax = 150
    static let lineColumnsMax = 100
    static let functionLinesMax = 50

    static func longFiles(_ file: SourceFile) -> [Finding] {
        guard isProgramText(file) else { return [] }
        let isMain = file.path.hasSuffix("/main.swift") && file.isSource
        let most = isMain ? mainLinesMax : fileLinesMax
        guard file.lines.count > most else { return [] }
        return [Finding(file.path, 0, "\(file.lines.count) lines, at most \(most)")]
    }

    static func longLines(_ file: SourceFile) -> [Finding] {
        guard isProgramText(file) else { return [] }
        return file.lines.enumerated().compactMap { number, line in
            guard line.utf8.count > lineColumnsMax, line.count > lineColumnsMax else { return nil }
            return Finding(file.path, number + 1, "\(line.count) columns, at most 100")
        }
    }

    static func longFunctions(_ file: SourceFile) -> [Finding] {
        FunctionSpans.of(file.code).compactMap { span in
            guard span.lines > functionLinesMax else { return nil }
            return Finding(file.path, span.first, "\(span.lines) lines in a function, at most 50")
        }
    }

    private static func isProgramText(_ file: SourceFile) -> Bool {
        [".swift", ".c", ".h", ".cpp", ".py", "/run", "/install-packages"]
            .contains { file.path.hasSuffix($0) }
    }
}

/// Finds the bodies of functions by their braces.
enum FunctionSpans {
    struct Span: Hashable {
        /// The line of the keyword, from 1.
        let first: Int
        let lines: Int
    }

    private static let openers: Set = ["func", "init", "deinit", "subscript"]
    private static let stoppers: Set = [
        "func", "init", "deinit", "subscript", "var", "let", "case", "struct", "enum", "extension",
        "class", "actor", "protocol", "import", "typealias", "associatedtype",
    ]

    /// The functions, initialisers, subscripts and computed properties of stripped code.
    static func of(_ code: [String]) -> [Span] {
        let tokens = code.enumerated().flatMap { number, line in
            words(line).map { (line: number + 1, word: $0) }
        }
        var spans: [Span] = []
        for (place, token) in tokens.enumerated() {
            let isFunction = openers.contains(token.word) && !isCall(tokens, place)
            guard isFunction || isComputed(tokens, place) else { continue }
            if let end = closingLine(tokens, after: place) {
                spans.append(Span(first: token.line, lines: end - token.line + 1))
            }
        }
        return spans
    }

    /// `.init(` and `self.init(` are calls, not declarations.
    private static func isCall(_ tokens: [(line: Int, word: String)], _ place: Int) -> Bool {
        place > 0 && tokens[place - 1].word == "."
    }

    /// `var name: T {` on one line, without an initial value.
    private static func isComputed(_ tokens: [(line: Int, word: String)], _ place: Int) -> Bool {
        guard tokens[place].word == "var" else { return false }
        for token in tokens[(place + 1)...] {
            if token.line != tokens[place].line || token.word == "=" { return false }
            if token.word == "{" { return true }
        }
        return false
    }

    private static func closingLine(
        _ tokens: [(line: Int, word: String)], after place: Int
    ) -> Int? {
        var round = 0
        var curly = 0
        for token in tokens[(place + 1)...] {
            switch token.word {
            case "(": round += 1
            case ")": round -= 1
            case "{" where round == 0 || curly > 0: curly += 1
            case "}" where curly > 0:
                curly -= 1
                if curly == 0 { return token.line }
            case "}" where round == 0: return nil
            default:
                if curly == 0, round == 0, stoppers.contains(token.word) { return nil }
            }
        }
        return nil
    }

    /// Identifiers, and the other characters one by one.
    static func words(_ line: String) -> [String] {
        var words: [String] = []
        var word: [UInt8] = []
        for byte in line.utf8 {
            if Words.isWordByte(byte) {
                word.append(byte)
                continue
            }
            if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
            word = []
            if byte != 32 { words.append(String(decoding: [byte], as: UTF8.self)) }
        }
        if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        return words
    }
}
