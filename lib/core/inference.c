/* inference.c - from a covariance to t, p, interval and stars.
 *
 *   p of t  = I_x(dof/2, 1/2),        x = dof / (dof + t^2)
 *   p of F  = I_x(dof2/2, dof1/2),    x = dof2 / (dof2 + dof1 F)
 *
 * with the regularised incomplete beta function I by its continued fraction (DLMF 8.17.22, Lentz's algorithm), which
 * keeps all digits in the far tail. GSL's own t distribution goes over to an expansion above 30 degrees of freedom and
 * has only six right digits at t = 15. In the middle that expansion is right to the last digits, so quantiles come from
 * Newton steps on it. */
#include <behov/inference.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

behov_stars behov_stars_default(void)
{
    return (behov_stars){.levels = {0.10, 0.05, 0.01}};
}

behov_stars behov_stars_chosen(behov_stars stars)
{
    return stars.is_none || stars.levels[0] != 0 ? stars : behov_stars_default();
}

size_t behov_stars_count(behov_stars stars)
{
    size_t n = 0;
    while (!stars.is_none && n < BEHOV_STAR_MARKS && stars.levels[n] > 0)
        n++;
    return n;
}

bool behov_stars_are_valid(behov_stars stars)
{
    size_t n = behov_stars_count(stars);
    for (size_t i = 0; i < BEHOV_STAR_MARKS && !stars.is_none; i++) {
        double level = stars.levels[i];
        if (i < n ? !(level < 1) || (i && !(level < stars.levels[i - 1])) : level != 0)
            return false;
    }
    return stars.is_none || n > 0;
}

const char *behov_stars_of(behov_stars stars, double p)
{
    if (stars.is_none || !(p < stars.levels[0]))
        return "";
    if (!(p < stars.levels[1]))
        return "*";
    return p < stars.levels[2] ? "***" : "**";
}

/* The continued fraction of I_x(a, b) without its front factor; converges fast for x < (a + 1) / (a + b + 2). */
static double beta_fraction(double a, double b, double x)
{
    enum { STEPS_MAX = 10000 };
    const double tiny = 1e-300;
    double c = 1, d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabs(d) < tiny ? tiny : d);
    double value = d;
    for (int m = 1; m < STEPS_MAX; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        for (int half = 0; half < 2; half++) {
            double term = half ? odd : even;
            d = 1 + term * d;
            c = 1 + term / c;
            d = 1 / (fabs(d) < tiny ? tiny : d);
            c = fabs(c) < tiny ? tiny : c;
            value *= c * d;
        }
        if (fabs(c * d - 1) < 1e-16)
            break;
    }
    return value;
}

/* I_x(a, b) for x = 1 / (1 + ratio): given by the ratio, so that neither x nor 1 - x loses digits. */
static double beta_tail(double a, double b, double ratio)
{
    double log_x = -log1p(ratio), log_rest = log(ratio) + log_x; /* 1 - x = ratio / (1 + ratio) */
    double x = exp(log_x), rest = exp(log_rest);
    double front = exp(a * log_x + b * log_rest - gsl_sf_lnbeta(a, b));
    if (x < (a + 1) / (a + b + 2))
        return front / a * beta_fraction(a, b, x);
    return 1 - front / b * beta_fraction(b, a, rest);
}

double behov_t_p(double t, double dof)
{
    if (isnan(t) || !(dof > 0))
        return NAN;
    if (isinf(t))
        return 0;
    return t == 0 ? 1 : beta_tail(dof / 2, 0.5, t * t / dof);
}

double behov_f_p(double f, double dof1, double dof2)
{
    if (isnan(f) || !(dof1 > 0) || !(dof2 > 0))
        return NAN;
    if (isinf(f))
        return 0;
    return f <= 0 ? 1 : beta_tail(dof2 / 2, dof1 / 2, dof1 * f / dof2);
}

double behov_t_quantile(double level, double dof)
{
    double tail = (1 - level) / 2, q = gsl_cdf_tdist_Qinv(tail, dof);
    for (int i = 0; i < 3; i++)
        q += (gsl_cdf_tdist_Q(q, dof) - tail) / gsl_ran_tdist_pdf(q, dof);
    return q;
}

behov_status behov_inference(const behov_fit *fit, const behov_vcov *vcov, const behov_inference_options *options,
                             behov_coefficient *coefficients, behov_error *err)
{
    double level = options && options->level != 0 ? options->level : 0.95;
    behov_stars stars = behov_stars_chosen(options ? options->stars : behov_stars_default());
    if (!(level > 0 && level < 1))
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_INTERVAL_LEVEL_RANGE_EXAMPLE);
    if (!behov_stars_are_valid(stars))
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_INFERENCE_STAR_ORDER);
    size_t n = behov_vcov_n_regressors(vcov);
    if (behov_fit_n_regressors(fit) != n)
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_COVARIANCE_NOT_OF_FIT);
    const double *b = behov_fit_coefficients(fit), *v = behov_vcov_matrix(vcov);
    double last_dof = behov_vcov_dof(vcov), quantile = behov_t_quantile(level, last_dof);
    for (size_t k = 0; k < n; k++) {
        behov_coefficient *c = &coefficients[k];
        if (behov_fit_is_dropped(fit, k)) {
            *c = (behov_coefficient){NAN, NAN, NAN, NAN, NAN, NAN, NAN, ""};
            continue;
        }
        /* a ratio of two roundings is no t, and the cluster that alone identifies a coefficient says nothing of its
         * error */
        if (behov_fit_is_exact(fit) || behov_vcov_has_no_error(vcov, k)) {
            *c = (behov_coefficient){b[k], NAN, NAN, NAN, NAN, NAN, NAN, ""};
            continue;
        }
        double dof = behov_vcov_dof_of(vcov, k), se = sqrt(v[k * n + k]);
        if (dof != last_dof) {
            last_dof = dof;
            quantile = behov_t_quantile(level, dof);
        }
        *c = (behov_coefficient){.estimate = b[k], .se = se, .dof = dof};
        const double *uncut = behov_vcov_uncut(vcov);
        if (uncut && !(uncut[k] > 0)) { /* what is left after the cut is no measure of error */
            c->t = c->p = c->ci_low = c->ci_high = NAN;
            c->stars = "";
            continue;
        }
        c->t = se > 0 ? b[k] / se : NAN;
        c->p = behov_t_p(c->t, dof);
        c->ci_low = b[k] - quantile * se;
        c->ci_high = b[k] + quantile * se;
        c->stars = behov_stars_of(stars, c->p);
        if (behov_vcov_sole(vcov, k)) { /* a standard error that is too small */
            c->ci_low = c->ci_high = NAN;
            c->stars = "";
        }
    }
    return BEHOV_OK;
}
