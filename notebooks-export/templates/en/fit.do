* {{title}}
* Written by behov {{version}}. "do fit.do" runs it; it stops with an error (r(9)) where the refit is not ours.
* The makers of behov had no Stata to run it in and have only read it: please tell if it stops for another reason.
*
* Model      {{formula}}
* Outcome    {{outcome}}
* Data       {{data_name}}
* Errors     {{errors_in_words}}
* {{weights_in_words}}
* {{simulated}}
* {{cautions}}
*
* Rows
*   {{rows}}
*
* Columns of the data (those that the fit uses)
*   {{columns}}
*
* Regressors
*   {{terms}}
*
* {{not_a_verdict}}
* {{unchecked}}

version {{stata_version}}
clear
set more off

* ---- compares one coefficient and its standard error ----
* A coefficient may differ by 1e-7 of its standard error, or of itself where it is smaller; a standard error by 1e-7 of
* itself. That is well above rounding (below 1e-11 on the bundled panel) and below what any printed digit shows.
capture program drop behov_check
program define behov_check
    args term ours error tolerance error_tolerance
    local column = colnumb(behov_v, "`term'")
    local theirs = _b[`term']
    local their_error = sqrt(behov_v[`column', `column'])
    display "`term'" _column(34) %21.0g `theirs' _column(56) %21.0g `ours' _column(78) %21.0g `their_error' _column(100) %21.0g `error'
    if missing(`theirs') | abs(`theirs' - (`ours')) > `tolerance' {
        display as error "`term' is not that of behov"
        exit 9
    }
    if !missing(`error_tolerance') & (missing(`their_error') | abs(`their_error' - `error') > `error_tolerance') {
        display as error "`term' is not that of behov"
        exit 9
    }
end

* ---- the data: a row for each that is estimated on ----
{{data}}

* ---- regressors that are no columns ----
{{derived}}
* ---- the refit ----
{{estimate}}
* ---- name, coefficient and standard error of behov, and how far Stata may be from either ----
{{say_unchecked}}
{{checks}}
display "the refit is that of behov"
