// Training sets and classifiers: the newest version of each, how it came to be, and the others on demand.
import { draw, figure } from './charts.js';
import { n, row } from './overview.js';
import { show } from './view.js';

const byId = id => document.getElementById(id);
const charts = {};
const HISTORY = ['live_trained_at', 'n', 'cross_validation', 'cross_validation_grouped', 'sigma', 'bias', 'bias_train', 'bias_best', 'cosine'];

export function build() {
  charts.curve = figure(byId('panels-learning'), 'fig-learning', 'Learning curve');
  charts.bias = figure(byId('panels-learning'), 'fig-bias', 'Accuracy against bias');
  charts.pearson = figure(byId('panels-learning'), 'fig-pearson', 'Score and label in windows not trained on');
}

// Versions of the live classifier have a number; others are told apart by what they hash to.
const called = (m, i) => `${m.model} ${m.versions.live_version[i] ?? m.versions.version[i].slice(0, 6)}`;
const last = m => m.versions.version.length - 1;

export function learning(answer) {
  byId('training').tBodies[0].replaceChildren(...answer.training.map(t => row([
    t.simulation, t.rule, n(t.samples), n(t.target), t.target !== null && t.samples >= t.target ? { text: 'reached', value: 0 } : n(t.forecast), n(t.threshold)], `${t.simulation} ${t.rule}`)));
  byId('training').hidden = answer.training.length === 0;
  byId('no-training').hidden = answer.training.length > 0;
  const models = answer.models;
  byId('classifiers').hidden = models.length === 0;
  byId('no-classifiers').hidden = models.length > 0;
  byId('classifiers').tBodies[0].replaceChildren(...models.map((m, i) => {
    const now = column => n(m.versions[column][last(m)]);
    return row([`${i + 1}. ${called(m, last(m))}`, n(m.file.temperature ?? null), now('n'), n(m.file.C ?? null), now('cross_validation'), now('cross_validation_grouped'), now('sigma'),
      n(m.file.bias_train ?? m.file.bias ?? null), now('bias_best')], m.model);
  }));
  cosines(models);
  history(models.filter(m => last(m) > 0));
  bias(models);
  pearson(answer.predictions);
}

// r over time; a point is the mean of the windows of a stretch, the band reaches from the smallest to the largest of them.
function pearson(curves) {
  byId('fig-pearson').hidden = curves.length === 0;
  const labels = [...new Set(curves.map(c => c.label))];
  const several = new Set(curves.map(c => c.model)).size > 1;
  draw(charts.pearson, { x: { name: 'time (τ)' }, y: { name: `r with ${labels.join(', ')}` }, time: true }, curves.flatMap(c => {
    const name = several ? `${c.simulation}, ${c.model}` : c.simulation;
    return [
      { name, x: c.time, y: c.r, style: 'line', note: c.windows.map(w => `mean of ${w} windows`) },
      { name: `${name}, smallest and largest`, group: name, x: c.time, y: c.low, high: c.high, style: 'band', opacity: 0.4 / (1 + curves.length) },
    ];
  }));
}

function cosines(models) {
  const table = byId('cosines');
  table.hidden = models.length < 2;
  table.tHead.rows[0].replaceChildren(...['', ...models.map((_, i) => `${i + 1}`)].map(text => Object.assign(document.createElement(text ? 'th' : 'td'), { textContent: text, ...(text ? { scope: 'col' } : {}) })));
  table.tBodies[0].replaceChildren(...models.map((m, i) => row([`${i + 1}. ${called(m, last(m))}`, ...m.cosines.map(value => ({ text: value?.toFixed(2) ?? '–', value }))])));
}

// Accuracy over the samples of each version, the shade being the spread of the folds; and a table that is folded away.
function history(models) {
  byId('fig-learning').hidden = models.length === 0;
  const folds = [['cross_validation', 'random folds', {}], ['cross_validation_grouped', 'grouped folds', { dashed: true }]];
  draw(charts.curve, { x: { name: 'training samples' }, y: { name: 'cross-validated accuracy' } }, models.flatMap(m => folds.map(([column, label, rest]) => {
    const order = m.versions.n.map((_, i) => i).filter(i => m.versions.n[i] !== null).sort((a, b) => m.versions.n[a] - m.versions.n[b]);
    const pick = name => order.map(i => m.versions[name][i]);
    return { name: `${m.model}, ${label}`, x: pick('n'), y: pick(column), error: pick(`${column}_spread`), shade: true, style: 'line', note: order.map(i => called(m, i)), ...rest };
  })));
  byId('history').hidden = models.length === 0;
  byId('history').querySelector('summary').textContent = models.map(m => `All ${last(m) + 1} versions of ${m.model}`).join(', ');
  if (byId('history').open) fill(models);
  byId('history').ontoggle = () => fill(models);
}

function fill(models) {
  const rows = models.flatMap(m => m.versions.version.map((version, i) => [m, version, i]).reverse());
  const key = rows.map(([, version]) => version).join();
  if (byId('history').dataset.key === key) return;
  byId('history').dataset.key = key;
  byId('versions').tBodies[0].replaceChildren(...rows.map(([m, version, i]) => {
    const tr = row([called(m, i), ...HISTORY.map(column => n(m.versions[column][i]))], version);
    const button = Object.assign(document.createElement('button'), { type: 'button', textContent: 'show its fits' });
    button.addEventListener('click', () => show({ model: m.model, version: i === last(m) ? '' : version }));
    tr.insertCell().append(button);
    return tr;
  }));
}

function bias(models) {
  const scanned = models.filter(m => m.file.bias_scan);
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
