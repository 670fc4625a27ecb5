import Audit
import CurlTransport

extension Settings {
    /// How the control plane is reached.
    struct Connection: Sendable {
        var url: String?
        /// A program, and its arguments, that prints the token.
        var tokenCommand: [String] = []
        /// True when a token may travel unencrypted to another machine.
        var allowsPlainHTTP = false
        /// A file with the certificates to trust instead of the system's.
        var certificates: String?
        /// The vkeys of audit logs that came another way.
        var logKeys: [String] = []
        /// Nil leaves it to what the line turns out to be.
        var isLowBandwidth: Bool?
    }
}

extension SettingsSection {
    static let connection = SettingsSection(
        "Connection", "How the control plane is reached, and who you are there.",
        [
            SettingsOption(
                "url", \.connection.url, .address,
                help: "The address of the control plane, when it is not that of the login.",
                example: "\"https://approvals.acme.test\"", variable: "COUNTERSIGN_URL",
                taking: .atStart),
            SettingsOption(
                "token_command", \.connection.tokenCommand, .texts,
                help: "A program and its arguments that prints the token, for example from a "
                    + "password store. Without it the token is that of the login.",
                example: "[\"pass\", \"show\", \"countersign\"]", taking: .atStart,
                isHidden: true),
            SettingsOption(
                "ca_file", \.connection.certificates, .text("the path of a file in PEM"),
                help: "The certificates to trust instead of the system's.",
                example: "\"/etc/ssl/acme.pem\"", variable: "COUNTERSIGN_CA_FILE",
                taking: .atStart),
            SettingsOption(
                "log_keys", \.connection.logKeys,
                .list(of: .logKey, allowed: "a list of keys of audit logs"),
                help: "The keys that sign the audit log, as whoever runs the control plane told "
                    + "you (log_vkeys of countersign audit trust, compared on another way). "
                    + "Without them the inbox takes the keys of the first log that it sees.",
                example: "[\"acme.example/countersign/prod+0da4b712+AVqFvJ9XDKrhbN0ddS0P7v0zt5N"
                    + "UFWrIqh8DGJeZgfHu\"]"),
            SettingsOption(
                "plain_http", \.connection.allowsPlainHTTP, .flag,
                help: "True lets the token travel unencrypted to another machine, where anybody "
                    + "on the way can read it. To this machine it may always.",
                taking: .atStart),
            SettingsOption(
                "low_bandwidth", \.connection.isLowBandwidth, .flag,
                help: "True spares bytes: fewer clocks run, and the selected row has a pointer "
                    + "instead of reversed colours. Without it the inbox measures the line and "
                    + "decides by itself.",
                example: "true"),
        ])
}

extension SettingsKind<String> {
    /// A key of an audit log, as C2SP writes it.
    static let logKey = text(
        "a key of the form <name>+<hash>+<base64>",
        where: { NoteKey(vkey: $0)?.kind == .note })

    /// The address of a control plane.
    static let address = text(
        "an address with https:// (or http:// on this machine)",
        where: { ServerAddress($0) != nil })
}
