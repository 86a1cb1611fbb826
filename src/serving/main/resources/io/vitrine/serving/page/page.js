// Asks, keeps, hands on. Every second; a page that was away asks for what it lacks.
import * as distributions from './distributions.js';
import * as learning from './learning.js';
import * as overview from './overview.js';
import * as physics from './physics.js';
import * as relaxation from './relaxation.js';
import * as series from './series.js';
import { drawing, levels, marks, numbers, redrawAll, unitsAre } from './charts.js';
import { number, onChange, read, show, view } from './view.js';
import * as box from './box.js';
import * as events from './events.js';

const EVERY = 1000;
const byId = id => document.getElementById(id);
const kept = { tags: new Map(), rows: new Map(), width: 0, since: '', marks: [] };

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
  if (!always && tag && kept.tags.get(path) === `${address} ${tag}`) throw new Unchanged();
  kept.tags.set(path, `${address} ${tag}`);
  return answer.json();
}

async function changed(promise, use) {
  try {
    use(await promise);
  } catch (e) {
    if (!(e instanceof Unchanged)) throw e;
  }
}

const study = () => (view.study ? { study: view.study } : {});
const model = () => (view.model ? { model: view.model } : {});
const version = () => (view.model && view.version ? { model: `${view.model}@${view.version}` } : model());

// Curves come in bins; what has not changed since the last answer is only counted.
async function bring() {
  const asked = { ...study(), ...model() };
  for (const key of ['from', 'to', 'average']) if (number(key) !== null) asked[key] = number(key);
  const answer = await ask('api/series', { ...asked, since: kept.since }, true);
  let news = answer.width !== kept.width;
  for (const s of answer.simulations) {
    const had = kept.rows.get(s.id) ?? {};
    const now = { id: s.id };
    for (const name of ['windows', 'scores', 'frames']) {
      if (!s[name]) continue;
      const { keep, ...columns } = s[name];
      news ||= columns.time.length > 0 || keep !== had[name]?.time.length;
      // Where bins began to hold several rows, those before them held one.
      const before = column => had[name]?.[column] ?? had[name]?.[column.replace(/Low$|High$/, '')] ?? [];
      const all = new Set([...Object.keys(columns), ...(keep ? Object.keys(had[name]) : [])]);
      now[name] = Object.fromEntries([...all].map(column => [column, [...before(column).slice(0, keep), ...(columns[column] ?? columns[column.replace(/Low$|High$/, '')])]]));
    }
    kept.rows.set(s.id, now);
  }
  Object.assign(kept, { since: answer.since, width: answer.width, more: answer.more });
  if (news) paint('series');
  return answer.more;
}

function choices(select, values, wanted) {
  if ([...select.options].map(o => o.value).join('\n') !== values.join('\n')) select.replaceChildren(...values.map(v => new Option(v || '(none)', v)));
  select.value = values.includes(wanted) ? wanted : values[0];
}

// What is drawn from which answer.
const PAINT = {
  state: () => overview.overview(kept.state, new Map([...kept.rows].map(([id, r]) => [id, r.scores]).filter(([, r]) => r))),
  series: () => series.series(kept.state, kept.width, kept.rows, kept.marks),
  relaxation: () => kept.relaxation && relaxation.relaxation(kept.relaxation, kept.state, kept.marks),
  histograms: () => kept.histograms && distributions.histograms(kept.histograms, kept.learning, byId('model').value, kept.state),
  learning: () => kept.learning && learning.learning(kept.learning),
  physics: () => kept.physics && physics.physics(kept.physics),
};
function paint(...names) {
  if (kept.state) for (const name of names.length ? names : Object.keys(PAINT)) PAINT[name]();
}

async function round() {
  await changed(ask('api/state', study()), state => {
    kept.state = state;
    choices(byId('study'), state.studies, view.study);
    byId('units-switch').hidden = !state.units;
    unitsAre(state.units);
    paint('state');
  });
  overview.command(kept.state, version().model ?? byId('model').value);
  let more = true;
  while (more) {
    more = await bring();
    if (kept.rows.size) paint('state');
  }
  await box.update(ask, study(), kept.state, kept.marks);
}

// What takes longer, such as the fits, in a round of its own: windows do not wait for it.
async function slowRound() {
  if (!kept.state) return;
  const get = (path, name, query = study()) => changed(ask(`api/${path}`, query), answer => {
    kept[name] = answer;
    paint(name);
  });
  await get('learning', 'learning');
  choices(byId('model'), [...new Set([...kept.learning.models.map(m => m.model), ...kept.state.simulations.map(s => s.model)])].filter(Boolean), view.model);
  await changed(ask('api/marks', study()), answer => {
    kept.marks = answer.marks;
    events.list(answer);
    paint('series', 'relaxation');
  });
  await get('relaxation', 'relaxation');
  await get('histograms', 'histograms', { ...study(), model: byId('model').value });
  await get('physics', 'physics', { ...study(), ...version() });
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

byId('controls').addEventListener('submit', event => event.preventDefault());
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
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redrawAll);

// Controls show what the address says, and write it.
const CONTROLS = ['study', 'model', 'group', 'average', 'from', 'to', 'units'];
for (const id of CONTROLS) byId(id).addEventListener('change', () => show({ [id]: byId(id).value, ...(id === 'study' || id === 'model' ? { version: '' } : {}) }));
byId('whole').addEventListener('click', () => show({ from: '', to: '' }));
onChange(keys => {
  for (const id of CONTROLS) byId(id).value = view[id];
  if (keys.includes('study')) Object.assign(kept, { state: null, rows: new Map(), since: '', relaxation: null, histograms: null, learning: null, physics: null, marks: [] });
  if (['study', 'model', 'version'].some(key => keys.includes(key))) kept.tags.clear();
  if (keys.includes('group')) paint();
});

window.vitrine = { numbers, marks, levels, drawing, state: () => kept.state, more: () => kept.more, view: () => ({ ...view }), box: box.inspect };
for (const part of [series, relaxation, distributions, physics, learning, box]) part.build();
read();
addEventListener('hashchange', read);
if (matchMedia('(max-width: 600px)').matches) document.querySelectorAll('section > details').forEach((part, i) => { part.open = i < 2; });
forever(round, true);
forever(slowRound, false);
