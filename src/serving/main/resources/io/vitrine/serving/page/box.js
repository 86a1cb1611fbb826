// The box: which particles are shown and how, and what is known of one of them.
import { draw, figure } from './charts.js';
import { short } from './option.js';
import { HOP, particles } from './particles.js';
import { number, onChange, show, view } from './view.js';

const byId = id => document.getElementById(id);
const P_HOPS = [-3, 0]; // powers of ten, sigma^2
const X = [-2, 2];
const KEPT = 24; // frames kept to play them again
const AXES = { x: 0, y: 1, z: 2 };
const kept = new Map();
const shown = { simulation: '', times: [], time: null, count: 0, rearranging: 0, ids: null };
let canvas = null;
let drawn = null;
let ask = null;
let study = {};
let marks = [];
let player = 0;
let history = null;

export function build() {
  canvas = byId('box');
  drawn = particles(canvas);
  history = figure(byId('panels-particle'), 'fig-particle', 'Hops of the particle');
  if (!drawn) {
    byId('box-empty').textContent = 'This browser has no WebGL 2: the particles cannot be drawn.';
    return;
  }
  pointers();
  canvas.addEventListener('keydown', e => {
    const act = { ArrowLeft: () => turn(-0.1, 0), ArrowRight: () => turn(0.1, 0), ArrowUp: () => turn(0, -0.1), ArrowDown: () => turn(0, 0.1), '+': () => zoom(0.9), '-': () => zoom(1.1), n: nextHop }[e.key];
    if (act) { e.preventDefault(); act(); }
  });
  for (const [id, key, of] of [
    ['box-colour', 'colour', e => e.value], ['box-species', 'species', e => e.value], ['box-only', 'only', e => (e.checked ? 'hops' : '')], ['box-others', 'others', e => (e.checked ? 'hidden' : '')],
    ['box-glass', 'glass', e => (e.value === '0' ? '' : e.value)], ['box-axis', 'slice', e => (e.value ? `${e.value} ${byId('box-slice').value}` : '')],
    ['box-slice', 'slice', e => (byId('box-axis').value ? `${byId('box-axis').value} ${e.value}` : '')],
  ]) byId(id).addEventListener('input', e => show({ [key]: of(e.target) }));
  byId('box-simulation').addEventListener('change', e => show({ simulation: e.target.value, at: '', burst: '', id: '' }));
  byId('box-burst').addEventListener('change', e => show({ burst: e.target.value, at: e.target.value === '' ? '' : 0 }));
  byId('box-time').addEventListener('input', e => show({ at: view.burst === '' && +e.target.value === shown.times.length - 1 ? '' : shown.times[+e.target.value] }));
  byId('box-play').addEventListener('click', () => play(!player));
  byId('box-id').addEventListener('change', e => show({ id: e.target.value }));
  onChange(keys => {
    if (!['simulation', 'at', 'burst', 'colour', 'species', 'only', 'others', 'glass', 'slice', 'id'].some(key => keys.includes(key))) return;
    controls();
    if (keys.includes('species') && shown.count) { byId('box-species').value = view.species; resize(); }
    paintSoon();
    if (ask && ['simulation', 'at', 'burst'].some(key => keys.includes(key))) bring().catch(() => {}); // the next round tries again
    if (ask && ['simulation', 'id'].some(key => keys.includes(key))) particle().catch(() => {});
  });
  new ResizeObserver(paintSoon).observe(canvas);
  new IntersectionObserver(([seen]) => { inView = seen.isIntersecting; paintSoon(); }).observe(canvas);
}

// Dragging turns, two fingers zoom, a click without a drag asks who that is.
function pointers() {
  const touching = new Map();
  let moved = 0;
  const gap = () => { const [a, b] = touching.values(); return Math.hypot(a[0] - b[0], a[1] - b[1]); };
  canvas.addEventListener('pointerdown', e => { moved = touching.size ? Infinity : 0; touching.set(e.pointerId, [e.clientX, e.clientY]); canvas.setPointerCapture(e.pointerId); });
  canvas.addEventListener('pointermove', e => {
    const from = touching.get(e.pointerId);
    if (!from) return;
    const before = touching.size === 2 ? gap() : 0;
    touching.set(e.pointerId, [e.clientX, e.clientY]);
    moved += Math.hypot(e.clientX - from[0], e.clientY - from[1]);
    if (touching.size === 1) turn((e.clientX - from[0]) * 0.008, (e.clientY - from[1]) * 0.008);
    else if (touching.size === 2) zoom(before / Math.max(1, gap()));
  });
  canvas.addEventListener('pointerup', e => {
    touching.delete(e.pointerId);
    if (moved < 4) choose(drawn.pick(e.offsetX, e.offsetY, visible));
  });
  canvas.addEventListener('pointercancel', e => touching.delete(e.pointerId));
  // The wheel scrolls the page until the box has been clicked.
  canvas.addEventListener('wheel', e => {
    if (document.activeElement !== canvas && !e.ctrlKey) return;
    e.preventDefault();
    zoom(Math.exp(e.deltaY * 0.001));
  }, { passive: false });
}

const value = (i, field) => shown.values[5 * i + field];
const name = i => (shown.types ? shown.species[shown.types[i]] : '');
const ofSpecies = i => !view.species || !shown.types || !shown.species.includes(view.species) || name(i) === view.species;
const hops = i => value(i, 3) > HOP;
const slab = () => {
  const [axis, at] = view.slice.split(' ');
  if (!(axis in AXES)) return { axis: -1, slab: [0, 0] };
  const length = shown.box[AXES[axis]];
  return { axis: AXES[axis], slab: [at * length - 0.1 * length, at * length + 0.1 * length] };
};
function visible(i) {
  const { axis, slab: [low, high] } = slab();
  return (axis < 0 || (value(i, axis) >= low && value(i, axis) <= high)) && (value(i, 3) > -1 || view.others !== 'hidden') && (view.only !== 'hops' || hops(i)) && ofSpecies(i);
}

function choose(i) {
  show({ id: i < 0 || !shown.ids ? '' : shown.ids[i] });
}

// The next particle that rearranges, for those who have no mouse.
function nextHop() {
  const all = Array.from({ length: shown.count }, (_, i) => i).filter(i => hops(i) && visible(i));
  const now = all.findIndex(i => shown.ids?.[i] === number('id'));
  if (all.length) choose(all[(now + 1) % all.length]);
}

function controls() {
  for (const [id, wanted] of [['box-colour', view.colour || 'score'], ['box-glass', view.glass || '0'], ['box-id', view.id], ['box-axis', view.slice.split(' ')[0]]]) byId(id).value = wanted;
  if (view.slice) byId('box-slice').value = view.slice.split(' ')[1];
  byId('box-slice').disabled = !view.slice;
  byId('box-only').checked = view.only === 'hops';
  byId('box-others').checked = view.others === 'hidden';
}

function choices(select, options, wanted) {
  if ([...select.options].map(o => o.value).join('\n') !== options.map(([v]) => v).join('\n')) select.replaceChildren(...options.map(([v, text]) => new Option(text, v)));
  select.value = wanted;
}

export async function update(asking, of, state, events) {
  [ask, study, marks] = [asking, of, events];
  if (!drawn) return;
  const names = state.simulations.map(s => s.id);
  const simulation = names.includes(view.simulation) ? view.simulation : names[0] ?? '';
  choices(byId('box-simulation'), names.map(v => [v, v]), simulation);
  const bursts = marks.filter(m => m.kind === 'burst' && m.simulation === simulation);
  choices(byId('box-burst'), [['', 'newest instants'], ...bursts.map(m => [String(m.time), `burst at ${short(m.time)} τ`])], view.burst);
  byId('box-burst').parentElement.hidden = bursts.length === 0;
  shown.wanted = simulation;
  await bring();
  const s = state.simulations.find(one => one.id === simulation);
  byId('box-empty').hidden = shown.count > 0;
  byId('box-empty').textContent = s ? `The first instant is kept with the first window, which is complete at ${s.window} τ.` : 'No simulation has sent a frame yet.';
  for (const id of ['box-controls', 'box']) byId(id).hidden = shown.count === 0;
}

// Asks for the particles at the instant that is wanted, if they are not there already.
async function bring() {
  const simulation = shown.wanted;
  const own = { ...study, simulation };
  const burst = view.burst;
  if (burst === '') {
    const { times } = await ask('api/box', own, true);
    shown.times = times;
    if (!times.length) {
      shown.count = 0;
      return;
    }
  }
  // An instant that is no longer kept is the nearest one that is.
  const at = burst !== '' ? number('at') ?? 0 : view.at === '' ? shown.times.at(-1) : shown.times.reduce((a, b) => (Math.abs(b - view.at) < Math.abs(a - view.at) ? b : a));
  const key = [study.study, simulation, burst, at].join('\n');
  if (key !== shown.key) {
    let snapshot = kept.get(key);
    if (!snapshot) {
      snapshot = await ask('api/box', burst === '' ? { ...own, at } : { ...own, burst, frame: at }, true);
      if (!snapshot.payload) return;
      unpack(snapshot);
      kept.set(key, snapshot);
      if (kept.size > KEPT) kept.delete(kept.keys().next().value);
    }
    if (burst !== '') shown.times = Array.from({ length: snapshot.frames }, (_, i) => i);
    shown.key = key;
    take(snapshot, simulation);
  }
  const slider = byId('box-time');
  slider.max = shown.times.length - 1;
  slider.value = shown.times.indexOf(at);
  slider.setAttribute('aria-valuetext', `${shown.time} τ`);
}

// Scores as x; what has no p_hop gets -2, what has no score 0. Diameters follow, then identifiers, then types; earlier stores have none.
function unpack(snapshot) {
  const { payload, count, shift, sigma } = snapshot;
  const all = new Float32Array(Uint8Array.from(atob(payload), c => c.charCodeAt(0)).buffer);
  const column = k => (all.length >= (k + 1) * count ? all.subarray(k * count, (k + 1) * count) : null);
  const values = all.subarray(0, 5 * count);
  const known = Float32Array.from({ length: count }, (_, i) => (Number.isNaN(values[5 * i + 3]) ? 0.8 : 1));
  for (let i = 0; i < count; i++) {
    const at = 5 * i;
    if (Number.isNaN(values[at + 3])) values[at + 3] = -2;
    values[at + 4] = Number.isNaN(values[at + 4]) ? 0 : (values[at + 4] - shift) / sigma;
  }
  Object.assign(snapshot, { values, sizes: column(5)?.map((d, i) => d || known[i]) ?? known, ids: column(6), types: column(7) });
}

// Whether all z are equal: a system in two dimensions, which is looked at from above.
function inPlane(values) {
  for (let i = 2; i < values.length; i += 5) if (values[i] !== values[2]) return false;
  return true;
}

function take(snapshot, simulation) {
  const { time, count, box, values, sizes, ids, types, species } = snapshot;
  if (simulation !== shown.simulation && inPlane(values)) Object.assign(drawn.camera, { yaw: 0, pitch: 1.5 });
  Object.assign(shown, { simulation, time, count, box, values, sizes, ids, types, species });
  shown.rearranging = Array.from({ length: count }, (_, i) => i).filter(hops).length;
  const of = species.map((name, k) => types ? `${types.filter(t => t === k).length} ${name}` : name);
  choices(byId('box-species'), [['', 'all species'], ...species.map(name => [name, name])], types && species.includes(view.species) ? view.species : '');
  byId('box-species').disabled = !types || species.length < 2;
  byId('box-counts').textContent = types ? `; ${of.join(', ')}` : '';
  resize();
  byId('box-label').textContent = `t = ${time} τ, ${count} particles, ${shown.rearranging} rearranging (orange rim), grey: no p_hop`;
  paintSoon();
  particle().catch(() => {}); // asked again with the next instant
}

// Particles of other species than the one wanted are drawn with no size.
function resize() {
  drawn.set({ ...shown, sizes: shown.sizes.map((size, i) => (ofSpecies(i) ? size : 0)) });
}

function chosen() {
  return view.id === '' || !shown.ids ? -1 : shown.ids.indexOf(number('id'));
}

function told() {
  const i = chosen();
  const known = i >= 0 && value(i, 3) > -1;
  byId('box-chosen').textContent = view.id === '' ? 'Click a particle, or press N in the box, to see who it is.'
    : i < 0 ? `Particle ${view.id} is not among those shown.`
    : `Particle ${view.id}${name(i) && ` (${name(i)})`}: ${known ? `p_hop = ${short(value(i, 3))} σ², x = ${short(value(i, 4))}` : 'not looked at: it has no p_hop'}.`;
}

// What the store knows of the chosen particle.
async function particle() {
  told();
  byId('panels-particle').hidden = view.id === '';
  if (view.id === '') return;
  const answer = await ask('api/particle', { ...study, simulation: shown.wanted, id: view.id }, true);
  const { hops: all, time, pHop, x } = answer;
  draw(history, { x: { name: 'time (τ)' }, y: { name: 'p_hop (σ²)', log: true }, time: true, levels: [{ y: HOP, label: 'p_c' }] }, [
    { name: 'hops, at their largest p_hop', style: 'points', x: all.map(h => h.time), y: all.map(h => h.pHop), note: all.map(h => `from ${short(h.begin)} to ${short(h.end)} τ`) },
    { name: 'instants of the box', style: 'line', x: time, y: pHop, note: x.map(v => `x = ${short(v)}`) },
  ], `Particle ${view.id} has not hopped.`);
  byId('box-history').textContent = all.length ? `It hopped ${all.length} times, last at ${short(all.at(-1).time)} τ.` : 'It has not hopped.';
}

function play(on) {
  clearInterval(player);
  player = 0;
  byId('box-play').textContent = on ? 'Pause' : 'Play';
  if (!on) return;
  player = setInterval(() => {
    if (!shown.times.length || document.hidden) return;
    const now = shown.times.indexOf(view.burst === '' ? shown.time : number('at') ?? 0);
    show({ at: shown.times[(now + 1) % shown.times.length] });
  }, 400);
}

function turn(dx, dy) { drawn.camera.yaw += dx; drawn.camera.pitch = Math.max(-1.5, Math.min(1.5, drawn.camera.pitch + dy)); paintSoon(); }
function zoom(by) { drawn.camera.distance = Math.max(0.3, Math.min(6, drawn.camera.distance * by)); paintSoon(); }

// Drawn when something has changed and somebody can see it.
let pending = false;
let inView = false;
function paintSoon() {
  if (!pending && inView) { pending = true; requestAnimationFrame(() => { pending = false; paint(); }); }
}

function paint() {
  const byScore = view.colour !== 'p_hop';
  const range = byScore ? X : P_HOPS;
  const dark = getComputedStyle(document.documentElement).getPropertyValue('--ink').trim() !== '#1b1b1f';
  drawn.paint({ byScore, range, alpha: 1 - (number('glass') ?? 0), onlyHops: view.only === 'hops', others: view.others !== 'hidden', ...slab(), chosen: chosen(), ink: dark ? [1, 1, 1] : [0, 0, 0] });
  const [low, high] = byId('box-scale').querySelectorAll('span');
  low.textContent = byScore ? `x = ${range[0]}` : '10⁻³ σ²';
  high.textContent = byScore ? short(range[1]) : '1 σ²';
}

// What is shown, as numbers; how many pixels it covers; how fast it can be turned.
export function inspect() {
  const { values, sizes, ids, types, ...rest } = shown;
  return {
    ...rest,
    yaw: drawn?.camera.yaw,
    visible: Array.from({ length: shown.count }, (_, i) => i).filter(visible).length,
    coloured() {
      paint();
      const pixels = new Uint8Array(4 * canvas.width * canvas.height);
      drawn.gl.readPixels(0, 0, canvas.width, canvas.height, drawn.gl.RGBA, drawn.gl.UNSIGNED_BYTE, pixels);
      let n = 0;
      for (let i = 3; i < pixels.length; i += 4) if (pixels[i]) n++;
      return n;
    },
    renderer() {
      const names = drawn.gl.getExtension('WEBGL_debug_renderer_info');
      return drawn.gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : drawn.gl.RENDERER);
    },
    pace() {
      const started = performance.now();
      const pixel = new Uint8Array(4); // reading one waits for the drawing
      for (let i = 0; i < 60; i++) { drawn.camera.yaw += 0.05; paint(); drawn.gl.readPixels(0, 0, 1, 1, drawn.gl.RGBA, drawn.gl.UNSIGNED_BYTE, pixel); }
      return 60000 / (performance.now() - started);
    },
  };
}
