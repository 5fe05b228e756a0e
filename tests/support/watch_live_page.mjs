// Opens a live page as a person would: node watch_live_page.mjs '{"url": …}'. Sees that it
// grows, stops the run where asked to, follows it into the report, and prints what it saw.
//
//   url        what loadgate printed
//   stop       whether to press the button
//   pictures   a folder for screenshots; none without it
//   growing    ask for a later second until this many were seen; default 2

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const { url, stop = false, pictures = '', growing = 2 } = JSON.parse(process.argv[2]);
const PATIENCE = { timeout: 20000 };

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
const seen = { problems: [], addresses: [], requests: [] };
page.on('console', (message) => {
  if (message.type() === 'error' || message.type() === 'warning') seen.problems.push(message.text());
});
page.on('pageerror', (error) => seen.problems.push(String(error)));
page.on('request', (request) => seen.addresses.push(request.url()));
page.on('dialog', (dialog) => {
  seen.problems.push(`a dialog: ${dialog.message()}`);
  dialog.dismiss();
});

const text = (selector) => page.locator(selector).innerText();
const whole = (words) => Number(words.replaceAll(',', ''));

async function growth() {
  for (let last = 0; seen.requests.length < growing; last = seen.requests.at(-1)) {
    await page.waitForFunction(
      (before) => Number(document.getElementById('tile-requests').textContent.replaceAll(',', '')) > before,
      last, PATIENCE);
    seen.requests.push(whole(await text('#tile-requests')));
  }
}

async function look() {
  seen.headline = await text('#headline');
  seen.plan = await text('#plan');
  seen.elapsed = await text('#elapsed');
  seen.users = await text('#tile-users');
  seen.failed = await text('#tile-failed');
  seen.rows = await page.locator('#rows tr').evaluateAll(
    (lines) => lines.map((line) => [...line.cells].map((cell) => cell.textContent)));
  for (const summary of await page.locator('#failures summary').all()) await summary.click();
  seen.failures = await page.locator('#failures details').evaluateAll(
    (boxes) => boxes.map((box) => box.textContent));
  seen.notes = await page.locator('#notes li').allInnerTexts();
  seen.charts = await page.locator('#charts figure').evaluateAll((figures) => figures.map((figure) => {
    const canvas = figure.querySelector('canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let drawn = 0;
    for (let i = 3; i < data.length; i += 4) drawn += data[i] > 0 ? 1 : 0;
    return { said: canvas.getAttribute('aria-label'), drawn };
  }));
  await page.locator('#charts canvas').first().press('ArrowLeft');
  seen.said = await page.locator('#charts + [aria-live]').textContent();
  seen.injected = await page.evaluate(() => window.injected === true);
  seen.images = await page.locator('main img, main script, main b b').count();
}

// What axe-core finds of weight, in both themes.
async function checkAccess() {
  const require = createRequire(import.meta.url);
  await page.evaluate(`${readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')};0`);
  seen.barriers = [];
  for (const colorScheme of ['dark', 'light']) {
    await page.emulateMedia({ colorScheme });
    const found = await page.evaluate(() => axe.run({ resultTypes: ['violations'] }));
    seen.barriers.push(...found.violations
      .filter((one) => ['serious', 'critical'].includes(one.impact))
      .map((one) => `${colorScheme}: ${one.id} ${one.nodes.map((node) => node.html).join(' ')}`));
  }
}

async function takePictures() {
  for (const [scheme, width] of [['light', 1280], ['dark', 1280], ['light', 400], ['dark', 400]]) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height: 1000 });
    await page.waitForTimeout(150);
    seen.widest = Math.max(seen.widest ?? 0, await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth));
    await page.screenshot({ path: `${pictures}/${scheme}-${width}.png`, fullPage: true });
  }
}

async function pressStop() {
  const button = page.locator('#stop');
  await button.click();
  seen.asks = await button.innerText();
  await button.click();
  await page.waitForFunction(() => document.getElementById('stop')?.disabled ?? true, null, PATIENCE);
}

try {
  await page.goto(url);
  await growth();
  await look();
  if (pictures) {
    await checkAccess();
    await takePictures();
  }
  if (stop) await pressStop();
  await page.waitForURL(/\/report/, PATIENCE);
  await page.waitForLoadState();
  seen.report = await page.title();
  seen.report_heading = await text('h1');
  if (pictures) await page.screenshot({ path: `${pictures}/report.png` });
} finally {
  process.stdout.write(JSON.stringify(seen));
  await browser.close();
}
