import Redaction
import Testing

/// Goal: what is found in one text, where it begins and ends, and what it is called.
@Suite struct TextFindingTests {
    private let scanner = RedactionScanner()

    /// Each line is a text and how it is shown.
    @Test(arguments: [
        ("use ghp_OWyAHArcFc2qn021BEwabk19Z3LCcr945G6C now", "use ‹GitHub token · 40› now"),
        ("transfer to DE89 3704 0044 0532 0130 00 today", "transfer to ‹IBAN · 27› today"),
        ("to GB82WEST12345698765432.", "to ‹IBAN · 22›."),
        ("card 4111 1111 1111 1111, thanks", "card ‹card number · 19›, thanks"),
        ("card 378282246310005", "card ‹card number · 15›"),
        ("password=hunter2; host=db", "password=‹password · 7›; host=db"),
        ("the password is hunter2", "the password is ‹password · 7›"),
        (
            "postgres://app:s3cr3t@db:5432/x",
            "postgres://app:‹password in an address · 6›@db:5432/x"
        ),
        ("https://a:p@ss@host/x", "https://a:‹password in an address · 4›@host/x"),
        (
            "curl -H 'Authorization: Bearer abc.def-123456' https://x.test",
            "curl -H 'Authorization: Bearer ‹authorization · 14›' https://x.test"
        ),
        (
            "Authorization: Basic dXNlcjpwYXNz and more",
            "Authorization: Basic ‹authorization · 12› and more"
        ),
        ("curl -u ada:hunter22 https://x.test", "curl -u ada:‹password · 8› https://x.test"),
        ("mysql --password hunter2 -e x", "mysql --password ‹password · 7› -e x"),
        ("export API_KEY=a1b2c3d4e5f6", "export API_KEY=‹API key · 12›"),
        (
            #"{"note": 1} "client_secret": "abc def""#,
            #"{"note": 1} "client_secret": "‹secret · 7›""#
        ),
        ("AccountKey=aGVsbG8gd29ybGQhMTIz==;Endpoint=x", "AccountKey=‹key · 22›;Endpoint=x"),
        ("Cookie: sid=38afes7a8; theme=dark", "Cookie: ‹cookie · 25›"),
        ("q=1&x=password%3Dhunter2&y=2", "q=1&x=password%3D‹password · 7›&y=2"),
        ("<password>hunter2</password>", "<password>‹password · 7›</password>"),
        ("Your code to log in is 482913.", "Your code to log in is ‹key · 6›."),
    ])
    func findsIn(_ example: (text: String, shown: String)) {
        #expect(scanner.masked(example.text) == example.shown)
        #expect(scanner.masked(example.shown) == example.shown, "a second look changes nothing")
    }

    @Test func privateKeysGoToTheirEnd() {
        let key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEabc\n-----END RSA PRIVATE KEY-----"
        #expect(scanner.masked("a \(key) b") == "a ‹private key · \(key.utf8.count)› b")
        #expect(scanner.masked("x -----BEGIN PRIVATE KEY-----\nMII") == "x ‹private key · 31›")
    }

    /// A secret in base64, and in base64 of base64.
    @Test func looksInside() {
        let inner = "cGFzc3dvcmQ9aHVudGVyMiBob3N0PWRi"  // password=hunter2 host=db
        #expect(scanner.masked("data \(inner) end") == "data ‹password · 32› end")
        let twice = "Y0dGemMzZHZjbVE5YUhWdWRHVnlNaUJvYjNOMFBXUmk="
        #expect(scanner.masked(twice) == "‹password · 44›")
    }

    /// What people and agents write every day and nobody needs hidden.
    @Test(arguments: [
        "7ca57a16-5e7a-4388-ad8f-1cdb9abb5587", "2026-08-12T04:00:00Z", "20260812T040000Z",
        "git revert b6589fc6ab0dc82cf12099d1c2d40ab994e8410c --no-edit",
        "commit da4b9237bacccdf19c0760cab7aec4a8359010b0 broke it",
        "https://github.com/acme/shop/commit/da4b9237bacccdf19c0760cab7aec4a8359010b0",
        "r/app@sha256:5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9",
        "/srv/app/releases/20261210/config/customer.yaml", "kubectl scale deploy/checkout-api",
        "SELECT id, total FROM orders WHERE created_at > now() - interval '3 days'",
        "customresourcedefinitions.apiextensions.k8s.io/v1beta1", "max_tokens=4096 temperature=0.2",
        "password_policy_days: 90", "the tokenizer has 50257 tokens", "Password: required",
        "password=${DB_PASSWORD}", "Authorization: Bearer ${TOKEN}", "token: {{ secrets.TOKEN }}",
        "Invoice 4929301100 of 2026-03-01, order 98758296, ticket FIN-212",
        "customer cus_NffrFeUfNV2Hib charge ch_3MqLiJLkdIwHu7ix0jFXGtrc",
        "getUserAccountByIdentifierAndRegionCode", "arn:aws:iam::123456789012:role/Deploy",
        "i-0abcd1234ef567890 in subnet-0bb1c79de3EXAMPLE", "01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "ada@example.com wants to log in from ip-10-0-12-5.eu-west-1.compute.internal",
        "Reset the password for order 98758296, refund 4929301100 to getUserAccountName",
        "Please log in until Friday 2026-08-14 at 10:00.", "phone +49 30 901820 room 4711",
        "The secretary of the tokenization board keeps the keynote passport.",
        "1234567890123456", "4111111111111112", "DE89370400440532013001", "3.14159265358979",
    ])
    func leavesAlone(_ text: String) {
        #expect(scanner.masked(text) == text)
    }

    /// Method: a budget that does not reach; the text is hidden, not shown.
    @Test func tooMuchWorkHidesTheText() {
        let scanner = RedactionScanner(stepsMax: 100)
        let text = "a quite harmless sentence, only a little long"
        #expect(scanner.masked(text) == "‹not looked through · 45›")
    }

    /// Method: texts made to be slow; each is looked through or hidden within the budget.
    @Test(arguments: [
        "ghp_", "eyJa.", "-----BEGIN ", "password=", "://a:", "%41", "4111 ", "DE89", "{[",
    ])
    func hostileTextsEnd(_ piece: String) {
        let text = String(repeating: piece, count: 200_000 / piece.utf8.count)
        #expect(!scanner.masked(text).isEmpty)
    }
}
