/* read_statistics.c - see read_statistics.h.
 *
 * statistics_file.c tells the variables and value labels; here each variable becomes a column, or is passed over, and
 * cells go to typed_columns.c. ReadStat reads what a damaged file still gives, so rows are counted against those that
 * the file says to have. */
#include "read_statistics.h"

#include <behov/code.h>
#include <behov/number.h>
#include <behov/panel.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "letters.h"
#include "statistics_file.h"
#include "typed_columns.h"

typedef struct statistics_reader {
    const read_csv_options *options;
    text_source *source;
    statistics_file file;
    typed_columns *columns;
    bool *takes_labels; /* of each variable: its value labels are its cells */
    size_t n_whole;     /* rows all of whose cells have been taken */
    behov_error *err;
} statistics_reader;

static void notify(const statistics_reader *reader, behov_word word, const char *format, ...) BEHOV_PRINTF(3, 4);

static void notify(const statistics_reader *reader, behov_word word, const char *format, ...)
{
    if (!reader->options->notice)
        return;
    behov_error message;
    va_list arguments;
    va_start(arguments, format);
    behov_error_say_list(&message, BEHOV_OK, "", word, format, arguments);
    va_end(arguments);
    behov_said whole, sentence = behov_error_phrase(&message);
    behov_phrase_list(&whole, text_source_name(reader->source), ": ", sentence.text, NULL);
    reader->options->notice(reader->options->context, whole.text);
}

/* ---- which variables, and by which name -------------------------------------------------------------------------- */

static behov_read_kind choose(const statistics_reader *reader, const char *name)
{
    if (!name[0])
        return BEHOV_READ_NOT;
    return reader->options->choose ? reader->options->choose(reader->options->context, name) : BEHOV_READ_AS_FOUND;
}

/* How each variable is wanted by its name; and, where it is not, by its label, which may be the heading that a file of
 * text would have: "Kommunenummer" of v3. A label does not stand for what a name stands for already. */
typedef struct naming {
    const char **names; /* of each variable, borrowed */
    behov_read_kind *kinds;
} naming;

static bool is_taken(const statistics_reader *reader, const naming *naming, const char *label)
{
    behov_role role = behov_role_of_name(label);
    for (size_t j = 0; j < reader->file.n; j++) {
        if (strcmp(naming->names[j], label) == 0 || strcmp(reader->file.variables[j].name, label) == 0)
            return true;
        if (role < BEHOV_N_ROLES && naming->kinds[j] != BEHOV_READ_NOT && behov_role_of_name(naming->names[j]) == role)
            return true;
    }
    return false;
}

static void take_labels_as_names(const statistics_reader *reader, naming *naming)
{
    for (size_t j = 0; j < reader->file.n; j++) {
        const statistics_variable *variable = &reader->file.variables[j];
        if (naming->kinds[j] != BEHOV_READ_NOT || !variable->label[0] || strcmp(variable->label, variable->name) == 0)
            continue;
        behov_read_kind kind = choose(reader, variable->label);
        if (kind == BEHOV_READ_NOT || is_taken(reader, naming, variable->label))
            continue;
        notify(reader, SAY_STATISTICS_LABEL_IS_NAME, behov_cut(variable->name, 80).text,
               behov_cut(variable->label, 80).text);
        naming->names[j] = variable->label;
        naming->kinds[j] = kind;
    }
}

static behov_status add_columns(statistics_reader *reader)
{
    size_t n = reader->file.n;
    naming naming = {.names = malloc(n * sizeof *naming.names), .kinds = malloc(n * sizeof *naming.kinds)};
    reader->takes_labels = calloc(n, sizeof *reader->takes_labels);
    behov_status status = BEHOV_OK;
    if (!naming.names || !naming.kinds || !reader->takes_labels)
        status =
            behov_error_say(reader->err, BEHOV_E_MEMORY, text_source_name(reader->source), SAY_STATISTICS_NO_MEMORY);
    for (size_t j = 0; j < n && !status; j++) {
        naming.names[j] = reader->file.variables[j].name;
        naming.kinds[j] = choose(reader, naming.names[j]);
    }
    if (!status)
        take_labels_as_names(reader, &naming);
    for (size_t j = 0; j < n && !status; j++)
        status = typed_columns_add_as(reader->columns, naming.names[j], naming.kinds[j], reader->err);
    free(naming.names);
    free(naming.kinds);
    return status;
}

/* ---- value labels and formats of a column ------------------------------------------------------------------------ */

static bool is_code(const char *text)
{
    return behov_code_read(text, strlen(text)).kind == BEHOV_CODE_FOUR_DIGITS;
}

/* Stata's `encode` counts the texts of a variable from 1 and makes them its value labels: then the labels are the codes
 * of municipalities. Values of three or four digits are the codes themselves. */
static bool labels_are_codes(const statistics_label *labels, size_t n)
{
    bool all_are_codes = n > 0, values_are_codes = true;
    for (size_t i = 0; i < n; i++) {
        all_are_codes = all_are_codes && is_code(labels[i].text);
        values_are_codes = values_are_codes && labels[i].number >= 100 && labels[i].number <= 9999;
    }
    return all_are_codes && !values_are_codes;
}

/* The first label that is a number, but not that of its value: 1 = "2012". */
static const statistics_label *odd_number(const statistics_label *labels, size_t n)
{
    double number;
    for (size_t i = 0; i < n; i++)
        if (!labels[i].key &&
            behov_number_parse(labels[i].text, strlen(labels[i].text), '.', &number) == BEHOV_NUMBER_OK &&
            number != labels[i].number)
            return &labels[i];
    return NULL;
}

/* A value and its label, for a message. */
typedef struct shown_label {
    char value[64], label[64];
} shown_label;

static shown_label show_label(const statistics_label *label)
{
    shown_label shown;
    char number[BEHOV_NUMBER_SIZE] = "";
    if (!label->key)
        behov_number_shortest(label->number, number);
    const char *value = label->key ? label->key : number;
    behov_letters_show_cell(value, strlen(value), shown.value);
    behov_letters_show_cell(label->text, strlen(label->text), shown.label);
    return shown;
}

/* What a date counts from its beginning, NULL for a format of no date. */
static const char *date_unit(const statistics_file *file, const char *format)
{
    static const struct {
        char letter;
        const char *unit;
    } stata[] = {{'d', PHRASE_STATISTICS_DATE_DAYS},         {'w', PHRASE_STATISTICS_DATE_WEEKS},
                 {'m', PHRASE_STATISTICS_DATE_MONTHS},       {'q', PHRASE_STATISTICS_DATE_QUARTERS},
                 {'h', PHRASE_STATISTICS_DATE_HALF_YEARS},   {'c', PHRASE_STATISTICS_DATE_MILLISECONDS},
                 {'C', PHRASE_STATISTICS_DATE_MILLISECONDS}, {'b', PHRASE_STATISTICS_DATE_WORKDAYS}};
    static const char *const spss[] = {"DATE", "ADATE", "EDATE", "SDATE", "JDATE", "QYR", "MOYR", "WKYR", "YMDHMS"};
    if (file->is_spss) {
        for (size_t i = 0; i < sizeof spss / sizeof *spss; i++)
            if (strncmp(format, spss[i], strlen(spss[i])) == 0)
                return PHRASE_STATISTICS_DATE_SECONDS;
        return NULL;
    }
    if (*format++ != '%')
        return NULL;
    format += *format == '-';
    if (*format == 'd')
        return PHRASE_STATISTICS_DATE_DAYS;
    for (size_t i = 0; *format == 't' && i < sizeof stata / sizeof *stata; i++)
        if (format[1] == stata[i].letter)
            return stata[i].unit;
    return NULL;
}

/* Decides whether labels are its cells, and reports what its numbers may be taken for. */
static void look_at_column(statistics_reader *reader, size_t j)
{
    const statistics_variable *variable = &reader->file.variables[j];
    const char *name = typed_columns_name(reader->columns, j);
    behov_read_kind kind = typed_columns_kind(reader->columns, j);
    size_t n = 0;
    const statistics_label *labels = statistics_file_set(&reader->file, variable->set, &n);
    const char *unit = variable->is_text ? NULL : date_unit(&reader->file, variable->format);
    if (kind == BEHOV_READ_NOT)
        return;
    if (unit)
        notify(reader, SAY_STATISTICS_DATES, behov_cut(name, 80).text, variable->format, unit);
    if (!labels)
        return;
    const statistics_label *odd = variable->is_text ? NULL : odd_number(labels, n);
    shown_label shown = show_label(odd && kind != BEHOV_READ_AS_TEXT && kind != BEHOV_READ_AS_CODE ? odd : labels);
    if (kind == BEHOV_READ_AS_TEXT) {
        reader->takes_labels[j] = true;
        notify(reader, SAY_STATISTICS_LABELS_ARE_TEXTS, behov_cut(name, 80).text, shown.value, shown.label);
    } else if (kind == BEHOV_READ_AS_CODE && !variable->is_text && labels_are_codes(labels, n)) {
        reader->takes_labels[j] = true;
        notify(reader, SAY_STATISTICS_CODES_FROM_LABELS, behov_cut(name, 80).text, shown.value, shown.label);
    } else if (kind != BEHOV_READ_AS_CODE && odd) {
        notify(reader, SAY_STATISTICS_LABELS_ARE_NUMBERS, behov_cut(name, 80).text, shown.value, shown.label);
    }
}

static void report_file(const statistics_reader *reader)
{
    const statistics_file *file = &reader->file;
    if (file->is_guess && file->declared_encoding[0])
        notify(reader, SAY_STATISTICS_ENCODING_IS_UTF8, file->declared_encoding);
    else if (file->is_guess)
        notify(reader, SAY_STATISTICS_ENCODING_GUESS, file->encoding);
    if (file->weight)
        notify(reader, SAY_STATISTICS_WEIGHTED, behov_cut(file->weight, 80).text, behov_cut(file->weight, 80).text);
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

static int stop(statistics_reader *reader, behov_status status)
{
    reader->file.status = status;
    return status ? READSTAT_HANDLER_ABORT : READSTAT_HANDLER_OK;
}

static int begin_variable(int index, readstat_variable_t *variable, const char *set, void *context)
{
    const statistics_reader *reader = context;
    (void)variable, (void)set;
    bool is_wanted = index >= 0 && (size_t)index < reader->file.n &&
                     typed_columns_kind(reader->columns, (size_t)index) != BEHOV_READ_NOT;
    return is_wanted ? READSTAT_HANDLER_OK : READSTAT_HANDLER_SKIP_VARIABLE;
}

/* Which value is missing; BEHOV_PRESENT for one that is there. BEHOV_N_MISSING for a mark that Stata does not have:
 * infinite numbers end there. */
static behov_missing missing_of(const statistics_reader *reader, readstat_value_t value, readstat_variable_t *variable)
{
    if (readstat_value_is_tagged_missing(value)) {
        char tag = readstat_value_tag(value);
        return tag >= 'a' && tag <= 'z' ? (behov_missing)(BEHOV_MISSING_A + (tag - 'a')) : BEHOV_N_MISSING;
    }
    if (readstat_value_is_system_missing(value))
        return reader->file.is_spss ? BEHOV_MISSING_EMPTY : BEHOV_MISSING_DOT;
    return readstat_value_is_defined_missing(value, variable) ? BEHOV_MISSING_DECLARED : BEHOV_PRESENT;
}

static behov_status take_text(statistics_reader *reader, size_t j, size_t row, const char *text)
{
    const char *label =
        reader->takes_labels[j] ? statistics_file_label(&reader->file, reader->file.variables[j].set, NAN, text) : NULL;
    if (text_source_is_utf8(text, strlen(text)))
        return label ? typed_columns_text(reader->columns, j, label, strlen(label), reader->err)
                     : typed_columns_text(reader->columns, j, text, strlen(text), reader->err);
    char where[BEHOV_PLACE_SIZE];
    text_source_where(reader->source, row + 1, typed_columns_name(reader->columns, j), where);
    return behov_error_say(reader->err, BEHOV_E_DATA, where, SAY_STATISTICS_BAD_TEXT);
}

static behov_status take_number(statistics_reader *reader, size_t j, double number)
{
    const char *label = reader->takes_labels[j]
                            ? statistics_file_label(&reader->file, reader->file.variables[j].set, number, NULL)
                            : NULL;
    return label ? typed_columns_text(reader->columns, j, label, strlen(label), reader->err)
                 : typed_columns_number(reader->columns, j, number, reader->err);
}

static int take_value(int row, readstat_variable_t *variable, readstat_value_t value, void *context)
{
    statistics_reader *reader = context;
    int index = readstat_variable_get_index(variable);
    behov_status status = BEHOV_OK;
    if (index < 0 || (size_t)index >= typed_columns_count(reader->columns) || row < 0)
        return READSTAT_HANDLER_OK;
    size_t j = (size_t)index;
    while (!status && typed_columns_n_rows(reader->columns) <= (size_t)row)
        status = typed_columns_begin_row(reader->columns, typed_columns_n_rows(reader->columns) + 1, reader->err);
    if (status)
        return stop(reader, status);
    reader->n_whole = (size_t)row;
    bool is_text = readstat_value_type_class(value) == READSTAT_TYPE_CLASS_STRING;
    const char *text = is_text ? readstat_string_value(value) : NULL;
    behov_missing missing = missing_of(reader, value, variable);
    if (is_text && (!text || !text[0]))
        missing = BEHOV_MISSING_EMPTY;
    if (missing == BEHOV_N_MISSING)
        status = typed_columns_number(reader->columns, j, INFINITY, reader->err);
    else if (missing != BEHOV_PRESENT)
        typed_columns_missing(reader->columns, j, missing);
    else if (is_text)
        status = take_text(reader, j, (size_t)row, text);
    else
        status = take_number(reader, j, readstat_double_value(value));
    return stop(reader, status);
}

static behov_status no_rows(const statistics_reader *reader)
{
    if (reader->file.n == 1)
        return behov_error_say(reader->err, BEHOV_E_DATA, text_source_name(reader->source), SAY_STATISTICS_NO_ROWS_ONE,
                               reader->file.n);
    return behov_error_say(reader->err, BEHOV_E_DATA, text_source_name(reader->source), SAY_STATISTICS_NO_ROWS,
                           reader->file.n);
}

/* Rows against those that the file says to have. Of a file of SPSS that says -1, unknown, only a row that is cut can be
 * told, and where rows are compressed not every one. */
static behov_status check_row_count(const statistics_reader *reader)
{
    const char *name = text_source_name(reader->source);
    long long n_said = reader->file.n_rows;
    size_t n = typed_columns_n_rows(reader->columns);
    bool is_unknown = n_said == -1;
    if (!is_unknown && (long long)n != n_said)
        return behov_error_say(reader->err, BEHOV_E_DATA, name, SAY_STATISTICS_ROW_COUNT, n_said, n);
    bool is_cut = reader->file.bytes.is_cut && !reader->file.is_compressed;
    if (is_unknown && is_cut)
        return behov_error_say(reader->err, BEHOV_E_DATA, name, SAY_STATISTICS_CUT_ROW, n);
    if (n == 0)
        return no_rows(reader);
    if (is_unknown)
        notify(reader, SAY_STATISTICS_UNKNOWN_COUNT, n);
    return BEHOV_OK;
}

static behov_status read_rows(statistics_reader *reader)
{
    static const readstat_callbacks_t handlers = {.variable = begin_variable, .value = take_value};
    bool is_any_wanted = false;
    for (size_t j = 0; j < reader->file.n; j++)
        is_any_wanted = is_any_wanted || typed_columns_kind(reader->columns, j) != BEHOV_READ_NOT;
    if (reader->file.n_rows == 0 && !reader->file.is_spss) /* rows of SPSS are counted whatever its head says */
        return no_rows(reader);
    if (!is_any_wanted) /* the caller will miss a column, which is said better there */
        return typed_columns_begin_row(reader->columns, 1, reader->err);
    behov_status status = statistics_file_parse(&reader->file, &handlers, reader, &reader->n_whole, reader->err);
    return status ? status : check_row_count(reader);
}

behov_status read_statistics(text_source *source, const read_csv_options *options, behov_table **table,
                             behov_error *err)
{
    statistics_reader reader = {.options = options, .source = source, .err = err};
    behov_status status = statistics_file_look(source, text_source_name(source), options, &reader.file, err);
    if (!status)
        status = typed_columns_new(source, options, &reader.columns, err);
    if (!status) {
        report_file(&reader);
        status = add_columns(&reader);
    }
    for (size_t j = 0; j < reader.file.n && !status; j++)
        look_at_column(&reader, j);
    if (!status)
        status = read_rows(&reader);
    if (!status)
        status = typed_columns_finish(reader.columns, table, err);
    typed_columns_free(reader.columns);
    statistics_file_clear(&reader.file);
    free(reader.takes_labels);
    return status;
}
