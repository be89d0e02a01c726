// council.js FILE.html... - each page of a council at 320, 768 and 1 280 pixels, light and dark, looked at by axe-core; what its
// script does with a slider and with fields; and its two sheets of A4.
"use strict";
const path = require("path");
const {start, end, barriers, overflow, hold, finish} = require(path.join(__dirname, "browser.js"));

// Pages of a PDF: its page objects, or in a compressed file the count of its tree.
function sheets(pdf) {
    return (Buffer.from(pdf).toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g) || []).length;
}

// What is typed into a field, and what the page says of it.
function typed(page, index, text) {
    return page.evaluate((i, value) => {
        const field = document.getElementById("x" + i);
        field.value = value;
        field.dispatchEvent(new Event("change"));
        return {said: document.getElementById("w4").textContent, isInvalid: field.hasAttribute("aria-invalid"),
            all: document.querySelector(".res").textContent};
    }, index, text);
}

async function whatIf(page, file) {
    const sliders = await page.evaluate(() => [...document.querySelectorAll("input[type=range]")].map(slider => slider.id.slice(1)));
    hold(sliders.length > 0, file + " has sliders");
    const shown = await page.evaluate(() => [document.getElementById("w2").textContent, document.getElementById("w3").textContent]);
    hold(/\d[^\d]+\d/.test(shown[0]), file + " prints the interval of the need: " + shown[0]);
    for (const i of sliders) {
        for (const place of ["min", "max"]) {
            const said = await page.evaluate((index, which) => {
                const slider = document.getElementById("s" + index);
                slider.value = slider[which];
                slider.dispatchEvent(new Event("input"));
                const text = document.getElementById("w4").textContent, label = document.getElementById("x" + index + "-l").textContent;
                document.getElementById("igjen").click();
                return text.includes(label) ? text : "";
            }, i, place);
            // the ends of the slider are figures of the year, which the model is estimated on where none is left out
            hold(!said || !/\(([^–]*)–\1\)/.test(said), file + ": slider " + i + " at its " + place + ": " + said);
        }
        for (const text of ["150.000", "1,250", "", "x", "-7", "1e999"]) {
            const result = await typed(page, i, text);
            hold(result.isInvalid && result.said, file + ": field " + i + " refuses " + JSON.stringify(text) + ": " + result.said);
            hold(!/NaN|Infinity/.test(result.all), file + ": field " + i + " with " + JSON.stringify(text) + ": " + result.all);
        }
        await page.evaluate(() => document.getElementById("igjen").click());
    }
}

(async () => {
    const session = await start(), page = await session.browser.newPage();
    for (const file of process.argv.slice(2)) {
        const requested = [];
        page.removeAllListeners("request");
        page.on("request", request => requested.push(request.url()));
        for (const width of [320, 768, 1280]) {
            for (const scheme of ["light", "dark"]) {
                await page.emulateMediaFeatures([{name: "prefers-color-scheme", value: scheme}]);
                await page.setViewport({width, height: 900});
                await page.goto("file://" + path.resolve(file), {waitUntil: "load"});
                for (const found of await barriers(page))
                    hold(false, file + " at " + width + ", " + scheme + ": " + found);
            }
            const wider = await overflow(page);
            hold(wider <= 0, file + " at " + width + " is " + wider + " pixels wider than the window");
        }
        const rows = await page.evaluate(() => [...document.querySelectorAll("#alletall tbody tr")].filter(row => !row.hidden).length);
        hold(rows < 120, file + " opens with " + rows + " rows of all municipalities");
        await whatIf(page, file);
        const n = sheets(await page.pdf({preferCSSPageSize: true}));
        hold(n === 2, file + " is " + n + " sheets of paper");
        hold(requested.every(url => url.startsWith("file://")), file + " asked for " + requested.filter(url => !url.startsWith("file://")));
    }
    const network = await end(session);
    hold(!network.asked.length, "the browser asked for " + network.asked.join(", "));
    hold(network.bytes > 1000, "the network log has something in it");
    finish();
})();
