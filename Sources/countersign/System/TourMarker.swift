import Inbox
import SettingsFile
import SystemClock

/// Remembers, in the state folder, that the tour was offered once.
enum TourMarker {
    /// Whether this start offers the tour.
    static func offer(_ settings: Settings, _ environment: SystemEnvironment) -> TourOffer {
        guard settings.inbox.offersTour else { return .none }
        do throws(SecretFileFailure) {
            _ = try SecretFile.read(path(environment))
            return .none
        } catch .absent {
            return .firstStart
        } catch {
            // Something is there that is not ours; it is left alone, and nothing is offered.
            return .none
        }
    }

    /// It was offered; whoever cannot write it down is offered it again.
    static func remember(_ offer: TourOffer, _ environment: SystemEnvironment) {
        guard offer == .firstStart else { return }
        do throws(SecretFileFailure) {
            try SecretFile.write(path(environment), [])
        } catch {
            return
        }
    }

    private static func path(_ environment: SystemEnvironment) -> String {
        environment.stateFolder + "/tour-was-offered"
    }
}
