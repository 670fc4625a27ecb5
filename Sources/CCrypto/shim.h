#ifndef COUNTERSIGN_CCRYPTO_SHIM_H
#define COUNTERSIGN_CCRYPTO_SHIM_H
#include <limits.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

static inline EVP_PKEY *cs_ed25519_generate(void) {
    return EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
}

/* Every function below returns 1 when it worked. */

/* The method, looked up once: each look-up takes a lock, and nothing else of a short hash does. */
static inline const EVP_MD *_Nullable cs_sha256_method(void) {
    static EVP_MD *kept = NULL;
    EVP_MD *known = __atomic_load_n(&kept, __ATOMIC_ACQUIRE);
    if (known != NULL) return known;
    EVP_MD *fresh = EVP_MD_fetch(NULL, "SHA256", NULL);
    if (fresh == NULL) return NULL;
    if (__atomic_compare_exchange_n(&kept, &known, fresh, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
        return fresh;
    EVP_MD_free(fresh);
    return known;
}

static inline int cs_sha256(
    const unsigned char *_Nonnull bytes, size_t count, unsigned char *_Nonnull digest) {
    const EVP_MD *method = cs_sha256_method();
    return method != NULL && EVP_Digest(bytes, count, digest, NULL, method, NULL) == 1;
}

static inline int cs_hmac_sha256(
    const unsigned char *_Nonnull key, size_t key_count, const unsigned char *_Nonnull bytes,
    size_t count, unsigned char *_Nonnull digest) {
    if (key_count > INT_MAX) return 0;
    return HMAC(EVP_sha256(), key, (int)key_count, bytes, count, digest, NULL) != NULL;
}

static inline int cs_hmac_sha1(
    const unsigned char *_Nonnull key, size_t key_count, const unsigned char *_Nonnull bytes,
    size_t count, unsigned char *_Nonnull digest) {
    if (key_count > INT_MAX) return 0;
    return HMAC(EVP_sha1(), key, (int)key_count, bytes, count, digest, NULL) != NULL;
}

/* A key of 32 bytes from a passphrase; slow, and in need of 16 MiB, on purpose. */
static inline int cs_scrypt(
    const char *_Nonnull passphrase, size_t count, const unsigned char *_Nonnull salt,
    size_t salt_count, uint64_t cost, unsigned char *_Nonnull key) {
    return EVP_PBE_scrypt(
        passphrase, count, salt, salt_count, cost, 8, 5, 64u << 20, key, 32) == 1;
}

/* Writes `count` bytes of ciphertext and a tag of 16 bytes to `out`. */
static inline int cs_gcm_seal(
    const unsigned char *_Nonnull key, const unsigned char *_Nonnull nonce,
    const unsigned char *_Nonnull authenticated, size_t authenticated_count,
    const unsigned char *_Nonnull plain, size_t count, unsigned char *_Nonnull out) {
    if (authenticated_count > INT_MAX || count > INT_MAX) return 0;
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    if (context == NULL) return 0;
    int written = 0;
    int done = EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), NULL, key, nonce) == 1
        && EVP_EncryptUpdate(context, NULL, &written, authenticated, (int)authenticated_count) == 1
        && EVP_EncryptUpdate(context, out, &written, plain, (int)count) == 1
        && EVP_EncryptFinal_ex(context, out + count, &written) == 1
        && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, 16, out + count) == 1;
    EVP_CIPHER_CTX_free(context);
    return done;
}

/* Reads `count` bytes of ciphertext and a tag of 16 bytes; wipes `out` when the tag is wrong. */
static inline int cs_gcm_open(
    const unsigned char *_Nonnull key, const unsigned char *_Nonnull nonce,
    const unsigned char *_Nonnull authenticated, size_t authenticated_count,
    const unsigned char *_Nonnull sealed, size_t count, unsigned char *_Nonnull out) {
    if (authenticated_count > INT_MAX || count > INT_MAX) return 0;
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    if (context == NULL) return 0;
    int written = 0;
    unsigned char last[16];
    int done = EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), NULL, key, nonce) == 1
        && EVP_DecryptUpdate(context, NULL, &written, authenticated, (int)authenticated_count) == 1
        && EVP_DecryptUpdate(context, out, &written, sealed, (int)count) == 1
        && EVP_CIPHER_CTX_ctrl(
               context, EVP_CTRL_GCM_SET_TAG, 16, (void *)(sealed + count)) == 1
        && EVP_DecryptFinal_ex(context, last, &written) == 1;
    EVP_CIPHER_CTX_free(context);
    if (!done) OPENSSL_cleanse(out, count);
    return done;
}

/* Ed25519 (RFC 8032): a key pair is known by its seed of 32 bytes. */
static inline int cs_ed25519_public_key(
    const unsigned char *_Nonnull seed, unsigned char *_Nonnull key) {
    size_t count = 32;
    EVP_PKEY *pair = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, 32);
    if (pair == NULL) return 0;
    int done = EVP_PKEY_get_raw_public_key(pair, key, &count) == 1 && count == 32;
    EVP_PKEY_free(pair);
    return done;
}

static inline int cs_ed25519_sign(
    const unsigned char *_Nonnull seed, const unsigned char *_Nonnull bytes, size_t count,
    unsigned char *_Nonnull signature) {
    size_t written = 64;
    EVP_PKEY *pair = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, 32);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int done = pair != NULL && context != NULL
        && EVP_DigestSignInit(context, NULL, NULL, NULL, pair) == 1
        && EVP_DigestSign(context, signature, &written, bytes, count) == 1 && written == 64;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(pair);
    return done;
}

static inline int cs_ed25519_verify(
    const unsigned char *_Nonnull key, const unsigned char *_Nonnull bytes, size_t count,
    const unsigned char *_Nonnull signature) {
    EVP_PKEY *known = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, key, 32);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int done = known != NULL && context != NULL
        && EVP_DigestVerifyInit(context, NULL, NULL, NULL, known) == 1
        && EVP_DigestVerify(context, signature, 64, bytes, count) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(known);
    return done;
}
#endif
