# specification.R - the figures of test_specification.c: Breusch-Pagan, RESET, counties and Holm of the report's model on
# the bundled simulated panel. Made with R 4.2.2, lmtest 0.9-40, sandwich 3.0-2. From the project's folder:
# Rscript tests/cross/specification.R
suppressMessages(library(lmtest))
library(sandwich)
panel <- read.csv("datasets/simulated/panel.csv", colClasses = c(municipality_code = "character"))
panel <- panel[panel$estimated_on == 1, ]
show <- function(name, values) cat(name, paste(sprintf("%.17g", values), collapse = " "), "\n")
formula <- net_expenditure ~ disabled_18_49 + I(population^1.2) + clustering_index + population_16_66 +
  non_western_immigrants + new_refugees + upper_secondary_completion + factor(year)
report <- function(fit, name) {
  z <- list(regressors = NULL, inverse = ~ I(1 / population), log = ~ log(population))
  for (k in names(z)) {
    studentised <- bptest(fit, z[[k]], data = panel)
    original <- bptest(fit, z[[k]], data = panel, studentize = FALSE)
    show(paste(name, "bp", k), c(studentised$statistic, studentised$p.value, original$statistic, original$p.value,
                                 studentised$parameter))
  }
}
fit <- lm(formula, panel)
report(fit, "ols")
# with precision weights: the squares of the weighted residuals, each row counting once; bptest weights the rows again
weighted <- lm(formula, panel, weights = population / mean(population))
panel$square <- weighted.residuals(weighted)^2
auxiliary <- lm(update(formula, square ~ .), panel)
show("wls bp regressors", nobs(fit) * summary(auxiliary)$r.squared)
reset <- resettest(fit, power = 2:3, type = "fitted", data = panel)
show("reset", c(reset$statistic, reset$parameter, reset$p.value))
# the same with CV1: fitted values about their mean span the same columns
panel$f <- fitted(fit) - mean(fitted(fit))
wider <- lm(update(formula, . ~ . + I(f^2) + I(f^3)), panel)
v <- vcovCL(wider, cluster = ~municipality_code, type = "HC1")
b <- tail(coef(wider), 2)
groups <- length(unique(panel$municipality_code))
f <- drop(b %*% solve(tail(t(tail(t(v), 2)), 2), b)) / 2
show("reset cv1", c(f, 2, groups - 1, pf(f, 2, groups - 1, lower.tail = FALSE)))
panel$e <- residuals(fit)
means <- aggregate(e ~ municipality_code, panel, mean)
means$county <- substr(means$municipality_code, 1, 2)
a <- anova(lm(e ~ factor(county), means))
s <- summary(lm(e ~ factor(county), means))
show("county", c(a$`F value`[1], a$Df, a$`Pr(>F)`[1], s$r.squared, s$adj.r.squared))
panel$county <- substr(panel$municipality_code, 1, 2)
show("county cv1", sqrt(diag(vcovCL(fit, cluster = ~county, type = "HC1"))))
# CV3 by real refits
g <- unique(panel$county)
without <- sapply(g, function(c) coef(lm(formula, panel[panel$county != c, ])) - coef(fit))
show("county cv3", sqrt((length(g) - 1) / length(g) * rowSums(without^2)))
show("holm", p.adjust(c(0.01, 0.04, NA, 0.03, 0.005, 0.9, 0.03), "holm"))
# autocorrelation by lag
for (lag in 1:4) {
  pairs <- merge(panel[c("municipality_code", "year", "e")],
                 transform(panel[c("municipality_code", "year", "e")], year = year - lag), by = c("municipality_code", "year"))
  show(paste("lag", lag), c(nrow(pairs), cor(pairs$e.x, pairs$e.y)))
}
# spread by size class of the row's population
class <- findInterval(panel$population, c(2000, 5000, 10000, 20000, 50000))
show("spread", tapply(panel$e, class, sd))
show("spread rows", table(class))
# logs with Duan's factor; each municipality left out by a real refit
rmse <- function(e) sqrt(mean(e^2))
positive <- panel$net_expenditure > 0
stopifnot(all(positive))
logs <- update(formula, log(net_expenditure) ~ .)
level <- function(formula, data, new, is_log) {
  fit <- lm(formula, data)
  if (is_log) exp(predict(fit, new)) * mean(exp(residuals(fit))) else predict(fit, new)
}
left_out <- function(formula, is_log) {
  e <- panel$net_expenditure
  for (c in unique(panel$municipality_code)) {
    i <- panel$municipality_code == c
    e[i] <- panel$net_expenditure[i] - level(formula, panel[!i, ], panel[i, ], is_log)
  }
  c(rmse(panel$net_expenditure - level(formula, panel, panel, is_log)), rmse(e), mean(abs(e)))
}
show("level", left_out(formula, FALSE))
show("logs", left_out(logs, TRUE))
show("smearing", mean(exp(residuals(lm(logs, panel)))))
other <- update(formula, . ~ . - I(population^1.2) + log(population))
show("population", c(sigma(lm(other, panel)), left_out(other, FALSE)[2:3], summary(lm(other, panel))$adj.r.squared))
# forward: the level of the year before
for (t in 2012:2015) {
  new <- panel[panel$year == t + 1, ]
  old <- lm(if (t == 2012) update(formula, . ~ . - factor(year)) else formula, panel[panel$year <= t, ])
  e <- new$net_expenditure - predict(old, transform(new, year = t))
  show(paste("forward", t + 1), c(nrow(new), rmse(e), mean(e), rmse(e - mean(e))))
}
# without the three largest
last <- panel[panel$year == ave(panel$year, panel$municipality_code, FUN = max), ]
largest <- last$municipality_code[order(-last$population)][1:3]
rest <- panel[!panel$municipality_code %in% largest, ]
less <- lm(formula, rest)
cat("largest", largest, "\n")
show("without", coef(less))
show("without cv1", sqrt(diag(vcovCL(less, cluster = ~municipality_code, type = "HC1"))))
cat(R.version.string, "lmtest", format(packageVersion("lmtest")), "sandwich", format(packageVersion("sandwich")), "\n")
