/* council_page.c - the page as a whole: its head and policy, the order of its sections, what-if, method and downloads. */
#include <behov/council_page.h>

#include <math.h>
#include <string.h>

#include <behov/council_map.h>
#include <behov/data_line.h>
#include <behov/format.h>
#include <behov/labels.h>
#include <behov/model_labels.h>
#include <behov/remarks.h>
#include <behov/result_sentences.h>
#include "council_assets.h"
#include "council_page_parts.h"
#include "page_table.h"

const char *behov_council_script(void)
{
    return council_script;
}

void behov_council_style_add(behov_wording *out)
{
    behov_wording_add(out, behov_council_charts_style());
    behov_wording_add(out, behov_council_map_style());
    behov_wording_add(out, council_style);
}

/* ---- pieces ------------------------------------------------------------------------------------------------------ */

behov_status behov_council_piece_add(const behov_council *council, size_t page, behov_council_piece piece,
                                     bool is_packed, behov_wording *out, behov_error *err)
{
    switch (piece) {
    case BEHOV_COUNCIL_ANSWER: return council_put_answer(council, page, out, err);
    case BEHOV_COUNCIL_SURE: return council_put_sure(council, page, out, err);
    case BEHOV_COUNCIL_WHY: return council_put_why(council, page, out, err);
    case BEHOV_COUNCIL_MISUSE: return council_put_misuse(council, page, out, err);
    case BEHOV_COUNCIL_LIKE: return council_put_like(council, page, is_packed, out, err);
    case BEHOV_COUNCIL_YEARS: return council_put_years(council, page, out, err);
    default: return council_put_data(council, page, out, err);
    }
}

typedef struct page_section {
    const char *id;
    behov_word heading, link;
    int piece; /* of one municipality; N_COUNCIL_PIECES: there is none */
} page_section;

static const page_section sections[] = {
    {"svar", BEHOV_NO_WORD, BEHOV_WORD_COUNCIL_NAV_ANSWER, BEHOV_COUNCIL_ANSWER},
    {"sikkert", BEHOV_WORD_COUNCIL_SURE, BEHOV_WORD_COUNCIL_NAV_SURE, BEHOV_COUNCIL_SURE},
    {"hvorfor", BEHOV_WORD_COUNCIL_WHY, BEHOV_WORD_COUNCIL_NAV_WHY, BEHOV_COUNCIL_WHY},
    {"ikke", BEHOV_WORD_COUNCIL_MISUSE, BEHOV_WORD_COUNCIL_NAV_MISUSE, BEHOV_COUNCIL_MISUSE},
    {"sammenlign", BEHOV_WORD_COUNCIL_COMPARE, BEHOV_WORD_COUNCIL_NAV_COMPARE, BEHOV_COUNCIL_LIKE},
    {"tall", BEHOV_WORD_COUNCIL_YEARS, BEHOV_WORD_COUNCIL_NAV_YEARS, BEHOV_COUNCIL_YEARS},
    {"alle", BEHOV_WORD_COUNCIL_ALL, BEHOV_WORD_COUNCIL_NAV_ALL, BEHOV_N_COUNCIL_PIECES},
    {"hvaom", BEHOV_WORD_COUNCIL_WHATIF, BEHOV_WORD_COUNCIL_NAV_WHATIF, BEHOV_N_COUNCIL_PIECES},
    {"metode", BEHOV_WORD_COUNCIL_METHOD, BEHOV_WORD_COUNCIL_NAV_METHOD, BEHOV_N_COUNCIL_PIECES},
};
enum { N_SECTIONS = sizeof sections / sizeof *sections, COMPARE = 4, YEARS = 5, ALL = 6, WHATIF = 7, METHOD = 8 };

/* ---- head -------------------------------------------------------------------------------------------------------- */

static void put_head(const behov_council *council, const behov_council_extras *extras, behov_wording *out)
{
    behov_wording title = {0}, year = {0};
    council_add_year(council, &year);
    behov_wording_fill(&title, council_language(council), council_word(council, BEHOV_WORD_COUNCIL_TITLE), "name",
                       council_name(council, council->pages[0].profile->place), "year", behov_wording_text(&year),
                       NULL);
    behov_wording_print(out,
                        "<!doctype html>\n<html lang=%s class=nojs>\n<head>\n<meta charset=utf-8>\n"
                        "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'sha256-%s'; "
                        "script-src 'sha256-%s'; base-uri 'none'; form-action 'none'\">\n"
                        "<meta name=viewport content=\"width=device-width,initial-scale=1\">\n"
                        "<meta name=color-scheme content=\"light dark\">\n<title>",
                        behov_language_name(council_language(council)), extras->style_digest, extras->script_digest);
    behov_page_escape(behov_wording_text(&title), out);
    behov_wording_add(out, "</title>\n<style>");
    behov_council_style_add(out);
    behov_wording_add(out, "</style>\n</head>\n<body>\n<a class=skip href=#svar>");
    council_put_word(council, BEHOV_WORD_COUNCIL_SKIP, out);
    behov_wording_add(out, "</a>\n");
    behov_wording_spend(out, &title);
    behov_wording_spend(out, &year);
}

/* What makes the figures unusable, or may; that they are simulated. On paper above both pages. */
static void put_banner(const behov_council *council, behov_wording *out)
{
    const behov_study *study = council->fit_results->study;
    behov_wording words = {0};
    if (!study->is_simulated && !study->n_cautions && !council_caution(council, 0, &words))
        return;
    behov_wording_print(out, "<aside class=%s aria-label=\"", study->is_simulated ? "sim" : "adv");
    council_put_word(council, BEHOV_WORD_COUNCIL_WARNINGS, out);
    behov_wording_add(out, "\"><div class=w>");
    if (study->is_simulated) {
        behov_wording_add(out, "<p>");
        behov_page_escape(behov_label(council_language(council), BEHOV_WORD_SIMULATED_EXPLAINED), out);
        behov_wording_add(out, "</p>");
    }
    for (size_t k = 0, last = study->doubts_the_levels; k < study->n_cautions;
         k++) { /* that one is the last, and first */
        behov_wording_add(out, "<p>");
        behov_page_escape(study->cautions[!last ? k : k ? k - 1 : study->n_cautions - 1], out);
        behov_wording_add(out, "</p>");
    }
    for (size_t i = 0; council_caution(council, i, &words); i++)
        council_put_paragraph(NULL, &words, out);
    behov_wording_spend(out, &words);
    behov_wording_add(out, "</div></aside>\n");
}

static void put_navigation(const behov_council *council, behov_wording *out)
{
    behov_wording_add(out, "<nav aria-label=\"");
    council_put_word(council, BEHOV_WORD_CONTENTS, out);
    behov_wording_add(out, "\"><div class=w><ul>");
    for (size_t i = 0; i < N_SECTIONS; i++) {
        if (i == WHATIF && !council_has_sliders(council))
            continue;
        behov_wording_print(out, "<li><a href=#%s>", sections[i].id);
        council_put_word(council, sections[i].link, out);
        behov_wording_add(out, "</a>");
    }
    behov_wording_add(out, "</ul></div></nav>\n");
}

static void put_chooser(const behov_council *council, behov_wording *out)
{
    behov_wording lacking = {0};
    if (council->n < 2)
        return;
    behov_wording_add(out, "<div class=\"w who\"><div class=\"ctl js\"><div><label for=hvem>");
    council_put_word(council, BEHOV_WORD_COUNCIL_CHOOSE, out);
    behov_wording_add(out, "</label><select id=hvem></select></div><p id=hvemsvar class=note role=status></p></div>"
                           "<noscript><p class=note>");
    council_put_word(council, BEHOV_WORD_COUNCIL_NO_SCRIPT, out);
    behov_wording_add(out, "</p></noscript>");
    council_say_lacking(council, &lacking);
    council_put_paragraph("note", &lacking, out);
    behov_wording_add(out, "</div>\n");
    behov_wording_spend(out, &lacking);
}

/* ---- what if ----------------------------------------------------------------------------------------------------- */

bool council_has_sliders(const behov_council *council)
{
    for (size_t i = 0; i < council->whatif.n_variables; i++)
        if (council->whatif.variables[i].is_slider)
            return true;
    return false;
}

static void put_slider(const behov_council *council, size_t i, behov_wording *out)
{
    const behov_study *study = council->fit_results->study;
    const behov_council_variable *variable = &council->whatif.variables[i];
    unsigned long number = (unsigned long)i;
    behov_wording_print(out, "<div class=sl><label id=x%lu-l for=x%lu>", number, number);
    behov_page_escape(behov_model_label(&study->model, council_language(council), variable->name), out);
    behov_wording_print(
        out,
        "</label><input type=range id=s%lu tabindex=0 aria-labelledby=\"x%lu-l\"><input id=x%lu "
        "inputmode=decimal autocomplete=off aria-describedby=\"x%lu-o\"><small id=x%lu-o></small></div>\n",
        number, number, number, number, number);
}

static void put_result(const behov_council *council, const char *id, behov_word word, behov_wording *out)
{
    behov_wording_add(out, "<h3>");
    council_put_word(council, word, out);
    behov_wording_print(out, "</h3><p class=big id=%s></p>\n", id);
}

void council_put_whatif(const behov_council *council, size_t page, behov_wording *out)
{
    behov_wording words = {0};
    (void)page;
    behov_wording_add(&words, council_label(council, BEHOV_WORD_COUNCIL_WHATIF_EXPLAINED));
    council_put_paragraph(NULL, &words, out);
    behov_wording_add(out, "<noscript><p class=note>");
    council_put_word(council, BEHOV_WORD_COUNCIL_WHATIF_NO_SCRIPT, out);
    behov_wording_add(out, "</p></noscript>\n<div class=\"g2 c js\"><div class=sls>\n");
    for (size_t i = 0; i < council->whatif.n_variables; i++)
        if (council->whatif.variables[i].is_slider)
            put_slider(council, i, out);
    behov_wording_add(out, "<p><button type=button id=igjen>");
    council_put_word(council, BEHOV_WORD_COUNCIL_RESET, out);
    behov_wording_add(out, "</button></p></div>\n<div class=res role=status>\n");
    put_result(council, "w1", BEHOV_WORD_COUNCIL_WHATIF_NEED, out);
    behov_wording_add(out, "<p id=w2></p>\n");
    put_result(council, "w3", BEHOV_WORD_COUNCIL_WHATIF_RATIO, out);
    behov_wording_add(out, "<p id=w4 class=note></p>\n");
    behov_wording_add(&words, council_label(council, isnan(council->whatif.t) ? BEHOV_WORD_COUNCIL_WHATIF_NO_INTERVAL
                                                                              : BEHOV_WORD_COUNCIL_WHATIF_NOTE));
    council_put_paragraph("note", &words, out);
    council_say_clusters_here(council, &words);
    council_put_paragraph("note", &words, out);
    behov_wording_add(out, "</div></div>\n");
    behov_wording_spend(out, &words);
}

/* ---- method ------------------------------------------------------------------------------------------------------ */

/* A definition; forgets its text, and says nothing without one. */
static void put_definition(const behov_council *council, behov_word term, behov_wording *words, behov_wording *out)
{
    if (words->length) {
        behov_wording_add(out, "<dt>");
        council_put_word(council, term, out);
        behov_wording_add(out, "</dt><dd>");
        behov_page_escape(behov_wording_text(words), out);
        behov_wording_add(out, "</dd>\n");
    }
    out->has_no_memory = out->has_no_memory || words->has_no_memory;
    behov_wording_clear(words);
}

static void put_definitions(const behov_council *council, const behov_council_extras *extras, behov_wording *out)
{
    const behov_fit_results *results = council->fit_results;
    double level = 100 * council->choices.profile.level;
    behov_wording words = {0};
    behov_wording_add(out, "<dl class=df>\n");
    behov_fit_results_outcome(results, &words);
    if (results->study->unit == BEHOV_UNIT_1000KR_PER_INHABITANT)
        behov_wording_add_after(&words, ". ", council_label(council, BEHOV_WORD_COUNCIL_OUTCOME_SHOWN));
    put_definition(council, BEHOV_WORD_COUNCIL_TERM_OUTCOME, &words, out);
    behov_wording_add(&words, council_label(council, BEHOV_WORD_COUNCIL_TERM_NEED_IS));
    put_definition(council, BEHOV_WORD_COUNCIL_TERM_NEED, &words, out);
    behov_wording_add(&words, council_label(council, BEHOV_WORD_COUNCIL_TERM_RATIO_IS));
    put_definition(council, BEHOV_WORD_COUNCIL_TERM_RATIO, &words, out);
    behov_level_fill(&council->ranking.variances, level, BEHOV_WORD_COUNCIL_TERM_LEVEL_IS, council_language(council),
                     &words);
    put_definition(council, BEHOV_WORD_COUNCIL_TERM_LEVEL, &words, out);
    behov_fit_results_errors(results, &words);
    put_definition(council, BEHOV_WORD_COUNCIL_TERM_ERRORS, &words, out);
    behov_wording_add(&words, results->study->model.title ? results->study->model.title : "");
    put_definition(council, BEHOV_WORD_COUNCIL_TERM_MODEL, &words, out);
    behov_wording_add(out, "<div class=scr>"); /* no room on paper */
    behov_wording_add(&words, behov_formula_text(results->study->formula));
    put_definition(council, BEHOV_WORD_COUNCIL_TERM_FORMULA, &words, out);
    behov_wording_add(out, "</div>");
    behov_data_line_say(results->study, results, &words);
    put_definition(council, BEHOV_WORD_COUNCIL_TERM_DATA, &words, out);
    behov_wording_print(&words, "behov %s%s%s", behov_version(), extras->made_on ? ", " : "",
                        extras->made_on ? extras->made_on : "");
    put_definition(council, BEHOV_WORD_COUNCIL_TERM_MADE, &words, out);
    behov_wording_add(out, "</dl>\n");
    behov_wording_spend(out, &words);
}

static void put_notes(const behov_council *council, behov_wording *out)
{
    behov_wording words = {0};
    behov_wording_add(out, "<details><summary>");
    council_put_word(council, BEHOV_WORD_COUNCIL_NOTES, out);
    behov_wording_add(out, "</summary>\n");
    for (size_t i = 0; i < BEHOV_PROFILE_METHOD_NOTES; i++) {
        behov_profile_method_note(&council->profiles, i, false, &words);
        council_put_paragraph(NULL, &words, out);
    }
    for (behov_remark i = 0; i < BEHOV_N_REMARKS; i++) {
        behov_remark_say(council->fit_results, i, &words);
        council_put_paragraph(NULL, &words, out);
    }
    behov_wording_add(out, "</details>\n");
    behov_wording_spend(out, &words);
}

static void put_download(const behov_council *council, const char *table, const char *file, behov_word word,
                         behov_wording *out)
{
    behov_wording_print(out, "<button type=button data-t=%s data-f=\"%s\">", table, file);
    council_put_word(council, word, out);
    behov_wording_add(out, "</button>\n");
}

behov_status council_put_method(const behov_council *council, const behov_council_extras *extras, behov_wording *out,
                                behov_error *err)
{
    put_definitions(council, extras, out);
    put_notes(council, out);
    behov_wording_add(out, "<h3 class=js>");
    council_put_word(council, BEHOV_WORD_COUNCIL_DOWNLOADS, out);
    behov_wording_add(out, "</h3>\n<p class=\"dl js\">");
    put_download(council, "aarstall", "behov-aar",
                 council->year ? BEHOV_WORD_COUNCIL_DOWNLOAD_YEARS : BEHOV_WORD_COUNCIL_DOWNLOAD_FIGURES, out);
    put_download(council, "bidragstall", "behov-bidrag", BEHOV_WORD_COUNCIL_DOWNLOAD_DRIVERS, out);
    put_download(council, "alletall", "behov-alle", BEHOV_WORD_COUNCIL_DOWNLOAD_ALL, out);
    if (extras->workbook) {
        behov_wording_add(out, "<button type=button id=bok data-f=\"");
        behov_page_escape(extras->workbook_name, out);
        behov_wording_add(out, "\">");
        council_put_word(council, BEHOV_WORD_COUNCIL_DOWNLOAD_WORKBOOK, out);
        behov_wording_add(out, "</button>\n");
    }
    behov_wording_add(out, "</p>\n<p class=\"note js\">");
    council_put_word(council, BEHOV_WORD_COUNCIL_DOWNLOAD_NOTE, out);
    behov_wording_add(out, "</p>\n<p id=lastet class=\"note js\" role=status></p>\n");
    return behov_wording_status(out, err);
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

static behov_status put_section(const behov_council *council, const behov_council_extras *extras, size_t i,
                                behov_wording *out, behov_error *err)
{
    const page_section *section = &sections[i];
    behov_status status = BEHOV_OK;
    if (i == WHATIF && !council_has_sliders(council))
        return BEHOV_OK;
    behov_wording_print(out, "<section id=%s><div class=w>\n", section->id);
    if (section->heading) {
        behov_wording_add(out, "<h2>");
        council_put_word(council, i == YEARS && !council->year ? section->link : section->heading, out);
        behov_wording_add(out, "</h2>\n");
    }
    if (section->piece < BEHOV_N_COUNCIL_PIECES) {
        behov_wording_print(out, "<div id=d%d>", section->piece);
        status = behov_council_piece_add(council, 0, (behov_council_piece)section->piece, false, out, err);
        behov_wording_add(out, "</div>\n");
    }
    if (!status && i == COMPARE)
        status = council_put_pictures(council, extras, out, err);
    if (!status && i == ALL)
        status = council_put_table(council, out, err);
    if (i == WHATIF)
        council_put_whatif(council, 0, out);
    if (!status && i == METHOD)
        status = council_put_method(council, extras, out, err);
    behov_wording_add(out, "</div></section>\n");
    return status;
}

/* What the second sheet of paper begins with. */
static void put_second_sheet(const behov_council *council, behov_wording *out)
{
    bool is_simulated = council->fit_results->study->is_simulated;
    behov_wording_add(out, "<div class=p2>\n<p class=pf>");
    if (is_simulated) {
        behov_page_escape(behov_label(council_language(council), BEHOV_WORD_PROFILE_SIMULATED), out);
        behov_wording_add(out, " · ");
    }
    behov_wording_add(out, "<span id=ark2>");
    behov_page_escape(council_name(council, council->pages[0].profile->place), out);
    behov_wording_add(out, "</span>");
    behov_wording_add(out, council->year ? " · " : "");
    council_add_year(council, out);
    behov_wording_add(out, " · ");
    council_put_word(council, BEHOV_WORD_COUNCIL_SHEET_TWO, out);
    behov_wording_add(out, "</p>\n");
}

static behov_status put_data(const behov_council *council, const behov_council_extras *extras, behov_wording *out,
                             behov_error *err)
{
    behov_wording_add(out, "<script type=\"application/json\" id=felles>");
    council_put_common_data(council, extras, out);
    behov_wording_add(out, "</script>\n<script type=\"application/json\" id=d6>");
    behov_status status = council_put_data(council, 0, out, err);
    behov_wording_add(out, "</script>\n");
    for (size_t i = 0; i < extras->n_packed; i++) {
        behov_wording_print(out, "<script type=\"text/plain\" id=pakke%lu>", (unsigned long)i);
        behov_wording_add(out, extras->packed[i]);
        behov_wording_add(out, "</script>\n");
    }
    if (extras->workbook) {
        behov_wording_add(out, "<script type=\"text/plain\" id=bokdata>");
        behov_wording_add(out, extras->workbook);
        behov_wording_add(out, "</script>\n");
    }
    behov_wording_add(out, "<script>");
    behov_wording_add(out, council_script);
    behov_wording_add(out, "</script>\n");
    return status;
}

behov_status behov_council_page_add(const behov_council *council, const behov_council_extras *extras,
                                    behov_wording *out, behov_error *err)
{
    behov_status status = BEHOV_OK;
    put_head(council, extras, out);
    put_banner(council, out);
    put_navigation(council, out);
    behov_wording_add(out, "<main>\n");
    put_chooser(council, out);
    behov_wording_add(out, "<div class=p1>\n");
    for (size_t i = 0; i < N_SECTIONS && !status; i++) {
        if (i == COMPARE) {
            behov_wording_add(out, "</div>\n");
            put_second_sheet(council, out);
        }
        status = put_section(council, extras, i, out, err);
    }
    behov_wording_add(out, "</div>\n</main>\n<footer><div class=w><p>");
    behov_wording_print(out, "behov %s · ", behov_version());
    council_put_word(council, BEHOV_WORD_COUNCIL_FOOTER, out);
    behov_wording_add(out, "</p></div></footer>\n");
    if (!status)
        status = put_data(council, extras, out, err);
    behov_wording_add(out, "</body>\n</html>\n");
    return status ? status : behov_wording_status(out, err);
}
