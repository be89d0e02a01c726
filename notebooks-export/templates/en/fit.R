# {{title}}
# Written by behov {{version}}. Rscript runs it; it stops with an error where the refit is not ours.
#
# Model      {{formula}}
# Outcome    {{outcome}}
# Data       {{data_name}}
# Errors     {{errors_in_words}}
# {{weights_in_words}}
# {{simulated}}
# {{cautions}}
#
# Rows
#   {{rows}}
#
# Columns of the data
#   {{columns}}
#
# Regressors
#   {{terms}}
#
# {{not_a_verdict}}

for (package in c({{packages}})) if (!requireNamespace(package, quietly = TRUE)) stop("install.packages(\"", package, "\")")

# ---- the data ----
{{read_data}}
if (exists("data_file")) {
  here <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
  if (length(here) && !file.exists(data_file)) data_file <- file.path(dirname(here[1]), data_file)
  # SHA-256 {{sha256}}
  if (requireNamespace("digest", quietly = TRUE) &&
      digest::digest(file = data_file, algo = "sha256") != "{{sha256}}") stop(data_file, ": not the data of this fit")
  d <- read.csv(data_file, colClasses = column_kinds, na.strings = "", encoding = "UTF-8")
} else {
  d <- read.csv(text = behov_csv, colClasses = column_kinds, na.strings = "", encoding = "UTF-8")
}

# ---- regressors that are no columns ----
{{derive}}
s <- d[d$in_sample == 1, ]

# ---- what behov found ----
{{ours}}

# ---- the refit ----
{{refit}}
{{errors}}

# ---- theirs beside ours ----
theirs <- data.frame(coefficient = unname(coef(fit)), std_error = unname(sqrt(diag(covariance))))
print(data.frame(term = ours$term, R = theirs$coefficient, behov = ours$coefficient,
                 R_std_error = theirs$std_error, behov_std_error = ours$std_error), digits = 8, row.names = FALSE)

# A coefficient may differ by {{tolerance}} of its standard error, or of itself where it is smaller; a standard error by {{tolerance}} of itself: well above rounding
# (about 1e-10 here) and below what any printed digit shows.
tolerance <- {{tolerance}}
compares_errors <- {{compares_errors}}
if (!compares_errors) cat("the standard errors are not compared: R has none of this kind\n")
has_error <- compares_errors & !is.na(ours$std_error)
off <- abs(theirs$coefficient - ours$coefficient) > ours$tolerance
off_error <- has_error & abs(theirs$std_error - ours$std_error) > tolerance * ours$std_error
if (anyNA(theirs$coefficient) || any(off) || any(off_error)) {
  stop("the refit is not behov's: ", paste(ours$term[which(off | off_error | is.na(theirs$coefficient))], collapse = ", "))
}
cat("the refit agrees with behov: ", nrow(ours), " coefficients, ", sum(has_error), " standard errors\n", sep = "")
