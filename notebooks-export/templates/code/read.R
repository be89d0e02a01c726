{{read_data}}
if (exists("data_file")) {
  here <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
  if (length(here) && !file.exists(data_file)) data_file <- file.path(dirname(here[1]), data_file)
  # SHA-256 {{sha256}}
  if (requireNamespace("digest", quietly = TRUE) &&
      digest::digest(file = data_file, algo = "sha256") != "{{sha256}}") stop(data_file, ": {{words_other_data}}")
  d <- read.csv(data_file, colClasses = column_kinds, na.strings = "", encoding = "UTF-8")
} else {
  d <- read.csv(text = behov_csv, colClasses = column_kinds, na.strings = "", encoding = "UTF-8")
}
