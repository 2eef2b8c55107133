// The search of the guide. Without this script every page is whole; with it a field finds sections by words. The index
// is read when the field is first used.
'use strict';
(() => {
  const root = document.currentScript.src.replace(/guide\.js.*$/, '');
  const box = document.getElementById('search');
  const field = box.querySelector('input');
  const list = box.querySelector('ol');
  const said = box.querySelector('p');
  const most = 20;
  const fold = (text) => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  let words = null;

  // Follows the choice of theme that the workbench keeps, where there is one.
  try {
    const theme = localStorage.getItem('detente.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.classList.add(theme);
  } catch {
    // Files may have no storage.
  }

  function load() {
    if (document.getElementById('index')) return;
    const script = document.createElement('script');
    script.id = 'index';
    script.src = root + 'search.js';
    script.onload = () => {
      words = Object.entries(window.detenteGuide.words).map(([word, at]) => [fold(word), at]);
      find();
    };
    document.head.append(script);
  }

  // Sections that hold every word, or one that begins so; those with it in their heading first.
  function find() {
    const asked = fold(field.value).match(/[\p{L}\p{N}]{2,}/gu);
    list.replaceChildren();
    list.hidden = true;
    said.textContent = '';
    if (!asked || !words) return;
    const { pages, sections } = window.detenteGuide;
    let found = null;
    for (const part of asked) {
      const here = new Set();
      for (const [word, at] of words) if (word.startsWith(part)) at.forEach((section) => here.add(section));
      found = found === null ? here : new Set([...found].filter((section) => here.has(section)));
    }
    const score = (at) => {
      const [page, , title] = sections[at];
      const inside = (text) => asked.filter((part) => fold(text).includes(part)).length;
      return 3 * inside(title) + 2 * inside(pages[page][1]);
    };
    const ranked = [...found].map((at) => [score(at), at]).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
    for (const [, at] of ranked.slice(0, most)) {
      const [page, id, title] = sections[at];
      const [address, name] = pages[page];
      const item = document.createElement('li');
      const link = document.createElement('a');
      link.href = `${root}${address}#${id}`;
      link.textContent = title === name ? name : `${name}: ${title}`;
      item.append(link);
      list.append(item);
    }
    list.hidden = ranked.length === 0;
    said.textContent =
      ranked.length === 0 ? 'Nothing found.' : ranked.length > most ? `The first ${most} of ${ranked.length}.` : '';
  }

  // Where one is stands in sight in the contents.
  const current = document.querySelector('nav [aria-current]');
  const nav = document.querySelector('nav');
  if (current) nav.scrollTop = current.offsetTop - nav.offsetTop - nav.clientHeight / 2;

  box.hidden = false;
  field.addEventListener('focus', load);
  field.addEventListener('input', find);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && box.contains(document.activeElement)) {
      field.value = '';
      find();
      field.focus();
    } else if (event.key === '/' && !(document.activeElement instanceof HTMLInputElement)) {
      event.preventDefault();
      field.focus();
    }
  });
})();
