// Where things stand in the pictures: on random maps, without a browser.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { build } from 'vite';
import { root } from './harness.mjs';

/** A module of the page, as the browser gets it. */
async function part(path) {
  const entry = join(root, 'web/src', path);
  const [{ output }] = await build({
    configFile: false,
    logLevel: 'error',
    build: { lib: { entry, formats: ['es'] }, write: false },
  });
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
  for (let a = 0; a < actors; a++)
    for (let b = a + 1; b < actors; b++)
      if (draw(100) < tied) ties.push({ between: [a, b], kind: kinds[draw(6)], was: null });
  return {
    ties,
    tracks: [{ parties: [draw(actors - 1), actors - 1] }],
    bodies: [{ members: [0, 1 + draw(actors - 1)], left: [] }],
  };
}

const crossings = (crosses, map, at) =>
  map.ties
    .flatMap((s, i) => map.ties.slice(i + 1).map((t) => [...s.between, ...t.between]))
    .filter((four) => new Set(four).size === 4 && crosses(...four.map((actor) => at[actor]))).length;

test('the actors of a map stand apart, in the room, and four who are all tied cross no tie', async () => {
  const { standing, crosses } = await part('pictures/standing.ts');
  const draw = drawing(7);
  for (let n = 0; n < 60; n++) {
    const actors = 2 + (n % 8);
    const map = situation(draw, actors, actors === 4 ? 100 : 45);
    const at = standing(actors, map, room);
    assert.equal(at.length, actors);
    for (const { x, y } of at)
      assert.ok(
        x >= room.left - 1e-6 && x <= room.right + 1e-6 && y >= room.top - 1e-6 && y <= room.bottom + 1e-6,
      );
    at.forEach((a, i) =>
      at
        .slice(i + 1)
        .forEach((b) =>
          assert.ok(Math.hypot(a.x - b.x, a.y - b.y) > 60, `${actors} actors: two stand at one place`),
        ),
    );
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
    const pairs = rim.flatMap((actor, i) => [
      [hub, actor],
      [actor, rim[(i + 1) % rim.length]],
    ]);
    const map = {
      ties: pairs.map((between) => ({ between, kind: 'friendly', was: null })),
      tracks: [],
      bodies: [],
    };
    assert.equal(crossings(crosses, map, standing(6, map, room)), 0, `hub ${hub}`);
  }
});

test('of many actors the members of a body stand as one; nothing is lost and an outcome moves nobody', async () => {
  const { fold, inside, mostAlone } = await part('pictures/folding.ts');
  const draw = drawing(11);
  const basis = { claims: [], assumption: false, note: null };
  for (let n = 0; n < 80; n++) {
    const count = 9 + draw(20);
    const actors = Array.from({ length: count }, (_, k) => ({ id: `a${k}`, name: `Actor ${k}` }));
    const some = (most) => [...new Set(Array.from({ length: 2 + draw(most) }, () => draw(count)))];
    const body = (k) => ({ id: `b${k}`, name: `Body ${k}`, members: some(6), left: [], joined: [], basis });
    const map = {
      ...situation(draw, count, 25),
      instruments: [{ parties: some(3) }],
      events: [],
      effects: [],
      triads: [],
      bodies: Array.from({ length: draw(5) }, (_, k) => body(k)),
    };
    map.ties = map.ties.map((tie) => ({ ...tie, mending: false, basis }));
    const open = new Set(map.bodies.map((_, k) => k).filter(() => draw(4) === 0));
    const folded = fold(map, actors, open);
    const home = actors.map((_, actor) => folded.nodes.filter((node) => node.members.includes(actor)));
    assert.ok(
      home.every((nodes) => nodes.length === 1),
      'each actor stands in one place',
    );
    assert.ok(
      folded.nodes.every((node) => node.body === null || (node.members.length > 1 && !open.has(node.body))),
    );
    if (count <= mostAlone) {
      assert.deepEqual(folded.map.ties, map.ties);
      assert.deepEqual(
        folded.nodes.map((node) => node.actor),
        actors.map((_, k) => k),
      );
    }
    // Each tie is inside a node, or stands in one line between the nodes of its ends.
    const hidden = folded.nodes.reduce((sum, node) => sum + inside(map, node), 0);
    assert.deepEqual(folded.ties.flat().sort((a, b) => a - b).length + hidden, map.ties.length);
    folded.map.ties.forEach((tie, k) => {
      for (const whole of folded.ties[k]) {
        const ends = map.ties[whole].between.map((actor) => folded.nodes.indexOf(home[actor][0]));
        assert.deepEqual([...ends].sort(), [...tie.between].sort());
      }
    });
    assert.equal(
      new Set(folded.map.ties.map((tie) => [...tie.between].sort().join())).size,
      folded.map.ties.length,
    );
    // Who leaves a body by an outcome still stands where it stood.
    const after = {
      ...map,
      bodies: map.bodies.map((b) => ({ ...b, members: b.members.slice(1), left: b.members.slice(0, 1) })),
    };
    const places = (of) => of.nodes.map((node) => [...node.members].sort((a, b) => a - b).join()).sort();
    assert.deepEqual(places(fold(after, actors, open)), places(folded));
  }
});

test('a name lies over no disc and no other name: where there is no room its letter stands for it', async () => {
  globalThis.document ??= { createElement: () => ({ getContext: () => null }) };
  const { layers, placed } = await part('pictures/layout.ts');
  const label = 'Swear in a cabinet of the three';
  const nodes = Array.from({ length: 8 }, (_, id) => ({ id, size: 26, label }));
  const { nodes: drawn } = placed(layers(nodes, [], true), { width: 440, height: 360 });
  const wide = label.length * 7 + 6;
  const box = (x, y, w, h) => ({ left: x - w / 2, right: x + w / 2, top: y - h / 2, bottom: y + h / 2 });
  const discs = drawn.map(({ x, y }) => box(x, y, 26, 26));
  const names = drawn.filter(({ spot }) => spot).map(({ spot }) => box(spot.x, spot.y, wide, 16));
  assert.ok(names.length > 1, 'where there is room there are names');
  const area = (a, b) =>
    Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
    Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
  names.forEach((name, n) => {
    const others = [...discs, ...names.slice(0, n), ...names.slice(n + 1)];
    assert.ok(others.reduce((sum, other) => sum + area(name, other), 0) <= 130);
  });
});
