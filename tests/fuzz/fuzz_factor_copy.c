/* fuzz_factor_copy.c - any bytes as a file of PostgreSQL's COPY, and as a factor with the checksum that it should have: a part
 * that can be written, or a sentence. */
#include "fuzz_target.h"

#include <behov.h>
#include <stdlib.h>
#include <string.h>

#include "checksum.h"
#include "factor_copy.h"

enum { TAIL = 4 };

static void finish(behov_factor_gather *gather)
{
    behov_factor_part part = {0};
    behov_error err = {.code = BEHOV_OK};
    unsigned char *bytes = NULL;
    size_t n_bytes;
    behov_status status = behov_factor_gather_finish(gather, &part, &err);
    if (!status)
        status = behov_factor_file_write(&part, &bytes, &n_bytes, &err);
    REQUIRE(!status || status == BEHOV_E_MEMORY);
    free(bytes);
    behov_factor_part_free(&part);
}

static behov_factor_gather *begin(void)
{
    behov_error err;
    behov_formula *formula = NULL;
    behov_factor_gather *gather = NULL;
    if (!behov_formula_parse("y ~ a", &formula, &err) && behov_factor_gather_new(formula, "c", &gather, &err))
        gather = NULL;
    behov_formula_free(formula);
    return gather;
}

static void read_file(const uint8_t *data, size_t size)
{
    behov_error err = {.code = BEHOV_OK};
    behov_factor_gather *gather = begin();
    uint8_t *copy = size ? malloc(size) : NULL;
    if (gather && copy) {
        memcpy(copy, data, size);
        (void)factor_copy_is(copy, size);
        behov_status status = factor_copy_read(copy, size, "copy", gather, &err);
        REQUIRE(!status || (err.code == status && err.what[0]));
        finish(gather);
    }
    free(copy);
    behov_factor_gather_free(gather);
}

static void read_factor(const uint8_t *data, size_t size)
{
    behov_error err = {.code = BEHOV_OK};
    behov_factor_gather *gather = begin();
    uint8_t *mended = size > TAIL ? malloc(size) : NULL;
    if (gather && mended) {
        memcpy(mended, data, size);
        uint32_t checksum = behov_checksum(0, mended, size - TAIL);
        for (size_t i = 0; i < TAIL; i++)
            mended[size - TAIL + i] = (uint8_t)(checksum >> (8 * i));
        behov_status status = behov_factor_gather_add(gather, "a", mended, size, "factor", &err);
        REQUIRE(!status || (err.code == status && err.what[0]));
        for (int piece = 0; piece < 2 && !status; piece++) { /* the same group once more, and rows in none */
            status = behov_factor_gather_add(gather, piece ? NULL : "a", mended, size, "factor", &err);
            REQUIRE(!status || status == BEHOV_E_MEMORY);
        }
        finish(gather);
    }
    free(mended);
    behov_factor_gather_free(gather);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_file(data, size);
    read_factor(data, size);
    return 0;
}
