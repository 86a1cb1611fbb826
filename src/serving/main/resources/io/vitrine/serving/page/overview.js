// The top of the page: alarms, a sentence on each simulation, the table of simulations.
import { short } from './option.js';

const byId = id => document.getElementById(id);
const MOST = 8; // items shown before the others are folded away
const BAD = ['failed', 'stalled', 'ageing', 'composition wave', 'crystal'];

export function row(cells, id) {
  const tr = document.createElement('tr');
  if (id) tr.dataset.id = id;
  cells.forEach((cell, i) => {
    const td = document.createElement(i === 0 ? 'th' : 'td');
    if (i === 0) td.scope = 'row';
    if (cell !== null && typeof cell === 'object') {
      td.textContent = cell.text;
      td.dataset.value = cell.value ?? '';
    } else {
      td.textContent = cell;
      td.className = 'word';
    }
    tr.append(td);
  });
  return tr;
}

export const n = value => ({ text: short(value), value });

// A list whose end is folded away where it is long; open stays open.
export function fill(id, items, of) {
  const list = byId(id);
  const open = list.querySelector('details')?.open ?? false;
  const rest = items.length > MOST + 1 ? items.splice(MOST) : [];
  list.replaceChildren(...items);
  if (rest.length === 0) return;
  const folded = document.createElement('details');
  folded.open = open;
  const summary = document.createElement('summary');
  summary.textContent = `and ${rest.length} more ${of}`;
  const inner = document.createElement('ul');
  inner.setAttribute('aria-label', `more ${of}`);
  inner.append(...rest);
  folded.append(summary, inner);
  const li = document.createElement('li');
  li.className = 'more';
  li.append(folded);
  list.append(li);
}

export function overview(state, scores) {
  fill('alarms', state.alarms.map(alarm), 'alarms');
  // Those that need attention come first.
  const rank = s => (BAD.includes(s.stage) ? 0 : BAD.includes(s.equilibrium?.verdict) ? 1 : 2);
  fill('verdicts', [...state.simulations].sort((a, b) => rank(a) - rank(b)).map(verdict), 'simulations');
  byId('overview').tBodies[0].replaceChildren(...state.simulations.map(s => row([
    s.id, s.stage + (s.error ? `: ${s.error}` : ''), n(s.time), n(s.stage === 'running' ? s.framesPerSecond : null), n(s.lag), n(s.temperatureSet), n(s.temperature),
    n(s.energy), n(s.pressure), { text: `${s.windows} / ${s.windowsExpected}`, value: s.windows }, n(s.windowsIncomplete), n(s.deadLetters),
    n(s.hopFraction), n(scores.get(s.id)?.x.at(-1) ?? null),
  ], s.id)));
  byId('overview').hidden = state.simulations.length === 0;
  for (const id of ['no-overview', 'no-verdicts']) byId(id).hidden = state.simulations.length > 0;
  byId('progress').value = state.progress ?? 0;
  byId('percent').textContent = state.progress === null ? '' : `${Math.floor(100 * state.progress)}%`;
}

function alarm(a) {
  const li = document.createElement('li');
  li.dataset.kind = a.kind;
  li.textContent = `${a.simulation ? `${a.simulation}: ` : ''}${a.kind}: ${symbols(a.text)}`;
  return li;
}

// The store's words with the signs of print.
export const symbols = text => text.replaceAll('+-', '±').replaceAll('tau_alpha', 'τ_α').replace(/\btau\b/g, 'τ');

function verdict(s) {
  const li = document.createElement('li');
  li.dataset.id = s.id;
  const e = s.equilibrium;
  li.dataset.verdict = e?.verdict ?? '';
  const strong = text => Object.assign(document.createElement('strong'), { textContent: text });
  li.append(`${s.id}: `);
  if (BAD.includes(s.stage)) li.append(strong(s.stage), s.error ? `, ${s.error}; ` : '; ');
  li.append(strong(e ? e.verdict : 'no verdict yet'));
  if (e) li.append(`${e.since === null ? '' : ` since ${short(e.since)} τ`}, at ${short(e.time)} τ: ${symbols(e.reason)}.`);
  else li.append(`; the first comes at 50 τ, and ${s.time === null ? 'no frame has come yet' : `the newest frame is at ${short(s.time)} τ`}.`);
  return li;
}

// What makes the numbers of the physics panels again, to the last digit.
export function command(state, model) {
  byId('command').parentElement.hidden = !state.study;
  byId('command').textContent = model ? state.command.replace(' --output', ` --model '${model}' --output`) : state.command;
}
