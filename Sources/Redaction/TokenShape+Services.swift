// Forms of keys that the makers document: talking, thinking, paying and selling.
extension TokenShape {
    static let services: [TokenShape] = chat + models + mail

    static let companies: [TokenShape] = payment + shops + productivity

    private static let chat: [TokenShape] = [
        TokenShape("Slack token", "xoxb-{b:14}", .anywhere),
        TokenShape("Slack token", "xoxp-{b:14}", .anywhere),
        TokenShape("Slack token", "xoxe-{b:14}", .anywhere),
        TokenShape("Slack token", "xoxe.xoxb-{b:20}", .anywhere),
        TokenShape("Slack token", "xoxe.xoxp-{b:20}", .anywhere),
        TokenShape("Slack token", "xoxa-{b:8}", .anywhere),
        TokenShape("Slack token", "xoxr-{b:8}", .anywhere),
        TokenShape("Slack token", "xoxs-{b:8}", .anywhere),
        TokenShape("Slack token", "xoxo-{b:8}", .anywhere),
        TokenShape("Slack token", "xoxc-{b:14}", .anywhere),
        TokenShape("Slack token", "xoxd-{*:14}", .anywhere),
        TokenShape("Slack token", "xapp-{d:1-1}-{b:8}", .anywhere),
        TokenShape("Slack token", "XAPP-{d:1-1}-{b:8}", .anywhere),
        TokenShape("Slack token", "xwfp-{b:14}", .anywhere),
        TokenShape("Slack webhook", "hooks.slack.com/{a:8-9}/{*:36}", .anywhere),
        TokenShape("Discord webhook", "discord.com/api/webhooks/{d:15-22}/{b:50}", .anywhere),
        TokenShape("Discord webhook", "discordapp.com/api/webhooks/{d:15-22}/{b:50}", .anywhere),
        TokenShape("Teams webhook", "webhook.office.com/webhookb2/{*:36}", .anywhere),
        TokenShape("Line token", "linechan_{w:40}"),
        TokenShape("LiveKit key", "LK{w:40}", [.mixed, .exact]),
        TokenShape("Scalr token", "at-{h:60}"),
    ]

    private static let models: [TokenShape] = [
        TokenShape("OpenAI key", "sk-proj-{b:40}"),
        TokenShape("OpenAI key", "sk-svcacct-{b:40}"),
        TokenShape("OpenAI key", "sk-admin-{b:40}"),
        TokenShape("Anthropic key", "sk-ant-{b:40}"),
        TokenShape("OpenRouter key", "sk-or-{b:40}"),
        TokenShape("OpenAI key", "sk-{w:32}", .mixed),
        TokenShape("xAI key", "xai-{w:60}"),
        TokenShape("Groq key", "gsk_{w:40}"),
        TokenShape("Perplexity key", "pplx-{w:40}"),
        TokenShape("Replicate token", "r8_{b:36}"),
        TokenShape("Fireworks key", "fw_{w:22}", .mixed),
        TokenShape("NVIDIA key", "nvapi-{b:50}"),
        TokenShape("LangSmith key", "lsv2_{b:36}"),
        TokenShape("Langfuse key", "sk-lf-{b:30}"),
        TokenShape("E2B key", "e2b_{h:40}"),
    ]

    private static let mail: [TokenShape] = [
        TokenShape("SendGrid key", "SG.{e:60}"),
        TokenShape("Brevo key", "xkeysib-{h:60}"),
        TokenShape("Brevo key", "xsmtpsib-{h:60}"),
        TokenShape("Mailgun key", "key-{h:32}"),
        TokenShape("Mailgun key", "pubkey-{h:32}"),
        TokenShape("Resend key", "re_{b:32}", .mixed),
        TokenShape("Postmark token", "pmk_{w:30}"),
        TokenShape("Twilio key", "SK{H:32-32}", .exact),
        TokenShape("Twilio account", "AC{h:32-32}", .exact),
        TokenShape("Beamer token", "b_{*:44-44}", [.mixed, .exact]),
        TokenShape("Intercom token", "dG9rO{B:50}"),
    ]

    private static let payment: [TokenShape] =
        ["sk", "rk", "pk"].flatMap { side in
            ["test", "live", "prod"].map {
                TokenShape("Stripe key", "\(side)_\($0)_{w:10}")
            }
        } + [
            TokenShape("Stripe secret", "whsec_{w:24}"),
            TokenShape("Square token", "EAAA{b:22}", .mixed),
            TokenShape("Square token", "sq0atp-{b:22}"),
            TokenShape("Square secret", "sq0csp-{b:40}"),
            TokenShape("Square token", "sq0idp-{b:22}"),
            TokenShape("PayPal token", "access_token$production${l:16}"),
            TokenShape("PayPal token", "access_token$sandbox${l:16}"),
            TokenShape("Flutterwave key", "FLWSECK_TEST-{w:12}", .anywhere),
            TokenShape("Flutterwave key", "FLWSECK-{w:12}", .anywhere),
            TokenShape("Flutterwave key", "FLWPUBK_TEST-{w:12}", .anywhere),
            TokenShape("Flutterwave key", "FLWPUBK-{w:12}", .anywhere),
            TokenShape("GoCardless token", "live_{*:38-48}", [.mixed, .exact]),
            TokenShape("GoCardless token", "sandbox_{*:38-48}", [.mixed, .exact]),
            TokenShape("Lob key", "live_{h:35}"),
            TokenShape("Lob key", "test_{h:35}"),
            TokenShape("Lob key", "live_pub_{h:31}"),
            TokenShape("Lob key", "test_pub_{h:31}"),
            TokenShape("Plaid token", "access-sandbox-{h:8-8}-{b:20}"),
            TokenShape("Plaid token", "access-development-{h:8-8}-{b:20}"),
            TokenShape("Plaid token", "access-production-{h:8-8}-{b:20}"),
            TokenShape("Razorpay key", "rzp_live_{w:14}"),
            TokenShape("Razorpay key", "rzp_test_{w:14}"),
            TokenShape("Mollie key", "live_{w:28-32}", [.mixed, .exact]),
            TokenShape("Adyen key", "AQE{B:60}"),
            TokenShape("Freemius key", "sk_{*:28}", .mixed),
            TokenShape("Extended private key", "xprv{w:100}"),
        ]

    private static let shops: [TokenShape] = [
        TokenShape("Shopify token", "shpat_{H:30}", .anywhere),
        TokenShape("Shopify token", "shpca_{H:30}", .anywhere),
        TokenShape("Shopify token", "shppa_{H:30}", .anywhere),
        TokenShape("Shopify secret", "shpss_{H:30}", .anywhere),
        TokenShape("Shopify token", "shptka_{H:30}", .anywhere),
        TokenShape("Shippo token", "shippo_live_{H:36}"),
        TokenShape("Shippo token", "shippo_test_{H:36}"),
        TokenShape("EasyPost key", "EZAK{w:50}"),
        TokenShape("EasyPost key", "EZTK{w:50}"),
        TokenShape("Duffel token", "duffel_live_{*:40}", .anywhere),
        TokenShape("Duffel token", "duffel_test_{*:40}", .anywhere),
        TokenShape("Facebook token", "EAAM{w:80}"),
        TokenShape("Facebook token", "EAAC{w:80}"),
        TokenShape("Facebook token", "EAA{w:100}", .mixed),
        TokenShape("Twitter token", "AAAAAAAAAAAAAAAAAAAAA{p:60}"),
        TokenShape("Amazon login", "amzn1.oa2-cs.v1.{h:50}"),
        TokenShape("Amazon marketplace", "amzn.mws.{h:8-8}-{b:20}"),
    ]

    private static let productivity: [TokenShape] = [
        TokenShape("Airtable token", "pat{w:14-14}.{h:60}"),
        TokenShape("Adobe secret", "p8e-{w:30}"),
        TokenShape("Linear key", "lin_api_{w:36}", .anywhere),
        TokenShape("Linear key", "lin_oauth_{w:36}", .anywhere),
        TokenShape("Notion token", "ntn_{w:40}"),
        TokenShape("Notion token", "secret_{w:40}"),
        TokenShape("Figma token", "figd_{b:36}"),
        TokenShape("Frame.io token", "fio-u-{*:50}", .anywhere),
        TokenShape("ReadMe key", "rdme_{l:60}"),
        TokenShape("Typeform token", "tfp_{e:50}"),
        TokenShape("Mapbox token", "pk.{l:50}.{l:20}"),
        TokenShape("Mapbox token", "sk.{w:50}.{b:20}"),
        TokenShape("HubSpot token", "pat-na1-{h:8-8}-{b:20}"),
        TokenShape("HubSpot token", "pat-eu1-{h:8-8}-{b:20}"),
        TokenShape("Okta token", "00{*:40-40}", [.mixed, .exact]),
        TokenShape("Dropbox token", "sl.{e:100}"),
        TokenShape("Contentful token", "CFPAT-{b:40}"),
        TokenShape("Asana token", "0/{h:32}"),
        TokenShape("Sumo Logic id", "su{w:12-12}", [.mixed, .exact]),
        TokenShape("Algolia key", "alg_{w:30}"),
        TokenShape("Zapier key", "zpka_{b:30}"),
        TokenShape("Bitwarden token", "bwsk_{w:40}"),
        TokenShape("JSON Web Token", "ZXlK{B:40}"),
        TokenShape("JSON Web Token", "ey{*:15}.ey{*:15}.{*:0}"),
    ]
}
