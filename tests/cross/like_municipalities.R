# like_municipalities.R - the figures of test_like_municipalities.sh: the municipalities most like 1860 and
# 0219 on the bundled simulated panel, by three distances, and 1860 against like ones, its county and the
# country. lm, mahalanobis(), quantile(type = 7) and rank() of R; CV1 by population by hand.
# Rscript tests/cross/like_municipalities.R datasets/simulated/panel.csv > tests/cross/like_municipalities.txt
panel <- read.csv(commandArgs(TRUE)[1], colClasses = c(municipality_code = "character"))
show <- function(...) {
  words <- list(...)
  values <- words[[length(words)]]
  cat(unlist(words[-length(words)]), paste(if (is.character(values)) values else sprintf("%.12g", values), collapse = " "), "\n")
}
cat("#", R.version.string, "\n")
model <- net_expenditure ~ disabled_18_49 + I(population^1.2) + clustering_index + population_16_66 +
  non_western_immigrants + new_refugees + upper_secondary_completion + factor(year)
used <- panel[panel$estimated_on == 1, ]
fit <- lm(model, used)
b <- coef(fit)
X <- model.matrix(delete.response(terms(model)), panel)
need <- drop(X %*% b)
code <- factor(panel$municipality_code)
mean_of <- function(v) { m <- tapply(v, code, mean); setNames(as.vector(m), names(m)) }
means <- apply(X, 2, mean_of)
regressors <- 2:8
Z <- means[, regressors]
own_need <- mean_of(need); own_actual <- mean_of(panel$net_expenditure); persons <- mean_of(panel$population)
ratio <- 100 * own_actual / own_need
distance <- function(own, kind) {
  D <- sweep(Z, 2, Z[own, ])
  switch(kind,
    need = sqrt(rowSums(sweep(D, 2, b[regressors], "*")^2)),
    weighted = sqrt(rowSums(sweep(D, 2, apply(Z, 2, sd), "/")^2)),
    heavy = sqrt(rowSums(sweep(D, 2, sqrt(c(1, 0, 1, 1, 1, 2, 1)) / apply(Z, 2, sd), "*")^2)),
    mahalanobis = sqrt(mahalanobis(scale(Z), scale(Z)[own, ], cov(scale(Z)))))
}
typical <- function(kind, n) {
  all <- sapply(rownames(Z), function(own) sort(distance(own, kind)[rownames(Z) != own])[seq_len(n)])
  apply(all, 1, median)
}
for (kind in c("need", "weighted", "heavy", "mahalanobis"))
  for (own in c("1860", "0219")) {
    d <- distance(own, kind)
    d <- d[names(d) != own]
    near <- d[order(d, names(d))[1:8]]
    show("peers", kind, own, names(near))
    show("distances", kind, own, near)
    if (own == "1860") show("typical", kind, own, typical(kind, 8))
  }
# CV1 by population
x <- model.matrix(fit); g <- factor(used$population); G <- nlevels(g); N <- nrow(x); K <- ncol(x)
bread <- solve(crossprod(x)); sums <- rowsum(x * resid(fit), g)
V <- G / (G - 1) * (N - 1) / (N - K) * bread %*% crossprod(sums) %*% bread
t90 <- qt(0.95, G - 1)
own <- "1860"
near <- names(sort(distance(own, "need")))[2:9]
bases <- list(like = near, county = setdiff(rownames(Z)[substr(rownames(Z), 1, 2) == "18"], own), country = setdiff(rownames(Z), own))
for (base in names(bases)) {
  m <- bases[[base]]; w <- persons[m]
  mean_x <- colSums(means[m, ] * w) / sum(w)
  put <- function(measure, values, weighted, difference, contrast) {
    q <- quantile(values[m], c(0.25, 0.5, 0.75), type = 7)
    half <- t90 * sqrt(drop(contrast %*% V %*% contrast))
    show(base, measure, c(length(m), values[own], weighted, mean(values[m]), difference, difference - half, difference + half, q,
      rank(-c(values[own], values[m]), ties.method = "min")[1]))
  }
  y <- sum(w * own_actual[m]) / sum(w); n <- sum(w * own_need[m]) / sum(w)
  put("outcome", own_actual, y, own_actual[own] - y, 0 * mean_x)
  put("need", own_need, n, own_need[own] - n, means[own, ] - mean_x)
  r <- 100 * y / n
  put("ratio_pct", ratio, r, ratio[own] - r, -ratio[own] / own_need[own] * means[own, ] + r / n * mean_x)
}
