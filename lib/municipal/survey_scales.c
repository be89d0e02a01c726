/* survey_scales.c - see survey_scales.h. Texts are folded (name.h): without case, one form of each letter. */
#include "survey_scales.h"

#include <stdlib.h>
#include <string.h>

#include <behov/number.h>

#include "name.h"

/* From the lowest to the highest. */
static const char *const common_scales[] = {
    "helt uenig,uenig,verken enig eller uenig,enig,helt enig",
    "helt uenig,delvis uenig,verken enig eller uenig,delvis enig,helt enig",
    "helt uenig,litt uenig,verken enig eller uenig,litt enig,helt enig",
    "svært uenig,uenig,nøytral,enig,svært enig",
    "i svært liten grad,i liten grad,i noen grad,i stor grad,i svært stor grad",
    "svært liten grad,liten grad,noen grad,stor grad,svært stor grad",
    "aldri,sjelden,av og til,ofte,alltid",
    "aldri,sjelden,noen ganger,ofte,alltid",
    "svært dårlig,dårlig,middels,god,svært god",
    "svært misfornøyd,misfornøyd,verken eller,fornøyd,svært fornøyd",
    "lav,middels,høy",
    "liten,middels,stor",
    "strongly disagree,disagree,neither agree nor disagree,agree,strongly agree",
    "strongly disagree,disagree,neutral,agree,strongly agree",
    "never,rarely,sometimes,often,always",
    "never,seldom,sometimes,often,always",
    "very poor,poor,fair,good,very good",
    "low,medium,high",
    "small,medium,large",
};

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_SURVEY_NO_MEMORY);
}

void behov_survey_scale_free(behov_survey_scale *scale)
{
    for (size_t i = 0; i < scale->n_words; i++)
        free(scale->words[i]);
    free(scale->words);
    *scale = (behov_survey_scale){.n_words = 0};
}

static bool is_any(const char *text, const char *const *words, size_t n_words)
{
    for (size_t i = 0; i < n_words; i++)
        if (strcmp(text, words[i]) == 0)
            return true;
    return false;
}

bool behov_survey_is_no_answer(const char *folded_text)
{
    static const char *const words[] = {
        "vet ikke",   "veit ikkje",  "ikke svar", "ubesvart",     "uoppgitt",       "ikke relevant", "ikke aktuelt",
        "don't know", "do not know", "no answer", "not relevant", "not applicable", "n/a",           "-"};
    return is_any(folded_text, words, sizeof words / sizeof *words);
}

bool behov_survey_value(const behov_survey_scale *scale, const char *folded_text, double *value)
{
    static const char *const yes[] = {"ja", "yes", "true", "sant", "1"}, *const no[] = {"nei", "no", "false", "usant",
                                                                                        "0"};
    if (scale->kind == BEHOV_SCALE_YES_NO) {
        bool is_yes = is_any(folded_text, yes, sizeof yes / sizeof *yes);
        *value = is_yes ? 1 : 0;
        return is_yes || is_any(folded_text, no, sizeof no / sizeof *no);
    }
    if (scale->kind == BEHOV_SCALE_FIGURES)
        return behov_number_parse(folded_text, strlen(folded_text), strchr(folded_text, ',') ? ',' : '.', value) ==
               BEHOV_NUMBER_OK;
    for (size_t i = 0; i < scale->n_words; i++)
        if (strcmp(scale->words[i], folded_text) == 0) {
            *value = (double)i + 1;
            return true;
        }
    return false;
}

/* The words of "aldri,sjelden,ofte", folded and without the blanks around them. */
static behov_status split_order(const char *order, behov_survey_scale *scale, behov_error *err)
{
    size_t room = 1;
    for (const char *c = order; *c; c++)
        room += *c == ',';
    *scale = (behov_survey_scale){.kind = BEHOV_SCALE_WORDS, .words = calloc(room, sizeof *scale->words)};
    if (!scale->words)
        return out_of_memory(err);
    for (const char *word = order; word; word = word[strcspn(word, ",")] ? word + strcspn(word, ",") + 1 : NULL) {
        const char *first = word + strspn(word, " ");
        size_t length = strcspn(first, ",");
        while (length && first[length - 1] == ' ')
            length--;
        if (length && !(scale->words[scale->n_words++] = behov_name_fold(first, length))) {
            scale->n_words--;
            return out_of_memory(err);
        }
    }
    return scale->n_words >= 2
               ? BEHOV_OK
               : behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_SURVEY_ORDER_SHORT, behov_cut(order, 80).text);
}

static size_t count_understood(const behov_survey_scale *scale, const char *const *texts, size_t n_texts)
{
    size_t n = 0;
    double value;
    for (size_t i = 0; i < n_texts; i++)
        n += behov_survey_value(scale, texts[i], &value);
    return n;
}

/* Keeps the better of two scales in `scale`, and frees the other. */
static void keep_better(behov_survey_scale *scale, size_t *n_understood, behov_survey_scale *rival,
                        const char *const *texts, size_t n_texts)
{
    size_t n = count_understood(rival, texts, n_texts);
    if (n > *n_understood) {
        behov_survey_scale_free(scale);
        *scale = *rival;
        *n_understood = n;
    } else {
        behov_survey_scale_free(rival);
    }
}

static behov_status try_orders(const char *const *texts, size_t n_texts, const char *const *orders, size_t n_orders,
                               behov_survey_scale *scale, size_t *n_understood, behov_error *err)
{
    for (size_t i = 0; i < n_orders; i++) {
        behov_survey_scale rival;
        behov_status status = split_order(orders[i], &rival, err);
        rival.order = i + 1;
        if (status) {
            behov_survey_scale_free(&rival);
            return status;
        }
        keep_better(scale, n_understood, &rival, texts, n_texts);
    }
    return BEHOV_OK;
}

behov_status behov_survey_scale_find(const char *const *texts, size_t n_texts, const char *const *orders,
                                     size_t n_orders, behov_survey_scale *scale, behov_error *err)
{
    size_t n_understood = 0;
    *scale = (behov_survey_scale){.kind = BEHOV_SCALE_YES_NO};
    behov_status status = try_orders(texts, n_texts, orders, n_orders, scale, &n_understood, err);
    if (status || n_understood > 0) /* who gives an order means it: other words are an error */
        return status;
    behov_survey_scale yes_no = {.kind = BEHOV_SCALE_YES_NO}, figures = {.kind = BEHOV_SCALE_FIGURES};
    keep_better(scale, &n_understood, &yes_no, texts, n_texts);
    keep_better(scale, &n_understood, &figures, texts, n_texts);
    status = try_orders(texts, n_texts, common_scales, sizeof common_scales / sizeof *common_scales, scale,
                        &n_understood, err);
    scale->order = 0;
    return status;
}

/* ---- orders of a call ---------------------------------------------------------------------------------------------- */

static size_t find_word(const behov_survey_scale *scale, const char *word, size_t n)
{
    size_t k = 0;
    while (k < n && strcmp(scale->words[k], word) != 0)
        k++;
    return k;
}

static behov_status check_words(const char *order, const behov_survey_scale *scale, behov_error *err)
{
    for (size_t k = 0; k < scale->n_words; k++)
        if (find_word(scale, scale->words[k], k) < k)
            return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_SURVEY_ORDER_WORD_TWICE,
                                   behov_cut(scale->words[k], 40).text, behov_cut(order, 80).text);
    return BEHOV_OK;
}

/* Scales may share a word, as "middels"; of those with all words in common only one could be meant. */
static behov_status compare_orders(const char *const *orders, const behov_survey_scale *scales, size_t first,
                                   size_t second, behov_error *err)
{
    const behov_survey_scale *x = &scales[first], *y = &scales[second];
    bool is_same_order = true;
    for (size_t k = 0; k < x->n_words; k++) {
        size_t place = find_word(y, x->words[k], y->n_words);
        if (place == y->n_words || x->n_words != y->n_words)
            return BEHOV_OK;
        is_same_order = is_same_order && place == k;
    }
    return is_same_order
               ? behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_SURVEY_ORDER_TWICE, behov_cut(orders[second], 80).text)
               : behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_SURVEY_ORDERS_CONTRADICT,
                                 behov_cut(orders[first], 80).text, behov_cut(orders[second], 80).text);
}

behov_status behov_survey_orders_check(const char *const *orders, size_t n_orders, behov_error *err)
{
    behov_survey_scale *scales = calloc(n_orders + 1, sizeof *scales);
    behov_status status = scales ? BEHOV_OK : out_of_memory(err);
    size_t n = 0;
    while (n < n_orders && !status) {
        status = split_order(orders[n], &scales[n], err);
        if (!status)
            status = check_words(orders[n], &scales[n], err);
        for (size_t i = 0; i < n && !status; i++)
            status = compare_orders(orders, scales, i, n, err);
        n++;
    }
    for (size_t i = 0; i < n; i++)
        behov_survey_scale_free(&scales[i]);
    free(scales);
    return status;
}
