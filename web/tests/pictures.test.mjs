// Where things stand in the pictures: on random maps, without a browser.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { build } from 'vite';
import { root } from './harness.mjs';

/** A module of the page, as the browser gets it. */
async function part(path) {
  const entry = join(root, 'web/src', path);
  const [{ output }] = await build({ configFile: false, logLevel: 'error', build: { lib: { entry, formats: ['es'] }, write: false } });
  return import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
}

/** Whole numbers below `n`, the same in every run. */
function drawing(seed) {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor(state / 65536) % n;
  };
}

const room = { left: 150, right: 706, top: 62, bottom: 366 };
const kinds = ['alliance', 'partnership', 'friendly', 'neutral', 'strained', 'hostile'];

/** A map of `actors`, in which so many of a hundred pairs are tied. */
function situation(draw, actors, tied) {
  const ties = [];
  for (let a = 0; a < actors; a++) for (let b = a + 1; b < actors; b++) if (draw(100) < tied) ties.push({ between: [a, b], kind: kinds[draw(6)], was: null });
  return { ties, tracks: [{ parties: [draw(actors - 1), actors - 1] }], bodies: [{ members: [0, 1 + draw(actors - 1)], left: [] }] };
}

const crossings = (crosses, map, at) =>
  map.ties.flatMap((s, i) => map.ties.slice(i + 1).map((t) => [...s.between, ...t.between])).filter((four) => new Set(four).size === 4 && crosses(...four.map((actor) => at[actor]))).length;

test('the actors of a map stand apart, in the room, and four who are all tied cross no tie', async () => {
  const { standing, crosses } = await part('pictures/standing.ts');
  const draw = drawing(7);
  for (let n = 0; n < 60; n++) {
    const actors = 2 + (n % 8);
    const map = situation(draw, actors, actors === 4 ? 100 : 45);
    const at = standing(actors, map, room);
    assert.equal(at.length, actors);
    for (const { x, y } of at) assert.ok(x >= room.left - 1e-6 && x <= room.right + 1e-6 && y >= room.top - 1e-6 && y <= room.bottom + 1e-6);
    at.forEach((a, i) => at.slice(i + 1).forEach((b) => assert.ok(Math.hypot(a.x - b.x, a.y - b.y) > 60, `${actors} actors: two stand at one place`)));
    assert.deepEqual(standing(actors, map, room), at, 'the same map, the same places');
    if (actors === 4) assert.equal(crossings(crosses, map, at), 0);
    // What an outcome makes of a tie moves nobody.
    const after = { ...map, ties: map.ties.map((tie) => ({ ...tie, kind: 'friendly', was: tie.kind })) };
    assert.deepEqual(standing(actors, after, room), at);
  }
  assert.equal(standing(1, { ties: [], tracks: [], bodies: [] }, room).length, 1);
});

test('no tie of a wheel crosses another, wherever its hub is in the file', async () => {
  const { standing, crosses } = await part('pictures/standing.ts');
  for (let hub = 0; hub < 6; hub++) {
    const rim = [0, 1, 2, 3, 4, 5].filter((actor) => actor !== hub);
    const pairs = rim.flatMap((actor, i) => [[hub, actor], [actor, rim[(i + 1) % rim.length]]]);
    const map = { ties: pairs.map((between) => ({ between, kind: 'friendly', was: null })), tracks: [], bodies: [] };
    assert.equal(crossings(crosses, map, standing(6, map, room)), 0, `hub ${hub}`);
  }
});
