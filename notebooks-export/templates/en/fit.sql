-- {{title}}
-- Written by behov {{version}}. The fit in SQL: sums of products, and sums over clusters.
-- sqlite3 :memory: < fit.sql  or  psql -v ON_ERROR_STOP=1 -f fit.sql  runs it; the last command fails
-- (CHECK constraint) where the refit is not ours. All tables are temporary: run it in a new session.
-- SQLite has to have the mathematical functions (power, ln, sqrt), as sqlite3 has since 3.35.
--
-- Model      {{formula}}
-- Outcome    {{outcome}}
-- Data       {{data_name}}
-- Errors     {{errors_in_words}}
-- {{weights_in_words}}
-- {{simulated}}
-- {{cautions}}
--
-- Rows
--   {{rows}}
--
-- Columns of the data (those that the fit uses)
--   {{columns}}
--
-- Regressors
--   {{terms}}
--
-- {{not_a_verdict}}
-- {{unchecked}}

-- ---- the data: a row for each that is estimated on ----
{{data}}
-- ---- what behov found, and how far the refit may be from each figure ----
-- A coefficient may differ by 1e-7 of its standard error, or of itself where it is smaller; a standard error by 1e-7 of
-- itself. That is well above rounding (below 1e-11 on the bundled panel) and below what any printed digit shows.
-- ---- outcome v, weight q of sums of products, w and n of sums of squares, clusters ----
-- ---- the regressors: a line for each row and regressor ----
{{code/tables.sql}}

-- ---- the same with the outcome as the last column, all over a power of two, so that no sum is much larger than another ----
-- ---- make each column orthogonal to those before it (Gram-Schmidt); t keeps the account of it ----
-- ---- the coefficients and residuals, mended twice ----
-- ---- the variance: sums over clusters (or rows) ----
{{code/solve.sql}}

-- ---- SQL beside behov ----
-- ---- the verdict: a row that breaks its condition is an error of the database ----
{{code/compare.sql}}
