# absorbed_effects.R - the figures of test_absorbed_effects.c: the model of the report with an effect for each
# municipality, on the bundled simulated panel. Made with R 4.2.2, sandwich 3.0-2, plm 2.6-2. From the project's folder:
# Rscript tests/cross/absorbed_effects.R
library(sandwich)
suppressMessages(library(plm))
panel <- read.csv("datasets/simulated/panel.csv", colClasses = c(municipality_code = "character"))
panel <- panel[panel$estimated_on == 1, ]
slopes <- 2:12
show <- function(name, values) cat(name, paste(sprintf("%.17g", values), collapse = " "), "\n")
formula <- net_expenditure ~ disabled_18_49 + I(population^1.2) + clustering_index + population_16_66 +
  non_western_immigrants + new_refugees + upper_secondary_completion + factor(year)
errors <- function(v) sqrt(diag(v))[slopes]
report <- function(fit, name) {
  show(paste(name, "coefficients"), coef(fit)[slopes])
  show(paste(name, "classical"), errors(vcov(fit)))
  show(paste(name, "hc0"), errors(vcovHC(fit, type = "HC0")))
  show(paste(name, "hc1"), errors(vcovHC(fit, type = "HC1")))
  # every coefficient, the 387 effects too, counts in K: areg's convention
  show(paste(name, "cv1 year"), errors(vcovCL(fit, cluster = ~year, type = "HC1")))
  show(paste(name, "cv0 municipality"), errors(vcovCL(fit, cluster = ~municipality_code, type = "HC0", cadjust = FALSE)))
  show(paste(name, "n groups rss sigma"), c(nobs(fit), length(unique(panel$municipality_code)),
       sum(weights(fit) %||% 1 * residuals(fit)^2), sigma(fit)))
}
`%||%` <- function(a, b) if (is.null(a)) b else a
dummies <- update(formula, . ~ . + factor(municipality_code))
report(lm(dummies, panel), "ols")
report(lm(dummies, panel, weights = population), "wls")
# plm's within model: its R2 is that within the groups, and so is its adjusted R2 but for the factor, (N-1)/(N-K-A)
# instead of (N-A)/(N-K-A). vcovHC type sss has G/(G-1) (N-1)/(N-K) with K the slopes alone, without the constant.
within <- plm(formula, panel, index = c("municipality_code", "year"), model = "within", effect = "individual")
show("plm coefficients", coef(within))
show("plm classical", sqrt(diag(vcov(within))))
show("plm sss", sqrt(diag(vcovHC(within, method = "arellano", type = "sss", cluster = "group"))))
show("plm r2 adj_r2 f", c(r.squared(within), r.squared(within, dfcor = TRUE), pwaldtest(within, test = "F")$statistic))
cat(R.version.string, "sandwich", format(packageVersion("sandwich")), "plm", format(packageVersion("plm")), "\n")
