/* ratio_map_tables.c - see ratio_map_tables.h. */
#include <behov/ratio_map_tables.h>

#include <math.h>

#include <behov/labels.h>
#include <behov/ratio_map_sentences.h>
#include "table_columns.h"

/* Rows behind the last of the map's are those that are not on it; NULL for a row of the map. */
static const size_t *absent_at(const behov_ratio_map *map, size_t row)
{
    return row < map->n ? NULL : &map->absent[row - map->n];
}

static const char *code_text(const void *context, size_t row)
{
    const behov_ratio_map *map = context;
    const size_t *absent = absent_at(map, row);
    return absent ? map->ranking->places.all[*absent].code : map->places[row].code;
}

static const char *name_text(const void *context, size_t row)
{
    const behov_ratio_map *map = context;
    const size_t *absent = absent_at(map, row);
    return absent ? map->ranking->places.all[*absent].name : map->places[row].name;
}

static const char *class_text(const void *context, size_t row)
{
    const behov_ratio_map *map = context;
    behov_language lang = map->ranking->fit_results->study->lang;
    return absent_at(map, row) ? behov_label(lang, BEHOV_WORD_MAP_CLASS_ABSENT)
                               : behov_map_class_words(lang, map->places[row].map_class);
}

static double year_figure(const void *context, size_t row)
{
    const behov_ratio_map *map = context;
    return absent_at(map, row) ? NAN : (double)map->borders.year;
}

static behov_lasting lasting_at(const behov_ratio_map *map, size_t row)
{
    const size_t *absent = absent_at(map, row);
    return absent ? map->ranking->all[*absent].lasting : map->places[row].lasting;
}

static double level_figure(const void *context, size_t row)
{
    return lasting_at(context, row).ratio;
}

static double low_figure(const void *context, size_t row)
{
    return lasting_at(context, row).interval.low;
}

static double high_figure(const void *context, size_t row)
{
    return lasting_at(context, row).interval.high;
}

static double probability_figure(const void *context, size_t row)
{
    return lasting_at(context, row).probability_above;
}

behov_status behov_ratio_map_table(const behov_ratio_map *ratio_map, behov_report **report, behov_error *err)
{
    const behov_table_column columns[] = {
        {{"municipality_code", NULL, BEHOV_Q_CODE}, NULL, code_text},
        {{"municipality", NULL, BEHOV_Q_TEXT}, NULL, name_text},
        {{"map_year", NULL, BEHOV_Q_YEAR}, year_figure, NULL},
        {{"shrunk_ratio", NULL, BEHOV_Q_RATIO}, level_figure, NULL},
        {{"shrunk_ratio_low", NULL, BEHOV_Q_RATIO}, low_figure, NULL},
        {{"shrunk_ratio_high", NULL, BEHOV_Q_RATIO}, high_figure, NULL},
        {{"probability_above_100", NULL, BEHOV_Q_PROBABILITY}, probability_figure, NULL},
        {{"map_class", NULL, BEHOV_Q_TEXT}, NULL, class_text},
    };
    return behov_table_columns_new("map", ratio_map->n + ratio_map->n_absent, columns, sizeof columns / sizeof *columns,
                                   ratio_map, report, err);
}
