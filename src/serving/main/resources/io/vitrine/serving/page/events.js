// What happened when: as marks on the time axes, and as a list for those who have no mouse.
import { short } from './option.js';
import { show } from './view.js';

// The box goes to the frames: those of a burst that were kept, else the instant nearest to it.
export function goTo(mark) {
  show({ simulation: mark.simulation, at: mark.kind === 'burst' ? 0 : mark.time, burst: mark.kind === 'burst' ? mark.time : '', id: '' });
  const section = document.getElementById('h-box').closest('details');
  section.open = true;
  section.scrollIntoView({ behavior: 'smooth' });
  document.getElementById('box').focus({ preventScroll: true });
}

export function list({ marks, left }) {
  const part = document.getElementById('events');
  part.hidden = marks.length === 0;
  part.querySelector('summary').textContent = `${marks.length} events${left ? `, ${left} older ones left out` : ''}`;
  part.querySelector('ul').replaceChildren(...[...marks].reverse().map(mark => {
    const li = document.createElement('li');
    const button = Object.assign(document.createElement('button'), { type: 'button', textContent: `${short(mark.time)} τ` });
    button.setAttribute('aria-label', `Show the frames of ${mark.simulation} at ${short(mark.time)} τ`);
    button.addEventListener('click', () => goTo(mark));
    li.append(button, ` ${mark.simulation}: ${mark.kind}: ${mark.text}`);
    return li;
  }));
}
