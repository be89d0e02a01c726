// end.js - at the end of the page: lets the script of the page run, whose digest the policy names. As a module it stands aside for the
// beginning of the worker, which has the program by then, and comes before DOMContentLoaded.
try {
    if (refusal)
        throw refusal;
    const script = document.createElement("script");
    script.textContent = new TextDecoder().decode(unpacked({unpacker, ...packedBytes("packed-page")}));
    document.body.append(script);
} catch (error) {
    const place = document.getElementById("fault");
    place.textContent = {{fault_start}}.replace("{text}", error.message);
}
