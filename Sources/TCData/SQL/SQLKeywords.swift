/// The words that are no identifiers unless they are quoted.
enum SQLKeywords {
    /// Whether a word ends what stands before it, or begins something of its own.
    ///
    /// These are PostgreSQL's reserved words, those that it takes for functions and types only, and
    /// the words that go on with an expression on either engine. `INSERT` and its kin could be
    /// columns on PostgreSQL; a statement that has such a column is not worth a doubt about others.
    static func isReserved(_ word: String) -> Bool { reserved.contains(word) }

    private static let reserved = Set(
        """
        ALL ANALYSE ANALYZE AND ANY ARRAY AS ASC ASYMMETRIC BOTH CASE CAST CHECK COLLATE COLUMN
        CONSTRAINT CREATE CURRENT_CATALOG CURRENT_DATE CURRENT_ROLE CURRENT_TIME
        CURRENT_TIMESTAMP CURRENT_USER DEFAULT DEFERRABLE DESC DISTINCT DO ELSE END EXCEPT FALSE
        FETCH FOR FOREIGN FROM GRANT GROUP HAVING IN INITIALLY INTERSECT INTO LATERAL LEADING
        LIMIT LOCALTIME LOCALTIMESTAMP NOT NULL OFFSET ON ONLY OR ORDER PLACING PRIMARY
        REFERENCES RETURNING SELECT SESSION_USER SOME SYMMETRIC SYSTEM_USER TABLE THEN TO
        TRAILING TRUE UNION UNIQUE USER USING VARIADIC WHEN WHERE WINDOW WITH
        AUTHORIZATION BINARY COLLATION CONCURRENTLY CROSS CURRENT_SCHEMA FREEZE FULL ILIKE INNER
        IS ISNULL JOIN LEFT LIKE NATURAL NOTNULL OUTER OVERLAPS RIGHT SIMILAR TABLESAMPLE VERBOSE
        BETWEEN ESCAPE EXISTS GLOB INDEXED MATCH REGEXP SET VALUES
        INSERT UPDATE DELETE MERGE ALTER DROP TRUNCATE COPY EXECUTE CALL
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
