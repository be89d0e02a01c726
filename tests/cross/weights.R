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
# Wald F of restrictions R b = r with vcovCL: disabled_18_49 = 0.4 and new_refugees = non_western_immigrants, and
# disabled_18_49 = 0.5 alone. By hand, without lmtest.
R <- rbind(replace(numeric(12), 2, 1), replace(replace(numeric(12), 7, 1), 6, -1))
gap <- R %*% coef(fit) - c(0.4, 0)
v <- vcovCL(fit, cluster = ~municipality_code, type = "HC1")
f <- drop(t(gap) %*% solve(R %*% v %*% t(R), gap)) / 2
show("wald f p", c(f, pf(f, 2, 386, lower.tail = FALSE)))
t1 <- (coef(fit)[2] - 0.5) / sqrt(v[2, 2])
show("wald t p", c(t1, 2 * pt(-abs(t1), 386)))
cat(R.version.string, "sandwich", format(packageVersion("sandwich")), "\n")
