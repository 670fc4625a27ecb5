extension StoreSchema {
    /// The latest approval for each call of a run. A call is a keyed mark: nobody guesses short
    /// arguments from it.
    static let asks = """
        CREATE TABLE latest_ask (
            tenant TEXT NOT NULL REFERENCES tenant (name),
            agent TEXT NOT NULL,
            call BLOB NOT NULL CHECK (length(call) = 16),
            approval TEXT NOT NULL,
            PRIMARY KEY (tenant, agent, call),
            FOREIGN KEY (tenant, approval) REFERENCES approval (tenant, id)
        ) STRICT, WITHOUT ROWID;
        """
}
