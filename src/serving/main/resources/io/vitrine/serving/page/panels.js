// From answers of the server to figures and tables. No number is made here that is not a ratio,
// a density or a line through given coefficients.
import { draw, figure, short } from './charts.js';

const byId = id => document.getElementById(id);
const charts = {};

export function build() {
  const now = byId('panels-now');
  charts.hops = figure(now, 'fig-hops', 'Fraction rearranging');
  charts.score = figure(now, 'fig-score', 'Score: mean and spread');
  charts.phop = figure(now, 'fig-phop', 'Density of p_hop');
  charts.scores = figure(now, 'fig-scores', 'Distribution of the score');
  charts.hove = figure(now, 'fig-hove', 'Self van Hove function at 10 τ');
  const physics = byId('panels-physics');
  charts.rate = figure(physics, 'fig-rate', 'P_R against x');
  charts.kramers = figure(physics, 'fig-kramers', 'P_R against 1/T');
  charts.barrier = figure(physics, 'fig-barrier', 'Energy barrier');
  charts.entropy = figure(physics, 'fig-entropy', 'Entropic term');
  charts.bias = figure(byId('panels-learning'), 'fig-bias', 'Accuracy against bias');
}

function row(cells, id) {
  const tr = document.createElement('tr');
  if (id) tr.dataset.id = id;
  for (const cell of cells) {
    const td = document.createElement('td');
    if (cell !== null && typeof cell === 'object') {
      td.textContent = cell.text;
      td.dataset.value = cell.value ?? '';
    } else {
      td.textContent = cell;
      td.className = 'word';
    }
    tr.append(td);
  }
  return tr;
}

const n = value => ({ text: short(value), value });

export function overview(state) {
  byId('overview').tBodies[0].replaceChildren(...state.simulations.map(s => row([
    s.id, s.stage + (s.error ? `: ${s.error}` : ''), n(s.time), n(s.stage === 'running' ? s.framesPerSecond : null), n(s.lag), n(s.temperatureSet), n(s.temperature),
    n(s.energy), n(s.pressure), { text: `${s.windows} / ${s.windowsExpected}`, value: s.windows }, n(s.windowsIncomplete), n(s.deadLetters),
    n(s.hopFraction), n(s.meanScore),
  ], s.id)));
  byId('alarms').replaceChildren(...state.alarms.map(a => {
    const li = document.createElement('li');
    li.dataset.kind = a.kind;
    li.textContent = `${a.simulation ? a.simulation + ': ' : ''}${a.kind}: ${a.text}`;
    return li;
  }));
  byId('progress').value = state.progress ?? 0;
  byId('percent').textContent = state.progress === null ? '' : `${Math.floor(100 * state.progress)}%`;
}

// What makes the numbers of the physics panels again, to the last digit.
export function command(state, model, physics) {
  const fits = physics?.bins ? ` --bias=${physics.bias} --sigma=${physics.sigma} --replicas=${physics.replicas}` : '';
  byId('command').textContent = model ? state.command.replace(' --output', ` --model '${model}'${fits} --output`) : state.command;
}

export function series(all) {
  const entries = [...all.entries()];
  // Cold and hot side by side want a logarithm; it leaves windows out where nothing rearranges.
  const means = entries.map(([, s]) => s.hopFraction.reduce((a, b) => a + b, 0) / s.hopFraction.length).filter(m => m > 0);
  const log = Math.max(...means) > 10 * Math.min(...means);
  draw(charts.hops, { x: { name: 'time (τ)' }, y: { name: 'fraction with p_hop > 0.2', log } },
    entries.map(([id, s]) => ({ name: id, x: s.time, y: s.hopFraction, style: 'line' })));
  const scored = entries.filter(([, s]) => s.meanScore.some(v => v !== null));
  draw(charts.score, { x: { name: 'time (τ)' }, y: { name: 'score' } }, scored.flatMap(([id, s]) => [
    { name: id, x: s.time, y: s.meanScore, style: 'line' },
    { name: `${id} + σ`, group: id, x: s.time, y: s.meanScore.map((m, i) => m + s.sigmaScore[i]), style: 'line', dashed: true },
    { name: `${id} − σ`, group: id, x: s.time, y: s.meanScore.map((m, i) => m - s.sigmaScore[i]), style: 'line', dashed: true },
  ]));
}

function density(h, log) {
  const total = h.count.reduce((a, b) => a + b, 0);
  const x = [];
  const y = [];
  h.count.forEach((count, i) => {
    const low = h.low[i];
    const high = h.high[i];
    if (low === null || high === null || (log && low <= 0)) return;
    x.push(log ? Math.sqrt(low * high) : (low + high) / 2);
    y.push(count / total / (high - low));
  });
  return { x, y, total };
}

function gaussian(d) {
  const step = d.x.length > 1 ? d.x[1] - d.x[0] : 1;
  const weight = d.y.reduce((a, b) => a + b, 0);
  const mean = d.x.reduce((a, x, i) => a + x * d.y[i], 0) / weight;
  const sigma = Math.sqrt(d.x.reduce((a, x, i) => a + (x - mean) ** 2 * d.y[i], 0) / weight);
  const x = Array.from({ length: 61 }, (_, i) => mean + (i - 30) * sigma / 7.5);
  return { x, y: x.map(v => Math.exp(-(((v - mean) / sigma) ** 2) / 2) / (sigma * Math.sqrt(2 * Math.PI))), step };
}

export function histograms(answer, learning, model) {
  const kind = name => answer.histograms.filter(h => h.kind === name);
  const marks = (learning?.training ?? []).filter(t => t.threshold !== null && ['low', 'high'].includes(t.rule))
    .map(t => ({ series: t.simulation, x: t.threshold, rule: t.rule, label: '' }));
  // The outermost mark of each tail is named; the others have the colour of their simulation.
  for (const [rule, label, outer] of [['low', 'p_l', Math.min], ['high', 'p_u', Math.max]]) {
    const tail = marks.filter(m => m.rule === rule);
    const named = tail.find(m => m.x === outer(...tail.map(t => t.x)));
    if (named) named.label = label;
  }
  draw(charts.phop, { x: { name: 'p_hop (σ²)', log: true }, y: { name: 'density (1/σ²)', log: true }, marks },
    kind('p_hop').map(h => ({ name: h.simulation, ...pick(density(h, true)), style: 'line' })));
  draw(charts.scores, { x: { name: 'raw score w·z' }, y: { name: 'density' } }, kind(`score:${model}`).flatMap(h => {
    const d = density(h, false);
    const g = gaussian(d);
    return [{ name: h.simulation, ...pick(d), style: 'line' }, { name: `${h.simulation}, Gaussian`, group: h.simulation, x: g.x, y: g.y, style: 'line', dashed: true }];
  }));
  draw(charts.hove, { x: { name: 'displacement Δx (σ)' }, y: { name: 'density (1/σ)', log: true } },
    kind('van_hove_1d').map(h => ({ name: h.simulation, ...pick(density(h, false)), style: 'line' })));
}

const pick = ({ x, y }) => ({ x, y });

export function physics(p) {
  if (!p.bins) {
    byId('onset').textContent = p.reason ?? '';
    return;
  }
  const mid = bin => (bin.low + bin.high) / 2;
  const x = { name: 'x = (w·z − b) / σ', room: true };
  draw(charts.rate, { x, y: { name: 'P_R', log: true } }, p.temperatures.map((T, t) => ({
    name: `T = ${T}`, style: 'points', x: p.bins.map(mid), y: p.bins.map(b => b.probability[t]), error: p.bins.map(b => b.error[t]),
    note: p.bins.map(b => `${b.rearranging[t]} of ${b.structures[t]}`),
  })));
  const range = p.ranges.find(r => r.below === 0.85) ?? p.ranges[0];
  const shown = p.bins.map((b, i) => [b, range.fits[i]]).filter(([, fit]) => fit.dE !== null);
  const span = p.temperatures.map(T => 1 / T);
  const ends = [Math.min(...span), Math.max(...span)];
  const line = (fit, u) => Math.exp(fit.Sigma - fit.dE * u) * (p.prefactor ? u : 1);
  const curve = Array.from({ length: 25 }, (_, i) => ends[0] + (ends[1] - ends[0]) * i / 24);
  draw(charts.kramers, { x: { name: '1/T (k_B/ε)', room: true }, y: { name: 'P_R', log: true }, ordered: true }, shown.flatMap(([b, fit]) => {
    const name = `x = ${short(mid(b))}`;
    return [
      { name, style: 'points', x: span, y: b.probability, error: b.error, note: p.temperatures.map((T, t) => `${b.rearranging[t]} of ${b.structures[t]}`) },
      { name: `${name}, fit`, group: name, style: 'line', x: curve, y: curve.map(u => line(fit, u)) },
    ];
  }));
  const names = r => (r.below === null ? 'all T' : `T < ${r.below}`);
  for (const [chart, key, title] of [[charts.barrier, 'dE', 'ΔE (ε)'], [charts.entropy, 'Sigma', 'Σ (k_B)']]) {
    draw(chart, { x, y: { name: title } }, p.ranges.map((r, i) => {
      const fits = r.fits.filter(f => f[key] !== null);
      return { name: names(r), style: 'points', symbol: ['circle', 'diamond', 'triangle'][i], size: [11, 9, 6][i], x: fits.map(mid), y: fits.map(f => f[key]), error: fits.map(f => f[`${key}_error`]), note: fits.map(f => `${f.points} temperatures`) };
    }));
  }
  const reasons = new Set(p.ranges.map(r => (r.T0 === null ? r.T0_reason : '')));
  byId('onset').textContent = (reasons.size === 1 && range.T0 === null ? `No T0: ${range.T0_reason}` : p.ranges.map(r => (r.T0 === null ? `${names(r)}: no T0, ${r.T0_reason}`
    : `${names(r)}: T0 = ${short(r.T0)} (68%: ${short(r.T0_low)} to ${r.T0_high === null ? '∞' : short(r.T0_high)})`)).join('. '))
    + `. Classifier ${p.model}, version ${p.version}. Errors: ${p.errors}; b = ${short(p.bias)} (${p.biasName}), σ = ${short(p.sigma)}.`;
  byId('onset').dataset.t0 = range.T0 ?? '';
}

// Versions of the live classifier have a number; others are told apart by what they hash to.
const called = m => `${m.model} ${m.file.convention?.live_version ?? m.version.slice(0, 6)}`;

export function learning(answer) {
  byId('training').tBodies[0].replaceChildren(...answer.training.map(t => row([
    t.simulation, t.rule, n(t.samples), n(t.target), n(t.forecast), n(t.threshold)], `${t.simulation} ${t.rule}`)));
  const average = list => (Array.isArray(list) && list.length ? list.reduce((a, b) => a + b, 0) / list.length : list ?? null);
  const size = m => m.file.training_set?.n ?? 0;
  const order = answer.models.map((_, i) => i).sort((i, j) => answer.models[i].model.localeCompare(answer.models[j].model) || size(answer.models[i]) - size(answer.models[j]));
  byId('classifiers').tBodies[0].replaceChildren(...order.map((i, at) => {
    const m = answer.models[i];
    const f = m.file;
    return row([`${at + 1}. ${called(m)}`, n(f.temperature ?? null), n(f.training_set?.n ?? null), n(f.C ?? null),
      n(average(f.accuracies?.cross_validation)), n(average(f.accuracies?.cross_validation_grouped)), n(f.sigma ?? null), n(f.bias_train ?? f.bias ?? null),
      n(f.bias_best ?? null)], m.model);
  }));
  const cosines = byId('cosines');
  cosines.hidden = order.length < 2;
  cosines.tHead.rows[0].replaceChildren(...['', ...order.map((_, at) => `${at + 1}`)].map(text => {
    const th = document.createElement('th');
    th.scope = 'col';
    th.textContent = text;
    return th;
  }));
  cosines.tBodies[0].replaceChildren(...order.map((i, at) => row([`${at + 1}. ${called(answer.models[i])}`,
    ...order.map(j => ({ text: answer.models[i].cosines[j]?.toFixed(2) ?? '–', value: answer.models[i].cosines[j] }))])));
  const scanned = answer.models.filter(m => m.file.bias_scan);
  byId('fig-bias').hidden = scanned.length === 0;
  const marks = [];
  draw(charts.bias, { x: { name: 'bias b' }, y: { name: 'balanced accuracy' }, marks }, scanned.flatMap(m => {
    const scan = m.file.bias_scan;
    const held = `${m.model}, ${scan.cross_validation ? 'held out' : 'training set'}`;
    for (const [key, label, at] of [['bias', 'b', 'insideStartTop'], ['bias_train', 'b train', 'insideStartBottom'], ['bias_best', 'b best', 'insideMiddleBottom']]) {
      if (Number.isFinite(m.file[key])) marks.push({ series: held, x: m.file[key], label: scanned.length > 1 ? `${m.model}: ${label}` : label, at });
    }
    const line = (name, y, rest) => (y ? [{ name, x: scan.bias, y, style: 'line', ...rest }] : []);
    return [
      ...line(held, scan.cross_validation ?? scan.training, {}),
      ...line(`${m.model}, test set`, scan.test, {}),
      ...(scan.cross_validation ? line(`${m.model}, training set`, scan.training, { group: held, dashed: true }) : []),
    ];
  }));
}
