CREATE TEMP TABLE behov_ours (k INTEGER PRIMARY KEY, term TEXT, b DOUBLE PRECISION, se DOUBLE PRECISION,
    tolerance DOUBLE PRECISION, se_tolerance DOUBLE PRECISION);
{{ours}}
CREATE TEMP TABLE behov_outcome (row_number INTEGER PRIMARY KEY, v DOUBLE PRECISION, q DOUBLE PRECISION,
    w DOUBLE PRECISION, n DOUBLE PRECISION, first_key {{first_key_type}}, second_key {{second_key_type}});
{{outcome_table}}
CREATE TEMP TABLE behov_x (row_number INTEGER, k INTEGER, v DOUBLE PRECISION, PRIMARY KEY (row_number, k));
{{regressors}}
