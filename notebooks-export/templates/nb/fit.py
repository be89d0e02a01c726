# {{title}}
# Skrevet av behov {{version}}. Kjøres med python3; skriptet stanser med en feil hvis beregningen ikke gir det samme.
#
# Modell       {{formula}}
# Utfall       {{outcome}}
# Data         {{data_name}}
# Standardfeil {{errors_in_words}}
# {{weights_in_words}}
# {{simulated}}
# {{cautions}}
#
# Rader
#   {{rows}}
#
# Kolonner i dataene
#   {{columns}}
#
# Forklaringsvariabler
#   {{terms}}
#
# {{not_a_verdict}}

import hashlib
import io
import os
import sys

import numpy as np
import pandas as pd
import statsmodels.api as sm

# ---- dataene ----
{{read_data}}
if "data_file" in globals():
    if not os.path.exists(data_file):
        data_file = os.path.join(os.path.dirname(os.path.abspath(__file__)), data_file)
    with open(data_file, encoding="utf-8", newline="") as file:
        behov_csv = file.read()
if hashlib.sha256(behov_csv.encode("utf-8")).hexdigest() != "{{sha256}}":
    sys.exit("dataene er ikke dem fra denne beregningen (SHA-256)")
d = pd.read_csv(io.StringIO(behov_csv), dtype=column_kinds, keep_default_na=False, na_values=[""], float_precision="round_trip")

# ---- forklaringsvariabler som ikke er kolonner ----
{{derive}}
s = d[d["in_sample"] == 1].copy()

# ---- tallene fra behov ----
{{ours}}

# ---- beregningen på nytt ----
{{refit}}
{{errors}}

# ---- statsmodels ved siden av behov ----
theirs = pd.DataFrame({"coefficient": np.asarray(fit.params), "std_error": np.sqrt(np.diag(covariance))})
print(pd.DataFrame({"ledd": ours["term"], "statsmodels": theirs["coefficient"], "behov": ours["coefficient"],
                    "standardfeil": theirs["std_error"], "standardfeil_behov": ours["std_error"]}).to_string(index=False, float_format="%.8g"))

# En koeffisient kan avvike med {{tolerance}} av sin standardfeil, eller av seg selv der den er mindre; en standardfeil med {{tolerance}} av seg selv: langt over avrundingen
# (omtrent 1e-10 her) og under det et trykt siffer viser.
tolerance = {{tolerance}}
compares_errors = {{compares_errors}}
if not compares_errors:
    print("standardfeilene er ikke sammenliknet: statsmodels har ikke denne typen")
has_error = compares_errors & ours["std_error"].notna()
off = ~((theirs["coefficient"] - ours["coefficient"]).abs() <= ours["tolerance"])
off_error = has_error & ~((theirs["std_error"] - ours["std_error"]).abs() <= tolerance * ours["std_error"])
if (off | off_error).any():
    sys.exit("beregningen gir ikke det samme som behov: " + ", ".join(ours["term"][off | off_error]))
print("beregningen gir det samme som behov: %d koeffisienter, %d standardfeil" % (len(ours), has_error.sum()))
