/* write_profile.c - profiles as a page and as JSON. */
#include "write_profile.h"

#include <math.h>

#include "json_build.h"
#include <behov/chance_tables.h>
#include <behov/plots.h>
#include <behov/remarks.h>
#include <behov/result_sentences.h>
#include "text_lines.h"
#include <behov/wording.h>
#include "write_json.h"
#include "write_levels.h"
#include "write_remarks.h"
#include "write_text.h"

/* ---- page ----------------------------------------------------------------------------------------------------------
 */

static behov_status print_sentences(const behov_profiles *profiles, const behov_profile *profile,
                                    behov_profile_sentence_kind first, behov_profile_sentence_kind last, FILE *out,
                                    behov_error *err)
{
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    for (behov_profile_sentence_kind kind = first; kind <= last && !status; kind++) {
        behov_profile_sentence(profiles, profile, profile->index, kind, &words);
        status = write_text_say(&words, out, err);
    }
    behov_wording_free(&words);
    return status;
}

static behov_status print_data_notes(const behov_profiles *profiles, const behov_profile *profile, FILE *out,
                                     behov_error *err)
{
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < BEHOV_PROFILE_DATA_NOTES && !status; i++) {
        behov_profile_data_note(profiles, profile, i, &words);
        status = write_text_say(&words, out, err);
    }
    behov_wording_free(&words);
    return status;
}

/* Years to come; without them the reason alone, where there is one. */
static behov_status print_forecasts(const behov_profiles *profiles, const behov_profile *profile, FILE *out,
                                    behov_error *err)
{
    behov_report *table = NULL;
    behov_status status = BEHOV_OK;
    bool has_forecast = behov_profile_has_forecast(profiles, profile);
    if (has_forecast)
        status = behov_profile_forecasts_table(profiles, profile, &table, err);
    if (!status && has_forecast) {
        status =
            print_sentences(profiles, profile, BEHOV_PROFILE_FORECAST_TITLE, BEHOV_PROFILE_FORECAST_TITLE, out, err);
        fputc('\n', out);
        write_text_table(table, NULL, profiles->fit_results->study->lang, out);
    }
    behov_report_free(table);
    status = status ? status : print_sentences(profiles, profile, BEHOV_PROFILE_NEXT, BEHOV_PROFILE_NEXT, out, err);
    if (has_forecast)
        fputc('\n', out);
    return status;
}

static behov_status write_one(const behov_profiles *profiles, const behov_profile *profile, FILE *out, behov_error *err)
{
    behov_language lang = profiles->fit_results->study->lang;
    behov_report *years = NULL, *drivers = NULL;
    behov_status status = behov_profile_years_table(profiles, profile, false, &years, err);
    if (!status)
        status = behov_profile_drivers_table(profiles, profile, &drivers, err);
    if (!status)
        status = print_sentences(profiles, profile, BEHOV_PROFILE_TITLE, BEHOV_PROFILE_LASTING, out, err);
    if (!status) {
        fputc('\n', out);
        write_text_table(years, NULL, lang, out);
        fputc('\n', out);
        status = print_sentences(profiles, profile, BEHOV_PROFILE_WHY, BEHOV_PROFILE_WHY, out, err);
    }
    if (!status) {
        fputc('\n', out);
        write_text_table(drivers, NULL, lang, out);
        status = print_sentences(profiles, profile, BEHOV_PROFILE_SUM_COUNTRY, BEHOV_PROFILE_SUM_GROUP, out, err);
        fputc('\n', out);
    }
    status = status ? status : print_forecasts(profiles, profile, out, err);
    if (!status)
        status = print_sentences(profiles, profile, BEHOV_PROFILE_CHANGE, BEHOV_PROFILE_NEIGHBOURS, out, err);
    status = status ? status : print_data_notes(profiles, profile, out, err);
    behov_report_free(years);
    behov_report_free(drivers);
    return status;
}

static behov_status write_pairs(const behov_profiles *profiles, FILE *out, behov_error *err)
{
    behov_profile_pair pairs[BEHOV_PAIRS_MAX];
    behov_wording words = {0};
    size_t n_left_out, n = behov_profiles_pairs(profiles, pairs, &n_left_out);
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < n && !status; i++) {
        behov_profile_pair_sentence(profiles, &pairs[i], &words);
        status = write_text_say(&words, out, err);
    }
    behov_profile_pairs_left_out(profiles, n_left_out, &words);
    status = status ? status : write_text_say(&words, out, err);
    behov_wording_free(&words);
    if (n)
        fputc('\n', out);
    return status;
}

/* How what the model does not explain goes with itself over the years. */
static behov_status print_chance(const behov_profiles *profiles, FILE *out, behov_error *err)
{
    behov_section_list list = {0};
    behov_status status =
        profiles->n ? behov_chance_add(profiles->fit_results, profiles->country.shrink, &list, err) : BEHOV_OK;
    for (size_t i = 0; i < list.n && !status; i++) {
        fputc('\n', out);
        write_text_section(&list.sections[i], NULL, profiles->fit_results->study->lang, out);
    }
    behov_section_list_free(&list);
    return status;
}

behov_status write_profiles_page(const behov_profiles *profiles, FILE *out, behov_error *err)
{
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < profiles->n && !status; i++) {
        status = write_one(profiles, &profiles->all[i], out, err);
        fputc('\n', out);
        if (i + 1 < profiles->n)
            fputc('\n', out);
    }
    status = status ? status : write_pairs(profiles, out, err);
    for (size_t i = 0; !status && behov_fit_results_proxy(profiles->fit_results, i, &words); i++)
        status = write_text_say(&words, out, err);
    for (size_t i = 0; i < BEHOV_PROFILE_METHOD_NOTES && !status; i++) {
        behov_profile_method_note(profiles, i, false, &words);
        status = write_text_say(&words, out, err);
        if (!status && i == BEHOV_PROFILE_ERRORS_NOTE)
            status = write_remarks(profiles->fit_results, BEHOV_EVERY_REMARK, out, err);
    }
    behov_wording_free(&words);
    status = status ? status : print_chance(profiles, out, err);
    fputc('\n', out);
    return status ? status : write_text_head(profiles->fit_results, out, err);
}

/* ---- JSON ----------------------------------------------------------------------------------------------------------
 */

static json_t *number(double value)
{
    return json_figure(value);
}

static json_t *drivers_json(const behov_profiles *profiles, const behov_profile *profile,
                            const behov_profile_year *profile_year)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < profiles->n_terms && profile_year->has_need; i++) {
        size_t j = profile->order[i];
        const behov_profile_term *term = &profiles->terms[j];
        behov_profile_part part = behov_profile_part_of(profiles, profile_year, j);
        json_t *row = json_object(), *regressors = json_array();
        for (size_t k = 0; k < behov_fit_n_regressors(profiles->fit_results->fit); k++)
            if (profiles->term_of[k] == (int)j)
                json_add(regressors, json_text(behov_design_regressor(profiles->fit_results->design, k)));
        json_put(row, "term", json_text(behov_design_regressor(profiles->fit_results->design, term->regressor)));
        json_put(row, "regressors", regressors);
        json_put(row, "variable", json_text(term->label));
        json_put(row, "coefficient", number(part.coefficient));
        json_put(row, "value", number(part.value));
        json_put(row, "country_mean", number(part.means[BEHOV_PEER_COUNTRY]));
        json_put(row, "group_mean", number(part.means[BEHOV_PEER_GROUP]));
        json_put(row, "driver", number(profile_year->drivers[BEHOV_PEER_COUNTRY][j]));
        json_put(row, "driver_1000kr",
                 number(behov_profile_in_all(profiles, profile_year->drivers[BEHOV_PEER_COUNTRY][j],
                                             profile_year->population)));
        json_put(row, "group_driver", number(profile_year->drivers[BEHOV_PEER_GROUP][j]));
        json_put(row, "group_driver_1000kr",
                 number(behov_profile_in_all(profiles, profile_year->drivers[BEHOV_PEER_GROUP][j],
                                             profile_year->population)));
        json_add(rows, row);
    }
    return rows;
}

static void place_json(const behov_profiles *profiles, const behov_profile *profile, bool is_group, json_t *out)
{
    const behov_ranking *source = is_group ? &profiles->group : &profiles->country;
    const behov_ranked_municipality *ranked_municipality = &source->all[profile->place];
    behov_quartiles quartiles = behov_profiles_quartiles(profiles, is_group, profile->place);
    json_put(out, "n_ranked", json_integer((json_int_t)quartiles.n));
    json_put(out, "rank", number(ranked_municipality->rank));
    json_put(out, "lasting_rank", number(ranked_municipality->lasting_rank));
    json_put(out, "rank_low", number(ranked_municipality->rank_low));
    json_put(out, "rank_high", number(ranked_municipality->rank_high));
    json_put(out, "not_clearly_different",
             isnan(ranked_municipality->rank_low) ? json_null()
                                                  : json_integer((json_int_t)ranked_municipality->n_unclear));
    json_put(out, "ratio", number(ranked_municipality->ratio));
    json_put(out, "ratio_lower_quartile", number(quartiles.low));
    json_put(out, "ratio_median", number(quartiles.median));
    json_put(out, "ratio_upper_quartile", number(quartiles.high));
}

/* Nothing where nothing is said. */
static void add_said(json_t *list, behov_wording *words)
{
    if (words->length || words->has_no_memory)
        json_add(list, json_said(words));
}

/* Sentences and notes as the page has them, the title and the heading of the drivers apart. */
static void sentences_json(const behov_profiles *profiles, const behov_profile *profile, json_t *out)
{
    behov_wording words = {0};
    json_t *answers = json_array(), *notes = json_array();
    for (behov_profile_sentence_kind kind = BEHOV_PROFILE_RATIO; kind < BEHOV_PROFILE_N_SENTENCES; kind++) {
        behov_profile_sentence(profiles, profile, profile->index, kind, &words);
        if (kind != BEHOV_PROFILE_WHY && kind != BEHOV_PROFILE_FORECAST_TITLE)
            add_said(answers, &words);
    }
    for (size_t i = 0; i < BEHOV_PROFILE_DATA_NOTES; i++) {
        behov_profile_data_note(profiles, profile, i, &words);
        add_said(notes, &words);
    }
    for (size_t i = 0; behov_fit_results_proxy(profiles->fit_results, i, &words); i++)
        json_add(notes, json_said(&words));
    behov_wording_free(&words);
    json_put(out, "sentences", answers);
    json_put(out, "notes", notes);
}

static json_t *profile_json(const behov_profiles *profiles, size_t i, json_t *rows)
{
    const behov_profile *profile = &profiles->all[i];
    const behov_municipality *place = &profiles->country.places.all[profile->place];
    const behov_profile_year *now = &profile->years[profile->index];
    json_t *object = json_object(), *years = json_array(), *country = json_object(), *group = json_object();
    json_put(object, "municipality_code", place->code[0] ? json_text(place->code) : json_null());
    json_put(object, "municipality", place->name[0] ? json_text(place->name) : json_null());
    json_put(object, "year", now->year ? json_integer(now->year) : json_null());
    json_put(object, "gap_1000kr", number(now->gap_1000kr));
    bool has_forecast = behov_profile_has_forecast(profiles, profile);
    json_put(object, "next_year", has_forecast ? json_integer(behov_profiles_next_year(profiles)) : json_null());
    json_put(object, "figures_year",
             has_forecast ? json_integer(profile->years[profile->last_need].year) : json_null());
    for (size_t t = 0; t < profiles->n_years; t++) {
        json_t *row = json_array_get(rows, i * profiles->n_years + t);
        json_object_del(row, "municipality_code");
        json_object_del(row, "municipality");
        json_put(row, "drivers", drivers_json(profiles, profile, &profile->years[t]));
        json_put(row, "drivers_sum", number(profile->years[t].sums[BEHOV_PEER_COUNTRY]));
        json_put(row, "group_drivers_sum", number(profile->years[t].sums[BEHOV_PEER_GROUP]));
        json_add(years, json_incref(row));
    }
    json_put(object, "years", years);
    json_put(object, "country", country);
    json_put(object, "group", group);
    place_json(profiles, profile, false, country);
    if (behov_profile_has_group(profiles, profile)) {
        json_put(group, "name", json_text(behov_profile_against(profiles, profile, BEHOV_PEER_GROUP)));
        place_json(profiles, profile, true, group);
    }
    sentences_json(profiles, profile, object);
    return object;
}

static void end_json(const behov_profiles *profiles, const behov_profile *profile, const char *name, json_t *out)
{
    const behov_municipality *place = &profiles->country.places.all[profile->place];
    const behov_ranked_municipality *ranked_municipality = &profiles->country.all[profile->place];
    char key[40];
    json_put(out, name, json_text(place->code[0] ? place->code : place->name));
    snprintf(key, sizeof key, "%s_rank", name);
    json_put(out, key, number(ranked_municipality->rank));
    snprintf(key, sizeof key, "%s_lasting_rank", name);
    json_put(out, key, number(ranked_municipality->lasting_rank));
    snprintf(key, sizeof key, "%s_rank_low", name);
    json_put(out, key, number(ranked_municipality->rank_low));
    snprintf(key, sizeof key, "%s_rank_high", name);
    json_put(out, key, number(ranked_municipality->rank_high));
}

static void pairs_json(const behov_profiles *profiles, json_t *object)
{
    behov_profile_pair pairs[BEHOV_PAIRS_MAX];
    behov_wording words = {0};
    size_t n_left_out, n = behov_profiles_pairs(profiles, pairs, &n_left_out);
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++) {
        json_t *pair = json_object();
        end_json(profiles, pairs[i].a, "a", pair);
        end_json(profiles, pairs[i].b, "b", pair);
        json_put(pair, "probability_a_above_b", number(pairs[i].probability));
        json_put(pair, "is_clear", pairs[i].has_levels ? json_boolean(pairs[i].is_clear) : json_null());
        behov_profile_pair_sentence(profiles, &pairs[i], &words);
        json_put(pair, "sentence", json_said(&words));
        json_add(list, pair);
    }
    json_put(object, "pairs", list);
    json_put(object, "n_pairs_left_out", json_integer((json_int_t)n_left_out));
}

behov_status write_profiles_json(const char *path, const behov_profiles *profiles, behov_error *err)
{
    behov_report *report = NULL;
    behov_status status = behov_profiles_table(profiles, &report, err);
    if (status)
        return status;
    json_t *object = json_object(), *list = json_array(), *rows = write_json_rows(report);
    behov_report_free(report);
    write_json_common(object, profiles->fit_results);
    json_put(object, "within", profiles->choices.group.kind ? json_text(profiles->choices.group.kind) : json_null());
    json_put(object, "level", number(profiles->choices.level));
    json_put(object, "draws", json_integer((json_int_t)profiles->choices.n_draws));
    json_put(object, "seed", json_integer((json_int_t)profiles->choices.seed));
    write_json_levels(object, profiles->country.shrink, &profiles->country.variances, profiles->country.is_at_border);
    json_put(object, "clear", number(behov_lasting_clear(&profiles->choices.lasting)));
    json_put(object, "is_weighted_by_population", json_boolean(profiles->has_population));
    for (size_t i = 0; i < profiles->n; i++)
        json_add(list, profile_json(profiles, i, rows));
    json_decref(rows);
    json_put(object, "municipalities", list);
    pairs_json(profiles, object);
    return write_json_object(path, object, err);
}

/* ---- for the verb ------------------------------------------------------------------------------------------------ */

static behov_status page(const void *context, FILE *out, behov_error *err)
{
    return write_profiles_page(context, out, err);
}

static behov_status sections(const void *context, bool is_workbook, behov_section_list *list, behov_error *err)
{
    return behov_profiles_add(context, is_workbook, list, err);
}

static behov_status rows(const void *context, behov_report **report, behov_error *err)
{
    return behov_profiles_table(context, report, err);
}

static behov_status json(const void *context, const char *path, behov_error *err)
{
    return write_profiles_json(path, context, err);
}

static behov_status draw(const void *results, behov_picture *out, behov_error *err)
{
    return behov_plot_profile(results, out, err);
}

static behov_status pictures(const void *context, picture_list *list, behov_error *err)
{
    enum { MOST = 20 }; /* each takes a tenth of a second and 100 kB */
    const behov_profiles *profiles = context;
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < profiles->n && i < MOST && !status; i++) {
        behov_profiles rest = *profiles; /* borrowed; the first of them is drawn */
        rest.all += i;
        rest.n -= i;
        status = picture_list_add(list, draw, &rest, err);
    }
    return status;
}

const output_writers profiles_writers = {.sections = sections,
                                         .rows = rows,
                                         .json = json,
                                         .page = page,
                                         .pictures = pictures,
                                         .title = BEHOV_WORD_TITLE_PROFILE};
