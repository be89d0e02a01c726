/* write_ranking.h - a ranking as a page and as JSON. */
#ifndef BEHOV_CLI_WRITE_RANKING_H
#define BEHOV_CLI_WRITE_RANKING_H

#include <stdio.h>

#include <behov/ranking.h>
#include "output_writers.h"

/* The page of `behov rank`: the answers first. */
behov_status write_ranking_page(const behov_ranking *ranking, FILE *out, behov_error *err) BEHOV_MUST_CHECK;
/* One object; path NULL = standard output. */
behov_status write_ranking_json(const char *path, const behov_ranking *ranking, behov_error *err) BEHOV_MUST_CHECK;

/* Their context is a behov_ranking. */
extern const output_writers ranking_writers;

#endif
