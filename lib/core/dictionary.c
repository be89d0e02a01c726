/* dictionary.c - distinct texts: an open-addressing hash table over one growing block of bytes.
 *
 * Slots hold code + 1 (0 = free); the table is at most half full. FNV-1a is enough for keys that a user's own file
 * brings; nothing here faces an attacker who profits from slow look-ups. */
#include "dictionary_parts.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"

struct behov_dictionary {
    char *bytes; /* all texts, each with its zero */
    size_t n_bytes, room_bytes;
    uint32_t *starts; /* offset of each text */
    uint32_t *hashes; /* of each text; NULL = settled, or none yet */
    size_t count, room;
    uint32_t *slots;
    size_t n_slots; /* a power of two, or 0 */
};

static uint32_t hash_text(const char *text, size_t length)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    return hash ^ (hash >> 15);
}

behov_status behov_dictionary_new(behov_dictionary **dictionary, behov_error *err)
{
    behov_dictionary *new_dictionary = behov_alloc(1, sizeof *new_dictionary);
    if (!new_dictionary)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_DICTIONARY);
    *dictionary = new_dictionary;
    return BEHOV_OK;
}

void behov_dictionary_free(behov_dictionary *dictionary)
{
    if (!dictionary)
        return;
    free(dictionary->bytes);
    free(dictionary->starts);
    free(dictionary->hashes);
    free(dictionary->slots);
    free(dictionary);
}

static size_t length_of(const behov_dictionary *d, size_t code)
{
    return (code + 1 < d->count ? d->starts[code + 1] : d->n_bytes) - d->starts[code] - 1;
}

static int32_t find(const behov_dictionary *d, const char *text, size_t length, uint32_t hash, size_t *slot)
{
    size_t index = hash & (d->n_slots - 1);
    for (;; index = (index + 1) & (d->n_slots - 1)) {
        uint32_t entry = d->slots[index];
        if (entry == 0) {
            *slot = index;
            return -1;
        }
        uint32_t code = entry - 1;
        if (!d->hashes || d->hashes[code] == hash) {
            const char *known_text = d->bytes + d->starts[code];
            if (length_of(d, code) == length && memcmp(known_text, text, length) == 0)
                return (int32_t)code;
        }
    }
}

static int grow_slots(behov_dictionary *d)
{
    size_t n = d->n_slots ? 2 * d->n_slots : 64;
    uint32_t *slots = behov_alloc(n, sizeof *slots);
    if (!slots)
        return 0;
    for (size_t code = 0; code < d->count; code++) {
        size_t index = d->hashes[code] & (n - 1);
        while (slots[index])
            index = (index + 1) & (n - 1);
        slots[index] = (uint32_t)code + 1;
    }
    free(d->slots);
    d->slots = slots;
    d->n_slots = n;
    return 1;
}

static int restore_hashes(behov_dictionary *d)
{
    d->hashes = behov_alloc(d->room, sizeof *d->hashes);
    for (size_t code = 0; d->hashes && code < d->count; code++)
        d->hashes[code] = hash_text(d->bytes + d->starts[code], length_of(d, code));
    return d->hashes != NULL;
}

void dictionary_settle(behov_dictionary *d)
{
    free(d->hashes);
    d->hashes = NULL;
}

static int reserve(behov_dictionary *d, size_t length)
{
    if (d->count && !d->hashes && !restore_hashes(d))
        return 0;
    if (2 * (d->count + 1) > d->n_slots && !grow_slots(d))
        return 0;
    if (d->count == d->room) {
        size_t room = d->room ? 2 * d->room : 32;
        uint32_t *starts = behov_realloc(d->starts, room, sizeof *starts);
        if (!starts)
            return 0;
        d->starts = starts;
        uint32_t *hashes = behov_realloc(d->hashes, room, sizeof *hashes);
        if (!hashes)
            return 0;
        d->hashes = hashes;
        d->room = room;
    }
    if (length >= d->room_bytes - d->n_bytes) {
        size_t room = d->room_bytes ? 2 * d->room_bytes : 512;
        while (room - d->n_bytes <= length) {
            if (room > SIZE_MAX / 2)
                return 0;
            room *= 2;
        }
        char *bytes = behov_realloc(d->bytes, room, 1);
        if (!bytes)
            return 0;
        d->bytes = bytes;
        d->room_bytes = room;
    }
    return 1;
}

behov_status behov_dictionary_intern(behov_dictionary *d, const char *text, size_t length, int32_t *code,
                                     behov_error *err)
{
    uint32_t hash = hash_text(text, length);
    size_t slot = 0;
    if (d->n_slots) {
        int32_t known_number = find(d, text, length, hash, &slot);
        if (known_number >= 0) {
            *code = known_number;
            return BEHOV_OK;
        }
    }
    if (behov_phrase_is_forged(text, length))
        return behov_error_say(err, BEHOV_E_DATA, "", SAY_DICTIONARY_CONTROL_CHARACTER);
    if (d->count >= INT32_MAX || length >= UINT32_MAX - d->n_bytes)
        return behov_error_say(err, BEHOV_E_DATA, "", SAY_DICTIONARY_FULL);
    if (!reserve(d, length))
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_DISTINCT_TEXTS);
    find(d, text, length, hash, &slot); /* the slots may have moved */
    d->starts[d->count] = (uint32_t)d->n_bytes;
    d->hashes[d->count] = hash;
    memcpy(d->bytes + d->n_bytes, text, length);
    d->bytes[d->n_bytes + length] = '\0';
    d->n_bytes += length + 1;
    d->slots[slot] = (uint32_t)d->count + 1;
    *code = (int32_t)d->count++;
    return BEHOV_OK;
}

int32_t behov_dictionary_find(const behov_dictionary *d, const char *text, size_t length)
{
    size_t slot;
    return d->n_slots ? find(d, text, length, hash_text(text, length), &slot) : -1;
}

size_t behov_dictionary_count(const behov_dictionary *d)
{
    return d->count;
}

const char *behov_dictionary_text(const behov_dictionary *d, int32_t code)
{
    return d->bytes + d->starts[code];
}
