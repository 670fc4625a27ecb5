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
    ///
    /// Nothing is kept on this machine when the caller says so for this run, or the settings for
    /// every run; then what earlier runs kept is removed, too.
    static func run(_ options: InboxOptions? = nil) -> Int32 {
        do throws(Complaint) {
            let environment = SystemEnvironment()
            var settings = try Settings.read(environment)
            options?.apply(to: &settings)
            let session = try Session.find(environment, settings)
            let cache = session.cacheFolder(environment)
            if !settings.safety.keepsCopy { try LogoutCommand.wipe(cache, environment) }
            let isKept = options?.noCache != true && settings.safety.keepsCopy
            let tour = TourMarker.offer(settings, environment)
            let end = try open(
                session, settings, isKept ? cache : nil, environment, options, tour: tour)
            TourMarker.remember(tour, environment)
            if let farewell = end.farewell { Output.note("countersign: " + farewell) }
            return end.finish()
        } catch {
            error.say()
            return error.status.rawValue
        }
    }

    /// Opens the inbox of a session over its local copy.
    static func open(
        _ session: Session, _ settings: Settings, _ cache: CacheFolder?,
        _ environment: SystemEnvironment, _ options: InboxOptions? = nil,
        tour: TourOffer = .none
    ) throws(Complaint) -> InboxShell.End {
        let server = session.address.text
        let themes = ThemeLibrary(environment)
        let theme = try themes.theme(settings.terminal.theme)
        var told = settings.inboxSettings(server: server)
        told.tour = tour
        told.keepsCopy = cache != nil
        told.unlocking = session.unlocking
        var setup = InboxSetup(
            settings: told,
            theme: theme, options: settings.terminalOptions,
            clipboard: settings.terminal.clipboard,
            cache: cache, transport: try session.transport(),
            tokens: session.tokens(environment),
            editor: TextEditor(environment: environment), seed: SystemSource.seed())
        setup.settingsSource = SettingsReload.source(settings, server: server, themes, options)
        do {
            return try InboxShell.run(setup)
        } catch {
            throw Complaint(error.description, next: "", .noTerminal)
        }
    }
}
