import CurlTransport
import Inbox
import InboxCache
import InboxShell
import JSONTree
import SettingsFile
import SystemClock
import Terminal
import Theming

/// `countersign` alone: the inbox.
enum InboxCommand {
    /// Opens the inbox and says how the process exits.
    static func run(_ options: InboxOptions? = nil) -> Int32 {
        do throws(Complaint) {
            let environment = SystemEnvironment()
            var settings = try Settings.read(environment)
            options?.apply(to: &settings)
            let session = try Session.find(environment, settings)
            let cache = session.cacheFolder(environment)
            let tour = TourMarker.offer(settings, environment)
            let end = try open(session, settings, cache, environment, tour: tour)
            TourMarker.remember(tour, environment)
            return end.finish()
        } catch {
            error.say()
            return error.status.rawValue
        }
    }

    /// Opens the inbox of a session over its local copy.
    static func open(
        _ session: Session, _ settings: Settings, _ cache: CacheFolder,
        _ environment: SystemEnvironment, tour: TourOffer = .none
    ) throws(Complaint) -> InboxShell.End {
        let setup = InboxSetup(
            settings: InboxSettings(
                keymap: settings.keys.keymap, isLowBandwidth: settings.connection.isLowBandwidth,
                ringsBell: settings.inbox.ringsBell, server: session.address.text,
                tour: tour, views: settings.views.saved),
            theme: try theme(settings), options: settings.terminalOptions,
            clipboard: settings.terminal.clipboard,
            cache: cache, transport: try session.transport(),
            editor: TextEditor(environment: environment), seed: SystemSource.seed())
        do {
            return try InboxShell.run(setup)
        } catch {
            throw Complaint(error.description, next: "", .noTerminal)
        }
    }

    /// A shipped theme by its name, or a theme's file by its path.
    static func theme(_ settings: Settings) throws(Complaint) -> Theme {
        let named = settings.terminal.theme
        if let shipped = Theme.shipped(named: named) { return shipped }
        guard named.contains("/") else {
            let names = Theme.shipped.map(\.name).joined(separator: ", ")
            throw Complaint(
                "There is no theme \(named).", next: "Shipped are \(names); else name a file.",
                .badSettings)
        }
        return try ThemeFile.read(named)
    }
}
