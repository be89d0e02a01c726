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
{{code/read.py}}

# ---- forklaringsvariabler som ikke er kolonner ----
{{derive}}
s = d[d["in_sample"] == 1].copy()

# ---- tallene fra behov ----
{{ours}}

# ---- beregningen på nytt ----
{{refit}}
{{errors}}

# ---- statsmodels ved siden av behov ----
theirs = pd.DataFrame({"coefficient": coefficients, "std_error": np.sqrt(np.diag(covariance))})
print(pd.DataFrame({"ledd": ours["term"], "statsmodels": theirs["coefficient"], "behov": ours["coefficient"],
                    "standardfeil": theirs["std_error"], "standardfeil_behov": ours["std_error"]}).to_string(index=False, float_format="%.8g"))

# En koeffisient kan avvike med {{tolerance}} av sin standardfeil, eller av seg selv der den er mindre; en standardfeil med {{tolerance}} av seg selv: langt over avrundingen
# (omtrent 1e-10 her) og under det et trykt siffer viser.
{{code/check.py}}
