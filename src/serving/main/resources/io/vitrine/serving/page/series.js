// What is drawn over time.
import { draw, figure, timeEnds } from './charts.js';
import { groups, merged, together } from './groups.js';

const charts = {};
const TIME = { name: 'time (τ)' };

export function build() {
  const panel = name => document.getElementById(`panels-${name}`);
  charts.temperature = figure(panel('thermo'), 'fig-temperature', 'Temperature');
  charts.energy = figure(panel('thermo'), 'fig-energy', 'Potential energy');
  charts.pressure = figure(panel('thermo'), 'fig-pressure', 'Pressure');
  charts.hop = figure(panel('hops'), 'fig-hops', 'Fraction rearranging');
  charts.score = figure(panel('hops'), 'fig-score', 'Score: mean and spread');
}

export function series(state, width, rows, events) {
  const all = groups(state);
  const key = t => Math.floor(t / width + 1e-6);
  const ends = state.simulations.flatMap(s => (s.time === null ? [] : [s.time]));
  timeEnds(Math.min(0, ...ends), Math.max(0, ...ends));
  const axes = y => ({ x: TIME, y, time: true, scale: 'T', events });
  const panel = (chart, from, name, axis, empty) => {
    const drawn = all.flatMap(group => {
      const curves = group.members.map(id => rows.get(id)?.[from]).filter(r => r?.[name].some(y => y !== null)).map(r => ({ x: r.time, y: r[name], low: r[`${name}Low`], high: r[`${name}High`] }));
      const [{ x, low, high }] = [...curves, {}];
      const lines = merged(group, curves.map(c => ({ x: c.x, y: c.y })), key);
      // A bin of one simulation shows what it averages over.
      return curves.length === 1 && low ? [...lines, { name: `${group.name}, smallest and largest`, group: group.name, at: group.at, x, y: low, high, style: 'band', opacity: 0.25 }] : lines;
    });
    // Cold and hot side by side want a logarithm.
    const means = drawn.filter(s => s.style === 'line').map(s => s.y.reduce((a, b) => a + b, 0) / s.y.length).filter(m => m > 0);
    draw(chart, axes({ ...axis, log: axis.log === undefined ? undefined : Math.max(...means) > 10 * Math.min(...means) }), drawn, empty);
  };
  const lack = what => (ends.length ? `The frames carry no ${what}.` : firstWindow(state));
  panel(charts.temperature, 'frames', 'temperature', { name: 'T (ε/k_B)' }, lack('velocities'));
  panel(charts.energy, 'frames', 'energy', { name: 'U/N (ε)' }, lack('energy'));
  panel(charts.pressure, 'frames', 'pressure', { name: 'P (ε/σ³)' }, lack('pressure'));
  panel(charts.hop, 'windows', 'hop', { name: 'fraction with p_hop > 0.2', log: false }, firstWindow(state));
  const scored = state.simulations.length === 0 || state.simulations.some(s => s.model);
  draw(charts.score, axes({ name: 'x = (w·z − b) / σ' }), all.flatMap(group => score(group, all.length, rows, key)),
    scored ? firstWindow(state) : 'No classifier scores particles. monitor --model FILE uses one, --train every=TAU makes one.');
}

// The mean, and around it the standard deviation of the particles.
function score(group, of, rows, key) {
  const found = group.members.map(id => rows.get(id)?.scores).filter(r => r?.time.length);
  if (!found.length) return [];
  const [mean, sigma] = ['x', 'sigma'].map(column => (found.length === 1 ? { x: found[0].time, y: found[0][column] } : together(found.map(r => ({ x: r.time, y: r[column] })), key)));
  const edge = sign => mean.y.map((y, i) => (y === null ? null : y + sign * sigma.y[i]));
  return [
    { name: group.name, at: group.at, x: mean.x, y: mean.y, style: 'line' },
    { name: `${group.name} ± standard deviation of the particles`, group: group.name, at: group.at, x: mean.x, y: edge(-1), high: edge(1), style: 'band', opacity: 0.4 / (2 + of) },
  ];
}

// What the first window waits for.
export function firstWindow(state) {
  if (!state.simulations.length) return 'No simulation has sent a frame yet.';
  const s = state.simulations[0];
  return `The first window is complete at ${s.window} τ; ${s.time === null ? 'no frame has come yet' : `the newest frame is at ${s.time} τ`}.`;
}
