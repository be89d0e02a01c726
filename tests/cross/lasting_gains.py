"""lasting_gains.py - the figures of test_lasting_gains.c: by how much the restricted likelihood rises when a share of
chance is white noise, and when Var u = tau + t / population. From the project's folder:

    OPENBLAS_NUM_THREADS=1 /usr/bin/python3 tests/cross/lasting_gains.py        (numpy 1.24)

Writes two simulated panels, lasting_gains_white.csv (half of chance is white) and lasting_gains_small.csv (Var u falls with
the population, gaps), and lasting_gains.txt: panel, which of the two, the gain in l, the parameter's estimate.

The likelihood is written out with dense matrices of each municipality; its maximum is Newton's over logarithms with
derivatives by central differences, from several starts. No part of it is that of the C code or of lasting.py."""
import csv
import itertools

import numpy as np


def make(seed, n, years, missing, tau, by_size, s0, s1, phi, white):
    random, rows = np.random.default_rng(seed), []
    for i in range(n):
        population = round(float(np.exp(random.normal(8.3, 1.1)))) + 200
        u, z = np.sqrt(tau + by_size / population) * random.standard_normal(), random.standard_normal()
        for t in range(years):
            z = z if t == 0 else phi * z + np.sqrt(1 - phi * phi) * random.standard_normal()
            p = round(population * (1 + 0.012 * t))
            chance = np.sqrt(s0 + s1 / p) * (np.sqrt(1 - white) * z + np.sqrt(white) * random.standard_normal())
            x = round(float(random.standard_normal()), 3)
            if random.random() >= missing:
                rows.append((1000 + i, 2010 + t, p, round(float(u + chance), 5), 1, x))
    return rows


class Likelihood:
    """all municipalities at once; a missing row has the variance 1, no residual and no regressors"""

    def __init__(self, rows):
        data = np.array(rows, float)
        names, years = np.unique(data[:, 0]), np.unique(data[:, 1])
        at = np.searchsorted(names, data[:, 0]), np.searchsorted(years, data[:, 1])
        shape = len(names), len(years)
        self.there, self.inverse, self.r = np.zeros(shape, bool), np.zeros(shape), np.zeros(shape)
        self.X = np.zeros((*shape, data.shape[1] - 4))
        self.there[at], self.inverse[at], self.r[at], self.X[at] = True, 1 / data[:, 2], data[:, 3], data[:, 4:]
        self.gap = np.abs(years[:, None] - years)
        self.both = self.there[:, :, None] & self.there[:, None, :]
        self.mean_inverse = self.inverse.sum(axis=1) / self.there.sum(axis=1)
        self.gram = np.linalg.slogdet(data[:, 4:].T @ data[:, 4:])[1]

    def __call__(self, tau, s0, s1, phi, white=0.0, small=0.0):
        v = s0 + s1 * self.inverse
        R = phi ** self.gap * (1 - white)
        np.fill_diagonal(R, 1)
        S = R * np.sqrt(v[:, :, None] * v[:, None, :]) + (tau + small * self.mean_inverse)[:, None, None]
        S = np.where(self.both, S, np.eye(len(R)))
        SX, Sr = np.linalg.solve(S, self.X), np.linalg.solve(S, self.r[:, :, None])[:, :, 0]
        xx, xr = np.einsum("itk,itl->kl", self.X, SX), np.einsum("itk,it->k", SX, self.r)
        logs = np.linalg.slogdet(S)[1].sum() + np.linalg.slogdet(xx)[1]
        return -(logs - self.gram + (self.r * Sr).sum() - xr @ np.linalg.solve(xx, xr)) / 2


def natural(z, which):
    """variances from logarithms, phi and the white share from logits"""
    theta = {"tau": np.exp(z[0]), "s0": np.exp(z[1]), "s1": np.exp(z[2]), "phi": 1 / (1 + np.exp(-z[3]))}
    if which == "white":
        theta["white"] = 1 / (1 + np.exp(-z[4]))
    elif which == "small":
        theta["small"] = np.exp(z[4])
    return theta


def climb(f, z):
    """Newton's steps on differences, halved until f rises; gradient steps where the curvature is none of a maximum"""
    n, h = len(z), 1e-4
    units = np.eye(n) * h
    for _ in range(60):
        value = f(z)
        up, down = [f(z + e) for e in units], [f(z - e) for e in units]
        gradient = (np.array(up) - down) / (2 * h)
        H = np.zeros((n, n))
        for j, k in itertools.combinations(range(n), 2):
            H[j, k] = H[k, j] = (f(z + units[j] + units[k]) - f(z + units[j] - units[k]) - f(z - units[j] + units[k]) +
                                 f(z - units[j] - units[k])) / (4 * h * h)
        H[np.diag_indices(n)] = (np.array(up) + down - 2 * value) / (h * h)
        values, vectors = np.linalg.eigh(-H)
        step = vectors @ ((vectors.T @ gradient) / np.maximum(np.abs(values), 1e-3))
        step /= max(1, np.abs(step).max())
        while f(z + step) < value and np.abs(step).max() > 1e-9:
            step = step / 2
        if f(z + step) < value or np.abs(step).max() < 1e-8 or z[-1] < -12:
            break
        z = z + step
    return f(z), z


def main():
    lines = []
    for name, panel in (("white", make(31, 100, 10, 0.0, 0.25, 0, 0.05, 300, 0.8, 0.4)),
                        ("small", make(32, 80, 5, 0.1, 0.1, 600, 0.02, 200, 0.5, 0.0))):
        with open(f"tests/cross/lasting_gains_{name}.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["municipality", "year", "population", "residual", "x1", "x2"])
            writer.writerows(panel)
        likelihood = Likelihood(panel)
        best = {}
        for which, starts in ((None, [()]), ("white", [(-2.0,), (0.0,), (1.5,)]), ("small", [(2.0,), (5.0,)])):
            found = [climb(lambda z: likelihood(**natural(z, which)), np.array([np.log(0.2), np.log(0.03), np.log(300), phi, *s]))
                     for s in starts for phi in (0.0, 1.5)]
            best[which] = max(found, key=lambda got: got[0])
        print(name, best[None][0], natural(best[None][1], None))
        for which in ("white", "small"):
            gain, estimate = best[which][0] - best[None][0], natural(best[which][1], which)[which]
            if gain < 1e-4:  # its logarithm runs away: at 0
                gain = estimate = 0
            lines.append(f"{name} {which} {gain:.7f} {estimate:.6g}\n")
            print(lines[-1], natural(best[which][1], which))
    with open("tests/cross/lasting_gains.txt", "w", encoding="utf-8") as file:
        file.write("# panel, parameter added, gain in l, its estimate: lasting_gains.py\n")
        file.writelines(lines)


main()
