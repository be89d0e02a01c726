/* write_ranking.h - a ranking as a page, as JSON and as a section. */
#ifndef BEHOV_CLI_WRITE_RANKING_H
#define BEHOV_CLI_WRITE_RANKING_H

#include <stdio.h>

#include "ranking.h"
#include "output_writers.h"
#include "section.h"

/* Those that are shown. \param is_whole  every figure, for programs and workbooks; else what a page has room for */
behov_status ranking_table(const behov_ranking *ranking, bool is_whole, behov_report **report,
                           behov_error *err) BEHOV_MUST_CHECK;
/* Rangering: the table, the answers and how it was computed as notes. */
behov_status ranking_add(const behov_ranking *ranking, bool is_whole, behov_section_list *list,
                         behov_error *err) BEHOV_MUST_CHECK;
/* The page of `behov rank`: the answers first. */
behov_status write_ranking_page(const behov_ranking *ranking, FILE *out, behov_error *err) BEHOV_MUST_CHECK;
/* One object; path NULL = standard output. */
behov_status write_ranking_json(const char *path, const behov_ranking *ranking, behov_error *err) BEHOV_MUST_CHECK;

/* Their context is a behov_ranking. */
extern const output_writers ranking_writers;

#endif
