/* behov_factor_bytes.c - values in and out: the bytes of behov/factor_state.h, as text in hexadecimal digits. */
#include "behov_factor.h"

#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(behov_factor_in);
PG_FUNCTION_INFO_V1(behov_factor_out);
PG_FUNCTION_INFO_V1(behov_factor_recv);
PG_FUNCTION_INFO_V1(behov_factor_send);

static behov_factor_state *from_bytes(const unsigned char *bytes, size_t n_bytes)
{
    uint32 width = 0, capacity = 0;
    behov_factor_state *state;
    behov_factor_check(behov_factor_state_look(bytes, n_bytes, &width, &capacity));
    state = behov_factor_memory(width, capacity);
    behov_factor_state_read(bytes, state);
    behov_factor_own(state);
    return state;
}

/* Bytes of a value, after `n_before` bytes left free. */
static unsigned char *as_bytes(const behov_factor_state *state, size_t n_before, size_t *n_bytes)
{
    behov_factor_state *trimmed = behov_factor_trimmed(state);
    unsigned char *bytes;
    *n_bytes = behov_factor_state_n_bytes(trimmed);
    bytes = palloc(n_before + *n_bytes);
    behov_factor_state_write(trimmed, bytes + n_before);
    pfree(trimmed);
    return bytes;
}

Datum behov_factor_in(PG_FUNCTION_ARGS)
{
    const char *text = PG_GETARG_CSTRING(0);
    size_t n_digits = strlen(text), n_bytes;
    unsigned char *bytes;
    if (n_digits == 0 || n_digits % 2 != 0 || strspn(text, "0123456789abcdefABCDEF") != n_digits)
        ereport(ERROR,
                (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
                 errmsg("invalid input syntax for type behov_factor: it is bytes, two hexadecimal digits each")));
    bytes = palloc(n_digits / 2);
    n_bytes = hex_decode(text, n_digits, (char *)bytes);
    PG_RETURN_POINTER(from_bytes(bytes, n_bytes));
}

Datum behov_factor_out(PG_FUNCTION_ARGS)
{
    size_t n_bytes;
    unsigned char *bytes = as_bytes(PG_GETARG_FACTOR(0), 0, &n_bytes);
    char *text = palloc(2 * n_bytes + 1);
    text[hex_encode((const char *)bytes, n_bytes, text)] = '\0';
    pfree(bytes);
    PG_RETURN_CSTRING(text);
}

Datum behov_factor_recv(PG_FUNCTION_ARGS)
{
    StringInfo message = (StringInfo)PG_GETARG_POINTER(0);
    int n_bytes = message->len - message->cursor;
    const char *bytes = pq_getmsgbytes(message, n_bytes);
    PG_RETURN_POINTER(from_bytes((const unsigned char *)bytes, (size_t)n_bytes));
}

Datum behov_factor_send(PG_FUNCTION_ARGS)
{
    size_t n_bytes;
    unsigned char *bytes = as_bytes(PG_GETARG_FACTOR(0), VARHDRSZ, &n_bytes);
    SET_VARSIZE(bytes, VARHDRSZ + n_bytes);
    PG_RETURN_BYTEA_P((bytea *)bytes);
}
