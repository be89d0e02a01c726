#!/usr/bin/python3
"""peers_statsmodels.py PANEL - panel S by statsmodels, with its default (pinv), and what there is of method="qr"; called by peers.sh.

Prints the lines that peers.R prints. Conventions: cov_type "cluster" with use_correction is CV1; use_t with G-1
degrees of freedom is its own default after clustering.
"""
import sys

import numpy as np
import pandas as pd
import statsmodels
import statsmodels.api as sm
from statsmodels.stats.outliers_influence import OLSInfluence, variance_inflation_factor

COVARIATES = ["ufore_18_49_pct", "urbanitet", "opphopning", "innb_16_66_pct", "ikke_vestlige_pct", "nybosatte_pct",
              "vgs_pct"]


def show(peer, quantity, values):
    print("\t".join([peer, quantity] + [f"{value:.17g}" for value in np.ravel(values)]))


def root(covariance):
    variances = np.diag(covariance)
    return np.where(variances < 0, variances, np.sqrt(np.abs(variances)))  # a negative variance as it is


def main():
    panel = pd.read_csv(sys.argv[1], dtype={"kommune_nr": str}, float_precision="round_trip")
    years = sorted(panel.year.unique())
    x = np.column_stack([np.ones(len(panel))] + [panel[name] for name in COVARIATES] +
                        [(panel.year == year).astype(float) for year in years[1:]])
    y = panel["netto_utgift_1000kr_per_innb"].to_numpy()
    municipality = pd.factorize(panel.kommune_nr)[0]
    both = np.column_stack([municipality, pd.factorize(panel.year)[0]])
    peer, model, k = "statsmodels", sm.OLS(y, x), x.shape[1]
    # Robust covariances are not there after method="qr" (0.13: no pinv_wexog), so its columns are few.
    for name, method in ((peer, "pinv"), ("statsmodels_qr", "qr")):
        fit = sm.OLS(y, x).fit(method=method)
        show(name, "coef", fit.params)
        show(name, "classical", root(fit.cov_params()))
        show(name, "R2", [fit.rsquared, fit.rsquared_adj])
        show(name, "F", fit.fvalue)
        show(name, "F_p", fit.f_pvalue)
    for kind in ("HC0", "HC1", "HC2", "HC3"):
        show(peer, kind, root(model.fit(cov_type=kind).cov_params()))

    def clustered(groups, corrected):
        return model.fit(cov_type="cluster", use_t=True, cov_kwds={"groups": groups, "use_correction": corrected})
    show(peer, "CV0", root(clustered(municipality, False).cov_params()))
    cv1 = clustered(municipality, True)
    show(peer, "CV1", root(cv1.cov_params()))
    show(peer, "two_way_CV0", root(clustered(both, False).cov_params()))
    show(peer, "two_way_CV1", root(clustered(both, True).cov_params()))
    for name, which in (("all", range(1, k)), ("years", range(8, k)), ("covariates", range(1, 8))):
        show(peer, f"wald_{name}", cv1.f_test(np.eye(k)[list(which)]).fvalue)
    show(peer, "p", cv1.pvalues)
    show(peer, "interval", cv1.conf_int().T)
    show(peer, "vif", [variance_inflation_factor(x, j) for j in range(1, k)])
    fit = model.fit()
    influence = OLSInfluence(fit)
    show(peer, "fitted", fit.fittedvalues)
    show(peer, "resid", fit.resid)
    show(peer, "hat", influence.hat_matrix_diag)
    show(peer, "rstandard", influence.resid_studentized_internal)
    show(peer, "rstudent", influence.resid_studentized_external)
    show(peer, "cooks", influence.cooks_distance[0])
    show(peer, "dffits", influence.dffits[0])
    print(f"version\t{peer}\tstatsmodels {statsmodels.__version__} (OLS, method pinv, its default), "
          f"numpy {np.__version__}")


if __name__ == "__main__":
    main()
