extension KeymapPreset {
    /// As in mutt: `l` limits, `t` tags, `o` orders, `i` goes to the list, `$` asks the server.
    static let mailKeys = table([
        Row(
            .pageDown, ([.queue, .history, .grants], ["pgdn", ">"]),
            ([.detail, .diff], ["space", "pgdn"])),
        Row(
            .pageUp, ([.queue, .history, .grants], ["pgup", "<"]),
            ([.detail, .diff], ["-", "pgup"])),
        Row(.top, ([.queue, .detail, .editor, .diff, .history, .grants, .bulk], ["=", "home"])),
        Row(.open, ([.queue, .history, .grants], ["enter", "right"])),
        Row(
            .back, ([.detail, .diff, .history, .grants], ["i", "q", "esc", "left"]),
            ([.editor], ["i", "q", "esc"])),
        Row(.collapse, ([.detail], ["_"])),
        Row(.filter, ([.queue, .history, .page], ["l", "/"])),
        Row(.mark, ([.queue], ["t", "space"])),
        Row(.sort, ([.queue, .history], ["o"])),
        Row(.reassign, ([.queue, .detail, .diff], ["b", "R"])),
        Row(.refresh, ([.queue, .detail, .history, .grants], ["$", "ctrl-r"])),
    ])
}
