# {{title}}
# Skrevet av behov {{version}}. Kjøres med Rscript; skriptet stanser med en feil hvis beregningen ikke gir det samme.
#
# Modell       {{formula}}
# Utfall       {{outcome}}
# Data         {{data_name}}
# Standardfeil {{errors_in_words}}
# {{weights_in_words}}
# {{simulated}}
# {{cautions}}
#
# Rader
#   {{rows}}
#
# Kolonner i dataene
#   {{columns}}
#
# Forklaringsvariabler
#   {{terms}}
#
# {{not_a_verdict}}

for (package in c({{packages}})) if (!requireNamespace(package, quietly = TRUE)) stop("install.packages(\"", package, "\")")

# ---- dataene ----
{{read_data}}
if (exists("data_file")) {
  here <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
  if (length(here) && !file.exists(data_file)) data_file <- file.path(dirname(here[1]), data_file)
  # SHA-256 {{sha256}}
  if (requireNamespace("digest", quietly = TRUE) &&
      digest::digest(file = data_file, algo = "sha256") != "{{sha256}}") stop(data_file, ": ikke dataene fra denne beregningen")
  d <- read.csv(data_file, colClasses = column_kinds, na.strings = "", encoding = "UTF-8")
} else {
  d <- read.csv(text = behov_csv, colClasses = column_kinds, na.strings = "", encoding = "UTF-8")
}

# ---- forklaringsvariabler som ikke er kolonner ----
{{derive}}
s <- d[d$in_sample == 1, ]

# ---- tallene fra behov ----
{{ours}}

# ---- beregningen på nytt ----
{{refit}}
{{errors}}

# ---- R ved siden av behov ----
theirs <- data.frame(coefficient = unname(coef(fit)), std_error = unname(sqrt(diag(covariance))))
print(data.frame(ledd = ours$term, R = theirs$coefficient, behov = ours$coefficient,
                 R_standardfeil = theirs$std_error, behov_standardfeil = ours$std_error), digits = 8, row.names = FALSE)

# En koeffisient kan avvike med {{tolerance}} av sin standardfeil, eller av seg selv der den er mindre; en standardfeil med {{tolerance}} av seg selv: langt over avrundingen
# (omtrent 1e-10 her) og under det et trykt siffer viser.
tolerance <- {{tolerance}}
compares_errors <- {{compares_errors}}
if (!compares_errors) cat("standardfeilene er ikke sammenliknet: R har ikke denne typen\n")
has_error <- compares_errors & !is.na(ours$std_error)
off <- abs(theirs$coefficient - ours$coefficient) > ours$tolerance
off_error <- has_error & abs(theirs$std_error - ours$std_error) > tolerance * ours$std_error
if (anyNA(theirs$coefficient) || any(off) || any(off_error)) {
  stop("beregningen gir ikke det samme som behov: ", paste(ours$term[which(off | off_error | is.na(theirs$coefficient))], collapse = ", "))
}
cat("beregningen gir det samme som behov: ", nrow(ours), " koeffisienter, ", sum(has_error), " standardfeil\n", sep = "")
