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
{{code/read.R}}

# ---- forklaringsvariabler som ikke er kolonner ----
{{derive}}
s <- d[d$in_sample == 1, ]

# ---- tallene fra behov ----
{{ours}}

# ---- beregningen på nytt ----
{{refit}}
{{errors}}

# ---- R ved siden av behov ----
theirs <- data.frame(coefficient = coefficients, std_error = sqrt(diag(covariance)))
print(data.frame(ledd = ours$term, R = theirs$coefficient, behov = ours$coefficient,
                 R_standardfeil = theirs$std_error, behov_standardfeil = ours$std_error), digits = 8, row.names = FALSE)

# En koeffisient kan avvike med {{tolerance}} av sin standardfeil, eller av seg selv der den er mindre; en standardfeil med {{tolerance}} av seg selv: langt over avrundingen
# (omtrent 1e-10 her) og under det et trykt siffer viser.
{{code/check.R}}
