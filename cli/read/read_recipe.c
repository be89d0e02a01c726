/* read_recipe.c - a recipe file into a recipe: which keys there are, what each may hold, what hangs together. */
#include "read_recipe.h"

#include <behov/near_word.h>
#include <behov/number.h>
#include <behov/panel_build.h>
#include <behov/phrase.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "ini_lines.h"
#include "recipe_files.h"
#include "recipe_values.h"

enum { MOST_KEYS = 32, FIRST_YEAR = 1900, LAST_YEAR = 2200 };

typedef enum section_kind { IN_NOTHING, IN_RECIPE, IN_SOURCE, IN_COLUMN, N_SECTION_KINDS } section_kind;

typedef enum value_kind {
    TAKES_TEXT,
    TAKES_NAMES,        /* separated by blanks, in double quotes where they hold some */
    TAKES_ALTERNATIVES, /* names of one thing, with | between them */
    TAKES_PAIR,         /* the key names a dimension, the value is a list */
    TAKES_CODE,         /* the key names a code and years, the value is another code */
    TAKES_ZEROS,
    TAKES_FETCH,
    TAKES_KIND,
    TAKES_MARK,
    TAKES_YEARS,
    TAKES_MUNICIPALITIES,
    TAKES_SHIFT,
    TAKES_SCALE,
    TAKES_YES_NO
} value_kind;

typedef struct key_rule {
    const char *name;
    size_t offset;
    value_kind takes;
} key_rule;

static const key_rule recipe_keys[] = {
    {"title", offsetof(behov_recipe, title), TAKES_TEXT},
    {"model", offsetof(behov_recipe, model), TAKES_TEXT},
    {"note", offsetof(behov_recipe, note), TAKES_TEXT},
    {"years", offsetof(behov_recipe, first_year), TAKES_YEARS},
    {"municipalities", offsetof(behov_recipe, municipalities), TAKES_MUNICIPALITIES},
};

static const key_rule source_keys[] = {
    {"title", offsetof(behov_recipe_source, title), TAKES_TEXT},
    {"publisher", offsetof(behov_recipe_source, publisher), TAKES_TEXT},
    {"table", offsetof(behov_recipe_source, table), TAKES_TEXT},
    {"files", offsetof(behov_recipe_source, files), TAKES_NAMES},
    {"file", offsetof(behov_recipe_source, file), TAKES_TEXT},
    {"place", offsetof(behov_recipe_source, place), TAKES_TEXT},
    {"fetch", offsetof(behov_recipe_source, fetch), TAKES_FETCH},
    {"address", offsetof(behov_recipe_source, address), TAKES_TEXT},
    {"select", offsetof(behov_recipe_source, selects), TAKES_PAIR},
    {"codelist", offsetof(behov_recipe_source, codelists), TAKES_PAIR},
    {"region", offsetof(behov_recipe_source, region), TAKES_NAMES},
    {"region_name", offsetof(behov_recipe_source, region_label), TAKES_NAMES},
    {"year", offsetof(behov_recipe_source, year), TAKES_NAMES},
    {"measure", offsetof(behov_recipe_source, measure), TAKES_ALTERNATIVES},
    {"says", offsetof(behov_recipe_source, says), TAKES_ALTERNATIVES},
    {"year_shift", offsetof(behov_recipe_source, year_shift), TAKES_SHIFT},
    {"code_year_shift", offsetof(behov_recipe_source, code_year_shift), TAKES_SHIFT},
    {"code", offsetof(behov_recipe_source, codes), TAKES_CODE},
    {"zero", offsetof(behov_recipe_source, zeros), TAKES_ZEROS},
    {"date", offsetof(behov_recipe_source, date), TAKES_TEXT},
    {"revision", offsetof(behov_recipe_source, revision), TAKES_TEXT},
    {"note", offsetof(behov_recipe_source, note), TAKES_TEXT},
    {"unconfirmed", offsetof(behov_recipe_source, unconfirmed), TAKES_TEXT},
    {"sheet", offsetof(behov_recipe_source, sheet), TAKES_TEXT},
    {"encoding", offsetof(behov_recipe_source, encoding), TAKES_TEXT},
    {"format", offsetof(behov_recipe_source, format), TAKES_TEXT},
    {"value", offsetof(behov_recipe_source, value), TAKES_TEXT},
    {"separator", offsetof(behov_recipe_source, separator), TAKES_MARK},
    {"decimal", offsetof(behov_recipe_source, decimal), TAKES_MARK},
};

static const key_rule column_keys[] = {
    {"source", offsetof(behov_recipe_column, source), TAKES_TEXT},
    {"kind", offsetof(behov_recipe_column, kind), TAKES_KIND},
    {"unit", offsetof(behov_recipe_column, unit), TAKES_TEXT},
    {"filter", offsetof(behov_recipe_column, filters), TAKES_PAIR},
    {"sum", offsetof(behov_recipe_column, sums), TAKES_NAMES},
    {"numerator", offsetof(behov_recipe_column, numerator), TAKES_TEXT},
    {"denominator", offsetof(behov_recipe_column, denominator), TAKES_TEXT},
    {"scale", offsetof(behov_recipe_column, scale), TAKES_SCALE},
    {"weight", offsetof(behov_recipe_column, weight), TAKES_TEXT},
    {"years", offsetof(behov_recipe_column, first_year), TAKES_YEARS},
    {"date", offsetof(behov_recipe_column, date), TAKES_TEXT},
    {"revision", offsetof(behov_recipe_column, revision), TAKES_TEXT},
    {"note", offsetof(behov_recipe_column, note), TAKES_TEXT},
    {"unconfirmed", offsetof(behov_recipe_column, unconfirmed), TAKES_TEXT},
    {"panel", offsetof(behov_recipe_column, is_helper), TAKES_YES_NO},
};

static const struct {
    const char *name;
    const key_rule *keys;
    size_t n_keys;
} sections[N_SECTION_KINDS] = {
    [IN_RECIPE] = {"recipe", recipe_keys, sizeof recipe_keys / sizeof *recipe_keys},
    [IN_SOURCE] = {"source", source_keys, sizeof source_keys / sizeof *source_keys},
    [IN_COLUMN] = {"column", column_keys, sizeof column_keys / sizeof *column_keys},
};

typedef struct recipe_reading {
    behov_recipe *out;
    const char *path;
    section_kind section;
    size_t recipe_line, key_lines[MOST_KEYS]; /* of the section that is read */
} recipe_reading;

#define FAIL(r, line, code, ...) behov_error_say(err, code, ini_lines_where((r)->path, line).text, __VA_ARGS__)

static behov_status out_of_memory(const recipe_reading *r, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, r->path, SAY_RECIPE_NO_MEMORY);
}

/* ", did you mean X?", or nothing. */
static behov_said near_phrase(const behov_near_word *near)
{
    behov_said said = {{0}};
    if (near->nearest)
        said = behov_phrase(SAY_RECIPE_NEAR, near->nearest);
    return said;
}

/* ---- sections ------------------------------------------------------------------------------------------------------ */

/* Names are columns of a panel and words of a recipe: no blanks, no quotes. */
static bool is_name(const char *name)
{
    return *name && !strpbrk(name, " \t\"',;=[]");
}

/* Room for one more: arrays grow by one, for a recipe has some tens of them. */
static void *one_more(void *all, size_t n, size_t size)
{
    char *larger = realloc(all, (n + 1) * size);
    if (larger)
        memset(larger + n * size, 0, size);
    return larger;
}

static behov_status start_source(recipe_reading *r, const char *name, size_t line, behov_error *err)
{
    ptrdiff_t twin = behov_recipe_find_source(r->out, name);
    if (twin >= 0)
        return FAIL(r, line, BEHOV_E_SYNTAX, SAY_RECIPE_SECTION_AGAIN, "source ", name,
                    (unsigned long)r->out->sources[twin].line);
    behov_recipe_source *larger = one_more(r->out->sources, r->out->n_sources, sizeof *larger);
    if (!larger)
        return out_of_memory(r, err);
    r->out->sources = larger;
    behov_recipe_source *source = &larger[r->out->n_sources];
    if (!(source->name = strdup(name)))
        return out_of_memory(r, err);
    source->line = line;
    r->out->n_sources++;
    return BEHOV_OK;
}

static behov_status start_column(recipe_reading *r, const char *name, size_t line, behov_error *err)
{
    if (strcmp(name, "municipality_code") == 0 || strcmp(name, "municipality") == 0 || strcmp(name, "year") == 0)
        return FAIL(r, line, BEHOV_E_SYNTAX, SAY_RECIPE_RESERVED, name);
    behov_recipe_column *larger = one_more(r->out->columns, r->out->n_columns, sizeof *larger);
    if (!larger)
        return out_of_memory(r, err);
    r->out->columns = larger;
    behov_recipe_column *column = &larger[r->out->n_columns];
    if (!(column->name = strdup(name)))
        return out_of_memory(r, err);
    column->line = line;
    column->scale = 1;
    r->out->n_columns++;
    return BEHOV_OK;
}

static behov_status take_section(void *context, const char *text, size_t line, behov_error *err)
{
    recipe_reading *r = context;
    memset(r->key_lines, 0, sizeof r->key_lines);
    if (strcmp(text, "recipe") == 0) {
        if (r->recipe_line)
            return FAIL(r, line, BEHOV_E_SYNTAX, SAY_RECIPE_SECTION_AGAIN, "", text, (unsigned long)r->recipe_line);
        r->section = IN_RECIPE;
        r->recipe_line = line;
        return BEHOV_OK;
    }
    size_t n_word = strcspn(text, " \t");
    const char *name = text + n_word + strspn(text + n_word, " \t");
    bool is_source = n_word == 6 && memcmp(text, "source", 6) == 0;
    if (!is_source && !(n_word == 6 && memcmp(text, "column", 6) == 0))
        return FAIL(r, line, BEHOV_E_SYNTAX, SAY_RECIPE_SECTION_UNKNOWN, behov_cut(text, 60).text);
    if (!is_name(name))
        return FAIL(r, line, BEHOV_E_SYNTAX, SAY_RECIPE_SECTION_NAME, is_source ? "source" : "column",
                    behov_cut(name, 60).text);
    r->section = is_source ? IN_SOURCE : IN_COLUMN;
    return is_source ? start_source(r, name, line, err) : start_column(r, name, line, err);
}

/* ---- values -------------------------------------------------------------------------------------------------------- */

static behov_status refuse_value(const recipe_reading *r, size_t line, const char *key, const char *value,
                                 const char *choices, behov_error *err)
{
    return FAIL(r, line, BEHOV_E_SYNTAX, SAY_RECIPE_VALUE, key, behov_cut(value, 80).text, choices);
}

static behov_status take_fetch(const recipe_reading *r, const char *value, size_t line, behov_recipe_fetch *out,
                               behov_error *err)
{
    for (int fetch = BEHOV_FETCH_PXWEB2; fetch <= BEHOV_FETCH_ADDRESS; fetch++)
        if (strcmp(value, behov_recipe_fetch_text((behov_recipe_fetch)fetch)) == 0) {
            *out = (behov_recipe_fetch)fetch;
            return BEHOV_OK;
        }
    return refuse_value(r, line, "fetch", value, "pxweb2, pxweb0, klass, address", err);
}

static behov_status take_kind(const recipe_reading *r, const char *value, size_t line, behov_recipe_kind *out,
                              behov_error *err)
{
    for (int kind = BEHOV_RECIPE_COUNT; kind <= BEHOV_RECIPE_PUBLISHED; kind++)
        if (strcmp(value, behov_recipe_kind_text((behov_recipe_kind)kind)) == 0) {
            *out = (behov_recipe_kind)kind;
            return BEHOV_OK;
        }
    return refuse_value(r, line, "kind", value, "count, amount, rate, published", err);
}

static behov_status take_mark(const recipe_reading *r, const char *key, const char *value, size_t line, char *out,
                              behov_error *err)
{
    static const struct {
        const char *name;
        char mark;
    } marks[] = {{"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {"point", '.'}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strcmp(value, marks[i].name) == 0) {
            *out = marks[i].mark;
            return BEHOV_OK;
        }
    return refuse_value(r, line, key, value, strcmp(key, "decimal") == 0 ? "point, comma" : "comma, semicolon, tab",
                        err);
}

static behov_status take_number(const recipe_reading *r, const char *key, const char *value, size_t line, double low,
                                double high, bool is_whole, double *out, behov_error *err)
{
    if (behov_number_parse(value, strlen(value), '.', out) != BEHOV_NUMBER_OK || !(*out >= low && *out <= high) ||
        (is_whole && *out != floor(*out)))
        return refuse_value(r, line, key, value, is_whole ? "-10 ... 10" : "0.000001 ... 1000000", err);
    return BEHOV_OK;
}

static behov_status take_municipalities(const recipe_reading *r, const char *value, size_t line, int *year,
                                        behov_error *err)
{
    int first, last;
    if (strcmp(value, "as published") == 0) {
        *year = 0;
        return BEHOV_OK;
    }
    if (!recipe_values_years(value, FIRST_YEAR, LAST_YEAR, &first, &last) || first != last)
        return refuse_value(r, line, "municipalities", value, "as published, 2024", err);
    *year = first;
    return BEHOV_OK;
}

static behov_status take_text(const recipe_reading *r, const char *value, char **out, behov_error *err)
{
    return (*out = strdup(value)) ? BEHOV_OK : out_of_memory(r, err);
}

static behov_status take_names(const recipe_reading *r, const char *value, size_t line, behov_recipe_texts *out,
                               behov_error *err)
{
    behov_said where = ini_lines_where(r->path, line);
    return recipe_values_names(value, where.text, out, err);
}

/* A figure that is hidden is not 0: its marks are refused. */
static behov_status take_zeros(const recipe_reading *r, const char *value, size_t line, behov_recipe_texts *out,
                               behov_error *err)
{
    behov_status status = take_names(r, value, line, out, err);
    for (size_t i = 0; i < out->n && !status; i++)
        if (behov_build_mark_is_suppressed(out->all[i]))
            status = refuse_value(r, line, "zero", out->all[i], ". .. -", err);
    return status;
}

/* What a key without a dimension holds. */
static behov_status take_value(recipe_reading *r, const key_rule *rule, const char *value, size_t line, void *field,
                               behov_error *err)
{
    double number = 0;
    behov_status status = BEHOV_OK;
    switch (rule->takes) {
    case TAKES_TEXT: return take_text(r, value, field, err);
    case TAKES_NAMES: return take_names(r, value, line, field, err);
    case TAKES_ALTERNATIVES: return recipe_values_alternatives(value, ini_lines_where(r->path, line).text, field, err);
    case TAKES_FETCH: return take_fetch(r, value, line, field, err);
    case TAKES_KIND: return take_kind(r, value, line, field, err);
    case TAKES_MARK: return take_mark(r, rule->name, value, line, field, err);
    case TAKES_MUNICIPALITIES: return take_municipalities(r, value, line, field, err);
    case TAKES_YEARS: /* first and last lie one behind the other in every struct */
        return recipe_values_years(value, FIRST_YEAR, LAST_YEAR, field, (int *)field + 1)
                   ? BEHOV_OK
                   : refuse_value(r, line, rule->name, value, "2012-2016, 2016, 2015-", err);
    case TAKES_SHIFT:
        if (!(status = take_number(r, rule->name, value, line, -10, 10, true, &number, err)))
            *(int *)field = (int)number;
        return status;
    case TAKES_SCALE: return take_number(r, rule->name, value, line, 1e-6, 1e6, false, field, err);
    case TAKES_YES_NO:
        if (strcmp(value, "yes") != 0 && strcmp(value, "no") != 0)
            return refuse_value(r, line, rule->name, value, "yes, no", err);
        *(bool *)field = strcmp(value, "no") == 0;
        return BEHOV_OK;
    case TAKES_ZEROS: return take_zeros(r, value, line, field, err);
    case TAKES_PAIR:
    case TAKES_CODE: break;
    }
    return status;
}

static behov_status take_dimension(recipe_reading *r, const char *key, const char *names, const char *value,
                                   size_t line, behov_recipe_pairs *pairs, behov_error *err)
{
    if (!*names)
        return FAIL(r, line, BEHOV_E_SYNTAX, SAY_RECIPE_NO_DIMENSION, key);
    behov_recipe_pair *larger = one_more(pairs->all, pairs->n, sizeof *larger);
    if (!larger)
        return out_of_memory(r, err);
    pairs->all = larger;
    behov_recipe_pair *pair = &larger[pairs->n++];
    pair->line = line;
    behov_said where = ini_lines_where(r->path, line);
    behov_status status = recipe_values_names(names, where.text, &pair->names, err);
    if (!status)
        status = recipe_values_list(value, where.text, &pair->values, &pair->is_optional, err);
    for (size_t i = 0; !status && i + 1 < pairs->n; i++)
        if (strcmp(pairs->all[i].names.all[0], pair->names.all[0]) == 0)
            status = FAIL(r, line, BEHOV_E_SYNTAX, SAY_RECIPE_KEY_TWICE, behov_cut(names, 80).text,
                          (unsigned long)pairs->all[i].line);
    return status;
}

static bool read_code(const char *text, size_t length, char code[5])
{
    if (length != 4 || strspn(text, "0123456789") < 4)
        return false;
    memcpy(code, text, 4);
    code[4] = '\0';
    return true;
}

/* `code 1903 2012 = 1901`: a code stands once in a year. */
static behov_status take_code(recipe_reading *r, const char *names, const char *value, size_t line,
                              behov_recipe_codes *codes, behov_error *err)
{
    behov_recipe_code rule = {.line = line};
    size_t n_word = strcspn(names, " \t");
    const char *years = names + n_word + strspn(names + n_word, " \t");
    if (!read_code(names, n_word, rule.code) || !read_code(value, strlen(value), rule.stands_for) ||
        !recipe_values_years(years, FIRST_YEAR, LAST_YEAR, &rule.first_year, &rule.last_year))
        return refuse_value(r, line, "code", names, "code 1903 2012 = 1901, code 1903 2010-2012 = 1901", err);
    for (size_t i = 0; i < codes->n; i++)
        if (strcmp(codes->all[i].code, rule.code) == 0 && codes->all[i].first_year <= rule.last_year &&
            rule.first_year <= codes->all[i].last_year)
            return FAIL(r, line, BEHOV_E_SYNTAX, SAY_RECIPE_KEY_TWICE, behov_cut(names, 80).text,
                        (unsigned long)codes->all[i].line);
    behov_recipe_code *larger = one_more(codes->all, codes->n, sizeof *larger);
    if (!larger)
        return out_of_memory(r, err);
    codes->all = larger;
    larger[codes->n++] = rule;
    return BEHOV_OK;
}

/* ---- pairs --------------------------------------------------------------------------------------------------------- */

static void *section_struct(const recipe_reading *r)
{
    switch (r->section) {
    case IN_SOURCE: return &r->out->sources[r->out->n_sources - 1];
    case IN_COLUMN: return &r->out->columns[r->out->n_columns - 1];
    default: return r->out;
    }
}

static behov_status refuse_key(const recipe_reading *r, const char *key, size_t line, behov_error *err)
{
    behov_excerpt word = behov_cut(key, 60);
    behov_near_word near = behov_near_word_start(word.text);
    for (size_t i = 0; i < sections[r->section].n_keys; i++)
        behov_near_word_try(&near, sections[r->section].keys[i].name);
    return FAIL(r, line, BEHOV_E_SYNTAX, SAY_RECIPE_KEY_UNKNOWN, word.text, sections[r->section].name,
                near_phrase(&near).text);
}

static behov_status take_pair(void *context, const char *key, const char *value, size_t line, behov_error *err)
{
    recipe_reading *r = context;
    size_t n_word = strcspn(key, " \t");
    const char *names = key + n_word + strspn(key + n_word, " \t");
    for (size_t i = 0; i < sections[r->section].n_keys; i++) {
        const key_rule *rule = &sections[r->section].keys[i];
        bool has_dimension = rule->takes == TAKES_PAIR || rule->takes == TAKES_CODE;
        if (strlen(rule->name) != n_word || memcmp(rule->name, key, n_word) != 0 || (*names && !has_dimension))
            continue;
        if (!*value)
            return FAIL(r, line, BEHOV_E_SYNTAX, SAY_RECIPE_NO_VALUE, behov_cut(key, 60).text);
        void *field = (char *)section_struct(r) + rule->offset;
        if (rule->takes == TAKES_CODE)
            return take_code(r, names, value, line, field, err);
        if (has_dimension)
            return take_dimension(r, rule->name, names, value, line, field, err);
        if (r->key_lines[i])
            return FAIL(r, line, BEHOV_E_SYNTAX, SAY_RECIPE_KEY_TWICE, rule->name, (unsigned long)r->key_lines[i]);
        r->key_lines[i] = line;
        return take_value(r, rule, value, line, field, err);
    }
    return refuse_key(r, key, line, err);
}

/* ---- what hangs together ------------------------------------------------------------------------------------------- */

static behov_status needs(const recipe_reading *r, const char *section, const char *name, const char *key, size_t line,
                          behov_error *err)
{
    return FAIL(r, line, BEHOV_E_SYNTAX, SAY_RECIPE_NEEDS, section, name, key);
}

static behov_status check_source(const recipe_reading *r, const behov_recipe_source *source, behov_error *err)
{
    bool is_pxweb = source->fetch == BEHOV_FETCH_PXWEB2 || source->fetch == BEHOV_FETCH_PXWEB0;
    if (!source->files.n)
        return needs(r, "source", source->name, "files", source->line, err);
    if (!source->place)
        return needs(r, "source", source->name, "place", source->line, err);
    if (is_pxweb && !source->table)
        return needs(r, "source", source->name, "table", source->line, err);
    if (source->file && (strpbrk(source->file, "/*?{}") || source->file[0] == '.'))
        return refuse_value(r, source->line, "file", source->file, "07459-women", err);
    if (source->fetch && !is_pxweb && !source->address)
        return needs(r, "source", source->name, "address", source->line, err);
    return BEHOV_OK;
}

/* Two sources that are fetched to one file would each be read from what the other asked for. */
static behov_status check_fetched_names(const recipe_reading *r, const behov_recipe_source *source, behov_error *err)
{
    behov_status status = BEHOV_OK;
    char *own = source->fetch ? recipe_fetched_name(source) : NULL;
    for (const behov_recipe_source *twin = r->out->sources; own && twin < source && !status; twin++) {
        char *other = twin->fetch ? recipe_fetched_name(twin) : NULL;
        if (other && (recipe_is_fetched_name(own, other) || recipe_is_fetched_name(other, own)))
            status = FAIL(r, source->line, BEHOV_E_SYNTAX, SAY_RECIPE_FILE_AGAIN, source->name, twin->name,
                          (unsigned long)twin->line, behov_cut(own, 80).text);
        free(other);
    }
    free(own);
    return status;
}

static behov_status find_column(const recipe_reading *r, const behov_recipe_column *column, const char *key,
                                const char *name, behov_error *err)
{
    ptrdiff_t found = behov_recipe_find_column(r->out, name);
    if (found < 0) {
        behov_near_word near = behov_near_word_start(name);
        for (size_t i = 0; i < r->out->n_columns; i++)
            behov_near_word_try(&near, r->out->columns[i].name);
        return FAIL(r, column->line, BEHOV_E_NAME, SAY_RECIPE_COLUMN_UNKNOWN, column->name, key,
                    behov_cut(name, 60).text, near_phrase(&near).text);
    }
    if (r->out->columns[found].kind == BEHOV_RECIPE_RATE || r->out->columns[found].kind == BEHOV_RECIPE_PUBLISHED)
        return FAIL(r, column->line, BEHOV_E_SYNTAX, SAY_RECIPE_RATE_OF_RATE, column->name, key, name);
    return BEHOV_OK;
}

static behov_status check_rate(const recipe_reading *r, const behov_recipe_column *column, behov_error *err)
{
    if (!column->numerator || !column->denominator)
        return needs(r, "column", column->name, column->numerator ? "denominator" : "numerator", column->line, err);
    if (column->source || column->filters.n || column->sums.n)
        return FAIL(r, column->line, BEHOV_E_SYNTAX, SAY_RECIPE_FOREIGN_KEY, column->name, "rate",
                    column->source      ? "source"
                    : column->filters.n ? "filter"
                                        : "sum");
    behov_status status = find_column(r, column, "numerator", column->numerator, err);
    return status ? status : find_column(r, column, "denominator", column->denominator, err);
}

/* A column stands once, or several times with years that do not overlap. */
static behov_status check_twins(const recipe_reading *r, const behov_recipe_column *column, behov_error *err)
{
    for (const behov_recipe_column *twin = r->out->columns; twin < column; twin++) {
        if (strcmp(twin->name, column->name) != 0)
            continue;
        if (!twin->first_year || !column->first_year)
            return FAIL(r, column->line, BEHOV_E_SYNTAX, SAY_RECIPE_SECTION_AGAIN, "column ", column->name,
                        (unsigned long)twin->line);
        if (twin->first_year <= column->last_year && column->first_year <= twin->last_year)
            return FAIL(r, column->line, BEHOV_E_SYNTAX, SAY_RECIPE_YEARS_OVERLAP, column->name,
                        (unsigned long)twin->line);
        if (twin->kind != column->kind || twin->is_helper != column->is_helper)
            return FAIL(r, column->line, BEHOV_E_SYNTAX, SAY_RECIPE_TWINS_DIFFER, column->name,
                        (unsigned long)twin->line);
    }
    return BEHOV_OK;
}

static behov_status check_column(const recipe_reading *r, const behov_recipe_column *column, behov_error *err)
{
    if (!column->kind)
        return needs(r, "column", column->name, "kind", column->line, err);
    behov_status status = check_twins(r, column, err);
    if (status)
        return status;
    if (column->weight && column->kind != BEHOV_RECIPE_PUBLISHED)
        return FAIL(r, column->line, BEHOV_E_SYNTAX, SAY_RECIPE_FOREIGN_KEY, column->name,
                    behov_recipe_kind_text(column->kind), "weight");
    if (column->kind == BEHOV_RECIPE_RATE)
        return check_rate(r, column, err);
    if (column->numerator || column->denominator || (column->sums.n && column->kind == BEHOV_RECIPE_PUBLISHED))
        return FAIL(r, column->line, BEHOV_E_SYNTAX, SAY_RECIPE_FOREIGN_KEY, column->name,
                    behov_recipe_kind_text(column->kind),
                    column->numerator     ? "numerator"
                    : column->denominator ? "denominator"
                                          : "sum");
    if (!column->source)
        return needs(r, "column", column->name, "source", column->line, err);
    if (behov_recipe_find_source(r->out, column->source) < 0) {
        behov_near_word near = behov_near_word_start(column->source);
        for (size_t i = 0; i < r->out->n_sources; i++)
            behov_near_word_try(&near, r->out->sources[i].name);
        return FAIL(r, column->line, BEHOV_E_NAME, SAY_RECIPE_SOURCE_UNKNOWN, column->name,
                    behov_cut(column->source, 60).text, near_phrase(&near).text);
    }
    return column->weight ? find_column(r, column, "weight", column->weight, err) : BEHOV_OK;
}

behov_status read_recipe(const char *path, behov_recipe *out, behov_error *err)
{
    *out = (behov_recipe){0};
    recipe_reading reading = {.out = out, .path = path};
    ini_lines_taker taker = {.section = take_section, .pair = take_pair, .context = &reading};
    behov_status status = ini_lines_read(path, &taker, &out->encoding_is_guess, err);
    for (size_t i = 0; !status && i < out->n_sources; i++)
        status = check_source(&reading, &out->sources[i], err);
    for (size_t i = 0; !status && i < out->n_sources; i++)
        status = check_fetched_names(&reading, &out->sources[i], err);
    for (size_t i = 0; !status && i < out->n_columns; i++)
        status = check_column(&reading, &out->columns[i], err);
    if (!status && !out->n_columns)
        return behov_error_say(err, BEHOV_E_SYNTAX, path, SAY_RECIPE_NO_COLUMNS);
    return status;
}
