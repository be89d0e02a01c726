# weights.R - the figures of test_weights.c: weighted least squares on the bundled simulated panel.
# Made with R 4.2.2, sandwich 3.0-2. From the project's folder: Rscript tests/cross/weights.R
library(sandwich)
panel <- read.csv("datasets/simulated/panel.csv", colClasses = c(municipality_code = "character"))
panel <- panel[panel$estimated_on == 1, ]
fit <- lm(net_expenditure ~ disabled_18_49 + I(population^1.2) + clustering_index + population_16_66 +
            non_western_immigrants + new_refugees + upper_secondary_completion + factor(year),
          data = panel, weights = population)
show <- function(name, values) cat(name, paste(sprintf("%.17g", values), collapse = " "), "\n")
show("coefficients", coef(fit))
show("classical", sqrt(diag(vcov(fit))))
show("hc1", sqrt(diag(vcovHC(fit, type = "HC1"))))
show("cv1", sqrt(diag(vcovCL(fit, cluster = ~municipality_code, type = "HC1"))))
show("hc0", sqrt(diag(vcovHC(fit, type = "HC0"))))
show("hc2", sqrt(diag(vcovHC(fit, type = "HC2"))))
show("hc3", sqrt(diag(vcovHC(fit, type = "HC3"))))
show("n sigma r2 adj_r2", c(nobs(fit), sigma(fit), summary(fit)$r.squared, summary(fit)$adj.r.squared))
show("mean weight", mean(panel$population))
cat(R.version.string, "sandwich", format(packageVersion("sandwich")), "\n")
