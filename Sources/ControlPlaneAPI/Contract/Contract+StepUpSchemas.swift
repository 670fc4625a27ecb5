import JSONTree

extension Contract {
    /// The types of the second factor, field by field.
    static let stepUpSchemas: [ContractSchema] = [
        ContractSchema(
            "StepUpBeginBody", .sent, "What lets a person begin a second factor: one of the two.",
            [
                .optional("code", .text, "A code of the active one that is replaced.", "287082"),
                .optional(
                    "enrolment_code", .text, "What an admin handed out.",
                    "MZXW6-YTBOI-GEZDG-NBVGY"),
            ]),
        ContractSchema(
            "StepUpPermit", .answered, "What lets one person begin a second factor, answered once.",
            [
                .required("code", .text, "The enrolment code.", "MZXW6-YTBOI-GEZDG-NBVGY"),
                .required(
                    "expires_at", .instant, "Until when it counts.", "2026-11-23T17:11:15.296Z"),
            ]),
        ContractSchema(
            "StepUpBody", .sent, "A code of the asker's second factor.",
            [
                .required("code", .text, "The six digits that the authenticator shows.", "287082")
            ]),
        ContractSchema(
            "StepUpEnrolment", .answered, "The secret of a new second factor, answered once.",
            [
                .required(
                    "secret", .text, "In base 32, for an authenticator that is typed into.",
                    "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"),
                .required(
                    "uri", .text, "The same, for an authenticator that opens a URI.",
                    .string(
                        "otpauth://totp/countersign%20acme:ada%40acme.test?secret="
                            + "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=countersign%20acme"
                            + "&algorithm=SHA1&digits=6&period=30")),
                .required(
                    "expires_at", .instant, "Until when it waits for its first code.",
                    "2026-11-22T17:21:15.296Z"),
            ]),
    ]
}
