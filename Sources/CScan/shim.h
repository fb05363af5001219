/* Sixteen bytes at a time: what Swift's SIMD types cannot say, because they have no way to turn a
 * comparison into a bit mask. Header only; the compiler inlines these into Swift.
 *
 * Every function reads 16 bytes from `p` whatever they hold: buffers are padded by their owner. */
#ifndef TC_SCAN_SHIM_H
#define TC_SCAN_SHIM_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>

/* Bit i is set where byte i is not an ASCII digit. */
static inline uint32_t tc_scan_nondigits(const uint8_t *p) {
    __m128i x = _mm_loadu_si128((const __m128i *)p);
    /* '0'...'9' move to the ten smallest signed bytes. */
    __m128i t = _mm_add_epi8(x, _mm_set1_epi8((char)(0x80 - '0')));
    return (uint32_t)_mm_movemask_epi8(_mm_cmpgt_epi8(t, _mm_set1_epi8((char)(0x80 + 9))));
}

/* Bit i is set where byte i is `c`. */
static inline uint32_t tc_scan_equal(const uint8_t *p, uint8_t c) {
    __m128i x = _mm_loadu_si128((const __m128i *)p);
    return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(x, _mm_set1_epi8((char)c)));
}

/* Bit i is set where byte i is a quote, a backslash or a control character: what ends the plain
 * part of a JSON string. */
static inline uint32_t tc_scan_string_stops(const uint8_t *p) {
    __m128i x = _mm_loadu_si128((const __m128i *)p);
    __m128i quote = _mm_cmpeq_epi8(x, _mm_set1_epi8('"'));
    __m128i backslash = _mm_cmpeq_epi8(x, _mm_set1_epi8('\\'));
    __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(x, _mm_set1_epi8(0x1f)), x);
    return (uint32_t)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quote, backslash), control));
}

/* The number of newlines in `count` bytes; *high is nonzero if any byte is above 127. */
static inline size_t tc_scan_newlines(const uint8_t *p, size_t count, uint32_t *high) {
    const __m128i newline = _mm_set1_epi8('\n');
    const __m128i zero = _mm_setzero_si128();
    __m128i any = zero;
    __m128i total = zero;
    size_t at = 0;
    while (count - at >= 16) {
        __m128i sum = zero;
        size_t blocks = (count - at) / 16;
        if (blocks > 255) blocks = 255;
        for (size_t i = 0; i < blocks; i++, at += 16) {
            __m128i x = _mm_loadu_si128((const __m128i *)(p + at));
            sum = _mm_sub_epi8(sum, _mm_cmpeq_epi8(x, newline));
            any = _mm_or_si128(any, x);
        }
        total = _mm_add_epi64(total, _mm_sad_epu8(sum, zero));
    }
    uint64_t halves[2];
    _mm_storeu_si128((__m128i *)halves, total);
    size_t lines = (size_t)(halves[0] + halves[1]);
    uint32_t mask = (uint32_t)_mm_movemask_epi8(any);
    for (; at < count; at++) {
        lines += p[at] == '\n';
        mask |= p[at] & 0x80;
    }
    *high = mask;
    return lines;
}

#else

static inline uint32_t tc_scan_nondigits(const uint8_t *p) {
    uint32_t mask = 0;
    for (int i = 0; i < 16; i++) mask |= (uint32_t)((uint8_t)(p[i] - '0') > 9) << i;
    return mask;
}

static inline uint32_t tc_scan_equal(const uint8_t *p, uint8_t c) {
    uint32_t mask = 0;
    for (int i = 0; i < 16; i++) mask |= (uint32_t)(p[i] == c) << i;
    return mask;
}

static inline uint32_t tc_scan_string_stops(const uint8_t *p) {
    uint32_t mask = 0;
    for (int i = 0; i < 16; i++)
        mask |= (uint32_t)(p[i] == '"' || p[i] == '\\' || p[i] < 0x20) << i;
    return mask;
}

static inline size_t tc_scan_newlines(const uint8_t *p, size_t count, uint32_t *high) {
    size_t lines = 0;
    uint32_t mask = 0;
    for (size_t at = 0; at < count; at++) {
        lines += p[at] == '\n';
        mask |= p[at] & 0x80;
    }
    *high = mask;
    return lines;
}

#endif

#endif
