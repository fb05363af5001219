import TCStore

/// The functions and operators that are known here: all others may be somebody's own.
enum SQLFunctions {
    /// What calling a function may do.
    enum Effect: Equatable {
        /// It gives a value made of its arguments, the session and the clock of the transaction.
        case reads
        /// One of the engine's own that does more, or gives another value each time. It reads no
        /// table.
        case volatile(String)
        case unknown
    }

    /// - Parameter name: folded, without a schema.
    static func effect(of name: String, _ dialect: SQLDialect) -> Effect {
        switch dialect {
        case .sqlite:
            if sqliteReading.contains(name) { return .reads }
            return sqliteVolatile[name].map(Effect.volatile) ?? .unknown
        case .postgres:
            if postgresReading.contains(name) { return .reads }
            if let why = postgresVolatile[name] { return .volatile(why) }
            if name.hasPrefix("pg_advisory") || name.hasPrefix("pg_try_advisory") {
                return .volatile("takes or leaves a lock")
            }
            return .unknown
        }
    }

    static func isKnown(operator text: String, _ dialect: SQLDialect) -> Bool {
        dialect == .sqlite ? sqliteOperators.contains(text) : postgresOperators.contains(text)
    }

    /// Whether one of the known operators also takes a single operand.
    static func standsBeforeOperand(_ text: String) -> Bool { prefixOperators.contains(text) }

    private static let prefixOperators = words("+ - ~ @ |/ ||/ !! @-@ @@ # ?- ?|")

    // MARK: PostgreSQL

    /// Functions of `pg_catalog` no variant of which is volatile; a test holds the list against the
    /// server's. Left out are those of them that read tables by name (`table_to_xml`), that need a
    /// transaction's number (`txid_current`), and what queries of a service have no use for.
    static let postgresReading = words(
        """
        abs acos acosd acosh age array_agg array_append array_cat array_dims array_fill
        array_length array_lower array_ndims array_position array_positions array_prepend
        array_remove array_replace array_to_json array_to_string array_upper ascii asin asind
        asinh atan atan2 atan2d atand atanh avg bit_and bit_count bit_length bit_or bit_xor bool
        bool_and bool_or btrim cardinality cbrt ceil ceiling char_length character_length chr
        col_description concat concat_ws convert convert_from convert_to corr cos cosd cosh cot
        cotd count covar_pop covar_samp cume_dist current_database current_schema current_schemas
        current_setting current_user date date_bin date_part date_trunc decode degrees dense_rank
        div encode enum_first enum_last enum_range every exp factorial first_value float4 float8
        floor format format_type gcd generate_series generate_subscripts get_bit get_byte
        has_column_privilege has_schema_privilege has_table_privilege host initcap int2 int4 int8
        isempty isfinite json_agg json_array_elements json_array_elements_text json_array_length
        json_build_array json_build_object json_each json_each_text json_extract_path
        json_extract_path_text json_object json_object_agg json_object_keys json_populate_record
        json_populate_recordset json_strip_nulls json_to_record json_to_recordset json_typeof
        jsonb_agg jsonb_array_elements jsonb_array_elements_text jsonb_array_length
        jsonb_build_array jsonb_build_object jsonb_each jsonb_each_text jsonb_extract_path
        jsonb_extract_path_text jsonb_insert jsonb_object jsonb_object_agg jsonb_object_keys
        jsonb_path_exists jsonb_path_match jsonb_path_query jsonb_path_query_array
        jsonb_path_query_first jsonb_populate_record jsonb_populate_recordset jsonb_pretty
        jsonb_set jsonb_set_lax jsonb_strip_nulls jsonb_to_record jsonb_to_recordset jsonb_typeof
        justify_days justify_hours justify_interval lag last_value lcm lead left length ln log
        log10 lower lower_inc lower_inf lpad ltrim make_date make_interval make_time
        make_timestamp make_timestamptz masklen max md5 min min_scale mod mode multirange netmask
        network normalize now nth_value ntile num_nonnulls num_nulls numeric numrange
        obj_description octet_length overlay parse_ident percent_rank percentile_cont
        percentile_disc pg_client_encoding pg_column_size pg_get_constraintdef pg_get_expr
        pg_get_indexdef pg_get_viewdef pg_size_pretty pg_typeof phraseto_tsquery pi
        plainto_tsquery position pow power quote_ident quote_literal quote_nullable radians
        range_agg range_intersect_agg range_merge rank regexp_count regexp_instr regexp_like
        regexp_match regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table
        regexp_substr regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx
        regr_sxy regr_syy repeat replace reverse right round row_number row_to_json rpad rtrim
        scale session_user sha224 sha256 sha384 sha512 sign sin sind sinh split_part sqrt
        starts_with stddev stddev_pop stddev_samp string_agg string_to_array string_to_table
        strpos substr substring sum tan tand tanh text to_ascii to_char to_date to_hex to_json
        to_jsonb to_number to_regclass to_timestamp to_tsquery to_tsvector
        transaction_timestamp statement_timestamp translate trim_array trim_scale trunc
        ts_delete ts_filter ts_headline ts_rank ts_rank_cd tsrange tstzrange daterange int4range
        int8range unistr unnest upper upper_inc upper_inf var_pop var_samp variance version
        websearch_to_tsquery width_bucket
        """)

    private static let postgresVolatile: [String: String] = [
        "clock_timestamp": "gives another value each time",
        "currval": "belongs to the session that called nextval",
        "gen_random_uuid": "gives another value each time",
        "lastval": "belongs to the session that called nextval",
        "nextval": "advances a sequence",
        "pg_cancel_backend": "ends what another session does",
        "pg_current_xact_id": "takes a transaction's number",
        "pg_export_snapshot": "keeps a snapshot",
        "pg_notify": "sends a message",
        "pg_sleep": "waits",
        "pg_sleep_for": "waits",
        "pg_sleep_until": "waits",
        "pg_terminate_backend": "ends another session",
        "random": "gives another value each time",
        "set_config": "changes a setting",
        "setseed": "changes what random gives",
        "setval": "sets a sequence",
        "timeofday": "gives another value each time",
        "txid_current": "takes a transaction's number",
    ]

    private static let postgresOperators = words(
        """
        + - * / % ^ < > = <= >= <> != || | & # ~ << >> |/ ||/ @ -> ->> #> #>> @> <@ ? ?| ?& #- @?
        @@ @@@ && && -|- &< &> <<| |>> &<| |&> <<= >>= <-> ## @-@ ?# ?- ?-| ?|| ~= ^@ !! => ~*
        !~ !~* ~~ ~~* !~~ !~~* *< *> *= *<> *<= *>=
        """)

    // MARK: SQLite

    /// Deterministic functions of the library as it is built by default, and those of the clock,
    /// which stands still for as long as a statement runs.
    private static let sqliteReading = words(
        """
        abs acos acosh asin asinh atan atan2 atanh avg ceil ceiling char coalesce concat concat_ws
        cos cosh count cume_dist current_date current_time current_timestamp date datetime degrees
        dense_rank exp first_value floor format glob group_concat hex ifnull iif instr json
        json_array json_array_length json_each json_error_position json_extract json_group_array
        json_group_object json_insert json_object json_patch json_quote json_remove json_replace
        json_set json_tree json_type json_valid julianday lag last_value lead length like
        likelihood likely ln log log10 log2 lower ltrim max min mod nth_value ntile nullif
        octet_length percent_rank pi pow power printf quote radians rank replace round row_number
        rtrim sign sin sinh sqrt strftime string_agg substr substring sum tan tanh time timediff
        total trim trunc typeof unhex unicode unixepoch unlikely upper zeroblob
        """)

    private static let sqliteVolatile: [String: String] = [
        "changes": "belongs to the connection that wrote",
        "last_insert_rowid": "belongs to the connection that wrote",
        "load_extension": "loads code",
        "random": "gives another value each time",
        "randomblob": "gives another value each time",
        "total_changes": "belongs to the connection that wrote",
    ]

    private static let sqliteOperators = words(
        "+ - * / % < > = == <= >= <> != || | & ~ << >> -> ->>")

    private static func words(_ text: String) -> Set<String> {
        Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }
}
