import JSONTree
import Keymap

extension ArgumentEditor {
    /// Why an action of the tree can do nothing now; nil when it can, or says so itself.
    ///
    /// It looks at nothing but the line under the cursor, because the key bar asks on every frame.
    func whyNot(_ action: Action) -> String? {
        if action == .undo { return done.isEmpty ? "There is nothing to undo." : nil }
        if action == .redo { return undone.isEmpty ? "There is nothing to redo." : nil }
        if action == .discardEdits || action == .diff {
            return patch.isEmpty && (kept == nil || action == .diff)
                ? "You changed nothing yet." : nil
        }
        guard let line else { return nil }
        let changes: [Action] = [
            .editValue, .toggleValue, .setNull, .changeType, .deleteNode, .renameMember,
            .restoreValue, .moveNodeDown, .moveNodeUp,
        ]
        let folds = line.childCount != nil && (action == .editValue || action == .toggleValue)
        guard changes.contains(action), !folds else { return nil }
        return checks.refusal(at: line.pointer)
    }
}
