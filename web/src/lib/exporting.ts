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
  'paint-order',
] as const;

/** What a picture says of itself when it stands alone. */
export interface About {
  /** The case, and what the picture shows of it. */
  title: string;
  picture: string;
  /** Which version, as of which day, by which model: what one line has room for. */
  facts: string[];
  actors: { code: string; name: string; fill: string; ink: string }[];
}

const ns = 'http://www.w3.org/2000/svg';
function node<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Record<string, string | number>,
  text?: string,
): SVGElementTagNameMap[K] {
  const made = document.createElementNS(ns, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
}

/** A copy without inline styles: the page's policy allows none to be parsed. */
function unstyled(element: Element): Element {
  const made = document.createElementNS(element.namespaceURI, element.nodeName);
  for (const { name, value } of element.attributes) if (name !== 'style') made.setAttribute(name, value);
  for (const child of element.childNodes)
    made.append(child instanceof Element ? unstyled(child) : child.cloneNode());
  return made;
}

/** Writes computed styles into a copy, so that it needs no sheet. */
function styled<T extends SVGElement>(svg: T): T {
  const clone = unstyled(svg) as T;
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
    target.removeAttribute('style');
  });
  return clone;
}

/** The signs below a picture with their words: of the legend that stands in its section. */
function legend(svg: SVGElement): { sign: SVGSVGElement | null; words: string }[] {
  const section = svg.closest('section') ?? svg.parentElement;
  const found = section?.querySelectorAll('.legend > span, [data-legend]') ?? [];
  return [...found]
    .map((item) => ({
      sign: item.querySelector('svg'),
      words: (item.textContent ?? '').trim().replace(/\s+/g, ' '),
    }))
    .filter(({ words }) => words);
}

let faces: Promise<Map<string, string>> | null = null;
/** The faces of the page that a text needs, with the fonts inside: of each family and weight those that have its
 * letters. */
async function fonts(text: string, families: Set<string>): Promise<string> {
  const letters = [...new Set([...text].map((letter) => letter.codePointAt(0) ?? 0))];
  const rules = [...document.styleSheets].flatMap((sheet) => {
    try {
      return [...sheet.cssRules];
    } catch {
      return [];
    }
  });
  faces ??= Promise.resolve(new Map());
  const known = await faces;
  const wanted = rules.filter((rule): rule is CSSFontFaceRule => {
    if (!(rule instanceof CSSFontFaceRule)) return false;
    const family = rule.style.getPropertyValue('font-family').replace(/["']/g, '');
    if (!families.has(family)) return false;
    const ranges = rule.style.getPropertyValue('unicode-range');
    const within = (letter: number): boolean =>
      ranges.split(',').some((range) => {
        const [from = '', to = from] = range.trim().replace(/^U\+/i, '').split('-');
        return (
          letter >= parseInt(from.replace(/\?/g, '0'), 16) && letter <= parseInt(to.replace(/\?/g, 'F'), 16)
        );
      });
    return !ranges || letters.some(within);
  });
  const written = await Promise.all(
    wanted.map(async (rule) => {
      const address = /url\(["']?([^"')]+\.woff2)["']?\)/.exec(rule.style.getPropertyValue('src'))?.[1];
      if (!address) return '';
      const from = new URL(address, rule.parentStyleSheet?.href ?? location.href).href;
      let data = known.get(from);
      if (!data) {
        const bytes = new Uint8Array(await (await fetch(from)).arrayBuffer());
        data = btoa(bytes.reduce((out, byte) => out + String.fromCharCode(byte), ''));
        known.set(from, data);
      }
      const one = (name: string): string => {
        const value = rule.style.getPropertyValue(name);
        return value ? `${name}:${value};` : '';
      };
      return `@font-face{${one('font-family')}${one('font-style')}${one('font-weight')}${one('unicode-range')}src:url(data:font/woff2;base64,${data}) format("woff2")}`;
    }),
  );
  return written.join('');
}

const margin = 16;
const least = 560;

const arabic = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
/** Whether a text is read from the right: by its first letter. */
const fromRight = (text: string): boolean => arabic.test(/\p{L}/u.exec(text)?.[0] ?? '');
/** A name among other words, whichever way it is read. */
const isolated = (text: string): string => (arabic.test(text) ? `\u2068${text}\u2069` : text);

/** A picture on its own: its title and date, its legend, its fonts; computed styles written into it. */
export async function standalone(svg: SVGSVGElement, about: About): Promise<string> {
  const whole = assembled(svg, about);
  const used = new Set<string>();
  for (const element of whole.querySelectorAll('[font-family]'))
    used.add(element.getAttribute('font-family')?.split(',')[0]?.replace(/["']/g, '').trim() ?? '');
  const text = new XMLSerializer().serializeToString(whole);
  // Written into the text: in the page the sheet would fall under its policy.
  const sheet = await fonts(whole.textContent ?? '', used);
  return text.replace(/^<svg[^>]*>/, (open) => `${open}<style>${sheet}</style>`);
}

function assembled(svg: SVGSVGElement, about: About): SVGSVGElement {
  const box = svg.viewBox.baseVal;
  const wide = box?.width || svg.clientWidth;
  const high = box?.height || svg.clientHeight;
  const page = getComputedStyle(document.body);
  const colour = (name: string): string =>
    getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const [ink, quiet] = [colour('--ink'), colour('--ink-3')];
  // With what stands in for them: other programs may not read the fonts that the file carries.
  const [serif, cond] = [colour('--serif'), colour('--cond')];
  const width = Math.max(wide, least) + 2 * margin;
  const measure = document.createElement('canvas').getContext('2d');
  const measured = (text: string, font: string): number => {
    if (!measure) return text.length * 7;
    measure.font = font;
    return measure.measureText(text).width;
  };
  const small = `12px ${cond}`;
  const room = width - 2 * margin;
  /** A text in lines that fit; a word that is longer than a line goes on in the next. */
  const lines = (text: string, font: string, wide = room): string[] => {
    const out: string[] = [];
    for (const word of text.split(' ')) {
      const last = out.at(-1);
      if (last !== undefined && measured(`${last} ${word}`, font) <= wide) {
        out[out.length - 1] = `${last} ${word}`;
        continue;
      }
      let rest = [...word];
      while (measured(rest.join(''), font) > wide && rest.length > 1) {
        let fits = rest.length - 1;
        while (fits > 1 && measured(rest.slice(0, fits).join(''), font) > wide) fits--;
        out.push(rest.slice(0, fits).join(''));
        rest = rest.slice(fits);
      }
      out.push(rest.join(''));
    }
    return out;
  };

  const whole = node('svg', { xmlns: ns });
  const put = (what: SVGElement): SVGElement => whole.appendChild(what);
  let y = margin + 16;
  const titled = fromRight(about.title)
    ? { x: width - margin, direction: 'rtl', 'text-anchor': 'start' }
    : { x: margin };
  for (const line of lines(about.title, `600 18px ${serif}`)) {
    const face = { fill: ink, 'font-family': serif, 'font-size': 18, 'font-weight': 600 };
    put(node('text', { ...titled, y, ...face }, line));
    y += 22;
  }
  const facts = [about.picture, ...about.facts].map(isolated).join(' · ');
  for (const line of lines(facts, small)) {
    put(node('text', { x: margin, y, fill: quiet, 'font-family': cond, 'font-size': 12 }, line));
    y += 16;
  }
  const inner = styled(svg);
  inner.setAttribute('x', String(margin + (room - wide) / 2));
  inner.setAttribute('y', String(y));
  inner.setAttribute('width', String(wide));
  inner.setAttribute('height', String(high));
  inner.removeAttribute('id');
  put(inner);
  y += high + 18;
  let x = margin;
  /** Something of the legend, on the next line when this one is full. */
  const item = (wideSign: number, words: string, sign: (x: number, y: number) => void): void => {
    const [first = '', ...more] = lines(words, small, room - wideSign).map(isolated);
    const full = wideSign + measured(first, small) + 18;
    if (x > margin && x + full > width - margin) {
      x = margin;
      y += 20;
    }
    sign(x, y);
    const face = { fill: ink, 'font-family': cond, 'font-size': 12 };
    put(node('text', { x: x + wideSign, y, ...face }, first));
    for (const line of more) {
      y += 16;
      put(node('text', { x: margin + wideSign, y, ...face }, line));
    }
    x += more.length ? width : full;
  };
  for (const { code, name, fill, ink: on } of about.actors)
    item(30, name, (left, base) => {
      put(node('rect', { x: left, y: base - 12, width: 24, height: 16, rx: 2, fill }));
      const at = {
        x: left + 12,
        y: base,
        fill: on,
        'font-family': cond,
        'font-size': 11,
        'font-weight': 600,
      };
      put(node('text', { ...at, 'text-anchor': 'middle' }, code));
    });
  if (about.actors.length) {
    x = margin;
    y += 22;
  }
  const signs = legend(svg);
  for (const { sign, words } of signs)
    item(sign ? (sign.viewBox.baseVal.width || 26) + 6 : 0, words, (left, base) => {
      if (!sign) return;
      const drawn = styled(sign);
      drawn.setAttribute('x', String(left));
      drawn.setAttribute('y', String(base - 8));
      drawn.setAttribute('width', String(sign.viewBox.baseVal.width || 26));
      drawn.setAttribute('height', String(sign.viewBox.baseVal.height || 8));
      put(drawn);
    });
  const height = y + margin;
  whole.setAttribute('width', String(width));
  whole.setAttribute('height', String(height));
  whole.setAttribute('viewBox', `0 0 ${width} ${height}`);
  const paper = node('rect', { width: '100%', height: '100%', fill: page.backgroundColor });
  whole.insertBefore(paper, whole.firstChild);
  whole.insertBefore(node('title', {}, `${about.title}: ${about.picture}`), whole.firstChild);
  return whole;
}

/** A text of a picture where it stands: as a canvas draws it. */
interface Drawn {
  text: string;
  x: number;
  y: number;
  matrix: DOMMatrix;
  of: Element;
  rtl: boolean;
}

/** The texts of a picture that stands in the page, piece by piece. */
function pieces(whole: SVGSVGElement): Drawn[] {
  const base = whole.getScreenCTM()?.inverse();
  return [...whole.querySelectorAll('text')].flatMap((element) => {
    const at = element.getScreenCTM();
    if (!base || !at) return [];
    const matrix = DOMMatrix.fromMatrix(base.multiply(at));
    const found: Drawn[] = [];
    const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let from = 0;
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const of = node.parentElement ?? element;
      if (of.closest('title, desc')) continue;
      const text = (node.textContent ?? '').replace(/\s+/g, ' ');
      const count = Math.min(text.length, element.getNumberOfChars() - from);
      if (!text.trim() || count <= 0) continue;
      // From the left, whichever way it is read.
      let left = Infinity;
      for (let n = from; n < from + count; n++) left = Math.min(left, element.getExtentOfChar(n).x);
      const { y } = element.getStartPositionOfChar(from);
      found.push({ text, x: left, y, matrix, of, rtl: getComputedStyle(of).direction === 'rtl' });
      from += count;
    }
    return found;
  });
}

/** Draws a text over a picture, in the fonts of the page. */
function write(context: CanvasRenderingContext2D, { text, x, y, matrix, of, rtl }: Drawn): void {
  const style = getComputedStyle(of);
  let opacity = 1;
  for (let up: Element | null = of; up instanceof SVGElement; up = up.parentElement)
    opacity *= Number(getComputedStyle(up).opacity);
  context.save();
  context.transform(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f);
  context.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  context.textAlign = 'left';
  context.direction = rtl ? 'rtl' : 'ltr';
  context.globalAlpha = opacity * Number(style.fillOpacity);
  const halo = parseFloat(style.strokeWidth);
  if (style.stroke !== 'none' && halo > 0) {
    context.lineWidth = halo;
    context.lineJoin = 'round';
    context.strokeStyle = style.stroke;
    context.strokeText(text, x, y);
  }
  context.fillStyle = style.fill;
  if (style.fill !== 'none') context.fillText(text, x, y);
  context.restore();
}

const dense = 2;

/** The picture in pixels, twice as dense as on the screen. Texts are drawn by the page, which has the fonts: a picture
 * that it draws obeys its policy, which allows no sheet inside. */
export async function png(svg: SVGSVGElement, about: About): Promise<Blob> {
  const whole = assembled(svg, about);
  const wide = Number(whole.getAttribute('width'));
  const high = Number(whole.getAttribute('height'));
  const place = document.createElement('div');
  // Laid out, and out of sight.
  Object.assign(place.style, { position: 'fixed', left: '-100000px', top: '0', visibility: 'hidden' });
  place.append(whole);
  document.body.append(place);
  const canvas = document.createElement('canvas');
  canvas.width = wide * dense;
  canvas.height = high * dense;
  const context = canvas.getContext('2d');
  try {
    if (!context) throw new Error(t.notDrawn);
    context.scale(dense, dense);
    const texts = pieces(whole);
    const wanted = new Map(
      texts.map(({ of, text }) => {
        const { fontStyle, fontWeight, fontFamily } = getComputedStyle(of);
        return [`${fontStyle} ${fontWeight} 12px ${fontFamily}`, text];
      }),
    );
    await Promise.all([...wanted].map(([font, text]) => document.fonts.load(font, text)));
    const bare = whole.cloneNode(true) as SVGSVGElement;
    bare.querySelectorAll('text').forEach((text) => text.remove());
    const image = new Image();
    const address = URL.createObjectURL(
      new Blob([new XMLSerializer().serializeToString(bare)], { type: 'image/svg+xml' }),
    );
    try {
      await new Promise<void>((done, failed) => {
        image.onload = () => done();
        image.onerror = () => failed(new Error(t.notDrawn));
        image.src = address;
      });
      context.drawImage(image, 0, 0, wide, high);
    } finally {
      URL.revokeObjectURL(address);
    }
    for (const text of texts) write(context, text);
  } finally {
    place.remove();
  }
  return new Promise((done, failed) =>
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error(t.notDrawn))), 'image/png'),
  );
}
