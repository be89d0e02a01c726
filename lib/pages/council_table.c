/* council_table.c - the table of all municipalities of the year, which stands behind every picture of the page, and rows of
 * the same columns for comparisons. Figures that have more digits than their text stand in data-v of the row, once:
 * 424 attributes of their own in each of three cells would take 7 kB. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <behov/council_charts.h>
#include <behov/format.h>
#include <behov/labels.h>
#include <behov/lasting.h>
#include "council_page_parts.h"
#include "page_table.h"

typedef struct column {
    const char *name;      /* for the script */
    const char *kind;      /* of data-s: how it is sorted; NULL = it is not */
    behov_word word, more; /* more: headers of estimate, low and high in a file */
    bool is_text, needs_group, needs_population, is_of_all, needs_codes;
} column;

/* In this order they stand: what is asked for first is seen first where there is no room for all. */
typedef enum column_id {
    MUNICIPALITY,
    RATIO,
    CERTAINTY,
    LEVEL,
    PLACE,
    ACTUAL,
    NEED,
    POPULATION,
    AREA,
    CODE,
    N_COLUMNS
} column_id;

static const column columns[N_COLUMNS] = {
    [MUNICIPALITY] = {.name = "municipality", .kind = "t", .word = BEHOV_WORD_MUNICIPALITY, .is_text = true},
    [RATIO] = {.name = "ratio", .kind = "n", .word = BEHOV_WORD_COUNCIL_COLUMN_RATIO},
    [CERTAINTY] = {.name = "certainty", .kind = "t", .word = BEHOV_WORD_COUNCIL_COLUMN_CERTAINTY, .is_text = true},
    [LEVEL] = {.name = "level",
               .kind = "n",
               .word = BEHOV_WORD_COUNCIL_COLUMN_LEVEL,
               .more = BEHOV_WORD_COUNCIL_FILE_LEVEL},
    [PLACE] = {.name = "place",
               .word = BEHOV_WORD_COUNCIL_COLUMN_PLACE,
               .more = BEHOV_WORD_COUNCIL_FILE_PLACE,
               .is_of_all = true},
    [ACTUAL] = {.name = "actual", .kind = "n", .word = BEHOV_WORD_COUNCIL_COLUMN_ACTUAL},
    [NEED] = {.name = "need", .kind = "n", .word = BEHOV_WORD_COUNCIL_COLUMN_NEED},
    [POPULATION] = {.name = "population", .kind = "n", .word = BEHOV_WORD_POPULATION, .needs_population = true},
    [AREA] = {.name = "group",
              .kind = "t",
              .word = BEHOV_WORD_GROUP,
              .is_text = true,
              .is_of_all = true,
              .needs_group = true},
    [CODE] = {.name = "code",
              .kind = "t",
              .word = BEHOV_WORD_MUNICIPALITY_CODE,
              .is_text = true,
              .is_of_all = true,
              .needs_codes = true},
};

static bool is_shown(const behov_council *council, const column *column, bool is_all)
{
    return (is_all || !column->is_of_all) && (!column->needs_group || council->profiles.has_group) &&
           (!column->needs_population || council->profiles.has_population) &&
           (!column->needs_codes || council->fit_results->study->panel.columns[BEHOV_ROLE_CODE] >= 0);
}

/* Classes that set columns of figures at the right: r4 for the fourth. A class of each cell would take 30 kB. */
void council_put_column_classes(const behov_council *council, bool is_all, behov_wording *out)
{
    int position = 0;
    for (size_t i = 0; i < N_COLUMNS; i++)
        if (is_shown(council, &columns[i], is_all) && ++position && !columns[i].is_text)
            behov_wording_print(out, " r%d", position);
}

void council_put_header(const behov_council *council, bool is_all, behov_wording *out)
{
    behov_wording words = {0};
    for (size_t i = 0; i < N_COLUMNS; i++) {
        if (!is_shown(council, &columns[i], is_all))
            continue;
        behov_wording_add(out, "<th scope=col");
        if (is_all)
            behov_wording_print(out, " data-n=%s", columns[i].name);
        if (columns[i].kind && is_all)
            behov_wording_print(out, " data-s=%s", columns[i].kind);
        if (columns[i].more) {
            behov_level_fill(&council->ranking.variances, 100 * council->choices.profile.level, columns[i].more,
                             council_language(council), &words);
            behov_wording_add(out, " data-c=\"");
            behov_page_escape(behov_wording_text(&words), out);
            behov_wording_add_letter(out, '"');
            behov_wording_clear(&words);
        }
        behov_level_fill(&council->ranking.variances, 100 * council->choices.profile.level,
                         council_word(council, columns[i].word), council_language(council), &words);
        behov_wording_print(out, "%s>",
                            columns[i].is_text                         ? " class=t"
                            : columns[i].more && !columns[i].is_of_all ? " class=iv"
                                                                       : "");
        behov_page_escape(behov_wording_text(&words), out);
        behov_wording_clear(&words);
    }
    behov_wording_spend(out, &words);
}

/* ---- cells ------------------------------------------------------------------------------------------------------- */

/* A text with blanks for hard ones, which are twice as long: no line of these cells is broken. */
static void put_unbroken(const char *text, behov_wording *out)
{
    static const char hard_blank[] = "\xc2\xa0";
    behov_wording words = {0};
    for (const char *at; (at = strstr(text, hard_blank)) != NULL; text = at + strlen(hard_blank)) {
        behov_wording_add_bytes(&words, text, (size_t)(at - text));
        behov_wording_add_letter(&words, ' ');
    }
    behov_wording_add(&words, text);
    behov_page_escape(behov_wording_text(&words), out);
    behov_wording_spend(out, &words);
}

static void put_count(const behov_council *council, double value, behov_wording *out)
{
    char text[BEHOV_NUMBER_SIZE];
    put_unbroken(isnan(value) ? "" : council_whole(council, value, text), out);
}

static void put_amount(const behov_council *council, double amount, behov_wording *out)
{
    char text[BEHOV_NUMBER_SIZE];
    behov_format_cell(behov_profile_amount_quantity(&council->profiles),
                      behov_profile_shown(&council->profiles, amount), council_language(council), text);
    put_unbroken(behov_format_minus(text), out);
}

static void put_level(const behov_council *council, behov_lasting level, bool is_own, behov_wording *out)
{
    behov_interval shown = behov_lasting_interval_shown(level.interval);
    behov_wording interval = {0};
    behov_council_bar_add(shown.low, shown.high, is_own, out);
    council_add_interval(council, level.interval, &interval);
    behov_wording_add(out, behov_wording_text(&interval));
    behov_wording_spend(out, &interval);
}

static bool has_place(const behov_ranked_municipality *ranked)
{
    return !isnan(ranked->rank_low) && !isnan(ranked->rank_high);
}

static void put_place(const behov_council *council, const behov_ranked_municipality *ranked, behov_wording *out)
{
    char low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    if (has_place(ranked))
        behov_wording_print(out, "%s–%s", council_whole(council, ranked->rank_low, low),
                            council_whole(council, ranked->rank_high, high));
}

static void put_cell(const behov_council *council, column_id id, size_t place, bool is_own, behov_wording *out)
{
    const behov_ranked_municipality *ranked = &council->ranking.all[place];
    bool is_grey = id == PLACE && has_place(ranked) && !behov_council_place_says_something(council, ranked);
    behov_wording_add(out, id == MUNICIPALITY ? "<th scope=row>" : is_grey ? "<td class=w>" : "<td>");
    switch (id) {
    case MUNICIPALITY: behov_page_escape(council_name(council, place), out); break;
    case CODE: behov_page_escape(council_municipality(council, place)->code, out); break;
    case AREA: put_unbroken(council_group(council, place), out); break;
    case POPULATION: put_count(council, ranked->population, out); break;
    case ACTUAL: put_amount(council, ranked->actual, out); break;
    case NEED: put_amount(council, ranked->need, out); break;
    case RATIO: put_count(council, behov_ratio_printed(ranked->ratio), out); break;
    case LEVEL: put_level(council, ranked->lasting, is_own, out); break;
    case CERTAINTY: behov_page_escape(council_claim_label(council, place), out); break;
    default: put_place(council, ranked, out);
    }
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

/* Per cent with one decimal, for a file and for marks in pictures; nothing for NaN. */
static void put_decimal(double per_cent, behov_wording *out)
{
    if (!isnan(per_cent))
        council_put_exact(behov_number_rounded(per_cent, 1), out);
}

/* What the script reads: ratio; level; its ends; the place by the level itself, which never stands without its
 * interval. */
static void put_row_figures(const behov_ranked_municipality *ranked, behov_wording *out)
{
    const double figures[] = {ranked->ratio, ranked->lasting.ratio, ranked->lasting.interval.low,
                              ranked->lasting.interval.high};
    behov_wording_add(out, " data-v=");
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        put_decimal(figures[i], out);
        behov_wording_add_letter(out, ';');
    }
    if (has_place(ranked))
        council_put_value(ranked->lasting_rank, 8, out);
}

/* What the script knows a municipality by where no cell has it. */
static void put_row_key(const behov_council *council, size_t place, behov_wording *out)
{
    const behov_municipality *who = council_municipality(council, place);
    if (is_shown(council, &columns[CODE], true) && who->code[0])
        return;
    behov_wording_add(out, " data-k=\"");
    behov_page_escape(who->code[0] ? who->code : who->name, out);
    behov_wording_add_letter(out, '"');
}

void council_put_row(const behov_council *council, size_t place, bool is_all, bool is_own, behov_wording *out)
{
    behov_wording_print(out, "<tr%s", is_own ? " class=me" : "");
    if (is_all) {
        put_row_figures(&council->ranking.all[place], out);
        put_row_key(council, place, out);
    }
    behov_wording_add_letter(out, '>');
    for (column_id id = 0; id < N_COLUMNS; id++)
        if (is_shown(council, &columns[id], is_all))
            put_cell(council, id, place, is_own, out);
    behov_wording_add_letter(out, '\n');
}

/* ---- the table --------------------------------------------------------------------------------------------------- */

/* Search, group and certainty: for the script, which fills the lists from the rows. */
static void put_controls(const behov_council *council, behov_wording *out)
{
    static const struct control {
        const char *id;
        behov_word word;
        bool needs_group;
    } controls[] = {{"omr", BEHOV_WORD_COUNCIL_FILTER_GROUP, true},
                    {"vur", BEHOV_WORD_COUNCIL_FILTER_CERTAINTY, false}};
    behov_wording_add(out, "<div class=\"ctl js\"><div><label for=sok>");
    council_put_word(council, BEHOV_WORD_COUNCIL_SEARCH, out);
    behov_wording_add(out, "</label><input id=sok type=search autocomplete=off spellcheck=false></div>");
    for (size_t i = 0; i < sizeof controls / sizeof *controls; i++) {
        if (controls[i].needs_group && !council->profiles.has_group)
            continue;
        behov_wording_print(out, "<div><label for=%s>", controls[i].id);
        council_put_word(council, controls[i].word, out);
        behov_wording_print(out, "</label><select id=%s><option value=\"\">", controls[i].id);
        council_put_word(council, BEHOV_WORD_COUNCIL_FILTER_ALL, out);
        behov_wording_add(out, "</select></div>");
    }
    behov_wording_add(out, "</div>\n<p id=vis class=\"note js\" role=status></p>\n");
}

behov_status council_put_table(const behov_council *council, behov_wording *out, behov_error *err)
{
    bool is_single = council->n == 1;
    behov_wording caption = {0};
    put_controls(council, out);
    behov_level_fill(&council->ranking.variances, 100 * council->choices.profile.level,
                     council_word(council, BEHOV_WORD_COUNCIL_TABLE_CAPTION), council_language(council), &caption);
    behov_wording_add(out, "<div class=tw tabindex=0 role=region aria-labelledby=alle-c><table id=alletall class=\"");
    council_put_column_classes(council, true, out);
    behov_wording_add(out, "\"><caption id=alle-c><span>");
    behov_page_escape(behov_wording_text(&caption), out);
    behov_wording_add(out, "</span></caption><thead><tr>");
    council_put_header(council, true, out);
    behov_wording_add(out, "</thead><tbody>\n");
    for (size_t i = 0; i < council->ranking.places.n; i++)
        if (!isnan(council->ranking.all[i].need))
            council_put_row(council, i, true, is_single && council->pages[0].profile->place == i, out);
    behov_wording_add(out, "</tbody></table></div>\n");
    behov_wording_spend(out, &caption);
    council_say_below_zero(council, &caption);
    council_put_paragraph("note", &caption, out);
    council_say_lacking(council, &caption);
    council_put_paragraph("note", &caption, out);
    behov_wording_spend(out, &caption);
    return behov_wording_status(out, err);
}
