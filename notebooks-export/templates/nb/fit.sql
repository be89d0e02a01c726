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
-- ---- utfall v, vekt q i summene av produkter, w og n i kvadratsummer, klynger ----
-- ---- forklaringsvariablene: en linje for hver rad og variabel ----
{{code/tables.sql}}

-- ---- det samme etter utfallet som siste kolonne, alt delt på en potens av to, så ingen sum blir mye større enn en annen ----
-- ---- gjør hver kolonne vinkelrett på dem før den (Gram-Schmidt); t er regnskapet over det ----
-- ---- koeffisientene og restleddene, rettet to ganger ----
-- ---- variansen: summer over klynger (eller rader) ----
{{code/solve.sql}}

-- ---- SQL ved siden av behov ----
-- ---- dommen: en rad som ikke holder kravet, er en feil i databasen ----
{{code/compare.sql}}
