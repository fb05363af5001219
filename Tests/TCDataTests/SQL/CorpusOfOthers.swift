extension StatementCorpus {
    /// What does not, or not certainly.
    static let others = #"""
        == both | changes rows
        INSERT INTO owners VALUES ('x', 'y', NULL)
        INSERT INTO owners (id) SELECT owner FROM vehicles
        INSERT INTO owners DEFAULT VALUES
        insert into owners (id) values ('a') on conflict (id) do nothing
        INSERT INTO owners (id) VALUES ('a') ON CONFLICT (id) DO UPDATE SET name = excluded.name
        INSERT INTO owners VALUES ('x', 'y', NULL) RETURNING id
        UPDATE vehicles SET soc = 1
        UPDATE vehicles AS v SET soc = 1, (owner, name) = (SELECT 'a', 'b') FROM owners o WHERE o.id = v.owner RETURNING v.id
        DELETE FROM vehicles
        DELETE FROM vehicles AS v WHERE v.id = 1 RETURNING *
        WITH v AS (SELECT 1 AS id) INSERT INTO events (vehicle) SELECT id FROM v
        WITH v AS (SELECT 1 AS id) DELETE FROM events WHERE vehicle IN (SELECT id FROM v)
        WITH v AS (SELECT 1 AS id) UPDATE vehicles SET soc = 2 WHERE id IN (SELECT id FROM v)
        /* SELECT */ DELETE FROM vehicles
        -- SELECT 1\nDELETE FROM vehicles
        == postgres | changes rows
        WITH d AS (DELETE FROM events RETURNING id) SELECT * FROM d
        WITH d AS (DELETE FROM events RETURNING id) SELECT count(*) FROM d
        WITH a AS (SELECT 1), u AS (UPDATE vehicles SET soc = 1 RETURNING id) SELECT * FROM a
        WITH i AS (INSERT INTO owners VALUES ('z') RETURNING id) TABLE i
        WITH a AS (WITH b AS (INSERT INTO owners VALUES ('z') RETURNING id) SELECT 1) SELECT 1
        WITH a AS MATERIALIZED (UPDATE vehicles SET soc = 1 RETURNING *) SELECT 1
        SELECT * FROM vehicles WHERE id IN (WITH d AS (DELETE FROM events RETURNING id) SELECT id FROM d)
        EXPLAIN ANALYZE DELETE FROM vehicles
        EXPLAIN (ANALYZE) INSERT INTO owners VALUES ('x')
        EXPLAIN (COSTS OFF, ANALYZE TRUE) UPDATE vehicles SET soc = 1
        EXPLAIN (ANALYZE FALSE, ANALYZE) DELETE FROM vehicles
        DELETE FROM vehicles USING owners WHERE owner = owners.id
        DELETE FROM vehicles WHERE CURRENT OF c
        -- a\rDELETE FROM vehicles
        == sqlite | changes rows
        REPLACE INTO owners VALUES ('x', 'y', NULL)
        INSERT OR IGNORE INTO owners VALUES ('x', 'y', NULL)
        UPDATE OR REPLACE vehicles SET soc = 1
        EXPLAIN DELETE FROM vehicles
        EXPLAIN QUERY PLAN UPDATE vehicles SET soc = 1
        == postgres | locks the rows
        SELECT * FROM vehicles FOR UPDATE
        SELECT * FROM vehicles WHERE id = 1 FOR NO KEY UPDATE
        SELECT * FROM vehicles FOR SHARE
        SELECT * FROM vehicles FOR KEY SHARE
        select * from vehicles for/**/no -- x\n key update
        SELECT * FROM vehicles FOR UPDATE OF vehicles SKIP LOCKED
        SELECT * FROM vehicles v FOR UPDATE OF v NOWAIT
        SELECT * FROM vehicles LIMIT 1 FOR UPDATE
        SELECT * FROM vehicles FOR UPDATE LIMIT 1
        SELECT * FROM (SELECT * FROM vehicles FOR UPDATE) v
        SELECT * FROM (SELECT * FROM vehicles FOR NO KEY UPDATE) v
        SELECT * FROM vehicles WHERE id IN (SELECT id FROM vehicles FOR SHARE)
        SELECT EXISTS (SELECT 1 FROM vehicles FOR KEY SHARE)
        SELECT ((SELECT id FROM vehicles LIMIT 1) FOR UPDATE)
        SELECT ARRAY((SELECT id FROM vehicles) FOR SHARE)
        SELECT EXISTS ((SELECT id FROM vehicles) FOR SHARE)
        SELECT id = ANY ((SELECT id FROM vehicles) FOR SHARE) FROM vehicles
        WITH v AS (SELECT * FROM vehicles FOR UPDATE) SELECT * FROM v
        WITH v AS (SELECT * FROM vehicles FOR NO KEY UPDATE SKIP LOCKED) SELECT * FROM v
        (SELECT * FROM vehicles FOR UPDATE)
        (SELECT * FROM vehicles) FOR SHARE
        TABLE vehicles FOR UPDATE
        SELECT * FROM vehicles, LATERAL (SELECT 1 FROM owners FOR SHARE) x
        EXPLAIN ANALYZE SELECT * FROM vehicles FOR UPDATE
        == postgres | makes a table
        SELECT * INTO copied FROM vehicles
        SELECT id INTO TEMP copied FROM vehicles
        SELECT 1 INTO UNLOGGED TABLE copied
        WITH a AS (SELECT 1 AS x) SELECT x INTO copied FROM a
        == postgres | advances a sequence
        SELECT nextval('numbers')
        SELECT pg_catalog.nextval('numbers')
        SELECT * FROM vehicles WHERE id = NEXTVAL('numbers')
        SELECT * FROM nextval('numbers')
        SELECT coalesce((SELECT nextval('numbers')), 1)
        VALUES (nextval('numbers'))
        SELECT CASE WHEN true THEN nextval('numbers') END
        SELECT 1 ORDER BY nextval('numbers')
        SELECT 1 LIMIT nextval('numbers')
        SELECT count(*) FILTER (WHERE nextval('numbers') > 0) FROM vehicles
        SELECT sum(n) OVER (ORDER BY nextval('numbers')) FROM events
        SELECT tags[nextval('numbers')] FROM vehicles
        == postgres | takes or leaves a lock
        SELECT pg_advisory_lock(1)
        SELECT pg_try_advisory_xact_lock(1)
        SELECT pg_advisory_unlock_all()
        == postgres | gives another value each time
        SELECT random()
        SELECT clock_timestamp()
        SELECT gen_random_uuid()
        == postgres | calls
        SELECT setval('numbers', 1)
        SELECT currval('numbers')
        SELECT lastval()
        SELECT set_config('search_path', 'x', false)
        SELECT pg_notify('a', 'b')
        SELECT txid_current()
        SELECT pg_current_xact_id()
        SELECT pg_sleep(1)
        SELECT pg_terminate_backend(1)
        SELECT lo_create(0)
        SELECT lo_import('/etc/passwd')
        SELECT dblink('host=other', 'DELETE FROM t')
        SELECT * FROM dblink('a', 'b') AS t(a int)
        SELECT query_to_xml('DELETE FROM t', true, true, '')
        SELECT my_function(1)
        EXPLAIN SELECT my_function(1)
        SELECT public.lower('A')
        SELECT "LOWER"('A')
        SELECT "pg_catalog.lower"('A')
        SELECT U&"lower"('A')
        SELECT * FROM my_function(1)
        SELECT * FROM vehicles WHERE id = (SELECT my_function(id))
        == sqlite | calls
        SELECT random()
        SELECT load_extension('x')
        SELECT last_insert_rowid()
        SELECT changes()
        SELECT my_function(1)
        SELECT * FROM pragma_journal_mode('delete')
        SELECT id FROM vehicles WHERE id IN my_function(1)
        == postgres | the operator
        SELECT 1 === 2
        SELECT id <#> 3 FROM vehicles
        SELECT @#@ 1
        == both | is not among the statements that read
        BEGIN
        COMMIT
        ROLLBACK
        SAVEPOINT a
        RELEASE a
        CREATE TABLE x (a BIGINT)
        CREATE VIEW x AS SELECT 1
        CREATE INDEX i ON vehicles (owner)
        DROP TABLE vehicles
        ALTER TABLE vehicles ADD COLUMN x TEXT
        ANALYZE
        REINDEX
        VACUUM
        == postgres | is not among the statements that read
        BEGIN READ ONLY
        START TRANSACTION
        PREPARE TRANSACTION 'a'
        DO $$ BEGIN PERFORM 1; END $$
        CALL my_procedure()
        EXECUTE my_statement
        PREPARE a AS SELECT 1
        DEALLOCATE ALL
        DISCARD ALL
        COPY vehicles TO STDOUT
        COPY (SELECT 1) TO PROGRAM 'sh'
        COPY vehicles FROM STDIN
        LOCK TABLE vehicles
        SET search_path = x
        SET LOCAL a.b = 1
        RESET ALL
        TRUNCATE vehicles
        MERGE INTO vehicles USING owners ON true WHEN MATCHED THEN DELETE
        GRANT SELECT ON vehicles TO PUBLIC
        COMMENT ON TABLE vehicles IS 'x'
        LISTEN a
        NOTIFY a
        DECLARE c CURSOR FOR SELECT 1
        FETCH 1 FROM c
        CLUSTER
        CHECKPOINT
        REFRESH MATERIALIZED VIEW x
        CREATE TABLE x AS SELECT 1
        SECURITY LABEL ON TABLE vehicles IS 'x'
        IMPORT FOREIGN SCHEMA a FROM SERVER b INTO c
        == sqlite | is not among the statements that read
        ATTACH 'x.db' AS x
        DETACH x
        TABLE vehicles
        SHOW search_path
        == sqlite | may change a setting
        SELECT * FROM pragma_journal_mode WHERE arg = 'delete'
        SELECT id FROM vehicles WHERE name IN pragma_journal_mode
        PRAGMA user_version = 5
        PRAGMA journal_mode
        PRAGMA journal_mode = DELETE
        PRAGMA foreign_keys(0)
        PRAGMA wal_checkpoint
        PRAGMA optimize
        PRAGMA incremental_vacuum
        == both | there must be one statement
        SELECT 1; SELECT 2
        SELECT 1; DELETE FROM vehicles
        SELECT 1;;DELETE FROM vehicles
        BEGIN; SELECT 1
        SELECT 1; -- x\n DROP TABLE vehicles
        == both | cannot be parsed
        SELEC 1 FORM; x
        SELECT * FORM vehicles WHERE
        SELECT
        SELECT 1 +
        SELECT 1 = = 2
        SELECT * 2
        SELECT 'unterminated
        SELECT "unterminated
        SELECT (1
        SELECT 1)
        SELECT 1 /* unterminated
        SELECT * FROM
        SELECT * FROM vehicles WHERE
        SELECT * FROM vehicles WHERE id =
        SELECT * FROM vehicles GROUP
        SELECT a b c
        SELECT 1 FROM a JOIN
        WITH a AS SELECT 1 SELECT 2
        WITH SELECT 1
        SELECT CASE WHEN 1 THEN 2
        SELECT \x
        SELECT 1 UNION
        (SELECT 1
        EXPLAIN
        EXPLAIN VACUUM
        SELECT * FROM vehicles FOR
        SELECT 1 INTO
        ;
        == postgres | there must be one statement
        SELECT 1 -- a\r; DELETE FROM vehicles
        == postgres | cannot be parsed
        SELECT * FROM vehicles FOR READ ONLY
        SELECT * FROM vehicles TABLESAMPLE mine (1)
        SELECT 1 OPERATOR(pg_catalog.+) 2
        SELECT xmlelement(name a)
        SELECT $a$ x $b$
        SELECT a.b.c.lower(1)
        SELECT * FROM vehicles AS OF SYSTEM TIME '1'
        EXPLAIN EXECUTE x
        EXPLAIN CREATE TABLE x AS SELECT 1
        EXPLAIN ANALYZE CREATE TABLE x AS SELECT 1
        SELECT [id] FROM vehicles
        == sqlite | cannot be parsed
        SELECT 1::text
        SELECT E'a'
        SELECT $name
        == sqlite | locks the rows
        SELECT * FROM vehicles FOR UPDATE
        """#
}
