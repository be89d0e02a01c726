# ranks.R - the figures of test_ranks.sh: lasting levels, ratios' intervals and places on a panel with gaps made of the
# bundled simulated one. REML by optim and Newton's steps, effects and their variance from dense matrices, places counted
# in draws of R's own. Made with R 4.2.2. Rscript tests/cross/ranks.R PANEL, which test_ranks.sh keeps with KEEP=1.
panel <- read.csv(commandArgs(TRUE)[1], colClasses = c(municipality_code = "character"))
set.seed(1)
draws <- 100000
level <- 0.9
show <- function(name, values) cat(name, paste(sprintf("%.10g", values), collapse = " "), "\n")
used <- panel$estimated_on == 1
y <- panel$net_expenditure
persons <- panel$population
place <- factor(panel$municipality_code)
X <- model.matrix(~ disabled_18_49 + new_refugees + factor(year), panel)
K <- ncol(X)
rows <- split(seq_along(y), place)
S <- function(i, v) diag(v[2] + v[3] / persons[i], length(i)) + v[1]
restricted <- function(v) {
  xx <- 0; xy <- 0; yy <- 0; logs <- 0
  for (i in rows) {
    i <- i[used[i]]
    if (!length(i)) next
    inverse <- solve(S(i, v)); x <- X[i, , drop = FALSE]
    xx <- xx + t(x) %*% inverse %*% x; xy <- xy + t(x) %*% inverse %*% y[i]
    yy <- yy + drop(y[i] %*% inverse %*% y[i]); logs <- logs + as.numeric(determinant(S(i, v))$modulus)
  }
  -(logs + as.numeric(determinant(xx)$modulus) + yy - drop(t(xy) %*% solve(xx, xy))) / 2
}
minus <- function(q) -restricted(exp(q))
q <- optim(log(c(0.3, 0.1, 300)), minus, method = "BFGS", control = list(reltol = 1e-15, maxit = 500))$par
for (step in 1:6) {
  gradient <- sapply(1:3, function(k) { e <- replace(0 * q, k, 1e-4); (minus(q + e) - minus(q - e)) / 2e-4 })
  q <- q - solve(optimHess(q, minus, control = list(ndeps = rep(1e-3, 3))), gradient)
}
v <- exp(q)
show("variances", v)
information <- matrix(0, 3, 3)
for (i in rows) {
  i <- i[used[i]]; n <- length(i)
  if (!n) next
  inverse <- solve(S(i, v)); by <- list(matrix(1, n, n), diag(n), diag(1 / persons[i], n))
  for (j in 1:3) for (k in 1:3)
    information[j, k] <- information[j, k] + sum(diag(inverse %*% by[[j]] %*% inverse %*% by[[k]])) / 2
}
share <- function(i, v) v[1] * colSums(solve(S(i, v)))
mean_of <- function(values, ok = rep(TRUE, length(values))) as.vector(tapply(ifelse(ok, values, NA), place, mean, na.rm = TRUE))
mean_x <- function(x, ok) rowsum(x * ok, place) / as.vector(rowsum(as.numeric(ok), place))

study <- function(name, weight) {
  x <- X[used, ]; w <- weight[used]
  bread <- solve(crossprod(x * sqrt(w)))
  b <- drop(bread %*% crossprod(x, w * y[used]))
  need <- drop(X %*% b); rest <- y - need
  meat <- 0; squares <- 0
  for (i in rows) {
    i <- i[used[i]]
    if (!length(i)) next
    weighted <- weight[i] * X[i, , drop = FALSE]
    meat <- meat + t(weighted) %*% S(i, v) %*% weighted
    squares <- squares + tcrossprod(colSums(weighted * rest[i]))
  }
  model <- bread %*% meat %*% bread                # of b under the variances
  G <- length(unique(place[used])); N <- sum(used) # CV1 by municipality, t(G - 1)
  chosen <- bread %*% squares %*% bread * G / (G - 1) * (N - 1) / (N - K)
  effect <- numeric(0); own <- numeric(0); pull <- NULL
  for (i in rows) {
    s <- share(i, v)
    d <- sapply(1:3, function(k) {
      e <- replace(0 * v, k, 1e-5 * v[k]); (share(i, v + e) - share(i, v - e)) / (2 * e[k])
    })
    d <- matrix(d, ncol = 3)
    effect <- c(effect, sum(s * rest[i])); pull <- rbind(pull, drop(s %*% X[i, , drop = FALSE]))
    own <- c(own, v[1] * (1 - sum(s)) + 2 * sum(diag(t(d) %*% S(i, v) %*% d %*% solve(information))))
  }
  country_x <- t(sapply(split(seq_along(y), panel$year), function(i) colSums(X[i, ] * persons[i]) / sum(persons[i])))
  country_of <- country_x[as.character(panel$year), ]
  compare <- function(label, ok) {
    xs <- mean_x(X, ok); n <- drop(xs %*% b); a <- mean_of(y, ok)
    half <- qt(0.5 + level / 2, G - 1) * sqrt(rowSums((xs %*% chosen) * xs))
    show(paste(name, label, "ratio"), 100 * a / n)
    show(paste(name, label, "ratio_low"), 100 * pmin(a / (n + half), a / (n - half))) # one has spent less than nothing
    show(paste(name, label, "ratio_high"), 100 * pmax(a / (n + half), a / (n - half)))
    along <- -pull - effect / n * xs
    error <- 100 * sqrt(own + rowSums((along %*% model) * along)) / n
    show(paste(name, label, "shrunk_ratio"), 100 * (1 + effect / n))
    show(paste(name, label, "shrunk_ratio_low"), 100 * (1 + effect / n) - qnorm(0.5 + level / 2) * error)
    show(paste(name, label, "shrunk_ratio_high"), 100 * (1 + effect / n) + qnorm(0.5 + level / 2) * error)
    show(paste(name, label, "probability_above_100"), pnorm(effect / sqrt(own + rowSums((pull %*% model) * pull))))
    xs
  }
  places <- function(label, vcov, value) {
    root <- chol(vcov)
    found <- matrix(0L, length(rows), draws)
    for (s in seq_len(draws)) {
      moved <- drop(rnorm(K) %*% root)
      found[, s] <- rank(-value(moved, effect - drop(pull %*% moved) + sqrt(own) * rnorm(length(own))))
    }
    ends <- apply(found, 1, quantile, c(0.05, 0.95), type = 1)
    show(paste(name, label, "rank_low"), ends[1, ]); show(paste(name, label, "rank_high"), ends[2, ])
  }
  xs <- compare("ratio", rep(TRUE, length(y)))
  places("ratio", model, function(moved, u) { n <- drop(xs %*% (b + moved)); (n + u) / n })
  countries <- mean_x(country_of, rep(TRUE, length(y)))
  show(paste(name, "need", "index"), 100 * drop(xs %*% b) / drop(countries %*% b))
  places("need", chosen, function(moved, u) drop(xs %*% (b + moved)) / drop(countries %*% (b + moved)))
  show(paste(name, "gap", "gap_1000kr"), mean_of(rest * persons))
  places("gap", model, function(moved, u) u * mean_of(persons))
}
show("codes", as.numeric(levels(place)))
study("plain", rep(1, length(y)))
study("weighted", persons)
cat("#", R.version.string, "\n")
