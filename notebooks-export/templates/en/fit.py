# {{title}}
# Written by behov {{version}}. python3 runs it; it stops with an error where the refit is not ours.
#
# Model      {{formula}}
# Outcome    {{outcome}}
# Data       {{data_name}}
# Errors     {{errors_in_words}}
# {{weights_in_words}}
# {{simulated}}
# {{cautions}}
#
# Rows
#   {{rows}}
#
# Columns of the data
#   {{columns}}
#
# Regressors
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

# ---- the data ----
{{read_data}}
if "data_file" in globals():
    if not os.path.exists(data_file):
        data_file = os.path.join(os.path.dirname(os.path.abspath(__file__)), data_file)
    with open(data_file, encoding="utf-8", newline="") as file:
        behov_csv = file.read()
if hashlib.sha256(behov_csv.encode("utf-8")).hexdigest() != "{{sha256}}":
    sys.exit("the data are not those of this fit (SHA-256)")
d = pd.read_csv(io.StringIO(behov_csv), dtype=column_kinds, keep_default_na=False, na_values=[""], float_precision="round_trip")

# ---- regressors that are no columns ----
{{derive}}
s = d[d["in_sample"] == 1].copy()

# ---- what behov found ----
{{ours}}

# ---- the refit ----
{{refit}}
{{errors}}

# ---- theirs beside ours ----
theirs = pd.DataFrame({"coefficient": np.asarray(fit.params), "std_error": np.sqrt(np.diag(covariance))})
print(pd.DataFrame({"term": ours["term"], "statsmodels": theirs["coefficient"], "behov": ours["coefficient"],
                    "std_error": theirs["std_error"], "std_error_behov": ours["std_error"]}).to_string(index=False, float_format="%.8g"))

# A coefficient may differ by {{tolerance}} of its standard error, or of itself where it is smaller; a standard error by {{tolerance}} of itself: well above rounding
# (about 1e-10 here) and below what any printed digit shows.
tolerance = {{tolerance}}
compares_errors = {{compares_errors}}
if not compares_errors:
    print("the standard errors are not compared: statsmodels has none of this kind")
has_error = compares_errors & ours["std_error"].notna()
off = ~((theirs["coefficient"] - ours["coefficient"]).abs() <= ours["tolerance"])
off_error = has_error & ~((theirs["std_error"] - ours["std_error"]).abs() <= tolerance * ours["std_error"])
if (off | off_error).any():
    sys.exit("the refit is not behov's: " + ", ".join(ours["term"][off | off_error]))
print("the refit agrees with behov: %d coefficients, %d standard errors" % (len(ours), has_error.sum()))
