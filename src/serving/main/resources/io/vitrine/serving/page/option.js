// From numbers to what the plotting library draws.

// Okabe and Ito's palette and two more, darker or lighter where the paper would swallow them: told apart by colour-blind eyes,
// at three times the brightness of the paper or a third of it.
const PALETTE = {
  light: ['#0072b2', '#d55e00', '#009e73', '#b66594', '#c98047', '#2c9cca', '#4344cc', '#884422'],
  dark: ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#534fd9', '#97502d'],
};

// Dark to light, for what has an order; its ends are left out where they would not be seen.
const RAMP = ['#440154', '#46327e', '#365c8d', '#277f8e', '#1fa187', '#4ac16d', '#a0da39', '#fde725'];
const SEEN = { light: [0, 4], dark: [3, 7] };
const MOST_LINES = 16; // of a tooltip

export function short(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  return size >= 1e5 || size < 1e-3 ? value.toExponential(1) : String(+value.toPrecision(4));
}

// 10 to a power as people write it.
function power(value) {
  const exponent = Math.log10(value);
  if (Math.abs(exponent) < 2 || Math.abs(exponent - Math.round(exponent)) > 1e-9) return short(value);
  return '10' + [...String(Math.round(exponent))].map(c => (c === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[c])).join('');
}

function ramp(part, dark) {
  const [from, to] = SEEN[dark ? 'dark' : 'light'];
  const place = from + Math.max(0, Math.min(1, part)) * (to - from);
  const low = Math.min(6, Math.floor(place));
  const at = c => parseInt(RAMP[low].slice(c, c + 2), 16) * (1 - place + low) + parseInt(RAMP[low + 1].slice(c, c + 2), 16) * (place - low);
  return `rgb(${[1, 3, 5].map(c => Math.round(at(c))).join(', ')})`;
}

// A colour for each of the names or groups: of a palette while that is enough, else by the number it has.
function colouring(axes, series, dark) {
  const keys = new Map();
  for (const one of series) keys.set(one.group ?? one.name, one.at);
  const numbers = [...keys.values()];
  const palette = PALETTE[dark ? 'dark' : 'light'];
  const scaled = axes.scale && (axes.ordered || keys.size > palette.length) && numbers.every(Number.isFinite);
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const colours = new Map([...keys].map(([key, at], i) => [key, scaled ? ramp(high > low ? (at - low) / (high - low) : 0, dark) : palette[i % palette.length]]));
  const bar = scaled && high > low && {
    type: 'continuous', min: low, max: high, seriesIndex: [], orient: 'horizontal', left: 'center', top: 0, itemWidth: 12, itemHeight: 130,
    text: [short(high), `${axes.scale} = ${short(low)}`], hoverLink: false, inRange: { color: Array.from({ length: 8 }, (_, i) => ramp(i / 7, dark)) },
  };
  return { of: one => colours.get(one.group ?? one.name), bar };
}

// The largest power of ten below all that is positive: where a zero is drawn on a logarithmic axis.
function floorOf(series) {
  let least = Infinity;
  let zero = false;
  for (const one of series) {
    for (const list of [one.y, one.high ?? []]) for (const y of list) {
      if (y > 0 && y < least) least = y;
      if (y === 0) zero = true;
    }
  }
  return zero && least < Infinity ? 10 ** (Math.ceil(Math.log10(least)) - 1 - (Math.log10(least) % 1 === 0 ? 0 : 0.3)) : null;
}

// The name of an axis in sigma and tau, such as "p_hop (σ²)", and what its numbers are multiplied by in the units of the file.
export function inUnits(name, units) {
  const found = units && name.match(/ \((1\/)?([στ])([²³])?\)$/);
  if (!found) return { name, factor: 1 };
  const [, under = '', letter, raised = ''] = found;
  const kind = letter === 'σ' ? 'length' : 'time';
  const power = (raised === '²' ? 2 : raised === '³' ? 3 : 1) * (under ? -1 : 1);
  return { name: `${name.slice(0, found.index)} (${under}${kind}${raised} of the file)`, factor: units[kind] ** power };
}

function axis(side, spec, log, ink, floor, units) {
  const { name, factor } = inUnits(spec.name, units);
  return {
    type: log ? 'log' : 'value', name, nameLocation: 'middle', nameGap: side === 'x' ? 26 : 54, scale: true,
    axisLabel: { color: ink, hideOverlap: true, formatter: value => (floor && value <= floor * 1.0001 ? '0' : log && factor === 1 ? power(value) : short(factor * value)) },
    nameTextStyle: { color: ink }, axisLine: { onZero: false }, ...(floor ? { min: floor } : {}),
    ...(spec.room ? { boundaryGap: ['3%', '3%'] } : {}), splitLine: { lineStyle: { color: ink, opacity: 0.12 } },
  };
}

// Ends of the error bars, at most as far out again as the points reach: the axes make room for them.
function ends(series) {
  const known = series.flatMap(s => s.y.filter(y => y !== null));
  if (!series.some(s => s.error && !s.shade)) return [];
  const low = Math.min(...known);
  const high = Math.max(...known);
  const within = y => Math.max(2 * low - high, Math.min(2 * high - low, y));
  return series.flatMap(s => s.x.flatMap((x, i) => (s.y[i] === null || !s.error ? [] : [[x, within(s.y[i] - (s.error[i] ?? 0))], [x, within(s.y[i] + (s.error[i] ?? 0))]])));
}

// How many rows of names fit beside each other.
function legendRows(names, width) {
  let rows = 1;
  let used = 0;
  for (const name of names) {
    const own = 41 + 6.2 * name.length;
    if (used > 0 && used + own > width) {
      rows++;
      used = 0;
    }
    used += own;
  }
  return rows;
}

// look: {dark, ink, paper, log, width, extent, zoom: {x, y}, wheel, units: {length, time} of the file or null}; see charts.js for axes and series.
export function option(axes, series, look, empty) {
  const { ink, dark, log } = look;
  const colours = colouring(axes, series, dark);
  const floor = log ? floorOf(series) : null;
  const least = log ? floor ?? Math.min(...series.flatMap(s => s.y.filter(y => y > 0))) : -Infinity;
  const drawn = [];
  for (const one of series) {
    const colour = colours.of(one);
    if (one.style === 'band') {
      drawn.push(band(one.name, colour, one.x.map((x, i) => [x, one.y[i], one.high[i]]), axes, least, one.opacity));
      continue;
    }
    const data = [];
    one.x.forEach((x, i) => {
      const y = one.y[i];
      if (y === null || y === undefined || (axes.x.log && !(x > 0)) || (log && !(y > 0) && !(y === 0 && floor))) return;
      data.push([x, log && y === 0 ? floor : y, one.error?.[i] ?? null, one.note?.[i] ?? null, y]);
    });
    drawn.push({
      name: one.name, data, type: one.style === 'points' ? 'scatter' : 'line', symbolSize: one.size ?? 7, symbol: one.symbol ?? 'circle',
      showSymbol: one.style === 'points' || data.length === 1, color: colour, encode: { x: 0, y: 1 }, animation: false,
      itemStyle: one.style === 'points' ? { borderColor: look.paper, borderWidth: 0.5 } : {}, emphasis: { focus: 'series' }, blur: { lineStyle: { opacity: 0.3 } },
      lineStyle: { width: one.faint ? 0.8 : 1.6, opacity: one.faint ? 0.45 : 1, type: one.dashed ? 'dashed' : 'solid' },
    });
    if (one.error && one.shade) {
      drawn.push(band(one.name, colour, data.filter(p => p[2] !== null).map(([x, y, e]) => [x, y - e, y + e]), axes, least));
    } else if (one.error) {
      drawn.push({ name: one.name, type: 'custom', clip: true, data, encode: { x: 0, y: 1 }, renderItem: (p, api) => whisker(api, least), color: colour, silent: true, animation: false, tooltip: { show: false } });
    }
  }
  const lines = { symbol: 'none', animation: false, silent: true, precision: 12 };
  if (axes.levels && series.length) {
    drawn.push({ type: 'line', data: [], silent: true, animation: false, markLine: {
      ...lines, lineStyle: { color: ink, type: 'dotted' }, label: { color: ink, position: 'insideEndTop', formatter: m => m.name }, data: axes.levels.map(l => ({ name: l.label, yAxis: l.y })),
    } });
  }
  for (const one of drawn.filter(d => d.type !== 'custom')) {
    const marks = (axes.marks ?? []).filter(m => m.series === one.name);
    if (marks.length) one.markLine = { ...lines, lineStyle: { color: one.color, type: 'dotted' }, label: { color: ink, formatter: m => m.name },
      data: marks.map(m => ({ name: m.label, xAxis: m.x, ...(m.at ? { label: { position: m.at } } : {}) })) };
  }
  if (!log) drawn.push({ type: 'scatter', data: ends(series), symbolSize: 0, silent: true, animation: false, tooltip: { show: false } });
  if (axes.events?.length) drawn.push(events(axes.events, ink));
  const names = series.filter(s => !s.group).map(s => s.name);
  const rows = colours.bar ? 1 : legendRows(names, look.width - 20);
  const x = axis('x', axes.x, axes.x.log, ink, null, look.units);
  if (axes.time && look.extent) [x.min, x.max] = look.extent;
  const zoom = (id, side, wheel) => {
    const [startValue, endValue] = look.zoom[side] ?? [];
    return { id, type: 'inside', [`${side}AxisIndex`]: 0, filterMode: 'none', zoomOnMouseWheel: wheel, moveOnMouseMove: false, preventDefaultMouseMove: false, startValue, endValue };
  };
  return {
    animation: false, backgroundColor: 'transparent', textStyle: { color: ink },
    legend: { show: !colours.bar && rows <= 4, top: 0, itemGap: 8, textStyle: { color: ink }, data: names },
    visualMap: colours.bar ? { ...colours.bar, textStyle: { color: ink } } : undefined,
    title: { show: !series.some(s => s.x.length), text: empty, left: 'center', top: 'middle', textStyle: { color: ink, fontWeight: 'normal', fontSize: 13, lineHeight: 19, width: look.width - 110, overflow: 'break' } },
    grid: { left: 74, right: 18, top: 22 + 20 * Math.min(4, rows), bottom: 44 },
    dataZoom: [zoom('wheel', 'x', look.wheel || 'ctrl'), zoom('across', 'y', false)], toolbox: { top: -100, feature: { dataZoom: { filterMode: 'none', yAxisIndex: axes.time ? 'none' : 'all', brushStyle: { color: ink, opacity: 0.15 } } } },
    tooltip: {
      trigger: 'axis', renderMode: 'richText', confine: true, backgroundColor: look.paper, borderColor: ink, textStyle: { color: ink, fontSize: 12 },
      axisPointer: { lineStyle: { color: ink } }, formatter: hovered => told([hovered].flat(), axes, look.units),
    },
    xAxis: x, yAxis: [axis('y', axes.y, log, ink, floor, look.units), { type: 'value', min: 0, max: 1, show: false }], series: drawn,
  };
}

// What is said of all curves at the place of the pointer, the highest first.
function told(points, axes, units) {
  const x = inUnits(axes.x.name, units);
  const { factor } = inUnits(axes.y.name, units);
  const scale = axes.x.log ? Math.log10 : v => v;
  if (points[0].seriesId === 'events') return points[0].data.text;
  const at = points[0].axisValue ?? points[0].value[0];
  const near = points.filter(p => p.value && Math.abs(scale(p.value[0]) - scale(at)) <= Math.max(0.03 * Math.abs(scale(at)), axes.x.log ? 0.06 : 0.5));
  near.sort((a, b) => b.value[4] - a.value[4]);
  const lines = near.slice(0, MOST_LINES).map(p => `${p.marker}${p.seriesName}: ${short(factor * p.value[4])}${p.value[2] === null ? '' : ` ± ${short(factor * p.value[2])}`}${p.value[3] === null ? '' : ` (${p.value[3]})`}`);
  if (near.length > MOST_LINES) lines.push(`and ${near.length - MOST_LINES} more`);
  return [`${x.name}: ${short(x.factor * (near[0]?.value[0] ?? at))}`, ...lines].join('\n');
}

// What happened: a row of signs at the foot of the figure; a click goes to the frames.
const SIGNS = { burst: 'diamond', alarm: 'triangle', 'dead letter': 'triangle', verdict: 'rect' };
function events(marks, ink) {
  return {
    id: 'events', type: 'scatter', yAxisIndex: 1, symbolSize: 9, animation: false, cursor: 'pointer', color: ink, itemStyle: { opacity: 0.8 }, tooltip: { trigger: 'item' },
    data: marks.map(m => ({ value: [m.time, 0.035], symbol: SIGNS[m.kind], mark: m, itemStyle: m.kind === 'burst' || m.kind === 'verdict' ? {} : { color: '#d55e00' },
      text: `${m.simulation}: ${m.kind} at ${short(m.time)} τ\n${m.text.length > 90 ? `${m.text.slice(0, 90)}…` : m.text}` })),
  };
}

// Filled between two curves through points of {x, low, high}; the axes make room for one that has its own opacity.
function band(name, color, points, axes, least, opacity) {
  const ends = points.filter(p => p[1] !== null && p[2] !== null && (!axes.x.log || p[0] > 0) && (least === -Infinity || p[2] > 0)).map(([x, low, high]) => [x, Math.max(least, low), high]);
  return {
    name, type: 'custom', clip: true, silent: true, animation: false, color, data: opacity ? ends : ends.slice(0, 1), encode: { x: 0, y: [1, 2] }, tooltip: { show: false },
    renderItem: (params, api) => (params.dataIndex > 0 ? null : {
      type: 'polygon', style: { fill: color, opacity: opacity ?? 0.16 },
      shape: { points: [...ends.map(p => api.coord([p[0], p[2]])), ...ends.map(p => api.coord([p[0], p[1]])).reverse()] },
    }),
  };
}

function whisker(api, least) {
  const [x, y, e] = [api.value(0), api.value(1), api.value(2)];
  if (!(e > 0)) return null;
  const top = api.coord([x, y + e]);
  const bottom = api.coord([x, Math.max(least, y - e)]);
  return {
    type: 'group',
    children: [[top, bottom], [[top[0] - 3, top[1]], [top[0] + 3, top[1]]], [[bottom[0] - 3, bottom[1]], [bottom[0] + 3, bottom[1]]]].map(([a, b]) => ({
      type: 'line', shape: { x1: a[0], y1: a[1], x2: b[0], y2: b[1] }, style: { stroke: api.visual('color'), lineWidth: 1.2 },
    })),
  };
}
