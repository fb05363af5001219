#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <zstd.h>

// Beside zstd's own interface stand the two loops over whole pages that need vector instructions
// which Swift cannot name. Each has a portable twin that gives the same bytes.

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

/// Whether `tc_crc32_fold` may be called: PCLMULQDQ and SSE4.1 are there.
static inline int tc_crc32_can_fold(void) {
    unsigned a, b, c = 0, d;
    return __get_cpuid(1, &a, &b, &c, &d) && (c & bit_PCLMUL) && (c & bit_SSE4_1);
}

/// Continues a CRC-32 (IEEE 802.3, reflected) over `n` bytes, `n` a multiple of 16 and at least
/// 64. `crc` and the result are the inner state, that is, inverted. Folds 64 bytes at a time, as
/// in V. Gopal et al., "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ" (Intel).
__attribute__((target("pclmul,sse4.1"))) static inline uint32_t tc_crc32_fold(
    uint32_t crc, const uint8_t *p, size_t n) {
    const __m128i k1k2 = _mm_set_epi64x(0x01c6e41596, 0x0154442bd4);
    const __m128i k3k4 = _mm_set_epi64x(0x00ccaa009e, 0x01751997d0);
    __m128i x1 = _mm_loadu_si128((const __m128i *)p);
    __m128i x2 = _mm_loadu_si128((const __m128i *)(p + 16));
    __m128i x3 = _mm_loadu_si128((const __m128i *)(p + 32));
    __m128i x4 = _mm_loadu_si128((const __m128i *)(p + 48));
    x1 = _mm_xor_si128(x1, _mm_cvtsi32_si128((int)crc));
    for (p += 64, n -= 64; n >= 64; p += 64, n -= 64) {
        __m128i y1 = _mm_clmulepi64_si128(x1, k1k2, 0x00);
        __m128i y2 = _mm_clmulepi64_si128(x2, k1k2, 0x00);
        __m128i y3 = _mm_clmulepi64_si128(x3, k1k2, 0x00);
        __m128i y4 = _mm_clmulepi64_si128(x4, k1k2, 0x00);
        x1 = _mm_xor_si128(_mm_clmulepi64_si128(x1, k1k2, 0x11), y1);
        x2 = _mm_xor_si128(_mm_clmulepi64_si128(x2, k1k2, 0x11), y2);
        x3 = _mm_xor_si128(_mm_clmulepi64_si128(x3, k1k2, 0x11), y3);
        x4 = _mm_xor_si128(_mm_clmulepi64_si128(x4, k1k2, 0x11), y4);
        x1 = _mm_xor_si128(x1, _mm_loadu_si128((const __m128i *)p));
        x2 = _mm_xor_si128(x2, _mm_loadu_si128((const __m128i *)(p + 16)));
        x3 = _mm_xor_si128(x3, _mm_loadu_si128((const __m128i *)(p + 32)));
        x4 = _mm_xor_si128(x4, _mm_loadu_si128((const __m128i *)(p + 48)));
    }
    __m128i rest[3] = {x2, x3, x4};
    for (int i = 0; i < 3; i++) {
        __m128i low = _mm_clmulepi64_si128(x1, k3k4, 0x00);
        x1 = _mm_xor_si128(_mm_clmulepi64_si128(x1, k3k4, 0x11), _mm_xor_si128(low, rest[i]));
    }
    for (; n >= 16; p += 16, n -= 16) {
        __m128i low = _mm_clmulepi64_si128(x1, k3k4, 0x00);
        x1 = _mm_xor_si128(_mm_clmulepi64_si128(x1, k3k4, 0x11), low);
        x1 = _mm_xor_si128(x1, _mm_loadu_si128((const __m128i *)p));
    }
    // 128 bits to 64, 64 to 32 by Barrett reduction.
    const __m128i mask = _mm_setr_epi32(~0, 0, ~0, 0);
    __m128i x0 = _mm_clmulepi64_si128(x1, k3k4, 0x10);
    x1 = _mm_xor_si128(_mm_srli_si128(x1, 8), x0);
    const __m128i k5 = _mm_set_epi64x(0, 0x0163cd6124);
    x0 = _mm_srli_si128(x1, 4);
    x1 = _mm_xor_si128(_mm_clmulepi64_si128(_mm_and_si128(x1, mask), k5, 0x00), x0);
    const __m128i poly = _mm_set_epi64x(0x01f7011641, 0x01db710641);
    x0 = _mm_clmulepi64_si128(_mm_and_si128(x1, mask), poly, 0x10);
    x0 = _mm_clmulepi64_si128(_mm_and_si128(x0, mask), poly, 0x00);
    return (uint32_t)_mm_extract_epi32(_mm_xor_si128(x1, x0), 1);
}
#else
static inline int tc_crc32_can_fold(void) { return 0; }
static inline uint32_t tc_crc32_fold(uint32_t crc, const uint8_t *p, size_t n) {
    (void)p, (void)n;
    return crc;
}
#endif

/// BYTE_STREAM_SPLIT of `n` 8-byte values: byte k of value i goes to `out[k * n + i]`.
static inline void tc_split_streams(const uint8_t *in, size_t n, uint8_t *out) {
    size_t i = 0;
#if defined(__SSE2__)
    for (; i + 16 <= n; i += 16) {
        __m128i a[8], b[8];
        for (int k = 0; k < 8; k++) a[k] = _mm_loadu_si128((const __m128i *)(in + i * 8 + k * 16));
        // Four rounds of interleaving halves turn 16 values of 8 bytes into 8 streams of 16.
        for (int k = 0; k < 4; k++) {
            b[2 * k] = _mm_unpacklo_epi8(a[k], a[k + 4]);
            b[2 * k + 1] = _mm_unpackhi_epi8(a[k], a[k + 4]);
        }
        for (int k = 0; k < 4; k++) {
            a[2 * k] = _mm_unpacklo_epi8(b[k], b[k + 4]);
            a[2 * k + 1] = _mm_unpackhi_epi8(b[k], b[k + 4]);
        }
        for (int k = 0; k < 4; k++) {
            b[2 * k] = _mm_unpacklo_epi8(a[k], a[k + 4]);
            b[2 * k + 1] = _mm_unpackhi_epi8(a[k], a[k + 4]);
        }
        for (int k = 0; k < 4; k++) {
            a[2 * k] = _mm_unpacklo_epi8(b[k], b[k + 4]);
            a[2 * k + 1] = _mm_unpackhi_epi8(b[k], b[k + 4]);
        }
        for (int k = 0; k < 8; k++) _mm_storeu_si128((__m128i *)(out + k * n + i), a[k]);
    }
#endif
    for (; i < n; i++)
        for (size_t k = 0; k < 8; k++) out[k * n + i] = in[i * 8 + k];
}

/// The inverse, for values `from ..< from + count` of a page of `n`; `out` holds `count * 8` bytes.
static inline void tc_join_streams(
    const uint8_t *in, size_t n, size_t from, size_t count, uint8_t *out) {
    size_t i = 0;
    in += from;
#if defined(__SSE2__)
    for (; i + 16 <= count; i += 16) {
        __m128i a[8], b[8];
        for (int k = 0; k < 8; k++) a[k] = _mm_loadu_si128((const __m128i *)(in + k * n + i));
        for (int k = 0; k < 4; k++) {
            b[2 * k] = _mm_unpacklo_epi8(a[k], a[k + 4]);
            b[2 * k + 1] = _mm_unpackhi_epi8(a[k], a[k + 4]);
        }
        for (int k = 0; k < 4; k++) {
            a[2 * k] = _mm_unpacklo_epi8(b[k], b[k + 4]);
            a[2 * k + 1] = _mm_unpackhi_epi8(b[k], b[k + 4]);
        }
        for (int k = 0; k < 4; k++) {
            b[2 * k] = _mm_unpacklo_epi8(a[k], a[k + 4]);
            b[2 * k + 1] = _mm_unpackhi_epi8(a[k], a[k + 4]);
        }
        for (int k = 0; k < 8; k++) _mm_storeu_si128((__m128i *)(out + i * 8 + k * 16), b[k]);
    }
#endif
    for (; i < count; i++)
        for (size_t k = 0; k < 8; k++) out[i * 8 + k] = in[k * n + i];
}
