// Relaxation: functions of the lag, S_cc over time.
import { draw, figure } from './charts.js';
import { groups, merged } from './groups.js';
import { short } from './option.js';

const byId = id => document.getElementById(id);
const charts = {};
const LAG = { name: 'lag t (τ)', log: true };

export function build() {
  const panels = byId('panels-relaxation');
  charts.Fs = figure(panels, 'fig-fs', 'Self-scattering');
  charts.msd = figure(panels, 'fig-msd', 'Displacement ⟨Δr²⟩');
  charts.alpha2 = figure(panels, 'fig-alpha2', 'Non-Gaussian parameter');
  charts.Q = figure(panels, 'fig-overlap', 'Overlap');
  charts.chi4 = figure(panels, 'fig-chi4', 'Dynamic susceptibility');
  charts.waves = figure(panels, 'fig-waves', 'Composition waves');
}

export function relaxation(answer, state, events) {
  const all = groups(state);
  const newest = new Map(state.simulations.map(s => [s.id, s.equilibrium]));
  const known = new Map(answer.simulations.map(s => [s.id, s]));
  const functions = (group, observable) => group.members.map(id => known.get(id)?.functions.filter(f => f.observable === observable) ?? []).filter(list => list.length);
  const curves = observable => all.flatMap(group => merged(group, functions(group, observable).map(list => line(list[0]))));
  const fs = all.map(group => scattering(group, functions(group, 'Fs')));
  const label = fs.length === 1 ? 'τ_α' : '';
  const marks = all.flatMap((group, i) => {
    const taus = group.members.map(id => newest.get(id)?.tauAlpha).filter(Boolean);
    return taus.length && fs[i].length ? [{ series: fs[i][0].name, x: taus.reduce((a, b) => a + b) / taus.length, label }] : [];
  });
  const empty = waiting(state);
  const panel = (chart, y, series, more) => draw(chart, { x: LAG, y, scale: 'T', ...more }, series, empty);
  panel(charts.Fs, { name: 'F_s(k, t)', log: false }, fs.flat(), { marks: fs.length > 8 ? [] : marks, levels: [{ y: 1 / Math.E, label: '1/e' }] });
  panel(charts.msd, { name: '⟨Δr²⟩ (σ²)', log: true }, curves('msd'));
  panel(charts.alpha2, { name: 'α₂', log: false }, curves('alpha2'));
  panel(charts.Q, { name: 'Q', log: false }, curves('Q'));
  panel(charts.chi4, { name: 'χ₄', log: false }, curves('chi4'));
  draw(charts.waves, { x: { name: 'time (τ)' }, y: { name: 'S_cc(k)', log: true }, time: true, scale: 'T', events }, all.flatMap(group => waves(group, group.members.map(id => known.get(id)).filter(Boolean), all.length)), empty);
}

const line = f => ({ x: f.lag, y: f.value, error: f.error, shade: true, note: f.blocks?.map(b => `${b} independent blocks`) });

// F_s: tau_alpha's wavevector, the first of those asked for, is a full line, the others are dashed.
function scattering(group, members) {
  const several = Math.max(0, ...members.map(list => list.length));
  return Array.from({ length: several }, (_, i) => {
    const of = members.filter(list => list[i]);
    const name = k => (several > 1 ? `${group.name}, k = ${short(k)}` : group.name);
    const own = { name: name(of[0][i].wavevector), at: group.at };
    return merged(own, of.map(list => line(list[i]))).map(s => (i > 0 ? { ...s, group: name(of[0][0].wavevector), dashed: true } : s));
  }).flat();
}

// The shortest waves and where they are in equilibrium; of one simulation the next two shells, which the band is made from, are thin.
function waves(group, members, of) {
  const shell = (s, i) => s.statics[`S_cc/${i}`];
  const found = members.filter(s => shell(s, 1).time.length);
  if (!found.length) return [];
  const [first] = found;
  const at = i => `k = ${short(shell(first, i).wavevector)}`;
  const lines = merged(group, found.map(s => ({ x: shell(s, 1).time, y: shell(s, 1).value, note: shell(s, 1).time.map(() => at(1)) })));
  if (found.length > 1 || of > 8) return lines;
  const [low, high] = [first.statics.S_cc_low, first.statics.S_cc_high];
  return [
    ...lines,
    { name: `${group.name}, equilibrium`, group: group.name, at: group.at, x: low.time, y: low.value, high: high.value, style: 'band', opacity: 0.16 / of },
    ...[2, 3].map(i => ({ name: `${group.name}, ${at(i)}`, group: group.name, at: group.at, x: shell(first, i).time, y: shell(first, i).value, style: 'line', faint: true })),
  ];
}

function waiting(state) {
  const [s] = state.simulations;
  if (!s) return 'No simulation has sent a frame yet.';
  return `Relaxation functions come every 50 τ; ${s.time === null ? 'no frame has come yet' : `the newest frame is at ${short(s.time)} τ`}.`;
}
