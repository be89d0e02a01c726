/* write_factors.h - the factors of a part of a panel: the file, and what is said of it. */
#ifndef BEHOV_CLI_WRITE_FACTORS_H
#define BEHOV_CLI_WRITE_FACTORS_H

#include <behov/error.h>
#include <behov/factor_part.h>
#include <behov/study.h>
#include <stdio.h>

#include "output_writers.h"

/* What is said and written of a part; all is borrowed. */
typedef struct factors_page {
    const behov_study *study;
    const behov_factor_part *part;
} factors_page;

/* Whole or not at all, as every output. */
behov_status write_factors(const char *path, const behov_factor_part *part, behov_error *err) BEHOV_MUST_CHECK;
/* One object: the model, rows by reason, clusters, columns. */
behov_status write_json_factors(const factors_page *page, behov_error *err) BEHOV_MUST_CHECK;
behov_status write_text_factors(const factors_page *page, FILE *out, behov_error *err) BEHOV_MUST_CHECK;

#endif
