// The particles in their box: one shaded sprite a particle, WebGL 2, no library.
import { short } from './charts.js';

const byId = id => document.getElementById(id);
const HOP = 0.2;
const P_HOPS = [-3, 0]; // powers of ten, sigma^2
const VERTEX = `#version 300 es
in vec3 place; in vec2 value; uniform mat4 view; uniform float scale; uniform vec2 range; uniform bool byScore;
out vec3 tint; out float halo;
const vec3 stops[5] = vec3[5](vec3(.267,.005,.329), vec3(.229,.322,.546), vec3(.128,.567,.551), vec3(.369,.789,.383), vec3(.993,.906,.144));
void main() {
  gl_Position = view * vec4(place, 1.0);
  bool known = value.x > -1.0;
  bool hops = known && value.x > ${HOP};
  float v = byScore ? value.y : log(max(value.x, 1e-6)) / log(10.0);
  float s = clamp((v - range.x) / (range.y - range.x), 0.0, 1.0) * 4.0;
  int i = int(min(s, 3.0));
  tint = known ? mix(stops[i], stops[i + 1], s - float(i)) : vec3(.55);
  halo = hops ? 1.0 : 0.0;
  gl_PointSize = scale * (known ? (hops ? 1.25 : 1.0) : 0.8) / gl_Position.w;
}`;
const FRAGMENT = `#version 300 es
precision mediump float; in vec3 tint; in float halo; out vec4 colour;
void main() {
  vec2 p = 2.0 * gl_PointCoord - 1.0; float r = dot(p, p);
  if (r > 1.0) discard;
  float light = 0.45 + 0.55 * sqrt(1.0 - r) * (0.8 - 0.3 * p.x - 0.4 * p.y);
  colour = halo > 0.5 && r > 0.6 ? vec4(0.835, 0.369, 0.0, 1.0) : vec4(tint * light, 1.0);
}`;
const EDGE = `#version 300 es
in vec3 place; uniform mat4 view; void main() { gl_Position = view * vec4(place, 1.0); }`;
const GREY = `#version 300 es
precision mediump float; out vec4 colour; void main() { colour = vec4(0.5, 0.5, 0.5, 1.0); }`;

let gl = null;
let canvas = null;
const programs = {};
const camera = { yaw: 0.6, pitch: 0.35, distance: 1 };
const FOCAL = 3; // long, so that near spheres do not hide the others
const BUCKETS = 2048;
const shown = { simulation: '', times: [], time: null, count: 0, rearranging: 0, box: [1, 1, 1, 0, 0, 0], range: [-1, 1], follow: true };
let wanted = false;

export function build() {
  canvas = byId('box');
  gl = canvas.getContext('webgl2', { antialias: false });
  if (!gl) return;
  programs.points = program(VERTEX, FRAGMENT, ['view', 'scale', 'range', 'byScore']);
  programs.edges = program(EDGE, GREY, ['view']);
  programs.data = gl.createBuffer();
  programs.frame = gl.createBuffer();
  programs.order = gl.createBuffer();
  layout(programs.edges, programs.frame, 12, { place: [3, 0] });
  layout(programs.points, programs.data, 20, { place: [3, 0], value: [2, 12] });
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, programs.order);
  gl.bindVertexArray(null);
  gl.enable(gl.DEPTH_TEST);
  gl.clearColor(0, 0, 0, 0);
  const touching = new Map();
  const gap = () => { const [a, b] = touching.values(); return Math.hypot(a[0] - b[0], a[1] - b[1]); };
  canvas.addEventListener('pointerdown', e => { touching.set(e.pointerId, [e.clientX, e.clientY]); canvas.setPointerCapture(e.pointerId); });
  canvas.addEventListener('pointermove', e => {
    const from = touching.get(e.pointerId);
    if (!from) return;
    const before = touching.size === 2 ? gap() : 0;
    touching.set(e.pointerId, [e.clientX, e.clientY]);
    if (touching.size === 1) turn((e.clientX - from[0]) * 0.008, (e.clientY - from[1]) * 0.008);
    else if (touching.size === 2) zoom(before / Math.max(1, gap()));
  });
  for (const end of ['pointerup', 'pointercancel']) canvas.addEventListener(end, e => touching.delete(e.pointerId));
  canvas.addEventListener('wheel', e => { e.preventDefault(); zoom(Math.exp(e.deltaY * 0.001)); }, { passive: false });
  canvas.addEventListener('keydown', e => {
    const act = { ArrowLeft: () => turn(-0.1, 0), ArrowRight: () => turn(0.1, 0), ArrowUp: () => turn(0, -0.1), ArrowDown: () => turn(0, 0.1), '+': () => zoom(0.9), '-': () => zoom(1.1) }[e.key];
    if (act) { e.preventDefault(); act(); }
  });
  byId('box-colour').addEventListener('change', paintSoon);
  byId('box-time').addEventListener('input', () => { shown.follow = +byId('box-time').value === shown.times.length - 1; wanted = true; });
  byId('box-simulation').addEventListener('change', () => { shown.simulation = byId('box-simulation').value; shown.follow = true; shown.times = []; });
  new ResizeObserver(paintSoon).observe(canvas);
  new IntersectionObserver(([seen]) => { inView = seen.isIntersecting; paintSoon(); }).observe(canvas);
}

export async function update(ask, study, state) {
  if (!gl) return;
  const names = state.simulations.map(s => s.id);
  const select = byId('box-simulation');
  if ([...select.options].map(o => o.value).join() !== names.join()) select.replaceChildren(...names.map(v => new Option(v, v)));
  if (!names.includes(shown.simulation)) shown.simulation = names[0] ?? '';
  const { times } = await ask('api/box', { ...study, simulation: shown.simulation }, true);
  byId('box-section').hidden = times.length === 0 && byId('box-section').hidden;
  const before = shown.times[+byId('box-time').value];
  shown.times = times;
  if (times.length === 0) return;
  const slider = byId('box-time');
  slider.max = times.length - 1;
  slider.value = shown.follow ? times.length - 1 : Math.max(0, wanted ? +slider.value : times.indexOf(before));
  wanted = false;
  const at = times[+slider.value];
  if (at === shown.time && shown.drawn === shown.simulation) return;
  const snapshot = await ask('api/box', { ...study, simulation: shown.simulation, at }, true);
  if (snapshot.payload) take(snapshot);
}

function take(snapshot) {
  const bytes = Uint8Array.from(atob(snapshot.payload), c => c.charCodeAt(0));
  const values = new Float32Array(bytes.buffer);
  let rearranging = 0;
  let sum = 0;
  let squares = 0;
  let scored = 0;
  for (let i = 0; i < snapshot.count; i++) {
    if (values[5 * i + 3] > HOP) rearranging++;
    const score = values[5 * i + 4];
    if (!Number.isNaN(score)) { sum += score; squares += score * score; scored++; }
    if (Number.isNaN(values[5 * i + 3])) values[5 * i + 3] = -2;
    if (Number.isNaN(score)) values[5 * i + 4] = 0;
  }
  const mean = scored ? sum / scored : 0;
  const spread = scored ? Math.sqrt(Math.max(1e-12, squares / scored - mean * mean)) : 1;
  Object.assign(shown, { time: snapshot.time, count: snapshot.count, rearranging, box: snapshot.box, places: values, range: [mean - 2 * spread, mean + 2 * spread], drawn: shown.simulation });
  gl.bindBuffer(gl.ARRAY_BUFFER, programs.data);
  gl.bufferData(gl.ARRAY_BUFFER, values, gl.DYNAMIC_DRAW);
  gl.bindBuffer(gl.ARRAY_BUFFER, programs.frame);
  gl.bufferData(gl.ARRAY_BUFFER, edges(snapshot.box), gl.DYNAMIC_DRAW);
  byId('box-label').textContent = `t = ${snapshot.time} τ, ${snapshot.count} particles, ${rearranging} rearranging (orange rim), grey: no p_hop`;
  paintSoon();
}

function edges([lx, ly, lz, xy, xz, yz]) {
  const a = [[0, 0, 0], [lx, 0, 0], [xy, ly, 0], [xz, yz, lz]];
  const corner = k => [0, 1, 2].map(d => (k & 1 ? a[1][d] : 0) + (k & 2 ? a[2][d] : 0) + (k & 4 ? a[3][d] : 0));
  const lines = [];
  for (let k = 0; k < 8; k++) for (const bit of [1, 2, 4]) if (!(k & bit)) lines.push(...corner(k), ...corner(k | bit));
  return new Float32Array(lines);
}

function turn(dx, dy) { camera.yaw += dx; camera.pitch = Math.max(-1.5, Math.min(1.5, camera.pitch + dy)); paintSoon(); }
function zoom(by) { camera.distance = Math.max(0.3, Math.min(6, camera.distance * by)); paintSoon(); }

// Drawn when something has changed and somebody can see it.
let pending = false;
let inView = false;
function paintSoon() {
  if (!pending && inView) { pending = true; requestAnimationFrame(() => { pending = false; paint(); }); }
}

function paint() {
  if (!gl || !shown.count) return;
  const ratio = Math.min(2, devicePixelRatio);
  const [width, height] = [canvas.clientWidth, canvas.clientHeight].map(size => Math.max(1, Math.round(size * ratio)));
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height }); // empties it too
  gl.viewport(0, 0, canvas.width, canvas.height);
  gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
  const view = matrix();
  const { edges: e, points: p } = programs;
  gl.useProgram(e.program);
  gl.bindVertexArray(e.array);
  gl.uniformMatrix4fv(e.at.view, false, view);
  gl.drawArrays(gl.LINES, 0, 24);
  const byScore = byId('box-colour').value === 'score';
  const range = byScore ? shown.range : P_HOPS;
  gl.useProgram(p.program);
  gl.bindVertexArray(p.array);
  gl.uniformMatrix4fv(p.at.view, false, view);
  gl.uniform1f(p.at.scale, canvas.height * FOCAL / 2);
  gl.uniform2fv(p.at.range, range);
  gl.uniform1i(p.at.byScore, byScore ? 1 : 0);
  gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, nearestFirst(view), gl.DYNAMIC_DRAW);
  gl.drawElements(gl.POINTS, shown.count, gl.UNSIGNED_INT, 0);
  gl.bindVertexArray(null);
  const [low, high] = byId('box-scale').querySelectorAll('span');
  low.textContent = byScore ? short(range[0]) : '10⁻³ σ²';
  high.textContent = byScore ? short(range[1]) : '1 σ²';
}

// Spheres hidden behind others then fail the depth test before they are shaded. In buckets: an
// order that is nearly right costs a tenth of one that is.
function nearestFirst(view) {
  const { places, count } = shown;
  if (shown.order?.length !== count) {
    Object.assign(shown, { order: new Uint32Array(count), bucket: new Uint16Array(count), depth: new Float32Array(count) });
  }
  const { order, bucket, depth } = shown;
  let near = Infinity;
  let far = -Infinity;
  for (let i = 0; i < count; i++) {
    const d = view[3] * places[5 * i] + view[7] * places[5 * i + 1] + view[11] * places[5 * i + 2];
    depth[i] = d;
    if (d < near) near = d;
    if (d > far) far = d;
  }
  const starts = new Uint32Array(BUCKETS + 1);
  const scale = (BUCKETS - 1) / Math.max(1e-9, far - near);
  for (let i = 0; i < count; i++) {
    bucket[i] = (depth[i] - near) * scale;
    starts[bucket[i] + 1]++;
  }
  for (let k = 1; k <= BUCKETS; k++) starts[k] += starts[k - 1];
  for (let i = 0; i < count; i++) order[starts[bucket[i]]++] = i;
  return order;
}

// Column-major: perspective after distance, pitch, yaw, and centring.
function matrix() {
  const [lx, ly, lz, xy, xz, yz] = shown.box;
  const middle = [(lx + xy + xz) / 2, (ly + yz) / 2, lz / 2];
  const far = camera.distance * Math.max(lx, ly, lz) * 2.7;
  const [cy, sy, cp, sp] = [Math.cos(camera.yaw), Math.sin(camera.yaw), Math.cos(camera.pitch), Math.sin(camera.pitch)];
  const rows = [[cy, -sy, 0], [sy * sp, cy * sp, cp], [-sy * cp, -cy * cp, sp]];
  const shift = rows.map(r => -(r[0] * middle[0] + r[1] * middle[1] + r[2] * middle[2]));
  shift[2] -= far;
  const f = FOCAL;
  const aspect = canvas.width / canvas.height;
  const near = far * 0.05;
  const end = far * 3;
  const out = new Float32Array(16);
  for (let c = 0; c < 4; c++) {
    const [x, y, z] = c < 3 ? rows.map(r => r[c]) : shift;
    out[4 * c] = f / aspect * x;
    out[4 * c + 1] = f * y;
    out[4 * c + 2] = (end + near) / (near - end) * z + (c === 3 ? 2 * end * near / (near - end) : 0);
    out[4 * c + 3] = -z;
  }
  return out;
}

// Where the attributes of a program lie in a buffer: {name: [size, offset]}, in bytes.
function layout(made, buffer, stride, attributes) {
  made.array = gl.createVertexArray();
  gl.bindVertexArray(made.array);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  for (const [name, [size, offset]] of Object.entries(attributes)) {
    const at = gl.getAttribLocation(made.program, name);
    gl.enableVertexAttribArray(at);
    gl.vertexAttribPointer(at, size, gl.FLOAT, false, stride, offset);
  }
}

function program(vertex, fragment, uniforms) {
  const made = gl.createProgram();
  for (const [type, text] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
    const shader = gl.createShader(type);
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader));
    gl.attachShader(made, shader);
  }
  gl.linkProgram(made);
  return { program: made, at: Object.fromEntries(uniforms.map(name => [name, gl.getUniformLocation(made, name)])) };
}

// What is shown, as numbers; how many pixels it covers; how fast it can be turned.
export function inspect() {
  const { places, order, bucket, depth, ...rest } = shown;
  return {
    ...rest,
    yaw: camera.yaw,
    coloured() {
      paint();
      const pixels = new Uint8Array(4 * canvas.width * canvas.height);
      gl.readPixels(0, 0, canvas.width, canvas.height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
      let n = 0;
      for (let i = 3; i < pixels.length; i += 4) if (pixels[i]) n++;
      return n;
    },
    renderer() {
      const names = gl.getExtension('WEBGL_debug_renderer_info');
      return gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
    },
    pace() {
      const started = performance.now();
      const pixel = new Uint8Array(4); // reading one waits for the drawing
      for (let i = 0; i < 60; i++) { camera.yaw += 0.05; paint(); gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel); }
      return 60000 / (performance.now() - started);
    },
  };
}
