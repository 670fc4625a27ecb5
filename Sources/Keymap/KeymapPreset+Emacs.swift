extension KeymapPreset {
    /// As in Emacs: `ctrl-x` begins sequences, `ctrl-g` gives up, `alt-x` runs by name.
    static let emacsKeys = table(moving + looking + typing + program)

    private static let moving = [
        Row(
            .moveDown, (lists, ["n", "ctrl-n", "down"]), (offers, ["ctrl-n", "down"])),
        Row(.moveUp, (lists, ["p", "ctrl-p", "up"]), (offers, ["ctrl-p", "up"])),
        Row(
            .pageDown, ([.queue, .editor, .history, .grants, .bulk], ["ctrl-v", "pgdn"]),
            ([.detail, .diff], ["space", "ctrl-v", "pgdn"]), (offers, ["ctrl-v", "pgdn"])),
        Row(
            .pageUp, ([.queue, .editor, .history, .grants, .bulk], ["alt-v", "pgup"]),
            ([.detail, .diff], ["bs", "alt-v", "pgup"]), (offers, ["alt-v", "pgup"])),
        Row(.halfPageDown, (lists, ["ctrl-d"])),
        Row(.halfPageUp, (lists, ["ctrl-u"])),
        Row(.top, (lists, ["alt-<", "home"])),
        Row(.bottom, (lists, ["alt->", "end"])),
        Row(.nextPane, ([.queue, .detail, .diff, .history, .grants], ["tab", "ctrl-x o"])),
        Row(.open, ([.queue, .history, .grants], ["enter", "ctrl-f", "right"])),
        Row(
            .back,
            ([.detail, .diff, .history, .grants], ["q", "ctrl-g", "esc", "ctrl-b", "left"]),
            ([.editor], ["ctrl-g", "esc", "q"])),
        Row(.expand, ([.editor, .detail, .bulk], ["ctrl-f", "right"])),
        Row(.collapse, ([.editor, .bulk], ["ctrl-b", "left"])),
        Row(.nextButton, ([.dialog], ["tab", "ctrl-f", "right"])),
        Row(.previousButton, ([.dialog], ["shift-tab", "ctrl-b", "left"])),
        Row(
            .cancel, ([.dialog], ["ctrl-g", "esc", "n", "q"]), (texts, ["ctrl-g", "esc"]),
            ([.bulk], ["ctrl-g", "esc", "q"])),
    ]

    private static let looking = [
        Row(.undo, ([.editor], ["ctrl-_", "ctrl-x u", "u"])),
        Row(.mark, ([.queue], ["m", "space"])),
        Row(.filter, ([.queue, .detail, .editor, .history, .page], ["/", "alt-s"])),
        Row(
            .clearFilter, ([.queue], ["ctrl-g", "esc", "\\"])),
        Row(.nextMatch, ([.queue, .detail, .editor, .history], ["alt-n"])),
        Row(.previousMatch, ([.queue, .detail, .editor, .history], ["alt-p"])),
        Row(.reveal, ([.detail], ["ctrl-x r"])),
        Row(.history, ([.queue, .detail, .grants], ["H", "ctrl-x h"])),
        Row(.queue, ([.detail, .history, .grants, .diff], ["Q", "ctrl-x b"])),
        Row(.yank, ([.queue, .detail, .editor, .diff, .history], ["alt-w", "y"])),
    ]

    private static let typing = [
        Row(.cursorLeft, (texts, ["ctrl-b", "left"])),
        Row(.cursorRight, (texts, ["ctrl-f", "right"])),
        Row(.cursorStart, (texts, ["ctrl-a", "home"])),
        Row(.cursorEnd, (texts, ["ctrl-e", "end"])),
        Row(.deleteForward, (texts, ["ctrl-d", "del"])),
        Row(.deleteWord, (texts, ["alt-bs", "ctrl-w"])),
    ]

    private static let program = [
        Row(.refresh, ([.queue, .detail, .history, .grants], ["g"])),
        Row(
            .commandLine, ([.queue, .detail, .editor, .diff, .history, .grants], ["alt-x", ":"])),
        Row(
            .quit, ([.queue], ["q", "ctrl-x ctrl-c", "ctrl-c"]),
            (Context.allCases.filter { $0 != .queue }, ["ctrl-x ctrl-c", "ctrl-c"])),
    ]
}
