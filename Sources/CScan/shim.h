/* Sixteen bytes at a time: what Swift's SIMD types cannot say, because they have no way to turn a
 * comparison into a bit mask. Header only; the compiler inlines these into Swift.
 *
 * Functions that take one `p` read 16 bytes from it whatever they hold: buffers are padded by their
 * owner. */
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

/* Folds `groups` times four values: value i goes to lane i mod 4 of the sums. A NaN counts for
 * nothing. Returns how many values were numbers. Four sums, because one would wait for itself. */
static inline size_t tc_fold_numbers(
    const double *values, size_t groups, double *sums, double *low, double *high) {
    __m128d sum0 = _mm_loadu_pd(sums), sum1 = _mm_loadu_pd(sums + 2);
    __m128d low0 = _mm_set1_pd(*low), low1 = low0;
    __m128d high0 = _mm_set1_pd(*high), high1 = high0;
    __m128i count0 = _mm_setzero_si128(), count1 = count0;
    for (size_t i = 0; i < groups; i++) {
        __m128d x0 = _mm_loadu_pd(values + 4 * i), x1 = _mm_loadu_pd(values + 4 * i + 2);
        __m128d is0 = _mm_cmpord_pd(x0, x0), is1 = _mm_cmpord_pd(x1, x1);
        sum0 = _mm_add_pd(sum0, _mm_and_pd(x0, is0));
        sum1 = _mm_add_pd(sum1, _mm_and_pd(x1, is1));
        /* Of two of which one is NaN these give the second. */
        low0 = _mm_min_pd(x0, low0);
        low1 = _mm_min_pd(x1, low1);
        high0 = _mm_max_pd(x0, high0);
        high1 = _mm_max_pd(x1, high1);
        count0 = _mm_sub_epi64(count0, _mm_castpd_si128(is0));
        count1 = _mm_sub_epi64(count1, _mm_castpd_si128(is1));
    }
    _mm_storeu_pd(sums, sum0);
    _mm_storeu_pd(sums + 2, sum1);
    double lows[2], highs[2];
    uint64_t counts[2];
    _mm_storeu_pd(lows, _mm_min_pd(low0, low1));
    _mm_storeu_pd(highs, _mm_max_pd(high0, high1));
    _mm_storeu_si128((__m128i *)counts, _mm_add_epi64(count0, count1));
    *low = lows[0] < lows[1] ? lows[0] : lows[1];
    *high = highs[0] > highs[1] ? highs[0] : highs[1];
    return (size_t)(counts[0] + counts[1]);
}

#else

static inline size_t tc_fold_numbers(
    const double *values, size_t groups, double *sums, double *low, double *high) {
    size_t count = 0;
    for (size_t i = 0; i < groups * 4; i++) {
        double value = values[i];
        if (value != value) continue;
        count++;
        sums[i % 4] += value;
        if (value < *low) *low = value;
        if (value > *high) *high = value;
    }
    return count;
}

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
