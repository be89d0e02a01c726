/* write_council.c - see write_council.h. Municipalities are packed some at a time, piece by piece: what is alike lies near
 * what it is like, so that a municipality takes 2 kB. Deflate as it is, without a head: browsers unpack "deflate-raw". */
#include "write_council.h"

#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "sha256.h"
#include "target.h"

/* More of them pack a little better, and each choice of a municipality unpacks as many. */
enum { AT_ONCE = 24 };

static behov_status no_memory(const char *path, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_REPORT_NO_MEMORY);
}

/* ---- base64 (RFC 4648, section 4) -------------------------------------------------------------------------------- */

/* malloc; NULL without memory */
static char *base64(const unsigned char *bytes, size_t n)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *text = malloc((n + 2) / 3 * 4 + 1), *cursor = text;
    for (size_t i = 0; text && i < n; i += 3) {
        size_t left = n - i;
        uint32_t three = (uint32_t)bytes[i] << 16 | (left > 1 ? (uint32_t)bytes[i + 1] << 8 : 0) |
                         (left > 2 ? (uint32_t)bytes[i + 2] : 0);
        *cursor++ = letters[three >> 18];
        *cursor++ = letters[three >> 12 & 63];
        *cursor++ = left > 1 ? letters[three >> 6 & 63] : '=';
        *cursor++ = left > 2 ? letters[three & 63] : '=';
    }
    if (text)
        *cursor = '\0';
    return text;
}

/* The digest of a text as a policy names it; NULL without memory. */
static char *digest(const char *text, size_t length)
{
    enum { DIGEST_BYTES = 32 };
    static const char digits[] = "0123456789abcdef";
    char hex[2 * DIGEST_BYTES + 1];
    unsigned char bytes[DIGEST_BYTES];
    sha256_hex(text, length, hex);
    for (size_t i = 0; i < DIGEST_BYTES; i++)
        bytes[i] =
            (unsigned char)((strchr(digits, hex[2 * i]) - digits) << 4 | (strchr(digits, hex[2 * i + 1]) - digits));
    return base64(bytes, DIGEST_BYTES);
}

/* ---- packing ----------------------------------------------------------------------------------------------------- */

static behov_status pack_text(const char *path, const behov_wording *text, char **packed, behov_error *err)
{
    z_stream stream = {0};
    int code = deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY);
    if (code != Z_OK)
        return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_REPORT_NOT_PACKED, code);
    uLong room = deflateBound(&stream, (uLong)text->length);
    unsigned char *bytes = text->length <= UINT_MAX && room <= UINT_MAX ? malloc(room + 1) : NULL;
    if (!bytes) {
        deflateEnd(&stream);
        return no_memory(path, err);
    }
    stream.next_in = (z_const Bytef *)behov_wording_text(text);
    stream.avail_in = (uInt)text->length;
    stream.next_out = bytes;
    stream.avail_out = (uInt)room;
    code = deflate(&stream, Z_FINISH);
    size_t n = stream.total_out;
    deflateEnd(&stream);
    *packed = code == Z_STREAM_END ? base64(bytes, n) : NULL;
    free(bytes);
    if (code != Z_STREAM_END)
        return behov_error_say(err, BEHOV_E_DATA, path, SAY_REPORT_NOT_PACKED, code);
    return *packed ? BEHOV_OK : no_memory(path, err);
}

static behov_status pack(const char *path, const behov_council *council, size_t first, char **packed, behov_error *err)
{
    behov_wording text = {0};
    behov_status status = BEHOV_OK;
    size_t last = first + AT_ONCE < council->n ? first + AT_ONCE : council->n;
    for (int piece = 0; piece < BEHOV_N_COUNCIL_PIECES && !status; piece++)
        for (size_t i = first; i < last && !status; i++) {
            status = behov_council_piece_add(council, i, (behov_council_piece)piece, true, &text, err);
            behov_wording_add_letter(&text, '\x1E');
        }
    if (!status)
        status = behov_wording_status(&text, err);
    if (!status)
        status = pack_text(path, &text, packed, err);
    behov_wording_free(&text);
    return status;
}

/* ---- the file ---------------------------------------------------------------------------------------------------- */

typedef struct packing {
    char *style_digest, *script_digest, *workbook;
    char **packed;
    size_t n_packed;
} packing;

static void packing_free(packing *packing)
{
    for (size_t i = 0; packing->packed && i < packing->n_packed; i++)
        free(packing->packed[i]);
    free(packing->packed), free(packing->style_digest), free(packing->script_digest), free(packing->workbook);
}

static behov_status make_packing(const char *path, const behov_council *council, const write_council_parts *parts,
                                 packing *packing, behov_error *err)
{
    behov_wording style = {0};
    behov_council_style_add(&style);
    behov_status status = behov_wording_status(&style, err);
    packing->style_digest = digest(behov_wording_text(&style), style.length);
    packing->script_digest = digest(behov_council_script(), strlen(behov_council_script()));
    behov_wording_free(&style);
    if (parts->workbook)
        packing->workbook = base64(parts->workbook, parts->n_workbook_bytes);
    packing->n_packed = council->n > 1 ? (council->n + AT_ONCE - 1) / AT_ONCE : 0;
    packing->packed = calloc(packing->n_packed + 1, sizeof *packing->packed);
    if (!packing->style_digest || !packing->script_digest || !packing->packed ||
        (parts->workbook && !packing->workbook))
        return no_memory(path, err);
    for (size_t i = 0; i < packing->n_packed && !status; i++)
        status = pack(path, council, i * AT_ONCE, &packing->packed[i], err);
    return status;
}

static behov_status print(FILE *out, const void *context, behov_error *err)
{
    const behov_wording *page = context;
    (void)err;
    fwrite(behov_wording_text(page), 1, page->length, out);
    return BEHOV_OK;
}

behov_status write_council(const char *path, const behov_council *council, const write_council_parts *parts,
                           behov_error *err)
{
    packing packing = {0};
    behov_wording page = {0};
    behov_status status = make_packing(path, council, parts, &packing, err);
    if (!status)
        status = behov_council_page_add(council,
                                        &(behov_council_extras){.style_digest = packing.style_digest,
                                                                .script_digest = packing.script_digest,
                                                                .workbook = packing.workbook,
                                                                .workbook_name = parts->workbook_name,
                                                                .packed = (const char *const *)packing.packed,
                                                                .n_packed = packing.n_packed,
                                                                .n_each = AT_ONCE,
                                                                .made_on = parts->made_on,
                                                                .map = parts->map,
                                                                .no_map = parts->no_map},
                                        &page, err);
    if (!status)
        status = target_write(path, print, &page, err);
    behov_wording_free(&page);
    packing_free(&packing);
    return status;
}
