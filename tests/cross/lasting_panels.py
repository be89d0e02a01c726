"""lasting_panels.py - panels for test_lasting.c, with what the reference program and dense matrices say of them.

    lasting_panels.py FOLDER LASTING_PY

Writes NAME.csv (all rows, in any order), NAME.json (lasting.py on the rows estimated on) and NAME_dense.json: levels and
variances at lasting.py's estimates by the definition, from the whole covariance matrix: least squares with weights, or
generalised, chance to come drawn into the matrix. Exits with 77 without numpy."""
import csv
import json
import subprocess
import sys

try:
    import numpy as np
except ImportError:
    print("skipped: numpy is not there")
    sys.exit(77)

# municipalities, years, gap share, Var u, s0^2, s1^2, phi, regressors, weights, share predicted only
PANELS = [
    (20, 5, 0.0, 0.25, 0.05, 300, 0.5, 2, 0, 0), (20, 5, 0.3, 0.25, 0.05, 300, 0.7, 2, 0, 0),
    (25, 8, 0.4, 0.25, 0.05, 300, 0.3, 1, 0, 0), (25, 4, 0.2, 0.25, 0.05, 300, 0.9, 0, 0, 0),
    (30, 2, 0.0, 0.25, 0.02, 400, 0.6, 1, 0, 0), (30, 2, 0.2, 0.25, 0.02, 400, 0.0, 2, 0, 0),
    (30, 3, 0.1, 0.25, 0.02, 400, 0.7, 2, 0, 0), (60, 3, 0.0, 0.25, 0.02, 400, 0.5, 3, 0, 0),
    (60, 3, 0.3, 0.25, 0.05, 400, 0.7, 2, 0, 0), (15, 6, 0.1, 0.00, 0.10, 300, 0.8, 1, 0, 0),
    (15, 6, 0.1, 0.00, 0.10, 300, 0.0, 1, 0, 0), (15, 8, 0.2, 0.30, 0.10, 0, 0.6, 2, 0, 0),
    (15, 5, 0.0, 0.30, 0.00, 500, 0.6, 2, 0, 0), (20, 5, 0.2, 0.25, 0.05, 300, 0.5, 2, 1, 0),
    (20, 6, 0.2, 0.25, 0.05, 300, 0.8, 3, 1, 0), (20, 5, 0.1, 0.25, 0.05, 300, 0.5, 2, 0, 0.2),
    (20, 6, 0.2, 0.25, 0.05, 300, 0.7, 2, 1, 0.2), (15, 7, 0.5, 0.25, 0.05, 300, 0.6, 1, 1, 0.3),
    (12, 4, 0.2, 0.25, 0.05, 300, 0.5, 1, 0, 0), (12, 5, 0.0, 0.25, 0.05, 300, 0.97, 1, 0, 0),
]
HORIZON = 3


def make(number, n, years, gap, tau, s0, s1, phi, width, weighted, predicted):
    random = np.random.default_rng(700 + number)
    rows = []
    for i in range(n):
        population = round(float(np.exp(random.normal(8.3, 1.1)))) + 200
        u, z = np.sqrt(tau) * random.standard_normal(), random.standard_normal()
        for t in range(years):
            z = z if t == 0 else phi * z + np.sqrt(1 - phi * phi) * random.standard_normal()
            value = u + np.sqrt(s0 + s1 / population) * z
            x = [1.0] + [round(float(v), 4) for v in random.standard_normal(width)]
            if random.random() < gap:
                continue
            year = 2010 + t + (30 if number == 2 and t > 5 else 0)
            rows.append({"municipality": str(1000 + i), "year": year, "population": round(population * (1 + .012 * t)),
                         "residual": round(float(value), 6), "estimated": int(random.random() >= predicted),
                         "root_weight": round(float(random.uniform(0.5, 2)), 3) if weighted else 1,
                         **{f"x{k + 1}": x[k] for k in range(width)}})
    random.shuffle(rows)
    return rows


def write(path, rows, columns):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def dense(rows, theta, kind):
    """levels and variances of all targets by conditional normal distributions and the whole covariance matrix"""
    tau, s0, s1, phi = (theta[k] for k in ("tau", "s0_squared", "s1_squared", "phi"))
    width = sum(c.startswith("x") for c in rows[0])
    who = np.array([r["municipality"] for r in rows])
    year = np.array([float(r["year"]) for r in rows])
    v = s0 + s1 / np.array([float(r["population"]) for r in rows])
    X = np.array([[r[f"x{k + 1}"] for k in range(width)] for r in rows], float).reshape(len(rows), width)
    r = np.array([row["residual"] for row in rows], float)
    in_b = np.array([row["estimated"] == 1 for row in rows])
    w = np.array([row["root_weight"] for row in rows], float)[in_b] ** 2
    same = who[:, None] == who[None, :]
    S = same * (tau + phi ** np.abs(year[:, None] - year[None, :]) * np.sqrt(np.outer(v, v)))
    Xb, Sb = X[in_b], S[np.ix_(in_b, in_b)]
    if kind == "gls":
        SX = np.linalg.solve(Sb, Xb)
        L = np.linalg.solve(Xb.T @ SX, SX.T)
        change = L @ r[in_b]
    else:
        L = np.linalg.solve(Xb.T @ (w[:, None] * Xb), (w[:, None] * Xb).T)
        change = np.zeros(width)
    C = L @ Sb @ L.T
    last_year, out = year.max(), {}
    for name in sorted(set(who)):
        own = np.flatnonzero(who == name)
        last = own[np.argmax(year[own])]
        ahead = last_year + np.arange(1, HORIZON + 1)
        cross = tau + phi ** np.abs(ahead[:, None] - year[own][None, :]) * np.sqrt(v[last] * v[own])[None, :]
        noise = v[last] * phi ** np.abs(ahead[:, None] - ahead[None, :])
        e_last = phi ** np.abs(year[last] - year[own]) * np.sqrt(v[last] * v[own])
        inverse = np.linalg.inv(S[np.ix_(own, own)])
        m = np.mean(phi ** (ahead - year[last]))
        m1 = phi ** (ahead[0] - year[last])
        figures = {}
        for target, k, prior in (("u", np.full(len(own), tau), tau),
                                 ("ahead", tau + m * e_last, tau + m * m * v[last]),
                                 ("next_level", tau + m1 * e_last, tau + m1 * m1 * v[last]),
                                 ("next", cross[0], tau + v[last]),
                                 ("rows", cross.mean(axis=0), tau + noise.mean())):
            weights = inverse @ k
            q = X[own].T @ weights
            figures[target] = [float(weights @ (r[own] - X[own] @ change)), float(prior - k @ weights + q @ C @ q)]
        out[name] = figures
    return out


def main():
    folder, program = sys.argv[1:]
    for number, panel in enumerate(PANELS):
        rows = make(number, *panel)
        columns = ["municipality", "year", "population", "residual"] + [c for c in rows[0] if c.startswith("x")]
        name = f"{folder}/panel_{number}"
        write(name + ".csv", rows, columns + ["estimated", "root_weight"])
        write(name + "_estimated.csv", [r for r in rows if r["estimated"]], columns)
        subprocess.run([sys.executable, program, name + "_estimated.csv", "--json", name + ".json"] +
                       (["--grid"] if number == 18 else []), check=True)
        with open(name + ".json", encoding="utf-8") as file:
            theta = json.load(file)["estimates"]
        with open(name + "_dense.json", "w", encoding="utf-8") as file:
            json.dump({kind: dense(rows, theta, kind) for kind in ("gls", "ols")}, file)


main()
