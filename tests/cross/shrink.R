# shrink.R - the figures of test_shrink.c: restricted maximum likelihood and empirical Bayes of municipality effects.
# Made with R 4.2.2, lme4 1.1-31. From the project's folder: Rscript tests/cross/shrink.R > tests/cross/shrink.txt
#
#   balanced    bundled panel, rows estimated on, chance the same for all: lme4::lmer(y ~ x + (1 | municipality))
#   unbalanced  the same with every third municipality's last years taken out
#   person      Var e = s0^2 + s1^2 / population on the unbalanced rows: the restricted likelihood written out with dense
#               matrices of each municipality, maximised by optim over logarithms, then Newton's steps on numerical
#               derivatives; effects and their variance at least squares' b by the formulas of Henderson, dense
#   one_year    2013 alone, chance s1^2 / population
# The outcome of person and one_year is the panel's with chance added that falls with the population: a fixed sequence,
# the golden ratio's multiples modulo 1 through qnorm, so that the variance of persons is not 0.
suppressMessages(library(lme4))
panel <- read.csv("datasets/simulated/panel.csv", colClasses = c(municipality_code = "character"))
panel <- panel[panel$estimated_on == 1, ]
panel <- panel[order(panel$municipality_code, panel$year), ]
model <- net_expenditure ~ disabled_18_49 + I((population / 1e5)^1.2) + clustering_index + population_16_66 +
  non_western_immigrants + new_refugees + upper_secondary_completion + factor(year)
show <- function(name, values) cat(name, paste(sprintf("%.12g", values), collapse = " "), "\n")
shown <- c(1, 2, 3, 100, 200, 300, 387)
number <- as.integer(factor(panel$municipality_code))
some <- panel[!(number %% 3 == 0 & panel$year > 2012 + number %% 4), ]

lasting <- function(name, data) {
  tight <- lmerControl(optCtrl = list(ftol_abs = 1e-14, ftol_rel = 1e-15, xtol_abs = 1e-12, xtol_rel = 1e-12, maxeval = 1e5))
  fit <- lmer(update(model, . ~ . + (1 | municipality_code)), data = data, REML = TRUE, control = tight)
  v <- as.data.frame(VarCorr(fit))$vcov
  show(paste(name, "lmer"), c(v[1], v[2]))
  dense(name, data, c(v[1], v[2], 0), 1:2)
}
weights_of <- function(data, p) {
  n <- nrow(data)
  p[1] * colSums(solve(diag(p[2] + p[3] / data$population, n) + p[1]))
}
blocks <- function(data, p) lapply(split(seq_len(nrow(data)), data$municipality_code), function(i)
  diag(p[2] + p[3] / data$population[i], length(i)) + p[1])
restricted <- function(data, p) {
  X <- model.matrix(model, data); y <- data$net_expenditure
  rows <- split(seq_len(nrow(data)), data$municipality_code); S <- blocks(data, p)
  xx <- 0; xy <- 0; yy <- 0; logs <- 0
  for (g in seq_along(S)) {
    inverse <- solve(S[[g]]); i <- rows[[g]]; x <- X[i, , drop = FALSE]
    xx <- xx + t(x) %*% inverse %*% x; xy <- xy + t(x) %*% inverse %*% y[i]
    yy <- yy + drop(t(y[i]) %*% inverse %*% y[i]); logs <- logs + as.numeric(determinant(S[[g]])$modulus)
  }
  -(logs + as.numeric(determinant(xx)$modulus) + yy - drop(t(xy) %*% solve(xx, xy))) / 2
}
# Effects at the least squares b, and their variance: that at known variances, and twice what the estimated ones add
# (Prasad & Rao 1990): derivatives of the weights by central differences, the information tr(S^-1 V S^-1 V) / 2.
dense <- function(name, data, p, free) {
  X <- model.matrix(model, data); y <- data$net_expenditure; B <- solve(crossprod(X)); r <- y - X %*% (B %*% crossprod(X, y))
  rows <- split(seq_len(nrow(data)), data$municipality_code); S <- blocks(data, p)
  meat <- 0
  for (g in seq_along(S)) { x <- X[rows[[g]], , drop = FALSE]; meat <- meat + t(x) %*% S[[g]] %*% x }
  V <- B %*% meat %*% B
  information <- 0
  for (g in seq_along(S)) {
    i <- rows[[g]]; inverse <- solve(S[[g]]); n <- length(i)
    v <- list(matrix(1, n, n), diag(n), diag(1 / data$population[i], n))
    information <- information +
      outer(free, free, Vectorize(function(j, k) sum(diag(inverse %*% v[[j]] %*% inverse %*% v[[k]])) / 2))
  }
  out <- sapply(seq_along(S), function(g) {
    w <- p[1] * colSums(solve(S[[g]])); x <- X[rows[[g]], , drop = FALSE]
    d <- sapply(free, function(k) {
      e <- replace(0 * p, k, 1e-5 * max(p[k], 1e-3))
      (weights_of(data[rows[[g]], ], p + e) - weights_of(data[rows[[g]], ], p - e)) / (2 * e[k])
    })
    d <- matrix(d, ncol = length(free))
    c(sum(w * r[rows[[g]]]), sum(w), p[1] * (1 - sum(w)) + drop((w %*% x) %*% V %*% t(w %*% x)) +
        2 * sum(diag(t(d) %*% S[[g]] %*% d %*% solve(information))))
  })
  at <- shown[shown <= ncol(out)]
  show(paste(name, "effects"), out[1, at]); show(paste(name, "shares"), out[2, at])
  show(paste(name, "uncertainties"), out[3, at])
}
maximise <- function(name, data, build, start) {
  minus <- function(q) -restricted(data, build(exp(q)))
  found <- optim(log(start), minus, method = "BFGS", control = list(reltol = 1e-15, maxit = 500))
  q <- found$par
  for (step in 1:6) {
    gradient <- sapply(seq_along(q), function(k) { e <- replace(0 * q, k, 1e-4); (minus(q + e) - minus(q - e)) / 2e-4 })
    q <- q - solve(optimHess(q, minus, control = list(ndeps = rep(1e-3, length(q)))), gradient)
  }
  show(paste(name, "variances"), exp(q))
  build(exp(q))
}
lasting("balanced", panel)
lasting("unbalanced", some)
chance <- function(data) {
  z <- qnorm((seq_len(nrow(data)) * 0.6180339887498949) %% 1)
  data$net_expenditure <- data$net_expenditure + sqrt(400 / data$population) * z
  data
}
noisy <- chance(some)
p <- maximise("person", noisy, function(v) v, c(0.3, 0.1, 400))
dense("person", noisy, p, 1:3)
model <- update(model, . ~ . - factor(year))
one <- chance(panel[panel$year == 2013, ])
p <- maximise("one_year", one, function(v) c(v[1], 0, v[2]), c(0.3, 400))
dense("one_year", one, p, c(1, 3))
cat(R.version.string, "lme4", format(packageVersion("lme4")), "\n")
