/* write_profile.c - profiles as a page and as JSON. */
#include "write_profile.h"

#include <math.h>

#include "json_build.h"
#include "remarks.h"
#include "result_sentences.h"
#include "text_lines.h"
#include "write_json.h"
#include "write_text.h"

/* ---- page ----------------------------------------------------------------------------------------------------------
 */

static void print(const char *text, FILE *out)
{
    if (text[0])
        text_line(text, 0, out);
}

static void print_sentences(const profiles *of, const profile *one, profile_sentence_kind first,
                            profile_sentence_kind last, FILE *out)
{
    char text[PROFILE_SENTENCE];
    for (profile_sentence_kind kind = first; kind <= last; kind++) {
        profile_sentence(of, one, one->at, kind, text);
        print(text, out);
    }
}

static behov_status write_one(const profiles *of, const profile *one, FILE *out, behov_error *err)
{
    char text[PROFILE_SENTENCE];
    behov_report *years = NULL, *drivers = NULL;
    behov_status status = profile_years_table(of, one, false, &years, err);
    if (!status)
        status = profile_drivers_table(of, one, &drivers, err);
    if (status) {
        behov_report_free(years);
        return status;
    }
    print_sentences(of, one, PROFILE_TITLE, PROFILE_LASTING, out);
    fputc('\n', out);
    write_text_table(years, NULL, of->of->of->lang, out);
    fputc('\n', out);
    print_sentences(of, one, PROFILE_WHY, PROFILE_WHY, out);
    fputc('\n', out);
    write_text_table(drivers, NULL, of->of->of->lang, out);
    print_sentences(of, one, PROFILE_SUM_COUNTRY, PROFILE_SUM_GROUP, out);
    fputc('\n', out);
    print_sentences(of, one, PROFILE_CHANGE, PROFILE_NEIGHBOURS, out);
    for (size_t i = 0; i < PROFILE_DATA_NOTES; i++) {
        profile_data_note(of, one, i, text);
        print(text, out);
    }
    behov_report_free(years);
    behov_report_free(drivers);
    return BEHOV_OK;
}

static void write_pairs(const profiles *of, FILE *out)
{
    profile_pair pairs[PAIRS_MAX];
    char text[PROFILE_SENTENCE];
    size_t n_left_out, n = profiles_pairs(of, pairs, &n_left_out);
    for (size_t i = 0; i < n; i++) {
        profile_pair_sentence(of, &pairs[i], text);
        print(text, out);
    }
    profile_pairs_left_out(of, n_left_out, text);
    print(text, out);
    if (n)
        fputc('\n', out);
}

behov_status write_profiles_page(const profiles *of, FILE *out, behov_error *err)
{
    wording words = {0};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < of->n && !status; i++) {
        status = write_one(of, &of->all[i], out, err);
        fputc('\n', out);
        if (i + 1 < of->n)
            fputc('\n', out);
    }
    if (!status)
        write_pairs(of, out);
    for (size_t i = 0; !status && results_proxy(of->of, i, &words); i++)
        status = write_text_say(&words, out, err);
    for (size_t i = 0; i < PROFILE_METHOD_NOTES && !status; i++) {
        profile_method_note(of, i, false, &words);
        status = write_text_say(&words, out, err);
        if (!status && i == PROFILE_ERRORS_NOTE)
            status = remarks_print(of->of, EVERY_REMARK, out, err);
    }
    wording_free(&words);
    fputc('\n', out);
    return status ? status : write_text_head(of->of, out, err);
}

/* ---- JSON ----------------------------------------------------------------------------------------------------------
 */

static json_t *number(double value) { return json_figure(value); }

static json_t *drivers_json(const profiles *of, const profile *one, const profile_year *at)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < of->n_terms && at->has_need; i++) {
        size_t j = one->order[i];
        const profile_term *term = &of->terms[j];
        profile_part part = profile_part_of(of, at, j);
        json_t *row = json_object(), *regressors = json_array();
        for (size_t k = 0; k < behov_fit_n_regressors(of->of->fit); k++)
            if (of->term_of[k] == (int)j)
                json_add(regressors, json_text(behov_design_regressor(of->of->design, k)));
        json_put(row, "term", json_text(behov_design_regressor(of->of->design, term->regressor)));
        json_put(row, "regressors", regressors);
        json_put(row, "variable", json_text(term->label));
        json_put(row, "coefficient", number(part.coefficient));
        json_put(row, "value", number(part.value));
        json_put(row, "country_mean", number(part.means[COUNTRY]));
        json_put(row, "group_mean", number(part.means[GROUP]));
        json_put(row, "driver", number(at->drivers[COUNTRY][j]));
        json_put(row, "driver_1000kr", number(profile_in_all(of, at->drivers[COUNTRY][j], at->population)));
        json_put(row, "group_driver", number(at->drivers[GROUP][j]));
        json_put(row, "group_driver_1000kr", number(profile_in_all(of, at->drivers[GROUP][j], at->population)));
        json_add(rows, row);
    }
    return rows;
}

static void place_json(const profiles *of, const profile *one, bool is_group, json_t *to)
{
    const ranking *from = is_group ? &of->group : &of->country;
    const ranked *at = &from->all[one->place];
    quartiles found = profiles_quartiles(of, is_group, one->place);
    json_put(to, "n_ranked", json_integer((json_int_t)found.n));
    json_put(to, "rank", number(at->rank));
    json_put(to, "lasting_rank", number(at->lasting_rank));
    json_put(to, "rank_low", number(at->rank_low));
    json_put(to, "rank_high", number(at->rank_high));
    json_put(to, "not_clearly_different", isnan(at->rank_low) ? json_null() : json_integer((json_int_t)at->n_unclear));
    json_put(to, "ratio", number(at->ratio));
    json_put(to, "ratio_lower_quartile", number(found.low));
    json_put(to, "ratio_median", number(found.median));
    json_put(to, "ratio_upper_quartile", number(found.high));
}

/* Sentences and notes as the page has them, the title and the heading of the drivers apart. */
static void sentences_json(const profiles *of, const profile *one, json_t *to)
{
    char text[PROFILE_SENTENCE];
    json_t *answers = json_array(), *notes = json_array();
    for (profile_sentence_kind kind = PROFILE_RATIO; kind < PROFILE_N_SENTENCES; kind++) {
        profile_sentence(of, one, one->at, kind, text);
        if (text[0] && kind != PROFILE_WHY)
            json_add(answers, json_text(text));
    }
    for (size_t i = 0; i < PROFILE_DATA_NOTES; i++) {
        profile_data_note(of, one, i, text);
        if (text[0])
            json_add(notes, json_text(text));
    }
    wording proxy = {0};
    for (size_t i = 0; results_proxy(of->of, i, &proxy); i++)
        json_add(notes, json_said(&proxy));
    json_put(to, "sentences", answers);
    json_put(to, "notes", notes);
}

static json_t *profile_json(const profiles *of, size_t i, json_t *rows)
{
    const profile *one = &of->all[i];
    const municipality *place = &of->country.places.all[one->place];
    const profile_year *now = &one->years[one->at];
    json_t *object = json_object(), *years = json_array(), *country = json_object(), *group = json_object();
    json_put(object, "municipality_code", place->code[0] ? json_text(place->code) : json_null());
    json_put(object, "municipality", place->name[0] ? json_text(place->name) : json_null());
    json_put(object, "year", now->year ? json_integer(now->year) : json_null());
    json_put(object, "gap_1000kr", number(now->gap_1000kr));
    for (size_t t = 0; t < of->n_years; t++) {
        json_t *row = json_array_get(rows, i * of->n_years + t);
        json_object_del(row, "municipality_code");
        json_object_del(row, "municipality");
        json_put(row, "drivers", drivers_json(of, one, &one->years[t]));
        json_put(row, "drivers_sum", number(one->years[t].sums[COUNTRY]));
        json_put(row, "group_drivers_sum", number(one->years[t].sums[GROUP]));
        json_add(years, json_incref(row));
    }
    json_put(object, "years", years);
    json_put(object, "country", country);
    json_put(object, "group", group);
    place_json(of, one, false, country);
    if (profile_has_group(of, one)) {
        json_put(group, "name", json_text(profile_against(of, one, GROUP)));
        place_json(of, one, true, group);
    }
    sentences_json(of, one, object);
    return object;
}

static void end_json(const profiles *of, const profile *one, const char *name, json_t *to)
{
    const municipality *place = &of->country.places.all[one->place];
    const ranked *at = &of->country.all[one->place];
    char key[40];
    json_put(to, name, json_text(place->code[0] ? place->code : place->name));
    snprintf(key, sizeof key, "%s_rank", name);
    json_put(to, key, number(at->rank));
    snprintf(key, sizeof key, "%s_lasting_rank", name);
    json_put(to, key, number(at->lasting_rank));
    snprintf(key, sizeof key, "%s_rank_low", name);
    json_put(to, key, number(at->rank_low));
    snprintf(key, sizeof key, "%s_rank_high", name);
    json_put(to, key, number(at->rank_high));
}

static void pairs_json(const profiles *of, json_t *object)
{
    profile_pair pairs[PAIRS_MAX];
    char text[PROFILE_SENTENCE];
    size_t n_left_out, n = profiles_pairs(of, pairs, &n_left_out);
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++) {
        json_t *pair = json_object();
        end_json(of, pairs[i].a, "a", pair);
        end_json(of, pairs[i].b, "b", pair);
        json_put(pair, "is_clear", pairs[i].has_intervals ? json_boolean(pairs[i].is_clear) : json_null());
        profile_pair_sentence(of, &pairs[i], text);
        json_put(pair, "sentence", json_text(text));
        json_add(list, pair);
    }
    json_put(object, "pairs", list);
    json_put(object, "n_pairs_left_out", json_integer((json_int_t)n_left_out));
}

behov_status write_profiles_json(const char *path, const profiles *of, behov_error *err)
{
    behov_report *report = NULL;
    behov_status status = profiles_table(of, &report, err);
    if (status)
        return status;
    json_t *object = json_object(), *list = json_array(), *rows = write_json_rows(report);
    behov_report_free(report);
    write_json_common(object, of->of);
    json_put(object, "within", of->choices.group ? json_text(of->choices.group) : json_null());
    json_put(object, "level", number(of->choices.level));
    json_put(object, "draws", json_integer((json_int_t)of->choices.n_draws));
    json_put(object, "seed", json_integer((json_int_t)of->choices.seed));
    json_put(object, "is_weighted_by_population", json_boolean(of->has_population));
    for (size_t i = 0; i < of->n; i++)
        json_add(list, profile_json(of, i, rows));
    json_decref(rows);
    json_put(object, "municipalities", list);
    pairs_json(of, object);
    return write_json_object(path, object, err);
}
