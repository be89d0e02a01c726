/* convention_sentences.c - see convention_sentences.h. */
#include <behov/convention_sentences.h>

#include <math.h>

#include <behov/format.h>
#include <behov/labels.h>

/* "* significant at the 10 per cent level, ** at the 5 per cent level": the first mark by one word, the others by the
 * next. */
static void list_levels(const behov_study *study, behov_word first, behov_word next, behov_wording *list)
{
    behov_stars stars = behov_stars_chosen(study->conventions.stars);
    char level[BEHOV_NUMBER_SIZE];
    for (size_t i = 0; i < behov_stars_count(stars); i++) {
        behov_wording_add_after(list, ", ", "");
        behov_wording_fill(list, study->lang, i ? next : first, "mark", behov_format_stars((int)i + 1), "level",
                           behov_format_level(study->lang, 100 * stars.levels[i], level), NULL);
    }
}

static void say_legend(const behov_study *study, behov_word legend, behov_word first, behov_word next,
                       behov_wording *words)
{
    behov_wording list = {0};
    list_levels(study, first, next, &list);
    if (list.length)
        behov_wording_fill(words, study->lang, legend, "levels", behov_wording_text(&list), NULL);
    behov_wording_spend(words, &list);
}

void behov_conventions_say_stars(const behov_study *study, behov_wording *words)
{
    say_legend(study, BEHOV_WORD_STARS_LEGEND, BEHOV_WORD_STARS_LEGEND_FIRST, BEHOV_WORD_STARS_LEGEND_NEXT, words);
}

void behov_conventions_say_levels(const behov_study *study, behov_wording *words)
{
    say_legend(study, BEHOV_WORD_STARS_LINE, BEHOV_WORD_STARS_LINE_LEVEL, BEHOV_WORD_STARS_LINE_LEVEL, words);
}

void behov_conventions_say_bold(const behov_study *study, behov_wording *words)
{
    behov_stars stars = behov_stars_chosen(study->conventions.stars);
    char level[BEHOV_NUMBER_SIZE];
    if (behov_stars_count(stars))
        behov_wording_fill(words, study->lang, BEHOV_WORD_SIGNS_EXPLAINED, "level",
                           behov_format_level(study->lang, 100 * stars.levels[0], level), NULL);
}

void behov_conventions_say_brackets(const behov_study *study, double level_pct, behov_wording *words)
{
    static const behov_word says[BEHOV_N_BRACKETS] = {
        [BEHOV_BRACKETS_NOT_SAID] = BEHOV_WORD_BRACKETS_ERROR,
        [BEHOV_BRACKETS_ERROR] = BEHOV_WORD_BRACKETS_ERROR,
        [BEHOV_BRACKETS_T] = BEHOV_WORD_BRACKETS_T,
        [BEHOV_BRACKETS_P] = BEHOV_WORD_BRACKETS_P,
        [BEHOV_BRACKETS_INTERVAL] = BEHOV_WORD_BRACKETS_INTERVAL,
    };
    char level[BEHOV_NUMBER_SIZE];
    behov_wording_fill(words, study->lang, says[study->conventions.brackets], "level",
                       behov_format_level(study->lang, level_pct, level), NULL);
}

const char *behov_conventions_mark(const behov_study *study, const behov_coefficient *coefficient)
{
    static const behov_stars usual = {.levels = {0.05}};
    if (!study->conventions.stars.is_none)
        return coefficient->stars;
    return isnan(coefficient->ci_low) ? "" : behov_stars_of(usual, coefficient->p); /* no interval: no trust in its p */
}

behov_status behov_conventions_note_stars(const behov_study *study, behov_section_list *list, behov_error *err)
{
    behov_wording words = {0};
    behov_conventions_say_stars(study, &words);
    behov_status status = behov_section_list_say(list, "", &words, err);
    behov_wording_free(&words);
    return status;
}

behov_status behov_conventions_note_brackets(const behov_fit_results *fit_results, behov_section_list *list,
                                             behov_error *err)
{
    behov_wording words = {0}, stars = {0};
    behov_conventions_say_brackets(fit_results->study, fit_results->level_pct, &words);
    behov_conventions_say_stars(fit_results->study, &stars);
    if (stars.length)
        behov_wording_add_after(&words, " ", behov_wording_text(&stars));
    behov_wording_spend(&words, &stars);
    behov_status status = behov_section_list_say(list, "", &words, err);
    behov_wording_free(&words);
    return status;
}
