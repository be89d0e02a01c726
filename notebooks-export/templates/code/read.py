{{read_data}}
if "data_file" in globals():
    if not os.path.exists(data_file):
        data_file = os.path.join(os.path.dirname(os.path.abspath(globals().get("__file__", ""))), data_file)
    with open(data_file, encoding="utf-8", newline="") as file:
        behov_csv = file.read()
if hashlib.sha256(behov_csv.encode("utf-8")).hexdigest() != "{{sha256}}":
    raise ValueError("{{words_other_data}} (SHA-256)")
d = pd.read_csv(io.StringIO(behov_csv), dtype=column_kinds, keep_default_na=False, na_values=[""],
                float_precision="round_trip")
