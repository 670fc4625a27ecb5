import Approvals
import Inbox
import Keymap
import TextGrid

/// The line of sentences: what happened, or how the connection is.
struct MessageView {
    let inbox: Inbox

    func draw(in area: GridArea, of grid: inout Grid) {
        let line = line.fitted(to: max(0, area.columns - 2))
        grid.put(line, at: area.position(column: 1), columnsMax: area.columns - 1)
    }

    private var line: Line {
        if !inbox.strokes.isEmpty { return continuations }
        if let notice = inbox.notice { return Line(notice.text, Self.role(notice.kind)) }
        switch inbox.poller.connection {
        case .connecting, .online: return Line()
        case .offline(let sentence):
            return Line(
                "Offline: what you decide becomes a draft, nothing is sent. \(sentence)", .warning)
        case .refused(let sentence): return Line(sentence, .danger)
        }
    }

    /// How a key sequence can go on.
    private var continuations: Line {
        let typed = inbox.strokes.map(\.description).joined(separator: " ")
        var line = Line([Span("\(typed) ", .barKey)])
        switch inbox.settings.keymap.resolve(inbox.strokes, in: inbox.place) {
        case .pending(let ways):
            for way in ways {
                line =
                    line + [
                        Span("  ", .dim), Span(way.stroke.description, .barKey),
                        Span(" \(way.action.title)", .dim),
                    ]
            }
        case .action, .none: break
        }
        return line
    }

    private static func role(_ kind: Notice.Kind) -> TextGrid.Role {
        switch kind {
        case .info: .text
        case .success: .success
        case .warning: .warning
        case .problem: .danger
        }
    }
}
