// results.js FILE.html... - each page at 320 and 1 280 pixels, looked at by axe-core.
"use strict";
const path = require("path");
const {start, end, barriers, overflow, hold, finish} = require(path.join(__dirname, "browser.js"));

(async () => {
    const session = await start(), page = await session.browser.newPage();
    for (const file of process.argv.slice(2)) {
        const requested = [];
        page.removeAllListeners("request");
        page.on("request", request => requested.push(request.url()));
        for (const width of [320, 1280]) {
            await page.setViewport({width, height: 900});
            await page.goto("file://" + path.resolve(file), {waitUntil: "load"});
            for (const found of await barriers(page))
                hold(false, file + " at " + width + ": " + found);
            const wider = await overflow(page);
            hold(wider <= 0, file + " at " + width + " is " + wider + " pixels wider than the window");
        }
        hold(requested.every(url => url.startsWith("file://")), file + " asked for " + requested.filter(url => !url.startsWith("file://")));
    }
    const network = await end(session);
    hold(!network.asked.length, "the browser asked for " + network.asked.join(", "));
    hold(network.bytes > 1000, "the network log has something in it");
    finish();
})();
