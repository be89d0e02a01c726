CREATE TEMP TABLE behov_scale (k INTEGER PRIMARY KEY, s DOUBLE PRECISION);
INSERT INTO behov_scale SELECT k, power(2.0, round(ln(max(abs(v))) / ln(2.0))) FROM behov_x GROUP BY k;
CREATE TEMP TABLE behov_z (row_number INTEGER, k INTEGER, v DOUBLE PRECISION, PRIMARY KEY (row_number, k));
INSERT INTO behov_z SELECT x.row_number, x.k, x.v / s.s FROM behov_x x JOIN behov_scale s ON s.k = x.k;
INSERT INTO behov_z SELECT row_number, {{outcome_column}}, v FROM behov_outcome;
CREATE TEMP TABLE behov_t (i INTEGER, k INTEGER, v DOUBLE PRECISION, PRIMARY KEY (i, k));
INSERT INTO behov_t SELECT a.k, b.k, CASE WHEN a.k = b.k THEN 1.0 ELSE 0.0 END FROM behov_scale a
    CROSS JOIN (SELECT k FROM behov_scale UNION ALL SELECT {{outcome_column}}) b;
CREATE TEMP TABLE behov_length (k INTEGER PRIMARY KEY, v DOUBLE PRECISION);
CREATE TEMP TABLE behov_product (k INTEGER PRIMARY KEY, v DOUBLE PRECISION);
{{steps}}
CREATE TEMP TABLE behov_b (i INTEGER PRIMARY KEY, v DOUBLE PRECISION);
INSERT INTO behov_b SELECT i, -v FROM behov_t WHERE k = {{outcome_column}};
CREATE TEMP TABLE behov_residual (row_number INTEGER PRIMARY KEY, v DOUBLE PRECISION);
INSERT INTO behov_residual SELECT row_number, v FROM behov_z WHERE k = {{outcome_column}};
DELETE FROM behov_z WHERE k = {{outcome_column}};
DELETE FROM behov_t WHERE k = {{outcome_column}};
{{rounds}}
CREATE TEMP TABLE behov_variance (k INTEGER, v DOUBLE PRECISION);
{{variance}}
