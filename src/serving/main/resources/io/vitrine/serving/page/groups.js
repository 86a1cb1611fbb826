// One curve for each simulation, or the mean of the replicas of a temperature with their spread.
import { view } from './view.js';

// {name, at: temperature, members: ids of simulations}
export function groups(state) {
  const keyed = new Map();
  for (const s of state.simulations) {
    const key = grouped(state) && s.temperatureSet !== null ? `T = ${s.temperatureSet}` : s.id;
    if (!keyed.has(key)) keyed.set(key, { name: key, at: s.temperatureSet, members: [] });
    keyed.get(key).members.push(s.id);
  }
  return [...keyed.values()];
}

// By temperature where asked for, or where there are many replicas.
export function grouped(state) {
  if (view.group) return view.group === 'temperature';
  const temperatures = new Set(state.simulations.map(s => s.temperatureSet));
  return state.simulations.length > 8 && 2 * temperatures.size <= state.simulations.length;
}

// Mean and standard deviation over curves of what each has at a place; the spread is cut at what there was.
export function together(curves, key = x => x) {
  const places = new Map();
  for (const { x, y } of curves) {
    x.forEach((at, i) => {
      const v = y[i];
      if (v === null) return;
      let p = places.get(key(at));
      if (!p) places.set(key(at), (p = { n: 0, x: 0, y: 0, squares: 0, least: v, most: v }));
      p.n++;
      p.x += at;
      p.y += v;
      p.squares += v * v;
      p.least = Math.min(p.least, v);
      p.most = Math.max(p.most, v);
    });
  }
  const all = [...places.values()].map(p => {
    const mean = p.y / p.n;
    const spread = p.n > 1 ? Math.sqrt(Math.max(0, (p.squares - p.y * mean) / (p.n - 1))) : 0;
    return { x: p.x / p.n, y: mean, low: Math.max(p.least, mean - spread), high: Math.min(p.most, mean + spread), n: p.n };
  }).sort((a, b) => a.x - b.x);
  return Object.fromEntries(['x', 'y', 'low', 'high', 'n'].map(name => [name, all.map(p => p[name])]));
}

// The curves of a group as they are drawn: of one member as it is, of several a mean and a band.
export function merged(group, curves, key) {
  if (curves.length === 0) return [];
  if (curves.length === 1) return [{ name: group.name, at: group.at, style: 'line', ...curves[0] }];
  const all = together(curves, key);
  return [
    { name: group.name, at: group.at, x: all.x, y: all.y, style: 'line', note: all.n.map(n => `mean of ${n}`) },
    { name: `${group.name}, spread of replicas`, group: group.name, at: group.at, x: all.x, y: all.low, high: all.high, style: 'band', opacity: 0.25 },
  ];
}
