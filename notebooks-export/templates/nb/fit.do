* {{title}}
* Skrevet av behov {{version}}. Kjøres med «do fit.do»; skriptet stanser med en feil (r(9)) hvis beregningen ikke gir det samme.
* Skriptet er ikke kjørt i Stata av dem som laget behov, bare gjennomgått: si fra om noe stanser av andre grunner.
*
* Modell       {{formula}}
* Utfall       {{outcome}}
* Data         {{data_name}}
* Standardfeil {{errors_in_words}}
* {{weights_in_words}}
* {{simulated}}
* {{cautions}}
*
* Rader
*   {{rows}}
*
* Kolonner i dataene (bare de som beregningen bruker)
*   {{columns}}
*
* Forklaringsvariabler
*   {{terms}}
*
* {{not_a_verdict}}
* {{unchecked}}

version {{stata_version}}
clear
set more off

* ---- sammenlikner én koeffisient og standardfeilen dens ----
* En koeffisient kan avvike med 1e-7 av sin standardfeil, eller av seg selv der den er mindre; en standardfeil med 1e-7 av
* seg selv. Det er langt over avrundingen (under 1e-11 på panelet som følger med) og under det et trykt siffer viser.
capture program drop behov_check
program define behov_check
    args term ours error tolerance error_tolerance
    local column = colnumb(behov_v, "`term'")
    local theirs = _b[`term']
    local their_error = sqrt(behov_v[`column', `column'])
    display "`term'" _column(34) %21.0g `theirs' _column(56) %21.0g `ours' _column(78) %21.0g `their_error' _column(100) %21.0g `error'
    if missing(`theirs') | abs(`theirs' - (`ours')) > `tolerance' {
        display as error "`term' gir ikke det samme som behov"
        exit 9
    }
    if !missing(`error_tolerance') & (missing(`their_error') | abs(`their_error' - `error') > `error_tolerance') {
        display as error "`term' gir ikke det samme som behov"
        exit 9
    }
end

* ---- dataene: en rad for hver som er med i estimeringen ----
{{data}}

* ---- forklaringsvariabler som ikke er kolonner ----
{{derived}}
* ---- beregningen på nytt ----
{{estimate}}
* ---- navn, koeffisient og standardfeil fra behov, og hvor langt Stata kan være fra hver av dem ----
{{say_unchecked}}
{{checks}}
display "beregningen gir det samme som behov"
