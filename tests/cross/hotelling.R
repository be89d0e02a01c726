# hotelling.R - the figures of test_hotelling.c: joint tests and contrasts under CR2 by clubSandwich, on 22 simulated
# panels. From the project's folder, with Debian's r-cran-clubsandwich: Rscript tests/cross/hotelling.R > tests/cross/hotelling.txt
#
# Each panel: its rows, then lines
#   wald KIND q, R (q x 6), r, F, dof2, p         Wald_test(test = "HTZ") of R b = r (the outcome shifted by X b0, R b0 = r)
#   contrast KIND c (6), standard error, dof      of c'b, Wald_test(test = "HTZ")
# KIND: plain = lm; identity = lm with weights, the default target; inverse = with weights that are the same within a
# cluster and target = 1 / weights (elsewhere clubSandwich's root of the adjustment is not the symmetric one of weighted rows).
# Columns are near 1 in size: clubSandwich leaves out directions below 1e-12 of the largest.
suppressMessages(library(clubSandwich))
set.seed(20261129)
number <- function(x) paste(sprintf("%.15g", x), collapse = " ")
for (panel in 1:22) {
  many <- panel > 20  # clusters of one or two rows, where pairs of clusters are cheaper than a sum over all
  G <- if (many) 40 else c(8, 10, 12, 15, 20, 25, 30)[1 + panel %% 7]
  sizes <- if (many) rep(1:2, length.out = G) else switch(1 + panel %% 4, rep(4, G), sample(1:7, G, TRUE), rep(c(2, 12), length.out = G), c(30, rep(3, G - 1)))
  g <- rep(seq_len(G), sizes)
  n <- length(g)
  x1 <- round(rnorm(n) + rnorm(G)[g], 3)
  x2 <- round(rnorm(n), 3)
  x3 <- round(rexp(n) + runif(G)[g], 3)
  x4 <- if (panel %% 3) round(rnorm(n), 3) else as.numeric(g %% 2)  # as.numeric: the same within a cluster
  x5 <- if (panel %% 5) round(rnorm(G)[g] + 0.3 * rnorm(n), 3) else as.numeric(g == 2)  # one cluster alone: singular
  y <- round(1 + 0.5 * x1 - 0.2 * x3 + rnorm(G)[g] + rnorm(n), 3)
  w <- round(exp(0.5 * rnorm(G)[g] + 0.5 * rnorm(n)), 3) + 0.01
  v <- round(exp(0.7 * rnorm(G)), 3)[g] + 0.01
  d <- data.frame(g, y, x1, x2, x3, x4, x5, w, v)
  cat("panel", panel, n, "\n")
  write.table(d, row.names = FALSE, col.names = FALSE)
  singular <- panel %% 5 == 0
  for (kind in c("plain", "identity", "inverse")) {
    weights <- switch(kind, plain = NULL, identity = d$w, inverse = d$v)
    d$weights <- weights
    fit_of <- function(data) if (kind == "plain") lm(y ~ x1 + x2 + x3 + x4 + x5, data) else
      lm(y ~ x1 + x2 + x3 + x4 + x5, data, weights = weights)
    variance_of <- function(fit) if (kind == "inverse") vcovCR(fit, cluster = g, type = "CR2", target = 1 / weights) else
      vcovCR(fit, cluster = g, type = "CR2")
    fit <- fit_of(d)
    X <- model.matrix(fit)
    for (q in 1:6) {
      columns <- if (singular) 1:5 else 1:6
      if (q > length(columns)) next
      R <- matrix(0, q, 6)
      R[, columns] <- if (panel %% 2) round(rnorm(q * length(columns)), 2) else diag(6)[rev(columns)[1:q], columns]
      r <- if (panel %% 2) round(0.3 * rnorm(q), 2) else rep(0, q)
      shifted <- d
      shifted$y <- d$y - drop(X %*% t(R) %*% solve(R %*% t(R), r))
      fitted <- fit_of(shifted)
      result <- Wald_test(fitted, R, vcov = variance_of(fitted), test = "HTZ")
      if (is.na(result$p_val) || result$df_denom <= 0) result[c("Fstat", "df_denom", "p_val")] <- -1
      cat("wald", kind, q, number(t(R)), number(r), number(c(result$Fstat, result$df_denom, result$p_val)), "\n")
    }
    contrast <- round(rnorm(6), 2)
    if (singular) contrast[6] <- 0
    variance <- variance_of(fit)
    result <- Wald_test(fit, matrix(contrast, 1), vcov = variance, test = "HTZ")
    cat("contrast", kind, number(contrast), number(c(sqrt(sum(contrast * (variance %*% contrast))), result$df_denom)), "\n")
  }
}
cat("end", R.version.string, "clubSandwich", format(packageVersion("clubSandwich")), "\n")
