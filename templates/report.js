"use strict";
// Charts over time and tables that sort. The page reads without: charts stand in it as still
// drawings, which these take the place of.
(() => {
  const whole = document.documentElement;
  const colours = new Map();
  const colour = (name) => {
    if (!colours.has(name)) colours.set(name, getComputedStyle(whole).getPropertyValue("--" + name).trim());
    return colours.get(name);
  };
  const made = (tag, properties) => Object.assign(document.createElement(tag), properties);

  // Numbers as people read them: three digits that count.
  const shown = (value, unit) => {
    if (value === null || value === undefined) return "–";
    const text = Number(value.toPrecision(3)).toLocaleString("en-US", { maximumSignificantDigits: 4 });
    return unit === "/s" ? text + unit : unit ? text + " " + unit : text;
  };
  const moment = (seconds) => {
    const at = Math.round(seconds * 10) / 10;
    const [hours, minutes, rest] = [Math.floor(at / 3600), Math.floor(at / 60) % 60, Math.round((at % 60) * 10) / 10];
    return (hours ? hours + "h" : "") + (minutes ? minutes + "m" : "") + (rest || !at || at < 60 ? rest + "s" : "");
  };

  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400];
  const timeTicks = (from, to, pixels) => {
    const least = ((to - from) / Math.max(2, pixels)) * 70;
    const step = steps.find((one) => one >= least) || Math.ceil(least / 86400) * 86400;
    const ticks = [];
    for (let at = Math.ceil(from / step) * step; at <= to; at += step) ticks.push({ v: at, label: at > from ? moment(at) : "" });
    return ticks;
  };

  class Charts {
    constructor(data) {
      this.data = data;
      this.all = [];
      this.end = data.slot * data.slots;
      this.window = [0, this.end];
      this.row = null;
      Dygraph.PLUGINS = [Dygraph.Plugins.Axes, Dygraph.Plugins.Grid];
    }

    add(chart) {
      const figure = document.getElementById("chart-" + chart.id);
      const place = made("div", { className: "moving", tabIndex: 0 });
      place.setAttribute("role", "application");
      place.setAttribute("aria-label", figure.querySelector("figcaption b").textContent +
        ": arrow keys read, plus and minus zoom, 0 shows all");
      figure.insertBefore(place, figure.querySelector(".still"));
      figure.classList.add("is-moving");
      const one = { chart, figure, place };
      one.graph = new Dygraph(place, this.rowsOf(chart), this.optionsOf(one));
      this.all.push(one);
      this.listen(one);
    }

    rowsOf(chart) {
      const hasBands = chart.curves.some((curve) => curve.low);
      return Array.from({ length: this.data.slots }, (_, row) => [
        (row + 0.5) * this.data.slot,
        ...chart.curves.map((curve) =>
          hasBands ? [curve.low?.[row] ?? null, curve.levels[row], curve.high?.[row] ?? null] : curve.levels[row]),
      ]);
    }

    coloursOf(chart) {
      return {
        colors: chart.curves.map((curve) => colour("curve-" + curve.kind)),
        gridLineColor: colour("line"),
        axisLineColor: colour("line"),
      };
    }

    optionsOf(one) {
      const { chart } = one;
      const dashes = { asked: [6, 4], machine: [2, 3], generator: [1, 3] };
      const series = {};
      chart.curves.forEach((curve, i) => { series["" + i] = { strokePattern: dashes[curve.kind] || null }; });
      return {
        ...this.coloursOf(chart),
        labels: ["at", ...chart.curves.map((_, i) => "" + i)],
        series,
        customBars: chart.curves.some((curve) => curve.low),
        fillAlpha: 0.2,
        strokeWidth: 1.75,
        highlightCircleSize: 3.5,
        legend: "never",
        interactionModel: {},
        axisLabelFontSize: 12,
        rightGap: 10,
        dateWindow: this.window,
        axes: {
          x: { ticker: timeTicks, drawGrid: false },
          y: { valueRange: [0, chart.top * 1.04], axisLabelWidth: 62, pixelsPerLabel: 34,
            axisLabelFormatter: (value) => shown(value, chart.unit) },
        },
        underlayCallback: (context, area, graph) => this.drawUnder(context, area, graph, chart),
        highlightCallback: (event, x, points, row) => this.read(row, one),
        unhighlightCallback: () => this.read(null, one),
      };
    }

    // What is not judged is grey; stored levels are a band up to their limit.
    drawUnder(context, area, graph, chart) {
      const x = (at) => Math.min(area.x + area.w, Math.max(area.x, graph.toDomXCoord(at)));
      const y = (level) => Math.min(area.y + area.h, Math.max(area.y, graph.toDomYCoord(level)));
      const fill = (from, to, style) => {
        context.fillStyle = style;
        context.fillRect(x(from), area.y, x(to) - x(from), area.h);
      };
      this.data.stretches.forEach(({ name, span, held }, number) => {
        fill(span[0], held[0], colour("unheld"));
        fill(held[1], span[1], colour("unheld"));
        if (number % 2) fill(held[0], held[1], colour("odd"));
        this.drawName(context, name, x(span[0]), x(span[1]), area.y);
      });
      for (const { span, limit, stored } of chart.references) {
        context.fillStyle = colour("stored");
        if (stored !== null) context.fillRect(x(span[0]), y(limit), x(span[1]) - x(span[0]), y(stored) - y(limit));
        context.strokeStyle = colour("ink");
        context.setLineDash([4, 3]);
        context.lineWidth = 1.5;
        context.beginPath();
        if (limit <= chart.top) context.moveTo(x(span[0]), y(limit)), context.lineTo(x(span[1]), y(limit));
        context.stroke();
        context.setLineDash([]);
      }
    }

    drawName(context, name, from, to, top) {
      context.font = "11px system-ui, sans-serif";
      context.fillStyle = colour("soft");
      if (context.measureText(name).width + 10 < to - from) context.fillText(name, from + 5, top + 12);
    }

    // The same moment in all charts.
    read(row, from) {
      this.row = row;
      for (const one of this.all) {
        if (one !== from) row === null ? one.graph.clearSelection() : one.graph.setSelection(row);
        const readings = one.figure.querySelectorAll(".reading");
        one.chart.curves.forEach((curve, i) => { readings[i].textContent = row === null ? "" : this.reading(one.chart, curve, row); });
        one.figure.querySelector(".moment").textContent = row === null ? "" : "at " + moment((row + 0.5) * this.data.slot);
      }
    }

    reading(chart, curve, row) {
      const level = shown(curve.levels[row], chart.unit);
      const known = curve.low && curve.low[row] !== null;
      return known ? `${level} (${shown(curve.low[row])} to ${shown(curve.high[row])})` : level;
    }

    zoom(from, to) {
      const least = Math.min(3 * this.data.slot, this.end);
      const width = Math.min(this.end, Math.max(least, to - from));
      const start = Math.min(Math.max(0, from), this.end - width);
      this.window = [start, start + width];
      for (const { graph } of this.all) graph.updateOptions({ dateWindow: this.window });
      this.noteWindow();
    }

    noteWindow() {
      for (const { figure } of this.all) figure.dataset.window = this.window.map((at) => at.toFixed(2)).join(" ");
      document.getElementById("chart-reset").disabled = this.window[1] - this.window[0] >= this.end;
    }

    listen(one) {
      const { place, graph } = one;
      let begin = null;
      const band = place.appendChild(made("div", { className: "selected", hidden: true }));
      const at = (event) => graph.eventToDomCoords(event)[0];
      place.addEventListener("pointerdown", (event) => {
        if (event.button || event.pointerType === "touch") return;
        begin = at(event);
        place.setPointerCapture(event.pointerId);
      });
      place.addEventListener("pointermove", (event) => {
        if (begin === null) return;
        band.hidden = false;
        band.style.left = Math.min(begin, at(event)) + "px";
        band.style.width = Math.abs(at(event) - begin) + "px";
      });
      place.addEventListener("pointerup", (event) => {
        const ends = begin === null ? [] : [begin, at(event)].sort((a, b) => a - b);
        begin = null;
        band.hidden = true;
        if (ends.length && ends[1] - ends[0] > 4) this.zoom(...ends.map((x) => graph.toDataXCoord(x)));
      });
      place.addEventListener("pointercancel", () => { begin = null; band.hidden = true; });
      place.addEventListener("dblclick", () => this.zoom(0, this.end));
      place.addEventListener("keydown", (event) => this.key(event, one));
    }

    key(event, one) {
      const [from, to] = this.window;
      const last = this.data.slots - 1;
      const first = Math.min(last, Math.ceil(from / this.data.slot));
      const row = this.row ?? first;
      const move = { ArrowLeft: row - 1, ArrowRight: row + 1, PageUp: row - 10, PageDown: row + 10,
        Home: first, End: Math.floor(to / this.data.slot) - 1 }[event.key];
      const middle = (row + 0.5) * this.data.slot;
      const half = { "+": (to - from) / 4, "-": to - from }[event.key];
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (move !== undefined) this.say(Math.min(last, Math.max(0, move)), one);
      else if (half) this.zoom(middle - half, middle + half);
      else if (event.key === "0" || event.key === "Escape") this.zoom(0, this.end);
      else return;
      event.preventDefault();
    }

    say(row, one) {
      one.graph.setSelection(row);
      this.read(row, one);
      const words = one.chart.curves.map((curve) => `${curve.name} ${this.reading(one.chart, curve, row)}`);
      document.getElementById("chart-said").textContent = `at ${moment((row + 0.5) * this.data.slot)}: ${words.join(", ")}`;
    }

    recolour() {
      colours.clear();
      for (const { graph, chart } of this.all) graph.updateOptions(this.coloursOf(chart));
    }
  }

  const drawCharts = () => {
    const data = JSON.parse(document.getElementById("chart-data").textContent);
    const charts = new Charts(data);
    data.charts.forEach((chart) => charts.add(chart));
    charts.noteWindow();
    document.getElementById("chart-tools").hidden = false;
    document.getElementById("chart-reset").addEventListener("click", () => charts.zoom(0, charts.end));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => charts.recolour());
  };

  // Numbers by size, words by the alphabet; what is not known last, either way.
  const keyOf = (cell) => {
    const text = cell.dataset.value ?? cell.textContent.trim();
    return cell.matches("th") ? text : parseFloat(text.replaceAll(",", ""));
  };
  const compared = (a, b, isDown) => {
    if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) - Number.isNaN(b);
    return (typeof a === "string" ? a.localeCompare(b) : a - b) * (isDown ? -1 : 1);
  };

  const sortBy = (table, column, heading) => {
    const now = heading.getAttribute("aria-sort");
    const isDown = now ? now === "ascending" : column > 0;
    const rows = [...table.tBodies[0].rows].map((row) => [keyOf(row.cells[column]), row]);
    rows.sort(([a], [b]) => compared(a, b, isDown));
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", isDown ? "descending" : "ascending");
    table.tBodies[0].append(...rows.map(([, row]) => row));
  };

  const makeSortable = (table) => {
    [...table.tHead.rows[0].cells].forEach((heading, column) => {
      const button = made("button", { type: "button", textContent: heading.textContent });
      button.addEventListener("click", () => sortBy(table, column, heading));
      heading.replaceChildren(button);
    });
  };

  const makeFilter = (table) => {
    const rows = [...table.tBodies[0].rows];
    if (rows.length < 4) return;
    const field = made("input", { type: "search", placeholder: "part of a name" });
    const label = made("label", { textContent: "Show only " });
    const count = made("span", { className: "aside" });
    count.setAttribute("role", "status");
    label.append(field);
    const line = made("p", { className: "filter" });
    line.append(label, " ", count);
    table.closest(".scroll").before(line);
    field.addEventListener("input", () => {
      const wanted = field.value.trim().toLowerCase();
      for (const row of rows) row.hidden = !row.cells[0].textContent.toLowerCase().includes(wanted);
      const left = rows.filter((row) => !row.hidden).length;
      count.textContent = wanted ? `${left} of ${rows.length} requests` : "";
    });
  };

  for (const table of document.querySelectorAll("table.sorts")) {
    makeSortable(table);
    if (table.classList.contains("filters")) makeFilter(table);
  }
  if (document.getElementById("chart-data")) drawCharts();
})();
