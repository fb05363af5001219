#pragma once
#include <hiredis/hiredis.h>
#include <sys/eventfd.h>

// hiredis makes room for as many elements as a reply claims to have before it has seen one of them.
// These functions stand in front of its own and refuse what passes a limit.

typedef struct tc_redis_limits {
    redisReplyObjectFunctions functions;
    void *(*create_array)(const redisReadTask *, int);
    /// How many elements the reply that is being read may still have, over all of its arrays.
    int elements_left;
} tc_redis_limits;

static inline void *tc_redis_create_array(const redisReadTask *task, int elements) {
    tc_redis_limits *limits = (tc_redis_limits *)task->privdata;
    if (elements > limits->elements_left) return 0;
    if (elements > 0) limits->elements_left -= elements;
    return limits->create_array(task, elements);
}

/// Puts `limits` in front of the functions of `reader`; it must outlive the reader.
static inline void tc_redis_limit(redisReader *reader, tc_redis_limits *limits) {
    limits->functions = *reader->fn;
    limits->create_array = limits->functions.createArray;
    limits->functions.createArray = tc_redis_create_array;
    reader->fn = &limits->functions;
    reader->privdata = limits;
}

/// A descriptor by which one thread wakes another that waits in `poll`; negative where the system has
/// none left. Swift's Glibc does not know them.
static inline int tc_event(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }
