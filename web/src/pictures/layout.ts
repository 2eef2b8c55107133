// A layered picture of moves: today above, endings below where the moves allow it.
import dagre from '@dagrejs/dagre';
import { Placing, textWidth, type Point, type Segment } from './place';

export interface Node {
  id: number;
  size: number;
  label: string;
}
export interface Edge {
  from: number;
  to: number;
  actors: number[];
  joint: boolean;
}
export interface Placed extends Point {
  id: number;
  size: number;
  label: string;
  spot: Point | null;
}
export interface Drawn extends Edge {
  points: Point[];
  badge: Point | null;
}
export interface Picture {
  width: number;
  height: number;
  nodes: Placed[];
  edges: Drawn[];
}

/** Square pixels that a name may cover of others. */
const most = 60;

export const labelFont = '500 12px "IBM Plex Sans Condensed"';

/** Nodes in layers, with edges bent round them: what takes time, and does not depend on the room. */
export interface Layers {
  nodes: Node[];
  edges: Edge[];
  badges: boolean;
  few: boolean;
  graph: InstanceType<typeof dagre.graphlib.Graph>;
}

/** Places nodes in layers and bends edges round them. */
export function layers(nodes: Node[], edges: Edge[], badges: boolean): Layers {
  const few = nodes.length <= 40;
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({
    rankdir: 'TB',
    nodesep: few ? 30 : 10,
    ranksep: few ? 18 : 26,
    edgesep: few ? 16 : 6,
    marginx: few ? 40 : 24,
    marginy: 30,
    ranker: 'network-simplex',
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(String(node.id), { width: node.size, height: node.size });
  edges.forEach((edge, n) =>
    graph.setEdge(
      String(edge.from),
      String(edge.to),
      badges || edge.joint
        ? {
            width: edge.actors.length * 24 + 8,
            height: 20,
            labelpos: 'c',
            weight: edge.joint ? 1 : 2,
            minlen: 1,
          }
        : { width: 0, height: 0, weight: 2, minlen: 1 },
      String(n),
    ),
  );
  dagre.layout(graph);
  return { nodes, edges, badges, few, graph };
}

/** The layers in the middle of the room that there is, with room found for badges and names. */
export function placed(
  { nodes, edges, badges, few, graph }: Layers,
  least: { width: number; height: number },
): Picture {
  const size = graph.graph() as { width?: number; height?: number };
  const width = Math.max(least.width, size.width ?? 0);
  const height = Math.max(least.height, size.height ?? 0);
  // Small pictures stand in the middle of their place, stretched a little to use its height.
  const dx = (width - (size.width ?? 0)) / 2;
  const stretch = few ? Math.min(1.3, (height - 60) / Math.max(1, (size.height ?? 1) - 60)) : 1;
  const move = (p: Point): Point => ({ x: p.x + dx, y: 30 + (p.y - 30) * stretch });
  const sizes = new Map(nodes.map((node) => [node.id, node.size]));
  const centres = new Map(nodes.map((node) => [node.id, move(graph.node(String(node.id)) as Point)]));
  const drawn = edges.map((edge, n): Drawn => {
    const laid = graph.edge(String(edge.from), String(edge.to), String(n)) as {
      points: Point[];
      x?: number;
      y?: number;
    };
    const [a, b] = [centres.get(edge.from)!, centres.get(edge.to)!];
    const inner = thin(laid.points.slice(1, -1).map(move));
    const first = inner[0] ?? b;
    const last = inner[inner.length - 1] ?? a;
    const points = [
      rim(a, first, (sizes.get(edge.from) ?? 14) / 2),
      ...inner,
      rim(b, last, (sizes.get(edge.to) ?? 14) / 2 + 2),
    ];
    const badge =
      laid.x !== undefined && laid.y !== undefined && (badges || edge.joint)
        ? move({ x: laid.x, y: laid.y })
        : null;
    return { ...edge, points, badge };
  });
  const segments: Segment[] = drawn.flatMap((edge) =>
    edge.points.slice(1).map((p, i) => ({ a: edge.points[i]!, b: p, owner: '' })),
  );
  const placing = new Placing({ x: 2, y: 2, width: width - 4, height: height - 4 }, segments);
  for (const [id, p] of centres)
    placing.block({
      x: p.x - (sizes.get(id) ?? 14) / 2,
      y: p.y - (sizes.get(id) ?? 14) / 2,
      width: sizes.get(id) ?? 14,
      height: sizes.get(id) ?? 14,
    });
  for (const edge of drawn)
    if (edge.badge)
      placing.block({
        x: edge.badge.x - edge.actors.length * 12 - 2,
        y: edge.badge.y - 9,
        width: edge.actors.length * 24 + 4,
        height: 18,
      });
  const named = nodes.map((node): Placed => {
    const p = centres.get(node.id)!;
    if (!node.label) return { ...node, ...p, spot: null };
    const w = textWidth(node.label, labelFont) + 6;
    const r = node.size / 2;
    const side = r + 5 + w / 2;
    const spots = [
      { x: p.x, y: p.y - r - 12 },
      { x: p.x + side, y: p.y },
      { x: p.x - side, y: p.y },
      { x: p.x, y: p.y + r + 12 },
      { x: p.x + side - 6, y: p.y - r - 6 },
      { x: p.x - side + 6, y: p.y - r - 6 },
      { x: p.x + side - 6, y: p.y + r + 6 },
      { x: p.x - side + 6, y: p.y + r + 6 },
    ];
    // Where there is no room for a name but over others, its letter stands for it.
    const free = spots.filter((at) => placing.covered(at, w, 16) <= most);
    return { ...node, ...p, spot: free.length ? placing.put(w, 16, free) : null };
  });
  return { width, height, nodes: named, edges: drawn };
}

/** Without points that lie almost on the straight line between their neighbours. */
function thin(points: Point[]): Point[] {
  return points.filter((p, i) => {
    const [a, b] = [points[i - 1], points[i + 1]];
    if (!a || !b) return true;
    const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
    return Math.abs((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)) / length > 2;
  });
}

/** The point of a disc's rim that looks towards `to`. */
function rim(centre: Point, to: Point, r: number): Point {
  const length = Math.hypot(to.x - centre.x, to.y - centre.y) || 1;
  return { x: centre.x + ((to.x - centre.x) / length) * r, y: centre.y + ((to.y - centre.y) / length) * r };
}

/** A smooth path through all points (Catmull–Rom). */
export function curve(points: Point[]): string {
  const [first] = points;
  if (!first) return '';
  let path = `M${first.x.toFixed(1)} ${first.y.toFixed(1)}`;
  for (let i = 0; i < points.length - 1; i++) {
    const [before, from, to, after] = [
      points[i - 1] ?? points[i]!,
      points[i]!,
      points[i + 1]!,
      points[i + 2] ?? points[i + 1]!,
    ];
    const c1 = { x: from.x + (to.x - before.x) / 6, y: from.y + (to.y - before.y) / 6 };
    const c2 = { x: to.x - (after.x - from.x) / 6, y: to.y - (after.y - from.y) / 6 };
    path += `C${c1.x.toFixed(1)} ${c1.y.toFixed(1)} ${c2.x.toFixed(1)} ${c2.y.toFixed(1)} ${to.x.toFixed(1)} ${to.y.toFixed(1)}`;
  }
  return path;
}
