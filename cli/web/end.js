// end.js - at the end of the page: lets the script of the page run, whose digest the policy names, when the worker has what it needs.
(async () => {
    try {
        if (refusal)
            throw refusal;
        await begins;
        const script = document.createElement("script");
        script.textContent = new TextDecoder().decode(unpacked(unpacker, taken("packed-page")));
        document.body.append(script);
    } catch (error) {
        const place = document.getElementById("fault");
        place.textContent = {{fault_start}}.replace("{text}", error.message);
    }
    document.documentElement.hidden = false;
})();
