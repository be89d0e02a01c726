/* fuzz_factors.c - any bytes as a factor file: as they are, and with the length and the checksum that they should have, so
 * that what lies behind these two is reached. What is read is written again to the same bytes, and merged and fitted. */
#include "fuzz_target.h"

#include <behov.h>
#include <stdlib.h>
#include <string.h>

#include "checksum.h"

enum { LENGTH_AT = 16, LENGTH_BYTES = 8, TAIL = 4 };

/* A fit, or a sentence why not. */
static void fit_part(const behov_factor_part *part)
{
    const char *const names[] = {"part"};
    behov_error err = {.code = BEHOV_OK};
    behov_formula *formula = NULL;
    behov_table *table = NULL;
    behov_merged_factors merged = {0};
    behov_factors *factors = NULL;
    behov_fit *fit = NULL;
    behov_vcov *vcov = NULL;
    size_t n_copies;
    behov_status status = behov_factor_parts_check(part, names, 1, false, &n_copies, &err);
    if (!status)
        status = behov_formula_parse(part->texts[BEHOV_PART_FORMULA], &formula, &err);
    if (!status)
        status = behov_table_new(part->n_rows, "part", &table, &err);
    if (!status)
        status = behov_factor_parts_merge(part, 1, formula, table, &merged, &err);
    if (!status)
        status = behov_factors_new(merged.design, merged.clusters, &factors, &err);
    if (!status)
        status =
            behov_fit_new(merged.design, factors, &(behov_fit_options){.double_only = !merged.is_extended}, &fit, &err);
    if (!status)
        status = behov_vcov_new(fit, merged.design, merged.clusters,
                                merged.clusters ? BEHOV_VCOV_CV3 : BEHOV_VCOV_CLASSICAL, &vcov, &err);
    REQUIRE(status == BEHOV_OK || (err.code == status && err.what[0]));
    behov_vcov_free(vcov);
    behov_fit_free(fit);
    behov_factors_free(factors);
    behov_merged_factors_free(&merged);
    behov_table_free(table);
    behov_formula_free(formula);
}

static void read_bytes(const uint8_t *bytes, size_t size)
{
    behov_factor_part part;
    behov_error err = {.code = BEHOV_OK};
    behov_status status = behov_factor_file_read(bytes, size, "part", &part, &err);
    if (status) {
        REQUIRE(err.code == status && err.what[0]);
        behov_factor_part_free(&part);
        return;
    }
    unsigned char *written = NULL;
    size_t n = 0;
    status = behov_factor_file_write(&part, &written, &n, &err);
    REQUIRE(status == BEHOV_E_MEMORY || (!status && n == size && memcmp(written, bytes, n) == 0));
    free(written);
    fit_part(&part);
    behov_factor_part_free(&part);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_bytes(data, size);
    uint8_t *mended = size >= LENGTH_AT + LENGTH_BYTES + TAIL ? malloc(size) : NULL;
    if (!mended)
        return 0;
    memcpy(mended, data, size);
    for (size_t i = 0; i < LENGTH_BYTES; i++)
        mended[LENGTH_AT + i] = (uint8_t)((uint64_t)size >> (8 * i));
    uint32_t checksum = behov_checksum(0, mended, size - TAIL);
    for (size_t i = 0; i < TAIL; i++)
        mended[size - TAIL + i] = (uint8_t)(checksum >> (8 * i));
    read_bytes(mended, size);
    free(mended);
    return 0;
}
