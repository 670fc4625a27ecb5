extension Inbox {
    /// Takes settings that were read while it runs; what the terminal can draw and whom it asks
    /// stay as they are.
    mutating func adopt(_ fresh: InboxSettings, _ sentence: String) {
        var fresh = fresh
        fresh.repertoire = settings.repertoire
        fresh.server = settings.server
        fresh.tour = settings.tour
        fresh.keepsCopy = settings.keepsCopy
        fresh.unlocking = settings.unlocking
        if fresh.keymap != settings.keymap {
            // A key that was meant as something else must not decide.
            strokes = []
            arming.disarm(at: now, for: Arming.changedMilliseconds)
        }
        settings = fresh
        say(.info, sentence)
    }
}
