// The live page: listens to /events and shows what they say. Names, details and answers are
// text from elsewhere, so all of it goes through textContent.

import { Charts, clockText } from './live_charts.js';

const MOST_POINTS = 900;
const AT = 0, WANTED = 1, BEGUN = 2, REQUESTS = 3, FAILURES = 4, USERS = 5, P50 = 6, P95 = 7;

const element = (id) => document.getElementById(id);
const token = new URLSearchParams(location.search).get('token');
const address = (path, query = '') => {
  const secret = token ? `token=${encodeURIComponent(token)}` : '';
  const words = [query, secret].filter(Boolean).join('&');
  return words ? `${path}?${words}` : path;
};

// --- Numbers -----------------------------------------------------------------

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const precise = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const number = (value) => (value >= 1000 ? grouped : precise).format(value);
const milliseconds = (value) => (value >= 10000 ? `${precise.format(value / 1000)} s` : `${number(value)} ms`);
const share = (part, whole) => (whole > 0 ? `${precise.format((100 * part) / whole)} %` : '0 %');

// --- What is known -----------------------------------------------------------

let state = { points: [], stages: [], names: [] };

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// Two and two, as loadgate does, so that a page may stay open for days.
function thinned(points) {
  if (points.length <= MOST_POINTS) return points;
  const mean = (a, b) => (a + b) / 2;
  return points.flatMap((point, index) => {
    if (index % 2 === 0) return index + 1 < points.length ? [] : [point];
    const before = points[index - 1];
    const joined = point.map((value, field) => mean(value, before[field]));
    joined[AT] = point[AT];
    joined[P50] = point[P50] && before[P50] ? joined[P50] : point[P50] || before[P50];
    joined[P95] = Math.max(point[P95], before[P95]);
    return [joined];
  });
}

const orNothing = (value) => (value > 0 ? value : null);
const charts = new Charts(element('charts'), [
  {
    title: 'Rate',
    format: number,
    lines: [
      { name: 'requests/s', of: (point) => point[REQUESTS], color: 'trace', dash: 'solid', always: true },
      { name: 'iterations/s wanted', of: (point) => orNothing(point[WANTED]), color: 'second', dash: 'dashed' },
      { name: 'begun', of: (point) => (point[WANTED] > 0 ? point[BEGUN] : null), color: 'third', dash: 'dotted' },
    ],
  },
  {
    title: 'Response time',
    format: milliseconds,
    lines: [
      { name: 'p95', of: (point) => orNothing(point[P95]), color: 'trace', dash: 'solid', always: true },
      { name: 'p50', of: (point) => orNothing(point[P50]), color: 'second', dash: 'dashed', always: true },
    ],
  },
  {
    title: 'Users',
    format: number,
    lines: [{ name: 'running', of: (point) => point[USERS], color: 'trace', dash: 'solid', always: true }],
  },
  {
    title: 'Failures',
    format: number,
    lines: [{ name: 'failed/s', of: (point) => point[FAILURES], color: 'bad', dash: 'solid', always: true }],
  },
]);

// --- The table ---------------------------------------------------------------

const COLUMNS = [
  { title: 'request', of: (row) => row.order, text: (row) => row.name },
  { title: 'requests', of: (row) => row.values[1], text: number },
  { title: 'failed', of: (row) => row.values[2], text: number },
  { title: 'per second', of: (row) => row.values[3], text: number },
  { title: 'p50', of: (row) => row.values[4], text: number },
  { title: 'p95', of: (row) => row.values[5], text: number },
  { title: 'p99', of: (row) => row.values[6], text: number },
  { title: 'max', of: (row) => row.values[7], text: number },
];
const rows = new Map(); // By number.
const sorting = { column: 0, isFalling: false };

function makeTitles() {
  COLUMNS.forEach((column, index) => {
    const title = document.createElement('th');
    title.scope = 'col';
    if (index > 0) title.className = 'number';
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = column.title;
    button.addEventListener('click', () => sortBy(index));
    title.append(button);
    element('titles').append(title);
  });
}

function sortBy(index) {
  const isSame = sorting.column === index;
  sorting.isFalling = isSame ? !sorting.isFalling : index > 0;
  sorting.column = index;
  [...element('titles').children].forEach((title, column) => {
    if (column !== index) title.removeAttribute('aria-sort');
    else title.setAttribute('aria-sort', sorting.isFalling ? 'descending' : 'ascending');
  });
  placeRows();
}

function placeRows() {
  const { of } = COLUMNS[sorting.column];
  const direction = sorting.isFalling ? -1 : 1;
  const wanted = [...rows.values()].sort(
    (a, b) => direction * (of(a) - of(b)) || a.order - b.order);
  const body = element('rows');
  wanted.forEach((row, index) => {
    if (body.children[index] !== row.line) body.insertBefore(row.line, body.children[index] ?? null);
  });
}

// A duet has each request twice: base, then head.
function makeRow(which, sides) {
  const name = which % state.names.length;
  const side = Math.floor(which / state.names.length);
  const row = { name: state.names[name], order: name * sides + side, values: [], cells: [] };
  row.line = document.createElement('tr');
  COLUMNS.forEach((column, index) => {
    const cell = document.createElement(index === 0 ? 'th' : 'td');
    if (index === 0) cell.scope = 'row';
    else cell.className = 'number';
    row.cells.push(cell);
    row.line.append(cell);
  });
  const text = document.createElement('bdi');
  text.textContent = row.name;
  row.cells[0].append(text);
  if (sides > 1) {
    const tag = document.createElement('span');
    tag.className = 'tag';
    tag.textContent = side === 0 ? 'base' : 'head';
    row.cells[0].append(tag);
  }
  return row;
}

function showRows(changed, sides) {
  let isToBePlaced = sorting.column > 0;
  for (const values of changed) {
    const [which, requests] = values;
    if (!rows.has(which)) {
      rows.set(which, makeRow(which, sides));
      isToBePlaced = true;
    }
    const row = rows.get(which);
    row.values = values;
    COLUMNS.slice(1).forEach((column, index) => {
      const isTime = index >= 3;
      setText(row.cells[index + 1], isTime && requests === 0 ? '–' : column.text(column.of(row)));
    });
    row.cells[2].classList.toggle('bad', values[2] > 0);
  }
  if (isToBePlaced) placeRows();
}

// --- Failures and notes --------------------------------------------------------

const failures = new Map(); // By row and kind.

function makeFailure() {
  const box = document.createElement('details');
  const summary = document.createElement('summary');
  const count = document.createElement('span');
  count.className = 'count';
  const name = document.createElement('bdi');
  const detail = document.createElement('span');
  summary.append(count, ' × ', name, ' ', detail);
  const answer = document.createElement('pre');
  answer.tabIndex = 0;
  box.append(summary, answer);
  return { box, count, name, detail, answer };
}

function showFailures(list) {
  element('failures-section').hidden = list.length === 0;
  const seen = new Set();
  list.forEach((failed, index) => {
    const key = `${failed.row} ${failed.kind}`;
    seen.add(key);
    if (!failures.has(key)) failures.set(key, makeFailure());
    const { box, count, name, detail, answer } = failures.get(key);
    setText(count, number(failed.count));
    setText(name, state.names[failed.row % state.names.length] ?? '');
    setText(detail, failed.detail || failed.kind);
    setText(answer, failed.answer || '(no body)');
    const place = element('failures');
    if (place.children[index] !== box) place.insertBefore(box, place.children[index] ?? null);
  });
  for (const [key, { box }] of failures) {
    if (seen.has(key)) continue;
    box.remove();
    failures.delete(key);
  }
}

function showNotes(notes) {
  element('notes-section').hidden = notes.length === 0;
  element('notes').replaceChildren(...notes.map((note) => {
    const item = document.createElement('li');
    item.textContent = note;
    return item;
  }));
}

// --- The head of the page --------------------------------------------------------

const warmupText = (name) =>
  (state.stages.some((stage) => stage.name === name && stage.warmup) ? ', warm-up: not judged' : '');

// A duet counts each epoch anew.
function showCounting(sides) {
  if (sides < 2) return;
  setText(element('requests-title'), 'Requests of this epoch');
  setText(element('requests-tile-title'), 'requests of this epoch');
  setText(element('failed-title'), 'failed of this epoch');
}

function showNow(now) {
  showCounting(now.sides);
  const isOver = now.length > 0 && now.elapsed >= now.length;
  const done = now.length > 0 ? Math.min(1, now.elapsed / now.length) : 0;
  const percent = Math.floor(100 * done);
  element('course').hidden = false;
  element('progress').value = done;
  setText(element('elapsed'), `${clockText(now.elapsed)} of ${clockText(now.length)}`);
  setText(element('remaining'), isOver ? '(users finish)' : `(${percent} %)${warmupText(now.stage)}`);
  if (!state.stopping) setText(element('headline'), `Running: ${now.stage}`);
  document.title = `${percent} % ${state.plan} (loadgate)`;
  setText(element('tile-rate'), number(now.point[REQUESTS]));
  setText(element('tile-p95'), now.point[P95] > 0 ? milliseconds(now.point[P95]) : '–');
  setText(element('tile-failed'), `${number(now.failures)} (${share(now.failures, now.requests)})`);
  element('tile-failed').classList.toggle('bad', now.failures > 0);
  setText(element('tile-users'), number(now.users));
  setText(element('tile-requests'), number(now.requests));
}

function showStopping() {
  state.stopping = true;
  const button = element('stop');
  button.disabled = true;
  button.classList.remove('asks');
  setText(button, 'Stopping');
  setText(element('headline'), 'Stopping');
}

function complain(text) {
  element('trouble').hidden = text === '';
  setText(element('trouble'), text);
}

// --- The end -----------------------------------------------------------------

function showEnd(end) {
  const tone = { 0: 'good', 4: 'doubtful', 130: 'doubtful' }[end.code] ?? 'bad';
  element('headline').className = tone;
  setText(element('headline'), `${end.sign} ${end.headline}`.trim());
  element('sentence').hidden = false;
  setText(element('sentence'), end.file ? `${end.sentence} The report: ${end.file}` : end.sentence);
  element('course').hidden = true;
  element('stop').hidden = true;
  document.title = `${end.headline}: ${state.plan ?? ''} (loadgate)`;
}

// loadgate waits a moment for open pages, and is gone then: without an answer this page stays
// as it is, and says where the report lies.
async function turnIntoReport(end) {
  source.close();
  showEnd(end);
  if (!end.has_report) return;
  try {
    const answer = await fetch(address('report'), { method: 'HEAD' });
    if (answer.ok) location.replace(address('report'));
  } catch {
    // Gone already.
  }
}

// --- Events ------------------------------------------------------------------

const source = new EventSource(address('events', 'page=1'));

function hear(name, show) {
  source.addEventListener(name, (event) => {
    complain('');
    show(JSON.parse(event.data));
  });
}

hear('state', (all) => {
  state = all;
  rows.clear();
  element('rows').replaceChildren();
  setText(element('plan'), all.plan);
  setText(element('target'), all.target);
  setText(element('headline'), 'Preparing');
  document.title = `${all.plan} (loadgate)`;
  element('stop').hidden = false;
  showNotes(all.notes);
  charts.show(all.points, all.stages);
  if (all.now) {
    showRows(all.rows, all.now.sides);
    showNow(all.now);
  }
  showFailures(all.failures);
  if (all.stopping) showStopping();
  if (all.end) turnIntoReport(all.end);
});

hear('second', (second) => {
  const last = state.points.at(-1)?.[AT] ?? -1;
  if (second.now.point[AT] > last) state.points = thinned([...state.points, second.now.point]);
  charts.show(state.points, state.stages);
  showNow(second.now);
  showRows(second.rows, second.now.sides);
  showFailures(second.failures);
});

hear('note', (line) => {
  state.notes = [...state.notes, line].slice(-5);
  showNotes(state.notes);
});

hear('stopping', showStopping);
hear('end', turnIntoReport);

source.onerror = () => {
  const isRefused = source.readyState === EventSource.CLOSED;
  complain(isRefused
    ? 'loadgate does not let this page in: open the address that it printed.'
    : 'No word from loadgate: it has ended, or the connection is broken. This page tries again every second; the reports are in the folder of --out.');
};

// --- The stop button -----------------------------------------------------------

const SURE_FOR = 5000; // Milliseconds.
const HEARD_WITHIN = 5000; // A browser without a free connection would wait for ever.
let forget = 0;

function stopAsking() {
  element('stop').classList.remove('asks');
  if (!element('stop').disabled) setText(element('stop'), 'Stop the run');
}

element('stop').addEventListener('click', async () => {
  const button = element('stop');
  clearTimeout(forget);
  if (!button.classList.contains('asks')) {
    button.classList.add('asks');
    setText(button, 'Click again to stop');
    forget = setTimeout(stopAsking, SURE_FOR);
    return;
  }
  stopAsking();
  try {
    const answer = await fetch(address('stop'), { method: 'POST', signal: AbortSignal.timeout(HEARD_WITHIN) });
    if (answer.ok) showStopping();
    else complain((await answer.text()).trim());
  } catch {
    complain('loadgate did not hear it: press Ctrl-C where it runs.');
  }
});

makeTitles();
