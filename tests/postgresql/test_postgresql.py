"""test_postgresql.py [ROWS] - the extension in a server of its own against `behov fit` and exact arithmetic.

Without ROWS 100 000 rows and 20 000 clusters for the large tests; with it as many, a tenth of them clusters:
    BEHOV_PROGRAM=build/cli/behov python3 tests/postgresql/test_postgresql.py 10000000
Rows are multiples of 1/8, so that decimal figures, doubles and PostgreSQL's numeric are the same numbers."""
import json
import os
import signal
import subprocess
import sys
import time

sys.dont_write_bytecode = True  # the sources stay as they are
from exact import cluster_errors, digits, dyadic, parsed, sandwich_errors, solved, solved_normal
from fractions import Fraction
from server import Server, missing

PROGRAM = os.environ.get("BEHOV_PROGRAM")
ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 100000
MANY = 1000000 if len(sys.argv) > 1 else 20000  # clusters of few rows
PARALLEL = """SET max_parallel_workers_per_gather = 4; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0; SET enable_sort = off; """
MODEL = "ARRAY[1, disabled, population, trend]"
FORMULA = "y ~ disabled + population + trend"
checks = 0


def check(is_so, what):
    global checks
    checks += 1
    if not is_so:
        raise AssertionError(what)


def say(*words):
    print(*words, flush=True)


def refused(server, sql, *pieces):
    """The statement is an error with these words, and the server goes on."""
    _, error = server.attempt(sql)
    check(error and all(piece in error for piece in pieces), "%s gave %r" % (sql, error))
    check(server.ask("SELECT 1") == ["1"], "the server is gone after " + sql)


def rows_and_plan(server):
    n_clusters = max(ROWS // 500, 200)
    server.ask("""CREATE EXTENSION behov; SELECT setseed(0.5);
        CREATE TABLE register AS SELECT c, floor(8 * (3 + 0.7 * disabled + 0.00002 * population - 0.05 * trend
            + 4 * random() + mod(c, 7))) / 8 AS y, disabled, population, trend,
            2000 + trend AS year
        FROM (SELECT mod(i * 7919::bigint, %d)::int AS c, floor(random() * 160) / 8 AS disabled,
            floor(exp(6 + 8 * random()) * 8) / 8 AS population, mod(i, 21) AS trend FROM generate_series(1, %d) AS i
            OFFSET 0) AS rows; ANALYZE register;""" % (n_clusters, ROWS))
    plan = "\n".join(server.ask(PARALLEL + "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) SELECT c, behov_factor(y, %s) FROM "
                                "register GROUP BY c" % MODEL))
    for words in "Finalize", "Partial", "Gather", "Workers Launched: 4":
        check(words in plan, "no %s in\n%s" % (words, plan))
    say("plan: Finalize and Partial aggregates under Gather, 4 workers launched")
    return n_clusters


def fitted(server, formula):
    """What the program makes of the same rows."""
    path = os.path.join(server.exchange, "register.csv")
    server.ask("COPY register TO '%s' (FORMAT csv, HEADER)" % path)
    done = subprocess.run([PROGRAM, "fit", path, "--formula", formula, "--cluster", "c", "--se", "cv1", "--json"],
                          capture_output=True, text=True)
    check(done.returncode == 0, done.stderr)
    os.remove(path)
    return json.loads(done.stdout)


def sums_of_products(server, columns, kind):
    """X'X and X'y as PostgreSQL sums them in a type of numbers; the outcome is the last column."""
    k = len(columns)
    pairs = [(i, j) for i in range(k) for j in range(i, k)]
    texts = server.ask("SELECT " + ", ".join("sum((%s)::%s * (%s)::%s)" % (columns[i], kind, columns[j], kind)
                                             for i, j in pairs) + " FROM register")[0].split("|")
    number = Fraction if kind == "numeric" else float
    products = {pair: number(text) for pair, text in zip(pairs, texts)}
    return ([[products[min(i, j), max(i, j)] for j in range(k - 1)] for i in range(k - 1)],
            [products[i, k - 1] for i in range(k - 1)])


def exact_errors(server, columns, b):
    """CV1 errors from exact sums of each cluster: the score of cluster g is X_g'y_g - X_g'X_g b."""
    k = len(columns) - 1
    pairs = [(i, j) for i in range(k) for j in range(i, k + 1)]
    lines = server.ask("SELECT " + ", ".join("sum((%s)::numeric * (%s)::numeric)" % (columns[i], columns[j])
                                             for i, j in pairs) + " FROM register GROUP BY c")
    b, whole, meat = [dyadic(x) for x in b], [[Fraction(0)] * k for _ in range(k)], [[Fraction(0)] * k for _ in range(k)]
    for line in lines:
        sums = {pair: Fraction(text) for pair, text in zip(pairs, line.split("|"))}
        products = [[sums[min(i, j), max(i, j)] for j in range(k)] for i in range(k)]
        score = [sums[i, k] - sum(products[i][j] * b[j] for j in range(k)) for i in range(k)]
        for i in range(k):
            for j in range(k):
                whole[i][j] += products[i][j]
                meat[i][j] += score[i] * score[j]
    bread = [solved_normal(whole, [Fraction(i == j) for i in range(k)]) for j in range(k)]
    return sandwich_errors(bread, meat, len(lines), ROWS)


def fit_from_factors(server, table, regressors, formula):
    """The same regression by factors, by X'X in double (MADlib's way), exactly, and by behov fit. Gives what a caller checks."""
    started = time.time()
    lines = server.ask(PARALLEL + """CREATE TABLE %s AS SELECT c, behov_factor(y, ARRAY[%s]) AS f FROM register GROUP BY c;
        SELECT behov_factor_triangle(behov_factor_merge(f)) FROM %s;
        SELECT behov_factor_triangle(f) FROM %s ORDER BY c;""" % (table, ", ".join(regressors), table, table))
    seconds = time.time() - started
    triangle, factors = parsed(lines[0]), [parsed(line) for line in lines[1:]]
    b = solved(triangle)
    want = solved_normal(*sums_of_products(server, regressors + ["y"], "numeric"))
    madlib = solved_normal(*sums_of_products(server, regressors + ["y"], "float8"))
    fit = fitted(server, formula)
    of_fit = [term["estimate"] for term in fit["coefficients"]]
    errors = [term["se"] for term in fit["coefficients"]]
    own_errors = cluster_errors(triangle, factors, b, ROWS)
    want_errors = exact_errors(server, regressors + ["y"], want)
    say("y on %s: %d rows, %d clusters, factors in %.0f s" % (", ".join(regressors), ROWS, len(factors), seconds))
    say("    digits of the worst coefficient against exact arithmetic: factors %.1f, X'X in double (MADlib's way) %.1f, "
        "behov fit %.1f" % (digits(b, want), digits(madlib, want), digits(of_fit, want)))
    say("    of the worst CV1 standard error: factors %.1f, behov fit %.1f"
        % (digits(own_errors, want_errors), digits(errors, want_errors)))
    say("    factors against behov fit: coefficients %.1f digits, CV1 standard errors %.1f"
        % (digits(b, of_fit), digits(own_errors, errors)))
    return triangle, digits(b, want), digits(madlib, want), digits(b, of_fit), digits(own_errors, errors)


def digits_of_fit(server, n_clusters):
    triangle, exact, _, coefficients, errors = fit_from_factors(
        server, "factors", ["1", "disabled", "population", "trend"], FORMULA)
    check(server.ask("SELECT count(*) FROM factors") == [str(n_clusters)], "a factor for each cluster")
    check(exact >= 11, "the factors have %.1f digits" % exact)
    check(coefficients >= 11, "coefficients differ from those of behov fit")
    check(errors >= 11, "standard errors differ from those of behov fit")
    _, exact, madlib, _, _ = fit_from_factors(server, "raw_factors", ["1", "disabled", "population", "year", "year * year"],
                                              "y ~ disabled + population + year + I(year^2)")
    check(exact >= madlib + 4, "raw years: %.1f digits by factors, %.1f by X'X" % (exact, madlib))
    return triangle


def merging(server):
    """Parts in any order, stored and sent, are the whole to 13 digits of what a triangle determines."""
    triangles = [parsed(line) for line in server.ask("""
        SELECT behov_factor_triangle(behov_factor(y, %s)) FROM register;
        SELECT behov_factor_triangle(behov_factor_merge(f ORDER BY c DESC)) FROM factors;
        SELECT behov_factor_triangle(behov_factor_merge(f ORDER BY md5(c::text))) FROM factors;""" % MODEL)]
    first = solved(triangles[0])
    for triangle in triangles[1:]:
        check(digits(solved(triangle), first) >= 11, "another order, other coefficients")
    counts = server.ask("SELECT (behov_factor_counts(behov_factor_merge(f))).* FROM factors")
    check(counts == ["%d|0|0|0|0|%d|4" % (ROWS, ROWS)], "counts %s" % counts)
    path = os.path.join(server.exchange, "factors")
    for options in "text", "binary":
        server.ask("""COPY factors TO '%s' (FORMAT %s); CREATE TABLE again (LIKE factors); COPY again FROM '%s' (FORMAT %s);
            """ % (path, options, path, options))
        check(server.ask("SELECT count(*) FROM factors JOIN again USING (c) WHERE factors.f::text = again.f::text; "
                         "DROP TABLE again") == server.ask("SELECT count(*) FROM factors"), "COPY %s changes them" % options)
    plan = "\n".join(server.ask(PARALLEL + "EXPLAIN (COSTS OFF) SELECT behov_factor_merge(f) FROM factors"))
    check("Partial" in plan and "Gather" in plan, "merging is not parallel\n" + plan)


def left_out(server):
    rows = """(VALUES (1::float8, 2::float8, 1::float8), (NULL, 1, 1), (2, NULL, 1), (3, 4, NULL), ('NaN', 1, 1), (1, 'NaN', 1),
        (1, 'infinity', 1), ('-infinity', 'NaN', 1), (4, 4, 0), (5, 7, 2.5), (6, 1, 4)) AS rows (y, x, w)"""
    check(server.ask("SELECT (behov_factor_counts(behov_factor(y, ARRAY[1, x], w))).* FROM " + rows) ==
          ["3|3|3|1|1|7.5|2"], "counts of rows left out by reason")
    check(server.ask("SELECT (behov_factor_counts(behov_factor(y, ARRAY[1, x]))).* FROM " + rows) ==
          ["5|2|3|1|0|5|2"], "counts without weights")
    triangles = [parsed(line) for line in server.ask(
        "SELECT behov_factor_triangle(behov_factor(y, ARRAY[1, x], w)) FROM %s;"
        "SELECT behov_factor_triangle(behov_factor(y, ARRAY[1, x], w)) FROM %s WHERE y IN (1, 5, 6) AND x IN (2, 7, 1) AND "
        "w > 0 AND y <> 'NaN'" % (rows, rows))]
    check(triangles[0] == triangles[1], "a row that is left out changes a digit")
    # weighted least squares in fractions: weights 1, 5/2, 4
    data = [(1, 2, Fraction(1)), (5, 7, Fraction(5, 2)), (6, 1, Fraction(4))]
    want = solved_normal([[sum(w for _, _, w in data), sum(w * x for _, x, w in data)],
                          [sum(w * x for _, x, w in data), sum(w * x * x for _, x, w in data)]],
                         [sum(w * y for y, _, w in data), sum(w * x * y for y, x, w in data)])
    lines = server.ask("SELECT behov_factor_triangle(behov_factor(y, ARRAY[1, x], w)) FROM %s, generate_series(1, 2)" % rows)
    check(digits(solved(parsed(lines[0])), want) >= 14, "weights are not those of weighted least squares")
    check(server.ask("SELECT behov_factor(y, ARRAY[1, x]) IS NULL FROM %s WHERE false" % rows) == ["t"], "no row, no factor")
    check(server.ask("SELECT behov_factor_triangle(behov_factor(3, ARRAY[1, 2.5]))") == ["{{1,2.5,3}}"], "one row")
    check(server.ask("SELECT (behov_factor_counts(behov_factor(NULL::float8, NULL::float8[]))).*") == ["0|1|0|0|0|0|"],
          "a row that is all NULL")
    check(server.ask("SELECT behov_factor_triangle(behov_factor(y, x)) FROM (VALUES (1::float8, NULL::float8[]), "
                     "(2, '{1,3}')) AS rows (y, x)") == ["{{1,3,2}}"], "a NULL array before the first")
    check(server.ask("SELECT behov_factor_triangle(behov_factor_merge(f)) FROM (VALUES (NULL::behov_factor)) AS t (f)") == [""],
          "nothing merged")
    # y = a x0 + b x1 with columns whose squares are no doubles
    for values, want in (("(3e-300, 1, 1e300), (1e-300, 1, 0), (3e-300, 1, 1e300), (1e-300, 1, 0)", [1e-300, None]),
                         ("(3e200, 1, 1e-200), (1e200, 1, 0), (3e200, 1, 1e-200), (1e200, 1, 0)", [1e200, None])):
        line = server.ask("SELECT behov_factor_triangle(behov_factor(y, ARRAY[one, x])) FROM (VALUES %s) AS rows (y, one, x)"
                          % values)
        b = solved(parsed(line[0]))
        check(digits([b[0]], [Fraction(want[0])]) >= 13, "very large and small columns: %s" % b)


def refusals(server):
    refused(server, "SELECT behov_factor(1, ARRAY[1, 2], -1)", "negative or infinite", "HINT")
    refused(server, "SELECT behov_factor(1, ARRAY[1, 2], 'infinity')", "negative or infinite")
    refused(server, "SELECT behov_factor(y, x) FROM (VALUES (1, '{1,2}'::float8[]), (2, '{1}')) AS rows (y, x)",
            "a row has 1 regressors, rows before it had 2")
    refused(server, "SELECT behov_factor(1, '{}'::float8[])", "no regressors")
    refused(server, "SELECT behov_factor(1, '{{1,2},{3,4}}'::float8[])", "one dimension")
    refused(server, "SELECT behov_factor(1, array_fill(1::float8, ARRAY[1024]))", "1024 regressors, more than 1023")
    check(server.ask("SELECT (behov_factor_counts(behov_factor(i, array_fill(i::float8, ARRAY[1023])))).n_rows "
                     "FROM generate_series(1, 3) AS i") == ["3"], "1023 regressors")
    refused(server, "SELECT behov_factor_merge(f) FROM (SELECT behov_factor(1, '{1,2}'::float8[]) AS f UNION ALL "
            "SELECT behov_factor(1, '{1}'::float8[])) AS t", "different numbers of regressors")
    refused(server, "SELECT behov_factor_merge(f) FROM (SELECT behov_factor(1, '{1}'::float8[]) AS f UNION ALL "
            "SELECT behov_factor(1, '{1}'::float8[], 2)) AS t", "with weights and one without")
    text = server.ask("SELECT behov_factor(y, %s) FROM (SELECT * FROM register LIMIT 9) AS rows" % MODEL)[0]
    for damaged, words in (("", "hexadecimal"), ("6268z6", "hexadecimal"), ("00" * 100, "no behov_factor"),
                           (text[:-2], "cut off"), (text + "00", "cut off"), (text[:8] + "0200" + text[12:], "version"),
                           (text[:170] + ("0" if text[170] != "0" else "1") + text[171:], "checksum"),
                           (text[:16] + "0100000000000000" + text[32:], "cut off"), (text[:16] + "ffffffffffffff7f" + text[32:], "checksum"),
                           (text[:128] + "ffffffff" + text[136:], "counts or numbers")):
        refused(server, "SELECT '%s'::behov_factor" % damaged, words)


def many_clusters(server):
    started = time.time()
    lines = server.ask(PARALLEL + """CREATE UNLOGGED TABLE many AS SELECT i / 10 AS c, mod(i, 97) + mod(i, 13) / 8.0 AS y,
        ARRAY[1, mod(i, 3), mod(i, 5), mod(i, 7), mod(i, 11), mod(i, 13), mod(i, 17), mod(i, 19), mod(i, 23), mod(i, 29),
            mod(i, 31), mod(i, 37), mod(i, 41)]::float8[] AS x FROM generate_series(0, %d) AS i; ANALYZE many;
        SELECT count(*), sum((behov_factor_counts(f)).n_rows), max(pg_column_size(f)) FROM
        (SELECT c, behov_factor(y, x) AS f FROM many GROUP BY c OFFSET 0) AS t;
        """ % (10 * MANY - 1))
    check(lines[0].startswith("%d|%d|" % (MANY, 10 * MANY)), lines[0])
    say("%d clusters of 10 rows and 13 columns in %.0f s (rows made among it), at most %s bytes each"
        % (MANY, time.time() - started, lines[0].split("|")[2]))
    spilled = "SELECT sum((behov_factor_counts(f)).n_rows) FROM (SELECT mod(i, 30000) AS c, behov_factor(i, ARRAY[1, i]) AS f " \
        "FROM generate_series(1, 90000) AS i GROUP BY 1 OFFSET 0) AS t"
    check(server.ask("SET work_mem = '64kB'; SET enable_sort = off; " + spilled) == ["90000"], "groups that go to disk")


MEMORY = "SELECT sum(used_bytes) FROM pg_backend_memory_contexts WHERE name NOT LIKE '%Cache%' AND name <> 'MessageContext'"


def leaks(server):
    """A query that ends by an error, again and again in one session, leaves no memory behind."""
    failing = "SELECT behov_factor(y, CASE WHEN disabled = 0.125 THEN '{1}' ELSE ARRAY[1, disabled] END) FROM register;"
    script = "\\set ON_ERROR_STOP 0\n" + (failing + "\n") * 3 + MEMORY + ";\n" + (failing + "\n") * 40 + MEMORY + ";\n"
    process = server.psql(stdin=subprocess.PIPE)
    out, error = process.communicate(script)
    before, after = [int(line) for line in out.split()]
    check(error.count("a row has 1 regressors") == 43, error[:500])
    check(after - before < 20000, "%d bytes before, %d after 40 errors" % (before, after))
    say("40 queries that end by an error: %d bytes more in the session" % (after - before))


SLOW = PARALLEL + """SET application_name = 'slow'; SELECT count(f) FROM (SELECT r.c, behov_factor(r.y, ARRAY[1, r.disabled, r.population,
    r.trend]) AS f FROM register AS r, generate_series(1, 100000) AS again GROUP BY r.c) AS t"""


def while_it_runs(server, what):
    """Runs SLOW and, once four workers are at it, what is to happen to it. Gives the error of the query."""
    process = server.psql("-c", SLOW, "-c", "SELECT 'goes on'")
    for _ in range(600):
        workers = server.ask("SELECT pid FROM pg_stat_activity WHERE backend_type = 'parallel worker'")
        if len(workers) == 4:
            break
        check(process.poll() is None, "the slow query ended")
        time.sleep(0.2)
    check(len(workers) == 4, "%d workers" % len(workers))
    time.sleep(1)
    what([int(pid) for pid in workers])
    out, error = process.communicate(timeout=300)
    return out, error


def cancelled(server):
    _, error = while_it_runs(server, lambda _: server.ask(
        "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name = 'slow' AND backend_type = 'client backend'"))
    check("canceling statement due to user request" in error, error)
    process = server.psql(stdin=subprocess.PIPE)
    slow = "SET statement_timeout = 1000; %s; SET statement_timeout = 0;\n" % SLOW
    out, error = process.communicate("\\set ON_ERROR_STOP 0\n" + slow + MEMORY + ";\n" + 3 * slow + MEMORY + ";\n")
    before, after = [int(line) for line in out.split()]
    check(error.count("statement timeout") == 4, error)
    check(after - before < 20000, "%d bytes before, %d after three cancelled queries" % (before, after))
    say("cancelled: a sentence, the session goes on, %d bytes more in it after three" % (after - before))


def killed(server, triangle):
    _, error = while_it_runs(server, lambda workers: os.kill(workers[0], signal.SIGTERM))
    check("terminating" in error, error)
    check(server.ask("SELECT 1") == ["1"], "the server is gone")
    _, error = while_it_runs(server, lambda workers: os.kill(workers[1], signal.SIGKILL))
    check("terminat" in error or "crash" in error or "connection" in error, error)
    for _ in range(300):
        if server.attempt("SELECT 1")[0] == ["1"]:
            break
        time.sleep(0.2)
    lines = server.ask("SELECT behov_factor_triangle(behov_factor_merge(f)) FROM factors")
    check(parsed(lines[0]) == triangle or digits(solved(parsed(lines[0])), solved(triangle)) >= 12, "other figures afterwards")
    with open(server.log, encoding="utf-8", errors="replace") as log:
        text = log.read()
    check("signal 11" not in text and "PANIC" not in text and "TRAP" not in text, "the server crashed by itself")
    say("a worker ended (TERM) and killed (KILL): an error, the server goes on, the stored factors are as they were")


def windows(server):
    """A state is not changed by looking at it: growing frames give what each frame gives alone."""
    lines = server.ask("""SELECT behov_factor_triangle(behov_factor(i * i, ARRAY[1, i]) OVER (ORDER BY i)) =
        (SELECT behov_factor_triangle(behov_factor(k * k, ARRAY[1, k] ORDER BY k)) FROM generate_series(1, i) AS k)
        FROM generate_series(1, 40) AS i""")
    check(lines == ["t"] * 40, "growing frames")
    check(server.ask("WITH one AS (SELECT behov_factor(2, ARRAY[1, 2]) AS f) SELECT behov_factor_triangle(behov_factor_add(f, 3, "
                     "ARRAY[1, 1])), behov_factor_triangle(f) FROM one") == ["{{1,2,2},{1,1,3}}|{{1,2,2}}"],
          "a value is changed by a function that takes it")


def fit_json(words, code=0):
    done = subprocess.run([PROGRAM, "fit", "--lang", "en", *words, "--json"], capture_output=True, text=True)
    check(done.returncode == code, "%s: exit code %d\n%s" % (words, done.returncode, done.stderr))
    return json.loads(done.stdout) if code == 0 else done.stderr


def program_reads_factors(server):
    """behov fit --factors: from the database and from files of COPY, against the rows; and what it refuses."""
    connection = "postgres:" + server.connection
    query = "SELECT c, f FROM factors"
    csv, text, binary = (os.path.join(server.exchange, name) for name in ("rows.csv", "f.copy", "f.binary"))
    server.ask("COPY register TO '%s' (FORMAT csv, HEADER); COPY (%s) TO '%s'; COPY (SELECT c::text, f FROM factors) TO '%s' "
               "(FORMAT binary)" % (csv, query, text, binary))
    sources = [["--factors", connection, "--query", query], ["--factors", text], ["--factors", binary]]
    for se in "cv1", "cv2", "cv3":
        want = fit_json([csv, "--formula", FORMULA, "--cluster", "c", "--se", se])
        for source in sources if se == "cv1" else sources[:1]:
            got = fit_json(source + ["--formula", FORMULA, "--se", se])
            for figure in "estimate", "se", "dof":
                worst = digits([term[figure] for term in got["coefficients"]], [term[figure] for term in want["coefficients"]])
                check(worst >= 11, "%s %s by %s: %.1f digits" % (se, figure, source[1][:9], worst))
            check(got["n_estimated"] == ROWS and got["n_clusters"] == want["n_clusters"], "counts by " + source[1])
            check([term["term"] for term in got["coefficients"]] == [term["term"] for term in want["coefficients"]], "names")
    check(fit_json(sources[0] + ["--formula", FORMULA])["cluster"] == "c", "the key is called as its column")
    say("behov fit --factors from the database, COPY text and COPY binary: CV1, CV2, CV3 as from the rows, 11 digits or more")
    weighted = "SELECT c, behov_factor(y, %s, 1 + trend) FROM register GROUP BY c" % MODEL
    want = fit_json([csv, "--formula", FORMULA, "--cluster", "c", "--se", "cv1", "--weights", "1 + trend"])
    got = fit_json(["--factors", connection, "--query", weighted, "--formula", FORMULA, "--se", "cv1"])
    for figure in "estimate", "se":
        check(digits([term[figure] for term in got["coefficients"]], [term[figure] for term in want["coefficients"]]) >= 11,
              "weights: " + figure)
    check(digits([got["residual_standard_error"]], [want["residual_standard_error"]]) >= 11, "weights: s")
    few = "SELECT CASE WHEN i < 3 THEN NULL ELSE mod(i, 9) END AS g, behov_factor(CASE i WHEN 5 THEN NULL WHEN 6 THEN 'NaN' WHEN 7 " \
        "THEN 'infinity' ELSE mod(i * i, 11)::float8 END, ARRAY[1, i]) AS f FROM generate_series(1, 50) AS i GROUP BY 1"
    got = fit_json(["--factors", connection, "--query", few, "--formula", "y ~ x"])
    check((got["n_rows"], got["n_estimated"], got["n_clusters"]) == (50, 45, 9), "counts of %s" % {
        key: got[key] for key in ("n_rows", "n_estimated", "n_clusters")})
    page = subprocess.run([PROGRAM, "fit", "--lang", "en", "--factors", connection, "--query", few, "--formula", "y ~ x"],
                          capture_output=True, text=True).stdout
    for words in "value IS NULL", "value = NaN", "value = infinity", "g missing":
        check(words in page, "no %r in\n%s" % (words, page))
    if server.connection.split()[0] in page:
        raise AssertionError("the page names how the database is reached")
    forbidden = os.path.join(server.exchange, "forbidden")
    for more in ";", " ; \n", " -- behind", "":  # what may stand behind a query, and the tests before it
        fit_json(["--factors", connection, "--query", query + more, "--formula", FORMULA])
    for other in "TABLE factors", "(SELECT c, f FROM factors)", "WITH a AS (SELECT c, f FROM factors) SELECT * FROM a":
        fit_json(["--factors", connection, "--query", other, "--formula", FORMULA])
    half = "SELECT c, f FROM factors WHERE c % 2 = "
    server.ask("COPY (%s0) TO '%s'" % (half, text + "2"))  # keys of a file have no name, those of the database have one
    got = fit_json(["--factors", text + "2", "--factors", connection, "--query", half + "1", "--formula", FORMULA])
    check(got["n_estimated"] == ROWS and got["cluster"] == "c", "a file of COPY beside the database")
    twice = fit_json(["--factors", connection, "--query", query + " UNION ALL " + query, "--formula", FORMULA, "--allow",
                      "copied"])
    check(twice["n_estimated"] == 2 * ROWS, "groups that are there twice, let through")
    for words, sentence in (
            (sources[0], "have no names"), (sources[1], "have no names"),
            (["--factors", connection, "--formula", FORMULA], "--query"),
            (["--factors", text, "--query", query, "--formula", FORMULA], "postgres:"),
            (sources[0] + ["--formula", "y ~ disabled + population"], "the factor has 4 regressors"),
            (sources[0] + ["--formula", FORMULA + " - 1"], "no constant"),
            (sources[0] + ["--formula", "y ~ disabled + population + factor(trend)"], "levels"),
            (["--factors", connection, "--query", "SELECT c, behov_factor(y, ARRAY[trend, disabled]) FROM register GROUP BY c",
              "--formula", "y ~ a"], "is not 1 in all rows"),
            (["--factors", connection, "--query", "SELECT f FROM factors", "--formula", FORMULA], "gives 1 columns"),
            (["--factors", connection, "--query", "SELECT 1, 2", "--formula", FORMULA], "no behov_factor"),
            (["--factors", connection, "--query", "SELECT c, f FROM nowhere", "--formula", FORMULA], "nowhere"),
            (["--factors", connection, "--query", "DELETE FROM factors RETURNING c, f", "--formula", FORMULA], "no query"),
            (["--factors", connection, "--query", "COPY factors TO '%s'" % forbidden, "--formula", FORMULA], "no query"),
            (["--factors", connection, "--query", "/* */ COPY factors TO '%s'" % forbidden, "--formula", FORMULA], "COPY"),
            (["--factors", connection, "--query", "-- \nCOPY factors TO PROGRAM 'cat >%s'" % forbidden, "--formula", FORMULA],
             "COPY"),
            (["--factors", connection, "--query", "COPY factors TO STDOUT", "--formula", FORMULA], "no query"),
            (["--factors", connection, "--query", "SET enable_sort = off", "--formula", FORMULA], "no query"),
            (["--factors", connection, "--query", "WITH gone AS (DELETE FROM factors RETURNING c, f) SELECT c, f FROM gone",
              "--formula", FORMULA], "data-modifying"),
            (["--factors", connection, "--query", "SELECT c, f FROM factors; COPY factors TO '%s'" % forbidden, "--formula",
              FORMULA], "syntax error"),
            (["--factors", connection, "--query", query + ") AS f; COPY factors TO '%s'; SELECT (1" % forbidden, "--formula",
              FORMULA], "multiple commands"),
            (["--factors", connection, "--query", " ; ", "--formula", FORMULA], "is empty"),
            (["--factors", connection, "--query", query + " UNION ALL " + query, "--formula", FORMULA], "is there twice"),
            (["--factors", "postgres:host=/nowhere", "--query", query, "--formula", FORMULA], "does not answer")):
        code = 2 if sentence in ("--query", "postgres:", "have no names", "no constant", "levels", "no query", "is empty") else 1
        error = fit_json(words + ["--se", "cv1"], code)
        check(sentence in error, "%s gave %r" % (words, error))
    for path, cuts in ((text, (40, 400)), (binary, (15, 21, 30, 60, 400))):
        with open(path, "rb") as file:
            whole = file.read()
        damaged = os.path.join(server.exchange, "damaged")
        for cut in cuts:
            with open(damaged, "wb") as file:
                file.write(whole[:cut])
            fit_json(["--factors", damaged, "--formula", FORMULA, "--se", "cv1"], 1)
        at = len(whole) // 2
        with open(damaged, "wb") as file:
            file.write(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:])
        fit_json(["--factors", damaged, "--formula", FORMULA, "--se", "cv1"], 1)
    check(not os.path.exists(forbidden), "the query wrote a file")
    check(server.ask("SELECT count(*) FROM factors") == [str(max(ROWS // 500, 200))], "the query changed the database")


def main():
    reason = missing()
    if reason:
        print("skipped: " + reason)
        return 77
    if not PROGRAM:
        print("skipped: needs BEHOV_PROGRAM")
        return 77
    with Server() as server:
        n_clusters = rows_and_plan(server)
        left_out(server)
        refusals(server)
        windows(server)
        triangle = digits_of_fit(server, n_clusters)
        merging(server)
        program_reads_factors(server)
        leaks(server)
        cancelled(server)
        killed(server, triangle)
        many_clusters(server)
    print("%d checks" % checks)
    return 0


if __name__ == "__main__":
    sys.exit(main())
