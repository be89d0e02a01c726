// typed_number.js - what a figure that is typed into a field of the form says. It stands before page.js.
"use strict";
// column: as `behov template --json` has it (is_whole, low, high). A comma is a decimal comma. A point is a decimal mark too, unless three
// digits behind it could be thousands and the field allows that reading alone. {text}: the figure as the program reads it without a doubt,
// with a decimal comma and never three decimals; what is no figure stays as it is, for the program's own sentence. {text, key, a, b}: a
// figure that cannot be taken: form_either (a and b are its two readings) or form_whole (b is what it would be without its comma).
function typedNumber(typed, column) {
    const bare = typed.trim().replace(/\u2212/g, "-"), isSpaced = /^[+-]?[1-9]\d{0,2}([ \u00a0\u2009\u202f]\d{3})+([.,]\d*)?$/.test(bare);
    const text = (isSpaced ? bare.replace(/[ \u00a0\u2009\u202f]/g, "") : bare).replace(/^\+/, "");
    if (/^-?[1-9]\d{0,2}((\.\d{3})+,\d*|(,\d{3})+\.\d*)$/.test(text)) // both marks: the last is decimal
        return decimal(...text.match(/^(.*)[.,](\d*)$/).slice(1));
    if (/^-?[1-9]\d{0,2}((\.\d{3}){2,}|(,\d{3}){2,})$/.test(text))
        return {text: text.replace(/[.,]/g, "")};
    const parts = text.match(/^(-?\d*)([.,])(\d*)$/);
    if (!parts || !/\d/.test(text))
        return {text};
    const [, whole, mark, fraction] = parts, joined = whole + fraction;
    if (isSpaced || !/^-?[1-9]\d{0,2}$/.test(whole) || fraction.length !== 3)
        return decimal(whole, fraction);
    if (mark === ",")
        return column.is_whole ? {text, key: "form_whole", b: joined} : decimal(whole, fraction);
    const isAllowed = value => (!column.is_whole || Number.isInteger(value)) && (column.low === null || value >= column.low) && (column.high === null || value <= column.high);
    if (!isAllowed(+joined))
        return decimal(whole, fraction);
    return isAllowed(+text) && !column.is_whole ? {text, key: "form_either", a: whole + "," + fraction, b: joined} : {text: joined};

    function decimal(before, behind) {
        const digits = before.replace(/[.,]/g, "").replace(/^(-?)$/, "$10");
        return {text: digits + (behind ? "," + behind + (behind.length === 3 ? "0" : "") : "")};
    }
}
