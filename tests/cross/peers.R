# peers.R PANEL - panel S by lm, sandwich, lmtest, clubSandwich and estimatr; called by peers.sh.
# Each line: peer, quantity, values to 17 digits; or "version", peer, text. Conventions are brought to those of the exact
# figures here: see peers.md.
suppressPackageStartupMessages({
  library(sandwich); library(lmtest); library(clubSandwich); library(estimatr)
})
line <- function(...) cat(paste(c(...), collapse = "\t"), "\n", sep = "")
show <- function(peer, quantity, values) line(peer, quantity, sprintf("%.17g", values))
version <- function(peer, ...) line("version", peer, paste(...))
try_show <- function(peer, quantity, values) tryCatch(show(peer, quantity, values), error = function(e)
  line("trouble", peer, paste(quantity, conditionMessage(e))))

panel <- read.csv(commandArgs(TRUE)[1], colClasses = c(kommune_nr = "character"))
model <- netto_utgift_1000kr_per_innb ~ ufore_18_49_pct + urbanitet + opphopning + innb_16_66_pct +
  ikke_vestlige_pct + nybosatte_pct + vgs_pct + factor(year)
fit <- lm(model, panel)
G <- length(unique(panel$kommune_nr))
root <- function(V) { v <- diag(as.matrix(V)); ifelse(v < 0, v, sqrt(abs(v))) } # a negative variance as it is

# ---- lm, sandwich, lmtest
peer <- "R"
about <- summary(fit)
show(peer, "coef", coef(fit))
show(peer, "classical", root(vcov(fit)))
for (kind in c("HC0", "HC1", "HC2", "HC3")) try_show(peer, kind, root(vcovHC(fit, type = kind)))
try_show(peer, "CV0", root(vcovCL(fit, ~kommune_nr, type = "HC0", cadjust = FALSE)))
cv1 <- vcovCL(fit, ~kommune_nr, type = "HC1")
show(peer, "CV1", root(cv1))
# sandwich multiplies its HC2 over clusters, as its HC3, by (G-1)/G, which CV2 has not
try_show(peer, "CV2", sqrt(G / (G - 1)) * root(vcovCL(fit, ~kommune_nr, type = "HC2", cadjust = FALSE)))
try_show(peer, "CV3", root(vcovCL(fit, ~kommune_nr, type = "HC3", cadjust = FALSE)))
try_show(peer, "two_way_CV0", root(vcovCL(fit, ~ kommune_nr + year, type = "HC0", cadjust = FALSE)))
try_show(peer, "two_way_CV1", root(vcovCL(fit, ~ kommune_nr + year, type = "HC1")))
f <- about$fstatistic
show(peer, "R2", c(about$r.squared, about$adj.r.squared))
show(peer, "F", f[1])
show(peer, "F_p", pf(f[1], f[2], f[3], lower.tail = FALSE))
drop_terms <- list(all = attr(terms(fit), "term.labels"), years = "factor(year)",
                   covariates = head(attr(terms(fit), "term.labels"), 7))
for (name in names(drop_terms)) try_show(peer, paste0("wald_", name), {
  smaller <- update(fit, as.formula(paste(". ~ . -", paste(drop_terms[[name]], collapse = " - "))))
  waldtest(smaller, fit, vcov = cv1, test = "F")$F[2]
})
test <- coeftest(fit, vcov = cv1, df = G - 1)
show(peer, "p", test[, 4])
interval <- coefci(fit, vcov = cv1, df = G - 1)
show(peer, "interval", c(interval[, 1], interval[, 2]))
X <- model.matrix(fit)[, -1]
show(peer, "vif", sapply(seq_len(ncol(X)), function(j) 1 / (1 - summary(lm(X[, j] ~ X[, -j]))$r.squared)))
show(peer, "fitted", fitted(fit))
show(peer, "resid", resid(fit))
show(peer, "hat", hatvalues(fit))
show(peer, "rstandard", rstandard(fit))
show(peer, "rstudent", rstudent(fit))
show(peer, "cooks", cooks.distance(fit))
show(peer, "dffits", dffits(fit))
version(peer, paste0("R ", R.version$major, ".", R.version$minor), "(lm),", "sandwich", paste0(format(packageVersion("sandwich")), ","),
        "lmtest", format(packageVersion("lmtest")))

# ---- clubSandwich: CR1S is CV1; CR3 lacks the factor (G-1)/G
peer <- "clubSandwich"
slopes <- 2:length(coef(fit))
for (kind in list(c("CR0", "CV0"), c("CR1S", "CV1"), c("CR2", "CV2"), c("CR3", "CV3"))) {
  V <- vcovCR(fit, cluster = panel$kommune_nr, type = kind[1])
  factor <- if (kind[1] == "CR3") sqrt((G - 1) / G) else 1
  try_show(peer, kind[2], factor * root(V))
  if (kind[1] == "CR2") {
    test <- coef_test(fit, V, test = "Satterthwaite")
    try_show(peer, "CV2_dof", if (is.null(test$df_Satt)) test$df else test$df_Satt)
    try_show(peer, "CV2_p", if (is.null(test$p_Satt)) test$p else test$p_Satt)
  }
  if (kind[1] == "CR1S") {
    test <- coef_test(fit, V, test = "naive-t")
    try_show(peer, "p", if (is.null(test$p_t)) test$p else test$p_t)
    interval <- conf_int(fit, V, test = "naive-t")
    try_show(peer, "interval", c(interval$CI_L, interval$CI_U))
    for (set in list(list("all", slopes), list("years", tail(slopes, 4)), list("covariates", head(slopes, 7))))
      try_show(peer, paste0("wald_", set[[1]]),
               Wald_test(fit, constrain_zero(set[[2]]), vcov = V, test = "Naive-F")$Fstat)
  }
}
version(peer, "R clubSandwich", format(packageVersion("clubSandwich")))

# ---- estimatr
peer <- "estimatr"
robust <- function(kind, ...) lm_robust(model, panel, se_type = kind, ...)
for (kind in c("classical", "HC0", "HC1", "HC2", "HC3")) {
  fit_e <- robust(kind)
  try_show(peer, kind, fit_e$std.error)
  if (kind == "classical") {
    show(peer, "coef", fit_e$coefficients)
    show(peer, "R2", c(fit_e$r.squared, fit_e$adj.r.squared))
    show(peer, "F", fit_e$fstatistic[1])
    show(peer, "fitted", fit_e$fitted.values)
  }
}
for (kind in list(c("CR0", "CV0"), c("stata", "CV1"), c("CR2", "CV2"))) {
  fit_e <- robust(kind[1], clusters = kommune_nr)
  try_show(peer, kind[2], fit_e$std.error)
  if (kind[1] == "stata") {
    try_show(peer, "p", fit_e$p.value)
    try_show(peer, "interval", c(fit_e$conf.low, fit_e$conf.high))
    try_show(peer, "wald_all", fit_e$fstatistic[1])
  }
  if (kind[1] == "CR2") {
    try_show(peer, "CV2_dof", fit_e$df)
    try_show(peer, "CV2_p", fit_e$p.value)
  }
}
version(peer, "R estimatr", format(packageVersion("estimatr")))
