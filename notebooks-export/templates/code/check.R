tolerance <- {{tolerance}}
compares_errors <- {{compares_errors}}
if (!compares_errors) cat("{{words_no_errors}}\n")
has_error <- compares_errors & !is.na(ours$std_error)
off <- abs(theirs$coefficient - ours$coefficient) > ours$tolerance
off_error <- has_error & abs(theirs$std_error - ours$std_error) > tolerance * ours$std_error
is_wrong <- is.na(theirs$coefficient) | off | off_error
if (any(is_wrong)) stop("{{words_differs}}: ", paste(ours$term[which(is_wrong)], collapse = ", "))
cat(sprintf("{{words_agrees}}\n", nrow(ours), sum(has_error)))
