# group_tests.R - the figures of test_group_tests.c: Welch's test, Spearman's rho, Kendall's tau-b with their p-values and
# intervals, Holm's and Benjamini and Hochberg's adjustment, on simulated answers. Base R alone; from the project's folder:
#   Rscript tests/cross/group_tests.R > tests/cross/group_tests.txt
#
# Each set: "set NAME n", a row of the trait x, a row of the ratio y, then
#   welch     mean of x = 1, of x = 0, difference, se, t, dof, p, low, high   t.test(var.equal = FALSE), 95 %; only for x of 0 and 1
#   spearman  rho, p, low, high    cor.test(exact = FALSE), or its default where n <= 9 and nothing is tied;
#                                  interval of Fisher's z with variance (1 + rho^2 / 2) / (n - 3), Bonett & Wright (2000)
#   kendall   tau, p, low, high    cor.test, its default: exact for n < 50 without ties; interval by the error of Brown and
#                                  Benedetti (1977) from the table of x and y, as SAS's PROC FREQ and DescTools have it
# At the end "adjust m" with a row each of p, p.adjust "holm", p.adjust "BH".
set.seed(20261129)
cat("#", R.version.string, "\n")
number <- function(x) paste(sprintf("%.17g", x), collapse = " ")
tau_interval <- function(x, y) {
  table <- unclass(table(x, y))
  n <- sum(table)
  rows <- nrow(table); columns <- ncol(table)
  d <- matrix(0, rows, columns)
  for (i in seq_len(rows)) for (j in seq_len(columns)) {
    below <- seq_len(rows) < i; above <- seq_len(rows) > i
    left <- seq_len(columns) < j; right <- seq_len(columns) > j
    d[i, j] <- sum(table[below, left]) + sum(table[above, right]) - sum(table[below, right]) - sum(table[above, left])
  }
  wr <- n^2 - sum(rowSums(table)^2); wc <- n^2 - sum(colSums(table)^2); w <- sqrt(wr * wc)
  tau <- sum(table * d) / w
  v <- outer(rowSums(table) * wc, colSums(table) * wr, "+")
  variance <- (sum(table * (2 * w * d + tau * v)^2) - n^3 * tau^2 * (wr + wc)^2) / w^4
  c(tau, max(-1, tau - qnorm(0.975) * sqrt(variance)), min(1, tau + qnorm(0.975) * sqrt(variance)))
}
sets <- list()
add <- function(name, x, y) sets[[name]] <<- list(x = x, y = y)
ratio <- function(n, sd = 25) round(100 + sd * rnorm(n), 4)
add("yes_no_40", rbinom(40, 1, 0.4), ratio(40))
x <- rbinom(121, 1, 0.5); add("yes_no_121_shifted", x, ratio(121) + 12 * x)
add("yes_no_few", c(1, 1, 1, rep(0, 22)), ratio(25))
add("yes_no_tied_ratios", rbinom(60, 1, 0.5), round(ratio(60), -1))
x <- sample(1:5, 80, TRUE); add("likert_80", x, ratio(80) + 4 * x)
x <- sample(1:5, 33, TRUE, c(.5, .3, .1, .05, .05)); add("likert_33_skew", x, ratio(33))
x <- sample(1:3, 15, TRUE); add("likert_15_falling", x, ratio(15) - 15 * x)
add("averages_48", sample(c(0, 1 / 3, 0.5, 2 / 3, 1), 48, TRUE), ratio(48))
add("untied_49", round(rnorm(49), 6), ratio(49))
add("untied_50", round(rnorm(50), 6), ratio(50))
x <- round(rnorm(200), 6); add("untied_200", x, ratio(200) + 10 * x)
x <- round(rnorm(9), 6); add("untied_9", x, ratio(9) + 20 * x)
add("untied_10", round(rnorm(10), 6), ratio(10))
add("untied_7", round(rnorm(7), 6), ratio(7))
p <- c()
for (name in names(sets)) {
  x <- sets[[name]]$x; y <- sets[[name]]$y; n <- length(x)
  cat("set", name, n, "\n"); cat(number(x), "\n"); cat(number(y), "\n")
  if (all(x %in% 0:1)) {
    t <- t.test(y[x == 1], y[x == 0])
    cat("welch", number(c(t$estimate, diff(rev(t$estimate)), t$stderr, t$statistic, t$parameter, t$p.value, t$conf.int)), "\n")
    p <- c(p, t$p.value)
  }
  tied <- anyDuplicated(x) || anyDuplicated(y)
  s <- if (n <= 9 && !tied) cor.test(x, y, method = "spearman") else cor.test(x, y, method = "spearman", exact = FALSE)
  rho <- unname(s$estimate)
  half <- qnorm(0.975) * sqrt((1 + rho^2 / 2) / (n - 3))
  cat("spearman", number(c(rho, s$p.value, tanh(atanh(rho) - half), tanh(atanh(rho) + half))), "\n")
  k <- suppressWarnings(cor.test(x, y, method = "kendall"))
  interval <- tau_interval(x, y)
  stopifnot(abs(interval[1] - k$estimate) < 1e-14)
  cat("kendall", number(c(k$estimate, k$p.value, interval[2:3])), "\n")
  p <- c(p, s$p.value)
}
cat("adjust", length(p), "\n")
cat(number(p), "\n"); cat(number(p.adjust(p, "holm")), "\n"); cat(number(p.adjust(p, "BH")), "\n")
