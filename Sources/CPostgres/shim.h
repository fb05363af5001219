#pragma once
#include <dlfcn.h>
#include <postgresql/libpq-fe.h>
#include <stddef.h>
#include <sys/epoll.h>

// libpq is not linked: it pulls in two dozen libraries, which would triple the start-up time of a
// command that needs none of them. It is loaded when a URL asks for it, and called through this
// table, whose types are those of libpq's own header.

#define TC_LIBPQ_FUNCTIONS(F) \
    F(PQconninfoParse) F(PQconninfoFree) F(PQfreemem) \
    F(PQconnectStartParams) F(PQconnectPoll) F(PQfinish) F(PQstatus) F(PQerrorMessage) \
    F(PQconnectionNeedsPassword) F(PQsocket) F(PQparameterStatus) F(PQtransactionStatus) F(PQsetNoticeReceiver) \
    F(PQsetnonblocking) F(PQenterPipelineMode) F(PQpipelineSync) F(PQflush) F(PQconsumeInput) \
    F(PQisBusy) F(PQgetResult) F(PQsendPrepare) F(PQsendQueryPrepared) F(PQsendQueryParams) \
    F(PQgetCancel) F(PQcancel) F(PQfreeCancel) \
    F(PQclear) F(PQresultStatus) F(PQresultErrorField) F(PQcmdStatus) F(PQcmdTuples) \
    F(PQntuples) F(PQnfields) F(PQfname) F(PQftype) F(PQgetisnull) F(PQgetlength) F(PQgetvalue)

struct tc_libpq {
#define TC_FIELD(name) __typeof__(name) * _Nonnull name;
    TC_LIBPQ_FUNCTIONS(TC_FIELD)
#undef TC_FIELD
};

/// The table filled from a library; `*missing` is the name of what the library lacks, or null. The
/// table is of use only where nothing is missing.
static inline struct tc_libpq tc_libpq_load(void *_Nonnull library, const char *_Nullable *_Nonnull missing) {
    struct tc_libpq table;
    *missing = NULL;
#define TC_LOAD(name) \
    table.name = (__typeof__(name) *)dlsym(library, #name); \
    if (!table.name) *missing = #name;
    TC_LIBPQ_FUNCTIONS(TC_LOAD)
#undef TC_LOAD
    return table;
}

// Swift sees no macro that is a character.
enum {
    TC_PG_DIAG_SQLSTATE = PG_DIAG_SQLSTATE,
    TC_PG_DIAG_MESSAGE_PRIMARY = PG_DIAG_MESSAGE_PRIMARY,
    TC_PG_DIAG_TABLE_NAME = PG_DIAG_TABLE_NAME,
    TC_PG_DIAG_COLUMN_NAME = PG_DIAG_COLUMN_NAME,
    TC_PG_DIAG_CONSTRAINT_NAME = PG_DIAG_CONSTRAINT_NAME,
    TC_PG_DIAG_SOURCE_FUNCTION = PG_DIAG_SOURCE_FUNCTION,
};
