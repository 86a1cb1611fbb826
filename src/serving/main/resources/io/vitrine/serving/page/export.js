// Files out of the page.
export function save(name, type, content) {
  const link = document.createElement('a');
  link.download = name;
  link.href = String(content).startsWith('data:') ? content : URL.createObjectURL(new Blob([content], { type }));
  link.click();
  if (link.href.startsWith('blob:')) setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

export function csv(chart) {
  const lines = [['series', chart.axes?.x.name ?? 'x', chart.axes?.y.name ?? 'y', 'error', 'note'].map(quoted).join(',')];
  for (const one of chart.series) {
    one.x.forEach((x, i) => {
      lines.push([one.name, x, one.y[i], one.error?.[i] ?? '', one.note?.[i] ?? ''].map(quoted).join(','));
    });
  }
  return lines.join('\n') + '\n';
}

function quoted(value) {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
