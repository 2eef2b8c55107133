// Pictures and tables out: as files, from what is on the screen.

import { t } from './strings';

/** Offers a text or a picture as a download. */
export function download(name: string, content: Blob | string, type = 'text/plain'): void {
  const blob = typeof content === 'string' ? new Blob([content], { type }) : content;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const copied = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'font-style',
  'text-anchor',
  'dominant-baseline',
  'letter-spacing',
] as const;

/** A picture on its own: computed styles written into it, symbols and gaps as drawn. */
export function standalone(svg: SVGSVGElement): string {
  const clone = svg.cloneNode(true) as SVGSVGElement;
  const from = [svg, ...svg.querySelectorAll('*')];
  const to = [clone, ...clone.querySelectorAll('*')];
  from.forEach((element, at) => {
    const style = getComputedStyle(element);
    const target = to[at];
    if (!(target instanceof SVGElement)) return;
    for (const name of copied) {
      const value = style.getPropertyValue(name);
      if (value && value !== 'none' && value !== 'normal') target.setAttribute(name, value);
      else if (name === 'fill' && value === 'none') target.setAttribute(name, 'none');
    }
    target.removeAttribute('class');
  });
  const box = svg.viewBox.baseVal;
  const width = box?.width || svg.clientWidth;
  const height = box?.height || svg.clientHeight;
  clone.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  clone.setAttribute('width', String(width));
  clone.setAttribute('height', String(height));
  const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  paper.setAttribute('x', String(box?.x ?? 0));
  paper.setAttribute('y', String(box?.y ?? 0));
  paper.setAttribute('width', '100%');
  paper.setAttribute('height', '100%');
  paper.setAttribute('fill', getComputedStyle(document.body).backgroundColor);
  clone.insertBefore(paper, clone.firstChild);
  return new XMLSerializer().serializeToString(clone);
}

/** The picture in pixels, twice as dense as on the screen. */
export async function png(svg: SVGSVGElement): Promise<Blob> {
  const text = standalone(svg);
  const image = new Image();
  const address = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    await new Promise<void>((done, failed) => {
      image.onload = () => done();
      image.onerror = () => failed(new Error(t.notDrawn));
      image.src = address;
    });
    const canvas = document.createElement('canvas');
    canvas.width = image.width * 2;
    canvas.height = image.height * 2;
    const context = canvas.getContext('2d');
    if (!context) throw new Error(t.notDrawn);
    context.scale(2, 2);
    context.drawImage(image, 0, 0);
    return await new Promise((done, failed) =>
      canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error(t.notDrawn))), 'image/png'),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}
