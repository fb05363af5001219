#pragma once
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/param_build.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

// What Swift cannot say of OpenSSL 3: parameters that are read through their addresses during one call
// only, and macros made of macros.

/// An HMAC context that holds `key`, or NULL. `digest` names the hash, such as "SHA256".
static inline EVP_MAC_CTX *tc_hmac_new(
    EVP_MAC *mac, const char *digest, const unsigned char *key, size_t key_count) {
    EVP_MAC_CTX *context = EVP_MAC_CTX_new(mac);
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)digest, 0),
        OSSL_PARAM_construct_end(),
    };
    if (context != NULL && EVP_MAC_init(context, key, key_count, parameters) != 1) {
        EVP_MAC_CTX_free(context);
        return NULL;
    }
    return context;
}

enum { TC_PUBLIC_KEY = EVP_PKEY_PUBLIC_KEY, TC_KEY_PAIR = EVP_PKEY_KEYPAIR };
