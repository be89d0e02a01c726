/* dialect_sql.c - the fit in SQL: sums of products and clustered sums, by GROUP BY alone.
 *
 *   z_k = regressor k over a power of two near its largest, z_(K+1) = the outcome; T = identity
 *   step k:  for all j > k   z_j -= z_k r_kj,  t_j -= t_k r_kj,  r_kj = sum q z_k z_j / D_k,  D_k = sum q z_k^2
 *   e = z_(K+1),  b = -t_(K+1),  and twice more  e -= sum_k z_k d_k,  b += sum_k t_k d_k,  d_k = sum q z_k e / D_k
 *   V = factor * sum_g d_g d_g',  d_g = sum_k t_k / D_k [ sum of q z_k e over the rows of g ]   (HC: each row)
 *
 * This is the modified Gram-Schmidt method, as accurate as QR where sums of raw products are not: with raw year and year^2
 * those have two digits (Bjorck 1967). q is the weight. The standards kept to are CREATE TEMP TABLE, CASE, power, ln, sqrt
 * and multi-row VALUES, so that SQLite and PostgreSQL take the same file. The verdict is a CHECK: a figure that is too far
 * away is an error of the database, whatever program runs the file.
 *
 * Not here: CV2, CV3 and CV3J, which need a matrix of each cluster; more than MOST regressors, which take minutes. */
#include "dialects.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/fit.h>

#include "refit.h"

enum { ROWS_A_COMMAND = 100, ROUNDS = 2, MOST = 100 };

/* 1 / 3 is 0 in SQL. */
static void add_number(behov_wording *out, double value)
{
    behov_wording text = {0};
    dialect_add_number(&text, value);
    const char *digits = behov_wording_text(&text);
    bool is_negative = digits[0] == '(';
    behov_wording_add_bytes(out, digits, text.length - is_negative);
    behov_wording_add(out, strpbrk(digits, ".e") ? "" : ".0");
    behov_wording_add(out, is_negative ? ")" : "");
    behov_wording_spend(out, &text);
}

static void add_text(behov_wording *out, const char *text)
{
    behov_wording_add(out, "'");
    for (; *text; text++)
        behov_wording_add(out, *text == '\'' ? "''" : (char[]){*text, '\0'});
    behov_wording_add(out, "'");
}

static const export_fit *fit_of(const void *context)
{
    return ((const script *)context)->fit;
}

/* ---- data --------------------------------------------------------------------------------------------------------- */

static void add_row(const export_fit *fit, const size_t *columns, size_t number, size_t row, behov_wording *out)
{
    behov_wording_print(out, "(%zu", number);
    for (; *columns < fit->n_columns; columns++) {
        bool is_text = fit->columns[*columns].is_text;
        const char *text = is_text ? export_fit_text(fit, *columns, row) : NULL;
        behov_wording_add(out, ", ");
        if (text)
            add_text(out, text);
        else if (is_text)
            behov_wording_add(out, "NULL");
        else
            dialect_add_figure(out, export_fit_number(fit, *columns, row), "NULL");
    }
    behov_wording_add(out, ")");
}

static behov_status say_data(const void *context, behov_wording *out, behov_error *err)
{
    const export_fit *fit = fit_of(context);
    size_t *columns = refit_columns(fit), n = 0;
    if (!columns)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_EXPORT_NO_MEMORY);
    behov_wording_add(out, "CREATE TEMP TABLE behov_panel (row_number INTEGER PRIMARY KEY");
    for (const size_t *column = columns; *column < fit->n_columns; column++)
        behov_wording_print(out, ",\n    %s %s", fit->columns[*column].identifier,
                            fit->columns[*column].is_text ? "TEXT" : "DOUBLE PRECISION");
    behov_wording_add(out, ");\n");
    for (size_t i = 0; i < fit->n_rows; i++) {
        if (!refit_uses_row(fit, i))
            continue;
        behov_wording_add(out, n % ROWS_A_COMMAND == 0 ? "INSERT INTO behov_panel VALUES\n" : ",\n");
        add_row(fit, columns, n + 1, behov_row_at(fit->rows, i), out);
        n++;
        if (n % ROWS_A_COMMAND == 0 || n == fit->n_estimated)
            behov_wording_add(out, ";\n");
    }
    free(columns);
    return behov_wording_status(out, err);
}

/* ---- the outcome, weights, keys and regressors --------------------------------------------------------------------- */

/* What a row counts in sums of products (q), and what those of HC sums do beside their residual: a precision weight counts
 * as itself and as its square, a frequency both times as itself. */
static behov_status say_outcome_table(const void *context, behov_wording *out, behov_error *err)
{
    const script *script = context;
    const export_fit *fit = script->fit;
    bool has_frequencies = fit->weights && fit->weight_kind == BEHOV_WEIGHT_FREQUENCY;
    behov_wording weight = {0}, outcome = {0};
    behov_status status = dialect_add_expression(script, fit->outcome, &outcome, err);
    if (!status && fit->weights)
        status = dialect_add_expression(script, fit->weights, &weight, err);
    const char *q = fit->weights ? behov_wording_text(&weight) : "1.0";
    behov_wording_print(out, "INSERT INTO behov_outcome\n    SELECT row_number, %s, %s, %s, %s",
                        behov_wording_text(&outcome), q, has_frequencies ? "1.0" : q, has_frequencies ? q : "1.0");
    for (size_t i = 0; i < 2 && !status; i++) {
        behov_wording_add(out, ", ");
        if (i < fit->n_clusters)
            status = dialect_add_expression(script, fit->clusters[i].expression, out, err);
        else
            behov_wording_add(out, "NULL");
    }
    behov_wording_add(out, " FROM behov_panel;");
    behov_wording_spend(out, &weight);
    behov_wording_spend(out, &outcome);
    return status ? status : behov_wording_status(out, err);
}

static const char *key_type(const export_fit *fit, size_t i)
{
    bool is_text = i < fit->n_clusters && fit->clusters[i].column < fit->n_columns &&
                   fit->columns[fit->clusters[i].column].is_text;
    return is_text ? "TEXT" : "DOUBLE PRECISION";
}

static behov_status say_first_type(const void *context, behov_wording *out, behov_error *err)
{
    behov_wording_add(out, key_type(fit_of(context), 0));
    return behov_wording_status(out, err);
}

static behov_status say_second_type(const void *context, behov_wording *out, behov_error *err)
{
    behov_wording_add(out, key_type(fit_of(context), 1));
    return behov_wording_status(out, err);
}

static behov_status say_regressors(const void *context, behov_wording *out, behov_error *err)
{
    const script *script = context;
    behov_status status = BEHOV_OK;
    for (size_t k = 0, number = 0; k < script->fit->n_terms && !status; k++) {
        if (script->fit->terms[k].is_dropped)
            continue;
        behov_wording_print(out, "INSERT INTO behov_x SELECT row_number, %zu, ", ++number);
        status = dialect_add_term(script, &script->fit->terms[k], out, err);
        behov_wording_add(out, " FROM behov_panel;\n");
    }
    return status ? status : behov_wording_status(out, err);
}

/* ---- the solution -------------------------------------------------------------------------------------------------- */

static behov_status say_steps(const void *context, behov_wording *out, behov_error *err)
{
    size_t n = fit_of(context)->n_kept;
    if (n > MOST)
        return behov_error_say(err, BEHOV_E_ARGUMENT, ".sql", SAY_EXPORT_SQL_TOO_MANY, n, (size_t)MOST);
    for (size_t k = 1; k <= n; k++)
        behov_wording_print(
            out,
            "DELETE FROM behov_product;\n"
            "INSERT INTO behov_product SELECT b.k, sum(y.q * a.v * b.v) FROM behov_z a\n"
            "    JOIN behov_z b ON b.row_number = a.row_number AND b.k >= %zu\n"
            "    JOIN behov_outcome y ON y.row_number = a.row_number WHERE a.k = %zu GROUP BY b.k;\n"
            "UPDATE behov_z SET v = v - (SELECT a.v FROM behov_z a WHERE a.row_number = behov_z.row_number AND a.k = "
            "%zu)\n"
            "    * (SELECT p.v / d.v FROM behov_product p CROSS JOIN behov_product d WHERE p.k = behov_z.k AND d.k = "
            "%zu)\n"
            "    WHERE k > %zu;\n"
            "UPDATE behov_t SET v = v - (SELECT a.v FROM behov_t a WHERE a.i = behov_t.i AND a.k = %zu)\n"
            "    * (SELECT p.v / d.v FROM behov_product p CROSS JOIN behov_product d WHERE p.k = behov_t.k AND d.k = "
            "%zu)\n"
            "    WHERE k > %zu;\n"
            "INSERT INTO behov_length SELECT k, v FROM behov_product WHERE k = %zu;\n",
            k, k, k, k, k, k, k, k, k);
    return behov_wording_status(out, err);
}

static behov_status say_rounds(const void *context, behov_wording *out, behov_error *err)
{
    (void)context;
    for (int r = 0; r < ROUNDS; r++)
        behov_wording_add(
            out, "DELETE FROM behov_product;\n"
                 "INSERT INTO behov_product SELECT z.k, sum(y.q * z.v * e.v) / d.v FROM behov_z z\n"
                 "    JOIN behov_residual e ON e.row_number = z.row_number JOIN behov_length d ON d.k = z.k\n"
                 "    JOIN behov_outcome y ON y.row_number = z.row_number GROUP BY z.k, d.v;\n"
                 "UPDATE behov_b SET v = v + (SELECT sum(t.v * p.v) FROM behov_t t JOIN behov_product p ON p.k = t.k\n"
                 "    WHERE t.i = behov_b.i);\n"
                 "UPDATE behov_residual SET v = v - (SELECT sum(z.v * p.v) FROM behov_z z JOIN behov_product p ON p.k "
                 "= z.k\n"
                 "    WHERE z.row_number = behov_residual.row_number);\n");
    return behov_wording_status(out, err);
}

/* The column of the outcome stands behind the regressors. */
static behov_status say_outcome_column(const void *context, behov_wording *out, behov_error *err)
{
    behov_wording_print(out, "%zu", fit_of(context)->n_kept + 1);
    return behov_wording_status(out, err);
}

/* ---- the variance -------------------------------------------------------------------------------------------------- */

static bool redoes_errors(const export_fit *fit)
{
    return fit->kind <= BEHOV_VCOV_CV1 && behov_vcov_n_cut(fit->results->vcov) == 0;
}

/* A key of clusters as a select and as a group. */
typedef struct sql_key {
    const char *selected, *grouped;
} sql_key;

static const sql_key first_key = {"y.first_key AS g, 0 AS h", "y.first_key"};
static const sql_key second_key = {"y.second_key AS g, 0 AS h", "y.second_key"};
static const sql_key both_keys = {"y.first_key AS g, y.second_key AS h", "y.first_key, y.second_key"};

/* One sum of squares of clustered sums, with its factor and sign. */
static void add_clustered(const export_fit *fit, sql_key key, const char *sign, behov_wording *out)
{
    double n = refit_n_observations(fit);
    behov_wording factor = {0};
    behov_wording_add(&factor, "1.0");
    if (fit->kind == BEHOV_VCOV_CV1) {
        behov_wording_clear(&factor);
        behov_wording_add(&factor, "g.n / (g.n - 1.0) * (");
        add_number(&factor, n);
        behov_wording_add(&factor, " - 1.0) / (");
        add_number(&factor, n);
        behov_wording_print(&factor, " - %zu.0)", behov_fit_rank(fit->results->fit));
    }
    behov_wording_print(
        out,
        "INSERT INTO behov_variance SELECT a.k, %s%s * sum(a.v * a.v) FROM (\n"
        "    SELECT s.g, s.h, t.i AS k, sum(t.v / d.v * s.v) AS v FROM behov_t t\n"
        "    JOIN behov_length d ON d.k = t.k JOIN (\n"
        "        SELECT %s, z.k, sum(y.q * z.v * e.v) AS v FROM behov_z z\n"
        "        JOIN behov_residual e ON e.row_number = z.row_number\n"
        "        JOIN behov_outcome y ON y.row_number = z.row_number GROUP BY %s, z.k) s\n"
        "    ON s.k = t.k GROUP BY s.g, s.h, t.i) a\n"
        "    CROSS JOIN (SELECT count(*) * 1.0 AS n FROM (SELECT DISTINCT %s FROM behov_outcome y) c) g\n"
        "    GROUP BY a.k, g.n;\n",
        sign, behov_wording_text(&factor), key.selected, key.grouped, key.grouped);
    behov_wording_spend(out, &factor);
}

static void add_classical(const export_fit *fit, behov_wording *out)
{
    behov_wording_add(out, "INSERT INTO behov_variance SELECT t.i, sum(t.v * t.v / d.v) * r.v / (");
    add_number(out, refit_n_observations(fit));
    behov_wording_print(out,
                        " - %zu.0) FROM behov_t t JOIN behov_length d ON d.k = t.k\n"
                        "    CROSS JOIN (SELECT sum(y.q * e.v * e.v) AS v FROM behov_outcome y\n"
                        "        JOIN behov_residual e ON e.row_number = y.row_number) r GROUP BY t.i, r.v;\n",
                        behov_fit_rank(fit->results->fit));
}

/* HC0 to HC3: h is the leverage of a row. */
static void add_rows_apart(const export_fit *fit, behov_wording *out)
{
    const char *divisor = fit->kind == BEHOV_VCOV_HC2   ? " / (1.0 - h.v)"
                          : fit->kind == BEHOV_VCOV_HC3 ? " / ((1.0 - h.v) * (1.0 - h.v))"
                                                        : "";
    behov_wording_print(out,
                        "INSERT INTO behov_variance SELECT s.k, sum(y.n * y.w * y.w * e.v * e.v * s.v * s.v%s)\n"
                        "    FROM (SELECT z.row_number, t.i AS k, sum(t.v / d.v * z.v) AS v FROM behov_z z\n"
                        "        JOIN behov_t t ON t.k = z.k JOIN behov_length d ON d.k = z.k\n"
                        "        GROUP BY z.row_number, t.i) s\n"
                        "    JOIN behov_outcome y ON y.row_number = s.row_number\n"
                        "    JOIN behov_residual e ON e.row_number = s.row_number\n",
                        divisor);
    if (divisor[0])
        behov_wording_add(out, "    JOIN (SELECT z.row_number, y.w * sum(z.v * z.v / d.v) AS v FROM behov_z z\n"
                               "        JOIN behov_length d ON d.k = z.k\n"
                               "        JOIN behov_outcome y ON y.row_number = z.row_number\n"
                               "        GROUP BY z.row_number, y.w) h ON h.row_number = s.row_number\n");
    behov_wording_add(out, "    GROUP BY s.k;\n");
    if (fit->kind == BEHOV_VCOV_HC1) {
        behov_wording_add(out, "UPDATE behov_variance SET v = v * ");
        add_number(out, refit_n_observations(fit));
        behov_wording_add(out, " / (");
        add_number(out, refit_n_observations(fit));
        behov_wording_print(out, " - %zu.0);\n", behov_fit_rank(fit->results->fit));
    }
}

static behov_status say_variance(const void *context, behov_wording *out, behov_error *err)
{
    const export_fit *fit = fit_of(context);
    if (!redoes_errors(fit)) {
        behov_wording_add(out, "INSERT INTO behov_variance SELECT k, NULL FROM behov_ours;\n");
    } else if (fit->kind == BEHOV_VCOV_CLASSICAL) {
        add_classical(fit, out);
    } else if (fit->kind <= BEHOV_VCOV_HC3) {
        add_rows_apart(fit, out);
    } else {
        add_clustered(fit, first_key, "", out);
        if (fit->n_clusters == 2) {
            add_clustered(fit, second_key, "", out);
            add_clustered(fit, both_keys, "-", out);
        }
    }
    return behov_wording_status(out, err);
}

/* ---- our figures --------------------------------------------------------------------------------------------------- */

static behov_status say_ours(const void *context, behov_wording *out, behov_error *err)
{
    const export_fit *fit = fit_of(context);
    behov_wording_add(out, "INSERT INTO behov_ours VALUES\n");
    for (size_t k = 0, number = 0; k < fit->n_terms; k++) {
        const export_term *term = &fit->terms[k];
        const double figures[] = {term->coefficient.estimate, term->coefficient.se, refit_tolerance(&term->coefficient),
                                  redoes_errors(fit) ? refit_se_tolerance(&term->coefficient) : NAN};
        if (term->is_dropped)
            continue;
        behov_wording_print(out, "%s(%zu, ", number ? ",\n" : "", number + 1);
        number++;
        add_text(out, term->name);
        for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
            behov_wording_add(out, ", ");
            dialect_add_figure(out, figures[i], "NULL");
        }
        behov_wording_add(out, ")");
    }
    behov_wording_add(out, ";");
    return behov_wording_status(out, err);
}

static const template_value values[] = {{"data", TEMPLATE_CODE, say_data},
                                        {"outcome_table", TEMPLATE_CODE, say_outcome_table},
                                        {"first_key_type", TEMPLATE_CODE, say_first_type},
                                        {"second_key_type", TEMPLATE_CODE, say_second_type},
                                        {"regressors", TEMPLATE_CODE, say_regressors},
                                        {"steps", TEMPLATE_CODE, say_steps},
                                        {"rounds", TEMPLATE_CODE, say_rounds},
                                        {"outcome_column", TEMPLATE_CODE, say_outcome_column},
                                        {"variance", TEMPLATE_CODE, say_variance},
                                        {"ours", TEMPLATE_CODE, say_ours},
                                        {"columns", TEMPLATE_PROSE, refit_say_columns},
                                        {"unchecked", TEMPLATE_PROSE, refit_say_unchecked},
                                        {"say_unchecked", TEMPLATE_CODE, refit_say_unchecked_aloud},
                                        {NULL, TEMPLATE_CODE, NULL}};

#define CONDITION(condition) "(CASE WHEN " condition " THEN 1.0 ELSE 0.0 END)"

const dialect dialect_sql = {
    .name = "SQL",
    .patterns =
        {DIALECT_ARITHMETIC, DIALECT_FUNCTIONS("", "ln"), [BEHOV_OPERATION_TEXT_EQUAL] = CONDITION("$1 = $2"),
         [BEHOV_OPERATION_TEXT_UNEQUAL] = CONDITION("$1 <> $2"), [BEHOV_OPERATION_NOT] = CONDITION("$1 = 0"),
         [BEHOV_OPERATION_POWER] = "power($1, $2)", [BEHOV_OPERATION_LESS] = CONDITION("$1 < $2"),
         [BEHOV_OPERATION_LESS_EQUAL] = CONDITION("$1 <= $2"), [BEHOV_OPERATION_GREATER] = CONDITION("$1 > $2"),
         [BEHOV_OPERATION_GREATER_EQUAL] = CONDITION("$1 >= $2"), [BEHOV_OPERATION_EQUAL] = CONDITION("$1 = $2"),
         [BEHOV_OPERATION_UNEQUAL] = CONDITION("$1 <> $2"), [BEHOV_OPERATION_AND] = CONDITION("$1 <> 0 AND $2 <> 0"),
         [BEHOV_OPERATION_OR] = CONDITION("$1 <> 0 OR $2 <> 0")},
    .number = add_number,
    .text = add_text,
    .comment = dialect_comment_line,
    .redoes_errors = redoes_errors,
    .aloud = BEHOV_WORD_EXPORT_ERRORS_NOT_REDONE,
    .aloud_pattern = "SELECT '$1' AS note;",
    .values = values,
};
