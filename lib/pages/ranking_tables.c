/* ranking_tables.c - see ranking_tables.h. */
#include <behov/ranking_tables.h>

#include <math.h>
#include <string.h>

#include <behov/group_names.h>
#include <behov/labels.h>
#include <behov/lasting.h>
#include <behov/level_words.h>
#include <behov/remarks.h>
#include <behov/result_sentences.h>
#include "table_columns.h"

/* ---- columns -------------------------------------------------------------------------------------------------------
 * */

struct ranking_column;

/* What a column is filled from. */
typedef struct column_source {
    const behov_ranking *ranking;
    const struct ranking_column *column;
    bool is_shown; /* for readers, else for programs, which get levels as they were computed */
} column_source;

static const behov_ranking *ranking_of(const void *context)
{
    return ((const column_source *)context)->ranking;
}

/* The place of a row. */
static size_t place_of(const void *context, size_t row)
{
    return ranking_of(context)->shown_positions[row];
}

static const char *group_name(const void *context, const behov_groups *groups, size_t row)
{
    int group = groups->n ? groups->values[place_of(context, row)] : BEHOV_WITHOUT_GROUP;
    return group == BEHOV_WITHOUT_GROUP
               ? NULL
               : behov_group_name(groups, group, ranking_of(context)->fit_results->study->lang);
}

static const char *group_text(const void *context, size_t row)
{
    return group_name(context, &ranking_of(context)->groups, row);
}

static const char *size_text(const void *context, size_t row)
{
    return group_name(context, &ranking_of(context)->sizes, row);
}

static const char *code_text(const void *context, size_t row)
{
    return ranking_of(context)->places.all[place_of(context, row)].code;
}

static const char *name_text(const void *context, size_t row)
{
    return ranking_of(context)->places.all[place_of(context, row)].name;
}

static const char *no_text(const void *context, size_t row) /* a sentence, which is filled in later */
{
    (void)context, (void)row;
    return NULL;
}

static double n_unclear(const behov_ranked_municipality *ranked_municipality)
{
    return isnan(ranked_municipality->rank_low) ? NAN : (double)ranked_municipality->n_unclear;
}

static double n_rows(const behov_ranked_municipality *ranked_municipality)
{
    return (double)ranked_municipality->n_rows;
}

static bool has_groups(const behov_ranking *ranking)
{
    return ranking->has_groups;
}

static bool has_codes(const behov_ranking *ranking)
{
    return ranking->fit_results->study->panel.columns[BEHOV_ROLE_CODE] >= 0;
}

static bool has_names(const behov_ranking *ranking)
{
    return ranking->fit_results->study->panel.columns[BEHOV_ROLE_MUNICIPALITY] >= 0;
}

static bool has_permanent(const behov_ranking *ranking)
{
    return behov_lasting_has_permanent(&ranking->variances);
}

static bool is_of_outcomes(const behov_ranking *ranking)
{
    return ranking->choices.ranked_by != BEHOV_BY_NEED;
}

typedef struct ranking_column {
    const char *key, *key_other; /* other: of amounts that are not kroner, where it is another */
    behov_quantity quantity;     /* BEHOV_Q_OUTCOME: an amount in the outcome's unit */
    const char *(*text)(const void *context, size_t row);
    double (*count)(const behov_ranked_municipality *);
    size_t index;                            /* neither text nor count: offset of a double in a ranked municipality */
    bool (*is_there)(const behov_ranking *); /* NULL = always */
    behov_word heading;                      /* BEHOV_NO_WORD = the key's words */
    behov_word heading_1000kr, heading_kr;   /* where the outcome has that unit; none = the same */
    behov_word heading_page, heading_ranks;  /* where there is little room; with lasting ranks; none = the same */
    behov_word heading_ahead, heading_ahead_page; /* where the level is that of the years ahead; none = the same */
    bool is_on_page, is_on_page_alone, has_level /* the heading holds the level of the intervals */, is_lasting;
} ranking_column;

#define AT(member) offsetof(behov_ranked_municipality, member)

static const ranking_column columns[] = {
    {.key = "group", .quantity = BEHOV_Q_TEXT, .text = group_text, .is_there = has_groups, .is_on_page = true},
    {.key = "municipality_code",
     .quantity = BEHOV_Q_CODE,
     .text = code_text,
     .is_there = has_codes,
     .is_on_page = true},
    {.key = "municipality", .quantity = BEHOV_Q_TEXT, .text = name_text, .is_there = has_names, .is_on_page = true},
    /* "Plass" alone, for what is ranked by stands in the title */
    {.key = "rank",
     .quantity = BEHOV_Q_RANK,
     .index = AT(rank),
     .heading = BEHOV_WORD_RANKING_RANK,
     .is_on_page = true},
    {.key = "lasting_rank",
     .quantity = BEHOV_Q_RANK,
     .index = AT(lasting_rank),
     .is_there = is_of_outcomes,
     .heading = BEHOV_WORD_LASTING_RANK,
     .heading_ahead = BEHOV_WORD_AHEAD_RANK,
     .heading_ahead_page = BEHOV_WORD_AHEAD_RANK_PAGE,
     .is_on_page = true},
    {.key = "rank_low",
     .quantity = BEHOV_Q_RANK,
     .index = AT(rank_low),
     .heading = BEHOV_WORD_RANK_LOW,
     .heading_ranks = BEHOV_WORD_RANK_LOW_LASTING,
     .heading_ahead = BEHOV_WORD_AHEAD_RANK_LOW,
     .heading_ahead_page = BEHOV_WORD_AHEAD_RANK_LOW_PAGE,
     .is_on_page = true,
     .has_level = true},
    {.key = "rank_high",
     .quantity = BEHOV_Q_RANK,
     .index = AT(rank_high),
     .heading = BEHOV_WORD_RANK_HIGH,
     .heading_ranks = BEHOV_WORD_RANK_HIGH_LASTING,
     .heading_ahead = BEHOV_WORD_AHEAD_RANK_HIGH,
     .heading_ahead_page = BEHOV_WORD_AHEAD_RANK_HIGH_PAGE,
     .is_on_page = true,
     .has_level = true},
    {.key = "index",
     .quantity = BEHOV_Q_INDEX,
     .index = AT(index),
     .heading = BEHOV_WORD_INDEX_OTHER,
     .heading_1000kr = BEHOV_WORD_INDEX,
     .heading_kr = BEHOV_WORD_INDEX,
     .heading_page = BEHOV_WORD_RANKING_INDEX,
     .is_on_page = true},
    {.key = "ratio",
     .quantity = BEHOV_Q_RATIO,
     .index = AT(ratio),
     .heading = BEHOV_WORD_RATIO_OTHER,
     .heading_1000kr = BEHOV_WORD_RATIO,
     .heading_kr = BEHOV_WORD_RATIO,
     .heading_page = BEHOV_WORD_RANKING_RATIO,
     .is_on_page = true},
    /* a workbook prints the interval of the level, which counts chance in, and has room for no other */
    {.key = "ratio_low",
     .quantity = BEHOV_Q_RATIO,
     .index = AT(ratio_interval.low),
     .heading = BEHOV_WORD_RATIO_LOW,
     .is_on_page = true,
     .is_on_page_alone = true,
     .has_level = true},
    {.key = "ratio_high",
     .quantity = BEHOV_Q_RATIO,
     .index = AT(ratio_interval.high),
     .heading = BEHOV_WORD_RATIO_HIGH,
     .is_on_page = true,
     .is_on_page_alone = true,
     .has_level = true},
    {.key = "shrunk_ratio",
     .quantity = BEHOV_Q_RATIO,
     .index = AT(lasting.ratio),
     .heading = BEHOV_WORD_SHRUNK_RATIO,
     .heading_ahead = BEHOV_WORD_AHEAD_RATIO,
     .heading_ahead_page = BEHOV_WORD_AHEAD_RATIO_PAGE,
     .is_on_page = true,
     .is_lasting = true},
    {.key = "shrunk_ratio_low",
     .quantity = BEHOV_Q_RATIO,
     .index = AT(lasting.interval.low),
     .heading = BEHOV_WORD_SHRUNK_RATIO_LOW,
     .heading_page = BEHOV_WORD_SHRUNK_RATIO_LOW_PAGE,
     .heading_ahead = BEHOV_WORD_AHEAD_RATIO_LOW,
     .heading_ahead_page = BEHOV_WORD_AHEAD_RATIO_LOW_PAGE,
     .is_on_page = true,
     .has_level = true,
     .is_lasting = true},
    {.key = "shrunk_ratio_high",
     .quantity = BEHOV_Q_RATIO,
     .index = AT(lasting.interval.high),
     .heading = BEHOV_WORD_SHRUNK_RATIO_HIGH,
     .heading_page = BEHOV_WORD_SHRUNK_RATIO_HIGH_PAGE,
     .heading_ahead = BEHOV_WORD_AHEAD_RATIO_HIGH,
     .heading_ahead_page = BEHOV_WORD_AHEAD_RATIO_HIGH_PAGE,
     .is_on_page = true,
     .has_level = true,
     .is_lasting = true},
    {.key = "gap_1000kr",
     .key_other = "gap",
     .quantity = BEHOV_Q_GAP,
     .index = AT(gap),
     .heading = BEHOV_WORD_GAP_1000KR,
     .is_on_page = true},
    /* the last that is printed */
    {.key = "note", .quantity = BEHOV_Q_TEXT, .text = no_text, .is_on_page = true},
    {.key = "need",
     .quantity = BEHOV_Q_OUTCOME,
     .index = AT(need),
     .heading = BEHOV_WORD_NEED_OTHER,
     .heading_1000kr = BEHOV_WORD_NEED_1000KR,
     .heading_kr = BEHOV_WORD_NEED_KR},
    {.key = "actual",
     .quantity = BEHOV_Q_OUTCOME,
     .index = AT(actual),
     .heading = BEHOV_WORD_ACTUAL_OTHER,
     .heading_1000kr = BEHOV_WORD_ACTUAL_1000KR,
     .heading_kr = BEHOV_WORD_ACTUAL_KR},
    {.key = "ratio_low",
     .quantity = BEHOV_Q_RATIO,
     .index = AT(ratio_interval.low),
     .heading = BEHOV_WORD_RATIO_LOW,
     .has_level = true},
    {.key = "ratio_high",
     .quantity = BEHOV_Q_RATIO,
     .index = AT(ratio_interval.high),
     .heading = BEHOV_WORD_RATIO_HIGH,
     .has_level = true},
    /* to filter by, before what is looked at less */
    {.key = "size_class", .quantity = BEHOV_Q_TEXT, .text = size_text},
    {.key = "probability_above_100",
     .quantity = BEHOV_Q_PROBABILITY,
     .index = AT(lasting.probability_above),
     .heading = BEHOV_WORD_PROBABILITY_ABOVE_100,
     .heading_ahead = BEHOV_WORD_AHEAD_PROBABILITY_ABOVE_100},
    {.key = "not_clearly_different",
     .quantity = BEHOV_Q_COUNT,
     .count = n_unclear,
     .heading = BEHOV_WORD_NOT_CLEARLY_DIFFERENT},
    {.key = "population", .quantity = BEHOV_Q_COUNT, .index = AT(population), .heading = BEHOV_WORD_POPULATION},
    {.key = "n_years", .quantity = BEHOV_Q_COUNT, .count = n_rows, .heading = BEHOV_WORD_N_YEARS},
    /* rests on the model's form, so it stands last */
    {.key = "permanent_ratio",
     .quantity = BEHOV_Q_RATIO,
     .index = AT(permanent.ratio),
     .is_there = has_permanent,
     .heading = BEHOV_WORD_RANKING_PERMANENT,
     .is_lasting = true},
    {.key = "permanent_ratio_low",
     .quantity = BEHOV_Q_RATIO,
     .index = AT(permanent.interval.low),
     .is_there = has_permanent,
     .heading = BEHOV_WORD_RANKING_PERMANENT_LOW,
     .has_level = true,
     .is_lasting = true},
    {.key = "permanent_ratio_high",
     .quantity = BEHOV_Q_RATIO,
     .index = AT(permanent.interval.high),
     .is_there = has_permanent,
     .heading = BEHOV_WORD_RANKING_PERMANENT_HIGH,
     .has_level = true,
     .is_lasting = true},
};

static double figure_at(const void *context, size_t row)
{
    const column_source *source = context;
    const behov_ranked_municipality *ranked_municipality = &source->ranking->all[place_of(context, row)];
    if (source->column->count)
        return source->column->count(ranked_municipality);
    double value;
    memcpy(&value, (const char *)ranked_municipality + source->column->index, sizeof value);
    return source->column->is_lasting && source->is_shown ? behov_lasting_shown(value) : value;
}

static behov_word heading_of(const behov_ranking *ranking, const ranking_column *column, bool is_whole)
{
    behov_outcome_unit unit = ranking->fit_results->study->unit;
    bool is_ahead = column->heading_ahead && behov_lasting_is_ahead(&ranking->variances) &&
                    (!column->heading_ranks || behov_ranking_has_lasting_ranks(ranking));
    if (is_ahead)
        return !is_whole && column->heading_ahead_page ? column->heading_ahead_page : column->heading_ahead;
    if (!is_whole && column->heading_page)
        return column->heading_page;
    if (unit == BEHOV_UNIT_1000KR_PER_INHABITANT && column->heading_1000kr)
        return column->heading_1000kr;
    if (unit == BEHOV_UNIT_KR_PER_INHABITANT && column->heading_kr)
        return column->heading_kr;
    return column->heading_ranks && behov_ranking_has_lasting_ranks(ranking) ? column->heading_ranks : column->heading;
}

static behov_status add_column(const column_source *source, bool is_whole, behov_report *report, behov_error *err)
{
    const ranking_column *column = source->column;
    const behov_ranking *ranking = source->ranking;
    bool is_other = column->key_other && !behov_ranking_in_kroner(ranking);
    behov_word word = heading_of(ranking, column, is_whole);
    behov_wording heading = {0};
    if (word)
        behov_level_fill(&ranking->variances, ranking->fit_results->level_pct, word, ranking->fit_results->study->lang,
                         &heading);
    behov_table_column new_column = {
        {is_other ? column->key_other : column->key, is_other || !word ? NULL : behov_wording_text(&heading),
         is_other || column->quantity == BEHOV_Q_OUTCOME ? behov_study_amount_quantity(ranking->fit_results->study)
                                                         : column->quantity},
        .figure = column->text ? NULL : figure_at,
        .text = column->text};
    behov_status status = behov_wording_status(&heading, err);
    if (!status)
        status = behov_table_columns_add(report, &new_column, 1, source, err);
    behov_wording_free(&heading);
    return status;
}

static size_t column_of_notes(const behov_report *report)
{
    size_t j = 0;
    while (strcmp(behov_report_column_at(report, j).key, "note") != 0)
        j++;
    return j;
}

/* The notes of the rows. */
static behov_status set_notes(const behov_ranking *ranking, behov_report *report, behov_error *err)
{
    size_t last = column_of_notes(report);
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < ranking->n_shown && !status; i++) {
        behov_ranking_row_note(ranking, &ranking->all[ranking->shown_positions[i]], &words);
        status = behov_wording_status(&words, err);
        if (!status)
            status = behov_report_set_text(report, last, i, behov_wording_text(&words), err);
    }
    behov_wording_free(&words);
    return status;
}

static behov_status make_table(const behov_ranking *ranking, bool is_whole, bool is_shown, behov_report **out,
                               behov_error *err)
{
    behov_report *report = NULL;
    behov_status status = behov_report_new("ranking", ranking->n_shown, NULL, &report, err);
    for (size_t i = 0; i < sizeof columns / sizeof *columns && !status; i++)
        if ((is_whole ? !columns[i].is_on_page_alone : columns[i].is_on_page) &&
            (!columns[i].is_there || columns[i].is_there(ranking)))
            status = add_column(&(column_source){ranking, &columns[i], is_shown}, is_whole, report, err);
    if (!status)
        status = set_notes(ranking, report, err);
    bool is_around = ranking->choices.around && ranking->around_shown < ranking->n_shown;
    for (size_t j = 0; !status && is_around && j < behov_report_n_columns(report); j++)
        status = behov_report_set_strong(report, j, ranking->around_shown, err);
    return behov_table_columns_return(status, report, out);
}

behov_status behov_ranking_table(const behov_ranking *ranking, bool is_whole, behov_report **report, behov_error *err)
{
    return make_table(ranking, is_whole, false, report, err);
}

/* ---- section -------------------------------------------------------------------------------------------------------
 * */

static behov_status add_section(const behov_ranking *ranking, bool is_whole, behov_section_list *list, behov_error *err)
{
    behov_language lang = ranking->fit_results->study->lang;
    behov_wording title = {0};
    behov_report *table = NULL;
    behov_ranking_title(ranking, &title);
    behov_status status = behov_wording_status(&title, err);
    if (!status)
        status = make_table(ranking, is_whole, true, &table, err);
    if (!status)
        status = behov_section_list_add(list,
                                        (behov_section){.name = behov_label(lang, BEHOV_WORD_SHEET_RANKING),
                                                        .title = behov_wording_text(&title),
                                                        .subtitle = behov_label(lang, BEHOV_WORD_SUBTITLE_RANKING),
                                                        .table_name = behov_label(lang, BEHOV_WORD_SHEET_RANKING),
                                                        .n_frozen_columns = ranking->has_groups ? 3 : 2,
                                                        .landscape = true,
                                                        .n_printed_columns = table ? column_of_notes(table) + 1 : 0},
                                        table, err);
    behov_wording_free(&title);
    return status;
}

behov_status behov_ranking_add(const behov_ranking *ranking, bool is_whole, behov_section_list *list, behov_error *err)
{
    unsigned remarks = BEHOV_CODES_REMARK | BEHOV_CLUSTERS_REMARK |
                       (behov_ranking_has_population(ranking) ? BEHOV_COUNTRY_REMARK : 0) |
                       (ranking->choices.year ? 0 : BEHOV_PRICES_REMARK);
    behov_wording words = {0};
    behov_status status = add_section(ranking, is_whole, list, err);
    for (size_t i = 0; i < BEHOV_RANKING_ANSWERS && !status; i++) {
        behov_ranking_answer(ranking, i, &words);
        status = behov_section_list_say(list, "", &words, err);
    }
    for (size_t i = 0; i < BEHOV_RANKING_NOTES && !status; i++) {
        behov_ranking_note(ranking, i, is_whole, &words);
        status = behov_section_list_say(list, "", &words, err);
        if (!status && i == BEHOV_RANKING_REMARKS_AFTER)
            status = behov_remarks_add(ranking->fit_results, remarks, list, err);
    }
    behov_wording_free(&words);
    return status;
}
