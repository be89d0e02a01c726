/* inference.c - from a covariance to t, p, interval and stars.
 *
 * GSL gives the distribution functions; its t quantile is good to about 1e-10 only and is polished by Newton steps. */
#include <behov/inference.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

behov_stars behov_stars_default(void)
{
    return (behov_stars){{0.10, 0.05, 0.01}};
}

const char *behov_stars_of(behov_stars stars, double p)
{
    if (!(p < stars.levels[0]))
        return "";
    if (!(p < stars.levels[1]))
        return "*";
    return p < stars.levels[2] ? "***" : "**";
}

double behov_t_p(double t, double dof)
{
    if (isnan(t) || !(dof > 0))
        return NAN;
    if (isinf(t))
        return 0;
    double p = 2 * gsl_cdf_tdist_Q(fabs(t), dof);
    return p < 1 ? p : 1;
}

double behov_f_p(double f, double dof1, double dof2)
{
    if (isnan(f) || !(dof1 > 0) || !(dof2 > 0))
        return NAN;
    if (isinf(f))
        return 0;
    return f <= 0 ? 1 : gsl_cdf_fdist_Q(f, dof1, dof2);
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
    behov_stars stars = options && options->stars.levels[0] != 0 ? options->stars : behov_stars_default();
    if (!(level > 0 && level < 1))
        return behov_error_set(err, BEHOV_E_ARGUMENT, "", "the level of an interval lies between 0 and 1, as 0.95");
    if (!(stars.levels[0] >= stars.levels[1] && stars.levels[1] >= stars.levels[2] && stars.levels[2] > 0))
        return behov_error_set(err, BEHOV_E_ARGUMENT, "", "the levels of the stars must fall, as 0.10, 0.05, 0.01");
    size_t n = behov_vcov_n_regressors(vcov);
    if (behov_fit_n_regressors(fit) != n)
        return behov_error_set(err, BEHOV_E_ARGUMENT, "", "the covariance is not that of this fit");
    const double *b = behov_fit_coefficients(fit), *v = behov_vcov_matrix(vcov);
    double last_dof = behov_vcov_dof(vcov), quantile = behov_t_quantile(level, last_dof);
    for (size_t k = 0; k < n; k++) {
        behov_coefficient *c = &coefficients[k];
        if (behov_fit_is_dropped(fit, k)) {
            *c = (behov_coefficient){NAN, NAN, NAN, NAN, NAN, NAN, NAN, ""};
            continue;
        }
        double dof = behov_vcov_dof_of(vcov, k), se = sqrt(v[k * n + k]);
        if (dof != last_dof) {
            last_dof = dof;
            quantile = behov_t_quantile(level, dof);
        }
        *c = (behov_coefficient){.estimate = b[k], .se = se, .dof = dof};
        c->t = se > 0 ? b[k] / se : NAN;
        c->p = behov_t_p(c->t, dof);
        c->ci_low = b[k] - quantile * se;
        c->ci_high = b[k] + quantile * se;
        c->stars = behov_stars_of(stars, c->p);
    }
    return BEHOV_OK;
}
