/// What the name of a member says about its value.
///
/// A name is read as words (`apiKey`, `API_KEY` and `x-api-key` are the same), so `tokenizer`,
/// `max_tokens` and `password_policy_days` say nothing.
enum KeyName: Hashable, Sendable {
    /// Whatever stands there is secret, short or long: a password, a PIN.
    case secret(String)
    /// A key or token: secret when it is a text.
    case token(String)
    /// Perhaps a secret; then it looks like a key.
    case hint
    /// An identifier or a checksum, which looks random and is none.
    case identifier
    /// Nothing.
    case plain

    init(_ name: some Collection<UInt8>) {
        guard name.count <= 128 else {
            self = .plain
            return
        }
        var words = Self.words(of: name)
        while let last = words.last, words.count > 1, Self.endings.contains(last) {
            words.removeLast()
        }
        self = Self.meaning(of: words)
    }

    private static func meaning(of words: [String]) -> KeyName {
        guard let last = words.last else { return .plain }
        let pair = words.count > 1 ? words[words.count - 2] + last : last
        if words.count > 1, paging.contains(pair) { return .identifier }
        if last == "tokens", words.dropLast().contains(where: counting.contains) { return .plain }
        if let label = secrets[last] ?? secrets[pair] { return .secret(label) }
        if let label = tokens[pair] ?? tokens[last] { return .token(label) }
        if hints.contains(last) { return .hint }
        return identifiers.contains(last) ? .identifier : .plain
    }

    /// The words of a name, in small letters, without numbers at the end.
    static func words(of name: some Collection<UInt8>) -> [String] {
        var words: [[UInt8]] = []
        var previous: UInt8 = 0
        var wasUpperRun = false
        for byte in name {
            defer { previous = byte }
            guard byte.isAlnum else { continue }
            let isTurn = previous.isLower && byte.isUpper
            if words.isEmpty || !previous.isAlnum || isTurn {
                words.append([])
            } else if wasUpperRun, byte.isLower, let last = words.last?.last {
                // The last capital of `APIKey` begins the next word.
                words[words.count - 1].removeLast()
                words.append([last])
            }
            wasUpperRun = byte.isUpper && previous.isUpper
            words[words.count - 1].append(byte.lowered)
        }
        return words.filter { !$0.isEmpty && !$0.allSatisfy(\.isDigit) }
            .map { word in
                var word = word
                while word.count > 2, let last = word.last, last.isDigit { word.removeLast() }
                return String(decoding: word, as: UTF8.self)
            }
    }

    /// Words after the noun that do not change what it names.
    private static let endings: Set<String> = [
        "value", "text", "string", "b64", "base64", "raw", "plain", "plaintext", "cleartext",
        "new", "old", "current", "confirm", "confirmation", "again", "repeat", "prod", "test",
        "live", "staging", "dev", "primary", "secondary", "production",
    ]

    private static let secrets: [String: String] = [
        "password": "password", "passwords": "password", "passwd": "password",
        "pwd": "password", "pass": "password", "pw": "password", "passphrase": "passphrase",
        "passcode": "passcode", "passwort": "password", "kennwort": "password",
        "contrasena": "password", "motdepasse": "password", "userpass": "password",
        "dbpassword": "password", "userpassword": "password", "dbpass": "password",
        "secret": "secret", "secrets": "secret", "clientsecret": "secret",
        "appsecret": "secret", "sharedsecret": "secret", "consumersecret": "secret",
        "credential": "credential", "credentials": "credential", "cred": "credential",
        "creds": "credential", "pin": "PIN", "pincode": "PIN", "cvv": "card code",
        "cvc": "card code", "cvv2": "card code", "securitycode": "card code", "otp": "code",
        "totp": "code", "onetimepassword": "code", "tan": "code", "ssn": "number",
        "seedphrase": "seed phrase", "recoveryphrase": "seed phrase", "mnemonic": "seed phrase",
        "recoverycode": "recovery code", "recoverycodes": "recovery code",
        "backupcode": "recovery code", "backupcodes": "recovery code",
        "privatekey": "private key", "cardnumber": "card number", "psk": "key",
    ]

    private static let tokens: [String: String] = [
        "token": "token", "tokens": "token", "authtoken": "token", "accesstoken": "token",
        "refreshtoken": "token", "idtoken": "token", "bearertoken": "token",
        "apitoken": "token", "csrftoken": "token", "sessiontoken": "token", "bearer": "token",
        "jwt": "token", "sastoken": "token", "sas": "token", "pat": "token",
        "apikey": "API key", "apikeys": "API key", "apisecret": "API key", "xapikey": "API key",
        "accesskey": "key", "accesskeys": "key", "secretkey": "key", "encryptionkey": "key",
        "signingkey": "key", "masterkey": "key", "licensekey": "key", "licencekey": "key",
        "sharedkey": "key", "sharedaccesskey": "key", "sharedaccesssignature": "key",
        "accountkey": "key", "storagekey": "key", "servicekey": "key", "deploykey": "key",
        "hmackey": "key", "webhookkey": "key", "sshkey": "key", "rsakey": "key",
        "serverkey": "key", "adminkey": "key", "rootkey": "key", "authkey": "key",
        "insertkey": "key", "ingestkey": "key", "writekey": "key", "kek": "key",
        "authorization": "authorization", "proxyauthorization": "authorization",
        "authheader": "authorization", "cookie": "cookie", "cookies": "cookie",
        "setcookie": "cookie", "sessionid": "session", "sessionkey": "session",
        "sessioncookie": "session", "phpsessid": "session", "jsessionid": "session",
        "connectionstring": "connection string", "connstring": "connection string",
        "connstr": "connection string", "conn": "connection string", "dsn": "connection string",
    ]

    private static let hints: Set<String> = [
        "key", "keys", "auth", "authentication", "session", "signature", "sig", "license",
        "licence", "hmac", "salt", "nonce", "kms",
    ]

    private static let identifiers: Set<String> = [
        "id", "ids", "uuid", "guid", "sha", "sha1", "sha2", "sha256", "sha512", "md5", "hash",
        "hashes", "digest", "digests", "checksum", "checksums", "commit", "commits", "etag",
        "fingerprint", "revision", "rev", "version", "ref", "oid", "cursor", "trace", "span",
        "run", "traceparent", "image", "blob", "tree", "parent", "head", "sum", "integrity",
        "crc", "build", "slug", "uid", "urn", "arn", "number", "at", "name", "filename",
        "path", "host", "hostname", "user", "username", "email", "address",
    ]

    /// What counts the tokens of a language model.
    private static let counting: Set<String> = [
        "max", "min", "total", "prompt", "completion", "input", "output", "used", "reasoning",
        "cached", "context", "num", "count", "limit",
    ]

    private static let paging: Set<String> = [
        "pagetoken", "nexttoken", "synctoken", "continuationtoken", "cursortoken", "starttoken",
        "prevtoken", "nexttokens", "foreignkey", "primarykey", "publickey", "publickeys",
        "sortkey", "partitionkey", "idempotencykey", "cachekey", "routingkey", "objectkey",
    ]
}
