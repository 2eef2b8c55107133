// A layered picture of moves: today above, endings below where the moves allow it.
import dagre from '@dagrejs/dagre';

export interface Node { id: number; size: number }
export interface Edge { from: number; to: number; actors: number[]; joint: boolean }
export interface Placed { id: number; x: number; y: number; size: number }
export interface Drawn extends Edge { points: { x: number; y: number }[] }
export interface Picture { width: number; height: number; nodes: Placed[]; edges: Drawn[] }

/** Places nodes in layers and bends edges round them. */
export function layered(nodes: Node[], edges: Edge[], gap: { node: number; layer: number }): Picture {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: gap.node, ranksep: gap.layer, marginx: 28, marginy: 28, ranker: 'network-simplex' });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(String(node.id), { width: node.size, height: node.size });
  edges.forEach((edge, n) =>
    graph.setEdge(String(edge.from), String(edge.to), { width: edge.actors.length * 24, height: 16, weight: edge.joint ? 1 : 2, minlen: 1 }, String(n)));
  dagre.layout(graph);
  const size = graph.graph();
  return {
    width: Math.max(320, size.width ?? 320),
    height: Math.max(200, size.height ?? 200),
    nodes: nodes.map((node) => {
      const at = graph.node(String(node.id));
      return { id: node.id, x: at.x, y: at.y, size: node.size };
    }),
    edges: edges.map((edge, n) => ({
      ...edge,
      points: (graph.edge(String(edge.from), String(edge.to), String(n)) as { points: { x: number; y: number }[] }).points,
    })),
  };
}

/** A smooth path through points. */
export function curve(points: { x: number; y: number }[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let path = `M${first.x.toFixed(1)} ${first.y.toFixed(1)}`;
  for (let i = 0; i < rest.length - 1; i++) {
    const a = rest[i];
    const b = rest[i + 1];
    if (!a || !b) continue;
    const end = i === rest.length - 2 ? b : { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
    path += `Q${a.x.toFixed(1)} ${a.y.toFixed(1)} ${end.x.toFixed(1)} ${end.y.toFixed(1)}`;
  }
  if (rest.length === 1 && rest[0]) path += `L${rest[0].x.toFixed(1)} ${rest[0].y.toFixed(1)}`;
  return path;
}

/** The point half way along a bent line. */
export function middle(points: { x: number; y: number }[]): { x: number; y: number } {
  const lengths = points.slice(1).map((p, i) => Math.hypot(p.x - (points[i]?.x ?? 0), p.y - (points[i]?.y ?? 0)));
  let left = lengths.reduce((sum, l) => sum + l, 0) / 2;
  for (const [i, length] of lengths.entries()) {
    const a = points[i];
    const b = points[i + 1];
    if (a && b && left <= length && length > 0) {
      const f = left / length;
      return { x: a.x + (b.x - a.x) * f, y: a.y + (b.y - a.y) * f };
    }
    left -= length;
  }
  return points[0] ?? { x: 0, y: 0 };
}
