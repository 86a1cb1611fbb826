// Particles as shaded sprites, one a particle: WebGL 2, no library.
export const HOP = 0.2;
const FOCAL = 3; // long, so that near spheres do not hide the others
const BUCKETS = 2048;
const VERTEX = `#version 300 es
in vec3 place; in vec2 value; in float size;
uniform mat4 view; uniform float scale; uniform vec2 range; uniform vec2 slab; uniform int axis; uniform int wanted; uniform int chosen; uniform bool byScore; uniform bool others; uniform float alpha;
out vec4 tint; flat out int rim;
const vec3 stops[5] = vec3[5](vec3(.267,.005,.329), vec3(.229,.322,.546), vec3(.128,.567,.551), vec3(.369,.789,.383), vec3(.993,.906,.144));
void main() {
  bool known = value.x > -1.0;
  bool hops = value.x > ${HOP};
  bool own = gl_VertexID == chosen;
  float depth = axis < 0 ? slab.x : place[axis];
  bool shown = depth >= slab.x && depth <= slab.y && (known || others) && (wanted == 0 || (wanted == 1) == (hops || own));
  gl_Position = shown ? view * vec4(place, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
  float v = byScore ? value.y : log(max(value.x, 1e-6)) / log(10.0);
  float s = clamp((v - range.x) / (range.y - range.x), 0.0, 1.0) * 4.0;
  int i = int(min(s, 3.0));
  tint = vec4(known ? mix(stops[i], stops[i + 1], s - float(i)) : vec3(.55), hops || own ? 1.0 : alpha);
  rim = own ? 2 : hops ? 1 : 0;
  gl_PointSize = scale * size * (hops || own ? 1.25 : 1.0) / gl_Position.w;
}`;
const FRAGMENT = `#version 300 es
precision mediump float; in vec4 tint; flat in int rim; uniform vec3 ink; out vec4 colour;
void main() {
  vec2 p = 2.0 * gl_PointCoord - 1.0; float r = dot(p, p);
  if (r > 1.0) discard;
  float light = 0.45 + 0.55 * sqrt(1.0 - r) * (0.8 - 0.3 * p.x - 0.4 * p.y);
  vec3 c = rim > 0 && r > 0.6 ? (rim == 2 ? ink : vec3(0.835, 0.369, 0.0)) : tint.rgb * light;
  colour = vec4(c * tint.a, tint.a);
}`;
const EDGE = `#version 300 es
in vec3 place; uniform mat4 view; void main() { gl_Position = view * vec4(place, 1.0); }`;
const GREY = `#version 300 es
precision mediump float; out vec4 colour; void main() { colour = vec4(0.5, 0.5, 0.5, 1.0); }`;

// Draws on a canvas; null where there is no WebGL 2.
export function particles(canvas) {
  const gl = canvas.getContext('webgl2', { antialias: false });
  if (!gl) return null;
  const points = program(gl, VERTEX, FRAGMENT, ['view', 'scale', 'range', 'slab', 'axis', 'wanted', 'chosen', 'byScore', 'others', 'alpha', 'ink']);
  const edges = program(gl, EDGE, GREY, ['view']);
  const data = gl.createBuffer();
  const sizes = gl.createBuffer();
  const frame = gl.createBuffer();
  const orders = gl.createBuffer();
  const camera = { yaw: 0.6, pitch: 0.35, distance: 1 };
  let shown = { count: 0, box: [1, 1, 1, 0, 0, 0], values: null, sizes: null };
  layout(gl, edges, frame, 12, { place: [3, 0] });
  layout(gl, points, data, 20, { place: [3, 0], value: [2, 12] });
  layout(gl, points, sizes, 4, { size: [1, 0] });
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, orders);
  gl.bindVertexArray(null);
  gl.enable(gl.DEPTH_TEST);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  gl.clearColor(0, 0, 0, 0);

  // values: [count, 5] of x, y, z, p_hop, score; p_hop is -2 where there is none; sizes: diameters as they are drawn.
  function set(next) {
    shown = next;
    gl.bindVertexArray(null);
    for (const [buffer, content] of [[data, next.values], [sizes, next.sizes], [frame, lines(next.box)]]) {
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.bufferData(gl.ARRAY_BUFFER, content, gl.DYNAMIC_DRAW);
    }
  }

  // look: {byScore, range, alpha, onlyHops, others, axis, slab, chosen, ink}
  function paint(look) {
    if (!shown.count) return;
    const ratio = Math.min(2, devicePixelRatio);
    const [width, height] = [canvas.clientWidth, canvas.clientHeight].map(size => Math.max(1, Math.round(size * ratio)));
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height }); // empties it too
    gl.viewport(0, 0, canvas.width, canvas.height);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    const view = matrix();
    gl.useProgram(edges.program);
    gl.bindVertexArray(edges.array);
    gl.uniformMatrix4fv(edges.at.view, false, view);
    gl.drawArrays(gl.LINES, 0, 24);
    gl.useProgram(points.program);
    gl.bindVertexArray(points.array);
    gl.uniformMatrix4fv(points.at.view, false, view);
    gl.uniform1f(points.at.scale, canvas.height * FOCAL / 2);
    gl.uniform2fv(points.at.range, look.range);
    gl.uniform2fv(points.at.slab, look.slab);
    gl.uniform1i(points.at.axis, look.axis);
    gl.uniform1i(points.at.chosen, look.chosen);
    gl.uniform1i(points.at.byScore, look.byScore ? 1 : 0);
    gl.uniform1i(points.at.others, look.others ? 1 : 0);
    gl.uniform1f(points.at.alpha, look.alpha);
    gl.uniform3fv(points.at.ink, look.ink);
    const order = nearestFirst(view);
    const draw = wanted => {
      gl.uniform1i(points.at.wanted, wanted);
      gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, order, gl.DYNAMIC_DRAW);
      gl.drawElements(gl.POINTS, shown.count, gl.UNSIGNED_INT, 0);
    };
    if (look.onlyHops) draw(1);
    else if (look.alpha === 1) draw(0);
    else {
      draw(1);
      order.reverse(); // what is seen through comes from behind
      gl.enable(gl.BLEND);
      gl.depthMask(false);
      draw(2);
      gl.depthMask(true);
      gl.disable(gl.BLEND);
    }
    gl.bindVertexArray(null);
  }

  // The particle in front at a place of the canvas, in CSS pixels, of those that may be picked; -1 for none.
  function pick(x, y, may) {
    const view = matrix();
    const { values, sizes: wide, count } = shown;
    let [best, nearest] = [-1, Infinity];
    for (let i = 0; i < count; i++) {
      if (!may(i)) continue;
      const [a, b, c] = values.subarray(5 * i, 5 * i + 3);
      const at = r => view[r] * a + view[4 + r] * b + view[8 + r] * c + view[12 + r];
      const w = at(3);
      const dx = (at(0) / w + 1) / 2 * canvas.clientWidth - x;
      const dy = (1 - at(1) / w) / 2 * canvas.clientHeight - y;
      const radius = canvas.clientHeight * FOCAL / 4 / w * wide[i] * (values[5 * i + 3] > HOP ? 1.25 : 1);
      if (dx * dx + dy * dy < radius * radius && w < nearest) [best, nearest] = [i, w];
    }
    return best;
  }

  // Spheres hidden behind others then fail the depth test before they are shaded. In buckets: an
  // order that is nearly right costs a tenth of one that is.
  function nearestFirst(view) {
    const { values, count } = shown;
    const depth = new Float32Array(count);
    let [near, far] = [Infinity, -Infinity];
    for (let i = 0; i < count; i++) {
      const d = view[3] * values[5 * i] + view[7] * values[5 * i + 1] + view[11] * values[5 * i + 2];
      depth[i] = d;
      if (d < near) near = d;
      if (d > far) far = d;
    }
    const bucket = new Uint16Array(count);
    const starts = new Uint32Array(BUCKETS + 1);
    const scale = (BUCKETS - 1) / Math.max(1e-9, far - near);
    for (let i = 0; i < count; i++) {
      bucket[i] = (depth[i] - near) * scale;
      starts[bucket[i] + 1]++;
    }
    for (let k = 1; k <= BUCKETS; k++) starts[k] += starts[k - 1];
    const order = new Uint32Array(count);
    for (let i = 0; i < count; i++) order[starts[bucket[i]]++] = i;
    return order;
  }

  // Column-major: perspective after distance, pitch, yaw, and centring.
  function matrix() {
    const [lx, ly, lz, xy, xz, yz] = shown.box;
    const middle = [(lx + xy + xz) / 2, (ly + yz) / 2, lz / 2];
    const aspect = canvas.width / canvas.height;
    const far = camera.distance * Math.max(lx, ly, lz) * 2.7 * Math.max(1, 1.25 / aspect);
    const [cy, sy, cp, sp] = [Math.cos(camera.yaw), Math.sin(camera.yaw), Math.cos(camera.pitch), Math.sin(camera.pitch)];
    const rows = [[cy, -sy, 0], [sy * sp, cy * sp, cp], [-sy * cp, -cy * cp, sp]];
    const shift = rows.map(r => -(r[0] * middle[0] + r[1] * middle[1] + r[2] * middle[2]));
    shift[2] -= far;
    const near = far * 0.05;
    const end = far * 3;
    const out = new Float32Array(16);
    for (let c = 0; c < 4; c++) {
      const [x, y, z] = c < 3 ? rows.map(r => r[c]) : shift;
      out[4 * c] = FOCAL / aspect * x;
      out[4 * c + 1] = FOCAL * y;
      out[4 * c + 2] = (end + near) / (near - end) * z + (c === 3 ? 2 * end * near / (near - end) : 0);
      out[4 * c + 3] = -z;
    }
    return out;
  }

  return { gl, camera, set, paint, pick };
}

function lines([lx, ly, lz, xy, xz, yz]) {
  const a = [[lx, 0, 0], [xy, ly, 0], [xz, yz, lz]];
  const corner = k => [0, 1, 2].map(d => (k & 1 ? a[0][d] : 0) + (k & 2 ? a[1][d] : 0) + (k & 4 ? a[2][d] : 0));
  const ends = [];
  for (let k = 0; k < 8; k++) for (const bit of [1, 2, 4]) if (!(k & bit)) ends.push(...corner(k), ...corner(k | bit));
  return new Float32Array(ends);
}

// Where the attributes of a program lie in a buffer: {name: [size, offset]}, in bytes.
function layout(gl, made, buffer, stride, attributes) {
  made.array ??= gl.createVertexArray();
  gl.bindVertexArray(made.array);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  for (const [name, [size, offset]] of Object.entries(attributes)) {
    const at = gl.getAttribLocation(made.program, name);
    gl.enableVertexAttribArray(at);
    gl.vertexAttribPointer(at, size, gl.FLOAT, false, stride, offset);
  }
}

function program(gl, vertex, fragment, uniforms) {
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
