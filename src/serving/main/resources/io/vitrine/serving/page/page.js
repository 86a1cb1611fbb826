// Asks, keeps, hands on. Every second; a page that was away asks for what it lacks.
import * as panels from './panels.js';
import { numbers, marks, redrawAll } from './charts.js';
import * as box from './box.js';

const EVERY = 1000;
const OVERLAP = 50; // tau asked again, as windows of one simulation may be written out of order
const COLUMNS = ['time', 'hopFraction', 'meanScore', 'sigmaScore'];
const byId = id => document.getElementById(id);
const kept = { tags: new Map(), series: new Map(), state: null, learning: null, pieces: [] };
const fragment = new URLSearchParams(location.hash.slice(1));
if (fragment.get('token')) {
  // A fragment never leaves the browser; it is dropped from the address bar too.
  sessionStorage.setItem('token', fragment.get('token'));
  history.replaceState(null, '', location.pathname);
}

class Unchanged extends Error {}

async function ask(path, query = {}, always = false) {
  const address = `${path}?${new URLSearchParams(query)}`;
  const token = sessionStorage.getItem('token');
  const answer = await fetch(address, { headers: token ? { Authorization: `Bearer ${token}` } : {} });
  if (answer.status === 401) {
    byId('token-form').hidden = false;
    throw new Error('token needed');
  }
  if (!answer.ok) throw new Error(await answer.text());
  const tag = answer.headers.get('ETag');
  if (!always && tag && kept.tags.get(address) === tag) throw new Unchanged();
  kept.tags.set(address, tag);
  return answer.json();
}

async function changed(promise, use) {
  try {
    use(await promise);
  } catch (e) {
    if (!(e instanceof Unchanged)) throw e;
  }
}

const study = () => (byId('study').value ? { study: byId('study').value } : {});

async function bring(id, model) {
  const key = `${byId('study').value}\n${id}\n${model}`;
  let rows = kept.series.get(key);
  if (!rows) kept.series.set(key, (rows = { times: [], byTime: new Map() }));
  for (;;) {
    const last = rows.times.at(-1);
    const query = { ...study(), simulation: id, model, ...(last === undefined ? {} : { after: Math.max(rows.full ?? -1e9, last - OVERLAP) }) };
    const answer = await ask('api/series', query, true);
    answer.time.forEach((time, i) => {
      const row = COLUMNS.map(name => answer[name][i]);
      const before = rows.byTime.get(time);
      if (before && before.every((value, k) => value === row[k])) return;
      rows.byTime.set(time, row);
      rows.columns = null;
    });
    if (!rows.columns) rows.times = [...rows.byTime.keys()].sort((a, b) => a - b);
    if (!answer.more) {
      rows.columns ??= columns(rows);
      return [id, rows.columns];
    }
    rows.full = answer.time.at(-1);
  }
}

function columns(rows) {
  const all = rows.times.map(t => rows.byTime.get(t));
  return Object.fromEntries(COLUMNS.map((name, k) => [name, all.map(r => r[k])]));
}

function choices(select, values) {
  const before = select.value;
  if ([...select.options].map(o => o.value).join('\n') === values.join('\n')) return;
  select.replaceChildren(...values.map(v => new Option(v || '(none)', v)));
  if (values.includes(before)) select.value = before;
}

async function round() {
  await changed(ask('api/state', study()), state => {
    kept.state = state;
    choices(byId('study'), state.studies);
    panels.overview(state);
  });
  const model = byId('model').value;
  panels.command(kept.state, model, kept.physics);
  const pieces = await Promise.all(kept.state.simulations.map(s => bring(s.id, s.model ? model || s.model : '')));
  // A long run is drawn again only when there is something new.
  if (pieces.length !== kept.pieces.length || pieces.some(([id, all], i) => kept.pieces[i][0] !== id || kept.pieces[i][1] !== all)) panels.series(new Map(pieces));
  kept.pieces = pieces;
  await box.update(ask, study(), kept.state);
}

// What takes longer, such as the fits, in a round of its own: windows do not wait for it.
async function slowRound() {
  if (!kept.state) return;
  await changed(ask('api/learning', study()), answer => {
    kept.learning = answer;
    const names = new Set([...answer.models.map(m => m.model), ...kept.state.simulations.map(s => s.model)]);
    choices(byId('model'), [...names].filter(Boolean));
    panels.learning(answer);
  });
  const model = byId('model').value;
  await changed(ask('api/histograms', study()), answer => panels.histograms(answer, kept.learning, model));
  await changed(ask('api/physics', { ...study(), ...(model ? { model } : {}) }), answer => {
    kept.physics = answer;
    panels.physics(answer);
  });
}

async function forever(round, first) {
  for (;;) {
    const started = performance.now();
    if (!document.hidden) {
      try {
        await round();
        if (first) byId('token-form').hidden = true;
        if (first) byId('connection').textContent = 'live';
      } catch (e) {
        if (first) byId('connection').textContent = `waiting for the server: ${e.message}`;
      }
    }
    await new Promise(done => setTimeout(done, Math.max(100, EVERY - (performance.now() - started))));
  }
}

byId('token-form').addEventListener('submit', event => {
  event.preventDefault();
  sessionStorage.setItem('token', byId('token').value);
  byId('token').value = '';
});
byId('theme').addEventListener('click', () => {
  const dark = getComputedStyle(document.documentElement).colorScheme.startsWith('dark')
    || (!document.documentElement.dataset.theme && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'light' : 'dark';
  redrawAll();
});
for (const id of ['study', 'model']) byId(id).addEventListener('change', () => kept.tags.clear());
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redrawAll);

window.vitrine = { numbers, marks, state: () => kept.state, box: box.inspect };
panels.build();
box.build();
forever(round, true);
forever(slowRound, false);
