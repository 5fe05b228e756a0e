// Charts on canvas that share their time axis and the moment that is pointed at.

const MARGIN = { left: 52, right: 8, top: 8, bottom: 24 };
const DASHES = { solid: [], dashed: [6, 4], dotted: [2, 3] };
const SHORTEST_AXIS = 30; // Seconds.

// 1, 2 or 5 times a power of ten, so that there are about `most` steps.
function niceStep(range, most) {
  const rough = range / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const steps = [1, 2, 5, 10].map((one) => one * power);
  return steps.find((step) => step >= rough);
}

function timeStep(range, most) {
  const steps = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400];
  return steps.find((step) => range / step <= most) ?? steps.at(-1);
}

export function clockText(seconds) {
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const two = (number) => String(number).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

function swatch(line) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 10');
  svg.setAttribute('aria-hidden', 'true');
  const stroke = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  stroke.setAttribute('d', 'M0 5H24');
  stroke.setAttribute('stroke', 'currentColor');
  stroke.setAttribute('stroke-width', '2.5');
  stroke.setAttribute('stroke-dasharray', DASHES[line.dash].join(' '));
  svg.append(stroke);
  svg.classList.add(line.color);
  return svg;
}

// `lines`: { name, of: (point) => value or null, color, dash, always }; a line that is not
// `always` shown stays away until it has a value above zero.
class Chart {
  constructor(title, lines, format) {
    this.lines = lines;
    this.format = format;
    this.title = title;
    this.figure = document.createElement('figure');
    this.canvas = document.createElement('canvas');
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute('role', 'img');
    const caption = document.createElement('figcaption');
    const name = document.createElement('b');
    name.textContent = title;
    const legend = document.createElement('span');
    legend.className = 'legend';
    for (const line of lines) {
      line.entry = document.createElement('span');
      line.text = document.createTextNode('');
      line.entry.append(swatch(line), line.text);
      legend.append(line.entry);
    }
    caption.append(name, legend);
    this.figure.append(caption, this.canvas);
  }

  draw(view) {
    const shown = this.lines.filter(
      (line) => line.always || view.points.some((point) => line.of(point) > 0));
    this.label(view, shown);
    const pen = this.prepare();
    const highest = Math.max(0, ...shown.map(
      (line) => view.points.reduce((most, point) => Math.max(most, line.of(point) ?? 0), 0)));
    const step = highest > 0 ? niceStep(highest, 4) : 1;
    const top = step * Math.max(1, Math.ceil(highest / step));
    const x = (at) => MARGIN.left + (at / view.length) * (this.width - MARGIN.left - MARGIN.right);
    const y = (value) =>
      this.height - MARGIN.bottom - (value / top) * (this.height - MARGIN.top - MARGIN.bottom);
    this.drawStages(pen, view, x, y(top));
    this.drawAxes(pen, view, x, y, step, top);
    for (const line of shown) this.drawLine(pen, line, view.points, x, y);
    if (view.pointed) this.drawPointed(pen, view.pointed, shown, x, y, top);
  }

  label(view, shown) {
    const point = view.pointed ?? view.points.at(-1);
    const said = [];
    for (const line of this.lines) {
      line.entry.hidden = !shown.includes(line);
      if (line.entry.hidden) continue;
      const value = point ? line.of(point) : null;
      const text = `${line.name} ${value === null ? '–' : this.format(value)}`;
      if (line.text.data !== text) line.text.data = text;
      said.push(text);
    }
    const when = point ? ` at ${clockText(point[0])}` : '';
    this.canvas.setAttribute('aria-label', `${this.title}${when}: ${said.join(', ')}`);
  }

  prepare() {
    const ratio = window.devicePixelRatio || 1;
    this.width = this.canvas.clientWidth;
    this.height = this.canvas.clientHeight;
    const [wide, high] = [Math.round(this.width * ratio), Math.round(this.height * ratio)];
    if (this.canvas.width !== wide || this.canvas.height !== high) {
      this.canvas.width = wide;
      this.canvas.height = high;
    }
    const pen = this.canvas.getContext('2d');
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, this.width, this.height);
    const style = getComputedStyle(this.canvas);
    pen.font = `12px ${style.fontFamily}`;
    this.color = (name) => style.getPropertyValue(`--${name}`);
    return pen;
  }

  drawStages(pen, view, x, top) {
    view.stages.forEach((stage, index) => {
      if (stage.from >= view.length || index % 2 === 0) return;
      const end = Math.min(stage.to, view.length);
      pen.globalAlpha = 0.45;
      pen.fillStyle = this.color('line');
      pen.fillRect(x(stage.from), top, x(end) - x(stage.from), this.height - MARGIN.bottom - top);
      pen.globalAlpha = 1;
    });
  }

  drawAxes(pen, view, x, y, step, top) {
    pen.strokeStyle = this.color('line');
    pen.fillStyle = this.color('soft');
    pen.lineWidth = 1;
    pen.setLineDash([]);
    pen.textAlign = 'right';
    pen.textBaseline = 'middle';
    for (let value = 0; value <= top * 1.001; value += step) {
      pen.beginPath();
      pen.moveTo(MARGIN.left, Math.round(y(value)) + 0.5);
      pen.lineTo(this.width - MARGIN.right, Math.round(y(value)) + 0.5);
      pen.stroke();
      pen.fillText(this.format(value), MARGIN.left - 6, y(value));
    }
    pen.textAlign = 'center';
    pen.textBaseline = 'top';
    const every = timeStep(view.length, Math.max(2, this.width / 90));
    for (let at = 0; at <= view.length; at += every) {
      const middle = Math.min(Math.max(x(at), MARGIN.left), this.width - 18);
      pen.fillText(clockText(at), middle, this.height - MARGIN.bottom + 9);
    }
  }

  drawLine(pen, line, points, x, y) {
    pen.strokeStyle = this.color(line.color);
    pen.lineWidth = 1.75;
    pen.lineJoin = 'round';
    pen.setLineDash(DASHES[line.dash]);
    pen.beginPath();
    let isDown = false;
    for (const point of points) {
      const value = line.of(point);
      if (value !== null) pen[isDown ? 'lineTo' : 'moveTo'](x(point[0]), y(value));
      isDown = value !== null;
    }
    pen.stroke();
    pen.setLineDash([]);
  }

  drawPointed(pen, point, shown, x, y, top) {
    pen.strokeStyle = this.color('soft');
    pen.lineWidth = 1;
    pen.beginPath();
    pen.moveTo(x(point[0]), y(0));
    pen.lineTo(x(point[0]), y(top));
    pen.stroke();
    for (const line of shown) {
      if (line.of(point) === null) continue;
      pen.fillStyle = this.color(line.color);
      pen.beginPath();
      pen.arc(x(point[0]), y(line.of(point)), 3.5, 0, 2 * Math.PI);
      pen.fill();
    }
  }

  // The moment under a place on the canvas.
  at(offset, length) {
    const share = (offset - MARGIN.left) / (this.width - MARGIN.left - MARGIN.right);
    return Math.min(1, Math.max(0, share)) * length;
  }
}

function nearest(points, at) {
  let [low, high] = [0, points.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle][0] < at) low = middle + 1;
    else high = middle;
  }
  const isBefore = low > 0 && at - points[low - 1][0] < points[low][0] - at;
  return isBefore ? low - 1 : low;
}

export class Charts {
  constructor(place, charts) {
    this.points = [];
    this.stages = [];
    this.pointed = null; // An index; null: the latest.
    this.charts = charts.map(({ title, lines, format }) => new Chart(title, lines, format));
    this.said = document.createElement('p'); // What was read with the keys.
    this.said.className = 'unseen';
    this.said.setAttribute('aria-live', 'polite');
    place.after(this.said);
    for (const chart of this.charts) {
      place.append(chart.figure);
      this.listen(chart);
    }
    new ResizeObserver(() => this.draw()).observe(place);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.draw());
    document.addEventListener('visibilitychange', () => this.draw());
  }

  listen(chart) {
    const { canvas } = chart;
    canvas.addEventListener('pointermove', (event) => {
      this.point(nearest(this.points, chart.at(event.offsetX, this.length())));
    });
    canvas.addEventListener('pointerleave', () => this.point(null));
    canvas.addEventListener('blur', () => this.point(null));
    canvas.addEventListener('keydown', (event) => {
      const last = this.points.length - 1;
      const from = this.pointed ?? last;
      const to = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: last }[event.key];
      if (to === undefined || last < 0) return;
      event.preventDefault();
      this.point(Math.min(last, Math.max(0, to)));
      this.said.textContent = canvas.getAttribute('aria-label');
    });
  }

  point(index) {
    if (this.pointed === index || this.points.length === 0) return;
    this.pointed = index;
    this.draw();
  }

  length() {
    return Math.max(SHORTEST_AXIS, this.points.at(-1)?.[0] ?? 0);
  }

  show(points, stages) {
    this.points = points;
    this.stages = stages;
    if (this.pointed !== null) this.pointed = Math.min(this.pointed, points.length - 1);
    this.draw();
  }

  draw() {
    if (document.hidden) return;
    const view = {
      points: this.points,
      stages: this.stages,
      length: this.length(),
      pointed: this.pointed === null ? null : this.points[this.pointed],
    };
    for (const chart of this.charts) chart.draw(view);
  }
}
