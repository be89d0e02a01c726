/* dialect_python.c - Python: statsmodels with pandas and numpy.
 *
 * HC0 to HC3, CV0, CV1 and two-way are statsmodels' own. It has neither CV2 nor CV3: these are written out in numpy, CV3
 * by refits without each cluster, CV2 with the symmetric roots of I - H_gg on rows times the roots of their weights, which
 * is the working variance 1 / weight. Those of frequencies are written out too, from sums over the rows as they are: rows
 * repeated by inhabitants would be millions. CV2 of weights under equal variances is not checked, and the script says so.
 * Not here: degrees of freedom, which are handed over and not computed again. */
#include "dialects.h"

#include <string.h>

#include "refit.h"

static void add_column(behov_wording *out, const char *identifier)
{
    behov_wording_print(out, "d[\"%s\"]", identifier);
}

static void add_text(behov_wording *out, const char *text)
{
    dialect_add_quoted(out, text, "\\n");
}

/* Lines as they are between three quotes: no two quotes stand together without a mark before the second. */
static void add_lines(behov_wording *out, const char *text)
{
    behov_wording_add(out, "\"\"\"");
    for (const char *rest = text; *rest;) {
        size_t n = dialect_add_seen(out, rest, "\"\\");
        rest += n;
        if (!*rest)
            break;
        if (*rest == '\\' || (rest > text && rest[-1] == '"') || !rest[1])
            behov_wording_add(out, "\\");
        behov_wording_add_letter(out, *rest++);
    }
    behov_wording_add(out, "\"\"\"");
}

static const export_fit *fit_of(const void *context)
{
    return ((const script *)context)->fit;
}

static behov_status say_read_data(const void *context, behov_wording *out, behov_error *err)
{
    const script *script = context;
    const export_fit *fit = script->fit;
    behov_wording_add(out, script->data_file ? "data_file = " : "behov_csv = ");
    if (script->data_file)
        add_text(out, script->data_file);
    else
        add_lines(out, behov_wording_text(&fit->csv));
    behov_wording_add(out, "\ncolumn_kinds = {");
    dialect_add_column_kinds(fit, "\"$1\": $2", "str", "float", out);
    behov_wording_add(out, "}");
    return behov_wording_status(out, err);
}

static behov_status say_derive(const void *context, behov_wording *out, behov_error *err)
{
    const export_fit *fit = fit_of(context);
    if (dialect_has_intercept(fit))
        behov_wording_print(out, "d[\"%s\"] = 1.0\n", fit->terms[0].identifier);
    return dialect_add_derived(context, "d[\"$1\"] = $2\n", out, err);
}

static behov_status say_ours(const void *context, behov_wording *out, behov_error *err)
{
    behov_wording_add(out, "ours = pd.DataFrame({\n");
    dialect_add_our_figures(context, "    \"$1\": [", "]", ",\n", "float(\"nan\")", out);
    behov_wording_add(out, "})");
    return behov_wording_status(out, err);
}

static bool has_frequencies(const export_fit *fit)
{
    return fit->weights && fit->weight_kind == BEHOV_WEIGHT_FREQUENCY;
}

static behov_status say_refit(const void *context, behov_wording *out, behov_error *err)
{
    const export_fit *fit = fit_of(context);
    if (has_frequencies(fit))
        behov_wording_print(out, "s = s[s[\"%s\"] > 0].reset_index(drop=True)\n", fit->weights_identifier);
    bool has_weights = fit->weights != NULL;
    behov_wording_print(out,
                        "# %s\n"
                        "X = s[list(ours[\"name\"])].to_numpy(dtype=float)\n"
                        "centres = X.mean(axis=0)\n"
                        "centres[%s] = 0\n"
                        "spreads = np.sqrt(((X - centres) ** 2).mean(axis=0))\n"
                        "turn = np.diag(1 / spreads)\n",
                        behov_label(fit->lang, BEHOV_WORD_EXPORT_SCALED), dialect_has_intercept(fit) ? "0" : ":");
    if (dialect_has_intercept(fit))
        behov_wording_add(out, "turn[0, 1:] = -(centres / spreads)[1:]\n");
    behov_wording_add(out, "scaled, triangle = np.linalg.qr((X - centres) / spreads)\n"
                           "turn = turn @ np.linalg.inv(triangle)\n");
    behov_wording_print(out, "model = sm.%s(s[\"%s\"], scaled", has_weights ? "WLS" : "OLS", fit->outcome_identifier);
    if (has_weights)
        behov_wording_print(out, ", weights=s[\"%s\"]", fit->weights_identifier);
    behov_wording_add(out, ")");
    return behov_wording_status(out, err);
}

static void add_groups(const export_fit *fit, behov_wording *out)
{
    for (size_t i = 0; i < fit->n_clusters; i++)
        behov_wording_print(out, "groups%s = pd.factorize(s[\"%s\"])[0]\n", i ? "_2" : "", fit->clusters[i].identifier);
}

/* CV2, CV3, CV3J on rows times the roots of their weights. */
static void add_own_errors(const export_fit *fit, behov_wording *out)
{
    behov_wording_add(out, "fit = model.fit(method=\"qr\")\n");
    add_groups(fit, out);
    behov_wording_add(out, "Z, z = np.asarray(model.wexog), np.asarray(model.wendog)\n"
                           "members = [groups == g for g in range(groups.max() + 1)]\n");
    if (fit->kind == BEHOV_VCOV_CV2) {
        behov_wording_add(out, "Q, R = np.linalg.qr(Z)\nresiduals = z - Z @ np.linalg.lstsq(Z, z, rcond=None)[0]\n"
                               "scores = []\nfor rows in members:\n"
                               "    # (I - H_gg)^(-1/2), Moore-Penrose where a cluster alone identifies a column\n"
                               "    values, vectors = np.linalg.eigh(np.eye(rows.sum()) - Q[rows] @ Q[rows].T)\n"
                               "    roots = np.where(values > 1e-10, 1 / np.sqrt(np.maximum(values, 1e-10)), 0)\n"
                               "    scores.append(Q[rows].T @ (vectors @ (roots * (vectors.T @ residuals[rows]))))\n"
                               "influences = np.linalg.solve(R, np.array(scores).T)\n"
                               "covariance = influences @ influences.T");
        return;
    }
    behov_wording_add(out, "without = np.array([np.linalg.lstsq(Z[~rows] / np.abs(Z).max(axis=0), z[~rows], "
                           "rcond=None)[0] for rows in members])\n"
                           "without = without / np.abs(Z).max(axis=0)\n");
    behov_wording_print(out,
                        "differences = without - %s\n"
                        "covariance = (len(members) - 1) / len(members) * differences.T @ differences",
                        fit->kind == BEHOV_VCOV_CV3 ? "np.asarray(fit.params)" : "without.mean(axis=0)");
}

/* Those of rows repeated by their frequencies, N of them. */
static void add_frequency_errors(const export_fit *fit, behov_wording *out)
{
    static const char *const hc[] = {[BEHOV_VCOV_HC0] = "",
                                     [BEHOV_VCOV_HC1] = "",
                                     [BEHOV_VCOV_HC2] = " / np.sqrt(1 - h)",
                                     [BEHOV_VCOV_HC3] = " / (1 - h)"};
    behov_vcov_kind kind = fit->kind;
    behov_wording_print(out,
                        "fit = model.fit(method=\"qr\")\n"
                        "frequency = s[\"%s\"].to_numpy(dtype=float)\n"
                        "N, k = frequency.sum(), scaled.shape[1]\n"
                        "u = s[\"%s\"].to_numpy(dtype=float) - scaled @ np.asarray(fit.params)\n"
                        "bread = np.linalg.inv(np.linalg.qr(np.asarray(model.wexog))[1])\n"
                        "bread = bread @ bread.T\n",
                        fit->weights_identifier, fit->outcome_identifier);
    if (kind == BEHOV_VCOV_CLASSICAL) {
        behov_wording_add(out, "covariance = (frequency * u**2).sum() / (N - k) * bread");
    } else if (kind <= BEHOV_VCOV_HC3) {
        behov_wording_print(out,
                            "h = ((scaled @ bread) * scaled).sum(axis=1)\n"
                            "scores = scaled * (np.sqrt(frequency) * u%s)[:, None]\n"
                            "covariance = %sbread @ scores.T @ scores @ bread",
                            hc[kind], kind == BEHOV_VCOV_HC1 ? "N / (N - k) * " : "");
    } else {
        add_groups(fit, out);
        behov_wording_print(out,
                            "def meat(groups):\n"
                            "    scores = np.zeros((groups.max() + 1, k))\n"
                            "    np.add.at(scores, groups, scaled * (frequency * u)[:, None])\n"
                            "    return %sscores.T @ scores\n",
                            kind == BEHOV_VCOV_CV1 ? "len(scores) / (len(scores) - 1) * (N - 1) / (N - k) * " : "");
        behov_wording_add(out,
                          fit->n_clusters == 1
                              ? "covariance = bread @ meat(groups) @ bread"
                              : "both = pd.factorize(groups.astype(np.int64) * (groups_2.max() + 1) + groups_2)[0]\n"
                                "covariance = bread @ (meat(groups) + meat(groups_2) - meat(both)) @ bread");
    }
}

static void add_errors(const export_fit *fit, behov_wording *out)
{
    behov_vcov_kind kind = fit->kind;
    if (kind >= BEHOV_VCOV_CV2) {
        add_own_errors(fit, out);
    } else if (has_frequencies(fit)) {
        add_frequency_errors(fit, out);
    } else if (kind >= BEHOV_VCOV_CV0) {
        add_groups(fit, out);
        behov_wording_print(out,
                            "fit = model.fit(method=\"qr\", cov_type=\"cluster\", cov_kwds={\"groups\": %s, "
                            "\"use_correction\": %s})\n"
                            "covariance = np.asarray(fit.cov_params())",
                            fit->n_clusters == 2 ? "np.column_stack([groups, groups_2])" : "groups",
                            kind == BEHOV_VCOV_CV1 ? "True" : "False");
    } else {
        if (kind != BEHOV_VCOV_CLASSICAL) /* which statsmodels makes with another method alone */
            behov_wording_add(out, "Q, R = np.linalg.qr(np.asarray(model.wexog))\n"
                                   "model.pinv_wexog = np.linalg.solve(R, Q.T)\n");
        behov_wording_print(out, "fit = model.fit(method=\"qr\"%s%s%s)\ncovariance = np.asarray(fit.cov_params())",
                            kind == BEHOV_VCOV_CLASSICAL ? "" : ", cov_type=\"HC",
                            kind == BEHOV_VCOV_HC0   ? "0"
                            : kind == BEHOV_VCOV_HC1 ? "1"
                            : kind == BEHOV_VCOV_HC2 ? "2"
                            : kind == BEHOV_VCOV_HC3 ? "3"
                                                     : "",
                            kind == BEHOV_VCOV_CLASSICAL ? "" : "\"");
    }
}

static behov_status say_errors(const void *context, behov_wording *out, behov_error *err)
{
    add_errors(fit_of(context), out);
    behov_wording_add(out, "\ncovariance = turn @ covariance @ turn.T\n"
                           "coefficients = turn @ np.asarray(fit.params)");
    return behov_wording_status(out, err);
}

/* Of what no package and no formula here has, the coefficients alone are held against ours. */
static behov_status say_compares_errors(const void *context, behov_wording *out, behov_error *err)
{
    const export_fit *fit = fit_of(context);
    bool is_other_working = fit->kind == BEHOV_VCOV_CV2 && fit->weights && fit->weight_kind == BEHOV_WEIGHT_PRECISION &&
                            fit->working == BEHOV_WORKING_EQUAL;
    behov_wording_add(out, is_other_working || behov_vcov_n_cut(fit->results->vcov) ? "False" : "True");
    return behov_wording_status(out, err);
}

static const template_value values[] = {
    {"read_data", TEMPLATE_CODE, say_read_data},
    {"derive", TEMPLATE_CODE, say_derive},
    {"ours", TEMPLATE_CODE, say_ours},
    {"refit", TEMPLATE_CODE, say_refit},
    {"errors", TEMPLATE_CODE, say_errors},
    {"compares_errors", TEMPLATE_CODE, say_compares_errors},
    {NULL, TEMPLATE_CODE, NULL},
};

const dialect dialect_python = {
    .name = "Python",
    .patterns = {DIALECT_ARITHMETIC,
                 DIALECT_FUNCTIONS("np.", "log"), [BEHOV_OPERATION_TEXT_EQUAL] = "np.where($1 == $2, 1.0, 0.0)",
                 [BEHOV_OPERATION_NOT] = "np.where($1 == 0, 1.0, 0.0)", [BEHOV_OPERATION_POWER] = "($1 ** $2)",
                 [BEHOV_OPERATION_LESS] = "np.where($1 < $2, 1.0, 0.0)",
                 [BEHOV_OPERATION_LESS_EQUAL] = "np.where($1 <= $2, 1.0, 0.0)",
                 [BEHOV_OPERATION_GREATER] = "np.where($1 > $2, 1.0, 0.0)",
                 [BEHOV_OPERATION_GREATER_EQUAL] = "np.where($1 >= $2, 1.0, 0.0)",
                 [BEHOV_OPERATION_EQUAL] = "np.where($1 == $2, 1.0, 0.0)",
                 [BEHOV_OPERATION_UNEQUAL] = "np.where($1 != $2, 1.0, 0.0)",
                 [BEHOV_OPERATION_AND] = "np.where(($1 != 0) & ($2 != 0), 1.0, 0.0)",
                 [BEHOV_OPERATION_OR] = "np.where(($1 != 0) | ($2 != 0), 1.0, 0.0)"},
    .column = add_column,
    .text = add_text,
    .lines = add_lines,
    .comment = dialect_comment_line,
    .values = values,
};
