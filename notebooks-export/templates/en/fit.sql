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
CREATE TEMP TABLE behov_ours (k INTEGER PRIMARY KEY, term TEXT, b DOUBLE PRECISION, se DOUBLE PRECISION,
    tolerance DOUBLE PRECISION, se_tolerance DOUBLE PRECISION);
{{ours}}

-- ---- outcome v, weight q of sums of products, w and n of sums of squares, clusters ----
CREATE TEMP TABLE behov_outcome (row_number INTEGER PRIMARY KEY, v DOUBLE PRECISION, q DOUBLE PRECISION,
    w DOUBLE PRECISION, n DOUBLE PRECISION, first_key {{first_key_type}}, second_key {{second_key_type}});
{{outcome_table}}

-- ---- the regressors: a line for each row and regressor ----
CREATE TEMP TABLE behov_x (row_number INTEGER, k INTEGER, v DOUBLE PRECISION, PRIMARY KEY (row_number, k));
{{regressors}}
-- ---- the same with the outcome as the last column, all over a power of two, so that no sum is much larger than another ----
CREATE TEMP TABLE behov_scale (k INTEGER PRIMARY KEY, s DOUBLE PRECISION);
INSERT INTO behov_scale SELECT k, power(2.0, round(ln(max(abs(v))) / ln(2.0))) FROM behov_x GROUP BY k;
CREATE TEMP TABLE behov_z (row_number INTEGER, k INTEGER, v DOUBLE PRECISION, PRIMARY KEY (row_number, k));
INSERT INTO behov_z SELECT x.row_number, x.k, x.v / s.s FROM behov_x x JOIN behov_scale s ON s.k = x.k;
INSERT INTO behov_z SELECT row_number, {{outcome_column}}, v FROM behov_outcome;

-- ---- make each column orthogonal to those before it (Gram-Schmidt); t keeps the account of it ----
CREATE TEMP TABLE behov_t (i INTEGER, k INTEGER, v DOUBLE PRECISION, PRIMARY KEY (i, k));
INSERT INTO behov_t SELECT a.k, b.k, CASE WHEN a.k = b.k THEN 1.0 ELSE 0.0 END FROM behov_scale a
    CROSS JOIN (SELECT k FROM behov_scale UNION ALL SELECT {{outcome_column}}) b;
CREATE TEMP TABLE behov_length (k INTEGER PRIMARY KEY, v DOUBLE PRECISION);
CREATE TEMP TABLE behov_product (k INTEGER PRIMARY KEY, v DOUBLE PRECISION);
{{steps}}
-- ---- the coefficients and residuals, mended twice ----
CREATE TEMP TABLE behov_b (i INTEGER PRIMARY KEY, v DOUBLE PRECISION);
INSERT INTO behov_b SELECT i, -v FROM behov_t WHERE k = {{outcome_column}};
CREATE TEMP TABLE behov_residual (row_number INTEGER PRIMARY KEY, v DOUBLE PRECISION);
INSERT INTO behov_residual SELECT row_number, v FROM behov_z WHERE k = {{outcome_column}};
DELETE FROM behov_z WHERE k = {{outcome_column}};
DELETE FROM behov_t WHERE k = {{outcome_column}};
{{rounds}}
-- ---- the variance: sums over clusters (or rows) ----
CREATE TEMP TABLE behov_variance (k INTEGER, v DOUBLE PRECISION);
{{variance}}
-- ---- SQL beside behov ----
CREATE TEMP TABLE behov_theirs (k INTEGER PRIMARY KEY, b DOUBLE PRECISION, se DOUBLE PRECISION);
INSERT INTO behov_theirs SELECT b.i, b.v / s.s, sqrt(v.v) / s.s FROM behov_b b JOIN behov_scale s ON s.k = b.i
    JOIN (SELECT k, sum(v) AS v FROM behov_variance GROUP BY k) v ON v.k = b.i;
{{say_unchecked}}
SELECT o.term AS term, t.b AS coefficient_sql, o.b AS coefficient_behov, t.se AS standard_error_sql, o.se AS standard_error_behov,
    CASE WHEN abs(t.b - o.b) <= o.tolerance AND (o.se_tolerance IS NULL OR abs(t.se - o.se) <= o.se_tolerance)
         THEN 'ok' ELSE '<<<' END AS ok
    FROM behov_ours o LEFT JOIN behov_theirs t ON t.k = o.k ORDER BY o.k;

-- ---- the verdict: a row that breaks its condition is an error of the database ----
CREATE TEMP TABLE behov_verdict (k INTEGER, coefficient_is_ours INTEGER NOT NULL CHECK (coefficient_is_ours = 1),
    standard_error_is_ours INTEGER NOT NULL CHECK (standard_error_is_ours = 1));
INSERT INTO behov_verdict SELECT o.k, CASE WHEN abs(t.b - o.b) <= o.tolerance THEN 1 ELSE 0 END,
    CASE WHEN o.se_tolerance IS NULL OR abs(t.se - o.se) <= o.se_tolerance THEN 1 ELSE 0 END
    FROM behov_ours o LEFT JOIN behov_theirs t ON t.k = o.k;
