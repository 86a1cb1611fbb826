// One figure: title, plot, export buttons. Data is kept as plain numbers beside the picture.
import { save, csv } from './export.js';

// Okabe and Ito's palette and two more: told apart by colour-blind eyes.
export const PALETTE = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#4444cc', '#884422'];

// Dark to light, for what has an order; its ends are left out where they would not be seen.
const RAMP = ['#440154', '#46327e', '#365c8d', '#277f8e', '#1fa187', '#4ac16d', '#a0da39', '#fde725'];

const charts = new Map();

export function figure(parent, id, title) {
  const node = document.createElement('figure');
  node.tabIndex = 0;
  node.id = id;
  const caption = document.createElement('figcaption');
  const name = document.createElement('span');
  name.textContent = title;
  caption.append(name);
  const plot = document.createElement('div');
  plot.className = 'chart';
  plot.setAttribute('role', 'img');
  plot.setAttribute('aria-label', title);
  node.append(caption, plot);
  parent.append(node);
  const chart = { id, title, name, plot, drawing: echarts.init(plot, null, { renderer: 'canvas' }), series: [], option: null };
  for (const [label, run] of [
    ['CSV', () => save(`${id}.csv`, 'text/csv', csv(chart))],
    ['SVG', () => save(`${id}.svg`, 'image/svg+xml', svg(chart))],
    ['PNG', () => save(`${id}.png`, 'image/png', chart.drawing.getDataURL({ pixelRatio: 2, backgroundColor: '#fff' }))],
  ]) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = label;
    button.title = `Save ${title} as ${label}`;
    button.addEventListener('click', run);
    caption.append(button);
  }
  charts.set(id, chart);
  new ResizeObserver(() => chart.drawing.resize()).observe(plot);
  return chart;
}

// series: [{name, group?, x: [], y: [], error?: [], style: 'line'|'points', dashed?, symbol?, size?, note?: []}]
// axes: {x: {name, log?}, y: {name, log?}, ordered?, marks?: [{series, x, label, at?}]}; room: keeps points off the frame
export function draw(chart, axes, series) {
  const text = JSON.stringify([axes, series]);
  if (text === chart.text) return;
  chart.text = text;
  chart.axes = axes;
  chart.series = series;
  chart.option = option(axes, series, dark());
  chart.drawing.setOption(chart.option, { notMerge: true });
}

export function redrawAll() {
  for (const chart of charts.values()) {
    if (chart.axes) {
      chart.option = option(chart.axes, chart.series, dark());
      chart.drawing.setOption(chart.option, { notMerge: true });
    }
  }
}

// What a figure shows, as numbers: for people's scripts and for tests.
export function numbers(id) {
  const chart = charts.get(id);
  return chart ? chart.series : null;
}

// Vertical marks of a figure: {series, x, label}.
export function marks(id) {
  return charts.get(id)?.axes?.marks ?? [];
}

function dark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

function axis(side, spec, ink) {
  return {
    type: spec.log ? 'log' : 'value',
    name: spec.name,
    nameLocation: 'middle',
    nameGap: side === 'x' ? 26 : 54,
    scale: true,
    axisLabel: { color: ink, formatter: value => (spec.log ? power(value) : short(value)) },
    nameTextStyle: { color: ink },
    axisLine: { onZero: false },
    ...(spec.room ? { boundaryGap: ['3%', '3%'] } : {}),
    splitLine: { lineStyle: { color: ink, opacity: 0.12 } },
  };
}

// 10 to a power as people write it.
function power(value) {
  const exponent = Math.log10(value);
  if (Math.abs(exponent) < 2 || Math.abs(exponent - Math.round(exponent)) > 1e-9) return short(value);
  return '10' + [...String(Math.round(exponent))].map(c => (c === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[c])).join('');
}

// The colour of one of several things in order.
function ramp(at, of, isDark) {
  const [from, to] = isDark ? [2, 7] : [0, 6];
  const place = from + (of > 1 ? at / (of - 1) : 0) * (to - from);
  const low = Math.min(6, Math.floor(place));
  const part = c => parseInt(RAMP[low].slice(c, c + 2), 16) * (1 - place + low) + parseInt(RAMP[low + 1].slice(c, c + 2), 16) * (place - low);
  return `rgb(${[1, 3, 5].map(c => Math.round(part(c))).join(', ')})`;
}

// Ends of the error bars, at most as far out again as the points reach: the axes make room for them.
function ends(series, axes) {
  const known = series.flatMap(s => s.y.filter(y => y !== null));
  if (axes.y.log || !series.some(s => s.error)) return [];
  const low = Math.min(...known);
  const high = Math.max(...known);
  const within = y => Math.max(2 * low - high, Math.min(2 * high - low, y));
  return series.flatMap(s => s.x.flatMap((x, i) => (s.y[i] === null || !s.error ? [] : [[x, within(s.y[i] - (s.error[i] ?? 0))], [x, within(s.y[i] + (s.error[i] ?? 0))]])));
}

export function short(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  return size >= 1e5 || size < 1e-3 ? value.toExponential(1) : String(+value.toPrecision(4));
}

function option(axes, series, isDark) {
  const ink = isDark ? '#d6d6de' : '#33333b';
  const drawn = [];
  let colour = 0;
  const colours = new Map();
  const keys = new Set(series.map(s => s.group ?? s.name)).size;
  for (const one of series) {
    const key = one.group ?? one.name;
    if (!colours.has(key)) {
      colours.set(key, axes.ordered ? ramp(colour, keys, isDark) : PALETTE[colour % PALETTE.length]);
      colour++;
    }
    const ours = colours.get(key);
    const data = one.x.map((x, i) => [x, one.y[i], one.error ? one.error[i] : null, one.note ? one.note[i] : null])
      .filter(p => p[1] !== null && (!axes.y.log || p[1] > 0) && (!axes.x.log || p[0] > 0));
    drawn.push({
      name: one.name, data, type: one.style === 'points' ? 'scatter' : 'line', symbolSize: one.size ?? 7, symbol: one.symbol ?? 'circle',
      showSymbol: one.style === 'points', sampling: 'lttb', color: ours, encode: { x: 0, y: 1 },
      lineStyle: { width: 1.6, type: one.dashed ? 'dashed' : 'solid' }, animation: false,
    });
    if (one.error) {
      drawn.push({ name: one.name, type: 'custom', clip: true, data, encode: { x: 0, y: 1 }, renderItem: whisker, color: ours, silent: true, animation: false });
    }
  }
  for (const one of drawn.filter(d => d.type !== 'custom')) {
    const marks = (axes.marks ?? []).filter(m => m.series === one.name);
    if (marks.length === 0) continue;
    one.markLine = {
      symbol: 'none', animation: false, silent: true, precision: 12, lineStyle: { color: one.color, type: 'dotted' },
      label: { color: ink, formatter: m => m.name },
      data: marks.map(m => ({ name: m.label, xAxis: m.x, ...(m.at ? { label: { position: m.at } } : {}) })),
    };
  }
  drawn.push({ type: 'scatter', data: ends(series, axes), symbolSize: 0, silent: true, animation: false });
  return {
    animation: false, backgroundColor: 'transparent', textStyle: { color: ink },
    legend: { type: 'scroll', top: 0, textStyle: { color: ink }, data: series.filter(s => !s.group).map(s => s.name) },
    title: { show: !series.some(s => s.x.length), text: 'nothing yet', left: 'center', top: 'middle', textStyle: { color: ink, fontWeight: 'normal', fontSize: 13 } },
    grid: { left: 74, right: 18, top: 42, bottom: 44 },
    tooltip: {
      trigger: 'item', renderMode: 'richText',
      formatter: p => `${p.seriesName}\n${axes.x.name}: ${short(p.value[0])}\n${axes.y.name}: ${short(p.value[1])}`
        + (p.value[2] === null ? '' : ` ± ${short(p.value[2])}`) + (p.value[3] === null ? '' : `\n${p.value[3]}`),
    },
    xAxis: axis('x', axes.x, ink), yAxis: axis('y', axes.y, ink), series: drawn,
  };
}

function whisker(params, api) {
  const x = api.value(0);
  const y = api.value(1);
  const e = api.value(2);
  if (!(e > 0)) return null;
  const top = api.coord([x, y + e]);
  const bottom = api.coord([x, y - e]);
  return {
    type: 'group',
    children: [[top, bottom], [[top[0] - 3, top[1]], [top[0] + 3, top[1]]], [[bottom[0] - 3, bottom[1]], [bottom[0] + 3, bottom[1]]]].map(([a, b]) => ({
      type: 'line', shape: { x1: a[0], y1: a[1], x2: b[0], y2: b[1] }, style: { stroke: api.visual('color'), lineWidth: 1.2 },
    })),
  };
}

function svg(chart) {
  const still = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 720, height: 440 });
  still.setOption(option(chart.axes, chart.series, false));
  const text = still.renderToSVGString();
  still.dispose();
  return text;
}
