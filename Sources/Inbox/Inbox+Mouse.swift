import Keymap

extension Inbox {
    /// The mouse did something. It moves the focus and scrolls; a click never decides, presses or
    /// confirms anything.
    mutating func moused(_ event: MouseEvent) {
        switch event.kind {
        case .wheelUp, .wheelDown: turned(event)
        case .press: clicked(event)
        }
    }

    /// The wheel scrolls what is under it.
    private mutating func turned(_ event: MouseEvent) {}

    /// A click selects a row or moves the focus.
    private mutating func clicked(_ event: MouseEvent) {}
}
