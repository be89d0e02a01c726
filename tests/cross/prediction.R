# prediction.R - the figures of test_prediction.c: intervals of a need and of a new row on the bundled simulated panel.
# Made with R 4.2.2. From the project's folder: Rscript tests/cross/prediction.R
panel <- read.csv("datasets/simulated/panel.csv", colClasses = c(municipality_code = "character"))
used <- panel[panel$estimated_on == 1, ]
# estimated on, in table order; then predicted only
rows <- c(which(panel$estimated_on == 1)[c(1, 700, 1935)], which(panel$estimated_on == 0)[c(1, 185)])
formula <- net_expenditure ~ disabled_18_49 + I(population^1.2) + clustering_index + population_16_66 +
  non_western_immigrants + new_refugees + upper_secondary_completion + factor(year)
show <- function(name, values) cat(name, paste(sprintf("%.17g", values), collapse = " "), "\n")
# Convention of predict.lm: t(N - K), V = s^2 (X'WX)^-1; with weights the variance of a new row is x'Vx + s^2 / weight.
plain <- lm(formula, data = used)
weighted <- lm(formula, data = used, weights = population)
cat("rows", rows - 1, "\n")
for (level in c(0.90, 0.99)) {
  for (kind in c("confidence", "prediction")) {
    found <- predict(plain, panel[rows, ], interval = kind, level = level)
    show(paste("plain", kind, level, "low"), found[, 2])
    show(paste("plain", kind, level, "high"), found[, 3])
    found <- predict(weighted, panel[rows, ], interval = kind, level = level, weights = panel$population[rows])
    show(paste("weighted", kind, level, "low"), found[, 2])
    show(paste("weighted", kind, level, "high"), found[, 3])
  }
}
cat(R.version.string, "\n")
