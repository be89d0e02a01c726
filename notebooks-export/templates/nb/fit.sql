-- {{title}}
-- Skrevet av behov {{version}}. Beregningen i SQL: summer av produkter, og summer over klynger.
-- Kjøres med  sqlite3 :memory: < fit.sql  eller  psql -v ON_ERROR_STOP=1 -f fit.sql ; den siste kommandoen feiler
-- (CHECK constraint) hvis beregningen ikke gir det samme. Alle tabeller er midlertidige: kjør den i en ny økt.
-- SQLite må ha de matematiske funksjonene (power, ln, sqrt), som sqlite3 har fra 3.35.
--
-- Modell       {{formula}}
-- Utfall       {{outcome}}
-- Data         {{data_name}}
-- Standardfeil {{errors_in_words}}
-- {{weights_in_words}}
-- {{simulated}}
-- {{cautions}}
--
-- Rader
--   {{rows}}
--
-- Kolonner i dataene (bare de som beregningen bruker)
--   {{columns}}
--
-- Forklaringsvariabler
--   {{terms}}
--
-- {{not_a_verdict}}
-- {{unchecked}}

-- ---- dataene: en rad for hver som er med i estimeringen ----
{{data}}
-- ---- tallene fra behov, og hvor langt beregningen kan være fra hvert av dem ----
-- En koeffisient kan avvike med 1e-7 av sin standardfeil, eller av seg selv der den er mindre; en standardfeil med 1e-7 av
-- seg selv. Det er langt over avrundingen (under 1e-11 på panelet som følger med) og under det et trykt siffer viser.
CREATE TEMP TABLE behov_ours (k INTEGER PRIMARY KEY, term TEXT, b DOUBLE PRECISION, se DOUBLE PRECISION,
    tolerance DOUBLE PRECISION, se_tolerance DOUBLE PRECISION);
{{ours}}

-- ---- utfall v, vekt q i summene av produkter, w og n i kvadratsummer, klynger ----
CREATE TEMP TABLE behov_outcome (row_number INTEGER PRIMARY KEY, v DOUBLE PRECISION, q DOUBLE PRECISION,
    w DOUBLE PRECISION, n DOUBLE PRECISION, first_key {{first_key_type}}, second_key {{second_key_type}});
{{outcome_table}}

-- ---- forklaringsvariablene: en linje for hver rad og variabel ----
CREATE TEMP TABLE behov_x (row_number INTEGER, k INTEGER, v DOUBLE PRECISION, PRIMARY KEY (row_number, k));
{{regressors}}
-- ---- det samme etter utfallet som siste kolonne, alt delt på en potens av to, så ingen sum blir mye større enn en annen ----
CREATE TEMP TABLE behov_scale (k INTEGER PRIMARY KEY, s DOUBLE PRECISION);
INSERT INTO behov_scale SELECT k, power(2.0, round(ln(max(abs(v))) / ln(2.0))) FROM behov_x GROUP BY k;
CREATE TEMP TABLE behov_z (row_number INTEGER, k INTEGER, v DOUBLE PRECISION, PRIMARY KEY (row_number, k));
INSERT INTO behov_z SELECT x.row_number, x.k, x.v / s.s FROM behov_x x JOIN behov_scale s ON s.k = x.k;
INSERT INTO behov_z SELECT row_number, {{outcome_column}}, v FROM behov_outcome;

-- ---- gjør hver kolonne vinkelrett på dem før den (Gram-Schmidt); t er regnskapet over det ----
CREATE TEMP TABLE behov_t (i INTEGER, k INTEGER, v DOUBLE PRECISION, PRIMARY KEY (i, k));
INSERT INTO behov_t SELECT a.k, b.k, CASE WHEN a.k = b.k THEN 1.0 ELSE 0.0 END FROM behov_scale a
    CROSS JOIN (SELECT k FROM behov_scale UNION ALL SELECT {{outcome_column}}) b;
CREATE TEMP TABLE behov_length (k INTEGER PRIMARY KEY, v DOUBLE PRECISION);
CREATE TEMP TABLE behov_product (k INTEGER PRIMARY KEY, v DOUBLE PRECISION);
{{steps}}
-- ---- koeffisientene og restleddene, rettet to ganger ----
CREATE TEMP TABLE behov_b (i INTEGER PRIMARY KEY, v DOUBLE PRECISION);
INSERT INTO behov_b SELECT i, -v FROM behov_t WHERE k = {{outcome_column}};
CREATE TEMP TABLE behov_residual (row_number INTEGER PRIMARY KEY, v DOUBLE PRECISION);
INSERT INTO behov_residual SELECT row_number, v FROM behov_z WHERE k = {{outcome_column}};
DELETE FROM behov_z WHERE k = {{outcome_column}};
DELETE FROM behov_t WHERE k = {{outcome_column}};
{{rounds}}
-- ---- variansen: summer over klynger (eller rader) ----
CREATE TEMP TABLE behov_variance (k INTEGER, v DOUBLE PRECISION);
{{variance}}
-- ---- SQL ved siden av behov ----
CREATE TEMP TABLE behov_theirs (k INTEGER PRIMARY KEY, b DOUBLE PRECISION, se DOUBLE PRECISION);
INSERT INTO behov_theirs SELECT b.i, b.v / s.s, sqrt(v.v) / s.s FROM behov_b b JOIN behov_scale s ON s.k = b.i
    JOIN (SELECT k, sum(v) AS v FROM behov_variance GROUP BY k) v ON v.k = b.i;
{{say_unchecked}}
SELECT o.term AS ledd, t.b AS koeffisient_sql, o.b AS koeffisient_behov, t.se AS standardfeil_sql, o.se AS standardfeil_behov,
    CASE WHEN abs(t.b - o.b) <= o.tolerance AND (o.se_tolerance IS NULL OR abs(t.se - o.se) <= o.se_tolerance)
         THEN 'ok' ELSE '<<<' END AS ok
    FROM behov_ours o LEFT JOIN behov_theirs t ON t.k = o.k ORDER BY o.k;

-- ---- dommen: en rad som ikke holder kravet, er en feil i databasen ----
CREATE TEMP TABLE behov_verdict (k INTEGER, coefficient_is_ours INTEGER NOT NULL CHECK (coefficient_is_ours = 1),
    standard_error_is_ours INTEGER NOT NULL CHECK (standard_error_is_ours = 1));
INSERT INTO behov_verdict SELECT o.k, CASE WHEN abs(t.b - o.b) <= o.tolerance THEN 1 ELSE 0 END,
    CASE WHEN o.se_tolerance IS NULL OR abs(t.se - o.se) <= o.se_tolerance THEN 1 ELSE 0 END
    FROM behov_ours o LEFT JOIN behov_theirs t ON t.k = o.k;
