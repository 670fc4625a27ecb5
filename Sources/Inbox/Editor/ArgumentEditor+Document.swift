import Approvals
import JSONTree

/// What is to be said about a document while it is typed.
package enum DocumentVerdict: Hashable, Sendable {
    /// It is no JSON; counted from 1.
    case broken(line: Int, column: Int, String)
    /// It is JSON, but cannot be an edit.
    case refused(EditMisfit)
    /// It can be taken over, but not sent as it is.
    case wrong(EditProblem)
    /// It can be taken over, with so many changes.
    case fits(changes: Int)
}

extension ArgumentEditor {
    /// The lines in front of a text that was given back, which say what was wrong with it.
    static let remark = "// countersign: "

    /// The arguments as they are now, as one text.
    ///
    /// Invisible characters are escaped, so that what is edited is what is seen.
    var documentText: String { tree.value.text(.pretty(indent: 2).inert) + "\n" }

    /// Opens the arguments as one text: the one that was left, or else a fresh one.
    mutating func openDocument() {
        field = nil
        document = kept ?? TextDocument(documentText)
        kept = nil
        judgeDocument()
    }

    /// Says anew what is wrong with what is typed.
    mutating func judgeDocument() { verdict = document.map { self.verdict(on: $0.text) } }

    /// True when the text that was left was made from other arguments than those of now.
    var isKeptStale: Bool { kept.map { !$0.base.isSame(as: documentText) } ?? false }

    /// Leaves the text; what was typed is kept, to be offered again.
    mutating func leaveDocument() {
        kept = document.flatMap { $0.isChanged ? $0 : nil }
        document = nil
        verdict = nil
    }

    /// The text that nobody took over yet: the open one, or the one that was left.
    var loose: TextDocument? { document.flatMap { $0.isChanged ? $0 : nil } ?? kept }

    /// Offers a text of an earlier run again.
    mutating func revive(text: String?, from base: String?) {
        guard let text else { return }
        kept = TextDocument(text, from: base ?? documentText)
    }

    /// What is wrong with a text, or what it changes.
    package func verdict(on text: String) -> DocumentVerdict {
        do {
            let value = try JSONValue(parsing: Array(Self.withoutRemarks(text).utf8))
            var fresh = tree
            try fresh.take(value)
            let patch = fresh.patch
            if let problem = checks.refused(in: patch) ?? checks.problems(in: fresh).first {
                return .wrong(problem)
            }
            return .fits(changes: patch.operations.count)
        } catch let error as JSONSyntaxError {
            return .broken(
                line: error.line + Self.remarks(in: text), column: error.column, error.reason)
        } catch let error as EditMisfit {
            return .refused(error)
        } catch {
            return .refused(EditMisfit(pointer: .root, reason: "cannot be read"))
        }
    }

    /// Takes a text over as the edit; what keeps it from that is returned, and nothing is changed.
    mutating func take(text: String) -> DocumentVerdict? {
        let verdict = verdict(on: text)
        switch verdict {
        case .broken, .refused: return verdict
        case .wrong, .fits: break
        }
        do {
            try take(try JSONValue(parsing: Array(Self.withoutRemarks(text).utf8)))
        } catch {
            return verdict
        }
        document = nil
        self.verdict = nil
        kept = nil
        return nil
    }

    /// Keeps a text that could not be taken over, with the cursor where it is wrong.
    mutating func keep(text: String, rows: Int) {
        var document = TextDocument(text, from: documentText)
        if case .broken(let line, let column, _) = verdict(on: text) {
            document.move(toLine: line, column: column, rows: rows)
        }
        kept = document
    }

    /// The text for an outside editor: one that was left begins with what is wrong with it.
    var outsideText: String {
        guard let kept else { return documentText }
        let text = Self.withoutRemarks(kept.text)
        switch verdict(on: text) {
        case .broken(let line, let column, let reason):
            return Self.remark + "line \(line + 1), column \(column): \(reason)\n" + text
        case .refused(let misfit):
            return Self.remark + "\(misfit.pointer): \(misfit.reason)\n" + text
        case .wrong(let problem):
            return Self.remark + "\(problem.pointer): \(problem.sentence)\n" + text
        case .fits: return text
        }
    }

    private static func remarks(in text: String) -> Int {
        text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .prefix { $0.starts(with: remark.utf8) }.count
    }

    private static func withoutRemarks(_ text: String) -> String {
        let count = remarks(in: text)
        guard count > 0 else { return text }
        let lines = text.utf8.split(
            separator: UInt8(ascii: "\n"), maxSplits: count, omittingEmptySubsequences: false)
        return lines.count > count ? String(Substring(lines[count])) : ""
    }
}
