tolerance = {{tolerance}}
compares_errors = {{compares_errors}}
if not compares_errors:
    print("{{words_no_errors}}")
has_error = compares_errors & ours["std_error"].notna()
off = ~((theirs["coefficient"] - ours["coefficient"]).abs() <= ours["tolerance"])
off_error = has_error & ~((theirs["std_error"] - ours["std_error"]).abs() <= tolerance * ours["std_error"])
if (off | off_error).any():
    raise ValueError("{{words_differs}}: " + ", ".join(ours["term"][off | off_error]))
print("{{words_agrees}}" % (len(ours), has_error.sum()))
