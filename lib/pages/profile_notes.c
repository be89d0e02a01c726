/* profile_notes.c - what stands beneath a profile: what is peculiar to its data, how all was computed, and what is
 * assumed. */
#include <behov/profile_sentences.h>

#include <behov.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <behov/doubt_cautions.h>
#include <behov/findings.h>
#include <behov/format.h>
#include <behov/labels.h>
#include <behov/lasting.h>
#include <behov/level_words.h>
#include <behov/result_sentences.h>
#include <behov/wording.h>
#include "sentence_parts.h"
#include "profile_parts.h"

static behov_language lang_of(const behov_profiles *profiles)
{
    return profiles->fit_results->study->lang;
}

/* ---- notes on the data ---------------------------------------------------------------------------------------------
 */

static bool is_without_need(const behov_profile_year *profile_year)
{
    return !profile_year->has_need;
}
static bool is_predicted_only(const behov_profile_year *profile_year)
{
    return profile_year->has_need && !profile_year->is_estimated;
}
static bool is_without_actual(const behov_profile_year *profile_year)
{
    return profile_year->has_need && isnan(profile_year->actual);
}
static bool is_too_low(const behov_profile_year *profile_year)
{
    return profile_year->note == BEHOV_NOTE_NEED_TOO_LOW;
}

/* ": 2012, 2014", all of which there are. */
static void note_years(const behov_profiles *profiles, const behov_profile *profile, behov_word key,
                       bool (*is_it)(const behov_profile_year *), behov_wording *words)
{
    behov_wording years = {0};
    size_t n = 0;
    for (size_t t = 0; t < profiles->n_years; t++) {
        if (!is_it(&profile->years[t]))
            continue;
        n++;
        if (profile->years[t].year)
            behov_wording_print(&years, "%s%d", years.length ? ", " : ": ", profile->years[t].year);
    }
    if (n)
        behov_wording_fill(words, lang_of(profiles), key, "years", behov_wording_text(&years), NULL);
    behov_wording_spend(words, &years);
}

/* Whether a finding is about a row of the municipality, and more than an information. */
static bool is_finding_of(const behov_study *study, const behov_oddity *finding, const char *code)
{
    const char *other = finding->other_row < 0 || finding->kind != BEHOV_ODD_TWO_CODES
                            ? ""
                            : behov_panel_code(&study->panel, (size_t)finding->other_row);
    return (finding->severity == BEHOV_WARNING || finding->severity == BEHOV_ERROR) && finding->row >= 0 && code[0] &&
           (strcmp(behov_finding_code(study, finding), code) == 0 || strcmp(other, code) == 0);
}

/* "Se på tallene for Hitra: new_refugees: fra 0,29 i 2015 til 20,2 i 2016; ..." */
static void note_findings(const behov_profiles *profiles, const behov_profile *profile, behov_wording *words)
{
    enum { SHOWN = 4 };
    const behov_study *study = profiles->fit_results->study;
    const char *code = profiles->country.places.all[profile->place].code;
    behov_wording all = {0}, sentence = {0};
    size_t n = 0, n_shown = 0;
    const behov_oddity *findings = study->plausibility ? behov_plausibility_findings(study->plausibility, &n) : NULL;
    for (size_t i = 0; i < n; i++) {
        if (!is_finding_of(study, &findings[i], code) || n_shown++ >= SHOWN)
            continue;
        behov_wording_add(&all, all.length ? " " : "");
        if (study->is_for_readers && findings[i].kind != BEHOV_ODD_TWO_CODES) {
            behov_doubt_figure_say(study, &findings[i], lang_of(profiles), &sentence);
        } else {
            behov_finding_sentence(study, &findings[i], lang_of(profiles), &sentence);
            if (findings[i].column >= 0 && findings[i].kind != BEHOV_ODD_TWO_CODES)
                behov_wording_print(&all, "%s: ", behov_table_name(study->table, (size_t)findings[i].column));
        }
        behov_wording_print(&all, "%s.", behov_wording_text(&sentence));
    }
    if (n_shown)
        behov_wording_fill(words, lang_of(profiles),
                           n_shown > SHOWN && !study->is_for_readers ? BEHOV_WORD_PROFILE_FINDINGS_MORE
                                                                     : BEHOV_WORD_PROFILE_FINDINGS,
                           "findings", behov_wording_text(&all), NULL);
    behov_wording_spend(words, &all);
    behov_wording_spend(words, &sentence);
}

void behov_profile_data_note(const behov_profiles *profiles, const behov_profile *profile, size_t i,
                             behov_wording *words)
{
    char limit[BEHOV_NUMBER_SIZE];
    double population = profiles->country.places.all[profile->place].population;
    behov_wording_clear(words);
    switch (i) {
    case 0:
        if (population < BEHOV_FEW_INHABITANTS)
            behov_wording_fill(words, lang_of(profiles), BEHOV_WORD_PROFILE_FEW_INHABITANTS, "n",
                               profile_whole(profiles, BEHOV_FEW_INHABITANTS, limit), NULL);
        break;
    case 1: note_years(profiles, profile, BEHOV_WORD_PROFILE_PREDICTED_ONLY, is_predicted_only, words); break;
    case 2: note_years(profiles, profile, BEHOV_WORD_PROFILE_WITHOUT_NEED, is_without_need, words); break;
    case 3: note_years(profiles, profile, BEHOV_WORD_PROFILE_WITHOUT_ACTUAL, is_without_actual, words); break;
    case 4: note_years(profiles, profile, BEHOV_WORD_PROFILE_NEED_TOO_LOW, is_too_low, words); break;
    case BEHOV_PROFILE_FINDINGS_NOTE: note_findings(profiles, profile, words); break;
    default:
        if (profiles->has_group && !behov_profile_has_group(profiles, profile))
            behov_wording_add(words, behov_label(lang_of(profiles), BEHOV_WORD_PROFILE_WITHOUT_GROUP));
        break;
    }
}

/* Is there a row of years without a gap? */
static bool years_follow(const behov_profiles *profiles)
{
    size_t n;
    const int *years = behov_need_years(profiles->fit_results->need, &n);
    return n == 0 || years[n - 1] - years[0] == (int)n - 1;
}

static bool has_cut_level(const behov_profiles *profiles)
{
    for (size_t i = 0; i < profiles->n; i++)
        for (size_t t = 0; t < profiles->n_years; t++)
            if (behov_lasting_is_cut(profiles->all[i].years[t].lasting))
                return true;
    return false;
}

static bool has_precision_weights(const behov_profiles *profiles)
{
    return profiles->fit_results->study->weights &&
           behov_design_weight_kind(profiles->fit_results->design) == BEHOV_WEIGHT_PRECISION;
}

static void say_errors(const behov_profiles *profiles, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE], seed[BEHOV_NUMBER_SIZE];
    const behov_shrink_variances *shrink_variances = &profiles->country.variances;
    behov_wording errors = {0}, name = {0};
    behov_fit_results_errors(profiles->fit_results, &errors);
    behov_level_name(shrink_variances, BEHOV_LEVEL_DEFINITE, lang_of(profiles), &name);
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)profiles->choices.seed);
    behov_wording_fill(words, lang_of(profiles),
                       behov_lasting_is_ahead(shrink_variances) ? BEHOV_WORD_PROFILE_INTERVALS_EXPLAINED_AHEAD
                       : profiles->n_years == 1                 ? BEHOV_WORD_PROFILE_INTERVALS_EXPLAINED_ONE_YEAR
                                                                : BEHOV_WORD_PROFILE_INTERVALS_EXPLAINED,
                       "errors", behov_wording_text(&errors), "it", behov_wording_text(&name), "n",
                       profile_whole(profiles, (double)profiles->choices.n_draws, number), "seed", seed, NULL);
    behov_wording_spend(words, &errors);
    behov_wording_spend(words, &name);
    if (profiles->n_years == 1 && shrink_variances->is_known)
        behov_wording_add_after(words, " ", behov_label(lang_of(profiles), BEHOV_WORD_RANKING_ONE_YEAR));
}

/* From which probability a difference is clear; nothing where there are no levels. */
static void say_clear(const behov_profiles *profiles, behov_wording *words)
{
    char clear[BEHOV_NUMBER_SIZE];
    if (profiles->country.variances.is_known)
        behov_wording_fill(words, lang_of(profiles), BEHOV_WORD_PROFILE_CLEAR_EXPLAINED, "clear",
                           behov_profile_clear(profiles, clear), NULL);
}

/* Of which years the level ahead is, wherever it stands. */
static void say_level_years(const behov_profiles *profiles, behov_wording *words)
{
    int next = behov_profiles_next_year(profiles);
    behov_wording name = {0}, years = {0};
    if (!next || !behov_lasting_is_ahead(&profiles->country.variances))
        return;
    behov_level_name(&profiles->country.variances, BEHOV_LEVEL_DEFINITE_FIRST, lang_of(profiles), &name);
    behov_sentence_years(&years, "", next, next + (int)profiles->country.variances.horizon - 1);
    behov_wording_fill(words, lang_of(profiles), BEHOV_WORD_PROFILE_LEVEL_YEARS, "It", behov_wording_text(&name),
                       "years", behov_wording_text(&years), NULL);
    behov_wording_spend(words, &name);
    behov_wording_spend(words, &years);
}

/* On what the interval of a new municipality rests. */
static behov_word new_municipality_word(const behov_profiles *profiles)
{
    behov_shrink_variances shrink_variances = behov_shrink_variances_of(profiles->country.shrink);
    if (!shrink_variances.is_known)
        return has_precision_weights(profiles) ? BEHOV_WORD_PROFILE_NEW_YEAR_EXPLAINED_WEIGHTED
                                               : BEHOV_WORD_PROFILE_NEW_YEAR_EXPLAINED_UNKNOWN;
    return !shrink_variances.has_person     ? BEHOV_WORD_PROFILE_NEW_YEAR_EXPLAINED_ALIKE
           : !(shrink_variances.person > 0) ? BEHOV_WORD_PROFILE_NEW_YEAR_EXPLAINED_FLAT
                                            : BEHOV_WORD_PROFILE_NEW_YEAR_EXPLAINED;
}

enum { PERMANENT_PART = 2 }; /* which sentence on chance is that on the permanent part */

/* Notes in their order; chance takes several, one after the other. */
enum {
    CHANGES,
    DRIVERS,
    ERRORS,
    CLEAR,
    LEVEL_YEARS,
    CHANCE,
    CUT = CHANCE + BEHOV_CHANCE_SENTENCES,
    NEXT_YEAR,
    NEW_MUNICIPALITY,
    RATIOS,
    POPULATION,
    KRONER,
    SIMULATED,
    VERDICT
};
_Static_assert((int)ERRORS == (int)BEHOV_PROFILE_ERRORS_NOTE && (int)CHANGES == (int)BEHOV_PROFILE_CHANGES_NOTE &&
                   (int)CLEAR == (int)BEHOV_PROFILE_CLEAR_NOTE && (int)LEVEL_YEARS == (int)BEHOV_PROFILE_COLUMNS_NOTE &&
                   (int)NEW_MUNICIPALITY == (int)BEHOV_PROFILE_NEW_NOTE &&
                   (int)VERDICT + 1 == (int)BEHOV_PROFILE_METHOD_NOTES,
               "notes on the method");

/* The words of a note that has no figures; NULL where it does not hold. */
static const char *method_words(const behov_profiles *profiles, size_t i, bool has_all)
{
    behov_language lang = lang_of(profiles);
    bool has_next = behov_profiles_next_year(profiles) != 0;
    switch (i) {
    case CHANGES:
        return profiles->n_years > 1
                   ? behov_label(lang, years_follow(profiles) ? BEHOV_WORD_PROFILE_CHANGE_EXPLAINED
                                                              : BEHOV_WORD_PROFILE_CHANGE_EXPLAINED_GAPS)
                   : NULL;
    case DRIVERS:
        return behov_label(lang, profiles->has_population ? BEHOV_WORD_PROFILE_DRIVERS_EXPLAINED
                                                          : BEHOV_WORD_PROFILE_DRIVERS_EXPLAINED_UNWEIGHTED);
    case CUT: return has_cut_level(profiles) ? behov_label(lang, BEHOV_WORD_LASTING_BELOW_ZERO) : NULL;
    case NEXT_YEAR: return has_next ? behov_profile_words(profiles, BEHOV_WORD_PROFILE_NEXT_EXPLAINED) : NULL;
    case NEW_MUNICIPALITY: return has_all || has_next ? behov_label(lang, new_municipality_word(profiles)) : NULL;
    case RATIOS:
        return behov_label(lang, profiles->has_population ? BEHOV_WORD_PROFILE_RATIOS_EXPLAINED
                                                          : BEHOV_WORD_PROFILE_RATIOS_EXPLAINED_UNWEIGHTED);
    case POPULATION:
        return profiles->has_population ? NULL : behov_profile_words(profiles, BEHOV_WORD_PROFILE_NO_POPULATION);
    case KRONER: return behov_profile_in_kroner(profiles) ? NULL : behov_label(lang, BEHOV_WORD_PROFILE_NO_KRONER);
    case SIMULATED:
        return profiles->fit_results->study->is_simulated ? behov_label(lang, BEHOV_WORD_SIMULATED_EXPLAINED) : NULL;
    default: return behov_label(lang, BEHOV_WORD_NOT_A_VERDICT);
    }
}

void behov_profile_method_note(const behov_profiles *profiles, size_t i, bool has_all, behov_wording *words)
{
    behov_wording_clear(words);
    if (i == ERRORS)
        say_errors(profiles, words);
    else if (i == CLEAR)
        say_clear(profiles, words);
    else if (i == LEVEL_YEARS)
        say_level_years(profiles, words);
    else if (i == CHANCE + PERMANENT_PART && !has_all)
        return; /* its figures are not on the page */
    else if (i >= CHANCE && i < CUT)
        behov_chance_sentence(&profiles->country.variances, profiles->country.places.n, i - CHANCE, lang_of(profiles),
                              words);
    else {
        const char *text = method_words(profiles, i, has_all);
        behov_wording_add(words, text ? text : "");
    }
}
