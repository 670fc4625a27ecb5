extension KeymapPreset {
    /// As in mutt: `l` limits, `t` tags, `o` orders, `i` goes to the list, `$` asks the server.
    static let mailKeys = table([
        Row(
            .pageDown, ([.queue, .history], ["pgdn", ">"]), ([.detail, .diff], ["space", "pgdn"])),
        Row(.pageUp, ([.queue, .history], ["pgup", "<"]), ([.detail, .diff], ["-", "pgup"])),
        Row(.top, ([.queue, .detail, .editor, .diff, .history, .bulk], ["=", "home"])),
        Row(.open, ([.queue, .history], ["enter", "right"])),
        Row(
            .back, ([.detail, .diff, .history], ["i", "q", "esc", "left"]),
            ([.editor], ["i", "q", "esc"])),
        Row(.collapse, ([.detail], ["_"])),
        Row(.filter, ([.queue, .history], ["l", "/"])),
        Row(.mark, ([.queue], ["t", "space"])),
        Row(.sort, ([.queue, .history], ["o"])),
        Row(.reassign, ([.queue, .detail, .diff], ["b", "R"])),
        Row(.refresh, ([.queue, .detail, .history], ["$", "ctrl-r"])),
    ])
}
