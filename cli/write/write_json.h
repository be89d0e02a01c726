/* write_json.h - results as one JSON object, 17 significant digits, null for missing. */
#ifndef BEHOV_CLI_WRITE_JSON_H
#define BEHOV_CLI_WRITE_JSON_H

#include <behov/error.h>

#include <behov/fit_results.h>

struct json_t; /* jansson's */

/* Pieces that other objects are made of: model, data and counts; the list of coefficients; a whole fit; writing and
 * freeing a tree (path NULL = standard output). */
void write_json_common(struct json_t *object, const behov_fit_results *fit_results);
/* `allowed`: the kinds that --allow lets through; `cautions`: the sentences that every output carries, in its language.
 * */
void write_json_cautions(struct json_t *object, const behov_study *study);
/* The errors' clusters: cluster, second_cluster, n_clusters. The shares below which p has *, **, ***; [] where there are
 * no stars. */
void write_json_clusters(struct json_t *object, const behov_fit_results *fit_results);
struct json_t *write_json_star_levels(const behov_fit_results *fit_results);
struct json_t *write_json_coefficients(const behov_fit_results *fit_results);
struct json_t *write_json_fit_object(const behov_fit_results *fit_results);
/* gap_sum_1000kr, gap_abs_sum_1000kr, n_gaps: behov_fit_results_gaps; null and 0 where the gap is not in kroner. */
void write_json_gaps(struct json_t *object, const behov_fit_results *fit_results);
/* A table as a list of objects, a key for each column. */
struct json_t *write_json_rows(const behov_report *report);
behov_status write_json_object(const char *path, struct json_t *object, behov_error *err) BEHOV_MUST_CHECK;

/* The object of `behov fit --json` and of -o FILE.json; path NULL = standard output. */
behov_status write_json_fit(const char *path, const behov_fit_results *fit_results, behov_error *err) BEHOV_MUST_CHECK;
/* The object of `behov apply --json`: rows beside the counts. */
behov_status write_json_apply(const char *path, const behov_fit_results *fit_results,
                              behov_error *err) BEHOV_MUST_CHECK;

#endif
