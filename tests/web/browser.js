// browser.js - Chromium for the tests of this folder: started headless with a profile of its own and a log of all that it asks the
// network for, which must be nothing.
"use strict";
const fs = require("fs"), os = require("os"), path = require("path");
const puppeteer = require("puppeteer-core"), axe = require("axe-core");

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// What a page of ours may open: itself, and what its script made in memory.
const OWN = /^(file|blob|data|about|devtools|chrome|chrome-untrusted|chrome-extension):/;

let nFailed = 0;
function hold(isTrue, sentence) {
    if (!isTrue) {
        nFailed++;
        console.log("FAILED: " + sentence);
    }
    return isTrue;
}

async function start() {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "behov-browser-")), log = path.join(folder, "net.json");
    const browser = await puppeteer.launch({
        executablePath: process.env.BEHOV_CHROMIUM || "/usr/bin/chromium", headless: true, userDataDir: path.join(folder, "profile"),
        protocolTimeout: 120000,
        args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-pings", "--proxy-server=127.0.0.1:9", "--log-net-log=" + log, "--net-log-capture-mode=IncludeSensitive"]});
    return {browser, folder, log};
}

// Ends the browser and gives the addresses that a page asked the network for.
async function end({browser, folder, log}) {
    const child = browser.process();
    await browser.close();
    if (child.exitCode === null && child.signalCode === null)
        await new Promise(resolve => { child.once("exit", resolve); setTimeout(resolve, 5000); });
    const text = fs.readFileSync(log, "utf8");
    const asked = new Set();
    for (const line of text.split("\n")) { // one event a line; the browser's own errands have no page behind them
        const url = line.match(/"url":"([^"]+)"/), initiator = line.match(/"initiator":"([^"]+)"/);
        if (url && initiator && initiator[1] !== "not an origin" && !OWN.test(url[1]))
            asked.add(url[1]);
    }
    fs.rmSync(folder, {recursive: true, force: true});
    return {asked: [...asked], bytes: text.length};
}

// What axe-core finds on the page as it stands, one line a finding.
async function barriers(page) {
    if (!await page.evaluate(() => !!window.axe))
        await page.evaluate(axe.source);
    const found = await page.evaluate(async rules => {
        const result = await window.axe.run(document, {runOnly: {type: "tag", values: rules}, resultTypes: ["violations"]});
        return result.violations.map(one => one.id + " (" + one.impact + "): " + one.help + ": " +
            one.nodes.slice(0, 4).map(node => node.target.join(" ") + " " + node.html.slice(0, 120)).join(" | ") + " (" + one.nodes.length + ")");
    }, RULES);
    return found;
}

// The page is as wide as the window: what is wider scrolls in a box of its own.
function overflow(page) {
    return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

function finish() {
    console.log(nFailed ? nFailed + " failed" : "all held");
    process.exitCode = nFailed ? 1 : 0;
}

module.exports = {start, end, barriers, overflow, hold, finish};
