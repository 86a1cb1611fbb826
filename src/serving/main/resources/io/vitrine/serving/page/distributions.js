// Distributions over all particles and windows. No number is made here that is not a density or a Gaussian of the same moments.
import { draw, figure } from './charts.js';
import { groups, merged } from './groups.js';
import { firstWindow } from './series.js';

const MOST_GAUSSIANS = 8;
const charts = {};

export function build() {
  const panels = document.getElementById('panels-phop');
  charts.p_hop = figure(panels, 'fig-phop', 'Density of p_hop');
  charts.van_hove_1d = figure(panels, 'fig-hove', 'Self van Hove function');
  charts.score = figure(panels, 'fig-scores', 'Distribution of the score');
}

// In bins as they are stored; a score in its own scale.
function density(h, origin = 0, sigma = 1) {
  const total = h.counts.reduce((a, b) => a + b, h.outside);
  const edge = i => (h.log ? 10 ** ((h.first + i) / h.perUnit) : ((h.first + i) / h.perUnit - origin) / sigma);
  const x = h.counts.map((_, i) => (h.log ? Math.sqrt(edge(i) * edge(i + 1)) : (edge(i) + edge(i + 1)) / 2));
  return { x, y: h.counts.map((count, i) => count / total / (edge(i + 1) - edge(i))) };
}

// Of the same variance and, unless it is known to be 0, of the same mean.
function gaussian({ x, y }, known) {
  const weight = y.reduce((a, b) => a + b, 0);
  const mean = known ?? x.reduce((a, v, i) => a + v * y[i], 0) / weight;
  const sigma = Math.sqrt(x.reduce((a, v, i) => a + (v - mean) ** 2 * y[i], 0) / weight);
  const at = Array.from({ length: 61 }, (_, i) => mean + (i - 30) * sigma / 7.5);
  return { x: at, y: at.map(v => Math.exp(-(((v - mean) / sigma) ** 2) / 2) / (sigma * Math.sqrt(2 * Math.PI))) };
}

export function histograms(answer, learning, model, state) {
  const empty = firstWindow(state);
  const all = groups(state);
  const curves = (kind, known, ...scale) => all.flatMap(group => {
    const found = answer.histograms.filter(h => h.kind === kind && group.members.includes(h.simulation)).map(h => density(h, ...scale));
    const lines = merged(group, found, v => Math.round(v * 1e9));
    if (!lines.length || known === false || all.length > MOST_GAUSSIANS) return lines;
    return [...lines, { name: `${group.name}, Gaussian`, group: group.name, at: group.at, ...gaussian(lines[0], known), style: 'line', dashed: true }];
  });
  draw(charts.p_hop, { x: { name: 'p_hop (σ²)', log: true }, y: { name: 'density (1/σ²)', log: true }, scale: 'T', marks: edges(learning, all) }, curves('p_hop', false), empty);
  draw(charts.van_hove_1d, { x: { name: `displacement Δx in ${state.simulations[0]?.window ?? 10} τ (σ)` }, y: { name: 'density (1/σ)', log: true }, scale: 'T' }, curves('van_hove_1d', 0), empty);
  draw(charts.score, { x: { name: 'x = (w·z − b) / σ' }, y: { name: 'density', log: false }, scale: 'T' }, curves('score', undefined, answer.origin, answer.sigma),
    model ? empty : 'No classifier scores particles.');
}

// Where the training sets have their edges, of simulations that have a curve of their own. The outermost mark of each tail is named.
function edges(learning, all) {
  const own = new Set(all.filter(g => g.members.length === 1).map(g => g.name));
  const marks = (learning?.training ?? []).filter(t => t.threshold !== null && ['low', 'high'].includes(t.rule) && own.has(t.simulation)).map(t => ({ series: t.simulation, x: t.threshold, rule: t.rule, label: '' }));
  for (const [rule, label, outer] of [['low', 'p_l', Math.min], ['high', 'p_u', Math.max]]) {
    const tail = marks.filter(m => m.rule === rule);
    const named = tail.find(m => m.x === outer(...tail.map(t => t.x)));
    if (named) named.label = label;
  }
  return marks;
}
