extension StoreSchema {
    /// The terms are what a decision relied on: they stay, and revoking is the only change.
    static let delegations = """
        CREATE TABLE delegation (
            tenant TEXT NOT NULL REFERENCES tenant (name),
            id TEXT NOT NULL,
            grantor TEXT NOT NULL,
            delegate TEXT NOT NULL,
            starts INTEGER NOT NULL,
            ends INTEGER NOT NULL,
            terms TEXT NOT NULL,
            revoked INTEGER,
            revoker TEXT,
            PRIMARY KEY (tenant, id),
            CHECK (grantor <> delegate),
            CHECK (starts < ends AND ends - starts <= 2592000000),
            CHECK ((revoked IS NULL) = (revoker IS NULL)),
            FOREIGN KEY (tenant, grantor) REFERENCES member (tenant, id),
            FOREIGN KEY (tenant, delegate) REFERENCES member (tenant, id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX delegation_borrowed ON delegation (tenant, delegate, ends);
        CREATE INDEX delegation_lent ON delegation (tenant, grantor, ends);
        CREATE INDEX delegation_ends ON delegation (tenant, ends);
        CREATE TRIGGER delegation_stays BEFORE UPDATE ON delegation
        WHEN OLD.revoked IS NOT NULL OR NEW.revoked IS NULL OR NEW.tenant <> OLD.tenant
            OR NEW.id <> OLD.id OR NEW.grantor <> OLD.grantor OR NEW.delegate <> OLD.delegate
            OR NEW.starts <> OLD.starts OR NEW.ends <> OLD.ends OR NEW.terms <> OLD.terms
        BEGIN SELECT RAISE(ABORT, 'a delegation is revoked once and never changed'); END;
        """
}
