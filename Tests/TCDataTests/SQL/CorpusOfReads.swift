extension StatementCorpus {
    /// What certainly reads.
    static let reads = #"""
        == both | read
        SELECT 1
        select 1;
        SELECT 1 ; ;
        /* a */ SELECT -- b\n 1
        SELECT * FROM vehicles
        SELECT v.* FROM vehicles v
        SELECT id, owner AS o, name n FROM vehicles AS v WHERE v.id = 1
        SELECT * FROM vehicles WHERE owner = $1 AND soc > $2
        SELECT "from", "update" FROM "Order"
        SELECT "Order"."update" AS "for update" FROM "Order"
        SELECT 'FOR UPDATE; DELETE FROM vehicles' AS text
        SELECT 'it''s; nextval(1)' -- FOR UPDATE
        SELECT id AS "update" FROM vehicles /* INSERT INTO */
        SELECT id FROM vehicles WHERE id IN (1, 2, 3)
        SELECT id FROM vehicles WHERE id NOT IN (SELECT vehicle FROM events)
        SELECT id FROM vehicles WHERE EXISTS (SELECT 1 FROM events WHERE vehicle = vehicles.id)
        SELECT id FROM vehicles WHERE NOT EXISTS (SELECT * FROM events e WHERE e.vehicle = 2)
        SELECT (SELECT count(*) FROM events) AS n, id FROM vehicles
        SELECT id FROM vehicles WHERE soc BETWEEN 1 AND 99 AND name IS NOT NULL
        SELECT id FROM vehicles WHERE name LIKE 'a%' ESCAPE '!' OR NOT name NOT LIKE '_b'
        SELECT id FROM vehicles WHERE owner IS NULL OR owner IS NOT NULL
        SELECT id FROM vehicles WHERE owner IS NOT DISTINCT FROM name
        SELECT CASE WHEN soc > 50 THEN 'high' WHEN soc > 20 THEN 'mid' ELSE 'low' END FROM vehicles
        SELECT CASE id WHEN 1 THEN 'one' END AS word FROM vehicles
        SELECT CAST(soc AS BIGINT), CAST(id AS text) FROM vehicles
        SELECT coalesce(name, owner, 'none'), nullif(name, 'x'), lower(name) FROM vehicles
        SELECT count(*), count(DISTINCT owner), min(soc), max(soc), avg(soc), sum(soc) FROM vehicles
        SELECT owner, count(*) FROM vehicles GROUP BY owner HAVING count(*) > 0 ORDER BY 2 DESC, owner
        SELECT count(*) FILTER (WHERE kind = 'on') FROM events
        SELECT DISTINCT kind FROM events
        SELECT ALL kind FROM events LIMIT 10 OFFSET 1
        SELECT id FROM events ORDER BY n DESC NULLS LAST LIMIT 5
        SELECT v.id, o.name FROM vehicles v JOIN owners o ON o.id = v.owner
        SELECT v.id FROM vehicles v LEFT OUTER JOIN owners o ON o.id = v.owner CROSS JOIN events e
        SELECT * FROM owners INNER JOIN owners b USING (id)
        SELECT * FROM vehicles NATURAL LEFT JOIN events
        SELECT * FROM (SELECT id FROM vehicles) AS x, (SELECT 1 AS y) z
        SELECT * FROM (vehicles v JOIN owners o ON v.owner = o.id)
        SELECT id FROM vehicles UNION SELECT id FROM events UNION ALL SELECT 3
        SELECT id FROM vehicles INTERSECT SELECT vehicle FROM events EXCEPT SELECT 9 ORDER BY 1
        SELECT * FROM (SELECT 1 UNION SELECT 2) AS u
        WITH v AS (SELECT * FROM vehicles) SELECT * FROM v
        WITH a AS (SELECT 1 AS x), b(y) AS (SELECT x FROM a) SELECT * FROM b JOIN a ON a.x = b.y
        WITH a AS MATERIALIZED (SELECT 1), b AS NOT MATERIALIZED (SELECT 2) SELECT * FROM a, b
        WITH RECURSIVE t(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM t WHERE i < 3) SELECT * FROM t
        WITH a AS (WITH b AS (SELECT 1 AS x) SELECT x FROM b) SELECT * FROM a
        SELECT * FROM (WITH a AS (SELECT 1 AS x) SELECT x FROM a) AS q
        VALUES (1, 'a'), (2, 'b')
        WITH x AS (VALUES (1)) SELECT * FROM x
        SELECT id, row_number() OVER (PARTITION BY owner ORDER BY soc DESC) FROM vehicles
        SELECT sum(n) OVER w, lag(n, 1) OVER w FROM events WINDOW w AS (ORDER BY id)
        SELECT sum(n) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM events
        SELECT sum(n) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING EXCLUDE TIES) FROM events
        SELECT id FROM vehicles WHERE (id, owner) = (1, 'u1')
        SELECT id FROM vehicles WHERE (id, owner) IN (SELECT vehicle, kind FROM events)
        SELECT -id, +id, ~id, id * 2 + 3 % 2 - 1 / 1 FROM vehicles
        SELECT id << 1, id >> 1, id | 1, id & 1, name || owner FROM vehicles
        SELECT id FROM vehicles WHERE id <> 1 AND id != 2 AND id <= 3 AND id >= 0
        SELECT CURRENT_TIMESTAMP, CURRENT_DATE, CURRENT_TIME
        SELECT length(name), upper(name), replace(name, 'a', 'b'), substr(name, 1, 2) FROM vehicles
        SELECT round(1.5), abs(-1), trim(' a '), ltrim('xa', 'x')
        SELECT doc ->> 'a', doc -> 'a' FROM vehicles
        SELECT 1e3, .5, 1., 0.5e-3
        SELECT TRUE AND NOT FALSE OR NULL IS NULL
        SELECT ((1)), ((SELECT 1))
        SELECT é FROM (SELECT 1 AS é) AS ü
        == postgres | read
        (SELECT 1) UNION (SELECT 2) ORDER BY 1 LIMIT 1
        SELECT id FROM vehicles WHERE name COLLATE "C" = 'a' AND 1 = 0 OR TRUE
        TABLE vehicles
        TABLE ONLY vehicles
        ((SELECT 1))
        WITH a AS (SELECT 1) TABLE a
        SELECT FROM vehicles
        SELECT WHERE EXISTS (SELECT FROM vehicles)
        SELECT * FROM ONLY vehicles
        SELECT * FROM ONLY (vehicles) v
        SELECT * FROM vehicles * WHERE id = 1
        SELECT * FROM pg_catalog.pg_class LIMIT 1
        SELECT DISTINCT ON (owner) owner, id FROM vehicles ORDER BY owner, soc DESC
        SELECT id FROM vehicles FETCH FIRST 2 ROWS ONLY
        SELECT id FROM vehicles ORDER BY id OFFSET 0 ROWS FETCH NEXT ROW WITH TIES
        SELECT id FROM vehicles LIMIT ALL
        SELECT id::text, '1'::int, soc::numeric(10, 2), '{1}'::int[] FROM vehicles
        SELECT now()::timestamp(3) without time zone, 'x'::character varying(3)
        SELECT seen AT TIME ZONE 'UTC' FROM vehicles
        SELECT tags[1], tags[1:2], tags[:2], tags[1:], (tags)[1] FROM vehicles
        SELECT ARRAY[1, 2], ARRAY[[1], [2]], ARRAY(SELECT id FROM vehicles), ARRAY[]::int[]
        SELECT id FROM vehicles WHERE id = ANY(ARRAY[1, 2]) AND id <> ALL('{3}')
        SELECT id FROM vehicles WHERE id = ANY (SELECT vehicle FROM events)
        SELECT id FROM vehicles WHERE name ~* 'a' AND name !~ 'b' AND name SIMILAR TO 'a|b'
        SELECT id FROM vehicles WHERE name ILIKE ANY (ARRAY['a%', 'b%'])
        SELECT id FROM vehicles WHERE soc BETWEEN SYMMETRIC 99 AND 1 AND (soc > 1) IS NOT UNKNOWN
        SELECT id FROM vehicles WHERE doc @> '{"a": [1]}' AND doc ? 'a' AND doc ?| ARRAY['a']
        SELECT id FROM vehicles WHERE doc #>> '{a,0}' = '1' AND doc @? '$.a[*]'
        SELECT date '2026-01-01', interval '1 day', timestamp with time zone '2026-01-01'
        SELECT interval '1' day, interval '1 2' day to hour, double precision '1'
        SELECT now() - interval '1 hour', age(now(), seen), date_trunc('day', seen) FROM vehicles
        SELECT extract(epoch FROM seen), extract(YEAR FROM seen) FROM vehicles
        SELECT substring(name FROM 1 FOR 2), substring(name, 1), position('a' IN name) FROM vehicles
        SELECT trim(BOTH 'x' FROM name), trim(LEADING FROM name), overlay(name PLACING 'b' FROM 1 FOR 1) FROM vehicles
        SELECT left(name, 1), right(name, 1), greatest(1, 2), least(1, 2) FROM vehicles
        SELECT string_agg(name, ',' ORDER BY name DESC), array_agg(DISTINCT id) FROM vehicles
        SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY soc) FROM vehicles
        SELECT * FROM generate_series(1, 3) AS g(i)
        SELECT * FROM generate_series(1, 3) WITH ORDINALITY AS g(i, n)
        SELECT v.id, t.tag FROM vehicles v, unnest(v.tags) AS t(tag)
        SELECT v.id, e.n FROM vehicles v LEFT JOIN LATERAL (SELECT n FROM events WHERE vehicle = v.id LIMIT 1) e ON true
        SELECT * FROM jsonb_to_recordset('[{"a":1}]') AS x(a int, b text)
        SELECT * FROM ROWS FROM (generate_series(1, 2), generate_series(1, 3)) AS g(a, b)
        SELECT * FROM vehicles TABLESAMPLE BERNOULLI (50) REPEATABLE (1)
        SELECT owner, kind, count(*) FROM vehicles, events GROUP BY GROUPING SETS ((owner), (kind), ())
        SELECT owner, count(*), grouping(owner) FROM vehicles GROUP BY ROLLUP (owner)
        SELECT ROW(1, 2), (ROW(1, 'a')).f1
        SELECT v.*, (v).id FROM vehicles v
        SELECT pg_catalog.lower('A'), "lower"('B'), LOWER('C')
        SELECT current_setting('search_path'), current_user, session_user, version()
        SELECT current_database(), current_schema, current_schema(), pg_typeof(1), to_char(now(), 'YYYY')
        SELECT jsonb_build_object('a', 1), to_jsonb(v) FROM vehicles v
        SELECT make_interval(days => 1), make_interval(hours := 2)
        SELECT E'a\'; DELETE FROM vehicles; --', $$ FOR UPDATE $$, $x$ ; $$ ; $x$, U&'\0061'
        SELECT 'a'\n'b; DROP TABLE vehicles'
        SELECT B'101', X'1F', 'a' /* /* nested */ ; DELETE */
        SELECT * FROM vehicles v FULL JOIN owners o ON v.owner = o.id
        SELECT * FROM owners a JOIN owners b USING (id) AS j
        SELECT format('%s', 1), md5('a'), encode(sha256('a'), 'hex'), num_nulls(1, NULL)
        SELECT sum(n) OVER (w ROWS 1 PRECEDING) FROM events WINDOW w AS (ORDER BY id)
        SELECT |/ 25.0, @ -5, 2 ^ 3, 5 # 3
        SELECT statement_timestamp(), transaction_timestamp()
        SHOW search_path
        SHOW ALL
        SHOW TRANSACTION ISOLATION LEVEL
        SHOW TIME ZONE
        EXPLAIN SELECT * FROM vehicles
        EXPLAIN ANALYZE SELECT * FROM vehicles
        EXPLAIN (ANALYZE, COSTS OFF, FORMAT JSON) SELECT 1
        EXPLAIN VERBOSE SELECT 1
        EXPLAIN INSERT INTO owners VALUES ('x')
        EXPLAIN (ANALYZE FALSE) UPDATE vehicles SET soc = 1
        EXPLAIN DELETE FROM vehicles WHERE id = 1
        EXPLAIN SELECT nextval('numbers')
        EXPLAIN SELECT id FROM vehicles FOR UPDATE
        EXPLAIN SELECT id INTO copied FROM vehicles
        == sqlite | read
        SELECT [id], `name` FROM [vehicles]
        SELECT id FROM vehicles WHERE id IN ()
        SELECT id FROM vehicles WHERE owner IN codes OR name NOT NULL OR name ISNULL
        SELECT id FROM vehicles WHERE name GLOB 'a*' AND id == 1 AND owner IS 'u1' AND id IS NOT 3
        SELECT id FROM vehicles LIMIT 0, 5
        SELECT id FROM owners INDEXED BY sqlite_autoindex_owners_1 WHERE id = 'u1'
        SELECT id FROM vehicles NOT INDEXED
        SELECT * FROM json_each('[1,2]') AS j
        SELECT v.id, j.value FROM vehicles v, json_each(v.doc, '$.a') j
        SELECT ifnull(name, ''), iif(1, 2, 3), typeof(id), instr(name, 'a'), hex(X'01') FROM vehicles
        SELECT date('now'), strftime('%s', 'now'), datetime('2026-01-01', '+1 day')
        SELECT CAST(id AS UNSIGNED BIG INT), group_concat(name, ',') FROM vehicles
        SELECT * FROM sqlite_master
        SELECT * FROM main.vehicles
        SELECT max(1, 2), min(3, 4), total(n), printf('%d', 1) FROM events
        PRAGMA user_version
        PRAGMA main.schema_version;
        PRAGMA table_info(vehicles)
        PRAGMA index_list('vehicles')
        EXPLAIN QUERY PLAN SELECT * FROM vehicles
        EXPLAIN SELECT 1
        """#
}
