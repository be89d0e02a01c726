CREATE TEMP TABLE behov_theirs (k INTEGER PRIMARY KEY, b DOUBLE PRECISION, se DOUBLE PRECISION);
INSERT INTO behov_theirs SELECT b.i, b.v / s.s, sqrt(v.v) / s.s FROM behov_b b JOIN behov_scale s ON s.k = b.i
    JOIN (SELECT k, sum(v) AS v FROM behov_variance GROUP BY k) v ON v.k = b.i;
{{say_unchecked}}
SELECT o.term AS term, t.b AS coefficient_sql, o.b AS coefficient_behov, t.se AS standard_error_sql, o.se AS standard_error_behov,
    CASE WHEN abs(t.b - o.b) <= o.tolerance AND (o.se_tolerance IS NULL OR abs(t.se - o.se) <= o.se_tolerance)
         THEN 'ok' ELSE '<<<' END AS ok
    FROM behov_ours o LEFT JOIN behov_theirs t ON t.k = o.k ORDER BY o.k;
CREATE TEMP TABLE behov_verdict (k INTEGER, coefficient_is_ours INTEGER NOT NULL CHECK (coefficient_is_ours = 1),
    standard_error_is_ours INTEGER NOT NULL CHECK (standard_error_is_ours = 1));
INSERT INTO behov_verdict SELECT o.k, CASE WHEN abs(t.b - o.b) <= o.tolerance THEN 1 ELSE 0 END,
    CASE WHEN o.se_tolerance IS NULL OR abs(t.se - o.se) <= o.se_tolerance THEN 1 ELSE 0 END
    FROM behov_ours o LEFT JOIN behov_theirs t ON t.k = o.k;
