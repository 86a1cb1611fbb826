// P_R, energy barriers and the onset temperature.
import { draw, figure } from './charts.js';
import { short } from './option.js';
import { fill, symbols } from './overview.js';

const byId = id => document.getElementById(id);
const charts = {};
const X = { name: 'x = (w·z − b) / σ', room: true };

export function build() {
  const panels = byId('panels-physics');
  charts.rate = figure(panels, 'fig-rate', 'P_R against x');
  charts.kramers = figure(panels, 'fig-kramers', 'P_R against 1/T');
  charts.barrier = figure(panels, 'fig-barrier', 'Energy barrier');
  charts.entropy = figure(panels, 'fig-entropy', 'Entropic term');
}

export function physics(p) {
  if (!p.bins) {
    byId('onset').replaceChildren(sentence(`${p.reason}.`));
    byId('counted').textContent = '';
    byId('doubts').replaceChildren();
    for (const chart of Object.values(charts)) draw(chart, { x: X, y: { name: '' } }, [], `${p.reason}.`);
    return;
  }
  const mid = bin => (bin.low + bin.high) / 2;
  const hops = (bin, t) => `${bin.rearranging[t]} of ${bin.structures[t]}`;
  draw(charts.rate, { x: X, y: { name: 'P_R', log: true }, scale: 'T' }, p.temperatures.map((T, t) => ({
    name: `T = ${T}`, at: T, style: 'points', x: p.bins.map(mid), y: p.bins.map(b => b.probability[t]), error: p.bins.map(b => b.error[t]), note: p.bins.map(b => hops(b, t)),
  })));
  const range = p.ranges.find(r => r.below.includes(0.85));
  const shown = p.bins.map((b, i) => [b, range.fits[i]]).filter(([, fit]) => fit.dE !== null);
  const span = p.temperatures.map(T => 1 / T);
  const ends = [Math.min(...span), Math.max(...span)];
  const curve = Array.from({ length: 25 }, (_, i) => ends[0] + (ends[1] - ends[0]) * i / 24);
  const missing = p.ranges.map(r => r.fits.find(f => f.reason)?.reason).find(Boolean) ?? '';
  const points = shown.length ? shown : p.bins.map(b => [b, null]);
  draw(charts.kramers, { x: { name: '1/T (k_B/ε)', room: true }, y: { name: 'P_R', log: true }, ordered: true, scale: 'x' }, points.flatMap(([b, fit]) => {
    const name = `x = ${short(mid(b))}`;
    const own = { name, at: mid(b), style: 'points', x: span, y: b.probability, error: b.error, note: p.temperatures.map((T, t) => hops(b, t)) };
    return fit ? [own, { name: `${name}, fit`, group: name, at: mid(b), style: 'line', x: curve, y: curve.map(u => Math.exp(fit.Sigma - fit.dE * u) * u) }] : [own];
  }));
  for (const [chart, key, title] of [[charts.barrier, 'dE', 'ΔE (ε)'], [charts.entropy, 'Sigma', 'Σ (k_B)']]) {
    draw(chart, { x: X, y: { name: title } }, p.ranges.map((r, i) => {
      const fits = r.fits.filter(f => f[key] !== null);
      return { name: names(r), style: 'points', symbol: ['circle', 'diamond', 'triangle'][i], size: [11, 9, 6][i], x: fits.map(mid), y: fits.map(f => f[key]), error: fits.map(f => f[`${key}_error`]),
        note: fits.map(f => `χ² ${short(f.chi2)} of ${f.dof}, ${f.points} temperatures`) };
    }).filter(s => s.x.length), `No fit: ${missing}.`);
  }
  byId('onset').replaceChildren(...p.ranges.map(onset), ...p.lacks.map(line => sentence(`${line}.`)));
  byId('onset').dataset.t0 = range.T0 ?? '';
  byId('counted').textContent = `Classifier ${p.model}, version ${p.version}; errors: ${p.errors}; b = ${short(p.bias)} (${p.biasName}), σ = ${short(p.sigma)}.`;
  fill('doubts', p.doubts.map(line => sentence(`${symbols(line)}.`)), 'simulations');
}

const names = r => r.below.map(end => (end === null ? 'all T' : `T < ${end}`)).join(' = ');

function onset(r) {
  const closed = r.T0_high === null ? '∞' : short(r.T0_high);
  const found = `T₀ = ${short(r.T0)} (68%: ${short(r.T0_low)} to ${closed}${r.T0_systematic === null ? '' : `; systematic ± ${short(r.T0_systematic)}`}), χ² = ${short(r.T0_chi2)} of ${r.T0_dof} degrees of freedom`;
  return sentence(`${names(r)}: ${r.T0 === null ? `no T₀: ${r.T0_reason}` : found}.`);
}

function sentence(text) {
  return Object.assign(document.createElement('li'), { textContent: text });
}
