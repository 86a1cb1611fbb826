// What of the study is shown and how: the part of the page that its address holds.
const START = {
  study: '', model: '', version: '', group: '', average: '', from: '', to: '', flip: '', units: '', simulation: '', at: '', burst: '',
  colour: '', species: '', only: '', others: '', slice: '', glass: '', id: '',
};
const listeners = [];

export const view = { ...START };

export function onChange(listener) {
  listeners.push(listener);
}

// Numbers and names as text; what is as at the start is not in the address.
export function show(changes) {
  const before = { ...view };
  for (const [key, value] of Object.entries(changes)) view[key] = value === null || value === undefined ? '' : String(value);
  const changed = Object.keys(view).filter(key => view[key] !== before[key]);
  if (changed.length === 0) return;
  const kept = new URLSearchParams(Object.entries(view).filter(([key, value]) => value !== START[key]));
  history.replaceState(null, '', `${location.pathname}${location.search}${kept.size ? `#${kept}` : ''}`);
  listeners.forEach(listener => listener(changed));
}

// The address says what is shown; a token in it is kept for the session and dropped from it.
export function read() {
  const asked = new URLSearchParams(location.hash.slice(1));
  if (asked.get('token')) sessionStorage.setItem('token', asked.get('token'));
  const wanted = Object.fromEntries(Object.keys(START).map(key => [key, asked.get(key) ?? '']));
  if (asked.has('token')) history.replaceState(null, '', location.pathname);
  show(wanted);
}

export const number = key => (view[key] === '' || !Number.isFinite(+view[key]) ? null : +view[key]);

// Figures whose value axis is the other one: logarithmic for linear.
export const flipped = id => view.flip.split(' ').includes(id);
export function flip(id) {
  const all = new Set(view.flip.split(' ').filter(Boolean));
  if (!all.delete(id)) all.add(id);
  show({ flip: [...all].join(' ') });
}
