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
{{code/read.py}}

# ---- regressors that are no columns ----
{{derive}}
s = d[d["in_sample"] == 1].copy()

# ---- what behov found ----
{{ours}}

# ---- the refit ----
{{refit}}
{{errors}}

# ---- theirs beside ours ----
theirs = pd.DataFrame({"coefficient": coefficients, "std_error": np.sqrt(np.diag(covariance))})
print(pd.DataFrame({"term": ours["term"], "statsmodels": theirs["coefficient"], "behov": ours["coefficient"],
                    "std_error": theirs["std_error"], "std_error_behov": ours["std_error"]}).to_string(index=False, float_format="%.8g"))

# A coefficient may differ by {{tolerance}} of its standard error, or of itself where it is smaller; a standard error by {{tolerance}} of itself: well above rounding
# (about 1e-10 here) and below what any printed digit shows.
{{code/check.py}}
