#pragma once
#include <sqlite3.h>

// Swift sees no macro that computes from others.
enum {
    TC_SQLITE_CONSTRAINT_CHECK = SQLITE_CONSTRAINT_CHECK,
    TC_SQLITE_CONSTRAINT_FOREIGNKEY = SQLITE_CONSTRAINT_FOREIGNKEY,
    TC_SQLITE_CONSTRAINT_NOTNULL = SQLITE_CONSTRAINT_NOTNULL,
    TC_SQLITE_CONSTRAINT_PRIMARYKEY = SQLITE_CONSTRAINT_PRIMARYKEY,
    TC_SQLITE_CONSTRAINT_ROWID = SQLITE_CONSTRAINT_ROWID,
    TC_SQLITE_CONSTRAINT_UNIQUE = SQLITE_CONSTRAINT_UNIQUE,
};

// Nor one that casts: SQLITE_TRANSIENT makes SQLite copy what is bound. A null pointer
// would bind NULL, so what is empty is bound by another.

static inline int tc_sqlite3_bind_text(
    sqlite3_stmt *statement, int index, const char *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_text64(
        statement, index, bytes ? bytes : "", count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline int tc_sqlite3_bind_blob(
    sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_blob64(statement, index, bytes ? bytes : "", count, SQLITE_TRANSIENT);
}
