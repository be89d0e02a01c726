/* write_ranking.c - see write_ranking.h. */
#include "write_ranking.h"

#include "json_build.h"
#include <behov/chance_tables.h>
#include <behov/lasting.h>
#include <behov/plots.h>
#include <behov/ranking_tables.h>
#include <behov/remarks.h>
#include "plot_parts.h"
#include "write_json.h"
#include "write_levels.h"
#include "write_text.h"

behov_status write_ranking_page(const behov_ranking *ranking, FILE *out, behov_error *err)
{
    behov_wording words = {0};
    behov_section_list list = {0};
    size_t n_answers = 0;
    behov_status status = behov_ranking_add(ranking, false, &list, err);
    if (!status)
        status = behov_chance_add(ranking->fit_results, ranking->shrink, &list, err);
    if (!status)
        status = write_text_head(ranking->fit_results, out, err);
    if (!status)
        fputc('\n', out);
    for (size_t i = 0; i < BEHOV_RANKING_ANSWERS && !status; i++) {
        behov_ranking_answer(ranking, i, &words);
        status = write_text_say(&words, out, err);
        n_answers += words.length > 0;
    }
    if (!status) {
        behov_section section = list.sections[0]; /* its first notes, the answers, stand above it */
        section.notes += n_answers;
        section.n_notes -= n_answers;
        fputc('\n', out);
        write_text_section(&section, NULL, ranking->fit_results->study->lang, out);
    }
    for (size_t i = 1; i < list.n && !status; i++) {
        fputc('\n', out);
        write_text_section(&list.sections[i], NULL, ranking->fit_results->study->lang, out);
    }
    behov_wording_free(&words);
    behov_section_list_free(&list);
    return status;
}

/* ---- JSON ----------------------------------------------------------------------------------------------------------
 * */

static json_t *years_json(const behov_ranking *ranking)
{
    size_t n_years;
    const int *all_years = behov_need_years(ranking->fit_results->need, &n_years);
    json_t *years = json_array();
    for (size_t t = 0; t < n_years; t++)
        if (all_years[t] && (!ranking->choices.year || all_years[t] == ranking->choices.year))
            json_add(years, json_integer(all_years[t]));
    return years;
}

static json_t *extremes_json(const behov_ranking *ranking)
{
    json_t *extremes = json_object();
    json_put(extremes, "n", json_count(ranking->n_extremes));
    json_put(extremes, "n_under_2000", json_count(ranking->n_extremes_few));
    json_put(extremes, "n_under_5000", json_count(ranking->n_extremes_small));
    json_put(extremes, "n_all_under_2000", json_count(ranking->n_few));
    json_put(extremes, "n_all_under_5000", json_count(ranking->n_small));
    return extremes;
}

behov_status write_ranking_json(const char *path, const behov_ranking *ranking, behov_error *err)
{
    static const char *const by_names[] = {"ratio", "need", "gap"};
    const behov_fit_results *fit_results = ranking->fit_results;
    bool has_intervals = behov_ranking_has_intervals(ranking);
    behov_report *report = NULL;
    behov_status status = behov_ranking_table(ranking, true, &report, err);
    if (status)
        return status;
    json_t *object = json_object();
    write_json_common(object, fit_results);
    json_put(object, "se_kind", json_text(behov_vcov_kind_name(behov_vcov_kind_of(fit_results->vcov))));
    write_json_clusters(object, fit_results);
    json_put(object, "by", json_text(by_names[ranking->choices.ranked_by]));
    json_put(object, "years", years_json(ranking));
    json_put(object, "is_pooled", json_boolean(behov_ranking_is_pooled(ranking)));
    json_put(object, "within", json_text(ranking->choices.within.kind));
    json_put(object, "level", json_figure(ranking->choices.level));
    json_put(object, "draws", has_intervals ? json_count(ranking->choices.n_draws) : json_null());
    json_put(object, "seed", json_integer((json_int_t)ranking->choices.seed));
    json_put(object, "ranks", json_text(ranking->choices.lasting.ranks_together ? "together" : "marginal"));
    json_put(object, "clear", json_figure(behov_lasting_clear(&ranking->choices.lasting)));
    write_json_levels(object, ranking->shrink, &ranking->variances, ranking->is_at_border);
    json_put(object, "n_ranked", json_count(ranking->n_ranked));
    json_put(object, "n_clearly_above_middle", has_intervals ? json_count(ranking->n_clearly_above) : json_null());
    json_put(object, "n_clearly_below_middle", has_intervals ? json_count(ranking->n_clearly_below) : json_null());
    json_put(object, "extremes", extremes_json(ranking));
    write_json_gaps(object, fit_results);
    json_put(object, "rows", write_json_rows(report));
    behov_report_free(report);
    return write_json_object(path, object, err);
}

/* ---- for the verb ------------------------------------------------------------------------------------------------ */

static behov_status page(const void *context, FILE *out, behov_error *err)
{
    return write_ranking_page(context, out, err);
}

static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    const behov_ranking *ranking = context;
    behov_status status = behov_ranking_add(ranking, is_workbook, list, err);
    return status ? status : behov_chance_add(ranking->fit_results, ranking->shrink, list, err);
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    return behov_ranking_table(context, true, report, err);
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    return write_ranking_json(path, context, err);
}

static behov_status draw(const void *results, behov_picture *out, behov_error *err)
{
    enum { EXTREMES = 15 };
    const behov_ranking *ranking = results;
    const behov_ranking_choices *choices = &ranking->choices;
    behov_status status =
        behov_plot_ranking(ranking, choices->top || choices->around || choices->list ? 0 : EXTREMES, out, err);
    return status ? status
                  : behov_plot_add_remarks(ranking->fit_results, BEHOV_CODES_REMARK | BEHOV_CLUSTERS_REMARK, out, err);
}

/* The picture shows ratios of one order. */
static behov_status pictures(const void *context, picture_list *list, behov_error *err)
{
    const behov_ranking *ranking = context;
    bool is_shown = ranking->choices.ranked_by == BEHOV_BY_RATIO && !ranking->has_groups;
    return is_shown ? picture_list_add(list, draw, ranking, err) : BEHOV_OK;
}

const output_writers ranking_writers = {.sections = sections,
                                        .rows = rows,
                                        .json = json,
                                        .page = page,
                                        .pictures = pictures,
                                        .title = BEHOV_WORD_SHEET_RANKING};
