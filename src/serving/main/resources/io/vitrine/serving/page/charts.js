// One figure: title, plot, buttons. Its numbers are kept beside the picture.
import { save, csv } from './export.js';
import { goTo } from './events.js';
import { option, short } from './option.js';
import { flip, flipped, number, onChange, show, view } from './view.js';

const charts = new Map();
let extent = null; // of the time axis
let fileUnits = null; // {length, time} of all files per sigma and tau

export function figure(parent, id, title) {
  const node = document.createElement('figure');
  node.tabIndex = 0;
  node.id = id;
  const caption = document.createElement('figcaption');
  const name = document.createElement('span');
  name.textContent = title;
  name.id = `${id}-name`;
  node.setAttribute('aria-labelledby', name.id);
  node.setAttribute('aria-describedby', 'figure-keys');
  caption.append(name);
  const plot = document.createElement('div');
  plot.className = 'chart';
  plot.setAttribute('role', 'img');
  node.append(caption, plot);
  parent.append(node);
  const chart = { id, title, node, name, plot, drawing: null, series: [], axes: null, empty: 'nothing yet', seen: false };
  chart.scale = button(caption, 'log', `${title}: logarithmic axis`, () => flip(id));
  chart.scale.hidden = true;
  button(caption, 'CSV', `Save ${title} as CSV`, () => save(`${id}.csv`, 'text/csv', csv(chart)));
  button(caption, 'SVG', `Save ${title} as SVG`, () => save(`${id}.svg`, 'image/svg+xml', svg(chart)));
  button(caption, 'PNG', `Save ${title} as PNG`, () => { paint(chart); save(`${id}.png`, 'image/png', chart.drawing.getDataURL({ pixelRatio: 2, backgroundColor: look(chart).paper })); });
  charts.set(id, chart);
  new ResizeObserver(() => chart.seen && paint(chart)).observe(plot);
  new IntersectionObserver(([entry]) => {
    chart.seen = entry.isIntersecting;
    if (chart.seen && chart.stale) paint(chart);
  }, { rootMargin: '100px' }).observe(node);
  for (const type of ['focusin', 'focusout']) node.addEventListener(type, () => wheel(chart, type === 'focusin'));
  node.addEventListener('keydown', event => event.target === node && keyed(chart, event));
  describe(chart);
  return chart;
}

function button(parent, text, title, run) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.title = title;
  made.setAttribute('aria-label', title);
  made.addEventListener('click', run);
  parent.append(made);
  return made;
}

// series: [{name, group?, at?, x: [], y: [], error?: [], shade?, style: 'line'|'points'|'band', high?: [], opacity?, dashed?, faint?, symbol?, size?, note?: []}]
// A band is filled from y to high; shade: errors are filled too, instead of bars; at: the number that orders its colour.
// axes: {x: {name, log?}, y: {name, log?}, time?, ordered?, scale?, marks?: [{series, x, label, at?}], levels?: [{y, label}]}; room: keeps points off the frame;
// events: marks at the foot of the figure, as the server gives them; y.log is there where both axes make sense; scale: what the colours of many curves mean; time: x is the time that all such figures share
export function draw(chart, axes, series, empty) {
  const text = JSON.stringify([axes, series, empty]);
  if (text === chart.text) return;
  Object.assign(chart, { text, axes, series, empty: empty ?? 'nothing yet' });
  chart.scale.hidden = axes.y.log === undefined;
  describe(chart);
  touch(chart);
}

// Paints what somebody can see and does not drag in; the rest later.
function touch(chart) {
  chart.stale = true;
  if (chart.seen && !chart.held) paint(chart);
}

function paint(chart) {
  if (!chart.axes || chart.plot.clientWidth === 0) return;
  chart.stale = false;
  if (!chart.drawing) {
    chart.drawing = echarts.init(chart.plot, null, { renderer: 'canvas' });
    chart.plot.firstElementChild.setAttribute('aria-hidden', 'true'); // the plot itself has a name
    chart.drawing.on('datazoom', () => zoomed(chart));
    chart.drawing.on('click', { seriesId: 'events' }, event => goTo(event.data.mark));
    const canvas = chart.drawing.getZr();
    canvas.on('dblclick', () => whole(chart));
    canvas.on('mousemove', event => { chart.pointer = { x: event.offsetX, y: event.offsetY }; });
    canvas.on('globalout', () => { chart.pointer = null; });
    chart.plot.addEventListener('pointerdown', () => {
      chart.held = true;
      chart.node.focus({ preventScroll: true }); // the library keeps the browser from it
    });
    addEventListener('pointerup', () => {
      chart.held = false;
      if (chart.stale) touch(chart);
    });
  }
  chart.drawing.resize();
  const made = look(chart);
  chart.scale.setAttribute('aria-pressed', made.log);
  chart.drawing.setOption(option(chart.axes, chart.series, made, chart.empty), { notMerge: true });
  // A finger scrolls the page, two zoom.
  if (!matchMedia('(pointer: coarse)').matches) chart.drawing.dispatchAction({ type: 'takeGlobalCursor', key: 'dataZoomSelect', dataZoomSelectActive: true });
  if (chart.pointer) chart.drawing.dispatchAction({ type: 'showTip', ...chart.pointer });
}

const isLog = chart => chart.axes?.y.log !== undefined && chart.axes.y.log !== flipped(chart.id);

function look(chart) {
  const style = getComputedStyle(document.documentElement);
  return {
    dark: isDark(), ink: style.getPropertyValue('--ink'), paper: style.getPropertyValue('--paper'), log: isLog(chart),
    width: chart.plot.clientWidth, extent, zoom: chart.axes?.time ? { x: range() } : chart.zoom ?? {}, wheel: chart.node.contains(document.activeElement),
    units: view.units === 'file' ? fileUnits : null,
  };
}

// The time range that all figures over time share; null for all.
function range() {
  const [from, to] = [number('from'), number('to')];
  return extent && (from !== null || to !== null) ? [from ?? extent[0], to ?? extent[1]] : null;
}

export function timeEnds(first, last) {
  if (extent?.[0] === first && extent[1] === last) return;
  extent = last > first ? [first, last] : null;
  for (const chart of charts.values()) if (chart.axes?.time) touch(chart);
}

// Of a figure over time the range is everybody's; an end that moves with the run stays open.
function zoomed(chart) {
  const zooms = chart.drawing.getOption().dataZoom;
  const part = id => { const z = zooms.find(one => one.id === id); return z.end - z.start > 99.9 ? null : [z.startValue, z.endValue]; };
  if (!chart.axes.time) {
    chart.zoom = { x: part('wheel'), y: part('across') };
    return;
  }
  if (!extent) return;
  const [from, to] = part('wheel') ?? extent;
  const close = (a, b) => Math.abs(a - b) < 1e-3 * (extent[1] - extent[0]);
  const tidy = v => +v.toPrecision(5);
  show({ from: close(from, extent[0]) ? '' : tidy(from), to: close(to, extent[1]) ? '' : tidy(to) });
}

function whole(chart) {
  chart.zoom = null;
  if (chart.axes.time) show({ from: '', to: '' });
  touch(chart);
}

// With the keys of a figure: plus and minus zoom, arrows move, 0 shows all.
function keyed(chart, event) {
  const by = { '+': [0.1, -0.1], '-': [-0.125, 0.125], ArrowLeft: [-0.1, -0.1], ArrowRight: [0.1, 0.1] }[event.key];
  if (event.key === '0') whole(chart);
  if (!by || !chart.drawing) return;
  event.preventDefault();
  const { start, end } = chart.drawing.getOption().dataZoom.find(z => z.id === 'wheel');
  const [from, to] = by.map((part, i) => [start, end][i] + part * (end - start));
  const shift = Math.max(0, -from) + Math.min(0, 100 - to);
  const inside = v => Math.max(0, Math.min(100, v));
  chart.drawing.dispatchAction({ type: 'dataZoom', dataZoomIndex: 0, start: inside(from + shift), end: inside(to + shift) });
}

// The wheel scrolls the page until a figure has been clicked; with Ctrl it always zooms.
function wheel(chart, focused) {
  chart.drawing?.setOption({ dataZoom: [{ id: 'wheel', zoomOnMouseWheel: focused || 'ctrl' }] });
}

// What those hear who cannot see it: the title and where each curve ends.
function describe(chart) {
  const curves = chart.series.filter(s => !s.group && s.style !== 'band' && s.y.length);
  const last = curves.slice(0, 8).map(s => `${s.name} ${short(s.y.findLast(y => y !== null))}`);
  const more = curves.length > 8 ? ` and ${curves.length - 8} more` : '';
  chart.plot.setAttribute('aria-label', `${chart.title}. ${curves.length ? `${curves.length} curve${curves.length > 1 ? 's' : ''}; last values: ${last.join(', ')}${more}` : chart.empty}`);
}

// What the units of the files are in sigma and tau; null where they are sigma and tau, or not the same.
export function unitsAre(units) {
  if (JSON.stringify(units) === JSON.stringify(fileUnits)) return;
  fileUnits = units;
  redrawAll();
}

export function redrawAll() {
  for (const chart of charts.values()) if (chart.axes) touch(chart);
}

onChange(changed => {
  for (const chart of charts.values()) {
    if (chart.axes && (changed.includes('flip') || changed.includes('units') || (chart.axes.time && (changed.includes('from') || changed.includes('to'))))) touch(chart);
  }
});

// What a figure shows, as numbers: for people's scripts and for tests.
export const numbers = id => charts.get(id)?.series ?? null;

// Vertical marks of a figure: {series, x, label}.
export const marks = id => charts.get(id)?.axes?.marks ?? [];

// Horizontal lines of a figure: {y, label}.
export const levels = id => charts.get(id)?.axes?.levels ?? [];

// The figure as the plotting library has it; painted first.
export function drawing(id) {
  const chart = charts.get(id);
  if (chart) paint(chart);
  return chart?.drawing;
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

function svg(chart) {
  const still = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 720, height: 440 });
  still.setOption(option(chart.axes, chart.series, { ...look(chart), dark: false, ink: '#1b1b1f', paper: '#fff', width: 720 }, chart.empty));
  const text = still.renderToSVGString();
  still.dispose();
  return text;
}
