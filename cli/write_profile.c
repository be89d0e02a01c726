/* write_profile.c - profiles as a page and as JSON. */
#include "write_profile.h"

#include <jansson.h>
#include <math.h>

#include "write_json.h"
#include "write_text.h"

/* ---- page ----------------------------------------------------------------------------------------------------------
 */

static void print(const char *text, FILE *out)
{
    if (text[0])
        fprintf(out, "%s\n", text);
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
    char text[PROFILE_SENTENCE];
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < of->n && !status; i++) {
        status = write_one(of, &of->all[i], out, err);
        fputc('\n', out);
        if (i + 1 < of->n)
            fputc('\n', out);
    }
    if (!status)
        write_pairs(of, out);
    for (size_t i = 0; !status && results_proxy(of->of, i, text); i++)
        print(text, out);
    for (size_t i = 0; i < PROFILE_METHOD_NOTES && !status; i++) {
        profile_method_note(of, i, false, text);
        print(text, out);
    }
    fputc('\n', out);
    write_text_head(of->of, out);
    return status;
}

/* ---- JSON ----------------------------------------------------------------------------------------------------------
 */

static json_t *number(double value) { return isfinite(value) ? json_real(value) : json_null(); }

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
                json_array_append_new(regressors, json_string(behov_design_regressor(of->of->design, k)));
        json_object_set_new(row, "term", json_string(behov_design_regressor(of->of->design, term->regressor)));
        json_object_set_new(row, "regressors", regressors);
        json_object_set_new(row, "variable", json_string(term->label));
        json_object_set_new(row, "coefficient", number(part.coefficient));
        json_object_set_new(row, "value", number(part.value));
        json_object_set_new(row, "country_mean", number(part.means[COUNTRY]));
        json_object_set_new(row, "group_mean", number(part.means[GROUP]));
        json_object_set_new(row, "driver", number(at->drivers[COUNTRY][j]));
        json_object_set_new(row, "driver_1000kr", number(profile_in_all(of, at->drivers[COUNTRY][j], at->population)));
        json_object_set_new(row, "group_driver", number(at->drivers[GROUP][j]));
        json_object_set_new(row, "group_driver_1000kr",
                            number(profile_in_all(of, at->drivers[GROUP][j], at->population)));
        json_array_append_new(rows, row);
    }
    return rows;
}

static void place_json(const profiles *of, const profile *one, bool is_group, json_t *to)
{
    const ranking *from = is_group ? &of->group : &of->country;
    const ranked *at = &from->all[one->place];
    quartiles found = profiles_quartiles(of, is_group, one->place);
    json_object_set_new(to, "n_ranked", json_integer((json_int_t)found.n));
    json_object_set_new(to, "rank", number(at->rank));
    json_object_set_new(to, "rank_low", number(at->rank_low));
    json_object_set_new(to, "rank_high", number(at->rank_high));
    json_object_set_new(to, "not_clearly_different",
                        isnan(at->rank_low) ? json_null() : json_integer((json_int_t)at->n_unclear));
    json_object_set_new(to, "ratio", number(at->ratio));
    json_object_set_new(to, "ratio_lower_quartile", number(found.low));
    json_object_set_new(to, "ratio_median", number(found.median));
    json_object_set_new(to, "ratio_upper_quartile", number(found.high));
}

/* Sentences and notes as the page has them, the title and the heading of the drivers apart. */
static void sentences_json(const profiles *of, const profile *one, json_t *to)
{
    char text[PROFILE_SENTENCE];
    json_t *answers = json_array(), *notes = json_array();
    for (profile_sentence_kind kind = PROFILE_RATIO; kind < PROFILE_N_SENTENCES; kind++) {
        profile_sentence(of, one, one->at, kind, text);
        if (text[0] && kind != PROFILE_WHY)
            json_array_append_new(answers, json_string(text));
    }
    for (size_t i = 0; i < PROFILE_DATA_NOTES; i++) {
        profile_data_note(of, one, i, text);
        if (text[0])
            json_array_append_new(notes, json_string(text));
    }
    for (size_t i = 0; results_proxy(of->of, i, text); i++)
        json_array_append_new(notes, json_string(text));
    json_object_set_new(to, "sentences", answers);
    json_object_set_new(to, "notes", notes);
}

static json_t *profile_json(const profiles *of, size_t i, json_t *rows)
{
    const profile *one = &of->all[i];
    const municipality *place = &of->country.places.all[one->place];
    const profile_year *now = &one->years[one->at];
    json_t *object = json_object(), *years = json_array(), *country = json_object(), *group = json_object();
    json_object_set_new(object, "municipality_code", place->code[0] ? json_string(place->code) : json_null());
    json_object_set_new(object, "municipality", place->name[0] ? json_string(place->name) : json_null());
    json_object_set_new(object, "year", now->year ? json_integer(now->year) : json_null());
    json_object_set_new(object, "gap_1000kr", number(now->gap_1000kr));
    for (size_t t = 0; t < of->n_years; t++) {
        json_t *row = json_array_get(rows, i * of->n_years + t);
        json_object_del(row, "municipality_code");
        json_object_del(row, "municipality");
        json_object_set_new(row, "drivers", drivers_json(of, one, &one->years[t]));
        json_object_set_new(row, "drivers_sum", number(one->years[t].sums[COUNTRY]));
        json_object_set_new(row, "group_drivers_sum", number(one->years[t].sums[GROUP]));
        json_array_append(years, row);
    }
    json_object_set_new(object, "years", years);
    json_object_set_new(object, "country", country);
    json_object_set_new(object, "group", group);
    place_json(of, one, false, country);
    if (profile_has_group(of, one)) {
        json_object_set_new(group, "name", json_string(profile_against(of, one, GROUP)));
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
    json_object_set_new(to, name, json_string(place->code[0] ? place->code : place->name));
    snprintf(key, sizeof key, "%s_rank", name);
    json_object_set_new(to, key, number(at->rank));
    snprintf(key, sizeof key, "%s_rank_low", name);
    json_object_set_new(to, key, number(at->rank_low));
    snprintf(key, sizeof key, "%s_rank_high", name);
    json_object_set_new(to, key, number(at->rank_high));
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
        json_object_set_new(pair, "is_clear", pairs[i].has_intervals ? json_boolean(pairs[i].is_clear) : json_null());
        profile_pair_sentence(of, &pairs[i], text);
        json_object_set_new(pair, "sentence", json_string(text));
        json_array_append_new(list, pair);
    }
    json_object_set_new(object, "pairs", list);
    json_object_set_new(object, "n_pairs_left_out", json_integer((json_int_t)n_left_out));
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
    json_object_set_new(object, "within", of->choices.group ? json_string(of->choices.group) : json_null());
    json_object_set_new(object, "level", number(of->choices.level));
    json_object_set_new(object, "draws", json_integer((json_int_t)of->choices.n_draws));
    json_object_set_new(object, "seed", json_integer((json_int_t)of->choices.seed));
    json_object_set_new(object, "is_weighted_by_population", json_boolean(of->has_population));
    for (size_t i = 0; i < of->n; i++)
        json_array_append_new(list, profile_json(of, i, rows));
    json_decref(rows);
    json_object_set_new(object, "municipalities", list);
    pairs_json(of, object);
    return write_json_object(path, object, err);
}
