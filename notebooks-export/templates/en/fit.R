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
{{code/read.R}}

# ---- regressors that are no columns ----
{{derive}}
s <- d[d$in_sample == 1, ]

# ---- what behov found ----
{{ours}}

# ---- the refit ----
{{refit}}
{{errors}}

# ---- theirs beside ours ----
theirs <- data.frame(coefficient = coefficients, std_error = sqrt(diag(covariance)))
print(data.frame(term = ours$term, R = theirs$coefficient, behov = ours$coefficient,
                 R_std_error = theirs$std_error, behov_std_error = ours$std_error), digits = 8, row.names = FALSE)

# A coefficient may differ by {{tolerance}} of its standard error, or of itself where it is smaller; a standard error by {{tolerance}} of itself: well above rounding
# (about 1e-10 here) and below what any printed digit shows.
{{code/check.R}}
