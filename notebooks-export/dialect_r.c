/* dialect_r.c - R: lm, and the packages sandwich and clubSandwich for its errors.
 *
 * HC0 to HC3 and CV0, CV1, two-way are sandwich's, with its factors named so that they are ours; CV2 is clubSandwich's
 * CR2 but for weights under their inverse, where it is written out; CV3 its CR3 times (G-1)/G, and CV3J about the mean is
 * built from refits. Frequencies are weights of sums, for rows repeated by inhabitants would be millions: their HC, CV0 and CV1
 * are written out, CV2 is that of weights under their inverse, CV3 is built from refits.
 * Not here: degrees of freedom, which are handed over and not computed again. */
#include "dialects.h"

#include <string.h>

#include "refit.h"

static void add_column(behov_wording *out, const char *identifier)
{
    behov_wording_print(out, "d$%s", identifier);
}

static void add_text(behov_wording *out, const char *text)
{
    dialect_add_quoted(out, text, "\n");
}

/* Between single quotes, so that those of the cells stay as they are. Unseen marks stand in strings of their own, for R
 * takes at most 10000 letters in one with \u. */
static void add_lines(behov_wording *out, const char *text)
{
    behov_wording lines = {0};
    bool has_pieces = false;
    behov_wording_add(&lines, "'");
    for (const char *rest = text; *rest;) {
        uint32_t code;
        size_t n = (unsigned char)*rest < 0x80 ? 0 : dialect_unseen(rest, &code);
        if (n) {
            behov_wording_add(&lines, "', \"");
            dialect_add_unseen(&lines, rest);
            behov_wording_add(&lines, "\", '");
            has_pieces = true;
            rest += n;
            continue;
        }
        if (*rest == '\'' || *rest == '\\')
            behov_wording_add(&lines, "\\");
        behov_wording_add_letter(&lines, *rest++);
    }
    behov_wording_add(&lines, "'");
    behov_wording_add(out, has_pieces ? "paste0(" : "");
    behov_wording_add(out, behov_wording_text(&lines));
    behov_wording_add(out, has_pieces ? ")" : "");
    behov_wording_spend(out, &lines);
}

static const export_fit *fit_of(const void *context)
{
    return ((const script *)context)->fit;
}

static behov_status say_read_data(const void *context, behov_wording *out, behov_error *err)
{
    const script *script = context;
    const export_fit *fit = script->fit;
    if (script->data_file) {
        behov_wording_add(out, "data_file <- ");
        add_text(out, script->data_file);
        behov_wording_add(out, "\n");
    } else {
        behov_wording_add(out, "behov_csv <- ");
        add_lines(out, behov_wording_text(&fit->csv));
        behov_wording_add(out, "\n");
    }
    behov_wording_add(out, "column_kinds <- c(");
    dialect_add_column_kinds(fit, "$1 = \"$2\"", "character", "numeric", out);
    behov_wording_add(out, ")");
    return behov_wording_status(out, err);
}

static behov_status say_derive(const void *context, behov_wording *out, behov_error *err)
{
    return dialect_add_derived(context, "d$$1 <- $2\n", out, err);
}

static behov_status say_ours(const void *context, behov_wording *out, behov_error *err)
{
    behov_wording_add(out, "ours <- data.frame(stringsAsFactors = FALSE,\n");
    dialect_add_our_figures(context, "  $1 = c(", ")", ",\n", "NA", out);
    behov_wording_add(out, ")");
    return behov_wording_status(out, err);
}

static bool has_frequencies(const export_fit *fit)
{
    return fit->weights && fit->weight_kind == BEHOV_WEIGHT_FREQUENCY;
}

/* lm(y ~ 1 + a + b, data = s, weights = w) */
static void add_lm(const export_fit *fit, const char *name, const char *regressors, const char *data,
                   behov_wording *out)
{
    behov_wording_print(out, "%s <- lm(%s ~ %s,\n    data = %s, tol = 1e-13", name, fit->outcome_identifier, regressors,
                        data);
    if (fit->weights)
        behov_wording_print(out, ", weights = %s", fit->weights_identifier);
    behov_wording_add(out, ")\n");
}

/* The same model on an orthonormal base of its columns, less their means where there is a constant, and what takes its
 * coefficients back: packages invert products of columns, which loses the digits of raw year and year^2. */
static void add_base(const export_fit *fit, behov_wording *out)
{
    bool has_intercept = dialect_has_intercept(fit);
    behov_wording_print(out, "# %s\nX <- model.matrix(fit)\n", behov_label(fit->lang, BEHOV_WORD_EXPORT_SCALED));
    behov_wording_add(out, has_intercept ? "centres <- c(0, colMeans(X)[-1])\n" : "centres <- 0 * colMeans(X)\n");
    behov_wording_add(out, "spreads <- sqrt(colMeans(sweep(X, 2, centres)^2))\n"
                           "base <- qr(sweep(sweep(X, 2, centres), 2, spreads, \"/\"), tol = 1e-13)\n"
                           "turn <- diag(1 / spreads, nrow = length(spreads))\n");
    behov_wording_add(out, has_intercept ? "turn[1, -1] <- (-centres / spreads)[-1]\n" : "");
    behov_wording_add(out, "turn <- turn %*% backsolve(qr.R(base), diag(ncol(X)))\n"
                           "z <- s\n"
                           "z$behov_base <- qr.Q(base)\n");
    add_lm(fit, "base_fit", "0 + behov_base", "z", out);
}

static behov_status say_refit(const void *context, behov_wording *out, behov_error *err)
{
    const export_fit *fit = fit_of(context);
    if (has_frequencies(fit))
        behov_wording_print(out, "s <- s[s$%s > 0, ]\n", fit->weights_identifier);
    behov_wording regressors = {0};
    behov_wording_add(&regressors, dialect_has_intercept(fit) ? "1" : "0");
    for (size_t k = dialect_has_intercept(fit); k < fit->n_terms; k++)
        if (!fit->terms[k].is_dropped)
            behov_wording_print(&regressors, " +\n    %s", fit->terms[k].identifier);
    /* Columns in raw years differ by a millionth of their length, which is no collinearity. */
    add_lm(fit, "fit", behov_wording_text(&regressors), "s", out);
    behov_wording_spend(out, &regressors);
    add_base(fit, out);
    return behov_wording_status(out, err);
}

static void add_clusters(const export_fit *fit, behov_wording *out)
{
    if (fit->n_clusters == 1)
        behov_wording_print(out, "s$%s", fit->clusters[0].identifier);
    else
        behov_wording_print(out, "data.frame(s$%s, s$%s)", fit->clusters[0].identifier, fit->clusters[1].identifier);
}

static bool is_cv2_of_weights(const export_fit *fit)
{
    return fit->kind == BEHOV_VCOV_CV2 && fit->weights &&
           (has_frequencies(fit) || fit->working == BEHOV_WORKING_INVERSE_WEIGHTS);
}

/* Written out: with target = 1 / weights clubSandwich takes the root of another matrix, which gives another CR2 where
 * weights differ within a cluster (0.5 per cent in the test's panel). Both are exact under the working variance. */
static void add_own_cv2(const export_fit *fit, behov_wording *out)
{
    behov_wording_print(out, "root <- sqrt(s$%s)\n", fit->weights_identifier);
    behov_wording_add(out, "Z <- model.matrix(base_fit) * root\n"
                           "bread <- vcov(base_fit) / summary(base_fit)$sigma^2\n"
                           "u <- residuals(base_fit) * root\n"
                           "influences <- sapply(split(seq_along(u), clusters), function(rows) {\n"
                           "  Z_g <- Z[rows, , drop = FALSE]\n"
                           "  # (I - H_gg)^(-1/2), Moore-Penrose where a cluster alone identifies a column\n"
                           "  e <- eigen(diag(length(rows)) - Z_g %*% bread %*% t(Z_g), symmetric = TRUE)\n"
                           "  roots <- ifelse(e$values > 1e-10, 1 / sqrt(pmax(e$values, 1e-10)), 0)\n"
                           "  bread %*% crossprod(Z_g, e$vectors %*% (roots * crossprod(e$vectors, u[rows])))\n"
                           "})\n"
                           "covariance <- tcrossprod(influences)");
}

/* Those of rows repeated by their frequencies, N of them, from sums over the rows as they are. */
static void add_frequency_errors(const export_fit *fit, behov_wording *out)
{
    static const char *const hc[] = {[BEHOV_VCOV_HC0] = "",
                                     [BEHOV_VCOV_HC1] = "",
                                     [BEHOV_VCOV_HC2] = " / sqrt(1 - h)",
                                     [BEHOV_VCOV_HC3] = " / (1 - h)"};
    behov_vcov_kind kind = fit->kind;
    behov_wording_print(out,
                        "frequency <- s$%s\nN <- sum(frequency)\nM <- model.matrix(base_fit)\nk <- ncol(M)\n"
                        "bread <- vcov(base_fit) / summary(base_fit)$sigma^2\nu <- residuals(base_fit)\n",
                        fit->weights_identifier);
    if (kind == BEHOV_VCOV_CLASSICAL) {
        behov_wording_add(out, "covariance <- sum(frequency * u^2) / (N - k) * bread");
    } else if (kind <= BEHOV_VCOV_HC3) {
        behov_wording_print(out,
                            "h <- rowSums((M %%*%% bread) * M)\n"
                            "covariance <- %sbread %%*%% crossprod(M * (sqrt(frequency) * u%s)) %%*%% bread",
                            kind == BEHOV_VCOV_HC1 ? "N / (N - k) * " : "", hc[kind]);
    } else {
        behov_wording_print(out,
                            "meat <- function(clusters) {\n"
                            "  scores <- rowsum(M * (frequency * u), as.integer(factor(clusters)))\n"
                            "  G <- nrow(scores)\n"
                            "  %scrossprod(scores)\n}\n",
                            kind == BEHOV_VCOV_CV1 ? "G / (G - 1) * (N - 1) / (N - k) * " : "");
        if (fit->n_clusters == 1)
            behov_wording_print(out, "covariance <- bread %%*%% meat(s$%s) %%*%% bread", fit->clusters[0].identifier);
        else
            behov_wording_print(out,
                                "both <- interaction(s$%s, s$%s, drop = TRUE)\n"
                                "covariance <- bread %%*%% (meat(s$%s) + meat(s$%s) - meat(both)) %%*%% bread",
                                fit->clusters[0].identifier, fit->clusters[1].identifier, fit->clusters[0].identifier,
                                fit->clusters[1].identifier);
    }
}

/* Refits without each cluster, about their mean (CV3J) or about the fit of all. */
static void add_refits(const export_fit *fit, behov_wording *out)
{
    behov_wording_print(out,
                        "without <- t(sapply(levels(clusters), function(g) coef(update(base_fit, data = z[clusters "
                        "!= g, ]))))\n"
                        "centred <- sweep(without, 2, %s)\n"
                        "covariance <- (nlevels(clusters) - 1) / nlevels(clusters) * crossprod(centred)",
                        fit->kind == BEHOV_VCOV_CV3J ? "colMeans(without)" : "coef(base_fit)");
}

static void add_errors(const export_fit *fit, behov_wording *out)
{
    static const char *const hc[] = {
        [BEHOV_VCOV_HC0] = "HC0", [BEHOV_VCOV_HC1] = "HC1", [BEHOV_VCOV_HC2] = "HC2", [BEHOV_VCOV_HC3] = "HC3"};
    behov_vcov_kind kind = fit->kind;
    if (has_frequencies(fit) && kind <= BEHOV_VCOV_CV1) {
        add_frequency_errors(fit, out);
    } else if (kind == BEHOV_VCOV_CLASSICAL) {
        behov_wording_add(out, "covariance <- vcov(base_fit)");
    } else if (kind <= BEHOV_VCOV_HC3) {
        behov_wording_print(out, "covariance <- sandwich::vcovHC(base_fit, type = \"%s\")", hc[kind]);
    } else if (kind <= BEHOV_VCOV_CV1) {
        behov_wording_add(out, "covariance <- sandwich::vcovCL(base_fit, cluster = ");
        add_clusters(fit, out);
        behov_wording_print(out, ", type = \"%s\", cadjust = %s)", kind == BEHOV_VCOV_CV0 ? "HC0" : "HC1",
                            kind == BEHOV_VCOV_CV0 ? "FALSE" : "TRUE");
    } else {
        behov_wording_add(out, "clusters <- factor(");
        add_clusters(fit, out);
        behov_wording_add(out, ")\n");
        if (kind == BEHOV_VCOV_CV3J || (kind == BEHOV_VCOV_CV3 && has_frequencies(fit)))
            add_refits(fit, out);
        else if (is_cv2_of_weights(fit))
            add_own_cv2(fit, out);
        else if (kind == BEHOV_VCOV_CV2)
            behov_wording_add(
                out, "covariance <- as.matrix(clubSandwich::vcovCR(base_fit, cluster = clusters, type = \"CR2\"))");
        else
            behov_wording_add(out, "covariance <- (nlevels(clusters) - 1) / nlevels(clusters) *\n"
                                   "  as.matrix(clubSandwich::vcovCR(base_fit, cluster = clusters, type = \"CR3\"))");
    }
}

static behov_status say_errors(const void *context, behov_wording *out, behov_error *err)
{
    add_errors(fit_of(context), out);
    behov_wording_add(out, "\ncovariance <- turn %*% covariance %*% t(turn)\n"
                           "coefficients <- drop(turn %*% coef(base_fit))");
    return behov_wording_status(out, err);
}

static behov_status say_packages(const void *context, behov_wording *out, behov_error *err)
{
    behov_vcov_kind kind = fit_of(context)->kind;
    if (kind != BEHOV_VCOV_CLASSICAL && kind != BEHOV_VCOV_CV3J && !has_frequencies(fit_of(context)) &&
        !is_cv2_of_weights(fit_of(context)))
        behov_wording_add(out, kind <= BEHOV_VCOV_CV1 ? "\"sandwich\"" : "\"clubSandwich\"");
    return behov_wording_status(out, err);
}

static behov_status say_compares_errors(const void *context, behov_wording *out, behov_error *err)
{
    behov_wording_add(out, behov_vcov_n_cut(fit_of(context)->results->vcov) ? "FALSE" : "TRUE");
    return behov_wording_status(out, err);
}

static const template_value values[] = {
    {"compares_errors", TEMPLATE_CODE, say_compares_errors},
    {"read_data", TEMPLATE_CODE, say_read_data},
    {"derive", TEMPLATE_CODE, say_derive},
    {"ours", TEMPLATE_CODE, say_ours},
    {"refit", TEMPLATE_CODE, say_refit},
    {"errors", TEMPLATE_CODE, say_errors},
    {"packages", TEMPLATE_CODE, say_packages},
    {NULL, TEMPLATE_CODE, NULL},
};

const dialect dialect_r = {
    .name = "R",
    .patterns =
        {DIALECT_ARITHMETIC, DIALECT_FUNCTIONS("", "log"), [BEHOV_OPERATION_TEXT_EQUAL] = "as.numeric($1 == $2)",
         [BEHOV_OPERATION_NOT] = "as.numeric($1 == 0)", [BEHOV_OPERATION_POWER] = "($1^$2)",
         [BEHOV_OPERATION_LESS] = "as.numeric($1 < $2)", [BEHOV_OPERATION_LESS_EQUAL] = "as.numeric($1 <= $2)",
         [BEHOV_OPERATION_GREATER] = "as.numeric($1 > $2)", [BEHOV_OPERATION_GREATER_EQUAL] = "as.numeric($1 >= $2)",
         [BEHOV_OPERATION_EQUAL] = "as.numeric($1 == $2)", [BEHOV_OPERATION_UNEQUAL] = "as.numeric($1 != $2)",
         [BEHOV_OPERATION_AND] = "as.numeric($1 != 0 & $2 != 0)",
         [BEHOV_OPERATION_OR] = "as.numeric($1 != 0 | $2 != 0)"},
    .column = add_column,
    .text = add_text,
    .lines = add_lines,
    .comment = dialect_comment_line,
    .values = values,
};
