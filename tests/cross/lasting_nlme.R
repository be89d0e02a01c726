# lasting_nlme.R - the figures of test_lasting_nlme.c: chance that lasts where another program knows it. nlme::lme has a
# random intercept and AR(1) chance with one variance, which is this model with s1 = 0.
# Made with R 4.2.2, nlme 3.1-162. From the project's folder: Rscript tests/cross/lasting_nlme.R
#
# Writes lasting_nlme_NAME.csv, simulated panels (all populations alike, so that s1 is not asked for), and
# lasting_nlme.txt with REML estimates: Var u, Var e, phi, log-likelihood, twice its rise over phi = 0.
#   balanced  60 municipalities x 6 years, phi 0.5, two covariates
#   gaps      50 x 9 years, three of ten rows missing, phi 0.8 (corCAR1: powers of the gap)
#   short     100 x 4 years, phi 0.3, one covariate
suppressMessages(library(nlme))
panel <- function(seed, n, years, phi, width, missing) {
  set.seed(seed)
  rows <- do.call(rbind, lapply(seq_len(n), function(i) {
    e <- as.numeric(arima.sim(list(ar = phi), years, sd = sqrt(0.2 * (1 - phi^2))))
    x <- matrix(round(rnorm(years * width), 3), years)
    colnames(x) <- paste0("x", 1 + seq_len(width))
    y <- round(rnorm(1, sd = 0.6) + e + 0.3 * x[, 1], 4)
    data.frame(municipality = 1000 + i, year = 2011 + seq_len(years), population = 1000, residual = y, x1 = 1, x)
  }))
  rows[runif(nrow(rows)) >= missing, ]
}
fit <- function(name, data, start, phi) {
  correlation <- start(phi, form = ~ year | municipality)
  write.csv(data, paste0("tests/cross/lasting_nlme_", name, ".csv"), row.names = FALSE, quote = FALSE)
  slopes <- setdiff(grep("^x", names(data), value = TRUE), "x1")
  tight <- lmeControl(maxIter = 1000, msMaxIter = 1000, niterEM = 200, tolerance = 1e-13, msTol = 1e-15,
    msVerbose = FALSE, opt = "nlminb", returnObject = TRUE)
  model <- reformulate(slopes, "residual")
  for (again in 1:3) { # nlminb stops early: from where it stopped
    lasting <- lme(model, random = ~ 1 | municipality, correlation = correlation, data = data, method = "REML",
      control = tight)
    phi <- coef(lasting$modelStruct$corStruct, unconstrained = FALSE)
    correlation <- start(phi, form = ~ year | municipality)
  }
  independent <- lme(model, random = ~ 1 | municipality, data = data, method = "REML", control = tight)
  spread <- c(as.matrix(lasting$modelStruct$reStruct[[1]]) * lasting$sigma^2, lasting$sigma^2)
  ratio <- 2 * (as.numeric(logLik(lasting)) - as.numeric(logLik(independent)))
  # behov's likelihood has no 2 pi, and an orthonormal X
  X <- model.matrix(model, data)
  likelihood <- as.numeric(logLik(lasting)) + (nrow(X) - ncol(X)) / 2 * log(2 * pi) + log(det(crossprod(X))) / 2
  sprintf("%s %.12g %.12g %.12g %.12g %.12g", name, spread[1], spread[2], phi, likelihood, ratio)
}
lines <- c(fit("balanced", panel(1, 60, 6, 0.5, 2, 0), corAR1, 0.3),
  fit("gaps", panel(7, 50, 9, 0.8, 1, 0.3), corCAR1, 0.6),
  fit("short", panel(3, 100, 4, 0.3, 1, 0), corAR1, 0.2))
writeLines(c("# name, Var u, Var e, phi, REML log-likelihood, likelihood ratio to phi = 0: lasting_nlme.R", lines),
  "tests/cross/lasting_nlme.txt")
