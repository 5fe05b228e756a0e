// browse_pages.mjs PAGE.html…: opens reports in the system's Chromium as people do, and says
// as JSON what it saw on each: {"NAME": {…}}.

import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const seen = {};
const files = process.argv.slice(2);
for (const file of files.toReversed()) seen[basename(file, ".html")] = { opened: await timeOf(file) };
// Two at a time.
await Promise.all([0, 1].map(async () => {
  for (let file = files.shift(); file; file = files.shift()) {
    Object.assign(seen[basename(file, ".html")], await look(file), await lookWithoutScripts(file));
  }
}));
await browser.close();
console.log(JSON.stringify(seen));

// Milliseconds until all is drawn; the first page of a new browser would pay for its start.
async function timeOf(file) {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(file).href);
  const opened = await page.evaluate(() => performance.getEntriesByType("navigation")[0].duration);
  await page.close();
  return opened;
}

async function look(file) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(5_000);
  const requests = [], errors = [];
  const address = pathToFileURL(file).href;
  page.on("request", (request) => request.url() !== address && requests.push(request.url()));
  page.on("console", (line) => line.type() === "error" && errors.push(line.text()));
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(address);
  const charts = await page.locator("figure.timed").count();
  const drawn = await page.locator("figure.timed canvas").first().isVisible().catch(() => false);
  // Large pages have the parts of the others, many times.
  const faults = statSync(file).size < 300_000 ? await faultsOf(page) : null;
  const printsLight = await isLightOnPaper(page);
  const worked = { ...(charts ? await useCharts(page) : {}), ...(await useTable(page)) };
  await page.setViewportSize({ width: 400, height: 800 });
  await page.waitForTimeout(50);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await context.close();
  return { requests, errors, charts, drawn, faults, printsLight, sideways, ...worked };
}

// Scripts of ours are not the page's: its policy does not concern them. Of the dark page only
// the colours are others.
async function faultsOf(page) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
  await page.evaluate(axe + ";0");
  const faults = [];
  for (const [colorScheme, rules] of [["light", null], ["dark", ["color-contrast"]]]) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await page.evaluate((runOnly) =>
      axe.run({ resultTypes: ["violations"], ...(runOnly ? { runOnly } : {}) }), rules);
    faults.push(...violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${colorScheme}: ${id}: ${nodes[0].html.slice(0, 200)}`));
  }
  return faults;
}

// Whoever reads in the dark does not print in it.
async function isLightOnPaper(page) {
  const coloursIn = async (media, colorScheme) => {
    await page.emulateMedia({ media, colorScheme });
    return page.evaluate(() => ["good", "curve-second", "curve-asked"].map((name) =>
      getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()).join(" "));
  };
  const dark = await coloursIn("screen", "dark"), printed = await coloursIn("print", "dark");
  const light = await coloursIn("screen", "light");
  return printed === light && printed !== dark;
}

function windowsOf(page) {
  return page.$$eval("figure.timed", (all) => all.map((one) => one.dataset.window));
}

async function useCharts(page) {
  const whole = await windowsOf(page);
  const chart = page.locator("figure.timed .moving").first();
  await chart.scrollIntoViewIfNeeded();
  const box = await chart.boundingBox();
  const at = (share) => [box.x + share * box.width, box.y + box.height / 2];
  await page.mouse.move(...at(0.4));
  const hovered = await page.$$eval("figure.timed .moment", (all) => all.map((one) => one.textContent));
  await page.mouse.down();
  await page.mouse.move(...at(0.5));
  await page.mouse.move(...at(0.6));
  await page.mouse.up();
  const zoomed = await windowsOf(page);
  await page.mouse.dblclick(...at(0.5));
  const reset = await windowsOf(page);
  await chart.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("+");
  const said = await page.locator("#chart-said").textContent();
  const zoomedByKey = await windowsOf(page);
  await page.keyboard.press("0");
  return { whole, hovered, zoomed, reset, said, zoomedByKey, resetByKey: await windowsOf(page) };
}

async function useTable(page) {
  const table = page.locator("table.sorts").first();
  if (!(await table.locator("tbody tr").count())) return {};
  const column = async (number) =>
    table.locator(`tbody tr:visible > :nth-child(${number})`).allTextContents();
  const titles = await table.locator("thead th").allTextContents();
  const sorted = {};
  for (const heading of ["request", "p95", "rating"]) {
    const number = 1 + titles.indexOf(heading);
    await table.locator(`thead th:nth-child(${number}) button`).click();
    sorted[heading] = (await column(number)).map((text) => text.trim());
  }
  const unknown = await sortUnknown(table, 1 + titles.indexOf("p95"));
  const filter = page.getByRole("searchbox");
  if (!(await filter.count())) return { sorted, unknown };
  await filter.fill("PRODUCTS/:id");
  return { sorted, unknown, filtered: await column(1) };
}

// What stands last, falling and rising, where the first row's level is not known.
async function sortUnknown(table, number) {
  const cells = table.locator(`tbody tr > :nth-child(${number})`);
  await cells.first().evaluate((cell) => { cell.textContent = "–"; });
  const last = [];
  for (let turn = 0; turn < 2; ++turn) {
    await table.locator(`thead th:nth-child(${number}) button`).click();
    last.push(await cells.last().textContent());
  }
  return last;
}

async function lookWithoutScripts(file) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(pathToFileURL(file).href);
  const still = await page.locator("svg.still").evaluateAll((all) =>
    all.filter((one) => one.getBoundingClientRect().height > 100).length);
  const text = await page.locator("body").innerText();
  const dead = await page.locator("button:visible, input:visible").count();
  await context.close();
  return { still, text, dead };
}
